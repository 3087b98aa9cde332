"""``derive list``: everything in the catalogue."""

from __future__ import annotations

import click


@click.command(short_help="List all derivations.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list of name, title, relation, file.")
def command(as_json: bool) -> int:
    """List all derivations of the catalogue with what they claim."""
    from derive.catalogue import entries
    from derive.cli.output import put, say

    found = entries()
    if as_json:
        import json

        data = [
            {
                "name": e.name,
                "title": e.title,
                "relation": e.relation,
                "file": e.file,
                "line": e.line,
            }
            for e in found
        ]
        put(json.dumps(data, indent=2, ensure_ascii=False) + "\n")
        return 0
    width = max((len(e.name) for e in found), default=0)
    for e in found:
        say(f"{e.name:{width}}  {e.title}")
    say(f"\n{len(found)} derivations; `derive show NAME` prints one")
    return 0
