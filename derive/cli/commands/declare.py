"""``derive declare``: the declarations that a document lacks."""

from __future__ import annotations

import click


@click.command(short_help="Print the declarations that a document lacks.")
@click.argument("file")
@click.option("--isolated", is_flag=True, help="Read no configuration file.")
def command(file: str, isolated: bool) -> int:
    """Print the declarations that FILE lacks, as the text of a sidecar file.

    \b
      derive declare paper.md > paper.given
      derive check paper.md
    """
    from derive.check.configuration import ConfigurationError, found
    from derive.check.files import FileError, sources
    from derive.check.limits import LimitError, RemoteError, alone
    from derive.cli.checking import job_of
    from derive.cli.guard import CommandError
    from derive.cli.output import say

    documents = sources([file])
    if documents.faults or documents.folders:
        raise CommandError((documents.faults or [f"{file} is a folder; name one file"])[0])
    try:
        job = job_of(documents.documents[0], found(".", {}, isolated=isolated))
        from derive.check.lacking import block, lacking

        say(block(file, alone(lacking, job)))
    except (FileError, ConfigurationError) as error:
        raise CommandError(str(error)) from None
    except LimitError as error:
        raise CommandError(f"reading {file} needs more {error.what} than allowed") from None
    except RemoteError as error:
        raise RuntimeError(str(error)) from None
    return 0
