r"""Which way a page is meant that can be read in several, where its steps tell it.

``\mathrm{Exp}(\lambda)`` may have the rate or the scale :math:`\lambda`, and each of
:math:`E(X) = \lambda` and :math:`E(X) = 1/\lambda` is true of one of them: a step that is true
in one reading only says nothing of itself.  Several steps that agree tell how the page means
the law, and so does its density.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from derive.check.assuming import briefly
from derive.check.page.asking.statements import asked
from derive.check.page.nodes import is_density, shape_of, unreadable_in
from derive.check.page.page import Page
from derive.check.page.shown import Shown
from derive.check.page.steps import Step
from derive.context import ContextError
from derive.latex.elaborate import Reading, alternatives
from derive.latex.tree import UnreadableError
from derive.term import TermError

#: How much a density tells, which has all of the law, and any other step; what a step tells
#: of the way in which its own formula is written.
DENSITY, STEP, WRITTEN = 2, 1, 2
#: What is enough, and how many times as much as what tells otherwise.
ENOUGH, TIMES = 2, 3

#: Steps of one attempt, and attempts, to find out in which reading a step is true: every step
#: of the page is looked at before the first is judged.
STEPS, ATTEMPTS = 500, 2


class Telling(NamedTuple):
    """A step that is true in one reading of a law only: the question that this answers, the
    answer, the step as it is written, and whether it is the density of the law."""

    question: str
    answer: int
    step: str
    density: bool = False


def settled(told: Iterable[Telling]) -> Mapping[str, int]:
    """The questions that steps of a page answer: several of them and all alike, or the
    density and most others.

    >>> mean, variance = Telling("Exp(1)", 0, "E(X)=1/a"), Telling("Exp(1)", 0, "Var(X)=1/a^2")
    >>> settled([mean]), settled([mean, mean]), settled([mean, variance])
    ({}, {}, {'Exp(1)': 0})
    >>> settled([mean, variance, Telling("Exp(1)", 1, "E(X)=a")])
    {}

    How far an argument without brackets reaches is told by a single step.

    >>> settled([Telling("reach of log", 1, "log 1/n a = b")])
    {'reach of log': 1}
    """
    weights: dict[str, dict[int, int]] = {}
    densities: set[tuple[str, int]] = set()
    for one in dict.fromkeys(told):
        answers = weights.setdefault(one.question, {})
        written = one.question.startswith("reach")
        weight = WRITTEN if written else DENSITY if one.density else STEP
        answers[one.answer] = answers.get(one.answer, 0) + weight
        if one.density:
            densities.add((one.question, one.answer))
    found = {}
    for question, answers in weights.items():
        answer = max(answers, key=lambda a: answers[a])
        others = sum(w for a, w in answers.items() if a != answer)
        alike = not others or (question, answer) in densities
        if alike and answers[answer] >= max(ENOUGH, TIMES * others):
            found[question] = answer
    return found


def tellings(page: Page, shown: Shown, step: Step, ways: tuple[bool, ...]) -> Iterator[Telling]:
    """What a step tells of the questions that its page leaves open; ``ways``: whether to look
    into symbols that the page defines."""
    if step.sign.text != "=" or unreadable_in(step.left, step.right) is not None:
        return
    written = f"{shape_of(step.left)}={shape_of(step.right)}"
    density = is_density(step.left) or is_density(step.right)
    for unfold in ways:
        try:
            readings = alternatives(
                partial(asked, page, shown, step, unfold), Reading(chosen=page.parametrised)
            )
        except (UnreadableError, ContextError, TermError, RecursionError):
            continue
        if len(readings) == 1:
            continue
        true, left_open = [], False
        for reading in readings:
            reach = any(question.startswith("reach") for question in reading.chosen)
            verdict = briefly(reading.result.question, STEPS, ATTEMPTS, longer=reach)
            true += [reading] if verdict == "proved" else []
            left_open = verdict == "unknown"
            if left_open:
                break  # what is not proved in one reading may still be true in it
        if left_open:
            continue
        for question in dict.fromkeys(q for r in readings for q in r.chosen):
            answers = {r.chosen.get(question) for r in true}
            possible = {r.chosen.get(question) for r in readings}
            answer = answers.pop() if len(answers) == 1 < len(possible) else None
            if answer is not None:
                yield Telling(question, answer, written, density)
