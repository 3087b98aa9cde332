"""False mutants of true statements: one semantic change, gross or minute, in a random place.

``changes`` makes candidates of every kind; ``mutants`` keeps those that a verified witness
shows to be false.  ``weakened`` changes what is given instead of what is claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from random import Random

from derive.context import Context, ContextError, Hypothesis
from derive.domains import NATURAL, NATURAL0, NONNEGATIVE, POSITIVE, REAL, UNIT, elements
from derive.functions import Eq, Piecewise
from derive.refute.glance import unsuspicious
from derive.refute.numbers import IllFormed
from derive.refute.relations import opened, refuting
from derive.refute.witness import Witness, candidates, verify
from derive.term import Term, apply, instantiate, is_number, number, symbol
from tests.generators.places import Place, places, put
from tests.generators.rewrites import rewrites

#: What becomes of a place: a new term, or None where the kind of change does not apply.
Change = Callable[[Place, Random], Term | None]

#: Changes by name: of terms, indices and ends of ranges, conditions, statements.
TERMS: dict[str, Change] = {}
INDICES: dict[str, Change] = {}
CONDITIONS: dict[str, Change] = {}
STATEMENTS: dict[str, Change] = {}
_TABLES = (
    (TERMS, ("term", "point")),
    (INDICES, ("index",)),
    (CONDITIONS, ("condition",)),
    (STATEMENTS, ("statement",)),
)

#: Draws for one mutant.
PATIENCE = 6

#: Points tried to show that a mutant is false: the same ones for every mutant of a context,
#: so that they are drawn once.  One mutant in ``RARE`` that holds there is tried with others
#: too, special positions and large sizes among them.
POINTS = 12
MORE_POINTS = 20
RARE = 4


def mutants(
    statement: Term, context: Context, rng: Random, rewritten: bool = True
) -> Iterator[tuple[str, Term]]:
    """False statements without end, each with the kind of change; half after true rewrites.

    Every one of them is refuted by a verified witness in the context.
    """
    idle = 0
    while idle < PATIENCE:
        idle += 1
        found = _mutant(statement, context, rng, rewritten)
        if found is None:
            continue
        kind, changed = found
        if shown_false(context, changed, rng):
            idle = 0
            yield kind, changed


def shown_false(context: Context, statement: Term, rng: Random) -> bool:
    """Whether a witness was found, and verified, that refutes the statement."""
    if _refuted(context, statement, POINTS, 0):
        return True
    return rng.randrange(RARE) == 0 and _refuted(
        context, statement, MORE_POINTS, rng.randrange(1, 10**6)
    )


def _refuted(context: Context, statement: Term, budget: int, seed: int) -> bool:
    """As ``refute`` and ``verify``, without making the witness simple for a reader."""
    inner, s = opened(context, statement)
    for candidate in candidates(inner, s, budget, seed, thorough=seed != 0):
        try:
            if len(candidate) == 1 and unsuspicious(s, candidate[0]):
                continue
            if refuting(inner, s, candidate) is None:
                continue
        except IllFormed:
            continue
        if verify(Witness(s.head, (), candidate), context, statement):
            return True
    return False


def _mutant(
    statement: Term, context: Context, rng: Random, rewritten: bool
) -> tuple[str, Term] | None:
    names: tuple[str, ...] = ()
    way = rng.randrange(4) if rewritten else 0
    if way == 1:
        names, statement = rewrites(statement, context, rng, rng.randint(1, 4))
    found = _change(statement, context, rng)
    if found is None:
        return None
    kind, changed = found
    if way == 2:
        names, changed = rewrites(changed, context, rng, rng.randint(1, 4))
    try:
        context.check_statement(changed)
    except ContextError:
        return None
    return " after ".join([kind, "+".join(names)]) if names else kind, changed


def _change(statement: Term, context: Context, rng: Random) -> tuple[str, Term] | None:
    """One change of a random kind in a random place."""
    everywhere = places(context, statement)
    offered = [(table[name], name, kinds) for table, kinds in _TABLES for name in table]
    rng.shuffle(offered)
    for change, name, kinds in offered:
        wanted = [p for p in everywhere if p.kind in kinds]
        rng.shuffle(wanted)
        for place in wanted[:8]:
            new = change(place, rng)
            if new is not None and new != place.term:
                return name, put(statement, place, new)
    return None


def _kind_of(table: dict[str, Change]) -> Callable[[Change], Change]:
    def register(change: Change) -> Change:
        table[change.__name__.strip("_")] = change
        return change

    return register


# -- terms -------------------------------------------------------------------------------------


def _simple(name: str, change: Callable[[Term], Term]) -> None:
    TERMS[name] = lambda place, _: change(place.term)


_simple("sign", lambda t: t.args[0] if t.head == "Neg" else Term("Neg", (t,)))
_simple("factor 2", lambda t: 2 * t)
_simple("factor 1/2", lambda t: t / 2)
_simple("factor 1001/1000", lambda t: number(Fraction(1001, 1000)) * t)
_simple("offset 1/1000", lambda t: t + Fraction(1, 1000))
_simple("offset 1", lambda t: t + 1)
_simple("offset -1", lambda t: t - 1)
_simple("square", lambda t: t**2)
_simple("one minus", lambda t: 1 - t)
_simple("replaced by 0", lambda _: number(0))
_simple("replaced by 1", lambda _: number(1))
_simple("absolute value", lambda t: apply("Abs", t))
_simple("positive part", lambda t: apply("Max", 0, t))


@_kind_of(TERMS)
def _dropped_part(place: Place, rng: Random) -> Term | None:
    t = place.term
    if t.head not in ("Add", "Mul", "Max", "Min") or len(t.args) < 2:
        return None
    k = rng.randrange(len(t.args))
    rest = (*t.args[:k], *t.args[k + 1 :])
    return rest[0] if len(rest) == 1 else Term(t.head, rest)


@_kind_of(TERMS)
def _doubled_part(place: Place, rng: Random) -> Term | None:
    t = place.term
    if t.head not in ("Add", "Mul"):
        return None
    return Term(t.head, (*t.args, rng.choice(t.args)))


@_kind_of(TERMS)
def _dropped_function(place: Place, rng: Random) -> Term | None:
    t = place.term
    if t.head in ("number", "symbol", "member", "Sum", "Product", "Piecewise") or not t.args:
        return None
    k = 0 if t.head == "Pow" else rng.randrange(len(t.args))
    return None if t.args[k].loose or t.head in _BINDING else t.args[k]


_BINDING = ("Integral", "Expectation", "Derivative", "softmax", "logsumexp")
_OTHER = {
    "Max": ("Min",),
    "Min": ("Max",),
    "Add": ("Mul",),
    "Mul": ("Add",),
    "Sum": ("Product", "logsumexp"),
    "Product": ("Sum",),
    "logsumexp": ("Sum",),
    "log": ("log_2", "exp"),
    "exp": ("sigmoid", "softplus", "cosh"),
    "sigmoid": ("tanh", "exp", "softplus"),
    "softplus": ("exp", "sigmoid"),
    "sin": ("cos",),
    "cos": ("sin",),
    "sinh": ("cosh", "tanh"),
    "cosh": ("sinh", "exp"),
    "tanh": ("sigmoid", "sinh"),
    "gamma": ("factorial", "loggamma"),
    "loggamma": ("gamma", "digamma"),
    "digamma": ("loggamma", "log"),
    "factorial": ("gamma",),
    "Abs": ("sign", "exp"),
    "sign": ("Abs",),
    "KroneckerDelta": ("Max", "Mul"),
    "xlogy": ("Mul",),
}


@_kind_of(TERMS)
def _other_function(place: Place, rng: Random) -> Term | None:
    t = place.term
    others = _OTHER.get(t.head)
    return None if others is None else Term(rng.choice(others), t.args, t.value, t.names)


@_kind_of(TERMS)
def _swapped_arguments(place: Place, _: Random) -> Term | None:
    t = place.term
    known = t.head in ("Div", "Pow", "binomial", "log_b", "xlogy", "member")
    if not known or len(t.args) != 2:
        return None
    return Term(t.head, t.args[::-1], t.value, t.names)


@_kind_of(TERMS)
def _exponent(place: Place, rng: Random) -> Term | None:
    t = place.term
    if t.head != "Pow":
        return None
    base, e = t.args
    return rng.choice((base ** (e + 1), base ** (e - 1), base ** (-e), base ** (1 - e), base**2))


@_kind_of(TERMS)
def _argument(place: Place, rng: Random) -> Term | None:
    """Another argument of a function: its double, one more, its negative."""
    t = place.term
    if len(t.args) != 1 or t.head in ("Neg", "member"):
        return None
    (u,) = t.args
    changed = rng.choice((2 * u, u + 1, -u, 1 - u, u**2, u + Fraction(1, 1000)))
    return Term(t.head, (changed,))


@_kind_of(TERMS)
def _other_symbol(place: Place, rng: Random) -> Term | None:
    t = place.term
    if t.head == "symbol":
        return _another(place, t, rng)
    if t.head != "member":
        return None
    wanted = place.context.names[t.value]
    others = [
        d.name
        for d in place.context.names.values()
        if d.indices == wanted.indices and d.name != wanted.name
    ]
    return Term("member", t.args, rng.choice(others)) if others else None


def _another(place: Place, t: Term, rng: Random) -> Term | None:
    others = [
        d.name
        for d in place.context.names.values()
        if not d.indices and d.name != t.value and d.domain.head != "Partial"
    ]
    return symbol(rng.choice(others)) if others else None


@_kind_of(TERMS)
def _kronecker(place: Place, rng: Random) -> Term | None:
    t = place.term
    if t.head != "KroneckerDelta":
        return None
    a, b = t.args
    return rng.choice((number(0), number(1), apply("KroneckerDelta", a, b + 1), 1 - t))


@_kind_of(TERMS)
def _other_variable(place: Place, rng: Random) -> Term | None:
    """The derivative taken elsewhere, or of the body with its variable doubled."""
    t = place.term
    if t.head != "Derivative":
        return None
    point = t.args[1]
    moved = _another(place, point, rng) if point.head == "symbol" else None
    elsewhere = point + 1 if moved is None else moved
    inner = Term("Derivative", (t.args[0], elsewhere, *t.args[2:]), None, t.names)
    return rng.choice((inner, t * 2, instantiate(t.args[0], point)))


@_kind_of(TERMS)
def _second_argument(place: Place, rng: Random) -> Term | None:
    """A branch lost, or the branches exchanged."""
    t = place.term
    if t.head != "Piecewise" or len(t.args) < 4:
        return None
    a, condition, b, *rest = t.args
    return rng.choice((a, b, Term("Piecewise", (b, condition, a, *rest))))


# -- changes that show in one place only ---------------------------------------------------------


def _integers(place: Place) -> list[Term]:
    heads = ("Natural", "Natural0", "Integer", "Range", "Bit")
    return [
        symbol(d.name)
        for d in place.context.names.values()
        if not d.indices and d.domain.head in heads
    ]


@_kind_of(TERMS)
def _at_one_size(place: Place, rng: Random) -> Term | None:
    """Wrong where an index or a size has one value."""
    sizes = _integers(place)
    if not sizes:
        return None
    n, k, t = rng.choice(sizes), rng.randint(0, 4), place.term
    bump = rng.choice((number(1), number(Fraction(1, 10)), t))
    return rng.choice(
        (
            t + bump * apply("KroneckerDelta", n, k),
            Piecewise((t + bump, Eq(n, k)), (t, True)),
            t * (1 + apply("KroneckerDelta", n, k)),
        )
    )


@_kind_of(TERMS)
def _at_large_sizes(place: Place, rng: Random) -> Term | None:
    """Right up to some size."""
    sizes = _integers(place)
    if not sizes:
        return None
    n, k = rng.choice(sizes), rng.choice((1, 2, 3, 5, 8))
    return place.term + apply("Max", 0, n - k)


@_kind_of(TERMS)
def _on_one_side(place: Place, rng: Random) -> Term | None:
    """Wrong where a number is beyond a border, or at one value of it."""
    reals = [
        symbol(d.name)
        for d in place.context.names.values()
        if not d.indices and d.domain.head in ("Real", "Positive", "Unit", "Nonnegative")
    ]
    if not reals:
        return None
    x, t = rng.choice(reals), place.term
    border = number(rng.choice((Fraction(1, 2), Fraction(0), Fraction(1), Fraction(9, 10))))
    return rng.choice(
        (
            t + apply("Max", 0, x - border),
            t + apply("Min", 0, x - border) / 100,
            Piecewise((t + 1, apply("Eq", x, border)), (t, True)),
            t + 0 / (x - border),
        )
    )


@_kind_of(TERMS)
def _vanishing(place: Place, rng: Random) -> Term | None:
    """A product that is 0 in the corners, where points are tried first."""
    wanted = [a for a in place.term.args if a.head in ("symbol", "member")]
    if not wanted:
        return None
    u = rng.choice(wanted)
    return place.term + u * (1 - u) * rng.choice((1, Fraction(1, 50)))


# -- indices and ranges --------------------------------------------------------------------


@_kind_of(INDICES)
def _shifted(place: Place, rng: Random) -> Term | None:
    return rng.choice((place.term + 1, place.term - 1))


@_kind_of(INDICES)
def _other_index(place: Place, rng: Random) -> Term | None:
    t = place.term
    others = [u for u in _integers(place) if u != t]
    return rng.choice([*others, number(1), number(2)])


@_kind_of(INDICES)
def _reflected(place: Place, _: Random) -> Term | None:
    ends = [u for u in _integers(place) if u != place.term]
    return ends[0] + 1 - place.term if ends and not is_number(place.term) else None


# -- conditions and statements -------------------------------------------------------------------

_RELATED = {
    "Eq": ("Ne", "Lt", "Le"),
    "Ne": ("Eq", "Lt"),
    "Le": ("Lt", "Eq"),
    "Lt": ("Le", "Ne"),
}


@_kind_of(CONDITIONS)
def _border(place: Place, rng: Random) -> Term | None:
    t = place.term
    if t.head not in _RELATED:
        return None
    a, b = t.args
    return rng.choice(
        (
            Term(rng.choice(_RELATED[t.head]), t.args),
            Term(t.head, (b, a)),
            apply(t.head, a + 1, b),
            apply(t.head, a, b + Fraction(1, 100)),
        )
    )


@_kind_of(STATEMENTS)
def _relation(place: Place, rng: Random) -> Term | None:
    """A stronger statement, or the opposite."""
    t = place.term
    a, b = t.args[:2]
    if t.head == "Eq":
        return apply(rng.choice(("Lt", "Ne")), a, b)
    if t.head == "Le":
        return rng.choice((apply("Lt", a, b), apply("Eq", a, b), apply("Le", b, a)))
    if t.head == "Lt":
        return rng.choice((apply("Le", b, a), apply("Eq", a, b)))
    if t.head == "SameGradient":
        return Term(t.head, (a, -b, *t.args[2:]))
    if t.head in ("Affine", "SameOrder"):
        return Term(t.head, (a, rng.choice((-b, b**2, apply("exp", b))), *t.args[2:]))
    return None


@_kind_of(STATEMENTS)
def _stronger_relation(place: Place, _: Random) -> Term | None:
    t = place.term
    if t.head == "SameOrder":
        return Term("Affine", t.args)
    if t.head in ("Affine", "SameGradient"):
        return Term("Eq", t.args[:2])
    return Term("Eq", (t.args[0], number(0))) if t.head == "Eq" else None


@_kind_of(STATEMENTS)
def _only_theta(place: Place, rng: Random) -> Term | None:
    """A term of theta added to one of the two objectives."""
    t = place.term
    names = place.context.names
    own = [u for u in t.args[2:] if not names[u.value].indices]
    if not own:
        return None
    u = rng.choice(own)
    extra = rng.choice((u / 100, apply("exp", u), apply("Max", 0, u - 3), u**2))
    return Term(t.head, (t.args[0] + extra, *t.args[1:]))


# -- what is given -----------------------------------------------------------------------------

_WIDER = {
    UNIT: (POSITIVE, REAL, Term("Closed", (number(0), number(1)))),
    POSITIVE: (NONNEGATIVE, REAL),
    NONNEGATIVE: (REAL,),
    NATURAL: (NATURAL0,),
}


def weakened(context: Context, rng: Random) -> tuple[str, Context] | None:
    """The context with one hypothesis less or one wider domain, and what was changed.

    None when the change leaves no context, or nothing can be changed.
    """
    entries = list(context.entries())
    rng.shuffle(order := list(range(len(entries))))
    for k in order:
        entry = entries[k]
        if isinstance(entry, Hypothesis):
            said, changed = f"without {entry.statement}", []
        else:
            wider = _WIDER.get(entry.domain)
            if elements(entry.domain) is not None and entry.domain.head == "Bit":
                wider = (REAL, Term("FiniteSet", (number(0), number(1), number(2))))
            if wider is None or entry.definition is not None:
                continue
            domain = rng.choice(wider)
            said, changed = f"{entry.name} in {domain}", [entry._replace(domain=domain)]
        found = _rebuilt([*entries[:k], *changed, *entries[k + 1 :]])
        if found is not None:
            return said, found
    return None


def _rebuilt(entries: list[object]) -> Context | None:
    context = Context()
    try:
        for entry in entries:
            if isinstance(entry, Hypothesis):
                context = context.assume(entry.statement)
            else:
                context = context.declare(*entry)  # type: ignore[misc]  # a Declaration
    except ContextError:
        return None
    return context


def false_in_weaker(
    statement: Term, context: Context, rng: Random
) -> tuple[str, Context, Term] | None:
    """The statement in a weaker context where a verified witness refutes it."""
    found = weakened(context, rng)
    if found is None:
        return None
    said, wider = found
    names, changed = rewrites(statement, wider, rng, rng.randrange(3))
    try:
        wider.check_statement(changed)
    except ContextError:
        return None
    if not shown_false(wider, changed, rng):
        return None
    return " after ".join([said, *names[:1]]), wider, changed


def changes_by_name() -> list[str]:
    """The kinds of change there are."""
    return [name for table, _ in _TABLES for name in table]
