"""Every distribution: total mass 1, nothing negative, and the moments that it states."""

from __future__ import annotations

import mpmath
import pytest

from derive.distributions import registry
from tests.distributions.numeric import density, ends, masses, meaning, points, value

ALL = list(registry().values())
CASES = [(d, p) for d in ALL for p in points(d.parameters)]
MASSES = [c for c in CASES if c[0].kind == "mass"]
DENSITIES = [c for c in CASES if c[0].kind == "density"]
TOLERANCE = mpmath.mpf(10) ** -12


def label(item: object) -> str:
    if isinstance(item, dict):
        return ",".join(f"{k}={v}" for k, v in item.items())
    return getattr(item, "name", str(item))


def close(a, b) -> bool:
    return abs(a - b) <= TOLERANCE * max(1, abs(b))


def test_every_distribution_has_points():
    counts = {d.name: 0 for d in ALL}
    for d, _ in CASES:
        counts[d.name] += 1
    assert len(counts) >= 18
    assert min(counts.values()) >= 3, counts


@pytest.mark.parametrize(("found", "point"), MASSES, ids=label)
def test_mass(found, point):
    outcomes = masses(found, point)
    assert len(outcomes) >= 1
    assert all(m >= 0 for _, m in outcomes)
    assert close(mpmath.fsum(m for _, m in outcomes), 1)
    mean, variance = meaning(found)[4]
    if "[" not in found.variable:
        _check(outcomes, value(mean, point), value(variance, point))
        return
    for j in range(int(point["m"])):
        at = {**point, "j": mpmath.mpf(j + 1)}
        member = [(k[j], m) for k, m in outcomes]
        _check(member, value(mean, at), value(variance, at))


def _check(outcomes, mean, variance) -> None:
    first = mpmath.fsum(k * m for k, m in outcomes)
    second = mpmath.fsum((k - first) ** 2 * m for k, m in outcomes)
    assert close(first, mean)
    assert close(second, variance)


@pytest.mark.parametrize(("found", "point"), DENSITIES, ids=label)
def test_density(found, point):
    f, where = density(found, point), ends(found, point)
    mean, variance = (value(t, point) for t in meaning(found)[4])
    assert close(mpmath.quad(f, where), 1)
    assert close(mpmath.quad(lambda x: x * f(x), where), mean)
    assert close(mpmath.quad(lambda x: (x - mean) ** 2 * f(x), where), variance)
    inner = [a for a in where if mpmath.isfinite(a)] or [mpmath.mpf(0)]
    tested = [a + mpmath.mpf(s) / 7 for a in inner for s in (-3, 1, 5, 40)]
    inside = [x for x in tested if where[0] < x < where[-1]]
    assert len(inside) >= 1
    assert all(f(x) >= 0 for x in inside)


@pytest.mark.parametrize("found", ALL, ids=label)
def test_a_wrong_distribution_is_caught(found):
    """The checks above fail for a wrong normaliser and for a wrong moment."""
    point = points(found.parameters)[0]
    check = test_mass if found.kind == "mass" else test_density
    for wrong in (
        found._replace(formula=f"({found.formula})*101/100"),
        found._replace(mean=f"{found.mean} + 1/100"),
        found._replace(variance=f"({found.variance}) + 1/100"),
    ):
        with pytest.raises(AssertionError):
            check(wrong, point)
