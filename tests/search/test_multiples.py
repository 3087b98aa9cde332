"""What one side needs follows from what a positive multiple of it needs on the other side."""

from __future__ import annotations

import pytest

from derive import prove
from derive.plain import declare, read_statement
from derive.search.facts import Facts
from derive.search.multiples import by_multiple

_FAMILY = "n in Natural; y[i] in Real for i in 1..n; s > 0"

PROVED = [
    ("log(y/n) = log(y) - log(n)", "n in Natural; y in 0..n"),
    ("log(n*y) = log(y) + log(n)", "n > 0; y in Real"),
    ("log(1 - y/n) = log((n - y)/n)", "n > 0; y in Real"),
    ("log(1 - y/n) = log(n - y) - log(n)", "n > 0; y in Real"),
    ("log(-y/n) = log(-y) - log(n)", "n > 0; y in Real"),
    ("1/(y/n) = n/y", "n > 0; y in Real"),
    ("Sum(log(y[i]/s), (i, 1, n)) = Sum(log(y[i]), (i, 1, n)) - n*log(s)", _FAMILY),
]

NOT_PROVED = [
    ("log(y/n) = log(y) - log(n)", "n in Real; y in Real"),
    ("log(y/n) = log(y) - log(n)", "n < 0; y in Real"),
    ("log(n*y) = log(y) + log(n)", "n in Real; y in Real"),
    ("log(1 - y/n) = log(n - y) - log(n)", "n in Real; y in Real"),
    ("log(1 + y/n) = log(n - y) - log(n)", "n > 0; y in Real"),
    ("log(y**2/n) = 2*log(y) - log(n)", "n > 0; y in Real"),
    ("n/(n*y) = 1/y", "n in Real; y in Real"),
    ("Sum(log(y[i]/s), (i, 1, n)) = Sum(log(y[i]), (i, 1, n)) - log(s)", _FAMILY),
]


@pytest.mark.parametrize(("claim", "given"), PROVED)
def test_logarithms_of_quotients_are_split_where_they_have_values(claim: str, given: str) -> None:
    assert prove(claim, given=given).verdict == "proved"


@pytest.mark.parametrize(("claim", "given"), NOT_PROVED)
def test_neighbours_are_not_proved(claim: str, given: str) -> None:
    assert prove(claim, given=given).verdict != "proved"


@pytest.mark.parametrize(
    ("claim", "given", "holds"),
    [
        ("0 < y", "n > 0; y in Real; 0 < y/n", True),
        ("0 < y", "n in Nonnegative; y in Real; 0 < y*n", False),
        ("0 < y", "n != 0; y in Real; 0 < y/n", False),
        ("0 < y", "n > 0; y in Real; y/n != 0", False),
        ("y != 0", "n != 0; y in Real; y/n != 0", True),
        ("y != 0", "n > 0; y in Real; 0 < y*n", True),
        ("0 < n - y", "n > 0; y in Real; 0 < 1 - y/n", True),
        ("0 < n + y", "n > 0; y in Real; 0 < 1 - y/n", False),
    ],
)
def test_signs_of_multiples(claim: str, given: str, holds: bool) -> None:
    context = declare(given)
    found = by_multiple(Facts(), context, read_statement(claim, context))
    assert (found is not None) == holds
    if found is not None:
        assert found.statement == read_statement(claim, context)
