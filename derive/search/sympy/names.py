"""What SymPy may know of names: assumptions by domain, and ranges that cannot run backwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from derive.context import Context, Declaration
from derive.domains import INTEGER, PARTIAL, elements, interval
from derive.polynomial import ONE as UNIT_POLYNOMIAL
from derive.polynomial import Polynomial, SizeError, plus, quotient
from derive.term import ONE, ZERO, Term, apply, is_number, neg, number, symbol

#: A name and the ends of its range, as far as they are known.
Bounds = tuple[str, Term | None, Term | None]

Declarations = Mapping[str, Declaration]

#: Functions that SymPy keeps as they stand when they are written with ``exact=True``.
OPAQUE = ("sigmoid", "softplus", "log_2", "log_b", "xlogy", "softmax", "logsumexp")

#: Functions that have one name on both sides.
SHARED = (
    "log", "exp", "Abs", "sign", "Max", "Min", "floor", "sin", "cos", "atan", "sinh", "cosh",
    "tanh", "erf", "gamma", "loggamma", "digamma", "factorial", "binomial", "beta", "besseli",
    "besselk", "KroneckerDelta",
)  # fmt: skip

#: What functions that SymPy does not have are, in terms of others.
WRITTEN_OUT: dict[str, Callable[..., Term]] = {
    "sigmoid": lambda z: 1 / (1 + apply("exp", -z)),
    "softplus": lambda z: apply("log", 1 + apply("exp", z)),
    "log_2": lambda x: apply("log", x) / apply("log", 2),
    "log_b": lambda x, b: apply("log", x) / apply("log", b),
}

#: Why some heads cannot be written.
NO_COUNTERPART = {
    "Expectation": "SymPy has no expectation that leaves the law open; write it as a Sum or an "
    "Integral over the law's mass or density first",
    "bound": "a bound variable stands outside its binder",
    "ForAll": "SymPy has no quantified statements; convert an instance",
    "In": "SymPy's sets are not ours; convert the inequalities that it stands for",
}

#: What an empty range gives.
EMPTY_VALUE = {"Sum": 0, "Product": 1}


class ConversionError(ValueError):
    """What cannot be said on the other side; the sentence says why and what to do."""


def assumptions(domain: Term) -> dict[str, bool]:
    """What SymPy may assume of a member of a domain.

    >>> from derive.domains import BIT, UNIT
    >>> assumptions(UNIT), assumptions(BIT)
    ({'positive': True}, {'integer': True, 'nonnegative': True})
    """
    ends = interval(domain)
    if ends is not None:
        low, high, low_out, high_out = ends
        return sign_of(low, low_out) or sign_of(neg(high), high_out, "negative") or {"real": True}
    if domain.head in ("Integer", "Natural", "Natural0", "Range"):
        return {"integer": True, **sign_of(least(domain), False)}
    listed = elements(domain)
    if listed and all(map(is_number, listed)):
        values = [m.value for m in listed]
        kind = "integer" if all(v.denominator == 1 for v in values) else "real"
        return {kind: True, **sign_of(number(min(values)), False)}
    return {}


def sign_of(low: Term | None, out: bool, name: str = "positive") -> dict[str, bool]:
    """The sign that a lower end promises, ``out`` when the end itself is left out."""
    if low is None or not is_number(low) or low.value < 0:
        return {}
    return {name if out or low.value > 0 else f"non{_OTHER[name]}": True}


_OTHER = {"positive": "negative", "negative": "positive"}


def least(domain: Term, greatest: bool = False) -> Term | None:
    """The lower (or upper) end of a domain as far as it is one term; None for none."""
    if domain.head in ("Natural", "Natural0"):
        return None if greatest else ONE if domain.head == "Natural" else ZERO
    if domain.head == "Range":
        return domain.args[int(greatest)]
    ends = interval(domain)
    if ends is not None:
        end = ends[1] if greatest else ends[0]
        return None if "oo" in (end.head, *(a.head for a in end.args)) else end
    listed = elements(domain)
    if listed and all(map(is_number, listed)):
        return number((max if greatest else min)(m.value for m in listed))
    return None


def is_function(declared: Declaration) -> bool:
    """Whether a family is an abstract function of real arguments."""
    return any(interval(d) is not None for d in declared.indices)


def declarations_of(t: Term, context: Context | None) -> dict[str, Declaration]:
    """The declarations of the free names; without a context they promise nothing."""
    found: dict[str, Declaration] = {}

    def look(u: Term) -> None:
        if u.head in ("symbol", "member"):
            known = found.get(u.value)
            if known is None:
                if context is None:
                    known = Declaration(u.value, PARTIAL, (INTEGER,) * len(u.args))
                elif u.value in context.names:
                    known = context.names[u.value]
                else:
                    raise ConversionError(f"{u.value} is not declared")
                found[u.value] = known
            if len(known.indices) != len(u.args):
                raise ConversionError(
                    f"{u.value} is used with {len(u.args)} indices, elsewhere with "
                    f"{len(known.indices)}"
                )
        for a in u.args:
            look(a)

    look(t)
    return found


# -- ranges --------------------------------------------------------------------------------


def may_run_backwards(
    lower: Term, upper: Term, around: Iterable[Bounds], context: Context | None
) -> bool:
    """Whether ``upper < lower - 1`` is possible, as far as is known.

    ``around`` are the bound variables around with their ranges, inmost first.
    """
    ranges = list(around)
    if context is not None:
        for name, declared in reversed(list(context.names.items())):
            if not declared.indices:
                ranges.append((name, least(declared.domain), least(declared.domain, True)))
    try:
        found, divisor = quotient(Term("Add", (upper, Term("Neg", (lower,)))))
        if divisor != UNIT_POLYNOMIAL:
            return True
        for name, low, high in ranges:
            found = _smallest(found, name, low, high)
    except SizeError:
        return True
    return any(found) or found.get((), Fraction(0)) < -1


def _smallest(found: Polynomial, name: str, low: Term | None, high: Term | None) -> Polynomial:
    """The polynomial with that end of a variable's range for it that makes it smallest."""
    monomial = ((symbol(name), 1),)
    factor = found.get(monomial)
    end = None if factor is None else low if factor > 0 else high
    if factor is None or end is None:
        return found
    top, divisor = quotient(end)
    if divisor != UNIT_POLYNOMIAL:
        return found
    return plus({m: c for m, c in found.items() if m != monomial}, top, factor)


def hint_of(variable: Any) -> str:
    """The name of a bound variable, as it is printed."""
    return str(getattr(variable, "name", variable)).lstrip("_")
