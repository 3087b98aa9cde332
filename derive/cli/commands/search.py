"""``derive search``: rules, derivations and distributions by words."""

from __future__ import annotations

import click


@click.command(short_help="Find rules, derivations and distributions.")
@click.argument("words", nargs=-1, required=True)
def command(words: tuple[str, ...]) -> int:
    """Find what mentions all WORDS: rules, derivations and distributions.

    \b
      derive search log product
      derive search "log(a*b)"
    """
    from derive.cli.finding import search
    from derive.cli.output import say

    found = search(words)
    for heading, rows in found:
        say(f"{heading}")
        width = min(max(len(name) for name, _ in rows), 40)
        for name, sentence in rows:
            say(f"  {name:{width}}  {sentence}")
        say("")
    if not found:
        said = " ".join(words)
        say(f"nothing mentions {said}; try fewer words, or `derive list` and `derive axioms`")
        return 1
    say("`derive explain NAME` says more of a rule or distribution, `derive show NAME` derives")
    return 0
