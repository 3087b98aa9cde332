"""Laws by their names, the heads they give, and the rules of the ledger."""

from __future__ import annotations

import os
import subprocess
import sys
from fractions import Fraction

import mpmath
import pytest

import derive.distributions as book
from derive.distributions import (
    Bernoulli,
    Categorical,
    Family,
    LawError,
    Multinomial,
    Normal,
    density_of,
    density_term,
    mass,
    mass_rules,
    nll,
    registry,
    support,
    support_statements,
)
from derive.plain import declare, read, write
from derive.term import Term, bound, number, symbol
from tests.distributions.numeric import meaning, points, value

y, p, z, i, j, k, m, n = map(symbol, ["y", "p", "z", "i", "j", "k", "m", "n"])
ALL = list(registry().values())


def test_folder_is_the_registry():
    here = os.listdir(os.path.dirname(book.__file__))
    files = {f[:-3] for f in here if f.endswith(".py") and not f.startswith("_")}
    assert set(registry()) == files
    assert len(files) >= 18
    assert all(d.name == name for name, d in registry().items())
    assert len({d.head for d in ALL}) == len(ALL)


def test_a_lookup_imports_one_file():
    code = (
        "import sys; from derive.distributions import Bernoulli; Bernoulli;"
        "from derive.distributions import parameters; parameters('Bernoulli');"
        "print(sorted(m for m in sys.modules if m.startswith('derive.distributions.')));"
        "print([m for m in ('sympy', 'flint', 'ast', 'json', 'derive.plain') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines() == [
        "['derive.distributions._laws', 'derive.distributions.bernoulli']",
        "[]",
    ]


@pytest.mark.parametrize("found", ALL, ids=lambda d: d.name)
def test_texts(found):
    assert found.kind in ("mass", "density")
    assert len(found.source) > 20
    declared = declare(found.parameters).names
    assert set(found.names) <= set(declared)
    assert found.linked in ("", *found.names)
    assert book.parameters(found.law) == found.names
    assert book.mass_arity(found.head) == 1 + len(found.names)


@pytest.mark.parametrize(
    ("found", "way"),
    [(d, w) for d in ALL for w in d.alternatives],
    ids=lambda x: getattr(x, "name", None) or ",".join(x.arguments),
)
def test_alternatives_keep_what_they_name(found, way):
    """A law given by its mean has that mean; by its standard deviation, that one."""
    names = [a.partition("[")[0] for a in way.arguments]
    tried = 0
    for point in points(way.parameters):
        given = {a: Family(symbol(a)[j], (j, 1, m)) if "[" in w else symbol(a)
                 for a, w in zip(names, way.arguments, strict=True)}  # fmt: skip
        law = book.law(found.law, **given)
        canonical = {}
        for name, t in zip(found.names, law.args, strict=True):
            if t.head == "Family":
                size = range(1, int(value(t.args[2], point)) + 1)
                canonical[name] = [value(t.args[0], point, (mpmath.mpf(q),)) for q in size]
            else:
                canonical[name] = value(t, point)
        context = declare(found.parameters)
        canonical = {**({"m": point["m"]} if "m" in point else {}), **canonical}
        assert all(value(h, canonical) for h in context.hypotheses())
        mean, variance = meaning(found)[4]
        if "mean" in names:
            assert mpmath.almosteq(value(mean, canonical), point["mean"])
        if "standard_deviation" in names:
            assert mpmath.almosteq(value(variance, canonical), point["standard_deviation"] ** 2)
        tried += 1
    assert tried >= 3


@pytest.mark.parametrize(
    ("law", "named", "canonical"),
    [
        ("Normal", {"mean": 1, "standard_deviation": 3}, (1, 9)),
        ("Normal", {"mean": 1, "precision": 4}, (1, Fraction(1, 4))),
        ("Exponential", {"scale": 4}, (Fraction(1, 4),)),
        ("Gamma", {"shape": 2, "scale": 5}, (2, Fraction(1, 5))),
        ("Gamma", {"shape": 2, "mean": 8}, (2, Fraction(1, 4))),
        ("NegativeBinomial", {"mean": 6, "dispersion": 2}, (Fraction(1, 2), Fraction(1, 13))),
        ("Beta", {"alpha": 2, "beta": 3}, (2, 3)),
        ("Laplace", {"mean": 7, "scale": 2}, (7, 2)),
    ],
)
def test_parametrisations(law, named, canonical):
    made = book.law(law, **named)
    assert [value(a, {}) for a in made.args] == [value(number(c), {}) for c in canonical]
    assert made.names == book.parameters(law)


def test_single_parameters_need_no_name():
    assert Bernoulli(p) == Bernoulli(p=p) == Term("Bernoulli", (p,))
    family = Categorical(p[j], (j, 1, m))
    assert family == Categorical(p=(p[j], (j, 1, m))) == Categorical(Family(p[k], (k, 1, m)))
    assert Multinomial(p[j], (j, 1, m), n=n).args == (n, family.args[0])


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Normal(p, y), ("given by name", "standard_deviation")),
        (lambda: Normal(mean=p, sd=y), ("mean=..., variance=...", "given: mean, sd")),
        (lambda: Normal(mean=p), ("variance", "precision")),
        (lambda: Bernoulli(), ("Bernoulli(p=...)", "given: nothing")),
        (lambda: Bernoulli(p, p=p), ("given twice",)),
        (lambda: Bernoulli(Family(p[j], (j, 1, m))), ("not a family",)),
        (lambda: Categorical(p), ("family", "(j, 1, m)")),
        (lambda: book.law("Nomral", mean=p), ("no distribution", "Normal")),
        (lambda: mass(Categorical(p[j], (j, 1, m)), y[k]), ("over j",)),
        (lambda: mass(Categorical(p[j], (j, 1, m)), (y[j], (j, 1, n))), ("same range",)),
        (lambda: support(p), ("no distribution",)),
        (lambda: book.law_of("Normal", (), (p, y)), ("given by name",)),
    ],
)
def test_errors_say_what_is_accepted(make, words):
    with pytest.raises(LawError) as caught:
        make()
    assert all(word in str(caught.value) for word in words), caught.value


def test_unknown_names_are_no_attributes():
    with pytest.raises(AttributeError):
        _ = book.Gaussian  # type: ignore[attr-defined]
    assert book.mass_arity("GaussianDensity") is None
    assert book.mass_arity("NormalMass") is None
    assert book.parameters("NormalDensity") is None
    assert density_term(Term("NormalDensity", (y,))) is None
    assert density_term(Term("CategoricalMass", (y, p))) is None
    assert density_of(Categorical(p[j], (j, 1, m))) is None


def test_negative_log_likelihood():
    assert nll(Bernoulli(p), y) == -Term("log", (Term("BernoulliMass", (y, p)),))


def test_density_term_fills_in():
    filled = density_term(mass(Categorical(p[i, j], (j, 1, m)), y[i, j]))
    assert filled == read("Product(p[i,j]**y[i,j], (j, 1, m))")
    swapped = density_term(Term("BernoulliMass", (p, y)))
    assert swapped == read("y**p*(1 - y)**(1 - p)")


def test_filling_in_below_binders():
    """Open variables of the arguments are those of the place, also below other binders."""
    whole = read("Sum(Sum(h[i, q], (q, 1, 2)), (i, 1, n))")
    assert whole.args[0].args[0].args == (bound(1), bound(0))
    inner = Term("Family", (Term("member", (bound(1), bound(0)), "p"), number(1), bound(0)))
    chosen = Term("Family", (Term("member", (bound(1), bound(0)), "y"), number(1), bound(0)))
    filled = density_term(Term("CategoricalMass", (chosen, inner)))
    closed = read("Sum(Product(p[i,j]**y[i,j], (j, 1, i)), (i, 1, n))")
    assert filled == closed.args[0]
    assert density_of(Term("Binomial", (bound(0), p))) == (
        read("Sum(Sum(binomial(n, y)*p**y*(1-p)**(n-y), (y, 0, n)), (n, 1, m))").args[0].args[0],
        Term("Range", (number(0), bound(0))),
    )


def test_families_may_be_counted_from_zero():
    made = density_term(mass(Categorical(p[j], (j, 0, m)), y[j]))
    point = {"m": mpmath.mpf(1), "p": [mpmath.mpf(3) / 10, mpmath.mpf(7) / 10]}
    shifted = {"p": point["p"][-1:] + point["p"][:-1], "y": [mpmath.mpf(0), mpmath.mpf(1)]}
    # members 0 and 1 of a list whose first member is x[1]: x[0] is its last
    assert value(made, {**shifted, "m": point["m"]}) == point["p"][0] ** 1


def test_supports():
    assert write(support(book.law("Uniform", lower=0, upper=n))) == "[0, n]"
    law = Multinomial(p[j], (j, 1, m), n=n)
    assert support_statements(law, y[j]) == (read_sum("Sum(y[j], (j, 1, m)) = n"),)
    assert support_statements(Bernoulli(p), y) == ()


def read_sum(text: str) -> Term:
    from derive.plain import read_statement

    return read_statement(text)


def test_logits_are_scores_of_a_softmax():
    made = Categorical(logits=(z[i, k], (k, 1, m)))
    assert made == Categorical(read("softmax(z[i,k], (k, 1, m), j)"), (j, 1, m))


def test_rules():
    rules = mass_rules()
    assert len(rules) == len(ALL)
    assert len({r.name for r in rules}) == len(rules)
    for rule in rules:
        assert rule.relation == "="
        assert rule.why
        assert rule.source


@pytest.mark.parametrize("found", ALL, ids=lambda d: d.name)
def test_rule_says_what_density_term_fills_in(found):
    rule = found.rule
    left, right = rule.statement.args
    assert left.head == found.head
    assert density_term(left) == right
    rule.context.check(right)


@pytest.mark.parametrize("found", [d for d in ALL if not d.over], ids=lambda d: d.name)
def test_balls_enclose_the_formula(found):
    """The refuter's value of the head agrees with the formula in high precision.

    Laws of families are tried by the tests of the rules.
    """
    from derive.refute.balls import evaluate

    head, formula = found.rule.statement.args
    tested = 0
    for point in points(found.parameters):
        exact = {a: Fraction(str(v)).limit_denominator(100) for a, v in point.items()}
        low = exact.get("lower", 0)
        where = (0, 1) if found.kind == "mass" else (low + Fraction(1, 5), low + Fraction(1, 3))
        for x in map(Fraction, where):
            if (x == 0 and found.name == "geometric") or x > exact.get("n", x):
                continue
            ball = evaluate(head, {**exact, found.variable: x})
            mine = value(formula, {**point, found.variable: value(number(x), {})})
            assert abs(float(ball) - float(mine)) < 1e-12
            tested += 1
    assert tested >= 3
