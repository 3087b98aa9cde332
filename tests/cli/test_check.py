"""``derive check`` from the outside: reports, exit statuses, options, and the cache."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Result, Run

from derive.check import sealing
from derive.check.claims import Claim
from derive.check.running import Outcome
from derive.cli import checking

HOME = Path(__file__).resolve().parents[2]

GOOD = "# Logarithms\n\nLet $a > 0$ and $b > 0$.\n\n$$ \\log(a b) = \\log a + \\log b $$\n"
BAD = "\n$$ \\log(a + b) = \\log a + \\log b $$\n"
ODD = "\n$$ \\wobble{a} = a $$\n"
OPEN = "\n$$ \\Gamma(a + b) = \\Gamma(b + a) \\wobble $$\n"

Make = Callable[..., str]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and an account with nothing remembered."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DERIVE_CACHE", raising=False)
    monkeypatch.delenv("DERIVE_FORMAT", raising=False)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / ".config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    sealing.secret.cache_clear()
    return tmp_path


def put(text: str, name: str = "a.md") -> str:
    """Write a document; its name."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")
    return name


def data(result: Result) -> Any:
    """A report in JSON."""
    return json.loads(result.out)


def verdicts(result: Result) -> list[str]:
    """The verdicts of a report in JSON."""
    return [c["verdict"] for c in data(result)["claims"]]


def test_a_report_for_a_reader(run: Run) -> None:
    result = run("check", put(GOOD + BAD))
    assert (result.status, result.err) == (1, "")
    lines = result.out.splitlines()
    assert lines[0].startswith("a.md:7:16: D101 refuted step 1: ")
    assert lines[1:3] == ["  7 | $$ \\log(a + b) = \\log a + \\log b $$", f"    | {'^':>16}"]
    assert lines[-1] == "2 claims in 1 file: 1 proved, 1 refuted, 0 unknown, 0 unreadable"
    shown = run("check", "a.md", "--show-parse", "--show-context").out
    assert "read as: log(a + b) = log(a) + log(b)" in shown
    assert "given: a" in shown


def test_exit_statuses(run: Run) -> None:
    for text, options, status in [
        (GOOD, [], 0),
        (GOOD + BAD, [], 1),
        (GOOD + BAD, ["--exit-zero"], 0),
        (GOOD + BAD, ["--ignore", "D101"], 0),
        (GOOD + BAD, ["--select", "D3"], 0),
        (GOOD + BAD, ["--select", "D1"], 1),
        (GOOD + ODD, [], 0),
        (GOOD + ODD, ["--strict"], 1),
        ("no formula", [], 0),
        ("$$ x + 1 = 1 + x $$", ["--require-declarations"], 0),
        ("$$ x + 1 = 1 + x $$", ["--require-declarations", "--strict"], 1),
    ]:
        result = run("check", put(text), *options)
        assert result.status == status, (text, options, result)
    put(GOOD)
    assert run("check", ".").status == 0
    put("no formula")
    empty = run("check", ".")
    assert (empty.status, "--allow-empty" in empty.err) == (2, True)
    assert run("check", ".", "--allow-empty").status == 0


def test_an_expectation_is_kept_or_stale(run: Run) -> None:
    bad = BAD.strip()
    kept = run("check", put(f"{GOOD}\n<!-- expect: refuted -->\n{bad}\n"))
    assert kept.status == 0, kept
    stale = run("check", put("Let $a > 0$.\n\n<!-- expect: refuted -->\n$$ a + a = 2 a $$\n"))
    assert stale.status == 1
    assert "D501" in stale.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "nothing to check"),
        (["none.md"], "no file or folder none.md"),
        (["bb.md"], "did you mean b.md"),
        (["b.md", "--format", "jsn"], "jsn"),
        (["b.md", "--config", "job=3"], "did you mean jobs"),
        (["b.md", "--config", "jobs"], "KEY=VALUE"),
        (["b.md", "--jobs", "0"], "0"),
        (["b.md", "--baseline", "no.json"], "--write-baseline no.json"),
        (["b.md", "--output-file", "no/such/file"], "cannot be written"),
        (["-", "b.md"], "stands alone"),
        (["--module", "no_such_module"], "no module no_such_module"),
        (["b.md", "--executor", "slurm://x"], "dask://HOST:PORT"),
        (["b.md", "--chek"], "--chek"),
        (["-", "--watch"], "cannot be watched"),
    ],
)
def test_errors_are_sentences(run: Run, words: list[str], said: str) -> None:
    put("no formula", "b.md")
    result = run("check", *words)
    assert result.status == 2
    assert said in result.err + result.out
    assert "Traceback" not in result.err


def test_a_configuration_that_is_broken(run: Run) -> None:
    put("[tool.derive]\nsrict = true\n", "pyproject.toml")
    result = run("check", put(GOOD))
    assert result.status == 2
    assert "did you mean strict" in result.err
    assert run("check", "a.md", "--isolated").status == 0


def test_settings_are_shown_and_overridden(run: Run) -> None:
    put("strict = true\nignore = ['D3', 'D4']\n", "derive.toml")
    shown = run("check", "--show-settings", "--config", "jobs=3", "--timeout", "4").out
    assert "strict = true" in shown
    assert "jobs = 3" in shown
    assert "timeout = 4.0" in shown
    assert run("check", put(GOOD + ODD)).status == 0


def test_standard_input_has_a_name(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    standard = io.TextIOWrapper(io.BytesIO(b"\\[ a + a = 2 a \\]"))
    monkeypatch.setattr(sys, "stdin", standard)
    result = run("check", "-", "--stdin-filename", "paper.tex", "--format", "json")
    (claim,) = data(result)["claims"]
    assert (claim["path"], claim["line"], claim["column"]) == ("paper.tex", 1, 10)


def test_the_docstrings_of_a_module_are_read_and_not_run(
    run: Run, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = 'r"""Sums.\n\n.. math:: a + a = 2 a\n"""\nraise SystemExit("it was imported")\n'
    put(text, "lib/some_module.py")
    monkeypatch.syspath_prepend(str(place / "lib"))
    result = run("check", "--module", "some_module", "--format", "json")
    assert [c["line"] for c in data(result)["claims"]] == [3]
    assert "some_module" not in sys.modules


def test_formats_files_and_who_asks(run: Run, monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    put(GOOD + BAD)
    assert run("check", "a.md", "--format", "sarif", "--output-file", "o.sarif").out == ""
    assert json.loads((place / "o.sarif").read_text())["version"] == "2.1.0"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert run("check", "a.md").out.startswith("::error file=a.md,line=7,")
    assert run("check", "a.md", "--format", "concise").out.startswith("a.md:7:16: D101")
    monkeypatch.setenv("DERIVE_FORMAT", "junit")
    assert run("check", "a.md").out.startswith("<?xml")


def test_a_baseline_leaves_what_is_new(run: Run) -> None:
    put(GOOD + BAD)
    assert run("check", "a.md", "--write-baseline", "known.json").status == 1
    put(GOOD + "\nMore text.\n" + BAD)
    quiet = run("check", "a.md", "--baseline", "known.json")
    assert (quiet.status, "1 not shown" in quiet.out) == (0, True)
    put(GOOD + BAD + "\n$$ a = a + 1 $$\n")
    loud = run("check", "a.md", "--baseline", "known.json")
    assert loud.status == 1
    assert "a.md:9:" in loud.out
    assert "a.md:7:" not in loud.out


def test_only_failed_leaves_out_what_is_proved(run: Run) -> None:
    result = run("check", put(GOOD + BAD), "--only-failed", "--format", "json")
    assert verdicts(result) == ["refuted"]
    assert data(result)["summary"]["proved"] == 1


def test_ignored_where_a_comment_says_so(run: Run) -> None:
    result = run("check", put(f"{GOOD}\n<!-- derive: ignore D101 -->\n{BAD.strip()}\n"))
    assert result.status == 0
    assert "1 refuted" in result.out


def test_macros_and_givens_of_the_project(run: Run) -> None:
    put("macros = ['m/all.tex']\n[given]\n'b*.md' = 'm/all.given'\n", "derive.toml")
    put("\\newcommand{\\lg}{\\log}\n", "m/all.tex")
    put("[file]\na > 0; b > 0\n", "m/all.given")
    put("$$ \\lg(a b) = \\lg a + \\lg b $$", "b1.md")
    put("[file]\na > 0\n", "c.given")
    put("$$ \\log(a^2) = 2 \\log a $$", "c.md")
    result = run("check", "b1.md", "c.md", "--require-declarations", "--format", "json")
    assert verdicts(result) == ["proved", "proved"]


# -- workers and the cache ---------------------------------------------------------------------


def same(*results: Result) -> bool:
    """Whether reports in JSON are the same, byte for byte, apart from times."""
    texts = set()
    for result in results:
        found = data(result)
        for claim in found["claims"]:
            claim["seconds"] = 0
        texts.add(json.dumps(found))
    return len(texts) == 1


def test_the_report_does_not_depend_on_how_it_is_made(run: Run) -> None:
    for k in range(5):
        put(GOOD + BAD * (k % 2) + ODD, f"d/{k}.md")
    ways = [[], ["-j", "1"], ["-j", "2"], ["--start-method", "spawn"], ["--start-method", "fork"]]
    found = [run("check", "d", "--format", "json", "--no-cache", *way) for way in ways]
    cold, warm = (run("check", "d", "--format", "json") for _ in range(2))
    replayed = run("check", "d", "--format", "json", "--replay")
    assert same(*found, cold, warm, replayed)


def test_conditions_on_functions_are_written_alike_when_replayed(run: Run) -> None:
    given = "<!-- given: f(t) in Real for t in Real; g(t) in Real for t in Real -->\n"
    terms = r"\sum_{i=1}^n \log"
    put(rf"{given}$$ {terms}(f(i) g(i)) = {terms} f(i) + {terms} g(i) $$", "d/a.md")
    cold = run("check", "d", "--format", "json")
    (claim,) = data(cold)["claims"]
    assert any("f(i)" in condition for condition in claim["conditions"])
    assert same(cold, run("check", "d", "--format", "json", "--replay"))


def test_a_second_run_starts_no_worker_and_imports_no_engine(run: Run) -> None:
    put(GOOD + BAD, "d/a.md")
    first = run("check", "d", "--format", "json")
    program = (
        "import sys; from derive.cli import main; status = main(sys.argv[1:]);"
        "print(status, *sorted({'sympy', 'flint', 'derive.kernel', 'derive.check.workers'}"
        " & set(sys.modules)), file=sys.stderr)"
    )
    again = subprocess.run(
        [sys.executable, "-c", program, "check", "d", "--format", "json"],
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(HOME)}, check=True,
    )  # fmt: skip
    assert again.stderr.split() == ["1"]
    assert again.stdout == first.out


def test_a_forged_record_changes_nothing(run: Run, place: Path) -> None:
    put(GOOD + BAD)
    first = run("check", "a.md", "--format", "json", "--cache-dir", "kept")
    file = place / "kept" / "a.md.json"
    file.write_text(file.read_text().replace('"refuted"', '"proved"').replace('"D101"', "null"))
    again = run("check", "a.md", "--format", "json", "--cache-dir", "kept")
    assert again.status == 1
    assert same(first, again)


def test_what_another_account_kept_is_replayed(
    run: Run, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(GOOD + BAD + ODD)
    first = run("check", "a.md", "--format", "json", "--cache-dir", "kept")
    kept = (place / "kept" / "a.md.json").read_text()
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(place / "other" / name))
    sealing.secret.cache_clear()
    again = run("check", "a.md", "--format", "json", "--cache-dir", "kept")
    assert same(first, again)
    assert (place / "kept" / "a.md.json").read_text() == kept


def test_a_run_that_is_cut_short_loses_nothing(run: Run, place: Path) -> None:
    put(GOOD + BAD)
    run("check", "a.md", "--cache-dir", "kept")
    kept = (place / "kept" / "a.md.json").read_text()
    put(GOOD + BAD + "\nMore.\n")
    hurried = run("check", "a.md", "--cache-dir", "kept", "--timeout", "0.001", "--format", "json")
    assert [c["code"] for c in data(hurried)["claims"]] == ["D202"]
    assert (place / "kept" / "a.md.json").read_text() == kept


def test_a_limit_is_kept_for_the_limits_it_had(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put(GOOD)
    asked: list[float] = []

    def stopped(jobs: Any, _count: int, task: checking.Task) -> Iterator[Outcome]:
        for job in jobs:
            asked.append(task.configuration.timeout)
            claim = Claim(job["path"], 1, 1, 1, 2, verdict="unknown", code="D202", reason="limit")
            yield Outcome((claim,), {"some": {"nothing": True}})

    monkeypatch.setattr(checking, "_outcomes", stopped)
    first = run("check", "a.md", "--timeout", "2", "--format", "json")
    assert same(first, run("check", "a.md", "--timeout", "2", "--format", "json"))
    assert asked == [2]
    run("check", "a.md", "--timeout", "3")
    run("check", "a.md", "--timeout", "3", "--replay")
    assert asked == [2, 3, 3]


def test_the_cache_can_be_found_exported_and_cleaned(run: Run, place: Path) -> None:
    put(GOOD, "d/a.md")
    run("check", "d")
    assert run("cache", "dir").out.strip() == str(place / ".cache" / "derive")
    assert "wrote 1 files" in run("cache", "export", "kept").out
    assert json.loads((place / "kept" / "d" / "a.md.json").read_text())["entries"]
    assert run("cache", "clean").out.startswith("removed")
    assert list((place / ".cache" / "derive").iterdir()) == []
    assert run("check", "d", "--cache-dir", "kept").status == 0


# -- declare -----------------------------------------------------------------------------------


def test_what_is_declared_settles_what_was_not(run: Run) -> None:
    put("$$ \\sum_{i=1}^{n} (x_i + c) = n c + \\sum_{i=1}^{n} x_i $$")
    block = run("declare", "a.md")
    assert block.status == 0
    assert "c in Real" in block.out.splitlines()
    assert run("check", "a.md", "--require-declarations", "--strict").status == 1
    put(block.out, "a.given")
    assert run("check", "a.md", "--require-declarations", "--strict").status == 0
    assert "declares everything" in run("declare", "a.md").out


def test_declare_wants_one_file(run: Run) -> None:
    assert run("declare", ".").status == 2
    assert run("declare", "none.md").status == 2
