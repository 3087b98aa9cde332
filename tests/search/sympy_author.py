"""Random terms over every head, and a context that declares their symbols."""

from __future__ import annotations

import random
from fractions import Fraction

from derive.context import EMPTY
from derive.domains import BIT, NATURAL, NATURAL0, POSITIVE, REAL, UNIT
from derive.functions import FUNCTIONS, Piecewise, Product, Sum, derivative, logsumexp, softmax
from derive.term import Term, apply, bind, member, number, symbol

x, p, u, n, m, i, j, k, t = map(symbol, "xpunmijkt")
HALF = number(Fraction(1, 2))
RANGE = Term("Range", (number(1), n))
CONTEXT = (
    EMPTY.declare("x", POSITIVE)
    .declare("p", UNIT)
    .declare("u", REAL)
    .declare("y", BIT)
    .declare("n", NATURAL)
    .declare("m", NATURAL0)
    .declare("k", RANGE)
    .declare("a", REAL, (RANGE,))
    .declare("q", POSITIVE, (RANGE,))
    .declare("L", REAL, (REAL,))
)
UNARY = [f.name for f in FUNCTIONS.values() if f.arity == 1]
BINARY = [f.name for f in FUNCTIONS.values() if f.arity == 2]


class Author:
    """Writes random terms over every head, as an author would (with the constructors)."""

    def __init__(self, seed: int, heads: tuple[str, ...] = ()) -> None:
        self.random = random.Random(seed)
        self.heads = heads or ("leaf", "unary", "binary", "many", *BRANCHES)

    def leaf(self, indices: tuple[str, ...]) -> Term:
        pick = self.random.choice
        index = symbol(pick((*indices, "k")))
        fraction = number(Fraction(self.random.randint(-3, 4), pick((1, 1, 2, 3))))
        return pick((x, p, u, symbol("y"), n, fraction, member("a", index), member("q", index)))

    def term(self, depth: int, indices: tuple[str, ...] = ()) -> Term:
        kind = self.random.choice(self.heads) if depth else "leaf"
        if kind == "leaf":
            return self.leaf(indices)
        if kind in BRANCHES:
            return BRANCHES[kind](self, depth, indices)
        one, two = self.term(depth - 1, indices), self.term(depth - 1, indices)
        if kind == "unary":
            return apply(self.random.choice(UNARY), one)
        if kind == "binary":
            return apply(self.random.choice(BINARY), one, two)
        return apply(self.random.choice(("Max", "Min")), one, two)

    def index(self, indices: tuple[str, ...]) -> str:
        return self.random.choice([c for c in "ijrsvw" if c not in indices])


def _arithmetic(author: Author, depth: int, indices: tuple[str, ...]) -> Term:
    a, b = author.term(depth - 1, indices), author.term(depth - 1, indices)
    exponent = number(Fraction(author.random.randint(-3, 3), author.random.choice((1, 2))))
    return author.random.choice((a + b, a - b, a * b, a / b, a**exponent, -a, a + b + a, a * b * a))


def _accumulator(author: Author, depth: int, indices: tuple[str, ...]) -> Term:
    own = author.index(indices)
    body = author.term(depth - 1, (*indices, own))
    low = author.random.choice((number(1), number(2), *map(symbol, indices)))
    high = author.random.choice((n, number(3), m, *map(symbol, indices)))
    return author.random.choice((Sum, Product))(body, (symbol(own), low, high))


def _scores(author: Author, depth: int, indices: tuple[str, ...]) -> Term:
    own = author.index(indices)
    body = author.term(depth - 1, (*indices, own))
    over = (symbol(own), number(1), n)
    place = symbol(author.random.choice(indices)) if indices else k
    return author.random.choice((softmax(body, over, place), logsumexp(body, over)))


def _condition(author: Author, depth: int, indices: tuple[str, ...]) -> Term:
    head = author.random.choice(("Eq", "Ne", "Le", "Lt", "Lt", "Not", "And", "Or"))
    if head == "Not":
        return Term("Not", (_condition(author, 0, indices),))
    if head in ("And", "Or"):
        return Term(head, (_condition(author, 0, indices), _condition(author, 0, indices)))
    return apply(head, author.term(depth, indices), author.term(depth, indices))


def _branches(author: Author, depth: int, indices: tuple[str, ...]) -> Term:
    first = author.term(depth - 1, indices), _condition(author, 0, indices)
    return Piecewise(first, (author.term(depth - 1, indices), True))


def _derivative(author: Author, depth: int, indices: tuple[str, ...]) -> Term:
    body = author.term(depth - 1, indices) * u
    points = (x, u, p, member("q", symbol(author.random.choice((*indices, "k")))))
    return derivative(body, author.random.choice(points))


def _integral(author: Author, depth: int, indices: tuple[str, ...]) -> Term:
    body = author.term(depth - 1, indices) * t
    high = author.random.choice((number(1), x, Term("oo")))
    return bind("Integral", "t", body, number(0), high)


def _function(author: Author, depth: int, indices: tuple[str, ...]) -> Term:
    return member("L", author.term(depth - 1, indices))


BRANCHES = {
    "arithmetic": _arithmetic,
    "arithmetic again": _arithmetic,
    "accumulator": _accumulator,
    "scores": _scores,
    "branches": _branches,
    "derivative": _derivative,
    "integral": _integral,
    "function": _function,
}
