"""What ``derive verify`` does: every derivation run, certified and rechecked, in processes."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from derive.cli.output import put, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from derive.kernel import Theorem


class Outcome(NamedTuple):
    """How one derivation fared; ``message`` is empty when it does."""

    name: str
    verdict: str
    steps: int
    seconds: float
    message: str = ""


@cache
def _ledger() -> Any:
    """The shipped ledger as the second checker reads it, once for each process."""
    import json

    from derive.certificate import ledger_json

    return json.loads(json.dumps(ledger_json()))


def verified(name: str) -> Outcome:
    """Run one derivation and recheck its certificate; never raises."""
    from time import perf_counter

    begun = perf_counter()
    try:
        verdict, steps, message = _checked(name)
    except Exception as error:
        from derive.cli.guard import described

        verdict, steps, message = "failed", 0, described(error)[1]
    return Outcome(name, verdict, steps, perf_counter() - begun, message)


def _checked(name: str) -> tuple[str, int, str]:
    import json

    from derive.catalogue import find
    from derive.certificate import certificate
    from derive.recheck import recheck

    derivation = find(name).run()
    theorems = [p.theorem for p in derivation.parts if p.theorem is not None]
    if not theorems:
        return derivation.verdict, 0, ""
    data = json.loads(json.dumps(certificate(theorems, name=name)))
    report = recheck(data, _with_own(theorems) if derivation.own_axioms else _ledger())
    if not report.ok:
        return "not rechecked", report.steps, report.sentence
    given = ", given its own axioms" if derivation.own_axioms else ""
    return derivation.verdict + given, report.steps, ""


def _with_own(theorems: Iterable[Theorem]) -> Any:
    """The shipped ledger and the axioms that a script claims for itself."""
    import json

    from derive.certificate import ledger_json
    from derive.cli.steps import ordered
    from derive.rules import ledger

    used = [t.arguments[0] for theorem in theorems for t in ordered(theorem) if t.by == "axiom"]
    return json.loads(json.dumps(ledger_json({**ledger(), **{r.name: r for r in used}})))


def verify(names: Iterable[str] = (), jobs: int | None = None) -> int:
    """Verify the named derivations, or all; print a table; 0 when all follow."""
    from derive.catalogue import entries, find, is_path, scripts

    wanted: list[str] = []
    for name in names:
        if is_path(name):
            path = name.partition("::")[0]
            wanted += [f"{path}::{s.name}" for s in scripts(name)]
        else:
            wanted.append(find(name).name)
    if not names:
        wanted = [e.name for e in entries()]
    outcomes = sorted(_run(wanted, jobs))
    width = max((len(o.name) for o in outcomes), default=0)
    for o in outcomes:
        say(f"{o.name:{width}}  {o.verdict:13}  {o.steps:6} steps  {o.seconds * 1000:7.0f} ms")
    for o in outcomes:
        if o.message:
            put(f"\n{o.name}: {o.message}\n")
    counts: dict[str, int] = {}
    for o in outcomes:
        counts[o.verdict] = counts.get(o.verdict, 0) + 1
    said = ", ".join(f"{n} {verdict}" for verdict, n in sorted(counts.items()))
    noun = "derivation" if len(outcomes) == 1 else "derivations"
    say(f"\n{len(outcomes)} {noun}: {said or 'none'}")
    return 1 if any(o.message for o in outcomes) or not outcomes else 0


def _run(wanted: list[str], jobs: int | None) -> list[Outcome]:
    import os
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from multiprocessing import get_context

    jobs = min(jobs or os.cpu_count() or 1, max(len(wanted), 1))
    shown = sys.stderr.isatty()
    outcomes: list[Outcome] = []
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for future in as_completed([pool.submit(verified, name) for name in wanted]):
            outcomes.append(future.result())
            if shown:
                _progress(len(outcomes), len(wanted))
    if shown:
        put("\x1b[2K\r", painted=True, stream=sys.stderr)
    return outcomes


def _progress(done: int, total: int) -> None:
    filled = 30 * done // max(total, 1)
    bar = "#" * filled + "-" * (30 - filled)
    put(f"\r[{bar}] {done}/{total}", painted=True, stream=sys.stderr)
    sys.stderr.flush()
