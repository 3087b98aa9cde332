"""``derive cache``: where results are remembered, and how they are let go or exported."""

from __future__ import annotations

import click


@click.group(short_help="Where results are remembered.")
def command() -> None:
    """Where `derive check` remembers results; clean it, or export it as files to commit."""


@command.command("dir")
def directory() -> int:
    """Print the folder of the cache."""
    from derive.check.sealing import cache_folder
    from derive.cli.output import say

    say(str(cache_folder()))
    return 0


@command.command("clean")
def clean() -> int:
    """Remove the cache; nothing is lost but time."""
    from derive.check.sealing import cache_folder
    from derive.cli.guard import CommandError
    from derive.cli.output import say

    removed = 0
    for file in sorted(cache_folder().glob("check.sqlite*")):
        try:
            removed += file.stat().st_size
            file.unlink()
        except OSError as error:
            raise CommandError(f"{file} cannot be removed: {error.strerror}") from None
    say(f"removed {removed / 1024:.0f} KiB from {cache_folder()}")
    return 0


@command.command("export")
@click.argument("folder")
def export(folder: str) -> int:
    """Write what is remembered of documents below this folder as JSON files into FOLDER.

    They are what `derive check --cache-dir FOLDER` reads.
    """
    import os.path
    import sqlite3
    from pathlib import Path

    from derive.check.committed import Folder
    from derive.check.database import Database
    from derive.check.sealing import cache_folder
    from derive.cli.guard import CommandError
    from derive.cli.output import say

    count = 0
    try:
        database = Database(cache_folder() / "check.sqlite")
        files = Folder(Path(folder), database)
        here = os.path.abspath(".")
        for path in database.paths():
            record = database.record(path)
            inside = path.startswith(os.path.join(here, ""))
            if inside and record is not None and record.sealed:
                files.save(os.path.relpath(path, here).replace(os.path.sep, "/"), record)
                count += 1
        files.close()
    except (OSError, sqlite3.Error) as error:
        raise CommandError(f"the cache cannot be exported: {error}") from None
    say(f"wrote {count} files to {folder}")
    return 0
