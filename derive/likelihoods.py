"""Whether a loss is the negative log-likelihood of some law, and with what normaliser.

A loss L(y, theta) is one, for a base measure h and a scale s, when the normaliser, the sum or
integral of h(y)*exp(-s*L) over the labels, does not depend on theta.  That is proved, or
refuted by two values of theta at which the normaliser has two values:

>>> print(is_nll("log(1 + exp(z)) - y*z", given="z in Real", theta="z", labels="{0,1}"))
yes: the sum of h*exp(-s*loss) over y in {0,1} is 1 for every z, with h = 1 and s = 1
>>> print(is_nll("Max(0, 1 - t*z)", given="z in Real", theta="z", labels="{-1,1}", label="t"))
no, not with h = 1 and s = 1: the normaliser is 0.73575888 at z = 0, 1.13533528 at z = 1
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from derive.context import Context, Declaration, mentions
from derive.domains import elements, interval
from derive.functions import Sum
from derive.gate import is_proof
from derive.graded import is_shown
from derive.kernel import KernelError, Theorem
from derive.refute.balls import UNDEFINED, UNKNOWN, between, evaluate
from derive.refute.numbers import IllFormed, disjoint
from derive.refute.points import points
from derive.refute.witness import enclosure, shown
from derive.search.facts import Facts
from derive.search.forms.gammas import with_factorials
from derive.search.losses.densities import VALUES, Density, as_density, moved
from derive.search.losses.weaker import Weaker
from derive.search.prove import equal, normal_form
from derive.term import ONE, Term, apply, bind, neg, number, substitute, symbol

STEPS = 60_000


class LikelihoodError(ValueError):
    """A question that cannot be asked this way; the sentence says what to write."""


class Question(NamedTuple):
    """A loss, what is fitted, the label and where it lies, base measure and scale."""

    context: Context
    loss: Term
    theta: tuple[str, ...]
    label: str
    labels: Term
    base: Term
    scale: Term


class Normaliser(NamedTuple):
    """Whether a loss is a negative log-likelihood: ``yes``, ``no`` or ``unknown``.

    ``unknown`` with a ``density`` means: it is one, but with another base measure.

    For ``yes``: ``theorem`` says that the normaliser is ``value``, or ``density`` that the
    loss is that of a named law.  For ``no``: two points and the enclosures of the normaliser
    there.  ``reason`` says why nothing is known.
    """

    verdict: str
    question: Question
    normaliser: Term | None = None
    value: Term | None = None
    theorem: Theorem | None = None
    density: Density | None = None
    places: tuple[tuple[dict[str, str], Any], ...] = ()
    reason: str = ""

    def __bool__(self) -> bool:
        raise TypeError("the answer has three values; ask for .verdict")

    def __str__(self) -> str:
        from derive.plain import write

        q = self.question
        chosen = f"h = {write(q.base)} and s = {write(q.scale)}"
        if self.verdict == "no":
            said = ", ".join(
                f"{_spoken(value)} at " + ", ".join(f"{k} = {v}" for k, v in at.items())
                for at, value in self.places
            )
            return f"no, not with {chosen}: the normaliser is {said}"
        if self.verdict == "unknown":
            return f"unknown, with {chosen}: {self.reason}"
        every = ", ".join(q.theta)
        if self.density is not None:
            return f"yes: {self.density.sentence(q.label)}, with {chosen}"
        assert self.value is not None
        one_hot = bool(q.context.names[q.label].indices)
        where = f"the one-hot {q.label}" if one_hot else f"{q.label} in {write(q.labels)}"
        total = write(self.value)
        said = f"the sum of h*exp(-s*loss) over {where} is {total} for every {every}"
        return f"yes: {said}, with {chosen}"

    def data(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON."""
        from derive.plain import write

        q = self.question
        return {
            "verdict": self.verdict,
            "loss": write(q.loss, q.context),
            "theta": list(q.theta),
            "label": q.label,
            "labels": write(q.labels),
            "base": write(q.base),
            "scale": write(q.scale),
            "normaliser": None if self.normaliser is None else write(self.normaliser),
            "value": None if self.value is None else write(self.value),
            "law": None if self.density is None else write(self.density.law),
            "places": [
                {"at": at, "value": value if isinstance(value, str) else list(value)}
                for at, value in self.places
            ],
            "reason": self.reason or None,
        }


def _spoken(value: Any) -> str:
    if isinstance(value, str):
        return value
    from decimal import Decimal

    low, high = Decimal(value[0]), Decimal(value[1])
    if high - low > Decimal("1e-6") * max(abs(low), Decimal(1)):
        return f"between {low} and {high}"
    return f"{(low + high) / 2:.8f}".rstrip("0").rstrip(".")


# -- the question ----------------------------------------------------------------------------


def is_nll(
    loss: str | Term,
    *,
    given: str | Context = "",
    theta: str,
    labels: str = "",
    label: str = "",
    base: str = "1",
    scale: str = "1",
) -> Normaliser:
    """Whether a loss is a negative log-likelihood in theta over the labels.

    ``theta`` lists symbols; ``labels`` is a domain in plain spelling, by default the one
    that ``given`` declares for the label; ``base`` may mention the label, ``scale`` must be
    positive.  Raises LikelihoodError for a question that does not fit, ReadError for text.
    """
    from derive.plain import declare

    context = given if isinstance(given, Context) else declare(given)
    return decide(question(context, loss, theta, labels, label, base, scale))


def question(
    context: Context, loss: str | Term, theta: str, labels: str, label: str, base: str, scale: str
) -> Question:
    """The question that these texts ask.  Raises LikelihoodError and ReadError."""
    from derive.plain import read, read_domain_text

    names = tuple(name.strip() for name in theta.split(",") if name.strip())
    unread = read(loss) if isinstance(loss, str) else loss
    label = label or _label(unread, names, context)
    if labels:
        domain = read_domain_text(labels, context)
        if label not in context.names:
            context = context.declare(label, domain)
    elif label in context.names:
        domain = context.names[label].domain
    else:
        raise LikelihoodError(f"say where {label} lies: --labels '{{0,1}}'")
    term = read(loss, context) if isinstance(loss, str) else loss
    context.check(term)
    for name in names:
        if name not in context.names:
            raise LikelihoodError(f"{name} is not declared")
        if name == label or name not in term.free:
            raise LikelihoodError(f"the loss is not one in {name}")
        linked = [d.name for d in map(context.names.__getitem__, sorted(term.free))
                  if d.definition is not None and name in (d.name, *d.definition.free)]  # fmt: skip
        if linked:
            raise LikelihoodError(
                f"what {linked[0]} is defined to be does not vary with {name}: write it out"
            )
    if not names:
        raise LikelihoodError("say what is fitted: --in theta")
    h, s = read(base, context), read(scale, context)
    if not (h.free | s.free).isdisjoint(names) or label in s.free:
        raise LikelihoodError("h must be free of theta, s of theta and of the label")
    total = _total(context.names[label])
    if any(label in said.free for said in context.hypotheses() if said != total):
        raise LikelihoodError(f"say where {label} lies in one domain, and nothing else of it")
    if Facts().prove(context, Term("Lt", (number(0), s))) is None:
        raise LikelihoodError(f"the scale must be positive, and {scale} is not known to be")
    return Question(context, term, names, label, domain, h, s)


def _label(loss: Term, theta: tuple[str, ...], context: Context) -> str:
    """The symbol that is the label: the undeclared one, the only one, or the usual one."""
    others = sorted(loss.free - set(theta))
    new = [name for name in others if name not in context.names]
    for found in (new, others, [n for n in ("y", "t", "x") if n in others][:1]):
        if len(found) == 1:
            return found[0]
    raise LikelihoodError("say which symbol is the label: --label y")


# -- deciding ---------------------------------------------------------------------------------


def decide(q: Question) -> Normaliser:
    """The answer to a question."""
    context = _without(q.context, q.label)
    z = normaliser(q)
    if z is not None:
        return _decided(q, context, z)
    entry = q.context.names[q.label]
    if entry.indices:
        return Normaliser("unknown", q, reason=(
            f"{q.label} is a family that is not one-hot: ask for the loss of one observation"
        ))  # fmt: skip
    facts = Facts()
    facts.steps = STEPS
    density = None
    scaled = apply("Mul", q.scale, q.loss)
    with suppress(OverflowError, KernelError):
        density = as_density(facts, q.context, scaled, q.base, q.label, q.labels, q.theta)
    if density is not None and not _is_shown(q, scaled, density):
        density = None
    if density is not None and q.label not in density.offset.free:
        return Normaliser("yes", q, density=density, theorem=density.theorem)
    if density is not None:
        return Normaliser("unknown", q, theorem=density.theorem, density=density, reason=(
            f"it is the negative log-likelihood of {density.spoken(q.label)} with another base "
            f"measure, h = {_absorbed(facts, q, density)}"
        ))  # fmt: skip
    ends = interval(q.labels)
    if ends is not None:
        z = bind("Integral", q.label, _weight(q, symbol(q.label)), ends[0], ends[1])
        places = _two_values(context, z, q.theta)
        if places:
            return Normaliser("no", q, z, places=places)
    return Normaliser("unknown", q, z, reason=(
        "no law of the catalogue has this loss, and the normaliser is not a finite sum"
    ))  # fmt: skip


def _is_shown(q: Question, scaled: Term, density: Density) -> bool:
    """Whether the theorem says that the loss is that of the law, up to the offset."""
    from derive.distributions import nll

    whole = scaled if q.base == ONE else scaled - apply("log", q.base)
    kind = "factor" if density.theorem.statement.head == "Eq" else "offset"
    said = Weaker(kind, density.theorem, q.theta, ONE, density.offset)
    return is_shown(said, whole, nll(density.law, symbol(q.label)), q.context)


def _absorbed(facts: Facts, q: Question, density: Density) -> str:
    """The base measure that takes the offset in, so that the weight is the density."""
    from derive.plain import write

    h = apply("exp", density.offset)
    h = h if q.base == ONE else Term("Mul", (q.base, h))
    short = normal_form(facts, q.context, h, ONE)
    return write(h if short is None else with_factorials(short.rhs))


def _decided(q: Question, context: Context, z: Term) -> Normaliser:
    """For a finite sum: two values, or a proof that there is one."""
    places = _two_values(context, z, q.theta)
    if places:
        return Normaliser("no", q, z, places=places)
    facts = Facts()
    facts.steps = STEPS
    try:
        for value in _guesses(facts, context, z, q.theta):
            theorem = equal(facts, context, z, value)
            if is_proof(theorem, Term("Eq", (z, value)), context):
                return Normaliser("yes", q, z, value, theorem)
    except (OverflowError, RecursionError):
        return Normaliser("unknown", q, z, reason="limit")
    return Normaliser("unknown", q, z, reason=(
        "the normaliser had one value at all points that were tried, which proves nothing"
    ))  # fmt: skip


def _without(context: Context, name: str) -> Context:
    """The context without a symbol and what is said of it."""
    from derive.context import EMPTY

    kept = EMPTY
    for entry in context.entries():
        if isinstance(entry, Declaration):
            if entry.name != name and name not in mentions(entry):
                kept = kept.declare(*entry)
        elif name not in entry.statement.free:
            kept = kept.assume(entry.statement)
    return kept


def _weight(q: Question, y: Term) -> Term:
    """``h*exp(-s*loss)`` at a label."""
    loss = substitute(q.loss, {q.label: y})
    exponent = neg(loss if q.scale == ONE else Term("Mul", (q.scale, loss)))
    weight = Term("exp", (exponent,))
    h = substitute(q.base, {q.label: y})
    return weight if h == ONE else Term("Mul", (h, weight))


def normaliser(q: Question) -> Term | None:
    """The sum of ``h*exp(-s*loss)`` over the labels; None when it is not a finite sum."""
    entry = q.context.names[q.label]
    if entry.indices:
        return _over_classes(q, entry)
    listed = elements(q.labels)
    if listed is not None:
        weights = tuple(_weight(q, v) for v in dict.fromkeys(listed))
        return weights[0] if len(weights) == 1 else Term("Add", weights)
    if q.labels.head == "Range":
        low, high = q.labels.args
        return Sum(_weight(q, symbol(q.label)), (symbol(q.label), low, high))
    return None


def _over_classes(q: Question, entry: Declaration) -> Term | None:
    """For a one-hot family: the sum over the class that is 1."""
    total = _total(entry)
    if total is None or entry.domain.head != "Bit" or total not in q.context.hypotheses():
        return None
    low, high = entry.indices[0].args
    j = Term("bound", (), 0)
    # The family becomes an indicator, whose variable stands below the indices of members.
    c = symbol("c" if "c" not in q.context.names else "c_")
    return Sum(_weight(q, Term("KroneckerDelta", (j, c))), (c, low, high))


def _total(entry: Declaration) -> Term | None:
    """That the members of a family over a range add up to 1; None for what is no such family."""
    if len(entry.indices) != 1 or entry.indices[0].head != "Range":
        return None
    member = Term("member", (Term("bound", (), 0),), entry.name)
    return Term("Eq", (Term("Sum", (member, *entry.indices[0].args)), ONE))


# -- one value --------------------------------------------------------------------------------


def _guesses(facts: Facts, context: Context, z: Term, theta: tuple[str, ...]) -> Iterator[Term]:
    """What the normaliser could be: its value at one theta, which mentions no theta."""
    form = normal_form(facts, context, z, ONE)
    if form is not None and form.rhs.free.isdisjoint(theta):
        yield form.rhs
    simple = _simple(context, z)
    if simple is not None:
        yield simple
    for value in VALUES:
        at = {name: number(value) for name in theta if not context.names[name].indices}
        if len(at) == len(theta) and all(
            facts.prove(context, Term("In", (v, context.names[n].domain))) for n, v in at.items()
        ):
            there = substitute(z, at)
            short = normal_form(facts, context, there, ONE)
            yield there if short is None else short.rhs
            return


def _simple(context: Context, z: Term) -> Term | None:
    """A small fraction in the enclosure of the normaliser at some points."""
    for point in points(context, count=2):
        ends = between(z, point)
        if ends is None:
            return None
        low, high = ends
        guess = ((low + high) / 2).limit_denominator(64)
        if low <= guess <= high:
            return number(guess)
    return None


# -- two values -------------------------------------------------------------------------------


_Places = tuple[tuple[dict[str, str], Any], ...]


def _two_values(context: Context, z: Term, theta: tuple[str, ...]) -> _Places:
    """Two points that differ in theta alone at which the normaliser surely differs."""
    for first, second in moved(context, z, theta):
        try:
            a, b = evaluate(z, first), evaluate(z, second)
        except IllFormed:
            continue
        known = not any(v is UNDEFINED or v is UNKNOWN for v in (a, b))
        if known and disjoint(a, b):
            s = Term("Eq", (z, z))
            return tuple((shown(context, s, p), enclosure(v)) for p, v in ((first, a), (second, b)))
    return ()
