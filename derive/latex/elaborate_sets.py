r"""Sets as a page writes them: ``\{0, 1\}``, ``[0, 1]``, ``\mathbb{N}``, ``\mathcal X``."""

from __future__ import annotations

from itertools import pairwise

from derive.domains import (
    BIT,
    INTEGER,
    NAMED_INTERVALS,
    NATURAL,
    NATURAL0,
    REAL,
)
from derive.latex.elaborate_ends import read_end
from derive.latex.elaborate_names import spelled
from derive.latex.elaborate_place import Place, refusal
from derive.latex.tree import Node
from derive.term import ONE, ZERO, Term, number

_NUMBERS = {"R_bb": REAL, "Z_bb": INTEGER, "N_bb": NATURAL, "N_bb_0": NATURAL0}
_INTERVALS = {"((": "Open", "[[": "Closed", "([": "LeftOpen", "[(": "RightOpen"}


def read_domain(node: Node, place: Place) -> Term:
    """A set of numbers.  Raises UnreadableError where it is not known what is meant."""
    name = spelled(node) if node.kind == "name" else None
    if name is not None:
        known = place.reading.sets.get(name, _NUMBERS.get(name))
        if known is None:
            raise refusal(node, f"the set {name} is not declared", f"declare what {name} is")
        return known
    if node.kind == "set" or (node.kind == "group" and node.text in ("{", "set")):
        return _listed(node, place)
    if node.kind == "group" and len(node.parts) == 2 and node.notes[:1] == (",",):
        ends = tuple(read_end(p, place) for p in node.parts)
        signs = node.text if len(node.text) == 2 else node.text * 2
        head = _INTERVALS.get(signs.replace(")", "(").replace("]", "["))
        if head is not None:
            whole = Term(head, ends)
            return NAMED_INTERVALS.get(whole, whole)
    raise refusal(node, "a set is expected here", r"write \{0, 1\}, (0, 1) or \{1, \ldots, n\}")


def _listed(node: Node, place: Place) -> Term:
    dots = [k for k, p in enumerate(node.parts) if p.kind == "ellipsis"]
    if any(n not in ("", ",") for n in node.notes):
        raise refusal(node, "a set is read as the list of its members only")
    if not dots:
        members = tuple(map(place.term, node.parts))
        if not members:
            raise refusal(node, "a set without members")
        return BIT if members == (ZERO, ONE) else Term("FiniteSet", members)
    k = dots[0]
    if len(dots) > 1 or k == 0:
        raise refusal(node, "how this set goes on is not clear", r"write \{1, \ldots, n\}")
    before = list(map(place.term, node.parts[:k]))
    after = [place.term(p) for p in node.parts[k + 1 :]]
    if not _counts(before):
        raise refusal(node, "how this set goes on is not clear", r"write \{1, \ldots, n\}")
    if after:
        return Term("Range", (before[0], after[-1]))
    if before[0] in (ZERO, ONE):
        return NATURAL0 if before[0] == ZERO else NATURAL
    raise refusal(node, "where this set ends is not written")


def _counts(terms: list[Term]) -> bool:
    """Whether numbers follow each other by 1; a first one that is no number stands alone."""
    if all(t.head == "number" and t.value.denominator == 1 for t in terms):
        return all(b == number(a.value + 1) for a, b in pairwise(terms))
    return all(t == terms[0] + k for k, t in enumerate(terms) if k)
