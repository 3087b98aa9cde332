"""Graded answers: what holds instead, the smallest missing assumption, relations, normalisers."""

from __future__ import annotations

import pytest

from derive import declare, prove, read_statement
from derive.graded import Graded, graded, is_shown
from derive.kernel import Theorem
from derive.likelihoods import LikelihoodError, is_nll
from derive.refute.points import points
from derive.relating import KINDS, relate
from derive.search.facts import Facts
from derive.search.losses.assumptions import candidates
from derive.search.losses.weaker import weaker
from derive.search.prove import prove as search
from derive.term import number, symbol
from derive.verdicts import side_of

UNIT = "p in (0,1)"
CLASSES = "m in Natural; y[j] in {0,1} for j in 1..m; p[j] in (0,1) for j in 1..m"
TWO = "y[j] in {0,1} for j in 1..2; p[j] in (0,1) for j in 1..2"
CE = "-Sum(y[j]*log(p[j]), (j, 1, m))"
BCE = "-y[1]*log(p[1]) - (1 - y[1])*log(1 - p[1])"


def answer(lhs: str, rhs: str, given: str) -> Graded:
    return graded(prove(lhs, rhs, given=given))


# -- the missing assumption ---------------------------------------------------------------------

REPAIRS = [
    ("log(x**2)", "2*log(x)", "x in Real", ["0 < x"]),
    ("sqrt(x**2)", "x", "x in Real", ["0 <= x"]),
    ("Abs(x)", "x", "x in Real", ["0 <= x"]),
    ("x/x", "1", "x in Real", ["x != 0"]),
    ("y**2", "y", "y in Real", ["y in {0,1}"]),
    ("log(x*y)", "log(x) + log(y)", "x in Real; y in Real", ["0 < x"]),
    ("Sum(1, (i, 1, n - 2))", "n - 2", "n in Natural", ["2 <= n"]),
    ("Sum(c*p[j], (j, 1, m))", "c", "m in Natural; c in Real; p[j] > 0 for j in 1..m",
     ["Sum(p[j], (j, 1, m)) = 1"]),
    (CE, BCE, f"{CLASSES}; m >= 2; Sum(y[j], (j,1,m)) = 1; Sum(p[j], (j,1,m)) = 1", ["m = 2"]),
    (CE.replace("m)", "2)"), BCE, TWO, ["Sum(y[j], (j, 1, 2)) = 1", "Sum(p[j], (j, 1, 2)) = 1"]),
    ("log(Sum(exp(z[j]), (j, 1, m))) - Sum(y[j]*z[j], (j, 1, m))",
     "-Sum(y[j]*log(softmax(z[k], (k, 1, m), j)), (j, 1, m))",
     "m in Natural; y[j] in [0,1] for j in 1..m; z[j] in Real for j in 1..m",
     ["Sum(y[j], (j, 1, m)) = 1"]),
    ("a*x + b", "x + b", "a in Real; x in Real; b in Real", ["a = 1"]),
]  # fmt: skip


@pytest.mark.parametrize(("lhs", "rhs", "given", "wanted"), REPAIRS)
def test_smallest_missing_assumption(lhs, rhs, given, wanted):
    found = answer(lhs, rhs, given)
    assert found.verdict.verdict != "proved"
    assert list(found.conditions) == wanted
    assert f"would hold given {'; '.join(wanted)}" in found.sentences


@pytest.mark.parametrize(("lhs", "rhs", "given"), [r[:3] for r in REPAIRS])
def test_an_assumption_is_proved_to_suffice_and_leaves_a_point(lhs, rhs, given):
    found = answer(lhs, rhs, given)
    assert found.repair is not None
    theorem = found.repair.theorem
    assert isinstance(theorem, Theorem)
    assert theorem.statement == found.verdict.statement
    under = found.verdict.context
    for s in found.repair.assumptions:
        under = under.assume(s)
    assert next(points(under, count=1), None) is not None


def test_what_is_printed_can_be_given():
    given = "m in Natural; c in Real; p[j] > 0 for j in 1..m"
    found = answer("Sum(c*p[j], (j, 1, m))", "c", given)
    again = prove("Sum(c*p[j], (j, 1, m))", "c", given=f"{given}; {'; '.join(found.conditions)}")
    assert again.verdict == "proved"


def test_nothing_is_invented_for_what_is_always_false():
    found = answer("x + 1", "x", "x in Real")
    assert found.repair is None


def test_an_assumption_excludes_every_counterexample():
    context = declare("x in Real; y in Real")
    s = read_statement("x*y = y", context)
    for a in candidates(context, s):
        assert a.statements
    found = graded(prove(s, given=context))
    assert found.repair is not None
    assert len(found.repair.assumptions) == 1


def test_proved_statements_need_nothing():
    found = answer("x + x", "2*x", "x in Real")
    assert found == Graded(found.verdict)
    assert found.sentences == ()


def test_candidates_come_weakest_first():
    context = declare("x in Real")
    found = candidates(context, read_statement("x = 1", context))
    assert [a.rank for a in found] == sorted(a.rank for a in found)
    assert len({a.statements for a in found}) == len(found)


# -- what holds instead ---------------------------------------------------------------------------

SQUARES = "n in Natural; mu in Real; s > 0; y[i] in Real for i in 1..n"
RSS = "Sum((y[i] - mu)**2, (i, 1, n))"
WEAKER = [
    ("x**2", "-x**2", "x in Real", "factor", "lhs = -(rhs)"),
    (f"{RSS}/n", RSS, SQUARES, "factor", "lhs = (rhs)/n"),
    ("log(x)", "log(x**3)", "x > 0", "factor", "lhs = (1/3)*(rhs)"),
    (RSS, "-log(Product(NormalDensity(y[i], mu, s), (i, 1, n)))", SQUARES, "affine",
     "affine in mu, y: lhs = 2*s*(rhs) - n*s*log(s) - n*s*log(2) - n*s*log(pi)"),
    ("2*log(1 + exp(z)) + y", "log(1 + exp(z))", "y in {0,1}; z in Real", "affine",
     "affine in z: lhs = 2*(rhs) + y"),
    ("log(1 + exp(z)) - y", "log(1 + exp(z))", "y in {0,1}; z in Real", "offset",
     "affine in z: lhs = (rhs) - y"),
    (f"sqrt({RSS}/n)", f"{RSS}/n", SQUARES, "same ordering",
     "same ordering in mu, y, and so the same minimiser where there is one"),
    ("(p - q)**2", "-q*log(p) - (1 - q)*log(1 - p)", f"{UNIT}; q in (0,1)", "same minimiser",
     "same unique minimiser in p: q"),
    ("3 - 2*log(x)", "log(x)", "x > 0", "negative",
     "affine with a negative factor in x: lhs = -2*(rhs) + 3"),
]  # fmt: skip


@pytest.mark.parametrize(("lhs", "rhs", "given", "kind", "sentence"), WEAKER)
def test_what_holds_instead(lhs, rhs, given, kind, sentence):
    found = answer(lhs, rhs, given)
    assert found.weaker[0].kind == kind
    assert found.sentences[0] == sentence
    assert all(isinstance(w.theorem, Theorem) for w in found.weaker)


def test_the_same_minimiser_is_one_theorem():
    (found,) = answer("(p - q)**2", "-q*log(p) - (1 - q)*log(1 - p)", f"{UNIT}; q in (0,1)").weaker
    assert found.statement.head == "SameArgmin"
    assert {p.statement.head for p in found.theorem.premises} == {"Argmin"}
    assert found.at is not None


def test_only_what_the_theorem_says_is_printed():
    context = declare("p in (0,1); q in (0,1)")
    f, g = (side_of(t, context) for t in ("2*p + q", "p"))
    (found,) = weaker(Facts(), context, f, g, ("p",))
    assert is_shown(found, f, g, context)
    two, q = number(2), symbol("q")
    for wrong in (
        found._replace(a=number(3)),
        found._replace(b=q * two),
        found._replace(b=None),
        found._replace(kind="same ordering"),
        found._replace(kind="factor"),
        found._replace(theta=("q",)),
    ):
        assert not is_shown(wrong, f, g, context)
    assert not is_shown(found, g, f, context)
    assert not is_shown(found, f, g, declare("p in (0,1)"))


def test_no_relation_is_claimed_that_does_not_hold():
    for lhs, rhs in (("Max(0, 1 - z)", "log(1 + exp(-z))"), ("z**2", "z**3"), ("exp(z)", "z**2")):
        assert answer(lhs, rhs, "z in Real").weaker == ()


def test_nothing_is_said_where_the_context_has_no_point():
    verdict = prove("x", "x", given="n in Natural; n < 1; x in Real")
    assert verdict.verdict == "unknown"
    found = graded(verdict)
    assert (found.weaker, found.repair) == ((), None)


def test_theta_may_be_given():
    verdict = prove("2*a*b + a", "a*b", given="a > 0; b in Real")
    assert [w.theta for w in graded(verdict, ("b",)).weaker] == [("b",)]


def test_data_are_plain():
    data = answer("x**2", "-x**2", "x in Real").data()
    assert data["weaker"][0]["sentence"] == "lhs = -(rhs)"
    assert data["weaker"][0]["a"] == "-1"


# -- relating losses ------------------------------------------------------------

RELATED = [
    ("softplus(z) - y*z", "-y*log(p) - (1 - y)*log(1 - p)", f"y in {{0,1}}; z in Real; {UNIT}",
     "substitution", "equal after p := sigmoid(z)"),
    ("log(1 + exp(-t*z))", "log(1 + exp(z)) - y*z", "t in {-1,1}; z in Real; y in {0,1}",
     "substitution", "equal after y := (1 + t)/2"),
    ("mu - y*log(mu)", "exp(f) - y*f", "mu > 0; f in Real; y in Natural0",
     "substitution", "equal after mu := exp(f)"),
    ("x + x", "2*x", "x in Real", "exact", "equal"),
    (f"{RSS}/n", RSS, SQUARES, "factor", "A = B/n"),
    ("Max(0, 1 - t*z)", "log(1 + exp(-t*z))", "t in {-1,1}; z in Real", "different", "different"),
    ("(y - p)**2", "-y*log(p) - (1 - y)*log(1 - p)", f"{UNIT}; y in (0,1)",
     "same minimiser", "same unique minimiser in p: y"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "given", "kind", "sentence"), RELATED)
def test_relate_formulas(a, b, given, kind, sentence):
    found = relate(a, b, given=given)
    assert found.kind == kind
    assert found.sentences[0].startswith(sentence)
    assert kind in KINDS
    if kind == "different":
        assert found.witness is not None
    else:
        assert isinstance(found.theorem, Theorem)


NAMED = [
    ("mse", "gaussian-nll", "affine", "affine in x, mu: A = 2*v*B - v*log(v)"),
    ("sigmoid-bce", "bce", "substitution", "equal after p := sigmoid(z)"),
    ("logistic-loss", "bce", "substitution", "equal after y := (1 + t)/2, p := sigmoid(z)"),
    ("ce", "softmax-ce", "substitution", "equal after p[j] := softmax(z[k], (k, 1, m), j)"),
    ("exponential-nll", "gamma-nll", "exact", "equal"),
    ("mae", "mse", "different", "different as they stand"),
]


@pytest.mark.parametrize(("a", "b", "kind", "sentence"), NAMED)
def test_relate_losses_of_the_catalogue(a, b, kind, sentence):
    found = relate(a, b)
    assert found.kind == kind
    assert found.sentences[0].startswith(sentence)


#: Losses on domains that do not meet, and one whose symbol is tied to that of the other.
APART = [
    ("x", "q", "x in (0,1); q in (2,3)"),
    ("-log(p)", "log(q)", "p in (0,1); q > 1"),
    ("x", "q**3", "x in (0,1); q > 1"),
    ("x", "q", "x in {0,1}; q in {1,3}"),
    ("Sum(x[i], (i, 1, n))", "Sum(q[i], (i, 1, n))",
     "n in Natural; x[i] in (0,1) for i in 1..n; q[i] in (2,3) for i in 1..n"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "given"), APART)
def test_no_value_is_put_where_a_loss_says_nothing(a, b, given):
    assert relate(a, b, given=given).kind == "different"


def test_a_substitution_keeps_what_is_given():
    found = relate("z**2", "s**2", given="z in Real; s in Real; s = 2*z")
    assert found.kind == "factor"
    assert found.sentences[0] == "A = (1/4)*B"
    assert relate("x", "q", given="x in (0,1); q > 0").kind == "substitution"


def test_what_a_substitution_needs_is_said():
    found = relate("mse", "(a - b)**2/2", given="a in Real; b in Real; b = a")
    assert found.sentences[0] == "equal after a := x, b := mu, where mu = x"


def test_a_relation_is_neither_true_nor_false():
    with pytest.raises(TypeError):
        bool(relate("x", "x", given="x in Real"))


# -- normalisers ------------------------------------------------------------

#: Losses that are no negative log-likelihoods at s = 1: two values of the normaliser.
FAILING = [
    ("Max(0, 1 - t*z)", "z in Real", "z", "{-1,1}", "0.7358", "1.1353"),
    ("exp(-t*f)", "f in Real", "f", "{-1,1}", "0.7358", "0.7582"),
    ("-y*(1 - p)**2*log(p) - (1 - y)*p**2*log(1 - p)", UNIT, "p", "{0,1}", "1.6818", "1.1538"),
    ("(y - p)**2", "p in [0,1]", "p", "{0,1}", "1.3679", "1.5576"),
    ("2*(1 - sqrt(y*p + (1 - y)*(1 - p)))", UNIT, "p", "{0,1}", "1.1133", "1.1572"),
    ("-(9*y/10 + 1/20)*log(p) - (1 - 9*y/10 - 1/20)*log(1 - p)", UNIT, "p", "{0,1}", "1",
     "0.9180"),
    ("-3*y*log(p) - (1 - y)*log(1 - p)", UNIT, "p", "{0,1}", "0.625", "0.829"),
    ("-log(y*p + (1 - y)*(1 - p)) + 1 - (y*p + (1 - y)*(1 - p))", UNIT, "p", "{0,1}", "0.6065",
     "0.8550"),
]  # fmt: skip


@pytest.mark.parametrize(("loss", "given", "theta", "labels", "first", "second"), FAILING)
def test_losses_that_are_no_likelihood(loss, given, theta, labels, first, second):
    found = is_nll(loss, given=given, theta=theta, labels=labels)
    assert found.verdict == "no"
    values = [float(low) for _, (low, _) in found.places]
    assert values == pytest.approx([float(first), float(second)], abs=6e-5)
    assert "h = 1 and s = 1" in str(found)


SIMPLEX = "m in Natural; p[j] > 0 for j in 1..m; Sum(p[j], (j, 1, m)) = 1"
PASSING = [
    ("log(1 + exp(z)) - y*z", "z in Real", "z", "{0,1}"),
    ("log(1 + exp(-y*z))", "z in Real", "z", "{-1,1}"),
    ("-y*log(p) - (1 - y)*log(1 - p)", UNIT, "p", "{0,1}"),
    ("-log(p[y])", SIMPLEX, "p", "1..m"),
    ("log(Sum(exp(z[k]), (k, 1, m))) - z[y]", "m in Natural; z[j] in Real for j in 1..m", "z",
     "1..m"),
    ("-Sum(y[j]*log(p[j]), (j, 1, m))",
     f"{SIMPLEX}; y[j] in {{0,1}} for j in 1..m; Sum(y[j], (j, 1, m)) = 1", "p", ""),
]  # fmt: skip


@pytest.mark.parametrize(("loss", "given", "theta", "labels"), PASSING)
def test_losses_that_are_a_likelihood(loss, given, theta, labels):
    label = "y" if "m in" in given else ""
    found = is_nll(loss, given=given, theta=theta, labels=labels, label=label)
    assert found.verdict == "yes"
    assert found.theorem is not None
    assert found.theorem.lhs == found.normaliser
    assert str(found.value) == "1"


def test_base_measure_and_scale_count():
    loss, given = "2*log(1 + exp(z)) - 2*y*z", "z in Real"
    assert is_nll(loss, given=given, theta="z", labels="{0,1}").verdict == "no"
    half = is_nll(loss, given=given, theta="z", labels="{0,1}", scale="1/2")
    assert half.verdict == "yes"
    assert "s = 1/2" in str(half)
    binomial = "2*log(1 + exp(z)) - y*z"
    assert is_nll(binomial, given=given, theta="z", labels="{0,1,2}").verdict == "no"
    weighed = is_nll(binomial, given=given, theta="z", labels="{0,1,2}", base="1 + y*(2 - y)")
    assert weighed.verdict == "yes"


LAWS = [
    ("(y - mu)**2", "mu in Real", "mu", "Real", "Normal(mu, 1/2)"),
    ("Abs(y - mu)", "mu in Real", "mu", "Real", "Laplace(mu, 1)"),
    ("log(cosh(y - mu))", "mu in Real", "mu", "Real", "HyperbolicSecant(mu, 1)"),
    ("f + y*exp(-f)", "f in Real", "f", "Positive", "Gamma(1, exp(-f))"),
    ("(log(v) + (y - mu)**2/v)/2", "mu in Real; v > 0", "mu, v", "Real", "Normal(mu, v)"),
]


@pytest.mark.parametrize(("loss", "given", "theta", "labels", "law"), LAWS)
def test_densities_of_the_catalogue(loss, given, theta, labels, law):
    found = is_nll(loss, given=given, theta=theta, labels=labels, label="y")
    assert found.verdict == "yes"
    assert f"y ~ {law}" in str(found)
    assert found.theorem is not None


def test_another_base_measure_is_named():
    found = is_nll("exp(f) - y*f", given="f in Real", theta="f", labels="Natural0")
    assert found.verdict == "unknown"
    assert "y ~ Poisson(exp(f))" in str(found)
    assert "h = 1/factorial(y)" in str(found)


def test_what_is_not_decided_says_why():
    found = is_nll("Abs(y - mu)/(1 + y**2) + Abs(y)", given="mu in Real", theta="mu",
                   labels="Real")  # fmt: skip
    assert found.verdict == "unknown"
    assert found.reason


@pytest.mark.parametrize(
    ("loss", "given", "theta", "labels"),
    [("y*z", "z in Real", "w", "{0,1}"), ("y*z", "z in Real", "", "{0,1}"),
     ("y*z", "z in Real", "z", "")],
)  # fmt: skip
def test_questions_that_do_not_fit(loss, given, theta, labels):
    with pytest.raises(LikelihoodError):
        is_nll(loss, given=given, theta=theta, labels=labels)


LABELS = [
    ("(y - mu)**2/2", "mu in Real; y in Real; y > 0", "mu"),
    ("-(a - 1)*log(y) - log(a)", "a > 0; y in (0,1); y < 1/2", "a"),
    ("log(1 + exp(z)) - y*z", "z in Real; y in {0,1,2}; y <= 1", "z"),
    ("-Sum(y[j]*log(p[j]), (j, 1, m))",
     "m in Natural; p[j] in (0,1) for j in 1..m; Sum(p[j], (j, 1, m)) = 1; "
     "y[j] in {0,1} for j in 1..m; Sum(y[j], (j, 1, m)) = 1; y[1] = 0", "p"),
]  # fmt: skip


@pytest.mark.parametrize(("loss", "given", "theta"), LABELS)
def test_a_label_lies_in_one_domain(loss, given, theta):
    with pytest.raises(LikelihoodError, match="one domain"):
        is_nll(loss, given=given, theta=theta, label="y")


def test_a_label_counts_once():
    loss = "log(1 + exp(-z*t))"
    assert is_nll(loss, given="z in Real", theta="z", labels="{-1,1,1}").verdict == "yes"


def test_a_repair_is_what_the_prover_proves():
    context = declare("x in Real; 0 <= x")
    assert search(Facts(), context, read_statement("sqrt(x**2) = x", context)) is not None
