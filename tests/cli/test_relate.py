"""``derive relate``, ``derive is-nll`` and ``derive show --model``."""

from __future__ import annotations

import json

MODEL = "y[i] ~ Bernoulli(p=sigmoid(z[i])) for i in 1..n"


def test_relate_two_derivations(run):
    result = run("relate", "mse", "gaussian-nll")
    assert result.status == 0
    assert "A = mse: (x - mu)**2" in result.out
    assert "affine in x, mu: A = 2*v*B - v*log(v)" in result.out


def test_relate_a_derivation_and_a_formula(run):
    result = run("relate", "bce", "softplus(z) - y*z", "--given", "y in {0,1}; z in Real")
    assert result.status == 0
    assert "equal after p := sigmoid(z)" in result.out


def test_relate_formulas_that_begin_with_a_minus(run):
    given = "p in (0,1); y in {0,1}"
    result = run("relate", "-log(p)", "-2*log(p)", "--given", given, "--in", "p")
    assert result.status == 0
    assert "A = (1/2)*B" in result.out


def test_different_losses_have_a_witness_and_status_one(run):
    result = run("relate", "Max(0, 1 - z)", "log(1 + exp(-z))", "--given", "z in Real")
    assert result.status == 1
    assert "different as they stand: at z = 0" in result.out


def test_relate_as_json(run):
    result = run("relate", "x**2", "-x**2", "--given", "x in Real", "--format", "json")
    data = json.loads(result.out)
    assert data["kind"] == "factor"
    assert data["weaker"][0]["a"] == "-1"
    assert data["witness"]["points"]


def test_relate_what_does_not_exist(run):
    result = run("relate", "foo-bar", "mse")
    assert result.status == 2
    assert "there is no derivation foo-bar" in result.err
    result = run("relate", "x +", "x", "--given", "x in Real")
    assert result.status == 2
    assert "^" in result.err
    assert "Traceback" not in result.err


def test_is_nll(run):
    given = ("--in", "z", "--labels", "{0,1}", "--given", "z in Real")
    result = run("is-nll", "log(1 + exp(z)) - y*z", *given)
    assert result.status == 0
    assert result.out.startswith("yes: ")
    assert "h = 1 and s = 1" in result.out


def test_is_not_nll(run):
    result = run(
        "is-nll", "Max(0, 1 - t*z)", "--in", "z", "--labels", "{-1,1}", "--given", "z in Real"
    )
    assert result.status == 1
    assert "0.73575888 at z = 0, 1.13533528 at z = 1" in result.out


def test_is_nll_of_derivations(run):
    assert run("is-nll", "bce", "--in", "p").status == 0
    result = run("is-nll", "mse", "--in", "mu", "--format", "json")
    assert json.loads(result.out)["law"] == "Normal(mu, 1/2)"


def test_is_nll_asks_for_what_is_missing(run):
    result = run("is-nll", "z*y", "--in", "z", "--given", "z in Real")
    assert result.status == 2
    assert "--labels" in result.err
    result = run("is-nll", "z*y", "--given", "z in Real")
    assert result.status == 2


def test_show_a_model(run):
    result = run("show", "--model", MODEL, "--reduce", "mean")
    assert result.status == 0
    assert "Proved." in result.out
    assert "log(1 + exp(zᵢ)) - yᵢ zᵢ" in result.out
    assert "independent given" in result.out


def test_show_a_model_in_other_formats(run):
    result = run("show", "--model", MODEL, "--format", "latex")
    assert r"\log" in result.out
    data = json.loads(run("show", "--model", MODEL, "--format", "json").out)
    assert data["certificate"]
    assert "For n = 2." in run("show", "--model", MODEL, "--with", "n=2").out


def test_show_takes_a_name_or_a_model(run):
    assert run("show").status == 2
    assert run("show", "bce", "--model", MODEL).status == 2
    assert run("show", "bce", "--reduce", "mean").status == 2
    result = run("show", "--model", "y ~ Foo(p)")
    assert result.status == 2
    assert "Foo is no distribution" in result.err


def test_is_nll_in_what_is_defined(run):
    given = "z in Real; y in {0,1}; s := z"
    result = run("is-nll", "s + y*s", "--in", "s", "--label", "y", "--given", given)
    assert result.status == 2
    assert "what s is defined to be does not vary with s" in result.err
    given = "z in Real; y in {0,1}; p := sigmoid(z)"
    result = run("is-nll", "-y*log(p) - z", "--in", "z", "--label", "y", "--given", given)
    assert result.status == 2
    assert "what p is defined to be does not vary with z" in result.err


def test_a_model_in_which_nothing_is(run):
    result = run("show", "--model", "y ~ Bernoulli(p)", "--given", "p > 0; p < 1; p > 2")
    assert result.status == 2
    assert "contradict" in result.err
