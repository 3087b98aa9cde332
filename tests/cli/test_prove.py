"""``derive prove``: verdicts, formats, limits, problem files, and input that is wrong."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep
from xml.etree import ElementTree

import pytest

from derive.cli.proving import arranged, simple

#: Many terms: nobody wants to wait for it.
ENDLESS = "Sum(sin(k), (k, 1, 10**7)) = 1"
BCE = ("-log(p**y*(1-p)**(1-y)) = -y*log(p) - (1-y)*log(1-p)", "y in {0,1}; p in (0,1)")


def test_what_is_proved_is_shown_with_its_steps(run):
    result = run("prove", "log(a*b**2) = log(a) + 2*log(b)", "--given", "a > 0; b > 0")
    assert result.err == ""
    assert result.status == 0
    assert result.out == (
        "Proved: log(a b²) = log a + 2 log b\n"
        "\n"
        "Given: a in Positive\n"
        "       b in Positive\n"
        "\n"
        "    log(a b²)\n"
        "  = log a + 2 log b     log product, log power\n"
        "\n"
        "Rules: log power, log product.\n"
    )


def test_a_statement_may_begin_with_a_minus(run):
    for options in ([], ["--format", "json"], ["--timeout", "9"]):
        result = run("prove", BCE[0], "--given", BCE[1], *options)
        assert result.status == 0, result.err


BITS = "n in Natural; p[i] > 0 for i in 1..n; y[i] in {0,1} for i in 1..n"


@pytest.mark.parametrize(
    ("text", "given", "verdict"),
    [
        (r"\log \prod_{i=1}^n p_i^{y_i} = \sum_i y_i \log p_i", BITS, "proved"),
        (r"\log \prod_{i=1}^n p_i^{y_i} = \sum_i p_i \log y_i", BITS, "refuted"),
        (r"$$ -\hat y \geq -1 $$", "y_hat in (0,1)", "proved"),
        (r"\[ \frac{d}{dz} \log \sigma(z) = \sigma(z) \]", "z in Real", "refuted"),
        (r"0 \log 0 = 0", "convention 0*log(0) = 0", "proved"),
    ],
)
def test_a_statement_in_latex(run, text, given, verdict):
    result = run("prove", "--latex", text, "--given", given, "--format", "json")
    assert result.err == ""
    assert json.loads(result.out)["verdict"] == verdict


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("q = a", 1, "q is not declared"),
        ("a = a = a", 7, "a statement has one relation"),
        ("a + a", 1, "a relation between two sides"),
        (r"$ \wobble{a} = a $", 3, r"\wobble is not known"),
        (r"a \approx a", 3, "approx is no relation between two numbers"),
        (r"a = a \quad \text{for } a > 0", 13, "say it with --given"),
    ],
)
def test_latex_that_makes_no_statement(run, text, column, said):
    result = run("prove", "--latex", text, "--given", "a in Real")
    assert result.status == 2
    assert f"statement:1:{column}: " in result.err
    assert said in result.err


def test_what_is_refuted_has_a_witness_with_both_values(run):
    result = run("prove", "log(x**2) = 2*log(x)", "--given", "x in Real")
    assert result.status == 1
    assert result.out.startswith("Refuted: log(x²) = 2 log x\n")
    assert "at x = -1: the left side is 0, the right side is undefined." in result.out


def test_what_is_not_known_says_why_and_what_was_tried(run):
    result = run("prove", "(x + 1)**99999 = (1 + x)**99999 + 0*x", "--given", "x in Natural")
    assert result.status == 3
    assert "Reason: undecided. Neither a proof nor a counterexample was found." in result.out
    assert "points that were tried; that proves nothing." in result.out


def test_the_reader_of_bce_as_cross_entropy_sees_a_few_lines(run):
    given = (
        "n in Natural; Y[i,j] in {0,1} for i in 1..n, j in 1..2; "
        "P[i,j] in (0,1) for i in 1..n, j in 1..2"
    )
    rows = "Sum(Y[i,j], (j,1,2)) = 1 for i in 1..n; Sum(P[i,j], (j,1,2)) = 1 for i in 1..n"
    claim = (
        "-Sum(Sum(Y[i,j]*log(P[i,j]), (j,1,2)), (i,1,n))/n = "
        "-Sum(Y[i,1]*log(P[i,1]) + (1 - Y[i,1])*log(1 - P[i,1]), (i,1,n))/n"
    )
    result = run("prove", claim, "--given", given, "--given", rows, "--format", "json")
    assert result.status == 0
    found = json.loads(result.out)
    (part,) = found["proof"]
    assert 3 <= len(part["lines"]) <= 10
    assert any("given" in line["reasons"] for line in part["lines"])
    assert set(found["rules"]) >= {"sum_first"}


def test_cases_are_told_apart(run):
    result = run("prove", "Abs(x) = Max(x, -x)", "--given", "x in Real")
    assert result.status == 0
    assert "If 0 <= x\n" in result.out
    assert "If x < 0\n" in result.out
    assert "max left" in result.out


def test_an_affine_relation_names_its_numbers(run):
    result = run("prove", "log(x) + y ~ 3*log(x) - 5 in x", "--given", "x > 0; y in Real")
    assert result.status == 0
    assert "  a = 1/3\n  b = y + 5/3\n" in result.out


def test_json_has_the_fields_of_a_claim(run):
    result = run("prove", "x = x**2", "--given", "x in Real", "--format", "json")
    assert result.status == 1
    found = json.loads(result.out)
    (point,) = found["witness"]["points"]
    assert set(point) == {"at", "lhs", "rhs"}
    assert found["verdict"] == "refuted"
    assert all(isinstance(value, str) for value in point["at"].values())
    assert found["given"] == ["x in Real"]


def test_latex_and_html(run):
    words = ("prove", "log(a*b) = log(a) + log(b)", "--given", "a > 0; b > 0", "--format")
    latex = run(*words, "latex").out
    assert r"\textbf{Proved:}" in latex
    assert latex.count(r"\begin{align*}") == latex.count(r"\end{align*}") == 2
    assert "log product" in latex
    html = run(*words, "html").out
    page = ElementTree.fromstring(html)
    assert "Proved" in "".join(page.itertext())
    hostile = run("prove", "x = <b>", "--given", "x in Real", "--format", "html")
    assert hostile.status == 2
    assert hostile.out == ""


def test_a_certificate_is_accepted_by_the_second_checker(run, tmp_path):
    path = str(tmp_path / "bce.json")
    result = run("prove", BCE[0], "--given", BCE[1], "--certificate", path)
    assert result.status == 0
    assert f"`derive recheck {path}` checks it" in result.err
    checked = run("recheck", path)
    assert checked.status == 0, checked.err
    data = json.loads(Path(path).read_text())
    data["steps"][-1]["statement"] = data["steps"][-1]["statement"].replace("Eq", "Lt", 1)
    Path(path).write_text(json.dumps(data))
    assert run("recheck", path).status == 1


def test_only_a_proof_has_a_certificate(run, tmp_path):
    path = tmp_path / "none.json"
    result = run("prove", "x = 1", "--given", "x in Real", "--certificate", str(path))
    assert result.status == 1
    assert "only a proof has a certificate" in result.err
    assert not path.exists()


def test_every_step_of_the_kernel(run):
    result = run("prove", "log(exp(x)) = x", "--given", "x in Real", "--detail", "full")
    assert result.status == 0
    assert "Kernel steps: " in result.out
    assert "axiom log_exp" in result.out


def test_a_statement_from_a_file_or_from_standard_input(run, tmp_path, monkeypatch):
    path = tmp_path / "claim.txt"
    path.write_text("x +\n  x = 2*x\n")
    assert run("prove", "--file", str(path), "--given", "x in Real").status == 0
    monkeypatch.setattr(sys, "stdin", io.StringIO("x*x = x**2\n"))
    assert run("prove", "-", "--given", "x in Real").status == 0
    path.write_text("x =\n  2*q")
    wrong = run("prove", "--file", str(path), "--given", "x in Real")
    assert wrong.status == 2
    assert f"{path}:2:5: q is not declared" in wrong.err
    missing = run("prove", "--file", str(tmp_path / "gone"), "--given", "x in Real")
    assert missing.status == 2
    assert "gone cannot be read" in missing.err


def test_a_statement_that_takes_too_long_is_unknown(run):
    for form in ("text", "json", "latex", "html"):
        began = monotonic()
        result = run("prove", ENDLESS, "--timeout", "0.4", "--format", form)
        assert monotonic() - began < 5
        assert result.status == 3
        assert "limit: more time than 0.4 s was needed" in result.out


# -- problem files -------------------------------------------------------------------------


def problem(name: str, lhs: str, rhs: str, **more: object) -> str:
    """One line of a problem file."""
    symbols = {"x": {"domain": "real"}}
    data = {"id": name, "symbols": symbols, "lhs": lhs, "rhs": rhs, "relation": "equal", **more}
    return json.dumps(data) + "\n"


GOOD = problem("a", "x + x", "2*x") + problem("b", "x", "x**2") + problem("c", "x*x", "x**2")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_problems_are_answered_in_their_order(run, tmp_path, jobs):
    path = tmp_path / "problems.jsonl"
    path.write_text(GOOD)
    result = run("prove", "--problems", str(path), "--format", "json", "--jobs", jobs)
    rows = [json.loads(line) for line in result.out.splitlines()]
    assert [row["id"] for row in rows] == ["a", "b", "c"]
    assert [row["verdict"] for row in rows] == ["proved", "refuted", "proved"]
    fields = {"id", "verdict", "conditions", "witness", "reason", "seconds"}
    assert all(set(row) == fields for row in rows)
    assert rows[1]["witness"]["points"]
    assert result.status == 1
    told = run("prove", "--problems", str(path), "--jobs", jobs).out
    assert told.endswith("\n3 problems: 2 proved, 1 refuted\n")


def test_a_problem_that_takes_too_long_does_not_stop_the_next(run, tmp_path):
    path = tmp_path / "problems.jsonl"
    lhs, rhs = ENDLESS.split(" = ")
    path.write_text(problem("a", lhs, rhs) + problem("b", "x + x", "2*x"))
    words = ("prove", "--problems", str(path), "--format", "json", "--jobs", "1")
    rows = [json.loads(s) for s in run(*words, "--timeout", "1").out.splitlines()]
    assert rows[0]["verdict"] == "unknown"
    assert rows[0]["reason"] == "limit: time"
    assert rows[1]["verdict"] == "proved"


def test_problems_that_are_none(run, tmp_path):
    path = tmp_path / "problems.jsonl"
    path.write_text(
        "{\n" + problem("a", "x + x", "2*x") + problem("a", "x", "x") + problem("b", "q", "x")
        + problem("c", "x +", "x") + problem("d", "x", "x", relation="like") + "[1]\n"
    )  # fmt: skip
    result = run("prove", "--problems", str(path), "--format", "json")
    assert result.status == 2
    rows = [json.loads(line) for line in result.out.splitlines()]
    assert [row["reason"] for row in rows] == [
        "unreadable", None, "unreadable", "undeclared", "unreadable", "unreadable", "unreadable",
    ]  # fmt: skip
    assert "line 1 is not JSON" in rows[0]["message"]
    assert "was there before" in rows[2]["message"]
    path.write_text("")
    assert run("prove", "--problems", str(path)).status == 2


# -- input that is wrong -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "given", "said"),
    [
        ("(x = 1", "x in Real", "statement:1:1: ( is never closed"),
        ("x = q", "x in Real", "statement:1:5: q is not declared"),
        ("x = 0.5*x", "x in Real", "statement:1:5: a float is not exact"),
        ("x = foo(x)", "x in Real", "statement:1:5: there is no function foo"),
        ("x = ", "x in Real", "a formula is missing here"),
        ("x", "x in Real", "a relation is missing"),
        ("x = x", "x in Real;\ny in Reel", "given:2:6: a domain is expected here"),
        ("x = x", "x in (0,1); x = 2", "contradicts the assumptions before it"),
        ("x = x", "x > 1; x < 0", "contradicts the assumptions before it"),
        ("(" * 10_000 + "x" + ")" * 10_000 + " = 1", "x in Real", "nested brackets"),
        ("-" * 10_000 + "x = 1", "x in Real", "too deep"),
        ("x = " + "x+" * 500_000 + "x", "x in Real", "the text is too long"),
        ("x = x", "x in Real; " * 100_000, "the text is too long"),
        ("x = \x1b[31m", "x in Real", "statement:1:5: "),
    ],
    ids=range(14),
)
def test_input_that_is_wrong_is_an_error_with_its_place(run, claim, given, said):
    began = monotonic()
    result = run("prove", claim, "--given", given)
    assert monotonic() - began < 2  # a second, on a machine that has nothing else to do
    assert result.status == 2
    assert said in result.err
    assert result.out == ""
    assert "Traceback" not in result.err
    assert len(result.err) < 1000
    assert "\x1b" not in result.err


@pytest.mark.parametrize(
    ("claim", "shown"),
    [
        ("2**(10**9) = 1", "between 461297600116e301029984 and 461297600117e301029984"),
        ("exp(-10**9) = 1", "between 124953427192e-434294493 and 124953427193e-434294493"),
        ("factorial(100000) = 1", "between 282422940796e456562 and 282422940797e456562"),
        ("gamma(10**8) = 1", "e756570536"),
        ("binomial(100000, 50000) = 1", "e300"),
        ("10**5000 = 1", "between 999999999999e4988 and 100000000001e4989"),
        ("((10**64)**64)**64 = 1", "and 1000000000001e262132"),
    ],
)
def test_huge_numbers_are_compared_at_once(run, claim, shown):
    began = monotonic()
    result = run("prove", claim)
    assert monotonic() - began < 4
    assert (result.status, result.err) == (1, "")
    assert shown in " ".join(result.out.split())


def test_huge_numbers_next_to_each_other_are_not_told_apart_by_balls(run):
    result = run("prove", "2**(10**4) = 2**(10**4) + 1")
    assert result.status in (1, 3)
    assert result.err == ""


# -- what holds instead --------------------------------------------------------------------


def test_what_holds_instead_is_said_in_every_format(run):
    words = ("prove", "x**2 = -x**2", "--given", "x in Real")
    for form in ("text", "latex", "html"):
        result = run(*words, "--format", form)
        assert result.status == 1
        assert "Proved instead: lhs = -(rhs)." in result.out
        assert "It would hold given x = 0." in result.out
    found = json.loads(run(*words, "--format", "json").out)
    assert found["verdict"] == "refuted"
    assert [w["kind"] for w in found["weaker"]] == ["factor"]
    assert found["repair"] == ["x = 0"]


def test_what_is_proved_has_nothing_instead(run):
    found = json.loads(run("prove", "x = x", "--given", "x in Real", "--format", "json").out)
    assert (found["weaker"], found["repair"]) == ([], None)


def test_problems_are_graded_on_request_only(run, tmp_path):
    path = tmp_path / "problems.jsonl"
    path.write_text(problem("a", "x + x", "2*x") + problem("b", "sqrt(x**2)", "x"))
    words = ("prove", "--problems", str(path), "--jobs", "1", "--format", "json")
    assert all("repair" not in json.loads(s) for s in run(*words).out.splitlines())
    rows = [json.loads(s) for s in run(*words, "--graded").out.splitlines()]
    assert [row["verdict"] for row in rows] == ["proved", "refuted"]
    assert [row["repair"] for row in rows] == [None, ["0 <= x"]]
    told = run("prove", "--problems", str(path), "--graded").out
    assert "would hold given 0 <= x" in told


# -- huge exponents ------------------------------------------------------------------------


@pytest.mark.parametrize("claim", ["x**(10**9) = 1", "10**(10**100) = 1", "x**10**10**10 = x"])
def test_huge_exponents_are_settled_at_once_or_not_at_all(run, claim):
    result = run("prove", claim, "--given", "x in Real", "--timeout", "2")
    assert result.status in (1, 3)
    assert result.err == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "give one of a statement, --file FILE and --problems FILE"),
        (["x = x", "--file", "f"], "give one of"),
        (["x = x", "--gven", "x in Real"], "No such option"),
        (["x = x", "--format", "xml"], "'xml' is not one of"),
        (["x = x", "--graded"], "--graded is for --problems"),
        (["x = x", "--jobs", "2"], "--jobs is for --problems"),
        (["x = x", "--detail", "full", "--format", "json"], "--detail full is for text"),
        (["--problems", "p", "--format", "html"], "--problems takes"),
        (["--problems", "gone.jsonl"], "gone.jsonl cannot be read"),
        (["x = x", "--timeout", "0"], "--timeout"),
    ],
)
def test_a_command_line_that_is_wrong(run, words, said):
    result = run("prove", *words)
    assert result.status == 2
    assert said in result.err
    assert result.out == ""


def test_words_that_begin_with_a_minus():
    assert simple(["-x = y"]) == ("-x = y", [])
    assert simple(["--x = y", "--given", "-a < x"]) == ("--x = y", ["-a < x"])
    assert simple(["-"]) is simple(["--help"]) is simple(["-h"]) is simple([]) is None
    assert simple(["x", "y"]) is simple(["x", "--given"]) is None
    assert arranged(["-x = y", "--jobs", "2"]) == ["--jobs", "2", "--", "-x = y"]
    assert arranged(["--given", "-a < b", "x = y"]) == ["--given", "-a < b", "x = y"]
    assert arranged(["--jobs", "2", "--", "-x"]) == ["--jobs", "2", "--", "-x"]
    assert arranged(["-"]) == ["-"]


def test_an_interruption_keeps_what_is_finished(tmp_path):
    path = tmp_path / "problems.jsonl"
    lhs, rhs = ENDLESS.split(" = ")
    lines = [problem("a", "x + x", "2*x"), problem("b", lhs, rhs), problem("c", "x", "x**2")]
    path.write_text("".join(lines))
    home = str(Path(__file__).resolve().parent.parent.parent)
    process = subprocess.Popen(
        [sys.executable, "-m", "derive", "prove", "--problems", str(path), "--jobs", "2",
         "--timeout", "60", "--format", "json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": home},
    )  # fmt: skip
    assert process.stdout is not None
    first = process.stdout.readline()
    sleep(2)  # till the third is done, too
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err.strip() == "interrupted"
    rows = [json.loads(line) for line in (first + out).splitlines()]
    assert [(row["id"], row["verdict"]) for row in rows] == [("a", "proved"), ("c", "refuted")]
