"""``derive explain``: a rule, a code, a distribution."""

from __future__ import annotations

import click


@click.command(short_help="Explain a rule, a code or a distribution.")
@click.argument("name")
def command(name: str) -> int:
    """Explain NAME: a rule, a code such as D101, or a distribution.

    \b
      derive explain log_product
      derive explain D101
      derive explain bernoulli
    """
    from derive.cli.finding import explain
    from derive.cli.output import say

    say(explain(name))
    return 0
