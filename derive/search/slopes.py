"""Inequalities by the sign of a derivative."""
from __future__ import annotations
from typing import TYPE_CHECKING
from derive.context import Context
from derive.kernel import Theorem
from derive.term import Term
if TYPE_CHECKING:
    from derive.search.facts import Facts


def by_slope(facts: Facts, context: Context, s: Term, depth: int) -> Theorem | None:
    return None
