"""Wrong certificates made of right ones: what both checkers must notice.

Nothing here knows the package: a certificate is plain JSON data.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Data = dict[str, Any]

_WORD = re.compile(r"[^\s()\[\]]+")
_SWAPS = {
    "Add": "Mul", "Mul": "Add", "Le": "Lt", "Lt": "Le", "Eq": "Le", "Ne": "Eq", "log": "exp",
    "exp": "log", "Max": "Min", "Sum": "Product", "Unit": "Real", "Positive": "Real",
    "Natural": "Integer", "Natural0": "Integer", "Bit": "Real", "Integer": "Real",
}  # fmt: skip


def mutants(
    certificate: Data, rng: random.Random, kinds: Iterable[str] = ()
) -> Iterator[tuple[str, Data]]:
    """Certificates with one thing changed, each with the kind of the change and its place.

    Without ``kinds`` one of each kind: sign, head, bound, index (one word of a stated
    formula), dropped hypothesis, domain, rule, path, instance, premise, context.
    """
    for kind in kinds or KINDS:
        change = _CHANGES[kind]
        mutant = copy.deepcopy(certificate)
        found = change(mutant, rng)
        if found is not None and mutant != certificate:
            yield f"{kind}: {found}", mutant


def final(certificate: Data) -> list[tuple[list[str], str]]:
    """What the theorems of a certificate say: the entries of their contexts, and a statement."""
    contexts = {c["id"]: c for c in certificate["contexts"]}
    steps = {s["id"]: s for s in certificate["steps"]}
    out = []
    for k in certificate["theorems"]:
        entries, at = [], steps[k]["context"]
        while at:
            entry = dict(contexts[at])
            at = entry.pop("parent")
            entry.pop("id")
            entries.append(repr(sorted(entry.items(), key=repr)))
        out.append((entries[::-1], steps[k]["statement"]))
    return out


def _word(text: str, pattern: str, new: Callable[[str], str], rng: random.Random) -> str | None:
    """The text with one of the words of a pattern changed."""
    places = [m for m in _WORD.finditer(text) if re.fullmatch(pattern, m.group())]
    if not places:
        return None
    m = rng.choice(places)
    return text[: m.start()] + new(m.group()) + text[m.end() :]


def _stated(pattern: str, new: Callable[[str], str]) -> Callable[[Data, random.Random], str | None]:
    """Change one word of what a step states, half of the time of a theorem."""

    def change(data: Data, rng: random.Random) -> str | None:
        steps = list(data["steps"])
        if rng.random() < 0.5:
            steps = [s for s in steps if s["id"] in data["theorems"]]
        rng.shuffle(steps)
        for step in steps:
            text = _word(step["statement"], pattern, new, rng)
            if text is not None:
                step["statement"] = text
                return f"step {step['id']} states {text}"
        return None

    return change


def _sign(data: Data, rng: random.Random) -> str | None:
    step = rng.choice(data["steps"])
    found = re.fullmatch(r"\((\w+) (.*)\)", step["statement"])
    if found is None or found[1] not in ("Eq", "Le", "Lt"):
        return None
    inner = found[2]
    if inner.startswith("(Neg"):
        step["statement"] = step["statement"].replace("(Neg", "(Abs", 1)
    else:
        word = re.match(r"[\w/-]+|\(.*?\)|\[.*?\]", inner)
        if word is None or word[0].count("(") != word[0].count(")"):
            return None
        step["statement"] = f"({found[1]} (Neg {word[0]}){inner[word.end() :]})"
    return f"step {step['id']} states {step['statement']}"


def _dropped(data: Data, rng: random.Random) -> str | None:
    chosen = [c for c in data["contexts"] if "assume" in c]
    if not chosen:
        return None
    gone = rng.choice(chosen)
    data["contexts"].remove(gone)
    for item in data["contexts"]:
        if item["parent"] == gone["id"]:
            item["parent"] = gone["parent"]
    for item in data["steps"]:
        if item["context"] == gone["id"]:
            item["context"] = gone["parent"]
    return str(gone["assume"])


def _domain(data: Data, rng: random.Random) -> str | None:
    chosen = [c for c in data["contexts"] if "declare" in c]
    item = rng.choice(chosen) if chosen else {}
    text = _word(item.get("domain", ""), "|".join(_SWAPS), lambda w: _SWAPS[w], rng)
    if text is None:
        return None
    item["domain"] = text
    return f"{item['declare']} in {text}"


def _argument(key: str) -> Callable[[Data, random.Random], str | None]:
    def change(data: Data, rng: random.Random) -> str | None:
        steps = [s for s in data["steps"] if key in s["arguments"]]
        if not steps:
            return None
        step = rng.choice(steps)
        old = step["arguments"][key]
        if key == "rule":
            others = [s["arguments"]["rule"] for s in steps if s["arguments"]["rule"] != old]
            step["arguments"][key] = rng.choice([*others, "no_such_rule"])
        elif key == "path":
            k = rng.randrange(len(old)) if old else 0
            step["arguments"][key] = [*old[:k], *(n + rng.choice((1, 2)) for n in old[k : k + 1])]
        elif key == "mapping" and old:
            name = rng.choice(sorted(old))
            other = rng.choice(["1", "0", "(Neg 1)", *old.values()])
            step["arguments"][key] = {**old, name: other}
        return f"step {step['id']}: {step['arguments'][key]} instead of {old}"

    return change


def _premise(data: Data, rng: random.Random) -> str | None:
    steps = [s for s in data["steps"] if s["premises"]]
    step = rng.choice(steps)
    k = rng.randrange(len(step["premises"]))
    if rng.random() < 0.3:
        del step["premises"][k]
    else:
        step["premises"][k] = rng.choice(data["steps"])["id"]
    return f"step {step['id']} from {step['premises']}"


def _context(data: Data, rng: random.Random) -> str | None:
    step = rng.choice(data["steps"])
    step["context"] = rng.choice([0, *(c["id"] for c in data["contexts"])])
    return f"step {step['id']} in context {step['context']}"


_CHANGES: dict[str, Callable[[Data, random.Random], str | None]] = {
    "sign": _sign,
    "head": _stated("|".join(_SWAPS), lambda word: _SWAPS[word]),
    "bound": _stated(r"-?\d+(/\d+)?", lambda word: "3" if word != "3" else "4"),
    "index": _stated(r"[a-z]", lambda word: "z" if word != "z" else "a"),
    "dropped hypothesis": _dropped,
    "domain": _domain,
    "rule": _argument("rule"),
    "path": _argument("path"),
    "instance": _argument("mapping"),
    "premise": _premise,
    "context": _context,
}

#: The kinds of changes.
KINDS = tuple(_CHANGES)
