"""What every format says about a verdict: its proof in lines, and what limits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive import kernel
from derive.derivations import Line, Part, Reason
from derive.functions import FUNCTIONS
from derive.rules import general, ledger
from derive.search.equations import in_context
from derive.search.facts import Facts
from derive.search.readable.condense import ALGEBRA, condensed, reasons
from derive.term import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derive.graded import Graded
    from derive.kernel import Theorem
    from derive.term import Term
    from derive.verdicts import Verdict

TITLES = {"proved": "Proved", "refuted": "Refuted", "unknown": "Unknown"}

#: More cases than this are not shown one by one.
MOST_CASES = 6


def parts(verdict: Verdict, facts: Facts | None = None) -> list[Part]:
    """The proof: one chain of lines, or one for each case.  Empty without a proof.

    ``facts`` is what the search for it remembers.
    """
    if verdict.verdict != "proved" or verdict.theorem is None:
        return []
    facts = facts or Facts()
    theorems = list(_cases(verdict.theorem))
    if len(theorems) > MOST_CASES:
        theorems = [verdict.theorem]
    return [_part(facts, verdict, theorem) for theorem in theorems]


def _cases(theorem: Theorem) -> Iterator[Theorem]:
    """The theorems of the cases that a proof distinguishes, or the theorem itself.

    Of an induction: the first case, and the step from the hypothesis.
    """
    if theorem.by == "instance" and not theorem.arguments[1]:
        yield from _cases(theorem.premises[0])
        return
    inner = [
        p
        for p in theorem.premises
        if p.statement == theorem.statement and p.context is not theorem.context
    ]
    if theorem.by == "induction":
        yield from theorem.premises[:2]
    elif theorem.by in ("cases", "each", "one_hot") and inner:
        for p in inner:
            yield from _cases(p)
    else:
        yield theorem


def _part(facts: Facts, verdict: Verdict, theorem: Theorem) -> Part:
    """A case; its heading says which."""
    from derive.render.notation.outline import given

    context, statement = theorem.context, theorem.statement
    known = set(given(verdict.context))
    more = [] if context is verdict.context else [e for e in given(context) if e not in known]
    heading = f"If {', '.join(more)}" if more else ""
    if heading and verdict.theorem is not None and context is verdict.theorem.context:
        # What the context lacks, the definedness of either side implies.
        heading = f"Either side is defined only where {', '.join(more)}"
    if not heading and statement != verdict.statement:
        heading = "The first case"
    lines: list[Line] = []
    start = statement.args[0]
    details: tuple[tuple[str, Term], ...] = ()
    if theorem.by == "affine":  # its proof is that of f = a*g + b
        product, offset = theorem.premises[0].rhs.args
        details = (("a", product.args[0]), ("b", offset))
        steps = condensed(facts, in_context(context, theorem.premises[0]))
    elif theorem.by == "minimiser":  # its proof is that of f(t) < f(s) for every other s
        better = theorem.premises[-1]
        context, start = better.context, better.statement.args[0]
        heading = f"If {', '.join(e for e in given(context) if e not in known)}"
        steps = condensed(facts, better)
    else:
        theorem = _gentler(facts, theorem)
        chain = turned(theorem)
        steps = condensed(facts, chain)
        start = chain.statement.args[0]
    if steps:
        lines = [Line(start, context=context)]
    for step in steps:
        shown = tuple(map(reason, step.reasons))
        lines.append(Line(step.term, step.relation, shown, step.theorem, context))
    used = () if lines else tuple(map(reason, reasons(theorem)))
    return Part(statement, "proved", context, tuple(lines), theorem, None, heading, used, details)


#: Rules of the normal form that a reader would do without.
WRITTEN_OUT = frozenset((
    "pow_definition", "pow_bit", "sigmoid_definition", "softmax_definition",
    "softplus_definition", "logsumexp_definition", "exp_power", "exp_negative",
))  # fmt: skip


def _gentler(facts: Facts, theorem: Theorem) -> Theorem:
    """A second proof, where the first one wrote functions out that need not be."""
    if theorem.statement.head != "Eq" or WRITTEN_OUT.isdisjoint(reasons(theorem)):
        return theorem
    from derive.search.readable.textbook import gentler

    return gentler(facts, theorem)


#: What a derivation begins with, rather than ends: heads that are worked out.
_WORKED_OUT = ("Derivative", "Integral", "Expectation")


def turned(theorem: Theorem) -> Theorem:
    """``b = a`` for ``a = b`` when something is worked out in b alone."""
    s = theorem.statement
    if s.head != "Eq":
        return theorem
    worked = [any(u.head in _WORKED_OUT or _is_law(u.head) for _, u in walk(t)) for t in s.args]
    return kernel.symmetric(theorem) if worked == [False, True] else theorem


def _is_law(head: str) -> bool:
    return head in FUNCTIONS and head.endswith(("Mass", "Density"))


def reason(name: str) -> Reason:
    """A rule of the ledger, or another kind of step, as it is printed."""
    # What is no rule, such as "given", has one word; the rules of a law have more.
    rule = general().get(name) or (ledger().get(name) if "_" in name else None)
    if rule is not None:
        return Reason(rule.name, "rule", rule.text, rule.needs, rule.why, rule.source)
    return Reason(name, "algebra" if name == ALGEBRA else "method")


def rules(shown: list[Part]) -> list[str]:
    """The named rules of a proof, without those that only find terms defined or signed."""
    return sorted({name for part in shown if part.theorem for name in reasons(part.theorem)})


def notes(verdict: Verdict, graded: Graded | None = None) -> list[str]:
    """Sentences about a verdict: the reason of an unknown one, conditions, evidence.

    And, with ``graded``, what holds instead of a statement that is not proved.
    """
    from derive.plain import write

    said = []
    if verdict.witness is not None:
        said.append(f"Counterexample {verdict.witness.sentence()}.")
    if verdict.conditions:
        conditions = "; ".join(write(c, verdict.context) for c in verdict.conditions)
        said.append(f"It holds, proved, given {conditions}.")
    if verdict.verdict == "unknown":
        said.append(_EXPLAINED.get(verdict.reason, f"Reason: {verdict.reason}."))
        if verdict.evidence:
            times = f"{verdict.evidence} points that were"
            if verdict.evidence == 1:
                times = "1 point that was"
            said.append(f"No counterexample at {times} tried; that proves nothing.")
    return said + _instead(verdict, graded)


def _instead(verdict: Verdict, graded: Graded | None) -> list[str]:
    """What does hold, every bit of it proved."""
    if graded is None:
        return []
    repair = graded.sentences[len(graded.weaker) :]
    if graded.repair is not None and graded.repair.assumptions == verdict.conditions:
        repair = ()  # said already
    return [
        *(f"Proved instead: {s}." for s in graded.sentences[: len(graded.weaker)]),
        *(f"It {s}." for s in repair),
    ]


_EXPLAINED = {
    "undecided": "Reason: undecided. Neither a proof nor a counterexample was found.",
    "limit": "Reason: limit. The budget of steps was used up.",
    "condition": "Reason: condition. Outside of it one side alone may be defined.",
}
