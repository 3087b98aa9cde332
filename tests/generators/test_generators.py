"""Rewrites keep every value and every gap; mutants are false, of many kinds, and repeatable."""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest

from derive.context import Context
from derive.functions import COMPARISONS, RELATIONS
from derive.plain import declare, read_statement
from derive.refute.witness import refute, verify
from derive.term import Term
from tests.generators.mutants import changes_by_name, false_in_weaker, mutants, weakened
from tests.generators.places import places, put
from tests.generators.rewrites import REWRITES, STATEMENTS, every_rewrite, rewrites

GIVEN = (
    "n in Natural; m in Natural; k in 1..m; a in Real; b in Positive; c in Positive; u in (0,1);"
    "v in Real; s in Natural0; h := a**2 + 1;"
    "x[i] in Real for i in 1..n; y[i] in {0,1} for i in 1..n; p[i] in (0,1) for i in 1..n;"
    "w[i] in Positive for i in 1..n; z[j] in Real for j in 1..m;"
    "T[i,j] in Real for i in 1..n, j in 1..m"
)

#: Statements, true or not, in which every function of the losses occurs.
STATEMENTS_OF_ALL_KINDS = [
    "-log(u**s*(1 - u)**(1 - s)) = -s*log(u) - (1 - s)*log(1 - u)",
    "log(b*c) - log(b/c) = 2*log(c)",
    "log(b**a) + log(u) = a*log(b) + log(u)",
    "log(b) - log(c) = log(b/c)",
    "log(exp(a)) + exp(a + v) = a + exp(a)*exp(v)",
    "b**(a + v) = b**a*b**v",
    "sigmoid(a) + softplus(v) + tanh(a) = sinh(v) + cosh(a)",
    "h = a**2 + 1 + (a + v)**2 - a*(a + v) - v*(a + v)",
    "Abs(a)*Max(a, v) + Min(a, v)/b = KroneckerDelta(n, m)",
    "Piecewise((a, a < v), (v, True)) = Min(a, v)",
    "factorial(s) + binomial(n, s) = gamma(n)",
    "softmax(z[j], (j, 1, m), k) <= exp(z[k] - logsumexp(z[j], (j, 1, m)))",
    "Sum(x[i] + a*w[i], (i, 1, n)) = Sum(x[i], (i, 1, n)) + Sum(a*w[i], (i, 1, n))",
    "Sum(-x[i], (i, 1, n)) + Sum(log(w[i]), (i, 1, n)) = Sum(x[i]/c, (i, 1, n))",
    "a*Sum(x[i], (i, 1, n)) = -Sum(w[i], (i, 1, n))",
    "Sum(Sum(T[i,j], (j, 1, m)), (i, 1, n)) = exp(Sum(x[i], (i, 1, n)))",
    "log(Product(p[i]*w[i], (i, 1, n))) = Sum(log(p[i]) + log(w[i]), (i, 1, n))",
    "Derivative(log(b)*sigmoid(2*b), b) < Derivative(Sum(x[i]*b, (i, 1, n)), b)",
    "sqrt(b)*Sum(i, (i, 1, s - 2)) = Sum(1/i, (i, 1, s))*Product(i, (i, 1, s))",
    "argmin((a - v)**2 + b, a) = v",
    "3*Sum((a - x[i])**2, (i, 1, n)) + b ~ Sum(a**2 - 2*a*x[i], (i, 1, n)) in a",
    "grad(a**2*b + v, a) = grad(a**2*b, a)",
    "a**2 - 2*a*v + v**2 > 0 - b",
    "exp(a)*exp(v)/(c*c) != 0",
    "-a - v + 3*b/2 - 7 = x[n]*x[1]/log(w[n])",
]
CONTEXT = declare(GIVEN)
READ = [read_statement(text, CONTEXT) for text in STATEMENTS_OF_ALL_KINDS]


def pairs() -> list[tuple[str, Term, Term]]:
    """Every rewrite in every statement: its name, a side before and the side after."""
    found = []
    for number, s in enumerate(READ):
        rng = Random(number)
        for place in places(CONTEXT, s):
            for name, change in REWRITES.items():
                if place.kind != "term":
                    continue
                new = change(place.context, place.term, rng)
                if new is None or new == place.term:
                    continue
                other = put(s, place, new)
                k = place.path[0]
                found.append((name, s.args[k], other.args[k]))
    return found


PAIRS = pairs()


def test_every_rewrite_is_tried() -> None:
    assert {name for name, _, _ in PAIRS} == set(REWRITES)
    whole = {name for s in READ for name, _ in every_rewrite(s, CONTEXT, Random(0))}
    assert set(STATEMENTS) <= whole


@pytest.mark.parametrize("name", list(REWRITES))
def test_a_rewrite_keeps_values_and_gaps(name: str) -> None:
    own = [(a, b) for other, a, b in PAIRS if other == name]
    Random(name).shuffle(own)
    for before, after in own[:12]:
        claim = Term("Eq", (before, after))
        assert refute(CONTEXT, claim, budget=15) is None, (before, after)


TRUE = [
    ("y in {0,1}; p in (0,1)", "-log(p**y*(1 - p)**(1 - y)) = -y*log(p) - (1 - y)*log(1 - p)"),
    ("n in Natural; x[i] in Real for i in 1..n", "Sum(2*x[i], (i, 1, n)) = 2*Sum(x[i], (i, 1, n))"),
    ("a in Real; b in Real", "2*a*b <= a**2 + b**2"),
    ("a in Real; b in Real", "3*(a - b)**2 + 1 ~ (a - b)**2 in a"),
    ("a in Real; b in Real", "argmin((a - b)**2, a) = b"),
    ("a in Real; b in Real", "order(exp(a + b), a) = order(a, a)"),
    ("a in Real; b in Positive", "grad(a**2 + log(b), a) = grad(a**2 - b, a)"),
    ("a in Real; b in Real", "Max(a, b) = Piecewise((a, b < a), (b, True))"),
    (
        "n in Natural; i in 1..n; j in 1..n; x[i] in Real for i in 1..n",
        "Derivative(Sum(x[k]**2, (k, 1, n)), x[i]) = 2*x[i]",
    ),
    (
        "n in Natural; p[i] in (0,1) for i in 1..n; Sum(p[i], (i, 1, n)) = 1",
        "Sum(p[i]*(1 - p[i]), (i, 1, n)) = 1 - Sum(p[i]**2, (i, 1, n))",
    ),
]


def claim_of(number: int) -> tuple[Context, Term]:
    given, text = TRUE[number]
    context = declare(given)
    return context, read_statement(text, context)


@pytest.mark.parametrize("number", range(len(TRUE)))
def test_rewritten_statements_stay_true(number: int) -> None:
    context, s = claim_of(number)
    for seed in range(12):
        names, changed = rewrites(s, context, Random(seed), 4)
        assert names
        context.check_statement(changed)
        assert refute(context, changed, budget=12) is None, names


@pytest.mark.parametrize("number", range(len(TRUE)))
def test_mutants_are_false(number: int) -> None:
    context, s = claim_of(number)
    assert refute(context, s) is None
    found = list(islice(mutants(s, context, Random(number)), 12))
    assert len(found) == 12
    for _, changed in found:
        assert changed != s
        witness = refute(context, changed, budget=80)
        assert witness is not None, changed
        assert verify(witness, context, changed)


def test_the_same_seed_gives_the_same_mutants() -> None:
    context, s = claim_of(9)
    once, again = (list(islice(mutants(s, context, Random(3)), 6)) for _ in range(2))
    assert once == again
    assert once != list(islice(mutants(s, context, Random(4)), 6))


def test_mutants_are_of_many_kinds() -> None:
    kinds = set()
    for number in range(len(TRUE)):
        context, s = claim_of(number)
        found = islice(mutants(s, context, Random(7 + number)), 30)
        kinds |= {kind.split(" after ")[0] for kind, _ in found}
    assert kinds <= set(changes_by_name())
    assert len(kinds) > 30


def test_weaker_contexts_make_statements_false() -> None:
    context, s = claim_of(9)
    found = [false_in_weaker(s, context, Random(seed)) for seed in range(12)]
    assert any(f is not None for f in found)
    for f in filter(None, found):
        witness = refute(f[1], f[2], budget=80)
        assert witness is not None
        assert f[1] is not context
    assert weakened(declare("n in Integer"), Random(0)) is None


def test_the_statements_cover_the_relations() -> None:
    heads = {s.head for s in READ} | {claim_of(k)[1].head for k in range(len(TRUE))}
    assert heads >= set(COMPARISONS) | (set(RELATIONS) - {"SameArgmin"})
