"""What every output format says about a derivation besides its formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.context import Context, Declaration
from derive.term import Term, bound, fresh, instantiate, symbol, walk

if TYPE_CHECKING:
    from derive.derivations import Derivation, Line, Part, Reason
    from derive.render.notation.statements import StatementPrinter

VERDICTS = {"proved": "Proved", "refuted": "Refuted"}


def reason_words(reason: Reason) -> str:
    """A reason as a reader meets it beside a line.

    >>> from derive.derivations import Reason
    >>> reason_words(Reason("log_product", "rule"))
    'log product'
    >>> reason_words(Reason("bce_is_ce", "derivation"))
    'by bce-is-ce'
    """
    if reason.kind == "derivation":
        return "by " + reason.name.replace("_", "-")
    if reason.kind == "given":
        return f"given: {reason.statement or reason.name}"
    return reason.name.replace("_", " ")


def explanations(reason: Reason) -> list[tuple[str, str]]:
    """What there is to say of a reason: its statement, condition, why, source; by label."""
    said = (
        ("states", reason.statement),
        ("needs", reason.needs),
        ("why", reason.why),
        ("source", reason.source),
    )
    return [(label, text) for label, text in said if text]


def reasons_used(derivation: Derivation) -> list[Reason]:
    """Every reason that there is something to say of, once, in the order of its first use."""
    found: dict[tuple[str, str, str], Reason] = {}
    for part in derivation.parts:
        for reason in (*part.reasons, *(r for line in part.lines for r in line.reasons)):
            if explanations(reason) and reason.kind != "given":
                found.setdefault((reason.name, reason.kind, reason.statement), reason)
    return list(found.values())


def given(context: Context) -> list[str]:
    """The entries of a context in the spelling that ``--given`` takes."""
    from derive.plain import write_context

    return [line for line in write_context(context).split("\n") if line]


def given_in(context: Context, printer: StatementPrinter) -> list[str]:
    """The entries of a context as formulas; as many as ``given`` has."""
    said: Term | None = None
    found = []
    for entry in context.entries():
        if isinstance(entry, Declaration):
            found.append(_declaration(entry, printer))
            said = None if entry.definition is None else _definition(entry)
        elif entry.statement != said:
            found.append(printer.formula(entry.statement))
    return found


def _definition(d: Declaration) -> Term:
    count = len(d.indices)
    indices = tuple(bound(count - 1 - k) for k in range(count))
    own = Term("member", indices, d.name) if count else symbol(d.name)
    assert d.definition is not None
    statement = Term("Eq", (own, d.definition))
    for hint, domain in zip(reversed(d.hints), reversed(d.indices), strict=True):
        statement = Term("ForAll", (statement, domain), None, (hint,))
    return statement


def _declaration(d: Declaration, printer: StatementPrinter) -> str:
    parts = (*d.indices, d.domain, *(t for t in (d.law, d.definition) if t is not None))
    taken = {d.name}.union(*(t.free for t in parts))
    names: list[Term] = []
    runs = []
    for hint, domain in zip(d.hints, d.indices, strict=True):
        name = fresh(hint, taken)
        runs.append(printer.run(name, (instantiate(domain, *names),)))
        taken.add(name)
        names.append(symbol(name))
    own = Term("member", tuple(names), d.name) if names else symbol(d.name)
    if d.law is not None:
        sign, other = printer.relation("~"), instantiate(d.law, *names)
    elif d.definition is not None:
        sign, other = ":=", instantiate(d.definition, *names)
    else:
        sign, other = printer.sign_of("In"), instantiate(d.domain, *names)
    text = f"{printer.term(own).text} {sign} {printer.term(other).text}"
    return text + printer.words(" for ") + printer.words(", ").join(runs) if runs else text


def extra_given(line: Line, part: Part) -> list[str]:
    """What a line assumes beyond its part: the case that it treats, for instance."""
    if line.context is None or line.context is part.context:
        return []
    known = set(given(part.context))
    return [entry for entry in given(line.context) if entry not in known]


def new_context(derivation: Derivation, index: int) -> Context | None:
    """The context of a part when it is not that of the part before."""
    part = derivation.parts[index]
    if index and derivation.parts[index - 1].context is part.context:
        return None
    return part.context


def shows_statement(part: Part) -> bool:
    """Whether the chain does not already show the whole statement."""
    if not part.lines or part.verdict == "refuted" or len(part.statement.args) != 2:
        return True
    ends = (part.lines[0].term, part.lines[-1].term)
    return part.statement.args not in (ends, ends[::-1])


def remarks(derivation: Derivation) -> list[str]:
    """What the verdict is limited to: fixed sizes, conventions."""
    said = []
    if derivation.instance:
        sizes = ", ".join(f"{name} = {value}" for name, value in derivation.instance)
        said.append(f"For {sizes}.")
    if any(_mentions_head(part, "xlogy") for part in derivation.parts):
        said.append("With the convention 0 log 0 = 0.")
    for own in derivation.own_axioms:
        said.append(f"Given the script's own axiom {own.name}: {own.statement} ({own.needs}).")
    return said


def axioms_used(derivation: Derivation) -> str:
    """The axioms that the proof rests on, as a list in words; empty without any."""
    return ", ".join(axiom.replace("_", " ") for axiom in derivation.axioms)


def _mentions_head(part: Part, head: str) -> bool:
    terms = (part.statement, *(line.term for line in part.lines))
    return any(u.head == head for t in terms for _, u in walk(t))


def place(derivation: Derivation) -> str:
    """Where the derivation is written, ``file:line``, seen from here; or nothing."""
    file = file_of(derivation)
    return f"{file}:{derivation.line}" if file and derivation.line else file


def file_of(derivation: Derivation) -> str:
    """The file of the derivation; below the working folder without that folder's path."""
    from os import getcwd, sep

    return derivation.file.removeprefix(getcwd() + sep)
