"""Derivatives of sums, of cases, and what the sign of a derivative says."""

from derive.rules import Rule

_TABLE = "Rudin, Principles of Mathematical Analysis, 5.3 (differentiation)"
_MEAN = "Rudin, Principles of Mathematical Analysis, 5.11 (mean value theorem)"
_RANGE = "lo in Integer; hi in Integer; x in Real"
_MEMBERS = (
    f"{_RANGE}; u(i, t) in Partial for i in lo..hi, t in Real; "
    "Derivative(u(i, x), x) in Real for i in lo..hi"
)
_BOTH = (
    "u(t) in Partial for t in Real; v(t) in Partial for t in Real; x in Real; "
    "Derivative(u(x), x) in Real; Derivative(v(x), x) in Real"
)
_BORDER = (
    "u(t) in Partial for t in Real; v(t) in Partial for t in Real; "
    "w(t) in Partial for t in Real; x in Real; c in Real; Derivative(w(x), x) in Real"
)
_LEFT = "Near x the first branch applies."
_RIGHT = "Near x the second branch applies."
_GLUE = f"{_BORDER}; u(x) = v(x); Derivative(u(x), x) = Derivative(v(x), x)"
_SMOOTH = "Both branches have the same tangent at x."
_ENDS = (
    "f(r) in Partial for r in Real; s in Real; t in Real; "
    "Derivative(f(s), s) in Real; Derivative(f(t), t) in Real"
)
_SLOPE = "The difference is t - s times a derivative in between; at the ends f is continuous."

RULES = [
    Rule(
        "derivative_of_sum",
        "Derivative(Sum(u(i, x), (i, lo, hi)), x)",
        "Sum(Derivative(u(i, x), x), (i, lo, hi))",
        _MEMBERS,
        "Limits may be added, finitely many times.",
        _TABLE,
    ),
    Rule(
        "derivative_of_product",
        "Derivative(Product(u(i, x), (i, lo, hi)), x)",
        "Product(u(i, x), (i, lo, hi))*Sum(Derivative(u(i, x), x)/u(i, x), (i, lo, hi))",
        f"{_MEMBERS}; u(i, x) != 0 for i in lo..hi",
        "The product rule, divided by the product.",
        _TABLE,
    ),
    Rule(
        "derivative_logsumexp",
        "Derivative(logsumexp(u(i, x), (i, lo, hi)), x)",
        "Sum(softmax(u(k, x), (k, lo, hi), i)*Derivative(u(i, x), x), (i, lo, hi))",
        f"{_MEMBERS}; lo <= hi",
        "The chain rule for the logarithm of a sum of exponentials.",
        "Boyd, Vandenberghe, Convex Optimization, 3.1.5 (log-sum-exp)",
    ),
    Rule(
        "derivative_member",
        "Derivative(Piecewise((x, Eq(j, k)), (c, True)), x)",
        "KroneckerDelta(j, k)",
        "x in Real; c in Real; j in Real; k in Real",
        "The function is the variable or a constant, whatever x is.",
        _TABLE,
    ),
    Rule(
        "derivative_member_2",
        "Derivative(Piecewise((x, And(Eq(i, a), Eq(j, b))), (c, True)), x)",
        "KroneckerDelta(i, a)*KroneckerDelta(j, b)",
        "x in Real; c in Real; i in Real; a in Real; j in Real; b in Real",
        "The function is the variable or a constant, whatever x is.",
        _TABLE,
    ),
    Rule(
        "derivative_cases",
        "Derivative(Piecewise((u(x), Eq(j, k)), (v(x), True)), x)",
        "Piecewise((Derivative(u(x), x), Eq(j, k)), (Derivative(v(x), x), True))",
        f"{_BOTH}; j in Real; k in Real",
        "Which branch applies does not depend on x.",
        _TABLE,
    ),
    Rule(
        "derivative_piecewise_left",
        "Derivative(Piecewise((u(x), w(x) <= c), (v(x), True)), x)",
        "Derivative(u(x), x)",
        f"{_BORDER}; w(x) < c; Derivative(u(x), x) in Real",
        _LEFT,
        _TABLE,
    ),
    Rule(
        "derivative_piecewise_right",
        "Derivative(Piecewise((u(x), w(x) <= c), (v(x), True)), x)",
        "Derivative(v(x), x)",
        f"{_BORDER}; c < w(x); Derivative(v(x), x) in Real",
        _RIGHT,
        _TABLE,
    ),
    Rule(
        "derivative_piecewise_border",
        "Derivative(Piecewise((u(x), w(x) <= c), (v(x), True)), x)",
        "Derivative(u(x), x)",
        _GLUE,
        _SMOOTH,
        _TABLE,
    ),
    Rule(
        "derivative_piecewise_strict_left",
        "Derivative(Piecewise((u(x), w(x) < c), (v(x), True)), x)",
        "Derivative(u(x), x)",
        f"{_BORDER}; w(x) < c; Derivative(u(x), x) in Real",
        _LEFT,
        _TABLE,
    ),
    Rule(
        "derivative_piecewise_strict_right",
        "Derivative(Piecewise((u(x), w(x) < c), (v(x), True)), x)",
        "Derivative(v(x), x)",
        f"{_BORDER}; c < w(x); Derivative(v(x), x) in Real",
        _RIGHT,
        _TABLE,
    ),
    Rule(
        "derivative_piecewise_strict_border",
        "Derivative(Piecewise((u(x), w(x) < c), (v(x), True)), x)",
        "Derivative(u(x), x)",
        _GLUE,
        _SMOOTH,
        _TABLE,
    ),
    Rule(
        "derivative_local",
        "Derivative(u(x), x)",
        "Derivative(v(x), x)",
        "u(t) in Partial for t in Real; v(t) in Partial for t in Real; x in Real; a in Real; "
        "b in Real; a < x; x < b; Derivative(u(x), x) in Real; u(r) = v(r) for r in (a, b)",
        "Only the values near x enter the difference quotients.",
        _TABLE,
    ),
    Rule(
        "increasing_on_interval",
        "f(s)",
        "f(t)",
        f"{_ENDS}; s < t; 0 < Derivative(f(r), r) for r in (s, t)",
        _SLOPE,
        _MEAN,
        "<",
    ),
    Rule(
        "decreasing_on_interval",
        "f(t)",
        "f(s)",
        f"{_ENDS}; s < t; Derivative(f(r), r) < 0 for r in (s, t)",
        _SLOPE,
        _MEAN,
        "<",
    ),
    Rule(
        "nondecreasing_on_interval",
        "f(s)",
        "f(t)",
        f"{_ENDS}; s <= t; 0 <= Derivative(f(r), r) for r in (s, t)",
        _SLOPE,
        _MEAN,
        "<=",
    ),
    Rule(
        "nonincreasing_on_interval",
        "f(t)",
        "f(s)",
        f"{_ENDS}; s <= t; Derivative(f(r), r) <= 0 for r in (s, t)",
        _SLOPE,
        _MEAN,
        "<=",
    ),
    Rule(
        "constant_on_interval",
        "f(s)",
        "f(t)",
        f"{_ENDS}; s <= t; Derivative(f(r), r) = 0 for r in (s, t)",
        _SLOPE,
        _MEAN,
    ),
    Rule(
        "constant_on_line",
        "f(s)",
        "f(t)",
        "f(r) in Partial for r in Real; s in Real; t in Real; "
        "Derivative(f(r), r) = 0 for r in Real",
        _SLOPE,
        _MEAN,
    ),
    Rule(
        "derivative_softmax",
        "Derivative(softmax(u(i, x), (i, lo, hi), j), x)",
        "softmax(u(i, x), (i, lo, hi), j)*(Derivative(u(j, x), x) - "
        "Sum(softmax(u(k, x), (k, lo, hi), i)*Derivative(u(i, x), x), (i, lo, hi)))",
        f"{_MEMBERS}; j in lo..hi",
        "Softmax is exp(u(j, x) - logsumexp(u(i, x), (i, lo, hi))).",
        "Boyd, Vandenberghe, Convex Optimization, 3.1.5 (log-sum-exp)",
    ),
]
