r"""Families written without their last index, as vectors: ``\|x - y\|^2``, ``w^\top x``.

They become sums over the declared range.  A vector is a family whose last index is left
out, and sums and multiples of such; all in one expression must run over one range.
"""

from __future__ import annotations

from fractions import Fraction

from derive.context import Declaration
from derive.domains import interval
from derive.latex.elaborate_arithmetic import inside, is_digits, power
from derive.latex.elaborate_names import find, splits
from derive.latex.elaborate_place import OPEN, Bound, Place, closed, is_abstract, refusal
from derive.latex.tree import Node
from derive.term import ONE, Term, instantiate, is_number, member, number, symbol

#: Letters that are the order of a norm where they stand below one.
ORDERS = frozenset("pq")
_DECLARE = "declare the vectors over one range: x[k] in Real for k in 1..m"


def is_vector(declared: Declaration | None) -> bool:
    """Whether a declaration is that of a family over a range."""
    if declared is None or not declared.indices or is_abstract(declared):
        return False
    return declared.indices[-1].head == "Range"


def family_of(node: Node, place: Place) -> tuple[Term, Bound, Term] | None:
    """A family without its last index: its member, the variable of that, and the range."""
    if node.kind != "name":
        return None
    for name, indices in splits(node, place):
        declared = find(name, place)
        if declared is None or not is_vector(declared):
            continue
        if len(declared.indices) == len(indices) + 1:
            given = tuple(map(place.term, indices))
            domain = instantiate(declared.indices[-1], *given)
            hint = declared.hints[-1]
            entry = Bound(hint, symbol(f"{OPEN}{len(place.scope)}"), domain)
            return member(declared.name, *given, entry.value), entry, domain
    return None


def _is_whole(domain: Term) -> bool:
    """Whether a range begins with the first index and ends with a size."""
    low, high = domain.args
    return is_number(low) and low.value in (0, 1) and high.head in ("symbol", "number")


class _Vector:
    """Reads the components of one expression; finds the range they all share."""

    def __init__(self, place: Place) -> None:
        self.outer, self.domain = place, None  # type: Place, Term | None
        self.entry = Bound("k", symbol(f"{OPEN}{len(place.scope)}"))
        # What stands in the components is read below the variable, with its name hidden.
        self.inner = place._replace(scope=(*place.scope, self.entry._replace(name="")))

    def component(self, node: Node) -> Term:
        """The component of a vector.  Raises UnreadableError where it is none."""
        node = inside(node)
        if node.kind in ("add", "neg"):
            parts = [self.component(p) for p in node.parts]
            return Term("Neg" if node.kind == "neg" else "Add", tuple(parts))
        if node.kind in ("juxtapose", "times"):
            return self._multiple(node)
        if node.kind == "divide":
            return Term("Div", (self.component(node.parts[0]), self.inner.term(node.parts[1])))
        found = family_of(node, self.outer)
        if found is None:
            raise refusal(node, "a vector is expected here", _DECLARE)
        own, entry, domain = found
        if self.domain not in (None, domain):
            raise refusal(node, "these vectors do not have one range", _DECLARE)
        if not _is_whole(domain):
            # A sum that leaves some out, from 2 or to n - 1, does not tell where a vector ends.
            raise refusal(node, "over which entries this vector runs is not declared", _DECLARE)
        self.domain = domain
        self.entry = self.entry._replace(name=entry.name)
        return own

    def _multiple(self, node: Node) -> Term:
        vectors = [k for k, p in enumerate(node.parts) if self._is_vector(p)]
        if len(vectors) != 1:
            raise refusal(node, "a multiple of one vector is expected here", _DECLARE)
        parts = [self.component(p) if k in vectors else self.inner.term(p)
                 for k, p in enumerate(node.parts)]  # fmt: skip
        return Term("Mul", tuple(parts))

    def _is_vector(self, node: Node) -> bool:
        node = inside(node)
        if node.kind in ("add", "neg", "juxtapose", "times"):
            return any(map(self._is_vector, node.parts))
        return family_of(node, self.outer) is not None

    def total(self, body: Term) -> Term:
        """The sum of a component over the range."""
        assert self.domain is not None
        return closed("Sum", self.entry, body, *self.domain.args)


def read_norm(node: Node, place: Place) -> Term:
    """A Euclidean norm, or another one that its index names.  Raises UnreadableError."""
    return Term("Pow", (squared_norm(node, place), number(Fraction(1, 2))))


def squared_norm(node: Node, place: Place) -> Term:
    """The square of a Euclidean norm as the sum of squares."""
    vector = _Vector(place)
    own = vector.component(node.parts[0])
    return vector.total(Term("Pow", (own, number(2))))


def inner_product(head: Node, behind: Node, place: Place) -> Term | None:
    r"""``w^\top x`` as a sum; None where ``head`` is no transposed vector."""
    if head.kind != "decorated" or head.text not in ("top", "T"):
        return None
    vector = _Vector(place)
    a, b = vector.component(head.parts[0]), vector.component(behind)
    return vector.total(Term("Mul", (a, b)))


def read_inner(node: Node, place: Place) -> Term:
    r"""``\langle x, y \rangle`` as a sum."""
    if len(node.parts) != 2:
        message = "an average in angle brackets is not read without what it is taken over"
        raise refusal(node, message, r"write \mathrm{E}[..], or the sum")
    vector = _Vector(place)
    a, b = (vector.component(p) for p in node.parts)
    return vector.total(Term("Mul", (a, b)))


def norm_of_entry(node: Node, exponent: Node | None, place: Place) -> Term | None:
    r"""``\|x\|_1``, ``\|x\|_2``, ``\|x\|_p``, or a power of it; None where it is no norm."""
    if node.kind != "entry" or node.parts[0].kind != "norm" or len(node.parts) != 2:
        return None
    norm, index = node.parts[0], order_of(node.parts[1])
    if is_digits(index, "2"):
        if exponent is None or not is_digits(exponent, "2"):
            own = read_norm(norm, place)
            return own if exponent is None else power(own, place.term(exponent))
        return squared_norm(norm, place)
    order = _order(index, place)
    if order is None:
        raise refusal(node, "this norm is not read", "write the sum")
    vector = _Vector(place)
    own = Term("Abs", (vector.component(norm.parts[0]),))
    total = vector.total(own if order == ONE else Term("Pow", (own, order)))
    raised = None if exponent is None else place.term(exponent)
    if raised == order and raised != ONE:
        return total
    whole = total if order == ONE else Term("Pow", (total, Term("Div", (ONE, order))))
    return whole if raised is None else power(whole, raised)


def order_of(index: Node) -> Node:
    r"""What stands below a norm, as its order: 1 for ``\ell_1``, ``\ell^1`` and ``L_1``."""
    if index.kind == "name" and index.text in ("ell", "L") and len(index.parts) == 1:
        return inside(index.parts[0])
    if index.kind == "power" and index.parts[0].text in ("ell", "L"):
        return index.parts[0] if index.parts[0].parts else index.parts[1]
    return index


def _order(index: Node, place: Place) -> Term | None:
    """The order of a norm: a number, or p or q where it is known to be 1 at least."""
    if index.kind == "number" and index.text.isdigit() and index.text != "0":
        return place.term(index)
    if index.kind != "name" or index.text not in ORDERS or index.parts:
        return None
    order, context = place.term(index), place.reading.context
    declared = context.names.get(index.text)
    ends = interval(declared.domain) if declared is not None else None
    lows = [
        h.args[0] for h in context.hypotheses() if h.head in ("Le", "Lt") and h.args[1] == order
    ]
    if not any(is_number(low) and low.value >= 1 for low in (*lows, *(ends or ())[:1])):
        message = f"that {index.text} is 1 at least is not declared"
        raise refusal(index, message, f"declare {index.text} >= 1")
    return order


def read_decorated(node: Node, _: Place) -> Term:
    """A transposed thing that stands alone: refused."""
    raise refusal(node, "a transposed vector is read before another vector only", _DECLARE)
