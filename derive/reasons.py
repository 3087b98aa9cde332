"""The reasons of a line: what they ask the search to do, and how they are printed."""

from __future__ import annotations

from typing import Any

from derive.chain import Method, Script
from derive.derivations import Part, Reason
from derive.rules import Rule, ledger
from derive.search.forms.rewriting import Equation
from derive.search.justify import Steps


def steps_of(reasons: list[object]) -> Steps:
    """What the reasons ask the search to do.  Raises TypeError for what is no reason."""
    merged = Steps()
    for r in reasons:
        merged = _merge(merged, _step(r))
    return merged


def _step(r: object) -> Steps:
    if isinstance(r, Method):
        return r.steps
    if isinstance(r, Rule):
        equation = Equation.of_rule(r)
        return _by_relation(equation, r.relation)
    if isinstance(r, Script):
        theorem = r.theorem
        equation = Equation(theorem, theorem.context, r.name)
        return _by_relation(equation, {"Eq": "="}.get(theorem.statement.head, "<="))
    raise TypeError(f"{r!r} is no reason: name a rule, an earlier derivation or a method")


def _by_relation(equation: Equation, relation: str) -> Steps:
    if relation == "=":
        return Steps(equations=(equation,))
    return Steps(bounds=(equation,)) if relation in ("<=", "<") else Steps()


def _merge(a: Steps, b: Steps) -> Steps:
    """Both: lists one behind the other, marks if either has them."""
    both = zip(a, b, strict=True)
    merged: Any = [x + y if isinstance(x, tuple) else x or y for x, y in both]  # type: ignore[operator]  # of one kind
    return Steps(*merged)


def reason_of(r: object) -> Reason:
    """A reason as it is printed."""
    if isinstance(r, Method):
        if r.reversed_rule is not None:
            return _of_rule(r.reversed_rule)
        kind = {"algebra": "algebra", "given": "given"}.get(r.name, "method")
        return Reason(r.name, kind, r.sentence)
    if isinstance(r, Rule):
        return _of_rule(r)
    assert isinstance(r, Script)
    return Reason(r.name, "derivation", str(r.theorem.statement), "", r.title)


def _of_rule(rule: Rule) -> Reason:
    return Reason(rule.name, "rule", rule.text, rule.needs, rule.why, rule.source)


def axioms_of(parts: list[Part]) -> tuple[tuple[str, ...], tuple[Reason, ...]]:
    """The rules that the theorems rest on: those of the ledger by name, and all others."""
    shipped: set[str] = set()
    own: dict[str, Reason] = {}
    seen: set[int] = set()
    todo = [p.theorem for p in parts if p.theorem is not None]
    while todo:
        theorem = todo.pop()
        if id(theorem) in seen:
            continue
        seen.add(id(theorem))
        todo += theorem.premises
        if theorem.by == "axiom":
            used: Rule = theorem.arguments[0]
            if used is ledger().get(used.name):
                shipped.add(used.name)
            else:
                own[used.name] = _of_rule(used)
    return tuple(sorted(shipped)), tuple(own[name] for name in sorted(own))
