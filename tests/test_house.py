"""The house: who may know whom, how large a thing may be, and what must never occur.

Nothing is imported to find out: the files are read as text and as syntax trees, so that an
import inside a function counts as much as one at the top.
"""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import derive
from derive import kernel, rules
from derive.catalogue import entries, files
from derive.cli.application import application
from derive.cli.application import names as commands
from derive.distributions import names as distributions
from derive.document import suffixes
from derive.render import formats
from derive.report import formats as report_formats

HOME = Path(__file__).resolve().parent.parent
FILES = sorted((HOME / "derive").rglob("*.py"))
PROOFS = sorted((HOME / "proofs").rglob("*.py"))
#: Stand-alone by design: one file, no import of the package, longer than the others.  Anybody
#: may call it; that it calls nobody is tested.
ALONE = HOME / "derive" / "recheck.py"

#: From the bottom to the top of the tower; a unit imports what stands before it.
ORDER = (
    "notebook",
    "node",
    "term",
    "polynomial",
    "functions",
    "domains",
    "entries",
    "context",
    "plain",
    "problems",
    "kernel",
    "rules",
    "gate",
    "distributions",
    "recall",
    "refute",
    "search",
    "derivations",
    "models",
    "chain",
    "reasons",
    "counterexamples",
    "running",
    "automatic",
    "instances",
    "certificate",
    "render",
    "verdicts",
    "graded",
    "likelihoods",
    "report",
    "codes",
    "outline",
    "catalogue",
    "relating",
    "latex",
    "document",
    "check",
    "cli",
    "integrations",
)

#: Edges against the order, each inside a function, and why each is needed.
UPWARD = {
    ("node", "plain"): "a term's repr is its plain spelling",
    ("notebook", "integrations"): "a notebook asks a value for its HTML and its LaTeX",
    ("rules", "distributions"): "the ledger ends with what each distribution's mass is",
    ("chain", "running"): "a script runs itself when its theorem is asked for",
}
#: Types that a lower module names without importing them when it runs.
NAMED_ABOVE = {("kernel", "rules"): "a rule is an argument; the kernel never looks one up"}

#: Where a module is imported by a name that is computed, and which names these are.
BY_NAME = {
    "derive/__init__.py": "the public names, on first use",
    "derive/plain/laws.py": "the parameters of laws, from derive.distributions",
    "derive/rules/__init__.py": "FAMILIES",
    "derive/distributions/__init__.py": "the files of the folder",
    "derive/render/__init__.py": "the files of the folder",
    "derive/report/__init__.py": "the files of the folder",
    "derive/document/__init__.py": "the files of the folder formats",
    "derive/check/report/__init__.py": "the files of the folder",
    "derive/check/watching.py": "all modules, before a worker is watched",
    "derive/check/workers.py": "the module of the function that the parent process sends",
    "derive/catalogue.py": "the files of proofs/",
    "derive/cli/application.py": "the files of the folder commands",
}

#: What may be imported from outside the standard library, and where.
OUTSIDE = {
    "sympy": "derive/search/sympy",
    "flint": "derive/refute/",
    "click": "derive/cli/",
    "distributed": "derive/check/cluster.py",
    "math_core": "derive/render/notation/mathml.py",
    "sphinx": "derive/integrations/sphinx/",
    "docutils": "derive/integrations/sphinx/",
    "markdown": "derive/integrations/markdown.py",
    "IPython": "derive/integrations/jupyter.py",
    "pytest": "derive/integrations/pytest.py",
}

FORBIDDEN = {
    "eval", "exec", "sympify", "parse_expr", "lambdify", "pickle", "marshal", "shelve", "yaml",
    "dill", "cloudpickle", "subprocess", "runpy", "ctypes", "nsimplify",
}  # fmt: skip
#: What may be used of the operating system: files and folders, the environment, no programs.
OF_OS = {
    "cpu_count", "devnull", "dup2", "environ", "getcwd", "listdir", "open", "path", "sep",
    "O_WRONLY",
}  # fmt: skip
#: Processes of our own, which run claims under limits: in derive/check only.
OF_PROCESSES = {"_exit", "close", "fork", "kill", "pipe", "read", "waitpid", "write"}


class Import(NamedTuple):
    """One imported module: ``kind`` is ``eager``, ``lazy`` or ``typing``."""

    target: str
    kind: str
    line: int


def name_of(path: Path) -> str:
    """The module in a file."""
    parts = path.relative_to(HOME).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def unit_of(module: str) -> str:
    """The storey that a module of derive belongs to; empty for the package itself."""
    name = [*module.split("."), ""][1]
    together = {"certificate_text": "certificate", "__main__": "cli"}
    if name.startswith("model_"):
        return "models"
    return together.get(name, name)


def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports_of(path: Path) -> list[Import]:
    """Every import of a file, wherever it stands."""
    found: list[Import] = []

    def visit(node: ast.AST, kind: str) -> None:
        for child in ast.iter_child_nodes(node):
            inner = kind
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
                inner = "lazy"
            elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                inner = "typing"
            elif isinstance(child, ast.Import):
                found.extend(Import(a.name, kind, child.lineno) for a in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, f"{path}:{child.lineno}: a relative import"
                module = child.module or ""
                # ``from derive import kernel`` imports derive.kernel, if that is a module.
                inside = [f"{module}.{a.name}" for a in child.names if is_module(module, a.name)]
                found.extend(Import(t, kind, child.lineno) for t in inside or [module])
            visit(child, inner)

    visit(tree_of(path), "eager")
    return found


def is_module(package: str, name: str) -> bool:
    """Whether a name of a package of the project is a module of its own."""
    folder = HOME.joinpath(*package.split("."))
    return (folder / f"{name}.py").is_file() or (folder / name / "__init__.py").is_file()


def relative(path: Path) -> str:
    """The path as it is written in the tables above."""
    return path.relative_to(HOME).as_posix()


def imports_of_project(path: Path) -> Iterator[tuple[str, str, Import]]:
    """The edges between storeys that the imports of a file of derive make."""
    unit = unit_of(name_of(path))
    for found in imports_of(path):
        if found.target.split(".")[0] == "derive":
            target = unit_of(found.target)
            if target not in ("", unit, "recheck"):
                yield unit, target, found


# -- layers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [f for f in FILES if f != ALONE], ids=relative)
def test_a_module_imports_only_what_stands_before_it(path: Path) -> None:
    own = unit_of(name_of(path))
    assert own == "" or own in ORDER, f"{own} has no place in the order"
    for unit, target, found in imports_of_project(path):
        where = f"{relative(path)}:{found.line}: {unit} imports {target}"
        assert unit != "", f"{where}: the package imports its modules by name only"
        if ORDER.index(target) < ORDER.index(unit):
            continue
        assert found.kind != "eager", where
        allowed = UPWARD if found.kind == "lazy" else {**UPWARD, **NAMED_ABOVE}
        assert (unit, target) in allowed, where


def test_every_exception_is_still_needed() -> None:
    built = [f for f in FILES if f != ALONE]
    edges = {(u, t) for path in built for u, t, _ in imports_of_project(path)}
    upward = {(u, t) for u, t in edges if ORDER.index(t) > ORDER.index(u)}
    assert upward == {*UPWARD, *NAMED_ABOVE}


def test_the_order_names_what_there_is() -> None:
    assert {unit_of(name_of(f)) for f in FILES if f != ALONE} - {""} == set(ORDER)


def test_the_order_is_told_to_contributors() -> None:
    lines = (HOME / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()
    assert " ".join(line[2:] for line in lines if line.startswith("> ")) == ", ".join(ORDER)


def test_the_second_checker_stands_alone() -> None:
    assert {i.target.split(".")[0] for i in imports_of(ALONE)} <= sys.stdlib_module_names


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_what_is_imported_from_outside(path: Path) -> None:
    for found in imports_of(path):
        top = found.target.split(".")[0]
        if top in ("derive", "__future__") or top in sys.stdlib_module_names:
            continue
        if top == "proofs":
            assert relative(path) == "derive/catalogue.py"
            continue
        where = f"{relative(path)}:{found.line} imports {top}"
        assert top in OUTSIDE, where
        assert relative(path).startswith(OUTSIDE[top]), where
        if top in ("flint", "math_core"):
            assert found.kind != "eager", f"{where} before it is needed"


def test_the_kernel_needs_the_standard_library_only() -> None:
    below = {f for f in FILES if unit_of(name_of(f)) in ORDER[: ORDER.index("kernel") + 1]}
    assert HOME / "derive" / "kernel.py" in below
    tops = {i.target.split(".")[0] for f in below for i in imports_of(f)}
    assert tops - {"derive"} <= sys.stdlib_module_names


def test_proofs_use_public_names_only() -> None:
    for path in PROOFS:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Import):
                raise AssertionError(f"{relative(path)}:{node.lineno}: import names, not modules")
            if not isinstance(node, ast.ImportFrom) or node.module == "__future__":
                continue
            where = f"{relative(path)}:{node.lineno}"
            names = {a.name for a in node.names}
            if node.module == "derive":
                assert names <= set(derive.__all__), where
            elif node.module == "derive.rules":
                assert names <= set(rules.ledger()), where
            else:
                assert str(node.module).split(".")[0] == "proofs", where


def test_imports_by_name_stand_where_they_are_listed() -> None:
    found = set()
    for path in FILES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func).split(".")[-1]
                if called in ("__import__", "import_module"):
                    found.add(relative(path))
    assert found <= set(BY_NAME)


@pytest.mark.parametrize(
    ("program", "absent"),
    [
        ("import derive", ("sympy", "flint", "click", "derive.term", "dataclasses", "inspect")),
        ("import derive.chain", ("sympy", "flint", "click", "math_core", "json", "inspect")),
        ("from proofs.bce import bce; bce.run()", ("sympy", "math_core", "json", "inspect")),
    ],
)
def test_what_is_not_needed_is_not_imported(program: str, absent: tuple[str, ...]) -> None:
    ask = f"import sys; {program}; print(*sorted(set({absent!r}) & set(sys.modules)))"
    run = [sys.executable, "-c", ask]
    done = subprocess.run(run, cwd=HOME, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


# -- sizes -------------------------------------------------------------------------------------


def length(path: Path) -> int:
    """How many lines a file has."""
    return path.read_text(encoding="utf-8").count("\n")


def test_files_are_short() -> None:
    sizes = sorted((length(f), relative(f)) for f in (*FILES, *PROOFS) if f != ALONE)
    largest = {name: n for n, name in sizes if n > 500}
    assert largest.pop("derive/kernel.py", 0) <= 800
    assert not largest
    assert sizes[len(sizes) * 9 // 10][0] <= 250, sizes[len(sizes) * 9 // 10 :]


@pytest.mark.parametrize("folder", ["derive", "proofs", "tests", "benchmarks", "docs"])
def test_functions_are_short(folder: str) -> None:
    long = [
        f"{relative(path)}:{node.lineno} {node.name}"
        for path in (HOME / folder).rglob("*.py")
        for node in ast.walk(tree_of(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert not long


# -- the folder is the registry ----------------------------------------------------------------


def modules_in(folder: str) -> list[str]:
    """The modules of a folder that are meant for the registry."""
    return sorted(f.stem for f in (HOME / folder).glob("*.py") if not f.name.startswith("_"))


def test_every_family_of_rules_is_listed() -> None:
    assert sorted(rules.FAMILIES) == modules_in("derive/rules")


def test_every_distribution_is_registered() -> None:
    assert sorted(distributions()) == modules_in("derive/distributions")


def test_every_output_format_is_registered() -> None:
    assert sorted(formats()) == modules_in("derive/render")
    for name, renderer in formats().items():
        wanted = ["derivation", "explain", "standalone"]
        assert list(inspect.signature(renderer).parameters)[:3] == wanted, name


def test_every_format_of_documents_is_registered() -> None:
    assert sorted(set(suffixes().values())) == modules_in("derive/document/formats")


def test_every_format_of_verdicts_is_registered() -> None:
    assert sorted(report_formats()) == modules_in("derive/report")


def test_every_command_is_registered() -> None:
    assert sorted(n.replace("-", "_") for n in commands()) == modules_in("derive/cli/commands")
    context = application.make_context("derive", [])
    for name in commands():
        found = application.get_command(context, name)
        assert found is not None, name
        assert found.help, name


def test_every_script_is_in_the_catalogue() -> None:
    assert files() == modules_in("proofs")
    decorated = sum(f.read_text(encoding="utf-8").count("\n@derivation") for f in PROOFS)
    found = entries()
    assert len(found) == len({e.name for e in found}) == decorated


def test_the_kernel_lists_every_way_to_make_a_theorem() -> None:
    listed = {
        line.split("(")[0].strip()
        for line in (kernel.__doc__ or "").splitlines()
        if line.startswith("    ") and "(" in line
    }
    assert listed == set(kernel.INFERENCES)


# -- what must never occur ---------------------------------------------------------------------


@pytest.mark.parametrize("path", [*FILES, *PROOFS], ids=relative)
def test_nothing_is_evaluated(path: Path) -> None:
    of_os = OF_OS | OF_PROCESSES if "check" in path.parts else OF_OS
    for node in ast.walk(tree_of(path)):
        used = ""
        if isinstance(node, ast.Name):
            used = node.id
        elif isinstance(node, ast.Attribute):
            used = node.attr
        elif isinstance(node, ast.alias):
            used = node.name.split(".")[0]
        assert used not in FORBIDDEN, f"{relative(path)}: {used}"
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "os":
            assert used in of_os, f"{relative(path)}:{node.lineno}: os.{used}"
        if isinstance(node, ast.ImportFrom) and node.module == "os":
            assert {a.name for a in node.names} <= of_os, f"{relative(path)}:{node.lineno}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            # S("...") reads its text as code; compile makes code of text.
            assert node.func.id not in ("S", "compile"), f"{relative(path)}:{node.lineno}"


@pytest.mark.parametrize(
    "path", [f for f in (*FILES, *PROOFS) if f != ALONE and "cli" not in f.parts], ids=relative
)
def test_only_the_command_line_prints(path: Path) -> None:
    tree = tree_of(path)
    # Before a process is forked, what is written must be out.
    flushed = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "flush" and "check" in path.parts
    }
    for node in ast.walk(tree):
        if id(node) in flushed:
            continue
        said = ast.unparse(node) if isinstance(node, (ast.Name, ast.Attribute)) else ""
        wrong = said in ("print", "input", "sys.stdout", "sys.stderr", "sys.stdin")
        assert not wrong, f"{relative(path)}:{getattr(node, 'lineno', 0)}: {said}"


def public_things(path: Path) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """The functions and classes of a module that are meant for others."""
    for node in tree_of(path).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            yield node


@pytest.mark.parametrize("path", [f for f in FILES if f != ALONE], ids=relative)
def test_public_things_say_what_they_mean(path: Path) -> None:
    assert ast.get_docstring(tree_of(path)), "the module says nothing"
    silent = [node.name for node in public_things(path) if not ast.get_docstring(node)]
    assert not silent


def test_files_of_tests_have_names_of_their_own() -> None:
    """Folders of tests are no packages: of two files of one name pytest collects one."""
    names = [path.name for path in (HOME / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
