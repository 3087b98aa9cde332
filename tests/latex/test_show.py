"""What is printed is read as the tree that was printed, and printed in the same way again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from derive.latex import parse, read, show
from derive.latex.tree import Node, UnreadableError

LINES = (Path(__file__).parent / "cases.txt").read_text(encoding="utf-8").splitlines()


def bare(node: Node) -> Node:
    """The tree without places, and without what the blanks of the page say."""
    notes = () if node.kind == "juxtapose" else node.notes
    return Node(node.kind, 0, 0, node.text, tuple(map(bare, node.parts)), notes)


def readable_sides() -> list[Node]:
    """The sides of all cases that can be read."""
    found = []
    for line in LINES:
        latex, arrow, _ = line.partition("  =>  ")
        for row in parse(latex).rows if arrow else ():
            for side in row.sides:
                kinds = {n.kind for n in side.walk()}
                if side.kind != "nothing" and "unreadable" not in kinds:
                    found.append(side)
    return found


@pytest.mark.parametrize("side", readable_sides(), ids=show)
def test_what_was_read_is_read_again(side: Node) -> None:
    again = read(show(side))
    assert bare(again) == bare(side)
    assert show(again) == show(side)


# -- trees that nobody wrote -------------------------------------------------------------------


def node(kind: str, *parts: Node, text: str = "", notes: tuple[str, ...] = ()) -> Node:
    """A node without a place."""
    return Node(kind, 0, 0, text, parts, notes)


class Trees:
    """Random trees that a formula can be read as; a method for each level of the grammar."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.depth = 0

    def pick(self, *makers: Callable[[], Node]) -> Node:
        """What one of the makers makes; deep down, the first."""
        self.depth += 1
        maker = self.chance.choice(makers) if self.depth < 18 else makers[0]
        made = maker()
        self.depth -= 1
        return made

    def name(self) -> Node:
        letters = ["x", "y", "alpha", "x_hat", "y_bold", "L_cal", "x_bold_hat", "x_max", "x_star"]
        return node("name", text=self.chance.choice(letters))

    def word(self) -> Node:
        return node("name", text=self.chance.choice(["MSE", "E"]), notes=("upright",))

    def number(self) -> Node:
        return node("number", text=self.chance.choice(["0", "1", "2", "12", "0.5"]))

    def family(self) -> Node:
        index = self.pick(self.name, self.number, self.sum_of_terms, self.negative)
        marks = [node("group", self.name(), text="^")] if self.chance.random() < 0.3 else []
        more = [self.name()] if self.chance.random() < 0.3 else []
        return node("name", index, *more, *marks, text=self.name().text)

    def group(self) -> Node:
        return node("group", self.sum(), text=self.chance.choice("([{"))

    def listed(self) -> Node:
        sign = self.chance.choice([",", ";", "|", "||"])
        return node("group", self.sum(), self.sum(), text="(", notes=(sign,))

    def inside(self) -> Node:
        kind = self.chance.choice(["abs", "norm", "root", "floor", "ceil"])
        return node(kind, self.sum())

    def pair(self) -> Node:
        kind, text = self.chance.choice([("binomial", ""), ("divide", "frac"), ("root", "")])
        return node(kind, self.sum(), self.sum(), text=text)

    def cases(self) -> Node:
        condition = node("relation", self.name(), self.sum(), text=self.chance.choice(["=", "<="]))
        otherwise = node("text", text="otherwise")
        return node("cases", self.sum(), condition, self.sum(), otherwise)

    def matrix(self) -> Node:
        return node("matrix", self.sum(), self.sum(), notes=("2",))

    def entry(self) -> Node:
        return node("entry", self.group(), self.name())

    def atom(self) -> Node:
        return self.pick(self.name, self.family, self.word, self.group, self.inside, self.pair,
                         self.cases, self.matrix, self.entry)  # fmt: skip

    def marked(self) -> Node:
        base = self.pick(self.name, self.group)
        kind, text = self.chance.choice(
            [("prime", "2"), ("decorated", "top"), ("factorial", ""), ("power", "")]
        )
        return node(kind, base, *([self.sum()] if kind == "power" else []), text=text)

    def function(self) -> Node:
        name = self.chance.choice(["log", "exp", "sin"])
        return node("function", node("group", self.sum(), text="("), text=name)

    def logarithm(self) -> Node:
        product = node("juxtapose", self.name(), self.name())
        inner = self.chance.choice([self.name(), product, self.pair()])
        return node("function", inner, node("number", text="2"), text="log")

    def application(self) -> Node:
        return node("juxtapose", self.name(), self.pick(self.group, self.listed))

    def factor(self) -> Node:
        return self.pick(self.atom, self.marked, self.function)

    def product(self) -> Node:
        first = self.pick(self.name, self.number, self.factor)
        second = self.pick(self.name, self.marked, self.pair)
        return node("juxtapose", first, second)

    def slash(self) -> Node:
        return node("divide", self.pick(self.name, self.product), self.name(), text="/")

    def range(self) -> tuple[Node, Node]:
        index = self.name()
        lower = node("relation", index, self.sum(), text=self.chance.choice(["=", "in"]))
        return self.chance.choice([lower, index]), self.chance.choice([node("nothing"), index])

    def total(self) -> Node:
        body = self.pick(self.name, self.product, self.times, self.slash, self.negative)
        return node("big", body, *self.range(), text="Sum")

    def integral(self) -> Node:
        return node("big", self.sum(), *self.range(), self.name(), text="Integral")

    def derivative(self) -> Node:
        variables = [self.name() for _ in range(self.chance.randint(1, 3))]
        return node("derivative", self.pick(self.name, self.term), *variables, text="partial")

    def times(self) -> Node:
        parts = [self.pick(self.name, self.product, self.logarithm, self.total, self.application)
                 for _ in range(self.chance.randint(2, 3))]  # fmt: skip
        return node("times", *parts)

    def term(self) -> Node:
        return self.pick(self.name, self.number, self.factor, self.product, self.application,
                         self.logarithm, self.slash, self.total, self.integral, self.derivative,
                         self.times)  # fmt: skip

    def negative(self) -> Node:
        return node("neg", self.term())

    def sum_of_terms(self) -> Node:
        parts = [self.pick(self.term, self.negative) for _ in range(self.chance.randint(2, 3))]
        return node("add", *parts)

    def sum(self) -> Node:
        return self.pick(self.name, self.term, self.negative, self.sum_of_terms)


@pytest.mark.parametrize("seed", range(20))
def test_a_tree_is_read_as_it_is_printed_or_not_at_all(seed: int) -> None:
    trees = Trees(seed)
    seen: set[str] = set()
    count = 0
    for _ in range(200):
        tree = trees.sum()
        printed = show(tree)
        try:
            again = read(printed)
        except UnreadableError:
            continue  # ambiguous as it stands there
        assert bare(again) == bare(tree), printed
        assert show(again) == printed
        seen |= {n.kind for n in tree.walk()}
        count += 1
    assert count > 120
    assert len(seen) > 20
