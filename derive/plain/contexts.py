"""Writer of contexts: their declarations as an author writes them, one a line."""

from __future__ import annotations

from derive.context import Context, Declaration, Hypothesis
from derive.domains import REAL, is_function
from derive.plain.binders import write_law
from derive.plain.laws import law_support
from derive.plain.reading import RESERVED
from derive.plain.writer import Writer
from derive.term import Term, bound, fresh


def write_declarations(context: Context) -> str:
    """The declarations of a context, one a line, as ``declare`` reads them."""
    lines: list[str] = []
    writer = Writer(context)
    said: Term | None = None  # the hypothesis that a definition brings with it
    for entry in context.entries():
        if isinstance(entry, Hypothesis):
            if entry.statement != said:
                lines.append(_hypothesis_text(entry.statement, writer))
            said = None
        else:
            lines.append(_declaration_text(entry, writer))
            said = _defining(entry)
    return "\n".join(lines)


def _defining(d: Declaration) -> Term | None:
    if d.definition is None:
        return None
    count = len(d.indices)
    indices = tuple(bound(count - 1 - k) for k in range(count))
    left = Term("member", indices, d.name) if count else Term("symbol", (), d.name)
    statement = Term("Eq", (left, d.definition))
    for hint, domain in reversed(tuple(zip(d.hints, d.indices, strict=True))):
        statement = Term("ForAll", (statement, domain), None, (hint,))
    return statement


def _declaration_text(d: Declaration, writer: Writer) -> str:
    taken = {d.name}.union(*(t.free for t in (*d.indices, d.domain) if t is not None))
    for extra in (d.law, d.definition):
        taken |= extra.free if extra is not None else frozenset()
    scope: tuple[str, ...] = ()
    ranges = []
    for hint, domain in zip(d.hints, d.indices, strict=True):
        name = fresh(hint, {*taken, *scope, *RESERVED})
        ranges.append(f"{name} in {writer.domain(domain, scope)}")
        scope = (*scope, name)
    left = d.name
    if scope:
        inside = ",".join(scope)
        left += f"({inside})" if is_function(d.indices) else f"[{inside}]"
    usual = REAL if d.law is None else law_support(d.law)
    given = d.law is not None or d.definition is not None
    if not given or d.domain != usual:
        left += f" in {writer.domain(d.domain, scope)}"
    if d.law is not None:
        left += f" ~ {write_law(writer, d.law, scope)}"
    elif d.definition is not None:
        left += f" := {writer.formula(d.definition, scope)}"
    return f"{left} for {', '.join(ranges)}" if ranges else left


def _hypothesis_text(statement: Term, writer: Writer) -> str:
    """A hypothesis; ``In(x, D)``, since ``x in D`` would declare x."""
    scope: tuple[str, ...] = ()
    binders = []
    inner = statement
    while inner.head == "ForAll":
        name = writer.name(inner, scope)
        binders.append(f"{name} in {writer.domain(inner.args[1], scope)}")
        scope, inner = (*scope, name), inner.args[0]
    if inner.head != "In":
        return writer.statement(statement)
    text = writer.condition(inner, scope)
    return f"{text} for {', '.join(binders)}" if binders else text
