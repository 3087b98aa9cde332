"""Savers: the weakest assumptions on undeclared symbols under which a statement is proved,
and whether a witness is left whatever may be assumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from derive.check.question import (
    COUNT,
    DIGIT,
    FREE,
    ONE_HOT,
    SHARE,
    SIGNED,
    SIMPLEX,
    Question,
    Row,
    Saver,
    has_total,
)
from derive.context import Context, ContextError
from derive.domains import INFINITY
from derive.kernel import KernelError
from derive.refute.balls import UNDEFINED, Point, evaluate
from derive.refute.numbers import IllFormed
from derive.refute.screen import few_points
from derive.refute.witness import Witness
from derive.refute.witness import refute as find_witness
from derive.search.conditions import conditions
from derive.search.facts import Facts
from derive.term import ONE, Term, is_number, walk
from derive.verdicts import (
    GLANCES,
    Verdict,
    at_once,
    is_costly,
    proof_of,
    where_all_converges,
)

Savers = Mapping[str, Saver]

#: Steps of one attempt to prove, and attempts for one statement.
STEPS, ATTEMPTS = 3_000, 10
_NAMES = ("symbol", "member")

#: Points at which a statement is looked at first whose sides take long to evaluate: a
#: second one, as the first has zeros in it.
COSTLY = 2

#: Points of a longer look at a statement that a brief one left open.
LOOKS = 40

#: Points that show that a choice of savers means something.
DEFINED = 6


class Attempt(NamedTuple):
    """What came of a statement under some savers: ``proved``, ``refuted`` or ``unknown``."""

    verdict: str
    savers: Savers
    context: Context | None = None
    found: Verdict | None = None
    witness: Witness | None = None

    @property
    def convergent(self) -> tuple[Term, ...]:
        """What is assumed to converge, beyond the savers."""
        proved = self.verdict == "proved" and self.found is not None
        return self.found.conditions if proved and self.found is not None else ()


def attempt(
    question: Question, savers: Savers, rows: tuple[Row, ...] = (), steps: int = STEPS
) -> Attempt:
    """Try to prove the statement under some savers; a witness that is met on the way ends it."""
    context = question.context(savers, rows)
    if context is None:
        return Attempt("unknown", savers)
    s = question.statement
    try:
        facts = Facts()
        facts.steps = steps
        # Writing out takes less time than quadrature; what it proves is not to be refuted.
        costly = is_costly(s)
        plain = at_once(facts, context, s) if costly and s.head == "Eq" else None
        if plain is None:
            witness = find_witness(
                context, s, COSTLY if costly else GLANCES, thorough=False, glance=True
            )
            if witness is not None:
                return Attempt("refuted", savers, context, witness=witness)
        if facts.contradiction(context) is not None:
            return Attempt("unknown", savers, context)
        found = proof_of(facts, context, s)
    except (OverflowError, RecursionError, KernelError, IllFormed, ContextError):
        return Attempt("unknown", savers, context)
    if found is None:
        return Attempt("unknown", savers, context)
    if found.verdict == "proved" and meaningful(context, s, savers):
        return Attempt("proved", savers, context, found)
    if all(_of_open_function(question, c) for c in found.conditions):
        under = where_all_converges(found)
        proved = under is not None and under.verdict == "proved"
        if under is not None and proved and meaningful(under.context, s, savers):
            done = under._replace(conditions=found.conditions)
            return Attempt("proved", savers, under.context, done)
    return Attempt("unknown", savers, context, found)


def _of_open_function(question: Question, condition: Term) -> bool:
    """Whether a condition is about a function of which the page says nothing."""
    return any(question.is_function(n) for n in question.open if n in condition.free)


def meaningful(context: Context, s: Term, savers: Savers) -> bool | None:
    """Whether savers leave the statement a meaning; None when no point was found.

    Both sides must have values somewhere, and where a symbol is taken to be a bit, for each
    of its two values: log(p) leaves nothing to be assumed of a bit p.
    """
    try:
        points = few_points(context, 4 * DEFINED, 8 * DEFINED, s)
        # A proof says of integrals that they have values: quadrature need not say it again.
        sides = [t for t in s.args[:2] if not is_costly(t)]
        good = [p for p in points if all(evaluate(t, p) is not UNDEFINED for t in sides)]
    except (IllFormed, OverflowError, RecursionError):
        return None
    if not points:
        return None
    bits = [n for n, saver in savers.items() if saver.domain == DIGIT.domain]
    return bool(good) and all(
        any(value in _values(p, name) for p in good) for name in bits for value in (0, 1)
    )


def _values(point: Point, name: str) -> tuple[object, ...]:
    """The value of a symbol at a point, or those of the members of a family."""
    value = point[name]
    return tuple(value.values()) if isinstance(value, Mapping) else (value,)


# -- proving -------------------------------------------------------------------------------


def weakest(question: Question, rows: tuple[Row, ...] = ()) -> tuple[Attempt, list[Attempt]]:
    """The proof under the weakest savers that were found to suffice, and all attempts.

    Without a proof the first attempt comes back: the one that assumes nothing.
    """
    tried: list[Attempt] = []
    for savers in islice(ladder(question), ATTEMPTS):
        tried.append(attempt(question, savers, rows))
        if tried[-1].verdict == "proved":
            return weakened(question, tried[-1], rows), tried
    return tried[0], tried


def briefly(question: Question, steps: int, attempts: int, longer: bool = False) -> str:
    """``proved`` where some of the first savers suffice, else ``refuted`` where one leaves a
    witness, else ``unknown``; ``longer``: more points are looked at."""
    met: list[str] = []
    for savers in islice(ladder(question), attempts):
        met.append(attempt(question, savers, (), steps).verdict)
        if met[-1] == "proved":
            break
    if longer and set(met) == {"unknown"} and not is_costly(question.statement):
        met.append("refuted" if _is_false(question) else "unknown")
    return next((v for v in ("proved", "refuted") if v in met), "unknown")


def _is_false(question: Question) -> bool:
    """Whether a longer look finds a witness where nothing is assumed."""
    context = question.context({})
    try:
        return context is not None and (
            find_witness(context, question.statement, LOOKS, thorough=False) is not None
        )
    except (OverflowError, RecursionError, KernelError, IllFormed):
        return False


def weakened(question: Question, best: Attempt, rows: tuple[Row, ...]) -> Attempt:
    """The proof with as few and as weak savers as can be had one at a time."""
    for name in best.savers:
        saver = best.savers[name]
        weaker = {SIMPLEX: (FREE, SIGNED, SHARE), ONE_HOT: (FREE, DIGIT), SHARE: (FREE, SIGNED)}
        for other in weaker.get(saver, (FREE,)) if saver != FREE else ():
            again = attempt(question, {**best.savers, name: other}, rows)
            if again.verdict == "proved":
                best = again
                break
    return best


def ladder(question: Question) -> Iterator[Savers]:
    """Savers for all open symbols, the weakest first; no choice comes twice."""
    numbers = [n for n in question.open if n not in question.sizes and question.choices(n)]
    functions = [n for n in question.open if question.is_function(n) and n not in question.fixed]
    names = [*numbers, *functions]
    seen: list[Savers] = []
    for savers in _rungs(question, names, frozenset(functions)):
        whole = {n: savers.get(n, FREE) for n in names}
        if whole not in seen:
            seen.append(whole)
            yield whole


def _rungs(question: Question, names: list[str], functions: frozenset[str]) -> Iterator[Savers]:
    """``functions``: those of the names of which no more may be assumed than a sign."""
    yield {}
    needy, shares, whole = clues(question, names)
    shares, whole = ([n for n in some if n not in functions] for some in (shares, whole))
    signed: dict[str, Saver] = dict.fromkeys(needy, SIGNED)
    asked = _of_sign(question.statement)
    everyone: dict[str, Saver] = {n: SIGNED for n in names if n in needy or n not in asked}
    between: dict[str, Saver] = dict.fromkeys(shares, SHARE)
    counts: dict[str, Saver] = dict.fromkeys(whole, COUNT)
    only = _in_totals(question.statement)
    families = [n for n in names if has_total(question.declaration(n)) and n not in only]
    labels = _labels(question.statement)
    yield signed
    yield {**signed, **{n: s for n, s in between.items() if n in needy}}
    s = question.statement
    if s.head != "Eq" or bool(s.args[0].free) != bool(s.args[1].free):
        return  # to assume more would be to assume what is claimed
    yield {**signed, **between}
    if len(families) > 1:
        yield {**signed, **between, **dict.fromkeys(families, SIMPLEX)}
    yield counts
    yield {**everyone, **between}
    yield {**everyone, **between, **counts}
    yield everyone
    for kind in (SIMPLEX, ONE_HOT):
        for n in families:
            if kind == SIMPLEX or n in labels:
                yield {**everyone, **between, n: kind}
    for n in names:
        if n in labels and n not in whole:
            yield {**everyone, **between, n: DIGIT}


def _in_totals(s: Term) -> frozenset[str]:
    """The families of which a formula adds all members up and says nothing else: to assume that
    they add up to 1 would be to assume what is claimed, in ``Sum(a[i]) = Sum(b[i])``."""
    every = [str(u.value) for _, u in walk(s) if u.head == "member"]
    added = [
        str(u.args[0].value) for _, u in walk(s)
        if u.head == "Sum" and u.args[0].head == "member"
    ]  # fmt: skip
    return frozenset(n for n in every if every.count(n) == added.count(n))


def _labels(s: Term) -> frozenset[str]:
    """What a formula treats as a label, 0 or 1: an exponent beside its complement, as in
    ``p**y*q**(1 - y)``, or a weight beside it, as in ``y*a + (1 - y)*b``.  Of others it would
    be odd to assume that: ``p*(1 - p)`` is 0 for both."""
    found: set[str] = set()
    for _, u in walk(s):
        if u.head == "Mul":
            exponents = [a.args[1] for a in u.args if a.head == "Pow" and a.args[0].free]
            found |= {n for e in exponents for n in _of_complement(e) if _names_of(exponents, n)}
        if u.head in ("Add", "Sub"):
            factors = [_factors(a) for a in u.args]
            for k, some in enumerate(factors):
                for n in (n for a in some for n in _of_complement(a)):
                    others = (f for j, f in enumerate(factors) if j != k)
                    if any(_names_of(f, n) for f in others) and not _names_of(some, n):
                        found.add(n)
        if u.head == "Pow" and u.args[0].free and u.args[1].head in _NAMES:
            found |= {str(u.args[1].value)}
    return frozenset(found)


def _factors(t: Term) -> list[Term]:
    """The factors of a term of a sum, without its sign."""
    while t.head == "Neg":
        t = t.args[0]
    return [f for a in t.args for f in _factors(a)] if t.head == "Mul" else [t]


def _of_complement(t: Term) -> Iterator[str]:
    """The symbols or families whose complement ``1 - y`` a term is."""
    if t.head == "Add" and len(t.args) == 2 and t.args[0] == ONE and t.args[1].head == "Neg":
        yield from (str(a.value) for a in t.args[1].args if a.head in _NAMES)


def _names_of(terms: list[Term], name: str) -> bool:
    """Whether one of some terms is the symbol or a member of the family."""
    return any(t.head in _NAMES and t.value == name for t in terms)


def clues(question: Question, names: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Symbols on which the definedness of a side depends; those that occur as 1 - p; those
    of which a factorial or a whole power is taken."""
    context = question.context({})
    needed: set[str] = set()
    shares: set[str] = set()
    whole: set[str] = set()
    facts = Facts()
    facts.steps = STEPS
    for side in question.statement.args[:2]:
        try:
            found = [] if context is None else conditions(facts, context, side)
        except (OverflowError, KernelError, ContextError):
            found = []
        needed.update(*(c.statement.free for c in found))
        for _, u in walk(side):
            if u.head == "Pow" and not _is_counted(u.args[1]):
                needed |= u.args[0].free
            if u.head in ("gamma", "loggamma", "digamma", "beta"):
                needed |= u.free
            if u.head in ("factorial", "binomial"):
                whole |= u.free
            if u.head == "Integral" or (u.head == "Sum" and INFINITY in u.args):
                needed |= u.free  # whether it converges
            if u.head == "Pow" and _open_base(u.args[0]):
                whole |= u.args[1].free
            for name, domain in _parameters(u):
                needed.add(name)
                shares |= {name} if domain == "Unit" else set()
                whole |= {name} if domain in ("Natural", "Natural0") else set()
            if u.head == "Add" and ONE in u.args:
                rest = [a.args[0] for a in u.args if a.head == "Neg"]
                shares |= {str(a.value) for a in rest if a.head in ("symbol", "member")}
    return ([n for n in names if n in needed], [n for n in names if n in shares],
            [n for n in names if n in whole])  # fmt: skip


def _is_counted(exponent: Term) -> bool:
    """Whether an exponent is a natural number as it is written: any base will do."""
    return is_number(exponent) and exponent.value.denominator == 1 and exponent.value >= 0


def _of_sign(s: Term) -> frozenset[str]:
    """The symbols about whose sign a formula makes a difference, as ``|u|``, ``max(0, u)`` and
    cases do: to assume it would be to assume what is claimed."""
    found: set[str] = set()
    for _, u in walk(s):
        if u.head in ("Abs", "Max", "Min", "sign"):
            found |= u.free
        if u.head == "Piecewise":
            found |= set().union(*(c.free for c in u.args[1::2]))
    return frozenset(found)


def _parameters(u: Term) -> Iterator[tuple[str, str]]:
    """The symbols that are parameters of a law or of its mass, with the kinds of these."""
    from derive.distributions import distribution
    from derive.plain import declare

    law = distribution(u.head)
    own = u.args if law is None or u.head == law.law else u.args[1:]
    if law is None or law.over or len(own) != len(law.names):
        return
    context = declare(law.parameters)
    for name, a in zip(law.names, own, strict=True):
        if a.head in _NAMES:
            yield str(a.value), context.names[name].domain.head


def _open_base(base: Term) -> bool:
    """Whether a base may be negative as far as its form says."""
    return base.head in ("Add", "Neg", "symbol", "member")


def spoken(question: Question, savers: Savers) -> list[str]:
    """What was assumed, in the spelling that ``given`` takes.

    >>> from derive.domains import REAL
    >>> from derive.entries import Declaration
    >>> a = Declaration("a", REAL)
    >>> spoken(Question(Term("Eq", (ONE, ONE)), (a,), ("a",)), {"a": SIGNED})
    ['a in Positive']
    """
    from derive.check.question import total
    from derive.domains import POSITIVE
    from derive.plain import write

    said = []
    for name in question.open:
        declared = question.declaration(name)
        saver = COUNT if name in question.sizes else savers.get(name, FREE)
        if saver == FREE:
            continue
        hints = declared.hints or tuple("ijklmn"[: len(declared.indices)])
        left = f"{name}[{','.join(hints)}]" if declared.indices else name
        if question.is_function(name):
            left = f"{name}({', '.join(hints)})"
        where = "Positive" if saver.domain == POSITIVE else write(saver.domain)
        ranges = ", ".join(
            f"{h} in {write(d)}" for h, d in zip(hints, declared.indices, strict=False)
            if d.loose == 0
        )  # fmt: skip
        said.append(f"{left} in {where}" + (f" for {ranges}" if ranges else ""))
        if saver.total:
            said.append(write(total(declared)))
    return said
