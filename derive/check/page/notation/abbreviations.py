r"""Names of several capital letters, ``TP``, ``MSE``, ``FL(p)``, which are read as single letters.

A run of capitals without a blank between them is one name where the page defines it, or where it
is one of the counts of a confusion matrix beside another one of them.  Two letters are a product
if the page uses one of them otherwise: ``AB = BA``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from derive.check.page.notation.mapped import mapped, sides_of
from derive.latex.tree import Display, Node

#: True and false positives and negatives, and their rates.
_COUNTS = frozenset({"TP", "FP", "TN", "FN", "TPR", "FPR", "TNR", "FNR", "PPV", "NPV"})
#: Words that nobody writes as a product before a bracket, and one before ``(p \\| q)``.
_MOMENTS = ("Var", "Cov", "Corr")
_DIVERGENCES = ("KL",)


def with_abbreviations(displays: Iterable[Display]) -> list[Display]:
    """The displays, runs of capitals that are one name as such."""
    shown = mapped(displays, _with_words)
    written = {word for side in sides_of(shown) for n in side.walk() for _, _, word in _runs(n)}
    alone = {n.text for n in _outside_runs(sides_of(shown))}
    heads = {
        head
        for d in shown for row in d.rows
        for side, sign in zip(row.sides, row.signs, strict=False) if sign.text in ("=", ":=")
        for head in _heads(side)
    }  # fmt: skip
    counted = written & _COUNTS if len(written & _COUNTS) > 1 else set()
    known = {word for word, _ in heads} | counted
    defined = {
        word for word, called in heads
        if len(word) > 2 or _is_new(word, called, alone.union(*_products(word, written, known)))
    }  # fmt: skip
    names = defined | counted
    if not names:
        return shown
    return mapped(shown, lambda side: _joined(side, names))


def _with_words(node: Node) -> Node:
    """A tree with the letters of ``Var(X)`` and ``KL(p || q)`` as the word that they are."""
    parts = [_with_words(p) for p in node.parts]
    if node.kind == "juxtapose":
        for k in range(len(parts) - 1, -1, -1):
            for word in (*_MOMENTS, *_DIVERGENCES):
                end = k + len(word)
                letters = parts[k:end]
                spelled = [n.text for n in letters if n.kind == "name"] == list(word)
                close = all(a.end == b.start for a, b in pairwise(letters))
                if spelled and close and _is_called(word, parts[end : end + 1]):
                    whole = letters[-1]._replace(start=letters[0].start, text=word)
                    parts[k:end] = [whole._replace(notes=("upright",))]
    return node._replace(parts=tuple(parts)) if node.parts else node


def _is_called(word: str, behind: list[Node]) -> bool:
    """Whether what stands behind a word is a bracket that such a word has."""
    if not behind or behind[0].kind != "group":
        return False
    return word in _MOMENTS or behind[0].notes == ("||",)


def _runs(node: Node) -> Iterator[tuple[int, int, str]]:
    """The runs of capitals among the factors of a product: where they begin and end, and what
    they spell.  The last letter may have indices."""
    if node.kind not in ("times", "juxtapose"):
        return
    start = 0
    for k, part in enumerate(node.parts):
        if not _is_capital(part):
            start = k + 1
            continue
        behind = node.parts[k + 1] if k + 1 < len(node.parts) else None
        goes_on = behind is not None and _is_capital(behind) and part.end == behind.start
        if goes_on and not part.parts:
            continue
        if k > start:
            yield start, k + 1, "".join(n.text for n in node.parts[start : k + 1])
        start = k + 1


def _is_capital(node: Node) -> bool:
    return node.kind == "name" and len(node.text) == 1 and node.text.isupper()


def _is_new(word: str, called: bool, used: set[str]) -> bool:
    """Whether two letters are a name: the page uses neither otherwise, or not both where they
    have a bracket behind them."""
    return not set(word) <= used if called else used.isdisjoint(word)


def _products(word: str, written: set[str], known: set[str]) -> set[str]:
    """The other runs of two letters that may be products: those that nothing defines, and those
    of the same letters, ``BA`` beside ``AB``."""
    return {
        other for other in written
        if len(other) == 2 and other != word and (other not in known or set(other) == set(word))
    }  # fmt: skip


def _heads(side: Node) -> Iterator[tuple[str, bool]]:
    """The run that a side is, alone or with a bracket behind it, and which of the two."""
    for start, end, word in _runs(side):
        rest = side.parts[end:]
        called = len(rest) == 1 and rest[0].kind == "group"
        if start == 0 and (not rest or called):
            yield word, called


def _outside_runs(nodes: Iterable[Node]) -> Iterator[Node]:
    """The capital letters without indices that stand in no run."""
    for node in nodes:
        runs = {k for start, end, _ in _runs(node) for k in range(start, end)}
        if _is_capital(node) and not node.parts:
            yield node
        yield from _outside_runs(p for k, p in enumerate(node.parts) if k not in runs)


def _joined(node: Node, names: set[str]) -> Node:
    """A tree with each of some runs as one name."""
    parts = [_joined(p, names) for p in node.parts]
    found = [r for r in _runs(node) if r[2] in names]
    for start, end, word in reversed(found):
        whole = parts[end - 1]._replace(start=parts[start].start, text=word, notes=())
        parts[start:end] = [whole]
    if found and len(parts) == 1:
        return parts[0]
    return node._replace(parts=tuple(parts)) if node.parts else node
