"""Hostile documents are read to their end, in time, and the equation in them is found."""

from __future__ import annotations

import random
import time

import pytest

from derive.document import decode, read, suffixes
from tests.document.hostile import TRUE, documents

FORMATS = (".md", ".rst", ".tex", ".ipynb")
CASES = [(s, name) for s in FORMATS for name in documents(s)]


@pytest.mark.parametrize(("suffix", "name"), CASES)
def test_the_equation_is_found(suffix: str, name: str) -> None:
    start = time.process_time()
    pieces = read(f"a{suffix}", documents(suffix)[name]).pieces
    assert TRUE in [p.text for p in pieces if p.kind == "display"]
    assert time.process_time() - start < 10


@pytest.mark.parametrize("suffix", sorted(suffixes()))
@pytest.mark.parametrize("seed", range(8))
def test_noise_can_be_read(suffix: str, seed: int) -> None:
    draw = random.Random(seed)
    words = [
        "$", "$$", "\\[", "\\]", "\\(", "\\)", "`", "```", "\n", "\n\n", "    ", "{", "}", "\\",
        "%", "\\begin{align}", "\\end{align}", ".. math::", ":math:", "x", "= ", ">", "- ", "#",
        "<!--", "-->", "given:", "\\def", "\\newcommand", '"', "'", "\x00", "\r", "\t", "é",
        "\U0001d465", "---", "===", ":::", "{math}", "\\verb|", "[", "]", ",", ":", '"""', "r",
        "def f():",
    ]  # fmt: skip
    text = "".join(draw.choice(words) for _ in range(3000))
    document = read(f"a{suffix}", text)
    for piece in document.pieces:
        for k, character in enumerate(piece.text):
            place = piece.offset(k)
            assert text[place] in (character, "\\", "\r")


@pytest.mark.parametrize(
    ("data", "text", "replaced"),
    [
        (b"a\xffb", "a\ufffdb", 1),
        (b"\xef\xbb\xbfa", "a", -1),
        ("é$x$".encode(), "é$x$", -1),
        ("é".encode() + b"\xe2\x82", "é\ufffd", 1),
        (bytes(range(256)), None, 128),
    ],
)
def test_decoding(data: bytes, text: str | None, replaced: int) -> None:
    found = decode(data)
    assert found[1] == replaced
    assert text is None or found[0] == text
