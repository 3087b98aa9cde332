r"""A display as rows of a page: its sides as they were written, each step with its verdict."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derive.check.page.steps import steps_of as steps_in
from derive.check.report._sentences import remedies, sentence, witness_lines
from derive.check.report._visible import visible
from derive.latex.reading import parse
from derive.latex.tree import UnreadableError
from derive.render.page.data import Detail, Note, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from derive.check.claims import Claim
    from derive.latex.tree import Node, Row

    Macros = Mapping[str, tuple[int, str]]

#: The signs of the reader, as a page shows them.
SIGNS = {"<=": "\u2264", ">=": "\u2265", "!=": "\u2260", "approx": "\u2248", "sim": "\u223c",
         "propto": "\u221d", "in": "\u2208", "to": "\u2192", "implies": "\u21d2",
         "iff": "\u21d4", "equiv": "\u2261", "subset": "\u2282", "cong": "\u2245"}  # fmt: skip
#: Most uses of macros that are written out in one side, and its longest result.
MOST_USES, LONGEST = 200, 20_000


def steps_of(latex: str, claims: Sequence[Claim], macros: Macros | None = None) -> tuple[Step, ...]:
    r"""The steps of one display, each with what was found on its sign.

    >>> [(s.relation, s.latex) for s in steps_of(r"a &= b \\ &\le c", [])]
    [('', 'a'), ('=', 'b'), ('\u2264', 'c')]
    """
    try:
        display = parse(latex, macros or {})
    except UnreadableError:
        return ()
    by_step = {claim.step: claim for claim in claims}
    whole = {id(node): ends for row in display.rows for node, ends in _sides(row)}

    def side(node: Node) -> str:
        unreadable = any(part.kind == "unreadable" for part in node.walk())
        start, end = whole[id(node)] if unreadable else (node.start, node.end)
        text = latex[start:end].replace("&", " ")
        return written_out(" ".join(text.split()), macros or {})

    rows: list[Step] = []
    for step in steps_in(display):
        if not step.continued:
            rows.append(Step(side(step.left)))
        sign = SIGNS.get(step.sign.text, step.sign.text)
        rows.append(_row(side(step.right), sign, by_step.get(step.number)))
    return tuple(rows)


def _sides(row: Row) -> Iterator[tuple[Node, tuple[int, int]]]:
    """The sides of a row, each with all that stands between the signs around it."""
    starts = [row.start, *(sign.end for sign in row.signs)]
    ends = [*(sign.start for sign in row.signs), row.end]
    for node, start, end in zip(row.sides, starts, ends, strict=False):
        yield node, (start, end)


def _row(latex: str, sign: str, claim: Claim | None) -> Step:
    if claim is None:
        return Step(latex, sign)
    if claim.verdict is None:
        return Step(latex, sign, (_note(claim, claim.kind),), says=claim.kind)
    if claim.verdict == "proved":
        return Step(latex, sign, (_note(claim, said(claim)),), verdict="proved")
    witness = (*_shown_by(claim), *(d.label + ": " + d.text for d in read(claim)))
    return Step(latex, sign, verdict=claim.verdict, says=headed(claim), witness=witness)


def headed(claim: Claim) -> str:
    """The code of a claim and its sentence; without the code where a comment expects it.

    What a sentence points at in the source stays away.
    """
    code = claim.code or ""
    if claim.expected is not None and not code.startswith("D5"):
        code = f"{claim.verdict}, as expected"
    return ": ".join(filter(None, (code, said(claim))))


def said(claim: Claim) -> str:
    """The first line of the sentence of a claim."""
    line = sentence(claim).split("\n")[0]
    return visible(line if line.endswith("...") else line.rstrip("."))


def _shown_by(claim: Claim) -> list[str]:
    """The points of a witness, what would repair a claim, and what does hold of it."""
    lines = list(witness_lines(claim.witness)) if claim.witness else []
    lines = [line for line in lines if line not in claim.message]
    lines += [*remedies(claim), *(note for _, note in claim.notes or ())]
    return [visible(line) for line in lines if line not in claim.message]


def _note(claim: Claim, words: str) -> Note:
    more = [Detail("note", visible(note)) for _, note in claim.notes or ()]
    return Note(words, (*read(claim), *more))


def read(claim: Claim) -> tuple[Detail, ...]:
    """How a step was read, what the page says of its symbols, and what its proof rests on."""
    found = []
    if claim.lhs is not None:
        found.append(("read as", f"{claim.lhs} {claim.relation} {claim.rhs}"))
    for item in claim.known or ():
        where = f" (line {item['line']})" if item.get("line") else ""
        found.append(("given", f"{item.get('text', '')}{where}"))
    if claim.assumed:
        found.append(("taken", "; ".join(claim.assumed)))
    if claim.using:
        found.append(("by", ", ".join(claim.using)))
    return tuple(Detail(label, visible(text[:LONGEST])) for label, text in found)


def written_out(latex: str, macros: Macros) -> str:
    r"""A formula with the macros of its document replaced, as far as they are understood.

    >>> written_out(r"\loss{a} + \R", {"loss": (1, r"\ell(#1)"), "R": (0, r"\mathbb{R}")})
    '\\ell(a) + \\mathbb{R}'
    """
    if not macros or "\\" not in latex:
        return latex
    names = sorted(map(re.escape, macros), key=len, reverse=True)
    use = re.compile(rf"\\({'|'.join(names)})(?![A-Za-z])")
    text = latex
    for _ in range(MOST_USES):
        found = use.search(text)
        if found is None:
            return text
        count, body = macros[found[1]]
        at = found.end()
        for k in range(1, count + 1):
            argument, at = _argument(text, at)
            body = body.replace(f"#{k}", argument)
        if count == 0 and text[at : at + 1].isalpha():
            body += " "
        text = text[: found.start()] + body + text[at:]
        if len(text) > LONGEST:
            break
    return latex


def _argument(text: str, at: int) -> tuple[str, int]:
    """The next argument of a macro, without its braces, and where it ends."""
    while text[at : at + 1] == " ":
        at += 1
    if text[at : at + 1] != "{":
        return text[at : at + 1], at + 1
    depth = 0
    for k in range(at, len(text)):
        depth += (text[k] == "{") - (text[k] == "}")
        if depth == 0:
            return text[at + 1 : k], k + 1
    return text[at + 1 :], len(text)
