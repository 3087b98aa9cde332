"""Definitions in a simpler form: what the page itself has shown them to be equal to.

After ``J = -log L = ... = sum_i (log(1 + e^z_i) - y_i z_i)`` the derivative of J is that of the
last member, and is found there at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derive.check.claims import Claim
from derive.check.page.nodes import names_in, without_log
from derive.check.page.page import Definition
from derive.check.page.shown import Shown
from derive.check.page.steps import Step
from derive.check.premises import Premises
from derive.check.question import Question
from derive.context import Declaration
from derive.domains import REAL, is_open
from derive.latex.elaborate_names import spelled
from derive.latex.tree import Node


class Restated(NamedTuple):
    """Another value of a definition: its key, the value, where that was shown, and the claim;
    ``arguments`` are those of a function."""

    key: str
    value: Node
    name: str
    claim: Claim
    arguments: tuple[Node, ...] = ()


def restated(judge: Premises, shown: Shown, step: Step) -> tuple[Restated, ...]:
    """The definitions of symbols of a step that earlier displays show to be equal to others."""
    names = names_in(step.left) | names_in(step.right)
    found: dict[str, Restated] = {}
    for other, definition in _earlier(judge, shown, names):
        begun = next((s for s in other.steps if s.number == definition.step), None)
        if begun is None:
            continue
        for later in other.steps:
            chained = later.continued and later.run == begun.run and later.sign.text == "="
            if not chained or later.number <= begun.number:
                continue
            claim = judge.verdict_of(other, later)
            if claim is None or claim.verdict != "proved" or claim.kind != "claim":
                break
            if (other.at, later.number) in judge.conditional:
                break
            name = f"line {judge.writer.line(other, later.sign.start)}"
            before = found.get(definition.head.key)
            assumed = [*((before and before.claim.assumed) or []), *(claim.assumed or [])]
            claim = claim._replace(assumed=list(dict.fromkeys(assumed)) or None)
            head = definition.head
            value = without_log(begun.left, later.right)
            found[head.key] = Restated(head.key, value, name, claim, head.arguments)
    return tuple(found.values())


def _earlier(judge: Premises, shown: Shown, names: set[str]) -> Iterator[tuple[Shown, Definition]]:
    """The definitions that hold for some names at a display, and the displays they stand in."""
    for definition in judge.page.definitions:
        if definition.head.named or definition.head.name not in names or definition.at >= shown.at:
            continue
        if definition.section != shown.section:
            continue  # there a letter may lie elsewhere
        head, section = definition.head, shown.section
        if judge.page.definition(head.key, shown.at, section) is not definition:
            continue
        # What words let a symbol stand for has no display.
        yield from ((s, definition) for s in judge.page.shown if s.at == definition.at)


def may_serve(
    judge: Premises, shown: Shown, step: Step, question: Question, lemmas: tuple[Restated, ...]
) -> bool:
    """Whether equalities that a chain has shown hold wherever a step takes their sides.

    A derivative looks beside a point: there an equality that rests on ``sum_i p_i = 1``, on a
    bit, or on what a name is defined to be, says nothing.  Another argument of a function may
    lie where the chain was not looked at.
    """
    if any(not isinstance(entry, Declaration) for entry in question.entries):
        return False
    if any(not _is_size(text) for lemma in lemmas for text in lemma.claim.assumed or []):
        return False
    nodes = [n for side in (step.left, step.right) for n in side.walk()]
    if any(n.kind in ("evaluated", "big") and n.text not in ("Sum", "Product") for n in nodes):
        return False
    domains = {e.name: e.domain for e in question.entries if isinstance(e, Declaration)}
    for v in (v for n in nodes if n.kind == "derivative" for v in n.parts[1:]):
        known = v.kind == "name" and v.text in domains and is_open(domains[v.text])
        if not known or judge.page.general(v, shown, step.number) is not None:
            return False
        if any(d.head.name in (v.text, spelled(v)) for d in judge.page.definitions):
            return False
    return all(domains.get(a.text) == REAL for lemma in lemmas for a in lemma.arguments)


def _is_size(assumed: str) -> bool:
    """Whether what is assumed is that a single symbol counts something."""
    return assumed.endswith(" in Natural") and "[" not in assumed


def joined(claim: Claim, lemmas: tuple[Restated, ...]) -> Claim | None:
    """A proved claim with what its lemmas rest on; None where the two assume different things
    of one symbol."""
    assumed = list(claim.assumed or [])
    own = {_symbol(text): text for text in assumed}
    for lemma in lemmas:
        for text in lemma.claim.assumed or []:
            if own.setdefault(_symbol(text), text) != text:
                return None
            if text not in assumed:
                assumed.append(text)
    by = "by " + ", ".join(dict.fromkeys(lemma.name for lemma in lemmas))
    taking = f"taking {'; '.join(assumed)}" if assumed else ""
    return claim._replace(
        using=[*(claim.using or []), *dict.fromkeys(lemma.name for lemma in lemmas)],
        assumed=assumed or None, code="D403" if assumed else claim.code,
        message="; ".join(filter(None, (by, taking))),
    )  # fmt: skip


def _symbol(assumed: str) -> str:
    """The symbol of which something is assumed: ``p`` of ``p[i] in (0,1) for i in 1..n``."""
    return assumed.partition(" ")[0].partition("[")[0]
