"""The command line: ``derive``, ``python -m derive`` and ``python cli.py``.

A command is a file of ``derive/cli/commands``, imported when it is used.  The exit status is
0 when all is well, 1 when something is not proved, found or confirmed, and 2 for input that
cannot be used and for errors of the program.
"""

from __future__ import annotations


def main(arguments: list[str] | None = None) -> int:
    """Run a command line and return its exit status; never raises for bad input."""
    import sys

    words = sys.argv[1:] if arguments is None else arguments
    from derive.cli.guard import guarded

    if len(words) == 2 and words[0] == "show" and words[1][:1] not in ("-", ""):
        # The shortest command needs no options, so click (half of its time) stays away.
        from derive.cli.showing import show

        return guarded(lambda: show(words[1]))
    if words[:1] == ["prove"]:
        from derive.cli.proving import arranged, prove, simple

        found = simple(words[1:])
        if found is not None:
            return guarded(lambda: prove(*found))
        words = ["prove", *arranged(words[1:])]
    return guarded(lambda: _click(words))


def _click(words: list[str]) -> int:
    from derive.cli.application import application

    status = application.main(words, "derive", standalone_mode=False)
    return status if isinstance(status, int) else 0
