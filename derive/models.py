"""Models: a law for every observation, and the loss that its likelihood gives.

A model is a law whose parameters a link may feed, an observation, the plates over which
independent observations run, and the reduction that turns the negative log-likelihood into
a loss:

>>> from derive.plain import write_context
>>> context, bce = model("y[i] ~ Bernoulli(p=sigmoid(z[i])) for i in 1..n", reduce="mean")
>>> print(write_context(context))
n in Natural
z[i] in Real for i in 1..n
y[i] in {0,1} for i in 1..n
>>> bce.nll()
-log(Product(BernoulliMass(y[i], sigmoid(z[i])), (i, 1, n)))/n
"""

from __future__ import annotations

from typing import NamedTuple

from derive.context import EMPTY, Context
from derive.distributions import distribution, mass
from derive.functions import Product, Sum
from derive.model_domains import LINKS, ModelError, Plate
from derive.term import ONE, Term, apply, bound, div, number, shift, term

__all__ = ["LINKS", "Model", "ModelError", "Plate", "model"]


class Model(NamedTuple):
    """One law for every observation of the plates, the first plate outermost.

    ``reduction`` is ``sum``, ``mean``, ``mean over i, k`` (only these plates are divided
    by), ``weighted`` (``weights`` multiply the terms) or ``weighted mean`` (divided by the
    sum of the weights).  ``link`` is put around the law's linked parameter; it may as well
    be written in the law.  ``observation`` is a term, for a family of classes one that
    mentions the law's index.
    """

    law: Term
    observation: Term
    plates: tuple[Plate, ...] = ()
    reduction: str = "sum"
    weights: Term | None = None
    link: str | None = None

    def linked(self) -> Term:
        """The law with the link in its place.  Raises ModelError when there is none."""
        return self.law if self.link is None else _linked(self.law, self.link)

    def mass(self) -> Term:
        """The mass or density of one observation."""
        return mass(self.linked(), self.observation)

    def likelihood(self) -> Term:
        """The probability of all observations: the product over the plates."""
        return Product(self.mass(), *reversed(self.plates))

    def log_likelihood(self) -> Term:
        """The logarithm of the likelihood."""
        return apply("log", self.likelihood())

    def nll(self) -> Term:
        """The loss: the negative log-likelihood, reduced.

        Raises ModelError for a reduction that is none, or that the plates do not fit.
        """
        kind, over = self._reduction()
        if kind == "sum":
            return -self.log_likelihood()
        if kind == "mean":
            sizes = [_size(p, self.plates) for p in over]
            if not sizes:
                raise ModelError("a mean needs a plate: plates=((i, 1, n),)")
            total = sizes[0]
            for size in sizes[1:]:
                total = total * size
            return -div(self.log_likelihood(), total)
        if self.weights is None:
            raise ModelError("a weighted loss needs weights: weights=w[i]")
        plates = tuple(reversed(self.plates))
        losses = Sum(self.weights * -apply("log", self.mass()), *plates)
        return losses if kind == "weighted" else div(losses, Sum(self.weights, *plates))

    def _reduction(self) -> tuple[str, tuple[Plate, ...]]:
        kind, _, over = self.reduction.partition(" over ")
        if kind not in ("sum", "mean", "weighted", "weighted mean") or (over and kind != "mean"):
            raise ModelError(
                f"{self.reduction} is no reduction: sum, mean, mean over i, weighted, weighted mean"
            )
        wanted = [name.strip() for name in over.split(",")] if over else []
        unknown = [w for w in wanted if all(w != p[0].value for p in self.plates)]
        if unknown:
            raise ModelError(f"the mean is over {unknown[0]}, which is no plate of the model")
        chosen = tuple(p for p in self.plates if not wanted or p[0].value in wanted)
        return kind, chosen

    def assumptions(self) -> tuple[str, ...]:
        """What the model takes for granted, in sentences."""
        from derive.plain import write

        ranges = ", ".join(f"{i} = {write(term(a))}..{write(term(b))}" for i, a, b in self.plates)
        law = self.linked()
        shown = write(self.observation)
        # A family reads as it is written in a law: (p[j], (j, 1, m)), without its head.
        given = ", ".join(
            f"{name}={write(value).removeprefix('Family')}"
            for name, value in zip(_names(law), law.args, strict=True)
        )
        said = [f"{shown} follows {law.head}({given})" + (f" for {ranges}" if ranges else "")]
        if self.plates:
            said.append(f"the observations {shown}, {ranges}, are independent given the parameters")
        kind, over = self._reduction()
        if kind == "mean" and over:
            means = ", ".join(f"{i} = {write(term(a))}..{write(term(b))}" for i, a, b in over)
            said.append(f"the loss is divided by the size of {means}")
        elif kind != "sum":
            said.append("the weights multiply the terms of the loss; they are not random")
        return tuple(said)

    def context(self, given: Context = EMPTY) -> Context:
        """``given`` and a declaration of every symbol of the model that it lacks.

        Raises ModelError when a parameter or the observation is declared in a domain that
        does not fit, or its domain cannot be inferred.
        """
        from derive.model_context import context_of

        law = self.linked()
        named = dict(zip(_names(law), law.args, strict=True))
        return context_of(self, named, given)


# -- links -----------------------------------------------------------------------------------


def _names(law: Term) -> tuple[str, ...]:
    found = distribution(law.head)
    if found is None or len(found.arguments) != len(law.args):
        raise ModelError(f"{law.head} is no law with {len(law.args)} parameters")
    return found.names


def _linked(law: Term, link: str) -> Term:
    """The law with a link around its linked parameter."""
    if link not in LINKS:
        raise ModelError(f"{link} is no link: {', '.join(LINKS)}")
    names, found = _names(law), distribution(law.head)
    if found is None or not found.linked:
        raise ModelError(f"no parameter of {law.head} has a usual link; write it in the law")
    if link == "identity":
        return law
    k = names.index(found.linked)
    changed = (*law.args[:k], _apply_link(link, law.args[k]), *law.args[k + 1 :])
    return Term(law.head, changed, None, law.names)


def _apply_link(link: str, value: Term) -> Term:
    if value.head != "Family":
        if link == "softmax":
            raise ModelError("softmax is the link of a family of probabilities")
        return apply(link, value)
    body, *ends = value.args
    if link == "softmax":
        # The scores move below a binder of their own, inside that of the family.
        scores = shift(body, 1, 1)
        linked = Term(link, (scores, *(shift(e, 1) for e in ends), bound(0)), None, value.names)
    else:
        linked = apply(link, body)
    return Term("Family", (linked, *ends), None, value.names)


# -- sizes ----------------------------------------------------------------------------------


def _size(plate: Plate, plates: tuple[Plate, ...]) -> Term:
    """How many values an index takes.  Raises ModelError when that varies."""
    lower, upper = term(plate[1]), term(plate[2])
    indices = {p[0].value for p in plates}
    if indices & (lower.free | upper.free):
        raise ModelError(f"the size of the plate {plate[0]} varies; take the mean of another")
    if lower == ONE:
        return upper
    if lower.head == upper.head == "number":
        return number(upper.value - lower.value + 1)
    return upper - lower + 1


# -- for scripts -----------------------------------------------------------------------------


def model(
    text: str, given: str = "", reduce: str = "sum", weights: str = ""
) -> tuple[Context, Model]:
    """The model that ``y[i] ~ Bernoulli(p=sigmoid(z[i])) for i in 1..n`` spells.

    What ``given`` does not declare is declared: sizes as natural numbers, the symbols of a
    parameter where its link or its own domain wants them, the observations in the support,
    the weights as positive numbers.  A family of classes is given with its range, as
    ``y[i,j] ~ Categorical(softmax(z[i,k], (k, 1, m), j), (j, 1, m)) for i in 1..n``.

    Raises ReadError for a text that cannot be read, LawError and ModelError for a law or
    a link that does not fit.
    """
    from derive.model_reading import read_model

    return read_model(text, given, reduce, weights)


def nll(model: Model | Term, value: object = None) -> Term:
    """The loss of a model, or the negative log-likelihood of one value under a law.

    >>> from derive.distributions import Bernoulli
    >>> from derive.term import symbol
    >>> nll(Bernoulli(symbol("p")), symbol("y"))
    -log(BernoulliMass(y, p))
    """
    if isinstance(model, Model):
        return model.nll()
    from derive.distributions import nll as of_law

    return of_law(model, value)
