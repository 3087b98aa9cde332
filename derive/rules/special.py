"""Gamma, digamma, beta and Bessel functions."""

from derive.rules import Rule

_GAMMA = "NIST Digital Library of Mathematical Functions, ch. 5 (gamma function)"
_BESSEL = "NIST Digital Library of Mathematical Functions, ch. 10 (Bessel functions)"

_SLOPE = "u(t) in Partial for t in Real; x in Real; Derivative(u(x), x) in Real"


def _slope(head: str, sign: str) -> Rule:
    """The derivative of a modified Bessel function by its argument."""
    return Rule(
        f"derivative_{head}",
        f"Derivative({head}(v, u(x)), x)",
        f"({sign}{head}(v + 1, u(x)) + v/u(x)*{head}(v, u(x)))*Derivative(u(x), x)",
        f"{_SLOPE}; v in Real; u(x) in Positive",
        "The recurrence 10.29.2 of the derivatives and the chain rule.",
        _BESSEL,
    )


RULES = [
    _slope("besseli", ""),
    _slope("besselk", "-"),
    Rule(
        "gamma_positive",
        "gamma(x)",
        "Positive",
        "x in Positive",
        "It is the integral of a positive function.",
        _GAMMA,
        "in",
    ),
    Rule(
        "gamma_step", "gamma(x + 1)", "x*gamma(x)", "x in Positive", "Integration by parts.", _GAMMA
    ),
    Rule("gamma_one", "gamma(1)", "1", "", "The integral of exp(-t) over t > 0.", _GAMMA),
    Rule("gamma_half", "gamma(1/2)", "sqrt(pi)", "", "The Gaussian integral.", _GAMMA),
    Rule(
        "gamma_natural",
        "gamma(n)",
        "factorial(n - 1)",
        "n in Natural",
        "The factorial of x is gamma(x + 1).",
        "definition",
    ),
    Rule(
        "gamma_inverse",
        "1",
        "n",
        "n in Integer; gamma(n) in Real",
        "The gamma function has poles at 0, -1, -2, ...",
        "definition",
        "<=",
    ),
    Rule(
        "log_factorial_nonnegative",
        "log(gamma(n + 1))",
        "Nonnegative",
        "n in Natural0",
        "A product of natural numbers is at least 1.",
        _GAMMA,
        "in",
    ),
    Rule(
        "log_factorial_upper",
        "log(gamma(n + 1))",
        "n**2",
        "n in Natural0",
        "There are n factors, and the logarithm of each is at most n.",
        _GAMMA,
        "<=",
    ),
    Rule(
        "loggamma_definition",
        "loggamma(x)",
        "log(gamma(x))",
        "x in Positive",
        "This defines the log-gamma function of positive numbers.",
        "definition",
    ),
    Rule(
        "loggamma_defined",
        "loggamma(x)",
        "Real",
        "x in Positive",
        "gamma is positive for x > 0.",
        _GAMMA,
        "in",
    ),
    Rule(
        "loggamma_step",
        "loggamma(x + 1)",
        "log(x) + loggamma(x)",
        "x in Positive",
        "The logarithm of gamma(x + 1) = x*gamma(x).",
        _GAMMA,
    ),
    Rule(
        "exp_loggamma",
        "exp(loggamma(x))",
        "gamma(x)",
        "x in Positive",
        "The exponential undoes the logarithm.",
        _GAMMA,
    ),
    Rule(
        "digamma_defined",
        "digamma(x)",
        "Real",
        "x in Positive",
        "log(gamma(x)) is differentiable for x > 0.",
        _GAMMA,
        "in",
    ),
    Rule(
        "digamma_step",
        "digamma(x + 1)",
        "digamma(x) + 1/x",
        "x in Positive",
        "The derivative of log(gamma(x + 1)) = log(x) + log(gamma(x)).",
        _GAMMA,
    ),
    Rule(
        "digamma_upper",
        "digamma(x)",
        "log(x)",
        "x in Positive",
        "log(x) - digamma(x) is the Laplace transform of a positive function.",
        _GAMMA,
        "<",
    ),
    Rule(
        "digamma_lower",
        "log(x) - 1/x",
        "digamma(x)",
        "x in Positive",
        "digamma(x) = digamma(x + 1) - 1/x, and log(x) < digamma(x + 1).",
        _GAMMA,
        "<",
    ),
    Rule(
        "digamma_strictly_increasing",
        "digamma(a)",
        "digamma(b)",
        "a in Positive; b in Real; a < b",
        "log(gamma(x)) is strictly convex for x > 0.",
        "Artin, The Gamma Function, ch. 2",
        "<",
    ),
    Rule(
        "beta_definition",
        "beta(a, b)",
        "gamma(a)*gamma(b)/gamma(a + b)",
        "a in Positive; b in Positive",
        "Euler's integral of the first kind.",
        _GAMMA,
    ),
    Rule(
        "beta_positive",
        "beta(a, b)",
        "Positive",
        "a in Positive; b in Positive",
        "The three gamma values are positive.",
        _GAMMA,
        "in",
    ),
    Rule(
        "beta_symmetric",
        "beta(a, b)",
        "beta(b, a)",
        "a in Positive; b in Positive",
        "The gamma form is symmetric.",
        _GAMMA,
    ),
    Rule(
        "besseli_positive",
        "besseli(v, x)",
        "Positive",
        "v in Nonnegative; x in Positive",
        "All terms of the power series are positive.",
        _BESSEL,
        "in",
    ),
    Rule(
        "besselk_positive",
        "besselk(v, x)",
        "Positive",
        "v in Real; x in Positive",
        "It is the integral of exp(-x*cosh(t))*cosh(v*t).",
        _BESSEL,
        "in",
    ),
    Rule(
        "besselk_symmetric",
        "besselk(-v, x)",
        "besselk(v, x)",
        "v in Real; x in Positive",
        "The integral is even in the order.",
        _BESSEL,
    ),
]
