"""What ``derive prove`` does, without the command line around it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from derive.check.limits import LimitError, Limits, RemoteError, alone
from derive.check.settling import settle, unknown
from derive.cli.guard import CommandError
from derive.cli.output import colours, complain, put

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMATS = ("text", "json", "latex", "html")
STATUS = {"proved": 0, "refuted": 1, "unknown": 3}
UNUSABLE = 2

#: Options of the command that take a value; the words behind them are no statements.
_VALUED = ("--given", "--file", "--format", "--certificate", "--timeout", "--memory",
           "--detail", "--problems", "--jobs")  # fmt: skip


def simple(words: list[str]) -> tuple[str, list[str]] | None:
    """Statement and givens, when the words behind ``prove`` are nothing else.

    >>> simple(["-x = y", "--given", "x in Real"])
    ('-x = y', ['x in Real'])
    """
    statements, given = [], []
    rest = iter(words)
    for word in rest:
        value = next(rest, None) if word == "--given" else None
        if value is not None:
            given.append(value)
        elif word == "-" or not word or not _is_statement(word):
            return None
        else:
            statements.append(word)
    return (statements[0], given) if len(statements) == 1 else None


def _is_statement(word: str) -> bool:
    """Whether a word is a formula that begins with a minus, or no option at all."""
    if not word.startswith("-") or word == "-":
        return True
    if word.startswith("--"):
        return not word[2:3].isalpha() or " " in word.partition("=")[0]
    return len(word) > 2


def arranged(words: list[str]) -> list[str]:
    """The words with a statement that begins with a minus behind ``--``, as click wants it."""
    options: list[str] = []
    statements: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            return words
        if word in _VALUED:
            options += [word, *(w for w in (next(rest, None),) if w is not None)]
        elif word.startswith("-") and _is_statement(word):
            statements.append(word)
        else:
            options.append(word)
    return [*options, "--", *statements] if statements and "-" not in statements else words


def prove(
    statement: str,
    given: Iterable[str] = (),
    form: str = "text",
    *,
    latex: bool = False,
    place: str = "statement",
    limits: Limits | None = None,
    detail: bool = False,
    certificate: str | None = None,
) -> int:
    """Settle one statement and print the verdict; the exit status.  Raises CommandError."""
    limits = limits or Limits()
    painted = form == "text" and colours()
    job: dict[str, Any] = {
        "statement": statement,
        "given": list(given),
        "latex": latex,
        "place": place,
        "form": form,
        "detail": detail,
        "certificate": bool(certificate),
        "graded": True,
        "seconds": limits.seconds,
    }
    if painted:
        job["options"] = {"colour": True}
    try:
        answer = alone(settle, job, limits=limits)
    except LimitError as error:
        put(_limited(statement, form, error, limits))
        return STATUS["unknown"]
    except RemoteError as error:
        raise RuntimeError(str(error)) from None
    if "error" in answer:
        raise CommandError(answer["error"], UNUSABLE)
    put(answer["text"], painted=painted)
    if certificate is not None:
        _write(certificate, answer.get("certificate"))
    return STATUS[answer["verdict"]]


def _limited(statement: str, form: str, error: LimitError, limits: Limits) -> str:
    """What is printed for a statement whose process was ended."""
    allowed = f"{limits.seconds:g} s" if error.what == "time" else f"{limits.memory >> 20} MiB"
    said = f"limit: more {error.what} than {allowed} was needed"
    if form == "json":
        from json import dumps

        return dumps({"statement": statement, **unknown(said, limits.seconds)}, indent=2) + "\n"
    if form == "html":
        from derive.render.page import escape

        return f'<p class="verdict unknown">Unknown: {escape(statement)}; {said}.</p>\n'
    if form == "latex":
        from derive.render.notation.names import escape_latex

        return rf"\textbf{{Unknown:}} {escape_latex(f'{statement}; {said}.')}" + "\n"
    return f"Unknown: {statement}\n\nReason: {said}.\n"


def _write(path: str, data: dict[str, Any] | None) -> None:
    if data is None:
        complain(f"{path} is not written: only a proof has a certificate")
        return
    from derive.certificate import dumps

    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(dumps(data))
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}") from None
    complain(f"wrote {path}; `derive recheck {path}` checks it")


def text_of(path: str) -> str:
    """What a file says, or standard input for ``-``.  Raises CommandError."""
    try:
        if path == "-":
            return sys.stdin.read()
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CommandError(f"{path} is not UTF-8 text") from None
