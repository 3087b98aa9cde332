"""Where integrals converge, and the fundamental theorem of calculus.

A function that is differentiable on an interval with its ends is continuous there, hence bounded
and integrable.  Where the order of the ends is open, it must be differentiable on the line.
"""

from derive.rules import Rule

_LEBESGUE = "Rudin, Real and Complex Analysis, ch. 1 (abstract integration)"
_CALCULUS = "Rudin, Principles of Mathematical Analysis, 6.21 (fundamental theorem of calculus)"
_CHANGE = "Rudin, Real and Complex Analysis, 7.26 (change of variables)"
_F = "f(t) in Partial for t in Real"
_PART = "The integral over a part of the range is no larger, taken of the absolute value."
_SMOOTH = "A continuous function is bounded on a bounded interval with its ends."
_SLOPE = "The derivative is differentiable, hence continuous."
_SUBSTITUTION = "Substitute x = exp(u), which increases from 0 on; the ends have logarithms."

#: Suffix of the name, what the ends need, and where the function must be smooth.
_BETWEEN = (
    ("", "a in Real; b in Real; a <= b", ("a", "b", "x in (a, b)")),
    ("_everywhere", "a in Real; b in Real", ("x in Real",)),
)

#: Suffix of the name, the larger range, what its ends need, and the conditions on a part c, d.
_WHOLE = (
    ("", "a, b", "a in Partial; b in Partial; ", "a <= {0}; {0} <= b"),
    ("_from", "a, oo", "a in Partial; ", "a <= {0}"),
    ("_to", "-oo, b", "b in Partial; ", "{0} <= b"),
    ("_line", "-oo, oo", "", ""),
)

#: Suffix of the name, the ends of x and of its logarithm, and what they need.
_LOGARITHMIC = (
    ("", "a, b", "log(a), log(b)", "a in Partial; b in Partial; "),
    ("_from", "a, oo", "log(a), oo", "a in Partial; "),
    ("_to", "0, b", "-oo, log(b)", "b in Partial; "),
    ("_line", "0, oo", "-oo, oo", ""),
)


def _integral(body: str, ends: str) -> str:
    return f"Integral({body}, (x, {ends}))"


def _parts(suffix: str, whole: str, ends: str, within: str) -> list[Rule]:
    """The parts of a range over which a function is integrable with the whole."""
    low, high = whole.split(", ")
    parts = [("part", "c, d")]
    parts += [("lower_part", f"{low}, d")] if low == "-oo" else []
    parts += [("upper_part", f"c, {high}")] if high == "oo" else []
    found = []
    for name, part in parts:
        own = [e for e in "cd" if e in part.split(", ")]
        needs = "; ".join([*(f"{e} in Real" for e in own), *(within.format(e) for e in own)])
        needs = f"{ends}{needs.strip('; ')}; {_F}; {_integral('f(x)', whole)} in Real"
        rule = f"integral_{name}{suffix}"
        found.append(Rule(rule, _integral("f(x)", part), "Real", needs, _PART, _LEBESGUE, "in"))
    return found


def _differentiable(name: str, places: tuple[str, ...], times: int = 1) -> str:
    """Derivatives that exist at each of the places: a point, or x everywhere in a set."""
    needs = []
    for place in places:
        x, _, _ = place.partition(" in ")
        derivative = f"Derivative({name}({x}), {', '.join([x] * times)}) in Real"
        needs.append(f"{derivative} for {place}" if x != place else derivative)
    return "; ".join(needs)


def _smooth(suffix: str, ends: str, places: tuple[str, ...]) -> list[Rule]:
    """Existence, and the value of the integral of a derivative."""
    return [
        Rule(
            f"integral_smooth{suffix}",
            _integral("f(x)", "a, b"),
            "Real",
            f"{ends}; {_F}; {_differentiable('f', places)}",
            _SMOOTH,
            _LEBESGUE,
            "in",
        ),
        Rule(
            f"fundamental_theorem{suffix}",
            _integral("Derivative(f(x), x)", "a, b"),
            "f(b) - f(a)",
            f"{ends}; {_F}; {_differentiable('f', places, 2)}",
            _SLOPE,
            _CALCULUS,
        ),
    ]


def _logarithmic(suffix: str, ends: str, moved: str, needs: str) -> Rule:
    value = f"Integral(f(exp(u))*exp(u), (u, {moved}))"
    return Rule(
        f"integral_exp_substitution{suffix}",
        _integral("f(x)", ends),
        value,
        f"{needs}{_F}; {value} in Real",
        _SUBSTITUTION,
        _CHANGE,
    )


RULES = [
    *(rule for whole in _WHOLE for rule in _parts(*whole)),
    *(rule for between in _BETWEEN for rule in _smooth(*between)),
    *(_logarithmic(*ends) for ends in _LOGARITHMIC),
    Rule(
        "integral_smooth_factor",
        _integral("f(x)*g(x)", "a, b"),
        "Real",
        "a in Real; b in Real; a <= b; "
        f"{_F}; g(t) in Partial for t in Real; {_integral('f(x)', 'a, b')} in Real; "
        + _differentiable("g", _BETWEEN[0][2]),
        "The second factor is continuous, hence bounded.",
        _LEBESGUE,
        "in",
    ),
]
