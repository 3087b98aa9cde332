"""Domains: what they promise, their ends and their members."""

import pytest

from derive import domains
from derive.domains import (
    BIT,
    DOMAINS,
    INFINITY,
    INTEGER,
    INTERVALS,
    MINUS_INFINITY,
    NAMED,
    NATURAL,
    NATURAL0,
    NONNEGATIVE,
    PARTIAL,
    POSITIVE,
    REAL,
    UNIT,
    elements,
    interval,
    is_open,
    promises,
)
from derive.functions import Le, Lt
from derive.term import ONE, ZERO, Term, number, symbol

t, a, b = map(symbol, "tab")
TWO, HALF = number(2), number(1) / 2
WHOLE = Term("In", (t, INTEGER))


def over(head, *args):
    return Term(head, args)


@pytest.mark.parametrize(
    ("domain", "wanted"),
    [
        (REAL, (Term("In", (t, REAL)),)),
        (POSITIVE, (Lt(0, t),)),
        (NONNEGATIVE, (Le(0, t),)),
        (UNIT, (Lt(0, t), Lt(t, 1))),
        (over("Open", a, b), (Lt(a, t), Lt(t, b))),
        (over("Closed", a, b), (Le(a, t), Le(t, b))),
        (over("LeftOpen", a, b), (Lt(a, t), Le(t, b))),
        (over("RightOpen", a, b), (Le(a, t), Lt(t, b))),
        (over("Open", MINUS_INFINITY, b), (Lt(t, b),)),
        (over("RightOpen", a, INFINITY), (Le(a, t),)),
        (over("Open", MINUS_INFINITY, INFINITY), (Term("In", (t, REAL)),)),
        (INTEGER, (WHOLE,)),
        (NATURAL, (WHOLE, Le(1, t))),
        (NATURAL0, (WHOLE, Le(0, t))),
        (over("Range", a, b), (WHOLE, Le(a, t), Le(t, b))),
        (BIT, (WHOLE, Le(0, t), Le(t, 1))),
        (over("FiniteSet", TWO, number(-1)), (WHOLE, Le(-1, t), Le(t, 2))),
        (over("FiniteSet", ONE, HALF), (Le(HALF, t), Le(t, 1))),
        (over("FiniteSet", ONE, a), ()),
        (PARTIAL, ()),
        (over("Nowhere"), ()),
    ],
)
def test_promises(domain, wanted):
    assert promises(domain, t) == wanted


def test_only_open_intervals_are_open():
    assert [d for d in NAMED if is_open(NAMED[d])] == ["Real", "Positive", "Unit"]
    assert [d for d in INTERVALS if is_open(over(d, a, b))] == ["Open"]
    assert not is_open(over("Closed", MINUS_INFINITY, INFINITY))
    assert not is_open(over("Range", a, b))


def test_ends():
    assert interval(REAL) == (MINUS_INFINITY, INFINITY, True, True)
    assert interval(NONNEGATIVE) == (ZERO, INFINITY, False, True)
    assert interval(over("LeftOpen", a, b)) == (a, b, True, False)
    for domain in (INTEGER, BIT, over("Range", a, b), over("FiniteSet", a), PARTIAL):
        assert interval(domain) is None


def test_members():
    assert elements(BIT) == (ZERO, ONE)
    assert elements(over("FiniteSet", a, TWO)) == (a, TWO)
    assert elements(over("Range", number(-1), ONE)) == (number(-1), ZERO, ONE)
    assert elements(over("Range", ONE, ONE)) == (ONE,)
    assert elements(over("Range", TWO, ONE)) == ()
    assert elements(over("Range", TWO, number(-9))) == ()
    assert elements(over("Range", ONE, number(64))) is not None


def test_what_is_not_listed():
    for domain in (
        over("Range", ONE, a), over("Range", ONE, number(10**9)), over("Range", HALF, TWO),
        NATURAL, UNIT, PARTIAL,
    ):  # fmt: skip
        assert elements(domain) is None


def test_every_domain_has_a_name_for_scripts():
    for name, domain in NAMED.items():
        if name != "Partial":
            assert getattr(domains, name) is domain
    assert {*NAMED, *INTERVALS, "Range", "FiniteSet"} <= DOMAINS
