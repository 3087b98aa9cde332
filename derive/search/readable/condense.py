"""A proof as a reader wants it: a handful of lines instead of hundreds of kernel steps.

The tree of a theorem ``a R b`` is read as a chain of whole terms, each from the one before by
one named rule at one place.  What is the same by algebra counts once, so that detours are cut;
neighbours by rules of one family become one line.  Every line keeps a theorem of its own.
"""

from __future__ import annotations

import sys
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from derive import kernel
from derive.context import Context
from derive.kernel import KernelError, Theorem
from derive.polynomial import SizeError
from derive.rules import FAMILIES, ledger
from derive.search.equations import equate, in_context
from derive.search.forms.tidy import canonical, tidy
from derive.term import Term, is_number, size

if TYPE_CHECKING:
    from derive.search.facts import Facts

#: Lines behind the first one; a proof with more steps than this is not taken apart.
MOST_LINES, MOST_MOVES = 9, 600

#: What steps that are no rules are called.
_METHODS = {
    "ring": "algebra", "order": "order arithmetic", "hypothesis": "given", "declared": "given",
    "cases": "cases", "each": "cases", "one_hot": "one-hot: cases on the class",
    "branch": "value of the branch", "interior": "derivative inside the branch",
    "induction": "induction", "numeral": "arithmetic",
}  # fmt: skip
ALGEBRA = "algebra"

#: Rules that a reader does not notice: whole powers, and a member with its own value put in.
_UNNOTICED = frozenset((
    "one_pow", "pow_one", "pow_zero", "pow_of_quotient_natural", "pow_product_natural",
    "pow_of_product_natural", "pow_sum_natural", "pow_sum_integer", "pow_difference_integer",
    "pow_reciprocal_integer", "member_at_point",
))  # fmt: skip


class Step(NamedTuple):
    """One line: how the term stands to the one before, by which rules, and the proof."""

    term: Term
    relation: str
    reasons: tuple[str, ...]
    theorem: Theorem


def condensed(facts: Facts, theorem: Theorem) -> list[Step]:
    """The lines behind the first of a theorem ``a = b``, ``a <= b`` or ``a < b``.

    Empty for any other theorem, and for one that cannot be taken apart.
    """
    if theorem.statement.head not in ("Eq", "Le", "Lt"):
        return []
    try:
        moves = [m for m in _moves(theorem) if m.statement.args[0] != m.statement.args[1]]
    except (KernelError, RecursionError, _TooLong):
        moves = [theorem]
    try:
        return _Condenser(facts, theorem, moves).lines()
    except (KernelError, SizeError, RecursionError, OverflowError):
        return []


def reasons(theorem: Theorem) -> list[str]:
    """The rules behind a theorem that say more than that something is defined or signed."""
    found: dict[str, None] = {}
    seen: set[int] = set()
    waiting = [theorem]
    while waiting:
        t = waiting.pop()
        if id(t) in seen:
            continue
        seen.add(id(t))
        waiting += reversed(t.premises)
        if t.by == "axiom" and not _bookkeeping(t.statement):
            found[t.arguments[0].name] = None
    return list(found)


def _bookkeeping(s: Term) -> bool:
    if s.head in ("Le", "Lt"):
        return any(is_number(a) and a.value == 0 for a in s.args)
    return s.head != "Eq"


# -- taking a proof apart ------------------------------------------------------------------


class _TooLong(Exception):  # noqa: N818  # a signal, not an error
    """There are more steps than anybody would look at."""


def _moves(theorem: Theorem) -> list[Theorem]:
    """Theorems of the same context whose chain is the theorem, each one step."""
    context = theorem.context
    if theorem.by == "transitive":
        found = [m for p in theorem.premises for m in _moves(p)]
    elif theorem.by == "symmetric" and theorem.statement.head == "Eq":
        found = [kernel.symmetric(m) for m in reversed(_moves(theorem.premises[0]))]
    elif theorem.by == "instance" and not theorem.arguments[1]:
        found = _moves(theorem.premises[0])
    elif theorem.by == "rewrite":
        found = _rewritten(theorem)
    else:
        found = [theorem]
    if len(found) > MOST_MOVES:
        raise _TooLong
    return [in_context(context, m) for m in found]


def _rewritten(theorem: Theorem) -> list[Theorem]:
    """The steps of the equation that was used, each made in the whole term."""
    start, equation, *inside = theorem.premises
    path = theorem.arguments[0]
    at, rest = path[0], path[1:]
    if start.statement.head not in ("Eq", "Le", "Lt"):
        return [theorem]
    before = _moves(start)
    parts = _moves(equation) if equation.statement.head == "Eq" else [equation]
    if any("given" in _reasons(part) for part in parts):  # what follows from a hypothesis
        parts = [equation]
    whole = kernel.side(at, in_context(theorem.context, start))
    made: list[Theorem] = []
    for part in parts:
        same = kernel.ring(whole, whole)
        step = kernel.rewrite((1, *rest), same, in_context(equation.context, part), *inside)
        made.append(step)
        whole = kernel.side(1, step)
    if at == 1:
        return before + made
    return [kernel.symmetric(m) for m in reversed(made)] + before


def _reasons(move: Theorem) -> tuple[str, ...]:
    """What a step is called: the rules, or what kind of inference it is."""
    if move.by == "axiom":
        name = str(move.arguments[0].name)
        return (ALGEBRA,) if name in _UNNOTICED else (name,)
    if move.by in ("instance", "symmetric"):
        return _reasons(move.premises[0])
    if move.by == "rewrite":
        used = move.premises[:2]
    elif move.by == "transitive":
        used = move.premises
    else:
        return (_METHODS.get(move.by, move.by.replace("_", " ")),)
    found = dict.fromkeys(r for p in used for r in _reasons(p) if r != ALGEBRA)
    return ("given",) if "given" in found else tuple(found) or (ALGEBRA,)


# -- lines -----------------------------------------------------------------------------------


class _Group(NamedTuple):
    """Consecutive steps that become one line."""

    reasons: dict[str, None]
    family: str
    moves: list[Theorem]


class _Condenser:
    """Turns the steps of one theorem into lines."""

    def __init__(self, facts: Facts, theorem: Theorem, moves: list[Theorem]) -> None:
        self.facts = facts
        self.context: Context = theorem.context
        self.theorem = theorem
        self.moves = moves

    def lines(self) -> list[Step]:
        """The lines behind the first."""
        groups = _merged(_grouped(self._direct()))
        found: list[Step] = []
        at = self.theorem.statement.args[0]
        for k, group in enumerate(groups):
            step = group.moves[0]
            for move in group.moves[1:]:
                step = kernel.transitive(step, move)
            if at != step.lhs:  # the line before was tidied
                step = kernel.transitive(self._same(at, step.lhs), step)
            step = self._tidied(step) if k + 1 < len(groups) else step
            at = step.rhs
            relation = {"Eq": "=", "Le": "<=", "Lt": "<"}[step.statement.head]
            found.append(Step(at, relation, tuple(group.reasons), step))
        return found

    def _same(self, a: Term, b: Term) -> Theorem:
        """``a = b`` by algebra.  Raises KernelError."""
        found = equate(self.facts, self.context, a, b)
        if found is None:
            raise KernelError(f"{a} = {b} is not found by algebra")
        return in_context(self.context, found)

    def _tidied(self, step: Theorem) -> Theorem:
        nicer = tidy(step.rhs)
        if nicer == step.rhs:
            return step
        found = equate(self.facts, self.context, step.rhs, nicer)
        return step if found is None else kernel.transitive(step, in_context(self.context, found))

    def _direct(self) -> list[Theorem]:
        """The steps without detours: from each term on to the last that it equals by algebra."""
        terms = [self.moves[0].lhs, *(m.rhs for m in self.moves)] if self.moves else []
        last: dict[Term, int] = {}
        keys = [canonical(t) for t in terms]
        for k, key in enumerate(keys):
            last[key] = k
        for move in self.moves:  # both sides are defined, as their theorem says
            for k in (0, 1):
                self.facts.remember(self.context, kernel.side(k, move))
        found: list[Theorem] = []
        k = 0
        while k < len(self.moves):
            far = last[keys[k]]
            if far > k:
                same = equate(self.facts, self.context, terms[k], terms[far])
                if same is not None:
                    if terms[k] != terms[far]:
                        found.append(in_context(self.context, same))
                    k = far
                    continue
            found.append(self.moves[k])
            k += 1
        return found


def _grouped(moves: list[Theorem]) -> list[_Group]:
    """Neighbours by rules of one family together.

    Algebra goes with what comes before it, unless that would show a longer term.
    """
    groups: list[_Group] = []
    pending: list[Theorem] = []
    for move in moves:
        found = _reasons(move)
        if found == (ALGEBRA,) or _by_algebra(move):
            longer = size(tidy(move.lhs)) < size(tidy(move.rhs))
            (groups[-1].moves if groups and not (pending or longer) else pending).append(move)
            continue
        family = _family(found[0])
        if groups and groups[-1].family == family:
            groups[-1].moves.extend((*pending, move))
            groups[-1].reasons.update(dict.fromkeys(found))
        else:
            groups.append(_Group(dict.fromkeys(found), family, [*pending, move]))
        pending = []
    if pending and groups:
        groups[-1].moves.extend(pending)
    elif pending:
        groups.append(_Group({ALGEBRA: None}, ALGEBRA, pending))
    return groups


def _by_algebra(move: Theorem) -> bool:
    return move.statement.head == "Eq" and canonical(move.lhs) == canonical(move.rhs)


def _merged(groups: list[_Group]) -> list[_Group]:
    """At most ``MOST_LINES``: neighbours with the fewest rules go together."""
    groups = list(groups)
    while len(groups) > MOST_LINES:
        sizes = [len({**a.reasons, **b.reasons}) for a, b in pairwise(groups)]
        k = sizes.index(min(sizes))
        a, b = groups[k], groups[k + 1]
        groups[k : k + 2] = [_Group({**a.reasons, **b.reasons}, b.family, [*a.moves, *b.moves])]
    return groups


@cache
def _families() -> dict[str, str]:
    ledger()
    modules = [(family, sys.modules[f"derive.rules.{family}"]) for family in FAMILIES]
    return {r.name: family for family, module in modules for r in module.RULES}


def _family(reason: str) -> str:
    """Rules of one family are named beside one line."""
    if reason.endswith("_definition"):
        return "definitions"
    return _families().get(reason, reason)
