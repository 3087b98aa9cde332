"""Every rule of the ledger is true, needs all of its needs, and says why."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from random import Random
from zlib import crc32

import pytest
import rule_points
from rule_points import GAP, Point, Rejected, about_integrals, draw_point, value_of

import derive.rules
from derive.context import EMPTY, Context, Declaration, Hypothesis
from derive.domains import INTEGER, NATURAL0, NONNEGATIVE, PARTIAL, REAL
from derive.refute import integrals
from derive.rules import FAMILIES, Rule, ledger
from derive.term import Term, walk

LONG = os.environ.get("DERIVE_LONG") == "1"
FOLDER = Path(derive.rules.__file__).parent
RULES = [r for f in FAMILIES for r in import_module(f"derive.rules.{f}").RULES]
#: The laws of the distributions define heads of their own: no need of theirs can be tested.
LAWS = [r for r in ledger().values() if r not in RULES]

#: Densities with kinks or heavy tails, which balls do not integrate: their total mass and moments
#: are compared with quadrature by ``tests/distributions/test_moments.py``, as those of all are.
BY_QUADRATURE = (
    "asymmetric_laplace", "huber", "hyperbolic_secant", "inverse_gaussian", "laplace",
    "log_normal", "logistic", "weibull",
)  # fmt: skip

#: Heads whose values cost much: 20 points are asked for, else 1,000.
SLOW = {
    "Derivative", "gamma", "loggamma", "digamma", "factorial", "binomial", "beta", "besseli",
    "besselk", "erf", "Integral", "Expectation",
}  # fmt: skip

#: Draws for each point that is wanted.
PATIENCE = 150


def is_slow(rule: Rule) -> bool:
    statements = [rule.statement, *rule.context.hypotheses()]
    return any(t.head in SLOW for s in statements for _, t in walk(s))


def is_integral(rule: Rule) -> bool:
    return about_integrals(rule.statement, *rule.context.hypotheses())


@pytest.fixture(autouse=True)
def _short_quadrature(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Integrals of any function that cannot be enclosed are given up soon: there are many."""
    rule = getattr(request.node, "callspec", None) and request.node.callspec.params["rule"]
    dropping = request.function is test_needs_all_of_its_needs and not LONG
    if rule and (dropping or any(e.domain == PARTIAL for e in rule.context.names.values())):
        monkeypatch.setattr(integrals, "EVALUATIONS", 1500)
        monkeypatch.setattr(integrals, "FIRST", 300)
    if rule and is_integral(rule) and not LONG:
        monkeypatch.setattr(rule_points, "FINEST", rule_points.PRECISION)


def wanted(rule: Rule) -> int:
    if not rule.needs:
        return 1
    if is_integral(rule):  # the moments of laws are also compared with mpmath, at many points
        return 20 if LONG else 3 if rule in LAWS else 6
    return 20 if is_slow(rule) else 1000 if LONG else 60


def points_of(context: Context, name: str, draws: int, integrand: bool = False) -> Iterator[Point]:
    """The points among so many draws, always the same ones for a name."""
    random = Random(crc32(name.encode()))
    for _ in range(draws):
        try:
            yield draw_point(context, random, integrand=integrand)
        except Rejected:
            continue


def integrated() -> list[Rule]:
    """The laws' rules, without the integrals that balls do not enclose."""
    return [r for r in LAWS if not (r.name.startswith(BY_QUADRATURE) and is_integral(r))]


@pytest.mark.parametrize("rule", [*RULES, *integrated()], ids=lambda rule: rule.name)
def test_is_true(rule: Rule) -> None:
    count = wanted(rule)
    found = decided = 0
    for point in points_of(rule.context, rule.name, count * PATIENCE, is_integral(rule)):
        result = value_of(rule.statement, point)
        assert result is not False, f"{rule.text} fails at {point}"
        found += 1
        decided += result is True
        if found == count:
            break
    assert found == count, f"only {found} points satisfy: {rule.needs}"
    assert 2 * decided >= found, f"{decided} of {found} points decide {rule.text}"


# -- no need can be dropped ------------------------------------------------------------------

#: The next larger domain.
WIDER = {
    "Positive": NONNEGATIVE,
    "Natural": NATURAL0,
    "Natural0": INTEGER,
    "Range": INTEGER,
    "Bit": INTEGER,
    "FiniteSet": INTEGER,
    "Integer": REAL,
    "Nonnegative": REAL,
    "Unit": REAL,
}


def without(context: Context, k: int) -> Context:
    """The context with its k-th entry weakened: a hypothesis dropped, a domain widened."""
    result = EMPTY
    for place, entry in enumerate(context.entries()):
        if isinstance(entry, Declaration):
            domain = WIDER[entry.domain.head] if place == k else entry.domain
            result = result.declare(entry.name, domain, entry.indices, entry.hints)
        elif place != k:
            result = result.assume(entry.statement)
    return result


def droppable() -> list[tuple[Rule, int]]:
    found = []
    for rule in RULES:
        for k, entry in enumerate(rule.context.entries()):
            if isinstance(entry, Hypothesis) or entry.domain.head in WIDER:
                found.append((rule, k))
    return found


@pytest.mark.parametrize(("rule", "k"), droppable(), ids=lambda part: getattr(part, "name", part))
def test_needs_all_of_its_needs(rule: Rule, k: int) -> None:
    weaker = without(rule.context, k)
    entry = rule.context.entries()[k]
    bound = isinstance(entry, Declaration) and entry.domain == INTEGER
    random = Random(crc32(f"{rule.name} without {k}".encode()))
    for turn in range(1000 if is_integral(rule) else 8000):
        try:
            point = draw_point(weaker, random, 3 * (turn % 2), is_integral(rule))
        except Rejected as reason:
            # bounds of a sum that are no integers leave another need undefined
            if bound and reason.undefined:
                return
            continue
        if value_of(rule.statement, point) is False:
            return
    pytest.fail(f"{rule.text} seems to hold without {entry}")


def undefined_at(rule: Rule, entry: Declaration, point: Point) -> bool:
    """Whether a side is undefined when the symbol is, or every member of the family."""
    return value_of(rule.statement, {**point, entry.name: GAP}) is False


def in_an_interval(rule: Rule, name: str) -> bool:
    """Whether the symbol is the end of an interval: it must be a number for that."""
    return any(h.head == "ForAll" and name in h.args[1].free for h in rule.context.hypotheses())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_promises_of_definedness_are_needed(rule: Rule) -> None:
    """A symbol in Real must matter; else it is to be declared Partial."""
    reals = [e for e in rule.context.entries() if isinstance(e, Declaration) and e.domain == REAL]
    for entry in reals:
        if in_an_interval(rule, entry.name):
            continue
        draws = 600 if is_integral(rule) else 3000
        points = points_of(rule.context, rule.name, draws, is_integral(rule))
        assert any(undefined_at(rule, entry, p) for p in points), entry.name


def test_statements_and_contexts_can_be_told_wrong() -> None:
    """The tests above can fail: false rules are noticed."""
    false = Rule("f", "log(a*b)", "log(a) + log(b)", "a in Real; b in Real", "", "")
    points = list(points_of(false.context, "false", 200))
    assert any(value_of(false.statement, p) is False for p in points)
    true = Rule("t", "x + 1", "1 + x", "x in Positive", "", "")
    points = list(points_of(without(true.context, 0), "needless", 200))
    assert not any(value_of(true.statement, p) is False for p in points)


def test_points_are_awkward() -> None:
    """Empty ranges, single members, zeros and negatives are among the points."""
    rule = next(r for r in RULES if r.name == "sum_defined")
    sizes = set()
    values: set[Fraction] = set()
    for point in points_of(rule.context, "sizes", 300):
        sizes.add(len(point["f"]))
        values |= set(point["f"].values())
    assert {0, 1, 2, 3} <= sizes
    assert 0 in values
    assert min(values) < 0 < max(values)


# -- the ledger as a text ------------------------------------------------------------------


def test_every_family_is_listed_and_every_file_is_a_family() -> None:
    files = {p.stem for p in FOLDER.glob("*.py")} - {"__init__"}
    assert files == set(FAMILIES)


def test_names_are_unique_and_reasons_are_given() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    for rule in RULES:
        assert rule.name.isidentifier()
        assert len(rule.why) > 10, rule.name
        assert rule.why.endswith("."), rule.name
        assert rule.source, rule.name
        assert rule.relation in ("=", "!=", "<=", "<", "in"), rule.name


def test_rules_say_different_things() -> None:
    seen: dict[tuple[Context, Term], str] = {}
    for rule in RULES:
        other = seen.setdefault((rule.context, rule.statement), rule.name)
        assert other == rule.name, f"{other} and {rule.name} are the same rule"


def test_every_symbol_of_a_need_matters() -> None:
    for rule in RULES:
        used = rule.statement.free
        for statement in rule.context.hypotheses():
            used |= statement.free
        for entry in rule.context.entries():
            if isinstance(entry, Declaration):
                for domain in (*entry.indices, entry.domain):
                    used |= domain.free
        assert used == frozenset(rule.context.names), rule.name


def test_partial_symbols_need_a_reason() -> None:
    """A Partial symbol is defined through some hypothesis, or its value is not looked at."""
    for rule in RULES:
        said = frozenset().union(*(h.free for h in rule.context.hypotheses()), frozenset())
        for entry in rule.context.entries():
            if isinstance(entry, Declaration) and entry.domain == PARTIAL:
                branch = any(t.head == "Piecewise" for _, t in walk(rule.statement))
                empty = rule.name.endswith("_empty")
                assert entry.name in said or branch or empty, rule.name


def test_files_are_short() -> None:
    for path in FOLDER.glob("*.py"):
        assert len(path.read_text().splitlines()) <= 500, path.name
