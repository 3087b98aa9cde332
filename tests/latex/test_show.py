"""What is printed is read as the tree that was printed, and printed in the same way again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.latex import parse, read, show
from derive.latex.tree import Node

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


LETTERS = st.sampled_from(
    ["x", "y", "alpha", "x_hat", "y_bold", "L_cal", "x_bold_hat", "theta_star"]
)
NAMES = LETTERS.map(lambda text: node("name", text=text))
WORDS = st.sampled_from(["MSE", "Var", "E"]).map(
    lambda text: node("name", text=text, notes=("upright",))
)
NUMBERS = st.sampled_from(["0", "1", "2", "12", "0.5"]).map(lambda text: node("number", text=text))
INDEX = node("name", text="i")


def families(index: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Names with one or two indices."""
    return st.tuples(LETTERS, st.lists(index, min_size=1, max_size=2)).map(
        lambda t: node("name", *t[1], text=t[0])
    )


def atoms(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """What stands by itself, with brackets or without."""
    group = inner.map(lambda n: node("group", n, text="("))
    listed = st.tuples(inner, inner).map(lambda t: node("group", *t, text="(", notes=(",",)))
    given_bar = st.tuples(inner, inner).map(lambda t: node("group", *t, text="(", notes=("|",)))
    fraction = st.tuples(inner, inner).map(lambda t: node("divide", *t, text="frac"))
    return st.one_of(
        NAMES,
        WORDS,
        families(NAMES),
        families(inner.filter(lambda n: n.kind in ("add", "neg", "power"))),
        group,
        inner.map(lambda n: node("group", n, text="[")),
        inner.map(lambda n: node("abs", n)),
        inner.map(lambda n: node("norm", n)),
        inner.map(lambda n: node("root", n)),
        fraction,
        st.tuples(inner, inner).map(lambda t: node("binomial", *t)),
        st.tuples(st.just(node("name", text="f")), st.one_of(group, listed, given_bar)).map(
            lambda t: node("juxtapose", *t)
        ),
        st.tuples(inner, group).map(
            lambda t: node("cases", t[0], node("relation", INDEX, t[1], text=">"),
                           t[0], node("text", text="otherwise"))
        ),
    )  # fmt: skip


def products(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Powers, functions, sums with their bodies, and products of them."""
    atom = atoms(inner)
    firm = atom.filter(lambda n: n.kind in ("name", "group", "abs", "norm", "root"))
    plain = firm.filter(lambda n: "_star" not in n.text)
    power = st.tuples(plain, NUMBERS | inner.filter(lambda n: n.kind in ("add", "neg"))).map(
        lambda t: node("power", *t)
    )
    log = inner.map(lambda n: node("function", node("group", n, text="("), text="log"))
    flat = atom.filter(lambda n: n.kind not in ("juxtapose", "cases"))
    juxtaposed = st.tuples(NUMBERS | flat, power | flat).map(lambda t: node("juxtapose", *t))
    body = power | log | juxtaposed | NAMES
    range_ = st.sampled_from(
        [
            node("relation", INDEX, node("number", text="1"), text="="),
            node("relation", INDEX, node("name", text="X_cal"), text="in"),
            INDEX,
        ]
    )
    upper = st.sampled_from([node("name", text="n"), node("nothing")])
    total = st.tuples(body, range_, upper).map(lambda t: node("big", *t, text="Sum"))
    integral = st.tuples(inner, upper, upper).map(
        lambda t: node("big", *t, node("name", text="t"), text="Integral")
    )
    derived = st.tuples(body, NAMES).map(lambda t: node("derivative", *t, text="partial"))
    times = st.tuples(power, log | juxtaposed | derived, total | atom).map(
        lambda t: node("times", *t)
    )
    return st.one_of(atom, power, log, juxtaposed, total, integral, derived, times)


def sums(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Terms, and sums of terms with signs."""
    product = products(inner)
    signed = product | product.map(lambda n: node("neg", n))
    return signed | st.lists(signed, min_size=2, max_size=3).map(lambda t: node("add", *t))


TREES = st.recursive(NAMES | NUMBERS, sums, max_leaves=8)


@settings(max_examples=100, deadline=None)
@given(TREES)
def test_any_tree_is_read_as_it_is_printed(tree: Node) -> None:
    printed = show(tree)
    again = read(printed)
    assert bare(again) == bare(tree), printed
    assert show(again) == printed
