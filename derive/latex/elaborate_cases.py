"""Cases, conditions and indicators."""

from __future__ import annotations

from derive.domains import DOMAINS, membership
from derive.functions import COMPARISONS, TRUE
from derive.latex.elaborate_arithmetic import inside
from derive.latex.elaborate_place import Place, refusal
from derive.latex.elaborate_sets import read_domain
from derive.latex.tree import Node
from derive.term import ONE, ZERO, Term

#: Names of indicators, before a condition in brackets or above their index.
INDICATORS = ("one_bb", "one_bold", "I_bb", "I", "ind")
#: Words that stand for "in every other case".
_OTHERWISE = ("otherwise", "else", "elsewhere")
_HEADS = {"=": "Eq", "!=": "Ne", "<": "Lt", "<=": "Le", ">": "Lt", ">=": "Le"}


def compared(sign: str, a: Term, b: Term) -> Term:
    """``a sign b``; those that point the other way are turned round."""
    return Term(_HEADS[sign], (b, a) if sign in (">", ">=") else (a, b))


def is_condition(node: Node) -> bool:
    """Whether a node says something that is true or false."""
    node = inside(node)
    return node.kind in ("relation", "and", "or")


def read_condition(node: Node, place: Place) -> Term:
    """A condition.  Raises UnreadableError."""
    node = inside(node)
    if node.kind in ("and", "or"):
        joined = tuple(read_condition(p, place) for p in node.parts)
        return Term("And" if node.kind == "and" else "Or", joined)
    if node.kind == "text" and node.text.strip(" .,;").lower() in _OTHERWISE:
        return TRUE
    if node.kind != "relation":
        raise refusal(node, "a condition is expected here", r"write x < 0 or \text{otherwise}")
    signs = node.notes or (node.text,)
    parts: list[Term] = []
    for sign, a, b in zip(signs, node.parts, node.parts[1:], strict=False):
        if sign in ("in", "not in"):
            t, domain = place.term(a), read_domain(b, place)
            outside = Term("Not", (Term("In", (t, domain)),))
            parts.append(membership(t, domain) if sign == "in" else outside)
        elif sign in _HEADS:
            parts.append(compared(sign, place.term(a), place.term(b)))
        else:
            raise refusal(node, f"a condition with the sign {sign} is not read")
    return parts[0] if len(parts) == 1 else Term("And", tuple(parts))


def read_cases(node: Node, place: Place) -> Term:
    """A function given by cases; the last one may be "otherwise"."""
    flat: list[Term] = []
    for k in range(0, len(node.parts), 2):
        value, condition = node.parts[k], node.parts[k + 1]
        flat.append(place.term(value))
        if condition.kind == "nothing":
            raise refusal(value, "when this case holds is missing", r"write & \text{if } ...")
        flat.append(read_condition(condition, place))
        if flat[-1] == TRUE and k + 2 < len(node.parts):
            raise refusal(condition, "a case stands behind this one")
    if not flat:
        raise refusal(node, "there are no cases here")
    return Term("Piecewise", tuple(flat))


def is_indicator(node: Node) -> bool:
    r"""Whether a name is an indicator with its condition below it: ``\mathbb{1}_{y = k}``."""
    named = node.kind == "name" and node.text in INDICATORS and len(node.parts) == 1
    return named and is_condition(node.parts[0])


def indicator(node: Node, place: Place) -> Term:
    """1 where a condition holds and 0 elsewhere."""
    condition = read_condition(node, place)
    if condition.head == "Eq":
        return Term("KroneckerDelta", condition.args)
    known = {*COMPARISONS, "And", "Or", "Not", "In", *DOMAINS}
    if condition.head not in known:
        raise refusal(node, "a condition is expected here")
    return Term("Piecewise", (ONE, condition, ZERO, TRUE))


def read_statement_inside(node: Node, _: Place) -> Term:
    """A relation where a number is expected: refused."""
    raise refusal(node, "a comparison cannot stand inside a formula")
