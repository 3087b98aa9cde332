"""Whole books through `derive check`: cold and warm, few and many pages, one and two workers.

    python benchmarks/books.py FOLDER                    # times, a table and books.json
    python benchmarks/books.py FOLDER --book 5000        # with a synthetic book of so many pages
    python benchmarks/books.py FOLDER --kill 200         # runs that are killed at random moments
    python benchmarks/books.py FOLDER --dask             # a cluster of two workers, one killed
    python benchmarks/books.py FOLDER --same             # 8 hash seeds, ways to start, jobs
    python benchmarks/books.py --plot books.json         # books.svg (needs matplotlib)

FOLDER has documents, such as the pages of a textbook.  Every run is a process of its own with
an account of its own, so that nothing is remembered from before.  Exit status 1 when what
must hold does not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME / "benchmarks"))

from book_runs import clustered, damaged, same_everywhere  # noqa: E402

Row = dict[str, Any]


def environment(account: Path, **more: str) -> dict[str, str]:
    """An account with nothing remembered."""
    own = {"XDG_CONFIG_HOME": str(account / "config"), "XDG_CACHE_HOME": str(account / "cache")}
    return {**os.environ, "PYTHONPATH": str(HOME), **own, **more}


def timed(account: Path, paths: list[Path], jobs: int) -> tuple[float, float, Any]:
    """Seconds, peak memory of the largest process in MiB, and the report of one run."""
    watcher = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:]);"
        "peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss;"
        "print(peak, file=sys.stderr); sys.exit(done.returncode)"
    )
    out = account / "report.json"
    command = [sys.executable, "-m", "derive", "check", "--format", "json", "--isolated"]
    command += ["--output-file", str(out), "--jobs", str(jobs), *map(str, paths)]
    began = perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", watcher, *command],
        env=environment(account), capture_output=True, text=True, check=False,
    )  # fmt: skip
    seconds = perf_counter() - began
    if not out.exists():
        raise SystemExit(f"check failed: {done.stderr}")
    peak = int(done.stderr.split()[-1]) / 1024
    return seconds, peak, json.loads(out.read_text(encoding="utf-8"))


def measured(pages: list[Path], jobs: int, book: str) -> Row:
    """Cold and warm times of some pages."""
    with TemporaryDirectory() as folder:
        account = Path(folder)
        cold, peak, first = timed(account, pages, jobs)
        warm, _, second = min((timed(account, pages, jobs) for _ in range(3)), key=lambda r: r[0])
        summary = first["summary"]
        if [c["verdict"] for c in first["claims"]] != [c["verdict"] for c in second["claims"]]:
            print("the second run says something else", file=sys.stderr)
        return {
            "book": book, "pages": len(pages), "jobs": jobs, "cold": cold, "warm": warm,
            "peak": peak, "claims": summary["claims"], "limit": summary["limit"],
        }  # fmt: skip


def book(folder: Path, pages: int) -> list[Path]:
    """A synthetic book: short pages, each with its own numbers and letters."""
    made = []
    for k in range(pages):
        a, b = chr(97 + k % 20), chr(98 + k % 20)
        n = k + 2
        text = (
            f"# Page {k}\n\nLet ${a} > 0$ and ${b} > 0$.\n\n"
            f"$$ \\log({a}^{{{n}}} {b}) = {n} \\log {a} + \\log {b} $$\n\n"
            f"$$ ({a} + {n} {b})^2 = {a}^2 + {2 * n} {a} {b} + {n * n} {b}^2 $$\n\n"
            f"$$ \\sum_{{i=1}}^{{m}} {n} x_i = {n} \\sum_{{i=1}}^{{m}} x_i $$\n\n"
            f"$$ {a} + {n} = {a} + {n + k % 7} $$\n"
        )
        file = folder / f"page-{k:05}.md"
        file.write_text(text, encoding="utf-8")
        made.append(file)
    return made


def bare() -> float:
    """Seconds of a bare Python start, the best of ten."""

    def once() -> float:
        began = perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        return perf_counter() - began

    return min(once() for _ in range(10))


def shown(rows: list[Row], start: float) -> None:
    """Print a table."""
    print("| pages | workers | claims | cold | warm | cold/warm | per page | peak | at a limit |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for r in rows:
        each = r["cold"] / r["pages"] * 1000
        ratio = r["cold"] / r["warm"]
        print(
            f"| {r['pages']} | {r['jobs']} | {r['claims']} | {r['cold']:.1f} s | {r['warm']:.2f} s "
            f"| {ratio:.0f} | {each:.0f} ms | {r['peak']:.0f} MiB | {r['limit']} |"
        )
    print(f"\nbare Python: {start * 1000:.0f} ms", end="")
    one = [r for r in rows if r["pages"] == 1]
    print(f"; one page warm: {one[0]['warm'] / start:.1f} times that" if one else "")


def plotted(file: Path) -> int:
    """A plot of a table that was written before."""
    from matplotlib import pyplot

    rows = json.loads(file.read_text(encoding="utf-8"))["rows"]
    books = list(dict.fromkeys(r["book"] for r in rows))
    figure, several = pyplot.subplots(1, len(books), figsize=(4.5 * len(books), 4), sharey=True)
    for axes, book in zip([several] if len(books) == 1 else several, books, strict=True):
        for jobs in sorted({r["jobs"] for r in rows}):
            for kind, style in (("cold", "o-"), ("warm", "s--")):
                chosen = [r for r in rows if (r["book"], r["jobs"]) == (book, jobs)]
                times = [r[kind] for r in chosen]
                label = f"{kind}, {jobs} worker{'s' * (jobs > 1)}"
                axes.plot([r["pages"] for r in chosen], times, style, label=label)
        axes.set(xscale="log", yscale="log", xlabel="pages", title=book)
        axes.set(ylabel="seconds" if book == books[0] else "")
        if book == books[0]:
            axes.legend()
    figure.tight_layout()
    figure.savefig(file.with_suffix(".svg"), metadata={"Date": None})
    return 0


def times(given: Namespace, pages: list[Path]) -> int:
    """The table of times; 1 when warm runs are too slow or memory grows."""
    rows: list[Row] = []
    start = bare()

    def measure(some: list[Path], sizes: list[int], book: str) -> None:
        """Add rows; what is measured is written down at once, since all takes an hour."""
        for jobs in (1, 2):
            for n in sizes:
                rows.append(measured(some[:n], jobs, book))
                data = {"bare": start, "rows": rows}
                given.output.write_text(json.dumps(data, indent=1) + "\n")

    measure(
        pages, [n for n in (1, 10, 50, 155) if n < len(pages)] + [len(pages)], "pages of others"
    )
    with TemporaryDirectory() as folder:
        if given.book:
            sizes = [n for n in (500, 1000, 2000, 5000) if n < given.book] + [given.book]
            measure(book(Path(folder), given.book), sizes, "short pages")
    shown(rows, start)
    slow = [r for r in rows if r["pages"] >= 10 and r["cold"] < 20 * r["warm"]]
    slow += [r for r in rows if r["pages"] == 1 and r["warm"] > 12 * start]
    for row in slow:
        print(f"too slow when warm: {row}", file=sys.stderr)
    return 1 if slow else 0


def main() -> int:
    """Measure what is asked for; the exit status."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--book", type=int, default=0, metavar="PAGES")
    parser.add_argument("--kill", type=int, default=0, metavar="RUNS")
    parser.add_argument("--dask", action="store_true")
    parser.add_argument("--same", action="store_true")
    parser.add_argument("--plot", type=Path, metavar="FILE")
    parser.add_argument("--output", type=Path, default=Path("books.json"))
    given = parser.parse_args()
    if given.plot:
        return plotted(given.plot)
    if given.folder is None:
        parser.error("name a folder with documents")
    found = sorted(given.folder.resolve().rglob("*"))
    pages = [f for f in found if f.suffix in (".md", ".tex", ".rst") and f.name != "README.md"]
    if given.kill:
        return damaged(pages, given.kill, environment)
    if given.dask:
        return clustered(pages, environment)
    if given.same:
        return same_everywhere(pages, environment)
    return times(given, pages)


if __name__ == "__main__":
    raise SystemExit(main())
