"""What was decided before, told again only after a second look.

An entry of a memory is untrusted.  A proof counts after the kernel made the theorem again from
its certificate and the theorem says what is asked now; a counterexample after its points
were found to be points of the context at which the sides differ.  That nothing was found
out is repeated only when the program that says so is the same and the memory is ``sealed``,
that is, written by this account.  A limit is never remembered.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derive.certificate import certificate, question, replay
from derive.certificate_text import CertificateError, Reader, Writer
from derive.context import ContextError
from derive.term import Term, TermError
from derive.verdicts import Verdict, accepted, decide, is_proof

if TYPE_CHECKING:
    from derive.context import Context
    from derive.refute.balls import PointValue
    from derive.search.facts import Facts

Entry = dict[str, Any]


class Memory:
    """Verdicts by what was asked: ``known`` from before, ``learned`` in this run.

    ``asked`` counts the questions that were decided anew.

    >>> from derive.plain import declare, read_statement
    >>> context = declare("a > 0; b > 0")
    >>> claim = read_statement("log(a*b) = log(a) + log(b)", context)
    >>> first = Memory()
    >>> first.decide(context, claim).verdict
    'proved'
    >>> again = Memory(first.learned)
    >>> again.decide(context, claim).verdict, again.asked
    ('proved', 0)
    """

    def __init__(self, known: Mapping[str, Entry] | None = None, *, sealed: bool = False) -> None:
        self.known = known if isinstance(known, dict) else {}
        self.sealed = sealed
        self.learned: dict[str, Entry] = {}
        self.asked = 0

    def decide(
        self, context: Context, statement: Term, steps: int = 0, facts: Facts | None = None
    ) -> Verdict:
        """The verdict, as ``derive.verdicts.decide`` gives it; raises what that raises."""
        key = key_of(context, statement, steps)
        entry = self.learned.get(key, self.known.get(key))
        found = None
        if isinstance(entry, dict):
            found = recalled(entry, context, statement, self.sealed or key in self.learned)
        if found is None:
            self.asked += 1
            found = decide(context, statement, steps, facts)
            entry = noted(found)
        if entry is not None:
            self.learned[key] = entry
        return found


def key_of(context: Context, statement: Term, steps: int = 0) -> str:
    """A digest of what is asked, the same in every process."""
    from hashlib import blake2b
    from json import dumps

    text = dumps([question(context, statement), steps], ensure_ascii=False)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


# -- writing -------------------------------------------------------------------------------


def noted(verdict: Verdict) -> Entry | None:
    """The entry for a verdict; None for what must not be remembered."""
    if verdict.verdict == "refuted" and verdict.witness is not None:
        points = [_point(p) for p in verdict.witness.values]
        return {"refuted": points} if all(p is not None for p in points) else None
    if verdict.verdict == "proved" and verdict.theorem is not None:
        return {"proved": certificate([verdict.theorem])}
    if verdict.reason == "limit":
        return None
    entry: Entry = {"unknown": verdict.reason, "evidence": verdict.evidence}
    if verdict.conditions:
        writer = Writer()
        entry["conditions"] = [writer.write(c) for c in verdict.conditions]
    if verdict.theorem is not None:
        entry["holds"] = certificate([verdict.theorem])
    return entry


def _point(point: Mapping[str, PointValue]) -> dict[str, Any] | None:
    """A point as JSON: numbers as text, families as pairs, functions as terms."""
    out: dict[str, Any] = {}
    for name, value in point.items():
        if isinstance(value, dict):
            out[name] = [[list(key), str(Fraction(x))] for key, x in value.items()]
        elif isinstance(value, Term):
            count = value.loose
            text = Writer().function(value, count) if count else Writer().write(value)
            out[name] = {"term": text}
        elif isinstance(value, (int, Fraction)):
            out[name] = str(Fraction(value))
        else:
            return None
    return out


# -- the second look -----------------------------------------------------------------------


def recalled(
    entry: Entry, context: Context, statement: Term, believed: bool = False
) -> Verdict | None:
    """The verdict of an entry after its second look; None when it does not stand it.

    ``believed``: that nothing was found out is repeated as it stands.
    """
    try:
        if "refuted" in entry:
            return _refuted(entry["refuted"], context, statement)
        if "proved" in entry:
            return _proved(entry["proved"], context, statement)
        if "unknown" in entry and believed:
            return _unknown(entry, context, statement)
    except (CertificateError, ContextError, TermError, TypeError, ValueError, KeyError,
            AttributeError, IndexError, RecursionError, ArithmeticError):  # fmt: skip
        return None  # whatever is wrong with an entry, it is only an entry
    return None


def _refuted(points: Any, context: Context, statement: Term) -> Verdict | None:
    from derive.refute.relations import opened
    from derive.refute.witness import Witness, made, verify

    context.check_statement(statement)
    values = tuple(_read_point(p) for p in points)
    if not values or not verify(Witness(statement.head, (), values), context, statement):
        return None
    inside, s = opened(context, statement)
    return Verdict("refuted", statement, context, witness=made(inside, s, values))


def _read_point(data: Any) -> dict[str, PointValue]:
    point: dict[str, PointValue] = {}
    for name, value in data.items():
        if isinstance(value, str):
            point[name] = Fraction(value)
        elif isinstance(value, list):
            point[name] = {tuple(int(k) for k in key): Fraction(x) for key, x in value}
        else:
            point[name] = Reader().read(value["term"])
    return point


def _proved(data: Any, context: Context, statement: Term) -> Verdict | None:
    context.check_statement(statement)
    (theorem,) = replay(data)
    found = accepted(context, statement, theorem)
    return found if found is not None and found.verdict == "proved" else None


def _unknown(entry: Entry, context: Context, statement: Term) -> Verdict | None:
    reason = str(entry["unknown"])
    conditions = tuple(Reader().read(c) for c in entry.get("conditions", ()))
    theorem = None
    if "holds" in entry:
        (theorem,) = replay(entry["holds"])
        under = context
        for condition in conditions:
            under = under.assume(condition)
        if not is_proof(theorem, statement, under):
            return None
    evidence = int(entry.get("evidence", 0))
    return Verdict("unknown", statement, context, theorem, None, reason, conditions, evidence)
