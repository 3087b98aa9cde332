"""``derive is-nll``: whether a loss is the negative log-likelihood of some law."""

from __future__ import annotations

import click


@click.command(
    "is-nll",
    short_help="Decide whether a loss is a negative log-likelihood.",
    # A formula may begin with a minus; -h would be found inside of it.
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
)
@click.argument("loss")
@click.option("--in", "theta", required=True, metavar="SYMBOLS", help="What is fitted: z.")
@click.option("--labels", default="", metavar="DOMAIN",
              help="Where the label lies: {0,1}, 1..m, Real; by default as declared.")  # fmt: skip
@click.option("--label", default="", metavar="SYMBOL", help="Which symbol is the label.")
@click.option("--base", default="1", show_default=True, metavar="h",
              help="The base measure, a formula in the label.")  # fmt: skip
@click.option("--scale", default="1", show_default=True, metavar="s", help="The scale, positive.")
@click.option("--given", multiple=True, metavar="TEXT",
              help="Declare symbols, separated by `;`; may be repeated.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text",
              show_default=True, help="How the answer is printed.")  # fmt: skip
def command(
    loss: str,
    theta: str,
    labels: str,
    label: str,
    base: str,
    scale: str,
    given: tuple[str, ...],
    form: str,
) -> int:
    """Decide whether LOSS, a formula or the name of a derivation, is a negative log-likelihood.

    It is one, for a base measure h and a scale s, when the sum or integral of
    h*exp(-s*loss) over the labels does not depend on what is fitted.

    \b
      derive is-nll "log(1 + exp(z)) - y*z" --in z --labels "{0,1}" --given "z in Real"
      derive is-nll "Max(0, 1 - t*z)" --in z --labels "{-1,1}" --given "z in Real"

    The exit status is 0 for yes, 1 for no (two values are printed), 3 when nothing is known,
    2 for input that cannot be used.
    """
    from derive.cli.output import put, say
    from derive.likelihoods import is_nll
    from derive.plain import declare
    from derive.relating import loss_of, script_named

    context = declare("; ".join(given))
    named = script_named(loss, context)
    if named is None:
        answer = is_nll(
            loss, given=context, theta=theta, labels=labels, label=label, base=base, scale=scale
        )
    else:
        found = loss_of(named, context)
        answer = is_nll(
            found.formula, given=found.context, theta=theta, labels=labels, label=label,
            base=base, scale=scale,
        )  # fmt: skip
    if form == "json":
        import json

        put(json.dumps(answer.data(), indent=2, ensure_ascii=False) + "\n")
    else:
        say(str(answer))
    return {"yes": 0, "no": 1}.get(answer.verdict, 3)
