"""The value of every function, one line a head.

``exact`` gives a Fraction where there is a simple one (else None), ``ball`` an enclosure,
``slopes`` the partial derivatives as formulas in the arguments (the last one is
``bound(0)``), ``analytic`` the value on a complex box, for integrals.  All of them raise
Undefined only where the function certainly has no value, and Unsure where they cannot say.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb
from typing import Any, NamedTuple

from derive.refute.numbers import ONE, ZERO, Number, Undefined, Unsure, ball, exact_sign, flint
from derive.term import Term, apply, bound, number

Exact = Callable[..., Fraction | None]


class Value(NamedTuple):
    """How one function is evaluated."""

    exact: Exact
    ball: Callable[..., Any]
    slopes: tuple[Term | None, ...]
    analytic: Callable[..., Any] | None = None


def positive(x: Number, what: str) -> None:
    """Raises Undefined when x is not positive, Unsure when that is not decided."""
    if exact_sign(x) <= 0:
        raise Undefined(f"{what} of a number that is not positive")


def at(point: int, value: int | Fraction) -> Exact:
    """Exact at one place."""
    return lambda x: Fraction(value) if x == point else None


def never(*_: Fraction) -> Fraction | None:
    """No exact value is known."""
    return None


# -- logarithms ----------------------------------------------------------------------


def _log_exact(x: Fraction) -> Fraction | None:
    positive(x, "log")
    return ZERO if x == 1 else None


def _log(x: Any) -> Any:
    positive(x, "log")
    return x.log()


def _log_2_exact(x: Fraction) -> Fraction | None:
    positive(x, "log_2")
    top, bottom = x.numerator, x.denominator
    if top & (top - 1) or bottom & (bottom - 1):
        return None
    return Fraction(top.bit_length() - bottom.bit_length())


def _log_b_exact(x: Fraction, b: Fraction) -> Fraction | None:
    positive(x, "log_b")
    positive(b, "log_b to the base")
    if b == 1:
        raise Undefined("a logarithm to the base 1")
    return ZERO if x == 1 else ONE if x == b else None


def _log_b(x: Any, b: Any) -> Any:
    positive(x, "log_b")
    positive(b, "log_b to the base")
    if exact_sign(b - 1) == 0:
        raise Undefined("a logarithm to the base 1")
    return x.log() / b.log()


def _xlogy_exact(t: Fraction, u: Fraction) -> Fraction | None:
    if t == 0 == u:
        return ZERO
    positive(u, "log")
    return ZERO if t == 0 or u == 1 else None


def _xlogy(t: Any, u: Any) -> Any:
    if exact_sign(u) == 0 == exact_sign(t):
        return u
    positive(u, "log")
    return t * u.log()


def _right(z: Any) -> Any:
    """A complex box in the open right half plane, where log is analytic."""
    if not z.real > 0:
        raise Unsure("log near 0 in an integral")
    return z


# -- exponentials --------------------------------------------------------------------


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + (-x).exp())


def _softplus(x: Any) -> Any:
    return x + (-x).exp().log1p() if x > 0 else x.exp().log1p()


# -- the gamma function --------------------------------------------------------------


def _pole(x: Number, what: str) -> None:
    """Raises Undefined at 0, -1, -2, ..., Unsure when a ball contains one of them."""
    if type(x) is Fraction:
        if x <= 0 and x.denominator == 1:
            raise Undefined(f"{what} at a pole")
    elif not x > 0 and x.contains_integer():
        raise Unsure(f"{what} near a pole", finer=True)


def _gamma_exact(x: Fraction) -> Fraction | None:
    _pole(x, "gamma")
    if x.denominator != 1 or x > 300:
        return None
    return _product(1, x.numerator - 1)


def _product(low: int, high: int) -> Fraction:
    result = 1
    for k in range(low, high + 1):
        result *= k
    return Fraction(result)


def _gamma(x: Any) -> Any:
    _pole(x, "gamma")
    return x.gamma()


def _loggamma_exact(x: Fraction) -> Fraction | None:
    positive(x, "loggamma")
    return ZERO if x in (1, 2) else None


def _loggamma(x: Any) -> Any:
    positive(x, "loggamma")
    return x.lgamma()


def _digamma_exact(x: Fraction) -> Fraction | None:
    positive(x, "digamma")
    return None


def _digamma(x: Any) -> Any:
    positive(x, "digamma")
    return x.digamma()


def _polygamma_exact(_: Fraction, x: Fraction) -> Fraction | None:
    positive(x, "polygamma")
    return None


def _polygamma(n: Any, x: Any) -> Any:
    positive(x, "polygamma")
    return flint().acb(x).polygamma(n).real


def _binomial_exact(n: Fraction, k: Fraction) -> Fraction | None:
    for x in (n, k, n - k):
        _pole(x + 1, "binomial")
    if k.denominator != 1 or k > 300 or abs(n) > 10**6:
        return None
    if n.denominator == 1:
        return Fraction(comb(n.numerator, k.numerator))
    result = ONE
    for step in range(k.numerator):
        result = result * (n - step) / (step + 1)
    return result


def _binomial(n: Any, k: Any) -> Any:
    for x in (n, k, n - k):
        _pole(x + 1, "binomial")
    return (n + 1).gamma() * (k + 1).rgamma() * (n - k + 1).rgamma()


def _beta_exact(a: Fraction, b: Fraction) -> Fraction | None:
    positive(a, "beta")
    positive(b, "beta")
    if a.denominator != 1 or b.denominator != 1 or a + b > 300:
        return None
    return _product(1, a.numerator - 1) / _product(b.numerator, (a + b).numerator - 1)


def _beta(a: Any, b: Any) -> Any:
    positive(a, "beta")
    positive(b, "beta")
    return a.gamma() * b.gamma() * (a + b).rgamma()


def _bessel_exact(_: Fraction, x: Fraction) -> Fraction | None:
    positive(x, "a Bessel function")
    return None


def _bessel_i(v: Any, x: Any) -> Any:
    positive(x, "a Bessel function")
    return x.bessel_i(v)


def _bessel_k(v: Any, x: Any) -> Any:
    positive(x, "a Bessel function")
    return x.bessel_k(v)


def _atan_box(z: Any) -> Any:
    if not abs(z.imag) < 1:
        raise Unsure("atan near its branch cut in an integral")
    return z.atan()


# -- the table -----------------------------------------------------------------------

_X, _Y = bound(0), bound(1)  # the argument; of two arguments _Y is the first
_ONE = number(1)


def _f(head: str, *args: object) -> Term:
    return apply(head, *args)


_SIGMOID = _f("sigmoid", _X)
_NEXT_I = _f("besseli", _Y + 1, _X) + _Y / _X * _f("besseli", _Y, _X)
_NEXT_K = -_f("besselk", _Y + 1, _X) + _Y / _X * _f("besselk", _Y, _X)
_LOG_B = _f("log_b", _Y, _X)
_BINOMIAL, _BETA = _f("binomial", _Y, _X), _f("beta", _Y, _X)


def _psi(x: Term) -> Term:
    return _f("digamma", x)


_REST = _Y - _X + 1
_BINOMIAL_SLOPES = (
    _BINOMIAL * (_psi(_Y + 1) - _psi(_REST)),
    _BINOMIAL * (_psi(_REST) - _psi(_X + 1)),
)
_BETA_SLOPES = (_BETA * (_psi(_Y) - _psi(_Y + _X)), _BETA * (_psi(_X) - _psi(_Y + _X)))
_LOG_B_SLOPES = (1 / (_Y * _f("log", _X)), -_LOG_B / (_X * _f("log", _X)))
_ERF_SLOPE = 2 / _f("Pow", _f("pi"), number(Fraction(1, 2))) * _f("exp", -(_X**2))
_FACTORIAL_SLOPE = _f("factorial", _X) * _psi(_X + 1)

VALUES: dict[str, Value] = {
    "log": Value(_log_exact, _log, (1 / _X,), lambda z: _right(z).log()),
    "log_2": Value(
        _log_2_exact,
        lambda x: _log(x) / ball(Fraction(2)).log(),
        (1 / (_X * _f("log", 2)),),
        lambda z: _right(z).log() / flint().acb(2).log(),
    ),
    "log_b": Value(_log_b_exact, _log_b, _LOG_B_SLOPES),
    "exp": Value(at(0, 1), lambda x: x.exp(), (_f("exp", _X),), lambda z: z.exp()),
    "sigmoid": Value(at(0, Fraction(1, 2)), _sigmoid, (_SIGMOID * (1 - _SIGMOID),), _sigmoid),
    "softplus": Value(never, _softplus, (_SIGMOID,), lambda z: _right(1 + z.exp()).log()),
    "sin": Value(at(0, 0), lambda x: x.sin(), (_f("cos", _X),), lambda z: z.sin()),
    "cos": Value(at(0, 1), lambda x: x.cos(), (-_f("sin", _X),), lambda z: z.cos()),
    "atan": Value(at(0, 0), lambda x: x.atan(), (1 / (1 + _X**2),), _atan_box),
    "sinh": Value(at(0, 0), lambda x: x.sinh(), (_f("cosh", _X),), lambda z: z.sinh()),
    "cosh": Value(at(0, 1), lambda x: x.cosh(), (_f("sinh", _X),), lambda z: z.cosh()),
    "tanh": Value(at(0, 0), lambda x: x.tanh(), (1 - _f("tanh", _X) ** 2,), lambda z: z.tanh()),
    "erf": Value(at(0, 0), lambda x: x.erf(), (_ERF_SLOPE,), lambda z: z.erf()),
    "gamma": Value(
        _gamma_exact, _gamma, (_f("gamma", _X) * _psi(_X),), lambda z: _right(z).gamma()
    ),
    "loggamma": Value(_loggamma_exact, _loggamma, (_psi(_X),), lambda z: _right(z).lgamma()),
    "digamma": Value(
        _digamma_exact, _digamma, (_f("polygamma", 1, _X),), lambda z: _right(z).digamma()
    ),
    # polygamma is no head of formulas: it stands in slopes only
    "polygamma": Value(_polygamma_exact, _polygamma, (None, _f("polygamma", _Y + 1, _X))),
    "factorial": Value(
        lambda x: _gamma_exact(x + 1),
        lambda x: _gamma(x + 1),
        (_FACTORIAL_SLOPE,),
        lambda z: _right(z + 1).gamma(),
    ),
    "binomial": Value(_binomial_exact, _binomial, _BINOMIAL_SLOPES),
    "beta": Value(_beta_exact, _beta, _BETA_SLOPES),
    "besseli": Value(_bessel_exact, _bessel_i, (None, _NEXT_I)),
    "besselk": Value(_bessel_exact, _bessel_k, (None, _NEXT_K)),
    "xlogy": Value(_xlogy_exact, _xlogy, (_f("log", _X), _Y / _X)),
    "E": Value(never, lambda: flint().arb(1).exp(), ()),
    "pi": Value(never, lambda: flint().arb.pi(), ()),
}
