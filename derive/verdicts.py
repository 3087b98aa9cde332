"""Proving and refuting statements: a theorem, a counterexample, or an honest reason.

>>> prove("log(a*b) = log(a) + log(b)", given="a > 0; b > 0").verdict
'proved'
>>> prove("log(x**2) = 2*log(x)", given="x in Real").verdict
'refuted'
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from derive import notebook
from derive.context import EMPTY, Context, ContextError
from derive.functions import COMPARISONS
from derive.gate import is_proof
from derive.kernel import Theorem
from derive.recall import memorable
from derive.refute.witness import Witness
from derive.refute.witness import refute as _witness
from derive.search.facts import Facts
from derive.search.prove import prove as _search
from derive.term import Term, walk

if TYPE_CHECKING:
    from derive.search.conditions import Condition

#: Points that are tried before both sides are written out, before a proof is looked for
#: in other ways, and after none was found.
GLANCES, FIRST_LOOK, SECOND_LOOK = 4, 12, 200

#: Points where an integral is evaluated at each: rigorous quadrature takes its time.
INTEGRALS = 5
_COSTLY = ("Integral", "Expectation")


def is_costly(t: Term) -> bool:
    """Whether evaluating a term takes quadrature.

    >>> is_costly(Term("oo"))
    False
    """
    return any(u.head in _COSTLY for _, u in walk(t))


EMPTY_CONTEXT = "no point of the context was found"
OTHER = "the search proved something else"
CONTRADICTORY = "contradictory: what is given cannot all hold"


class Verdict(NamedTuple):
    """What is known of a statement.

    ``verdict`` is ``proved``, ``refuted`` or ``unknown``.  A proof is a theorem in
    ``theorem.context``, which has more hypotheses than ``context`` only where they follow
    from the definedness of either side.  ``reason`` says why nothing is known:
    ``undecided``, ``condition`` or ``limit``; ``conditions`` are then what it would hold
    under, in the spelling that ``given`` takes.
    """

    verdict: str
    statement: Term
    context: Context
    theorem: Theorem | None = None
    witness: Witness | None = None
    reason: str = ""
    conditions: tuple[Term, ...] = ()
    evidence: int = 0

    def _repr_html_(self) -> str:
        return notebook.html(self)

    def _repr_latex_(self) -> str:
        return notebook.latex(self)

    def __bool__(self) -> bool:
        raise TypeError("a verdict has three values; ask for .verdict")

    def __str__(self) -> str:
        from derive.plain import write

        said = f"{self.verdict}: {write(self.statement, self.context)}"
        if self.witness is not None:
            said += f"\n  {self.witness.sentence()}"
        if self.conditions:
            said += f"\n  holds given {'; '.join(write(c) for c in self.conditions)}"
        if self.verdict == "unknown":
            said += f"\n  {self.reason}" + (
                f"; both sides agreed at {self.evidence} points, which proves nothing"
                if self.evidence
                else ""
            )
        return said

    @property
    def sympy(self) -> Any:
        """The statement as a SymPy expression.  Raises ConversionError."""
        from derive.search.sympy.translation import to_sympy

        return to_sympy(self.statement, self.context).expr

    def latex(self) -> str:
        """The statement as LaTeX."""
        from derive.render.notation import latex

        return latex(self.statement, self.context)


def prove(
    claim: object, rhs: object | None = None, *, given: str | Context = "", steps: int = 0
) -> Verdict:
    """The verdict on a statement, or on ``claim = rhs``.

    ``claim`` and ``rhs`` are text in plain spelling, terms, or SymPy expressions; ``given``
    declares the symbols.  ``steps`` bounds the search (0: the default budget).  Raises
    ReadError for text that cannot be read and ContextError for what is not well-formed.
    """
    from derive.plain import declare

    context = given if isinstance(given, Context) else declare(given) if given else EMPTY
    return decide(context, _statement(claim, rhs, context), steps)


def refute(
    claim: object, rhs: object | None = None, *, given: str | Context = ""
) -> Witness | None:
    """A counterexample to a statement, or None when none was found."""
    from derive.plain import declare

    context = given if isinstance(given, Context) else declare(given) if given else EMPTY
    return _witness(context, _statement(claim, rhs, context), SECOND_LOOK)


def _statement(claim: object, rhs: object | None, context: Context) -> Term:
    from derive.plain import read_statement

    if rhs is not None:
        return Term("Eq", (side_of(claim, context), side_of(rhs, context)))
    if isinstance(claim, str):
        return read_statement(claim, context)
    if isinstance(claim, Term):
        return claim
    from derive.search.sympy.translation import equation

    return equation(claim, context)


def side_of(value: object, context: Context) -> Term:
    """A side of a statement: text in plain spelling, a term, or a SymPy expression.

    Raises ReadError and ContextError for text, TermError or ConversionError for others.

    >>> print(side_of("1 + log(2)", EMPTY))
    1 + log(2)
    """
    from derive.plain import read
    from derive.term import TermError, term

    if isinstance(value, str):
        return read(value, context)
    try:
        return term(value)
    except TermError:
        if not type(value).__module__.startswith("sympy"):
            raise
    from derive.search.sympy.translation import from_sympy

    return from_sympy(value, context)


def decide(
    context: Context, statement: Term, steps: int = 0, facts: Facts | None = None
) -> Verdict:
    """The verdict on a statement in a context.

    ``facts`` is a memory that the caller keeps, to ask further without proving all again.
    """
    context.check_statement(statement)
    facts = facts or Facts()
    if steps:
        facts.steps = steps
    try:
        if facts.contradiction(context) is not None:
            return Verdict("unknown", statement, context, reason=CONTRADICTORY)
    except (OverflowError, RecursionError):
        return Verdict("unknown", statement, context, reason="limit")
    if statement.head == "Eq":
        # Quadrature takes longer than writing out; drawn points take less, special ones more.
        theorem = at_once(facts, context, statement) if is_costly(statement) else None
        if theorem is not None:
            return _with_point(context, statement, theorem, context)
    _require_members(context, statement)
    if statement.head == "Eq":
        witness = _witness(context, statement, GLANCES, thorough=False, glance=True)
        if witness is not None:
            return Verdict("refuted", statement, context, witness=witness)
        theorem = at_once(facts, context, statement)
        if theorem is not None:
            return _with_point(context, statement, theorem, context)
    witness = _witness(context, statement, FIRST_LOOK, glance=True)
    if witness is not None:
        return Verdict("refuted", statement, context, witness=witness)
    try:
        found = proof_of(facts, context, statement)
    except (OverflowError, RecursionError):
        return _open(context, statement, "limit")
    if found is not None:
        return found
    return _open(context, statement, "undecided")


def at_once(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """The equation, when both sides have one normal form."""
    from derive.search.prove import by_normal_form

    try:
        found = by_normal_form(facts, context, *s.args)
    except (OverflowError, RecursionError):
        return None
    return found if isinstance(found, Theorem) else None


@memorable
def proof_of(facts: Facts, context: Context, s: Term) -> Verdict | None:
    """The verdict that a search for a proof alone gives; None when it finds nothing.

    It is ``proved``, as the statement stands or where either side is defined, or ``unknown``
    with the condition under which it is proved.  Raises OverflowError when the budget of
    steps in ``facts`` is used up.
    """
    quickly = _where_defined_at_once(facts, context, s) if s.head == "Eq" else None
    if quickly is not None:
        return quickly
    theorem = _search(facts, context, s)
    if theorem is not None:
        return _with_point(context, s, theorem, context)
    if s.head not in ("Eq", "Ne", "Le", "Lt"):
        return None
    from derive.search.conditions import assumed, conditions, follow

    left, right = (conditions(facts, context, t) for t in s.args)
    together = _united(left, right)
    if not together:
        return None
    under = assumed(context, together)
    theorem = _search(facts, under, s)
    if theorem is None:
        return None
    if follow(facts, context, right, left) and follow(facts, context, left, right):
        return _with_point(context, s, theorem, under)
    if not is_proof(theorem, s, under):
        return Verdict("unknown", s, context, reason=OTHER)
    fewest = _fewest(facts, context, together)
    if len(fewest) < len(together):
        again = _search(facts, assumed(context, fewest), s)
        theorem, together = (theorem, together) if again is None else (again, fewest)
    needed = tuple(c.statement for c in together)
    if any(_says_only_defined(c) for c in needed):
        return None  # that a power has a value is no condition that a reader can use
    return Verdict("unknown", s, context, theorem, None, "condition", needed)


def _where_defined_at_once(facts: Facts, context: Context, s: Term) -> Verdict | None:
    """The verdict where both sides have one normal form wherever either is defined: a search goes
    a long way first when neither side has a value everywhere."""
    from derive.search.conditions import assumed, conditions, follow

    left, right = (conditions(facts, context, t) for t in s.args)
    if not left or not right:
        return None
    under = assumed(context, _united(left, right))
    theorem = at_once(facts, under, s)
    if theorem is None or not is_proof(theorem, s, under):
        return None
    both = follow(facts, context, right, left) and follow(facts, context, left, right)
    return _with_point(context, s, theorem, under) if both else None


def _fewest(facts: Facts, context: Context, found: list[Condition]) -> list[Condition]:
    """The conditions without those that say of an integral that it converges and follow from
    the others."""
    from derive.search.conditions import assumed

    kept = list(found)
    for c in found if len(found) > 1 else ():
        rest = [other for other in kept if other is not c]
        if converges(c.statement) and facts.prove(assumed(context, rest), c.statement) is not None:
            kept = rest
    return kept


def where_all_converges(found: Verdict) -> Verdict | None:
    """The verdict on a statement once it is assumed that the integrals converge of which its
    conditions say so; None where they say anything else."""
    if not found.conditions or found.theorem is None or not all(map(converges, found.conditions)):
        return None
    context = found.context
    for condition in found.conditions:
        context = context.assume(condition)
    return _with_point(context, found.statement, found.theorem, context)


def accepted(context: Context, s: Term, theorem: Theorem) -> Verdict | None:
    """The verdict that a theorem from elsewhere makes, or None when it makes none.

    What it assumes beyond the context must follow from the definedness of either side, as in
    ``proof_of``; that is found out again here.
    """
    if context.extends(theorem.context):
        return _with_point(context, s, theorem, context)
    from derive.search.conditions import assumed, conditions, follow

    facts = Facts()
    left, right = (conditions(facts, context, t) for t in s.args[:2])
    under = assumed(context, _united(left, right))
    both = follow(facts, context, right, left) and follow(facts, context, left, right)
    return _with_point(context, s, theorem, under) if both else None


def _says_only_defined(s: Term) -> bool:
    while s.head == "ForAll":
        s = s.args[0]
    return s.head == "In" and not converges(s)


def converges(s: Term) -> bool:
    """Whether a condition says that an integral or a sum without end has a value.

    >>> from derive.plain import declare, read_statement
    >>> converges(read_statement("Integral(f(x), (x, 0, 1)) in Real",
    ...                          declare("f(t) in Real for t in Real")))
    True
    """
    from derive.search.calculus.integrals import is_infinite

    while s.head == "ForAll":
        s = s.args[0]
    return s.head == "In" and is_infinite(s.args[0])


def _united(left: list[Condition], right: list[Condition]) -> list[Condition]:
    found = {c.statement: c for c in (*left, *right)}
    return list(found.values())


def _with_point(context: Context, s: Term, theorem: Theorem, under: Context) -> Verdict:
    """Proved, once the theorem is seen to be a proof and a point is found that has values."""
    if not is_proof(theorem, s, under):
        return Verdict("unknown", s, context, reason=OTHER)
    if _inhabited(context, s, certain=under is not context):
        return Verdict("proved", s, context, theorem)
    return Verdict("unknown", s, context, theorem, None, EMPTY_CONTEXT)


def _inhabited(context: Context, s: Term, *, certain: bool) -> bool:
    """Whether a point of the context is found at which the sides have values.

    ``certain``: by rigorous evaluation.  A theorem that holds only where the sides have
    values needs it; where it holds all over the context, rounded numbers will do.
    """
    from derive.functions import RELATIONS
    from derive.refute.balls import UNDEFINED, UNKNOWN, evaluate
    from derive.refute.glance import roughly
    from derive.refute.points import points, sample
    from derive.refute.witness import constants_of

    def defined(t: Term, point: Any) -> bool:
        if certain:
            return evaluate(t, point) not in (UNDEFINED, UNKNOWN)
        if is_costly(t):
            return True  # an equation of the kernel says that its sides have values
        return roughly(t, point) is not None or evaluate(t, point) is not UNDEFINED

    sides = s.args[:1] if s.head in ("In", "Argmin") else s.args[:2]
    constants = constants_of(s, *context.hypotheses())
    first = sample(context, constants)
    for point in chain(first, points(context, count=SECOND_LOOK // 4)):
        if s.head in RELATIONS or all(defined(t, point) for t in sides):
            return True
    return False


def _open(context: Context, s: Term, reason: str) -> Verdict:
    """Nothing was proved: look harder for a counterexample, and count what agreed."""
    count = INTEGRALS if is_costly(s) else SECOND_LOOK
    witness = _witness(context, s, count, 1)
    if witness is not None:
        return Verdict("refuted", s, context, witness=witness)
    return Verdict("unknown", s, context, reason=reason, evidence=_agreed(context, s, count))


def _agreed(context: Context, s: Term, count: int) -> int:
    """At how many points both sides have values that do not contradict the statement."""
    from derive.refute.balls import holds
    from derive.refute.points import points

    if s.head not in COMPARISONS:
        return 0
    return sum(
        _has_values(s, point) and holds(s, point) is not False
        for point in points(context, count=count)
    )


def _has_values(s: Term, point: Any) -> bool:
    from derive.refute.balls import UNDEFINED, UNKNOWN, evaluate

    return all(evaluate(t, point) not in (UNDEFINED, UNKNOWN) for t in s.args)


def _require_members(context: Context, s: Term) -> None:
    """A member outside its declared range is an error of the statement.  Raises ContextError."""
    from derive.refute.balls import evaluate
    from derive.refute.glance import roughly
    from derive.refute.numbers import IllFormed
    from derive.refute.points import sample
    from derive.refute.witness import constants_of

    if s.head in COMPARISONS:
        constants = constants_of(s, *context.hypotheses())
        for point in islice(sample(context, constants), GLANCES):
            for t in s.args:
                try:
                    if roughly(t, point) is None:
                        evaluate(t, point)
                except IllFormed as error:
                    raise ContextError(str(error)) from None
