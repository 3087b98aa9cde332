"""Looking things up: rules, codes, distributions and derivations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.cli.guard import CommandError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from derive.distributions import Distribution
    from derive.rules import Rule

Rows = list[tuple[str, str]]


def search(words: Iterable[str]) -> list[tuple[str, Rows]]:
    """Headings with the names that mention all the words, and a sentence for each."""
    from derive.catalogue import entries
    from derive.distributions import registry
    from derive.rules import ledger

    wanted = [w.lower().replace(" ", "") for w in words]

    def keeps(*texts: str) -> bool:
        # Names are words too: log_of_product is found by "log product".
        text = " ".join(texts).lower()
        text += " " + text.replace("_", " ").replace("-", " ") + " " + text.replace(" ", "")
        return all(w in text for w in wanted)

    found: list[tuple[str, Rows]] = [
        ("Derivations", [(e.name, e.title) for e in entries() if keeps(e.name, e.title)]),
        ("Rules", [(r.name, r.text) for r in ledger().values()
                   if keeps(r.name, r.text, r.why)]),
        ("Distributions", [(d.name, f"{d.law}({', '.join(d.names)})") for d in registry().values()
                           if keeps(d.name, d.law, d.note, d.formula)]),
    ]  # fmt: skip
    return [(heading, rows) for heading, rows in found if rows]


def explain(name: str) -> str:
    """What there is to say of a rule, a code, a distribution.  Raises CommandError."""
    from derive.codes import CODES, FAMILIES

    upper = name.upper()
    if upper in CODES:
        return code_text(upper)
    if upper.rstrip("X") in FAMILIES:
        stem = upper.rstrip("X")
        codes = [f"  {c.code}  {c.title}" for c in CODES.values() if c.code.startswith(stem)]
        return "\n".join([f"{stem}xx: {FAMILIES[stem]}", *codes])
    from derive.distributions import distribution, registry
    from derive.rules import ledger

    plain = name.replace("-", "_").replace(" ", "_")
    if plain in ledger():
        return rule_text(ledger()[plain])
    law = registry().get(plain.lower()) or distribution(plain)
    if law is not None:
        return distribution_text(law)
    from difflib import get_close_matches

    from derive.catalogue import entries

    scripts = [e.name for e in entries()]
    if plain.replace("_", "-") in scripts:
        shown = plain.replace("_", "-")
        raise CommandError(f"{name} is a derivation: `derive show {shown} --explain` explains it")
    known = [*ledger(), *registry(), *CODES]
    close = get_close_matches(plain, known, 3, 0.5)
    hint = f"; did you mean {' or '.join(close)}?" if close else ""
    raise CommandError(
        f"there is no rule, code or distribution {name}{hint}\n  `derive search WORDS` looks for it"
    )


def rule_text(rule: Rule) -> str:
    """A rule as it is explained: statement, needs, why, source."""
    said = (
        ("states", rule.text),
        ("needs", rule.needs or "nothing"),
        ("why", rule.why),
        ("source", rule.source),
    )
    return "\n".join([rule.name, *labelled(said)])


def code_text(name: str) -> str:
    """A code as it is explained: what, why, example."""
    from derive.codes import CODES, FAMILIES

    code = CODES[name]
    said = [("what", code.what), ("why", code.why)]
    if code.bad:
        said += [("gets it", code.bad), ("does not", code.good)]
    return "\n".join([f"{code.code} {code.title} ({FAMILIES[name[:2]]})", *labelled(said)])


def distribution_text(law: Distribution) -> str:
    """A distribution as it is explained."""
    others = "; or by ".join(", ".join(p.arguments) for p in law.alternatives)
    said = [
        ("law", f"{law.variable} ~ {law.law}({', '.join(law.arguments)})"),
        ("parameters", law.parameters),
        ("support", law.support),
        (law.kind, law.formula),
        ("mean", law.mean),
        ("variance", law.variance),
        ("also by", others),
        ("note", law.note),
        ("source", law.source),
        ("rule", law.rule.name),
    ]
    return "\n".join([f"the {law.title} distribution", *labelled([s for s in said if s[1]])])


def labelled(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Labels and texts in two columns, wrapped at 88 characters."""
    from textwrap import wrap

    found = []
    rows = list(rows)
    width = max(len(label) for label, _ in rows)
    for label, text in rows:
        rows_of = wrap(text, 84 - width, break_long_words=False, break_on_hyphens=False)
        first, *rest = rows_of or [""]
        found.append(f"  {label:{width}}  {first}")
        found += [f"  {'':{width}}  {line}" for line in rest]
    return found
