"""What LaTeX and text have in common: brackets, signs, bound names, derivatives.

A printer turns a term into a piece: its text and how tightly it binds.  Under a binder the
variable becomes a symbol with a name that nothing else there bears.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import NamedTuple

from derive.context import Context
from derive.domains import is_function
from derive.render.notation.heads import Head, head_of
from derive.render.notation.names import is_letter, parse
from derive.term import Term

# How tightly a piece binds.  PREFIX is a function before its bare argument, or a sum sign
# before its body: a factor, but the last one, for it would swallow what follows.
SENTENCE, SUM, SIGN, PRODUCT, PREFIX, POWER, ATOM = range(7)


class Piece(NamedTuple):
    """Printed text, how tightly it binds, and what its surroundings must know.

    ``tall``: brackets around it must grow.  ``closed``: how a function is printed that is
    followed by a further factor.  ``ends_open``: it ends with a PREFIX.
    """

    text: str
    level: int = ATOM
    tall: bool = False
    closed: str = ""
    ends_open: bool = False


class Printer(ABC):
    """Prints terms.  A dialect gives the signs; see ``LatexPrinter`` and ``TextPrinter``."""

    #: Which column of ``HEADS`` the dialect prints.
    column = "text"
    SPACE = " "

    def __init__(self, context: Context | None = None) -> None:
        self.context = context
        self.scope: list[str] = []
        self.script = 0
        self.free: frozenset[str] = frozenset()

    # -- what a dialect says -------------------------------------------------------------

    @abstractmethod
    def name(self, name: str, indices: str = "") -> str:
        """A name, with its accents and decorations, and indices below it."""

    @abstractmethod
    def number(self, t: Term) -> Piece:
        """A number: an integer, or a fraction."""

    @abstractmethod
    def member_of(self, t: Term) -> Piece:
        """A member of a family, or a value of an abstract function."""

    @abstractmethod
    def bracket(self, piece: Piece, signs: str = "( )") -> str:
        """A piece between two signs, which grow with it where the dialect can."""

    @abstractmethod
    def words(self, text: str) -> str:
        """Words inside a formula."""

    @abstractmethod
    def join(self, left: Piece, right: Piece, a: Term, b: Term) -> str:
        """What stands between two factors."""

    @abstractmethod
    def on_div(self, t: Term) -> Piece:
        """A quotient."""

    @abstractmethod
    def on_pow(self, t: Term) -> Piece:
        """A power."""

    @abstractmethod
    def on_exp(self, t: Term) -> Piece:
        """A power of Euler's number."""

    @abstractmethod
    def on_piecewise(self, t: Term) -> Piece:
        """Cases."""

    @abstractmethod
    def on_binomial(self, t: Term) -> Piece:
        """A binomial coefficient."""

    @abstractmethod
    def relation(self, sign: str) -> str:
        """A relation sign of a chain, or the bar and tilde of distributions."""

    @abstractmethod
    def below(self, sign: str, subscript: str) -> str:
        """A sign with a subscript."""

    @abstractmethod
    def ranged(self, sign: str, name: str, low: str, high: str) -> str:
        """A sign with a variable and its range: the beginning of a sum."""

    @abstractmethod
    def limits(self, sign: str, low: str, high: str) -> str:
        """An integral sign with its ends."""

    @abstractmethod
    def slope(self, order: int, over: list[tuple[str, int]], of: str) -> str:
        """The operator of a derivative; with ``of``, applied to that."""

    # -- terms ---------------------------------------------------------------------------

    def formula(self, t: Term) -> str:
        """The text of a formula, statement or domain."""
        self.free = t.free
        return self.term(t).text

    def term(self, t: Term) -> Piece:
        """The piece of a term."""
        if t.head == "symbol":
            return self._symbol(t.value)
        if t.head == "number":
            return self.number(t)
        if t.head == "member":
            return self.member_of(t)
        if t.head == "bound":
            return Piece(self.name(f"free_{t.value}"))
        known = head_of(t.head)
        if known.shape == "own":
            method: Callable[[Term], Piece] = getattr(self, "on_" + t.head.lower())
            return method(t)
        return self._shaped(t, known)

    def _symbol(self, name: str) -> Piece:
        return Piece(self.name(name), POWER if parse(name).superscript else ATOM)

    def sign_of(self, head: str) -> str:
        """The sign that the table gives for a head."""
        known = head_of(head)
        return known.latex if self.column == "latex" else known.text

    def _shaped(self, t: Term, known: Head) -> Piece:
        sign = self.sign_of(t.head)
        if known.shape == "constant":
            return Piece(sign)
        if known.shape == "operator" and len(t.args) == 1:
            return self.operator(sign, t.args[0])
        if known.shape == "mass" and len(t.args) > 1:
            return self._mass(sign, t)
        inside, tall = self.listed(t.args)
        if known.shape == "fence":
            return Piece(self.bracket(Piece(inside, tall=tall), sign), tall=tall)
        return Piece(sign + self.bracket(Piece(inside, tall=tall)), tall=tall)

    def _mass(self, sign: str, t: Term) -> Piece:
        values, tall = self.listed(t.args[:1])
        parameters, also = self.listed(t.args[1:])
        inside = f"{values} {self.relation('|')} {parameters}"
        return Piece(sign + self.bracket(Piece(inside, tall=tall or also)), ATOM, tall or also)

    def listed(self, terms: tuple[Term, ...]) -> tuple[str, bool]:
        """Terms with commas between them, and whether one is tall."""
        pieces = [self.term(a) for a in terms]
        return ", ".join(p.text for p in pieces), any(p.tall for p in pieces)

    def operator(self, sign: str, argument: Term) -> Piece:
        """A function such as log: brackets only where the argument is not an atom."""
        piece = self.term(argument)
        closed = sign + self.bracket(piece)
        atom = piece.level == ATOM and argument.head not in ("Piecewise", "binomial")
        if atom or argument.head in ("Sum", "Product"):
            return Piece(f"{sign} {piece.text}", PREFIX, piece.tall, closed, True)
        return Piece(closed, PREFIX, piece.tall, closed)

    def at_least(self, piece: Piece, level: int) -> str:
        """The text of a piece, in brackets when it binds less tightly than that."""
        return piece.text if piece.level >= level else self.bracket(piece)

    def scripted(self, t: Term) -> Piece:
        """A term in an index or exponent, where fractions lie flat."""
        self.script += 1
        piece = self.term(t)
        self.script -= 1
        return piece

    # -- arithmetic ----------------------------------------------------------------------

    def on_add(self, t: Term) -> Piece:
        first = self.term(t.args[0])
        text, tall, last = self.at_least(first, SIGN), first.tall, first
        for a in t.args[1:]:
            negative = a.head == "Neg" or (a.head == "number" and a.value < 0)
            inner = a.args[0] if a.head == "Neg" else -a if negative else a
            last = self.term(inner)
            text += (" - " if negative else " + ") + self.at_least(last, PRODUCT)
            tall = tall or last.tall
        return Piece(text, SUM if len(t.args) > 1 else SIGN, tall, ends_open=last.ends_open)

    def on_neg(self, t: Term) -> Piece:
        piece = self.term(t.args[0])
        text = "-" + self.at_least(piece, PRODUCT)
        return Piece(text, SIGN, piece.tall, ends_open=piece.ends_open)

    def on_mul(self, t: Term) -> Piece:
        pieces = [self.term(a) for a in t.args]
        text, before = "", pieces[0]
        for k, (a, piece) in enumerate(zip(t.args, pieces, strict=True)):
            last = k == len(pieces) - 1
            now = piece
            follows = not last and self._is_operator(a) and self._is_operator(t.args[k + 1])
            if piece.level < PREFIX:
                now = Piece(self.bracket(piece), ATOM, piece.tall)
            elif not (last or follows) and (piece.ends_open or piece.level == PREFIX):
                closed = piece.closed or self.bracket(piece)
                now = Piece(closed, PREFIX if piece.closed else ATOM, piece.tall)
            text += now.text if k == 0 else self.join(before, now, t.args[k - 1], a) + now.text
            before = now
        tall = any(p.tall for p in pieces)
        return Piece(text, PRODUCT, tall, ends_open=pieces[-1].ends_open)

    @staticmethod
    def _is_operator(t: Term) -> bool:
        return head_of(t.head).shape == "operator" and t.head not in ("symbol", "member")

    def on_factorial(self, t: Term) -> Piece:
        piece = self.term(t.args[0])
        return Piece(self.at_least(piece, ATOM) + "!", POWER, piece.tall)

    def on_log_b(self, t: Term) -> Piece:
        base = self.scripted(t.args[1]).text
        return self.operator(self.below(self.sign_of("log"), base), t.args[0])

    def on_xlogy(self, t: Term) -> Piece:
        return self.on_mul(Term("Mul", (t.args[0], Term("log", (t.args[1],)))))

    def on_besseli(self, t: Term) -> Piece:
        order, argument = self.scripted(t.args[0]).text, self.term(t.args[1])
        sign = self.below(self.sign_of(t.head), order)
        return Piece(sign + self.bracket(argument), ATOM, argument.tall)

    on_besselk = on_besseli

    def on_kroneckerdelta(self, t: Term) -> Piece:
        return Piece(self.below(self.sign_of(t.head), self.indices(t.args)))

    def indices(self, terms: tuple[Term, ...]) -> str:
        """Indices side by side; with commas unless each is a single letter."""
        pieces = [self.scripted(a).text for a in terms]
        letters = all(a.head == "symbol" and is_letter(a.value) for a in terms)
        return ("" if letters else ",").join(pieces)

    def is_value(self, t: Term) -> bool:
        """Whether a member is a value of an abstract function."""
        declared = None if self.context is None else self.context.names.get(t.value)
        return t.names == ("call",) if declared is None else is_function(declared.indices)
