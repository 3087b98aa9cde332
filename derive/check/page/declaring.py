"""Declaring what the formulas of a page speak of: by what it says, or as open to be assumed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from derive.check.page.families import Families
from derive.check.page.nodes import Head, names_in
from derive.check.page.told import Known
from derive.distributions import support
from derive.domains import NATURAL, REAL
from derive.functions import FUNCTIONS
from derive.latex.elaborate_functions import _BESSEL, _HEADS, _WRITTEN
from derive.latex.elaborate_names import by_spelling, spelled
from derive.latex.named import looks_named, read_law
from derive.latex.shapes import Shape, shapes
from derive.latex.tree import Node, UnreadableError
from derive.render.notation.names import parse
from derive.term import ONE, Term, fresh, symbol

if TYPE_CHECKING:
    pass

#: Names that mean indices when they stand as one and nothing binds them.
_INDICES = frozenset("ijklrst")
#: One letter before a bracket that is a function rather than a factor.
_FUNCTIONS = frozenset({"f", "g", "h", "F", "G", "L", "J", "ell", "phi", "psi", "Q", "H", "u", "v",
                        "Phi", "Psi"})  # fmt: skip
_KNOWN = {"e", "pi", "oo", "infty"}


class Declarer(Families):
    """Declares on the way what the formulas at one place of a page speak of.

    ``unfold``: names that the page defines are replaced by what they are defined to be; else
    they stand as symbols of their own.  Functions with their arguments always are.
    """

    # -- declaring ---------------------------------------------------------------------------

    def declare_names(self, nodes: Iterable[Node], bound: tuple[Node, ...] = ()) -> None:
        """Declare every free name of some trees that is not declared yet."""
        trees = tuple(nodes)
        self._index_sets(trees)
        inside = {spelled(b) for b in bound}
        found = shapes(trees)
        for running in (True, False):  # families first: they say where an index runs
            for name, shape in found.items():
                families = any(self._is_family(name, u.indices) for u in shape.uses)
                if families is running and name not in inside:
                    self._declare(name, shape)

    def _index_sets(self, trees: tuple[Node, ...]) -> None:
        """Sets of which the page uses the members as labels only: 1..N names them as well."""
        for name in self.page.sets:
            letter = name.partition("_cal")[0]
            law = self._law(letter) if name.endswith("_cal") and name not in self.sets else None
            if law is not None and any(name in names_in(t) for t in trees):
                self.sets[name] = support(law)  # the values of X
        for name in self.page.label_sets:
            if name not in self.sets and any(name in names_in(t) for t in trees):
                size = fresh("N", {*self.context.names, *self.page.names})
                self.context = self.context.declare(size, NATURAL)
                self.open.append(size)
                self.sizes.append(size)
                self.sets[name] = Term("Range", (ONE, symbol(size)))

    def _declared(self, name: str) -> bool:
        if name in self.context.names:
            return True
        return parse(name) in by_spelling(self.context)

    def _declare(self, name: str, shape: Shape) -> None:
        if name in _KNOWN:
            return
        if name in FUNCTIONS and not self.page.names.get(name):
            return
        families = [u for u in shape.uses if self._is_family(name, u.indices)]
        for use in shape.uses:
            whole = spelled(use.node)
            if use in families or whole is None or self._declared(whole):
                continue
            if use.indices and (self._declared(name) or self._takes(name, len(use.indices))):
                continue  # a member of a declared family
            head = Head(whole, whole)
            if use.arguments and is_function_name(use.node):
                continue
            if use.arguments:
                self._call(whole, use.arguments, use.node)
            elif not (self.unfold and self.definition(head)):
                self._scalar(whole, use.node, shape)
        for use in families:
            if not self._takes(name, len(use.indices)):
                self._family(name, use.node, len(use.indices))

    def _call(self, name: str, count: int, node: Node) -> None:
        """A name with a bracket behind it and without a definition."""
        if self.page.defines(name) or name in self.functions:
            return
        plain = self.page.names.get(node.text, 0)
        if plain:
            self._scalar(name, node, None)
            return
        if count == 1 and len(name) == 1 and name not in _FUNCTIONS:
            self._scalar(name, node, None)
            self.functions[name] = fresh(f"{name}_of", set(self.context.names))
            self._function(self.functions[name], count)
            return
        if looks_named(Node("juxtapose", 0, 0, "", (node, Node("group", 0, 0, "(")))):
            return
        self._function(name, count)

    def _function(self, name: str, count: int) -> None:
        hints = tuple("tuvw"[:count]) or ("t",)
        self.context = self.context.declare(name, REAL, (REAL,) * count, hints)
        self.open.append(name)

    def _scalar(self, name: str, node: Node, shape: Shape | None) -> None:
        if self._declared(name):
            return
        refused = self._refused(name, node)
        if refused:
            self.refused[name] = refused
            return
        members = self._running(name)
        if members is not None and not node.parts:
            self._family(name, node, members)
            return
        law = self._law(name)
        if law is not None:
            self._parameters(law)
            self.context = self.context.declare(name, support(law), law=law)
            return
        domain = self._domain(name)
        if domain is None and shape is not None and all("index" in u.roles for u in shape.uses):
            domain = self._runs(name)
        if domain is not None:
            self.context = self.context.declare(name, domain)
            return
        value = self._value_of_variable(name)
        self.context = self.context.declare(name, REAL if value is None else value)
        if value is not None:
            self.known.append(Known(f"{name} in the support", self.shown.at, "law"))
            return
        self.open.append(name)
        if shape is not None and "end" in shape.roles:
            self.sizes.append(name)

    def _refused(self, name: str, node: Node) -> str:
        """Why a name stands for no number; "" if nothing says so."""
        kind = self.page.kinds.get(name) or self.page.kinds.get(node.text)
        if name in self.page.inverses or kind == "function":
            return f"whether {name} is a function is not declared"
        if not node.parts and self._running(name) is not None:
            return ""
        if kind in ("vector", "matrix", "set", "distribution") or "_bold" in f"{name}_":
            return f"{name} is a {kind or 'vector'}, and no number"
        if kind == "random" and self._law(name) is None:
            return f"the law of {name} is not known"
        return ""

    def _law_of_value(self, name: str) -> Term | None:
        """The law in whose density the page puts a name: x in ``Poiss(x; lambda)``."""
        for call in self.page.densities:
            head, group = call.parts
            if spelled(group.parts[0]) != name or name in self.under:
                continue
            rest = Node("group", group.start, group.end, "(", group.parts[1:], group.notes[1:])
            self.under.append(name)
            try:
                self.declare_names((rest,))
                return read_law(call._replace(parts=(head, rest)), self.reading())
            except UnreadableError:
                continue
            finally:
                self.under.pop()
        return None

    def _value_of_variable(self, name: str) -> Term | None:
        """The support of the random variable of which a small letter is a value: x of X."""
        law = self._law_of_value(name)
        if law is not None:
            return support(law)
        upper = name.upper()
        if len(name) != 1 or upper == name or not self._declared(upper):
            return None
        declared = self.context.names.get(upper)
        return declared.domain if declared is not None and declared.law is not None else None


def is_function_name(node: Node) -> bool:
    """Whether a name with a bracket behind it is a function that everybody knows."""
    if node.parts:
        return node.text in _BESSEL
    return node.text in _HEADS or node.text in _WRITTEN
