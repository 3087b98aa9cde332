"""``derive axioms``: the ledger, on which every proof rests."""

from __future__ import annotations

import click


@click.command(short_help="Print every axiom that proofs rest on.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, which `derive recheck` takes.")
def command(as_json: bool) -> int:
    """Print the ledger: every axiom with its conditions, reason and source, and the digest."""
    from derive.cli.output import put, say

    if as_json:
        import json

        from derive.certificate import ledger_json

        put(json.dumps(ledger_json(), indent=1, ensure_ascii=False) + "\n")
        return 0
    from derive.cli.finding import rule_text
    from derive.rules import digest, ledger

    rules = ledger()
    for rule in rules.values():
        say(rule_text(rule) + "\n")
    say(f"{len(rules)} axioms, digest {digest()}")
    return 0
