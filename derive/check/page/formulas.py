"""How the formulas of a page use names, all over the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from derive.check.page.alike import Place, alike
from derive.check.page.asking.lawless import averaged
from derive.check.page.asking.singles import only_called
from derive.check.page.named_sets import sets_below
from derive.check.page.nodes import MASSES, head_of, names_in, shape_of
from derive.check.page.notation.apart import ANY
from derive.check.page.notation.ranging import VALUES, is_label
from derive.check.page.notation.transposes import products
from derive.check.page.shown import Law, nodes_of
from derive.check.page.steps import Step
from derive.check.page.words.declared import first_of
from derive.check.page.words.prose import Prose
from derive.check.page.words.signs import below_zero, without_sign
from derive.latex.big import indices
from derive.latex.elaborate_arithmetic import inside
from derive.latex.elaborate_names import spelled
from derive.latex.named.laws import UNREAD, is_shared, law_call, written_names
from derive.latex.named.objects import MOMENTS
from derive.latex.shapes import Index, Shape, shapes
from derive.latex.tree import Node

#: Names of entropies and divergences.
_INFORMATION = ("H", "h", "I", "KL", "D", "D_KL")


#: More indices than a vector can have: what stands in an inner product is none.
_NO_VECTOR = 9


class Vectors(NamedTuple):
    """How a page writes vectors: with ``written`` indices, none of them that of a component;
    ``group``: the letters of vectors of the same length."""

    written: int
    group: frozenset[str]


class Formulas(Prose):
    """What the formulas of a page show of its names."""

    @cached_property
    def laws(self) -> list[Law]:
        """What is said by ``X ~ law``, in displays and in the text."""
        found = []
        for shown in self.shown:
            for step in shown.steps:
                label, left = _labelled(step.left)
                if step.sign.text == "sim" and left.kind == "name":
                    found.append(Law(left, step.right, shown.at, shown.section, label))
        return found

    @cached_property
    def _first_uses(self) -> Mapping[tuple[int, str], tuple[int, int]]:
        """Where each name stands in a formula of a section for the first time."""
        found: dict[tuple[int, str], tuple[int, int]] = {}
        for shown in self.shown:
            for node in nodes_of(shown):
                for name in names_in(node):
                    found.setdefault((shown.section, name), (shown.at, node.start))
        return found

    def is_random(self, name: str) -> bool:
        """Whether the page gives a symbol a law or a density of its own, as a prior does."""
        return any(spelled(law.name) == name for law in self.laws) or any(
            n.kind == "juxtapose"
            and n.parts[0].kind == "name"
            and n.parts[0].text in MASSES
            and n.parts[1].kind == "group"
            and bool(n.parts[1].parts)
            and n.parts[1].parts[0].kind == "name"
            and spelled(n.parts[1].parts[0]) == name
            for n in self._parts
        )

    @cached_property
    def inverses(self) -> frozenset[str]:
        """Names with an exponent between them and a bracket: ``A^{-1}(x)`` is an inverse or a
        reciprocal, which only a declaration tells."""
        found = set()
        for shown in self.shown:
            for n in (m for node in nodes_of(shown) for m in node.walk()):
                if n.kind in ("juxtapose", "times"):
                    found |= {
                        spelled(a.parts[0]) or a.parts[0].text
                        for a, b in zip(n.parts, n.parts[1:], strict=False)
                        if a.kind == "power" and a.parts[0].kind == "name" and b.kind == "group"
                        and a.parts[1].kind == "neg"
                    }  # fmt: skip
        return frozenset(found)

    @cached_property
    def parametrised(self) -> Mapping[str, int]:
        """Which way laws are meant that can be given in several: a variance, where the page
        writes a square in its place."""
        found: dict[str, int] = {}
        for n in self._parts:
            call = law_call(n)
            ways = written_names().get(call[0], ()) if call is not None else ()
            if call is None or not ways:
                continue
            self._by_title(call[0], found)
            given = call[1].parts[1:] if ";" in call[1].notes else call[1].parts
            fitting = [w for _, w in ways if len(w.parameters) == len(given)]
            last = given[-1] if given else None
            named = [w.parameters[-1] for w in fitting]
            variance = named.index("variance") if "variance" in named else None
            if last is None or variance is None or len(fitting) < 2:
                continue
            if last.kind == "power" and last.parts[1].text == "2":
                found[f"{call[0]}({len(given)})"] = variance
            elif "precision" in self._words and last.kind == "name":
                found.setdefault(f"{call[0]}({len(given)})", UNREAD)
        return found

    @cached_property
    def leaves_open(self) -> bool:
        """Whether something on the page can be read in ways that it does not choose between:
        a law that can be given in several ways, an entropy in nats or bits, an argument without
        brackets."""
        for n in self._parts:
            call = law_call(n)
            if call is not None and len(written_names().get(call[0], ())) > 1:
                return True
            if n.kind == "juxtapose" and n.parts[0].text in _INFORMATION:
                return True
            if n.kind == "reach" or (n.kind == "big" and "reach" in n.notes):
                return True
        return False

    def _by_title(self, name: str, found: dict[str, int]) -> None:
        """Choose among several laws of one name the one that the text calls by its title."""
        ways = written_names()[name]
        for count in {len(w.parameters) for _, w in ways}:
            titles = [d.title for d, w in ways if len(w.parameters) == count]
            called = [t for t in titles if t in self._words and not is_shared(t, ways)]
            if len(set(titles)) > 1 and called:
                found.setdefault(f"{name}({count})", titles.index(max(called, key=len)))

    @cached_property
    def is_kronecker(self) -> bool:
        r"""Whether ``\delta_{ij}`` is Kronecker's: the page does not say what else it is."""
        sides = (s.left for shown in self.shown for s in shown.steps)
        said = any(n.kind == "name" and n.text == "delta" and n.parts for n in sides)
        return not said and "delta" not in self.kinds

    @cached_property
    def only_called(self) -> frozenset[str]:
        """Letters that are functions by the way in which the page always uses them."""
        return only_called([n for shown in self.shown for n in nodes_of(shown)]) - MASSES

    @cached_property
    def varied(self) -> frozenset[str]:
        """Names by which the page differentiates or integrates, and arguments of primed
        functions: what mentions one of them is no constant."""
        found: set[str] = set()
        for n in self._parts:
            if n.kind == "derivative":
                found |= set().union(*(names_in(v) for v in n.parts[1:]))
            elif n.kind == "big" and n.text == "Integral":
                found |= names_in(n.parts[3])
            elif n.kind == "juxtapose" and n.parts[0].kind == "prime":
                found |= set().union(*(names_in(v) for v in n.parts[1:]))
        return frozenset(found)

    @cached_property
    def variables(self) -> frozenset[str]:
        """Names that stand for any value somewhere on the page: by which it differentiates or
        integrates, over which it sums, and the arguments of what it defines."""
        found = set(self.varied)
        for shown in self.shown:
            for step in shown.steps:
                head = head_of(step.left)
                if head is not None and head.called:
                    found |= {a.text for a in head.arguments if a.kind == "name" and not a.parts}
        for n in self._parts:
            if n.kind == "big" and n.text != "Integral":
                found |= {p.parts[0].text for p in n.parts[1].walk()
                          if p.kind == "relation" and p.parts[0].kind == "name"}  # fmt: skip
        return frozenset(found)

    @cached_property
    def ends(self) -> frozenset[str]:
        """Names that are ends of ranges: sizes, and no letters of an index."""
        named = (name for name, shape in self._shapes.items() if "end" in shape.roles)
        listed = (
            side.parts[-1].parts[0]
            for node in self._parts
            for side in (node,)
            if first_of(side) is not None
        )
        runs = (n.parts[-1] for n in self._parts if n.kind == "group" and n.parts
                and any(p.kind == "ellipsis" for p in n.parts))  # fmt: skip
        return frozenset(named) | {n.text for n in (*listed, *runs) if n.kind == "name"}

    @cached_property
    def vectors(self) -> Mapping[int, Mapping[str, Vectors]]:
        """The vectors of each section."""
        return {k: self._vectors(k) for k in {s.section for s in self.shown}}

    def _vectors(self, section: int) -> Mapping[str, Vectors]:
        """Small letters of which a section takes inner products, always with so many indices;
        none that it multiplies with a matrix or a function."""
        counts: dict[str, set[int]] = {}
        groups: list[set[str]] = []
        for pair in products(self.sides(section)):
            named = [m for n in pair for m in n.walk() if m.kind == "name"]
            plain = all(n.kind == "name" and n.text[:1].islower() for n in pair)
            named = [*pair] if plain else named  # an index is no vector
            names = {n.text for n in named}
            for n in named:
                counts.setdefault(n.text, set()).add(len(n.parts) if plain else _NO_VECTOR)
            joined = names.union(*(g for g in groups if not g.isdisjoint(names)))
            groups = [g for g in groups if g.isdisjoint(names)] + [joined]
        for name in [n for n in counts if n.endswith(ANY)]:
            listed = name.removesuffix(ANY)  # each of the list is as long as any
            if self.is_indexed(listed, section):
                counts.setdefault(listed, set()).add(1)
                joined = {name, listed}.union(
                    *(g for g in groups if not g.isdisjoint((name, listed)))
                )
                groups = [g for g in groups if g.isdisjoint(joined)] + [joined]
        return {
            n: Vectors(min(counts[n]), frozenset(g))
            for g in groups if all(len(counts[n]) == 1 and max(counts[n]) < 2 for n in g)
            for n in g
        }  # fmt: skip

    @cached_property
    def alike(self) -> Mapping[int, Mapping[Place, frozenset[Place]]]:
        """The indices that run through one range without ends, of each section."""
        return {k: alike(self.sides(k), self._said_in(k)) for k in {s.section for s in self.shown}}

    def _said_in(self, section: int) -> Iterator[Step]:
        """The steps of a section, and those before it that say what members of a family are of
        which it says nothing."""
        own = {s.at for s in self.shown if s.section == section}
        heads = {t.left.text for s in self.shown if s.at in own for t in s.steps if not t.continued}
        for shown in self.shown:
            for step in shown.steps if shown.section <= section else ():
                if shown.at in own or step.left.text not in heads:
                    yield step

    @cached_property
    def spread(self) -> frozenset[str]:
        r"""Letters of which the page takes a variance, ``\mathrm{Var}(x)``: they are random."""
        return frozenset(
            part.text
            for n in self._parts
            if n.kind == "juxtapose" and n.parts[0].text in MOMENTS and n.parts[1].kind == "group"
            for part in n.parts[1].parts[:1]
            if part.kind == "name" and not part.parts
        )

    @cached_property
    def unsigned(self) -> frozenset[str]:
        """Letters of which no sign is to be assumed: random variables, and those of which the page
        says somewhere that they may be negative."""
        random = {n for n, kind in self.kinds.items() if kind == "random"} | self.spread
        below = (name for n in self._parts for name in below_zero(n))
        above = {
            n.text for group in averaged(self._parts) for n in group.walk()
            if n.kind == "name" and len(n.text) == 1 and n.text.isupper()
        }  # fmt: skip
        return frozenset(random | above).union(without_sign(self.document, self.readable), below)

    @cached_property
    def totals(self) -> frozenset[str]:
        r"""Letters that the page sets equal to a sum or a product of members of a family with
        the same letter, ``\mu = \sum_i \mu_i``: they are numbers of their own."""
        found = set()
        for shown in self.shown:
            for step in shown.steps:
                left = step.left
                if step.sign.text not in ("=", ":=") or left.kind != "name" or left.parts:
                    continue
                uses = [n for n in step.right.walk() if n.kind == "name" and n.text == left.text]
                below = {id(m) for n in step.right.walk() if n.kind == "big" for m in n.walk()}
                if uses and all(n.parts and id(n) in below for n in uses):
                    found.add(left.text)
        return frozenset(found)

    @cached_property
    def label_sets(self) -> frozenset[str]:
        """Sets under sums whose members are used as labels only: as indices, or as arguments
        of functions, and never as numbers."""
        labels: dict[str, bool] = {}
        for n in self._parts:
            if n.kind != "big" or n.text not in ("Sum", "Product"):
                continue
            for name, index in sets_below(n.parts[1]):
                labels[name] = labels.get(name, True) and is_label(index, n.parts[0])
        return frozenset(name for name, good in labels.items() if good)

    @cached_property
    def sets(self) -> frozenset[str]:
        """Sets under sums and integrals, by name."""
        below = [n.parts[1] for n in self._parts if n.kind == "big"]
        alone = (spelled(inside(n)) for n in below if inside(n).kind == "name")
        ends = ("_cal", VALUES)
        cal = {name for name in alone if name is not None and name.endswith(ends)}
        return frozenset(cal | {name for n in below for name, _ in sets_below(n)})

    @cached_property
    def regions(self) -> frozenset[str]:
        """Sets of which the page says nothing but that it integrates over them."""
        summed = {
            name for n in self._parts if n.kind == "big" and n.text != "Integral"
            for name in names_in(n.parts[1])
        }  # fmt: skip
        return self.sets - summed - self.label_sets

    def named_laws(self, section: int) -> Mapping[str, Law]:
        """Laws with a name, by that name, in a section: before them, ``P: X ~ law``, or equal
        to them or to their density, ``q(z) = N(z; mu, sigma^2)``."""
        found: dict[str, list[Law]] = {}
        for law in (*self.laws, *self._defined_laws):
            if law.label and law.section == section:
                found.setdefault(law.label, []).append(law)
        return {
            label: laws[0] for label, laws in found.items()
            if len({(shape_of(law.name), shape_of(law.law)) for law in laws}) == 1
        }  # fmt: skip

    def _has_own_law(self, variable: Node) -> bool:
        """Whether the page gives a variable a law, or the random one of its capital letter."""
        names = {variable.text, variable.text.upper()}
        return any(law.name.text in names for law in self.laws)

    @cached_property
    def _defined_laws(self) -> list[Law]:
        """Laws that the page calls by one letter, by itself or as a density."""
        found = []
        for shown in self.shown:
            for step in shown.steps:
                head = head_of(step.left)
                if head is None or step.continued or step.sign.text not in ("=", ":="):
                    continue
                law = _density_of(step.right) if head.called else step.right
                call = None if law is None else law_call(law)
                if law is None or call is None or call[0] not in written_names():
                    continue
                variable = step.right.parts[1].parts[0] if head.called else step.left
                own = head.arguments[0] if len(head.arguments) == 1 else step.left
                if variable.kind != "name" or len(head.name) != 1:
                    continue
                if shape_of(own) == shape_of(variable) and not self._has_own_law(variable):
                    found.append(Law(variable, law, shown.at, shown.section, head.name, True))
        return found

    @cached_property
    def densities(self) -> tuple[Node, ...]:
        """Densities of laws at a name: ``\\mathcal{N}(x; \\mu, \\sigma^2)``."""
        return tuple(
            n
            for n in self._parts
            if n.kind == "juxtapose"
            and len(n.parts) == 2
            and n.parts[0].kind == "name"
            and n.parts[0].text in written_names()
            and n.parts[1].kind == "group"
            and n.parts[1].notes[:1] == (";",)
            and n.parts[1].parts[0].kind == "name"
        )

    @cached_property
    def labels(self) -> frozenset[str]:
        """The variables that run through such sets."""
        return frozenset(
            index
            for n in self._parts
            if n.kind == "big" and n.text in ("Sum", "Product")
            for name, index in sets_below(n.parts[1])
            if name in self.label_sets
        )

    @cached_property
    def _parts(self) -> tuple[Node, ...]:
        """Every part of every formula."""
        return tuple(m for shown in self.shown for node in nodes_of(shown) for m in node.walk())

    @cached_property
    def _shapes(self) -> Mapping[str, Shape]:
        return shapes(n for shown in self.shown for n in nodes_of(shown))

    @cached_property
    def _sections(self) -> Mapping[int, Mapping[str, Shape]]:
        """How names are used in the formulas of each section."""
        numbers = {s.section for s in self.shown}
        return {
            k: shapes(n for s in self.shown if s.section == k for n in nodes_of(s)) for k in numbers
        }

    @cached_property
    def _running_letters(self) -> dict[int, frozenset[str]]:
        return {}

    def running_letters(self, section: int) -> frozenset[str]:
        """Small letters that run through a sum or a product in a section."""
        if section not in self._running_letters:
            self._running_letters[section] = self._bound_in(section)
        return self._running_letters[section]

    def _bound_in(self, section: int) -> frozenset[str]:
        below = (n.parts[1] for side in self.sides(section) for n in side.walk()
                 if n.kind == "big" and n.text in ("Sum", "Product"))  # fmt: skip
        return frozenset(
            name for node in below for name in indices(node) if len(name) == 1 and name.islower()
        )

    def sides(self, section: int) -> tuple[Node, ...]:
        """The sides of all formulas of a section."""
        return tuple(n for s in self.shown if s.section == section for n in nodes_of(s))

    def shape_in(self, name: str, section: int) -> Shape | None:
        """How a section uses a name; None where it does not."""
        return self._sections[section].get(name)

    def ranges_of(self, name: str, section: int) -> list[Index]:
        """The indices of members in a section that run under a name."""
        uses = (u for shape in self._sections[section].values() for u in shape.uses)
        return [i for u in uses for i in u.indices if i.kind == "range" and i.node.text == name]

    def stands_alone(self, name: str, section: int) -> bool:
        """Whether a name stands without index and bracket somewhere in a section."""
        shape = self._sections[section].get(name)
        return shape is not None and any(not u.arguments and not u.indices for u in shape.uses)

    def is_indexed(self, name: str, section: int) -> bool:
        """Whether a name has an index somewhere in a section."""
        shape = self._sections[section].get(name)
        return shape is not None and any(u.indices for u in shape.uses)

    def shape(self, name: str) -> Shape:
        """How a name is used all over the page."""
        return self._shapes.get(name) or Shape(name, ())

    @cached_property
    def names(self) -> Mapping[str, int]:
        """Every name of the page with the number of its uses without a bracket behind it."""
        found: dict[str, int] = {}
        for shown in self.shown:
            for node in nodes_of(shown):
                for n, called in _uses(node):
                    found[n.text] = found.get(n.text, 0) + (not called)
        return found


def _density_of(node: Node) -> Node | None:
    """The law in ``N(z; mu, sigma^2)``: without the variable."""
    call = law_call(node)
    if call is None or call[1].notes[:1] != (";",):
        return None
    head, group = node.parts
    rest = Node("group", group.start, group.end, "(", group.parts[1:], group.notes[1:])
    return node._replace(parts=(head, rest))


def _labelled(node: Node) -> tuple[str, Node]:
    """What stands before a colon, and the rest: ``P: X``."""
    if node.kind == "group" and not node.text and node.notes == (":",) and len(node.parts) == 2:
        label = spelled(node.parts[0]) if node.parts[0].kind == "name" else None
        if label is not None:
            return label, node.parts[1]
    return "", node


def _uses(node: Node) -> Iterator[tuple[Node, bool]]:
    """Names with whether a bracket stands behind them."""
    called = set()
    for n in node.walk():
        if n.kind == "juxtapose":
            called |= {
                id(a)
                for a, b in zip(n.parts, n.parts[1:], strict=False)
                if a.kind == "name" and b.kind == "group"
            }
        if n.kind == "name":
            yield n, id(n) in called
