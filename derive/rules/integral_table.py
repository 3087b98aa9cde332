"""Integrals with a value: powers, exponentials, Gauss, Gamma and Beta."""

from derive.rules import Rule

_CALCULUS = "Rudin, Principles of Mathematical Analysis, 6.21 (fundamental theorem of calculus)"
_GAMMA = "NIST Digital Library of Mathematical Functions, 5.9.1 (Euler's integral)"
_BETA = "NIST Digital Library of Mathematical Functions, 5.12.1 (beta integral)"
_GAUSS = "NIST Digital Library of Mathematical Functions, 7.7.3 (Gaussian integrals)"
_ERF = "NIST Digital Library of Mathematical Functions, 7.2.1 (error function)"
_BELL = "exp(-a*x**2 + b*x)"
_HUMP = "x**(a - 1)*exp(-b*x)"
_ARC = "x**(a - 1)*(1 - x)**(b - 1)"
_UNDER = "Differentiate the integral without the logarithm by the exponent."
_POSITIVE = "a in Positive; b in Positive"
_SQUARE = "Complete the square and substitute t = sqrt(a)*x - b/(2*sqrt(a))."


def _edge(end: str) -> str:
    return f"erf(sqrt(a)*{end} - b/(2*sqrt(a)))"


def _bell(suffix: str, ends: str, needs: str, value: str) -> Rule:
    """The Gaussian integral over a part of the line."""
    return Rule(
        f"gaussian_integral{suffix}",
        f"Integral({_BELL}, (x, {ends}))",
        f"sqrt(pi/a)*exp(b**2/(4*a))/2*({value})",
        f"a in Positive; b in Real; {needs}",
        _SQUARE,
        _ERF,
    )


#: Suffix of the name, ends, what these need, and the values at them, the upper one first.
_PARTS = (
    ("_between", "c, d", "c in Real; d in Real", ("- {d}", "+ {c}")),
    ("_from", "c, oo", "c in Real", ("+ {c}",)),
    ("_to", "-oo, d", "d in Real", ("- {d}",)),
)


def _moments(suffix: str, ends: str, needs: str, edges: tuple[str, ...]) -> list[Rule]:
    """Moments over a part of the line: by parts, with what stands at the ends."""
    integral = f"Integral({{}}*{_BELL}, (x, {ends}))"
    bells = {end: f"exp(-a*{end}**2 + b*{end})" for end in "cd"}
    powers = {end: f"{end}**(n + 1)*{bell}" for end, bell in bells.items()}
    whole = integral.replace("{}*", "")
    first = " ".join([f"b*{whole}", *(e.format(**bells) for e in edges)])
    lower, least = integral.format("x**(n + 1)"), integral.format("x**n")
    step = " ".join([f"b*{lower} + (n + 1)*{least}", *(e.format(**powers) for e in edges)])
    why = "Integrate the derivative of x**(n + 1)*exp(-a*x**2 + b*x)."
    return [
        Rule(
            f"gaussian_first_moment{suffix}",
            integral.format("x"),
            f"1/(2*a)*({first})",
            f"a in Positive; b in Real; {needs}",
            "Integrate the derivative of exp(-a*x**2 + b*x).",
            _GAUSS,
        ),
        Rule(
            f"gaussian_moment_step{suffix}",
            integral.format("x**(n + 2)"),
            f"1/(2*a)*({step})",
            f"a in Positive; b in Real; {needs}; n in Natural0",
            why,
            _GAUSS,
        ),
    ]


RULES = [
    *(rule for part in _PARTS for rule in _moments(*part)),
    Rule(
        "integral_power",
        "Integral(x**n, (x, a, b))",
        "(b**(n + 1) - a**(n + 1))/(n + 1)",
        "n in Natural0; a in Real; b in Real",
        "x**(n + 1)/(n + 1) has the derivative x**n.",
        _CALCULUS,
    ),
    Rule(
        "integral_real_power",
        "Integral(x**s, (x, 0, b))",
        "b**(s + 1)/(s + 1)",
        "s in Real; b in Nonnegative; -1 < s",
        "x**(s + 1)/(s + 1) has the derivative x**s, and tends to 0 at 0.",
        _CALCULUS,
    ),
    Rule(
        "integral_log_power",
        "Integral(log(x)*x**s, (x, 0, b))",
        "b**(s + 1)*(log(b) - 1/(s + 1))/(s + 1)",
        "s in Real; b in Positive; -1 < s",
        "x**(s + 1)*(log(x) - 1/(s + 1))/(s + 1) has the derivative log(x)*x**s.",
        _CALCULUS,
    ),
    Rule(
        "integral_exp",
        "Integral(exp(c*x), (x, a, b))",
        "(exp(c*b) - exp(c*a))/c",
        "a in Real; b in Real; c in Real; c != 0",
        "exp(c*x)/c has the derivative exp(c*x).",
        _CALCULUS,
    ),
    Rule(
        "integral_exp_from",
        "Integral(exp(-c*x), (x, a, oo))",
        "exp(-c*a)/c",
        "a in Real; c in Positive",
        "-exp(-c*x)/c has the derivative exp(-c*x), and tends to 0.",
        _CALCULUS,
    ),
    Rule(
        "integral_exp_to",
        "Integral(exp(c*x), (x, -oo, b))",
        "exp(c*b)/c",
        "b in Real; c in Positive",
        "exp(c*x)/c has the derivative exp(c*x), and tends to 0.",
        _CALCULUS,
    ),
    Rule(
        "gaussian_integral",
        f"Integral({_BELL}, (x, -oo, oo))",
        "sqrt(pi/a)*exp(b**2/(4*a))",
        "a in Positive; b in Real",
        "Complete the square; in polar coordinates the square of the integral has a value.",
        _GAUSS,
    ),
    _bell("_between", "c, d", "c in Real; d in Real", f"{_edge('d')} - {_edge('c')}"),
    _bell("_from", "c, oo", "c in Real", f"1 - {_edge('c')}"),
    _bell("_to", "-oo, d", "d in Real", f"1 + {_edge('d')}"),
    Rule(
        "gaussian_first_moment",
        f"Integral(x*{_BELL}, (x, -oo, oo))",
        "b/(2*a)*sqrt(pi/a)*exp(b**2/(4*a))",
        "a in Positive; b in Real",
        "The derivative of exp(-a*x**2 + b*x) integrates to 0.",
        _GAUSS,
    ),
    Rule(
        "gaussian_moment_step",
        f"Integral(x**(n + 2)*{_BELL}, (x, -oo, oo))",
        f"1/(2*a)*(b*Integral(x**(n + 1)*{_BELL}, (x, -oo, oo)) + "
        f"(n + 1)*Integral(x**n*{_BELL}, (x, -oo, oo)))",
        "a in Positive; b in Real; n in Natural0",
        "The derivative of x**(n + 1)*exp(-a*x**2 + b*x) integrates to 0.",
        _GAUSS,
    ),
    Rule(
        "half_gaussian_moment",
        "Integral(x**s*exp(-a*x**2), (x, 0, oo))",
        "gamma((s + 1)/2)/(2*a**((s + 1)/2))",
        "a in Positive; s in Real; -1 < s",
        "Substitute u = x**2 in Euler's integral.",
        _GAUSS,
    ),
    Rule(
        "erf_integral",
        "Integral(exp(-x**2), (x, a, b))",
        "sqrt(pi)/2*(erf(b) - erf(a))",
        "a in Real; b in Real",
        "This defines the error function.",
        _ERF,
    ),
    Rule(
        "gamma_integral",
        f"Integral({_HUMP}, (x, 0, oo))",
        "gamma(a)/b**a",
        _POSITIVE,
        "Euler's integral, with b*x for the variable.",
        _GAMMA,
    ),
    Rule(
        "gamma_log_integral",
        f"Integral(log(x)*{_HUMP}, (x, 0, oo))",
        "gamma(a)/b**a*(digamma(a) - log(b))",
        _POSITIVE,
        _UNDER,
        _GAMMA,
    ),
    Rule(
        "beta_integral",
        f"Integral({_ARC}, (x, 0, 1))",
        "beta(a, b)",
        _POSITIVE,
        "Euler's integral of the first kind.",
        _BETA,
    ),
    Rule(
        "beta_log_integral",
        f"Integral(log(x)*{_ARC}, (x, 0, 1))",
        "beta(a, b)*(digamma(a) - digamma(a + b))",
        _POSITIVE,
        _UNDER,
        _BETA,
    ),
    Rule(
        "beta_log_reflected_integral",
        f"Integral(log(1 - x)*{_ARC}, (x, 0, 1))",
        "beta(a, b)*(digamma(b) - digamma(a + b))",
        _POSITIVE,
        _UNDER,
        _BETA,
    ),
]
