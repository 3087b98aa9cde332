"""``derive check``: judge every step of the formulas in documents."""

from __future__ import annotations

from typing import Any

import click

from derive.check.report import names


@click.command(short_help="Judge every step of the formulas in documents.")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option(
    "--module",
    "modules",
    multiple=True,
    metavar="NAME",
    help="Judge the docstrings of an installed package; it is not imported.",
)
@click.option("--stdin-filename", metavar="PATH", help="What standard input, -, is called.")
@click.option(
    "--format",
    "form",
    type=click.Choice(names()),
    envvar="DERIVE_FORMAT",
    help="How the report is written; full, and github where GitHub runs it.",
)
@click.option("--output-file", metavar="FILE", help="Write the report there.")
@click.option("--verbose", is_flag=True, help="Show every claim that is not settled.")
@click.option("--show-parse", is_flag=True, help="Show how formulas were read.")
@click.option("--show-context", is_flag=True, help="Show what was known and taken of symbols.")
@click.option("--inline", is_flag=True, default=None, help="Formulas in running text too.")
@click.option(
    "--require-declarations",
    is_flag=True,
    default=None,
    help="Assume nothing of symbols that a document does not declare.",
)
@click.option(
    "--strict", is_flag=True, default=None, help="Fail on unknown, unreadable and undeclared too."
)
@click.option("--exit-zero", is_flag=True, default=None, help="Never fail because of claims.")
@click.option("--allow-empty", is_flag=True, default=None, help="A folder may have no claim.")
@click.option("--select", multiple=True, metavar="CODE", help="Report these codes only.")
@click.option("--ignore", multiple=True, metavar="CODE", help="Do not report these codes.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Leave such paths out.")
@click.option("--baseline", metavar="FILE", help="Report only what is not in this file.")
@click.option("--write-baseline", metavar="FILE", help="Write what is found as a baseline.")
@click.option("--only-failed", is_flag=True, help="Leave out what is proved.")
@click.option("--watch", is_flag=True, help="Judge again whenever a file changes.")
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1),
    metavar="N",
    help="Worker processes; one for each core by default.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    help="Time for one claim.  [default: 10]",
)
@click.option(
    "--memory", type=click.IntRange(64), metavar="MIB", help="Memory for a worker.  [default: 1024]"
)
@click.option("--executor", metavar="dask://HOST:PORT", help="Run on a Dask cluster.")
@click.option("--start-method", type=click.Choice(("fork", "spawn")), help="How workers start.")
@click.option(
    "--no-cache",
    "cache",
    flag_value=False,
    type=bool,
    default=None,
    help="Neither use nor keep what was found.",
)
@click.option("--cache-dir", metavar="FOLDER", help="Keep it as JSON files, to be committed.")
@click.option(
    "--replay",
    is_flag=True,
    default=None,
    help="Replay every remembered proof and witness, also of this account's own.",
)
@click.option(
    "--color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    help="Colours.  [default: auto]",
)
@click.option(
    "--config",
    "assignments",
    multiple=True,
    metavar="KEY=VALUE",
    help="A setting of the configuration file.",
)
@click.option("--isolated", is_flag=True, help="Read no configuration file.")
@click.option("--show-settings", is_flag=True, help="Print the settings and leave.")
def command(**options: Any) -> int:
    """Judge every step of the formulas in documents: files, folders, or - for standard input.

    \b
      derive check book/
      derive check paper.tex --strict --format json
      derive check --module torch.nn.modules.loss

    The exit status is 0; 1 when something is refuted, an expectation is stale or assumptions
    are contradictory, with --strict also when something is unknown; and 2 for input that
    cannot be used and for a folder without a claim.
    """
    from derive.cli.check_options import run

    return run(options)
