"""Every line of every derivation of the catalogue, printed in LaTeX, reads back as itself."""

from __future__ import annotations

import pytest

from derive import catalogue
from derive.context import Context
from derive.latex import read
from derive.latex.elaborate import Reading, alternatives, elaborate
from derive.latex.tree import UnreadableError
from derive.plain import write
from derive.plain.reading import product
from derive.render.notation.in_latex import LatexPrinter
from derive.term import Term

#: What is refused rightly: a density at a value that is not declared to lie in its support, and
#: a family that is written out in words.
REFUSED = ("whether this lies in the support", "the words 'for'")


def weighted(t: Term) -> Term:
    """The term with every product by a logarithm as one under 0*log(0) = 0."""
    args = tuple(map(weighted, t.args))
    changed = Term(t.head, args, t.value, t.names)
    return product(list(args), zero_log=True) if t.head == "Mul" else changed


def reads_back(t: Term, context: Context) -> bool | None:
    """Whether the LaTeX of a term is read as the term; None where it is refused rightly."""
    zero_log = any(u.head == "xlogy" for u in _parts(t))
    latex = LatexPrinter(context).formula(t)
    reading = Reading(context, zero_log=zero_log)
    try:
        found = alternatives(lambda r: elaborate(read(latex), r), reading)
    except UnreadableError as error:
        if error.message.startswith(REFUSED):
            return None
        raise
    wanted = weighted(t) if zero_log else t
    read_ones = [weighted(a.result) if zero_log else a.result for a in found]
    assert wanted in read_ones, f"{latex}: {write(found[0].result, context)}"
    return True


def _parts(t: Term) -> list[Term]:
    return [t, *(u for a in t.args for u in _parts(a))]


@pytest.mark.parametrize("name", [entry.name for entry in catalogue.entries()])
def test_a_derivation_reads_back(name: str) -> None:
    parts = catalogue.find(name).run().parts
    lines = [(line.term, line.context or p.context) for p in parts for line in p.lines]
    read_ones = [reads_back(t, context) for t, context in lines]
    assert not lines or any(read_ones)
