"""Losses derived from models alone: every distribution of the catalogue, every link it admits."""

from __future__ import annotations

from itertools import pairwise

import pytest

from derive import declare, prove
from derive.automatic import derive_model
from derive.distributions import registry
from derive.model_context import LINKS
from derive.models import model
from derive.plain import write


def admitted(law, link: str) -> bool:
    if not law.linked:
        return link == "identity"
    place = law.names.index(law.linked)
    family = "[" in law.arguments[place]
    if family or link == "softmax":
        return link == "identity" or (family and link == "softmax")
    domain = declare(law.parameters).names[law.linked].domain.head
    return LINKS[link] is None or domain in (LINKS[link].head, "Open" * (link == "sigmoid"))


def spelled(law, link: str) -> str:
    values = []
    for name, argument in zip(law.names, law.arguments, strict=True):
        fed = name == law.linked
        if "[" in argument:
            value = "softmax(z[k], (k, 1, m), j)" if link == "softmax" and fed else argument
            values.append(f"{name}=({value}, {law.over})")
        elif fed:
            values.append(f"{name}={name}[i]" if link == "identity" else f"{name}={link}(z[i])")
        else:
            values.append(f"{name}={name}")
    observation = law.variable.replace("[j]", "[i,j]") if law.over else f"{law.variable}[i]"
    return f"{observation} ~ {law.law}({', '.join(values)}) for i in 1..N"


MODELS = [
    spelled(law, link) for law in registry().values() for link in LINKS if admitted(law, link)
]


def test_there_is_a_model_for_every_distribution():
    assert {t.partition("~ ")[2].partition("(")[0] for t in MODELS} == {
        law.law for law in registry().values()
    }
    assert len(MODELS) > 25


@pytest.mark.parametrize("text", MODELS)
def test_every_law_and_link(text):
    context, made = model(text, reduce="mean")
    derivation = derive_model(context, made)
    (part,) = derivation.parts
    lines = part.lines
    assert lines[0].term == made.nll()
    assert 3 <= len(lines) <= 9
    assert part.theorem is not None
    assert part.theorem.statement == part.statement
    assert part.statement.args == (lines[0].term, lines[-1].term)
    shown = write(lines[-1].term, context)
    assert not any(f"{kind}(" in shown for kind in ("Mass", "Density", "sigmoid", "softmax"))
    for before, line in pairwise(lines):
        assert line.reasons
        assert line.theorem is not None
        assert line.theorem.statement.args == (before.term, line.term)
    assert derivation.own_axioms == ()


TEXTBOOK = [
    ("y[i] ~ Bernoulli(p=p[i]) for i in 1..n",
     "-Sum(y[i]*log(p[i]) + (1 - y[i])*log(1 - p[i]), (i, 1, n))/n"),
    ("y[i] ~ Bernoulli(p=sigmoid(z[i])) for i in 1..n",
     "Sum(log(1 + exp(z[i])) - y[i]*z[i], (i, 1, n))/n"),
    ("x[i] ~ Normal(mean=mu[i], variance=v) for i in 1..n",
     "Sum((x[i] - mu[i])**2, (i, 1, n))/(2*n*v) + log(2*pi*v)/2"),
    ("x[i] ~ Laplace(location=mu[i], scale=b) for i in 1..n",
     "Sum(Abs(x[i] - mu[i]), (i, 1, n))/(b*n) + log(2*b)"),
    ("y[i] ~ Poisson(rate=exp(f[i])) for i in 1..n",
     "Sum(exp(f[i]) + log(factorial(y[i])) - f[i]*y[i], (i, 1, n))/n"),
    ("y[i,j] ~ Categorical(p=(p[i,j], (j, 1, m))) for i in 1..n",
     "-Sum(y[i, j]*log(p[i, j]), (j, 1, m), (i, 1, n))/n"),
    ("y[i,j] ~ Categorical(p=(softmax(z[i,k], (k, 1, m), j), (j, 1, m))) for i in 1..n",
     "Sum(log(Sum(exp(z[i, j]), (j, 1, m))) - Sum(y[i, j]*z[i, j], (j, 1, m)), (i, 1, n))/n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "loss"), TEXTBOOK)
def test_textbook_losses(text, loss):
    context, made = model(text, reduce="mean")
    found = derive_model(context, made).parts[0].lines[-1].term
    assert prove(found, loss, given=context).verdict == "proved"
    assert len(write(found, context)) <= len(loss) + 2


def test_reductions_and_weights():
    text = "y[i] ~ Bernoulli(p=p[i]) for i in 1..n"
    for reduction in ("sum", "mean", "weighted", "weighted mean"):
        weights = "w[i]" if reduction.startswith("weighted") else ""
        context, made = model(text, reduce=reduction, weights=weights)
        (part,) = derive_model(context, made).parts
        assert part.theorem is not None
        assert "BernoulliMass" not in write(part.lines[-1].term, context)


def test_every_certificate_is_rechecked():
    import json

    from derive.certificate import ledger_json
    from derive.recheck import recheck
    from derive.render import render

    ledger = json.loads(json.dumps(ledger_json()))
    for text, _ in TEXTBOOK:
        data = json.loads(render(derive_model(*model(text, reduce="mean")), "json"))
        assert recheck(data["certificate"], ledger).ok
