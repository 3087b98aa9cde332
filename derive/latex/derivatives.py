r"""Fractions, and those that are derivatives: ``\frac{d}{dx} f``, ``\frac{\partial^2 L}{..}``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.latex import big, scripts
from derive.latex.functions import may_apply
from derive.latex.symbols import PRODUCTS
from derive.latex.tree import Node, UnreadableError

if TYPE_CHECKING:
    from derive.latex.formula import Formula
    from derive.latex.tokens import Token

#: Derivatives of a higher order than this are not read.
_HIGHEST = 9
_BRACKETS = "put what is differentiated in brackets"


def fraction(formula: Formula) -> Node:
    """The fraction at this place; a derivative if both parts begin with a ``d``."""
    token = formula.take()
    if _is_d(formula.ahead()) and formula.next.text == "{":
        found = _quotient(formula, token)
        if found is not None:
            return found
    numerator = _numerator(formula)
    integrals, formula.integrals = formula.integrals, []
    denominator = formula.argument()
    formula.integrals = integrals
    return formula.node("divide", token.start, "frac", [numerator, denominator])


def _is_d(token: Token) -> bool:
    return token.text == r"\partial" or (token.text == "d" and token.kind in ("letter", "word"))


def _numerator(formula: Formula) -> Node:
    r"""The numerator, which may hold the ``dx`` of an integral around the fraction."""
    start = formula.next.start
    pending = bool(formula.integrals) and formula.integrals[-1] is None
    if not pending or formula.next.text != "{":
        return formula.argument()
    formula.take()
    found = Node("number", start, start, "1")
    if not big.is_differential(formula):
        found = formula.sum()
    if big.is_differential(formula):
        if found.kind == "add":
            raise formula.error("dx stands behind a sum", formula.next, "put brackets around it")
        big.differential(formula)
    formula.expect("}")
    return found


def _quotient(formula: Formula, token: Token) -> Node | None:
    """A derivative written as a fraction; None if the fraction is an ordinary one."""
    beginning = formula.at
    below = _behind_braces(formula)
    if below is None or formula.tokens[below].text != "{" or not _is_d(formula.tokens[below + 1]):
        return None
    sign = formula.tokens[beginning + 1]
    try:
        formula.at = beginning + 2
        order = _order(formula)
        formula.at = below + 1
        variables = _variables(formula, order)
    except UnreadableError:
        if sign.kind != "letter":
            raise
        variables = []
    below_d, after_d = formula.tokens[below + 1], formula.tokens[below + 2]
    if not variables and big.looks_differential(below_d, after_d):
        raise formula.error("what is differentiated by what is not clear", below_d)
    after = formula.at
    formula.at = beginning
    if not variables:
        return None
    formula.take()
    formula.take()
    if _order(formula) != len(variables):
        raise formula.error("the orders of this derivative differ", token)
    body = None if formula.next.text == "}" else formula.term()
    formula.expect("}")
    formula.at = after
    kind = "partial" if sign.text == r"\partial" else "d"
    if body is not None:
        return formula.node("derivative", token.start, kind, [body, *variables])
    body = _body(formula)
    if body.kind != "evaluated" or body.start != body.parts[0].start:
        return formula.node("derivative", token.start, kind, [body, *variables])
    # A bar behind what is differentiated says where the derivative is taken.
    inner = formula.node("derivative", token.start, kind, [body.parts[0], *variables])
    return body._replace(start=token.start, parts=(inner, *body.parts[1:]))


def _behind_braces(formula: Formula) -> int | None:
    """Where the next token after the braces at this place is."""
    depth = 0
    for k in range(formula.at, len(formula.tokens)):
        depth += {"{": 1, "}": -1}.get(formula.tokens[k].text, 0)
        if not depth:
            return k + 1
    return None


def _variables(formula: Formula, order_above: int) -> list[Node]:
    r"""The variables below, one for each order, up to the brace; empty if there are none.

    With a single ``d`` above, ``d\sigma^2`` is the derivative by ``\sigma^2``.
    """
    found: list[Node] = []
    while not formula.accept("}"):
        if not _is_d(formula.next):
            return []
        formula.take()
        if not (formula.next.kind == "letter" or formula.next.kind == "command"):
            return []
        variable = formula.factor()
        order = 1
        if variable.kind == "power" and order_above == 1 and formula.next.text == "}" and not found:
            formula.take()
            return [variable]
        if variable.kind == "power":
            variable, exponent = variable.parts
            if exponent.kind != "number" or not 0 < len(exponent.text) < 2:
                raise formula.error("the order of this derivative is no small number", exponent)
            order = int(exponent.text)
        if variable.kind not in ("name", "prime"):
            return []
        found += [variable] * order
        if len(found) > _HIGHEST:
            raise formula.error("the order of this derivative is too high", variable)
    return found


def _order(formula: Formula) -> int:
    if not formula.accept("^"):
        return 1
    exponent = formula.argument()
    if exponent.kind != "number" or not exponent.text.isdigit() or len(exponent.text) > 1:
        raise formula.error("the order of this derivative is no small number", exponent)
    return int(exponent.text)


def _body(formula: Formula) -> Node:
    """What an operator such as ``\\frac{d}{dx}`` is applied to: the factors behind it."""
    place = formula.next
    if not formula.begins_factor() or big.is_differential(formula):
        return Node("nothing", place.start, place.start)
    first = formula.next
    body = formula.firm(formula.product(), 1)
    factors = body.parts if body.kind == "juxtapose" else (body,)
    bracketed = first.kind == "open" and len(factors) > 1
    if bracketed or any(f.kind == "derivative" for f in factors[1:]):
        raise formula.error("how far this derivative reaches is not clear", first, _BRACKETS)
    if formula.next.text in (r"\cdot", "*", "/", *PRODUCTS):
        message = "whether this belongs to the derivative before it is not clear"
        raise formula.error(message, formula.next, _BRACKETS)
    return body


def partial(formula: Formula) -> Node:
    r"""``\partial_x f``, ``\partial L / \partial w``, ``\nabla_\theta L``, ``\nabla f``."""
    token = formula.take()
    kind = token.text[1:]
    variables: list[Node] = []
    if formula.accept("_"):
        variables = scripts.indices(formula)
    if formula.next.text == "^":
        raise formula.error(
            "a higher derivative in this spelling",
            formula.next,
            r"write \frac{\partial^2 f}{\partial x^2}",
        )
    if any(v.kind not in ("name", "prime") for v in variables):
        raise formula.error("the variable of this derivative is no name", variables[0])
    if not variables and kind == "partial":
        return _slashed(formula, token)
    if kind == "partial":
        return formula.node("derivative", token.start, kind, [_body(formula), *variables])
    body = _behind_constants(formula, token, {n.text for v in variables for n in v.walk()})
    if formula.begins_factor() and not big.is_differential(formula):
        raise formula.error("how far this gradient reaches is not clear", formula.next, _BRACKETS)
    return formula.node("derivative", token.start, kind, [body, *variables])


def _behind_constants(formula: Formula, token: Token, variables: set[str]) -> Node:
    r"""The operand of a gradient, with the numbers and fractions before it:
    ``\nabla_w \frac{1}{2} \|w\|^2``."""
    before: list[Node] = []
    while variables and formula.next.kind in ("number", "command", "letter"):
        at = formula.at
        factor = formula.factor()
        held = factor.kind in ("number", "divide")
        if not held or any(n.text in variables for n in factor.walk()) or not (
            formula.begins_factor()
        ):  # fmt: skip
            formula.at = at
            break
        before.append(factor)
    body = _operand(formula, token)
    if not before:
        return body
    parts = body.parts if body.kind == "juxtapose" else (body,)
    return formula.node("juxtapose", before[0].start, "", [*before, *parts])


def _operand(formula: Formula, token: Token) -> Node:
    """One factor, or a name and its bracket."""
    if not formula.begins_factor():
        return Node("nothing", token.end, token.end)
    start = formula.next.start
    first = formula.factor()
    if formula.next.kind != "open" or not may_apply(first):
        return first
    return formula.node("juxtapose", start, "", [first, formula.factor()])


def _slashed(formula: Formula, token: Token) -> Node:
    r"""``\partial L / \partial w``."""
    body = _operand(formula, token)
    if formula.next.text != "/" or formula.ahead().text != r"\partial":
        raise formula.error("this derivative has no variable", token)
    formula.take()
    formula.take()
    variable = formula.factor()
    if variable.kind not in ("name", "prime"):
        raise formula.error("the variable of this derivative is no name", variable)
    if formula.begins_factor():
        raise formula.error("how far this derivative reaches is not clear", formula.next)
    return formula.node("derivative", token.start, "partial", [body, variable])
