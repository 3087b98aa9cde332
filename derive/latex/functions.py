r"""Functions of the closed table, and how far an argument without brackets reaches.

It takes the factors side by side up to ``+``, ``-``, ``\cdot``, a relation, a sign of a sum
or another function.  A bracket behind a product is ambiguous; behind a name it may be the
argument of that name, which only the declarations tell: the node is noted ``bracket`` and is
unreadable unless the name is a function.  Behind a fraction, ``\log \frac{1}{n} \sum_i x_i``,
writers mean either: the node is a ``reach``, the function and the factors that it may take in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.latex import big, brackets
from derive.latex.symbols import BIG, FUNCTIONS, LOOSE
from derive.latex.tree import Node

if TYPE_CHECKING:
    from derive.latex.formula import Formula
    from derive.latex.tokens import Token

_BRACKETS = "put the argument in brackets"
_ENCLOSED = frozenset(["group", "abs", "norm", "inner", "floor", "ceil"])


def may_apply(node: Node) -> bool:
    """Whether a bracket behind a node may be its argument."""
    if node.kind in ("power", "prime", "decorated"):
        return may_apply(node.parts[0])
    return node.kind == "name"


def function(formula: Formula) -> Node:
    """The function at this place with its argument."""
    token = formula.take()
    name = FUNCTIONS[token.text]
    base, exponent = _scripts(formula, token)
    inner, notes = _argument(formula, token, name in LOOSE and exponent is None)
    parts = [inner] if base is None else [inner, base]
    found = formula.node("function", token.start, name, parts, notes)
    if exponent is not None:
        return formula.node("power", token.start, "", [found, exponent])
    return _reach(formula, found) if _may_reach_on(formula, inner) else found


def _may_reach_on(formula: Formula, inner: Node) -> bool:
    r"""Whether the argument is a fraction and what follows may belong to it, too."""
    if inner.kind != "divide" or formula.next.kind == "open":
        return False
    return _continues(formula) or (formula.next.kind == "command" and formula.next.text == r"\exp")


def _reach(formula: Formula, found: Node) -> Node:
    """A function with the factors that follow."""
    start = formula.next.start
    rest: list[Node] = []
    while formula.begins_factor() and not big.is_differential(formula):
        rest.append(formula.factor())
    other = rest[0] if len(rest) == 1 else formula.node("juxtapose", start, "", rest)
    return formula.node("reach", found.start, found.text, [found, other])


def _scripts(formula: Formula, token: Token) -> tuple[Node | None, Node | None]:
    """The base of a logarithm, and the exponent of ``\\log^2 a``."""
    base, exponent = big.limits(formula)
    if base.kind != "nothing" and token.text != r"\log":
        raise formula.error(f"an index of {token.text} has no meaning here", base)
    if exponent.kind != "nothing" and exponent.kind not in ("number", "name"):
        message = f"the exponent of {token.text} may mean a power or an inverse"
        repair = f"give the inverse a name, or write ({token.text}(x))^{{..}}"
        raise formula.error(message, exponent, repair)
    first = None if base.kind == "nothing" else base
    return first, None if exponent.kind == "nothing" else exponent


def _argument(formula: Formula, token: Token, loose: bool) -> tuple[Node, tuple[str, ...]]:
    if formula.next.kind == "open" or formula.next.text in ("|", "||"):
        inner = brackets.group(formula)
        _after_bracket(formula, loose)
        return inner, ()
    if formula.next.text == "{":
        inner = brackets.invisible(formula)
        if inner.kind in _ENCLOSED:
            _after_bracket(formula, loose)
        else:
            if inner.kind != "neg":
                formula.firm(inner, 2)
            if formula.next.text in ("^", "_", "!", "'", "/") or _continues(formula):
                raise _unclear(formula)
        return inner, ()
    start = formula.next.start
    if formula.next.text == "-":
        formula.take()
        inner, notes = _factors(formula, token)
        return formula.node("neg", start, "", [inner]), notes
    return _factors(formula, token)


def _after_bracket(formula: Formula, loose: bool) -> None:
    r"""Refuse what may belong to the argument or not: ``\log(a)^2``, ``\log(a)(b)``."""
    attached = formula.next.text in ("^", "_", "!", "'") and formula.next.kind == "mark"
    if loose and (attached or formula.next.kind == "open"):
        raise _unclear(formula)


def _unclear(formula: Formula) -> Exception:
    message = "whether this belongs to the argument of the function before it is not clear"
    return formula.error(message, formula.next, _BRACKETS)


def _continues(formula: Formula) -> bool:
    """Whether a factor follows that is neither a function nor ``dx``."""
    is_function = formula.next.text in FUNCTIONS and formula.next.kind == "command"
    return formula.begins_factor() and not is_function and not big.is_differential(formula)


def _factors(formula: Formula, token: Token) -> tuple[Node, tuple[str, ...]]:
    """The factors of an argument without brackets."""
    start = formula.next.start
    if formula.next.kind in ("close", "end", "text") or formula.next.text in ("}", "&"):
        raise formula.error(f"the argument of {token.text} is missing", token)
    alone = formula.next.text in FUNCTIONS or formula.next.text in BIG
    alone = alone or formula.next.text in (r"\frac", r"\binom", r"\partial", "{")
    fraction = formula.next.text == r"\frac"
    factors = [formula.factor()]
    notes: tuple[str, ...] = ()
    while _continues(formula) and not (fraction and formula.next.kind != "open"):
        if formula.next.text in BIG and formula.next.kind == "command" and not alone:
            break
        opens = formula.next.kind == "open"
        if opens and not alone and not notes and may_apply(factors[-1]):
            notes = ("bracket",)
        elif (
            alone
            or notes
            or opens
            or formula.next.gap
            or formula.next.text in (r"\partial", r"\nabla", "|", "||", "{")
        ):
            raise _unclear(formula)
        factors.append(formula.factor())
    if formula.next.text == "/":
        raise _unclear(formula)
    if len(factors) == 1:
        return factors[0], notes
    return formula.node("juxtapose", start, "", [formula.firm(f, 2) for f in factors]), notes


def binomial(formula: Formula) -> Node:
    r"""``\binom{n}{k}``."""
    token = formula.take()
    upper, lower = formula.argument(), formula.argument()
    return formula.node("binomial", token.start, "", [upper, lower])


def root(formula: Formula) -> Node:
    r"""``\sqrt{x}`` and ``\sqrt[3]{x}``."""
    token = formula.take()
    degree: list[Node] = []
    if formula.next.kind == "open" and formula.next.text == "[":
        formula.take()
        degree = [formula.sum()]
        if formula.next.kind != "close":
            raise formula.unexpected()
        formula.take()
    return formula.node("root", token.start, "", [formula.argument(), *degree])
