"""Derive machine-learning losses from their probability models, step by checked step.

Names are imported when they are first used, so that ``import derive`` costs nothing.
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"

#: Public names by the module that has them.
_PUBLIC = {
    "derive.chain": (
        "Script", "ScriptError", "affine", "assume", "backwards", "cases", "derivation",
        "differentiate", "ge", "given", "gt", "le", "linearity", "lt", "minimum", "nonnegative",
        "one_hot", "part", "refuted", "ring", "same_order", "unroll",
    ),
    "derive.functions": (
        "Abs", "E", "Eq", "KroneckerDelta", "Le", "Lt", "Max", "Min", "Ne", "Piecewise",
        "Product", "Sum", "beta", "binomial", "cosh", "digamma", "erf", "exp", "factorial",
        "gamma", "log", "loggamma", "logsumexp", "oo", "pi", "sigmoid", "sign", "sinh",
        "softmax", "softplus", "sqrt", "tanh", "xlogy", "Derivative",
    ),
    "derive.domains": (
        "Bit", "Integer", "Natural", "Natural0", "Nonnegative", "Positive", "Real", "Unit",
    ),
    "derive.distributions": (
        "AsymmetricLaplace", "Bernoulli", "Beta", "Binomial", "Categorical", "Exponential",
        "Family", "Gamma", "Geometric", "Huber", "HyperbolicSecant", "Laplace", "LogNormal",
        "Logistic", "Multinomial", "NegativeBinomial", "Normal", "Poisson", "Uniform", "mass",
    ),
    "derive.models": ("Model", "model", "nll"),
    "derive.plain": ("declare", "read", "read_statement", "write"),
    "derive.term": ("Term", "number", "symbol"),
    "derive.kernel": ("Theorem",),
    "derive.graded": ("Graded",),  # its function has the name of the module
    "derive.relating": ("Related", "relate"),
    "derive.likelihoods": ("is_nll",),
    "derive.automatic": ("derive_model",),
    "derive.verdicts": ("Verdict", "prove", "refute"),
}  # fmt: skip
_HOME = {name: module for module, names in _PUBLIC.items() for name in names}

__all__ = ["__version__", *_HOME]  # names are strings; the table has them all


def __getattr__(name: str) -> Any:
    module = _HOME.get(name)
    if module is None:
        raise AttributeError(f"module 'derive' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(module), name)


def __dir__() -> list[str]:
    return sorted(__all__)
