"""First passage time of a Brownian motion with drift; also called the Wald law."""

from derive.distributions import Distribution, Parametrisation, Writing

DISTRIBUTION = Distribution(
    name="inverse_gaussian",
    kind="density",
    parameters="mean in Positive; shape in Positive",
    arguments=("mean", "shape"),
    variable="x",
    support="x in Positive",
    formula="sqrt(shape/(2*pi*x**3))*exp(-shape*(x - mean)**2/(2*mean**2*x))",
    mean="mean",
    variance="mean**3/shape",
    source=(
        "Raj Chhikara and Leroy Folks, The Inverse Gaussian Distribution: Theory, Methodology, "
        "and Applications, chapter 2 (properties of the distribution)"
    ),
    linked="mean",
    alternatives=(
        Parametrisation(
            "drift in Positive; threshold in Positive",
            ("drift", "threshold"),
            (("mean", "threshold/drift"), ("shape", "threshold**2")),
        ),
    ),
    written=(
        Writing("IG InvGauss InverseGaussian", ("mean", "shape")),
        Writing("Wald", ("drift", "threshold")),
        Writing("Wald", ("mean", "shape")),
    ),
)
