"""Terms that are 0, because what is added in them is what is subtracted."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from derive import kernel
from derive.polynomial import SizeError
from derive.search.equations import equate, in_context
from derive.search.forms.rewriting import term_of
from derive.search.forms.spreading import spread
from derive.term import ZERO, Term

if TYPE_CHECKING:
    from derive.context import Context
    from derive.kernel import Theorem
    from derive.search.facts import Facts


def vanishing(facts: Facts, context: Context, value: Term) -> Theorem | None:
    """``value = 0``, also because its positive terms and its negative ones are equal."""
    from derive.search.prove import equal

    known = facts.from_hypotheses(context, Term("Eq", (value, ZERO)))
    found = known or equal(facts, context, value, ZERO, 1)
    if found is not None:
        return found
    with suppress(SizeError):
        p = spread(value)
        above = term_of({m: c for m, c in p.items() if c > 0})
        below = term_of({m: -c for m, c in p.items() if c < 0})
        same = None if ZERO in (above, below) else equal(facts, context, above, below, 1)
        apart = same and equate(facts, context, value, above - below)
        if same is None or apart is None:
            return None
        gone = kernel.rewrite((1, 0), in_context(context, apart), in_context(context, same))
        last = equate(facts, context, gone.rhs, ZERO)
        return None if last is None else kernel.transitive(gone, in_context(context, last))
    return None


__all__ = ["vanishing"]
