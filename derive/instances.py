"""Instances: a derivation for given values of some of its symbols, m = 2 for instance.

Every theorem is instantiated by the kernel, in the context without these symbols; what the
context asks of a value is proved.  Then sums over ranges of numbers are written out, again
by theorems, so that a reader sees the concrete formula.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.context import EMPTY, Context, Declaration, as_function
from derive.derivations import Derivation, Line, Part
from derive.functions import RELATIONS
from derive.kernel import INFERENCES, KernelError, Theorem
from derive.reasons import axioms_of
from derive.search.equations import in_context
from derive.search.facts import Facts
from derive.search.forms.written_out import both_sides, written_out
from derive.term import Term, number, substitute, symbol

if TYPE_CHECKING:
    from collections.abc import Iterator

#: For values above this no point of the context is looked for.
LARGEST_DRAWN = 64


class InstanceError(ValueError):
    """Values that a derivation cannot take; the sentence says which hypothesis excludes them."""


def instantiate(derivation: Derivation, values: Mapping[str, object]) -> Derivation:
    """The derivation with numbers for some of its symbols.

    Values are integers, fractions, or their text, ``"2"``, ``"1/2"``.  Raises InstanceError
    for a symbol that cannot be fixed and for a value that the context excludes.
    """
    exact = {name: _number(name, value) for name, value in values.items()}
    possible = fixable(derivation)
    for name in exact:
        if name not in possible:
            known = ", ".join(possible) or "none"
            raise InstanceError(
                f"{derivation.name} has no symbol {name} that can be fixed; those that can: {known}"
            )
    said = tuple((name, str(value)) for name, value in exact.items())
    parts = tuple(_Instance(part.context, exact).part(part) for part in derivation.parts)
    heading = f"instance {', '.join('='.join(pair) for pair in said)}"
    axioms, own_axioms = axioms_of(list(parts))
    title = f"{heading}: {derivation.title}" if derivation.title else heading
    return derivation._replace(
        title=title, parts=parts, instance=said, axioms=axioms, own_axioms=own_axioms
    )


def fixable(derivation: Derivation) -> list[str]:
    """The symbols that may be given a value: single ones, declared and not defined.

    What a relation such as ``f ~ g in theta`` is about has all its values, so it is not one.
    """
    found: dict[str, None] = {}
    about: set[str] = set()
    for part in derivation.parts:
        if part.statement.head in RELATIONS:
            about |= {theta.value for theta in part.statement.args[2:]}
        for name, entry in part.context.names.items():
            if not entry.indices and entry.definition is None:
                found[name] = None
    return [name for name in found if name not in about]


def _number(name: str, value: object) -> Term:
    text = str(value).strip()
    # Fraction reads decimals and exponents too; these are not how numbers are written here.
    digits = text.removeprefix("-").partition("/")
    if digits[0].isdigit() and (digits[2].isdigit() if digits[1] else True):
        try:
            return number(Fraction(text))
        except (ValueError, ZeroDivisionError):
            pass
    raise InstanceError(f"{name}={text} is no exact number: write 2, -1 or 1/2")


class _Instance:
    """One context's instance: contexts, theorems and terms with the values put in."""

    def __init__(self, context: Context, values: Mapping[str, Term]) -> None:
        self.values = {name: v for name, v in values.items() if name in context.names}
        self.facts = Facts()
        self._moved: dict[Context, Context] = {EMPTY: EMPTY}
        self._rebuilt: dict[int, Theorem] = {}
        self.context = self.moved(context)
        if self.values:
            self._check_inhabited(context)

    def moved(self, context: Context) -> Context:
        """The context without the fixed symbols; what it asks of them is proved or assumed."""
        known = self._moved.get(context)
        if known is not None:
            return known
        assert context.parent is not None
        before, entry = self.moved(context.parent), context.entry
        if not isinstance(entry, Declaration):
            assert entry is not None
            new = self._assumed(before, substitute(entry.statement, self.values), entry.statement)
        elif entry.name in self.values:
            value, domain = self.values[entry.name], substitute(entry.domain, self.values)
            asked = Term("In", (symbol(entry.name), entry.domain))
            new = self._assumed(before, Term("In", (value, domain)), asked)
        else:
            parts = [None if t is None else substitute(t, self.values)
                     for t in (entry.domain, entry.law, entry.definition)]  # fmt: skip
            assert parts[0] is not None
            indices = tuple(substitute(d, self.values) for d in entry.indices)
            new = before.declare(entry.name, parts[0], indices, entry.hints, *parts[1:])
        self._moved[context] = new
        return new

    def _assumed(self, context: Context, statement: Term, general: Term) -> Context:
        """What speaks of numbers alone must be provable; the rest stays a hypothesis."""
        if statement == general or statement.free:
            return context.assume(statement)
        if self.facts.prove(context, statement) is None:
            raise InstanceError(f"{self.said} is excluded: the derivation assumes {general}")
        return context

    @property
    def said(self) -> str:
        """The values as they are spelled on the command line."""
        return ", ".join(f"{name}={value}" for name, value in self.values.items())

    def _check_inhabited(self, general: Context) -> None:
        """A theorem about no point at all is not worth showing.

        Where no point is found in general either, as for abstract functions, and for families
        too large to draw, that says nothing.
        """
        if any(abs(v.value) > LARGEST_DRAWN for v in self.values.values()):
            return
        from derive.refute.points import points

        found, in_general = (next(points(c, count=1), None) for c in (self.context, general))
        if found is None and in_general is not None:
            from derive.plain import write_context

            asked = write_context(self.context).replace("\n", "; ")
            raise InstanceError(
                f"{self.said} is excluded: no values were found that satisfy {asked}"
            )

    def theorem(self, theorem: Theorem) -> Theorem:
        """The theorem with the values put in.  Raises InstanceError."""
        try:
            if theorem.statement.head in RELATIONS:
                return self._again(theorem)
            return self._plain(theorem)
        except KernelError as error:
            raise InstanceError(f"the instance {self.said} is not proved: {error}") from None

    def _plain(self, theorem: Theorem) -> Theorem:
        """An instance by the kernel: everything but the fixed symbols stays."""
        context = self.moved(theorem.context)
        mapping = {
            name: self.values[name]
            if name in self.values
            else as_function(symbol(name), entry, context)
            for name, entry in theorem.context.names.items()
        }
        found = self.facts.instance(context, theorem, mapping)
        if found is None:
            raise KernelError(f"what {theorem} needs was not found")
        return found

    def _again(self, theorem: Theorem) -> Theorem:
        """A relation in theta is no instance of another: it is concluded again."""
        known = self._rebuilt.get(id(theorem))
        if known is not None:
            return known
        if theorem.by == "instance":
            found = self._again(theorem.premises[0])
            return in_context(self.moved(theorem.context), found)
        arguments = [
            substitute(a, self.values) if isinstance(a, Term) else a for a in theorem.arguments
        ]
        premises = []
        for p in theorem.premises:
            if p.statement.head in RELATIONS:
                premises.append(self._again(p))
            else:
                premises.append(in_context(self.moved(p.context), self._plain(p)))
        found = INFERENCES[theorem.by](*arguments, *premises)
        self._rebuilt[id(theorem)] = found
        return found

    def part(self, part: Part) -> Part:
        """The part with the values put in and its sums written out."""
        if not self.values:
            return part
        statement = substitute(part.statement, self.values)
        if part.verdict == "refuted":
            return self._refuted(part, statement)
        assert part.theorem is not None
        theorem = both_sides(self.facts, self.theorem(part.theorem))
        return part._replace(
            statement=theorem.statement,
            context=self.context,
            lines=tuple(self._lines(part)),
            theorem=theorem,
            details=tuple((k, self._written(substitute(t, self.values))) for k, t in part.details),
        )

    def _refuted(self, part: Part, statement: Term) -> Part:
        from derive.refute.witness import refute

        witness = refute(self.context, statement)
        if witness is None:
            raise InstanceError(
                f"for {self.said} no counterexample was found to {statement}, which the "
                "derivation refutes in general"
            )
        sides = (*map(self._written, statement.args[:2]), *statement.args[2:])
        statement = Term(statement.head, sides, statement.value, statement.names)
        return part._replace(statement=statement, context=self.context, witness=witness)

    def _written(self, t: Term) -> Term:
        equation = written_out(self.facts, self.context, t)
        return t if equation is None else equation.rhs

    def _lines(self, part: Part) -> Iterator[Line]:
        """The chain; a line that only wrote out a sum has nothing left to say and goes."""
        last: Term | None = None
        for line in part.lines:
            context = self.moved(line.context or part.context)
            t = substitute(line.term, self.values)
            equation = written_out(self.facts, context, t)
            shown = t if equation is None else equation.rhs
            if shown == last and line.relation == "=":
                continue
            theorem = None
            if line.theorem is not None:
                theorem = both_sides(self.facts, in_context(context, self.theorem(line.theorem)))
            if last is None:
                line = line._replace(relation="", reasons=())
            yield line._replace(term=shown, theorem=theorem, context=context)
            last = shown
