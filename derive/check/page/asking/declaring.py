"""Declaring what the formulas of a page speak of: by what it says, or as open to be assumed."""

from __future__ import annotations

from collections.abc import Iterable

from derive.check.page.asking.defined import Defined
from derive.check.page.asking.lawless import only_values, values_below
from derive.check.page.asking.supports import is_multivariate
from derive.check.page.nodes import Head, applications, names_in
from derive.check.page.notation.transposes import products
from derive.check.page.words.told import Known, parameters_of
from derive.distributions import support
from derive.domains import REAL, interior
from derive.functions import FUNCTIONS
from derive.latex.elaborate_cases import is_indicator
from derive.latex.elaborate_functions import _BESSEL, KNOWN
from derive.latex.elaborate_names import spelled
from derive.latex.elaborate_vectors import ORDERS
from derive.latex.named import looks_named
from derive.latex.shapes import Shape, shapes
from derive.latex.tree import Node, UnreadableError
from derive.term import ONE, Term, fresh, symbol

#: Names that mean indices when they stand as one and nothing binds them.
_INDICES = frozenset("ijklrst")
#: One letter before a bracket that is a function rather than a factor.
_FUNCTIONS = frozenset({"f", "g", "h", "F", "G", "L", "J", "ell", "phi", "psi", "Q", "H", "u", "v",
                        "Phi", "Psi"})  # fmt: skip
#: Those of them that are as often variables.
_FACTORS = frozenset({"u", "v"})
#: Landau's letters: before a bracket they stand for any function that grows so.
_ORDERS = frozenset({"O", "o", "O_cal", "o_cal"})
_KNOWN = {"e", "pi", "oo", "infty"}


class Declarer(Defined):
    """Declares on the way what the formulas at one place of a page speak of.

    ``unfold``: names that the page defines are replaced by what they are defined to be; else
    they stand as symbols of their own.  Functions with their arguments always are.
    """

    # -- declaring ---------------------------------------------------------------------------

    def declare_names(self, nodes: Iterable[Node], bound: tuple[Node, ...] = ()) -> None:
        """Declare every free name of some trees that is not declared yet."""
        trees = tuple(nodes)
        self._sets_and_laws(trees)
        for upper in values_below(self.page, self.shown, trees):
            if not self._declared(upper.text):
                self._scalar(upper.text, upper, None)
        self._vectors(trees)
        inside = {spelled(b) for b in bound}
        found = shapes(trees)
        for running in (True, False):  # families first: they say where an index runs
            for name, shape in found.items():
                families = any(self._is_family(name, u.indices) for u in shape.uses)
                if families is running and name not in inside:
                    self._declare(name, shape)
        self._norms(trees)

    def _norms(self, trees: tuple[Node, ...]) -> None:
        """The order of a norm that nothing declares is 1 at least."""
        for n in (m for t in trees for m in t.walk() if m.kind == "entry" and len(m.parts) == 2):
            name = n.parts[1].text if n.parts[0].kind == "norm" else ""
            least = Term("Le", (ONE, symbol(name))) if name in ORDERS & {*self.open} else None
            if least is not None and not self.context.knows(least):
                self.context = self.context.assume(least)
                self.known.append(Known(f"{name} >= 1", self.shown.at, "row"))

    def _vectors(self, trees: tuple[Node, ...]) -> None:
        """Letters of which an inner product is taken, and those beside a gradient by such:
        families over one range."""
        gradients = [
            n for t in trees for n in t.walk()
            if n.kind == "derivative" and any(v.text in self.vectors for v in n.parts[1:])
        ]  # fmt: skip
        every = [tuple(n for t in trees for n in t.walk() if n.kind == "name")]
        arguments = (n for t in trees for _, group in applications(t) for n in group.parts)
        put = [tuple(n for n in arguments if self._is_written_vector(n))]
        for names in (*products(trees), *put, *(every if gradients else [])):
            for node in names:
                name, found = node.text, self.vectors.get(node.text)
                if found is None or node.kind != "name" or self._takes(name, found.written + 1):
                    continue
                if not (self.unfold and self.definition(Head(name, name))):
                    self._family(name, node, found.written + 1)

    def _is_written_vector(self, node: Node) -> bool:
        """Whether a name has as many indices as the section writes with that vector."""
        found = self.vectors.get(node.text)
        return found is not None and node.kind == "name" and len(node.parts) == found.written

    def _declare(self, name: str, shape: Shape) -> None:
        if name in _KNOWN:  # the weights pi_k of a mixture are no constants
            shape = shape._replace(uses=tuple(u for u in shape.uses if u.indices))
        if name in FUNCTIONS and not self.page.names.get(name):
            return
        if name == "delta" and self.page.is_kronecker:
            shape = shape._replace(uses=tuple(u for u in shape.uses if len(u.indices) != 2))
        shape = shape._replace(uses=tuple(u for u in shape.uses if not is_indicator(u.node)))
        families = [u for u in shape.uses if self._is_family(name, u.indices)]
        vector = self.vectors.get(name)
        if vector is not None and self._takes(name, vector.written + 1):
            shape = shape._replace(
                uses=tuple(u for u in shape.uses if len(u.indices) != vector.written)
            )
        self._refuse_orders(name, shape)
        for use in shape.uses:
            whole = spelled(use.node)
            if use in families or whole is None or self._declared(whole):
                continue
            if use.indices and (self._is_given(name) or self._takes(name, len(use.indices))):
                continue  # a member of a declared family
            head = Head(whole, whole)
            if use.arguments and (is_function_name(use.node) or whole in self.laws):
                continue
            if use.arguments:
                self._call(whole, use.arguments, use.node)
            elif name in self.kept or not (self.unfold and self._is_unfolded(head, use.node)):
                self._scalar(whole, use.node, shape)
        for use in families:
            defined = self.unfold and name not in self.kept and self._is_defined(use.node)
            if not defined and not self._takes(name, len(use.indices)):
                self._family(name, use.node, len(use.indices))

    def _refuse_orders(self, name: str, shape: Shape) -> None:
        """Raise UnreadableError for ``O(h)`` that nothing declares: O(h) - O(h) is not 0."""
        if name not in _ORDERS or name in self.given or self.page.defines(name):
            return
        for use in shape.uses:
            whole = spelled(use.node) or name
            if use.arguments and self.definition(Head(whole, whole)) is None:
                message = "an order of magnitude is no number"
                repair = f"declare what {name.removesuffix('_cal')} is, if it is a number"
                raise UnreadableError(message, use.node.start, use.node.end, repair)

    def _is_given(self, name: str) -> bool:
        """Whether a name is declared as a family, or was declared for the page: then ``n_1`` is
        no number of its own beside n."""
        declared = self.context.names.get(name)
        if declared is None:
            return self._declared(name)
        return bool(declared.indices) or name in self.given

    def _call(self, name: str, count: int, node: Node) -> None:
        """A name with a bracket behind it and without a definition."""
        if self.page.defines(name) or name in self.functions:
            return
        if self.unfold and self.definition(Head(name, name)):
            return
        plain = self.page.names.get(node.text, 0)
        called = name in _FUNCTIONS - _FACTORS and count == 1
        if plain and not called and name not in self.page.only_called:
            self._scalar(name, node, None)
            return
        if name in self.page.only_called:
            self._function(name, count)
            return
        # ``KL[f || g]`` beside ``f(x)``: a letter of a function that also stands alone.
        if count == 1 and len(name) == 1 and (plain or name not in _FUNCTIONS):
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
        if self._declared(name) or self.mean_of(name, node) is not None:
            return
        refused = self._refused(name, node)
        if refused:
            self.refused[name] = refused
            return
        members = None if node.parts else self._running(name)
        law = self._law(name)
        if law is not None and (members is None or not is_multivariate(law)):
            self._parameters(law)
            self.context = self.context.declare(name, support(law), law=law)
            return
        number = members is None or self._is_number(name)
        alone = number or self._is_told_apart(name, node)
        domain = self._domain(name) if alone else None
        value = self._value_of_variable(name) if alone and domain is None else None
        if not number and domain is None and value is None:
            self._family(name, node, members or 0)
            return
        if domain is None and shape is not None and _is_index(shape):
            domain = self._runs(name)
        if domain is not None:
            # At the ends there is no derivative; a text that takes one means the inside.
            domain = interior(domain) if name in self.slopes else domain
            self.context = self.context.declare(name, domain)
            self.assume_bounds(name)
            return
        # Densities and their derivatives are spoken of where they are not cut off.
        self.context = self.context.declare(name, REAL if value is None else interior(value))
        self.assume_bounds(name)
        if value is not None:
            self.known.append(Known(f"{name} inside the support", self.shown.at, "law"))
            self.supported.add(name)
            return
        self.open.append(name)
        if "end" in self.page.shape(name).roles and not node.parts:
            self.sizes.append(name)
        self._lend(name)

    def _lend(self, name: str) -> None:
        """Where an undeclared symbol lies that is a parameter of a law of the section."""
        for law in self.page.laws:
            given = (names_in(n) for n in parameters_of(law.law))
            if law.section != self.shown.section or not any(name in names for names in given):
                continue
            own = spelled(law.name) or law.name.text
            found = None if law.name.parts else self._law(own)
            if found is None and law.label:  # P and Q are laws of one X
                found = self._read_law(law.law, law.at, law.label)
            if found is not None:
                self._parameters(found)
            if name not in self.open:
                if not any(law.name.text in names_in(side) for side in self._here):
                    self.lent.append(name)
                return

    def _refused(self, name: str, node: Node) -> str:
        """Why a name stands for no number; "" if nothing says so."""
        kind = self.page.kinds.get(name) or self.page.kinds.get(node.text)
        if name in self.page.inverses or kind == "function":
            return f"whether {name} is a function is not declared"
        if not node.parts and self._running(name) is not None and kind != "random":
            return ""
        if kind in ("vector", "matrix", "set", "distribution") or "_bold" in f"{name}_":
            return f"{name} is a {kind or 'vector'}, and no number"
        if kind == "random" and self._law(name) is None and not only_values(self.page, self._here):
            return f"the law of {name} is not known"
        return ""


def is_function_name(node: Node) -> bool:
    """Whether a name with a bracket behind it is a function that everybody knows."""
    return node.text in (_BESSEL if node.parts else KNOWN)


def _is_index(shape: Shape) -> bool:
    """Whether a name stands as an index, and else is compared with others only."""
    roles = [u.roles for u in shape.uses]
    return all(r & {"index", "compared"} for r in roles) and any("index" in r for r in roles)
