"""Derivatives on the line: the table.

``u(t) in Partial`` is any partial function; ``Derivative(u(x), x) in Real`` says that it is
defined near x and differentiable at x.
"""

from derive.rules import Rule

_TABLE = "Rudin, Principles of Mathematical Analysis, 5.3-5.5 (differentiation)"
_INVERSE = "NIST Digital Library of Mathematical Functions, 4.7, 4.20, 4.34 (derivatives)"
_GAMMA = "NIST Digital Library of Mathematical Functions, 5.2 (gamma and psi functions)"
_U = "u(t) in Partial for t in Real; x in Real; Derivative(u(x), x) in Real"
_UV = (
    "u(t) in Partial for t in Real; v(t) in Partial for t in Real; x in Real; "
    "Derivative(u(x), x) in Real; Derivative(v(x), x) in Real"
)
_CHAIN = "The chain rule."


def _chain(head: str, slope: str, needs: str = "", source: str = _INVERSE) -> Rule:
    """The derivative of a function of one argument at a differentiable argument."""
    return Rule(
        f"derivative_{head}",
        f"Derivative({head}(u(x)), x)",
        f"{slope}*Derivative(u(x), x)",
        f"{_U}; {needs}" if needs else _U,
        f"The derivative of {head} and the chain rule.",
        source,
    )


def _near(name: str, function: str, near: str, needs: str, why: str) -> Rule:
    """The derivative of a function that is a simpler one near the point: a multiple of u or v."""
    slope = f"{near[:-1]}Derivative({near[-1]}(x), x)"
    both = _UV if "v(x)" in function else _U
    whole = f"Derivative({function}, x)"
    return Rule(f"derivative_{name}", whole, slope, f"{both}; {needs}", f"Near x {why}", _TABLE)


RULES = [
    Rule(
        "derivative_constant",
        "Derivative(c, x)",
        "0",
        "c in Real; x in Real",
        "All difference quotients of a constant are 0.",
        _TABLE,
    ),
    Rule(
        "derivative_variable",
        "Derivative(x, x)",
        "1",
        "x in Real",
        "All difference quotients are 1.",
        _TABLE,
    ),
    Rule(
        "derivative_sum",
        "Derivative(u(x) + v(x), x)",
        "Derivative(u(x), x) + Derivative(v(x), x)",
        _UV,
        "Limits may be added.",
        _TABLE,
    ),
    Rule(
        "derivative_difference",
        "Derivative(u(x) - v(x), x)",
        "Derivative(u(x), x) - Derivative(v(x), x)",
        _UV,
        "Limits may be subtracted.",
        _TABLE,
    ),
    Rule(
        "derivative_neg",
        "Derivative(-u(x), x)",
        "-Derivative(u(x), x)",
        _U,
        "Limits may be multiplied by -1.",
        _TABLE,
    ),
    Rule(
        "derivative_constant_factor",
        "Derivative(c*u(x), x)",
        "c*Derivative(u(x), x)",
        f"{_U}; c in Real",
        "Limits may be multiplied by a constant.",
        _TABLE,
    ),
    Rule(
        "derivative_constant_factor_right",
        "Derivative(u(x)*c, x)",
        "Derivative(u(x), x)*c",
        f"{_U}; c in Real",
        "Limits may be multiplied by a constant.",
        _TABLE,
    ),
    Rule(
        "derivative_constant_divisor",
        "Derivative(u(x)/c, x)",
        "Derivative(u(x), x)/c",
        f"{_U}; c in Real; c != 0",
        "Limits may be multiplied by 1/c.",
        _TABLE,
    ),
    Rule(
        "derivative_product",
        "Derivative(u(x)*v(x), x)",
        "Derivative(u(x), x)*v(x) + u(x)*Derivative(v(x), x)",
        _UV,
        "The product rule.",
        _TABLE,
    ),
    Rule(
        "derivative_quotient",
        "Derivative(u(x)/v(x), x)",
        "(Derivative(u(x), x)*v(x) - u(x)*Derivative(v(x), x))/v(x)**2",
        f"{_UV}; v(x) != 0",
        "The quotient rule.",
        _TABLE,
    ),
    Rule(
        "derivative_reciprocal",
        "Derivative(c/u(x), x)",
        "-c*Derivative(u(x), x)/u(x)**2",
        f"{_U}; c in Real; u(x) != 0",
        "The quotient rule with a constant numerator.",
        _TABLE,
    ),
    Rule(
        "derivative_power",
        "Derivative(u(x)**c, x)",
        "c*u(x)**(c - 1)*Derivative(u(x), x)",
        f"{_U}; u(x) in Positive; c in Real",
        "Differentiate exp(c*log(u)) by the chain rule.",
        _TABLE,
    ),
    Rule(
        "derivative_natural_power",
        "Derivative(u(x)**n, x)",
        "n*u(x)**(n - 1)*Derivative(u(x), x)",
        f"{_U}; n in Natural",
        "The product rule, n - 1 times.",
        _TABLE,
    ),
    Rule(
        "derivative_integer_power",
        "Derivative(u(x)**n, x)",
        "n*u(x)**(n - 1)*Derivative(u(x), x)",
        f"{_U}; u(x) != 0; n in Integer",
        "The product rule for n >= 0, the quotient rule for n < 0.",
        _TABLE,
    ),
    Rule(
        "derivative_sqrt",
        "Derivative(sqrt(u(x)), x)",
        "Derivative(u(x), x)/(2*sqrt(u(x)))",
        f"{_U}; u(x) in Positive",
        "The power rule with the exponent 1/2.",
        _TABLE,
    ),
    Rule(
        "derivative_exponential_base",
        "Derivative(b**u(x), x)",
        "b**u(x)*log(b)*Derivative(u(x), x)",
        f"{_U}; b in Positive",
        "Differentiate exp(u*log(b)) by the chain rule.",
        _TABLE,
    ),
    Rule(
        "derivative_general_power",
        "Derivative(u(x)**v(x), x)",
        "u(x)**v(x)*(Derivative(v(x), x)*log(u(x)) + v(x)*Derivative(u(x), x)/u(x))",
        f"{_UV}; u(x) in Positive",
        "Differentiate exp(v*log(u)) by the chain rule.",
        _TABLE,
    ),
    Rule(
        "derivative_log",
        "Derivative(log(u(x)), x)",
        "Derivative(u(x), x)/u(x)",
        f"{_U}; u(x) in Positive",
        "The derivative of log is the reciprocal.",
        _INVERSE,
    ),
    Rule(
        "derivative_log_2",
        "Derivative(log_2(u(x)), x)",
        "Derivative(u(x), x)/(u(x)*log(2))",
        f"{_U}; u(x) in Positive",
        "log_2 is log divided by log(2).",
        _INVERSE,
    ),
    _chain("exp", "exp(u(x))"),
    _chain("sigmoid", "sigmoid(u(x))*(1 - sigmoid(u(x)))"),
    _chain("softplus", "sigmoid(u(x))"),
    _chain("sinh", "cosh(u(x))"),
    _chain("cosh", "sinh(u(x))"),
    _chain("tanh", "(1 - tanh(u(x))**2)"),
    _chain("sin", "cos(u(x))"),
    _chain("cos", "(-sin(u(x)))"),
    _chain("atan", "1/(1 + u(x)**2)"),
    _chain("erf", "2/sqrt(pi)*exp(-u(x)**2)"),
    _chain("gamma", "gamma(u(x))*digamma(u(x))", "u(x) in Positive", _GAMMA),
    _chain("loggamma", "digamma(u(x))", "u(x) in Positive", _GAMMA),
    _chain("factorial", "factorial(u(x))*digamma(u(x) + 1)", "-1 < u(x)", _GAMMA),
    Rule(
        "derivative_xlogy",
        "Derivative(xlogy(c, u(x)), x)",
        "c*Derivative(u(x), x)/u(x)",
        f"{_U}; c in Real; u(x) in Positive",
        "Near x it is c*log(u(x)).",
        _INVERSE,
    ),
    _near("abs_positive", "Abs(u(x))", "u", "u(x) in Positive", "it is u(x)."),
    _near("abs_negative", "Abs(u(x))", "-u", "u(x) < 0", "it is -u(x)."),
    _near("abs", "Abs(u(x))", "sign(u(x))*u", "u(x) != 0", "it is u(x) or -u(x)."),
    _near("max_left", "Max(u(x), v(x))", "u", "v(x) < u(x)", "the first is the larger one."),
    _near("max_right", "Max(u(x), v(x))", "v", "u(x) < v(x)", "the second is the larger one."),
    _near("min_left", "Min(u(x), v(x))", "u", "u(x) < v(x)", "the first is the smaller one."),
    _near("min_right", "Min(u(x), v(x))", "v", "v(x) < u(x)", "the second is the smaller one."),
    Rule(
        "derivative_point",
        "u(x)",
        "Real",
        _U,
        "A function is defined where it has a derivative.",
        "definition",
        "in",
    ),
    Rule(
        "derivative_chain",
        "Derivative(g(u(x)), x)",
        "Derivative(g(s), s)*Derivative(u(x), x)",
        f"{_U}; g(t) in Partial for t in Real; s in Real; s = u(x); Derivative(g(s), s) in Real",
        _CHAIN,
        _TABLE,
    ),
]
