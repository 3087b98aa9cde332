"""What the page says that a name is: its definitions, the laws of its variables, and symbols for
what nobody looks into."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derive.check.page.asking.declaring import Declarer, is_function_name
from derive.check.page.asking.lawless import averaged
from derive.check.page.nodes import (
    MASSES,
    Head,
    call_head,
    heads_in,
    is_estimate,
    named_head,
    names_in,
    shape_of,
    square_head,
)
from derive.context import Context
from derive.domains import REAL
from derive.latex.big import indices
from derive.latex.elaborate import place_of
from derive.latex.elaborate_names import spelled
from derive.latex.elaborate_place import OWN, Bound, Scope
from derive.latex.named import looks_named, read_named
from derive.latex.named.densities import density_at
from derive.latex.named.objects import EXPECTATIONS, MOMENTS
from derive.latex.show_plain import show_plain
from derive.latex.tree import Node, UnreadableError
from derive.refute.balls import UNDEFINED, UNKNOWN, evaluate
from derive.refute.numbers import IllFormed, disjoint
from derive.refute.screen import few_points
from derive.term import Term, fresh, number, symbol

if TYPE_CHECKING:
    from derive.check.page.page import Definition

#: How the convention of a mass ends that is looked into as one of a joint mass.
BY_JOINT = "by the joint one"


class Resolver(Declarer):
    """Resolves the names and calls of formulas at one place of a page.

    ``unfold``: names that the page defines are replaced by what they are defined to be; else
    they stand as symbols of their own.  Functions with their arguments always are.
    """

    def resolve(self, node: Node, scope: Scope) -> Term | None:
        """What the page defines a name or call to be; None where it does not.

        Objects of probability whose law is known are what the law says; only where that
        says nothing the page's own formula stands for them.
        """
        head = _head(node)
        if node.kind == "power":
            if head is None or head.key in self.under:
                return None
            return self._square_before(Head(head.name, head.name), scope)
        if head is not None and head.notes == (OWN,):
            head = self._at_its_own(head)
        if head is None or head.key in self.under or self._is_kept(node):
            return None
        lone = None if head.called else self._lone(head, node, scope)
        if lone is not None:
            return lone
        if not head.called and self._declared(head.name):
            return None
        if head.named and self._is_of_law(head):
            own = self._by_law(node, scope)
            if own is not None:
                return _lawful(own, node, scope)
        found, head = self._found(head, scope)
        if found is None and head.called:
            if head.name in self.laws:
                return None  # the density of a law with that name
            law = self._law_of_mass(head, scope)
            if law is not None:
                self.declare_names(head.arguments)
                place = place_of(self.reading(), scope)
                return _lawful(
                    density_at(law, place.term(head.arguments[0]), node, place), node, scope
                )
        if found is None and head.called:
            known = self._information(head, node, scope)
            if known is not None:
                return known
        if found is None and head.called and not head.named:
            signature = self._signature(head)
            if signature is not None:
                return self._as_function(head, signature, scope)
        if found is None or not (self.unfold or head.called):
            return self._as_symbol(head, node, scope) if head.named and found is None else None
        if self.under and head.called and not head.named and self._comes_back(found):
            return self._as_function(head, f"{head.name}_of", scope)
        value = self._value(found, head, scope)
        if head.called and is_function_name(node.parts[0]):
            own = self._by_name(node, head, scope)
            if own is not None and _agree(own, value, self.context):
                return own
        return value

    def _information(self, head: Head, node: Node, scope: Scope) -> Term | None:
        """What a measure of information is by its definition, of laws that the page leaves open;
        where masses are looked into, what one is by the joint mass."""
        if self._is_averaged(node):
            return None
        found = self.page.information(head, self.shown, self.marginal)
        if found is None:
            return None
        said = head.key in self.unfolded
        try:
            value = self._value(found, head, scope)
        except UnreadableError:
            return None  # over a set of which nothing is known
        if not said:
            del self.unfolded[head.key]  # nobody says it
        way = BY_JOINT if head.name in MASSES else "as information theory defines it"
        self.conventions[head.key] = f"{show_plain(node)} {way}"
        return value

    def _lone(self, head: Head, node: Node, scope: Scope) -> Term | None:
        """What a name without arguments stands for, but for what the page defines it to be: the
        member of a family, a mean, the root of a square."""
        alias = self._alias(node, scope)
        if alias is not None:
            return alias
        member = self._general(node, scope)
        if member is not None:
            return member
        if self._declared(head.name):
            return None
        mean = self.mean_of(head.name, node)
        if mean is not None:
            return mean
        square = self._square_before(head, scope)
        return None if square is None else Term("Pow", (square, number(Fraction(1, 2))))

    def _square(self, head: Head, scope: Scope) -> Term | None:
        """What the page defines a square to be, such as a variance: ``\\sigma^2 = ...``.

        A symbol in its place would have a square that is not negative, whatever it is said to be:
        it stands there only where the page says of its root where that lies."""
        known = not self.unfold and self._declared(head.name) and head.name not in self.open
        found = None if known else self.definition(head)
        return None if found is None else self._value(found, head, scope)

    def _square_before(self, head: Head, scope: Scope) -> Term | None:
        """What the page defines the square of a letter to be, unless it defines the letter itself
        behind that: then it is another one."""
        squared = Head(f"{head.name}^2", head.name)
        own, found = self.definition(head), self.definition(squared)
        if own is not None and found is not None and (own.at, own.step) > (found.at, found.step):
            return None
        return self._square(squared, scope)

    def _is_kept(self, node: Node) -> bool:
        """Whether a name is a member of a family by which the step differentiates: it varies,
        whatever the page defines it to be."""
        return node.kind == "name" and bool(node.parts) and node.text in self.kept

    def _at_its_own(self, head: Head) -> Head | None:
        """A function whose arguments are not written, at those of its definition: where its
        only one is another variable, at that."""
        found = self.page.function(head.name, self.shown, self.step, head.arguments[0].text)
        if found is None:
            return None
        own, variable = found.head, head.arguments[0]
        if len(own.arguments) == 1 and own.arguments[0].kind == variable.kind == "name":
            name = spelled(own.arguments[0]) or ""
            itself = own.arguments[0].text == variable.text
            if not itself and self.definition(Head(name, name)) is None:
                return own._replace(arguments=(variable,))
        return own

    def _found(self, head: Head, scope: Scope) -> tuple[Definition | None, Head]:
        """The definition of a head that holds here, and the head with all that it depends on."""
        found = self._definition_at(head, scope)
        elsewhere = found is None or found.section != self.shown.section
        if elsewhere and head.called and not head.named:
            whole = self._with_parameters(head)
            if whole is not None:
                return self.definition(whole), whole
        if found is None and head.named and head.name in MASSES:
            return self.page.mass_of_any(head, self.shown, self.step), head
        return found, head

    def _comes_back(self, found: Definition) -> bool:
        """Whether what is being unfolded stands in what a function is defined to be, or in what
        that is defined by: then one of the two is an equation, and the function is any one."""
        waiting, seen = [found], {found.head.key}
        while waiting:
            for head in heads_in(waiting.pop().value):
                if head.key in self.under:
                    return True
                behind = None if head.key in seen else self.definition(head)
                seen.add(head.key)
                waiting += [] if behind is None else [behind]
        return False

    def _with_parameters(self, head: Head) -> Head | None:
        """A function without the parameters that its definition has behind a semicolon, ``f(t)``
        beside ``f(t; a) = ...``: with those; None for any other one."""
        count = len(head.arguments)
        found = [
            d.head for d in self.page.definitions
            if d.head.name == head.name and d.head.notes[count - 1 : count] == (";",)
            and ";" not in d.head.notes[: count - 1] and d.section == self.shown.section
            and (d.at, d.step) < (self.shown.at, self.step)
        ]  # fmt: skip
        if len(found) != 1 or ";" in head.notes:
            return None
        own = found[0]
        return own._replace(arguments=(*head.arguments, *own.arguments[count:]))

    def _definition_at(self, head: Head, scope: Scope) -> Definition | None:
        """The definition of a head that holds here; a density of one variable is that of no
        other variable: ``p(mu) = 1`` says nothing of p(w)."""
        found = self.definition(head)
        if found is None or head.name not in MASSES:
            return found
        bound = {b.name for b in scope}
        for own, put in zip(found.head.arguments, head.arguments, strict=False):
            names = own.kind == put.kind == "name" and own.text != put.text
            if names and put.text not in bound and self._is_variable(put.text):
                return None
            if names and self.page.informed(self.shown.section).are_joint(own.text, put.text):
                return None
        return found

    def _is_variable(self, name: str) -> bool:
        """Whether the page gives a name a law or a density of its own."""
        return self.page.is_random(name) or any(w.name.text == name for w in self.page.laws)

    def _alias(self, node: Node, scope: Scope) -> Term | None:
        """A member of a family whose letter is that of another one with more indices."""
        name = self.aliases.get((node.text, len(node.parts)))
        if name is None or (self.unfold and self._is_defined(node)):
            return None
        place = place_of(self.reading(), scope)
        return Term("member", tuple(map(place.term, node.parts)), name)

    def _general(self, node: Node, scope: Scope) -> Term | None:
        """A member of a family that the page defines by one for any index."""
        if not self.unfold or node.text in self.given or spelled(node) in self.context.names:
            return None
        found = self.page.general(node, self.shown, self.step)
        own = "" if found is None else found[0].head.key
        if found is None or own in self.under or own == spelled(node):
            return None
        definition, indices = found
        self.under.append(own)
        try:
            self.declare_names(
                (definition.value,), tuple(Node("name", 0, 0, index) for index in indices)
            )
            self.declare_names(node.parts, tuple(Node("name", 0, 0, b.name) for b in scope))
            outer = place_of(self.reading(), scope)
            put = tuple(map(Bound, indices, map(outer.term, node.parts)))
            inner = place_of(self.reading(), (*scope, *put))
            value = inner.term(definition.value)
        finally:
            self.under.pop()
        self.unfolded.setdefault(own)
        return value

    def _by_name(self, node: Node, head: Head, scope: Scope) -> Term | None:
        """A function that everybody knows, at its arguments."""
        under, self.under = self.under, [*self.under, head.key]
        try:
            return place_of(self.reading(), scope).term(node)
        except UnreadableError:
            return None
        finally:
            self.under = under

    def _is_of_law(self, head: Head) -> bool:
        """Whether a mass or density is that of the law that the page gives its variable.

        ``p(y | theta)`` is, where the bar is followed by parameters of that law, and no other
        parameter is random; ``p(y)`` and ``p(y | m)`` are what remains when they are averaged.
        """
        if head.name not in MASSES or not all(n.kind == "name" for n in head.arguments):
            return True
        if head.notes[:1] != ("|",):
            return False
        law = self.page.law(head.arguments[0].text, self.shown, len(head.arguments[0].parts))
        law = law or self.page.law(spelled(head.arguments[0]) or "", self.shown)
        if law is None:
            law = self.page.law(head.arguments[0].text, self.shown, 1)  # y for all its members
        if law is None:
            return False
        parameters = {spelled(n) for n in law.law.walk() if n.kind == "name"}
        given = {spelled(n) for n in head.arguments[1:]}
        if not given <= parameters:
            return False
        return not any(self.page.is_random(name) for name in parameters - given if name)

    def _by_law(self, node: Node, scope: Scope) -> Term | None:
        if any(n in self.open and is_estimate(n) for n in names_in(node)):
            return None  # it may be random itself
        under, self.under = self.under, [*self.under, _head(node).key]  # type: ignore[union-attr]  # it has one
        try:
            reading = self.reading()
            return read_named(node, place_of(reading, scope))
        except UnreadableError:
            return None
        finally:
            self.under = under

    def _value(self, found: Definition, head: Head, scope: Scope) -> Term:
        self.under.append(head.key)
        body = found.value
        try:
            for own, put in zip(found.head.arguments, head.arguments, strict=False):
                if self._are_families(own, put):
                    body = _renamed(body, own.text, put)
            around = tuple(Node("name", 0, 0, b.name) for b in scope)
            self.declare_names((body,), (*found.head.arguments, *around))
            for own, put in zip(found.head.arguments, head.arguments, strict=False):
                if self._are_families(own, put):
                    continue
                if own.kind == put.kind == "power" and shape_of(own.parts[1]) == shape_of(
                    put.parts[1]
                ):
                    own, put = own.parts[0], put.parts[0]
                if shape_of(own) != shape_of(put):
                    if own.kind != "name":
                        raise UnreadableError("what is put in for a square is not clear", 0, 0)
                    self.declare_names((put,))
                    value = place_of(self.reading(), scope).term(put)
                    scope = (*scope, Bound(spelled(own) or own.text, value))
                else:
                    self.declare_names((put,))
            reading = self.reading()
            value = place_of(reading, scope).term(self._in_terms_of(body, scope))
        finally:
            self.under.pop()
        self.unfolded.setdefault(found.head.key)
        return value

    def _are_families(self, own: Node, put: Node) -> bool:
        """Whether a function of a whole family is taken of another one: H(m) by H(p), or f(x) by
        that of a vector of a list, f(x_i)."""
        names = own.kind == put.kind == "name" and not own.parts and own.text != put.text
        if not names or self._running(own.text) is None:
            return False
        vector = self.vectors.get(put.text)
        return not put.parts or (vector is not None and vector.written == len(put.parts))

    def _in_terms_of(self, value: Node, scope: Scope) -> Node:
        """What a name is defined to be, written with the bound variables that are names of
        the page: what those are defined to be is one of them there."""
        for bound in scope:
            found = self.definition(Head(bound.name, bound.name))
            if found is not None and found.value.parts:
                value = _with_name(value, shape_of(found.value), found.head)
        return value

    def _as_symbol(self, head: Head, node: Node, scope: Scope) -> Term | None:
        """A symbol that stands for an object of probability that is not looked into.

        None where it depends on something that varies in the formula, or stands below an
        expectation, as ``E(Y | X)`` may: then it is no constant.
        """
        names = names_in(node)
        bound = {b.name for b in scope}
        signature = self._signature(head)
        if signature is not None:
            return self._as_function(head, signature, scope)
        if names & bound or names & self.page.varied or self._is_averaged(node):
            return None
        name = self.opaque.get(head.key)
        if name is None:
            name = fresh(f"{head.name}_value", set(self.context.names))
            self.context = self.context.declare(name, REAL)
            self.opaque[head.key] = name
            self.open.append(name)
            if node.kind == "juxtapose" and node.parts[0].text in (*EXPECTATIONS, *MOMENTS):
                self.conventions[head.key] = f"{show_plain(node)} exists"
        return symbol(name)

    def _is_averaged(self, node: Node) -> bool:
        """Whether a part of the display stands below an expectation or a moment."""
        groups = averaged(self._here)
        return any(g.start <= node.start and node.end <= g.end for g in groups)

    def _signature(self, head: Head) -> str | None:
        """Which function an object of probability is.

        ``f_X`` and ``F_X`` are functions of their argument; which one ``p`` is is told by the
        names of its arguments alone: ``p(x)`` and ``p(y)`` are two, ``p(x, y)`` is a third.
        """
        if head.variable and len(head.arguments) == 1:
            return f"{head.name}_of"
        if head.name not in MASSES or not all(n.kind == "name" for n in head.arguments):
            return None
        signs = "".join("_given" if s == "|" else "" for s in head.notes)
        labels = "_".join(spelled(n) or n.text for n in head.arguments)
        return f"{head.name}_of_{labels}{signs}"

    def _as_function(self, head: Head, name: str, scope: Scope) -> Term:
        """The value of such a function; whole families among its arguments, such as data, are
        part of what it is."""
        self.declare_names(head.arguments, tuple(Node("name", 0, 0, b.name) for b in scope))
        bound = {b.name for b in scope}
        single = [n for n in head.arguments if n.kind != "name" or self._running(n.text) is None
                  or n.parts or n.text in bound]  # fmt: skip
        if name not in self.context.names:
            if single:
                self._function(name, len(single))
            else:
                self.context = self.context.declare(name, REAL)
                self.opaque[head.key] = name
                self.open.append(name)
        if not single:
            return symbol(name)
        place = place_of(self.reading(), scope)
        return Term("member", tuple(map(place.term, single)), name, ("call",))


def _lawful(value: Term, node: Node, scope: Scope) -> Term:
    """What a law says, unless a symbol that it means is another one here: in ``L(a^2)``, where
    ``L(a)`` is defined by it.  Raises UnreadableError."""
    other = sorted(value.free & {b.name for b in scope if b.value != symbol(b.name)})
    if other:
        message = f"the {other[0]} of the law stands for something else here"
        raise UnreadableError(message, node.start, node.end, "write the density out")
    return value


def _agree(a: Term, b: Term, context: Context) -> bool:
    """Whether a function that the page defines may be the one that is known by its name: at
    some points its values are no other ones."""
    free = a.free | b.free
    if any(name not in context.names for name in free):
        return False
    try:
        points = few_points(context, 3, 9, a)
        values = [(evaluate(a, p, finest=128), evaluate(b, p, finest=128)) for p in points]
    except (IllFormed, OverflowError, RecursionError):
        return False
    known = [v for v in values if UNKNOWN not in v and UNDEFINED not in v]
    return not any(disjoint(x, y) for x, y in known)


def _with_name(node: Node, shape: str, head: Head) -> Node:
    """A tree with a name in the place of every part of a certain shape."""
    if shape_of(node) == shape:
        return Node("name", node.start, node.end, head.name)
    return node._replace(parts=tuple(_with_name(p, shape, head) for p in node.parts))


def _head(node: Node) -> Head | None:
    """The head that a name or call is, its arguments of any form."""
    if node.kind == "name":
        name = spelled(node)
        return None if name is None else Head(name, name)
    if node.kind == "power":
        return square_head(node)
    if node.kind == "juxtapose" and len(node.parts) == 2 and node.parts[1].kind == "group":
        head, group = node.parts
        name = spelled(head) if head.kind == "name" else None
        if name is None:
            return None
        if looks_named(node):
            return named_head(node, name)
        return call_head(name, group)
    return None


def _renamed(node: Node, own: str, put: Node) -> Node:
    """The tree with the letter of a family put for that of another one, with the indices that
    this has.  Raises UnreadableError where one of them runs through a sum of the tree."""
    parts = tuple(_renamed(p, own, put) for p in node.parts)
    if node.kind == "big" and not indices(node.parts[1]).isdisjoint(names_in(put)):
        raise UnreadableError("an index means two things here", node.start, node.end)
    if node.kind != "name" or node.text != own:
        return node._replace(parts=parts)
    return node._replace(text=put.text, parts=(*put.parts, *parts))
