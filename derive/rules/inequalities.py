"""Tangent lines and means."""

from derive.rules import Rule

_TANGENT = "Hardy, Littlewood, Polya, Inequalities, 2.15, 5.2 (logarithm and exponential)"
_MEANS = "Hardy, Littlewood, Polya, Inequalities, 2.5 (theorem of the means)"

RULES = [
    Rule("log_tangent", "log(x)", "x - 1", "x in Positive",
         "The logarithm is concave and x - 1 is its tangent at 1.", _TANGENT, "<="),
    Rule("log_tangent_strict", "log(x)", "x - 1", "x in Positive; x != 1",
         "The logarithm is strictly concave and x - 1 is its tangent at 1.", _TANGENT, "<"),
    Rule("log_lower", "1 - 1/x", "log(x)", "x in Positive",
         "This is log_tangent at 1/x.", _TANGENT, "<="),
    Rule("log_lower_strict", "1 - 1/x", "log(x)", "x in Positive; x != 1",
         "This is log_tangent_strict at 1/x.", _TANGENT, "<"),
    Rule("log_tangent_equality", "x", "1", "x in Positive; log(x) = x - 1",
         "The tangent touches a strictly concave function once.", _TANGENT),
    Rule("exp_tangent", "1 + x", "exp(x)", "x in Real",
         "The exponential is convex and 1 + x is its tangent at 0.", _TANGENT, "<="),
    Rule("exp_tangent_strict", "1 + x", "exp(x)", "x in Real; x != 0",
         "The exponential is strictly convex and 1 + x is its tangent at 0.", _TANGENT, "<"),
    Rule("square_tangent", "2*a*x - a**2", "x**2", "a in Real; x in Real",
         "The difference is (x - a)**2.", _MEANS, "<="),
    Rule("square_tangent_strict", "2*a*x - a**2", "x**2", "a in Real; x in Real; x != a",
         "The difference is (x - a)**2.", _MEANS, "<"),
    Rule("product_by_squares", "a*b", "(a**2 + b**2)/2", "a in Real; b in Real",
         "The difference is (a - b)**2/2.", _MEANS, "<="),
    Rule("geometric_mean", "sqrt(a*b)", "(a + b)/2", "a in Nonnegative; b in Nonnegative",
         "The difference is (sqrt(a) - sqrt(b))**2/2.", _MEANS, "<="),
    Rule("log_ratio_bound", "a*log(b/a)", "b - a", "a in Positive; b in Positive",
         "This is a times log_tangent at b/a.", _TANGENT, "<="),
    Rule("log_ratio_bound_strict", "a*log(b/a)", "b - a",
         "a in Positive; b in Positive; a != b", "This is a times log_tangent_strict at b/a.",
         _TANGENT, "<"),
    Rule("bernoulli_inequality", "1 + n*x", "(1 + x)**n", "n in Natural0; x in Real; -1 <= x",
         "By induction on n.", _MEANS, "<="),
]
