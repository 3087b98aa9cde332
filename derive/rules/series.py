"""Sums without end: they converge absolutely; linearity, shifting, and some with a value."""

from derive.rules import Rule

_SERIES = "Rudin, Principles of Mathematical Analysis, 3.45-3.55 (absolute convergence)"
_POWER = "Rudin, Principles of Mathematical Analysis, 8.1-8.6 (power series)"
_CHOOSE = "Graham, Knuth, Patashnik, Concrete Mathematics, 5.4 (generating functions)"
_F = "lo in Integer; f[k] in Partial for k in lo..oo"
_SUM = "Sum({}, (k, lo, oo))"
_POISSON = "c**k/factorial(k)"
_PASCAL = "gamma(k + r)/factorial(k)*q**k"
_SMALL = "q in Real; -1 < q; q < 1"

RULES = [
    Rule(
        "series_add",
        _SUM.format("f[k] + g[k]"),
        f"{_SUM.format('f[k]')} + {_SUM.format('g[k]')}",
        f"{_F}; g[k] in Partial for k in lo..oo; {_SUM.format('f[k]')} in Real; "
        f"{_SUM.format('g[k]')} in Real",
        "Limits may be added where both exist.",
        _SERIES,
    ),
    Rule(
        "series_factor",
        _SUM.format("c*f[k]"),
        f"c*{_SUM.format('f[k]')}",
        f"{_F}; {_SUM.format('f[k]')} in Real; c in Real",
        "The distributive law in the limit.",
        _SERIES,
    ),
    Rule(
        "series_zero",
        _SUM.format("0"),
        "0",
        "lo in Integer",
        "All terms are 0.",
        _SERIES,
    ),
    Rule(
        "series_first",
        _SUM.format("f[k]"),
        "f[lo] + Sum(f[k], (k, lo + 1, oo))",
        f"{_F}; Sum(f[k], (k, lo + 1, oo)) in Real; f[lo] in Real",
        "One more term does not change the convergence.",
        _SERIES,
    ),
    Rule(
        "series_shift",
        _SUM.format("f[k]"),
        "Sum(f[k + c], (k, lo - c, oo))",
        f"{_F}; c in Integer; {_SUM.format('f[k]')} in Real",
        "The terms are the same under another number.",
        _SERIES,
    ),
    Rule(
        "series_without_first",
        _SUM.format("f[k]").replace("lo, oo", "lo + 1, oo"),
        f"{_SUM.format('f[k]')} - f[lo]",
        f"{_F}; {_SUM.format('f[k]')} in Real",
        "One term less does not change the convergence.",
        _SERIES,
    ),
    Rule(
        "series_dominated",
        _SUM.format("f[k]*h[k]"),
        "Real",
        f"{_F}; g[k] in Partial for k in lo..oo; h[k] in Partial for k in lo..oo; "
        "0 <= h[k] for k in lo..oo; h[k] <= g[k] for k in lo..oo; "
        f"{_SUM.format('f[k]*g[k]')} in Real",
        "The terms are no larger than those of a series that converges absolutely.",
        _SERIES,
        "in",
    ),
    Rule(
        "exponential_series",
        f"Sum({_POISSON}, (k, 0, oo))",
        "exp(c)",
        "c in Real",
        "This is the power series of the exponential.",
        _POWER,
    ),
    Rule(
        "exponential_series_step",
        f"Sum(k*f[k]*{_POISSON}, (k, 0, oo))",
        f"c*Sum(f[k + 1]*{_POISSON}, (k, 0, oo))",
        "c in Real; f[k] in Partial for k in 0..oo; f[0] in Real; "
        f"Sum(f[k + 1]*{_POISSON}, (k, 0, oo)) in Real",
        "k/factorial(k) is 1/factorial(k - 1), and the first term is 0.",
        _POWER,
    ),
    Rule(
        "geometric_series",
        "Sum(q**k, (k, 0, oo))",
        "1/(1 - q)",
        _SMALL,
        "Partial sums are (1 - q**n)/(1 - q).",
        _POWER,
    ),
    Rule(
        "binomial_series",
        f"Sum({_PASCAL}, (k, 0, oo))",
        "gamma(r)*(1 - q)**(-r)",
        f"r in Positive; {_SMALL}",
        "Newton's binomial series for the exponent -r.",
        _CHOOSE,
    ),
    Rule(
        "binomial_series_step",
        f"Sum(k**(n + 1)*({_PASCAL}), (k, 0, oo))",
        f"q/(1 - q)*Sum(((k + r)*(k + 1)**n - k**(n + 1))*({_PASCAL}), (k, 0, oo))",
        f"r in Positive; n in Natural0; {_SMALL}",
        "k/factorial(k) is 1/factorial(k - 1), so that the sum S is q times the sum with "
        "(k + r)*(k + 1)**n; q*S is taken to the left.",
        _CHOOSE,
    ),
]
