"""False mutants that the prover must not prove, and true rewrites that it should.

    python benchmarks/mutants.py [--mutants N] [--rewrites N] [--seed N] [--jobs N] [--only TEXT]

The true statements are those of the catalogue: what every part establishes and every line
of it; and, when the environment variable DERIVE_SHARED names a folder with problems, the
true ones among those (``bench/equivalences.jsonl`` with ``answers.jsonl``).  Every mutant is
refuted by a verified witness before the prover sees it.  The exit status is 1 when one of
them is proved or when a true rewrite is refuted.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections import Counter
from importlib import import_module
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from pkgutil import iter_modules
from random import Random
from time import perf_counter
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import derive.search
from derive.catalogue import entries, find
from derive.context import Context
from derive.plain import write_context
from derive.refute.witness import refute
from derive.search.facts import Facts
from derive.search.prove import prove
from derive.term import Term
from tests.generators.mutants import false_in_weaker, mutants
from tests.generators.rewrites import rewrites

#: Seconds for one attempt of the prover, and for finding one mutant.
LIMIT = 6

#: Mutants of one statement in a row.
BATCH = 5

DEPTHS = (1, 4)


class Claim(NamedTuple):
    """A true statement and where it comes from."""

    name: str
    context: Context
    statement: Term


class Outcome(NamedTuple):
    """What became of one mutant or rewrite."""

    kind: str
    name: str
    change: str
    verdict: str
    given: str
    statement: str


def catalogue() -> list[Claim]:
    """What the parts of the catalogue establish, and their lines."""
    found: dict[tuple[Context, Term], Claim] = {}
    for entry in entries():
        try:
            parts = find(entry.name).run().parts
        except Exception as error:  # the others still count
            print(f"{entry.name}: {error}"[:200], file=sys.stderr)
            continue
        for number, part in enumerate(parts, 1):
            theorems = [part.theorem, *(line.theorem for line in part.lines)]
            for k, theorem in enumerate(t for t in theorems if t is not None):
                where = f"{entry.name}/{number}" + (f"/{k}" if k else "")
                key = theorem.context, theorem.statement
                found.setdefault(key, Claim(where, *key))
    return list(found.values())


def shared() -> list[Claim]:
    """The true problems of the folder that DERIVE_SHARED names."""
    from derive.problems import problems

    folder = os.environ.get("DERIVE_SHARED")
    if not folder:
        return []
    bench = Path(folder) / "bench"
    lines = (bench / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    true = {a["id"] for a in map(json.loads, lines) if a["truth"]}
    text = (bench / "equivalences.jsonl").read_text(encoding="utf-8")
    return [Claim(*p) for p in problems(text) if p.id in true]


# -- one attempt -------------------------------------------------------------------------------


class _Late(BaseException):
    """The limit is over."""


def _late(*_: object) -> None:
    # Python drops what is raised in a callback of the collector: the timer fires again.
    raise _Late


def _attempt(context: Context, statement: Term) -> str:
    """``proved``, ``unknown``, ``late`` or the name of an error."""
    signal.setitimer(signal.ITIMER_REAL, LIMIT, 1)
    try:
        theorem = prove(Facts(), context, statement)
        if theorem is None:
            return "unknown"
        same = theorem.statement == statement and context.extends(theorem.context)
        return "proved" if same else "another statement proved"
    except _Late:
        return "late"
    except Exception as error:
        return f"error {type(error).__name__}: {error}"[:160]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


_CLAIMS: list[Claim] = []


def _false(work: tuple[int, int]) -> list[Outcome]:
    """A few mutants of one statement."""
    index, seed = work
    claim, rng = _CLAIMS[index], Random(f"{index} {seed}")
    signal.signal(signal.SIGALRM, _late)
    out = []
    made: list[tuple[str, Context, Term]] = []
    signal.setitimer(signal.ITIMER_REAL, LIMIT * BATCH, 1)
    try:
        source = mutants(claim.statement, claim.context, rng)
        for kind, mutant in islice(source, BATCH - 1):
            made.append((kind, claim.context, mutant))
        weaker = false_in_weaker(claim.statement, claim.context, rng)
        if weaker is not None:
            made.append(weaker)
    except _Late:
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    for kind, context, mutant in made:
        verdict = _attempt(context, mutant)
        out.append(_outcome("mutant", claim.name, kind, verdict, context, mutant))
    return out


def _true(work: tuple[int, int]) -> list[Outcome]:
    """The statement itself, and one rewrite of every depth."""
    index, seed = work
    claim, rng = _CLAIMS[index], Random(f"true {index} {seed}")
    signal.signal(signal.SIGALRM, _late)
    plain = _attempt(claim.context, claim.statement)
    out = [_outcome("depth 0", claim.name, "", plain, claim.context, claim.statement)]
    for depth in DEPTHS:
        names, statement = rewrites(claim.statement, claim.context, rng, depth)
        verdict = _attempt(claim.context, statement)
        if plain != "proved":
            verdict += " as before" if verdict != "proved" else ""
        signal.setitimer(signal.ITIMER_REAL, LIMIT, 1)
        try:
            if refute(claim.context, statement, budget=15, seed=seed) is not None:
                verdict = "REFUTED"
        except _Late:
            pass
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        said = "+".join(names)
        out.append(_outcome(f"depth {depth}", claim.name, said, verdict, claim.context, statement))
    return out


def _outcome(
    kind: str, name: str, change: str, verdict: str, context: Context, statement: Term
) -> Outcome:
    given = write_context(context).replace("\n", "; ")
    return Outcome(kind, name, change, verdict, given, repr(statement))


# -- all of them ----------------------------------------------------------------------------------


def main(arguments: list[str]) -> int:
    """Run both and print the figures; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--mutants", type=int, default=2000)
    parser.add_argument("--rewrites", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="statements whose name has this text")
    parser.add_argument("--all", help="write every outcome to this file, a line of JSON each")
    chosen = parser.parse_args(arguments)
    _CLAIMS.extend(c for c in (*catalogue(), *shared()) if chosen.only in c.name)
    print(f"{len(_CLAIMS)} true statements")
    for module in iter_modules(derive.search.__path__):
        import_module(f"derive.search.{module.name}")  # once, not in every worker
    began, count = perf_counter(), len(_CLAIMS)
    batches = -(-chosen.mutants // BATCH)
    turns = -(-chosen.rewrites // len(DEPTHS))
    outcomes: list[Outcome] = []
    out = open(chosen.all or os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    with get_context("fork").Pool(chosen.jobs) as pool, out as file:
        for task, number in ((_false, batches), (_true, turns)):
            order = Random(chosen.seed)
            work = [(order.randrange(count), chosen.seed * 1_000_003 + k) for k in range(number)]
            for part in pool.imap_unordered(task, work, chunksize=2):
                outcomes += part
                file.writelines(json.dumps(o._asdict()) + "\n" for o in part)
                file.flush()
                for o in filter(_wrong, part):
                    print(_shown(o), flush=True)
    _report(outcomes, perf_counter() - began)
    return 1 if any(map(_wrong, outcomes)) else 0


def _wrong(o: Outcome) -> bool:
    if o.kind == "mutant":
        return o.verdict == "proved"
    return o.verdict in ("REFUTED", "another statement proved")


def _shown(o: Outcome) -> str:
    return f"WRONG {o.verdict}: {o.kind} of {o.name} by {o.change}\n  {o.given}\n  {o.statement}"


def _report(outcomes: list[Outcome], seconds: float) -> None:
    for kind in ("mutant", "depth 0", *(f"depth {d}" for d in DEPTHS)):
        own = [o for o in outcomes if o.kind == kind]
        if not own:
            continue
        verdicts = Counter(o.verdict if o.verdict[:5] != "error" else "error" for o in own)
        proved = verdicts["proved"]
        said = f"{len(own)} tried, {proved} proved"
        if kind == "mutant":
            names = len({o.change.split(" after ")[0] for o in own})
            said += f"; {names} kinds of change"
            said += f"; at most {3 / len(own):.2e} with confidence 95 %" if not proved else ""
        else:
            provable = len(own) - sum(n for v, n in verdicts.items() if "as before" in v)
            said += f" ({proved / len(own):.0%}; {proved / max(provable, 1):.0%} of those whose "
            said += "statement is proved as it stands)"
        rest = ", ".join(f"{n} {v}" for v, n in verdicts.most_common() if v != "proved")
        print(f"{kind}: {said}" + (f" [{rest}]" if rest else ""))
    errors = Counter(o.verdict for o in outcomes if o.verdict.startswith("error"))
    for text, n in errors.most_common(8):
        print(f"  {n} {text}")
    print(f"{seconds:.0f} s")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
