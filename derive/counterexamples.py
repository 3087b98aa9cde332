"""Counterexamples in scripts: what a script says to be false, and lines that do not follow."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derive.chain import Refutation
from derive.context import Context
from derive.plain import read_statement
from derive.refute.witness import WitnessError, refute, witness_at
from derive.search.facts import Facts
from derive.search.justify import Steps, normal_forms
from derive.term import Term, TermError

if TYPE_CHECKING:
    from derive.refute.witness import Witness


def refuted(context: Context, item: Refutation) -> tuple[Term, Witness]:
    """A statement that a script says to be false, and its witness.

    Raises WitnessError when the given point is none, or none is found.
    """
    s = item.statement
    statement = read_statement(s, context) if isinstance(s, str) else s
    context.check_statement(statement)
    if item.at:
        values = {name: _exact(v) for name, v in item.at.items()}
        return statement, witness_at(context, statement, values)
    found = refute(context, statement)
    if found is None:
        raise WitnessError(f"no counterexample to {statement} was found")
    return statement, found


def _exact(value: object) -> Fraction:
    if isinstance(value, Term) and value.head == "number":
        return Fraction(value.value)
    if isinstance(value, (int, Fraction)):
        return Fraction(value)
    if isinstance(value, str):
        try:
            return Fraction(value)  # "1/5", as a witness is printed
        except ValueError:
            pass
    raise TermError(f"{value!r} is not an exact number")


def why_not(
    facts: Facts,
    context: Context,
    statement: Term,
    line: tuple[Term, str, Term],
    reasons: list[object],
    steps: Steps,
) -> str:
    """Why a line does not follow: both terms, the cause, a counterexample.

    ``line`` is the line before, the relation and this line; ``statement`` what they say.
    """
    before, relation, t = line
    named = ", ".join(getattr(r, "name", repr(r)) for r in reasons)
    lines = ["this line does not follow", f"  from      {before}", f"  to      {relation} {t}",
             f"  because {named}"]  # fmt: skip
    if facts.defined(context, t) is None:
        lines.append(f"  it is not found that {t} is defined here")
    witness = refute(context, statement)
    if witness is not None:
        lines.append(f"  it is false: {witness.sentence()}")
        return "\n".join(lines)
    first, second = normal_forms(facts, context, before, t, steps)
    if first is not None and second is not None:
        lines += ["  the reasons lead", f"    the line before to  {first}",
                  f"    this line to        {second}"]  # fmt: skip
    lines.append(
        "  no counterexample was found: another reason may be needed; "
        "`derive search WORDS` finds rules"
    )
    return "\n".join(lines)
