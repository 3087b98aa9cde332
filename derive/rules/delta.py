"""Kronecker's delta and one-hot families."""

from derive.rules import Rule

_DELTA = "Riley, Hobson, Bence, Mathematical Methods for Physics and Engineering, 26.1"
_F = "lo in Integer; hi in Integer; f[i] in Real for i in lo..hi"
_AT = f"{_F}; k in lo..hi"
_CHOICE = "All terms vanish except the one with i = k."
_ONE_HOT = (
    "lo in Integer; hi in Integer; y[j] in Bit for j in lo..hi; Sum(y[j], (j, lo, hi)) = 1"
)
_SCORED = f"{_ONE_HOT}; t[j] in Real for j in lo..hi"

RULES = [
    Rule("delta_equal", "KroneckerDelta(i, i)", "1", "i in Real", "Equal arguments.",
         "definition"),
    Rule("delta_equation", "KroneckerDelta(i, k)", "1", "i in Partial; k in Partial; i = k",
         "Equal arguments.", "definition"),
    Rule("delta_unequal", "KroneckerDelta(i, k)", "0", "i in Partial; k in Partial; i != k",
         "Different arguments.", "definition"),
    Rule("delta_symmetric", "KroneckerDelta(i, k)", "KroneckerDelta(k, i)",
         "i in Real; k in Real", "Equality is symmetric.", "definition"),
    Rule("KroneckerDelta_bit", "KroneckerDelta(i, k)", "Bit", "i in Real; k in Real",
         "It is 1 or 0.", "definition", "in"),
    Rule("delta_square", "KroneckerDelta(i, k)**2", "KroneckerDelta(i, k)",
         "i in Real; k in Real", "0 and 1 are their own squares.", "definition"),
    Rule("delta_as_piecewise", "KroneckerDelta(i, k)", "Piecewise((1, Eq(i, k)), (0, True))",
         "i in Real; k in Real", "This is the definition by cases.", "definition"),
    Rule("delta_substitute", "KroneckerDelta(i, k)*f[i]", "KroneckerDelta(i, k)*f[k]",
         f"{_F}; i in lo..hi; k in lo..hi", "For i = k they are equal, else both are 0.",
         _DELTA),
    Rule("delta_substitute_swapped", "KroneckerDelta(k, i)*f[i]", "KroneckerDelta(k, i)*f[k]",
         f"{_F}; i in lo..hi; k in lo..hi", "For i = k they are equal, else both are 0.",
         _DELTA),
    Rule("sum_delta", "Sum(KroneckerDelta(i, k)*f[i], (i, lo, hi))", "f[k]", _AT, _CHOICE,
         _DELTA),
    Rule("sum_delta_swapped", "Sum(KroneckerDelta(k, i)*f[i], (i, lo, hi))", "f[k]", _AT,
         _CHOICE, _DELTA),
    Rule("sum_delta_right", "Sum(f[i]*KroneckerDelta(i, k), (i, lo, hi))", "f[k]", _AT,
         _CHOICE, _DELTA),
    Rule("sum_delta_right_swapped", "Sum(f[i]*KroneckerDelta(k, i), (i, lo, hi))", "f[k]", _AT,
         _CHOICE, _DELTA),
    Rule("sum_delta_one", "Sum(KroneckerDelta(i, k), (i, lo, hi))", "1",
         "lo in Integer; hi in Integer; k in lo..hi", _CHOICE, _DELTA),
    Rule("sum_delta_one_swapped", "Sum(KroneckerDelta(k, i), (i, lo, hi))", "1",
         "lo in Integer; hi in Integer; k in lo..hi", _CHOICE, _DELTA),
    Rule("sum_delta_below", "Sum(KroneckerDelta(i, k)*f[i], (i, lo, hi))", "0",
         f"{_F}; k in Real; k < lo", "No index of the range equals k.", _DELTA),
    Rule("sum_delta_above", "Sum(KroneckerDelta(i, k)*f[i], (i, lo, hi))", "0",
         f"{_F}; k in Real; hi < k", "No index of the range equals k.", _DELTA),
    Rule("delta_product", "Product(f[i]**KroneckerDelta(i, k), (i, lo, hi))", "f[k]", _AT,
         "All factors are 1 except the one with i = k.", _DELTA),
    Rule("delta_product_swapped", "Product(f[i]**KroneckerDelta(k, i), (i, lo, hi))", "f[k]",
         _AT, "All factors are 1 except the one with i = k.", _DELTA),
    Rule("delta_function", "g(KroneckerDelta(i, k))",
         "(1 - KroneckerDelta(i, k))*g(0) + KroneckerDelta(i, k)*g(1)",
         "g(t) in Partial for t in Real; i in Real; k in Real; g(0) in Real; g(1) in Real",
         "It is g(1) for i = k, else g(0).", "definition"),
    Rule("one_hot_function", "g(Sum(y[j]*t[j], (j, lo, hi)))", "Sum(y[j]*g(t[j]), (j, lo, hi))",
         f"{_SCORED}; g(s) in Partial for s in Real; g(t[j]) in Real for j in lo..hi",
         "Exactly one y[c] is 1 and both sides are g(t[c]).", _DELTA),
    Rule("one_hot_log", "log(Sum(y[j]*t[j], (j, lo, hi)))", "Sum(y[j]*log(t[j]), (j, lo, hi))",
         f"{_ONE_HOT}; t[j] in Positive for j in lo..hi",
         "Exactly one y[c] is 1 and both sides are log(t[c]).", _DELTA),
    Rule("one_hot_product", "Product(t[j]**y[j], (j, lo, hi))", "Sum(y[j]*t[j], (j, lo, hi))",
         _SCORED, "Exactly one y[c] is 1 and both sides are t[c].", _DELTA),
    Rule("one_hot_orthogonal", "y[i]*y[k]", "KroneckerDelta(i, k)*y[i]",
         f"{_ONE_HOT}; i in lo..hi; k in lo..hi", "No two members are both 1.", _DELTA),
]
