"""The kernel: the only maker of theorems.

A theorem ``context |- statement`` says: at *every* point of the context both sides of the
statement are defined and stand in its relation.  "t is defined" is the statement ``t in
Real``; a fact that holds for every i in 1..n is a theorem whose context declares i.  Every
function below takes premises apart, makes one check and one conclusion; nothing is looked
up and nothing is searched.  Write D for contexts that extend G.

    axiom(rule)                        G0 |- S                          S in the ledger
    declared(G, x, |- i in I...)       |- x[i] in D
    hypothesis(G, H, |- i in I...)     |- H[i]                          H an entry of G
    instance(D, x := t, G |- S, ...)   D |- S[x := t]                   each entry of G by a premise
    weaken(D, G |- S)                  D |- S
    side(k, |- a R b)                  |- a in Real                     k = 0 or 1
    reflexive(|- t in D)               |- t = t
    symmetric(|- a = b)                |- b = a                         also !=, affine, same ...
    transitive(|- a R b, |- b Q c)     |- a RQ c                        =, <=, <; affine, same ...
    antisymmetric(|- a <= b, b <= a)   |- a = b
    unequal(|- a < b)                  |- a != b
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
    cases(C, |- C, |- not C, ...)      |- S                             from S under C, S under not C
    each(|- t in {a...}, S...)         |- S                             from S under t = a, ...
    absurd(S, |- 1 < 0)                |- S
    branch(P, k, |- conditions, value) |- P = its k-th value            P a Piecewise
    interior(P, |- x, |- derivative)   |- P = the derivative on the line
    one_hot(|- y bits, |- sum 1, S)    |- S                             from S under y[j] = delta(j, c)
    induction(P, base, step, ...)      |- P(hi)                         P for all k in lo..hi
    affine(theta, |- f = a*g + b, 0 < a)  |- f ~ g in theta
    monotone(f, g, theta, ...)         |- order(f) = order(g)           < gives <, = gives =
    same_order(|- f ~ g)               |- order(f) = order(g)
    minimiser(f, t, theta, ...)        |- argmin(f) = t                 f(t) < f(s) for s != t
    transfer(|- order, |- argmin)      |- argmin(g) = t
    same_argmin(|- order, |- argmin)   |- argmin(f) = argmin(g)
    gradient(f, g, theta, |- D = D)    |- grad(f) = grad(g)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NoReturn

from derive.context import Context, ContextError, Declaration, Hypothesis
from derive.domains import INTEGER, PARTIAL, REAL, elements, interval, is_open, promises
from derive.functions import (
    COMPARISONS,
    RELATIONS,
    binder_range,
    derivative,
    is_strict,
    is_total,
    negation,
)
from derive.polynomial import TooLarge, same_quotient
from derive.term import (
    BINDERS,
    ONE,
    ZERO,
    Path,
    Term,
    TermError,
    abstract,
    fresh,
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


_SEAL = object()


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

    def __setattr__(self, name: str, value: object) -> NoReturn:
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


def is_theorem(value: object) -> bool:
    """Whether the value was made by this module."""
    return type(value) is Theorem and getattr(value, "_seal", None) is _SEAL


def _conclude(
    by: str,
    arguments: tuple[Any, ...],
    premises: tuple[Theorem, ...],
    context: Context,
    statement: Term,
) -> Theorem:
    theorem = object.__new__(Theorem)
    for name, value in (
        ("_seal", _SEAL),
        ("by", by),
        ("arguments", arguments),
        ("premises", premises),
        ("context", context),
        ("statement", statement),
    ):
        object.__setattr__(theorem, name, value)
    return theorem


def _require(condition: bool, sentence: str) -> None:
    if not condition:
        raise KernelError(sentence)


def _theorems(*premises: Theorem) -> None:
    for k, p in enumerate(premises):
        _require(is_theorem(p), f"premise {k + 1} is not a theorem of this kernel: {p!r}")


def _join(*premises: Theorem) -> Context:
    """The context of the premise with most entries, which must extend all the others."""
    _require(bool(premises), "at least one premise is needed")
    _theorems(*premises)
    widest = max((p.context for p in premises), key=lambda c: c.depth)
    for k, p in enumerate(premises):
        _require(
            widest.extends(p.context),
            f"premise {k + 1} ({p}) stands in another context; weaken it first",
        )
        _keeps_theta(p.statement, p.context, widest, f"premise {k + 1}")
    return widest


def _keeps_theta(statement: Term, old: Context, new: Context, what: str) -> None:
    """A relation in theta speaks of theta's whole domain: nothing may narrow it later."""
    if statement.head in RELATIONS:
        names = {t.value for t in statement.args[2:]}
        for entry in new.entries(old):
            _require(
                names.isdisjoint(_mentions(entry)),
                f"{what} speaks of the whole domain of {', '.join(sorted(names))}, "
                "which a later hypothesis narrows",
            )


def _mentions(entry: Declaration | Hypothesis) -> frozenset[str]:
    if isinstance(entry, Hypothesis):
        return entry.statement.free
    return entry.domain.free.union(*(d.free for d in entry.indices))


def _says(premise: Theorem, context: Context, statement: Term, what: str) -> None:
    """The premise proves the statement in the context; each ForAll is a declared index."""
    _theorems(premise)
    base = premise.context.common(context)
    for entry in premise.context.entries(base):
        _require(
            isinstance(entry, Declaration)
            and not entry.indices
            and statement.head == "ForAll"
            and entry.domain == statement.args[1]
            and entry.name not in context.names,
            f"{what}: {premise} needs {entry}, which the conclusion does not have",
        )
        statement = instantiate(statement.args[0], symbol(entry[0]))
    _require(
        premise.statement == statement,
        f"{what}: expected a proof of {statement}, the premise is {premise}",
    )


def _defined(premise: Theorem, what: str) -> Term:
    """The term that the premise says is defined."""
    _theorems(premise)
    _require(
        premise.statement.head == "In" and premise.rhs != PARTIAL,
        f"{what}: expected 't in Real', the premise is {premise}",
    )
    return premise.lhs


def _well_formed(context: Context, t: Term, open_variables: int = 0) -> None:
    try:
        context.check(t, open_variables)
    except ContextError as error:
        raise KernelError(str(error)) from None


# -- contexts and the ledger -------------------------------------------------------------


def axiom(rule: Rule) -> Theorem:
    """What the ledger says, in the context of what it needs."""
    return _conclude("axiom", (rule,), (), rule.context, rule.statement)


def declared(context: Context, name: str, *premises: Theorem) -> Theorem:
    """A symbol lies in its domain; a member too, its indices being in range."""
    _require(name in context.names, f"{name} is not declared")
    entry = context.names[name]
    _require(
        len(premises) == len(entry.indices),
        f"{name} has {len(entry.indices)} indices, {len(premises)} premises were given",
    )
    indices: tuple[Term, ...] = ()
    for k, premise in enumerate(premises):
        index = _defined(premise, f"index {k + 1} of {name}")
        expected = Term("In", (index, instantiate(entry.indices[k], *indices)))
        _says(premise, context, expected, f"index {k + 1} of {name}")
        indices = (*indices, index)
    own = Term("member", indices, name) if indices else symbol(name)
    domain = instantiate(entry.domain, *indices)
    return _conclude("declared", (context, name), premises, context, Term("In", (own, domain)))


def hypothesis(context: Context, statement: Term, *premises: Theorem) -> Theorem:
    """A hypothesis of the context, for given values of its leading indices."""
    _require(
        any(h == statement for h in context.hypotheses()),
        f"{statement} is not a hypothesis of the context",
    )
    result = statement
    for k, premise in enumerate(premises):
        _require(result.head == "ForAll", f"{result} has no index for premise {k + 1}")
        index = _defined(premise, f"index {k + 1}")
        _says(premise, context, Term("In", (index, result.args[1])), f"index {k + 1}")
        result = instantiate(result.args[0], index)
    _require(result.head != "ForAll", f"{result} still has an index without a value")
    return _conclude("hypothesis", (context, statement), premises, context, result)


def instance(
    context: Context, mapping: Mapping[str, Term], theorem: Theorem, *premises: Theorem
) -> Theorem:
    """A theorem with terms for its symbols and families, and a premise for each entry.

    What the theorem's context shares with the new one stays.  Each later declaration needs
    a term and a proof that it lies in the domain (none for ``Partial``), each hypothesis a
    proof.  The statement must not be a relation in one of the replaced symbols.
    """
    _theorems(theorem)
    base = theorem.context.common(context)
    entries = theorem.context.entries(base)
    names = {e.name for e in entries if isinstance(e, Declaration)}
    _require(set(mapping) == names, f"values are needed for {sorted(names)}, not {list(mapping)}")
    _require(
        theorem.statement.head not in RELATIONS or theorem.context is base,
        f"{theorem} speaks of a whole domain; it can be weakened, not instantiated",
    )
    left = iter(premises)
    for entry in entries:
        if isinstance(entry, Declaration):
            value = mapping[entry.name]
            _well_formed(context, _applied(value, entry), len(entry.indices))
            if entry.domain == PARTIAL:
                continue
            needed = Term("In", (_applied(value, entry), substitute(entry.domain, mapping)))
            for k in reversed(range(len(entry.indices))):
                needed = Term("ForAll", (needed, substitute(entry.indices[k], mapping)))
        else:
            needed = substitute(entry.statement, mapping)
        premise = next(left, None)
        _require(premise is not None, f"a proof of {needed} is missing")
        assert premise is not None
        _says(premise, context, needed, "the instance")
    _require(next(left, None) is None, "there are more premises than entries")
    statement = substitute(theorem.statement, mapping)
    _keeps_theta(theorem.statement, base, context, "the theorem")
    return _conclude(
        "instance", (context, dict(mapping)), (theorem, *premises), context, statement
    )


def _applied(value: Term, entry: Declaration) -> Term:
    """The value at open indices; a family may be given by another family's name."""
    count = len(entry.indices)
    if count and value.head == "symbol":
        indices = tuple(Term("bound", (), count - 1 - k) for k in range(count))
        return Term("member", indices, value.value)
    return value


def weaken(context: Context, theorem: Theorem) -> Theorem:
    """A theorem holds in every context with more entries."""
    _theorems(theorem)
    _require(context.extends(theorem.context), f"the context does not extend that of {theorem}")
    _keeps_theta(theorem.statement, theorem.context, context, "the theorem")
    return _conclude("weaken", (context,), (theorem,), context, theorem.statement)


# -- equality -----------------------------------------------------------------------------

_SYMMETRIC = ("Eq", "Ne", "Affine", "SameOrder", "SameArgmin", "SameGradient")
_COMPOSED = ("Affine", "SameOrder", "SameArgmin", "SameGradient")


def side(k: int, theorem: Theorem) -> Theorem:
    """Both sides of a theorem are defined."""
    _theorems(theorem)
    s = theorem.statement
    _require(
        (s.head in COMPARISONS and k in (0, 1)) or (s.head == "In" and k == 0 and s != PARTIAL),
        f"{theorem} has no side {k} that is a number",
    )
    _require(s.args[1] != PARTIAL, f"{theorem} does not say that its left side is defined")
    return _conclude("side", (k,), (theorem,), theorem.context, Term("In", (s.args[k], REAL)))


def reflexive(theorem: Theorem) -> Theorem:
    """A defined term equals itself."""
    t = _defined(theorem, "reflexive")
    return _conclude("reflexive", (), (theorem,), theorem.context, Term("Eq", (t, t)))


def symmetric(theorem: Theorem) -> Theorem:
    """The sides of a symmetric relation may be exchanged."""
    _theorems(theorem)
    s = theorem.statement
    _require(s.head in _SYMMETRIC, f"{theorem} is not symmetric")
    swapped = Term(s.head, (s.args[1], s.args[0], *s.args[2:]))
    return _conclude("symmetric", (), (theorem,), theorem.context, swapped)


def transitive(first: Theorem, second: Theorem) -> Theorem:
    """Relations compose: = with anything, <= and < to the stricter, affine with affine, ..."""
    context = _join(first, second)
    s, t = first.statement, second.statement
    heads = {s.head, t.head}
    if heads <= {"Eq", "Le", "Lt"}:
        head = "Lt" if "Lt" in heads else "Le" if "Le" in heads else "Eq"
    else:
        _require(
            len(heads) == 1 and s.head in _COMPOSED and s.args[2:] == t.args[2:],
            f"{first} and {second} do not compose",
        )
        head = s.head
    _require(s.args[1] == t.args[0], f"the middle terms differ: {s.args[1]} and {t.args[0]}")
    result = Term(head, (s.args[0], t.args[1], *s.args[2:]))
    return _conclude("transitive", (), (first, second), context, result)


def antisymmetric(first: Theorem, second: Theorem) -> Theorem:
    """Two numbers that are at most each other are equal."""
    context = _join(first, second)
    s, t = first.statement, second.statement
    _require(
        s.head == "Le" == t.head and s.args == t.args[::-1],
        f"expected a <= b and b <= a, got {first} and {second}",
    )
    return _conclude("antisymmetric", (), (first, second), context, Term("Eq", s.args))


def unequal(theorem: Theorem) -> Theorem:
    """What is less is not equal."""
    _theorems(theorem)
    _require(theorem.statement.head == "Lt", f"expected a < b, got {theorem}")
    statement = Term("Ne", theorem.statement.args)
    return _conclude("unequal", (), (theorem,), theorem.context, statement)


def part(path: Path, context: Context, theorem: Theorem) -> Theorem:
    """The strict parts of a defined term are defined.

    ``context`` has one entry more than the theorem's for each binder on the way.
    """
    _theorems(theorem)
    s = theorem.statement
    _require(
        bool(path) and (s.head in COMPARISONS or (s.head == "In" and path[0] == 0)),
        f"{theorem} has no defined part there",
    )
    _require(s.args[-1] != PARTIAL, f"{theorem} does not say that its left side is defined")
    t = s
    for step, k in enumerate(path):
        strict = not step or is_strict(t.head) or binder_range(t) is not None
        _require(strict, f"parts of {t} need not be defined")
        t = t.args[k] if k < len(t.args) else t
    found, _ = _at(s, path, theorem.context, context, ())
    return _conclude("part", (path, context), (theorem,), context, Term("In", (found, REAL)))


def rewrite(path: Path, theorem: Theorem, equation: Theorem, *interior: Theorem) -> Theorem:
    """Equals may be put for equals, at any place.

    Where the path goes below a binder the equation's context has an entry for its variable,
    in its range; in a branch of a Piecewise it may assume the branch's condition.  Below a
    derivative the variable lies in an open interval of the prover's choice, and a premise
    shows that the point lies in it: no hypothesis on the point itself is available there.
    """
    _theorems(theorem, equation, *interior)
    _require(equation.statement.head == "Eq", f"expected an equation, got {equation}")
    context, inner = theorem.context, equation.context
    if not inner.extends(context):
        _require(
            context.extends(inner), f"{equation} stands in another context; weaken it first"
        )
        inner = context
    found, names = _at(theorem.statement, path, context, inner, interior)
    _require(found == equation.lhs, f"at the path stands {found}, not {equation.lhs}")
    statement = replace(theorem.statement, path, abstract(equation.rhs, *names))
    return _conclude(
        "rewrite", (path,), (theorem, equation, *interior), context, statement
    )


def _at(
    root: Term, path: Path, outer: Context, inner: Context, interior: tuple[Theorem, ...]
) -> tuple[Term, tuple[str, ...]]:
    """The term at a path, its variables named by the entries of ``inner`` behind ``outer``."""
    entries = list(inner.entries(outer))
    names: tuple[str, ...] = ()
    proofs = iter(interior)
    for k in path:
        _require(k < len(root.args), f"{root} has no part number {k}")
        child = root.args[k]
        if k < BINDERS.get(root.head, 0):
            _require(bool(entries), f"the context has no entry for the variable of {root}")
            entry = entries.pop(0)
            _require(isinstance(entry, Declaration), f"{entry} is not a variable of {root}")
            assert isinstance(entry, Declaration)
            _enters(root, entry, outer, proofs)
            child = instantiate(child, symbol(entry.name))
            names = (*names, entry.name)
        elif root.head == "Piecewise" and k % 2 == 0:
            allowed = [negation(c) for c in root.args[1:k:2]] + [root.args[k + 1]]
            while entries and isinstance(entries[0], Hypothesis):
                _require(
                    entries[0].statement in allowed,
                    f"{entries[0].statement} is not the condition of the branch",
                )
                entries.pop(0)
        root = child
    _require(not entries, f"{entries} is not on the way")
    _require(next(proofs, None) is None, "there are more premises than derivatives on the way")
    return root, names


def _enters(
    binder: Term, entry: Declaration, outer: Context, proofs: Iterator[Theorem]
) -> None:
    """The entry declares the binder's variable where the binder uses it."""
    _require(not entry.indices, f"{entry.name} is a family, not a variable")
    domain = binder_range(binder)
    if domain is not None:
        _require(entry.domain == domain, f"{entry.name} runs over {domain}, not {entry.domain}")
        return
    _require(
        binder.head == "Derivative" and len(binder.args) == 2 and is_open(entry.domain),
        f"equals cannot be put for equals below {binder.head} over {entry.domain}",
    )
    premise = next(proofs, None)
    _require(premise is not None, f"a proof that {binder.args[1]} is interior is missing")
    assert premise is not None
    _require(
        premise.statement == Term("In", (binder.args[1], entry.domain))
        and entry.domain.free <= set(outer.names),
        f"expected a proof of {binder.args[1]} in {entry.domain}, got {premise}",
    )
    _require(
        outer.extends(premise.context), f"{premise} depends on a variable of the derivative"
    )


# -- arithmetic ----------------------------------------------------------------------------


def ring(left: Theorem, right: Theorem) -> Theorem:
    """Equal as rational functions of their parts, hence equal where both are defined.

    Both are defined, so no divisor on either side is 0 and multiplying out is allowed.
    """
    context = _join(left, right)
    a, b = _defined(left, "left side"), _defined(right, "right side")
    try:
        same = same_quotient(a, b)
    except TooLarge as error:
        raise KernelError(str(error)) from None
    _require(same, f"{a} and {b} differ as polynomials")
    return _conclude("ring", (), (left, right), context, Term("Eq", (a, b)))


Combination = tuple[tuple[Fraction, tuple[int, ...]], ...]


def order(
    relation: str, combination: Combination, left: Theorem, right: Theorem, *premises: Theorem
) -> Theorem:
    """``a <= b`` or ``a < b``, because b - a is a positive combination.

    ``combination`` lists products ``(c, (k, ...))`` of differences of the premises: for
    ``x <= y`` and ``x < y`` the factor is y - x.  Each c is positive, unless an equation is
    among the factors; a premise ``x != y`` must occur an even number of times.  For ``<``
    one product must be positive as a whole.
    """
    context = _join(left, right, *premises)
    a, b = _defined(left, "left side"), _defined(right, "right side")
    _require(relation in ("Le", "Lt"), f"{relation} is not an order")
    total: tuple[Term, ...] = (ZERO,)
    strict = False
    for c, factors in combination:
        _require(all(0 <= k < len(premises) for k in factors), "a factor is not a premise")
        heads = [premises[k].statement.head for k in factors]
        _require(
            set(heads) <= {"Eq", "Le", "Lt", "Ne"}
            and all(
                factors.count(k) % 2 == 0 for k in factors if premises[k].statement.head == "Ne"
            ),
            "a factor has no sign",
        )
        _require(c > 0 or "Eq" in heads, f"the coefficient {c} is not positive")
        strict = strict or not {"Eq", "Le"} & set(heads)
        differences = (_difference(premises[k].rhs, premises[k].lhs) for k in factors)
        total = (*total, Term("Mul", (number(c), *differences)))
    _require(strict or relation == "Le", "no product is positive as a whole")
    try:
        same = same_quotient(_difference(b, a), Term("Add", total))
    except TooLarge as error:
        raise KernelError(str(error)) from None
    _require(same, f"{b} - ({a}) is not the combination {Term('Add', total)}")
    return _conclude(
        "order", (relation, combination), (left, right, *premises), context, Term(relation, (a, b))
    )


def _difference(a: Term, b: Term) -> Term:
    return Term("Add", (a, Term("Neg", (b,))))


def numeral(context: Context, value: Term) -> Theorem:
    """An exact number is a real number, and an integer when it is whole."""
    _require(is_number(value), f"{value} is not an exact number")
    domain = INTEGER if value.value.denominator == 1 else REAL
    return _conclude("numeral", (context, value), (), context, Term("In", (value, domain)))


def total(t: Term, *premises: Theorem) -> Theorem:
    """Sums, products, exponentials, ... of defined terms are defined."""
    _require(is_total(t), f"{t.head} is not defined everywhere")
    context = _join(*premises)
    parts = tuple(_defined(p, f"argument {k + 1}") for k, p in enumerate(premises))
    _require(parts == t.args, f"the premises are not about the arguments of {t}")
    return _conclude("total", (t,), premises, context, Term("In", (t, REAL)))


def whole(t: Term, *premises: Theorem) -> Theorem:
    """Sums, products and maxima of integers are integers."""
    _require(t.head in ("Add", "Mul", "Neg", "Abs", "Max", "Min"), f"{t} need not be an integer")
    context = _join(*premises)
    for k, p in enumerate(premises):
        _require(p.statement.head == "In" and p.rhs == INTEGER, f"premise {k + 1}: {p}")
    _require(
        tuple(p.lhs for p in premises) == t.args,
        f"the premises are not about the arguments of {t}",
    )
    return _conclude("whole", (t,), premises, context, Term("In", (t, INTEGER)))


# -- domains and cases -----------------------------------------------------------------------


def belongs(domain: Term, t: Term, *premises: Theorem) -> Theorem:
    """A term that keeps every promise of a domain lies in it (lists: see ``element``)."""
    context = _join(*premises)
    _well_formed(context, domain)
    needed = promises(domain, t)
    _require(bool(needed) and domain.head != "FiniteSet", f"{domain} is not given by its bounds")
    _require(len(needed) == len(premises), f"{domain} promises {len(needed)} things")
    for p, statement in zip(premises, needed, strict=True):
        _says(p, context, statement, f"promise of {domain}")
    return _conclude("belongs", (domain, t), premises, context, Term("In", (t, domain)))


def element(domain: Term, equation: Theorem) -> Theorem:
    """What equals a listed number lies in the list."""
    _theorems(equation)
    _well_formed(equation.context, domain)
    members = elements(domain) or ()
    _require(
        equation.statement.head == "Eq" and equation.rhs in members,
        f"{equation} does not give a member of {domain}",
    )
    statement = Term("In", (equation.lhs, domain))
    return _conclude("element", (domain,), (equation,), equation.context, statement)


def promise(k: int, theorem: Theorem) -> Theorem:
    """What the domain of a term promises of it."""
    t = _defined(theorem, "promise")
    promised = promises(theorem.rhs, t)
    _require(0 <= k < len(promised), f"{theorem.rhs} has no promise number {k}")
    return _conclude("promise", (k,), (theorem,), theorem.context, promised[k])


def _under(theorem: Theorem, added: Term | None) -> Context:
    """The context of a theorem without its last entry, which must be the hypothesis."""
    _theorems(theorem)
    entry, parent = theorem.context.entry, theorem.context.parent
    _require(
        isinstance(entry, Hypothesis) and parent is not None and entry.statement == added,
        f"{theorem} is not proved under the hypothesis {added}",
    )
    _require(
        theorem.statement.head not in RELATIONS, "a relation in theta is not proved by cases"
    )
    assert parent is not None
    return parent


def cases(
    condition: Term, first: Theorem, second: Theorem, left: Theorem, right: Theorem
) -> Theorem:
    """A comparison of defined terms holds or its opposite does."""
    context = _under(first, condition)
    _require(
        _under(second, negation(condition)) is context and first.statement == second.statement,
        f"{first} and {second} are not two cases of one statement",
    )
    for k, p in enumerate((left, right)):
        t = _defined(p, "a side of the condition")
        _require(
            condition.args[k] == t and context.extends(p.context), f"{p}: expected a side"
        )
    return _conclude(
        "cases", (condition,), (first, second, left, right), context, first.statement
    )


def each(member: Theorem, *branches: Theorem) -> Theorem:
    """A member of a finite list is one of the listed numbers."""
    t = _defined(member, "the cases")
    members = elements(member.rhs)
    _require(
        bool(branches) and members is not None and len(members) == len(branches),
        f"{member.rhs} is not a list of {len(branches)} numbers",
    )
    assert members is not None
    context = _under(branches[0], Term("Eq", (t, members[0])))
    for b, value in zip(branches, members, strict=True):
        _require(
            _under(b, Term("Eq", (t, value))) is context
            and b.statement == branches[0].statement,
            f"{b} is not the case {t} = {value}",
        )
    _require(context.extends(member.context), f"{member} stands in another context")
    return _conclude("each", (), (member, *branches), context, branches[0].statement)


_FALSE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "Eq": lambda a, b: a != b,
    "Ne": lambda a, b: a == b,
    "Le": lambda a, b: a > b,
    "Lt": lambda a, b: a >= b,
}


def absurd(statement: Term, theorem: Theorem) -> Theorem:
    """Where a false comparison of numbers holds there is no point, and anything holds."""
    _theorems(theorem)
    s = theorem.statement
    _require(
        s.head in COMPARISONS and all(map(is_number, s.args)), f"{theorem} is no absurdity"
    )
    _require(_FALSE[s.head](s.args[0].value, s.args[1].value), f"{theorem} is true")
    _require(statement.head not in RELATIONS, "a relation in theta is not proved by absurdity")
    try:
        theorem.context.check_statement(statement)
    except ContextError as error:
        raise KernelError(str(error)) from None
    return _conclude("absurd", (statement,), (theorem,), theorem.context, statement)


def branch(t: Term, k: int, value: Theorem, *conditions: Theorem) -> Theorem:
    """A Piecewise has the value of its first branch whose condition holds.

    The premises: that value is defined; each earlier condition fails; the condition holds.
    """
    _require(t.head == "Piecewise" and 0 <= 2 * k < len(t.args) - 1, f"{t} has no branch {k}")
    context = _join(value, *conditions)
    _well_formed(context, t)
    _require(
        _defined(value, "the branch") == t.args[2 * k], f"{value} is not about {t.args[2 * k]}"
    )
    left = iter(conditions)
    for j in range(k):
        p = next(left, None)
        _require(p is not None and _denies(p, t.args[2 * j + 1]), f"condition {j + 1}: {p}")
    condition = t.args[2 * k + 1]
    for conjunct in condition.args if condition.head == "And" else (condition,):
        if conjunct.head != "True":
            p = next(left, None)
            _require(p is not None and p.statement == conjunct, f"{conjunct} expected, not {p}")
    _require(next(left, None) is None, "there are more premises than conditions")
    statement = Term("Eq", (t, t.args[2 * k]))
    return _conclude("branch", (t, k), (value, *conditions), context, statement)


def _denies(premise: Theorem, condition: Term) -> bool:
    """Whether the premise is the opposite of the condition, or of one of its conjuncts.

    The other conjuncts are then undefined or not; ``And`` is strict, and the family members
    and indices that conditions compare are defined wherever the Piecewise is well-formed.
    """
    if condition.head == "And":
        return any(_denies(premise, c) for c in condition.args)
    return negation(condition) == premise.statement


def interior(t: Term, point: Theorem, line: Theorem) -> Theorem:
    """On the inside of an interval a derivative is the derivative on the line."""
    _require(t.head == "Derivative" and len(t.args) == 3, f"{t} has no domain of its own")
    context = _join(point, line)
    ends = interval(t.args[2])
    _require(ends is not None, f"{t.args[2]} is no interval: there is no derivative")
    assert ends is not None
    inside = Term("Open", (ends[0], ends[1]))
    _require(
        point.statement == Term("In", (t.args[1], inside)), f"expected a point of {inside}"
    )
    on_line = Term("Derivative", t.args[:2], None, t.names)
    _require(_defined(line, "the derivative") == on_line, f"expected that {on_line} is defined")
    return _conclude("interior", (t,), (point, line), context, Term("Eq", (t, on_line)))


# -- families of indicators, induction --------------------------------------------------------


def one_hot(bits: Theorem, unit: Theorem, goal: Theorem) -> Theorem:
    """Bits that sum to 1 are an indicator: there is one c with y[j] = delta(j, c).

    ``goal`` is proved for such a c, which it must not mention.
    """
    _theorems(bits, unit, goal)
    s = unit.statement
    _require(
        s.head == "Eq" and s.args[0].head == "Sum" and s.args[1] == ONE,
        f"expected Sum(y[j], (j, a, b)) = 1, got {unit}",
    )
    body, domain = s.args[0].args[0], Term("Range", s.args[0].args[1:])
    entry, before = goal.context.entry, goal.context.parent
    _require(
        before is not None and isinstance(before.entry, Declaration) and not before.entry.indices,
        f"{goal} is not proved for a class c",
    )
    assert before is not None
    assert isinstance(before.entry, Declaration)
    assert before.parent is not None
    context, c = before.parent, before.entry
    _require(c.domain == domain, f"{c.name} lies in {c.domain}, not in {domain}")
    delta = Term("KroneckerDelta", (Term("bound", (), 0), symbol(c.name)))
    indicator = Term("ForAll", (Term("Eq", (body, delta)), domain))
    _require(
        isinstance(entry, Hypothesis) and entry.statement == indicator,
        f"{goal} is not proved under {indicator}",
    )
    _require(
        c.name not in goal.statement.free and goal.statement.head not in RELATIONS,
        f"{goal} mentions the class {c.name}",
    )
    _says(unit, context, s, "the sum")
    bit = Term("ForAll", (Term("In", (body, Term("Bit"))), domain))
    _says(bits, context, bit, "the bits")
    return _conclude("one_hot", (), (bits, unit, goal), context, goal.statement)


def induction(
    goal: Term, base: Theorem, step: Theorem, low: Theorem, high: Theorem, ordered: Theorem
) -> Theorem:
    """``goal`` is ``P(k) for k in lo..hi``: from P(lo), and P(k) gives P(k+1), follows P(hi).

    The step is proved for k in lo..hi-1 under the hypothesis P(k); lo and hi are integers
    with lo <= hi.
    """
    _require(
        goal.head == "ForAll" and goal.args[1].head == "Range", f"{goal}: expected P(k) for k"
    )
    (body, over), context = goal.args, _join(base, low, high, ordered)
    lo, hi = over.args
    _theorems(step)
    before = step.context.parent
    _require(
        before is not None
        and isinstance(before.entry, Declaration)
        and not before.entry.indices
        and before.parent is context
        and isinstance(step.context.entry, Hypothesis),
        f"{step} is not proved for k under the hypothesis for k",
    )
    assert before is not None
    assert isinstance(before.entry, Declaration)
    k = symbol(before.entry.name)
    last = Term("Add", (hi, number(-1)))
    _require(before.entry.domain == Term("Range", (lo, last)), f"{k} must lie in {lo}..{last}")
    expected = (
        (base.statement, instantiate(body, lo)),
        (step.context.entry[0], instantiate(body, k)),  # type: ignore[index]  # a Hypothesis, checked above
        (step.statement, instantiate(body, Term("Add", (k, ONE)))),
        (low.statement, Term("In", (lo, INTEGER))),
        (high.statement, Term("In", (hi, INTEGER))),
        (ordered.statement, Term("Le", (lo, hi))),
    )
    for found, wanted in expected:
        _require(found == wanted, f"expected {wanted}, got {found}")
    _require(body.head in (*COMPARISONS, "In"), f"{body} is not proved by induction")
    premises = (base, step, low, high, ordered)
    return _conclude("induction", (goal,), premises, context, instantiate(body, hi))


# -- relations in theta -------------------------------------------------------------------------


def _theta(context: Context, names: tuple[str, ...], *sides: Term) -> tuple[Term, ...]:
    """The symbols of theta; their domain is theirs alone, and each side depends on them.

    Sizes may occur in the hypotheses on theta (a simplex has m members), other symbols not.
    """
    _require(bool(names), "theta is empty")
    for name in names:
        _require(name in context.names, f"{name} is not declared")
    for entry in context.entries():
        mentioned = _mentions(entry)
        if isinstance(entry, Hypothesis) and not mentioned.isdisjoint(names):
            for other in sorted(mentioned.difference(names)):
                _require(
                    _is_size(context.names[other]),
                    f"the hypothesis {entry.statement} links {', '.join(names)} to {other}",
                )
        _require(
            isinstance(entry, Hypothesis) or mentioned.isdisjoint(names),
            f"a later declaration depends on {', '.join(names)}",
        )
    for t in sides:
        _require(not t.free.isdisjoint(names), f"{t} does not depend on {', '.join(names)}")
    return tuple(map(symbol, names))


def _is_size(entry: Declaration) -> bool:
    return not entry.indices and entry.domain.head in ("Natural", "Natural0", "Integer", "Range")


def affine(names: tuple[str, ...], equation: Theorem, positive: Theorem) -> Theorem:
    """``f = a*g + b`` with a > 0, where a and b do not mention theta."""
    context = _join(equation, positive)
    s = equation.statement
    _require(
        s.head == "Eq"
        and s.args[1].head == "Add"
        and len(s.args[1].args) == 2
        and s.args[1].args[0].head == "Mul"
        and len(s.args[1].args[0].args) == 2,
        f"expected f = a*g + b, got {equation}",
    )
    (a, g), b = s.args[1].args[0].args, s.args[1].args[1]
    theta = _theta(context, names, s.args[0], g)
    _require(positive.statement == Term("Lt", (ZERO, a)), f"expected 0 < {a}, got {positive}")
    _require((a.free | b.free).isdisjoint(names), f"{a} or {b} depends on {', '.join(names)}")
    statement = Term("Affine", (s.args[0], g, *theta))
    return _conclude("affine", (names,), (equation, positive), context, statement)


def same_order(theorem: Theorem) -> Theorem:
    """Affine losses order theta alike."""
    _theorems(theorem)
    _require(theorem.statement.head == "Affine", f"expected f ~ g, got {theorem}")
    statement = Term("SameOrder", theorem.statement.args)
    return _conclude("same_order", (), (theorem,), theorem.context, statement)


def second_copy(context: Context, names: tuple[str, ...]) -> tuple[Context, dict[str, Term]]:
    """The context with another point of theta beside the first, and the new names."""
    renaming = {}
    for name in names:
        renaming[name] = symbol(fresh(name + "_", {*context.names, *(t.value for t in renaming.values())}))
    copied = context
    for entry in context.entries():
        if isinstance(entry, Declaration):
            if entry.name in renaming:
                new = renaming[entry.name].value
                copied = copied.declare(new, entry.domain, entry.indices, entry.hints)
        elif not entry.statement.free.isdisjoint(names):
            copied = copied.assume(substitute(entry.statement, renaming))
    return copied, renaming


def monotone(
    f: Term, g: Term, names: tuple[str, ...], defined: Theorem, less: Theorem, same: Theorem
) -> Theorem:
    """f < f' gives g < g' and f = f' gives g = g', so both order theta alike."""
    _theorems(defined, less, same)
    context = defined.context
    theta = _theta(context, names, f, g)
    _require(_defined(defined, "f") == f, f"expected that {f} is defined, got {defined}")
    copied, renaming = second_copy(context, names)
    there = (substitute(f, renaming), substitute(g, renaming))
    for theorem, head in ((less, "Lt"), (same, "Eq")):
        parent = _under(theorem, Term(head, (f, there[0])))
        wanted = Term(head, (g, there[1]))
        _require(
            parent is copied and theorem.statement == wanted,
            f"expected {wanted} for a second point, got {theorem}",
        )
    statement = Term("SameOrder", (f, g, *theta))
    return _conclude("monotone", (f, g, names), (defined, less, same), context, statement)


def minimiser(f: Term, t: Term, name: str, *premises: Theorem) -> Theorem:
    """t lies in theta's domain and f(t) < f(theta) wherever theta is not t.

    theta is one symbol or one family (t then names a family).  Premises: f is defined; t
    lies in the domain; each hypothesis on theta holds for t; the strict inequality, under
    ``theta != t``, or for one member k under ``theta[k] != t[k]``.
    """
    _require(len(premises) >= 3, "a proof of the strict inequality is missing")
    _theorems(*premises)
    defined, strict = premises[0], premises[-1]
    context = defined.context
    theta = _theta(context, (name,), f)
    _require(_defined(defined, "f") == f, f"expected that {f} is defined, got {defined}")
    entry = context.names[name]
    value = _applied(t, entry)
    _well_formed(context, value, len(entry.indices))
    _require(
        name not in t.free and len(entry.indices) < 2, f"{t} must not depend on {name}"
    )
    needed = Term("In", (value, entry.domain))
    if entry.indices:
        needed = Term("ForAll", (needed, entry.indices[0]))
    wanted = [needed]
    for h in context.hypotheses():
        if name in h.free:
            wanted.append(substitute(h, {name: t}))
    _require(len(premises) == len(wanted) + 2, f"{len(wanted)} conditions on {t} are needed")
    for p, statement in zip(premises[1:-1], wanted, strict=True):
        _says(p, context, statement, f"the point {t}")
    inside, here, there = context, theta[0], t
    if entry.indices:
        index = strict.context.parent.entry if strict.context.parent else None
        _require(
            isinstance(index, Declaration) and (index.domain, index.indices) == (entry.indices[0], ()),
            f"{strict} is not proved for one member of {name}",
        )
        assert isinstance(index, Declaration)
        inside = inside.declare(*index)
        k = symbol(index.name)
        here, there = Term("member", (k,), name), Term("member", (k,), t.value)
    _require(
        _under(strict, Term("Ne", (here, there))) is inside
        and strict.statement == Term("Lt", (substitute(f, {name: t}), f)),
        f"expected f({t}) < f for {here} != {there}, got {strict}",
    )
    return _conclude("minimiser", (f, t, name), premises, context, Term("Argmin", (f, t, *theta)))


def transfer(ordering: Theorem, least: Theorem) -> Theorem:
    """Losses with the same ordering have the same unique minimiser."""
    context = _join(ordering, least)
    s, m = _ordering(ordering, least)
    statement = Term("Argmin", (s.args[1], m.args[1], *s.args[2:]))
    return _conclude("transfer", (), (ordering, least), context, statement)


def same_argmin(ordering: Theorem, least: Theorem) -> Theorem:
    """Losses with the same ordering have the same minimisers, once there is one."""
    context = _join(ordering, least)
    s, _ = _ordering(ordering, least)
    return _conclude("same_argmin", (), (ordering, least), context, Term("SameArgmin", s.args))


def _ordering(ordering: Theorem, least: Theorem) -> tuple[Term, Term]:
    s, m = ordering.statement, least.statement
    _require(
        s.head == "SameOrder"
        and m.head == "Argmin"
        and m.args[0] == s.args[0]
        and m.args[2:] == s.args[2:],
        f"expected order(f) = order(g) and argmin(f) = t, got {ordering} and {least}",
    )
    return s, m


def gradient(f: Term, g: Term, name: str, theorem: Theorem) -> Theorem:
    """Equal derivatives by theta, or by each member of theta, are an equal gradient."""
    _theorems(theorem)
    context, variable = theorem.context, symbol(name)
    index = context.entry
    if name in context.names and context.names[name].indices:
        entry = context.names[name]
        _require(
            isinstance(index, Declaration)
            and (index.domain, len(entry.indices)) == (entry.indices[0], 1),
            f"{theorem} is not proved for each member of {name}",
        )
        assert context.parent is not None
        variable, context = Term("member", (symbol(context.entry[0]),), name), context.parent  # type: ignore[index, arg-type]  # a Declaration, checked above
    theta = _theta(context, (name,), f, g)
    _well_formed(context, Term("Add", (f, g)))
    _require(is_open(context.names[name].domain), f"{name} does not lie in an open interval")
    wanted = Term("Eq", (derivative(f, variable), derivative(g, variable)))
    _require(theorem.statement == wanted, f"expected {wanted}, got {theorem}")
    statement = Term("SameGradient", (f, g, *theta))
    return _conclude("gradient", (f, g, name), (theorem,), context, statement)


#: Every way to make a theorem, by name: what a certificate may call.
INFERENCES: dict[str, Callable[..., Theorem]] = {
    f.__name__: f
    for f in (
        axiom, declared, hypothesis, instance, weaken, side, reflexive, symmetric, transitive,
        antisymmetric, unequal, part, rewrite, ring, order, numeral, total, whole, belongs,
        element, promise, cases, each, absurd, branch, interior, one_hot, induction, affine,
        same_order, monotone, minimiser, transfer, same_argmin, gradient,
    )
}  # fmt: skip
