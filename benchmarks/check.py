"""Figures of ``derive check`` on a folder of documents: what is read, what is settled.

    python benchmarks/check.py FOLDER [--given FOLDER] [--seconds N]

The denominator is every ``=`` at the top level of a display, except the first definition of a
symbol or of a function of its arguments.  Every refutation is listed, to be looked at.
``--given`` holds sidecar files, ``NAME.given`` for ``NAME.md``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter

from derive.check.claims import Claim
from derive.check.files import Source, linked
from derive.check.judge import Judge
from derive.check.limits import briefly
from derive.document import read, suffixes
from derive.document.projects import Sidecar, read_sidecar


def main() -> int:
    """Print the figures of the folder that is named."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--given", type=Path, help="folder of sidecar files")
    parser.add_argument("--seconds", type=float, default=5.0, help="processor time for a claim")
    arguments = parser.parse_args()
    files = sorted(f for f in arguments.folder.rglob("*") if f.suffix in suffixes())
    names = {f.name for f in files}
    total: Counter[str] = Counter()
    causes: Counter[str] = Counter()
    began = perf_counter()
    for file in files:
        for claim in claims_of(file, arguments.given, arguments.seconds):
            if claim.relation != "=":
                continue
            if claim.verdict is None and not claim.message.endswith("before"):
                total["definitions"] += 1
                continue
            total["steps"] += 1
            if claim.verdict is None:  # what was said before: read, and nothing is settled
                total["read"] += 1
                continue
            total["read"] += claim.lhs is not None or claim.reason == "limit"
            total[claim.verdict] += 1
            total["by lemmas"] += any(u.partition(" line ")[0] in names for u in claim.using or ())
            if claim.verdict == "refuted":
                print(f"{file.name}:{claim.line}: {claim.lhs} = {claim.rhs}\n    {claim.message}")
            elif claim.verdict == "unknown":
                causes[claim.cause] += 1
    steps = max(total["steps"], 1)
    settled = total["proved"] + total["refuted"]
    print(f"{len(files)} files, {total['steps']} steps, {total['definitions']} definitions besides")
    print(f"read {total['read'] / steps:.0%}, settled {settled / steps:.0%}")
    print(
        f"{total['proved']} proved, {total['refuted']} refuted, {total['by lemmas']} by lemmas of "
        f"other pages; {perf_counter() - began:.0f} s"
    )
    for cause, count in causes.most_common(12):
        print(f"  {count:4d} {cause}")
    return 0


def claims_of(file: Path, given: Path | None, seconds: float) -> list[Claim]:
    """The claims of a file; one that takes too long is unknown."""
    beside = given / f"{file.stem}.given" if given is not None else None
    sidecars: tuple[Sidecar, ...] = ()
    if beside is not None and beside.exists():
        sidecars = (read_sidecar(str(beside), beside.read_text(encoding="utf-8")),)
    text = file.read_text(encoding="utf-8")
    pages = [page.file for page in linked(Source(file.as_posix(), file), text)]
    beside_it = tuple(Judge(read(str(p), p.read_text(encoding="utf-8"))) for p in pages)
    judge = Judge(read(str(file), text), sidecars=sidecars, linked=beside_it)
    for shown, step in judge.steps:
        if briefly(seconds, judge.claim, shown, step) is None:
            judge.found[shown.at, step.number] = judge.placed(shown, step)._replace(
                verdict="unknown", code="D202", reason="limit", cause="limit"
            )
    return judge.claims()


if __name__ == "__main__":
    sys.exit(main())
