"""Formulas in LaTeX."""

from __future__ import annotations

from derive.render.notation.heads import SIGNS
from derive.render.notation.names import escape_latex, in_latex
from derive.render.notation.printer import ATOM, POWER, PREFIX, PRODUCT, SENTENCE, SIGN, Piece
from derive.render.notation.statements import StatementPrinter
from derive.term import Term, size

#: Exponents of e with more nodes than this are written as an argument of ``\exp``.
_LONG_EXPONENT = 9


class LatexPrinter(StatementPrinter):
    """Prints terms in LaTeX, as a textbook does."""

    column = "latex"
    SPACE = r" \, "

    def name(self, name: str, indices: str = "") -> str:
        return in_latex(name, indices)

    def number(self, t: Term) -> Piece:
        value = abs(t.value)
        sign = "-" if t.value < 0 else ""
        level = SIGN if sign else ATOM
        if value.denominator == 1:
            return Piece(sign + str(value), level)
        if self.script:
            return Piece(f"{sign}{value.numerator}/{value.denominator}", level and PRODUCT)
        text = rf"{sign}\frac{{{value.numerator}}}{{{value.denominator}}}"
        return Piece(text, SIGN if sign else POWER, True)

    def member_of(self, t: Term) -> Piece:
        if self.is_value(t):
            inside, tall = self.listed(t.args)
            return Piece(self.name(t.value) + self.bracket(Piece(inside, tall=tall)), ATOM, tall)
        text = self.name(t.value, self.indices(t.args))
        return Piece(text, POWER if "^" in self.name(t.value) else ATOM)

    def bracket(self, piece: Piece, signs: str = "( )") -> str:
        left, right = signs.split(" ")
        if piece.tall and self.script == 0:
            return rf"\left{left} {piece.text} \right{right}"
        gap = " " if left[-1].isalpha() else ""
        return f"{left}{gap}{piece.text}{gap}{right}"

    def words(self, text: str) -> str:
        return rf"\text{{{escape_latex(text)}}}"

    def join(self, left: Piece, right: Piece, a: Term, b: Term) -> str:
        called = left.level == PREFIX and left.text.endswith(")")
        if called or b.head == "number" or right.text[:1].isdigit():
            return r" \cdot "
        if a.head == "number":
            return " " if right.text[:1] == "\\" or left.text[:1] == "\\" else ""
        upright = (r"\mathrm", r"\text")
        return r" \, " if left.text.startswith(upright) or right.text.startswith(upright) else " "

    def on_div(self, t: Term) -> Piece:
        above, under = (self.term(a) for a in t.args)
        flat = above.level >= PRODUCT and under.level >= POWER and not above.ends_open
        if self.script and flat:
            # Flat, so that indices and exponents stay low.
            return Piece(f"{above.text} / {under.text}", PRODUCT)
        return Piece(rf"\frac{{{above.text}}}{{{under.text}}}", POWER, True)

    def on_pow(self, t: Term) -> Piece:
        base, exponent = t.args
        if exponent.head == "number" and exponent.value * 2 == 1:
            inner = self.term(base)
            return Piece(rf"\sqrt{{{inner.text}}}", ATOM, inner.tall)
        below = self.term(base)
        return Piece(
            f"{self.at_least(below, ATOM)}^{{{self.scripted(exponent).text}}}", POWER, below.tall
        )

    def on_exp(self, t: Term) -> Piece:
        argument = self.term(t.args[0])
        short = not argument.tall and size(t.args[0]) <= _LONG_EXPONENT
        if (self.script or short) and "e" not in self.free:
            return Piece(f"e^{{{self.scripted(t.args[0]).text}}}", POWER)
        return Piece(self.sign_of("exp") + self.bracket(argument), ATOM, argument.tall)

    def on_piecewise(self, t: Term) -> Piece:
        rows = []
        for value, condition in zip(t.args[::2], t.args[1::2], strict=True):
            if condition.head == "True":
                when = r"\text{otherwise}"
            else:
                when = rf"\text{{if }} {self.term(condition).text}"
            rows.append(f"{self.term(value).text} & {when}")
        text = r" \\ ".join(rows)
        return Piece(rf"\begin{{cases}} {text} \end{{cases}}", PREFIX, True, ends_open=True)

    def on_binomial(self, t: Term) -> Piece:
        above, under = (self.term(a).text for a in t.args)
        return Piece(rf"\binom{{{above}}}{{{under}}}", ATOM, True)

    def on_kroneckerdelta(self, t: Term) -> Piece:
        plain = all(a.head == "symbol" or (a.head == "number" and a.value >= 0) for a in t.args)
        if plain:
            return super().on_kroneckerdelta(t)
        a, b = (self.term(side) for side in t.args)
        inside = Piece(f"{a.text} = {b.text}", SENTENCE, a.tall or b.tall)
        return Piece(r"\mathbb{1}" + self.bracket(inside, "[ ]"), ATOM, inside.tall)

    def below(self, sign: str, subscript: str) -> str:
        return f"{sign}_{{{subscript}}}"

    def ranged(self, sign: str, name: str, low: str, high: str) -> str:
        return f"{sign}_{{{name}={low}}}^{{{high}}}"

    def limits(self, sign: str, low: str, high: str) -> str:
        return f"{sign}_{{{low}}}^{{{high}}}"

    def slope(self, order: int, over: list[tuple[str, int]], of: str) -> str:
        sign = self.sign_of("Derivative")
        above = sign if order == 1 else f"{sign}^{{{order}}}"
        under = " ".join(f"{sign} {v}" + (f"^{{{k}}}" if k > 1 else "") for v, k in over)
        return rf"\frac{{{above} {of}}}{{{under}}}" if of else rf"\frac{{{above}}}{{{under}}}"

    def relation(self, sign: str) -> str:
        if sign == "|":
            return r"\mid"
        known = SIGNS.get(sign)
        return self.words(sign) if known is None else known[0]
