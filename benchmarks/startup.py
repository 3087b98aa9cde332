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

HOME = Path(__file__).resolve().parent.parent
#: What is measured, and at most how many times a bare Python it may take.
COMMANDS: dict[str, tuple[list[str], float | None]] = {
    "python -c pass": (["-c", "pass"], None),
    "import derive": (["-c", "import derive"], 2),
    "derive show bce": (["-m", "derive", "show", "bce"], 8),
    "derive show bce-is-ce": (["-m", "derive", "show", "bce-is-ce"], None),
    "derive list": (["-m", "derive", "list"], None),
    "derive show mse --format html": (["-m", "derive", "show", "mse", "--format", "html"], None),
    "import sympy (for comparison)": (["-c", "import sympy"], None),
}


def once(arguments: list[str], folder: str) -> tuple[float, float]:
    """Seconds and peak memory in MiB of one process.  Raises RuntimeError when it fails."""
    environment = {**os.environ, "PYTHONPATH": str(HOME)}
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
    return seconds, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


def main(rounds: int = 21) -> int:
    """Measure, print a table, compare with the budgets; the exit status."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    memory: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(rounds + 1):
            for name, (arguments, _) in COMMANDS.items():
                seconds, peak = once(arguments, folder)
                if turn > 0:  # the first round writes byte code
                    times[name].append(seconds)
                    memory[name] = max(peak, memory.get(name, 0.0))
    base = median(times["python -c pass"])
    print("| command | times `python -c pass` | median | peak memory |")
    print("| --- | --- | --- | --- |")
    status = 0
    for name, (_, most) in COMMANDS.items():
        middle = median(times[name])
        budget = f" (at most {most:g})" if most else ""
        figures = f"{middle / base:.1f}{budget} | {middle * 1000:.0f} ms | {memory[name]:.0f} MiB"
        print(f"| `{name}` | {figures} |")
        status |= bool(most) and middle / base > (most or 0)
    return status


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:2])))
