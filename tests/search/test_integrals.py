"""Integrals, expectations and sums without end: what is evaluated, and what is not."""

from __future__ import annotations

import pytest

from derive.context import Context
from derive.kernel import Theorem
from derive.plain import declare, read
from derive.recheck import recheck
from derive.refute.points import points
from derive.search.calculus.integrals import evaluated
from derive.search.facts import Facts
from derive.search.prove import by_normal_form, equal
from derive.term import Term
from derive.verdicts import prove, where_all_converges

NORMAL = "Normal(mean=m, variance=s**2)"
GIVEN = "a > 0; b > 0; s > 0; l > 0; r > 0; m in Real; t in Real; q in (0,1); n in Natural0"
C = declare(GIVEN)


def proved(left: str, right: str, context: Context = C) -> bool:
    sides = read(left, context), read(right, context)
    theorem = equal(Facts(), context, *sides)
    assert theorem is None or theorem.statement == Term("Eq", sides)
    return theorem is not None


TRUE = [
    ("Integral(0, (x, -oo, oo))", "0"),
    ("Integral(m, (x, a, b))", "m*(b - a)"),
    ("Integral(m*x**2 + 1, (x, t, m))", "m*(m**3 - t**3)/3 + m - t"),
    ("Integral(exp(-2*x), (x, t, oo))", "exp(-2*t)/2"),
    ("Integral(x**(1/2), (x, 0, b))", "2*b**(3/2)/3"),
    ("Integral(exp(-(x - m)**2/(2*s**2)), (x, -oo, oo))", "s*sqrt(2*pi)"),
    ("Integral(x**3*exp(-x**2 + m*x), (x, -oo, oo))",
     "sqrt(pi)*exp(m**2/4)*(m**3/8 + 3*m/4)"),
    ("Integral(x**2*exp(-a*x**2), (x, 0, oo))", "gamma(3/2)/(2*a**(3/2))"),
    ("Integral(x**(a - 1)*exp(-b*x), (x, 0, oo))", "gamma(a)/b**a"),
    ("Integral(log(x)*exp(-b*x), (x, 0, oo))", "(digamma(1) - log(b))/b"),
    ("Integral(x**a*(1 - x)**(b - 1), (x, 0, 1))", "beta(a + 1, b)"),
    ("Integral(log(1 - x), (x, 0, 1))", "digamma(1) - digamma(2)"),
    ("Integral(log(x)*x**(a - 1), (x, 0, b))", "b**a*(a*log(b) - 1)/a**2"),
    ("Integral(exp(-(x - m)**2/(2*s**2)), (x, -oo, t))",
     "s*sqrt(pi/2)*(1 + erf((t - m)/(sqrt(2)*s)))"),
    ("Integral(exp(-x**2 + t*x), (x, m, oo))", "sqrt(pi)/2*exp(t**2/4)*(1 - erf(m - t/2))"),
    ("Integral(exp(-x**2/a), (x, t, m))", "sqrt(pi*a)/2*(erf(m/sqrt(a)) - erf(t/sqrt(a)))"),
    ("Integral(exp(-x**2 - x), (x, 0, oo))", "sqrt(pi)/2*exp(1/4)*(1 - erf(1/2))"),
    ("Integral(NormalDensity(x, m, s**2), (x, m - t*s, m + t*s))", "erf(t/sqrt(2))"),
    ("erf(m - t)", "-erf(t - m)"),
    ("Integral(x**((a + 1)/2 - 1)*exp(-b*x), (x, 0, oo))", "gamma((a + 1)/2)/b**((a + 1)/2)"),
    ("Integral(x**2*exp(-x**2/(2*s**2)), (x, 0, oo))", "s**3*sqrt(pi/2)"),
    ("Integral(NormalDensity(t, x, s**2)*NormalDensity(x, m, l), (x, -oo, oo))",
     "NormalDensity(t, m, s**2 + l)"),
    ("Integral(1/x**3, (x, a, oo))", "1/(2*a**2)"),
    ("Integral(a*s**a/x**(a + 1), (x, s + l, oo))", "(s/(s + l))**a"),
    ("Integral(LogNormalDensity(x, m, s**2), (x, 0, l))",
     "(1 + erf((log(l) - m)/(sqrt(2)*s)))/2"),
    ("Integral(LogNormalDensity(x, m, s**2), (x, l, oo))",
     "(1 - erf((log(l) - m)/(sqrt(2)*s)))/2"),
    ("Integral(exp(-(log(x) - m)**2/(2*s**2)), (x, 0, oo))", "s*sqrt(2*pi)*exp(m + s**2/2)"),
    ("Expectation(X**2, (X, LogNormal(log_mean=m, log_variance=s**2)))", "exp(2*m + 2*s**2)"),
    ("Sum(0, (k, 3, oo))", "0"),
    ("Sum(k**2*l**k/factorial(k), (k, 0, oo))", "exp(l)*(l + l**2)"),
    ("Sum(k*q**k, (k, 0, oo))", "q/(1 - q)**2"),
    ("Sum(gamma(k + r)/factorial(k)*q**k, (k, 0, oo))", "gamma(r)*(1 - q)**(-r)"),
    (f"Expectation(3, (X, {NORMAL}))", "3"),
    (f"Expectation((X - Expectation(X, (X, {NORMAL})))**2, (X, {NORMAL}))", "s**2"),
    (f"Expectation(exp(t*X), (X, {NORMAL}))", "exp(m*t + s**2*t**2/2)"),
    ("Expectation(2*X - m, (X, Logistic(location=m, scale=s)))", "m"),
    ("Expectation(X**2, (X, Bernoulli(p=q)))", "q"),
    ("Expectation(X*(X - 1), (X, Poisson(rate=l)))", "l**2"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), TRUE)
def test_values(left, right):
    assert proved(left, right)


#: Integrals without a value of the table, that converge: the same in another spelling.
CONVERGENT = [
    ("Integral(GammaDensity(x, a, b), (x, 0, s))",
     "b**a/gamma(a)*Integral(u**(a - 1)*exp(-b*u), (u, 0, s))"),
    ("Integral(GammaDensity(x, a, b), (x, s, oo))",
     "Integral(b**a/gamma(a)*x**(a - 1)*exp(-b*x), (x, s, oo))"),
    ("Integral(BetaDensity(x, a, b), (x, 0, q))",
     "Integral(u**(a - 1)*(1 - u)**(b - 1), (u, 0, q))/beta(a, b)"),
    ("Integral(GammaDensity(x, a, b), (x, 0, s))",
     "Integral(u**(a - 1)*exp(-u), (u, 0, b*s))/gamma(a)"),
    ("Integral(x**(a - 1)*exp(-b*x), (x, s, oo))",
     "Integral(u**(a - 1)*exp(-u), (u, b*s, oo))/b**a"),
    ("Integral(exp(-b*x)*cos(b*x), (x, 0, s))", "Integral(exp(-u)*cos(u), (u, 0, b*s))/b"),
    ("Integral(l*exp(t*x)*x**(a - 1), (x, 0, s))", "l*Integral(exp(t*x)*x**(a - 1), (x, 0, s))"),
    ("Integral(cos(m*x) + x, (x, 0, b))", "Integral(cos(m*y), (y, 0, b)) + b**2/2"),
    ("Integral(m*log(1 + x**2), (x, 0, t))", "m*Integral(log(1 + y**2), (y, 0, t))"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), CONVERGENT)
def test_convergent(left, right):
    assert proved(left, right)


#: Neither side converges, for some values of the parameters, or an end lies outside.
DIVERGENT = [
    ("Integral(1/x, (x, a, oo))", "-log(a)"),
    ("Integral(x**(-r), (x, a, oo))", "a**(1 - r)/(r - 1)"),
    ("Integral(x**(-2), (x, m, oo))", "1/m"),
    ("Integral(exp(log(x)**2), (x, 0, a))", "Integral(exp(u**2 + u), (u, -oo, log(a)))"),
    ("Integral(exp(-b*x)*cos(b*x), (x, 0, s))", "Integral(exp(-u)*cos(u), (u, 0, b*s))"),
    ("Integral(m*x**(t - 1)*exp(-x), (x, 0, s))", "m*Integral(x**(t - 1)*exp(-x), (x, 0, s))"),
    ("Integral(GammaDensity(x, a, b), (x, t, s))",
     "b**a/gamma(a)*Integral(x**(a - 1)*exp(-b*x), (x, t, s))"),
    ("Integral(2*x**(a - 1)*(1 - x)**(t - 1), (x, 0, 1))",
     "2*Integral(x**(a - 1)*(1 - x)**(t - 1), (x, 0, 1))"),
    ("Integral(2*x**(a - 1)*(1 - x)**(b - 1), (x, 0, s))",
     "2*Integral(x**(a - 1)*(1 - x)**(b - 1), (x, 0, s))"),
    ("Integral(2*exp(m*x)*x**(a - 1), (x, 0, oo))", "2*Integral(exp(m*x)*x**(a - 1), (x, 0, oo))"),
    ("Integral(2*cos(x)/x, (x, 0, s))", "2*Integral(cos(x)/x, (x, 0, s))"),
    ("Integral(2*cos(x), (x, 0, oo))", "2*Integral(cos(x), (x, 0, oo))"),
    ("Integral(2*exp(m*x**2), (x, 0, oo))", "2*Integral(exp(m*x**2), (x, 0, oo))"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), DIVERGENT)
def test_what_may_diverge_is_not_taken_apart(left, right):
    assert not proved(left, right)


#: No value may be found: no absolute convergence, a gap between the ends, or no rule.
WITHOUT = [
    "Integral(x, (x, -oo, oo))",
    "Integral(1, (x, 0, oo))",
    "Integral(1/x, (x, 0, 1))",
    "Integral(1/x, (x, -1, 1))",
    "Integral(x**m, (x, 0, 1))",
    "Integral(exp(m*x), (x, 0, oo))",
    "Integral(exp(m*x**2), (x, -oo, oo))",
    "Integral(x**(m - 1)*exp(-x), (x, 0, oo))",
    "Integral(x**(a - 2)*exp(-x), (x, 0, oo))",
    "Integral(1/(x*(1 - x)), (x, 0, 1))",
    "Integral(exp(-x)*log(-x), (x, 0, oo))",
    "Sum(1, (k, 0, oo))",
    "Sum(m**k, (k, 0, oo))",
    "Sum(factorial(k), (k, 0, oo))",
    "Sum(l**k/k, (k, 0, oo))",
    "Expectation(1/X, (X, Gamma(shape=a, rate=b)))",
    "Expectation(1/X, (X, Normal(mean=m, variance=s)))",
    "Expectation(log(X), (X, Normal(mean=m, variance=s)))",
    "Expectation(exp(X), (X, Exponential(rate=l)))",
    "Expectation(X, (X, Normal(mean=m, variance=m)))",
]


@pytest.mark.parametrize("text", WITHOUT)
def test_no_value_is_made_up(text):
    assert evaluated(Facts(), C, read(text, C)) is None


def test_what_is_assumed_to_converge_is_linear():
    given = "f(x) in Real for x in Real; c in Real; Integral(f(x), (x, 0, 1)) in Real"
    c = declare(given)
    assert proved("Integral(c*f(x) + 2*x, (x, 0, 1))", "c*Integral(f(x), (x, 0, 1)) + 1", c)
    assert not proved("Integral(f(x)**2, (x, 0, 1))", "Integral(f(x), (x, 0, 1))**2", c)
    unknown = declare("f(x) in Real for x in Real; c in Real")
    assert not proved("Integral(c*f(x), (x, 0, 1))", "c*Integral(f(x), (x, 0, 1))", unknown)


def test_ends_whose_order_is_open():
    assert proved("Integral(2*x, (x, t, m))", "m**2 - t**2")
    # 1/x is not defined between the ends when they have different signs.
    assert not proved("Integral(x/x, (x, t, m))", "m - t")
    assert proved("Integral(x/x, (x, a, a + b))", "b")


def test_the_second_checker_agrees():
    from derive.certificate import certificate, ledger_json
    from derive.plain import read_statement

    c = declare("m in Real; s > 0")
    law = "Normal(mean=m, variance=s**2)"
    statement = read_statement(f"Expectation(X**2, (X, {law})) = m**2 + s**2", c)
    found = prove(statement, given=c)
    assert found.verdict == "proved"
    assert recheck(certificate([found.theorem]), ledger_json()).code == 0


def test_the_value_of_an_integral_is_not_taken_for_a_comparison_with_itself():
    facts, t = Facts(), read("Integral(exp(-x), (x, 0, oo))", C)
    value = evaluated(facts, C, t)
    same = by_normal_form(facts, C, t, t)
    assert isinstance(same, Theorem)
    assert same.statement == Term("Eq", (t, t))
    assert evaluated(facts, C, t) is value


@pytest.mark.parametrize("names", [("p", "q"), ("f", "g"), ("z", "w"), ("a_1", "b_1")])
def test_what_converges_does_so_whatever_its_letters(names):
    """The order of the factors of an integrand goes by names; an assumption has its own."""
    p, q = names
    context = declare(f"{p}(t) > 0 for t in Real; {q}(t) > 0 for t in Real; u in Real; v in Real;"
                      f"Integral({p}(x)*log({p}(x)), (x, u, v)) in Real;"
                      f"Integral({p}(x)*log({q}(x)), (x, u, v)) in Real")  # fmt: skip
    parts = f"Integral({p}(x)*log({p}(x)), (x, u, v)) {{}} Integral({p}(x)*log({q}(x)), (x, u, v))"
    whole = f"Integral({p}(x)*log({p}(x)/{q}(x)), (x, u, v))"
    assert proved(whole, parts.format("-"), context)
    assert not proved(whole, parts.format("+"), context)


def test_what_has_to_converge_is_named_and_nothing_that_follows():
    found = prove("Integral(f(x) + 2*g(x), (x, 0, 1))",
                  "Integral(f(x), (x, 0, 1)) + 2*Integral(g(x), (x, 0, 1))",
                  given="f(t) in Real for t in Real; g(t) in Real for t in Real")  # fmt: skip
    assert (found.verdict, found.reason) == ("unknown", "condition")
    assert [str(c) for c in found.conditions] == [
        "Integral(f(x), (x, 0, 1)) in Real", "Integral(g(x), (x, 0, 1)) in Real"
    ]  # fmt: skip
    again = where_all_converges(found)
    assert again is not None
    assert again.verdict == "proved"
    assert where_all_converges(prove("log(q)", "log(q)", given="q in Real")) is None


def test_points_of_functions_whose_integrals_converge():
    functions = "f(t) in Real for t in Real; p(t) > 0 for t in Real"
    both = "Integral(f(x), (x, -oo, oo)) in Real; Integral(p(x), (x, -oo, oo)) in Real"
    context = declare(f"{functions}; {both}")
    found = list(points(context, 0, 6))
    assert len(found) > 2
    assert len({str(p["p"]) for p in found}) > 1
