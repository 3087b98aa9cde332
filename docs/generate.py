"""The reference pages, made from the code whenever the documentation is built.

A page asks for a part with a line ``<!-- generated: NAME -->``; NAME is a function below.
"""

from __future__ import annotations

import re
from importlib import import_module

from generate_notation import declarations, notation
from markup import cell, code, first_line, plain

_MARK = re.compile(r"^<!-- generated: (\w+) -->$", re.MULTILINE)


def filled(text: str) -> str:
    """A page with every generated part in its place.  Raises KeyError for an unknown one."""
    return _MARK.sub(lambda mark: PARTS[mark[1]](), text)


def rules() -> str:
    """Every rule of the ledger, family by family."""
    from derive.rules import FAMILIES, digest, ledger

    out = [f"{len(ledger())} rules; digest of this ledger: `{digest()}`.", ""]
    for family in FAMILIES:
        module = import_module(f"derive.rules.{family}")
        out += [f"## {family.replace('_', ' ').capitalize()}", "", first_line(module.__doc__), ""]
        for rule in module.RULES:
            out += described(rule)
    out += ["## Laws of the distributions", "", "Those of each file of `derive/distributions`.", ""]
    from derive.distributions import law_rule_names

    for name in law_rule_names():
        out += described(ledger()[name])
    return "\n".join(out)


def described(rule: object) -> list[str]:
    """The entry of one rule, as lines of a definition list."""
    name, text, needs, why, source = (
        getattr(rule, part) for part in ("name", "text", "needs", "why", "source")
    )
    return [
        f"`{name}`",
        f": {code(text)}",
        "",
        f"  needs {code(needs)}" if needs else "  needs nothing",
        "",
        f"  {plain(why)} — {plain(source)}",
        "",
    ]


def distributions() -> str:
    """Every distribution with its parameters, support, mass or density, and moments."""
    from derive.distributions import registry

    out = []
    for found in registry().values():
        ways = [found.parameters, *(way.parameters for way in found.alternatives)]
        rows = [
            ("law", f"{found.law}({', '.join(found.names)})"),
            ("by", "` or `".join(ways)),
            ("support", found.support),
            (found.kind, found.formula),
            ("mean", found.mean),
            ("variance", found.variance),
            ("rule", found.rule.name),
        ]
        out += [f"## {found.title.capitalize()}", "", "| | |", "| --- | --- |"]
        out += [f"| {label} | {cell(value)} |" for label, value in rows]
        out += ["", *([plain(found.note[:1].upper() + found.note[1:]) + "."] if found.note else [])]
        out += [f"Source: {plain(found.source)}.", ""]
    return "\n".join(out)


def catalogue() -> str:
    """Every derivation with what it claims."""
    from derive.catalogue import entries

    out = ["| `derive show` | relation | claim |", "| --- | --- | --- |"]
    out += [f"| `{e.name}` | {code(e.relation)} | {plain(e.title)} |" for e in entries()]
    return "\n".join(out)


def signature() -> str:
    """The screenful that lists every way to make a theorem, out of the kernel itself."""
    from derive import kernel

    lines = (kernel.__doc__ or "").splitlines()
    return "\n".join(["```text", *(line[4:] for line in lines if line.startswith("    ")), "```"])


def codes() -> str:
    """Every code with what it means, and why it is given."""
    from derive.codes import CODES, FAMILIES

    out = []
    for stem, meaning in FAMILIES.items():
        out += [f"## {stem}xx: {plain(meaning)}", ""]
        for found in CODES.values():
            if not found.code.startswith(stem):
                continue
            out += [f"### {found.code}: {plain(found.title)}", "", plain(found.what), ""]
            out += [plain(found.why), ""]
            if found.bad:
                out += ["| | |", "| --- | --- |"]
                out += [f"| instead of | {cell(found.bad)} |", f"| write | {cell(found.good)} |"]
                out += [""]
    return "\n".join(out)


def settings() -> str:
    """Every setting of the configuration, with its default and what it means."""
    from derive.check.configuration import MEANING, Configuration, shown

    values = dict(line.split(" = ", 1) for line in shown(Configuration()).splitlines()[1:])
    out = ["| key | default | |", "| --- | --- | --- |"]
    out += [f"| `{key}` | {cell(values[key])} | {plain(said)} |" for key, said in MEANING.items()]
    return "\n".join(out)


def check_options() -> str:
    """Every option of the command, as its help says it."""
    from derive.cli.commands.check import command

    out = ["| option | |", "| --- | --- |"]
    for option in command.params:
        said = getattr(option, "help", None)
        if said:
            out.append(f"| {cell(', '.join(option.opts))} | {plain(said)} |")
    return "\n".join(out)


def check_schema() -> str:
    """Every field of a claim in the JSON report."""
    import json
    from pathlib import Path

    text = (Path(__file__).parent / "check.schema.json").read_text(encoding="utf-8")
    fields = json.loads(text)["$defs"]["claim"]["properties"]
    out = ["| field | type | |", "| --- | --- | --- |"]
    for name, field in fields.items():
        kind = field.get("type") or [json.dumps(v) for v in field["enum"]]
        spoken = kind if isinstance(kind, str) else " or ".join(kind)
        out.append(f"| `{name}` | {plain(spoken)} | {plain(field['description'])} |")
    return "\n".join(out)


_ALL = (
    rules, distributions, catalogue, signature, codes, settings, check_options, check_schema,
    notation, declarations,
)  # fmt: skip
PARTS = {part.__name__: part for part in _ALL}
