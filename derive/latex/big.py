r"""Sums, products, integrals, extrema and limits: their ranges and how far their bodies reach.

A body ends at the first ``+``, ``-`` or relation on its level.  Where that would make a
difference to the value that a reader may not see, it is unreadable: a factor without the
index behind the body of a product, a term behind an extremum.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.latex import brackets, ordered
from derive.latex.symbols import ACCENTS, BIG, FONTS, LETTERS, collection
from derive.latex.tree import Node

if TYPE_CHECKING:
    from derive.latex.formula import Formula
    from derive.latex.tokens import Token

#: Those whose value changes when a term joins the body.
_NONLINEAR = collection("Product Max Min sup inf argmax argmin lim")
_BRACKETS = r"put the body in brackets"


def operator(formula: Formula) -> Node:
    """The operator at this place with its limits and its body."""
    token = formula.take()
    kind = BIG[token.text]
    lower, upper = limits(formula)
    if token.value == "several" and lower.kind != "nothing":
        raise formula.error("limits of several integrals at once", lower, "write each integral")
    if kind == "Integral":
        return _integral(formula, token, lower, upper)
    if kind in ("Max", "Min") and lower.kind == "nothing":
        return _extremum(formula, token, kind)
    if formula.next.kind == "end":
        raise formula.error("nothing stands behind this operator", token)
    body = formula.signed()
    if kind == "Sum" and upper.kind == "nothing" and ordered.is_ordered(lower):
        return ordered.nested(formula, token.start, body, lower)
    notes = _ends(formula, kind, body, lower) if kind in _NONLINEAR else ()
    return formula.node("big", token.start, kind, [body, lower, upper], notes)


def limits(formula: Formula) -> tuple[Node, Node]:
    """What stands below and above an operator, or ``nothing``."""
    place = formula.tokens[formula.at - 1].end
    found = {"_": Node("nothing", place, place), "^": Node("nothing", place, place)}
    while formula.next.text in found and formula.next.kind == "mark":
        sign = formula.take()
        if found[sign.text].kind != "nothing":
            raise formula.error("two limits on the same side", sign)
        found[sign.text] = limit(formula)
    return found["_"], found["^"]


def limit(formula: Formula) -> Node:
    r"""One limit: a list of conditions, also on several lines (``\substack``)."""
    start = formula.next.start
    if formula.next.kind == "number" and len(formula.next.text) > 1:
        repair = f"write {{{formula.next.text}}}"
        raise formula.error("TeX moves the first digit only", formula.next, repair)
    if not formula.accept("{"):
        return formula.argument()
    if formula.next.text != r"\substack":
        found = brackets.listed(formula)
        formula.expect("}")
        return found
    formula.take()
    formula.expect("{")
    parts: list[Node] = []
    while True:
        line = brackets.listed(formula)
        parts += line.parts if line.kind == "group" and not line.text else [line]
        if not formula.accept("\\\\"):
            break
        formula.accept(",")
    formula.expect("}")
    formula.expect("}")
    return formula.node("group", start, "", parts, [","] * (len(parts) - 1))


def _extremum(formula: Formula, token: Token, kind: str) -> Node:
    r"""``\max(a, b)``."""
    inner = brackets.group(formula) if formula.next.kind == "open" else None
    if inner is None or inner.kind != "group" or len(inner.parts) < 2:
        raise formula.error("the range of this extremum is missing", token)
    return formula.node("function", token.start, kind, [inner])


def _ends(formula: Formula, kind: str, body: Node, lower: Node) -> tuple[str, ...]:
    """Check that the body of an operator that is not linear ends where it must; note a product
    of which the last factors may stand outside."""
    if formula.next.text in ("+", "-") and kind != "Product":
        message = "whether this term belongs to the body before it is not clear"
        raise formula.error(message, formula.next, _BRACKETS)
    if kind != "lim" and body.kind == "divide" and body.text == "/":
        message = "whether the divisor belongs to the body is not clear"
        raise formula.error(message, body.parts[1], _BRACKETS)
    factors = _factors(body)
    if len(factors) == 1 or kind == "lim":
        return ()
    index = _indices(lower)
    last = factors[-1]
    inside = any(mentions(last, name) for name in index)
    # f(x) is one operand, so that the name before the last bracket counts too.
    if not inside and last.kind in ("group", "power") and len(factors) > 1:
        before = factors[-2]
        applied = before.kind in ("name", "prime", "function")
        inside = applied and (len(factors) == 2 or any(mentions(before, n) for n in index))
    if inside:
        return ()
    if kind != "Product" or not split_body(body, index):
        message = "whether this factor belongs to the body before it is not clear"
        raise formula.error(message, last, _BRACKETS)
    return ("reach",)


def split_body(body: Node, index: set[str]) -> tuple[Node, ...]:
    """The body of a product up to the last factor that mentions an index, or up to the first
    dot where none does, and the factors behind it; () where it cannot be split so.

    >>> x, c = Node("name", 0, 3, "x", (Node("name", 2, 3, "i"),)), Node("name", 4, 5, "c")
    >>> [n.text for n in split_body(Node("juxtapose", 0, 5, "", (x, c)), {"i"})]
    ['x', 'c']
    """
    parts = body.parts
    found = [k for k, p in enumerate(parts) if any(mentions(p, name) for name in index)]
    if body.kind == "times" and not found:
        return _joined(body, parts[:1]), *parts[1:]
    if body.kind not in ("times", "juxtapose") or not found:
        return ()
    inner, outer = parts[: found[-1] + 1], parts[found[-1] + 1 :]
    if body.kind == "juxtapose":
        applied = inner[-1].kind in ("name", "prime", "function")
        if not outer or (applied and outer[0].kind in ("group", "power")):
            return ()
        return _joined(body, inner), _joined(body, outer)
    last = split_body(inner[-1], index)
    if last:
        inner, outer = (*inner[:-1], last[0]), (*last[1:], *outer)
    return (_joined(body, inner), *outer) if outer else ()


def _joined(body: Node, factors: tuple[Node, ...]) -> Node:
    """Some factors of a body as one node."""
    if len(factors) == 1:
        return factors[0]
    return body._replace(start=factors[0].start, end=factors[-1].end, parts=factors, notes=())


def indices(lower: Node) -> set[str]:
    """The names that a lower limit may bind."""
    return _indices(lower)


def _factors(body: Node) -> list[Node]:
    """The factors of a body, on its level."""
    if body.kind in ("times", "juxtapose"):
        return [f for part in body.parts for f in _factors(part)]
    return [body]


def _indices(lower: Node) -> set[str]:
    """The names that a lower limit may bind: those on the left of its first relations."""
    if lower.kind == "relation":
        return _indices(lower.parts[0])
    if lower.kind == "group":
        return set().union(*(_indices(part) for part in lower.parts))
    return {lower.text} if lower.kind in ("name", "prime") else set()


def mentions(node: Node, name: str) -> bool:
    """Whether a name occurs in a node outside the operators that bind it."""
    if node.kind == "name" and node.text == name:
        return True
    if node.kind == "big" and name in _indices(node.parts[1]):
        lower, upper = node.parts[1:3]
        bounds = (*lower.parts[1:], upper) if lower.kind == "relation" else (upper,)
        return any(mentions(part, name) for part in bounds)
    return any(mentions(part, name) for part in node.parts)


# -- integrals ---------------------------------------------------------------------------------


def is_differential(formula: Formula) -> bool:
    """Whether ``dx`` comes next and belongs to an integral that is open here."""
    if not formula.integrals or formula.integrals[-1] is not None:
        return False
    return looks_differential(formula.next, formula.ahead())


def looks_differential(token: Token, after: Token) -> bool:
    r"""Whether tokens spell ``\mathrm{d}x``, ``dx`` or ``\mathrm{dx}``."""
    if token.kind == "word":
        return token.text == "d" or (len(token.text) == 2 and token.text[0] == "d")
    named = after.kind == "letter" or (
        after.kind == "command" and any(after.text in t for t in (LETTERS, ACCENTS, FONTS))
    )
    return token.kind == "letter" and token.text == "d" and named


def differential(formula: Formula) -> None:
    """Read ``dx``; its variable is that of the innermost integral.  Behind an upright d it may be
    a formula in brackets, of which the page has to say what it depends on."""
    token = formula.take()
    if token.kind == "word" and len(token.text) == 2:
        variable = Node("name", token.start, token.end, token.text[1])
    else:
        variable = formula.factor()
    bracketed = variable.kind == "group" and variable.text in ("(", "[") and not variable.notes
    if variable.kind not in ("name", "prime") and not (bracketed and token.kind == "word"):
        raise formula.error("the variable of the integral is no name", variable)
    formula.integrals[-1] = variable


def _integral(formula: Formula, token: Token, lower: Node, upper: Node) -> Node:
    """An integral up to the differential that ends it."""
    formula.integrals.append(None)
    start = formula.next.start
    terms: list[Node] = []
    if not is_differential(formula):
        terms.append(formula.signed())
    while formula.integrals[-1] is None:
        if is_differential(formula):
            place = formula.next
            differential(formula)
            if not terms:
                terms = [Node("number", place.start, place.start, "1")]
        elif formula.next.text in ("+", "-"):
            terms.append(formula.signed())
        else:
            raise formula.error("the differential of this integral is missing", token, "add dx")
    body = terms[0] if len(terms) == 1 else Node("add", start, terms[-1].end, "", tuple(terms))
    variable = formula.integrals.pop()
    assert variable is not None
    slash = formula.next.text == "/"
    if slash or (not is_differential(formula) and formula.begins_factor()):
        message = "whether this belongs to the integral before it is not clear"
        raise formula.error(message, formula.next, "put the integral in brackets")
    return formula.node("big", token.start, "Integral", [body, lower, upper, variable])
