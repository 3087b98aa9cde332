"""A document taken apart: its displays with their steps, its definitions, and what it says.

Everything has a place, the number of its piece; a declaration holds from there to the end of
its section, a definition from there on, and one behind "where" for the display before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from derive.check.page.asking.information import Information
from derive.check.page.circles import stands_in, without_circles
from derive.check.page.formulas import Formulas
from derive.check.page.heads import (
    calls_itself,
    gives_law,
    is_conditional,
    is_divergence_of_families,
    is_one_of,
    sets_map,
)
from derive.check.page.nodes import (
    MASSES,
    Head,
    applications,
    head_of,
    heads_in,
    is_derived,
    lists_members,
    logged_head,
    names_in,
    shape_of,
    square_head,
    without_log,
)
from derive.check.page.notation.abbreviations import with_abbreviations
from derive.check.page.notation.apart import with_any
from derive.check.page.notation.averages import with_averages
from derive.check.page.notation.bodies import with_bodies
from derive.check.page.notation.bolds import with_bolds
from derive.check.page.notation.continuing import open_end, with_end
from derive.check.page.notation.differentials import with_differentials
from derive.check.page.notation.energies import with_energies
from derive.check.page.notation.gradients import with_variables
from derive.check.page.notation.inverses import with_inverses
from derive.check.page.notation.models import with_models
from derive.check.page.notation.ranging import with_sets
from derive.check.page.notation.softmaxes import with_softmaxes
from derive.check.page.notation.transposes import with_transposes
from derive.check.page.shown import Law, Shown, nodes_of
from derive.check.page.steps import Step, steps_of
from derive.check.page.words.around import explains
from derive.check.page.words.spoken import Spoken
from derive.document import Document, Piece
from derive.document.projects import Sidecar, places
from derive.latex import parse
from derive.latex.elaborate_names import spelled
from derive.latex.tree import Node

#: Letters of indices that stand for any.
GENERAL = frozenset("ijklc")


class Definition(NamedTuple):
    """What the page defines a head to be, and where: the first side that it is set equal to.

    ``functional``: some arguments are functions, as p is in ``H(p) = -\\sum_x p(x) \\log p(x)``.
    """

    head: Head
    value: Node
    at: int
    section: int
    step: int
    explicit: bool
    explained: bool = False
    functional: bool = False


class Page(Formulas):
    """What a document shows and says.

    >>> from derive.document import read
    >>> page = Page(read("a.md", "Let $X$ be one. $$ q = 1 + a $$ $$ q = a + 1 $$"))
    >>> [d.head.key for d in page.definitions], [s.chain for s in page.displays]
    (['q'], [1, 2])
    """

    def __init__(
        self, document: Document, inline: bool = False, sidecars: tuple[Sidecar, ...] = ()
    ) -> None:
        self.document, self.inline, self.sidecars = document, inline, sidecars
        self.shown: list[Shown] = []
        self.sections: list[int] = []
        section = chain = 0
        parsed = [parse(p.text, document.macros) for p in document.pieces if _is_read(p)]
        headings = accumulate(p.kind == "heading" for p in document.pieces)
        within = [s for p, s in zip(document.pieces, headings, strict=True) if _is_read(p)]
        parsed = with_bodies(with_models(with_differentials(parsed)))
        whole = with_energies(with_abbreviations(with_bolds(parsed, within)))
        whole = with_softmaxes(with_transposes(with_inverses(whole, self._words)), within)
        whole = with_averages(with_any(whole, within), within, self._numberless())
        read = iter(with_variables(with_sets(whole)))
        for k, piece in enumerate(document.pieces):
            section += piece.kind == "heading"
            self.sections.append(section)
            if not _is_read(piece):
                continue
            counted = piece.kind == "display" or inline
            chain += counted
            display = next(read)
            end = None
            if piece.kind == "display":
                end = open_end(document, self.shown, piece, display, section)
            steps = tuple(steps_of(display, end))
            display = display if end is None else with_end(display, end)
            self.shown.append(Shown(k, section, chain if counted else 0, piece, display, steps))

    def _numberless(self) -> frozenset[str]:
        """Letters that the text calls vectors or matrices."""
        named = (self.readable(s.symbol) for s in self.said if s.kind in ("vector", "matrix"))
        return frozenset(n.text for n in named if n is not None)

    @property
    def displays(self) -> list[Shown]:
        """What is judged: the displays, with inline mathematics if that was asked for."""
        return [s for s in self.shown if s.chain]

    @cached_property
    def definitions(self) -> list[Definition]:
        """The definitions of the page, in order: the first of a head in a section, and those
        that say ``:=``."""
        found: list[Definition] = list(self._abbreviations())
        for shown in self.shown:
            for step in shown.steps:
                made = self._definition(shown, step)
                if made is None or (not made.explicit and _known(found, made)):
                    continue
                if made.explicit or not self._is_solved_for(found, made):
                    found.append(made)
        return sorted(without_circles(found, self._first_uses), key=lambda d: (d.at, d.step))

    def _abbreviations(self) -> Iterator[Definition]:
        """What sentences let a symbol stand for: "write $u$ for $e^x$"."""
        for one in self.said:
            if one.kind == "definition":
                symbol, value = self.readable(one.symbol), self.readable(one.text)
                head = None if symbol is None else head_of(symbol)
                composed = value is not None and value.kind not in ("name", "number", "relation")
                if head is not None and value is not None and composed:
                    section = self.sections[one.piece]
                    yield Definition(head, value, one.piece, section, 0, True, True)

    def _is_solved_for(self, found: list[Definition], made: Definition) -> bool:
        """Whether a function is given by means of what a display defined by that function: then
        the equation is one that was solved for it."""
        if not made.head.called or made.head.named:
            return False
        displays = {s.at for s in self.displays}
        known = [d for d in found if d.section == made.section]
        waiting, seen = [made], {made.head.key}
        while waiting:
            here = {h.key for h in heads_in(waiting.pop().value)} - seen
            seen |= here
            behind = [d for d in known if d.head.key in here]
            if any(
                d.at in displays and any(h.key == made.head.key for h in heads_in(d.value))
                for d in behind
            ):
                return True
            waiting += behind
        return False

    def _definition(self, shown: Shown, step: Step) -> Definition | None:
        """The definition that a step makes if nothing defined its head before."""
        if step.sign.text not in ("=", ":="):
            return None
        if is_conditional(shown, step) and not sets_map(step):
            return None
        head = head_of(step.left) or self._square_of(step) or self._logged(step)
        if head is None or not head.name or self._was_used(head, shown, step):
            return None
        if step.sign.text != ":=" and not head.called and head.name in self.variables:
            composed = step.right.kind != "name" and any(
                n.kind == "name" for n in step.right.walk()
            )
            said = explains(self, shown) or self.is_said_to_be(shown) or is_derived(head.name)
            if not (composed and said):
                return None  # a value that a variable takes somewhere
        if self.measures(head, shown) and not sets_map(step):
            return None  # an expectation is what it is: nobody defines it
        if (
            step.sign.text != ":="
            and not gives_law(head, step.right)
            and (self._supposes(shown, step) or self.is_of_some(shown))
        ):
            return None
        if not head.called and (stands_in(head.name, step.right) or lists_members(step.right)):
            return None
        if head.called and calls_itself(head, step.right):
            return None
        if step.right.kind == "unreadable" and not head.called:
            return Definition(head, step.right, shown.at, shown.section, step.number, False)
        explicit, explained = step.sign.text == ":=", explains(self, shown)
        place = shown.at, shown.section, step.number
        value = without_log(step.left, step.right)
        # ``u (1 - t)`` is a product: a mass is taken at names.
        calls = ((n, [p.kind for p in group.parts]) for n, group in applications(value))
        called = {name.text for name, kinds in calls if set(kinds) == {"name"}}
        functional = any(a.kind == "name" and a.text in called for a in head.arguments)
        return Definition(head, value, *place, explicit, explained, functional)

    def _logged(self, step: Step) -> Head | None:
        """The head whose logarithm a step defines at the beginning of its chain."""
        return None if step.continued else logged_head(step.left)

    def _square_of(self, step: Step) -> Head | None:
        """The head of a square that a step defines, where no words say what its root is."""
        head = None if step.continued else square_head(step.left)
        return None if head is None or self.kinds.get(head.name) else head

    def measures(self, head: Head, shown: Shown) -> bool:
        """Whether a head is a number that belongs to a random variable: its mean, median, ..."""
        if head.named:
            laws = self.named_laws(shown.section)
            shares = is_divergence_of_families(head) and not any(
                a.text in laws for a in head.arguments
            )
            return not shares and not head.variable and head.name not in MASSES
        word = len(head.name.partition("_")[0]) > 1  # J(w) is a function of a w with a prior
        return head.called and any(
            a.kind == "name"
            and not a.parts
            and (
                (word and self.law(a.text, shown) is not None)
                or (word and self.kinds.get(a.text) == "random")
                or (len(a.text) == 1 and a.text.isupper() and not self._is_argument(head, a))
            )
            for a in head.arguments
        )

    def _is_argument(self, head: Head, argument: Node) -> bool:
        """Whether a capital letter is the variable of a function with a small letter, ``f(D)``, or
        a matrix, ``R(W)`` beside ``W_{kl}``, and nothing is said to make it random."""
        if self.kinds.get(argument.text) is not None or self.is_random(argument.text):
            return False
        named = head.name[:1].islower() and head.name not in MASSES
        return named or any(len(use.indices) > 1 for use in self.shape(argument.text).uses)

    def _was_used(self, head: Head, shown: Shown, step: Step) -> bool:
        """Whether a lone symbol stands in earlier formulas, and nothing says that it is
        explained here: then the step is an equation that was solved for it."""
        if head.called or step.sign.text == ":=":
            return False
        if explains(self, shown) and not self._is_led_to(head, shown):
            return False
        earlier = self._first_uses.get((shown.section, head.name))
        return earlier is not None and earlier < (shown.at, step.left.start)

    def _is_led_to(self, head: Head, shown: Shown) -> bool:
        """Whether the sentence that leads to a formula has an equation with the symbol on its
        left: "let" is said of that."""
        return any(
            step.sign.text == "=" and head.name in names_in(step.left)
            for other in self.shown
            if not other.chain and other.at < shown.at and other.section == shown.section
            and other.piece.text.strip() in self.words_before(shown)
            for step in other.steps
        )  # fmt: skip

    def definition(
        self, key: str, at: int, section: int, step: int = 1 << 30,
        arguments: tuple[Node, ...] = (),
    ) -> Definition | None:  # fmt: skip
        """The definition of a head that holds at a place: the last one before, else the first
        one behind in the same section.  What is defined of a function, ``H(p)``, is not said of
        ``arguments`` that are none."""
        same = [d for d in self.definitions if d.head.key == key]
        if arguments:
            functional = not any(map(self._is_no_function, arguments))
            fitting = [d for d in same if d.functional is functional]
            same = fitting or [d for d in same if not d.functional]
        before = [d for d in same if (d.at, d.step) < (at, step)]
        behind = [
            d for d in same
            if (d.at, d.step) > (at, step) and d.section == section and d.explained
        ]  # fmt: skip
        return before[-1] if before else behind[0] if behind else None

    def function(self, name: str, shown: Shown, step: int, variable: str = "") -> Definition | None:
        """The definition of a function that holds at a place, whatever its arguments: that of
        the section, else one before it; of several the one of a variable, None otherwise."""
        found = [
            d for d in self.definitions
            if d.head.called and not d.head.named and d.head.name == name
            and (d.at, d.step) < (shown.at, step)
        ]  # fmt: skip
        here = [d for d in found if d.section == shown.section] or found
        if len(here) > 1:
            here = [d for d in here if variable in {a.text for a in d.head.arguments}]
        return here[0] if len(here) == 1 and here[0].head.arguments else None

    def mass_of_any(self, head: Head, shown: Shown, step: int) -> Definition | None:
        r"""The definition of a mass of any example, ``p(y \mid x; w)``, where that is taken of one
        of them, ``p(y_i \mid x_i; w)``: the one of the section, of several none."""
        found = [
            d for d in self.definitions
            if d.head.named and d.head.name == head.name and d.head.notes == head.notes
            and d.section == shown.section and (d.at, d.step) < (shown.at, step)
            and len(d.head.arguments) == len(head.arguments)
            and all(map(is_one_of, head.arguments, d.head.arguments))
        ]  # fmt: skip
        return found[0] if len(found) == 1 else None

    def _is_no_function(self, argument: Node) -> bool:
        """Whether the page never has a bracket behind a letter."""
        return argument.kind == "name" and argument.text not in self._called

    @cached_property
    def _called(self) -> frozenset[str]:
        """The names that have a bracket with names alone behind them somewhere: ``c (1 - c)`` is a
        product."""
        return frozenset(
            a.text for n in self._parts for a, group in applications(n)
            if all(p.kind == "name" for p in group.parts)
        )  # fmt: skip

    def general(
        self, node: Node, shown: Shown, step: int
    ) -> tuple[Definition, tuple[str, ...]] | None:
        r"""The definition of a family by one for any indices, ``\hat y_k = ...``, that holds for a
        member with others; and those indices.  None where there is no such, or several."""
        if node.kind != "name" or not node.parts:
            return None
        found = [
            (d, indices)
            for d in self.definitions
            if d.at not in self._restricted
            and (indices := self._any_indices(d, node))
            and not d.head.called
            and (d.at, d.step) < (shown.at, step)
            and not any(n.text == node.text and n.parts for n in d.value.walk())
            and names_in(d.value).issuperset(indices)
            and (d.section == shown.section or not any(self.listed(node.text, shown)))
        ]
        here = [one for one in found if one[0].section == shown.section] or found
        return here[0] if len(here) == 1 else None

    def is_index_of_defined(self, name: str, section: int) -> bool:
        """Whether a letter stands for any index of a family that a section defines."""
        return name in self.index_letters(section) and any(
            name in d.head.name.split("_")[1:] and not d.head.called
            for d in self.definitions if d.section == section
        )  # fmt: skip

    def index_letters(self, section: int) -> frozenset[str]:
        """Letters that stand for any index in a section: the usual ones, and those that run
        through a sum there."""
        return GENERAL | self.running_letters(section)

    def _any_indices(self, definition: Definition, node: Node) -> tuple[str, ...]:
        """The indices for which a definition of a member stands that are letters for any; () where
        it is of another family."""
        prefix = f"{node.text}_"
        if not definition.head.name.startswith(prefix):
            return ()
        indices = definition.head.name.removeprefix(prefix).split("_")
        different = len(set(indices)) == len(indices) == len(node.parts)
        known = self.index_letters(definition.section)
        return tuple(indices) if different and known.issuperset(indices) else ()

    @cached_property
    def _restricted(self) -> frozenset[int]:
        """Where a condition stands beside a formula, or behind it: it may hold for some only."""
        return frozenset(
            s.at for s in self.shown
            if self.is_restricted(s) or any(step.remarks for step in s.steps)
        )  # fmt: skip

    def information(self, head: Head, shown: Shown, marginal: bool) -> Definition | None:
        """What an entropy, a divergence or a mutual information is by its definition, at a place:
        of laws of which the page gives nothing but how their masses are called.  ``marginal``:
        also what such a mass is by a joint one."""
        here = [side for s in self.shown if s.at == shown.at for side in nodes_of(s)]
        known = self.informed(shown.section)
        value = known.value(head, here)
        if value is None and marginal:
            value = known.marginal(head, here)
        if value is None:
            return None
        return Definition(head, value, shown.at, shown.section, 0, False)

    def informed(self, section: int) -> Information:
        """How a section writes masses, and sums or integrals over their values."""
        if section not in self._informed:
            sides = [n for s in self.shown if s.section == section for n in nodes_of(s)]
            self._informed[section] = Information(
                sides, Spoken.on(self.document, self.sections, section)
            )
        return self._informed[section]

    @cached_property
    def _informed(self) -> dict[int, Information]:
        return {}

    def law(self, name: str, shown: Shown, count: int = 0) -> Law | None:
        """The law of a symbol, or of the members of a family with so many indices: the one of
        the display, else the one that the section gives; None where it gives several."""
        found = [
            law for law in self.laws
            if law.section == shown.section
            and (law.name.text == name and len(law.name.parts) == count if count
                 else spelled(law.name) == name)
        ]  # fmt: skip
        here = [law for law in found if law.at == shown.at]
        kinds = {shape_of(law.law) for law in here or found}
        return (here or found)[-1] if len(kinds) == 1 else None

    def givens_at(self, shown: Shown) -> Iterator[tuple[Piece, int, str]]:
        """The declarations in comments, front matter and sidecars that hold for a display:
        the piece, its place among the pieces (-1 in a sidecar), and where it stands in words."""
        for sidecar in self.sidecars:
            for piece in sidecar.pieces:
                spans = places(self.document, piece)
                if any(a <= shown.piece.start < b for a, b in spans):
                    yield piece, -1, sidecar.path
        for k, piece in enumerate(self.document.pieces):
            if piece.kind == "given" and (
                piece.scope == "file" or (self.sections[k] == shown.section and k < shown.at)
            ):
                yield piece, k, f"line {self.document.position(piece.start)[0]}"

    def defines(self, name: str) -> bool:
        """Whether a name is that of a function that the page defines."""
        return any(d.head.called and d.head.name == name for d in self.definitions)


def _is_read(piece: Piece) -> bool:
    """Whether a piece is a display, or inline mathematics that relates two sides."""
    return piece.kind == "display" or (piece.kind == "inline" and _has_sign(piece.text))


def _has_sign(text: str) -> bool:
    return any(s in text for s in ("=", "\\sim", "<", ">", "\\le", "\\ge", "\\ne", "\\in", ":="))


def _known(found: list[Definition], made: Definition) -> bool:
    return any(
        d.head.key == made.head.key
        and d.section == made.section
        and d.functional is made.functional
        for d in found
    )
