"""Integrals: linearity, splitting, substitution, symmetry; whatever the integrand.

An integral converges absolutely, has an orientation, and asks that its integrand is defined
everywhere between its ends; what happens at the ends does not matter.  Infinity is no number,
so that each law is stated for finite ends, half lines and the line.
"""

from derive.rules import Rule

_LEBESGUE = "Rudin, Real and Complex Analysis, ch. 1 (abstract integration)"
_CHANGE = "Rudin, Real and Complex Analysis, 7.26 (change of variables)"
_F, _G = (f"{name}(t) in Partial for t in Real" for name in "fg")

#: Suffix of the name, ends, and what these need.
_ENDS = (
    ("", "a, b", "a in Real; b in Real; "),
    ("_from", "a, oo", "a in Real; "),
    ("_to", "-oo, b", "b in Real; "),
    ("_line", "-oo, oo", ""),
)


def _integral(body: str, ends: str) -> str:
    return f"Integral({body}, (x, {ends}))"


def _exists(body: str, ends: str) -> str:
    return f"{_integral(body, ends)} in Real"


def _linear(suffix: str, ends: str, needs: str) -> list[Rule]:
    f, g = _integral("f(x)", ends), _integral("g(x)", ends)
    own = f"{needs}{_F}; {_exists('f(x)', ends)}"
    return [
        Rule(
            f"integral_add{suffix}",
            _integral("f(x) + g(x)", ends),
            f"{f} + {g}",
            f"{needs}{_F}; {_G}; {_exists('f(x)', ends)}; {_exists('g(x)', ends)}",
            "The integral is additive where both parts converge absolutely.",
            _LEBESGUE,
        ),
        Rule(
            f"integral_factor{suffix}",
            _integral("c*f(x)", ends),
            f"c*{f}",
            f"{own}; c in Real",
            "The integral is homogeneous.",
            _LEBESGUE,
        ),
    ]


def _split(suffix: str, ends: str, needs: str) -> Rule:
    low, high = ends.split(", ")
    first, second = f"{low}, c", f"c, {high}"
    return Rule(
        f"integral_split{suffix}",
        _integral("f(x)", ends),
        f"{_integral('f(x)', first)} + {_integral('f(x)', second)}",
        f"{needs}c in Real; {_F}; {_exists('f(x)', first)}; {_exists('f(x)', second)}; "
        "f(c) in Real",
        "The integral is additive in its range; orientation takes care of the order of the ends.",
        _LEBESGUE,
    )


def _moved(ends: str, change: str) -> str:
    """The finite ends changed."""
    return ", ".join(change.format(e) if "oo" not in e else e for e in ends.split(", "))


def _shift(suffix: str, ends: str, needs: str) -> Rule:
    return Rule(
        f"integral_shift{suffix}",
        _integral("f(x)", ends),
        _integral("f(x + c)", _moved(ends, "{} - c")),
        f"{needs}c in Real; {_F}; {_exists('f(x)', ends)}",
        "Lengths do not change when the line is shifted.",
        _CHANGE,
    )


def _scale(suffix: str, ends: str, needs: str) -> Rule:
    factor = "1/Abs(c)" if suffix == "_line" else "1/c"
    return Rule(
        f"integral_scale{suffix}",
        _integral("f(x)", ends),
        f"{factor}*{_integral('f(x/c)', _moved(ends, 'c*{}'))}",
        f"{needs}c in Real; {_F}; {_exists('f(x)', ends)}; "
        f"{'c != 0' if suffix in ('', '_line') else '0 < c'}",
        "Lengths are multiplied by the factor; orientation takes care of a negative one.",
        _CHANGE,
    )


def _reflect(suffix: str, ends: str, needs: str) -> Rule:
    low, high = ends.split(", ")
    opposite = {"-oo": "oo", "oo": "-oo"}
    moved = ", ".join(opposite.get(e, f"-{e}") for e in (high, low))
    return Rule(
        f"integral_reflect{suffix}",
        _integral("f(x)", ends),
        _integral("f(-x)", moved),
        f"{needs}{_F}; {_exists('f(x)', ends)}",
        "Lengths do not change when the line is reflected.",
        _CHANGE,
    )


def _reverse(suffix: str, ends: str, needs: str) -> Rule:
    low, high = ends.split(", ")
    return Rule(
        f"integral_reverse{suffix}",
        _integral("f(x)", f"{high}, {low}"),
        f"-{_integral('f(x)', ends)}",
        f"{needs}{_F}; {_exists('f(x)', ends)}",
        "This is what orientation means.",
        "definition",
    )


def _zero(suffix: str, ends: str, needs: str) -> Rule:
    why = "The integrand vanishes everywhere."
    return Rule(f"integral_zero{suffix}", _integral("0", ends), "0", needs[:-2], why, _LEBESGUE)


RULES = [
    *(rule for ends in _ENDS for rule in _linear(*ends)),
    *(_split(*ends) for ends in _ENDS),
    *(_shift(*ends) for ends in _ENDS),
    *(_scale(*ends) for ends in _ENDS),
    *(_reflect(*ends) for ends in _ENDS),
    *(_reverse(*ends) for ends in _ENDS[:3]),
    *(_zero(*ends) for ends in _ENDS[1:]),
    Rule(
        "integral_constant",
        _integral("c", "a, b"),
        "c*(b - a)",
        "a in Real; b in Real; c in Real",
        "The integral of 1 is the length, with orientation.",
        _LEBESGUE,
    ),
    Rule(
        "integral_empty",
        _integral("f(x)", "a, a"),
        "0",
        f"a in Real; {_F}",
        "There is nothing between the ends.",
        _LEBESGUE,
    ),
    Rule(
        "integral_odd",
        _integral("f(x)", "-a, a"),
        "0",
        f"a in Nonnegative; {_F}; {_exists('f(x)', '0, a')}; f(-x) = -f(x) for x in (-a, a)",
        "The two halves cancel.",
        _CHANGE,
    ),
    Rule(
        "integral_odd_line",
        _integral("f(x)", "-oo, oo"),
        "0",
        f"{_F}; {_exists('f(x)', '0, oo')}; f(-x) = -f(x) for x in Real",
        "The two halves converge absolutely, and cancel.",
        _CHANGE,
    ),
    Rule(
        "integral_even",
        _integral("f(x)", "-a, a"),
        f"2*{_integral('f(x)', '0, a')}",
        f"a in Nonnegative; {_F}; {_exists('f(x)', '0, a')}; f(-x) = f(x) for x in (-a, a)",
        "The two halves are equal.",
        _CHANGE,
    ),
    Rule(
        "integral_even_line",
        _integral("f(x)", "-oo, oo"),
        f"2*{_integral('f(x)', '0, oo')}",
        f"{_F}; {_exists('f(x)', '0, oo')}; f(-x) = f(x) for x in Real",
        "The two halves are equal.",
        _CHANGE,
    ),
]
