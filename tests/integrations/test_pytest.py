"""The pytest plugin, run as its users run it."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

PAGE = """\
# Losses

```claim
:given: a > 0; b > 0

log(a*b) = log(a) + log(b)
```

```claim
:label: squares
:given: x in Real

log(x**2) = 2*log(x)
```

```derivation bce
```
"""
PROGRAM = '''\
"""A module.

.. claim::
   :given: x in Real

   x = x
"""


def loss(x):
    """A loss.

    ```{claim}
    :given: x in Real
    :expect: refuted

    x = x + 1
    ```
    """
'''


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with documents and nothing else."""
    (tmp_path / "page.md").write_text(PAGE)
    (tmp_path / "loss.py").write_text(PROGRAM)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    return tmp_path


def run(project: Path, *options: str) -> tuple[int, str]:
    """Exit status and output of pytest with the plugin."""
    command = [sys.executable, "-m", "pytest", "-p", "derive.integrations.pytest", "-p", "xdist"]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""}
    ran = subprocess.run(
        [*command, "-p", "no:cacheprovider", *options],
        cwd=project, env=environment, capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    return ran.returncode, ran.stdout + ran.stderr


@pytest.mark.parametrize("processes", ["0", "2"])
def test_one_item_a_claim(project: Path, processes: str) -> None:
    status, said = run(project, "--derive", "-n", processes, "--junit-xml=out.xml")
    assert status == 1, said
    assert "4 passed" in said
    assert "1 failed" in said
    assert "page.md:9: refuted: Counterexample at x = -1" in said
    assert "Traceback" not in said
    cases = list(ElementTree.parse(project / "out.xml").getroot().iter("testcase"))
    names = sorted(case.get("name", "") for case in cases)
    assert names == [
        "L13:x = x + 1", "L16:bce", "L3:log(a*b) = log(a) + log(b)", "L3:x = x", "L9:squares",
    ]  # fmt: skip


def test_without_the_option_nothing_is_collected(project: Path) -> None:
    status, said = run(project)
    assert status == 5
    assert "no tests ran" in said


def test_claims_are_chosen_like_tests(project: Path) -> None:
    status, said = run(project, "--derive", "-k", "bce", "-v")
    assert status == 0
    assert "page.md::L16:bce PASSED" in said


def test_a_claim_that_cannot_be_meant_fails_in_one_line(project: Path) -> None:
    (project / "page.md").write_text("```claim\n:expect: nonsense\n\nx = x\n```\n")
    status, said = run(project, "--derive", "page.md")
    assert status == 1
    assert "page.md:1: expect is proved, refuted or unknown, not nonsense" in said


DISPLAYS = r"""
% given: x in Real
\begin{align}
  \log(a^2 b) &= 2 \log a + \log b \label{eq:logs} \\
  (x + 1)^2 &= x^2 + 1 \\
  x^2 + z &= 1
\end{align}
"""


def test_the_steps_of_displays_are_items(project: Path) -> None:
    (project / "page.md").unlink()
    (project / "loss.py").unlink()
    (project / "paper.tex").write_text(DISPLAYS)
    status, said = run(project, "--derive", "-v", "-rs")
    assert status == 1
    assert "1 passed" in said
    assert "1 failed" in said
    assert "1 skipped" in said
    assert "paper.tex:5:14: D101 refuted step 2: " in said
    assert "Traceback" not in said
    status, said = run(project, "--derive", "--derive-strict")
    assert "2 failed" in said


def test_the_plugin_costs_nothing_when_it_is_not_asked() -> None:
    program = "import derive.integrations.pytest, sys; print('derive.term' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "False"
