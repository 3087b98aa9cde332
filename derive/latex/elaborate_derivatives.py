r"""Derivatives, ``\frac{d}{dx} f`` and ``f'(x)``."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from derive.domains import POSITIVE, is_open
from derive.functions import derivative
from derive.latex.elaborate_arithmetic import inside, is_digits
from derive.latex.elaborate_names import find, spelled
from derive.latex.elaborate_place import OPEN, OWN, Place, closed, is_abstract, refusal, written_out
from derive.latex.tree import Node, UnreadableError
from derive.term import Term, abstract, instantiate, is_number, number, substitute, symbol

#: The name of a variable that no page can write.
_HIDDEN = "'"


def read_derivative(node: Node, place: Place) -> Term:
    """A derivative by symbols or members, one after the other.  Raises UnreadableError."""
    body_node, *variables = node.parts
    if node.text == "nabla" and len(variables) == 1 and _is_member(variables[0], place):
        node = node._replace(text="partial")
    if node.text == "nabla" or not variables:
        raise refusal(node, "a gradient is no number", "write a partial derivative")
    if body_node.kind == "nothing":
        raise refusal(node, "what is differentiated is missing")
    made = _at_estimate(node, place)
    if made is None:
        made = _by_square(node, place)
    if made is None:
        made = _by_defined(node, place)
    if made is not None:
        return made
    points = [variable_at(v, place) for v in variables]
    body = _body(body_node, variables[0], place)
    for point, variable in reversed(list(zip(points, variables, strict=True))):
        body = differentiated(node, body, point, variable, place)
    return body


def _is_member(node: Node, place: Place) -> bool:
    r"""Whether the variable of a gradient is one number, a member of a family: ``\nabla_{z_j}``."""
    if node.kind != "name" or not node.parts:
        return False
    try:
        return place.term(node).head == "member"
    except UnreadableError:
        return False


def _at_estimate(node: Node, place: Place) -> Term | None:
    r"""``\frac{d L(\hat\mu, v)}{d\mu}``, the derivative of L where arguments of it are estimates:
    taken there; None for any other one."""
    body_node, *variables = node.parts
    called = body_node.kind == "juxtapose" and len(body_node.parts) == 2
    if not called or body_node.parts[0].kind != "name" or body_node.parts[1].kind != "group":
        return None
    head, group = body_node.parts
    put: dict[str, Term] = {}
    arguments = []
    for argument in group.parts:
        root = _root(argument)
        plain = _estimated(root)
        name = None if plain is None else spelled(plain)
        if plain is not None and name is not None and find(name, place) is not None:
            put[name] = place.term(root)
            argument = _with_root(argument, plain)
        arguments.append(argument)
    if not put or any(place.bound(name) is not None for name in put):
        return None
    inner = body_node._replace(parts=(head, group._replace(parts=tuple(arguments))))
    made = read_derivative(node._replace(parts=(inner, *variables)), place)
    return substitute(made, put)


def _root(node: Node) -> Node:
    """The base of a square, or the node itself."""
    squared = node.kind == "power" and is_digits(node.parts[1], "2")
    return node.parts[0] if squared else node


def _with_root(node: Node, root: Node) -> Node:
    """A name, or the square of one, with another name."""
    return node._replace(parts=(root, *node.parts[1:])) if node.kind == "power" else root


def _estimated(node: Node) -> Node | None:
    """The name of which another one is an estimate or a solution, by its hat or star."""
    for mark in ("_hat", "_star"):
        if node.kind == "name" and node.text.endswith(mark):
            return node._replace(text=node.text.removesuffix(mark))
    return None


def _by_square(node: Node, place: Place) -> Term | None:
    r"""The derivative by ``\sigma^2`` as by a variable of its own, of which sigma is the root;
    None for any other one."""
    body_node, *variables = node.parts
    square = variables[0]
    if len(variables) > 1 or square.kind != "power" or not is_digits(square.parts[1], "2"):
        return None
    root, variable = variable_at(square.parts[0], place), symbol(_HIDDEN)
    body = _rooted(_body(body_node, square, place), root, variable)
    if root.value in body.free:
        if _domain_of(root, place) != POSITIVE:
            shown = spelled(square.parts[0]) or square.parts[0].text
            raise refusal(node, f"whether {shown} is the root of its square is not declared",
                          f"declare it: {shown} > 0")  # fmt: skip
        body = substitute(body, {root.value: Term("Pow", (variable, number(Fraction(1, 2))))})
    inner = abstract(body, _HIDDEN)
    return Term("Derivative", (inner, Term("Pow", (root, number(2)))), None, ("v",))


def _rooted(t: Term, root: Term, square: Term) -> Term:
    """A term with even powers of a symbol as powers of its square."""
    whole = t.head == "Pow" and t.args[0] == root and is_number(t.args[1])
    if whole and t.args[1].value % 2 == 0:
        half = t.args[1].value / 2
        return square if half == 1 else Term("Pow", (square, number(half)))
    if root.value not in t.free:
        return t
    return Term(t.head, tuple(_rooted(a, root, square) for a in t.args), t.value, t.names)


def _by_defined(node: Node, place: Place) -> Term | None:
    """The derivative by a name that the page defines: what it is a function of is held as it
    is, and the name varies around its value.  None for any other one."""
    body_node, *variables = node.parts
    variable = variables[0]
    if variable.kind != "name" or any(v != variable for v in variables):
        return None
    name = spelled(variable)
    if name is None or place.bound(name) is not None or find(name, place) is not None:
        return None
    point = place.resolved(variable)
    if point is None or point.head in ("symbol", "member"):
        return None
    if any(p.kind != "number" for p in variable.parts):
        # Below a sum over the index the one name would stand for all members.
        raise refusal(variable, f"what is held fixed beside {name} is not clear",
                      "write the derivative out")  # fmt: skip
    inner, entry = place.opened(name)
    value = _body(body_node, variable, inner)
    if entry.value.value not in value.free:
        message = f"what is differentiated does not mention {name}"
        raise refusal(node, message, "write it out, or declare how it depends on that")
    for k in range(len(variables), 0, -1):
        value = closed("Derivative", entry, value, point if k == 1 else entry.value)
    return value


def variable_at(node: Node, place: Place) -> Term:
    """The symbol or member by which a derivative is taken.  Raises UnreadableError."""
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
        argument = Node("group", variable.start, variable.end, "(", (variable,), (OWN,))
        defined = place.resolved(Node("juxtapose", bare.start, bare.end, "", (bare, argument)))
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
