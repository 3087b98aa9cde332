"""Graded answers: what does hold, and the smallest missing assumption.

>>> from derive.verdicts import prove
>>> print(graded(prove("x**2 = -x**2", given="x in Real")))
lhs = -(rhs)
would hold given x = 0
>>> print(graded(prove("sqrt(x**2) = x", given="x in Real")))
would hold given 0 <= x
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, islice
from typing import Any, NamedTuple

from derive.context import Context, ContextError
from derive.functions import RELATIONS
from derive.gate import alike, is_proof
from derive.kernel import KernelError, Theorem
from derive.refute.balls import UNDEFINED, UNKNOWN, Point, evaluate, holds
from derive.refute.relations import opened
from derive.refute.screen import few_points, heavy, refutable, refuting_points
from derive.search.facts import Facts
from derive.search.losses.assumptions import Assumption, candidates
from derive.search.losses.weaker import Weaker, weaker
from derive.term import ONE, ZERO, Term, is_number, number, symbol
from derive.verdicts import CONTRADICTORY, EMPTY_CONTEXT, Verdict, proof_of

#: Steps of the search for one weaker relation, and for one assumption that is tried.
WEAKER_STEPS, REPAIR_STEPS = 8_000, 6_000
#: Points at which a statement is refuted, all of which an assumption has to exclude.
MOST_WITNESSES, WITNESS_BUDGET = 16, 80
#: Assumptions, single and in pairs, that are given to the prover.
MOST_SINGLES, MOST_PAIRS = 14, 6
#: Choices for which a point and a counterexample are looked for.
MOST_LOOKS = 40
#: Points of the context at which assumptions are looked at; and, for those that hold at none
#: of them, attempts to find a point, and how many assumptions get any.
SAMPLE, ATTEMPTS, MOST_SEARCHED = 40, 12, 14
#: Points at which a statement is looked at before it is tried to be proved.
LOOKS = 12


class Repair(NamedTuple):
    """Assumptions under which a statement is proved, and the proof."""

    assumptions: tuple[Term, ...]
    theorem: Theorem


class Graded(NamedTuple):
    """What holds instead of a statement that was not proved as it stands.

    ``weaker`` are proved relations between the two sides, ``repair`` the smallest missing
    assumption that was found, with the theorem under it.
    """

    verdict: Verdict
    weaker: tuple[Weaker, ...] = ()
    repair: Repair | None = None

    @property
    def sentences(self) -> tuple[str, ...]:
        """One sentence for each finding, the weaker relations first."""
        said = [spoken(w) for w in self.weaker]
        if self.repair is not None:
            given = "; ".join(spelled(s) for s in self.repair.assumptions)
            said.append(f"would hold given {given}")
        return tuple(said)

    @property
    def conditions(self) -> tuple[str, ...]:
        """The missing assumptions in the spelling that ``given`` takes."""
        return tuple(map(spelled, self.repair.assumptions)) if self.repair else ()

    def __str__(self) -> str:
        return "\n".join(self.sentences)

    def data(self) -> dict[str, Any]:
        """The findings as plain data, ready for JSON."""
        from derive.plain import write

        return {
            "weaker": [
                {
                    "kind": w.kind,
                    "statement": write(w.statement, w.theorem.context),
                    "theta": list(w.theta),
                    "a": None if w.a is None else write(w.a),
                    "b": None if w.b is None else write(w.b),
                    "sentence": spoken(w),
                }
                for w in self.weaker
            ],
            "repair": list(self.conditions) or None,
        }


def spelled(s: Term) -> str:
    """An assumption in the spelling that ``given`` takes: ``p[j] in {0,1} for j in 1..m``."""
    from derive.plain import write

    return write(s)


def spoken(w: Weaker, left: str = "lhs", right: str = "(rhs)") -> str:
    """A weaker relation in one sentence, the sides by these names.

    >>> from derive.plain import declare, read
    >>> c = declare("p in (0,1); y in Real")
    >>> first, = weaker(Facts(), c, read("2*p + y", c), read("p", c), ("p",))
    >>> spoken(first)
    'affine in p: lhs = 2*(rhs) + y'
    """
    from derive.plain import write

    where = ", ".join(w.theta)
    if w.at is not None:
        return f"same unique minimiser in {where}: {write(w.at)}"
    if w.a is None:
        return f"{w.kind} in {where}, and so the same minimiser where there is one"
    side = symbol(right)
    line = _times(w.a, side)
    if w.b is not None:
        summands = w.b.args if w.b.head == "Add" else (w.b,)
        line = Term("Add", (line, *summands))
    said = f"{left} = {write(line)}"
    if w.kind in ("affine", "offset"):
        return f"affine in {where}: {said}"
    if w.kind == "negative":
        return f"affine with a negative factor in {where}: {said}"
    return said


def _times(a: Term, side: Term) -> Term:
    """``a*side`` for a reader: ``-side``, ``side/n``."""
    if a == ONE:
        return side
    if a.head == "Neg":
        return -_times(a.args[0], side)
    if is_number(a) and a.value < 0:
        return -_times(number(-a.value), side)
    if a.head == "Div" and a.args[0] == ONE:
        return Term("Div", (side, a.args[1]))
    return Term("Mul", (*(a.args if a.head == "Mul" else (a,)), side))


# -- grading ---------------------------------------------------------------------------------


def graded(verdict: Verdict, theta: tuple[str, ...] = (), general: bool = False) -> Graded:
    """What does hold for a verdict that is not ``proved``, every bit of it proved.

    ``theta`` are the symbols in which weaker relations are looked for; without it, those
    that both sides have.  With ``general`` an assumption may not give a symbol a value, or
    make two symbols one.  A verdict that is proved comes back as it is, and one in
    a context without points: there everything holds, and nothing is worth saying.
    """
    if verdict.verdict == "proved" or verdict.reason in (CONTRADICTORY, EMPTY_CONTEXT):
        return Graded(verdict)
    context, s = verdict.context, verdict.statement
    try:
        found = _weaker(context, s, theta)
        repair = _given(verdict)
        if repair is None and not heavy(*s.args):
            repair = _repair(context, s, _unwanted(bool(found), general))
    except RecursionError:
        return Graded(verdict)
    return Graded(verdict, tuple(found), repair)


def _weaker(context: Context, s: Term, theta: tuple[str, ...]) -> list[Weaker]:
    """Weaker relations between the sides of an equation or of a relation in theta."""
    if s.head == "ForAll":
        context, s = opened(context, s)
    if s.head != "Eq" and s.head not in ("Affine", "SameOrder"):
        return []
    names = tuple(t.value for t in s.args[2:]) or theta
    facts = Facts()
    facts.steps = WEAKER_STEPS
    try:
        found = weaker(facts, context, s.args[0], s.args[1], names)
    except (OverflowError, KernelError):
        return []
    return [w for w in found if w.statement != s and is_shown(w, s.args[0], s.args[1], context)]


def is_shown(w: Weaker, f: Term, g: Term, context: Context) -> bool:
    """Whether the theorem of a weaker relation says what its kind, a and b say of f and g."""
    s, theta = w.statement, tuple(map(symbol, w.theta))
    kinds = {"same ordering": "SameOrder", "same minimiser": "SameArgmin", "affine": "Affine"}
    if s.head == "Eq":
        wanted = Term("Eq", (f, s.args[1]))
        good = w.kind in _LINEAR and alike(s.args[1], _line(w, g))
    else:
        wanted = Term(kinds.get(w.kind, "Affine" if w.kind == "offset" else ""), (f, g, *theta))
        good = _premises_fit(w, f, g)
    return good and is_proof(w.theorem, wanted, context)


def _premises_fit(w: Weaker, f: Term, g: Term) -> bool:
    """Whether what is printed of a relation in theta is what it was concluded from."""
    if w.kind not in ("affine", "offset", "same minimiser"):
        return w.a is None and w.b is None and w.at is None
    first = w.theorem.premises[0] if w.theorem.premises else w.theorem
    if w.at is not None:
        return first.statement.head == "Argmin" and alike(first.rhs, w.at)
    return first.statement.head == "Eq" and first.lhs == f and alike(first.rhs, _line(w, g))


_LINEAR = ("factor", "affine", "offset", "negative")


def _line(w: Weaker, g: Term) -> Term:
    """``a*g + b`` with what is printed for a and b."""
    a, b = ONE if w.a is None else w.a, ZERO if w.b is None else w.b
    return Term("Add", (Term("Mul", (a, g)), b))


def _given(verdict: Verdict) -> Repair | None:
    """The conditions that the verdict has found itself."""
    if verdict.reason != "condition" or not verdict.conditions or verdict.theorem is None:
        return None
    under = _assumed(verdict.context, verdict.conditions)
    good = under is not None and is_proof(verdict.theorem, verdict.statement, under)
    return Repair(verdict.conditions, verdict.theorem) if good else None


# -- the smallest missing assumption -----------------------------------------------------------


def _unwanted(found: bool, general: bool) -> tuple[str, ...]:
    """Kinds of assumptions that are not tried, when something else was found already."""
    if general:
        return "same", "value", "values"
    return ("values",) if found else ()


def _repair(context: Context, s: Term, unwanted: tuple[str, ...]) -> Repair | None:
    """One assumption, or two, weakest first, under which the statement is proved."""
    offered = [a for a in candidates(context, s) if a.kind not in unwanted]
    refuted = list(islice(refuting_points(context, s, WITNESS_BUDGET), MOST_WITNESSES))
    excluded = {a: _excluded(a, refuted) for a in offered}
    everything = frozenset(range(len(refuted)))
    singles = [(a,) for a in offered if excluded[a] == everything]
    found = _first(context, s, singles, MOST_SINGLES)
    if found is not None or not refuted:
        return found
    useful = [a for a in offered if excluded[a]]
    pairs = [
        pair
        for pair in combinations(useful, 2)
        if pair[0].pairs(pair[1]) and excluded[pair[0]] | excluded[pair[1]] == everything
    ]
    pairs.sort(key=lambda pair: sum(a.rank for a in pair))
    return _first(context, s, pairs, MOST_PAIRS)


def _excluded(assumption: Assumption, refuted: list[tuple[Point, ...]]) -> frozenset[int]:
    """The refuting points at which the assumption does not hold."""
    return frozenset(
        k
        for k, candidate in enumerate(refuted)
        if any(holds(s, point) is not True for s in assumption.statements for point in candidate)
    )


def _first(
    context: Context, s: Term, choices: Sequence[tuple[Assumption, ...]], most: int
) -> Repair | None:
    tried = 0
    sample = few_points(context, SAMPLE, SAMPLE, s)
    searched = 0
    for choice in choices[:MOST_LOOKS]:
        if tried == most:
            return None
        statements = tuple(dict.fromkeys(t for a in choice for t in a.statements))
        under = _assumed(context, statements)
        if under is None:
            continue
        good = [p for p in sample if all(holds(t, p) is True for t in statements)]
        if not good:
            # The assumption is so narrow that no point happened to satisfy it.
            searched += 1
            good = few_points(under, 2, ATTEMPTS, s) if searched <= MOST_SEARCHED else []
        if not any(_has_values(s, p) for p in good) or refutable(under, s, LOOKS):
            continue
        tried += 1
        theorem = _proof(under, s)
        if theorem is not None:
            return Repair(statements, theorem)
    return None


def _assumed(context: Context, statements: tuple[Term, ...]) -> Context | None:
    try:
        for t in statements:
            context = context.assume(t)
    except ContextError:
        return None
    return context


def _has_values(s: Term, point: Point) -> bool:
    """Whether both sides of the statement have a value there."""
    if s.head in RELATIONS or s.head == "ForAll":
        return True
    sides = s.args[:1] if s.head == "In" else s.args[:2]
    return all(evaluate(t, point) not in (UNDEFINED, UNKNOWN) for t in sides)


def _proof(context: Context, s: Term) -> Theorem | None:
    facts = Facts()
    facts.steps = REPAIR_STEPS
    try:
        found = proof_of(facts, context, s)
    except (OverflowError, RecursionError, KernelError):
        return None
    return None if found is None or found.verdict != "proved" else found.theorem
