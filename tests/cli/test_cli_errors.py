"""Errors: a place, a cause, what to do next, an exit status, and never a traceback."""

from __future__ import annotations

import pytest

from derive.cli import guard

SCRIPT = '@derivation\ndef f({parameters}):\n    """F."""\n    {body}\n'


def script(body: str, parameters: str = "a: Positive, b: Positive") -> str:
    """A derivation of one file; its body begins in line 7."""
    return SCRIPT.format(parameters=parameters, body=body.replace("\n", "\n    "))


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        (
            script("yield log(0.5*a)"),
            1,
            "script.py:7: the float 0.5 is not exact; write y/2 or Rational(1, 2) instead of "
            "0.5*y\n",
        ),
        (
            script("yield a + q", "a: Positive, q"),
            1,
            "script.py:7: q is not declared\n  declare it: `q: Real` in the signature, or "
            '@derivation(given="q in Real")\n',
        ),
        (
            script("yield log(a*b)\nyield log(a) - log(b), log_product"),
            1,
            "script.py:8: this line does not follow\n"
            "  from      log(a*b)\n"
            "  to      = log(a) - log(b)\n"
            "  because log_product\n"
            "  it is false: at a = 1, b = 2: the left side is 0.69314718..., the right side is "
            "-0.69314718...\n"
            "  `derive explain log_product` says what that rule states and needs\n",
        ),
        (
            script("yield log(a*b)\nyield (log(a) + log(b),)"),
            1,
            "script.py:8: = log(a) + log(b)\n  the reason is missing: name the rule, `ring` for "
            "algebra, or `given` for a hypothesis\n  `derive search WORDS` finds rules\n",
        ),
        (
            script("yield log(aa)"),
            2,
            "script.py:7: NameError: name 'aa' is not defined\n",
        ),
        ("def f(:\n", 2, "script.py:4: this is not Python: invalid syntax\n"),
        ("import sys\nsys.exit(3)\n", 2, "error: a script ended the program (3)\n"),
        (
            "x = 1\n",
            2,
            "error: script.py has no derivation: decorate a generator with @derivation "
            "(`derive new NAME` writes an example)\n",
        ),
    ],
)
def test_a_script_that_is_wrong(run, write, text, status, said):
    result = run("show", write(text))
    assert result.err == said
    assert result.status == status
    assert result.out == ""


def test_a_rule_whose_condition_is_not_met(run, write):
    result = run("show", write(script("yield log(a*b)", "a: Real, b: Positive")))
    assert result.status == 1
    assert "script.py:7: it is not found that log(a*b) is defined" in result.err
    assert "what would help" in result.err


def test_an_unknown_rule_has_neighbours(run, write):
    result = run("show", write("", head="from derive.rules import log_prodct\n"))
    assert result.status == 2
    assert result.err.startswith("script.py:1: ImportError: there is no rule log_prodct")
    assert "did you mean log_product" in result.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["shwo", "bce"], "there is no command shwo; did you mean show?"),
        (["show", "bcee"], "there is no derivation bcee; did you mean bce"),
        (["show", "gone.py"], "there is no file gone.py"),
        (["show"], "Missing argument 'NAME'"),
        (["show", ""], "there is no derivation"),
        (["show", "bce", "--formt", "text"], "--format"),
        (["show", "bce", "--format", "xml"], "xml is no output format; there are html, json"),
        (["show", "bce", "--format", "json", "--detail", "full"], "--detail full is for text"),
        (["explain", "log_prodct"], "did you mean log_product"),
        (["explain", "bce"], "`derive show bce --explain`"),
        (["recheck", "gone.json"], "unreadable: gone.json"),
        (["recheck"], "Missing argument 'FILE'"),
        (["verify", "nothing-of-the-kind"], "there is no derivation nothing-of-the-kind"),
        (["new", "3x"], "3x is no name for a derivation"),
        (["new", "class"], "class is no name for a derivation"),
        (["--nope"], "No such option"),
    ],
)
def test_a_command_line_that_is_wrong(run, write, words, said):
    write("")
    result = run(*words)
    assert result.status == 2
    assert said in result.err
    assert result.out == ""
    assert "Traceback" not in result.err


def test_an_error_of_the_program_asks_for_a_report(run, monkeypatch):
    def broken(name: str) -> None:
        raise ZeroDivisionError(f"inside {name}")

    monkeypatch.delenv("DERIVE_DEBUG", raising=False)
    monkeypatch.setattr("derive.catalogue.find", broken)
    result = run("show", "bce")
    assert result.status == 2
    assert result.err.startswith("D900 internal error: ZeroDivisionError: inside bce\n")
    assert "Please report it" in result.err
    assert "Traceback" not in result.err
    monkeypatch.setenv("DERIVE_DEBUG", "1")
    assert "Traceback" in run("show", "bce").err


def test_errors_show_control_characters_instead_of_sending_them(run):
    result = run("show", "a\x1b[31mb")
    assert "\x1b" not in result.err
    assert "a\\x1b[31mb" in result.err


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (KeyboardInterrupt(), guard.INTERRUPTED),
        (BrokenPipeError(), guard.CLOSED_PIPE),
        (RecursionError("maximum recursion depth exceeded"), guard.UNUSABLE),
        (OverflowError("the budget of steps is used up"), guard.FAILED),
        (PermissionError(13, "Permission denied", "x.py"), guard.UNUSABLE),
    ],
)
def test_every_way_to_end_has_a_status(monkeypatch, capsys, error, status):
    def ends() -> int:
        raise error

    monkeypatch.setattr(guard, "_silence", lambda: None)
    assert guard.guarded(ends) == status
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Traceback" not in printed.err
    assert "D900" not in printed.err
