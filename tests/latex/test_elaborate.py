"""What is read of LaTeX, line by line; see ``elaborate.txt``."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.context import EMPTY
from derive.latex import read
from derive.latex.elaborate import Reading, alternatives, elaborate, statement
from derive.latex.named import read_law
from derive.latex.named.moments import declare_moments
from derive.latex.shapes import shapes
from derive.latex.tree import Sign, UnreadableError
from derive.plain import declare, read_domain_text, write
from derive.plain import read as read_plain
from derive.term import Term
from derive.verdicts import prove

CASES: list[tuple[str, str, str]] = []


def _load() -> None:
    given = ""
    text = Path(__file__).with_name("elaborate.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("given "):
            given = line.removeprefix("given ")
        elif line and not line.startswith("#"):
            latex, expected = line.split(" => ")
            CASES.append((given, latex, expected))


_load()


def _reading(given: str) -> Reading:
    zero_log = given.startswith("zero log; ")
    return Reading(declare(given.removeprefix("zero log; ")), zero_log=zero_log)


@pytest.mark.parametrize(("given", "latex", "expected"), CASES, ids=[c[1] for c in CASES])
def test_what_is_read(given: str, latex: str, expected: str) -> None:
    reading = _reading(given)
    if expected.startswith("unreadable: "):
        with pytest.raises(UnreadableError) as caught:
            elaborate(read(latex), reading)
        assert expected.removeprefix("unreadable: ") in caught.value.message
        assert 0 <= caught.value.start <= caught.value.end <= len(latex)
        return
    found = elaborate(read(latex), reading)
    assert found == read_plain(expected, reading.context), write(found, reading.context)
    assert read_plain(write(found, reading.context), reading.context) == found
    assert reading.either == []


def test_a_statement_has_two_sides() -> None:
    reading = Reading(declare("x in Real"))
    found = statement(read("x"), Sign(">", 2, 3), read("x - 1"), reading)
    assert write(found) == "x - 1 < x"
    with pytest.raises(UnreadableError):
        statement(read("x"), Sign("propto", 2, 3), read("x"), reading)


def test_what_the_page_defines_comes_first() -> None:
    asked = []

    def resolve(node: object, scope: object) -> None:
        asked.append((node, scope))

    elaborate(read("x"), Reading(declare("x in Real"), resolve))
    assert len(asked) == 1


def test_a_name_with_two_meanings_is_read_in_both() -> None:
    context = declare("p in (0,1); p_of(t) in (0,1) for t in Real; x in Real")
    reading = Reading(context, functions={"p": "p_of"})
    found = alternatives(lambda r: write(elaborate(read("p(x)"), r), context), reading)
    assert [a.result for a in found] == ["p_of(x)", "p*x"]


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\mathcal{N}(\mu, \sigma^2)", ["Normal(mu, sigma**2)"]),
        (r"\mathcal{N}(\mu, s)", ["Normal(mu, s)", "Normal(mu, s**2)"]),
        (r"\mathcal{N}(0, 1)", ["Normal(0, 1)"]),
        (r"\ln \mathcal{N}(\mu, \sigma^2)", ["LogNormal(mu, sigma**2)"]),
        (r"\mathrm{Gam}(s, k)", ["Gamma(s, k)", "Gamma(s, 1/k)"]),
        (r"\chi^2(k)", ["Gamma(k/2, 1/2)"]),
        (r"\mathrm{Geom}(q)", ["Geometric(q)", "NegativeBinomial(1, q)"]),
        (r"\mathrm{NB}(k, q)", ["NegativeBinomial(k, q)", "NegativeBinomial(k, 1 - q)"]),
        (r"\mathcal{U}(0, 1)", ["DiscreteUniform(0, 1)", "Uniform(0, 1)"]),
        (r"\mathrm{Wald}(s, k)", ["InverseGaussian(k/s, k**2)", "InverseGaussian(s, k)"]),
        (r"\mathrm{Cat}(p)", ["Categorical(Family(p[j], (j, 1, m)))"]),
        (r"\mathrm{Mult}(k, [p_1, \ldots, p_m])", ["Multinomial(k, Family(p[i], (i, 1, m)))"]),
    ],
)
def test_laws_by_their_textbook_names(latex: str, expected: list[str]) -> None:
    given = "mu in Real; sigma > 0; s > 0; k in Natural; q in (0,1); m in Natural; "
    reading = Reading(declare(given + "p[j] in (0,1) for j in 1..m"))
    found = alternatives(lambda r: read_law(read(latex), r), reading)
    assert [write(a.result) for a in found] == expected


def test_a_law_that_nobody_knows_is_unreadable() -> None:
    with pytest.raises(UnreadableError, match="no law of this name"):
        read_law(read(r"\mathrm{Frob}(1)"), Reading(EMPTY))


def test_shapes_say_how_names_are_used() -> None:
    text = r"\sum_{i=1}^{n} y_i \log p_{i1} + f(a)^{k} + E[X] + \int_0^1 t dt + q_2"
    found = shapes([read(text)])
    assert sorted(found) == ["X", "a", "f", "k", "n", "p", "q", "y"]
    first, second = found["p"].uses[0].indices
    assert (first.kind, second.kind) == ("range", "number")
    assert found["f"].called == {1}
    assert found["k"].roles == {"exponent"}
    assert found["n"].roles == {"end"}
    assert found["X"].roles == {"random"}
    assert "log" in found["p"].roles
    assert found["q"].arities == {1}


@pytest.mark.parametrize(
    ("names", "latex", "expected"),
    [
        (("X",), r"\mathrm{E}(aX + b)", "b + a*E_X"),
        (("X",), r"\mathrm{E}[\mathrm{E}(X)]", "E_X"),
        (("X", "Y"), r"\mathrm{E}[X Y + X]", "E_XY + E_X"),
        (("X",), r"\mathrm{E}[\log X]", None),
        (("X",), r"\mathrm{E}[X^3]", None),
        (("X",), r"\mathrm{E}[X Z]", None),
        (("X",), r"\mathrm{E}[Z]", None),
    ],
)
def test_moments_of_an_unknown_law(
    names: tuple[str, ...], latex: str, expected: str | None
) -> None:
    context = declare_moments(declare("a in Real; b in Real; Z in Real"), names)
    reading = Reading(context, abstract=frozenset(names))
    if expected is None:
        with pytest.raises(UnreadableError):
            elaborate(read(latex), reading)
        return
    found = elaborate(read(latex), reading)
    assert _terms(found) == _terms(read_plain(expected, context))


def _terms(t: Term) -> set[Term]:
    return set(t.args) if t.head == "Add" else {t}


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        (r"\mathrm{Var}(aX + b)", r"a^2 \mathrm{Var}(X)", "proved"),
        (r"\mathrm{Var}(X)", r"\mathrm{E}(X^2) - \mathrm{E}(X)^2", "proved"),
        (r"\mathrm{Cov}(X, Y)", r"\mathrm{E}(XY) - \mathrm{E}(X) \mathrm{E}(Y)", "proved"),
        (r"\mathrm{Var}(X + Y)", r"\mathrm{Var}(X) + \mathrm{Var}(Y)", "refuted"),
        (r"\mathrm{E}(XY)", r"\mathrm{E}(X) \mathrm{E}(Y)", "refuted"),
    ],
)
def test_what_holds_for_every_law(left: str, right: str, verdict: str) -> None:
    context = declare_moments(declare("a in Real; b in Real"), ("X", "Y"))
    reading = Reading(context, abstract=frozenset(["X", "Y"]))
    claim = statement(read(left), Sign("=", 0, 1), read(right), reading)
    assert prove(claim, given=context).verdict == verdict


def test_a_set_that_is_only_named_is_counted() -> None:
    context = declare("N in Natural; p[k] in (0,1) for k in 1..N; v[k] in Real for k in 1..N")
    sets = {"X_cal": read_domain_text("1..N", context)}
    latex = r"\sum_{x \in \mathcal{X}} p(x) \log p(x)"
    found = elaborate(read(latex), Reading(context, sets=sets, points={"X_cal": ""}))
    assert found == read_plain("Sum(p[k]*log(p[k]), (k, 1, N))", context)
    mean = r"\sum_{x \in \mathcal{X}} x \, p(x)"
    with pytest.raises(UnreadableError, match="not known to be a number"):
        elaborate(read(mean), Reading(context, sets=sets, points={"X_cal": ""}))
    found = elaborate(read(mean), Reading(context, sets=sets, points={"X_cal": "v"}))
    assert found == read_plain("Sum(v[k]*p[k], (k, 1, N))", context)


def test_laws_that_the_page_names() -> None:
    context = declare("a in (0,1); b in (0,1)")
    laws = {n: read_law(read(rf"\mathrm{{Bern}}({n_})"), Reading(context))
            for n, n_ in (("p", "a"), ("q", "b"), ("P", "a"), ("Q", "b"))}  # fmt: skip
    reading = Reading(context, laws=laws)
    found = elaborate(read(r"\sum_{x \in \{0,1\}} p(x) \log \frac{p(x)}{q(x)}"), reading)
    mass = "BernoulliMass(x, a)", "BernoulliMass(x, b)"
    assert found == read_plain(f"Sum({mass[0]}*log({mass[0]}/{mass[1]}), (x, 0, 1))", context)
    found = elaborate(read(r"\left\langle x^2 \right\rangle_{p(x)}"), reading)
    assert found == read_plain("Expectation(x**2, (x, Bernoulli(p=a)))", context)
    with pytest.raises(UnreadableError, match="over which law"):
        elaborate(read(r"\left\langle x^2 \right\rangle_{r(x)}"), reading)


def test_what_grows_without_bound_is_refused() -> None:
    sums = "".join(rf"\sum_{{a_{k} \in \{{1, 3, 5, 7\}}}}" for k in range(9))
    with pytest.raises(UnreadableError, match="too large"):
        elaborate(read(sums + " a_0"), Reading(EMPTY))
    given = "x in Real; y0 := x + 1; " + "; ".join(
        f"y{k} := y{k - 1}*y{k - 1}" for k in range(1, 40)
    )
    with pytest.raises(UnreadableError, match="too large"):
        elaborate(read(r"\frac{d y_{39}}{d x}"), Reading(declare(given)))
