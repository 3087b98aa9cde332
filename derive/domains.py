"""Domains: where a symbol may take its values, as terms.

====================================  ==============================================
domain                                what it promises of a member t
====================================  ==============================================
``Real``                              t is a real number
``Positive``, ``Nonnegative``         0 < t; 0 <= t
``Unit``, ``Open(a, b)``              0 < t < 1; a < t < b (``oo`` for no bound)
``Closed``, ``LeftOpen``, ``RightOpen``  intervals with their ends
``Integer``                           t is an integer
``Natural``, ``Natural0``             integers from 1, from 0
``Range(a, b)``                       integers from a to b, or from a on (b = ``oo``)
``FiniteSet(a, ...)``, ``Bit``        one of the listed numbers; 0 or 1
``Partial``                           nothing, not even that t is defined (rules only)
====================================  ==============================================
"""

from __future__ import annotations

from derive.term import ONE, ZERO, Term, is_number

REAL, INTEGER, PARTIAL = Term("Real"), Term("Integer"), Term("Partial")
POSITIVE, NONNEGATIVE, UNIT = Term("Positive"), Term("Nonnegative"), Term("Unit")
NATURAL, NATURAL0, BIT = Term("Natural"), Term("Natural0"), Term("Bit")
INFINITY = Term("oo")
MINUS_INFINITY = Term("Neg", (INFINITY,))

NAMED = {
    d.head: d for d in (REAL, INTEGER, PARTIAL, POSITIVE, NONNEGATIVE, UNIT, NATURAL, NATURAL0, BIT)
}
INTERVALS = ("Open", "Closed", "LeftOpen", "RightOpen")
DOMAINS = {*NAMED, *INTERVALS, "Range", "FiniteSet"}


def interval(domain: Term) -> tuple[Term, Term, bool, bool] | None:
    """Ends of a real interval and whether each is left out; None for other domains."""
    known: dict[str, tuple[Term, Term, bool, bool]] = {
        "Real": (MINUS_INFINITY, INFINITY, True, True),
        "Positive": (ZERO, INFINITY, True, True),
        "Nonnegative": (ZERO, INFINITY, False, True),
        "Unit": (ZERO, ONE, True, True),
    }
    if domain.head in known:
        return known[domain.head]
    if domain.head in INTERVALS:
        low, high = domain.args
        return low, high, domain.head in ("Open", "LeftOpen"), domain.head in ("Open", "RightOpen")
    return None


def is_open(domain: Term) -> bool:
    """Whether every member of the domain is an interior point of an interval."""
    found = interval(domain)
    return found is not None and found[2] and found[3]


def interior(domain: Term) -> Term:
    """A real interval without its ends; any other domain as it is.

    >>> interior(NONNEGATIVE), interior(BIT)
    (Positive, {0,1})
    """
    found = interval(domain)
    if found is None or is_open(domain):
        return domain
    whole = Term("Open", found[:2])
    return NAMED_INTERVALS.get(whole, whole)


def elements(domain: Term) -> tuple[Term, ...] | None:
    """The members of a finite set as it is listed; None for other domains."""
    if domain.head == "Bit":
        return (ZERO, ONE)
    if domain.head == "FiniteSet":
        return domain.args
    if domain.head == "Range" and all(is_number(a) for a in domain.args):
        low, high = (a.value for a in domain.args)
        if low.denominator == high.denominator == 1 and high - low < 64:
            return tuple(Term("number", (), low + k) for k in range(int(high - low) + 1))
    return None


def promises(domain: Term, t: Term) -> tuple[Term, ...]:
    """The statements that together say that ``t`` lies in the domain.

    For a finite set: what they imply (it is a set, not an interval; use cases).

    >>> promises(UNIT, Term("symbol", (), "p"))
    (0 < p, p < 1)
    """
    found = interval(domain)
    if found is not None:
        low, high, low_out, high_out = found
        bounds = []
        if low != MINUS_INFINITY:
            bounds.append(Term("Lt" if low_out else "Le", (low, t)))
        if high != INFINITY:
            bounds.append(Term("Lt" if high_out else "Le", (t, high)))
        return tuple(bounds) or (Term("In", (t, REAL)),)
    whole = Term("In", (t, INTEGER))
    if domain.head == "Integer":
        return (whole,)
    if domain.head in ("Natural", "Natural0"):
        return whole, Term("Le", (ONE if domain.head == "Natural" else ZERO, t))
    if domain.head == "Range":
        above, below = Term("Le", (domain.args[0], t)), Term("Le", (t, domain.args[1]))
        return (whole, above) if domain.args[1] == INFINITY else (whole, above, below)
    members = elements(domain)
    if members is not None and all(map(is_number, members)) and members:
        values = [m.value for m in members]
        low, high = Term("number", (), min(values)), Term("number", (), max(values))
        integral = (whole,) if all(v.denominator == 1 for v in values) else ()
        return (*integral, Term("Le", (low, t)), Term("Le", (t, high)))
    return ()


def membership(t: Term, domain: Term) -> Term:
    """The condition that ``t`` lies in the domain, by comparisons for an interval.

    >>> membership(Term("symbol", (), "p"), UNIT)
    And(0 < p, p < 1)
    """
    if interval(domain) is None or domain == REAL:
        return Term("In", (t, domain))
    bounds = promises(domain, t)
    return bounds[0] if len(bounds) == 1 else Term("And", bounds)


#: Intervals that have a name of their own.
NAMED_INTERVALS = {
    Term("Open", (ZERO, ONE)): UNIT,
    Term("Open", (ZERO, INFINITY)): POSITIVE,
    Term("RightOpen", (ZERO, INFINITY)): NONNEGATIVE,
    Term("Open", (MINUS_INFINITY, INFINITY)): REAL,
}


def is_function(indices: tuple[Term, ...]) -> bool:
    """Whether a family is an abstract function: some index runs through no integers."""
    integers = ("Range", "Integer", "Natural", "Natural0", "FiniteSet", "Bit")
    return any(d.head not in integers for d in indices)


#: The names by which scripts call the domains, in a signature for instance: ``y: Bit``.
Real, Integer, Positive, Nonnegative, Unit = REAL, INTEGER, POSITIVE, NONNEGATIVE, UNIT
Natural, Natural0, Bit = NATURAL, NATURAL0, BIT
