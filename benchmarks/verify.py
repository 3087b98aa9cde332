"""The whole catalogue in one process: time of each derivation, its steps, time of the recheck.

    python benchmarks/verify.py [NAME ...]

Times are processor times of the first run in a warm process: modules and rules are loaded,
no derivation has been run before, except those that an earlier one uses as a reason.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from statistics import median
from time import process_time
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from derive.catalogue import entries, find
from derive.certificate import certificate, ledger_json
from derive.recheck import recheck


class Row(NamedTuple):
    """What was measured of one derivation."""

    name: str
    verdict: str
    derive: float
    steps: int
    kib: float
    recheck: float


def measured(name: str, ledger: object) -> Row:
    """Run, certify and recheck one derivation.  Raises RuntimeError when it is refused."""
    began = process_time()
    derivation = find(name).run()
    derived = process_time() - began
    theorems = [p.theorem for p in derivation.parts if p.theorem is not None]
    if not theorems:
        return Row(name, derivation.verdict, derived, 0, 0.0, 0.0)
    text = json.dumps(certificate(theorems, name=name))
    began = process_time()
    report = recheck(json.loads(text), ledger)
    rechecked = process_time() - began
    if not report.ok:
        raise RuntimeError(f"{name}: {report.sentence}")
    return Row(name, derivation.verdict, derived, report.steps, len(text) / 1024, rechecked)


def main(names: list[str]) -> int:
    """Measure the named derivations, or all, and print a table; the exit status."""
    ledger = json.loads(json.dumps(ledger_json()))
    find("bce").run()  # loads what every script needs
    rows, failed = [], []
    for name in names or [e.name for e in entries()]:
        try:
            rows.append(measured(name, ledger))
        except Exception as error:  # a table without one row is worth more than no table
            failed.append(f"{name}: {type(error).__name__}: {error}")
    print("| derivation | verdict | derive | kernel steps | certificate | recheck |")
    print("| --- | --- | --- | --- | --- | --- |")
    for row in sorted(rows, key=lambda r: -r.derive):
        print(
            f"| `{row.name}` | {row.verdict} | {row.derive * 1000:.0f} ms | {row.steps} "
            f"| {row.kib:.0f} KiB | {row.recheck * 1000:.0f} ms |"
        )
    checked = [r for r in rows if r.steps]
    print(
        f"\n{len(rows)} derivations; medians: {median(r.derive for r in rows) * 1000:.0f} ms to "
        f"derive, {median(r.steps for r in checked):.0f} steps, "
        f"{median(r.recheck for r in checked) * 1000:.0f} ms to recheck; in all "
        f"{sum(r.derive for r in rows):.1f} s and {sum(r.recheck for r in rows):.1f} s; peak "
        f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"
    )
    print("\n".join(failed), end="\n" if failed else "", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
