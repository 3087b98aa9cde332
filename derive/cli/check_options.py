"""From the options of ``derive check`` to its report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from derive.check.configuration import Configuration, ConfigurationError, assigned, found, shown
from derive.check.files import FileError, text_of
from derive.check.report import Look, names
from derive.cli.checking import (
    Result,
    Task,
    documents,
    judged,
    named_input,
    reported,
    standard_input,
    status,
    write,
)
from derive.cli.guard import CommandError
from derive.cli.output import complain, say
from derive.cli.progress import Bar

if TYPE_CHECKING:
    from collections import Counter

#: Options that are settings, too.
_SETTINGS = ("inline", "require_declarations", "strict", "exit_zero", "allow_empty", "select",
             "ignore", "exclude", "baseline", "jobs", "timeout", "memory", "cache", "cache_dir",
             "replay")  # fmt: skip


def run(options: dict[str, Any]) -> int:
    """Do what the options ask for; the exit status.  Raises CommandError."""
    configuration = _configuration(options)
    if options["show_settings"]:
        say(shown(configuration))
        return 0
    form = _form(options["form"] or configuration.format)
    if not options["paths"] and not options["modules"]:
        raise CommandError("there is nothing to check\n  `derive check .` checks this folder")
    known = _baseline(configuration)
    if options["watch"]:
        from derive.cli.watching import watch

        if "-" in options["paths"]:
            raise CommandError("standard input cannot be watched")
        return watch(lambda: _once(options, configuration, form, known), options["paths"])
    return _once(options, configuration, form, known)


def _once(
    options: dict[str, Any], configuration: Configuration, form: str, known: Counter[str] | None
) -> int:
    found, folders, faults = documents(options["paths"], options["modules"], configuration)
    text = None
    if "-" in options["paths"]:
        if found or folders:
            raise CommandError("- stands alone: standard input, or files and folders")
        text = standard_input()
        found = [named_input(options["stdin_filename"] or "")]
    bar = Bar()
    task = Task(configuration, found, faults, text, options["executor"] or "",
                options["start_method"] or "")  # fmt: skip
    result = judged(task, bar)
    bar.clear()
    return _told(result, options, configuration, form, known, folders)


def _told(
    result: Result,
    options: dict[str, Any],
    configuration: Configuration,
    form: str,
    known: Counter[str] | None,
    folders: list[str],
) -> int:
    report = reported(result, configuration, known, options["only_failed"])
    if options["write_baseline"]:
        from derive.check.baseline import written
        from derive.check.report._sentences import is_bad, is_open

        file = options["write_baseline"]
        try:
            bad = [c for c in report.claims if is_bad(c) or is_open(c)]
            Path(file).write_text(written(bad), encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}") from None
        complain(f"wrote {file} with {len(bad)} claims; use it with --baseline {file}")
    look = Look(
        options["show_parse"], options["show_context"], options["verbose"],
        form == "full" and not options["output_file"] and _coloured(options["color"]),
    )  # fmt: skip
    write(report, form, look, options["output_file"] or "")
    if report.interrupted:
        complain("interrupted: what is not listed was not judged")
        return 130
    if folders and not report.summary["claims"] and not configuration.allow_empty:
        where = ", ".join(folders)
        complain(f"error: {where} has no claim; --allow-empty takes that for granted")
    elif not options["verbose"] and form == "full" and report.summary["unreadable"]:
        complain("`derive declare FILE` prints the declarations that a document lacks")
    return status(report, configuration, folders)


def _configuration(options: dict[str, Any]) -> Configuration:
    try:
        overrides = dict(map(assigned, options["assignments"]))
        for name in _SETTINGS:
            value = options[name]
            if value is not None and value != ():
                overrides[name.replace("_", "-")] = (
                    list(value) if isinstance(value, tuple) else value
                )
        return found(".", overrides, isolated=options["isolated"])
    except ConfigurationError as error:
        raise CommandError(str(error)) from None


def _form(wanted: str) -> str:
    from os import environ

    if not wanted:
        return "github" if environ.get("GITHUB_ACTIONS") == "true" else "full"
    if wanted not in names():
        raise CommandError(f"there is no format {wanted}; there are {', '.join(names())}")
    return wanted


def _coloured(wanted: str) -> bool:
    from derive.cli.output import colours

    return colours() if wanted == "auto" else wanted == "always"


def _baseline(configuration: Configuration) -> Counter[str] | None:
    if not configuration.baseline:
        return None
    from derive.check.baseline import BaselineError, read

    file = Path(configuration.baseline)
    if not file.exists() and not file.is_absolute():
        file = Path(configuration.folder, configuration.baseline)
    try:
        return read(text_of(file)[0])
    except (FileError, BaselineError) as error:
        raise CommandError(
            f"baseline: {error}\n  --write-baseline {configuration.baseline} makes one"
        ) from None
