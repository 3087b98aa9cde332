"""Leave out one check of the kernel after another: the tests must notice each time.

python .ci/mutants.py [LIMIT]

Works on a copy in a temporary folder.  Prints the checks that no test misses, and gives
exit status 1 if there are any.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
TESTS = ["tests/kernel", "--ignore=tests/kernel/test_coverage.py", "tests/test_kernel_fuzz.py"]
#: Helpers whose call is a check and nothing else.
CHECKS = {"_require", "_says", "_keeps", "_keeps_theta"}


def checks(source: str) -> list[ast.Expr]:
    """The statements of the kernel that only check."""
    return [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id in CHECKS
    ]


def without(source: str, check: ast.Expr) -> str:
    """The source with ``pass`` in the place of a check."""
    lines = source.splitlines(keepends=True)
    first, last = check.lineno - 1, check.end_lineno or check.lineno
    return "".join([*lines[:first], " " * check.col_offset + "pass\n", *lines[last:]])


def noticed(copy: Path) -> bool:
    """Whether the tests fail in a copy of the project."""
    run = [sys.executable, "-B", "-m", "pytest", "-x", *TESTS]
    return subprocess.run(run, cwd=copy, capture_output=True, check=False).returncode == 1


def main(limit: int | None = None) -> int:
    """Try every check; the exit status."""
    missed = []
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place, "copy")
        ignored = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache")
        shutil.copytree(HOME, copy, ignore=ignored)
        kernel = copy / "derive" / "kernel.py"
        source = kernel.read_text(encoding="utf-8")
        if noticed(copy):
            print("the tests fail before anything is left out")
            return 1
        tried = checks(source)[:limit]
        for check in tried:
            kernel.write_text(without(source, check), encoding="utf-8")
            if not noticed(copy):
                missed.append(f"derive/kernel.py:{check.lineno}: {ast.unparse(check)}")
                print(missed[-1], flush=True)
    print(f"{len(tried) - len(missed)} of {len(tried)} checks are noticed when they are left out")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:2])))
