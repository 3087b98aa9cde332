"""Problems as data: a context and a statement from one JSON object.

==============  ======================================================================
field           meaning
==============  ======================================================================
``id``          the problem's name
``symbols``     name to ``{"domain": D, "index": [[lo, hi], ...]}``; D is ``real``, ``pos``,
                ``neg``, ``unit``, ``binary``, ``nat``, ``posint``, ``ge2``, ``gt1`` or
                ``index`` (an integer in ``"range": [lo, hi]``)
``constraints``  ``{"kind": "simplex", "expr": e, "over": [j, lo, hi], "for": [...]}``,
                ``onehot`` (the same, of bits), ``eq`` and ``gt`` with ``lhs`` and ``rhs``
``lhs, rhs``    formulas in plain spelling
``relation``    ``equal``, ``affine``, ``argmin``, ``le`` or ``grad``; the second, third and
                last name what is fitted in ``theta``
==============  ======================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from derive.context import Context, ContextError
from derive.plain import ReadError, declare, read_statement
from derive.term import Term, TermError

_DOMAINS = {
    "real": "Real",
    "pos": "Positive",
    "neg": "(-oo, 0)",
    "unit": "(0,1)",
    "binary": "{0,1}",
    "nat": "Natural0",
    "posint": "Natural",
    "gt1": "(1, oo)",
}
_INDICES = "ijklmnrst"


class ProblemError(ValueError):
    """A problem that cannot be read; the sentence says which field and why."""


class Problem(NamedTuple):
    """A statement, and the context in which it is claimed."""

    id: str
    context: Context
    statement: Term


def problem(data: Mapping[str, Any]) -> Problem:
    """The problem that a JSON object describes.  Raises ProblemError."""
    name = str(data.get("id", "?"))
    try:
        text = ";".join([*_symbols(data), *_constraints(data)])
        context = declare(text)
        return Problem(name, context, read_statement(_statement(data), context))
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise ProblemError(f"problem {name}: a field is missing or malformed ({error})") from None
    except (ReadError, ContextError, TermError) as error:
        raise ProblemError(f"problem {name}: {error}") from None


def _symbols(data: Mapping[str, Any]) -> list[str]:
    """The declarations; families after the sizes that their ranges mention."""
    scalars, families, bounds = [], [], []
    for name, symbol in data["symbols"].items():
        if "index" in symbol:
            taken = iter(i for i in _INDICES if i not in data["symbols"])
            ranges = [(next(taken), lo, hi) for lo, hi in symbol["index"]]
            member = f"{name}[{','.join(i for i, _, _ in ranges)}]"
            over = ", ".join(f"{i} in {lo}..{hi}" for i, lo, hi in ranges)
            families.append(f"{member} in {_domain(symbol)} for {over}")
            if symbol["domain"] == "ge2":
                families.append(f"{member} >= 2 for {over}")
        elif symbol["domain"] == "index":
            lo, hi = symbol["range"]
            bounds.append(f"{name} in {lo}..{hi}")
        else:
            scalars.append(f"{name} in {_domain(symbol)}")
            if symbol["domain"] == "ge2":
                scalars.append(f"{name} >= 2")
    return [*scalars, *bounds, *families]


def _domain(symbol: Mapping[str, Any]) -> str:
    domain = symbol["domain"]
    if domain == "ge2":
        return "Integer"
    if domain not in _DOMAINS:
        raise ProblemError(f"{domain!r} is no domain; use one of {', '.join(_DOMAINS)}")
    return _DOMAINS[domain]


def _constraints(data: Mapping[str, Any]) -> list[str]:
    found = []
    for c in data.get("constraints", ()):
        over = "".join(
            f"{' for' if k == 0 else ','} {i} in {lo}..{hi}"
            for k, (i, lo, hi) in enumerate(c.get("for", ()))
        )
        if c["kind"] in ("simplex", "onehot"):
            j, lo, hi = c["over"]
            found.append(f"Sum({c['expr']}, ({j}, {lo}, {hi})) = 1{over}")
        elif c["kind"] in ("eq", "gt"):
            sign = "=" if c["kind"] == "eq" else ">"
            found.append(f"{c['lhs']} {sign} {c['rhs']}{over}")
        else:
            raise ProblemError(f"{c['kind']!r} is no kind of constraint")
    return found


def _statement(data: Mapping[str, Any]) -> str:
    lhs, rhs, relation = data["lhs"], data["rhs"], data.get("relation", "equal")
    theta = ", ".join(data.get("theta", ()))
    if relation == "equal":
        return f"{lhs} = {rhs}"
    if relation == "le":
        return f"{lhs} <= {rhs}"
    if relation == "affine":
        return f"{lhs} ~ {rhs} in {theta}" if "," not in theta else f"{lhs} ~ {rhs} in ({theta})"
    if relation == "argmin":
        return f"argmin({lhs}, {theta}) = {rhs}"
    if relation == "grad":
        return f"grad({lhs}, {theta}) = grad({rhs}, {theta})"
    raise ProblemError(f"{relation!r} is no relation")
