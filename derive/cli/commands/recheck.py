"""``derive recheck``: the second checker."""

from __future__ import annotations

import click


@click.command(short_help="Check a certificate with the second checker.")
@click.argument("file")
@click.option(
    "--axioms",
    metavar="LEDGER",
    help="A ledger as `derive axioms --json` prints it; without it the shipped one.",
)
def command(file: str, axioms: str | None) -> int:
    """Check the certificate in FILE with the checker that shares no code with the kernel.

    FILE is a certificate, or what `derive show NAME --format json` prints.

    \b
      derive show bce --format json --output bce.json
      derive recheck bce.json
    """
    from derive.cli.output import complain, say
    from derive.recheck import Unreadable, load, recheck

    try:
        data = load(file)
        if isinstance(data, dict) and isinstance(data.get("certificate"), dict):
            data = data["certificate"]
        ledger = load(axioms) if axioms else shipped()
    except Unreadable as error:
        complain(f"unreadable: {error}")
        return 2
    report = recheck(data, ledger)
    (say if report.ok else complain)(report.sentence)
    return report.code


def shipped() -> object:
    """The shipped ledger as the second checker reads it."""
    import json

    from derive.certificate import ledger_json

    return json.loads(json.dumps(ledger_json()))
