"""Python: the docstrings of modules, classes and functions.

The file is parsed and never imported.  Each docstring is a section of its own, headed by the
name of what it documents, in reStructuredText with TeX's marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from derive.document.escapes import python_literals
from derive.document.formats import restructured
from derive.document.inline import Syntax
from derive.document.pieces import Contents, Piece, bounded
from derive.document.views import View, lines_of

if TYPE_CHECKING:
    import ast

SUFFIXES = (".py", ".pyi")

_SYNTAX = Syntax(role=":math:", marks=True)
_BREAK = re.compile(r"\r\n?|\n")
#: Functions that give a docstring to what is not written in Python.
_ADDERS = ("add_docstr", "_add_docstr", "add_newdoc")
#: Control words that begin like the escape for a line break; other line breaks may be meant.
_AFTER_N = r"(?:abla|u|e|eq|ot|otin|mid|exists|onumber|ewcommand)(?![A-Za-z])"
#: What a backslash and a letter make of the beginning of a control word.
_CONTROLS = re.compile(rf"[\t\b\f\a\v](?=[A-Za-z])|\r(?=[a-z])|\n(?={_AFTER_N})")
_LOST = "\ufffd"


def read(view: View) -> Contents:
    r"""The pieces of the docstrings of a Python file.

    >>> text = 'def f(x):' + chr(10) + '    r"Twice: $$f(x) = 2 x$$"'
    >>> [(p.kind, p.text) for p in read(View(text)).pieces]
    [('heading', 'f'), ('prose', 'Twice:'), ('display', 'f(x) = 2 x')]
    """
    import ast
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(view.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as e:
        said = e.msg if isinstance(e, SyntaxError) else str(e)
        remark = f"this is not Python: {said or 'its brackets nest too deep'}"
        return Contents((view.take((0, min(1, len(view.text)))).piece("fault", remark=remark),))
    return Contents(bounded(_Reader(view).read(tree)))


class _Reader:
    """Finds the places that the parser's lines and columns of bytes mean."""

    def __init__(self, view: View) -> None:
        self.view, self.text = view, view.text
        self.starts = [0, *(m.end() for m in _BREAK.finditer(view.text))]
        self.number = 0

    def offset(self, line: int, column: int) -> int:
        """The offset of a line, counted from 1, and a column in bytes."""
        start = self.starts[min(line, len(self.starts)) - 1]
        beginning = self.text[start : start + column]
        if beginning.isascii():
            return start + column
        return start + len(beginning.encode("utf-8", "replace")[:column].decode("utf-8", "ignore"))

    def read(self, tree: ast.Module) -> Iterator[Piece]:
        """The pieces of all docstrings, in the order of the file."""
        import ast

        found: list[tuple[int, ast.Constant, View | None]] = []
        for node in ast.walk(tree):
            constant = _docstring(node)
            if constant is not None:
                place = self.offset(constant.lineno, constant.col_offset)
                found.append((place, constant, self.name_of(node)))
        for place, constant, name in sorted(found, key=lambda entry: entry[0]):
            yield from self.section(place, constant, name)

    def name_of(self, node: ast.AST) -> View | None:
        """The name of what a docstring documents, where it stands."""
        import ast

        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            start = self.offset(node.lineno, node.col_offset)
            found = re.compile(rf"\b{re.escape(node.name)}\b").search(self.text, start)
            return self.view.take(found.span()) if found else None
        if isinstance(node, ast.Call):
            first = node.args[0]
            start = self.offset(first.lineno, first.col_offset)
            end = self.offset(first.end_lineno or 1, first.end_col_offset or 0)
            return self.view.take((start, end))
        return None

    def section(self, place: int, node: ast.Constant, name: View | None) -> Iterator[Piece]:
        """One docstring."""
        end = self.offset(node.end_lineno or 1, node.end_col_offset or 0)
        self.number += 1
        if name is not None:
            yield name.piece("heading", level=1, paragraph=self.number)
        local = python_literals(self.text, place, end)
        if local is None or local.text != node.value:
            remark = "the places in this string cannot be told"
            inside = self.view.take((place, end))
            yield inside.piece("fault", remark=remark, paragraph=self.number)
            return
        placed = View(local.text, tuple((own, self.view.offset(at)) for own, at in local.runs))
        before = self.number
        for piece in restructured.read(_cleaned(self.marked(placed)), _SYNTAX).pieces:
            self.number = before + piece.paragraph
            level = piece.level + 1 if piece.level else 0
            yield self.checked(piece)._replace(level=level, paragraph=self.number)

    def marked(self, view: View) -> View:
        r"""The text with a mark for each ``\theta`` that became a tab and ``heta``."""

        def mark(found: re.Match[str]) -> str:
            return _LOST if self.text[view.offset(found.start())] == "\\" else found[0]

        return View(_CONTROLS.sub(mark, view.text), view.runs)

    def checked(self, piece: Piece) -> Piece:
        """The piece, or a fault if the beginning of a control word was lost in it."""
        place = piece.text.find(_LOST) if piece.kind in ("display", "inline") else -1
        if place < 0 or self.text[piece.offset(place)] != "\\":
            return piece
        letter = self.text[piece.offset(place) + 1]
        remark = f'\\{letter} is one character in a string that is not raw; write r""" before it'
        return piece._replace(kind="fault", remark=remark)


def _cleaned(view: View) -> View:
    """A docstring without the indentation of all its lines but the first."""
    lines = lines_of(view)
    if len(lines) == 1:
        return view.stripped()
    shared = min((n.indent for n in lines[1:] if not n.blank), default=0)
    first = (lines[0].start + lines[0].indent, lines[0].end)
    return view.take(first, *((n.start + min(shared, len(n.text)), n.end) for n in lines[1:]))


def _docstring(node: ast.AST) -> ast.Constant | None:
    """The docstring that a node has, if it has one."""
    import ast

    inside: ast.AST | None = None
    if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
        first = node.body[0] if node.body else None
        inside = first.value if isinstance(first, ast.Expr) else None
    elif isinstance(node, ast.Call) and len(node.args) == 2:
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        called = node.func.id if isinstance(node.func, ast.Name) else called
        inside = node.args[1] if called in _ADDERS else None
    is_text = isinstance(inside, ast.Constant) and isinstance(inside.value, str)
    return inside if is_text else None  # type: ignore[return-value]  # a Constant
