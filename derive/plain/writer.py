"""Writer of the plain spelling: a term as its author would write it.

What is written is read back as the same term, brackets included: ``a + (b + c)`` and
``a + b + c`` are two terms and two texts.
"""

from __future__ import annotations

from typing import NamedTuple

from derive.context import Context
from derive.domains import INTERVALS, NAMED, NAMED_INTERVALS, is_function
from derive.functions import COMPARISONS, CONNECTIVES, RELATIONS
from derive.plain.binders import MEANINGFUL, write_binder
from derive.term import BINDERS, Term, fresh, lowest_terms

# How tightly a text binds: a sum, a leading minus, a product or fraction, a power, an atom.
_SUM, _MINUS, _PRODUCT, _POWER, _ATOM = range(5)
_DEFAULT_NAMES = {"Derivative": "t", "Integral": "x", "Expectation": "X"}
_BRACKETS = {"Open": "()", "Closed": "[]", "LeftOpen": "(]", "RightOpen": "[)"}
_SIGNS = {"Eq": "=", "Ne": "!=", "Le": "<=", "Lt": "<"}
_CALLED = {"SameOrder": "order", "SameArgmin": "argmin", "SameGradient": "grad"}

Scope = tuple[str, ...]


class Writer(NamedTuple):
    """Writes terms; with a context it also knows which families are functions."""

    context: Context | None = None

    # -- formulas ----------------------------------------------------------------------

    def formula(self, t: Term, scope: Scope = ()) -> str:
        """The text of a formula whose bound variables bear the names of ``scope``."""
        return self._text(t, scope)[0]

    def _text(self, t: Term, scope: Scope) -> tuple[str, int]:
        """The text of a formula and how tightly it binds."""
        if t.head == "number":
            whole = t.value.denominator == 1
            level = _MINUS if t.value < 0 else _ATOM if whole else _PRODUCT
            return str(t.value), level
        if t.head == "symbol":
            return str(t.value), _ATOM
        if t.head == "bound":
            known = t.value < len(scope)
            return scope[-1 - t.value] if known else f"#{t.value - len(scope)}", _ATOM
        if t.head == "member":
            return self._member(t, scope), _ATOM
        if t.head in ("Add", "Mul") and len(t.args) > 1:
            return self._sum(t, scope) if t.head == "Add" else self._product(t, scope)
        if t.head == "Neg" and len(t.args) == 1:
            inner, level = self._text(t.args[0], scope)
            bracketed = level < _PRODUCT or t.args[0].head == "number"
            return f"-({inner})" if bracketed else f"-{inner}", _MINUS
        if t.head == "Div" and len(t.args) == 2:
            return self._quotient(t, scope), _PRODUCT
        if t.head == "Pow" and len(t.args) == 2:
            return self._power(t, scope)
        if t.head == "Piecewise":
            return self._piecewise(t, scope), _ATOM
        if t.head in BINDERS and t.head != "ForAll":
            return write_binder(self, t, scope), _ATOM
        if t.head in ("E", "pi", "oo"):
            taken = t.head in scope or (self.context is not None and t.head in self.context.names)
            return t.head + "()" * taken, _ATOM
        if is_statement(t):
            return self.condition(t, scope), _SUM
        if t.head in NAMED or t.head in INTERVALS or t.head in ("Range", "FiniteSet"):
            return self.domain_call(t, scope), _ATOM
        return f"{t.head}({self.listed(t.args, scope)})", _ATOM

    def listed(self, terms: tuple[Term, ...], scope: Scope) -> str:
        """Formulas with commas between them."""
        return ", ".join(self.formula(a, scope) for a in terms)

    def _at_least(self, t: Term, level: int, scope: Scope) -> str:
        text, own = self._text(t, scope)
        return text if own >= level else f"({text})"

    def _member(self, t: Term, scope: Scope) -> str:
        call = t.names == ("call",)
        declared = None if self.context is None else self.context.names.get(t.value)
        if declared is not None:
            call = is_function(declared.indices)
        inside = self.listed(t.args, scope)
        return f"{t.value}({inside})" if call else f"{t.value}[{inside}]"

    def _sum(self, t: Term, scope: Scope) -> tuple[str, int]:
        text = self._at_least(t.args[0], _MINUS, scope)
        for a in t.args[1:]:
            if a.head == "number" and a.value < 0:
                text += f" - {-a.value}"
            elif a.head == "Neg":
                inner, level = self._text(a.args[0], scope)
                bracketed = level < _PRODUCT or a.args[0].head == "number"
                text += f" - ({inner})" if bracketed else f" - {inner}"
            else:
                text += f" + {self._at_least(a, _PRODUCT, scope)}"
        return text, _SUM

    def _product(self, t: Term, scope: Scope) -> tuple[str, int]:
        first = t.args[0]
        parts = [self._at_least(first, _PRODUCT if first.head == "Div" else _POWER, scope)]
        parts += [self._at_least(a, _POWER, scope) for a in t.args[1:]]
        return "*".join(parts), _PRODUCT

    def _quotient(self, t: Term, scope: Scope) -> str:
        a, b = t.args
        above = self._at_least(a, _POWER if a.head == "number" else _PRODUCT, scope)
        numbers = a.head == b.head == "number" and a.value.denominator == 1
        if numbers and a.value >= 0 and lowest_terms(a.value, b.value):
            above = f"({above})"  # 1/2 is the number, (1)/2 the quotient
        return f"{above}/{self._at_least(b, _POWER, scope)}"

    def _power(self, t: Term, scope: Scope) -> tuple[str, int]:
        base, exponent = t.args
        if exponent.head == "number" and (exponent.value * 2) == 1:
            return f"sqrt({self.formula(base, scope)})", _ATOM
        below = self._at_least(base, _ATOM, scope)
        return f"{below}**{self._at_least(exponent, _ATOM, scope)}", _POWER

    def _piecewise(self, t: Term, scope: Scope) -> str:
        pairs = zip(t.args[::2], t.args[1::2], strict=True)
        branches = [f"({self.formula(a, scope)}, {self.condition(c, scope)})" for a, c in pairs]
        return f"Piecewise({', '.join(branches)})"

    # -- binders -----------------------------------------------------------------------

    def name(self, t: Term, scope: Scope) -> str:
        """The name of a binder's variable: its hint, made fresh for its body."""
        hint = t.names[0] if t.names else _DEFAULT_NAMES.get(t.head, "i")
        return fresh(hint, {*t.free, *scope, *MEANINGFUL})

    # -- conditions, domains, statements -----------------------------------------------

    def condition(self, t: Term, scope: Scope) -> str:
        """A statement as it stands inside a formula."""
        if t.head in ("Le", "Lt"):
            a, b = (self.formula(side, scope) for side in t.args)
            return f"{a} {_SIGNS[t.head]} {b}"
        if t.head in CONNECTIVES:
            return f"{t.head}({', '.join(self.condition(a, scope) for a in t.args)})"
        if t.head == "In":
            inside, where = self.formula(t.args[0], scope), self.domain_call(t.args[1], scope)
            return f"In({inside}, {where})"
        if t.head in COMPARISONS:
            return f"{t.head}({self.listed(t.args, scope)})"
        return t.head if t.head == "True" else self.statement(t, scope)

    def domain_call(self, t: Term, scope: Scope) -> str:
        """A domain as it stands inside a formula: ``Open(a, b)``."""
        return t.head if not t.args else f"{t.head}({self.listed(t.args, scope)})"

    def domain(self, t: Term, scope: Scope = ()) -> str:
        """A domain as it stands behind ``in``."""
        if t.head in ("Unit", "Bit"):
            return "(0,1)" if t.head == "Unit" else "{0,1}"
        texts = [self.formula(a, scope) for a in t.args]
        if t.head == "Range":
            return f"{texts[0]}..{texts[1]}"
        if t.head == "FiniteSet" and texts != ["0", "1"]:
            return "{" + ",".join(texts) + "}"
        if t.head in _BRACKETS and t not in NAMED_INTERVALS:
            left, right = _BRACKETS[t.head][0], _BRACKETS[t.head][1]
            return f"{left}{texts[0]}, {texts[1]}{right}"
        return self.domain_call(t, scope)

    def statement(self, t: Term, scope: Scope = ()) -> str:
        """A statement."""
        if t.head == "ForAll":
            return self._for_all(t, scope)
        if t.head in RELATIONS:
            return self._relation(t, scope)
        if t.head == "In":
            return f"{self.formula(t.args[0], scope)} in {self.domain(t.args[1], scope)}"
        if t.head in COMPARISONS:
            a, b = (self.formula(side, scope) for side in t.args)
            return f"{a} {_SIGNS[t.head]} {b}"
        return self.condition(t, scope)

    def _for_all(self, t: Term, scope: Scope) -> str:
        binders = []
        while t.head == "ForAll":
            name = self.name(t, scope)
            binders.append(f"{name} in {self.domain(t.args[1], scope)}")
            scope, t = (*scope, name), t.args[0]
        return f"{self.statement(t, scope)} for {', '.join(binders)}"

    def _relation(self, t: Term, scope: Scope) -> str:
        f, g = (self.formula(side, scope) for side in t.args[:2])
        theta = ", ".join(str(s.value) for s in t.args[2:])
        if len(t.args) > 3:
            theta = f"({theta})"
        if t.head == "Affine":
            return f"{f} ~ {g} in {theta}"
        if t.head == "Argmin":
            return f"argmin({f}, {theta}) = {g}"
        return f"{_CALLED[t.head]}({f}, {theta}) = {_CALLED[t.head]}({g}, {theta})"


def is_statement(t: Term) -> bool:
    """Whether a term is a statement or a condition, and no formula."""
    return t.head in (*COMPARISONS, *CONNECTIVES, *RELATIONS, "In", "ForAll", "True")


def write_term(t: Term, context: Context | None = None) -> str:
    """The text of a formula, statement or domain; see ``derive.plain.write``."""
    writer = Writer(context)
    if is_statement(t):
        return writer.statement(t)
    if t.head in NAMED or t.head in _BRACKETS or t.head in ("Range", "FiniteSet"):
        return writer.domain(t)
    return writer.formula(t)
