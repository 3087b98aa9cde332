"""Where the parameters of a model lie: links and domains, and whether one fits the other."""

from __future__ import annotations

from derive.context import Context
from derive.domains import INTEGER, POSITIVE, REAL, UNIT, elements, interval, promises
from derive.term import Term, TermError, bound, shift, symbol

#: A plate: the index that counts independent observations, and where it runs.
Plate = tuple[Term, object, object]

#: Where the values of a link lie; the members of a softmax also sum to 1.
LINKS: dict[str, Term | None] = {
    "identity": None,
    "sigmoid": UNIT,
    "softmax": POSITIVE,
    "exp": POSITIVE,
    "softplus": POSITIVE,
}


class ModelError(TermError):
    """A model that does not fit together; the sentence says why and what to write."""


def link_of(value: Term) -> str:
    """The link that a parameter is written with; ``identity`` when there is none."""
    inner = value.args[0] if value.head == "Family" else value
    if inner.head == "softmax" and value.head == "Family":
        whole = inner.args[3] == bound(0) and inner.args[1:3] == tuple(
            shift(e, 1) for e in value.args[1:]
        )
        return "softmax" if whole else "identity"
    return inner.head if inner.head in LINKS else "identity"


def is_bare(value: Term) -> bool:
    """Whether a parameter is a symbol or a member, or a family of such."""
    inner = value.args[0] if value.head == "Family" else value
    return inner.head in ("symbol", "member")


def bare_name(value: Term) -> str:
    """The name of a parameter that is one."""
    inner = value.args[0] if value.head == "Family" else value
    return str(inner.value)


def within(have: Term, want: Term) -> bool:
    """Whether one domain certainly lies in another."""
    if have == want or want == REAL:
        return True
    if elements(want) is not None:
        return False
    x = symbol("x")
    known = promises(have, x)
    return all(any(_implies(k, w, x) for k in known) for w in promises(want, x))


def _implies(known: Term, wanted: Term, x: Term) -> bool:
    """Whether one bound of x implies another, where the ends are numbers."""
    if known == wanted or (wanted.head == "In" and wanted.args[1] != INTEGER):
        return True
    if known.head not in ("Lt", "Le") or wanted.head not in ("Lt", "Le"):
        return False
    side = known.args.index(x)
    a, b = known.args[1 - side], wanted.args[1 - side]
    if wanted.args[side] != x or a.head != "number" or b.head != "number":
        return False
    if a.value == b.value:
        return known.head == "Lt" or wanted.head == "Le"
    return bool(a.value > b.value) if side == 1 else bool(a.value < b.value)


def check_number(value: Term, domain: Term, name: str) -> None:
    """Raises ModelError when a number does not lie in the domain of its parameter."""
    ends = interval(domain)
    inside = True
    for statement in promises(domain, value):
        a, b = (statement.args[0], statement.args[-1])
        if statement.head in ("Lt", "Le") and a.head == b.head == "number":
            inside &= a.value < b.value or (statement.head == "Le" and a.value == b.value)
    if ends is None and value.value.denominator != 1:
        inside = False
    if not inside:
        raise ModelError(f"{name} = {value} does not lie in {domain}")


def check_declared(
    context: Context, name: str, have: Term, want: Term, parameter: str, head: str
) -> None:
    """Raises ModelError when a declared symbol does not fit, and no hypothesis narrows it."""
    narrowed = any(name in h.free for h in context.hypotheses())
    if not narrowed and not within(have, want):
        raise ModelError(
            f"{name} is declared in {have}, but {parameter} of {head} lies in {want}; declare "
            f"{name} there or write a link"
        )
