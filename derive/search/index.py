"""Finding rules: by name, and by the function that their conclusion is about.

The texts of rules are looked at without reading them as formulas, so that a proof that
needs ten rules reads ten rules and not the whole ledger.
"""

from __future__ import annotations

import re
from functools import cache

from derive.functions import FUNCTIONS
from derive.rules import Rule, general, ledger
from derive.term import BINDERS, Term

_CALL = re.compile(r"(-?)([A-Za-z_]\w*)\(")
_HEADS = {"sqrt": "Pow"}


@cache
def fact_rules(head: str, relation: str) -> tuple[Rule, ...]:
    """Rules that conclude ``relation`` of a term with this outermost function.

    Those that only say that it has a value come first: they need least.
    """
    found = _by_head().get((head, relation), ())
    return tuple(sorted(found, key=lambda rule: relation == "in" and rule.rhs != "Real"))


@cache
def defining_rules(head: str) -> tuple[Rule, ...]:
    """The rule that says what a mass or density is, or a logarithm to another base."""
    if head in ("log_2", "log_b"):
        return (ledger()[f"{head}_definition"],)
    if not head.endswith(("Mass", "Density")):
        return ()
    from derive.distributions import distribution

    found = distribution(head)
    return () if found is None else (ledger()[found.rule.name],)


@cache
def number_rules(head: str) -> tuple[Rule, ...]:
    """Rules that give a number for a term with this outermost function."""
    return tuple(
        r
        for r in general().values()
        if r.relation == "=" and r.rhs.isdigit() and outermost(r.lhs) == head
    )


@cache
def _by_head() -> dict[tuple[str, str], tuple[Rule, ...]]:
    table: dict[tuple[str, str], list[Rule]] = {}
    for rule in general().values():
        if rule.relation == "=":
            continue
        sides = (rule.lhs,) if rule.relation == "in" else (rule.lhs, rule.rhs)
        for head in dict.fromkeys(map(outermost, sides)):
            if head in ("symbol", "member", "number"):
                continue  # it would be tried on everything
            table.setdefault((head, rule.relation), []).append(rule)
    return {key: tuple(rules) for key, rules in table.items()}


def heads(t: Term) -> set[str]:
    """The heads that occur in a term."""
    found: set[str] = set()
    waiting = [t]
    while waiting:
        u = waiting.pop()
        found.add(u.head)
        waiting.extend(u.args)
    return found


@cache
def called(text: str) -> frozenset[str]:
    """Functions that a formula in plain spelling applies, as far as the text shows them.

    >>> sorted(called("log(f(x)/exp(y))"))
    ['exp', 'log']
    """
    found = frozenset(name for _, name in _CALL.findall(text))
    return frozenset(name for name in found if name in FUNCTIONS or name in BINDERS)


def outermost(text: str) -> str:
    """The head of a formula in plain spelling: ``log`` of ``log(x)``, ``Mul`` of ``a*b``.

    >>> [outermost(t) for t in ("log(x)", "a/b", "b**e", "a + b", "x[i]", "-x", "0")]
    ['log', 'Div', 'Pow', 'Add', 'member', 'Neg', 'number']
    """
    text = text.strip()
    depth, found, lowest = 0, "", 9
    for k, c in enumerate(text):
        depth += (c in "([") - (c in ")]")
        if depth or k == 0:
            continue
        rank = {"+": 1, "-": 1, "*": 2, "/": 2}.get(c, 9)
        if c == "*" and (text[k - 1] == "*" or text[k + 1 : k + 2] == "*"):
            rank = 3
        if rank < 9 and rank <= lowest:
            lowest, found = rank, {"*": "Mul", "/": "Div"}.get(c, "Add") if rank < 3 else "Pow"
    if found and not (text[0] == "-" and lowest > 1):
        return found
    if text[0] == "-":
        return "number" if text[1:].isdigit() else "Neg"
    if text[0].isdigit():
        return "number"
    call = _CALL.match(text)
    if call:
        return _HEADS.get(call[2], call[2])
    if text.endswith("]"):
        return "member"
    return text if text in ("E", "pi") else "symbol"
