"""Finite sums: monotone, positive, bounds; Jensen and Cauchy-Schwarz."""

from derive.rules import Rule

_HLP = "Hardy, Littlewood, Polya, Inequalities, ch. 2 (elementary mean values)"
_ORDER = "Rudin, Principles of Mathematical Analysis, 1.17 (ordered fields)"
_RANGE = "lo in Integer; hi in Integer"
_F = f"{_RANGE}; f[i] in Real for i in lo..hi"
_FG = f"{_F}; g[i] in Real for i in lo..hi"
_POSITIVE = f"{_RANGE}; f[i] in Positive for i in lo..hi"
_NONNEGATIVE = f"{_RANGE}; f[i] in Nonnegative for i in lo..hi"
_WEIGHTS = f"{_RANGE}; w[i] in Nonnegative for i in lo..hi"
_UNIT_SUM = "Sum(w[i], (i, lo, hi)) = 1"

RULES = [
    Rule(
        "sum_monotone",
        "Sum(f[i], (i, lo, hi))",
        "Sum(g[i], (i, lo, hi))",
        f"{_FG}; f[i] <= g[i] for i in lo..hi",
        "Inequalities may be added.",
        _ORDER,
        "<=",
    ),
    Rule(
        "sum_strictly_monotone",
        "Sum(f[i], (i, lo, hi))",
        "Sum(g[i], (i, lo, hi))",
        f"{_FG}; lo <= hi; f[i] < g[i] for i in lo..hi",
        "Strict inequalities may be added, and there is one.",
        _ORDER,
        "<",
    ),
    Rule(
        "sum_strictly_monotone_at",
        "Sum(f[i], (i, lo, hi))",
        "Sum(g[i], (i, lo, hi))",
        f"{_FG}; f[i] <= g[i] for i in lo..hi; k in lo..hi; f[k] < g[k]",
        "Inequalities may be added; a strict one makes the sum strict.",
        _ORDER,
        "<",
    ),
    Rule(
        "sum_nonnegative",
        "Sum(f[i], (i, lo, hi))",
        "Nonnegative",
        _NONNEGATIVE,
        "Numbers >= 0 have a sum >= 0.",
        _ORDER,
        "in",
    ),
    Rule(
        "sum_positive",
        "Sum(f[i], (i, lo, hi))",
        "Positive",
        f"{_POSITIVE}; lo <= hi",
        "Positive numbers, at least one, have a positive sum.",
        _ORDER,
        "in",
    ),
    Rule(
        "mean_positive",
        "Sum(w[i]*x[i], (i, lo, hi))",
        "Positive",
        f"{_RANGE}; w[i] in Nonnegative for i in lo..hi; x[i] in Positive for i in lo..hi; "
        "Sum(w[i], (i, lo, hi)) = 1",
        "Weights that sum to 1 are not all 0, and where one is positive so is its term.",
        _ORDER,
        "in",
    ),
    Rule(
        "sum_positive_at",
        "Sum(f[i], (i, lo, hi))",
        "Positive",
        f"{_NONNEGATIVE}; k in lo..hi; 0 < f[k]",
        "One positive term and others >= 0 have a positive sum.",
        _ORDER,
        "in",
    ),
    Rule(
        "sum_zero_members",
        "f[k]",
        "0",
        f"{_NONNEGATIVE}; k in lo..hi; Sum(f[i], (i, lo, hi)) = 0",
        "A positive term would make the sum positive.",
        _ORDER,
    ),
    Rule(
        "sum_member_bound",
        "f[k]",
        "Sum(f[i], (i, lo, hi))",
        f"{_NONNEGATIVE}; k in lo..hi",
        "The other terms are >= 0.",
        _ORDER,
        "<=",
    ),
    Rule(
        "sum_member_strict_bound",
        "f[k]",
        "Sum(f[i], (i, lo, hi))",
        f"{_POSITIVE}; k in lo..hi; lo < hi",
        "There is another, positive, term.",
        _ORDER,
        "<",
    ),
    Rule(
        "sum_triangle",
        "Abs(Sum(f[i], (i, lo, hi)))",
        "Sum(Abs(f[i]), (i, lo, hi))",
        _F,
        "The triangle inequality, once a term.",
        _ORDER,
        "<=",
    ),
    Rule(
        "cauchy_schwarz",
        "Sum(f[i]*g[i], (i, lo, hi))**2",
        "Sum(f[i]**2, (i, lo, hi))*Sum(g[i]**2, (i, lo, hi))",
        _FG,
        "The difference is the sum of the squares (f[i]*g[j] - f[j]*g[i])**2 over i < j.",
        _HLP,
        "<=",
    ),
    Rule(
        "jensen_log",
        "Sum(w[i]*log(x[i]), (i, lo, hi))",
        "log(Sum(w[i]*x[i], (i, lo, hi)))",
        f"{_WEIGHTS}; x[i] in Positive for i in lo..hi; {_UNIT_SUM}",
        "The logarithm is concave.",
        _HLP,
        "<=",
    ),
    Rule(
        "jensen_exp",
        "exp(Sum(w[i]*x[i], (i, lo, hi)))",
        "Sum(w[i]*exp(x[i]), (i, lo, hi))",
        f"{_WEIGHTS}; x[i] in Real for i in lo..hi; {_UNIT_SUM}",
        "The exponential is convex.",
        _HLP,
        "<=",
    ),
    Rule(
        "jensen_square",
        "Sum(w[i]*x[i], (i, lo, hi))**2",
        "Sum(w[i]*x[i]**2, (i, lo, hi))",
        f"{_WEIGHTS}; x[i] in Real for i in lo..hi; {_UNIT_SUM}",
        "The square is convex.",
        _HLP,
        "<=",
    ),
]
