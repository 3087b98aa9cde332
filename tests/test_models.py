"""Models: likelihood, reductions, links, and the contexts they are read into."""

from __future__ import annotations

import pytest

from derive.distributions import Bernoulli, Categorical, Gamma, LawError, Normal
from derive.models import Model, ModelError, model
from derive.plain import ReadError, declare, read, write, write_context
from derive.term import symbol

y, p, z, i, j, k, m, n, w = map(symbol, ["y", "p", "z", "i", "j", "k", "m", "n", "w"])
PLATE = ((i, 1, n),)


def losses(text: str, **options: str) -> tuple[str, str]:
    context, made = model(text, **options)
    context.check(made.nll())
    return write_context(context).replace("\n", "; "), write(made.nll())


def test_likelihood_of_a_plate():
    made = Model(Bernoulli(p[i]), y[i], PLATE)
    assert write(made.likelihood()) == "Product(BernoulliMass(y[i], p[i]), (i, 1, n))"
    assert write(made.log_likelihood()) == f"log({write(made.likelihood())})"
    assert write(made.nll()) == f"-log({write(made.likelihood())})"


def test_without_a_plate_there_is_one_observation():
    made = Model(Bernoulli(p), y)
    assert write(made.nll()) == "-log(BernoulliMass(y, p))"
    assert len(made.assumptions()) == 1
    with pytest.raises(ModelError, match="needs a plate"):
        made._replace(reduction="mean").nll()


def test_first_plate_is_the_outermost():
    made = Model(Bernoulli(p[i, k]), y[i, k], ((i, 1, n), (k, 1, m)))
    inner = "Product(BernoulliMass(y[i, k], p[i, k]), (k, 1, m))"
    assert made.likelihood() == read(f"Product({inner}, (i, 1, n))")


@pytest.mark.parametrize(
    ("reduction", "divisor"),
    [("mean", "n*(m - 0 + 1)"), ("mean over i", "n"), ("mean over k", "(m - 0 + 1)"),
     ("mean over i, k", "n*(m - 0 + 1)")],
)  # fmt: skip
def test_means(reduction, divisor):
    made = Model(Bernoulli(p[i, k]), y[i, k], ((i, 1, n), (k, 0, m)), reduction)
    total = write(made._replace(reduction="sum").nll())
    assert made.nll() == read(f"{total}/({divisor})")


def test_a_mean_over_plates_of_known_size():
    made = Model(Bernoulli(p[i]), y[i], ((i, 0, 4),), "mean")
    assert write(made.nll()).endswith("/5")


def test_weights():
    made = Model(Bernoulli(p[i]), y[i], PLATE, "weighted", w[i])
    loss = "Sum(w[i]*(-log(BernoulliMass(y[i], p[i]))), (i, 1, n))"
    assert made.nll() == read(loss)
    mean = made._replace(reduction="weighted mean").nll()
    assert mean == read(f"{loss}/Sum(w[i], (i, 1, n))")
    with pytest.raises(ModelError, match="needs weights"):
        made._replace(weights=None).nll()


@pytest.mark.parametrize("reduction", ["median", "mean over q", "sum over i", ""])
def test_no_such_reduction(reduction):
    with pytest.raises(ModelError):
        Model(Bernoulli(p[i]), y[i], PLATE, reduction).nll()


def test_a_ragged_plate_has_no_mean():
    made = Model(Bernoulli(p[i, k]), y[i, k], ((i, 1, n), (k, 1, m[i])), "mean")
    with pytest.raises(ModelError, match="varies"):
        made.nll()
    assert write(made._replace(reduction="mean over i").nll()).endswith("/n")


def test_links_are_put_in_their_place():
    made = Model(Bernoulli(z[i]), y[i], PLATE, link="sigmoid")
    assert write(made.mass()) == "BernoulliMass(y[i], sigmoid(z[i]))"
    classes = Model(Categorical(z[i, j], (j, 1, m)), y[i, j], PLATE, link="softmax")
    expected = Categorical(read("softmax(z[i,k], (k, 1, m), j)"), (j, 1, m))
    assert classes.linked() == expected
    text = write_context(classes.context())
    assert "z[i,j] in Real for i in 1..n, j in 1..m" in text
    assert "Sum(y[i, j], (j, 1, m)) = 1 for i in 1..n" in text


@pytest.mark.parametrize(
    "made",
    [
        Model(Bernoulli(z), y, link="probit"),
        Model(Bernoulli(z), y, link="exp"),
        Model(Bernoulli(z), y, link="softmax"),
        Model(Categorical(z[j], (j, 1, m)), y[j], link="sigmoid"),
        Model(Normal(mean=0, variance=z[i - 1]), y),
        Model(Normal(mean=0, variance=-1), y),
    ],
    ids=str,
)
def test_links_and_values_that_do_not_fit(made):
    with pytest.raises(ModelError):
        made.context()


@pytest.mark.parametrize(
    ("text", "context", "loss"),
    [
        ("y ~ Bernoulli(p)", "p in (0,1); y in {0,1}", "-log(BernoulliMass(y, p))"),
        (
            "y[i] ~ Normal(mean=mu[i], standard_deviation=s) for i in 1..n",
            "n in Natural; mu[i] in Real for i in 1..n; s in Positive; y[i] in Real for i in 1..n",
            "-log(Product(NormalDensity(y[i], mu[i], s**2), (i, 1, n)))",
        ),
        (
            "y[i] ~ Poisson(rate=exp(z[i])) for i in 1..n",
            "n in Natural; z[i] in Real for i in 1..n; y[i] in Natural0 for i in 1..n",
            "-log(Product(PoissonMass(y[i], exp(z[i])), (i, 1, n)))",
        ),
        (
            "y[i] ~ Binomial(n=N[i], p=p) for i in 1..n",
            "n in Natural; N[i] in Natural0 for i in 1..n; p in (0,1); "
            "y[i] in 0..N[i] for i in 1..n",
            "-log(Product(BinomialMass(y[i], N[i], p), (i, 1, n)))",
        ),
        (
            "x ~ Uniform(lower=a, upper=b)",
            "a in Real; b in Real; a < b; x in [a, b]",
            "-log(UniformDensity(x, a, b))",
        ),
        (
            "y[i,k] ~ Poisson(log_rate=z[i,k]) for i in 1..n, k in 1..K[i]",
            "n in Natural; K[i] in Natural for i in 1..n; "
            "z[i,k] in Real for i in 1..n, k in 1..K[i]; "
            "y[i,k] in Natural0 for i in 1..n, k in 1..K[i]",
            "-log(Product(PoissonMass(y[i, k], exp(z[i, k])), (k, 1, K[i]), (i, 1, n)))",
        ),
        (
            "y[i,j] ~ Categorical(p=(p[i,j], (j, 1, m))) for i in 1..n",
            "n in Natural; m in Natural; p[i,j] in Positive for i in 1..n, j in 1..m; "
            "Sum(p[i, j], (j, 1, m)) = 1 for i in 1..n; "
            "y[i,j] in {0,1} for i in 1..n, j in 1..m; "
            "Sum(y[i, j], (j, 1, m)) = 1 for i in 1..n",
            "-log(Product(CategoricalMass(Family(y[i, j], (j, 1, m)), "
            "Family(p[i, j], (j, 1, m))), (i, 1, n)))",
        ),
    ],
)
def test_reading(text, context, loss):
    assert losses(text) == (context, loss)


def test_what_is_declared_stays():
    given = "n in Natural; p[i] in (0,1/2) for i in 1..n"
    text, _ = losses("y[i] ~ Bernoulli(p=p[i]) for i in 1..n", given=given)
    assert "p[i] in (0, 1/2) for i in 1..n" in text


def test_weights_are_declared():
    options = {"reduce": "weighted mean", "weights": "w[i]"}
    text, loss = losses("y[i] ~ Bernoulli(p=p[i]) for i in 1..n", **options)
    assert "w[i] in Positive for i in 1..n" in text
    assert loss.endswith("/Sum(w[i], (i, 1, n))")


@pytest.mark.parametrize(
    ("text", "given", "error", "words"),
    [
        ("y ~ Bernoulli(p=exp(z))", "", ModelError, "sigmoid"),
        ("y ~ Bernoulli(p=2)", "", ModelError, "does not lie in (0,1)"),
        ("y ~ Bernoulli(p=1)", "", ModelError, "does not lie in (0,1)"),
        ("y ~ Binomial(n=1/2, p=p)", "", ModelError, "does not lie in Natural0"),
        ("y ~ Bernoulli(p=p)", "p in Real", ModelError, "write a link"),
        ("y ~ Bernoulli(p=p)", "y in [0,1]", ModelError, "values of Bernoulli"),
        ("y ~ Poisson(rate=a*b)", "", ModelError, "declare it"),
        ("y[i] ~ Bernoulli(p=p[i-1]) for i in 1..n", "", ModelError, "declare it"),
        ("y[j] ~ Categorical(exp(z[j]), (j, 1, m))", "", ModelError, "softmax"),
        ("y ~ Normal(mu, s)", "", LawError, "given by name"),
        ("y ~ Normal(mean=mu, varience=s)", "", LawError, "standard_deviation"),
        ("y ~ Nomral(mean=mu, variance=s)", "", LawError, "no distribution"),
        ("y ~ Normal(mean=mu, variance=1) for i in 1..n", "", ModelError, "the same for every i"),
        ("y[i] ~ Poisson(rate=a[i]) for i in 1..n, k in 1..m", "", ModelError, "for every k"),
        ("y ~ Normal(mean=y, variance=1)", "", ModelError, "mentions the observation"),
        (
            "y[i] ~ Normal(mean=2*y[i], variance=1) for i in 1..n",
            "n in Natural; y[i] in Real for i in 1..n",
            ModelError,
            "mentions the observation",
        ),
        ("y = Bernoulli(p)", "", ReadError, "~"),
        ("y ~ Bernoulli(p) + 1", "", ReadError, "law"),
        ("y ~ Normal(mean=mu, mean=s)", "", ReadError, "one value"),
        ("y[i] ~ Bernoulli(p=p[i]) for i in Real", "", ReadError, "plate"),
    ],
)
def test_errors(text, given, error, words):
    with pytest.raises(error) as caught:
        model(text, given=given)
    assert words in str(caught.value)


def test_a_narrowed_symbol_may_fit():
    """Whether sigma > 0 follows from the hypotheses is for the prover to say."""
    context, _ = model("y ~ Normal(mean=mu, variance=v)", given="v in Real; v - 1 > 0")
    assert "mu" in context.names


def test_assumptions():
    _, made = model("y[i] ~ Bernoulli(p=p[i]) for i in 1..n", reduce="mean")
    assert made.assumptions() == (
        "y[i] follows Bernoulli(p=p[i]) for i = 1..n",
        "the observations y[i], i = 1..n, are independent given the parameters",
        "the loss is divided by the size of i = 1..n",
    )


def test_a_given_context_is_extended():
    given = declare("n in Natural; a in Positive")
    made = Model(Gamma(shape=symbol("a"), rate=z[i]), y[i], PLATE)
    assert made.context(given).extends(given)


def test_a_family_of_parameters_is_said_as_it_is_written():
    law = "Categorical(p=(softmax(z[k], (k, 1, m), j), (j, 1, m)))"
    _, made = model(f"y[i,j] ~ {law} for i in 1..n")
    said = made.assumptions()[0]
    assert said == f"y[i, j] follows {law} for i = 1..n"
    assert model(said.replace(" follows ", " ~ ").replace("i = ", "i in "))[1] == made
