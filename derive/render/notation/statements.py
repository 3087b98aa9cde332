"""Binders, derivatives, statements and domains, as LaTeX and text print them alike."""

from __future__ import annotations

from derive.functions import derivative
from derive.plain.binders import unvary
from derive.render.notation.heads import law_of
from derive.render.notation.printer import (
    ATOM,
    POWER,
    PREFIX,
    PRODUCT,
    SENTENCE,
    SUM,
    Piece,
    Printer,
)
from derive.term import BINDERS, Term, fresh, instantiate, symbol

_INDEX_NAMES = "ijklmnrst"
_DEFAULT_NAMES = {"Derivative": "t", "Integral": "x", "Expectation": "X"}


def derived(t: Term) -> Term | None:
    """The function of a derivative, written in its own variable; None when it has none.

    A derivative by a member is stored with that one member varied; this undoes it.

    >>> x = symbol("x")
    >>> derived(derivative(x**2, x))
    x**2
    """
    body, point = t.args[:2]
    if point.head == "symbol" and point.value not in body.free:
        return instantiate(body, point)
    if point.head == "member":
        whole = unvary(body, point)
        try:
            return whole if derivative(whole, point).args[0] == body else None
        except ValueError:  # the family is used with other numbers of indices
            return None
    return None


class StatementPrinter(Printer):
    """Prints binders, derivatives, statements and domains."""

    # -- binders -------------------------------------------------------------------------

    def opened(self, t: Term) -> tuple[str, tuple[Term, ...]]:
        """A name for the variable of a binder, and the arguments that stand under it."""
        hint = t.names[0] if t.names else _DEFAULT_NAMES.get(t.head, "i")
        taken = t.free.union(self.scope, *(a.free for a in t.args))
        name = hint
        if hint in taken and hint in _INDEX_NAMES:
            name = next((c for c in _INDEX_NAMES if c not in taken), hint)
        name = fresh(name, taken)
        under = BINDERS[t.head]
        return name, tuple(instantiate(a, symbol(name)) for a in t.args[:under])

    def body(self, t: Term, name: str, level: int = PRODUCT) -> Piece:
        """A body under a binder's name; in square brackets when it is a sum."""
        self.scope.append(name)
        piece = self.term(t)
        self.scope.pop()
        if piece.level >= level:
            return piece
        signs = "[ ]" if piece.level == SUM else "( )"
        return Piece(self.bracket(piece, signs), ATOM, piece.tall)

    def on_sum(self, t: Term) -> Piece:
        name, (body,) = self.opened(t)
        low, high = (self.scripted(a).text for a in t.args[1:3])
        piece = self.body(body, name)
        head = self.ranged(self.sign_of(t.head), self.name(name), low, high)
        return Piece(f"{head} {piece.text}", PREFIX, self.script == 0, ends_open=True)

    on_product = on_sum

    def on_integral(self, t: Term) -> Piece:
        name, (body,) = self.opened(t)
        ends = [self.scripted(a).text for a in t.args[1:3]]
        piece = self.body(body, name)
        head = self.limits(self.sign_of(t.head), *ends) if ends else self.sign_of(t.head)
        text = f"{head} {piece.text}{self.SPACE}d{self.name(name)}"
        return Piece(text, PREFIX, True, ends_open=True)

    def on_expectation(self, t: Term) -> Piece:
        name, (body,) = self.opened(t)
        law = t.args[1]
        inside, tall = self.listed(law.args)
        known = law_of(law.head)
        sign = known.latex if self.column == "latex" else known.text
        drawn = sign + self.bracket(Piece(inside)) if law.args else sign
        below = f"{self.name(name)} {self.relation('~')} {drawn}"
        piece = self.body(body, name, SENTENCE)
        text = self.below(self.sign_of(t.head), below) + self.bracket(piece, "[ ]")
        return Piece(text, ATOM, piece.tall or tall)

    def on_softmax(self, t: Term) -> Piece:
        name, (scores,) = self.opened(t)
        sign, low, high, index = self.sign_of(t.head), *t.args[1:]
        family = self._whole_family(scores, name)
        at = self.indices((index,))
        if family is not None:
            return Piece(self.below(f"{sign}({family})", at))
        piece = self.body(scores, name, SENTENCE)
        ends = (self.scripted(a).text for a in (low, high))
        head = self.ranged(sign, self.name(name), *ends)
        return Piece(self.below(head + self.bracket(piece), at), ATOM, piece.tall)

    def on_logsumexp(self, t: Term) -> Piece:
        name, (scores,) = self.opened(t)
        low, high = (self.scripted(a).text for a in t.args[1:3])
        piece = self.body(scores, name, SENTENCE)
        head = self.ranged(self.sign_of(t.head), self.name(name), low, high)
        return Piece(head + self.bracket(piece), ATOM, piece.tall)

    def on_family(self, t: Term) -> Piece:
        name, (own,) = self.opened(t)
        whole = self._whole_family(own, name)
        if whole is not None:
            return Piece(whole)
        piece = self.body(own, name, SENTENCE)
        return Piece(self.bracket(piece) + self.words(" for ") + self.run(name, t.args[1:]))

    def _whole_family(self, own: Term, name: str) -> str | None:
        """``z`` for the members ``z[k]`` over all k, ``z_i`` for ``z[i, k]``; else None."""
        rest = own.args[:-1]
        last = own.args[-1] if own.head == "member" else None
        if last != symbol(name) or any(name in a.free for a in rest):
            return None
        return (
            self.member_of(Term("member", rest, own.value)).text if rest else self.name(own.value)
        )

    # -- derivatives ---------------------------------------------------------------------

    def on_derivative(self, t: Term) -> Piece:
        over: list[tuple[str, int]] = []
        inner, order = t, 0
        while inner.head == "Derivative" and (whole := derived(inner)) is not None:
            variable = self.term(inner.args[1]).text
            if over and over[-1][0] == variable:
                over[-1] = (variable, over[-1][1] + 1)
            else:
                over.append((variable, 1))
            inner, order = whole, order + 1
        if order == 0:
            return self._derivative_at(t)
        piece = self.term(inner)
        if inner.head in ("symbol", "member") and self.column == "latex":
            return Piece(self.slope(order, over, piece.text), POWER, self.script == 0)
        text = piece.text if piece.level >= PRODUCT else self.bracket(piece, "[ ]")
        return Piece(f"{self.slope(order, over, '')} {text}", PREFIX, True, ends_open=True)

    def _derivative_at(self, t: Term) -> Piece:
        """A derivative whose body also uses the point otherwise: by a variable of its own."""
        name, (body,) = self.opened(t)
        piece = self.body(body, name)
        slope = f"{self.slope(1, [(self.name(name), 1)], '')} {piece.text}"
        at = f"{self.name(name)} = {self.scripted(t.args[1]).text}"
        return Piece(self.below(self.bracket(Piece(slope, tall=True), "[ ]"), at), ATOM, True)

    # -- statements ----------------------------------------------------------------------

    def on_eq(self, t: Term) -> Piece:
        a, b = (self.term(side) for side in t.args)
        return Piece(f"{a.text} {self.sign_of(t.head)} {b.text}", SENTENCE, a.tall or b.tall)

    on_ne = on_le = on_lt = on_in = on_eq

    def on_forall(self, t: Term) -> Piece:
        runs = []
        names = len(self.scope)
        while t.head == "ForAll":
            name, (statement,) = self.opened(t)
            runs.append(self.run(name, t.args[1:]))
            self.scope.append(name)
            t = statement
        piece = self.term(t)
        del self.scope[names:]
        return Piece(
            piece.text + self.words(" for ") + self.words(", ").join(runs), SENTENCE, piece.tall
        )

    def run(self, name: str, where: tuple[Term, ...]) -> str:
        """``i = 1, ..., n``, or ``t in (0, 1)``; ``where`` is a domain or two ends."""
        if len(where) == 1 and where[0].head != "Range":
            return f"{self.name(name)} {self.sign_of('In')} {self.term(where[0]).text}"
        low, high = where[0].args if len(where) == 1 else where
        dots = self.sign_of("Range")
        return f"{self.name(name)} = {self.term(low).text}, {dots}, {self.term(high).text}"

    def on_range(self, t: Term) -> Piece:
        (low, _), (high, _) = (self.listed((a,)) for a in t.args)
        inside = Piece(f"{low}, {self.sign_of(t.head)}, {high}")
        return Piece(self.bracket(inside, self.sign_of("FiniteSet")))

    def on_and(self, t: Term) -> Piece:
        word = self.words(f" {'and' if t.head == 'And' else 'or'} ")
        pieces = [self.term(a) for a in t.args]
        texts = [self.bracket(p) if a.head in ("And", "Or") else p.text
                 for a, p in zip(t.args, pieces, strict=True)]  # fmt: skip
        return Piece(word.join(texts), SENTENCE, any(p.tall for p in pieces))

    on_or = on_and

    def on_not(self, t: Term) -> Piece:
        piece = self.term(t.args[0])
        return Piece(self.words("not ") + self.at_least(piece, ATOM), SENTENCE, piece.tall)

    # -- relations in theta ----------------------------------------------------------------

    def _theta(self, t: Term) -> str:
        return ", ".join(self.name(s.value) for s in t.args[2:])

    def on_affine(self, t: Term) -> Piece:
        f, g = (self.term(side) for side in t.args[:2])
        words = self.words(", up to a positive factor and a constant, in ")
        text = f"{f.text} {self.relation('~')} {g.text}{words}{self._theta(t)}"
        return Piece(text, SENTENCE, f.tall or g.tall)

    def on_sameorder(self, t: Term) -> Piece:
        f, g = (self.term(side) for side in t.args[:2])
        words = self.words(" order the values of "), self.words(" alike")
        text = f"{f.text}{self.words(' and ')}{g.text}{words[0]}{self._theta(t)}{words[1]}"
        return Piece(text, SENTENCE, f.tall or g.tall)

    def on_sameargmin(self, t: Term) -> Piece:
        f, g = (self.term(side) for side in t.args[:2])
        sign = self.below(self.sign_of(t.head), self._theta(t))
        sides = [f"{sign} {p.text if p.level >= PRODUCT else self.bracket(p)}" for p in (f, g)]
        return Piece(f" {self.sign_of('Eq')} ".join(sides), SENTENCE, f.tall or g.tall)

    on_samegradient = on_sameargmin

    def on_argmin(self, t: Term) -> Piece:
        f, g = (self.term(side) for side in t.args[:2])
        sign = self.below(self.sign_of(t.head), self._theta(t))
        side = f.text if f.level >= PRODUCT else self.bracket(f)
        text = f"{sign} {side} {self.sign_of('Eq')} {g.text}"
        return Piece(text, SENTENCE, f.tall or g.tall)
