r"""Ellipses: ``a_1 + a_2 + \ldots + a_n`` is a sum over an index.

The terms before and behind the dots must agree when one number in the first grows step by
step to what stands in its place in the last.  Anything else is ambiguous.
"""

from __future__ import annotations

from collections.abc import Sequence

from derive.latex.elaborate_place import OPEN, Bound, closed, refusal
from derive.latex.tree import Node
from derive.term import Term, number, substitute, symbol

_MARK = symbol(OPEN + "index")


def folded(terms: Sequence[Term | None], node: Node, head: str) -> list[Term]:
    """The terms with the run around the dots (None) as one ``Sum`` or ``Product``.

    Raises UnreadableError where it is not clear how the terms go on.
    """
    dots = [k for k, t in enumerate(terms) if t is None]
    k = dots[0]
    if len(dots) == 1 and 0 < k < len(terms) - 1:
        for start in range(k):
            for end in range(len(terms), k + 1, -1):
                run = _run(terms[start:k], terms[k + 1 : end], head)
                # A term of the same form before the run would be a step that does not fit.
                if run is not None and not _continues(terms[:start], terms[end - 1]):
                    around = (*terms[:start], run, *terms[end:])
                    return [t for t in around if t is not None]
    sign = r"\sum" if head == "Sum" else r"\prod"
    raise refusal(node, "how these terms go on is not clear", f"write {sign}_{{i=1}}^{{n}}")


def _continues(before: Sequence[Term | None], last: Term | None) -> bool:
    if not before or before[-1] is None or last is None:
        return False
    found = _template(before[-1], last)
    return found is not None and found[0] != _MARK


def _run(before: Sequence[Term | None], after: Sequence[Term | None], head: str) -> Term | None:
    first, last = before[0], after[-1]
    if first is None or last is None:
        return None
    found = _template(first, last)
    if found is None:
        return None
    template, low, high = found
    if template == _MARK and len(before) + len(after) < 3:
        return None
    for step, t in enumerate(before):
        if t != _at(template, number(low.value + step)):
            return None
    for step, t in enumerate(reversed(after)):
        if t not in _endings(template, high, step):
            return None
    return closed(head, Bound("i", _MARK), template, low, high)


def _endings(template: Term, high: Term, step: int) -> list[Term]:
    """What the term ``step`` places before the last one may look like."""
    if step == 0:
        return [_at(template, high)]
    if high.head == "number":
        return [_at(template, number(high.value - step))]
    return [_at(template, high + number(-step))]


def _at(template: Term, value: Term) -> Term:
    return substitute(template, {_MARK.value: value})


def _template(first: Term, last: Term) -> tuple[Term, Term, Term] | None:
    """The common form of two terms, with the mark where they differ, and both entries
    there; None where they differ in more than one number."""
    pairs: set[tuple[Term, Term]] = set()

    def go(u: Term, v: Term) -> Term:
        if u == v:
            return u
        same = u.head == v.head and u.value == v.value and len(u.args) == len(v.args)
        if same and u.args:
            args = tuple(go(a, b) for a, b in zip(u.args, v.args, strict=True))
            return Term(u.head, args, u.value, u.names)
        pairs.add((u, v))
        return _MARK

    template = go(first, last)
    if len(pairs) != 1:
        return None
    ((low, high),) = pairs
    whole = low.head == "number" and low.value.denominator == 1
    if not whole or high.loose:
        return None
    return template, low, high
