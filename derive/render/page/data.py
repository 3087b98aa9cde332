"""What a page shows, as plain data: strings, tuples and numbers, nothing that is run.

Whoever has steps with verdicts fills these in and hands them to ``derive.render.page``; what
comes back from ``loads`` is as harmless as what went into ``dumps``, whoever wrote the file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Detail(NamedTuple):
    """One thing to say of a reason: a label, the text, and the text as LaTeX where it is one."""

    label: str
    text: str
    latex: str = ""


class Note(NamedTuple):
    """A reason beside a step; its details appear on hover and by keyboard."""

    words: str
    details: tuple[Detail, ...] = ()


class Step(NamedTuple):
    """One row: a formula and how it stands to the one above.

    ``verdict`` is ``proved``, ``refuted``, ``unknown`` or empty; ``says`` is a sentence about it,
    ``witness`` what a click on it shows; ``cases`` are assumptions of this row alone.
    """

    latex: str
    relation: str = ""
    reasons: tuple[Note, ...] = ()
    cases: tuple[str, ...] = ()
    verdict: str = ""
    says: str = ""
    witness: tuple[str, ...] = ()


class Block(NamedTuple):
    """A chain of steps and what it establishes.

    ``given`` are pairs of LaTeX and plain spelling.  ``badge`` replaces the word of the
    verdict.  ``statement`` is LaTeX; it is hidden while the steps are unfolded when they
    show it already (``repeats``).  ``formulas`` are shown below it, ``notes`` are sentences.
    ``aligned`` is the LaTeX of all the steps, for those who copy it.
    """

    heading: str = ""
    given: tuple[tuple[str, str], ...] = ()
    steps: tuple[Step, ...] = ()
    verdict: str = ""
    badge: str = ""
    statement: str = ""
    repeats: bool = False
    formulas: tuple[str, ...] = ()
    reasons: tuple[Note, ...] = ()
    notes: tuple[str, ...] = ()
    aligned: str = ""


class Curve(NamedTuple):
    """A curve of a plot: its name and points; a gap stands where a point is None."""

    name: str
    points: tuple[tuple[float, float] | None, ...]


class Panel(NamedTuple):
    """One pair of axes: its title, the curves, the height of what is shown."""

    title: str
    curves: tuple[Curve, ...]
    low: float
    high: float


class Plot(NamedTuple):
    """Panels side by side over the same interval of one variable, and a caption."""

    variable: str
    low: float
    high: float
    panels: tuple[Panel, ...]
    caption: str = ""


class Sheet(NamedTuple):
    """Everything that is shown of one derivation, claim or document."""

    name: str = ""
    title: str = ""
    place: str = ""
    assumptions: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    remarks: tuple[str, ...] = ()
    axioms: tuple[str, ...] = ()
    plots: tuple[Plot, ...] = ()


class SheetError(ValueError):
    """Data that is no sheet."""


def plain(value: Any) -> Any:
    """A sheet, or a part of one, as lists and dictionaries for JSON."""
    if hasattr(value, "_asdict"):
        return {field: plain(part) for field, part in value._asdict().items()}
    return [plain(part) for part in value] if isinstance(value, tuple) else value


def sheet(value: Any) -> Sheet:
    """The sheet that ``plain`` made this of.  Raises SheetError for anything else.

    >>> kept = Sheet("a", blocks=(Block("b", steps=(Step("x", "="),)),))
    >>> sheet(plain(kept)) == kept
    True
    """
    try:
        found: Sheet = _READERS[Sheet](value)
    except (TypeError, ValueError, KeyError, RecursionError) as error:
        raise SheetError(f"this is no sheet: {error}") from None
    return found


def _exactly(kind: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(f"{value!r} is no {kind.__name__}")
        return value

    return read


def _number(value: Any) -> float:
    if type(value) not in (int, float):
        raise TypeError(f"{value!r} is no number")
    return float(value)


def _each(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: tuple(map(read, _exactly(list)(value)))


def _pair(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def pair(value: Any) -> tuple[Any, Any]:
        first, second = _exactly(list)(value)
        return read(first), read(second)

    return pair


def _record(kind: Any, **fields: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A reader of one kind of record; fields that are not named are strings."""

    # Pages of documentation read thousands of these from what was kept.
    texts = frozenset(kind._fields) - fields.keys()

    def read(value: Any) -> Any:
        given = dict(_exactly(dict)(value))
        for name, part in given.items():
            if name in texts:
                if type(part) is not str:
                    raise TypeError(f"{part!r} is no text")
            else:
                given[name] = fields[name](part)
        return kind(**given)

    return read


_text = _exactly(str)
_note = _record(Note, details=_each(_record(Detail)))
_point = _pair(_number)
_curve = _record(Curve, points=_each(lambda v: None if v is None else _point(v)))
_panel = _record(Panel, curves=_each(_curve), low=_number, high=_number)
_plot = _record(Plot, low=_number, high=_number, panels=_each(_panel))
_step = _record(Step, reasons=_each(_note), cases=_each(_text), witness=_each(_text))
_block = _record(
    Block,
    given=_each(_pair(_text)),
    steps=_each(_step),
    repeats=_exactly(bool),
    formulas=_each(_text),
    reasons=_each(_note),
    notes=_each(_text),
)
_READERS = {
    Sheet: _record(
        Sheet,
        assumptions=_each(_text),
        blocks=_each(_block),
        remarks=_each(_text),
        axioms=_each(_text),
        plots=_each(_plot),
    )
}
