"""Every branch of the kernel is taken by the tests of this folder."""

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve()
ROOT = HERE.parent.parent.parent


def test_every_branch_of_the_kernel_is_taken(tmp_path):
    """Another process, so that nothing that other tests do counts."""
    data, report = tmp_path / "data", tmp_path / "report.json"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "COV_"))}

    def run(*arguments):
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    tests = ["pytest", "tests/kernel", "-q", f"--ignore={HERE}", "-p", "no:xdist"]
    run("coverage", "run", "--branch", "--include=derive/kernel.py", f"--data-file={data}",
        "-m", *tests)  # fmt: skip
    run("coverage", "json", f"--data-file={data}", "-o", str(report))
    (found,) = json.loads(report.read_text())["files"].values()
    assert found["missing_lines"] == []
    assert found["missing_branches"] == []
    assert found["summary"]["num_branches"] > 50
    assert "pragma" not in (ROOT / "derive" / "kernel.py").read_text()
