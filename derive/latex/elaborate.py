r"""From syntax trees to terms, with the declarations of the page at hand.

What a name means, whether ``f(x)`` is a value or a product, which range a bare ``\sum_i``
has: the declarations decide.  What they leave open is unreadable, or is read in several
ways (``alternatives``); nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable

from derive.context import ContextError
from derive.latex.elaborate_arithmetic import (
    is_digits,
    power,
    read_divide,
    read_group,
    read_neg,
    read_root,
)
from derive.latex.elaborate_cases import (
    compared,
    indicator,
    is_condition,
    is_indicator,
    read_cases,
    read_statement_inside,
)
from derive.latex.elaborate_derivatives import read_derivative, read_prime
from derive.latex.elaborate_ellipsis import folded
from derive.latex.elaborate_evaluated import read_evaluated
from derive.latex.elaborate_functions import (
    read_abs,
    read_binomial,
    read_factorial,
    read_floor,
    read_function,
)
from derive.latex.elaborate_names import read_name, read_number
from derive.latex.elaborate_place import (
    Alternative,
    Choice,
    Place,
    Reading,
    Scope,
    alternatives,
    refusal,
)
from derive.latex.elaborate_products import is_application, read_juxtaposed, read_times
from derive.latex.elaborate_sums import read_big
from derive.latex.elaborate_vectors import (
    norm_of_entry,
    read_decorated,
    read_inner,
    read_norm,
    squared_norm,
)
from derive.latex.named import read_average
from derive.latex.tree import Node, Sign, UnreadableError
from derive.term import Term, TermError

__all__ = [
    "Alternative", "Choice", "Reading", "Scope", "alternatives", "elaborate", "place_of",
    "statement",
]  # fmt: skip

_COMPARED = ("=", "!=", "<", "<=", ">", ">=")


def elaborate(node: Node, reading: Reading, scope: Scope = ()) -> Term:
    r"""The term that a tree spells on a page.

    ``scope``: the bound variables around it, as a resolver got them.  Questions that came
    up are noted in ``reading.either``.  Raises UnreadableError: notation that is not read,
    names that are not declared, readings that nothing decides between; its ``repair`` says
    what would settle it.

    >>> from derive.plain import declare
    >>> x, two = Node("name", 0, 1, "x"), Node("number", 2, 3, "2")
    >>> elaborate(Node("power", 0, 3, "", (x, two)), Reading(declare("x > 0")))
    x**2
    """
    try:
        found = place_of(reading, scope).term(node)
        if not scope:
            reading.context.check(found)
    except (ContextError, TermError) as e:
        raise refusal(node, str(e)) from None
    return found


def place_of(reading: Reading, scope: Scope = ()) -> Place:
    """The place at the top of a formula, for those who read parts of it themselves."""
    return Place(reading, scope, _read)


def statement(left: Node, sign: Sign, right: Node, reading: Reading) -> Term:
    """The statement that two sides and the sign between them make.  Raises UnreadableError.

    >>> one, two = Node("number", 0, 1, "1"), Node("number", 4, 5, "2")
    >>> statement(one, Sign("<", 2, 3), two, Reading())
    1 < 2
    """
    if sign.text not in _COMPARED and sign.text != ":=":
        message = f"{sign.text} is no relation between two numbers"
        raise UnreadableError(message, sign.start, sign.end)
    a, b = elaborate(left, reading), elaborate(right, reading)
    return compared("=" if sign.text == ":=" else sign.text, a, b)


def _read(node: Node, place: Place) -> Term:
    reader = _READERS.get(node.kind)
    if reader is None:
        raise _unreadable(node)
    return reader(node, place)


def _unreadable(node: Node) -> UnreadableError:
    if node.kind == "unreadable":
        return refusal(node, node.text, node.notes[0] if node.notes else "")
    said = {
        "nothing": "a formula is missing here",
        "text": f"the words {node.text!r} stand where a formula is expected",
        "ellipsis": "what stands for the dots is not clear",
        "matrix": "a matrix is no number",
        "set": "a set is no number",
        "operator": f"the operation {node.text} is not read",
    }
    return refusal(node, said.get(node.kind, f"{node.kind} is not read as a formula"))


def _read_add(node: Node, place: Place) -> Term:
    """A sum of terms; dots between them stand for a sum over an index."""
    terms: list[Term | None] = []
    for k, part in enumerate(node.parts):
        if part.kind == "ellipsis":
            terms.append(None)
        else:
            terms.append(place.term(part))
        if part.kind == "neg" and part.parts[0].kind == "ellipsis":
            raise refusal(node.parts[k], "how these terms go on is not clear")
    if None not in terms:
        return Term("Add", tuple(t for t in terms if t is not None))
    whole = folded(terms, node, "Sum")
    return whole[0] if len(whole) == 1 else Term("Add", tuple(whole))


def _read_function(node: Node, place: Place) -> Term:
    """A function; a bracket behind its argument belongs to that where a name before it is
    a function."""
    argument = node.parts[0]
    argument = argument.parts[0] if argument.kind == "neg" else argument
    if "bracket" in node.notes and not is_application(argument, place):
        message = "whether this bracket belongs to the argument is not clear"
        raise refusal(argument.parts[-1], message, "put the argument in brackets")
    return read_function(node, place)


def _read_reach(node: Node, place: Place) -> Term:
    """A function of a fraction and the factors behind it, which it may take in."""
    function, rest = node.parts
    word = f"the function {function.text}"
    ways = f"{word} of the fraction alone", f"{word} of the whole product"
    if place.reading.choose(f"reach of {function.text}", *ways) == 0:
        return place.term(Node("juxtapose", node.start, node.end, "", (function, *factors(rest))))
    inner = function.parts[0]
    whole = Node("juxtapose", inner.start, rest.end, "", (inner, *factors(rest)))
    return place.term(function._replace(parts=(whole, *function.parts[1:]), end=rest.end))


def factors(node: Node) -> tuple[Node, ...]:
    """The factors of a product side by side."""
    return node.parts if node.kind == "juxtapose" else (node,)


def _read_power(node: Node, place: Place) -> Term:
    base, exponent = node.parts
    if is_digits(exponent, "2"):
        known = place.resolved(node) if base.kind == "name" else None
        if known is not None:
            return known
        squared = squared_norm(base, place) if base.kind == "norm" else None
        if squared is not None:
            return squared
    norm = norm_of_entry(base, exponent, place)
    if norm is not None:
        return norm
    return power(place.term(base), place.term(exponent))


def _read_name(node: Node, place: Place) -> Term:
    """A name; an indicator with its condition below it is one of that."""
    return indicator(node.parts[0], place) if is_indicator(node) else read_name(node, place)


def _read_group(node: Node, place: Place) -> Term:
    """What a bracket holds; ``[y = k]`` is 1 where the condition holds, and 0 elsewhere."""
    if node.text == "[" and len(node.parts) == 1 and is_condition(node.parts[0]):
        return indicator(node.parts[0], place)
    return read_group(node, place)


def _read_entry(node: Node, place: Place) -> Term:
    average = read_average(node, place)
    if average is not None:
        return average
    norm = norm_of_entry(node, None, place)
    if norm is None:
        raise refusal(node, "an entry of what stands in brackets is not read")
    return norm


_READERS: dict[str, Callable[[Node, Place], Term]] = {
    "number": read_number,
    "name": _read_name,
    "add": _read_add,
    "neg": read_neg,
    "juxtapose": read_juxtaposed,
    "times": read_times,
    "divide": read_divide,
    "power": _read_power,
    "root": read_root,
    "prime": read_prime,
    "function": _read_function,
    "reach": _read_reach,
    "group": _read_group,
    "abs": read_abs,
    "norm": read_norm,
    "entry": _read_entry,
    "inner": read_inner,
    "floor": read_floor,
    "ceil": read_floor,
    "big": read_big,
    "relation": read_statement_inside,
    "and": read_statement_inside,
    "or": read_statement_inside,
    "cases": read_cases,
    "derivative": read_derivative,
    "evaluated": read_evaluated,
    "binomial": read_binomial,
    "factorial": read_factorial,
    "decorated": read_decorated,
}
