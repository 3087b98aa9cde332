"""A plot as SVG: axes, ticks, curves and their names; the same bytes on every machine."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import TYPE_CHECKING

from derive.render.notation.names import in_text, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derive.render.page.data import Curve, Panel, Plot

#: Width and height of the axes of a panel, the room around them, all in pixels.
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BELOW = 250, 170, 44, 26, 16, 62
#: How far the names of the curves stand below that of the variable.
KEY = 22
#: Curves differ by colour and by dashes; there are so many kinds.
KINDS = 4


def figure(plot: Plot) -> str:
    """The plot as a ``<figure>`` with its caption; panels stand below each other on a phone."""
    inside = "\n".join(_panel(plot, panel) for panel in plot.panels)
    caption = f"<figcaption>{_escape(plot.caption)}</figcaption>"
    return f'<figure class="plot">\n<div class="panels">\n{inside}\n</div>\n{caption}\n</figure>'


def _escape(text: str) -> str:
    from html import escape

    return escape(printable(text))


def _panel(plot: Plot, panel: Panel) -> str:
    named = len(panel.curves) > 1
    wide, high = LEFT + WIDTH + RIGHT, TOP + HEIGHT + (BELOW if named else BELOW - KEY)
    variable = in_text(plot.variable)
    rows = [*_axes(plot, panel), _text(LEFT, TOP - 10, panel.title, "start")]
    rows.append(_text(LEFT + WIDTH / 2, TOP + HEIGHT + 31, variable, "middle"))
    for kind, curve in enumerate(panel.curves):
        style = f"curve c{kind % KINDS}"
        for piece in pieces(curve, panel.low, panel.high):
            rows.append(_line(style, [_place(plot, panel, x, y) for x, y in piece]))
        if named:
            at, y = LEFT + 66 * kind, TOP + HEIGHT + 31 + KEY
            rows.append(_line(style, [(at, y - 4), (at + 18, y - 4)]))
            rows.append(_text(at + 23, y, curve.name, "start"))
    title = _escape(f"{panel.title} against {variable}")
    shown = "\n".join(rows)
    return f'<svg viewBox="0 0 {wide} {high}" role="img" aria-label="{title}">\n{shown}\n</svg>'


def _axes(plot: Plot, panel: Panel) -> Iterator[str]:
    """Grid, ticks and the two axes."""
    bottom, right = TOP + HEIGHT, LEFT + WIDTH
    for x in ticks(plot.low, plot.high):
        at = _place(plot, panel, x, panel.low)[0]
        yield _line("grid", [(at, TOP), (at, bottom)])
        yield _text(at, bottom + 15, _short(x), "middle", "tick")
    for y in ticks(panel.low, panel.high):
        at = _place(plot, panel, plot.low, y)[1]
        yield _line("axis" if y == 0 else "grid", [(LEFT, at), (right, at)])
        yield _text(LEFT - 6, at + 4, _short(y), "end", "tick")
    yield _line("axis", [(LEFT, TOP), (LEFT, bottom), (right, bottom)])


def _place(plot: Plot, panel: Panel, x: float, y: float) -> tuple[float, float]:
    """Where a point stands in the picture."""
    across, up = (plot.high - plot.low) or 1.0, (panel.high - panel.low) or 1.0
    return LEFT + WIDTH * (x - plot.low) / across, TOP + HEIGHT * (panel.high - y) / up


def _line(kind: str, points: list[tuple[float, float]]) -> str:
    said = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline class="{kind}" fill="none" stroke="currentColor" points="{said}"/>'


def _text(x: float, y: float, words: str, stands: str, kind: str = "") -> str:
    own = f' class="{kind}"' if kind else ""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{stands}" fill="currentColor"'
    return f"<text{own} {place}>{_escape(words)}</text>"


def _short(x: float) -> str:
    return f"{x:g}".replace("-", "\N{MINUS SIGN}")


def ticks(low: float, high: float) -> list[float]:
    """Round numbers between two ends, about four of them.

    >>> ticks(0.0, 1.0), ticks(-4.2, 4.2)
    ([0.0, 0.2, 0.4, 0.6, 0.8, 1.0], [-4.0, -2.0, 0.0, 2.0, 4.0])
    """
    rough = ((high - low) or 1.0) / 4
    power = 10.0 ** floor(log10(rough))
    step = min((m * power for m in (1, 2, 5, 10)), key=lambda s: abs(s - rough))
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [round(k * step, 9) + 0.0 for k in range(first, last + 1)]


def pieces(curve: Curve, low: float, high: float) -> Iterator[list[tuple[float, float]]]:
    """The stretches of a curve between two heights, cut where it crosses them.

    >>> from derive.render.page.data import Curve
    >>> list(pieces(Curve("f", ((0, 0), (1, 2), None, (2, 2), (3, 0))), 0, 1))
    [[(0, 0), (0.5, 1)], [(2.5, 1), (3, 0)]]
    """
    piece: list[tuple[float, float]] = []
    before: tuple[float, float] | None = None
    for point in curve.points:
        inside = point is not None and low <= point[1] <= high
        if point is not None and before is not None:
            entered = low <= before[1] <= high
            if entered != inside:
                piece.append(_crossing(before, point, low, high))
        if inside and point is not None:
            piece.append(point)
        elif piece:
            yield piece
            piece = []
        before = point
    if piece:
        yield piece


def _crossing(
    a: tuple[float, float], b: tuple[float, float], low: float, high: float
) -> tuple[float, float]:
    """Where the line between a point inside and one outside meets the border."""
    edge = high if max(a[1], b[1]) > high else low
    return a[0] + (b[0] - a[0]) * (edge - a[1]) / (b[1] - a[1]), edge
