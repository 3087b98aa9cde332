"""Sines and cosines: their squares, sums of angles, half and whole turns."""

from __future__ import annotations

import pytest

from derive import prove

_TWO = "x in Real; y in Real"
_SAMPLE = "n in Natural; y[i] in Real for i in 1..n; m in Real; k in Positive"

TRUE = [
    ("sin(x)**2 + cos(x)**2 = 1", _TWO),
    ("sin(x)**4 - cos(x)**4 = sin(x)**2 - cos(x)**2", _TWO),
    ("sin(x)**2/(1 + cos(x)) = 1 - cos(x)", "x in Real; cos(x) != -1"),
    ("(x*sin(y))**2 + (x*cos(y))**2 = x**2", _TWO),
    ("sqrt((x*sin(y))**2 + (x*cos(y))**2) = x", "x in Positive; y in Real"),
    ("cos(x)*cos(y) + sin(x)*sin(y) = cos(x - y)", _TWO),
    ("sin(x + y)*sin(x - y) = sin(x)**2 - sin(y)**2", _TWO),
    ("sin(2*x) = 2*sin(x)*cos(x)", _TWO),
    ("sin(3*x) = 3*sin(x) - 4*sin(x)**3", _TWO),
    ("1 - cos(x) = 2*sin(x/2)**2", _TWO),
    ("2*cos((x + y)/2)*cos((x - y)/2) = cos(x) + cos(y)", _TWO),
    ("sin(pi) = 0", ""),
    ("cos(3*pi/2) = 0", ""),
    ("sin(x + pi/2) = cos(x)", _TWO),
    ("cos(x + pi) = -cos(x)", _TWO),
    ("cos(x + 2*pi*n) = cos(x)", "x in Real; n in Integer"),
    ("sin(pi*n) = 0", "n in Natural"),
    ("Sum(sin(y[i])**2 + cos(y[i])**2, (i, 1, n)) = n", _SAMPLE),
    (
        "Sum(sin(y[i] - m), (i, 1, n)) = "
        "cos(m)*Sum(sin(y[i]), (i, 1, n)) - sin(m)*Sum(cos(y[i]), (i, 1, n))",
        _SAMPLE,
    ),
    (
        "Derivative(Sum(k*cos(y[i] - m), (i, 1, n)), m) = "
        "k*cos(m)*Sum(sin(y[i]), (i, 1, n)) - k*sin(m)*Sum(cos(y[i]), (i, 1, n))",
        _SAMPLE,
    ),
    (
        "sin(m)/cos(m) = Sum(sin(y[i]), (i, 1, n))/Sum(cos(y[i]), (i, 1, n))",
        f"{_SAMPLE}; Sum(sin(y[i] - m), (i, 1, n)) = 0; cos(m) != 0; "
        "Sum(cos(y[i]), (i, 1, n)) != 0",
    ),
]

FALSE = [
    ("sin(x)**2 - cos(x)**2 = 1", _TWO),
    ("sin(x)**2 + cos(y)**2 = 1", _TWO),
    ("sin(x)**4 + cos(x)**4 = 1", _TWO),
    ("sqrt((x*sin(y))**2 + (x*cos(y))**2) = x", _TWO),
    ("(1 - cos(x))/sin(x) = sin(x)/(1 + cos(x))", _TWO),
    ("cos(x)*cos(y) + sin(x)*sin(y) = cos(x + y)", _TWO),
    ("sin(x + y)*sin(x - y) = sin(x)**2 + sin(y)**2", _TWO),
    ("sin(2*x) = sin(x)*cos(x)", _TWO),
    ("sin(3*x) = 3*sin(x) - 4*sin(x)**2", _TWO),
    ("1 - cos(x) = 2*cos(x/2)**2", _TWO),
    ("sin(x + pi/2) = -cos(x)", _TWO),
    ("cos(x + pi*n) = cos(x)", "x in Real; n in Integer"),
    ("cos(x + 2*pi*n) = cos(x)", "x in Real; n in Real"),
    ("sin(pi*n/2) = 0", "n in Natural"),
    ("cos(pi*n) = (-1)**n", "n in Real"),
    (
        "Sum(sin(y[i] - m), (i, 1, n)) = "
        "cos(m)*Sum(sin(y[i]), (i, 1, n)) + sin(m)*Sum(cos(y[i]), (i, 1, n))",
        _SAMPLE,
    ),
    (
        "sin(m)/cos(m) = Sum(cos(y[i]), (i, 1, n))/Sum(sin(y[i]), (i, 1, n))",
        f"{_SAMPLE}; Sum(sin(y[i] - m), (i, 1, n)) = 0; cos(m) != 0; "
        "Sum(sin(y[i]), (i, 1, n)) != 0",
    ),
]


@pytest.mark.parametrize(("statement", "given"), TRUE)
def test_what_holds_on_the_circle_is_proved(statement: str, given: str) -> None:
    assert prove(statement, given=given).verdict == "proved"


@pytest.mark.parametrize(("statement", "given"), FALSE)
def test_false_neighbours_are_refuted(statement: str, given: str) -> None:
    assert prove(statement, given=given).verdict == "refuted"


def test_a_quotient_keeps_its_points_without_a_value() -> None:
    claim = "sin(x)**2/(1 + cos(x)) = 1 - cos(x)"
    assert prove(claim, given="x in Real").verdict != "proved"
