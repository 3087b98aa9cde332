"""The kernel: the only maker of theorems.

A theorem ``context |- statement`` says: at *every* point of the context both sides of the
statement are defined and stand in its relation.  "t is defined" is the statement ``t in
Real``; a fact that holds for every i in 1..n is a theorem whose context declares i.  Every
function below takes premises apart, makes one check and one conclusion; nothing is looked
up and nothing is searched.  Write D for contexts that extend G.

    axiom(rule)                        G0 |- S                          S in the ledger
    declared(G, x, |- i in I...)       |- x[i] in D
    hypothesis(G, H, |- i in I...)     |- H[i]                          H an entry of G
    instance(D, x := t, G |- S, ...)   D |- S[x := t]                   a premise for each entry
    side(k, |- a R b)                  |- a in Real                     k = 0 or 1
    symmetric(|- a = b)                |- b = a                         also !=, affine, same ...
    transitive(|- a R b, |- b Q c)     |- a RQ c                        =, <=, <; affine, same ...
    part(path, D, |- S)                D |- t in Real                   t a strict part of S
    rewrite(path, |- S[a], |- a = b)   |- S[b]                          also below binders
    ring(|- a in, |- b in)             |- a = b                         equal rational functions
    order(R, c, |- a, |- b, |- ...)    |- a R b                         b - a = positive combination
    numeral(G, q)                      |- q in Integer or Real
    total(t, |- args in Real)          |- t in Real                     t = Add, Mul, exp, Max, ...
    whole(t, |- args in Integer)       |- t in Integer
    belongs(D, |- promises of D)       |- t in D
    element(D, |- t = a)               |- t in D                        a listed in D
    promise(k, |- t in D)              |- k-th promise of D
    cases(C, |- C, |- not C, ...)      |- S                             S under C, S under not C
    each(|- t in {a...}, S...)         |- S                             S under t = a, ...
    absurd(S, |- 1 < 0)                |- S
    branch(P, k, |- conditions, value) |- P = its k-th value            P a Piecewise
    interior(P, |- x, |- derivative)   |- P = the derivative on the line
    one_hot(|- y bits, |- sum 1, S)    |- S                             S under y[j] = delta(j, c)
    induction(P, base, step, ...)      |- P(hi)                         P for all k in lo..hi
    affine(theta, |- f = a*g + b, 0 < a)  |- f ~ g in theta
    monotone(f, g, theta, ...)         |- order(f) = order(g)           < gives <, = gives =
    same_order(|- f ~ g)               |- order(f) = order(g)
    minimiser(f, t, theta, ...)        |- argmin(f) = t                 f(t) < f(s) for s != t
    transfer(|- order, |- argmin)      |- argmin(g) = t
    same_argmin(|- order, |- argmin)   |- argmin(f) = argmin(g)         order, or argmin(f) = t
    gradient(f, g, theta, |- D = D)    |- grad(f) = grad(g)
    gradients(|- in a, |- in b)        |- grad(f) = grad(g) in a and b
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import wraps
from typing import TYPE_CHECKING, Any, NoReturn, cast

from derive.context import Context, as_function, doubled
from derive.domains import BIT, INTEGER, PARTIAL, REAL, elements, interval, is_open, promises
from derive.entries import Declaration, Hypothesis, entry_condition, is_variable, mentions
from derive.functions import (
    COMPARISONS,
    RELATIONS,
    binder_range,
    derivative,
    is_strict,
    is_total,
    negation,
)
from derive.polynomial import same_quotient
from derive.term import (
    BINDERS,
    ONE,
    ZERO,
    Path,
    Term,
    abstract,
    instantiate,
    is_number,
    number,
    replace,
    substitute,
    symbol,
)

if TYPE_CHECKING:
    from derive.rules import Rule


class KernelError(Exception):
    """A step that does not follow; the sentence names the premise and what was expected."""


class Theorem:
    """A statement that holds at every point of its context, and how it was made.

    Only the functions of this module make one; copying, pickling and assignment do not.
    ``by`` is the name of that function, ``arguments`` and ``premises`` what it was given.
    """

    __slots__ = ("_seal", "arguments", "by", "context", "premises", "statement")

    context: Context
    statement: Term
    by: str
    arguments: tuple[Any, ...]
    premises: tuple[Theorem, ...]

    def __init__(self) -> None:
        raise KernelError("theorems are made by the functions of derive.kernel only")

    def __setattr__(self, *_: object) -> NoReturn:
        raise KernelError("theorems are immutable")

    def __reduce__(self) -> NoReturn:
        raise KernelError("a theorem cannot be copied; write a certificate and replay it")

    def __repr__(self) -> str:
        return f"|- {self.statement}"

    @property
    def lhs(self) -> Term:
        return self.statement.args[0]

    @property
    def rhs(self) -> Term:
        return self.statement.args[1]


_SEAL = object()


def is_theorem(value: object) -> bool:
    """Whether the value was made by this module."""
    return type(value) is Theorem and getattr(value, "_seal", None) is _SEAL


#: Every way to make a theorem, by name: what a certificate may call.
INFERENCES: dict[str, Callable[..., Theorem]] = {}
Conclusion = tuple[Context, Term]


def inference(check: Callable[..., Conclusion]) -> Callable[..., Theorem]:
    """Make a theorem of what a function concludes, and record how.

    The function takes its arguments first and then its premises, which are theorems.
    """
    taken = sum(kind != "Theorem" for kind in check.__annotations__.values()) - 1

    @wraps(check)
    def infer(*given: Any) -> Theorem:
        for k, p in enumerate(given[taken:]):
            _require(is_theorem(p), "premise {} is not a theorem of this kernel", k + 1)
        try:
            context, statement = check(*given)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise KernelError(f"{check.__name__}: {error}") from None
        _require(type(context) is Context and type(statement) is Term, "no context or no term")
        theorem = object.__new__(Theorem)
        made = (_SEAL, given[:taken], check.__name__, context, given[taken:], statement)
        for name, value in zip(Theorem.__slots__, made, strict=True):
            object.__setattr__(theorem, name, value)
        return theorem

    INFERENCES[check.__name__] = infer
    return infer


def _require(condition: bool, sentence: str, *things: object) -> None:
    """Refuse unless the condition holds; the sentence is only written when it does not."""
    if not condition:
        raise KernelError(sentence.format(*things))


def _join(*premises: Theorem) -> Context:
    """The context of the premise with most entries, which must extend all the others."""
    widest = max((p.context for p in premises), key=lambda c: c.depth)
    for p in premises:
        _require(widest.extends(p.context), "{} stands in another context", p)
        _keeps_theta(p, p.context, widest)
    return widest


def _keeps_theta(theorem: Theorem, old: Context, new: Context) -> None:
    """A relation in theta speaks of theta's whole domain: nothing may narrow it later."""
    if theorem.statement.head in RELATIONS:
        names = {t.value for t in theorem.statement.args[2:]}
        for entry in new.entries(old):
            kept = names.isdisjoint(mentions(entry))
            _require(kept, "{} speaks of a domain that {} narrows", theorem, entry)


def _says(premise: Theorem, context: Context, statement: Term) -> None:
    """The premise proves the statement in the context; each ForAll is a declared index."""
    wanted = statement
    for entry in premise.context.entries(premise.context.common(context)):
        name, domain = cast(Declaration, entry)[:2] if is_variable(entry) else ("", None)
        indexed = wanted.head == "ForAll" and domain == wanted.args[1]
        free = indexed and name not in context.names
        _require(free, "expected a proof of {}; {} needs {} too", statement, premise, entry)
        wanted = instantiate(wanted.args[0], symbol(name))
    _require(premise.statement == wanted, "expected a proof of {}, got {}", statement, premise)


def _defined(premise: Theorem) -> Term:
    """The term that the premise says is defined."""
    s = premise.statement
    _require(s.head == "In" and s.args[1] != PARTIAL, "expected 't in Real', got {}", premise)
    return s.args[0]


@inference
def axiom(rule: Rule) -> Conclusion:
    """What the ledger says, in the context of what it needs."""
    return rule.context, rule.statement


@inference
def declared(context: Context, name: str, *premises: Theorem) -> Conclusion:
    """A symbol lies in its domain; a member too, its indices being in range."""
    _require(name in context.names, "{} is not declared", name)
    entry = context.names[name]
    _require(len(premises) == len(entry.indices), "{} has {} indices", name, len(entry.indices))
    indices: tuple[Term, ...] = ()
    for premise, domain in zip(premises, entry.indices, strict=True):
        index = _defined(premise)
        _says(premise, context, Term("In", (index, instantiate(domain, *indices))))
        indices = (*indices, index)
    own = Term("member", indices, name) if indices else symbol(name)
    return context, Term("In", (own, instantiate(entry.domain, *indices)))


@inference
def hypothesis(context: Context, statement: Term, *premises: Theorem) -> Conclusion:
    """A hypothesis of the context, for given values of its leading indices."""
    _require(statement in context.hypotheses(), "{} is no hypothesis", statement)
    for premise in premises:
        _require(statement.head == "ForAll", "{} has no index for {}", statement, premise)
        index = _defined(premise)
        _says(premise, context, Term("In", (index, statement.args[1])))
        statement = instantiate(statement.args[0], index)
    _require(statement.head != "ForAll", "{} has an index without a value", statement)
    return context, statement


@inference
def instance(
    context: Context, mapping: Mapping[str, Term], theorem: Theorem, *premises: Theorem
) -> Conclusion:
    """A theorem with terms for its symbols and families, and a premise for each entry.

    What the contexts share stays.  Each later declaration needs a term and a proof that it
    lies in the domain (none for ``Partial``), each hypothesis a proof.  A relation in theta
    cannot be instantiated, only weakened.
    """
    base = theorem.context.common(context)
    while not base.names.keys().isdisjoint(mapping):
        base = cast(Context, base.parent)
    entries = theorem.context.entries(base)
    names = {e.name: e for e in entries if isinstance(e, Declaration)}
    _require(set(mapping) == set(names), "values are needed for {}", sorted(names))
    whole_domain = theorem.statement.head in RELATIONS and theorem.context is not base
    _require(not whole_domain, "{} speaks of a whole domain; it is only weakened", theorem)
    values = {name: as_function(mapping[name], names[name], context) for name in names}
    left = list(premises)
    for entry in entries:
        if isinstance(entry, Declaration):
            context.check(values[entry.name], len(entry.indices))
            if entry.domain == PARTIAL:
                continue
            needed = Term("In", (values[entry.name], substitute(entry.domain, values)))
            for domain in reversed(entry.indices):
                needed = Term("ForAll", (needed, substitute(domain, values)))
        else:
            needed = substitute(entry.statement, values)
        _require(bool(left), "a proof of {} is missing", needed)
        _says(left.pop(0), context, needed)
    _require(not left, "there are more premises than entries: {}", left)
    _keeps_theta(theorem, base, context)
    return context, substitute(theorem.statement, values)


# -- equality -----------------------------------------------------------------------------

_COMPOSED = ("Affine", "SameOrder", "SameArgmin", "SameGradient")


def _sides(theorem: Theorem) -> tuple[Term, ...]:
    """The sides of a theorem that it says are defined numbers."""
    s = theorem.statement
    own = s.args[:1] if s.head == "In" and s.args[1] != PARTIAL else ()
    return s.args if s.head in COMPARISONS else own


@inference
def side(k: int, theorem: Theorem) -> Conclusion:
    """Both sides of a theorem are defined."""
    _require(0 <= k < len(_sides(theorem)), "{} has no defined side {}", theorem, k)
    return theorem.context, Term("In", (theorem.statement.args[k], REAL))


@inference
def symmetric(theorem: Theorem) -> Conclusion:
    """The sides of a symmetric relation may be exchanged."""
    s = theorem.statement
    _require(s.head in ("Eq", "Ne", *_COMPOSED), "{} is not symmetric", theorem)
    return theorem.context, Term(s.head, (s.args[1], s.args[0], *s.args[2:]))


@inference
def transitive(first: Theorem, second: Theorem) -> Conclusion:
    """Relations compose: = with anything, <= and < to the stricter, affine with affine, ..."""
    s, t = first.statement, second.statement
    heads = {s.head, t.head}
    same = len(heads) == 1 and s.head in _COMPOSED and s.args[2:] == t.args[2:]
    _require(same or heads <= {"Eq", "Le", "Lt"}, "{} and {} do not compose", first, second)
    _require(s.args[1] == t.args[0], "the middle terms of {} and {} differ", first, second)
    head = s.head if same else next(h for h in ("Lt", "Le", "Eq") if h in heads)
    return _join(first, second), Term(head, (s.args[0], t.args[1], *s.args[2:]))


@inference
def part(path: Path, context: Context, theorem: Theorem) -> Conclusion:
    """The strict parts of a defined term are defined.

    ``context`` has one entry more than the theorem's for each binder on the way.
    """
    t = theorem.statement
    _require(bool(path) and path[0] < len(_sides(theorem)), "{} has no such part", theorem)
    for step, k in enumerate(path):
        strict = step == 0 or is_strict(t.head) or binder_range(t) is not None
        _require(strict and 0 <= k < len(t.args), "parts of {} need not be defined", t)
        t = t.args[k]
    found, _ = _at(theorem.statement, path, theorem.context, context, ())
    context.check(found)  # the infinite end of a sum is no part that has a value
    return context, Term("In", (found, REAL))


@inference
def rewrite(path: Path, theorem: Theorem, equation: Theorem, *inside: Theorem) -> Conclusion:
    """Equals may be put for equals, at any place.

    Below a binder the equation's context has an entry for its variable, in its range; in a
    branch of a Piecewise it may assume the branch's condition.  Below a derivative the
    variable lies in an open interval of the prover's choice, and a premise shows that the
    point does: no hypothesis on the point itself is available there.  Below an integral it
    lies between the ends, and a premise shows which of two finite ends is the lower one.
    """
    s, context, inner = theorem.statement, theorem.context, equation.context
    _require(equation.statement.head == "Eq", "expected an equation, got {}", equation)
    inner = context if context.extends(inner) else inner
    _require(inner.extends(context), "{} stands in another context", equation)
    found, names = _at(s, path, context, inner, inside)
    _require(found == equation.lhs, "at the path stands {}, not {}", found, equation.lhs)
    result = replace(s, path, abstract(equation.rhs, *names))
    if s.head in RELATIONS:
        theta = {t.value for t in s.args[2:]}
        depends = [not t.free.isdisjoint(theta) for t in result.args[:2]]
        kept = path[0] < 2 and depends == [True, s.head != "Argmin"]
        if s.head == "SameGradient":  # a derivative varies theta beyond its hypotheses
            kept = kept and all(theta.isdisjoint(h.free) for h in inner.hypotheses())
        _require(kept, "{} is no relation in {}", result, sorted(theta))
    return context, result


def _at(
    root: Term, path: Path, outer: Context, inner: Context, inside: tuple[Theorem, ...]
) -> tuple[Term, tuple[str, ...]]:
    """The term at a path, its variables named by the entries of ``inner`` behind ``outer``."""
    ahead: list[Context] = []
    while inner is not outer:
        _require(inner.parent is not None, "the contexts differ")
        ahead.append(inner)
        inner = cast(Context, inner.parent)
    names: tuple[str, ...] = ()
    proofs = list(inside)
    for k in path:
        _require(0 <= k < len(root.args), "{} has no part number {}", root, k)
        child = root.args[k]
        if k < BINDERS.get(root.head, 0):
            _require(bool(ahead), "the context has no entry for the variable of {}", root)
            _enters(root, ahead[-1], proofs)
            names = (*names, cast(Declaration, ahead.pop().entry).name)
            child = instantiate(child, symbol(names[-1]))
        elif root.head == "Piecewise" and k % 2 == 0:
            allowed: list[Any] = [(negation(c),) for c in root.args[1:k:2]]
            while ahead and ahead[-1].entry in [*allowed, (root.args[k + 1],)]:
                ahead.pop()
        root = child
    _require(not ahead, "the context has more entries than the path has binders")
    _require(not proofs, "there are more premises than binders on the way")
    return root, names


def _enters(binder: Term, context: Context, proofs: list[Theorem]) -> None:
    """The context's last entry declares the binder's variable where the binder uses it."""
    _require(is_variable(context.entry), "{} is not a variable", context.entry)
    outer, entry = cast(Context, context.parent), cast(Declaration, context.entry)
    wanted = entry_condition(binder, entry.domain)
    _require(wanted is not None, "equals are not put for equals below {} over {}", binder, entry)
    for statement in wanted or ():
        _require(bool(proofs), "a proof of {} is missing", statement)
        premise = proofs.pop(0)
        _require(outer.extends(premise.context), "{} depends on the variable", premise)
        _says(premise, outer, statement)


# -- arithmetic ----------------------------------------------------------------------------


@inference
def ring(left: Theorem, right: Theorem) -> Conclusion:
    """Equal as rational functions of their parts, hence equal where both are defined.

    Both are defined, so no divisor on either side is 0 and multiplying out is allowed.
    """
    a, b = _defined(left), _defined(right)
    _require(a == b or same_quotient(a, b), "{} and {} differ as rational functions", a, b)
    return _join(left, right), Term("Eq", (a, b))


Combination = tuple[tuple[Fraction, tuple[int, ...]], ...]


@inference
def order(
    relation: str, combination: Combination, left: Theorem, right: Theorem, *premises: Theorem
) -> Conclusion:
    """``a <= b`` or ``a < b``, because b - a is a positive combination.

    ``combination`` lists products ``(c, (k, ...))`` of differences y - x of the premises
    ``x <= y``, ``x < y``, ``x = y``; ``x != y`` must occur an even number of times.  Each c is
    positive, unless an equation is among the factors; for ``<`` one product is positive.
    """
    a, b = _defined(left), _defined(right)
    summands: list[Term] = [ZERO]
    strict = False
    for c, factors in combination:
        _require(all(0 <= k < len(premises) for k in factors), "a factor is not a premise")
        heads = {k: premises[k].statement.head for k in factors}
        signs = {h for k, h in heads.items() if h != "Ne" or factors.count(k) % 2}
        _require(signs <= {"Eq", "Le", "Lt"}, "the sign of a product of {} is not known", premises)
        _require(c > 0 or "Eq" in heads.values(), "the coefficient {} is not positive", c)
        strict = strict or not {"Eq", "Le"} & set(heads.values())
        product = (premises[k].rhs - premises[k].lhs for k in factors)
        summands.append(Term("Mul", (number(c), *product)))
    _require(relation == "Le" or (strict and relation == "Lt"), "{} does not follow", relation)
    total = Term("Add", tuple(summands))
    _require(same_quotient(b - a, total), "{} - ({}) is not {}", b, a, total)
    return _join(left, right, *premises), Term(relation, (a, b))


@inference
def numeral(context: Context, value: Term) -> Conclusion:
    """An exact number is a real number, and an integer when it is whole."""
    _require(is_number(value), "{} is not an exact number", value)
    context.check(value)
    return context, Term("In", (value, INTEGER if value.value.denominator == 1 else REAL))


@inference
def total(t: Term, *premises: Theorem) -> Conclusion:
    """Sums, products, exponentials, ... of defined terms are defined."""
    _require(is_total(t), "{} is not defined everywhere", t.head)
    _require(tuple(map(_defined, premises)) == t.args, "expected the arguments of {}", t)
    _join(*premises).check(t)
    return _join(*premises), Term("In", (t, REAL))


@inference
def whole(t: Term, *premises: Theorem) -> Conclusion:
    """Sums, products and maxima of integers are integers."""
    _require(t.head in ("Add", "Mul", "Neg", "Abs", "Max", "Min"), "{} may be a fraction", t)
    needed = tuple(Term("In", (a, INTEGER)) for a in t.args)
    found = tuple(p.statement for p in premises)
    _require(found == needed, "expected proofs of {}, got {}", needed, found)
    _join(*premises).check(t)
    return _join(*premises), Term("In", (t, INTEGER))


# -- domains, cases, induction ------------------------------------------------------------


@inference
def belongs(domain: Term, t: Term, *premises: Theorem) -> Conclusion:
    """A term that keeps every promise of a domain lies in it (lists: see ``element``)."""
    context, needed = _join(*premises), promises(domain, t)
    context.check(domain)
    _require(domain.head != "FiniteSet", "{} is not given by its bounds", domain)
    found = tuple(p.statement for p in premises)
    _require(found == needed, "expected proofs of {}, got {}", needed, found)
    return context, Term("In", (t, domain))


@inference
def element(domain: Term, equation: Theorem) -> Conclusion:
    """What equals a listed number lies in the list."""
    equation.context.check(domain)
    listed = equation.statement.head == "Eq" and equation.rhs in (elements(domain) or ())
    _require(listed, "{} does not give a member of {}", equation, domain)
    return equation.context, Term("In", (equation.lhs, domain))


@inference
def promise(k: int, theorem: Theorem) -> Conclusion:
    """What the domain of a term promises of it."""
    promised = promises(theorem.rhs, _defined(theorem))
    _require(0 <= k < len(promised), "{} has no promise number {}", theorem, k)
    return theorem.context, promised[k]


def _under(theorem: Theorem, added: Term | None) -> Context:
    """The context of a theorem without its last entry, which must be the hypothesis."""
    under = added is not None and theorem.context.entry == Hypothesis(added)
    _require(under, "{} is not proved under the hypothesis {}", theorem, added)
    _require(theorem.statement.head not in RELATIONS, "{} speaks of a whole domain", theorem)
    return cast(Context, theorem.context.parent)


@inference
def cases(
    condition: Term, first: Theorem, second: Theorem, left: Theorem, right: Theorem
) -> Conclusion:
    """A comparison of defined terms holds or its opposite does."""
    context = _under(first, condition)
    same = _under(second, negation(condition)) is context and first.statement == second.statement
    _require(same, "{} and {} are not two cases of one statement", first, second)
    for t, p in zip(condition.args, (left, right), strict=True):
        _require(context.extends(p.context), "{} stands in another context", p)
        _require(_defined(p) == t, "expected that {} is defined, got {}", t, p)
    return context, first.statement


@inference
def each(member: Theorem, *branches: Theorem) -> Conclusion:
    """A member of a finite list is one of the listed numbers."""
    t, members = _defined(member), elements(member.rhs) or ()
    _require(0 < len(members) == len(branches), "{} has not {} cases", member, len(branches))
    goal = branches[0].statement
    context = _under(branches[0], Term("Eq", (t, members[0])))
    for b, value in zip(branches, members, strict=True):
        same = _under(b, Term("Eq", (t, value))) is context and b.statement == goal
        _require(same, "{} is not the case {} = {}", b, t, value)
    _require(context.extends(member.context), "{} stands in another context", member)
    return context, goal


@inference
def absurd(statement: Term, theorem: Theorem) -> Conclusion:
    """Where a false comparison of numbers holds there is no point, and anything holds."""
    s = theorem.statement
    absurdity = s.head in COMPARISONS and all(map(is_number, s.args))
    absurdity = absurdity and not COMPARISONS[s.head](s.args[0].value, s.args[1].value)
    _require(absurdity, "{} is no absurdity", theorem)
    sides = statement.head in (*COMPARISONS, "In")
    _require(sides, "{} is not proved by absurdity", statement)
    theorem.context.check_statement(statement)
    return theorem.context, statement


@inference
def branch(t: Term, k: int, value: Theorem, *conditions: Theorem) -> Conclusion:
    """A Piecewise has the value of its first branch whose condition holds.

    The premises: that value is defined; each earlier condition fails; the condition holds.
    That ``And`` fails takes the opposite of one conjunct and that every side is defined.
    """
    _require(t.head == "Piecewise" and 0 <= 2 * k < len(t.args) - 1, "{} has no branch {}", t, k)
    context = _join(value, *conditions)
    context.check(t)
    _require(_defined(value) == t.args[2 * k], "{} is not about branch {}", value, k)
    found = [p.statement for p in conditions]
    for condition in t.args[1 : 2 * k : 2]:
        parts = condition.args if condition.head == "And" else (condition,)
        fails = bool(found) and found.pop(0) in [negation(c) for c in parts]
        _require(fails, "it is not shown that {} fails", condition)
        for defined in (a for c in parts for a in c.args if condition.head == "And"):
            sure = bool(found) and found.pop(0) == Term("In", (defined, REAL))
            _require(sure, "it is not shown that {} is defined", defined)
    condition = t.args[2 * k + 1]
    for c in condition.args if condition.head == "And" else (condition,):
        if c.head != "True":
            _require(bool(found) and found.pop(0) == c, "it is not shown that {} holds", c)
    _require(not found, "there are more premises than conditions")
    return context, Term("Eq", (t, t.args[2 * k]))


@inference
def interior(t: Term, point: Theorem, line: Theorem) -> Conclusion:
    """On the inside of an interval a derivative is the derivative on the line."""
    ends = interval(t.args[2]) if t.head == "Derivative" and len(t.args) == 3 else None
    _require(ends is not None, "{} has no interval of its own", t)
    inside = Term("Open", cast(Any, ends)[:2])
    _require(point.statement == Term("In", (t.args[1], inside)), "{} is not interior", point)
    on_line = Term("Derivative", t.args[:2], None, t.names)
    _require(_defined(line) == on_line, "expected that {} is defined, got {}", on_line, line)
    _join(point, line).check(t)
    return _join(point, line), Term("Eq", (t, on_line))


def _chosen(theorem: Theorem) -> tuple[Context, Declaration, Term]:
    """The context before a variable and a hypothesis on it, and these two."""
    context, entry = theorem.context.parent, theorem.context.entry
    found = context is not None and is_variable(context.entry) and isinstance(entry, Hypothesis)
    _require(found, "{} is not proved for a variable under one hypothesis", theorem)
    outer, variable = cast(Any, context).parent, cast(Any, context).entry
    return outer, variable, cast(Hypothesis, entry).statement


@inference
def one_hot(bits: Theorem, unit: Theorem, goal: Theorem) -> Conclusion:
    """Bits that sum to 1 are an indicator: there is one c with y[j] = delta(j, c).

    ``goal`` is proved for such a c, which it must not mention.
    """
    s = unit.statement
    summed = s.head == "Eq" and s.args[0].head == "Sum" and s.args[1] == ONE
    _require(summed, "expected Sum(y[j], (j, a, b)) = 1, got {}", unit)
    body, domain = s.args[0].args[0], Term("Range", s.args[0].args[1:])
    context, c, h = _chosen(goal)
    delta = Term("KroneckerDelta", (Term("bound", (), 0), symbol(c.name)))
    indicator = Term("ForAll", (Term("Eq", (body, delta)), domain))
    _require(c.domain == domain and h == indicator, "{} is not proved under {}", goal, indicator)
    _require(c.name not in goal.statement.free, "{} mentions the class {}", goal, c.name)
    _require(goal.statement.head not in RELATIONS, "{} speaks of a whole domain", goal)
    _says(unit, context, s)
    _says(bits, context, Term("ForAll", (Term("In", (body, BIT)), domain)))
    return context, goal.statement


@inference
def induction(
    goal: Term, base: Theorem, step: Theorem, low: Theorem, high: Theorem, ordered: Theorem
) -> Conclusion:
    """``goal`` is ``P(k) for k in lo..hi``: from P(lo), and P(k) gives P(k+1), follows P(hi).

    The step is proved for k in lo..hi-1 under the hypothesis P(k); lo and hi are integers
    with lo <= hi.
    """
    _require(goal.head == "ForAll" and goal.args[1].head == "Range", "{} is not for k", goal)
    body, (lo, hi) = goal.args[0], goal.args[1].args
    context, variable, h = _chosen(step)
    k = symbol(variable.name)
    before = Term("Range", (lo, Term("Add", (hi, number(-1)))))
    _require(variable.domain == before, "{} must lie in {}", k, before)
    _require(body.head in (*COMPARISONS, "In"), "{} is not proved by induction", body)
    for found, wanted in (
        (h, instantiate(body, k)),
        (step.statement, instantiate(body, Term("Add", (k, ONE)))),
        (base.statement, instantiate(body, lo)),
        (low.statement, Term("In", (lo, INTEGER))),
        (high.statement, Term("In", (hi, INTEGER))),
        (ordered.statement, Term("Le", (lo, hi))),
    ):
        _require(found == wanted, "expected {}, got {}", wanted, found)
    _require(context.extends(_join(base, low, high, ordered)), "the step has fewer hypotheses")
    return context, instantiate(body, hi)


# -- relations in theta -------------------------------------------------------------------------


def _theta(context: Context, names: tuple[str, ...], *sides: Term) -> tuple[Term, ...]:
    """The symbols of theta; their domain is theirs alone, and each side depends on them.

    Only what theta's ranges mention may occur in what is said of it (a simplex has m members):
    with s = theta for another symbol s every loss would be affine in theta, s*theta for one.
    """
    _require(bool(names) and set(names) <= set(context.names), "{} is not declared", names)
    thetas = [context.names[name] for name in names]
    own = frozenset(names).union(*(d.free for t in thetas for d in t.indices))
    free = all(t.law is t.definition is None and t.domain.free <= own for t in thetas)
    _require(free, "{} are not free to vary", thetas)
    for entry in context.entries():
        if not mentions(entry).isdisjoint(names):
            alone = isinstance(entry, Hypothesis) and mentions(entry) <= own
            _require(alone, "{} links {} to other symbols", entry, names)
    for t in sides:
        context.check(t)
        _require(not t.free.isdisjoint(names), "{} does not depend on {}", t, names)
    return tuple(map(symbol, names))


@inference
def affine(names: tuple[str, ...], equation: Theorem, positive: Theorem) -> Conclusion:
    """``f = a*g + b`` with a > 0, where a and b do not mention theta."""
    context, s = _join(equation, positive), equation.statement
    shape = [s.head, s.args[1].head, len(s.args[1].args), s.args[1].args[0].head]
    _require(shape == ["Eq", "Add", 2, "Mul"], "expected f = a*g + b, got {}", equation)
    product, b = s.args[1].args
    a, g = product.args
    theta = _theta(context, names, s.args[0], g)
    _require(positive.statement == Term("Lt", (ZERO, a)), "expected 0 < {}, got {}", a, positive)
    _require((a.free | b.free).isdisjoint(names), "{} or {} depends on {}", a, b, names)
    return context, Term("Affine", (s.args[0], g, *theta))


@inference
def same_order(theorem: Theorem) -> Conclusion:
    """Affine losses order theta alike."""
    _require(theorem.statement.head == "Affine", "expected f ~ g, got {}", theorem)
    return theorem.context, Term("SameOrder", theorem.statement.args)


@inference
def monotone(
    f: Term, g: Term, names: tuple[str, ...], defined: Theorem, less: Theorem, same: Theorem
) -> Conclusion:
    """f < f' gives g < g' and f = f' gives g = g', so both order theta alike."""
    context = defined.context
    theta = _theta(context, names, f, g)
    _require(_defined(defined) == f, "expected that {} is defined, got {}", f, defined)
    copied, renaming = doubled(context, names)
    for theorem, head in ((less, "Lt"), (same, "Eq")):
        parent = _under(theorem, Term(head, (f, substitute(f, renaming))))
        wanted = Term(head, (g, substitute(g, renaming)))
        good = parent is copied and theorem.statement == wanted
        _require(good, "expected {} for a second point, got {}", wanted, theorem)
    return context, Term("SameOrder", (f, g, *theta))


@inference
def minimiser(f: Term, t: Term, name: str, *premises: Theorem) -> Conclusion:
    """t lies in theta's domain and f(t) < f(theta) wherever theta is not t.

    theta is one symbol or one family (t then names a family).  Premises: f is defined; t
    lies in the domain; each hypothesis on theta holds for t; the strict inequality, under
    ``theta != t``, or for one member k under ``theta[k] != t[k]``.
    """
    defined, *points, strict = premises
    context = inside = defined.context
    theta = _theta(context, (name,), f)
    _require(_defined(defined) == f, "expected that {} is defined, got {}", f, defined)
    entry = context.names[name]
    _require(name not in t.free and len(entry.indices) < 2, "{} is no point of {}", t, name)
    value = as_function(t, entry, context)
    context.check(value, len(entry.indices))
    here, there = theta[0], t
    wanted = Term("In", (value, entry.domain))
    if entry.indices:
        wanted = Term("ForAll", (wanted, entry.indices[0]))
        index = cast(Context, strict.context.parent).entry
        one = is_variable(index) and cast(Declaration, index).domain == entry.indices[0]
        _require(one, "{} is not proved for one member of {}", strict, name)
        k = symbol(cast(Declaration, index).name)
        inside = inside.declare(*cast(Declaration, index))
        here, there = Term("member", (k,), name), instantiate(value, k)
    conditions = [substitute(h, {name: value}) for h in context.hypotheses() if name in h.free]
    for p, statement in zip(points, [wanted, *conditions], strict=True):
        _says(p, context, statement)
    better = Term("Lt", (substitute(f, {name: value}), f))
    good = _under(strict, Term("Ne", (here, there))) is inside and strict.statement == better
    _require(good, "expected {} for {} != {}, got {}", better, here, there, strict)
    return context, Term("Argmin", (f, t, *theta))


def _ordered(ordering: Theorem, least: Theorem) -> tuple[Term, ...]:
    s, m = ordering.statement, least.statement
    good = s.head == "SameOrder" and m == Term("Argmin", (s.args[0], least.rhs, *s.args[2:]))
    _require(good, "expected order(f) = order(g), argmin(f) = t, got {}, {}", ordering, least)
    return s.args


@inference
def transfer(ordering: Theorem, least: Theorem) -> Conclusion:
    """Losses with the same ordering have the same unique minimiser."""
    _, g, *theta = _ordered(ordering, least)
    return _join(ordering, least), Term("Argmin", (g, least.rhs, *theta))


@inference
def same_argmin(first: Theorem, least: Theorem) -> Conclusion:
    """Losses with the same ordering, or unique minimiser, have the same minimisers."""
    s, m = first.statement, least.statement
    unique = s.head == m.head == "Argmin" and s.args[1:] == m.args[1:]
    args = (s.args[0], m.args[0], *s.args[2:]) if unique else _ordered(first, least)
    return _join(first, least), Term("SameArgmin", args)


@inference
def gradient(f: Term, g: Term, name: str, theorem: Theorem) -> Conclusion:
    """Equal derivatives by theta, or by each member of theta, are an equal gradient."""
    context, index, variable = theorem.context, theorem.context.entry, symbol(name)
    _require(name in context.names, "{} is not declared", name)
    entry = context.names[name]
    if entry.indices:
        one = is_variable(index) and entry.indices == (cast(Declaration, index).domain,)
        _require(one, "{} is not proved for each member of {}", theorem, name)
        variable = Term("member", (symbol(cast(Declaration, index).name),), name)
        context = cast(Context, context.parent)
    theta = _theta(context, (name,), f, g)
    _require(is_open(entry.domain), "{} does not lie in an open interval", name)
    wanted = Term("Eq", (derivative(f, variable), derivative(g, variable)))
    _require(theorem.statement == wanted, "expected {}, got {}", wanted, theorem)
    return context, Term("SameGradient", (f, g, *theta))


@inference
def gradients(first: Theorem, second: Theorem) -> Conclusion:
    """Equal gradients in two symbols are an equal gradient in both."""
    s, t = first.statement, second.statement
    both = s.head == t.head == "SameGradient" and s.args[:2] == t.args[:2]
    _require(both, "expected grad(f) = grad(g) twice, got {} and {}", first, second)
    return _join(first, second), Term("SameGradient", s.args + t.args[2:])


del inference  # whoever has it can make a theorem of anything
