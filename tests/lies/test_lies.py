"""Statements that must never be proved, and must be refuted where a witness exists."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest

from derive.context import Context, ContextError
from derive.plain import declare_with_options, read_statement
from derive.refute.witness import refute, verify, witness_at
from derive.rules import ledger
from derive.search.facts import Facts
from derive.search.forms.rewriting import Equation
from derive.search.justify import Steps, justify
from derive.term import Term
from derive.verdicts import prove

FOLDER = Path(__file__).parent
KEYS = ("name", "given", "claim", "witness", "why")


class Lie(NamedTuple):
    """A false statement: what is given, what is claimed, where it fails and why."""

    name: str
    given: str
    claim: str
    witness: str
    why: str

    def read(self) -> tuple[Context, Term]:
        context, options = declare_with_options(self.given)
        return context, read_statement(self.claim, context, options=options)

    @property
    def point(self) -> dict[str, Fraction]:
        pairs = (part.split(" = ") for part in self.witness.split("; "))
        return {name: Fraction(value) for name, value in pairs}


def lies_of(path: Path) -> list[Lie]:
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    found = []
    for block in blocks:
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        entries = dict(line.split(": ", 1) for line in lines if line)
        if entries:
            assert tuple(entries) == KEYS, (path.name, block)
            found.append(Lie(**entries))
    return found


LIES = [lie for path in sorted(FOLDER.glob("*.txt")) for lie in lies_of(path)]
REFUTABLE = [lie for lie in LIES if lie.witness != "none"]
SHOWN = [lie for lie in REFUTABLE if lie.witness != "search"]


def name_of(lie: Lie) -> str:
    return lie.name.replace(" ", "-")


def test_the_folder_is_not_empty() -> None:
    assert len(LIES) > 60
    assert len({lie.name for lie in LIES}) == len(LIES)


@pytest.mark.parametrize("lie", SHOWN, ids=name_of)
def test_its_witness_refutes(lie: Lie) -> None:
    context, statement = lie.read()
    witness = witness_at(context, statement, lie.point)
    assert verify(witness, context, statement)


@pytest.mark.parametrize("lie", REFUTABLE, ids=name_of)
def test_a_witness_is_found(lie: Lie) -> None:
    context, statement = lie.read()
    witness = refute(context, statement)
    assert witness is not None
    assert verify(witness, context, statement)


@pytest.mark.parametrize("lie", LIES, ids=name_of)
def test_is_never_proved(lie: Lie) -> None:
    context, statement = lie.read()
    try:
        verdict = prove(statement, given=context).verdict
    except ContextError:  # an ill-formed statement is no claim
        verdict = "refused"
    assert verdict != "proved"


COMPARED = [lie for lie in LIES if lie.read()[1].head in ("Eq", "Le", "Lt")]
#: Everything that a line may name and that applies to more than one function.
REASONS = ("log_product", "log_quotient", "log_power", "log_exp", "exp_log", "log_of_product")


@pytest.mark.parametrize("lie", COMPARED, ids=name_of)
def test_no_reason_proves_it(lie: Lie) -> None:
    """Not even with all hypotheses, sums written out, derivatives taken and logs split."""
    context, statement = lie.read()
    equations = tuple(Equation.of_rule(ledger()[name]) for name in REASONS)
    steps = Steps(equations, given=True, unroll=True, derivative=True, linear=True)
    for way in (steps, Steps(given=True), Steps()):
        assert justify(Facts(), context, statement.head, *statement.args, way) is None


def test_these_reasons_prove_what_is_true() -> None:
    context = declare_with_options("a > 0; b > 0")[0]
    steps = Steps(tuple(Equation.of_rule(ledger()[name]) for name in REASONS))
    true = read_statement("log(a**2*b) = 2*log(a) + log(b)", context)
    assert justify(Facts(), context, true.head, *true.args, steps) is not None
