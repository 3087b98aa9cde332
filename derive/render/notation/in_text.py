"""Formulas on one line of Unicode text."""

from __future__ import annotations

from derive.render.notation.heads import SIGNS
from derive.render.notation.names import in_text, printable, subscript, superscript
from derive.render.notation.printer import ATOM, POWER, PREFIX, PRODUCT, SIGN, Piece
from derive.render.notation.statements import StatementPrinter
from derive.term import Term


class TextPrinter(StatementPrinter):
    """Prints terms in Unicode text."""

    column = "text"

    def name(self, name: str, indices: str = "") -> str:
        return in_text(name) + (f"[{indices}]" if indices else "")

    def number(self, t: Term) -> Piece:
        level = SIGN if t.value < 0 else ATOM if t.value.denominator == 1 else PRODUCT
        return Piece(str(t.value), level)

    def member_of(self, t: Term) -> Piece:
        name = in_text(t.value)
        if self.is_value(t):
            return Piece(f"{name}({self.listed(t.args)[0]})")
        indices = self.indices(t.args)
        lowered = None if subscript(name[-1:]) == name[-1:] else subscript(indices)
        plain = "_" not in name and name[-1:] not in "₀₁₂₃₄₅₆₇₈₉"
        if lowered is not None and plain:
            return Piece(name + lowered)
        inside = ",".join(self.term(a).text.replace(" ", "") for a in t.args)
        return Piece(f"{name}[{inside}]")

    def bracket(self, piece: Piece, signs: str = "( )") -> str:
        left, right = signs.split(" ")
        return f"{left}{piece.text}{right}"

    def words(self, text: str) -> str:
        return printable(text)

    def join(self, left: Piece, right: Piece, a: Term, b: Term) -> str:
        if b.head == "number" or (left.level == PREFIX and left.text.endswith(")")):
            return "·"
        narrow = right.text[:1] == "(" or (b.head in ("symbol", "member") and len(b.value) == 1)
        return "" if a.head == "number" and a.value.denominator == 1 and narrow else " "

    def on_div(self, t: Term) -> Piece:
        above, under = (self.term(a) for a in t.args)
        open_end = above.ends_open or above.level == PREFIX
        upper = self.bracket(above) if open_end else self.at_least(above, PRODUCT)
        return Piece(f"{upper}/{self.at_least(under, POWER)}", PRODUCT)

    def on_pow(self, t: Term) -> Piece:
        base, exponent = t.args
        if exponent.head == "number" and exponent.value * 2 == 1:
            inner = self.term(base)
            return Piece(f"√{self.at_least(inner, ATOM)}", POWER)
        below = self.at_least(self.term(base), ATOM)
        if exponent.head == "number" and exponent.value.denominator == 1 and exponent.value >= 0:
            raised = superscript(str(exponent.value))
            assert raised is not None
            return Piece(below + raised, POWER)
        return Piece(f"{below}^{self.at_least(self.term(exponent), ATOM)}", POWER)

    def on_exp(self, t: Term) -> Piece:
        return Piece(f"{self.sign_of('exp')}({self.term(t.args[0]).text})")

    def on_piecewise(self, t: Term) -> Piece:
        rows = []
        for value, condition in zip(t.args[::2], t.args[1::2], strict=True):
            otherwise = condition.head == "True"
            when = "otherwise" if otherwise else f"if {self.term(condition).text}"
            rows.append(f"{self.term(value).text} {when}")
        return Piece("{" + "; ".join(rows) + "}")

    def on_binomial(self, t: Term) -> Piece:
        return Piece(f"{self.sign_of('binomial')}({self.listed(t.args)[0]})")

    def on_kroneckerdelta(self, t: Term) -> Piece:
        if all(a.head in ("symbol", "number") for a in t.args):
            return super().on_kroneckerdelta(t)
        a, b = (self.term(side).text for side in t.args)
        return Piece(f"1[{a} = {b}]")

    def below(self, sign: str, below: str) -> str:
        lowered = subscript(below)
        if lowered is not None and len(below) < 6:
            return sign + lowered
        return f"{sign}_{below}" if len(below) == 1 else f"{sign}_{{{below}}}"

    def ranged(self, sign: str, name: str, low: str, high: str) -> str:
        return f"{sign}_{{{name}={low}}}^{{{high}}}"

    def limits(self, sign: str, low: str, high: str) -> str:
        return f"{sign}_{{{low}}}^{{{high}}}"

    def slope(self, order: int, over: list[tuple[str, int]], of: str) -> str:
        assert not of
        sign = self.sign_of("Derivative")
        raised = (superscript(str(order)) or "") if order > 1 else ""
        under = " ".join(f"{sign}{v}{superscript(str(k)) if k > 1 else ''}" for v, k in over)
        return f"{sign}{raised}/{under}" if len(over) == 1 else f"{sign}{raised}/({under})"

    def relation(self, sign: str) -> str:
        if sign == "|":
            return "|"
        known = SIGNS.get(sign)
        return printable(sign) if known is None else known[1]
