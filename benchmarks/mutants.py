"""False mutants that the prover must not prove, and true rewrites that it should.

    python benchmarks/mutants.py [--mutants N] [--rewrites N] [--seed N] [--jobs N] [--only TEXT]
                                 [--all FILE [--resume]]

The true statements are those of the catalogue: what every part establishes and every line
of it; and, when the environment variable DERIVE_SHARED names a folder with problems, the
true ones among those (``bench/equivalences.jsonl`` with ``answers.jsonl``).  Every mutant is
refuted by a verified witness before the prover sees it.  The exit status is 1 when one of
them is proved or when a true rewrite is refuted.

Attempts are bounded by steps of the search, so that the figures do not depend on the load of
the machine.  ``--all`` keeps every outcome; with ``--resume`` a run that was stopped goes on
where it was, in the same order and to the same end.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from itertools import count, islice
from multiprocessing import get_context
from pathlib import Path
from pkgutil import walk_packages
from random import Random
from time import perf_counter
from typing import NamedTuple, TextIO
from zlib import crc32

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import derive.search
from derive.catalogue import entries, find
from derive.context import Context
from derive.gate import is_proof
from derive.plain import write_context
from derive.refute.witness import refute
from derive.search.facts import Facts
from derive.search.prove import prove
from derive.term import Term
from derive.verdicts import FIRST_LOOK
from tests.generators.mutants import false_in_weaker, mutants
from tests.generators.rewrites import rewrites

#: Steps of the search for one mutant, and for those of one batch in ``WHOLE_EVERY``; the
#: proofs of the true statements themselves take less than 3,000, most of them less than 700.
STEPS, WHOLE_STEPS, WHOLE_EVERY = 1000, 20_000, 10

#: Steps for a true rewrite.
REWRITE_STEPS = 6000

#: Seconds after which an attempt is given up as ``late``, whatever it does.
LIMIT = 120

#: Mutants of one statement in a row; pieces of work after which a process is replaced.
BATCH, RENEWED = 8, 100

#: Bytes that one process may take.
MEMORY = 3 << 30

DEPTHS = (1, 4)

#: Points at which a true rewrite that was not proved is looked at again.
MORE_POINTS = 60


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


def _attempt(context: Context, statement: Term, steps: int) -> str:
    """``proved``, ``unknown``, ``steps``, ``late`` or the name of an error."""
    facts = Facts()
    facts.steps = steps
    signal.setitimer(signal.ITIMER_REAL, LIMIT, 1)
    try:
        theorem = prove(facts, context, statement)
        if theorem is None:
            return "unknown"
        return "proved" if is_proof(theorem, statement, context) else "another statement proved"
    except (OverflowError, RecursionError):
        return "out of steps"
    except _Late:
        return "late"
    except Exception as error:
        return f"error {type(error).__name__}: {error}"[:160]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


_CLAIMS: list[Claim] = []

Work = tuple[int, int]


def _false(work: Work) -> list[Outcome]:
    """A few mutants of one statement."""
    index, seed = work
    claim, rng = _CLAIMS[index], Random(f"{index} {seed}")
    steps = STEPS if rng.randrange(WHOLE_EVERY) else WHOLE_STEPS
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
    out = []
    for kind, context, mutant in made:
        verdict = _attempt(context, mutant, steps)
        out.append(_outcome("mutant", claim.name, kind, verdict, context, mutant))
    return out


@cache
def _as_it_stands(index: int) -> str:
    claim = _CLAIMS[index]
    return _attempt(claim.context, claim.statement, REWRITE_STEPS)


def _true(work: Work) -> list[Outcome]:
    """The statement itself, and one rewrite of every depth."""
    index, seed = work
    claim, rng = _CLAIMS[index], Random(f"true {index} {seed}")
    plain = _as_it_stands(index)
    out = [_outcome("depth 0", claim.name, "", plain, claim.context, claim.statement)]
    for depth in DEPTHS:
        names, statement = rewrites(claim.statement, claim.context, rng, depth)
        verdict = _attempt(claim.context, statement, REWRITE_STEPS)
        if _refuted(claim.context, statement, verdict == "proved"):
            verdict = "REFUTED"
        elif verdict != "proved" != plain:
            verdict += " as before"
        said = "+".join(names)
        out.append(_outcome(f"depth {depth}", claim.name, said, verdict, claim.context, statement))
    return out


def _refuted(context: Context, statement: Term, proved: bool) -> bool:
    """Whether the looks that ``derive.prove`` takes find a witness."""
    signal.setitimer(signal.ITIMER_REAL, LIMIT, 1)
    try:
        if refute(context, statement, FIRST_LOOK, glance=True) is not None:
            return True
        return not proved and refute(context, statement, MORE_POINTS, 1) is not None
    except _Late:
        return False
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


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
    parser.add_argument("--resume", action="store_true", help="go on from the file of --all")
    chosen = parser.parse_args(arguments)
    if chosen.resume and not chosen.all:
        parser.error("--resume needs the file: --all FILE")
    _CLAIMS.extend(c for c in (*catalogue(), *shared()) if chosen.only in c.name)
    print(f"{len(_CLAIMS)} true statements", flush=True)
    for module in walk_packages(derive.search.__path__, "derive.search."):
        import_module(module.name)  # once, not in every worker
    gc.collect()
    gc.freeze()  # what is there now is not looked at again
    began = perf_counter()
    said = "\n".join(f"{c.name} {write_context(c.context)} {c.statement}" for c in _CLAIMS)
    key = f"seed {chosen.seed}, statements {crc32(said.encode()):08x}"
    path = Path(chosen.all or os.devnull)
    kept = _kept(path, key) if chosen.resume and path.exists() else {}
    with path.open("a" if kept else "w", encoding="utf-8") as file:
        if not kept:
            print(json.dumps({"run": key}), file=file, flush=True)
        outcomes = []
        for name, task, wanted, counted in (
            ("false", _false, chosen.mutants, ("mutant",)),
            ("true", _true, chosen.rewrites, tuple(f"depth {d}" for d in DEPTHS)),
        ):
            run = Run(name, task, wanted, counted, chosen.seed, chosen.jobs)
            outcomes += run.finish(kept, file)
    _report(outcomes, perf_counter() - began)
    return 1 if any(map(_wrong, outcomes)) else 0


Kept = dict[tuple[str, int], list[Outcome]]


def _kept(path: Path, key: str) -> Kept:
    """The outcomes of an earlier run.  Raises SystemExit when it was another run."""
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    if json.loads(first) != {"run": key}:
        raise SystemExit(f"{path}: not the file of this run ({key})")
    found: Kept = {}
    for line in lines:
        with suppress(json.JSONDecodeError):  # the last line, when the run was killed
            name, number, outcomes = json.loads(line)
            found[name, number] = [Outcome(*o) for o in outcomes]
    return found


class Run(NamedTuple):
    """Pieces of work in a fixed order, done until so many outcomes of some kinds are there."""

    name: str
    task: Callable[[Work], list[Outcome]]
    wanted: int
    counted: tuple[str, ...]
    seed: int
    jobs: int

    def work(self) -> Iterator[Work]:
        """All pieces of work, without end."""
        order = Random(self.seed)
        for k in count():
            yield order.randrange(len(_CLAIMS)), self.seed * 1_000_003 + k

    def finish(self, kept: Kept, file: TextIO) -> list[Outcome]:
        """All outcomes; what was kept is not done again, what is done is written down."""
        done: list[Outcome] = []
        missing = self.wanted
        if missing <= 0:
            return done
        for part in self._parts(kept, file):
            done += part
            missing -= sum(o.kind in self.counted for o in part)
            if missing <= 0:
                break
        return done

    def _parts(self, kept: Kept, file: TextIO) -> Iterator[list[Outcome]]:
        work, number = self.work(), 0
        while (self.name, number) in kept:
            next(work)
            yield kept[self.name, number]
            number += 1
        with get_context("fork").Pool(self.jobs, _prepare, (), RENEWED) as pool:
            while True:
                # Some at a time: a pool would otherwise take in the endless list.
                for part in pool.imap(self.task, list(islice(work, 8 * self.jobs))):
                    print(json.dumps([self.name, number, part]), file=file, flush=True)
                    for o in filter(_wrong, part):
                        print(_shown(o), flush=True)
                    number += 1
                    yield part


def _prepare() -> None:
    signal.signal(signal.SIGALRM, _late)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _wrong(o: Outcome) -> bool:
    if o.kind == "mutant":
        return o.verdict in ("proved", "another statement proved")
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
