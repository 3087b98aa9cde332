"""Errors in front of a user: a place, a cause and what to do next; no traceback."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from derive.cli.output import complain

if TYPE_CHECKING:
    from collections.abc import Callable

FAILED, UNUSABLE, INTERRUPTED, CLOSED_PIPE = 1, 2, 130, 141


class ClosedPipe(Exception):  # noqa: N818  # a signal, not an error
    """Nobody reads standard output any more; click must not take it for its own affair."""


class CommandError(Exception):
    """Something to tell the user, and the exit status that goes with it."""

    def __init__(self, message: str, status: int = UNUSABLE) -> None:
        super().__init__(message)
        self.status = status


def guarded(run: Callable[[], int]) -> int:
    """Run a command and turn whatever it raises into a message and an exit status."""
    try:
        status = run()
        sys.stdout.flush()
    except (BrokenPipeError, ClosedPipe):
        _silence()
        return CLOSED_PIPE
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except SystemExit as leaving:  # a user's script may call sys.exit
        complain(f"error: a script ended the program ({leaving.code})")
        return UNUSABLE
    except Exception as error:
        return reported(error)
    return status


def _silence() -> None:
    """Nobody reads standard output any more; let the interpreter's last flush go nowhere."""
    import os

    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  # it stays open till the end


def reported(error: Exception) -> int:
    """Print an error for its reader; the exit status."""
    import os

    if os.environ.get("DERIVE_DEBUG"):
        import traceback

        traceback.print_exception(error)
    status, message = described(error)
    complain(message)
    return status


def described(error: Exception) -> tuple[int, str]:
    """The exit status of an error, and what is said of it."""
    if isinstance(error, CommandError):
        return error.status, f"error: {error}"
    kind = type(error)
    home = kind.__module__.partition(".")[0]
    if home == "click":
        return _of_click(error)
    if kind.__name__ == "ScriptError":
        from derive.chain import ScriptError

        assert isinstance(error, ScriptError)
        # What ended the generator knows its line better than the runner does.
        cause = error.__context__
        place = _script_place(cause) if isinstance(cause, Exception) else ""
        if not place and error.file:
            place = f"{_short(error.file)}:{error.line}: "
        return FAILED, place + error.message + _next_step(error.message)
    where = _script_place(error)
    if home == "derive":  # every exception of the package is a sentence for a reader
        return UNUSABLE, f"{where or 'error: '}{error}"
    if isinstance(error, SyntaxError) and not _own(error.filename or ""):
        place = f"{_short(error.filename or '<script>')}:{error.lineno or 1}: "
        return UNUSABLE, f"{place}this is not Python: {error.msg}"
    if isinstance(error, OverflowError):
        return FAILED, f"{where or 'error: '}D202 limit: {error}"
    if isinstance(error, RecursionError):
        return UNUSABLE, f"{where or 'error: '}a formula is nested too deeply"
    if isinstance(error, OSError) and not where:
        return UNUSABLE, f"error: {error.filename or ''}: {error.strerror or error}"
    if where:
        return UNUSABLE, f"{where}{kind.__name__}: {_python_error(error)}"
    return UNUSABLE, _internal(error)


def _next_step(message: str) -> str:
    """What to try after a script's error, when the message does not say it."""
    first = message.partition("\n")[0]
    if first.endswith("is not declared"):
        name = first.split()[0]
        return (
            f"\n  declare it: `{name}: Real` in the signature, or "
            f'@derivation(given="{name} in Real")'
        )
    if "the reason is missing" in message:
        return "\n  `derive search WORDS` finds rules"
    because = message.partition("\n  because ")[2].partition("\n")[0]
    if because:
        from derive.rules import ledger

        for name in because.split(", "):
            if name in ledger():
                return f"\n  `derive explain {name}` says what that rule states and needs"
    return ""


def _of_click(error: Exception) -> tuple[int, str]:
    """What click says about a command line, as this program says things."""
    from click import ClickException, UsageError
    from click.exceptions import Abort, Exit

    if isinstance(error, Exit):
        return error.exit_code, ""
    if isinstance(error, Abort):
        return INTERRUPTED, "interrupted"
    assert isinstance(error, ClickException)
    message = f"error: {error.format_message()}"
    if isinstance(error, UsageError) and error.ctx is not None:
        message += f"\n  `{error.ctx.command_path} --help` says how it is used"
    return UNUSABLE, message


def _script_place(error: Exception) -> str:
    """``file:line: `` when the error was raised in a script, or for an argument of one."""
    import os.path

    from derive.catalogue import folder

    place, below = "", 0
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        name = trace.tb_frame.f_globals.get("__name__", "")
        if name.startswith("script:") or os.path.dirname(file) == folder():
            place, below = f"{_short(file)}:{trace.tb_lineno}: ", 0
        elif _own(file):
            below += 1
        trace = trace.tb_next
    own = type(error).__module__.partition(".")[0] == "derive"
    # A type error right below the script is about what the script wrote: `if x < y`.
    allowed = 2 if isinstance(error, TypeError) else 0
    return place if below <= allowed or own else ""


def _short(file: str) -> str:
    """A path as it is shortest from the working directory, when it lies below that."""
    import os.path

    try:
        relative = os.path.relpath(file)
    except (OSError, ValueError):
        return file
    return file if relative.startswith("..") else relative


def _own(file: str) -> bool:
    """Whether a file belongs to this package."""
    from os.path import abspath, dirname

    return file.startswith(dirname(dirname(abspath(__file__))))


def _python_error(error: Exception) -> str:
    """Python's message, with names that are close to an import that is missing."""
    message = str(error)
    if not isinstance(error, ImportError) or "cannot import name" not in message:
        return message
    name, _, rest = message.partition("'")[2].partition("'")
    message = f"cannot import name '{name}' from '{error.name}'"
    if error.name == "derive.rules":
        from derive.rules import ledger

        known = list(ledger())
        message = f"there is no rule {name}"
    elif error.name == "derive":
        from derive import __all__ as known
    else:
        return f"{message} {rest}" if not error.name else message
    from difflib import get_close_matches

    close = get_close_matches(name, known, 3)
    hint = f"; did you mean {' or '.join(close)}?" if close else ""
    return f"{message}{hint}\n  `derive search WORDS` finds rules and derivations"


def _internal(error: Exception) -> str:
    from derive import __version__

    return (
        f"D900 internal error: {type(error).__name__}: {error}\n"
        f"  This is a defect of derive {__version__}, not of your input. Please report it, with "
        "the command and its input.\n"
        "  DERIVE_DEBUG=1 prints the traceback."
    )
