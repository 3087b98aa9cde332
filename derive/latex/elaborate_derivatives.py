r"""Derivatives, ``\frac{d}{dx} f`` and ``f'(x)``, and values at a point, ``[F]_a^b``."""

from __future__ import annotations

from collections.abc import Callable

from derive.domains import INFINITY, MINUS_INFINITY, is_open
from derive.functions import derivative
from derive.latex.elaborate_arithmetic import inside
from derive.latex.elaborate_limits import limit
from derive.latex.elaborate_names import find, spelled
from derive.latex.elaborate_place import OPEN, Place, closed, is_abstract, refusal, written_out
from derive.latex.elaborate_sets import read_end
from derive.latex.tree import Node
from derive.term import Term, instantiate, is_number, substitute

#: The name of a variable that no page can write.
_HIDDEN = "'"


def read_derivative(node: Node, place: Place) -> Term:
    """A derivative by symbols or members, one after the other.  Raises UnreadableError."""
    body_node, *variables = node.parts
    if node.text == "nabla" or not variables:
        raise refusal(node, "a gradient is no number", "write a partial derivative")
    if body_node.kind == "nothing":
        raise refusal(node, "what is differentiated is missing")
    points = [_variable(v, place) for v in variables]
    body = _body(body_node, variables[0], place)
    for point, variable in reversed(list(zip(points, variables, strict=True))):
        body = differentiated(node, body, point, variable, place)
    return body


def _variable(node: Node, place: Place) -> Term:
    point = place.term(node)
    if point.head not in ("symbol", "member"):
        raise refusal(node, "a derivative is by a symbol or a member of a family")
    return point


def _body(node: Node, variable: Node, place: Place) -> Term:
    """What is differentiated; a function without its argument is taken at the variable."""
    bare = inside(node)
    declared = find(bare.text, place) if bare.kind == "name" and not bare.parts else None
    if is_abstract(declared) and declared is not None and len(declared.indices) == 1:
        return Term("member", (place.term(variable),), declared.name, ("call",))
    if bare.kind == "name" and not bare.parts and place.bound(bare.text) is None:
        for arguments in ((variable,), ()):  # or at the arguments that it was defined with
            group = Node("group", variable.start, variable.end, "(", arguments)
            defined = place.resolved(Node("juxtapose", bare.start, bare.end, "", (bare, group)))
            if defined is not None:
                return defined
    return place.term(node)


def differentiated(node: Node, body: Term, point: Term, variable: Node, place: Place) -> Term:
    """The derivative of a body by a symbol or member.  Raises UnreadableError."""
    body = _unfolded(node, body, point, place)
    shown = spelled(variable) or variable.text
    if point.value not in body.free and not is_number(body):
        message = f"what is differentiated does not mention {shown}"
        raise refusal(node, message, "write it out, or declare how it depends on that")
    domain = _domain(point, place)
    rest = (point,) if domain is None else (point, domain)
    try:
        made = derivative(body, *rest)
    except ValueError as e:
        raise refusal(variable, str(e)) from None
    return made if point.head == "member" else made.__class__(
        made.head, made.args, None, (shown,)
    )  # fmt: skip


def _domain(point: Term, place: Place) -> Term | None:
    """Where a variable lives, when that is no open interval (see ``Derivative``)."""
    domain = _domain_of(point, place)
    return None if domain is None or is_open(domain) else domain


def _domain_of(point: Term, place: Place) -> Term | None:
    if point.head == "symbol" and point.value.startswith(OPEN):
        return next(b.domain for b in place.scope if b.value == point)
    declared = place.declared(point.value) if point.head in ("symbol", "member") else None
    if declared is None:
        return None
    return instantiate(declared.domain, *point.args) if point.args else declared.domain


def _unfolded(node: Node, body: Term, point: Term, place: Place) -> Term:
    """The body with the symbols written out that are defined by means of the variable.

    A partial derivative of a body that mentions the variable itself, too, is ambiguous.
    """
    through = place.defined_through({point.value})
    if point.value in body.free and node.text == "partial" and not body.free.isdisjoint(through):
        message = "what is held fixed in this partial derivative is not clear"
        raise refusal(node, message, "write out what depends on the variable")
    return written_out(body, through, node)


# -- f'(x) ------------------------------------------------------------------------------------


def primed(
    head: Node, behind: Node, place: Place, apply: Callable[[Node, Place], Term | None]
) -> Term | None:
    """``f'(x)``: the derivative of what ``apply`` reads ``f(t)`` as, at the argument.

    None where f with its mark is the name of a number.
    """
    name, group = head.parts[0], behind
    marked = (spelled(name) or name.text) + "_prime" * int(head.text or "1")
    if place.bound(marked) is not None or find(marked, place) is not None:
        return None
    if name.kind != "name" or group.kind != "group" or len(group.parts) != 1:
        raise refusal(head, "what is differentiated here is not clear")
    point = place.term(group.parts[0])
    domain = _domain_of(point, place)
    inner, entry = place.opened(_HIDDEN, domain)
    variable = Node("name", group.start, group.end, _HIDDEN)
    call = Node("juxtapose", head.start, behind.end, "", (name, group._replace(parts=(variable,))))
    value = apply(call, inner)
    if value is None or entry.value.value not in value.free:
        raise refusal(head, f"{name.text} is not known as a function",
                      f"declare it: {name.text}(t) in Real for t in Real")  # fmt: skip
    rest = () if domain is None or is_open(domain) else (domain,)
    entry = entry._replace(name="t")
    for k in range(int(head.text), 0, -1):
        value = closed("Derivative", entry, value, point if k == 1 else entry.value, *rest)
    return value


def read_prime(node: Node, place: Place) -> Term:
    """A marked name that is declared as such: ``x'`` is ``x_prime``."""
    name = node.parts[0]
    if name.kind != "name":
        raise refusal(node, "what is differentiated here is not clear")
    marked = name._replace(text=name.text + "_prime" * int(node.text or "1"), end=node.end)
    return place.term(marked)


# -- values at a point ------------------------------------------------------------------------


def read_evaluated(node: Node, place: Place) -> Term:
    """A value at a point, or the difference of two.  Raises UnreadableError."""
    body_node, lower, upper = node.parts
    if upper.kind == "nothing":
        return _at_point(body_node, lower, place)
    names = _integrated(body_node, place)
    if len(names) != 1:
        message = "at which variable these ends are put in is not clear"
        raise refusal(node, message, r"write \left. F \right|_{x=a}")
    inner, entry = place.opened(names.pop())
    body = inner.term(body_node)
    high, low = (_at_end(body, entry.value, read_end(end, place), node, place)
                 for end in (upper, lower))  # fmt: skip
    return Term("Add", (high, Term("Neg", (low,))))


def _at_end(body: Term, variable: Term, end: Term, node: Node, place: Place) -> Term:
    """A body at the end of a range; at infinity its limit, where that is plain."""
    if end not in (INFINITY, MINUS_INFINITY):
        return substitute(body, {variable.value: end})
    found = limit(body, variable, end == INFINITY, place.reading.context)
    if found is None:
        raise refusal(node, "the limit at infinity is not plain",
                      "declare the signs that it depends on, such as lambda > 0")  # fmt: skip
    return found


def _integrated(node: Node, place: Place) -> set[str]:
    """The variables of integrals of the display that the bracket mentions."""
    names = {spelled(n) for n in node.walk() if n.kind == "name"}
    return {n for n in names if n is not None and n in place.reading.integrated}


def _at_point(body_node: Node, lower: Node, place: Place) -> Term:
    if lower.kind != "relation" or lower.text != "=" or lower.notes:
        raise refusal(lower, "a point is expected here", "write x = a")
    variable = _variable(lower.parts[0], place)
    if variable.head != "symbol":
        raise refusal(lower, "a value at a member of a family is not read")
    return substitute(place.term(body_node), {variable.value: place.term(lower.parts[1])})
