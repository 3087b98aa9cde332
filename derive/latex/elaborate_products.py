"""Factors side by side: which are products, and which are a function and its argument."""

from __future__ import annotations

from derive.latex.elaborate_arithmetic import inside, power
from derive.latex.elaborate_derivatives import primed
from derive.latex.elaborate_ellipsis import folded
from derive.latex.elaborate_functions import ranged, read_known
from derive.latex.elaborate_names import find, spelled, splits
from derive.latex.elaborate_place import Bound, Place, is_abstract, refusal
from derive.latex.elaborate_vectors import inner_product, is_vector
from derive.latex.named import read_named
from derive.latex.tree import Node, UnreadableError
from derive.plain.reading import product
from derive.term import Term


def read_juxtaposed(node: Node, place: Place) -> Term:
    """Factors side by side.  Raises UnreadableError."""
    return _product(node, _factors(node.parts, place), place)


def read_times(node: Node, place: Place) -> Term:
    """Factors joined by a sign; those side by side between two signs are factors too."""
    factors: list[Term | None] = []
    for part in node.parts:
        factors += _factors(part.parts if part.kind == "juxtapose" else (part,), place)
    return _product(node, factors, place)


def joined(parts: tuple[Node, ...], place: Place) -> tuple[Node, ...]:
    """The factors, with single letters side by side taken together that spell a declared
    name: ``MSE`` is one name where it is declared, even if M, S and E are, too."""
    found: list[Node] = []
    k = 0
    while k < len(parts):
        end = k + 1
        while end < len(parts) and _is_letter(parts[end - 1]) and _adjoins(parts, end):
            end += 1
        word = "".join(p.text for p in parts[k:end])
        if end > k + 1 and find(word, place) is not None:
            last = parts[end - 1]
            found.append(Node("name", parts[k].start, last.end, word, last.parts))
            k = end
        else:
            found.append(parts[k])
            k += 1
    return tuple(found)


def _is_letter(node: Node) -> bool:
    return node.kind == "name" and len(node.text) == 1 and not node.parts


def _adjoins(parts: tuple[Node, ...], k: int) -> bool:
    after = parts[k]
    single = after.kind == "name" and len(after.text) == 1
    return single and parts[k - 1].end == after.start


def _product(node: Node, factors: list[Term | None], place: Place) -> Term:
    if None in factors:
        return product(folded(factors, node, "Product"), place.reading.zero_log)
    return product([f for f in factors if f is not None], place.reading.zero_log)


def _factors(parts: tuple[Node, ...], place: Place) -> list[Term | None]:
    """The factors, an ellipsis as None; letters that spell a declared name are that name."""
    parts = joined(parts, place)
    found: list[Term | None] = []
    k = 0
    while k < len(parts):
        head, rest = parts[k], parts[k + 1 :]
        value = _applied(head, rest[0], place) if rest else None
        if value is None and rest and head.kind == "decorated":
            value = inner_product(head, rest[0], place)
        if value is not None:
            found.append(value)
            k += 2
        else:
            found.append(None if head.kind == "ellipsis" else place.term(head))
            k += 1
    return found


def _applied(head: Node, behind: Node, place: Place) -> Term | None:
    """The value of the function ``head``, if what stands behind is its argument; None for
    a product.  An exponent or factorial sign behind the argument belongs to the value."""
    if behind.kind == "power":
        base = _applied(head, behind.parts[0], place)
        return None if base is None else power(base, place.term(behind.parts[1]))
    if behind.kind == "factorial" and not behind.text:
        base = _applied(head, behind.parts[0], place)
        return None if base is None else Term("factorial", (base,))
    if head.kind not in ("name", "prime", "power"):
        return None
    group = behind.parts[0] if behind.kind == "entry" and behind.parts else behind
    if group.kind != "group":
        return None
    call = Node("juxtapose", head.start, behind.end, "", (head, behind))
    if head.kind == "prime":
        return primed(head, behind, place, read_application)
    if head.kind == "power":
        written_range = ranged(head, behind, place)
        return _power_of_function(head, place) if written_range is None else written_range
    return read_application(call, place)


def is_application(node: Node, place: Place) -> bool:
    """Whether the last two of some factors are a function and its argument.

    What cannot be read counts as one: its own error is to be met.
    """
    try:
        return _applied(node.parts[-2], node.parts[-1], place) is not None
    except UnreadableError:
        return True


def _power_of_function(head: Node, place: Place) -> Term | None:
    r"""``\Gamma^2(x)``: refused, unless the base is a number that is multiplied."""
    base = head.parts[0]
    if base.kind != "name" or _scalar(base, place) or place.resolved(base) is not None:
        return None
    message = f"a power of {base.text} before its argument is not clear"
    raise refusal(head, message, f"write {base.text}(...)^{{...}}")


def read_application(call: Node, place: Place) -> Term | None:
    """A name with a bracket behind it: a value, or None for a product.

    Raises UnreadableError when neither is settled.
    """
    head, group = call.parts
    name = spelled(head)
    if name is not None and place.bound(name) is not None:
        return None
    resolved = place.resolved(call)
    if resolved is not None:
        return resolved
    value = _declared_value(head, group, place)
    if value is not None:
        return value
    plain = len(group.parts) == 1 and group.parts[0].kind not in ("relation", "and", "or")
    if plain and _scalar(head, place):
        return _either(call, place)
    value = read_named(call, place)
    if value is None:
        value = read_known(call, place)
    if value is not None:
        return value
    shown = name or head.text
    if _scalar(head, place):
        message = f"{shown} is a number, it takes no arguments"
        raise refusal(call, message, f"declare it: {shown}(t) in Real for t in Real")
    message = f"whether {shown} is a function or a factor is not declared"
    raise refusal(
        call, message, f"declare it: {shown}(t) in Real for t in Real; or {shown} in Real"
    )


def _declared_value(head: Node, group: Node, place: Place) -> Term | None:
    """The value of a declared abstract function; its indices come before its arguments."""
    elements = [_element(a, place) for a in _arguments(group)]
    for name, indices in splits(head, place):
        declared = find(name, place)
        if declared is None or not is_abstract(declared):
            own = declared is not None and len(declared.indices) == len(elements) and not indices
            counted = [e.value for e in elements if e is not None]
            if own and declared is not None and len(counted) == len(elements):
                return Term("member", tuple(counted), declared.name)
            continue
        given = (*indices, *_arguments(group))
        if len(given) == len(declared.indices):
            return Term("member", tuple(map(place.term, given)), declared.name, ("call",))
        count = len(declared.indices)
        message = f"{declared.name} is a function of {count} arguments, here it has {len(given)}"
        raise refusal(group, message)
    return None


def _element(node: Node, place: Place) -> Bound | None:
    """The bound variable over a named set that an argument is."""
    bound = place.bound(spelled(node) or node.text) if node.kind == "name" else None
    return None if bound is None or bound.element is None else bound


def _arguments(group: Node) -> tuple[Node, ...]:
    return group.parts if group.kind == "group" else (group,)


def _scalar(head: Node, place: Place) -> bool:
    """Whether a name with its indices is a declared number, which is multiplied."""
    if place.bound(spelled(head) or head.text) is not None:
        return True
    for name, indices in splits(head, place):
        declared = find(name, place)
        if declared is not None and not is_abstract(declared):
            return len(declared.indices) == len(indices) or is_vector(declared)
    if head.kind == "name" and place.resolved(head) is not None:
        return True  # the page says what number it is
    return head.text in ("e", "pi") and not head.parts and find(head.text, place) is None


def _either(call: Node, place: Place) -> Term | None:
    """A declared number before a bracket: a product, or both where the page has a function
    of that name too."""
    head, group = call.parts
    name = spelled(head) or head.text
    other = place.reading.functions.get(name)
    if other is None:
        return None
    declared = place.declared(other)
    if declared is None or len(declared.indices) != len(_arguments(group)):
        return None
    if inside(group).kind == "number" or len(_arguments(group)) > 1:
        pick = 0
    else:
        pick = place.reading.choose(
            f"{name}(", f"{name}(...) is a value", f"{name}(...) is a product"
        )
    arguments = tuple(map(place.term, _arguments(group)))
    return None if pick else Term("member", arguments, declared.name, ("call",))
