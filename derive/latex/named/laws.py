r"""Laws by the names of textbooks: ``\mathcal{N}(\mu, \sigma^2)``, ``\mathrm{Bern}(p)``.

The names and the order of the parameters stand in the files of ``derive.distributions``.
Where a name has several ways (variance or standard deviation, rate or scale), every one is
read, see ``alternatives``; a square in the place of a variance settles it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from derive.distributions import Distribution, LawError, Writing, arguments, law, registry
from derive.latex.elaborate_arithmetic import inside, is_digits
from derive.latex.elaborate_names import spelled
from derive.latex.elaborate_place import Place, refusal
from derive.latex.elaborate_vectors import family_of
from derive.latex.tree import Node
from derive.term import Term, abstract, substitute

Way = tuple[Distribution, Writing]

#: The choice among the ways to write a law where a page means one that is not among them.
UNREAD = -1


@cache
def written_names() -> Mapping[str, tuple[Way, ...]]:
    """Every name by which textbooks call a law, with what it may mean.

    >>> [way.parameters for _, way in written_names()["Bern"]]
    [('p',)]
    """
    found: dict[str, tuple[Way, ...]] = {}
    for distribution in registry().values():
        own = Writing(distribution.law, distribution.names)
        known = " ".join(way.names for way in distribution.written).split()
        ways = distribution.written if own.names in known else (*distribution.written, own)
        for way in ways:
            for name in way.names.split():
                found[name] = (*found.get(name, ()), (distribution, way))
    return found


def is_shared(title: str, ways: Iterable[Way]) -> bool:
    """Whether laws of another title are called by some title, too, so that it tells nothing: a
    geometric law may count trials or failures.  A discrete uniform law would be called so.

    >>> is_shared("geometric", written_names()["Geom"]), is_shared("uniform", written_names()["U"])
    (True, False)
    """
    return any(
        title not in other.title and title in way.names.lower().split() for other, way in ways
    )


def law_call(node: Node) -> tuple[str, Node] | None:
    r"""The name of a law and its bracket; ``\ln \mathcal{N}`` and ``\chi^2`` are names."""
    if node.kind == "function" and node.text == "log" and len(node.parts) == 1:
        inner = law_call(node.parts[0])
        return None if inner is None else ("ln_" + inner[0], inner[1])
    if node.kind != "juxtapose" or len(node.parts) != 2 or node.parts[1].kind != "group":
        return None
    head, group = node.parts
    if head.kind == "power" and head.parts[0].kind == "name" and is_digits(head.parts[1], "2"):
        return head.parts[0].text + "^2", group
    return (head.text, group) if head.kind == "name" and not head.parts else None


def read_law_at(node: Node, place: Place) -> Term:
    """The law that a node names.  Raises UnreadableError."""
    name = spelled(node) if node.kind == "name" else None
    if name is not None and name in place.reading.laws:
        return place.reading.laws[name]
    call = law_call(node)
    if call is None or call[0] not in written_names():
        raise refusal(node, "no law of this name is known", "declare its density, or the law")
    return law_from(call[0], call[1].parts, node, place)


def law_from(name: str, given: tuple[Node, ...], node: Node, place: Place) -> Term:
    """A law from its name on the page and its parameters.  Raises UnreadableError."""
    ways = [w for w in written_names()[name] if len(w[1].parameters) == len(given)]
    if not ways:
        counts = sorted({len(w.parameters) for _, w in written_names()[name]})
        message = f"{name} takes {' or '.join(map(str, counts))} parameters"
        raise refusal(node, message)
    pick = 0
    if len(ways) > 1 and not _is_settled(ways, given):
        options = [f"{name}({', '.join(w.parameters)}), {d.title}" for d, w in ways]
        pick = place.reading.choose(f"{name}({len(given)})", *options)
    if pick == UNREAD:
        raise refusal(node, f"in which way {name} is given is not clear", "write the density out")
    distribution, way = ways[pick]
    try:
        return _made(distribution, way, given, place)
    except LawError as e:
        raise refusal(node, str(e)) from None


def _made(found: Distribution, way: Writing, given: tuple[Node, ...], place: Place) -> Term:
    accepted = {name for names in arguments(found.law) for name in names}
    families = {a.partition("[")[0] for a in found.arguments if "[" in a}
    values: dict[str, Term] = {}
    for name, node in zip(way.parameters, given, strict=True):
        family = _family(node, place) if name in families else None
        values[name] = place.term(node) if family is None else family
    if not way.fixed:
        return law(found.law, **values)
    from derive.plain import read

    written = {name: read(text) for name, text in way.fixed}
    used = frozenset().union(*(t.free for t in written.values()))
    named = {name: v for name, v in values.items() if name in accepted - used}
    return law(found.law, **named, **{n: substitute(t, values) for n, t in written.items()})


def _family(node: Node, place: Place) -> Term:
    """A family as one parameter: ``p``, or ``[p_1, ..., p_k]``.  Raises UnreadableError."""
    inner = inside(node)
    listed = inner.kind == "group" and len(inner.parts) == 4
    if listed and inner.parts[2].kind == "ellipsis":
        return _dotted(inner, (inner.parts[0], inner.parts[1], inner.parts[3]), place)
    if inner.kind == "group" and len(inner.parts) == 3 and inner.parts[1].kind == "ellipsis":
        return _dotted(inner, (inner.parts[0], inner.parts[2]), place)
    found = family_of(inner, place)
    if found is None:
        raise refusal(node, "a declared family is expected here",
                      "declare it: p[j] in (0,1) for j in 1..m")  # fmt: skip
    member, entry, domain = found
    return Term("Family", (abstract(member, entry.value.value), *domain.args), None, (entry.name,))


def _dotted(node: Node, parts: tuple[Node, ...], place: Place) -> Term:
    from derive.latex.elaborate_ellipsis import folded

    *before, last = map(place.term, parts)
    run = folded([*before, None, last], node, "Sum")
    if len(run) != 1:
        raise refusal(node, "how this family goes on is not clear")
    return Term("Family", run[0].args, None, run[0].names)


def _is_settled(ways: list[Way], given: tuple[Node, ...]) -> bool:
    """Whether the first way is meant: where it has a square that the others do not have, a
    square stands on the page; or all differ in parameters that are 1."""
    first = ways[0]
    for distribution, way in ways[1:]:
        if way.fixed or distribution is not first[0]:
            return False
        pairs = zip(first[1].parameters, way.parameters, given, strict=True)
        for own, other, node in pairs:
            if own != other and not is_digits(node, "1"):
                squares = any(
                    (own, f"{other}**2") in a.definitions for a in distribution.alternatives
                )
                if not (squares and _shows_square(node)):
                    return False
    return True


def _shows_square(node: Node) -> bool:
    return any(n.kind == "power" and is_digits(n.parts[1], "2") for n in node.walk())
