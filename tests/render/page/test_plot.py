"""Plots beside losses: what is plotted, and that its values are right."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from math import log

import pytest

from derive.catalogue import find
from derive.render.html import sheet
from derive.render.page.curves import plots
from derive.render.page.data import Curve, Panel, Plot
from derive.render.page.plot import figure, ticks

# The label, the prediction and the losses of four scripts, written down here independently.
LOSSES = {
    "bce": (
        "p",
        {
            "y = 0": (lambda p: -log(1 - p), lambda p: 1 / (1 - p)),
            "y = 1": (lambda p: -log(p), lambda p: -1 / p),
        },
    ),
    "mse": ("mu", {"x = 0": (lambda m: m * m, lambda m: 2 * m)}),
    "mae": ("q", {"y = 0": (abs, lambda q: (q > 0) - (q < 0))}),
    "poisson-nll": (
        "mu",
        {
            "y = 0": (lambda m: m, lambda _: 1.0),
            "y = 1": (lambda m: m - log(m), lambda m: 1 - 1 / m),
            "y = 4": (lambda m: m - 4 * log(m), lambda m: 1 - 4 / m),
        },
    ),
}


@pytest.mark.parametrize("name", [n for n in LOSSES if n != "mae"])
def test_curves_are_the_loss_and_its_slope(name: str) -> None:
    (plot,) = plots(find(name).run())
    variable, curves = LOSSES[name]
    assert plot.variable == variable
    for which, panel in enumerate(plot.panels):
        assert [curve.name for curve in panel.curves] == list(curves)
        for curve in panel.curves:
            seen = [point for point in curve.points if point is not None]
            assert len(seen) > 100
            for x, y in seen:
                true = curves[curve.name][which]
                # Both coordinates are rounded to four places.
                near = abs(true(x + 6e-5) - true(x - 6e-5)) + 6e-5
                assert abs(y - true(x)) <= near, (curve.name, x)


def test_a_kink_leaves_no_false_slope() -> None:
    (plot,) = plots(find("mae").run())
    slopes = {y for curve in plot.panels[1].curves for _, y in filter(None, curve.points)}
    assert slopes == {-1.0, 1.0}


@pytest.mark.parametrize("name", ["bce-dataset", "gibbs", "multilabel", "image-bce"])
def test_a_loss_of_families_has_no_plot(name: str) -> None:
    assert plots(find(name).run()) == ()


def test_the_picture_is_xml_and_always_the_same() -> None:
    made = [figure(sheet(find("bce").run()).plots[0]) for _ in range(2)]
    assert made[0] == made[1]
    root = ElementTree.fromstring(made[0])
    words = "".join(root.itertext())
    for word in ("loss", "gradient", "y = 0", "y = 1", "0.4"):
        assert word in words
    assert len(root.findall(".//polyline[@class='curve c0']")) == 4  # two curves and two keys


def test_curves_stay_inside_of_the_axes() -> None:
    (plot,) = plots(find("bce").run())
    root = ElementTree.fromstring(figure(plot))
    for svg in root.iter("svg"):
        wide, high = map(float, svg.get("viewBox", "").split()[2:])
        for line in svg.iter("polyline"):
            for pair in line.get("points", "").split():
                x, y = map(float, pair.split(","))
                assert 0 <= x <= wide
                assert 0 <= y <= high


def test_text_in_a_plot_is_escaped() -> None:
    nasty = "<script>alert(1)</script>"
    curves = (Curve(nasty, ((0.0, 0.0), (1.0, 1.0))), Curve("b", ()))
    shown = figure(Plot(nasty, 0.0, 1.0, (Panel(nasty, curves, 0.0, 1.0),), nasty))
    assert "<script" not in shown
    ElementTree.fromstring(shown)


def test_a_flat_curve_and_an_empty_interval_are_drawn() -> None:
    curves = (Curve("a", ((1.0, 1.0),)),)
    ElementTree.fromstring(figure(Plot("x", 1.0, 1.0, (Panel("f", curves, 1.0, 1.0),))))


def test_ticks_are_few_and_round() -> None:
    for low, high in ((0.0, 1.0), (-17.3, 18.1), (0.0, 0.003), (-1e6, 2e6)):
        found = ticks(low, high)
        assert 2 <= len(found) <= 8
        assert all(low <= t <= high for t in found)
