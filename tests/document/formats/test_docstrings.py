"""Docstrings: literals of every kind, and places in the source."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from derive.document import read
from derive.document.installed import module_files
from tests.document.places import read_exactly

SOURCE = '''r"""A module.

$$a = b$$
"""

class Loss:
    r"""The loss.

    .. math::
        \\ell = -\\log p

    Notes
    -----
    With :math:`p > 0` and ``:math:`q` ``.

    .. given: n in Natural
    """

    async def f(self):
        """Not \\\\(a = b\\\\) raw, é."""

x = "$$no = docstring$$"
_add_docstr(torch.abs, r"$$c = d$$")
'''


def test_docstrings() -> None:
    pieces = read("a.py", SOURCE).pieces
    assert [(p.kind, p.text, p.level) for p in pieces if p.kind != "prose"] == [
        ("display", "a = b", 0),
        ("heading", "Loss", 1),
        ("display", "\\ell = -\\log p", 0),
        ("heading", "Notes", 2),
        ("inline", "p > 0", 0),
        ("given", "n in Natural", 0),
        ("heading", "f", 1),
        ("inline", "a = b", 0),
        ("heading", "torch.abs", 1),
        ("display", "c = d", 0),
    ]
    for piece in pieces:
        for k, character in enumerate(piece.text):
            assert SOURCE[piece.offset(k)] == character


@pytest.mark.parametrize(
    "literal",
    ['"$$a = b$$"', "'''$$a = b$$'''", '"é" "$$a = b$$"', 'u"$$a \\x3d b$$"',
     '("$$a "\n  # words\n  r"= b$$")', '"$$a = \\\nb$$"', '"\\N{MICRO SIGN} $$a = b$$"'],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_literals(literal: str, newline: str) -> None:
    text = f"# é\ndef é(): {literal}\n".replace("\n", newline)
    (display,) = (p for p in read("a.py", text).pieces if p.kind == "display")
    assert display.text == "a = b"
    assert text[display.start] == "a"
    assert text[display.offset(4)] == "b"


@pytest.mark.parametrize("formula", ["$$\\theta = 1$$", "$$\\frac a b = 1$$", "$$\\nu = 1$$"])
def test_a_tab_that_was_a_theta_is_a_fault(formula: str) -> None:
    (fault,) = read("a.py", f'"""{formula}"""').pieces
    assert (fault.kind, fault.remark[:2]) == ("fault", formula[2:4])
    assert read_exactly("a.py", f'r"""{formula}"""').pieces[0].kind == "display"


def test_a_line_break_that_is_meant() -> None:
    assert read("a.py", '"one $$a = b$$\\n$$c = d$$"').pieces[-1].text == "c = d"


@pytest.mark.parametrize(
    "text", ["def", "\x00", "(" * 100_000, "-" * 100_000 + "1", "'", "a." * 50_000 + "a"]
)
def test_every_text_can_be_read(text: str) -> None:
    assert all(p.kind == "fault" and p.remark for p in read("a.py", text).pieces)


def test_nothing_of_a_module_is_executed(tmp_path: Path) -> None:
    package = tmp_path / "trap"
    (package / "inner").mkdir(parents=True)
    (package / "__init__.py").write_text("raise SystemExit(3)\n")
    (package / "inner" / "a.py").write_text('r"""$$a = b$$"""\nraise SystemExit(3)\n')
    files = module_files("trap", [str(tmp_path)])
    assert [f.name for f in files] == ["__init__.py", "a.py"]
    assert [f.name for f in module_files("trap.inner.a", [str(tmp_path)])] == ["a.py"]
    assert module_files("trap.none", [str(tmp_path)]) == []
    assert module_files("../etc", [str(tmp_path)]) == []
    assert "trap" not in sys.modules
    assert read("a.py", files[1].read_text()).pieces[0].text == "a = b"


def test_the_standard_library_can_be_read() -> None:
    for file in module_files("json"):
        text = file.read_text(encoding="utf-8")
        assert not [p for p in read(str(file), text).pieces if p.kind == "fault"]
    assert json
