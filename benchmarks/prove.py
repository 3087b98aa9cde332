"""Statements with known answers: how many are settled rightly, and how fast.

    python benchmarks/prove.py [--problems FILE --answers FILE] [--jobs N] [--ids]

Every problem runs in a worker process with the limits of `derive prove`; the answers are read
when all verdicts are there.  Every proof is replayed by the second checker.  The time is that
of the verdict, without the replay.  Exit status 1 when a verdict is wrong or a proof is refused.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from statistics import median
from typing import Any

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

from derive.certificate import ledger_json  # noqa: E402
from derive.check.limits import Limits  # noqa: E402
from derive.check.settling import settle  # noqa: E402
from derive.check.workers import Pool  # noqa: E402
from derive.cli.many import answer_of, read_problems  # noqa: E402
from derive.recheck import recheck  # noqa: E402

PROBLEMS = HOME / "benchmarks" / "problems"


def verdicts(path: Path, jobs: int, limits: Limits) -> dict[str, dict[str, Any]]:
    """The answer for every problem of a file, proofs with certificates."""
    with Pool(jobs, limits) as pool:
        futures = {
            name: pool.submit(settle, {**job, "certificate": True}) if "problem" in job else job
            for name, job in read_problems(path.read_text(encoding="utf-8"))
        }
        return {name: answer_of(future, limits) for name, future in futures.items()}


def replayed(found: dict[str, dict[str, Any]]) -> list[str]:
    """The proofs that the second checker refuses, with its sentence."""
    ledger = json.loads(json.dumps(ledger_json()))
    refused = []
    for name, answer in found.items():
        if answer["verdict"] == "proved":
            report = recheck(answer["certificate"], ledger)
            if not report.ok:
                refused.append(f"{name}: {report.sentence}")
    return refused


def truths(path: Path) -> dict[str, bool]:
    """The known answers."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {str(d["id"]): bool(d["truth"]) for d in map(json.loads, filter(str.strip, lines))}


def main() -> int:
    """Run, count, print; the exit status."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--problems", type=Path, default=PROBLEMS / "first.jsonl")
    parser.add_argument("--answers", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--timeout", type=float, default=10.0)
    parser.add_argument("--ids", action="store_true", help="print the verdict on every problem")
    given = parser.parse_args()
    answers = given.answers or given.problems.with_name(f"{given.problems.stem}-answers.jsonl")
    found = verdicts(given.problems, given.jobs, Limits(seconds=given.timeout))
    refused = replayed(found)
    truth = truths(answers)
    right = {name: "proved" if value else "refuted" for name, value in truth.items()}
    settled = [n for n in found if found[n]["verdict"] == right[n]]
    wrong = [n for n in found if found[n]["verdict"] not in (right[n], "unknown")]
    print(f"{given.problems.name}: {len(found)} problems, {sum(truth.values())} of them true")
    print(f"settled rightly: {len(settled)} of {len(found)}")
    for value, word in ((True, "true ones proved"), (False, "false ones refuted")):
        asked = [n for n in found if truth[n] is value]
        print(f"  {word}: {sum(n in settled for n in asked)} of {len(asked)}")
    print(f"wrong: {len(wrong)} {' '.join(wrong)}".rstrip())
    reasons: dict[str, list[str]] = {}
    for name, answer in found.items():
        if answer["verdict"] == "unknown":
            reasons.setdefault(str(answer["reason"]), []).append(name)
    for reason, names in sorted(reasons.items()):
        print(f"unknown, {reason}: {len(names)}: {' '.join(names)}")
    times = sorted(answer["seconds"] * 1000 for answer in found.values())
    print(f"milliseconds: median {median(times):.0f}, worst {times[-1]:.0f}")
    proofs = sum(answer["verdict"] == "proved" for answer in found.values())
    print(f"proofs replayed by the second checker: {proofs - len(refused)} of {proofs}")
    print(*(f"  refused {line}" for line in refused), sep="\n", end="\n" if refused else "")
    if given.ids:
        for name, answer in found.items():
            mark = "right" if name in settled else "wrong" if name in wrong else "open"
            milliseconds = answer["seconds"] * 1000
            print(f"{name:12}  {answer['verdict']:8}  {mark:5}  {milliseconds:7.0f} ms")
    return 1 if wrong or refused else 0


if __name__ == "__main__":
    raise SystemExit(main())
