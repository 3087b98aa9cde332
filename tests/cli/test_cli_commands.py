"""The other commands, and what they import."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from derive import __version__
from derive.catalogue import entries, find
from derive.cli.application import application, names
from derive.cli.output import escaped
from derive.codes import CODES, FAMILIES

HOME = Path(__file__).resolve().parents[2]


def test_without_a_command_there_are_three_examples(run):
    result = run()
    assert result.status == 0
    assert result.out.count("\n  derive ") == 3
    assert '\n  derive prove "' in result.out


def test_help_has_every_command_of_the_folder():
    result = CliRunner().invoke(application, ["--help"])
    assert result.exit_code == 0
    for name in names():
        assert f"\n  {name} " in result.output


@pytest.mark.parametrize("name", names())
def test_every_command_explains_itself(name):
    result = CliRunner().invoke(application, [name, "--help"])
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: derive {name}") or "Usage:" in result.output
    assert application.get_command(None, name).get_short_help_str()


def test_version(run):
    assert run("--version").out == f"derive {__version__}\n"


def test_list_has_what_the_catalogue_has(run):
    data = json.loads(run("list", "--json").out)
    assert [d["name"] for d in data] == [e.name for e in entries()]
    assert all(d["title"] and d["relation"] and d["file"].startswith("proofs/") for d in data)
    text = run("list").out
    assert all(d["name"] in text for d in data)


def test_search_finds_rules_derivations_and_distributions(run):
    result = run("search", "bernoulli")
    assert result.status == 0
    for heading in ("Derivations", "Rules", "Distributions"):
        assert heading in result.out
    assert "log_of_product" in run("search", "log", "product").out
    assert "log_product" in run("search", "log(a*b)").out
    assert run("search", "no such thing as this").status == 1


def test_explain_a_rule_a_distribution_and_every_code(run):
    rule = run("explain", "log-product").out
    for part in ("log(a*b) = log(a) + log(b)", "a in Positive; b in Positive", "Rudin"):
        assert part in rule
    assert "p**y*(1 - p)**(1 - y)" in run("explain", "Bernoulli").out
    for name, code in CODES.items():
        assert code.title in run("explain", name.lower()).out
    for family in FAMILIES:
        assert run("explain", f"{family}xx").out.count("\n") >= 2


def test_the_codes_are_of_known_families():
    assert {name[:2] for name in CODES} == set(FAMILIES)
    assert all(code.what and code.why for code in CODES.values())


def test_axioms_print_the_ledger(run):
    from derive.certificate import ledger_json
    from derive.rules import digest, ledger

    text = run("axioms").out
    assert f"{len(ledger())} axioms, digest {digest()}" in text
    assert all(f"\n{name}\n" in "\n" + text for name in ledger())
    assert json.loads(run("axioms", "--json").out) == ledger_json()


def test_recheck_takes_what_show_writes(run, write):
    write("")
    run("show", "bce", "--format", "json", "--output", "bce.json")
    result = run("recheck", "bce.json")
    assert result.status == 0
    assert result.out.startswith("OK: ")
    data = json.loads(Path("bce.json").read_text(encoding="utf-8"))["certificate"]
    data["steps"][-1]["statement"] = data["steps"][0]["statement"]
    Path("lie.json").write_text(json.dumps(data), encoding="utf-8")
    lie = run("recheck", "lie.json")
    assert lie.status == 1
    assert lie.err.startswith("refused: ")


def test_recheck_knows_no_rule_beyond_the_ledger_it_is_given(run, write):
    write("")
    run("show", "bce", "--format", "json", "--output", "bce.json")
    ledger = json.loads(run("axioms", "--json").out)
    Path("whole.json").write_text(json.dumps(ledger), encoding="utf-8")
    assert run("recheck", "bce.json", "--axioms", "whole.json").status == 0
    from derive.certificate import ledger_json
    from derive.rules import ledger as rules

    less = ledger_json({name: r for name, r in rules().items() if name != "log_product"})
    Path("less.json").write_text(json.dumps(less), encoding="utf-8")
    assert run("recheck", "bce.json", "--axioms", "less.json").status == 1


def test_new_writes_a_script_that_runs_and_is_not_overwritten(run, write):
    write("")
    result = run("new", "my-loss")
    assert result.status == 0
    assert "next: derive show my_loss.py" in result.out
    assert "Proved." in run("show", "my_loss.py").out
    before = Path("my_loss.py").read_text()
    again = run("new", "my_loss")
    assert again.status == 2
    assert "there already" in again.err
    assert Path("my_loss.py").read_text() == before


def test_verify_counts_and_tells_what_failed(run, write):
    good = run("verify", "bce", "--jobs", "1")
    assert good.status == 0
    assert good.out.endswith("1 derivation: 1 proved\n")
    path = write(
        '@derivation\ndef wrong(a: Positive):\n    """W."""\n    yield log(a)\n'
        "    yield -log(a), log_product\n"
    )
    bad = run("verify", path, "--jobs", "1")
    assert bad.status == 1
    assert "1 failed" in bad.out
    assert "script.py:8: this line does not follow" in bad.out


def test_the_text_of_a_script_tells_its_relation():
    found = {e.name: e.relation for e in entries()}
    assert found["bce"] == "="
    assert found["mae"].startswith("~")
    assert "refuted" in found["mse-dataset"]
    assert find("bce").run().parts[0].statement.head == "Eq"


def test_what_is_listed_is_what_the_modules_have():
    from importlib import import_module

    from derive.catalogue import files
    from derive.chain import Script

    have = {
        value.name
        for module in files()
        for value in vars(import_module(f"proofs.{module}")).values()
        if isinstance(value, Script)
    }
    assert have == {e.name for e in entries()}


def test_escaping_keeps_lines_and_letters():
    assert escaped("π\n\x07\x9b\u202e") == "π\n\\x07\\x9b\\u202e"


# -- whole processes -----------------------------------------------------------------------------

LOADED = """
import sys
from derive.cli import main
main({words})
print(*sorted(m for m in sys.modules if m.split(".")[0] in {watched}), file=sys.stderr)
"""


def loaded(words: list[str], *watched: str) -> set[str]:
    """The watched modules that a command has imported when it ends."""
    code = LOADED.format(words=words, watched=watched)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("words", [["--version"], ["--help"], [], ["list"], ["list", "--json"]])
def test_commands_without_proofs_import_no_machinery(words):
    found = loaded(words, "sympy", "flint", "derive", "proofs")
    machinery = ("sympy", "flint", "proofs", "derive.rules", "derive.kernel", "derive.search")
    assert not [m for m in found if m.startswith(machinery)]


def test_show_imports_neither_sympy_nor_flint_nor_click():
    assert loaded(["show", "bce"], "sympy", "flint", "click") == set()
    assert loaded(["show", "bce", "--explain"], "sympy", "flint") == set()


def test_a_closed_pipe_is_no_traceback():
    for words in ("axioms", "show bce --detail full", "show bce"):
        code = f"import sys; from derive.cli import main; sys.exit(main({words.split()}))"
        process = subprocess.Popen(
            [sys.executable, "-c", code], cwd=HOME, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        error = process.stderr.read().decode()
        assert process.wait() == 141, words
        assert error == ""
        process.stderr.close()


@pytest.mark.parametrize("start", [["cli.py"], ["-m", "derive"]])
def test_the_ways_to_start(start):
    done = subprocess.run(
        [sys.executable, *start, "show", "nothing"], cwd=HOME, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stderr.startswith("error: there is no derivation nothing")
