"""Finding the facts that rules need: that a term is defined, positive, an integer, in range.

A fact is searched along four ways: an entry of the context, a promise of a declared domain,
a rule of the ledger whose conclusion is about the outermost function, and a positive
combination of known comparisons (``derive.search.order.linear``).  What is not found is not known;
it is never taken as false.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from derive import kernel
from derive.context import Context, Declaration, Hypothesis, as_function
from derive.domains import INTEGER, PARTIAL, REAL, elements, promises
from derive.functions import COMPARISONS, is_total, negation
from derive.kernel import KernelError, Theorem
from derive.search.index import called, defining_rules, fact_rules, heads, number_rules
from derive.search.matching import match
from derive.term import ONE, Term, abstract, fresh, instantiate, is_number, neg, substitute, symbol

if TYPE_CHECKING:
    from derive.rules import Rule

#: How deep rules may call for further facts.
DEPTH = 24
_WHOLE = frozenset(("Integer", "Natural", "Natural0", "{0,1}", "Bit", "{-1, 0, 1}"))


class Facts:
    """A memory of facts: what was proved once in a context is not proved again."""

    def __init__(self) -> None:
        self._known: dict[tuple[Context, Term, bool], Theorem | None] = {}
        self._busy: list[tuple[Context, Term, bool]] = []
        self._renamed: dict[tuple[Context, Term, Context], Theorem | None] = {}
        self._cut = 0
        #: Pairs of terms that were brought to their normal forms, and what came of it.
        self.forms: dict[tuple[Context, Term, Term], Any] = {}
        #: What integrals, expectations and sums without end were evaluated to.
        self.values: dict[tuple[Context, Term], Theorem | None] = {}
        #: Hypotheses of a context, made ready to rewrite with.
        self.opened: dict[Context, Any] = {}
        #: While the atoms of a linear system are looked at, nothing starts another system.
        self.simple = False
        #: How many kernel instances the search may still make; a budget of steps.
        self.steps = 20_000
        #: Inequalities that were looked for in vain, and how deep.
        self.tried: dict[tuple[Context, Term], int] = {}
        #: How often all that is known of a goal's atoms may still be collected.
        self.effort = 24

    def prove(self, context: Context, statement: Term) -> Theorem | None:
        """A theorem that says the statement, in the context or a smaller one, or None.

        A ``ForAll`` is proved for a declared index, as the kernel takes it.
        """
        key = context, statement, self.simple
        if key in self._known:
            return self._known[key]
        if self.simple and self._known.get((context, statement, False)) is not None:
            return self._known[context, statement, False]
        if key in self._busy or len(self._busy) > DEPTH:
            self._cut += 1
            return None
        outside = None if statement.head == "ForAll" else self._outside(context, statement)
        if outside is not None:
            self._known[key] = outside
            return outside
        before = self._cut
        self._busy.append(key)
        try:
            found = self._search(context, statement)
        except KernelError:
            found = None
        finally:
            self._busy.pop()
        if found is not None or self._cut == before or not self._busy:
            self._known[key] = found
        return found

    def _outside(self, context: Context, statement: Term) -> Theorem | None:
        """What was found before the last variables, which the statement does not mention."""
        from derive.search.scopes import without_variables

        for outer in without_variables(context, statement):
            found = self._known.get((outer, statement, False))
            if found is not None:
                return found
        return None

    @contextmanager
    def simply(self, simple: bool = True) -> Iterator[None]:
        """Within this block facts are found from the signs of parts alone, or not so again."""
        before, self.simple = self.simple, simple
        try:
            yield
        finally:
            self.simple = before

    def defined(self, context: Context, t: Term) -> Theorem | None:
        """``t in Real`` or None."""
        return self.prove(context, Term("In", (t, REAL)))

    def remember(self, context: Context, theorem: Theorem) -> None:
        """Keep a theorem that was proved in another way, for whoever needs it."""
        self._known[context, theorem.statement, False] = theorem
        entry = context.entry
        within = context.parent if theorem.context is context else None
        if within is not None and isinstance(entry, Declaration) and not entry.indices:
            # Proved for an index, under whatever name, it holds for all of its range.
            body = abstract(theorem.statement, entry.name)
            every = Term("ForAll", (body, entry.domain), None, (entry.name,))
            self._known[within, every, False] = theorem

    def contradiction(self, context: Context) -> Theorem | None:
        """A false comparison of numbers that the context's hypotheses imply, or None."""
        from derive.search.order.comparison import combination
        from derive.term import ZERO

        zero = kernel.numeral(context, ZERO)
        with suppress(KernelError):
            return combination(self, context, Term("Lt", (ZERO, ZERO)), zero, zero, ())
        return None

    def _search(self, context: Context, s: Term) -> Theorem | None:
        if s.head == "ForAll":
            return self._for_all(context, s)
        if s in context.hypotheses():
            return kernel.hypothesis(context, s)
        if s.head == "In":
            return self._member(context, *s.args)
        if s.head == "Eq":
            return self._equal(context, *s.args)
        if s.head in COMPARISONS:
            from derive.search.forms.piecewise import compared
            from derive.search.order.comparison import compare

            return compare(self, context, s) or compared(self, context, s)
        return None

    def _for_all(self, context: Context, s: Term) -> Theorem | None:
        from derive.search.elementwise import one_by_one
        from derive.search.equations import opened

        inner, wanted = opened(context, s)
        found = self.prove(inner, wanted) or one_by_one(self, context, s)
        return None if found is None else kernel.instance(inner, {}, found)

    def _equal(self, context: Context, a: Term, b: Term) -> Theorem | None:
        from derive.search.equations import equate

        found = equate(self, context, a, b) or self.from_hypotheses(context, Term("Eq", (a, b)))
        return found or (self._number(context, a, b) if is_number(b) else None)

    def _number(self, context: Context, a: Term, b: Term) -> Theorem | None:
        """``a = b`` because a rule gives just this number for a."""
        for rule in number_rules(a.head):
            if rule.statement.args[1] == b:
                for mapping in match(rule.statement.args[0], a, rule.context):
                    used = self.use(context, rule, mapping)
                    if used is not None and used.lhs == a:
                        return used
        return None

    # -- using rules and hypotheses -----------------------------------------------------

    def use(self, context: Context, rule: Rule, mapping: dict[str, Term]) -> Theorem | None:
        """The instance of a rule, when every need of it is found."""
        return self.instance(context, kernel.axiom(rule), mapping)

    def instance(
        self, context: Context, theorem: Theorem, mapping: dict[str, Term]
    ) -> Theorem | None:
        """A theorem for given values of its symbols, when what it needs is found."""
        self.steps -= 1
        if self.steps < 0:
            raise OverflowError("the budget of steps is used up")
        premises = []
        base = theorem.context.common(context)
        if any(name in base.names and mapping[name] != symbol(name) for name in mapping):
            # The goal's context begins as the theorem's own: other names keep them apart.
            renamed = self._apart(context, theorem, mapping)
            if renamed is None:
                return None
            theorem, mapping = renamed
            base = theorem.context.common(context)
        while not base.names.keys().isdisjoint(mapping):
            assert base.parent is not None
            base = base.parent
        entries = theorem.context.entries(base)
        mapping = self._completed(context, entries, mapping)
        names = [e.name for e in entries if isinstance(e, Declaration)]
        if any(name not in mapping for name in names):
            return None
        mapping = {name: mapping[name] for name in names}
        for entry in entries:
            if isinstance(entry, Declaration):
                if entry.domain == PARTIAL:
                    continue
                needed = Term("In", (mapping[entry.name], substitute(entry.domain, mapping)))
                hints = entry.hints
                for k in reversed(range(len(entry.indices))):
                    domain = substitute(entry.indices[k], mapping)
                    needed = Term("ForAll", (needed, domain), None, hints[k : k + 1])
            else:
                needed = substitute(entry.statement, mapping)
            found = self.prove(context, needed)
            if found is None:
                return None
            premises.append(found)
        return kernel.instance(context, mapping, theorem, *premises)

    def _apart(
        self, context: Context, theorem: Theorem, mapping: dict[str, Term]
    ) -> tuple[Theorem, dict[str, Term]] | None:
        """The theorem with new names from the first variable of the mapping on."""
        entries = theorem.context.entries()
        first = next(k for k, e in enumerate(entries) if getattr(e, "name", "") in mapping)
        inner = theorem.context
        for _ in entries[first:]:
            assert inner.parent is not None
            inner = inner.parent
        taken = {*theorem.context.names, *context.names}
        values: dict[str, Term] = {}
        names: dict[str, str] = {}
        needed: list[Term] = []
        for e in entries[first:]:
            if isinstance(e, Hypothesis):
                inner = inner.assume(substitute(e.statement, values))
                needed.append(substitute(e.statement, values))
                continue
            indices = tuple(substitute(d, values) for d in e.indices)
            domain = substitute(e.domain, values)
            names[e.name] = new = fresh(e.name + "_", taken)
            taken.add(new)
            inner = inner.declare(new, domain, indices, e.hints)
            values[e.name] = as_function(symbol(new), inner.names[new], inner)
            if domain != PARTIAL:
                statement = Term("In", (values[e.name], domain))
                for d in reversed(indices):
                    statement = Term("ForAll", (statement, d))
                needed.append(statement)
        key = theorem.context, theorem.statement, inner
        if key not in self._renamed:
            found = [p for s in needed if (p := self.prove(inner, s)) is not None]
            whole = len(found) == len(needed)
            self._renamed[key] = kernel.instance(inner, values, theorem, *found) if whole else None
        renamed = self._renamed[key]
        if renamed is None:
            return None
        return renamed, {names.get(name, name): value for name, value in mapping.items()}

    def _completed(
        self,
        context: Context,
        entries: tuple[Declaration | Hypothesis, ...],
        mapping: dict[str, Term],
    ) -> dict[str, Term]:
        """Values for variables that only the needs mention, from the context's hypotheses."""
        missing = [e for e in entries if isinstance(e, Declaration) and e.name not in mapping]
        if not missing:
            return mapping
        for entry in entries:
            if isinstance(entry, Hypothesis) and entry.statement.head in COMPARISONS:
                pattern = substitute(entry.statement, mapping)
                if not any(e.name in pattern.free for e in missing):
                    continue
                variables = _only(missing)
                for h in context.hypotheses():
                    found = next(match(pattern, h, variables), None)
                    if found:
                        return {**mapping, **found}
        return mapping

    def from_hypotheses(self, context: Context, s: Term) -> Theorem | None:
        """A hypothesis, for some values of its indices, that says the statement."""
        for h in context.hypotheses():
            found = self.specialise(context, h, s)
            if found is not None:
                return found
        return None

    def specialise(self, context: Context, h: Term, s: Term) -> Theorem | None:
        """The hypothesis with values for its indices such that it is the statement."""
        if h.head != "ForAll":
            return kernel.hypothesis(context, h) if h == s else None
        values = index_values(h, s)
        if values is not None:
            return self.at(context, h, values)
        # A hypothesis that does not mention its index holds as soon as there is one.
        offered = (self.at(context, h, (k,)) for k in _any_index(context, h, s))
        return next((found for found in offered if found is not None), None)

    def at(self, context: Context, h: Term, values: tuple[Term, ...]) -> Theorem | None:
        """A quantified hypothesis at given indices."""
        proofs: list[Theorem] = []
        inner = h
        for value in values:
            proof = self.prove(context, Term("In", (value, inner.args[1])))
            if proof is None:
                return None
            proofs.append(kernel.instance(context, {}, proof))
            inner = instantiate(inner.args[0], value)
        return kernel.hypothesis(context, h, *proofs)

    # -- membership -----------------------------------------------------------------------

    def _member(self, context: Context, t: Term, domain: Term) -> Theorem | None:
        if domain == REAL:
            return self._real(context, t)
        for found in self.inclusions(context, t, frozenset((str(domain),))):
            if found.rhs == domain:
                return found
        members = elements(domain)
        if members is not None and domain.head != "Range":
            for a in members:
                equal = self.prove(context, Term("Eq", (t, a))) if is_number(t) or t == a else None
                if equal is not None:
                    return kernel.element(domain, equal)
        if domain == INTEGER:
            return self._integer(context, t)
        if domain.head == "FiniteSet":
            return None
        proofs = []
        for s in promises(domain, t):
            proof = self.prove(context, s)
            if proof is None:
                return None
            proofs.append(proof)
        return kernel.belongs(domain, t, *proofs) if proofs else None

    def _real(self, context: Context, t: Term) -> Theorem | None:
        if is_total(t) and t.args:
            parts = [self.defined(context, a) for a in t.args]
            if any(p is None for p in parts):
                return None
            return kernel.total(t, *(p for p in parts if p is not None))
        if t.head in ("Integral", "Expectation", "Sum"):
            from derive.search.calculus.integrals import evaluated

            value = evaluated(self, context, t)
            if value is not None:
                return kernel.side(0, value)
        for found in self.inclusions(context, t):
            return found if found.rhs == REAL else kernel.side(0, found)
        meaning = self.unfolded(context, t)
        if meaning is not None:
            return kernel.side(0, meaning)
        if t.head == "Piecewise":
            from derive.search.forms.piecewise import piecewise_member

            return piecewise_member(self, context, t)
        if t.head == "Derivative":
            from derive.search.calculus.differentiation import step

            value = step(self, context, t)
            return None if value is None else kernel.side(0, value)
        return None

    def unfolded(self, context: Context, t: Term) -> Theorem | None:
        """``t = formula`` for a mass or density, or another head that a rule defines."""
        for rule in defining_rules(t.head):
            for mapping in match(rule.statement.args[0], t, rule.context):
                used = self.use(context, rule, mapping)
                if used is not None and used.lhs == t:
                    return used
        return None

    def _integer(self, context: Context, t: Term) -> Theorem | None:
        for found in self.inclusions(context, t, _WHOLE):
            for k, s in enumerate(promises(found.rhs, t)):
                if s == Term("In", (t, INTEGER)):
                    return kernel.promise(k, found)
        if t.head in ("Add", "Mul", "Neg", "Abs", "Max", "Min"):
            parts = [self.prove(context, Term("In", (a, INTEGER))) for a in t.args]
            if all(p is not None for p in parts):
                return kernel.whole(t, *(p for p in parts if p is not None))
        return None

    def inclusions(
        self, context: Context, t: Term, domains: frozenset[str] | None = None
    ) -> Iterator[Theorem]:
        """Theorems ``t in D``: what the context declares, then what rules conclude.

        ``domains`` names the domains that are of use, as the rules spell them.
        """
        if is_number(t):
            yield kernel.numeral(context, t)
        elif t.head in ("symbol", "member"):
            entry = context.names.get(t.value)
            if entry is not None and entry.domain != PARTIAL:
                found = self._declared(context, t)
                if found is not None:
                    yield found
        for h in context.hypotheses():
            if h.head == "In" and h.args[0] == t and h.args[1] != PARTIAL:
                yield kernel.hypothesis(context, h)
            elif h.head == "ForAll":
                yield from self._quantified_inclusion(context, h, t)
        present = heads(t)
        for rule in fact_rules(t.head, "in"):
            if domains is not None and rule.rhs not in domains:
                continue
            if not called(rule.lhs) <= present:
                continue
            for mapping in match(rule.statement.args[0], t, rule.context):
                used = self.use(context, rule, mapping)
                if used is not None and used.lhs == t:
                    yield used
                    break
        if t.head == "Piecewise":
            from derive.search.forms.piecewise import piecewise_inclusions

            yield from piecewise_inclusions(self, context, t, domains)
        meaning = self.definition(context, t)
        if meaning is not None:
            for found in self.inclusions(context, meaning.rhs, domains):
                found = kernel.instance(context, {}, found)
                yield kernel.rewrite((0,), found, kernel.symmetric(meaning))

    def definition(self, context: Context, t: Term) -> Theorem | None:
        """``t = formula`` for a symbol or a member that the context defines, or None."""
        entry = context.names.get(t.value) if t.head in ("symbol", "member") else None
        if entry is None or entry.definition is None:
            return None
        wanted = Term("Eq", (t, instantiate(entry.definition, *t.args)))
        return self.from_hypotheses(context, wanted)

    def _quantified_inclusion(self, context: Context, h: Term, t: Term) -> Iterator[Theorem]:
        body = h
        while body.head == "ForAll":
            body = body.args[0]
        if body.head == "In" and body.args[1].loose == 0:
            found = self.specialise(context, h, Term("In", (t, body.args[1])))
            if found is not None:
                yield found

    def _declared(self, context: Context, t: Term) -> Theorem | None:
        proofs = []
        entry = context.names[t.value]
        if len(entry.indices) != len(t.args):
            return None
        for k, a in enumerate(t.args):
            domain = instantiate(entry.indices[k], *t.args[:k])
            proof = self.prove(context, Term("In", (a, domain)))
            if proof is None:
                return None
            proofs.append(proof)
        return kernel.declared(context, t.value, *proofs)


def _only(entries: list[Declaration]) -> Context:
    """A context in which just these names are variables, to match with."""
    from derive.context import EMPTY

    context = EMPTY
    for e in entries:
        context = context.declare(e.name, REAL, tuple(REAL for _ in e.indices))
    return context


def index_values(h: Term, s: Term) -> tuple[Term, ...] | None:
    """Values for the leading indices of a quantified statement that make it ``s``."""
    names: list[str] = []
    body = h
    while body.head == "ForAll":
        names.append(f"?{len(names)}")
        body = instantiate(body.args[0], symbol(names[-1]))
    from derive.context import EMPTY

    variables = EMPTY
    for name in names:
        variables = variables.declare(name, INTEGER)
    for found in match(body, s, variables):
        if len(found) == len(names) and substitute(body, found) == s:
            return tuple(found[name] for name in names)
    return None


def _any_index(context: Context, h: Term, s: Term) -> Iterator[Term]:
    """Indices for a hypothesis that says ``s`` without mentioning its own."""
    body, domain = h.args
    if body == s and domain.head == "Range":
        for e in context.names.values():
            if e.domain == domain and not e.indices:
                yield symbol(e.name)
        yield domain.args[0]


def opposite(t: Term) -> Term:
    """``-t`` without a double minus."""
    return t.args[0] if t.head == "Neg" else neg(t)


__all__ = ["DEPTH", "ONE", "Facts", "index_values", "negation", "opposite"]
