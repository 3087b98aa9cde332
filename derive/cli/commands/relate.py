"""``derive relate``: in which sense two losses are the same."""

from __future__ import annotations

import click


@click.command(
    short_help="Say in which sense two losses are the same.",
    # A formula may begin with a minus; -h would be found inside of it.
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
)
@click.argument("first")
@click.argument("second")
@click.option(
    "--given",
    multiple=True,
    metavar="TEXT",
    help="Declare the symbols of formulas, separated by `;`; may be repeated.",
)
@click.option("--in", "theta", default="", metavar="SYMBOLS", help="What is fitted: mu, sigma.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text",
              show_default=True, help="How the answer is printed.")  # fmt: skip
def command(first: str, second: str, given: tuple[str, ...], theta: str, form: str) -> int:
    """Say how FIRST and SECOND are related, proved, or where they differ.

    Each is the name of a derivation, whose last line is its loss, or a formula:

    \b
      derive relate mse gaussian-nll
      derive relate bce "softplus(z) - y*z" --given "y in {0,1}; z in Real"

    Equal, equal after a substitution, a factor, affine with a and b, the same ordering, the
    same minimiser, equal under a condition, or different with a witness: the strongest that
    is proved is printed.  The exit status is 0 when something is proved, 1 when the losses
    are different, 3 when nothing is known, 2 for input that cannot be used.
    """
    from derive.cli.output import put, say
    from derive.relating import relate

    related = relate(first, second, given="; ".join(given), theta=theta)
    if form == "json":
        import json

        put(json.dumps(related.data(), indent=2, ensure_ascii=False) + "\n")
    else:
        from derive.plain import write

        for side, loss in (("A", related.first), ("B", related.second)):
            named = f"{loss.name}: " if loss.name else ""
            say(f"{side} = {named}{write(loss.formula, loss.context)}")
        say("")
        for sentence in related.sentences:
            say(sentence)
    return {"different": 1, "unknown": 3}.get(related.kind, 0)
