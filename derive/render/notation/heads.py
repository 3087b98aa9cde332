r"""How each head of a formula is printed: one row a head.

The shape says how the arguments stand:

============  ==================================================================
``operator``  ``\log x``, with brackets where the argument is not an atom
``call``      ``\sigma(z)``, always with brackets
``fence``     ``\lvert x \rvert``: an opening and a closing sign, cut at a space
``constant``  no arguments
``own``       the method of the printer with the head's name, in small letters;
              the columns hold the sign that it uses, if there is one
============  ==================================================================
"""

# ruff: noqa: RUF001  # letters that resemble others are meant

from __future__ import annotations

from typing import NamedTuple


class Head(NamedTuple):
    """How a head is printed: shape, LaTeX, Unicode text."""

    shape: str
    latex: str = ""
    text: str = ""


HEADS: dict[str, Head] = {
    # arithmetic
    "Add": Head("own", "+", "+"),
    "Mul": Head("own", r"\cdot", "·"),
    "Neg": Head("own", "-", "-"),
    "Div": Head("own", r"\frac", "/"),
    "Pow": Head("own", "^", "^"),
    "Abs": Head("fence", r"\lvert \rvert", "| |"),
    "floor": Head("fence", r"\lfloor \rfloor", "⌊ ⌋"),
    "sign": Head("call", r"\operatorname{sign}", "sign"),
    "Max": Head("call", r"\max", "max"),
    "Min": Head("call", r"\min", "min"),
    # elementary functions
    "log": Head("operator", r"\log", "log"),
    "log_2": Head("operator", r"\log_{2}", "log₂"),
    "log_b": Head("own", r"\log", "log"),
    "exp": Head("own", r"\exp", "exp"),
    "sin": Head("operator", r"\sin", "sin"),
    "cos": Head("operator", r"\cos", "cos"),
    "atan": Head("operator", r"\arctan", "arctan"),
    "sinh": Head("operator", r"\sinh", "sinh"),
    "cosh": Head("operator", r"\cosh", "cosh"),
    "tanh": Head("operator", r"\tanh", "tanh"),
    "sigmoid": Head("call", r"\sigma", "σ"),
    "softplus": Head("call", r"\operatorname{softplus}", "softplus"),
    "xlogy": Head("own", r"\log", "log"),
    # special functions
    "erf": Head("call", r"\operatorname{erf}", "erf"),
    "gamma": Head("call", r"\Gamma", "Γ"),
    "loggamma": Head("call", r"\log\Gamma", "log Γ"),
    "digamma": Head("call", r"\psi", "ψ"),
    "factorial": Head("own", "!", "!"),
    "binomial": Head("own", r"\binom", "binom"),
    "beta": Head("call", r"\mathrm{B}", "B"),
    "besseli": Head("own", "I", "I"),
    "besselk": Head("own", "K", "K"),
    "KroneckerDelta": Head("own", r"\delta", "δ"),
    "Piecewise": Head("own", "cases", "{ }"),
    # constants
    "E": Head("constant", r"\mathrm{e}", "e"),
    "pi": Head("constant", r"\pi", "π"),
    "oo": Head("constant", r"\infty", "∞"),
    "True": Head("constant", r"\text{true}", "true"),
    # binders
    "Sum": Head("own", r"\sum", "Σ"),
    "Product": Head("own", r"\prod", "Π"),
    "Integral": Head("own", r"\int", "∫"),
    "Expectation": Head("own", r"\mathbb{E}", "E"),
    "Derivative": Head("own", r"\partial", "∂"),
    "softmax": Head("own", r"\mathrm{softmax}", "softmax"),
    "logsumexp": Head("own", r"\operatorname{logsumexp}", "logsumexp"),
    "Family": Head("own", "", ""),
    "ForAll": Head("own", r"\text{for}", "for"),
    # comparisons and connectives
    "Eq": Head("own", "=", "="),
    "Ne": Head("own", r"\ne", "≠"),
    "Le": Head("own", r"\le", "≤"),
    "Lt": Head("own", "<", "<"),
    "In": Head("own", r"\in", "∈"),
    "And": Head("own", r"\text{and}", "and"),
    "Or": Head("own", r"\text{or}", "or"),
    "Not": Head("own", r"\text{not}", "not"),
    # relations in theta
    "Affine": Head("own", r"\text{affine}", "affine"),
    "SameOrder": Head("own", r"\text{order}", "order"),
    "SameArgmin": Head("own", r"\operatorname*{arg\,min}", "argmin"),
    "Argmin": Head("own", r"\operatorname*{arg\,min}", "argmin"),
    "SameGradient": Head("own", r"\nabla", "∇"),
    # domains
    "Real": Head("constant", r"\mathbb{R}", "ℝ"),
    "Positive": Head("constant", r"(0, \infty)", "(0, ∞)"),
    "Nonnegative": Head("constant", r"[0, \infty)", "[0, ∞)"),
    "Unit": Head("constant", "(0, 1)", "(0, 1)"),
    "Integer": Head("constant", r"\mathbb{Z}", "ℤ"),
    "Natural": Head("constant", r"\{1, 2, \dots\}", "{1, 2, …}"),
    "Natural0": Head("constant", r"\{0, 1, 2, \dots\}", "{0, 1, 2, …}"),
    "Bit": Head("constant", r"\{0, 1\}", "{0, 1}"),
    "Partial": Head("constant", r"\mathbb{R} \cup \{\bot\}", "ℝ ∪ {undefined}"),
    "Open": Head("fence", "( )", "( )"),
    "Closed": Head("fence", "[ ]", "[ ]"),
    "LeftOpen": Head("fence", "( ]", "( ]"),
    "RightOpen": Head("fence", "[ )", "[ )"),
    "Range": Head("own", r"\dots", "…"),
    "FiniteSet": Head("fence", r"\{ \}", "{ }"),
}

#: Distributions with a sign of their own; every other is printed by its name, upright.
LAWS: dict[str, Head] = {"Normal": Head("call", r"\mathcal{N}", "Normal")}

#: How a line of a chain stands to the one before.
SIGNS: dict[str, tuple[str, str]] = {
    "=": ("=", "="),
    "!=": (r"\ne", "≠"),
    "<=": (r"\le", "≤"),
    "<": ("<", "<"),
    ">=": (r"\ge", "≥"),
    ">": (">", ">"),
    "~": (r"\sim", "~"),
}


def head_of(name: str) -> Head:
    """How a head is printed; one that the table does not know is a function by its name.

    A mass or density is printed by its distribution: ``BernoulliMass`` as Bernoulli.
    """
    known = HEADS.get(name)
    if known is not None:
        return known
    for ending in ("Mass", "Density"):
        if name.endswith(ending) and name != ending:
            return Head("mass", *law_of(name.removesuffix(ending))[1:])
    return law_of(name)


def law_of(name: str) -> Head:
    """How the name of a distribution is printed."""
    from derive.render.notation.names import escape_latex, printable

    if name in LAWS:
        return LAWS[name]
    upright = rf"\mathrm{{{name}}}" if name.isalnum() else rf"\text{{{escape_latex(name)}}}"
    return Head("call", upright, printable(name))
