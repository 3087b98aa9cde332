"""What the Sphinx extension costs: a build of documentation with claims against one without.

python benchmarks/docs.py [--pages 50] [--claims 4] [--runs 5]

The pages without claims show the same formulas by the directive ``math``.  Every build starts
from nothing but its pages.  With claims it has the file of kept answers: once with the seals
of this account, once as on another machine, where every kept answer gets a second look; and
once with nothing kept, where everything is proved.  Times are processor times: the least of all
runs and its ratio, since a busy machine only adds to it, and the median.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

PROSE = """\
The *loss* of page {page}, part {part}, is the negative logarithm of a likelihood, see the `pages <https://docutils.sourceforge.io>`_
and :doc:`index`.  It is a sum over the **observations**, so its gradient is one as well, and the
order in which they come is of no consequence.  What a reader wants to know is which constants
may be dropped, and under which assumptions on :math:`a` and :math:`b` that is so.

* A constant that does not depend on the parameters may go.
* A positive factor may go where only the minimiser matters.
* A negative one turns the order round.

.. code-block:: python

   def loss_{page}_{part}(prediction: float, label: int) -> float:
       "The loss of one observation."
       if label not in (0, 1):
           raise ValueError(f"a label is 0 or 1, not {{label}}")
       return -log(prediction if label == 1 else 1 - prediction)

"""
#: Statements with a number in them, as claims in plain spelling and in LaTeX.
CLAIMS = (
    ("log(a**{k}*b) + {n} = {k}*log(a) + log(b) + {n}",
     r"\log(a^{{{k}}} b) + {n} = {k} \log a + \log b + {n}"),
    (r"{n} - \log(a^{{{k}}} b) &= {n} - \log a^{{{k}}} - \log b \\ &= {n} - {k} \log a - \log b",
     ""),
    ("log({n}*exp(a)*b**{k}) = a + {k}*log(b) + log({n})",
     r"\log({n} e^a b^{{{k}}}) = a + {k} \log b + \log {n}"),
    ("(a + {n}*b)**2 = a**2 + {twice}*a*b + {square}*b**2",
     r"(a + {n} b)^2 = a^2 + {twice} a b + {square} b^2"),
)  # fmt: skip


def page(number: int, claims: int, checked: bool) -> str:
    """The text of a page."""
    out = [f"Losses {number}", "=" * 20, ""]
    for part in range(claims):
        n = 2 + number * claims + part
        plain, latex = (
            text.format(n=n, k=2 + n % 7, twice=2 * n, square=n * n)
            for text in CLAIMS[part % len(CLAIMS)]
        )
        out += [f"Part {part}", "-" * 20, "", PROSE.format(page=number, part=part)]
        if checked:
            out += [".. claim::", "   :given: a > 0; b > 0", "", f"   {plain}", ""]
        else:
            out += [".. math::", "", f"   {latex or plain}", ""]
    return "\n".join(out)


def project(folder: Path, pages: int, claims: int, checked: bool) -> Path:
    """A project; ``checked``: with the extension."""
    folder.mkdir()
    names = [f"page{k}" for k in range(pages)]
    for k, name in enumerate(names):
        (folder / f"{name}.rst").write_text(page(k, claims, checked), encoding="utf-8")
    toc = ["Losses", "======", "", ".. toctree::", "", *(f"   {name}" for name in names), ""]
    (folder / "index.rst").write_text("\n".join(toc), encoding="utf-8")
    extension = "derive.integrations.sphinx" if checked else "sphinx.ext.mathjax"
    (folder / "conf.py").write_text(f'extensions = ["{extension}"]\n', encoding="utf-8")
    return folder


def built(folder: Path, account: Path) -> float:
    """Processor seconds of a build from nothing."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "XDG_CACHE_HOME": str(account), "XDG_CONFIG_HOME": str(account)}
    command = [sys.executable, "-m", "sphinx", "-q", "-W", ".", "out"]
    subprocess.run(command, cwd=folder, env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the times and their ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=50)
    parser.add_argument("--claims", type=int, default=4)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        top = Path(place)
        without = project(top / "without", options.pages, options.claims, checked=False)
        checked = project(top / "checked", options.pages, options.claims, checked=True)
        first = built(checked, top / "account")
        times: dict[str, list[float]] = {"without": [], "sealed": []}
        for _ in range(options.runs):
            times["without"].append(built(without, top / "account"))
            times["sealed"].append(built(checked, top / "account"))
        times["second look"] = [built(checked, top / "other")]
    print(f"{options.pages} pages, {options.pages * options.claims} claims")
    base = min(times["without"])
    for name, found in {**times, "nothing kept": [first]}.items():
        print(f"{name}: {min(found):.2f} s, {min(found) / base - 1:+.1%}; {median(found):.2f} s")


if __name__ == "__main__":
    main()
