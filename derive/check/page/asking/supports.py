"""Laws, supports and index sets that the formulas at one place of a page rest on."""

from __future__ import annotations

from derive.check.page.asking.sets import Sets
from derive.check.page.nodes import MASSES, Head, names_in
from derive.check.page.words.told import Known, parameters_of
from derive.distributions import distribution, support
from derive.latex.elaborate import place_of
from derive.latex.elaborate_names import spelled
from derive.latex.elaborate_place import Scope
from derive.latex.named import read_law
from derive.latex.tree import Node, UnreadableError
from derive.term import Term, instantiate


class Supports(Sets):
    """Finds what sets and laws are that formulas only name."""

    def _sets_and_laws(self, trees: tuple[Node, ...]) -> None:
        """Declare the sets, laws and supports of integrals that some trees name."""
        used = set().union(*(names_in(t) for t in trees)) if trees else set()
        self._index_sets(used)
        self._named_laws(used)
        self._averaged(trees)
        for tree in trees:
            for n in tree.walk():
                if n.kind == "big" and n.text == "Integral":
                    self._integrated_over(n)

    def _named_laws(self, used: set[str]) -> None:
        """Laws that the page calls by a letter, ``P: X ~ law``; ``p`` is the density of P where
        it is nothing else."""
        for label, law in self.page.named_laws(self.shown.section).items():
            small = label.lower()
            if label in self.laws or len(label) != 1 or not {label, small} & used:
                continue
            if law.defined and law.at == self.shown.at:
                continue  # it is what is claimed
            found = self._read_law(law.law, law.at, label)
            if found is not None:
                self._parameters(found)
                self.laws[label] = found
                if not self.page.stands_alone(small, self.shown.section):
                    self.laws.setdefault(small, found)

    def _averaged(self, trees: tuple[Node, ...]) -> None:
        """Laws below averages, as in ``<f(x)>_{p(x)}``: those of the variables."""
        for n in (m for tree in trees for m in tree.walk()):
            if n.kind == "entry" and n.parts[0].kind == "inner" and len(n.parts) == 2:
                below = n.parts[1]
                if below.kind == "juxtapose" and below.parts[0].text in MASSES:
                    argument = below.parts[-1]
                    named = argument.kind == "group" and len(argument.parts) == 1
                    name = spelled(argument.parts[0]) if named else None
                    law = self._law_at(name) if name and len(below.parts) == 2 else None
                    if law is not None and name is not None:
                        self.laws.setdefault(f"{spelled(below.parts[0])}({name})", law)

    def _integrated_over(self, node: Node) -> None:
        """The support of a variable over which is integrated without ends."""
        below, above, variable = node.parts[1:]
        name = spelled(variable)
        if below.kind == above.kind == "nothing" and name and name not in self.supports:
            law = self._law_at(name)
            if law is not None and not is_multivariate(law):
                self.supports[name] = support(law)

    def _law_at(self, name: str) -> Term | None:
        """The law of a variable, by its own name or that of one of its values."""
        law = self._law(name)
        if law is None:
            law = self._law_of_value(name)
        if law is None and len(name) == 1 and name.upper() != name:
            law = self._law(name.upper())
        return law

    def _support_of(self, name: str) -> Term | None:
        """The set of the values of a variable: all laws that the section gives it agree."""
        law = self._law(name)
        found = [law]
        if law is None:
            laws = [w for w in self.page.laws if spelled(w.name) == name]
            here = [w for w in laws if w.section == self.shown.section]
            found = [self._read_law(w.law, w.at, name) for w in here]
        if not found or any(w is None or is_multivariate(w) for w in found):
            return None
        supports = {support(w) for w in found if w is not None}
        return supports.pop() if len(supports) == 1 else None

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
            return None if is_multivariate(law) else support(law)
        upper = name.upper()
        if len(name) != 1 or upper == name:
            return None
        declared = self.context.names.get(upper) if self._declared(upper) else None
        if declared is not None:
            return declared.domain if declared.law is not None else None
        called = any(small.islower() and len(small) == 1 for small in self.laws)
        return self._support_of(upper) if called else None

    def _law_of_mass(self, head: Head, scope: Scope) -> Term | None:
        """The law of which ``p(x)`` is the mass or density: that of x itself, of the members of
        its family, or of X, where no parameter of it has a law of its own, so that p could be
        an average."""
        if head.name != "p" or len(head.arguments) != 1 or head.arguments[0].kind != "name":
            return None
        argument = head.arguments[0]
        small = spelled(argument) or ""
        given = self.page.law(argument.text, self.shown, len(argument.parts))
        if given is not None:
            law = self._law_of_argument(argument, scope)
        else:
            if len(small) != 1 or small.upper() == small:
                return None
            given = self.page.law(small.upper(), self.shown)
            if given is None or any(spelled(w.name) == small for w in self.page.laws):
                return None
            law = self._law(small.upper())
        names = {spelled(n) for n in given.law.walk() if n.kind == "name"}
        if law is None or is_multivariate(law) or any(self.page.is_random(n) for n in names if n):
            return None
        return law

    def _law_of_argument(self, node: Node, scope: Scope) -> Term | None:
        """The law of a variable, or of a member of a family of them at any index."""
        if not node.parts:
            return self._law(node.text)
        self.declare_names((node,), tuple(Node("name", 0, 0, b.name) for b in scope))
        declared = self.context.names.get(node.text)
        if declared is None or declared.law is None or not all(map(self.page.is_index, node.parts)):
            return None
        place = place_of(self.reading(), scope)
        return instantiate(declared.law, *map(place.term, node.parts))

    def _read_law(self, node: Node, at: int, name: str) -> Term | None:
        """A law as it stands on the page; None where it cannot be read."""
        if name in self.under:
            return None
        self.under.append(name)
        try:
            self.declare_names(parameters_of(node))
            found = read_law(node, self.reading())
        except UnreadableError:
            return None
        finally:
            self.under.pop()
        self.known.append(Known(name, at, "law"))
        return found


def is_multivariate(law: Term) -> bool:
    """Whether the values of a law are families, or are not known.

    >>> from derive.plain import read
    >>> is_multivariate(read("Expectation(x, (x, Normal(mean=0, variance=1)))").args[1])
    False
    """
    found = distribution(law.head)
    return found is None or "[" in found.variable


def asks_of(cases: Term, names: set[str]) -> bool:
    """Whether conditions of cases speak of some symbols, which are read as less than they are:
    what the cases say beyond would be shown by looking away."""
    return any(not names.isdisjoint(c.free) for c in cases.args[1::2])
