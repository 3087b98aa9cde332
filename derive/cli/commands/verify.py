"""``derive verify``: run and recheck the whole catalogue."""

from __future__ import annotations

import click


@click.command(short_help="Run and recheck the whole catalogue.")
@click.argument("names", nargs=-1)
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Processes; one for each core by default."
)
def command(names: tuple[str, ...], jobs: int | None) -> int:
    """Run every derivation again, or those of NAMES, and recheck each certificate.

    The exit status is 1 when one does not follow any more or is refused.
    """
    from derive.cli.verifying import verify

    return verify(names, jobs)
