"""What was found before, told again only after a second look.

An entry of a memory is untrusted.  A proof counts after the kernel made the theorem again from
its certificate and the theorem says what is asked now; a counterexample after its points
were found to be points of the context at which the sides differ.  That a search found
nothing is repeated only when the memory is ``sealed``: written by this account and by this
version of the program.  A limit is never remembered here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from hashlib import blake2b
from json import dumps
from typing import TYPE_CHECKING, Any

from derive.certificate import certificate, question, replay
from derive.certificate_text import CertificateError, Reader, Writer
from derive.context import ContextError
from derive.gate import is_proof
from derive.refute.witness import Witness, WitnessError, remade
from derive.term import Term, TermError
from derive.verdicts import Verdict, accepted

if TYPE_CHECKING:
    from derive.context import Context
    from derive.refute.balls import PointValue
    from derive.search.facts import Facts

Entry = dict[str, Any]

#: What a damaged entry may raise on the way: whatever is wrong with it, it is only an entry.
_DAMAGE = (CertificateError, ContextError, TermError, WitnessError, TypeError, ValueError,
           LookupError, AttributeError, RecursionError, ArithmeticError)  # fmt: skip

#: An answer from memory that there is none.
_NO_ANSWER = object()


class Memory:
    """Results of searches by what was asked: ``known`` from before, ``learned`` in this run.

    ``asked`` counts the searches that were made.

    >>> from derive.plain import declare, read_statement
    >>> from derive.recall import remembering
    >>> from derive.verdicts import decide
    >>> context = declare("a > 0; b > 0; c > 0")
    >>> claim = read_statement("log(a*b*c) - log(a*c) = log(b)", context)
    >>> first = Memory()
    >>> with remembering(first.recall):
    ...     decide(context, claim).verdict, first.asked > 0
    ('proved', True)
    >>> again = Memory(first.learned, sealed=True)
    >>> with remembering(again.recall):
    ...     decide(context, claim).verdict, again.asked
    ('proved', 0)
    """

    def __init__(self, known: Mapping[str, Entry] | None = None, *, sealed: bool = False) -> None:
        self.known = known if isinstance(known, dict) else {}
        self.sealed = sealed
        self.learned: dict[str, Entry] = {}
        self.asked = 0

    def recall(
        self,
        name: str,
        search: Callable[..., Any],
        given: tuple[Any, ...],
        named: dict[str, Any],
    ) -> Any:
        """The result of a search, from memory if that stands its second look."""
        if name == "proof_of":
            return self._proof(search, *given)
        if name == "refute":
            return self._witness(search, given, named)
        return search(*given, **named)

    def _entry(self, key: str) -> tuple[Entry, bool]:
        """What is known under a key, and whether it is believed that nothing was found."""
        if key in self.learned:
            return self.learned[key], True
        entry = self.known.get(key)
        return entry if isinstance(entry, dict) else {}, self.sealed

    def _proof(
        self, search: Callable[..., Any], facts: Facts, context: Context, statement: Term
    ) -> Verdict | None:
        key = key_of("proof", context, statement)
        entry, believed = self._entry(key)
        if believed and entry.get("budget", facts.steps) != facts.steps:
            believed = False  # with more or fewer steps the search may find something else
        found = _second_look(_proof_again, entry, context, statement, believed)
        if found is _NO_ANSWER:
            self.asked += 1
            budget = facts.steps
            found = search(facts, context, statement)
            entry = {"steps": budget - facts.steps, **_noted(found)}
            if "proved" not in entry:
                entry["budget"] = budget
        else:
            spent = entry.get("steps")
            facts.steps -= spent if isinstance(spent, int) else 0
        self.learned[key] = entry
        return found  # type: ignore[no-any-return]  # a verdict or None

    def _witness(
        self, search: Callable[..., Any], given: tuple[Any, ...], named: dict[str, Any]
    ) -> Witness | None:
        context, statement, *rest = given
        key = key_of("witness", context, statement, [*rest, sorted(named.items())])
        entry, believed = self._entry(key)
        found = _second_look(_witness_again, entry, context, statement, believed)
        if found is _NO_ANSWER:
            self.asked += 1
            found = search(*given, **named)
            points = None if found is None else [_point(p) for p in found.values]
            if points is not None and None in points:
                return found  # type: ignore[no-any-return]  # a witness
            entry = {"points": points}
        self.learned[key] = entry
        return found  # type: ignore[no-any-return]  # a witness or None


def key_of(kind: str, context: Context, statement: Term, more: Any = None) -> str:
    """A digest of what is asked, the same in every process."""
    text = dumps([kind, _asked(context, statement), more], ensure_ascii=True)
    return blake2b(text.encode(), digest_size=16).hexdigest()


@lru_cache(64)
def _asked(context: Context, statement: Term) -> str:
    return dumps(question(context, statement), ensure_ascii=True)


# -- writing -------------------------------------------------------------------------------


def _noted(verdict: Verdict | None) -> Entry:
    """The entry for what a search for a proof came to."""
    if verdict is None:
        return {"nothing": True}
    if verdict.theorem is None:
        return {}  # nothing to look at a second time
    proof = certificate([verdict.theorem])
    if verdict.verdict == "proved":
        return {"proved": proof}
    writer = Writer()
    conditions = [writer.write(c) for c in verdict.conditions]
    return {"holds": proof, "reason": verdict.reason, "conditions": conditions}


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


def _second_look(
    look: Callable[..., Any], entry: Entry, context: Context, statement: Term, believed: bool
) -> Any:
    try:
        return look(entry, context, statement, believed)
    except _DAMAGE:
        return _NO_ANSWER


def _proof_again(entry: Entry, context: Context, statement: Term, believed: bool) -> Any:
    if "proved" in entry:
        (theorem,) = replay(entry["proved"])
        found = accepted(context, statement, theorem)
        return found if found is not None and found.verdict == "proved" else _NO_ANSWER
    if "holds" in entry and believed:
        conditions = tuple(Reader().read(c) for c in entry["conditions"])
        (theorem,) = replay(entry["holds"])
        under = context
        for condition in conditions:
            under = under.assume(condition)
        if not is_proof(theorem, statement, under):
            return _NO_ANSWER
        reason = str(entry["reason"])
        return Verdict("unknown", statement, context, theorem, None, reason, conditions)
    return None if entry.get("nothing") is True and believed else _NO_ANSWER


def _witness_again(entry: Entry, context: Context, statement: Term, believed: bool) -> Any:
    if entry.get("points") is None:
        return None if "points" in entry and believed else _NO_ANSWER
    values = tuple(_read_point(p) for p in entry["points"])
    return remade(context, statement, values) or _NO_ANSWER


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
