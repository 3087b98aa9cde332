"""The Gauss law; by its variance or its standard deviation."""

from derive.distributions import Distribution, Parametrisation, Writing

DISTRIBUTION = Distribution(
    name="normal",
    kind="density",
    parameters="mean in Real; variance in Positive",
    arguments=("mean", "variance"),
    variable="x",
    support="x in Real",
    formula="exp(-(x - mean)**2/(2*variance))/sqrt(2*pi*variance)",
    mean="mean",
    variance="variance",
    source=(
        "Christopher Bishop, Pattern Recognition and Machine Learning, section 2.3 (the "
        "Gaussian distribution)"
    ),
    linked="mean",
    alternatives=(
        Parametrisation(
            "mean in Real; standard_deviation in Positive",
            ("mean", "standard_deviation"),
            (("variance", "standard_deviation**2"),),
        ),
        Parametrisation(
            "mean in Real; precision in Positive",
            ("mean", "precision"),
            (("variance", "1/precision"),),
        ),
    ),
    written=(
        Writing("N_cal N Normal Norm Gaussian", ("mean", "variance")),
        Writing("N_cal N Normal Norm Gaussian", ("mean", "standard_deviation")),
    ),
)
