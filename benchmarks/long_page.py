"""One page of 100 different true steps: how long its first check takes, with 1 and 2 workers.

    python benchmarks/long_page.py            # the times, and whether all workers say the same
    python benchmarks/long_page.py --write    # the page itself

Exit status 1 when the reports differ, or a step is not proved.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME / "benchmarks"))

from book_runs import verdicts  # noqa: E402
from books import timed  # noqa: E402

#: Kinds of true equations, from easy to harder; N, M and K are numbers that differ.
KINDS = (
    r"\frac{d}{dt} \frac{1}{1 + e^{-N t}} = \frac{N e^{N t}}{(1 + e^{N t})^2}",
    r"\log(a^{N} b) = N \log a + \log b",
    r"\sum_{i=1}^{m} (x_i + N) = N m + \sum_{i=1}^{m} x_i",
    r"\frac{d}{da} a^{N} = N a^{N - 1}",
    r"\frac{1}{1 + e^{-N t}} = \frac{e^{N t}}{1 + e^{N t}}",
    r"\frac{d}{dt} \log(1 + e^{N t}) = \frac{N}{1 + e^{-N t}}",
    r"\sum_{i=1}^{m} (x_i - N)^2 = \sum_{i=1}^{m} x_i^2 - M \sum_{i=1}^{m} x_i + K m",
    r"\log \prod_{i=1}^{m} e^{N x_i} = N \sum_{i=1}^{m} x_i",
    r"\int_0^1 N u^{N - 1} \, du = 1",
    r"\int_0^\infty N e^{-N u} \, du = 1",
)


def page() -> str:
    """The page, a single section: ten kinds of equations with ten numbers each."""
    lines = ["# One hundred steps", "", "Let $a > 0$ and $b > 0$, and let $t$ be real.", ""]
    for n in range(2, 12):
        for kind in KINDS:
            text = kind.replace("N - 1", str(n - 1)).replace("N", str(n))
            text = text.replace("M", str(2 * n)).replace("K", str(n * n))
            lines += ["$$", text, "$$", ""]
    return "\n".join(lines)


def main() -> int:
    """Measure; the exit status."""
    if "--write" in sys.argv:
        print(page())
        return 0
    said = []
    for jobs in (1, 2):
        with TemporaryDirectory() as folder:
            file = Path(folder, "page.md")
            file.write_text(page(), encoding="utf-8")
            seconds, peak, report = timed(Path(folder), [file], jobs)
            warm, _, _ = timed(Path(folder), [file], jobs)
        # The folder has another name each time.
        said.append(verdicts({"claims": [{**c, "path": ""} for c in report["claims"]]}))
        proved = sum(c["verdict"] == "proved" for c in report["claims"])
        print(
            f"{jobs} workers: {len(report['claims'])} steps, {proved} proved, "
            f"{seconds:.1f} s cold, {warm:.2f} s warm, {peak:.0f} MiB"
        )
    same = said[0] == said[1]
    print("the same reports" if same else "the reports differ")
    return 0 if same and proved == len(said[0]) else 1


if __name__ == "__main__":
    raise SystemExit(main())
