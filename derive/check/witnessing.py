"""Whether a witness is left whatever may be assumed, and one that a reader takes for granted."""

from __future__ import annotations

from itertools import product

from derive.check.assuming import Attempt, Savers, clues, meaningful
from derive.check.question import FREE, SHARE, SIGNED, Question, Row, Saver
from derive.context import Context
from derive.refute.numbers import IllFormed
from derive.refute.relations import refuting
from derive.refute.screen import few_points, heavy
from derive.refute.witness import Witness, made
from derive.refute.witness import refute as find_witness
from derive.term import Term

#: Combinations of savers for which a witness is looked for; more are not decided.
COMBINATIONS = 300
#: Points drawn for one combination.
DRAWN = 16


def refuted_whatever(question: Question) -> bool:
    """Whether every consistent choice of savers leaves a witness against the statement.

    Savers under which a side has no value at any point mean nothing and are passed over.
    False where there are too many choices, or where no point can be found.
    """
    if not question.open:  # nothing may be assumed: the witness that was found is the answer
        return True
    names = [n for n in question.open if question.declaration(n).name not in question.sizes]
    options = [question.choices(n) for n in names]
    if not all(options):
        return False
    count = 1
    for choice in options:
        count *= len(choice)
    if count > COMBINATIONS or (count > 32 and heavy(*question.statement.args)):
        return False
    witnessed = False
    for chosen in product(*options):
        savers = dict(zip(names, chosen, strict=True))
        context = question.context(savers)
        if context is None:
            return False
        answer = _answer(context, question.statement, savers)
        if answer is None:
            return False
        witnessed = witnessed or answer
    return witnessed


def _answer(context: Context, s: Term, savers: Savers) -> bool | None:
    """True for a witness, False where the statement means nothing, None where neither shows."""
    try:
        if differing(context, s) is not None:
            return True
    except (IllFormed, OverflowError, RecursionError):
        return None
    return False if meaningful(context, s, savers) is False else None


def plain_witness(question: Question, strict: bool) -> Attempt | None:
    """A witness to be shown, at numbers that a reader takes for granted: positive ones.

    ``strict``: a point where one side alone has a value counts.  Where the reader says nothing
    of where a symbol lies, a text claims nothing at the edge of where its formulas mean
    something.
    """
    names = [n for n in question.open if n not in question.sizes]
    _, shares, _ = clues(question, names)
    signed: dict[str, Saver] = dict.fromkeys(names, SIGNED)
    for savers in ({**signed, **dict.fromkeys(shares, SHARE)}, signed, {}):
        context = question.context(savers, question.rows)
        if context is None:
            continue
        try:
            if question.rows and not few_points(context, 2, 24, question.statement):
                continue
            witness = find_witness(
                context, question.statement, DRAWN, thorough=not question.rows, glance=True
            )
            if witness is not None and not strict and not _has_values(witness):
                witness = differing(context, question.statement)
        except (IllFormed, OverflowError, RecursionError):
            continue
        if witness is not None:
            return Attempt("refuted", savers, context, witness=witness)
    return None


def differing(context: Context, s: Term) -> Witness | None:
    """A witness at which both sides have values."""
    found = find_witness(context, s, DRAWN, thorough=False, glance=True)
    if found is None or _has_values(found):
        return found
    for point in few_points(context, DRAWN, 2 * DRAWN, s):
        sides = refuting(context, s, (point,))
        if sides is not None:
            made_here = made(context, s, (point,))
            if _has_values(made_here):
                return made_here
    return None


def _has_values(witness: Witness) -> bool:
    return not any(isinstance(v, str) for p in witness.points for v in (p.lhs, p.rhs))


def more_solutions(question: Question, savers: Savers, row: Row) -> Witness | None:
    """A point at which a statement holds and the row from which it follows does not."""
    context = question.context(savers, (Row(question.statement, ""),))
    if context is None or not few_points(context, 1, DRAWN, row.statement):
        return None
    try:
        found = find_witness(context, row.statement, DRAWN, thorough=False, glance=True)
    except (IllFormed, OverflowError, RecursionError):
        return None
    return found if found is not None and _has_values(found) else None


def loses_solutions(question: Question, savers: Savers, rows: tuple[Row, ...]) -> bool:
    """Whether the signs that are assumed take solutions of some rows away at which a statement
    has values and does not hold."""
    if all(saver == FREE for saver in savers.values()):
        return False
    context = question.context({}, rows)
    try:
        return context is not None and differing(context, question.statement) is not None
    except (IllFormed, OverflowError, RecursionError):
        return False
