"""Every derivation of the catalogue: it runs, both checkers follow it, and no change passes.

DERIVE_LONG=1 tries hundreds of changes for each derivation instead of a few.

    python -m tests.test_catalogue    writes tests/certificates anew, for a release
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from derive.catalogue import entries, find
from derive.certificate import CertificateError, certificate, dumps, ledger_json, loads, replay
from derive.chain import Marked, Script, ScriptError
from derive.derivations import Derivation
from derive.kernel import Theorem, is_theorem
from derive.recheck import recheck
from derive.refute.points import points
from derive.refute.witness import refute, verify
from derive.rules import ledger
from derive.running import run
from derive.term import Term, number, replace, walk
from tests.mutation import KINDS, final, mutants

LONG = "DERIVE_LONG" in os.environ
NAMES = [e.name for e in entries()]
RELATIONS = {e.name: e.relation for e in entries()}

Record = Callable[[str, object], None]


@cache
def shipped() -> dict[str, Any]:
    return ledger_json()


@cache
def made(name: str) -> tuple[Derivation, dict[str, Any] | None]:
    """A derivation as it was run, and the certificate of what it proves."""
    derivation = find(name).run()
    theorems = [p.theorem for p in derivation.parts if p.theorem is not None]
    return derivation, loads(dumps(certificate(theorems, name=name))) if theorems else None


def chance(name: str) -> random.Random:
    return random.Random(crc32(name.encode()))


@pytest.mark.parametrize("name", NAMES)
def test_follows(name: str) -> None:
    derivation, data = made(name)
    assert derivation.parts
    assert not derivation.own_axioms
    assert set(derivation.axioms) <= set(ledger())
    assert any(p.verdict == "refuted" for p in derivation.parts) == ("refuted" in RELATIONS[name])
    proved = [p for p in derivation.parts if p.verdict == "proved"]
    for p in derivation.parts:
        if p.verdict == "proved":
            assert is_theorem(p.theorem)
            assert p.theorem.statement == p.statement
            assert p.theorem.context is p.context
            assert p.witness is None
        else:
            assert p.verdict == "refuted"
            assert p.theorem is None
            assert verify(p.witness, p.context, p.statement)
    if data is None:
        assert not proved
        return
    used = {s["arguments"]["rule"] for s in data["steps"] if s["by"] == "axiom"}
    assert used <= set(derivation.axioms)
    again = replay(data)
    assert [(t.context, t.statement) for t in again] == [(p.context, p.statement) for p in proved]
    report = recheck(data, shipped())
    assert report.code == 0, report.sentence
    assert report.same_ledger
    assert set(report.axioms) == used


# -- changed certificates ----------------------------------------------------------------------


def holds(theorem: Theorem) -> bool:
    """Whether points exist and none of 60 refutes what a theorem says."""
    found = next(points(theorem.context, count=1), None)
    return found is not None and refute(theorem.context, theorem.statement, 60) is None


def replayed(data: dict[str, Any]) -> list[Theorem] | None:
    """The theorems of a certificate as the kernel makes them; None when it refuses."""
    try:
        return replay(data)
    except CertificateError:
        return None


@pytest.mark.parametrize("name", NAMES)
def test_a_changed_certificate_is_refused(name: str, record_property: Record) -> None:
    """A changed theorem is refused by both checkers, unless the change left it true."""
    _, data = made(name)
    if data is None:
        return  # a refutation: its witness is tested above
    rng, same = chance(name), final(data)
    kinds = KINDS * 30 if LONG else rng.sample(KINDS, 2)
    tried = 0
    for description, mutant in mutants(data, rng, kinds):
        theorems, report = replayed(mutant), recheck(mutant, shipped())
        tried += 1
        assert report.ok == (theorems is not None), f"{description}: {report.sentence}"
        if theorems is None or final(mutant) == same:
            continue
        assert all(map(holds, theorems)), f"accepted, but false: {description}"
        record_property("holds", f"{name}, {description}")
        record_property("changed theorems that hold", 1)
    record_property("changed certificates", tried)


# -- changed scripts -----------------------------------------------------------------------------


class Changed:
    """A script's generator with one of its lines changed."""

    def __init__(self, script: Script, place: int, term: Term) -> None:
        function = script.function
        self.function, self.place, self.term = function, place, term
        self.__name__, self.__doc__ = function.__name__, function.__doc__
        self.__code__, self.__globals__ = function.__code__, function.__globals__
        self.__annotations__ = function.__annotations__

    def __call__(self, *arguments: Term) -> Iterator[Any]:
        for k, item in enumerate(self.function(*arguments)):
            yield with_term(item, self.term) if k == self.place else item


def line_of(item: Any) -> Term | None:
    """The term of a line that has reasons."""
    first = item[0] if type(item) is tuple and item else None
    if isinstance(first, Marked):
        return first.term
    return first if isinstance(first, Term) else None


def with_term(item: Any, term: Term) -> Any:
    first = item[0]._replace(term=term) if isinstance(item[0], Marked) else term
    return (first, *item[1:])


def changed(t: Term, rng: random.Random) -> Term:
    """The term with another number or sign somewhere, or the opposite term."""
    places = [(path, u) for path, u in walk(t) if u.head in ("number", "Neg")]
    if not places or rng.random() < 0.2:
        return t.args[0] if t.head == "Neg" else Term("Neg", (t,))
    path, u = rng.choice(places)
    return replace(t, path, u.args[0] if u.head == "Neg" else number(u.value + 1))


@pytest.mark.parametrize("name", NAMES)
def test_a_changed_line_is_refused(name: str, record_property: Record) -> None:
    script, rng = find(name), chance(name)
    arguments = script.function.__code__.co_varnames[: script.function.__code__.co_argcount]
    items = list(script.function(*(Term("symbol", (), a) for a in arguments)))
    lines = [(k, t) for k, item in enumerate(items) if (t := line_of(item)) is not None]
    if not lines:
        return  # a refutation alone: there is no line to change
    tried = [lines[-1]] if not LONG else [line for line in lines for _ in range(5)]
    for place, term in tried:
        altered = changed(term, rng)
        mutant = Script(Changed(script, place, altered), script.given, script.assumptions)
        record_property("changed lines", 1)
        try:
            derivation = run(mutant)
        except ScriptError:
            continue
        theorems = [p.theorem for p in derivation.parts if p.theorem is not None]
        assert all(map(holds, theorems)), f"accepted, but false: {altered} instead of {term}"
        record_property("holds", f"{name}, {altered} instead of {term}")
        record_property("changed lines that hold", 1)


# -- certificates of releases --------------------------------------------------------------------

STORED = Path(__file__).parent / "certificates"
RELEASED = (
    "bce", "bce-is-ce", "stable-bce", "softmax-ce-gradient", "gibbs", "mle-bernoulli", "mse",
    "likelihood-to-nll", "ce-index-form", "mean-vs-sum", "huber", "multilabel",
)  # fmt: skip


@pytest.mark.parametrize("path", sorted(STORED.glob("*/[!_]*.json")), ids=lambda p: p.stem)
def test_certificates_of_releases_keep_replaying(path: Path) -> None:
    """Today's kernel with today's ledger, and the second checker with that of the release."""
    data = loads(path.read_text(encoding="utf-8"))
    theorems = replay(data)
    assert len(theorems) == len(data["theorems"]) > 0
    axioms = loads((path.parent / "_ledger.json").read_text(encoding="utf-8"))
    report = recheck(data, axioms)
    assert report.code == 0, report.sentence
    assert report.same_ledger


def test_there_are_certificates_of_a_release() -> None:
    assert len(list(STORED.glob("*/[!_]*.json"))) >= len(RELEASED)


def write() -> None:
    """The certificates of this version."""
    from derive import __version__

    folder = STORED / __version__
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "_ledger.json").write_text(dumps(shipped()), encoding="utf-8")
    for name in RELEASED:
        _, data = made(name)
        assert data is not None
        (folder / f"{name}.json").write_text(dumps(data), encoding="utf-8")


if __name__ == "__main__":
    write()
