"""The group of commands; the folder ``commands`` is the registry."""

from __future__ import annotations

from typing import Any

import click

EXAMPLES = """\
Derive machine-learning losses from their probability models, step by checked step.

  derive show bce              a derivation, with the reason of every line
  derive prove "x/x = 1" --given "x in Real"
                               a verdict: proved, refuted with a witness, or unknown
  derive list                  everything that is derived here

`derive --help` lists all commands."""


def names() -> list[str]:
    """The names of the commands: the modules of the folder ``commands``, with hyphens."""
    from os import listdir
    from os.path import dirname

    here = f"{dirname(__file__)}/commands"
    files = sorted(f[:-3] for f in listdir(here) if f.endswith(".py") and f[0] != "_")
    return [f.replace("_", "-") for f in files]


class Application(click.Group):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in names():
            return None
        name = cmd_name.replace("-", "_")
        module: Any = __import__(f"derive.cli.commands.{name}", fromlist=("command",))
        command: click.Command = module.command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            from derive.cli.guard import ClosedPipe

            raise ClosedPipe from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None and args[0][:1] != "-":
            from difflib import get_close_matches

            close = get_close_matches(args[0], names(), 3, 0.5)
            hint = f"; did you mean {' or '.join(close)}?" if close else ""
            raise click.UsageError(f"there is no command {args[0]}{hint}", ctx)
        return super().resolve_command(ctx, args)


def _version(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    del parameter
    if wanted and not ctx.resilient_parsing:
        from derive import __version__

        click.echo(f"derive {__version__}")
        ctx.exit()


@click.group(
    cls=Application,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_version,
              help="Print the version and leave.")  # fmt: skip
@click.pass_context
def application(ctx: click.Context) -> int:
    """Derive machine-learning losses from their probability models, step by checked step."""
    if ctx.invoked_subcommand is None:
        from derive.cli.output import say

        say(EXAMPLES)
    return 0
