"""Breaking long LaTeX formulas over rows of an alignment."""

from __future__ import annotations

from collections.abc import Iterator

#: Signs before which a row may end.
_SIGNS = {"+", "-", "=", r"\le", "<", r"\ne", r"\sim"}


def tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """The tokens of LaTeX that the printers wrote, each with its place and its end.

    >>> [t for t, _, _ in tokens("\\\\frac{a}{b} + 12")]
    ['\\\\frac', '{', 'a', '}', '{', 'b', '}', '+', '1', '2']
    """
    k = 0
    while k < len(text):
        end = k + 1
        if text[k] == "\\":
            while end < len(text) and text[end].isalpha():
                end += 1
            end = max(end, k + 2)
        if text[k] != " ":
            yield text[k:end], k, end
        k = end


def visible(text: str) -> int:
    """About how many characters wide a formula is, once it is set.

    >>> visible(r"\\frac{1}{n} \\log p_{i}")
    7
    """
    count = 0
    for token, _, _ in tokens(text):
        if token.startswith("\\"):
            name = token[1:]
            count += len(name) if name in _UPRIGHT else int(name not in _INVISIBLE)
        elif token not in "{}_^":
            count += 1
    return count


_UPRIGHT = {"log", "exp", "max", "min", "sin", "cos", "arctan", "sinh", "cosh", "tanh"}
_INVISIBLE = {
    "left", "right", "frac", "mathrm", "operatorname", "text", "mathbb", "mathcal", ",", "hat",
    "bar", "tilde", "binom", "begin", "end", "sqrt",
}  # fmt: skip


def rows(text: str, limit: int) -> list[str]:
    r"""A formula as rows of at most about ``limit`` characters each.

    Rows end only where TeX lets them: outside braces, environments and pairs of
    ``\left`` and ``\right``; plain brackets may stay open, but that comes second.

    >>> rows("a + b - c", 3)
    ['a + b', '- c']
    """
    found: list[str] = []
    while visible(text) > limit:
        at = _break(text, limit)
        if at is None:
            break
        found.append(text[:at].rstrip())
        text = text[at:]
    return [*found, text]


def _break(text: str, limit: int) -> int | None:
    rigid = plain = 0
    best: tuple[int, int] | None = None
    fallback: tuple[int, int] | None = None
    earlier = ""
    for token, start, end in tokens(text):
        if token in ("{", r"\left", r"\begin"):
            rigid += 1
        elif token in ("}", r"\right", r"\end"):
            rigid -= 1
        elif token in ("(", "[") and earlier not in (r"\left", r"\right"):
            plain += 1
        elif token in (")", "]") and earlier not in (r"\left", r"\right"):
            plain -= 1
        elif token in _SIGNS and rigid == 0 and start > 0 and text[end : end + 1] == " ":
            place = (-plain, start)
            if visible(text[:start]) > limit:
                fallback = fallback or place
            elif best is None or place >= (
                best if visible(text[: best[1]]) * 4 >= limit else (-9, 0)
            ):
                best = place
        earlier = token
    chosen = best or fallback
    return None if chosen is None else chosen[1]
