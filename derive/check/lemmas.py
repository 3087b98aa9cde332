"""Proving a statement from lemmas: theorems of the kernel, true for all values of their symbols.

A lemma serves as an instance of which the kernel has checked whatever the lemma asks of these
values.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from derive import kernel
from derive.check.assuming import Attempt, meaningful
from derive.check.question import Question
from derive.context import EMPTY, Context, ContextError, Declaration, as_function
from derive.entries import Entry
from derive.kernel import KernelError, Theorem
from derive.refute.numbers import IllFormed
from derive.search.equations import in_context
from derive.search.facts import Facts
from derive.search.forms.rewriting import Equation, Rewriter
from derive.search.index import heads
from derive.search.justify import at_most
from derive.search.matching import match
from derive.term import Term, TermError, symbol, walk
from derive.verdicts import accepted, proof_of

#: Attempts with some lemmas for one statement, and steps of each.
ATTEMPTS, STEPS = 3, 1_000
#: Arithmetic of which nobody needs a lemma.
_PLAIN = frozenset(
    ("Add", "Sub", "Mul", "Neg", "Div", "Pow", "number", "symbol", "member", "bound", "exp", "log")
)
_LEAVES = frozenset(("symbol", "member", "number"))
#: What may go wrong on the way; then the lemma does not serve.
_FAILS = (OverflowError, RecursionError, KernelError, IllFormed, ContextError, TermError)


class Lemma(NamedTuple):
    """A theorem and where it is shown."""

    theorem: Theorem
    name: str

    @property
    def equation(self) -> Equation:
        """The lemma from left to right, its symbols being variables."""
        return Equation(self.theorem, self.theorem.context, self.name)


def speaks_of(claimed: Term, variables: Context, s: Term) -> bool:
    """Whether a side of what is claimed elsewhere has the form of a part of a statement; that of
    an equation counts only where it is no plain arithmetic."""
    if claimed.args[0] == claimed.args[1]:
        return False
    present, nothing = heads(s), _PLAIN if claimed.head == "Eq" else _LEAVES
    for side in claimed.args:
        own = heads(side)
        if own <= nothing or not own <= present | _LEAVES:
            continue
        if any(next(match(side, u, variables), None) is not None for _, u in walk(s)):
            return True
    return False


def by_lemmas(
    question: Question, tried: tuple[Attempt, ...], lemmas: tuple[Lemma, ...]
) -> tuple[Attempt | None, tuple[str, ...]]:
    """A proof of a statement from lemmas, and their names; ``tried``: what was tried without."""
    s = question.statement
    alone = [(lemma,) for lemma in lemmas]
    left = (a.savers for a in tried if a.verdict == "unknown")
    for k, savers in enumerate(islice(left, ATTEMPTS) if lemmas else ()):
        context = question.context(savers)
        if context is None:
            continue
        for some in dict.fromkeys((*alone, lemmas) if k == 0 else (lemmas,)):
            theorem = _shown(context, s, some)
            verdict = None if theorem is None else accepted(context, s, theorem)
            if verdict is None or verdict.verdict != "proved":
                continue
            if meaningful(context, s, savers):
                names = tuple(dict.fromkeys(lemma.name for lemma in some))
                return Attempt("proved", savers, context, verdict), names
    return None, ()


def _shown(context: Context, s: Term, lemmas: tuple[Lemma, ...]) -> Theorem | None:
    """The statement from lemmas: by what they make of its sides, else with their instances."""
    for way in (_rewritten, _assumed):
        facts = Facts()
        facts.steps = STEPS
        try:
            if facts.contradiction(context) is not None:
                return None
            found = way(facts, context, s, lemmas)
        except _FAILS:
            continue
        if found is not None:
            return found
    return None


def _rewritten(
    facts: Facts, context: Context, s: Term, lemmas: tuple[Lemma, ...]
) -> Theorem | None:
    """The statement where lemmas are put for parts of its sides, from left to right."""
    bounds = [m.equation for m in lemmas if m.theorem.statement.head in ("Le", "Lt")]
    bounded = at_most(facts, context, s, bounds) if bounds and s.head != "Eq" else None
    if bounded is not None:
        return bounded
    equations = [m.equation for m in lemmas if m.theorem.statement.head == "Eq"]
    for chosen in (equations, [e.reversed for e in equations]):
        rewriter = Rewriter(facts, [e for e in chosen if not heads(e.lhs) <= _PLAIN])
        first, second = (rewriter.rewrite(context, side) for side in s.args)
        if first is None or second is None or not rewriter.used:
            continue
        for form in (first, second):  # what equals a defined term is defined
            facts.remember(context, kernel.side(1, form))
        middle = _proof(facts, context, Term(s.head, (first.rhs, second.rhs)))
        if middle is not None:
            return kernel.transitive(kernel.transitive(first, middle), kernel.symmetric(second))
    return None


def _assumed(facts: Facts, context: Context, s: Term, lemmas: tuple[Lemma, ...]) -> Theorem | None:
    """The statement with instances of lemmas as hypotheses, which are then done away with."""
    under, instances = context, list[Theorem]()
    for lemma in lemmas:
        for mapping in _values(lemma, s):
            found = facts.instance(context, lemma.theorem, mapping)
            if found is not None and found.statement not in under.hypotheses():
                under = under.assume(found.statement)
                instances.append(in_context(context, found))
                break
    theorem = _proof(facts, under, s) if instances else None
    return None if theorem is None else kernel.instance(context, {}, theorem, *instances)


def _values(lemma: Lemma, s: Term) -> Iterator[dict[str, Term]]:
    """Values for the symbols of a lemma: those of which a statement speaks as the lemma does,
    then the symbols themselves."""
    variables = lemma.theorem.context
    for side in lemma.theorem.statement.args:
        if not heads(side) <= _PLAIN:
            for _, u in walk(s):
                yield from islice(match(side, u, variables), 1)
    yield _as_they_are(lemma.theorem)


def _proof(facts: Facts, context: Context, s: Term) -> Theorem | None:
    """A theorem that says a statement in this very context."""
    found = proof_of(facts, context, s)
    if found is None or found.verdict != "proved" or found.theorem is None:
        return None
    extends = context.extends(found.theorem.context)
    return in_context(context, found.theorem) if extends else None


# -- lemmas from lemmas ----------------------------------------------------------------------


def merged(*groups: tuple[Entry, ...]) -> Context | None:
    """One context of the entries of several; None where they say different things of a name."""
    context = EMPTY
    try:
        for entry in (e for entries in groups for e in entries):
            if not isinstance(entry, Declaration):
                if entry.statement not in context.hypotheses():
                    context = context.assume(entry.statement)
            elif entry.name not in context.names:
                context = context.declare(entry.name, *entry[1:])
            elif context.names[entry.name] != entry:
                return None
    except ContextError:
        return None
    return context


def joined(first: Theorem, second: Theorem) -> Theorem | None:
    """``a = c`` from ``a = b`` and ``b = c``, each in a context of its own."""
    if first.rhs != second.lhs:
        return None
    context = merged(first.context.entries(), second.context.entries())
    if context is None:
        return None
    facts = Facts()
    try:
        both = [facts.instance(context, t, _as_they_are(t)) for t in (first, second)]
        return kernel.transitive(both[0], both[1]) if both[0] and both[1] else None
    except _FAILS:
        return None


def _as_they_are(theorem: Theorem) -> dict[str, Term]:
    """The symbols of a theorem as values of themselves."""
    entries = theorem.context.names.items()
    return {name: as_function(symbol(name), entry, theorem.context) for name, entry in entries}
