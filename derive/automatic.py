"""Deriving a loss from its model without a script: the textbook form, and how it follows.

The stages are those of a textbook: the logarithm of the product over independent
observations, the mass or density written out, the logarithms taken apart, the link, and the
result collected.  A stage that changes nothing is left out; every line is a theorem.

>>> from derive.models import model
>>> context, bce = model("y ~ Bernoulli(p=sigmoid(z))")
>>> for line in derive_model(context, bce).parts[0].lines:
...     print(line.term)
-log(BernoulliMass(y, sigmoid(z)))
-log(sigmoid(z)**y*(1 - sigmoid(z))**(1 - y))
-(y*log(sigmoid(z)) + (1 - y)*log(1 - sigmoid(z)))
-(y*(-(-z + softplus(z))) + (1 - y)*(-softplus(z)))
softplus(z) - y*z
log(1 + exp(z)) - y*z
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from derive import kernel
from derive.context import Context
from derive.derivations import Derivation, Line, Part, Reason
from derive.gate import is_proof
from derive.kernel import Theorem
from derive.models import Model
from derive.reasons import axioms_of
from derive.rules import Rule, ledger
from derive.search.equations import in_context, reflexive
from derive.search.facts import Facts
from derive.search.forms import normal
from derive.search.forms.collecting import collected
from derive.search.forms.rewriting import Equation, Method, Rewriter
from derive.term import BINDERS, ONE, Term, is_number, walk


class AutomaticError(ValueError):
    """A model whose loss is not found to be defined; the sentence says what is missing."""


class _Stage(NamedTuple):
    """Rules to rewrite with, from left to right; ``where`` says which terms they are for."""

    rules: tuple[str, ...]
    methods: tuple[Method, ...] = ()
    where: tuple[tuple[str, Callable[[Term], bool]], ...] = ()


def _constant(t: Term) -> bool:
    """A number, a named constant, a symbol: what stays together below a logarithm."""
    return (
        is_number(t)
        or t.head in ("pi", "E", "symbol")
        or (t.head == "Mul" and all(map(_constant, t.args)))
    )


def _apart(t: Term) -> bool:
    """Whether a log of a product is split: log(2*pi*s) is not."""
    return not _constant(t.args[0])


def _negative(t: Term) -> bool:
    return t.args[0].head == "Neg"


_LOGARITHMS = (
    "log_of_product", "log_quotient", "log_product", "log_power", "log_exp", "log_one", "log_e",
)  # fmt: skip
_STAGES = (
    _Stage(("log_of_product",)),
    _Stage((), (normal.unfold,)),
    _Stage(_LOGARITHMS, (), (("log_product", _apart),)),
    _Stage(
        ("log_softmax", "log_sigmoid", "log_sigmoid_complement", "softplus_reflection",
         "exp_log", "log_exp"),
        (),
        (("softplus_reflection", _negative),),
    ),
)  # fmt: skip
_DEFINITIONS = _Stage(("softplus_definition", "logsumexp_definition"))


def derive_model(context: Context, made: Model, name: str = "model") -> Derivation:
    """The derivation of a model's loss, from its negative log-likelihood to the textbook form.

    ``context`` is the one that ``derive.models.model`` gives.  Raises AutomaticError when
    the negative log-likelihood is not found to be defined in it, or nothing is in it.
    """
    facts = Facts()
    if facts.contradiction(context) is not None:
        raise AutomaticError("the assumptions contradict each other: nothing satisfies them all")
    start = made.nll()
    opened = reflexive(facts, context, start)
    if opened is None:
        raise AutomaticError(
            f"it is not found that {start} is defined: declare the domains of its parameters"
        )
    spoken = _names(start)
    lines = [Line(start, context=context)]
    whole = opened
    for theorem, reasons in _steps(facts, context, start):
        whole = kernel.transitive(whole, in_context(context, theorem))
        shown = _relabelled(theorem.rhs, spoken)
        lines.append(Line(shown, "=", reasons, theorem, context))
    statement = Term("Eq", (start, lines[-1].term))
    claims = [(whole, statement)]
    for before, line in pairwise(lines):
        assert line.theorem is not None
        claims.append((line.theorem, Term("Eq", (before.term, line.term))))
    if not all(is_proof(theorem, s, context) for theorem, s in claims):
        raise AutomaticError("the search has proved something else than these lines")
    part = Part(statement, "proved", context, tuple(lines), whole)
    title = f"The loss of {made.assumptions()[0]}."
    return Derivation(name, title, (part,), "", 0, (), made.assumptions(), *axioms_of([part]))


def _steps(facts: Facts, context: Context, t: Term) -> Iterator[tuple[Theorem, tuple[Reason, ...]]]:
    """The equations from line to line, and the rules that each uses."""
    for stage in _STAGES:
        found = _staged(facts, context, stage, t)
        if found is not None:
            yield found
            t = found[0].rhs
    for theorem in collected(facts, context, t):
        t = theorem.rhs
        reasons = [Reason("algebra", "algebra", "multiplying out and collecting terms")]
        if _uses_hypothesis(theorem):
            reasons.insert(0, Reason("given", "given", "the hypotheses"))
        yield theorem, tuple(reasons)
    found = _staged(facts, context, _DEFINITIONS, t)
    if found is not None:
        yield found


def _staged(
    facts: Facts, context: Context, stage: _Stage, t: Term
) -> tuple[Theorem, tuple[Reason, ...]] | None:
    """One stage, or None when it changes nothing."""
    where = dict(stage.where)
    equations = [Equation.of_rule(ledger()[r], where.get(r)) for r in stage.rules]
    rewriter = Rewriter(facts, equations, stage.methods)
    theorem = rewriter.rewrite(context, t)
    if theorem is None or theorem.rhs == t:
        return None
    rules = [ledger()[name] for name in rewriter.used]
    if stage.methods:
        rules += _unfolded(t)
    shown = [r for r in rules if r.name not in ("log_one", "log_e")] or rules
    return theorem, tuple(Reason(r.name, "rule", r.text, r.needs, r.why, r.source) for r in shown)


def _unfolded(t: Term) -> list[Rule]:
    """The rules of the masses and densities in a term."""
    from derive.distributions import distribution

    heads = dict.fromkeys(u.head for _, u in walk(t) if u.head.endswith(("Mass", "Density")))
    laws = [law for law in map(distribution, heads) if law is not None]
    return [ledger()[law.rule.name] for law in laws]


def _uses_hypothesis(theorem: Theorem) -> bool:
    """Whether a hypothesis in the form of an equation was used."""
    seen: set[int] = set()
    todo = [theorem]
    while todo:
        at = todo.pop()
        if id(at) in seen:
            continue
        seen.add(id(at))
        if at.by == "hypothesis" and at.statement.head == "Eq":
            return True
        todo += at.premises
    return False


# -- names of bound variables ----------------------------------------------------------------------


def _names(t: Term) -> dict[tuple[Term, ...], str]:
    """The names that the model gives to the indices of products and families, by range."""
    found: dict[tuple[Term, ...], str] = {}
    for _, u in walk(t):
        if u.head in ("Product", "Sum", "Family") and u.names:
            found.setdefault(u.args[1:], u.names[0])
    return found


def _relabelled(t: Term, spoken: dict[tuple[Term, ...], str]) -> Term:
    """The same term with the model's names for the indices of its sums and products."""
    if not t.args:
        return t
    args = tuple(_relabelled(a, spoken) for a in t.args)
    names = t.names
    if t.head in ("Sum", "Product") and BINDERS[t.head] == ONE.value and args[1:] in spoken:
        names = (spoken[args[1:]],)
    return Term(t.head, args, t.value, names)
