"""Rewriting with named rules.

``Rewriter.rewrite`` brings a term to a form in which none of the given rules applies any
more, and returns the theorem ``term = form``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from derive import kernel
from derive.context import Context
from derive.functions import COMPARISONS, FUNCTIONS, negation
from derive.kernel import Theorem
from derive.polynomial import Polynomial, SizeError, same_quotient
from derive.rules import Rule
from derive.search.equations import congruent, enter, equate, in_context, reflexive
from derive.search.forms.piecewise import select
from derive.search.forms.residues import may_be_equal
from derive.search.forms.spreading import spread
from derive.search.index import called, heads, outermost
from derive.search.matching import match
from derive.search.scopes import keep_sign
from derive.term import (
    BINDERS,
    ONE,
    ZERO,
    Term,
    instantiate,
    is_number,
    number,
    size,
    substitute,
    symbol,
)

if TYPE_CHECKING:
    from derive.search.facts import Facts

#: A term larger than this, or more steps than this, ends the rewriting.
LARGEST, MOST_STEPS = 4_000, 2_000


class Equation:
    """An equation to rewrite with, from left to right: a rule, a lemma or a hypothesis.

    ``variables`` is the context whose names may be given values; ``where`` says which terms
    the equation is meant for, when that is fewer than it could be used on.
    """

    __slots__ = ("_kept", "_rule", "head", "needed", "source", "where")

    def __init__(
        self,
        theorem: Theorem | None,
        variables: Context | None,
        source: str,
        where: Callable[[Term], bool] | None = None,
        rule: Rule | None = None,
    ) -> None:
        self.source = source
        self.where = where
        self._rule = rule
        self._kept: tuple[Theorem, Context, bool] | None = None
        #: The outermost function of the left side, and others that it certainly has.
        self.head = ""
        self.needed: frozenset[str] = frozenset()
        if theorem is not None and variables is not None:
            self.head = theorem.statement.args[0].head
            self._kept = theorem, variables, _permutes(theorem.statement, variables)
        elif rule is not None:
            head = "" if rule.lhs[0].isdigit() else outermost(rule.lhs)
            # A name that is no function of the table is a variable of the rule.
            self.head = head if head in FUNCTIONS or head in BINDERS else self.lhs.head
            self.needed = called(rule.lhs)

    @classmethod
    def of_rule(cls, rule: Rule, where: Callable[[Term], bool] | None = None) -> Equation:
        """A rule of the ledger, from left to right; it is read when it is first used."""
        return cls(None, None, rule.name, where, rule)

    def _read(self) -> tuple[Theorem, Context, bool]:
        if self._kept is None:
            rule = self._rule
            assert rule is not None
            theorem = kernel.axiom(rule)
            self._kept = theorem, rule.context, _permutes(theorem.statement, rule.context)
        return self._kept

    @property
    def theorem(self) -> Theorem:
        """The equation itself."""
        return self._read()[0]

    @property
    def variables(self) -> Context:
        """The names that may be given values."""
        return self._read()[1]

    @property
    def permuting(self) -> bool:
        """Whether it only puts things in another order, so that it could be used for ever."""
        return self._read()[2]

    @property
    def lhs(self) -> Term:
        """The left side."""
        return self._read()[0].statement.args[0]

    @property
    def reversed(self) -> Equation:
        """The same equation from right to left."""
        return Equation(kernel.symmetric(self.theorem), self.variables, self.source)


#: A way to rewrite a term that is no equation: ``t = u``, or None where it does not apply.
Method = Callable[["Facts", Context, Term], Theorem | None]


class Rewriter:
    """Rewrites terms with a list of equations; remembers which of them it used."""

    def __init__(
        self, facts: Facts, equations: Sequence[Equation], methods: Sequence[Method] = ()
    ) -> None:
        self.facts = facts
        self.equations = list(equations)
        self._by_head: dict[str, list[Equation]] = {}
        self.methods = methods
        self.used: dict[str, None] = {}
        self._steps = 0
        #: Terms in which nothing applied; another pass need not look at them again.
        self._settled: set[tuple[Context, Term]] = set()

    def rewrite(self, context: Context, t: Term) -> Theorem | None:
        """``t = form``; None when t is not found to be defined."""
        theorem = reflexive(self.facts, context, t)
        if theorem is None:
            return None
        seen = {t}
        for _ in range(200):
            changed = self._pass(context, theorem)
            if changed is None or changed.rhs in seen:  # nothing new comes of going in a circle
                return theorem
            theorem = changed
            seen.add(theorem.rhs)
        return theorem

    def _pass(self, context: Context, theorem: Theorem) -> Theorem | None:
        """One more change somewhere, or None when nothing applies."""
        equation = self._step(context, theorem.rhs)
        return None if equation is None else kernel.transitive(theorem, equation)

    def _step(self, context: Context, t: Term) -> Theorem | None:
        """``t = u`` with u simpler: parts first, then the whole; None when nothing applies."""
        if (context, t) in self._settled:
            return None
        self._steps += 1
        if self._steps > MOST_STEPS:
            return None
        # A binomial coefficient is recognised in a sum before it is written out.
        outside_in = t.head in ("Derivative", "Integral", "Expectation") or (
            t.head == "Sum"
            and (t.args[2].head == "oo" or not heads(t).isdisjoint(("binomial", "factorial")))
        )
        if outside_in:
            found = self._at_root(context, t)
            if found is not None:
                return found
        theorem: Theorem | None = None
        for k in range(len(t.args)):
            changed = self._part(context, theorem.rhs if theorem else t, k, theorem)
            theorem = changed or theorem
        at_root = self._at_root(context, theorem.rhs if theorem else t)
        if at_root is None:
            if theorem is None:
                self._settled.add((context, t))
            return theorem
        return at_root if theorem is None else kernel.transitive(theorem, at_root)

    def _part(self, context: Context, t: Term, k: int, theorem: Theorem | None) -> Theorem | None:
        a = t.args[k]
        if not a.args:
            return self._leaf(context, t, k, theorem)
        if k < BINDERS.get(t.head, 0):
            return self._below(context, t, k, theorem)
        if t.head == "Piecewise" and k % 2 == 1:
            return self._condition(context, t, k, theorem)
        inner = context
        if t.head == "Piecewise":
            inner = _in_branch(context, t, k)
        equation = self._step(inner, a)
        if equation is None:
            return None
        if _asks_for_sign(t, k) and (a.head == "Add" or "Sum" in heads(a)):
            keep_sign(self.facts, inner, equation, lambda outer: self._step(outer, a))
        start = theorem or reflexive(self.facts, context, t)
        return None if start is None else kernel.rewrite((1, k), start, in_context(inner, equation))

    def _condition(
        self, context: Context, t: Term, k: int, theorem: Theorem | None
    ) -> Theorem | None:
        """The sides of a comparison that is a condition."""
        changed: Theorem | None = None
        for j, side in enumerate(t.args[k].args if t.args[k].head in COMPARISONS else ()):
            equation = self._step(context, side)
            start = changed or theorem or reflexive(self.facts, context, t)
            if equation is not None and start is not None:
                changed = kernel.rewrite((1, k, j), start, in_context(context, equation))
        return changed

    def _leaf(self, context: Context, t: Term, k: int, theorem: Theorem | None) -> Theorem | None:
        a = t.args[k]
        if a.head != "symbol" or t.head in ("ForAll", "In") or k < BINDERS.get(t.head, 0):
            return None
        equation = self._at_root(context, a)
        start = theorem or (reflexive(self.facts, context, t) if equation else None)
        if equation is None or start is None:
            return None
        return kernel.rewrite((1, k), start, in_context(context, equation))

    def _below(self, context: Context, t: Term, k: int, theorem: Theorem | None) -> Theorem | None:
        entered = enter(self.facts, context, t)
        if entered is None:
            return None
        inner, name, inside = entered
        body = instantiate(t.args[k], symbol(name))
        equation = self._step(inner, body)
        if equation is None or equation.rhs == body:
            return None
        start = theorem or reflexive(self.facts, context, t)
        if start is None:
            return None
        return kernel.rewrite((1, k), start, in_context(inner, equation), *inside)

    # -- one place -------------------------------------------------------------------------

    def _about(self, head: str) -> list[Equation]:
        """The equations that may match a term with this outermost function, in order."""
        found = self._by_head.get(head)
        if found is None:
            found = [e for e in self.equations if e.head in (head, "symbol", "member")]
            self._by_head[head] = found
        return found

    def _at_root(self, context: Context, t: Term) -> Theorem | None:
        if size(t) > LARGEST:
            return None
        present = heads(t)
        for equation in self._about(t.head):
            if not equation.needed <= present:
                continue
            found = self.apply(context, equation, t)
            if found is not None:
                self.used[equation.source] = None
                return found
        for method in self.methods:
            changed = method(self.facts, context, t)
            if changed is not None:
                return changed
        if t.head == "Piecewise":
            return select(self.facts, context, t)
        return self._tidy(context, t)

    def apply(self, context: Context, equation: Equation, t: Term) -> Theorem | None:
        """``t = u`` by the equation at the outermost place, or None."""
        if equation.head not in (t.head, "symbol", "member"):
            return None
        if equation.variables.depth == 0 and equation.lhs == t:
            if context.extends(equation.theorem.context):
                return in_context(context, equation.theorem)
            return None
        if equation.where is not None and not equation.where(t):
            return None
        for mapping in match(equation.lhs, t, equation.variables):
            used = self.facts.instance(context, equation.theorem, mapping)
            if used is None or used.rhs == t:
                continue
            if equation.permuting and _rank(context, t) <= _rank(context, used.rhs):
                continue
            if used.lhs != t:
                regrouped = self._regrouped(context, used, t)
                if regrouped is None:
                    continue
                used = kernel.transitive(in_context(context, regrouped), used)
            return used
        return None

    def _regrouped(self, context: Context, used: Theorem, t: Term) -> Theorem | None:
        """``t = u`` for the left side u of an equation that differs in grouping only."""
        if t.head in BINDERS:
            # Below the binder, so that t need not be known to be defined yet.
            self.facts.remember(context, kernel.side(0, in_context(context, used)))
            same = congruent(self.facts, context, used.lhs, t)
            if same is not None:
                return kernel.symmetric(same)
        return equate(self.facts, context, t, used.lhs)

    def _tidy(self, context: Context, t: Term) -> Theorem | None:
        """Arithmetic with numbers: ``t = u`` where multiplying out leaves a smaller term."""
        if t.head not in ("Add", "Mul", "Neg", "Div", "Pow"):
            return None
        try:
            p = spread(t)
            u = _smaller(t, p)
            u = _cancelled(t, p) if u is None else u
        except SizeError:
            return None
        if u is None:
            return None
        return equate(self.facts, context, t, u)


def _asks_for_sign(t: Term, k: int) -> bool:
    """Whether a term has a value only for certain signs of its k-th part."""
    return (t.head == "Div" and k == 1) or t.head == "log" or (t.head == "Pow" and k == 0)


def _in_branch(context: Context, t: Term, k: int) -> Context:
    """The context of a value of a ``Piecewise``: its condition holds, and none before it.

    That earlier ones fail is said only where the value itself asks about indices or cases.
    """
    if not heads(t.args[k]).isdisjoint(("KroneckerDelta", "Piecewise")):
        for condition in t.args[1:k:2]:
            opposite = negation(condition)
            if opposite is not None:
                context = context.assume(opposite)
    return context if t.args[k + 1].head == "True" else context.assume(t.args[k + 1])


def _permutes(statement: Term, variables: Context) -> bool:
    a, b = statement.args
    if a.head != b.head or variables.depth == 0 or size(a) != size(b):
        return False
    return next(match(a, b, variables), None) is not None


def _rank(context: Context, t: Term) -> int:
    """A number for each term, whatever the names of the variables of the binders around it."""
    names = [name for name, entry in context.names.items() if not entry.indices]
    return hash(substitute(t, {name: symbol(f"{k}") for k, name in enumerate(names)}))


def _cancelled(t: Term, p: Polynomial) -> Term | None:
    """0 or 1, when that is what remains after the divisors are cancelled."""
    if not any(atom.head == "Div" for m in p for atom, _ in m):
        return None
    value = ONE if t.head in ("Div", "Mul") else ZERO
    return value if may_be_equal(t, value) and same_quotient(t, value) else None


def _smaller(t: Term, p: Polynomial) -> Term | None:
    """The polynomial as a term when it is a number, one atom, or plainly smaller."""
    if not p:
        return number(0) if not (is_number(t)) else None
    if len(p) == 1:
        ((m, c),) = p.items()
        if not m:
            return None if is_number(t) else number(c)
        if c == 1 and len(m) == 1 and m[0][1] == 1:
            return None if m[0][0] == t else m[0][0]
    constants = sum(1 for a in t.args if is_number(a) and a.value in (0, 1))
    neutral = (t.head == "Add" and any(is_number(a) and a.value == 0 for a in t.args)) or (
        t.head == "Mul" and constants > 0
    )
    several = sum(is_number(a) for a in t.args) > 1 and t.head in ("Add", "Mul")
    if not neutral and not several:
        return None
    new = term_of(p)
    return new if size(new) < size(t) else None


def term_of(p: Polynomial) -> Term:
    """A polynomial as a sum of products, in the order of its monomials."""
    summands: list[Term] = []
    for m, c in p.items():
        factors: list[Term] = [number(abs(c))] if abs(c) != 1 or not m else []
        for atom, e in m:
            factors.append(atom if e == 1 else Term("Pow", (atom, number(e))))
        product = factors[0] if len(factors) == 1 else Term("Mul", tuple(factors))
        summands.append(product if c > 0 else -product)
    if not summands:
        return number(0)
    return summands[0] if len(summands) == 1 else Term("Add", tuple(summands))


def simpler_index(t: Term) -> Term | None:
    """An index with its numbers added up and written last; None when it is too large."""
    try:
        return term_of(dict(sorted(spread(t).items(), key=lambda pair: not pair[0])))
    except SizeError:
        return None


__all__ = [
    "Equation",
    "Method",
    "Rewriter",
    "negation",
    "simpler_index",
    "term_of",
]
