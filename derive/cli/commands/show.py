"""``derive show``: print a derivation."""

from __future__ import annotations

import click


@click.command(short_help="Print a derivation.")
@click.argument("name", required=False)
@click.option(
    "--model",
    "text",
    metavar="MODEL",
    help="Derive the loss of a model instead: 'y[i] ~ Bernoulli(p=sigmoid(z[i])) for i in 1..n'.",
)
@click.option("--given", default="", help="Declarations for the model's symbols.")
@click.option("--reduce", "reduction", default="sum", show_default=True,
              help="Of the model: sum, mean, mean over i, weighted, weighted mean.")  # fmt: skip
@click.option("--weights", default="", help="The weights of a weighted model: w[i].")
@click.option(
    "--format",
    "form",
    default="text",
    metavar="FORMAT",
    show_default=True,
    help="text, latex, markdown, html or json.",
)
@click.option(
    "--with",
    "values",
    multiple=True,
    metavar="SYMBOL=NUMBER",
    help="Print the instance with this value too; may be repeated.",
)
@click.option(
    "--explain", is_flag=True, help="Say what each rule states and needs, and why it holds."
)
@click.option("--standalone", is_flag=True, help="A whole document instead of a part of one.")
@click.option(
    "--detail",
    type=click.Choice(("page", "full")),
    default="page",
    show_default=True,
    help="full lists every step of the kernel.",
)
@click.option("--output", metavar="FILE", help="Write to a file.")
def command(
    name: str | None,
    text: str | None,
    given: str,
    reduction: str,
    weights: str,
    form: str,
    values: tuple[str, ...],
    explain: bool,
    standalone: bool,
    detail: str,
    output: str | None,
) -> int:
    """Print the derivation NAME, or those of a file: my_loss.py, my_loss.py::name.

    \b
      derive show bce
      derive show bce-is-ce --with n=2
      derive show bce --format latex --standalone --output bce.tex
      derive show --model "y[i] ~ Bernoulli(p=sigmoid(z[i])) for i in 1..n" --reduce mean
    """
    from derive.cli.guard import CommandError
    from derive.cli.showing import show

    values_given: dict[str, str] = {}
    for value in values:
        symbol, sign, number = (part.strip() for part in value.partition("="))
        if not (symbol and sign and number):
            raise CommandError(f"--with takes SYMBOL=NUMBER, as in m=2, not {value}")
        if values_given.get(symbol, number) != number:
            both = f"{values_given[symbol]} and {number}"
            raise CommandError(f"--with gives {symbol} two values, {both}")
        values_given[symbol] = number
    if detail == "full" and form != "text":
        raise CommandError("--detail full is for text; JSON has the whole certificate")
    if name is None and text is None:
        raise CommandError("Missing argument 'NAME': show takes a derivation, or --model MODEL")
    if name is not None and text is not None:
        raise CommandError("show takes the NAME of a derivation or --model MODEL, not both")
    if text is None and (given or weights or reduction != "sum"):
        raise CommandError("--given, --reduce and --weights are for --model")
    return show(
        name or "",
        form,
        values_given,
        model=None if text is None else (text, given, reduction, weights),
        explain=explain,
        standalone=standalone,
        detail=detail == "full",
        output=output,
    )
