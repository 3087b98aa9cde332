"""Between the search and the word "proved": whether a theorem says a claim.

The search is not trusted to have proved what it was asked.  Whoever tells a user that
something is proved asks here first.
"""

from __future__ import annotations

from derive.context import Context
from derive.kernel import Theorem, is_theorem
from derive.polynomial import SizeError, same_quotient
from derive.rules import ledger
from derive.term import Term


def is_proof(theorem: Theorem | None, s: Term, under: Context) -> bool:
    """Whether a theorem says the claim, assumes nothing more, and rests on the ledger alone.

    >>> from derive.context import EMPTY
    >>> from derive.kernel import axiom
    >>> rule = ledger()["log_one"]
    >>> is_proof(axiom(rule), rule.statement, EMPTY), is_proof(axiom(rule), Term("True"), EMPTY)
    (True, False)
    """
    return theorem is not None and says(theorem, s, under) and rests_on_ledger(theorem)


def says(theorem: Theorem | None, s: Term, under: Context) -> bool:
    """Whether a theorem says the claim, and assumes nothing that is not given."""
    return (
        theorem is not None
        and is_theorem(theorem)
        and theorem.statement == s
        and under.extends(theorem.context)
    )


def rests_on_ledger(theorem: Theorem) -> bool:
    """Whether every axiom that a theorem uses stands in the shipped ledger."""
    seen: set[int] = set()
    todo = [theorem]
    while todo:
        step = todo.pop()
        if id(step) not in seen:
            seen.add(id(step))
            todo += step.premises
            if step.by == "axiom" and step.arguments[0] is not ledger().get(step.arguments[0].name):
                return False
    return True


def alike(a: Term, b: Term) -> bool:
    """Whether two terms are the same by arithmetic alone, such as ``s/n`` and ``1/n*s``."""
    try:
        return a == b or same_quotient(a, b)
    except SizeError:
        return False
