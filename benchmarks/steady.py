"""Answers that must not depend on the hash seed, the number of workers or how they start.

    python benchmarks/steady.py [--problems FILE ...] [--seeds N]

Every seed runs all problems in a process of its own, with one and two workers, forked and
spawned in turn.  What is compared is the whole answer but for its time: verdict, conditions,
witness, reason, certificate.  Exit status 1 when two runs differ.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from argparse import ArgumentParser
from hashlib import sha256
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

from derive.check.limits import Limits  # noqa: E402
from derive.check.settling import settle  # noqa: E402
from derive.check.workers import Pool  # noqa: E402
from derive.cli.many import answer_of, read_problems  # noqa: E402

PROBLEMS = [HOME / "benchmarks" / "problems" / f"{name}.jsonl" for name in ("first", "second")]

#: Seconds for a problem: the budget of steps has to decide, not the clock.
SECONDS = 120.0

#: Workers and how they start; seed after seed takes the next.
WAYS = ((1, "fork"), (2, "fork"), (1, "spawn"), (2, "spawn"))


def answers(paths: list[Path], jobs: int, method: str) -> dict[str, Any]:
    """All answers of this process, without their times."""
    limits = Limits(seconds=SECONDS)
    with Pool(jobs, limits, method) as pool:
        futures = {
            f"{path.stem} {name}": pool.submit(settle, {**job, "certificate": True})
            if "problem" in job
            else job
            for path in paths
            for name, job in read_problems(path.read_text(encoding="utf-8"))
        }
        found = {name: answer_of(future, limits) for name, future in futures.items()}
    return {name: _timeless(answer) for name, answer in found.items()}


def _timeless(answer: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in answer.items() if key != "seconds"}
    proof = json.dumps(kept.pop("certificate", None), sort_keys=True)
    return {**kept, "certificate": sha256(proof.encode()).hexdigest()}


def once(paths: list[Path], seed: int, jobs: int, method: str) -> dict[str, Any]:
    """The answers of a process with this hash seed."""
    own = [sys.executable, __file__, "--one", str(jobs), method, "--problems", *map(str, paths)]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    done = subprocess.run(own, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> int:
    """Run all ways, compare, print; the exit status."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--problems", type=Path, nargs="+", default=PROBLEMS)
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--one", nargs=2, metavar=("JOBS", "METHOD"), help="a single run, as JSON")
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(answers(chosen.problems, int(chosen.one[0]), chosen.one[1])))
        return 0
    first: dict[str, Any] = {}
    status = 0
    for seed in range(chosen.seeds):
        jobs, method = WAYS[seed % len(WAYS)]
        found = once(chosen.problems, seed, jobs, method)
        first = first or found
        differ = [name for name in first if found.get(name) != first[name]]
        print(f"seed {seed}, {jobs} workers, {method}: {len(found)} answers, {len(differ)} differ",
              *differ[:5], flush=True)  # fmt: skip
        status |= bool(differ) or found.keys() != first.keys()
    return status


if __name__ == "__main__":
    raise SystemExit(main())
