r"""One formula: operators, the weakest first, down to what stands alone.

Written by hand, a method for each level, because the grammar of textbooks is not context
free in the way that generated parsers need: a sum's body ends at the first ``+`` on its
level, ``|`` closes, opens or separates, and ``dx`` ends the integral that is open.  It takes
time linear in the length, its depth is bounded, and importing it costs nothing (``lark``:
0.15 s).

    statement   relations joined by words and signs of logic
    relation    sums and the signs between them
    sum         terms, each with a sign
    term        products and ``\cdot``, ``*``, ``/`` between them
    product     factors side by side
    factor      a primary with what is attached to it: indices, exponents, primes, ``!``
"""

from __future__ import annotations

from collections.abc import Sequence

from derive.latex import big, brackets, derivatives, environments, functions, names, scripts
from derive.latex.cursor import Cursor
from derive.latex.symbols import (
    ACCENTS,
    BIG,
    FONTS,
    FUNCTIONS,
    LETTERS,
    OPERATORS,
    PRODUCTS,
    RELATIONS,
)
from derive.latex.tokens import Token
from derive.latex.tree import Node

_TIMES = frozenset([r"\cdot", "*"])
_SLASH = frozenset(["/", r"\div"])
_SIGNS = frozenset("+-")
_ATOMS = frozenset([*LETTERS, *ACCENTS, *FONTS])
#: Control words that begin a factor, and what reads them.
_READERS = {
    **dict.fromkeys(_ATOMS, names.name),
    **dict.fromkeys(FUNCTIONS, functions.function),
    **dict.fromkeys(BIG, big.operator),
    r"\frac": derivatives.fraction,
    r"\binom": functions.binomial,
    r"\sqrt": functions.root,
    r"\partial": derivatives.partial,
    r"\nabla": derivatives.partial,
    r"\ldots": names.ellipsis,
    r"\underbrace": brackets.annotated,
    r"\overbrace": brackets.annotated,
    r"\begin": environments.environment,
    "{": brackets.invisible,
}


class Formula(Cursor):
    """The levels of the grammar, each a method."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        super().__init__(tokens)
        self.bars = brackets.bars_between(self)

    # -- from the weakest operator to the strongest -----------------------------------------

    def whole(self) -> Node:
        """All the tokens as one formula.  Raises UnreadableError."""
        found = brackets.listed(self)
        if self.next.kind != "end":
            raise self.unexpected()
        return found

    def statement(self) -> Node:
        """Relations, with "and" and "or" between them."""
        start = self.next.start
        first = self.relation()
        if not self._joint() or (self.next.kind == "text" and first.kind != "relation"):
            return first
        parts, joints = [first], set()
        while joint := self._joint():
            self.take()
            joints.add(joint)
            parts.append(self.relation())
        if len(joints) > 1:
            raise self.error('"and" and "or" side by side', first, "put brackets around one")
        return self.node(joints.pop(), start, "", parts)

    def _joint(self) -> str:
        word = {r"\wedge": "and", r"\vee": "or"}.get(self.next.text, self.next.text)
        return word if word in ("and", "or") and self.next.kind in ("text", "command") else ""

    def relation(self) -> Node:
        """Sums and the signs between them; a sign may stand first, as in ``x_{<t}``."""
        start = self.next.start
        if self.next.text in RELATIONS and self.next.kind != "open":
            sides = [Node("nothing", start, start)]
        else:
            sides = [self.sum()]
        signs = []
        while self.next.text in RELATIONS and self.next.kind not in ("open", "close"):
            signs.append(RELATIONS[self.take().text])
            sides.append(self.sum())
        if not signs:
            return sides[0]
        return self.node("relation", start, signs[0], sides, signs if len(signs) > 1 else ())

    def sum(self) -> Node:
        """Terms, each with its sign."""
        start = self.next.start
        self.descend()
        terms = [self.signed()]
        while self.next.text in _SIGNS:
            self.firm(terms[-1], 0)
            terms.append(self.signed())
            self.firm(terms[-1], 0)
        self.depth -= 1
        if self.next.text in OPERATORS and self._joint() == "":
            return self._operated(start, terms)
        return terms[0] if len(terms) == 1 else self.node("add", start, "", terms)

    def _operated(self, start: int, terms: list[Node]) -> Node:
        """Operands of a sign such as ``\\cup``; no two such signs side by side."""
        sign, parts = self.next.text, terms
        if len(terms) > 1:
            raise self.error(f"+ and {sign} side by side", self.next, "put brackets around one")
        while self.accept(sign):
            parts.append(self.term())
        if self.next.text in OPERATORS or self.next.text in _SIGNS:
            message = f"{sign} and {self.next.text} side by side"
            raise self.error(message, self.next, "put brackets around one")
        return self.node("operator", start, OPERATORS[sign], parts)

    def signed(self) -> Node:
        """A term with the sign before it."""
        start = self.next.start
        negative = self.next.text == "-"
        if self.next.text in _SIGNS:
            self.take()
            if self.next.text in _SIGNS:
                message = "two signs stand side by side"
                raise self.error(message, self.next, "put brackets around the second")
        term = self.term()
        return self.node("neg", start, "", [self.firm(term, 1)]) if negative else term

    def term(self) -> Node:
        """Products, and the signs of multiplication and division between them."""
        start = self.next.start
        found = self.product()
        while True:
            sign = self.next.text
            if sign in _TIMES:
                self.take()
                second = self.firm(self._operand(), 1)
                parts = (*found.parts, second) if found.kind == "times" else (found, second)
                found = self.node("times", start, "", [self.firm(p, 1) for p in parts])
            elif sign in _SLASH:
                self.take()
                divisor, notes = self._divisor()
                found = self.node("divide", start, "/", [self.firm(found, 2), divisor], notes)
                if self.next.text in BIG and self.next.kind == "command":
                    found = self.node("juxtapose", start, "", [found, self.product()])
            elif sign in PRODUCTS:
                found = self._multiplied(start, found)
            else:
                return found

    def _multiplied(self, start: int, first: Node) -> Node:
        """Operands of a sign such as ``\\odot``; no other multiplication may stand beside it."""
        sign = self.next.text
        parts = [self.firm(first, 1)]
        while self.accept(sign):
            parts.append(self.firm(self.product(), 1))
        mixed = first.kind in ("times", "divide", "operator") and first.text != "frac"
        if mixed or self.next.text in _TIMES or self.next.text in _SLASH:
            message = f"{sign} and another multiplication side by side"
            raise self.error(message, self.next, "put brackets around one")
        return self.node("operator", start, PRODUCTS[sign], parts)

    def _operand(self) -> Node:
        """What stands behind a sign of multiplication; it may be negative."""
        if self.next.text != "-":
            return self.product()
        start = self.take().start
        return self.node("neg", start, "", [self.product()])

    def _divisor(self) -> tuple[Node, tuple[str, ...]]:
        """One factor; a bracket behind a name may be its argument, nothing more may follow."""
        start = self.next.start
        factors = [self.factor()]
        notes: tuple[str, ...] = ()
        if self.next.kind == "open" and functions.may_apply(factors[0]):
            factors.append(self.factor())
            notes = ("bracket",)
        follows = self.next.text
        if self.begins_factor() and not (follows in BIG and self.next.kind == "command"):
            message = "whether this belongs to the divisor of / is not clear"
            raise self.error(message, self.next, r"write \frac{..}{..}, or brackets")
        if follows in _SLASH:
            raise self.error("two / side by side", self.next, r"write \frac{..}{..}, or brackets")
        divisor = factors[0] if len(factors) == 1 else self.node("juxtapose", start, "", factors)
        return self.firm(divisor, 3), notes

    def product(self) -> Node:
        """Factors side by side."""
        start = self.next.start
        factors: list[Node] = []
        numbers = False
        while not factors or self.begins_factor():
            if factors and big.is_differential(self):
                break
            token = self.next
            factor = self.factor()
            number = factor.kind == "number" or token.kind == "number"
            follows = bool(factors) and number and not self.indexing
            if follows and (numbers or factor.kind == "number"):
                repair = r"write an index as x_2, a product as 2x or with \cdot"
                raise self.error("a number stands behind a factor", factor, repair)
            numbers = number
            factors.append(factor)
            if brackets.is_evaluated(self):
                factors = [brackets.at_point(self, factors)]
            if self.integrals and self.integrals[-1] is not None:
                break
        if len(factors) == 1:
            return factors[0]
        words = names.words(self, factors)
        return self.node("juxtapose", start, "", [self.firm(f, 2) for f in factors], words)

    def factor(self) -> Node:
        """A primary with its indices, exponents, primes and factorial signs."""
        return scripts.attached(self, self.primary())

    def primary(self) -> Node:
        """What stands alone.  Raises UnreadableError where nothing does."""
        token = self.next
        reader = _READERS.get(token.text)
        if reader is not None and token.kind in ("command", "mark", "raw"):
            self.descend()
            found = reader(self)
            self.depth -= 1
            return found
        if token.kind == "number":
            self.take()
            text = "0" + token.text if token.text.startswith(".") else token.text
            return Node("number", token.start, token.end, text)
        if token.kind in ("letter", "word"):
            return names.name(self)
        if token.kind == "open" or token.text in ("|", "||"):
            self.descend()
            found = brackets.group(self)
            self.depth -= 1
            return found
        if token.text == r"\choose" or token.text == r"\over":
            raise self.error(f"{token.text} stands outside braces", token)
        raise self.unexpected()

    def begins_factor(self) -> bool:
        """Whether the next token begins a factor."""
        token = self.next
        if token.kind in ("number", "letter", "word", "open"):
            return True
        if token.kind in ("command", "raw"):
            return token.text in _READERS
        if token.text in ("|", "||") and token.kind == "mark":
            return self.bars == "open"
        return token.text == "{" and token.kind == "mark"

    def argument(self) -> Node:
        """An argument of a control word: what stands in braces, or one token."""
        if self.accept("{"):
            found = brackets.listed(self)
            self.expect("}")
            return found
        token = self.next
        if token.kind == "number" and len(token.text) > 1:
            if "." in token.text:
                raise self.error("the argument is one digit only", token, "put it in braces")
            digit = token._replace(text=token.text[:1], end=token.start + 1)
            rest = token._replace(text=token.text[1:], start=token.start + 1)
            self.tokens[self.at : self.at + 1] = [digit, rest]
        if token.kind in ("close", "end") or token.text in ("}", "^", "_", "&"):
            raise self.unexpected()
        return self.primary()
