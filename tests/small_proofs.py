"""Small proofs made with the kernel by hand: together they use every inference."""

from __future__ import annotations

from fractions import Fraction

from derive import kernel as k
from derive.context import EMPTY, Context
from derive.domains import BIT, NATURAL, NATURAL0, REAL, UNIT
from derive.functions import Eq, Lt, Ne, Piecewise, Sum, derivative, log
from derive.kernel import Theorem
from derive.rules import ledger
from derive.term import ONE, ZERO, Term, bind, bound, member, number, symbol

i, j, n, p, q, x, y = map(symbol, "ijnpqxy")


def natural(context: Context, value: int | Fraction) -> Theorem:
    return k.numeral(context, number(value))


def total(t: Term, *premises: Theorem) -> Theorem:
    return k.total(t, *premises)


def rule(name: str, context: Context, mapping: dict[str, Term], *premises: Theorem) -> Theorem:
    return k.instance(context, mapping, k.axiom(ledger()[name]), *premises)


def binomial_formula() -> Theorem:
    """(x + 1)*(x + 1) = x*x + 2*x + 1 for real x."""
    g = EMPTY.declare("x", REAL)
    of_x, one, two = k.declared(g, "x"), natural(g, 1), natural(g, 2)
    successor = total(x + 1, of_x, one)
    left = total(Term("Mul", (x + 1, x + 1)), successor, successor)
    square, double = total(x * x, of_x, of_x), total(number(2) * x, two, of_x)
    return k.ring(left, total(x * x + 2 * x + 1, square, double, one))


def logarithm_of_product() -> Theorem:
    """-log(p*q) = -(log(p) + log(q)) for p, q in (0,1): a rule, put into a term."""
    g = EMPTY.declare("p", UNIT).declare("q", UNIT)
    positive = [
        k.belongs(Term("Positive"), t, k.promise(0, k.declared(g, t.value))) for t in (p, q)
    ]
    split = rule("log_product", g, {"a": p, "b": q}, *positive)
    defined = total(-log(p * q), k.side(0, split))
    same = k.ring(defined, defined)
    return k.rewrite((1, 0), same, split)


def below_a_sum() -> Theorem:
    """Sum(2*x[i]) = Sum(x[i] + x[i]), by an equation that holds for each i."""
    g = EMPTY.declare("n", NATURAL0).declare("x", REAL, (Term("Range", (ONE, n)),))
    inner = g.declare("i", Term("Range", (ONE, n)))
    of_i = k.declared(inner, "x", k.declared(inner, "i"))
    xi = member("x", i)
    twice = total(number(2) * xi, natural(inner, 2), of_i)
    equation = k.ring(twice, total(xi + xi, of_i, of_i))
    whole_n = k.promise(0, k.declared(g, "n"))
    mapping = {"lo": ONE, "hi": n, "f": Term("Mul", (number(2), member("x", bound(0))))}
    defined = rule("sum_defined", g, mapping, natural(g, 1), whole_n, twice)
    assert defined.lhs == Sum(2 * xi, (i, 1, n))
    inside = k.part((0, 0), inner, defined)
    assert inside.lhs == 2 * xi
    return k.rewrite((1, 0), k.ring(defined, defined), equation)


def affine_loss() -> Theorem:
    """order(2*x + 3) = order(x), by 2*x + 3 ~ x; symmetric and transitive on the way."""
    g = EMPTY.declare("x", REAL)
    of_x, two, three = k.declared(g, "x"), natural(g, 2), natural(g, 3)
    f = total(number(2) * x + 3, total(number(2) * x, two, of_x), three)
    positive = k.order("Lt", ((Fraction(2), ()),), natural(g, 0), two)
    found = k.affine(("x",), k.ring(f, f), positive)
    return k.same_order(k.transitive(found, k.transitive(k.symmetric(found), found)))


def square_of_a_bit() -> Theorem:
    """y*y = y for a bit y, by cases."""
    g = EMPTY.declare("y", BIT)
    branches = []
    for value in (0, 1):
        c = g.assume(Eq(y, value))
        of_y, given = k.declared(c, "y"), k.hypothesis(c, Eq(y, value))
        square = total(y * y, of_y, of_y)
        constant = k.rewrite((1, 1), k.rewrite((1, 0), k.ring(square, square), given), given)
        known = natural(c, value)
        computed = k.ring(k.side(1, constant), known)
        back = k.symmetric(given)
        branches.append(k.transitive(k.transitive(constant, computed), back))
    return k.each(k.declared(g, "y"), *branches)


def least_square() -> list[Theorem]:
    """argmin(x*x) = 0, hence argmin(x*x + 1) = 0 and the same minimiser."""
    g = EMPTY.declare("x", REAL)
    of_x, zero = k.declared(g, "x"), natural(g, 0)
    c = g.assume(Ne(x, 0))
    given, there = k.hypothesis(c, Ne(x, 0)), k.declared(c, "x")
    at_zero = total(ZERO * ZERO, natural(c, 0), natural(c, 0))
    strict = k.order("Lt", ((Fraction(1), (0, 0)),), at_zero, total(x * x, there, there), given)
    square = total(x * x, of_x, of_x)
    inside = k.belongs(REAL, ZERO, k.side(0, k.ring(zero, zero)))
    least = k.minimiser(x * x, ZERO, "x", square, inside, strict)
    one = natural(g, 1)
    shifted = total(x * x + 1, square, one)
    product = total(Term("Mul", (ONE, x * x)), one, square)
    written = total(Term("Add", (product.lhs, ONE)), product, one)
    positive = k.order("Lt", ((Fraction(1), ()),), zero, one)
    ordering = k.same_order(k.affine(("x",), k.ring(shifted, written), positive))
    back = k.symmetric(ordering)
    moved = k.transfer(back, least)
    return [moved, k.same_argmin(back, least), k.same_argmin(least, moved)]


def shifted_order() -> Theorem:
    """order(x) = order(x + 1), by a second point of x."""
    g = EMPTY.declare("x", REAL)
    second = g.declare("x_", REAL)
    other = symbol("x_")
    facts = []
    for relation, head in ((Lt(x, other), "Lt"), (Eq(x, other), "Eq")):
        c = second.assume(relation)
        one = natural(c, 1)
        sides = [total(t + 1, k.declared(c, t.value), one) for t in (x, other)]
        given = k.hypothesis(c, relation)
        if head == "Lt":
            facts.append(k.order("Lt", ((Fraction(1), (0,)),), *sides, given))
        else:
            facts.append(k.rewrite((1, 0), k.ring(sides[0], sides[0]), given))
    return k.monotone(x, x + 1, ("x",), k.declared(g, "x"), *facts)


def slope_of_identity() -> Theorem:
    """grad(x) = grad(x) for x in (0,1), and below the derivative x*1 is x."""
    g = EMPTY.declare("x", UNIT).declare("n", NATURAL)
    of_x = k.declared(g, "x")
    found = rule("derivative_variable", g, {"x": x}, k.side(0, k.ring(of_x, of_x)))
    same = k.ring(k.side(0, found), k.side(0, found))
    inner = g.declare("t", UNIT)
    t = k.declared(inner, "t")
    product = total(Term("Mul", (symbol("t"), ONE)), t, natural(inner, 1))
    longer = k.rewrite((1, 0), same, k.ring(t, product), of_x)
    assert longer.rhs == derivative(Term("Mul", (x, ONE)), x)
    return k.gradient(x, Term("Mul", (x, ONE)), "x", longer)


def slope_in_two_symbols() -> Theorem:
    """grad(x + y) is one gradient in x and y, and below the derivatives x + y is y + x."""
    g = EMPTY.declare("x", UNIT).declare("y", UNIT)
    y = symbol("y")
    found = []
    for variable, other in ((x, y), (y, x)):
        at, beside = k.declared(g, variable.value), k.declared(g, other.value)
        real = [k.side(0, k.ring(p, p)) for p in (at, beside)]
        one = rule("derivative_variable", g, {"x": variable}, real[0])
        none = rule("derivative_constant", g, {"c": other, "x": variable}, real[1], real[0])
        ordered = (
            {"u": Term("bound", (), 0), "v": other}
            if variable is x
            else {"u": other, "v": Term("bound", (), 0)}
        )
        defined = [k.side(0, one), k.side(0, none)]
        pair = defined if variable is x else defined[::-1]
        total_slope = rule("derivative_sum", g, {**ordered, "x": variable}, real[0], *pair)
        start = k.side(0, total_slope)
        same = k.ring(start, start)
        inner = g.declare("t", UNIT)
        t, s = k.declared(inner, "t"), k.instance(inner, {}, beside)
        parts = (t, s) if variable is x else (s, t)
        left = total(Term("Add", tuple(p.lhs for p in parts)), *parts)
        right = total(Term("Add", tuple(p.lhs for p in parts[::-1])), *parts[::-1])
        turned = k.rewrite((1, 0), same, k.ring(left, right), at)
        found.append(k.gradient(x + y, y + x, variable.value, turned))
    return k.gradients(*found)


def inside_a_closed_interval() -> Theorem:
    """Derivative(x, x) on [0,1] is that on the line where 0 < x < 1."""
    g = EMPTY.declare("x", UNIT)
    of_x = k.declared(g, "x")
    found = rule("derivative_variable", g, {"x": x}, k.side(0, k.ring(of_x, of_x)))
    closed = derivative(x, x, Term("Closed", (ZERO, ONE)))
    inside = Term("Open", (ZERO, ONE))
    point = k.belongs(inside, x, k.promise(0, of_x), k.promise(1, of_x))
    return k.interior(closed, point, k.side(0, found))


def not_negative() -> Theorem:
    """0 <= 2*n for n in 0, 1, ..., by induction."""
    g = EMPTY.declare("n", NATURAL0)
    of_n = k.declared(g, "n")
    zero, two = natural(g, 0), natural(g, 2)
    index, run = symbol("k"), Term("Range", (ZERO, Term("Add", (n, number(-1)))))
    goal = bind("ForAll", "k", Term("Le", (ZERO, number(2) * index)), Term("Range", (ZERO, n)))
    c = g.declare("k", run).assume(Term("Le", (ZERO, number(2) * index)))
    given, of_k = k.hypothesis(c, Term("Le", (ZERO, number(2) * index))), k.declared(c, "k")
    after = total(index + 1, of_k, natural(c, 1))
    after = total(number(2) * (index + 1), natural(c, 2), after)
    step = k.order("Le", ((Fraction(1), (0,)), (Fraction(2), ())), natural(c, 0), after, given)
    base = k.order("Le", (), zero, total(Term("Mul", (number(2), ZERO)), two, zero))
    return k.induction(goal, base, step, zero, k.promise(0, of_n), k.promise(1, of_n))


def parts() -> list[Theorem]:
    """p*q and log(x[i]) are defined because formulas with them are; n + n is an integer."""
    run = Term("Range", (ONE, n))
    g = EMPTY.declare("n", NATURAL0).declare("x", REAL, (run,))
    given = Term("In", (Sum(log(member("x", i)), (i, 1, n)), REAL))
    g = g.assume(given)
    of_n = k.promise(0, k.declared(g, "n"))
    return [
        k.part((0, 0, 0), logarithm_of_product().context, logarithm_of_product()),
        k.part((0, 0), g.declare("i", run), k.hypothesis(g, given)),
        k.whole(n + n, of_n, of_n),
    ]


def chosen_class() -> Theorem:
    """1 = 1 for a one-hot y, proved for its class c: nothing of the class is left."""
    run = Term("Range", (ONE, n))
    g = EMPTY.declare("n", NATURAL).declare("y", BIT, (run,))
    g = g.assume(Eq(Sum(member("y", j), (j, 1, n)), 1))
    c = g.declare("c", run)
    delta = Term("KroneckerDelta", (bound(0), symbol("c")))
    every = Term("ForAll", (Eq(member("y", bound(0)), delta), run), None, ("j",))
    c = c.assume(every)
    given = k.hypothesis(c, every, k.declared(c, "c"))
    goal = k.ring(natural(c, 1), natural(c, 1))
    assert given.lhs == member("y", symbol("c"))
    inner = g.declare("j", run)
    bits = k.declared(inner, "y", k.declared(inner, "j"))
    return k.one_hot(bits, k.hypothesis(g, Eq(Sum(member("y", j), (j, 1, n)), 1)), goal)


def branches() -> list[Theorem]:
    """A Piecewise where x < 0 fails and 0 <= x < 2 holds; absurdity and two cases."""
    g = EMPTY.declare("x", UNIT)
    of_x = k.declared(g, "x")
    low, high = k.promise(0, of_x), k.promise(1, of_x)
    at_least = k.order("Le", ((Fraction(1), (0,)),), natural(g, 0), of_x, low)
    below = k.order("Lt", ((Fraction(1), (0,)), (Fraction(1), ())), of_x, natural(g, 2), high)
    both = Term("And", (Term("Le", (ZERO, x)), Lt(x, 2)))
    t = Piecewise((ZERO, Lt(x, 0)), (x, both), (ONE, True))
    value = k.branch(t, 1, of_x, at_least, at_least, below)
    no = g.assume(Lt(x, 0))
    point = k.hypothesis(no, Lt(x, 0))
    still = k.instance(no, {}, low)
    nought, sums = natural(no, 0), ((Fraction(1), (0,)), (Fraction(1), (1,)))
    false = k.order("Lt", sums, nought, nought, point, still)
    twice = number(2) * x
    yes = k.absurd(Term("Le", (ZERO, twice)), false)
    c = g.assume(Term("Le", (ZERO, x)))
    given, double = k.hypothesis(c, Term("Le", (ZERO, x))), k.declared(c, "x")
    double = total(twice, natural(c, 2), double)
    first = k.order("Le", ((Fraction(2), (0,)),), natural(c, 0), double, given)
    return [value, k.cases(Lt(x, 0), yes, first, of_x, natural(g, 0))]


def listed_number() -> Theorem:
    """1 + 1 lies in {2, 3}."""
    one = natural(EMPTY, 1)
    two = k.ring(total(Term("Add", (ONE, ONE)), one, one), natural(EMPTY, 2))
    return k.element(Term("FiniteSet", (number(2), number(3))), two)


def every_theorem() -> list[Theorem]:
    """All of them."""
    return [
        binomial_formula(), logarithm_of_product(), below_a_sum(), affine_loss(),
        square_of_a_bit(), *least_square(), shifted_order(), slope_of_identity(),
        slope_in_two_symbols(),
        inside_a_closed_interval(), not_negative(), *parts(), chosen_class(), *branches(),
        listed_number(),
    ]  # fmt: skip
