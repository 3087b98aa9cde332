"""The plot beside a loss: the loss and its slope against the prediction, for each label.

What is plotted follows from the derivation alone.  The loss is the last line of its first
part, or what an affine part compares with.  The label is the observation of the one mass or
density in the first line, the prediction the symbol of the parameter that a model's link
feeds; where there is no mass, a label with finitely many values and one real symbol.  A loss
of families, or one in which this is not settled, has no plot.  Values are those of the
evaluator that refutes statements, rounded; what is undefined leaves a gap.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from derive.domains import elements, interval
from derive.functions import Derivative
from derive.render.page.data import Curve, Panel, Plot
from derive.term import Term, is_number, symbol, walk

if TYPE_CHECKING:
    from derive.context import Context
    from derive.derivations import Derivation, Part

#: Points of a curve, and decimal places of what is kept of them.
POINTS, PLACES = 120, 4
#: A plot has a curve for each label up to this number.
MOST_LABELS = 4
#: Which part of the values a panel shows when a loss grows without bound.
SHOWN = 0.94


class Subject(NamedTuple):
    """What a plot is of: a loss, the names of label and prediction, the others' values."""

    loss: Term
    label: str
    prediction: str
    labels: tuple[Fraction, ...]
    ends: tuple[Fraction, Fraction]
    fixed: dict[str, Fraction]


def plots(derivation: Derivation) -> tuple[Plot, ...]:
    """The plot of a derivation's loss, if it has one.

    >>> from derive.catalogue import find
    >>> [curve.name for curve in plots(find("bce").run())[0].panels[0].curves]
    ['y = 0', 'y = 1']
    """
    if not derivation.parts:
        return ()
    found = subject(derivation.parts[0])
    if found is None:
        return ()
    slope = Derivative(found.loss, symbol(found.prediction))
    panels = [_panel(title, t, found) for title, t in (("loss", found.loss), ("gradient", slope))]
    if not all(any(curve.points) for panel in panels for curve in panel.curves):
        return ()
    low, high = map(float, found.ends)
    return (Plot(found.prediction, low, high, tuple(panels), _caption(found)),)


def _caption(found: Subject) -> str:
    from derive.render.notation.names import in_text

    said = f"The loss and its gradient in {in_text(found.prediction)}"
    if len(found.labels) > 1:
        said += f", one curve for each {in_text(found.label)}"
    held = {**({found.label: found.labels[0]} if len(found.labels) == 1 else {}), **found.fixed}
    if held:
        said += ", at " + ", ".join(f"{in_text(n)} = {v}" for n, v in held.items())
    return said + "."


# -- what is plotted -------------------------------------------------------------------------


def subject(part: Part) -> Subject | None:
    """The loss of a part with its label and prediction; None where they are not settled."""
    if part.verdict != "proved" or not part.lines:
        return None
    affine = part.statement.head == "Affine"
    loss = part.statement.args[1] if affine else part.lines[-1].term
    names = part.context.names
    if not loss.free or any(n not in names or names[n].indices for n in loss.free):
        return None
    pair = _modelled(part.lines[0].term, loss) or _classified(loss, part.context)
    if pair is None or any(names[n].definition is not None for n in loss.free):
        return None
    label, prediction = pair
    labels, other = _labels(names[label].domain), sorted(loss.free - {label, prediction})
    fixed = {name: _usual(names[name].domain) for name in other}
    ends = _ends(names[prediction].domain, labels)
    if not labels or ends is None or None in fixed.values():
        return None
    held = {name: value for name, value in fixed.items() if value is not None}
    return Subject(loss, label, prediction, labels, ends, held)


def _modelled(first: Term, loss: Term) -> tuple[str, str] | None:
    """Observation and linked parameter of the one mass or density of a line."""
    from derive.distributions import distribution

    masses = [u for _, u in walk(first) if u.head.endswith(("Mass", "Density"))]
    law = distribution(masses[0].head) if len(masses) == 1 else None
    if law is None or law.linked not in law.arguments or masses[0].args[0].head != "symbol":
        return None
    parameter = masses[0].args[1 + law.arguments.index(law.linked)]
    label, free = masses[0].args[0].value, parameter.free
    if len(free) != 1 or not {label, *free} <= set(loss.free) or label in free:
        return None
    return label, next(iter(free))


def _classified(loss: Term, context: Context) -> tuple[str, str] | None:
    """A label with finitely many values and the one other symbol, which is real."""
    finite = [n for n in sorted(loss.free) if elements(context.names[n].domain) is not None]
    rest = loss.free - set(finite)
    if len(finite) != 1 or len(rest) != 1:
        return None
    prediction = next(iter(rest))
    known = interval(context.names[prediction].domain) is not None
    return (finite[0], prediction) if known else None


def _labels(domain: Term) -> tuple[Fraction, ...]:
    """The labels that get a curve: all of a small set, a few of an infinite one."""
    listed = elements(domain)
    if listed is not None:
        exact = len(listed) <= MOST_LABELS and all(map(is_number, listed))
        return tuple(Fraction(t.value) for t in listed) if exact else ()
    some = {
        "Natural0": (0, 1, 4), "Natural": (1, 2, 4), "Integer": (0,), "Real": (0,),
        "Positive": (Fraction(1, 2), 1, 2), "Nonnegative": (0, 1, 2),
        "Unit": (Fraction(1, 4), Fraction(3, 4)),
    }  # fmt: skip
    return tuple(map(Fraction, some.get(domain.head, ())))


def _usual(domain: Term) -> Fraction | None:
    """The value at which a symbol is held that is neither label nor prediction."""
    usual = {"Positive": Fraction(1), "Nonnegative": Fraction(1), "Unit": Fraction(1, 4),
             "Natural": Fraction(1), "Real": Fraction(0)}  # fmt: skip
    return usual.get(domain.head)


def _ends(domain: Term, labels: tuple[Fraction, ...]) -> tuple[Fraction, Fraction] | None:
    """The interval of predictions that is shown."""
    found = interval(domain)
    if found is None:
        return None
    low, high = (Fraction(t.value) if is_number(t) else None for t in found[:2])
    reach = max([Fraction(2), *(2 * abs(label) for label in labels)])
    if low is None and high is None:
        return -2 * reach, 2 * reach
    if low is None or high is None:
        return (low, low + 2 * reach) if low is not None else None
    return low, high


# -- its values ------------------------------------------------------------------------------


def _panel(title: str, t: Term, found: Subject) -> Panel:
    curves = tuple(_curve(t, found, label) for label in found.labels)
    values = sorted(p[1] for curve in curves for p in curve.points if p is not None)
    if not values:
        return Panel(title, curves, 0.0, 1.0)
    cut = len(values) - 1 - int(len(values) * (1 - SHOWN) / 2)
    low, high = values[len(values) - 1 - cut], values[cut]
    # Only what runs away at an end is cut off.
    span = (high - low) or 1.0
    low = values[0] if low - values[0] < span / 4 else low
    high = values[-1] if values[-1] - high < span / 4 else high
    margin = 0.05 * ((high - low) or 1.0)
    return Panel(title, curves, round(low - margin, PLACES), round(high + margin, PLACES))


def _curve(t: Term, found: Subject, label: Fraction) -> Curve:
    from derive.render.notation.names import in_text

    low, high = found.ends
    points = []
    for k in range(POINTS + 1):
        # Inside of the interval, and not at 0, 1/2 and the like, where a slope may jump.
        x = low + (high - low) * Fraction(2 * k + 1, 2 * POINTS + 2)
        y = _value(t, {**found.fixed, found.label: label, found.prediction: x})
        points.append(None if y is None else (round(float(x), PLACES), y))
    return Curve(f"{in_text(found.label)} = {label}", tuple(points))


def _value(t: Term, point: dict[str, Fraction]) -> float | None:
    from derive.refute.balls import between

    ends = between(t, point)
    return None if ends is None else round(float(sum(ends) / 2), PLACES)
