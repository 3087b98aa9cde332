"""The number of trials up to and including the first success."""

from derive.distributions import Distribution, Parametrisation, Writing

DISTRIBUTION = Distribution(
    name="geometric",
    kind="mass",
    parameters="p in (0,1)",
    arguments=("p",),
    variable="y",
    support="y in Natural",
    formula="p*(1 - p)**(y - 1)",
    mean="1/p",
    variance="(1 - p)/p**2",
    source=(
        "George Casella and Roger Berger, Statistical Inference, 2nd edition, section 3.2 "
        "(discrete distributions)"
    ),
    linked="p",
    alternatives=(Parametrisation("logit in Real", ("logit",), (("p", "sigmoid(logit)"),)),),
    note="counts trials, from 1; the number of failures is NegativeBinomial(r=1, p=p)",
    written=(Writing("Geom Geometric Geo", ("p",)),),
)
