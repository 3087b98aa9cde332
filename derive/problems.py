"""Problems as data: a context and a statement from one JSON object.

===============  =====================================================================
field            meaning
===============  =====================================================================
``id``           the problem's name
``symbols``      name to ``{"domain": D, "index": [[lo, hi], ...]}``; without ``index``
                 a single symbol; D is ``real``, ``pos``, ``neg``, ``unit``, ``binary``,
                 ``nat`` (from 0), ``posint``, ``ge2``, ``gt1`` or ``index`` (an integer
                 in ``"range": [lo, hi]``)
``constraints``  ``{"kind": "simplex", "expr": e, "over": [j, lo, hi], "for": [...]}``:
                 the sum over j is 1; ``onehot``: the same of bits; ``eq`` and ``gt``
                 with ``lhs`` and ``rhs``
``lhs``, ``rhs`` formulas in plain spelling
``relation``     ``equal``, ``le``, ``affine``, ``argmin`` or ``grad``
``theta``        the names of what is fitted, for the last three
===============  =====================================================================

Other fields are for readers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from derive.context import Context, ContextError
from derive.plain import ReadError, declare, read
from derive.term import Term, TermError, symbol

_DOMAINS = {
    "real": "Real",
    "pos": "Positive",
    "neg": "(-oo, 0)",
    "unit": "(0,1)",
    "binary": "{0,1}",
    "nat": "Natural0",
    "posint": "Natural",
    "ge2": "Integer",
    "gt1": "(1, oo)",
}
_INDICES = "ijklmnrst"
_RELATIONS = {
    "equal": "Eq",
    "le": "Le",
    "affine": "Affine",
    "argmin": "Argmin",
    "grad": "SameGradient",
}


class ProblemError(ValueError):
    """A problem that cannot be read; the sentence says which one and why."""


class Problem(NamedTuple):
    """A statement, and the context in which it is claimed."""

    id: str
    context: Context
    statement: Term


def problems(text: str) -> Iterator[Problem]:
    """The problems of a file with one JSON object a line; empty lines are passed over.

    Raises ProblemError, also where a name occurs twice.
    """
    import json

    seen: set[str] = set()
    for line, content in enumerate(text.splitlines(), 1):
        if not content.strip():
            continue
        try:
            data = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise ProblemError(f"line {line} is not JSON: {error}") from None
        found = problem(data)
        if found.id in seen:
            raise ProblemError(f"line {line}: a problem {found.id} was there before")
        seen.add(found.id)
        yield found


def problem(data: Mapping[str, Any]) -> Problem:
    """The problem that a JSON object describes.  Raises ProblemError.

    >>> p = problem({"id": "square", "symbols": {"x": {"domain": "real"}},
    ...              "lhs": "0", "rhs": "x**2", "relation": "le"})
    >>> p.statement
    0 <= x**2
    """
    if not isinstance(data, Mapping):
        raise ProblemError("a problem is a JSON object with named fields")
    name = str(data.get("id", "?"))
    try:
        context = declare(";".join([*_symbols(data["symbols"]), *_constraints(data)]))
        statement = _statement(data, context)
        context.check_statement(statement)
        return Problem(name, context, statement)
    except KeyError as error:
        raise ProblemError(f"problem {name}: the field {error} is missing") from None
    except (TypeError, AttributeError) as error:
        raise ProblemError(f"problem {name}: a field is malformed ({error})") from None
    except (ProblemError, ReadError, ContextError, TermError) as error:
        raise ProblemError(f"problem {name}: {error}") from None


# -- declarations ----------------------------------------------------------------------


def _symbols(symbols: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The declarations: single symbols, integers in ranges, then families."""
    scalars: list[str] = []
    families: list[str] = []
    bounds: dict[str, tuple[str, str]] = {}
    for name, entry in symbols.items():
        if not name.isidentifier():
            raise ProblemError(f"{name!r} is no name of a symbol")
        if "index" in entry:
            free = (i for i in _INDICES if i not in symbols)
            ranges = [(next(free, f"i_{k}"), *_pair(r)) for k, r in enumerate(entry["index"])]
            member = f"{name}[{','.join(i for i, _, _ in ranges)}]"
            families += _declared(member, entry, _over(ranges))
        elif entry["domain"] == "index":
            bounds[name] = _pair(entry["range"])
        else:
            scalars += _declared(name, entry, "")
    return [*scalars, *_ordered(bounds), *families]


def _declared(member: str, entry: Mapping[str, Any], over: str) -> list[str]:
    domain = entry["domain"]
    if domain == "index":
        low, high = _pair(entry["range"])
        return [f"{member} in {low}..{high}{over}"]
    if domain not in _DOMAINS:
        raise ProblemError(f"{domain!r} is no domain; use {', '.join(_DOMAINS)} or index")
    least = [f"{member} >= 2{over}"] if domain == "ge2" else []
    return [f"{member} in {_DOMAINS[domain]}{over}", *least]


def _ordered(bounds: dict[str, tuple[str, str]]) -> Iterator[str]:
    """Integers in ranges, each behind those that its range mentions."""
    waiting = dict(bounds)
    while waiting:
        ready = [n for n, ends in waiting.items() if not _words(*ends) & (waiting.keys() - {n})]
        if not ready:
            raise ProblemError(f"the ranges of {', '.join(waiting)} wait for each other")
        low, high = waiting.pop(ready[0])
        yield f"{ready[0]} in {low}..{high}"


def _words(*texts: str) -> set[str]:
    spaced = "".join(c if c.isidentifier() or c.isdigit() else " " for c in " ".join(texts))
    return set(spaced.split())


# -- constraints -----------------------------------------------------------------------


def _constraints(data: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for c in data.get("constraints", ()):
        quantified = [_range(r) for r in c.get("for", ())]
        if c["kind"] in ("simplex", "onehot"):
            summed, body = _range(c["over"]), _text(c["expr"])
            variable, low, high = summed
            found.append(f"Sum({body}, ({variable}, {low}, {high})) = 1{_over(quantified)}")
            family = data["symbols"].get(body.partition("[")[0].strip(), {})
            if c["kind"] == "onehot" and family.get("domain") != "binary":
                found.append(f"In({body}, Bit){_over([*quantified, summed])}")
        elif c["kind"] in ("eq", "gt"):
            sign = "=" if c["kind"] == "eq" else ">"
            found.append(f"{_text(c['lhs'])} {sign} {_text(c['rhs'])}{_over(quantified)}")
        else:
            raise ProblemError(f"{c['kind']!r} is no kind of constraint")
    return found


def _over(ranges: list[tuple[str, str, str]]) -> str:
    """How declarations and hypotheses end: `` for i in 1..n, j in 1..m``, or nothing."""
    said = ", ".join(f"{variable} in {low}..{high}" for variable, low, high in ranges)
    return f" for {said}" if said else ""


# -- the statement ---------------------------------------------------------------------


def _statement(data: Mapping[str, Any], context: Context) -> Term:
    relation = data.get("relation", "equal")
    if relation not in _RELATIONS:
        raise ProblemError(f"{relation!r} is no relation; use {', '.join(_RELATIONS)}")
    sides = (read(_text(data["lhs"]), context), read(_text(data["rhs"]), context))
    if relation in ("equal", "le"):
        return Term(_RELATIONS[relation], sides)
    fitted = data.get("theta")
    if not isinstance(fitted, list) or not fitted or len(set(fitted)) < len(fitted):
        raise ProblemError(f"{relation} needs theta, a list of different names")
    return Term(_RELATIONS[relation], (*sides, *map(symbol, map(_text, fitted))))


# -- pieces of text --------------------------------------------------------------------


def _text(value: object) -> str:
    """A formula or a bound; nothing that would end the declaration it is put into."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or ";" in value or "\n" in value:
        raise ProblemError(f"{value!r} is no formula")
    return value


def _pair(ends: object) -> tuple[str, str]:
    if not isinstance(ends, list) or len(ends) != 2:
        raise ProblemError(f"{ends!r} is no range; write [lower, upper]")
    return _text(ends[0]), _text(ends[1])


def _range(written: object) -> tuple[str, str, str]:
    if not isinstance(written, list) or len(written) != 3:
        raise ProblemError(f"{written!r} is no range; write [variable, lower, upper]")
    variable = _text(written[0])
    return variable, *_pair(written[1:])
