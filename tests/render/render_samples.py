"""Derivations made by hand, for the tests of the output formats."""

from __future__ import annotations

from fractions import Fraction

from derive.derivations import Derivation, Line, Part, Reason
from derive.functions import (
    Abs,
    Eq,
    Le,
    Piecewise,
    Sum,
    exp,
    log,
    softmax,
)
from derive.plain import declare
from derive.refute.witness import witness_at
from derive.term import Term, apply, symbol, term

HOSTILE = '<script>alert(1)</script> & "quoted" $x$ `code` \\input{a} \x1b[31m 100% #_^~{}'


def symbols(names: str) -> list[Term]:
    return [symbol(name) for name in names.split()]


x, y, p, q, n, m, i, j, k = symbols("x y p q n m i j k")
HALF = term(1) / 2


def rule(name: str, **fields: str) -> Reason:
    return Reason(name, "rule", **fields)


def bce() -> Derivation:
    """A short chain with explained rules."""
    context = declare("y in {0,1}; p in (0,1)")
    mass = rule(
        "bernoulli_mass",
        statement="BernoulliMass(y, p) = p**y*(1 - p)**(1 - y)",
        needs="y in {0,1}; p in (0,1)",
        why="definition of the Bernoulli distribution",
        source="Casella and Berger, Statistical Inference, 3.2",
    )
    lines = (
        Line(-log(apply("BernoulliMass", y, p))),
        Line(-log(p**y * (1 - p) ** (1 - y)), "=", (mass,)),
        Line(-(log(p**y) + log((1 - p) ** (1 - y))), "=", (rule("log_product"),)),
        Line(-(y * log(p) + (1 - y) * log(1 - p)), "=", (rule("log_power"),)),
    )
    statement = Eq(lines[0].term, lines[-1].term)
    part = Part(statement, "proved", context, lines)
    title = "Binary cross-entropy is the negative log-likelihood of one Bernoulli observation."
    return Derivation("bce", title, (part,), "proofs/bce.py", 12)


def long_chain() -> Derivation:
    """Formulas that are wider than a page, and everything that a derivation may have."""
    context = declare(
        "n in Natural; m in Natural; Y[i,j] in {0,1} for i in 1..n, j in 1..m; "
        "Z[i,j] in Real for i in 1..n, j in 1..m; x in Real; "
        "Sum(Y[i,j], (j,1,m)) = 1 for i in 1..n"
    )
    targets, scores = symbols("Y Z")
    normaliser = Sum(exp(scores[i, k]), (k, 1, m))
    first = -Sum(
        Sum(targets[i, j] * log(softmax(scores[i, k], (k, 1, m), j)), (j, 1, m)), (i, 1, n)
    )
    last = (
        Sum(log(normaliser) * Sum(targets[i, j], (j, 1, m)), (i, 1, n))
        - Sum(Sum(targets[i, j] * scores[i, j], (j, 1, m)), (i, 1, n))
        + Sum(Sum(targets[i, j] * log(1 + exp(-scores[i, j])), (j, 1, m)), (i, 1, n))
        + Piecewise((x**2 / 2, Le(Abs(x), 1)), (Abs(x) - HALF, True))
    )
    reasons = (
        rule("sum_linear"),
        Reason("ring", "algebra"),
        Reason("one_hot", "given", "Sum(Y[i,j], (j,1,m)) = 1 for i in 1..n"),
        Reason("bce_is_ce", "derivation"),
    )
    case = context.assume(Eq(m, 2))
    lines = (Line(first), Line(last, "<=", reasons, None, case))
    part = Part(Le(first, last), "proved", context, lines, heading="The stable form")
    return Derivation(
        "softmax_ce",
        "Softmax cross-entropy",
        (part,),
        "proofs/softmax.py",
        40,
        (("m", "2"),),
        ("The observations are independent.",),
        ("my_axiom: a = a",),
    )


def refuted() -> Derivation:
    """A refutation with a witness, and a relation proved with details and no chain."""
    context = declare("p in (0,1); q in (0,1)")
    false = Eq(log(p + q), log(p) * log(q))
    witness = witness_at(context, false, {"p": Fraction(1, 2), "q": Fraction(1, 3)})
    return Derivation(
        "no_product",
        "The logarithm of a sum is no product.",
        (
            Part(false, "refuted", context, witness=witness),
            Part(
                apply("Affine", 2 * p + 1, p, p),
                "proved",
                context,
                reasons=(rule("affine_intro"),),
                details=(("a", term(2)), ("b", term(1))),
            ),
        ),
    )


def hostile() -> Derivation:
    """Text that tries to be a command in every place that takes text."""
    nasty = symbol(HOSTILE)
    context = declare("p in (0,1)")
    reason = Reason(HOSTILE, "rule", HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    lines = (Line(nasty + p), Line(Term(HOSTILE, (p, nasty)), "=", (reason,)))
    part = Part(
        Eq(p, nasty), "proved", context, lines, None, None, HOSTILE, (reason,), ((HOSTILE, p),)
    )
    where = ((HOSTILE, HOSTILE),)
    return Derivation(HOSTILE, HOSTILE, (part,), HOSTILE, 3, where, (HOSTILE,), (HOSTILE,))


ALL = (bce, long_chain, refuted, hostile)
