"""True rewrites: random changes of a statement that keep what it says, at every point.

Each is correct by construction: the new term is defined exactly where the old one is, and
has its value there.  Nothing here asks the prover anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from random import Random

from derive.context import Context
from derive.functions import (
    Abs,
    Eq,
    Le,
    Lt,
    Piecewise,
    Product,
    Sum,
    exp,
    log,
    sigmoid,
    sqrt,
)
from derive.term import Term, apply, fresh, instantiate, is_number, number, substitute, symbol
from tests.generators.places import (
    defined,
    not_empty,
    places,
    positive,
    put,
    scalars,
    small,
)

Rewrite = Callable[[Context, Term, Random], Term | None]

#: Every rewrite by name; those of ``STATEMENTS`` change a whole statement.
REWRITES: dict[str, Rewrite] = {}
STATEMENTS: dict[str, Rewrite] = {}


def rewrites(
    statement: Term, context: Context, rng: Random, depth: int = 1
) -> tuple[tuple[str, ...], Term]:
    """The names of at most ``depth`` rewrites, and the statement after them."""
    used: list[str] = []
    for _ in range(depth):
        found = _one(statement, context, rng)
        if found is None:
            break
        name, statement = found
        used.append(name)
    return tuple(used), statement


def _one(statement: Term, context: Context, rng: Random) -> tuple[str, Term] | None:
    if not small(statement):
        return None
    everywhere = [p for p in places(context, statement) if p.kind in ("term", "statement")]
    names = [*REWRITES, *STATEMENTS]
    rng.shuffle(names)
    for name in names:
        kind = "term" if name in REWRITES else "statement"
        wanted = [p for p in everywhere if p.kind == kind]
        rng.shuffle(wanted)
        for place in wanted:
            new = {**REWRITES, **STATEMENTS}[name](place.context, place.term, rng)
            if new is not None and new != place.term:
                return name, put(statement, place, new)
    return None


def every_rewrite(statement: Term, context: Context, rng: Random) -> Iterator[tuple[str, Term]]:
    """One result of every rewrite that applies somewhere."""
    everywhere = places(context, statement)
    rng.shuffle(everywhere)
    for table, kind in ((REWRITES, "term"), (STATEMENTS, "statement")):
        for name, change in table.items():
            for place in everywhere:
                new = change(place.context, place.term, rng) if place.kind == kind else None
                if new is not None and new != place.term:
                    yield name, put(statement, place, new)
                    break


def _rewrite(change: Rewrite) -> Rewrite:
    REWRITES[change.__name__.strip("_")] = change
    return change


def _whole(change: Rewrite) -> Rewrite:
    STATEMENTS[change.__name__.strip("_")] = change
    return change


def _of(head: str, arguments: list[Term]) -> Term:
    return arguments[0] if len(arguments) == 1 else Term(head, tuple(arguments))


# -- algebra -------------------------------------------------------------------------------------


@_rewrite
def _commute(_: Context, t: Term, rng: Random) -> Term | None:
    if t.head not in ("Add", "Mul", "Max", "Min", "KroneckerDelta") or len(t.args) < 2:
        return None
    arguments = list(t.args)
    rng.shuffle(arguments)
    return Term(t.head, tuple(arguments))


@_rewrite
def _associate(_: Context, t: Term, rng: Random) -> Term | None:
    if t.head not in ("Add", "Mul"):
        return None
    inner = [k for k, a in enumerate(t.args) if a.head == t.head]
    if inner:
        k = rng.choice(inner)
        return Term(t.head, (*t.args[:k], *t.args[k].args, *t.args[k + 1 :]))
    if len(t.args) < 3:
        return None
    k = rng.randrange(1, len(t.args) - 1)
    return Term(t.head, (*t.args[:k], Term(t.head, t.args[k:])))


@_rewrite
def _distribute(_: Context, t: Term, rng: Random) -> Term | None:
    if t.head == "Neg" and t.args[0].head == "Add":
        return Term("Add", tuple(Term("Neg", (a,)) for a in t.args[0].args))
    if t.head == "Div" and t.args[0].head == "Add":
        return Term("Add", tuple(Term("Div", (a, t.args[1])) for a in t.args[0].args))
    sums = [k for k, a in enumerate(t.args) if a.head == "Add"] if t.head == "Mul" else []
    if not sums:
        return None
    k = rng.choice(sums)
    rest = [*t.args[:k], *t.args[k + 1 :]]
    return Term("Add", tuple(_of("Mul", [*rest, a]) for a in t.args[k].args))


@_rewrite
def _factor(_: Context, t: Term, rng: Random) -> Term | None:
    if t.head != "Add":
        return None
    if all(a.head == "Neg" for a in t.args):
        return Term("Neg", (Term("Add", tuple(a.args[0] for a in t.args)),))
    split = [list(a.args) if a.head == "Mul" else [a] for a in t.args]
    shared = [u for u in split[0] if all(u in other for other in split[1:])]
    if not shared:
        return None
    u = rng.choice(shared)
    for factors in split:
        factors.remove(u)
    return u * Term("Add", tuple(_of("Mul", f) if f else number(1) for f in split))


@_rewrite
def _two_halves(_: Context, t: Term, rng: Random) -> Term | None:
    return rng.choice(
        (
            t / 2 + t / 2,
            2 * t - t,
            number(Fraction(1, 3)) * t + number(Fraction(2, 3)) * t,
            Term("Neg", (Term("Neg", (t,)),)),
            t**1,
            Term("Add", (t, number(0))),
            Term("Mul", (number(1), t)),
        )
    )


@_rewrite
def _add_and_subtract(context: Context, t: Term, rng: Random) -> Term | None:
    u = _something(context, t, rng)
    return rng.choice((t + u - u, t - u + u, u + (t - u)))


@_rewrite
def _multiply_and_divide(context: Context, t: Term, rng: Random) -> Term | None:
    wanted = [number(2), number(7), *(s for s in scalars(context, rng) if positive(context, s))]
    c = rng.choice([*wanted, *(exp(s) for s in scalars(context, rng)[:1])])
    return rng.choice((t * c / c, t / c * c, c * (t / c)))


def _something(context: Context, t: Term, rng: Random) -> Term:
    """A term that is certainly defined, perhaps one that occurs there."""
    known = [number(rng.randint(1, 5)), *scalars(context, rng)[:2]]
    known += [a for a in t.args if a.loose == 0 and t.head != "member" and defined(context, a)]
    u = rng.choice(known)
    return rng.choice((u, u, exp(u), u**2))


@_rewrite
def _quotient(_: Context, t: Term, __: Random) -> Term | None:
    if t.head != "Div":
        return None
    a, b = t.args
    return a * b**-1


@_rewrite
def _reciprocal(_: Context, t: Term, __: Random) -> Term | None:
    if t.head != "Div" or t.args[0] == number(1):
        return None
    return t.args[0] * (1 / t.args[1])


@_rewrite
def _square(_: Context, t: Term, rng: Random) -> Term | None:
    if t.head != "Pow" or t.args[1] != number(2):
        return None
    base = t.args[0]
    if base.head == "Add" and len(base.args) == 2:
        a, b = base.args
        return rng.choice((base * base, a**2 + 2 * a * b + b**2))
    return rng.choice((base * base, Abs(base) ** 2))


@_rewrite
def _number(_: Context, t: Term, rng: Random) -> Term | None:
    if not is_number(t):
        return None
    k = rng.randint(1, 3)
    return rng.choice((number(t.value + k) - number(k), number(t.value * k) / number(k)))


# -- powers, logarithms, exponentials -----------------------------------------------------


@_rewrite
def _log_of_product(context: Context, t: Term, _: Random) -> Term | None:
    if t.head != "log" or t.args[0].head not in ("Mul", "Div"):
        return None
    inner = t.args[0]
    if not all(positive(context, a) for a in inner.args):
        return None
    logs = [log(a) for a in inner.args]
    return Term("Add", tuple(logs)) if inner.head == "Mul" else logs[0] - logs[1]


@_rewrite
def _logs_together(context: Context, t: Term, _: Random) -> Term | None:
    if t.head != "Add" or len(t.args) != 2 or t.args[0].head != "log":
        return None
    a, b = t.args
    if b.head == "log" and positive(context, a.args[0]) and positive(context, b.args[0]):
        return log(a.args[0] * b.args[0])
    inner = b.args[0] if b.head == "Neg" else b
    if b.head == "Neg" and inner.head == "log":
        u, v = a.args[0], inner.args[0]
        return log(u / v) if positive(context, u) and positive(context, v) else None
    return None


@_rewrite
def _log_of_power(context: Context, t: Term, _: Random) -> Term | None:
    if t.head != "log" or t.args[0].head != "Pow":
        return None
    base, exponent = t.args[0].args
    return exponent * log(base) if positive(context, base) else None


@_rewrite
def _factor_into_log(context: Context, t: Term, _: Random) -> Term | None:
    if t.head != "Mul" or t.args[-1].head != "log" or not positive(context, t.args[-1].args[0]):
        return None
    return log(t.args[-1].args[0] ** _of("Mul", list(t.args[:-1])))


@_rewrite
def _log_of_reciprocal(context: Context, t: Term, _: Random) -> Term | None:
    return -log(1 / t.args[0]) if t.head == "log" and positive(context, t.args[0]) else None


@_rewrite
def _log_of_exp(context: Context, t: Term, rng: Random) -> Term | None:
    if t.head == "log" and t.args[0].head == "exp":
        return t.args[0].args[0]
    if positive(context, t) and t.head != "number" and rng.random() < 0.5:
        return exp(log(t))
    return log(exp(t))


@_rewrite
def _exp_of_sum(_: Context, t: Term, __: Random) -> Term | None:
    if t.head != "exp":
        return None
    inner = t.args[0]
    if inner.head == "Add":
        return Term("Mul", tuple(exp(a) for a in inner.args))
    return 1 / exp(-inner) if inner.head != "Neg" else 1 / exp(inner.args[0])


@_rewrite
def _exps_together(_: Context, t: Term, __: Random) -> Term | None:
    if t.head != "Mul" or not all(a.head == "exp" for a in t.args):
        return None
    return exp(Term("Add", tuple(a.args[0] for a in t.args)))


@_rewrite
def _power_as_exp(context: Context, t: Term, _: Random) -> Term | None:
    if t.head != "Pow" or not positive(context, t.args[0]):
        return None
    return exp(t.args[1] * log(t.args[0]))


@_rewrite
def _power_of_sum(context: Context, t: Term, _: Random) -> Term | None:
    if t.head != "Pow" or t.args[1].head != "Add" or not positive(context, t.args[0]):
        return None
    return Term("Mul", tuple(t.args[0] ** e for e in t.args[1].args))


@_rewrite
def _square_root(context: Context, t: Term, _: Random) -> Term | None:
    if t.head == "Abs":
        return sqrt(t.args[0] ** 2)
    known = t.head in ("symbol", "member") and positive(context, t)
    return sqrt(t) ** 2 if known else None


# -- functions by their definitions ------------------------------------------------------------


@_rewrite
def _sigmoid(_: Context, t: Term, rng: Random) -> Term | None:
    if t.head != "sigmoid":
        return None
    z = t.args[0]
    return rng.choice(
        (1 / (1 + exp(-z)), exp(z) / (1 + exp(z)), 1 - sigmoid(-z), (1 + exp(-z)) ** -1)
    )


@_rewrite
def _softplus(_: Context, t: Term, rng: Random) -> Term | None:
    if t.head != "softplus":
        return None
    z = t.args[0]
    return rng.choice((log(1 + exp(z)), z + log(1 + exp(-z)), -log(sigmoid(-z))))


@_rewrite
def _hyperbolic(_: Context, t: Term, __: Random) -> Term | None:
    if t.head not in ("tanh", "sinh", "cosh"):
        return None
    z = t.args[0]
    if t.head == "tanh":
        return 2 * sigmoid(2 * z) - 1
    return (exp(z) - exp(-z)) / 2 if t.head == "sinh" else (exp(z) + exp(-z)) / 2


@_rewrite
def _softmax(context: Context, t: Term, rng: Random) -> Term | None:
    if t.head != "softmax" or t.args[3].head != "symbol":
        return None
    own = context.names[t.args[3].value].domain
    if own != Term("Range", t.args[1:3]):
        return None
    i, body = _open(context, t)
    place = substitute(body, {i.value: t.args[3]})
    if rng.random() < 0.5:
        return exp(place) / Sum(exp(body), (i, t.args[1], t.args[2]))
    return exp(place - apply("logsumexp", *_closed(i, body, t)))


def _closed(i: Term, body: Term, t: Term) -> tuple[Term, ...]:
    from derive.term import abstract

    return abstract(body, i.value), t.args[1], t.args[2]


@_rewrite
def _logsumexp(context: Context, t: Term, _: Random) -> Term | None:
    if t.head != "logsumexp":
        return None
    i, body = _open(context, t)
    return log(Sum(exp(body), (i, t.args[1], t.args[2])))


@_rewrite
def _branches(_: Context, t: Term, rng: Random) -> Term | None:
    if t.head == "Abs":
        (x,) = t.args
        return rng.choice((Piecewise((x, Le(0, x)), (-x, True)), Abs(-x)))
    if t.head in ("Max", "Min") and len(t.args) == 2:
        a, b = t.args
        up = t.head == "Max"
        return rng.choice(
            (
                Piecewise((a, Le(b, a) if up else Le(a, b)), (b, True)),
                (a + b + Abs(a - b)) / 2 if up else (a + b - Abs(a - b)) / 2,
            )
        )
    if t.head == "KroneckerDelta":
        return Piecewise((1, Eq(*t.args)), (0, True))
    return None


@_rewrite
def _other_branch_first(_: Context, t: Term, __: Random) -> Term | None:
    """The branches of ``Piecewise((a, u < v), (b, True))`` the other way round."""
    if t.head != "Piecewise" or len(t.args) != 4 or t.args[3].head != "True":
        return None
    a, condition, b, _ = t.args
    opposite = {"Lt": Le, "Le": Lt}.get(condition.head)
    if opposite is None:
        return None
    u, v = condition.args
    return Piecewise((b, opposite(v, u)), (a, True))


@_rewrite
def _definition(context: Context, t: Term, _: Random) -> Term | None:
    if t.head not in ("symbol", "member"):
        return None
    meaning = context.names[t.value].definition
    return None if meaning is None else instantiate(meaning, *t.args)


@_rewrite
def _factorial(_: Context, t: Term, __: Random) -> Term | None:
    if t.head == "factorial":
        return apply("gamma", t.args[0] + 1)
    if t.head == "binomial":
        n, k = t.args
        up = apply("gamma", n + 1)
        return up / (apply("gamma", k + 1) * apply("gamma", n - k + 1))
    return None


# -- sums and products ---------------------------------------------------------------------


def _open(context: Context, t: Term) -> tuple[Term, Term]:
    """A fresh index and the body of a binder with it."""
    hint = t.names[0] if t.names else "i"
    i = symbol(fresh(hint, set(context.names) | t.free))
    return i, instantiate(t.args[0], i)


def _is_sum(t: Term) -> bool:
    return t.head in ("Sum", "Product")


def _again(t: Term, i: Term, body: Term, low: Term, high: Term) -> Term:
    return (Sum if t.head == "Sum" else Product)(body, (i, low, high))


@_rewrite
def _split_body(context: Context, t: Term, _: Random) -> Term | None:
    if not _is_sum(t):
        return None
    i, body = _open(context, t)
    head = "Add" if t.head == "Sum" else "Mul"
    if body.head != head:
        return None
    return Term(head, tuple(_again(t, i, a, *t.args[1:]) for a in body.args))


@_rewrite
def _join_sums(context: Context, t: Term, _: Random) -> Term | None:
    if t.head != "Add" or not all(a.head == "Sum" for a in t.args):
        return None
    if len({a.args[1:] for a in t.args}) > 1:
        return None
    i, _first = _open(context, t.args[0])
    bodies = tuple(instantiate(a.args[0], i) for a in t.args)
    return Sum(Term("Add", bodies), (i, *t.args[0].args[1:]))


@_rewrite
def _constant_out(context: Context, t: Term, rng: Random) -> Term | None:
    if t.head != "Sum":
        return None
    i, body = _open(context, t)
    if body.head == "Neg":
        return -Sum(body.args[0], (i, *t.args[1:]))
    if (
        body.head == "Div"
        and _free_constant(context, body.args[1], i)
        and positive(context, body.args[1])
    ):
        return Sum(body.args[0], (i, *t.args[1:])) / body.args[1]
    factors = list(body.args) if body.head == "Mul" else []
    out = [a for a in factors if _free_constant(context, a, i)]
    if not out:
        return None
    c = rng.choice(out)
    factors.remove(c)
    return c * Sum(_of("Mul", factors), (i, *t.args[1:]))


def _free_constant(context: Context, a: Term, i: Term) -> bool:
    names = context.names
    if i.value in a.free or any(n not in names or names[n].indices for n in a.free):
        return False
    return defined(context, a)


@_rewrite
def _constant_in(context: Context, t: Term, _: Random) -> Term | None:
    sums = [a for a in t.args if a.head == "Sum"] if t.head == "Mul" else []
    if t.head == "Neg" and t.args[0].head == "Sum":
        inner = t.args[0]
        i, body = _open(context, inner)
        return Sum(-body, (i, *inner.args[1:]))
    if not sums:
        return None
    inner = sums[0]
    rest = list(t.args)
    rest.remove(inner)
    if not all(defined(context, a) and not a.loose for a in rest):
        return None
    if any(context.names[n].indices for a in rest for n in a.free):
        return None
    i, body = _open(context, inner)
    return Sum(_of("Mul", rest) * body, (i, *inner.args[1:]))


@_rewrite
def _shift(context: Context, t: Term, rng: Random) -> Term | None:
    if not _is_sum(t):
        return None
    i, body = _open(context, t)
    k = rng.choice((1, 2, -1, -2))
    low, high = t.args[1:]
    return _again(t, i, substitute(body, {i.value: i - k}), low + k, high + k)


@_rewrite
def _reflect(context: Context, t: Term, _: Random) -> Term | None:
    if not _is_sum(t):
        return None
    i, body = _open(context, t)
    low, high = t.args[1:]
    return _again(t, i, substitute(body, {i.value: low + high - i}), low, high)


@_rewrite
def _last_apart(context: Context, t: Term, _: Random) -> Term | None:
    return _apart(context, t, last=True)


@_rewrite
def _first_apart(context: Context, t: Term, _: Random) -> Term | None:
    return _apart(context, t, last=False)


def _apart(context: Context, t: Term, last: bool) -> Term | None:
    if not _is_sum(t) or not not_empty(context, t):
        return None
    i, body = _open(context, t)
    low, high = t.args[1:]
    own = substitute(body, {i.value: high if last else low})
    rest = _again(t, i, body, low, high - 1) if last else _again(t, i, body, low + 1, high)
    return rest + own if t.head == "Sum" else rest * own


@_rewrite
def _exchange(context: Context, t: Term, _: Random) -> Term | None:
    if not _is_sum(t):
        return None
    i, body = _open(context, t)
    if body.head != t.head or any(i.value in a.free for a in body.args[1:]):
        return None
    longer = context.declare(i.value, Term("Range", t.args[1:]))
    j, inner = _open(longer, body)
    return _again(t, j, _again(t, i, inner, *t.args[1:]), *body.args[1:])


@_rewrite
def _log_of_big_product(context: Context, t: Term, _: Random) -> Term | None:
    if t.head != "log" or t.args[0].head != "Product":
        return None
    product = t.args[0]
    i, body = _open(context, product)
    longer = context.declare(i.value, Term("Range", product.args[1:]))
    return Sum(log(body), (i, *product.args[1:])) if positive(longer, body) else None


@_rewrite
def _exp_of_big_sum(context: Context, t: Term, _: Random) -> Term | None:
    if t.head != "exp" or t.args[0].head != "Sum":
        return None
    i, body = _open(context, t.args[0])
    return Product(exp(body), (i, *t.args[0].args[1:]))


@_rewrite
def _sum_of_logs(context: Context, t: Term, _: Random) -> Term | None:
    if t.head != "Sum":
        return None
    i, body = _open(context, t)
    longer = context.declare(i.value, Term("Range", t.args[1:]))
    if body.head != "log" or not positive(longer, body.args[0]):
        return None
    return log(Product(body.args[0], (i, *t.args[1:])))


# -- whole statements ------------------------------------------------------------------------


@_whole
def _other_way_round(_: Context, s: Term, __: Random) -> Term | None:
    return Term(s.head, s.args[::-1]) if s.head in ("Eq", "Ne") else None


@_whole
def _on_both_sides(context: Context, s: Term, rng: Random) -> Term | None:
    if s.head not in ("Eq", "Le", "Lt"):
        return None
    a, b = s.args
    u = _something(context, a, rng)
    positives = [c for c in (number(3), *scalars(context, rng)) if positive(context, c)]
    c = rng.choice(positives)
    return rng.choice((apply(s.head, a + u, b + u), apply(s.head, c * a, c * b)))


@_whole
def _to_one_side(_: Context, s: Term, rng: Random) -> Term | None:
    if s.head not in ("Le", "Lt"):
        return None
    a, b = s.args
    return rng.choice((apply(s.head, -b, -a), apply(s.head, a - b, 0)))


@_whole
def _objective(_: Context, s: Term, rng: Random) -> Term | None:
    """A positive multiple of what is minimised, and a constant."""
    if s.head not in ("Argmin", "SameArgmin", "SameOrder", "Affine"):
        return None
    return Term(s.head, (rng.choice((2 * s.args[0], s.args[0] + 3)), *s.args[1:]))
