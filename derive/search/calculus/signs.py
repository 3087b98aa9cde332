"""What must be positive for a derivative by the table, at the point itself.

The rules for logarithms, quotients and roots ask for the sign of a part at the point.  Where one
member of a family is varied that part is a ``Piecewise`` there, which is the member again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive import kernel
from derive.domains import POSITIVE
from derive.kernel import Theorem
from derive.rules import ledger
from derive.search.equations import in_context
from derive.search.forms.rewriting import Rewriter
from derive.search.index import heads
from derive.term import ZERO, Term, instantiate, is_number

if TYPE_CHECKING:
    from derive.context import Context
    from derive.search.facts import Facts


def known_at_point(facts: Facts, context: Context, t: Term) -> None:
    """Look for the sign that the rules for ``Derivative(f, x)`` ask for, and keep it in mind."""
    part = _asked(t.args[0])
    if part is None:
        return
    at = instantiate(part, t.args[1])
    wanted = Term("Lt", (ZERO, at))
    if facts.prove(context, wanted) is not None:
        return
    found: Theorem | None = None
    if "Piecewise" in heads(at):
        found = _plain(facts, context, at)
    elif t.args[0].head == "log":
        from derive.search.order.inequalities import inequality

        found = inequality(facts, context, wanted)
    if found is None:
        return
    # The same in the words of the rules; some were asked before, in vain.
    found = in_context(context, found)
    facts.remember(context, found)
    facts.remember(context, kernel.belongs(POSITIVE, at, found))
    nonzero = facts.use(context, ledger()["unequal_if_greater"], {"a": at, "b": ZERO})
    if nonzero is not None:
        facts.remember(context, nonzero)


def _asked(body: Term) -> Term | None:
    """The part of a logarithm, a quotient or a root that must have a sign."""
    if body.head == "log":
        return body.args[0]
    if body.head == "Div":
        return body.args[1]
    if body.head == "Pow" and not (is_number(body.args[1]) and body.args[1].value >= 1):
        return body.args[0]
    return None


def _plain(facts: Facts, context: Context, at: Term) -> Theorem | None:
    """``0 < u`` for a u with a varied member, from the same of the member itself."""
    from derive.search.calculus.differentiation import evaluation

    same = Rewriter(facts, evaluation()[0]).rewrite(context, at)
    if same is None or same.rhs == at:
        return None
    positive = facts.prove(context, Term("Lt", (ZERO, same.rhs)))
    if positive is None:
        return None
    return kernel.rewrite((1,), in_context(context, positive), kernel.symmetric(same))


__all__ = ["known_at_point"]
