"""Whole-process time of short commands, as ratios to ``python -c pass`` in the same run.

    python benchmarks/startup.py [ROUNDS]

Every round runs every command once, so that a busy machine slows all of them alike; the figures
are medians.  Memory is the peak of the process.  Exit status 1 when a budget is exceeded.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

HOME = Path(__file__).resolve().parent.parent
CE_IS_BCE = [
    "-Sum(Sum(Y[i,j]*log(P[i,j]), (j,1,2)), (i,1,n))"
    " = -Sum(Y[i,1]*log(P[i,1]) + (1 - Y[i,1])*log(1 - P[i,1]), (i,1,n))",
    "--given",
    "n in Natural; Y[i,j] in {0,1} for i in 1..n, j in 1..2;"
    " P[i,j] in (0,1) for i in 1..n, j in 1..2;"
    " Sum(Y[i,j], (j,1,2)) = 1 for i in 1..n; Sum(P[i,j], (j,1,2)) = 1 for i in 1..n",
]
#: What is measured, and at most how many times a bare Python it may take.
COMMANDS: dict[str, tuple[list[str], float | None]] = {
    "python -c pass": (["-c", "pass"], None),
    "import derive": (["-c", "import derive"], None),
    "derive show bce": (["-m", "derive", "show", "bce"], 8),
    "derive prove of CE = BCE": (["-m", "derive", "prove", *CE_IS_BCE], 10),
    "derive show bce-is-ce": (["-m", "derive", "show", "bce-is-ce"], None),
    "derive list": (["-m", "derive", "list"], None),
    "derive show mse --format html": (["-m", "derive", "show", "mse", "--format", "html"], None),
    "import sympy (for comparison)": (["-c", "import sympy"], None),
}


class Cost(NamedTuple):
    """What one process took: wall-clock and processor seconds, peak memory in MiB."""

    wall: float
    processor: float
    memory: float


def once(arguments: list[str], folder: str) -> Cost:
    """The cost of one process.  Raises RuntimeError when it fails."""
    # As an installed package runs: with byte code, which some environments do not write.
    environment = {**os.environ, "PYTHONPATH": str(HOME)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"python {' '.join(arguments)}: status {process.returncode}")
    # The kernel counts KiB on Linux, bytes on macOS.
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def main(rounds: int = 21) -> int:
    """Measure, print a table, compare with the budgets; the exit status."""
    costs: dict[str, list[Cost]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(rounds + 1):
            for name, (arguments, _) in COMMANDS.items():
                cost = once(arguments, folder)
                if turn > 0:  # the first round writes byte code
                    costs[name].append(cost)
    base = costs["python -c pass"]
    print("| command | times `python -c pass` | processor time, the same | median | memory |")
    print("| --- | --- | --- | --- | --- |")
    status = 0
    for name, (_, most) in COMMANDS.items():
        ratio, processor = (
            median(part(c) for c in costs[name]) / median(part(c) for c in base)
            for part in (lambda c: c.wall, lambda c: c.processor)
        )
        budget = f" (at most {most:g})" if most else ""
        milliseconds = median(c.wall for c in costs[name]) * 1000
        memory = max(c.memory for c in costs[name])
        print(
            f"| `{name}` | {ratio:.1f}{budget} | {processor:.1f} | {milliseconds:.0f} ms "
            f"| {memory:.0f} MiB |"
        )
        status |= most is not None and ratio > most
    return status


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:2])))
