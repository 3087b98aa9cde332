"""Softmax and log-sum-exp."""

from derive.rules import Rule

_SOFTMAX = "Bishop, Pattern Recognition and Machine Learning, 4.2 (normalized exponential)"
_CONVEX = "Boyd, Vandenberghe, Convex Optimization, 3.1.5 (log-sum-exp)"
_SCORES = "lo in Integer; hi in Integer; z[k] in Real for k in lo..hi"
_CLASS = f"{_SCORES}; j in lo..hi"
_SOME = f"{_SCORES}; lo <= hi"

RULES = [
    Rule(
        "softmax_definition",
        "softmax(z[k], (k, lo, hi), j)",
        "exp(z[j])/Sum(exp(z[k]), (k, lo, hi))",
        _CLASS,
        "This defines softmax.",
        "definition",
    ),
    Rule(
        "softmax_positive",
        "softmax(z[k], (k, lo, hi), j)",
        "Positive",
        _CLASS,
        "An exponential over a sum of exponentials.",
        _SOFTMAX,
        "in",
    ),
    Rule(
        "softmax_upper",
        "softmax(z[k], (k, lo, hi), j)",
        "1",
        _CLASS,
        "exp(z[j]) is one of the positive terms of the sum.",
        _SOFTMAX,
        "<=",
    ),
    Rule(
        "softmax_unit",
        "softmax(z[k], (k, lo, hi), j)",
        "Unit",
        f"{_CLASS}; lo < hi",
        "With two classes or more another positive term remains in the sum.",
        _SOFTMAX,
        "in",
    ),
    Rule(
        "softmax_sum",
        "Sum(softmax(z[k], (k, lo, hi), j), (j, lo, hi))",
        "1",
        _SOME,
        "All terms have the same denominator, the sum of the numerators.",
        _SOFTMAX,
    ),
    Rule(
        "log_softmax",
        "log(softmax(z[k], (k, lo, hi), j))",
        "z[j] - logsumexp(z[k], (k, lo, hi))",
        _CLASS,
        "The logarithm of the quotient, and log(exp(z[j])) = z[j].",
        _SOFTMAX,
    ),
    Rule(
        "softmax_by_logsumexp",
        "softmax(z[k], (k, lo, hi), j)",
        "exp(z[j] - logsumexp(z[k], (k, lo, hi)))",
        _CLASS,
        "The exponential of log_softmax.",
        _SOFTMAX,
    ),
    Rule(
        "logsumexp_definition",
        "logsumexp(z[k], (k, lo, hi))",
        "log(Sum(exp(z[k]), (k, lo, hi)))",
        _SOME,
        "This defines log-sum-exp.",
        "definition",
    ),
    Rule(
        "logsumexp_defined",
        "logsumexp(z[k], (k, lo, hi))",
        "Real",
        _SOME,
        "A sum of exponentials that is not empty is positive.",
        _CONVEX,
        "in",
    ),
    Rule(
        "exp_logsumexp",
        "exp(logsumexp(z[k], (k, lo, hi)))",
        "Sum(exp(z[k]), (k, lo, hi))",
        _SOME,
        "The exponential undoes the logarithm.",
        _CONVEX,
    ),
    Rule(
        "logsumexp_lower",
        "z[j]",
        "logsumexp(z[k], (k, lo, hi))",
        _CLASS,
        "exp(z[j]) is one of the positive terms of the sum.",
        _CONVEX,
        "<=",
    ),
    Rule(
        "logsumexp_shift",
        "logsumexp(z[k] + c, (k, lo, hi))",
        "c + logsumexp(z[k], (k, lo, hi))",
        f"{_SOME}; c in Real",
        "exp(c) is a common factor of all terms.",
        _CONVEX,
    ),
    Rule(
        "logsumexp_two",
        "logsumexp(z[k], (k, lo, lo + 1))",
        "z[lo] + softplus(z[lo + 1] - z[lo])",
        "lo in Integer; z[k] in Real for k in lo..lo + 1",
        "Take the factor exp(z[lo]) out of the two exponentials.",
        _CONVEX,
    ),
    Rule(
        "softmax_two_first",
        "softmax(z[k], (k, lo, lo + 1), lo)",
        "sigmoid(z[lo] - z[lo + 1])",
        "lo in Integer; z[k] in Real for k in lo..lo + 1",
        "Divide numerator and denominator by exp(z[lo]).",
        _SOFTMAX,
    ),
    Rule(
        "softmax_two_second",
        "softmax(z[k], (k, lo, lo + 1), lo + 1)",
        "sigmoid(z[lo + 1] - z[lo])",
        "lo in Integer; z[k] in Real for k in lo..lo + 1",
        "Divide numerator and denominator by exp(z[lo + 1]).",
        _SOFTMAX,
    ),
]
