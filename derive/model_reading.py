"""Reader of models: ``y[i] ~ Bernoulli(p=sigmoid(z[i])) for i in 1..n``."""

from __future__ import annotations

from derive.context import Context
from derive.distributions import LawError, distribution, law_of
from derive.domains import POSITIVE
from derive.model_context import Uses, context_of
from derive.model_domains import Plate
from derive.models import Model
from derive.plain import declare, read
from derive.plain.formula import read_formula
from derive.plain.reading import Reading
from derive.plain.text import Piece, scan
from derive.term import ONE, Term, symbol


def read_model(text: str, given: str, reduce: str, weights: str) -> tuple[Context, Model]:
    """The context and the model that a text spells; see ``derive.models.model``."""
    piece = scan(text)
    head, plates = piece, ()  # type: tuple[Piece, tuple[Plate, ...]]
    place = piece.find("for")
    if place is not None:
        head = piece.cut(0, place)
        plates = _read_plates(piece.cut(place + 1, len(piece.tokens)))
    sides = head.split("~")
    if len(sides) != 2:
        raise piece.error("a model is an observation ~ a law", "write y ~ Bernoulli(p=p)")
    observation = read_formula(sides[0], Reading())
    named, law = _read_law(sides[1])
    weight = read(weights) if weights else None
    made = Model(law, observation, plates, reduce, weight)
    context = context_of(made, named, declare(given))
    if weight is not None:
        uses = Uses(plates, frozenset(context.names))
        uses.add(weight)
        for name in uses.found:
            if name not in context.names:
                context = uses.declare(context, name, POSITIVE)
    made.nll()  # a reduction that does not fit is an error here
    return context, made


def _read_plates(piece: Piece) -> tuple[Plate, ...]:
    plates: list[Plate] = []
    for part in piece.split(","):
        tokens = part.tokens
        ends = part.cut(2, len(tokens)).split("..")
        if tokens[1:2] == () or tokens[1].text != "in" or len(ends) != 2:
            raise part.error("a plate is an index and its range", "write for i in 1..n")
        lower, upper = (read_formula(end, Reading()) for end in ends)
        plates.append((symbol(tokens[0].text), lower, upper))
    return tuple(plates)


def _read_law(piece: Piece) -> tuple[dict[str, Term], Term]:
    """The parameters of a law by the names that are given, and the law."""
    tokens = piece.tokens
    called = len(tokens) > 3 and tokens[0].kind == "name" and tokens[1].text == "("
    if not called or piece.find(")") != len(tokens) - 1:
        raise piece.error("a law is expected here", "write Normal(mean=mu, variance=v)")
    head = tokens[0].text
    parts = piece.cut(2, len(tokens) - 1).split(",")
    unnamed = [part for part in parts if part.find("=") is None]
    named = _unnamed(head, unnamed) if unnamed else {}
    for part in parts:
        k = part.find("=")
        if k is None:
            continue
        name = part.tokens[0].text
        if k != 1 or name in named:
            raise part.error("one value for each parameter", f"write {head}({name}=...)")
        named[name] = _value(part.cut(2, len(part.tokens)))
    return named, law_of(head, tuple(named), tuple(named.values()))


def _unnamed(head: str, parts: list[Piece]) -> dict[str, Term]:
    """The one parameter that needs no name: the only one, or the only family."""
    found = distribution(head)
    written = found.arguments if found is not None else ()
    families = [a.partition("[")[0] for a in written if "[" in a]
    if len(parts) == 2 and len(families) == 1:
        return {families[0]: _value(parts[0], parts[1])}
    if len(parts) == 1 and len(written) == 1:
        return {written[0].partition("[")[0]: _value(parts[0])}
    law_of(head, (), (ONE,) * 2)  # says which names it takes
    raise LawError(f"the parameters of {head} are given by name")


def _value(piece: Piece, over: Piece | None = None) -> Term:
    """A parameter: a formula, or a family ``(p[j], (j, 1, m))``, also without brackets."""
    text = piece.text[piece.start : piece.end]
    if over is not None:
        return read(f"Family({text}, {over.text[over.start : over.end]})")
    tokens = piece.tokens
    if tokens and tokens[0].text == "(" and piece.find(")") == len(tokens) - 1:
        inside = piece.cut(1, len(tokens) - 1)
        if len(inside.split(",")) == 2:
            return read(f"Family{text}")
    return read_formula(piece, Reading())
