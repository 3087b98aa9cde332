"""The steps of action.yml, run here: a true document passes, a false one fails.

    python .ci/action.py TREE    a clean copy of the repository

What a service does itself (``uses:``) is left out; every ``run:`` is run by its shell with its
environment, in a new environment of Python.  Exit status 1 when a step does other than it should.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml


def filled(text: str, values: dict[str, str]) -> str:
    """A text with its expressions replaced; one that is not known is an error."""
    return re.sub(r"\$\{\{\s*([\w.]+)\s*\}\}", lambda found: values[found[1]], text)


def run(action: dict[str, Any], tree: Path, folder: Path, given: dict[str, str]) -> int:
    """The exit status of the first step that fails, or 0."""
    values = {f"inputs.{k}": str(v["default"]) for k, v in action["inputs"].items()}
    values |= {f"inputs.{k}": v for k, v in given.items()}
    values["github.action_path"] = str(tree)
    path = f"{folder / 'python' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    for step in action["runs"]["steps"]:
        if "run" not in step:
            continue
        own = {name: filled(text, values) for name, text in step.get("env", {}).items()}
        done = subprocess.run(
            [step["shell"], "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=folder / "book", check=False,
            env={**os.environ, "PATH": path, "GITHUB_ACTIONS": "true", **own},
        )  # fmt: skip
        if done.returncode:
            return done.returncode
    return 0


def main() -> int:
    """Run the action on two documents; the exit status."""
    tree = Path(sys.argv[1]).resolve()
    action = yaml.safe_load((tree / "action.yml").read_text(encoding="utf-8"))
    with TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder / "python", with_pip=True)
        (folder / "book").mkdir()
        (folder / "book" / "true.md").write_text("$$ a + a = 2 a $$\n", encoding="utf-8")
        false = "Let $a > 0$.\n\n$$ a + a = 3 a $$\n"
        (folder / "book" / "false one.md").write_text(false, encoding="utf-8")
        options = {"options": "--no-cache --isolated"}
        found = [
            run(action, tree, folder, {"paths": "true.md", **options}),
            run(action, tree, folder, options),
            # An input is data: nothing in it is run.
            run(action, tree, folder, {"paths": "$(touch,run) true.md", **options}),
        ]
        touched = (folder / "book" / "run").exists()
    print(f"exit statuses {found}, as should be [0, 1, 2]{'; an input was run' if touched else ''}")
    return 1 if found != [0, 1, 2] or touched else 0


if __name__ == "__main__":
    raise SystemExit(main())
