"""The context of a model: what its symbols must be, told from the law and its links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.context import Context, Hypothesis
from derive.distributions import parameter_context, size_of, support, support_statements
from derive.domains import NATURAL, REAL
from derive.functions import binder_range
from derive.model_domains import (
    LINKS,
    ModelError,
    Plate,
    bare_name,
    check_declared,
    check_number,
    is_bare,
    link_of,
    within,
)
from derive.term import (
    BINDERS,
    ONE,
    Term,
    abstract,
    bind,
    fresh,
    instantiate,
    substitute,
    symbol,
    term,
    walk,
)

if TYPE_CHECKING:
    from derive.models import Model


# -- declaring what a model mentions ----------------------------------------------------------


class Uses:
    """Every free symbol and family of some terms, with the ranges of its indices."""

    def __init__(self, plates: tuple[Plate, ...], taken: frozenset[str]) -> None:
        self.taken = set(taken)
        self.ranges: dict[str, Term] = {}
        self.found: dict[str, tuple[Term, ...]] = {}
        self.sizes: dict[str, tuple[Term, ...]] = {}
        self.hints: dict[str, str] = {}
        for index, lower, upper in plates:
            self._range(index.value, Term("Range", (term(lower), term(upper))))

    def _range(self, name: str, domain: Term) -> None:
        for end in domain.args:
            for _, t in walk(end):
                if t.head in ("symbol", "member") and t.value not in self.ranges:
                    self.sizes.setdefault(t.value, t.args)
        self.ranges[name] = domain

    def add(self, t: Term) -> None:
        """Take one more closed term."""
        if t.head in ("symbol", "member"):
            if t.value not in self.ranges:
                known = self.found.setdefault(t.value, t.args)
                if len(known) != len(t.args):
                    raise ModelError(f"{t.value} is used with different numbers of indices")
            for index in t.args:
                if index.head != "symbol":
                    self.add(index)
        elif t.head in BINDERS:
            hint = (t.names or ("j",))[0]
            name = fresh(hint, self.taken | set(self.ranges))
            self.hints[name] = hint
            domain = binder_range(t)
            if t.head == "Family":
                domain = Term("Range", t.args[1:])
            self._range(name, REAL if domain is None else domain)
            for k, a in enumerate(t.args):
                self.add(instantiate(a, symbol(name)) if k < BINDERS[t.head] else a)
        else:
            for a in t.args:
                self.add(a)

    def declare(self, context: Context, name: str, domain: Term) -> Context:
        """The context with one of the names found, its indices with their ranges."""
        indices: list[Term] = []
        own: list[str] = []
        hints: list[str] = []
        for index in self.found.get(name) or self.sizes.get(name, ()):
            where = self.ranges.get(index.value) if index.head == "symbol" else None
            if where is None:
                raise ModelError(f"the range of the indices of {name} is not clear: declare it")
            indices.append(abstract(where, *own))
            own.append(index.value)
            hint = self.hints.get(index.value, index.value)
            hints.append(fresh(hint, {*hints, name, *context.names}))
        return context.declare(name, abstract(domain, *own), tuple(indices), tuple(hints))


def context_of(model: Model, named: dict[str, Term], context: Context) -> Context:
    """The context of a model whose law is given by these parameters."""
    law = model.linked()
    parameters = parameter_context(law.head, tuple(named))
    values: list[Term] = [model.observation, *named.values()]
    taken = frozenset(context.names).union(*(v.free for v in values))
    uses = Uses(model.plates, taken)
    for value in named.values():
        uses.add(value)
    for name in uses.sizes:
        if name not in context.names:
            context = uses.declare(context, name, NATURAL)
    new: set[str] = set()
    for name, value in named.items():
        known = set(context.names)
        context = _parameter(context, uses, law.head, parameters, name, value)
        if is_bare(value):
            new |= set(context.names) - known
    context = _constraints(context, model, parameters, named, new)
    return _observation(context, model, taken)


def _parameter(
    context: Context, uses: Uses, head: str, parameters: Context, name: str, value: Term
) -> Context:
    """The context with the symbols of one parameter; checks that the parameter fits."""
    domain = parameters.names[name].domain
    link = link_of(value)
    values = LINKS[link]
    family = bool(parameters.names[name].indices)
    simplex = family and any(name in h.free for h in parameters.hypotheses())
    if values is not None and (not within(values, domain) or simplex != (link == "softmax")):
        fits = ", ".join(
            other
            for other, where in LINKS.items()
            if where is None or (within(where, domain) and simplex == (other == "softmax"))
        )
        where = f"{domain}, where the members sum to 1" if simplex else f"{domain}"
        raise ModelError(
            f"the link {link} does not fit {name} of {head}, which lies in {where}; "
            f"links that do: {fits}"
        )
    own = Uses((), frozenset(uses.taken))
    own.ranges, own.hints = dict(uses.ranges), dict(uses.hints)
    own.add(value)
    for symbol_name in own.found:
        declared = context.names.get(symbol_name)
        if declared is not None:
            if is_bare(value) and symbol_name == bare_name(value):
                check_declared(context, symbol_name, declared.domain, domain, name, head)
        elif link != "identity":
            context = own.declare(context, symbol_name, REAL)
        elif is_bare(value) and symbol_name == bare_name(value):
            context = own.declare(context, symbol_name, domain)
        elif domain == REAL:
            context = own.declare(context, symbol_name, REAL)
        else:
            raise ModelError(
                f"where {symbol_name} lies cannot be told from {name} of {head}: declare it, "
                f'given="{symbol_name} in ..."'
            )
    if value.head == "number":
        check_number(value, domain, name)
    return context


def _constraints(
    context: Context, model: Model, parameters: Context, named: dict[str, Term], new: set[str]
) -> Context:
    """What the parameters satisfy together, for those that were declared here."""
    size = size_of(model.linked())
    for entry in parameters.entries():
        if not isinstance(entry, Hypothesis):
            continue
        mapping = {k: _opened(v) for k, v in named.items()}
        if size is not None:
            mapping[size[0]] = size[1]
        filled = substitute(entry.statement, mapping)
        if filled.free & new:
            context = context.assume(_everywhere(filled, model.plates))
    return context


def _opened(value: Term) -> Term:
    if value.head != "Family":
        return value
    if value.args[1] != ONE:
        raise ModelError("the members of a family of parameters are counted from 1: (j, 1, m)")
    return value.args[0]


def _everywhere(statement: Term, plates: tuple[Plate, ...]) -> Term:
    """The statement for all indices of the plates that it mentions."""
    for index, lower, upper in reversed(plates):
        if index.value in statement.free:
            domain = Term("Range", (term(lower), term(upper)))
            statement = bind("ForAll", index.value, statement, domain)
    return statement


def _observation(context: Context, model: Model, taken: frozenset[str]) -> Context:
    """The context with the observations in the support of their law."""
    law = model.linked()
    observed = model.mass().args[0]
    missing = [p[0].value for p in model.plates if p[0].value not in observed.free]
    if missing:
        raise ModelError(
            f"{model.observation} is the same for every {missing[0]}: write y[{missing[0]}]"
        )
    if any(u == observed for _, u in walk(law)):
        raise ModelError(f"a parameter of {law.head} mentions the observation {model.observation}")
    domain = support(law)
    if not is_bare(observed):
        if observed.free - {p[0].value for p in model.plates} - set(context.names):
            raise ModelError(f"declare the symbols of the observation {model.observation}")
        return context
    name = bare_name(observed)
    uses = Uses(model.plates, taken)
    uses.add(observed)
    for size in uses.sizes:
        if size not in context.names:
            context = uses.declare(context, size, NATURAL)
    declared = context.names.get(name)
    if declared is None:
        context = uses.declare(context, name, domain)
        for statement in support_statements(law, model.observation):
            context = context.assume(_everywhere(statement, model.plates))
        return context
    own = tuple(i.value for i in uses.found[name] if i.head == "symbol")
    if not within(declared.domain, abstract(domain, *own)):
        raise ModelError(
            f"the observation {model.observation} is declared in {declared.domain}, but the "
            f"values of {law.head} lie in {domain}"
        )
    return context
