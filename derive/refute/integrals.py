"""Rigorous integrals over finite intervals, and expectations through mass or density.

The integrand is evaluated on complex boxes (``flint.acb``); wherever it is not certainly
analytic there, the quadrature gives up on that box and divides it.  The tails of improper
integrals are bounded in ``tails``.  Integrals that cannot be enclosed are unsure.
"""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from derive.domains import INFINITY, MINUS_INFINITY, interval
from derive.refute import jets, numbers
from derive.refute.derived import derived
from derive.refute.jets import Jet
from derive.refute.numbers import ZERO, Undefined, Unsure, flint
from derive.refute.quick import Box, quick
from derive.refute.values import VALUES
from derive.term import BINDERS, Term, instantiate, mentions, number, rebuild

if TYPE_CHECKING:
    from derive.refute.balls import Evaluation


#: Evaluations of an integrand before the quadrature gives up.
EVALUATIONS = 5_000
#: And before it looks at the ends.
FIRST = 600
#: Bits of an enclosure that is good enough at once, and of what the last attempt aims at.
NARROW, TOLERANCE = 70, 76


def integral(run: Evaluation, t: Term) -> Any:
    """The integral, with orientation.  Raises Unsure where it cannot be enclosed."""
    body, lower, upper = t.args
    if lower == INFINITY or upper == MINUS_INFINITY:
        return jets.negate(_between(run, body, upper, lower))
    return _between(run, body, lower, upper)


def _between(run: Evaluation, body: Term, lower: Term, upper: Term) -> Any:
    if lower == upper and lower in (INFINITY, MINUS_INFINITY):
        raise Unsure("an integral from infinity to infinity")
    body = inlined(run, body)
    low = None if lower == MINUS_INFINITY else run.value(lower)
    high = None if upper == INFINITY else run.value(upper)
    if type(low) is Jet or type(high) is Jet:
        raise Unsure("an integral whose ends change")
    if not mentions(body, 0) and (low is None or high is None):
        value = run.under(body, ZERO)
        if numbers.exact_sign(jets.core(value)) != 0:
            raise Undefined("the integral of a constant over an infinite range")
        return value
    from derive.refute.tails import improper

    try:
        if low is None or high is None:
            return improper(run, body, low, high)
        return enclose(run, body, low, high)
    except Unsure:
        _look_for_gaps(run, body, low, high)
        if low is None or high is None:
            from derive.refute.tails import diverges

            if diverges(run, body):
                raise Undefined("the integral of a polynomial over an infinite range") from None
        raise


def inlined(run: Evaluation, t: Term) -> Term:
    """The body with the formulas of abstract functions and of densities in their places."""
    if t.head.endswith(("Mass", "Density")):
        from derive.refute.balls import density

        t = density(t)
    function = run.point.get(t.value) if t.head == "member" else None
    if isinstance(function, Term):
        return instantiate(function, *(inlined(run, a) for a in t.args))
    return rebuild(t, lambda a, _: inlined(run, a), 0)


#: Where formulas that have a gap usually have it.
GAPS = tuple(map(Fraction, (0, 1, -1)))


def _look_for_gaps(run: Evaluation, body: Term, low: Any, high: Any) -> None:
    """Raises Undefined where the integrand has no value between the ends."""
    exact = [e for e in (low, high) if type(e) is Fraction]
    ends = sorted(exact)
    middle = (sum(exact, ZERO) / 2,) if len(exact) == 2 else ()
    if len(exact) < (low is not None) + (high is not None):
        return
    for place in (*GAPS, *middle):
        if len(ends) == 2:
            inside = ends[0] < place < ends[1]
        elif low is not None:
            inside = place > low
        else:
            inside = high is None or place < high
        if inside:
            with suppress(Unsure):
                run.under(body, place)


def enclose(run: Evaluation, body: Term, low: Any, high: Any, last: bool = False) -> Any:
    """The integral of a body under one binder between two numbers.

    Unless this is the ``last`` attempt, an end where the integrand is singular is approached
    on its own when plain quadrature does not succeed soon.
    """
    if type(low) is Fraction and low == high:
        return ZERO
    if not mentions(body, 0):
        value = run.under(body, low)  # the variable does not occur
        return jets.multiply(value, jets.subtract(high, low))
    if any(type(v) is Jet for v in run.scope):
        raise Unsure("an integral under a derivative")
    acb = flint().acb
    failure: list[Exception] = []
    fast = quick(run, body, lambda part: _complex(run, part, (0,)))

    def integrand(z: Any, _analytic: bool) -> Any:
        run.scope.append(z)
        try:
            run.spend()
            return fast(z)
        except (Box, Unsure):
            return acb("nan")
        except Exception as error:  # native code stands between: carried over it by hand
            failure.append(error)
            return acb("nan")
        finally:
            run.scope.pop()

    ends = acb(numbers.ball(low)), acb(numbers.ball(high))
    limit = EVALUATIONS if last else FIRST
    goal = flint().arb(2) ** -min(numbers.precision() - 4, TOLERANCE) if last else None
    around, run.still = run.still, {}
    try:
        found = acb.integral(integrand, *ends, eval_limit=limit, rel_tol=goal, abs_tol=goal)
    finally:
        run.still = around
    if failure:
        raise failure[0]
    enclosed = found.is_finite() and found.imag.contains(0)
    narrow = flint().arb(2) ** -min(numbers.precision() - 14, NARROW)
    if enclosed and (last or found.real.rad() < narrow):
        return found.real
    if last:
        raise Unsure("the integral could not be enclosed")
    from derive.refute.ends import from_ends

    try:
        return from_ends(run, body, low, high, _smooth)
    except Unsure:
        return found.real if enclosed else enclose(run, body, low, high, last=True)


def _smooth(run: Evaluation, body: Term, low: Any, high: Any) -> Any:
    return enclose(run, body, low, high, last=True)


def on_box(run: Evaluation, t: Term, box: Any) -> Any:
    """The value of a term under one binder on a complex box; None where it is not analytic."""
    run.scope.append(box)
    around, run.still = run.still, {}
    try:
        return _complex(run, t, (0,))
    except (Box, Unsure):
        return None
    finally:
        run.still = around
        run.scope.pop()


_mentions = lru_cache(1 << 14)(mentions)


def _complex(run: Evaluation, t: Term, moving: tuple[int, ...]) -> Any:
    """The value on a complex box; ``moving`` are the open variables that are boxes."""
    acb = flint().acb
    if not any(_mentions(t, k) for k in moving):
        if moving != (0,):
            return acb(numbers.ball(run.value(t)))
        # While one integral is enclosed, all but its variable stands still.
        if t not in run.still:
            run.still[t] = acb(numbers.ball(run.value(t)))
        return run.still[t]
    head = t.head
    if head == "bound":
        return run.scope[-1 - t.value]
    if head in ("Sum", "Product"):
        return _repeated(run, t, moving)
    if head == "member":
        return _applied(run, t, moving)
    if head == "Piecewise":
        return _branch(run, t, moving)
    if head.endswith(("Mass", "Density")):
        from derive.refute.balls import density

        return _complex(run, density(t), moving)
    if head == "Derivative" and len(t.args) == 2:
        _complex(run, instantiate(*t.args), moving)  # the function itself has to be analytic
        return _complex(run, _derivative(t), moving)
    if head == "Pow" and not any(_mentions(t.args[1], k) for k in moving):
        exponent = run.value(t.args[1])
        if type(exponent) is Fraction and exponent.denominator == 1:
            return _complex(run, t.args[0], moving) ** int(exponent)
    values = [_complex(run, a, moving) for a in t.args if head not in BINDERS]
    return _apply(t, values)


def _derivative(t: Term) -> Term:
    """The derivative of a smooth formula at its point, as a formula."""
    slope = derived(t.args[0])
    if slope is None:
        raise Box
    return instantiate(slope, t.args[1])


def _apply(t: Term, values: list[Any]) -> Any:
    head = t.head
    if head in ("Add", "Mul"):
        total = values[0]
        for v in values[1:]:
            total = total + v if head == "Add" else total * v
        return total
    if head == "Neg":
        return -values[0]
    if head == "Div":
        return values[0] / values[1]
    if head == "Pow":
        if not values[0].real > 0:
            raise Box
        return (values[1] * values[0].log()).exp()
    function = VALUES.get(head)
    if function is None or function.analytic is None:
        raise Box
    return function.analytic(*values)


def _repeated(run: Evaluation, t: Term, moving: tuple[int, ...]) -> Any:
    body, lower, upper = t.args
    if any(mentions(end, k) for end in (lower, upper) for k in moving):
        raise Box
    total = flint().acb(0 if t.head == "Sum" else 1)
    for index in run.turns(lower, upper):
        run.scope.append(index)
        try:
            value = _complex(run, body, tuple(k + 1 for k in moving))
        finally:
            run.scope.pop()
        total = total + value if t.head == "Sum" else total * value
    return total


def _applied(run: Evaluation, t: Term, moving: tuple[int, ...]) -> Any:
    """A value of an abstract function at boxes."""
    function = run.point.get(t.value)
    if not isinstance(function, Term):
        raise Box
    scope = [_complex(run, a, moving) for a in t.args]
    kept, run.scope = run.scope, scope
    try:
        return _complex(run, function, tuple(range(len(scope))))
    finally:
        run.scope = kept


def _branch(run: Evaluation, t: Term, moving: tuple[int, ...]) -> Any:
    for value, condition in zip(t.args[::2], t.args[1::2], strict=True):
        if any(mentions(condition, k) for k in moving):
            raise Box
        if run.truth(condition):
            return _complex(run, value, moving)
    raise Box


def expectation(run: Evaluation, t: Term) -> Any:
    """The expectation of a body under a law, where the law's support is finite."""
    body, law = t.args
    given = run.point.get(law.value) if law.head == "symbol" else None
    law = given if isinstance(given, Term) else law
    _require_law(run, law)
    density, support = _law(law)
    ends = interval(support)
    weighted = Term("Mul", (body, density))
    if ends is not None:
        return _between(run, weighted, ends[0], ends[1])
    if support.head in ("Natural", "Natural0"):
        first = number(1 if support.head == "Natural" else 0)
        return run.value(Term("Sum", (weighted, first, INFINITY)))
    from derive.refute.truth import members

    total: Any = ZERO
    for value in members(run, support):
        run.spend()
        total = jets.add(total, run.under(weighted, value))
    return total


def _require_law(run: Evaluation, law: Term) -> None:
    """Raise Unsure where there is no such law: of a uniform one the lower end is the lower."""
    from derive.distributions import constraints
    from derive.refute.truth import truth

    if not all(truth(run, s) for s in constraints(law)):
        raise Unsure(f"there is no {law.head} with these parameters")


def _law(law: Term) -> tuple[Term, Term]:
    """Density (open in the value) and support of a law."""
    from derive import distributions

    density_of = getattr(distributions, "density_of", None)
    found: tuple[Term, Term] | None = None if density_of is None else density_of(law)
    if found is None:
        raise Unsure(f"the law {law.head} has no density that is known")
    return found
