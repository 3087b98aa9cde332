"""The same laws as ``sympy.stats``, where it has them."""

from __future__ import annotations

import mpmath
import pytest
import sympy
from sympy import stats

from derive.distributions import registry
from tests.distributions.numeric import density, masses, points


def exact(x) -> sympy.Rational:
    return sympy.nsimplify(sympy.Float(str(x), 25), rational=True, tolerance=1e-20)


#: Up to 1.13 SymPy's NegativeBinomial counted the successes before the r-th failure.
OTHER_WAY = tuple(map(int, sympy.__version__.split(".")[:2])) < (1, 14)

#: SymPy's Geometric counts trials, its NegativeBinomial the failures before the r-th
#: success of probability p: both as ours.
LAWS = {
    "bernoulli": lambda p: stats.Bernoulli("X", p["p"]),
    "binomial": lambda p: stats.Binomial("X", p["n"], p["p"]),
    "normal": lambda p: stats.Normal("X", p["mean"], sympy.sqrt(p["variance"])),
    "laplace": lambda p: stats.Laplace("X", p["location"], p["scale"]),
    "poisson": lambda p: stats.Poisson("X", p["rate"]),
    "exponential": lambda p: stats.Exponential("X", p["rate"]),
    "gamma": lambda p: stats.Gamma("X", p["shape"], 1 / p["rate"]),
    "beta": lambda p: stats.Beta("X", p["a"], p["b"]),
    "geometric": lambda p: stats.Geometric("X", p["p"]),
    "negative_binomial": lambda p: stats.NegativeBinomial(
        "X", p["r"], 1 - p["p"] if OTHER_WAY else p["p"]
    ),
    "uniform": lambda p: stats.Uniform("X", p["lower"], p["upper"]),
    "log_normal": lambda p: stats.LogNormal("X", p["log_mean"], sympy.sqrt(p["log_variance"])),
    "logistic": lambda p: stats.Logistic("X", p["location"], p["scale"]),
}
CASES = [(name, p) for name in LAWS for p in points(registry()[name].parameters)[:3]]


def label(item: object) -> str:
    return item if isinstance(item, str) else ",".join(f"{k}={v}" for k, v in item.items())


@pytest.mark.parametrize(("name", "point"), CASES, ids=label)
def test_same_law(name, point):
    found = registry()[name]
    theirs = stats.density(LAWS[name]({k: exact(v) for k, v in point.items()}))
    if found.kind == "mass":
        ours = masses(found, point)[:6]
    else:
        f = density(found, point)
        low, high = point.get("lower", 0), point.get("upper", 1)
        where = [low + (high - low) * mpmath.mpf(k) / 7 for k in (1, 2, 5)]
        ours = [(x, f(x)) for x in where]
    assert len(ours) >= 1
    for x, mine in ours:
        other = theirs[exact(x)] if isinstance(theirs, dict) else theirs(exact(x))
        assert abs(mine - mpmath.mpf(str(sympy.N(other, 25)))) < mpmath.mpf(10) ** -18
