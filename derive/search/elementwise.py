"""What holds for each number of a short list holds for every index that runs through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive import kernel
from derive.domains import elements
from derive.polynomial import SizeError
from derive.search.equations import in_context, opened
from derive.search.forms.rewriting import term_of
from derive.search.forms.spreading import spread
from derive.term import Term, instantiate, symbol, walk

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts

#: Longer ranges are not gone through one by one.
LONGEST = 8


def one_by_one(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """``P(i) for i in 0..2`` from P(0), P(1) and P(2), or None.

    It says so of a declared index, as ``Facts.prove`` does.
    """
    domain = _in_numbers(s.args[1])
    members = elements(domain)
    if not members or len(members) > LONGEST or s.args[0].head == "ForAll":
        return None
    inner, wanted = opened(context, s)
    name = next(n for n in inner.names if n not in context.names)
    listed = facts.prove(inner, Term("In", (symbol(name), domain)))
    if listed is None:
        return None
    branches = []
    for value in members:
        found = facts.prove(context, instantiate(s.args[0], value))
        if found is None:
            return None
        same = Term("Eq", (symbol(name), value))
        under = inner.assume(same)
        back = kernel.symmetric(kernel.hypothesis(under, same))
        theorem = in_context(under, found)
        for path, u in walk(wanted):
            if u == symbol(name):
                theorem = kernel.rewrite(path, theorem, back)
        branches.append(theorem)
    return kernel.each(in_context(inner, listed), *branches)


def _in_numbers(domain: Term) -> Term:
    """A range such as 0 + 1..2 as 1..2."""
    if domain.head != "Range" or domain.free or domain.loose:
        return domain
    try:
        return Term("Range", tuple(term_of(spread(a)) for a in domain.args))
    except SizeError:
        return domain
