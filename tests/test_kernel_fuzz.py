"""The kernel under random applications: what it refuses, and that nothing false comes out."""

from __future__ import annotations

import os
import random
from fractions import Fraction
from typing import Any

import pytest

from derive import kernel
from derive.certificate import ARGUMENTS, certificate, ledger_json
from derive.context import EMPTY, ContextError
from derive.domains import PARTIAL, REAL
from derive.functions import Eq
from derive.kernel import INFERENCES, KernelError, Theorem
from derive.recheck import recheck
from derive.rules import ledger
from derive.term import ONE, ZERO, Term, number, symbol
from tests.small_proofs import every_theorem

COUNT = 10_000 if "DERIVE_LONG" in os.environ else 2_000

Wrong = tuple[str, list[Any], list[Theorem]]


def _steps() -> list[Theorem]:
    """Every theorem behind the small proofs."""
    found: dict[int, Theorem] = {}
    todo = every_theorem()
    while todo:
        t = todo.pop()
        if id(t) not in found:
            found[id(t)] = t
            todo.extend(t.premises)
    return list(found.values())


def _other(value: Any, kind: str, rng: random.Random, pool: list[Theorem]) -> Any:
    """Another argument of the same kind."""
    if kind == "context":
        return rng.choice(pool).context
    if kind == "term":
        return rng.choice([*rng.choice(pool).statement.args, number(rng.randint(-2, 2))])
    if kind == "mapping":
        return {x: rng.choice(pool).statement.args[0] for x in value}
    if kind == "path":
        return tuple(rng.randint(0, 2) for _ in range(rng.randint(0, 3)))
    if kind == "count":
        return rng.randint(-1, 4)
    if kind == "combination":
        return ((Fraction(rng.randint(-2, 2)), (rng.randint(0, 1),)),)
    if kind == "names":
        return (rng.choice("xypqn"),)
    if kind == "rule":
        return rng.choice(list(ledger().values()))
    return rng.choice(["Le", "Lt", "Eq", "x", "p", "n"])


def _application(rng: random.Random, pool: list[Theorem]) -> Wrong:
    """A valid application with one premise missing, another premise or another argument."""
    model = rng.choice(pool)
    arguments, premises = list(model.arguments), list(model.premises)
    way = rng.randrange(3)
    if way == 0 and premises:
        del premises[rng.randrange(len(premises))]
    elif way == 1 and premises:
        premises[rng.randrange(len(premises))] = rng.choice(pool)
    elif arguments:
        k = rng.randrange(len(arguments))
        kind = ARGUMENTS[model.by][k][1]
        arguments[k] = _other(arguments[k], kind, rng, pool)
    return model.by, arguments, premises


def test_random_applications_are_refused_or_rechecked():
    """A wrong premise is named by a KernelError; whatever is accepted, both checkers accept.

    The second checker also evaluates it at random points, so nothing false is accepted.
    """
    rng, pool, accepted, sentences = random.Random(11), _steps(), list[Theorem](), list[str]()
    for _ in range(COUNT):
        by, arguments, premises = _application(rng, pool)
        try:
            accepted.append(INFERENCES[by](*arguments, *premises))
        except KernelError as error:
            sentences.append(str(error))
    assert all(len(s) > 8 and "\n" not in s for s in sentences)
    assert len(sentences) > COUNT // 3
    report = recheck(certificate(accepted), ledger_json())
    assert report.ok, report.sentence


def test_a_missing_premise_is_always_noticed():
    """Every premise of every step is needed, but for one of several equal ones."""
    for model in _steps():
        for k, left_out in enumerate(model.premises):
            rest = [*model.premises[:k], *model.premises[k + 1 :]]
            try:
                found = INFERENCES[model.by](*model.arguments, *rest)
            except KernelError:
                continue
            raise AssertionError(f"{model.by} does without {left_out}: {found}")


def test_random_sequences_yield_nothing_false():
    """Theorems are fed back: sequences of valid applications, all rechecked and evaluated."""
    rng, pool = random.Random(5), _steps()
    old = len(pool)
    for _ in range(COUNT):
        by = rng.choice(["symmetric", "transitive", "ring", "rewrite", "side", "total", "order"])
        premises = [rng.choice(pool) for _ in range(2)]
        arguments: list[Any] = []
        if by in ("symmetric", "side"):
            del premises[1]
        if by == "side":
            arguments = [rng.randint(0, 1)]
        elif by == "rewrite":
            arguments = [tuple(rng.randint(0, 1) for _ in range(rng.randint(1, 3)))]
        elif by == "total":
            head = rng.choice(["Add", "Mul", "Max", "Min"])
            arguments = [Term(head, tuple(p.statement.args[0] for p in premises))]
        elif by == "order":
            s = premises[0].statement
            if s.head not in ("Le", "Lt"):
                continue
            sides = [kernel.side(0, premises[0]), kernel.side(1, premises[0])]
            combination = ((Fraction(1), (0,)), (Fraction(1), (0, 1)), (Fraction(-1), (0, 1)))
            arguments, premises = [s.head, combination[:1]], [*sides, premises[0]]
        try:
            t = INFERENCES[by](*arguments, *premises)
        except KernelError:
            continue
        pool.append(t)
    assert len(pool) > old + 50
    report = recheck(certificate(pool[old:]), ledger_json())
    assert report.ok, report.sentence


@pytest.mark.parametrize("by", sorted(INFERENCES))
@pytest.mark.parametrize("given", [(), (None,), (3, 4), ("x", EMPTY, ONE), (ONE, ONE, ONE)])
def test_nonsense_is_refused(by, given):
    if by == "numeral" and given and given[0] is EMPTY:
        return
    with pytest.raises(KernelError):
        INFERENCES[by](*given)


def test_infinity_is_no_number():
    """x < b for x in (0,b), with b := oo, would give 1 < oo, oo in Real, and 1 < 0."""
    g = EMPTY.declare("b", PARTIAL).declare("x", Term("Open", (ZERO, symbol("b"))))
    below = kernel.promise(1, kernel.declared(g, "x"))
    zero, one = kernel.numeral(EMPTY, ZERO), kernel.numeral(EMPTY, ONE)
    positive = kernel.order("Lt", ((Fraction(1), ()),), zero, one)
    inside = kernel.belongs(Term("Open", (ZERO, Term("oo"))), ONE, positive)
    with pytest.raises(KernelError):
        kernel.instance(EMPTY, {"b": Term("oo"), "x": ONE}, below, inside)


def test_no_equation_on_theta_rewrites_a_gradient():
    """From x = 1, x*x has not the gradient of x."""
    g = EMPTY.declare("n", REAL).declare("x", REAL)
    x = symbol("x")
    g = g.assume(Eq(x, 1))
    of_x, given = kernel.declared(g, "x"), kernel.hypothesis(g, Eq(x, 1))
    variable = kernel.axiom(ledger()["derivative_variable"])
    mapping = {"x": x}
    slope = kernel.instance(g, mapping, variable, kernel.side(0, kernel.ring(of_x, of_x)))
    same = kernel.gradient(x, x, "x", kernel.ring(kernel.side(0, slope), kernel.side(0, slope)))
    product = kernel.total(x * x, of_x, of_x)
    one_more = kernel.rewrite((1, 1), kernel.ring(product, product), given)
    shorter = kernel.transitive(one_more, kernel.ring(kernel.side(1, one_more), of_x))
    with pytest.raises(KernelError):
        kernel.rewrite((1,), same, kernel.symmetric(shorter))


def test_a_definition_links_theta():
    """With q := t*t, q + t is not affine in t."""
    t, q = symbol("t"), symbol("q")
    g = EMPTY.declare("t", REAL).declare("q", REAL, definition=t * t)
    of_t, of_q, one = kernel.declared(g, "t"), kernel.declared(g, "q"), kernel.numeral(g, ONE)
    product = kernel.total(Term("Mul", (ONE, t)), one, of_t)
    written = kernel.total(Term("Add", (product.lhs, q)), product, of_q)
    equation = kernel.ring(kernel.total(t + q, of_t, of_q), written)
    positive = kernel.order("Lt", ((Fraction(1), ()),), kernel.numeral(g, ZERO), one)
    with pytest.raises(KernelError):
        kernel.affine(("t",), equation, positive)


def test_an_assumed_relation_is_not_narrowed():
    """Assume argmin(x*x) = 0 on the line, then x > 5: 0 is no minimiser any more."""
    x = symbol("x")
    claim = Term("Argmin", (x * x, ZERO, x))
    with pytest.raises(ContextError):
        EMPTY.declare("x", REAL).assume(claim)
