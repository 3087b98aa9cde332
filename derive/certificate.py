"""Certificates: a proof as readable JSON, and the way back through the kernel.

A certificate lists every step of a proof with its rule, its explicit arguments, its
premises, its context and its statement.  ``docs/certificate.md`` specifies the format.  It
is an output: nothing in it is trusted.  ``replay`` makes the theorems again with the kernel,
and ``derive/recheck.py`` checks it without any of this package.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NoReturn

from derive.certificate_text import CertificateError, Reader, Writer, fraction
from derive.context import EMPTY, Context, ContextError, Declaration, Hypothesis
from derive.kernel import INFERENCES, KernelError, Theorem
from derive.term import Term, TermError

if TYPE_CHECKING:
    from derive.rules import Rule

FORMAT = "derive-certificate/1"
LEDGER_FORMAT = "derive-ledger/1"

#: The arguments of every inference in the kernel's order: name in the JSON, and what it is.
#: A context is not written: it is always the context of the conclusion.
ARGUMENTS: dict[str, tuple[tuple[str, str], ...]] = {
    "axiom": (("rule", "rule"),),
    "declared": (("", "context"), ("name", "name")),
    "hypothesis": (("", "context"), ("statement", "term")),
    "instance": (("", "context"), ("mapping", "mapping")),
    "side": (("side", "count"),),
    "symmetric": (),
    "transitive": (),
    "part": (("path", "path"), ("", "context")),
    "rewrite": (("path", "path"),),
    "ring": (),
    "order": (("relation", "name"), ("combination", "combination")),
    "numeral": (("", "context"), ("value", "term")),
    "total": (("term", "term"),),
    "whole": (("term", "term"),),
    "belongs": (("domain", "term"), ("term", "term")),
    "element": (("domain", "term"),),
    "promise": (("promise", "count"),),
    "cases": (("condition", "term"),),
    "each": (),
    "absurd": (("statement", "term"),),
    "branch": (("term", "term"), ("branch", "count")),
    "interior": (("term", "term"),),
    "one_hot": (),
    "induction": (("goal", "term"),),
    "affine": (("theta", "names"),),
    "monotone": (("f", "term"), ("g", "term"), ("theta", "names")),
    "same_order": (),
    "minimiser": (("f", "term"), ("point", "term"), ("theta", "name")),
    "transfer": (),
    "same_argmin": (),
    "gradient": (("f", "term"), ("g", "term"), ("theta", "name")),
    "gradients": (),
}


# -- contexts ------------------------------------------------------------------------------


def _entry(entry: Declaration | Hypothesis, writer: Writer) -> dict[str, Any]:
    if isinstance(entry, Hypothesis):
        return {"assume": writer.write(entry.statement)}
    rest = [t for t in (entry.law, entry.definition) if t is not None]
    taken = frozenset[str]().union(*(t.free for t in (*entry.indices, entry.domain, *rest)))
    scope = writer.variables(len(entry.indices), entry.hints, taken)
    out: dict[str, Any] = {"declare": entry.name, "domain": writer.write(entry.domain, scope)}
    if entry.indices:
        out["indices"] = [
            [scope[k], writer.write(d, scope[:k])] for k, d in enumerate(entry.indices)
        ]
    if entry.hints != scope:
        out["hints"] = list(entry.hints)
    if entry.law is not None:
        out["law"] = writer.write(entry.law, scope)
    if entry.definition is not None:
        out["definition"] = writer.write(entry.definition, scope)
    return out


def _enter(context: Context, data: Mapping[str, Any], reader: Reader) -> Context:
    """The context and the entry that ``_entry`` wrote.  Raises CertificateError."""
    try:
        if "assume" in data:
            return context.assume(reader.read(data["assume"]))
        name = _text(data, "declare")
        names: list[str] = []
        indices: list[Term] = []
        for pair in _list(data, "indices") if "indices" in data else ():
            if not (isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str)):
                raise CertificateError(f"an index of {name} is no pair of a name and a domain")
            indices.append(reader.read(pair[1], tuple(names)))
            names.append(pair[0])
        scope = tuple(names)
        hints = _several(_list(data, "hints"), str) if "hints" in data else scope
        return context.declare(
            name,
            reader.read(data.get("domain"), scope),
            tuple(indices),
            hints,
            reader.read(data["law"], scope) if "law" in data else None,
            reader.read(data["definition"], scope) if "definition" in data else None,
        )
    except (ContextError, TermError) as error:
        raise CertificateError(str(error)) from None


# -- writing ---------------------------------------------------------------------------------


def certificate(theorems: Sequence[Theorem], **about: Any) -> dict[str, Any]:
    """The proofs of some theorems as plain data, ready for JSON.

    ``about`` (a name, a title, a file) is copied as it stands, for the reader.

    >>> from derive.kernel import numeral, ring
    >>> from derive.term import number
    >>> half = numeral(EMPTY, number(Fraction(1, 2)))
    >>> data = certificate([ring(half, half)], name="half")
    >>> [step["statement"] for step in data["steps"]]
    ['(In 1/2 (Real))', '(Eq 1/2 1/2)']
    """
    from derive import __version__
    from derive.rules import digest

    steps, ids = _ordered(theorems)
    contexts = _contexts(t.context for t in steps)
    writer = Writer(_terms(steps, contexts))
    return {
        "format": FORMAT,
        "tool": f"derive {__version__}",
        "ledger": digest(),
        "about": about,
        "terms": writer.table,
        "contexts": [
            {"id": k, "parent": contexts[c.parent], **_entry(c.entry, writer)}
            for c, k in contexts.items()
            if c.parent is not None and c.entry is not None
        ],
        "steps": [
            {
                "id": k + 1,
                "by": t.by,
                "arguments": _arguments(t, writer),
                "premises": [ids[id(p)] for p in t.premises],
                "context": contexts[t.context],
                "statement": writer.write(t.statement),
            }
            for k, t in enumerate(steps)
        ],
        "theorems": [ids[id(t)] for t in theorems],
    }


def question(context: Context, statement: Term) -> dict[str, Any]:
    """A context and a statement as plain data: what is asked, the same in every process.

    >>> from derive.term import number
    >>> question(EMPTY, Term("Eq", (number(1), number(2))))
    {'contexts': [], 'statement': '(Eq 1 2)'}
    """
    writer = Writer()
    entries = [_entry(entry, writer) for entry in context.entries()]
    return {"contexts": entries, "statement": writer.write(statement)}


def _ordered(theorems: Sequence[Theorem]) -> tuple[list[Theorem], dict[int, int]]:
    """Every theorem behind the given ones, premises first, and numbers by identity.

    What is proved twice in the same context is proved by the first proof alone.
    """
    first: dict[tuple[int, Term], Theorem] = {}
    chosen: dict[int, Theorem] = {}
    waiting: list[tuple[Theorem, bool]] = [(t, False) for t in reversed(theorems)]
    while waiting:
        t, ready = waiting.pop()
        key = (id(t.context), t.statement)
        if id(t) in chosen:
            continue
        if key in first:
            chosen[id(t)] = first[key]
        elif ready:
            chosen[id(t)] = first[key] = t
        else:
            waiting.append((t, True))
            waiting.extend((p, False) for p in reversed(t.premises))
    wanted: set[int] = set()
    todo = [chosen[id(t)] for t in theorems]
    while todo:  # a proof that another one replaced leaves its premises without use
        t = todo.pop()
        if id(t) not in wanted:
            wanted.add(id(t))
            todo.extend(chosen[id(p)] for p in t.premises)
    steps = [t for t in first.values() if id(t) in wanted]
    numbers = {id(t): k + 1 for k, t in enumerate(steps)}
    return steps, {old: numbers[id(t)] for old, t in chosen.items() if id(t) in wanted}


def _contexts(used: Iterable[Context]) -> dict[Context, int]:
    """Numbers for contexts, parents first; 0 is the context without entries."""
    found: dict[Context, int] = {EMPTY: 0}
    for context in used:
        chain: list[Context] = []
        at: Context | None = context
        while at is not None and at not in found:
            chain.append(at)
            at = at.parent
        for c in reversed(chain):
            found[c] = len(found)
    return found


def _terms(steps: Sequence[Theorem], contexts: Iterable[Context]) -> Iterator[Term]:
    for c in contexts:
        if isinstance(c.entry, Hypothesis):
            yield c.entry.statement
        elif c.entry is not None:
            yield c.entry.domain
    for t in steps:
        yield t.statement
        for (_, kind), value in zip(ARGUMENTS[t.by], t.arguments, strict=True):
            if kind == "term":
                yield value
            elif kind == "mapping":
                yield from value.values()


def _arguments(theorem: Theorem, writer: Writer) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for (name, kind), value in zip(ARGUMENTS[theorem.by], theorem.arguments, strict=True):
        if kind == "rule":
            out["rule"] = value.name
            out |= {"text": value.text, "needs": value.needs}
        elif kind == "term":
            out[name] = writer.function(value, value.loose) if value.loose else writer.write(value)
        elif kind == "mapping":
            known = theorem.premises[0].context.names
            out[name] = {x: _value(t, known[x], writer) for x, t in value.items()}
        elif kind == "combination":
            out[name] = [[str(Fraction(c)), list(factors)] for c, factors in value]
        elif kind in ("path", "names"):
            out[name] = list(value)
        elif kind != "context":
            out[name] = value
    return out


def _value(t: Term, entry: Declaration, writer: Writer) -> str:
    """The value of a symbol; that of a family as a function, unless it is a name."""
    if not entry.indices or t.head == "symbol":
        return writer.write(t)
    return writer.function(t, len(entry.indices), entry.hints)


# -- reading ---------------------------------------------------------------------------------


def replay(data: Any, ledger: Mapping[str, Rule] | None = None) -> list[Theorem]:
    """The theorems of a certificate, made again by the kernel.

    Rules are looked up in the ledger by name; without one, in the shipped ledger.  Raises
    CertificateError when the certificate cannot be read, when the kernel refuses a step, or
    when a step states something else than it proves.
    """
    if ledger is None:
        from derive.rules import ledger as shipped

        ledger = shipped()
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise CertificateError(f"expected a certificate of the format {FORMAT}")
    reader = Reader()
    for text in _list(data, "terms"):
        reader.table.append(reader.read(text))
    contexts: dict[int, Context] = {0: EMPTY}
    for item in _list(data, "contexts"):
        parent = contexts.get(_count(item, "parent"))
        if parent is None or _count(item, "id") in contexts:
            raise CertificateError(f"the context {item.get('id')} has no earlier parent")
        contexts[item["id"]] = _enter(parent, item, reader)
    steps: dict[int, Theorem] = {}
    for item in _list(data, "steps"):
        if _count(item, "id") in steps:
            raise CertificateError(f"there are two steps {item['id']}")
        steps[item["id"]] = _again(item, steps, contexts, reader, ledger)
    wanted = _list(data, "theorems")
    if not all(type(k) is int and k in steps for k in wanted):
        raise CertificateError("a theorem of the certificate is not one of its steps")
    return [steps[k] for k in wanted]


def _again(
    item: dict[str, Any],
    steps: Mapping[int, Theorem],
    contexts: Mapping[int, Context],
    reader: Reader,
    ledger: Mapping[str, Rule],
) -> Theorem:
    k, by, context = item["id"], _text(item, "by"), contexts.get(_count(item, "context"))
    premises = _list(item, "premises")
    if by not in ARGUMENTS:
        raise CertificateError(f"step {k}: there is no inference {by}")
    if context is None or not all(type(p) is int and p in steps for p in premises):
        raise CertificateError(f"step {k}: its context or a premise does not stand before it")
    given = item.get("arguments")
    if not isinstance(given, dict):
        raise CertificateError(f"step {k}: its arguments are missing")
    try:
        arguments = [
            context if kind == "context" else _argument(kind, given.get(name), reader, ledger)
            for name, kind in ARGUMENTS[by]
        ]
        theorem = INFERENCES[by](*arguments, *(steps[p] for p in premises))
        stated = reader.read(item.get("statement"))
    except (KernelError, CertificateError, TermError, RecursionError) as error:
        raise CertificateError(f"step {k} ({by}): {error}") from None
    if theorem.statement != stated:
        raise CertificateError(f"step {k} ({by}) proves {theorem.statement}, not {stated}")
    if theorem.context is not context:
        raise CertificateError(f"step {k} ({by}) stands in another context than it states")
    return theorem


def _argument(kind: str, given: Any, reader: Reader, ledger: Mapping[str, Rule]) -> Any:
    """One argument as the kernel takes it.  Raises CertificateError."""
    if kind == "rule":
        if not isinstance(given, str) or given not in ledger:
            raise CertificateError(f"the rule {given!r} is not in the ledger")
        return ledger[given]
    if kind == "term":
        return reader.read(given)
    if kind == "mapping":
        if not isinstance(given, dict):
            raise CertificateError("an instance maps names to terms")
        return {x: reader.read(t) for x, t in given.items()}
    if kind == "combination":
        pairs = given if isinstance(given, list) else [given]
        if not all(isinstance(p, list) and len(p) == 2 for p in pairs):
            raise CertificateError("a combination lists pairs of a number and premises")
        return tuple((fraction(c), _several(ks, int)) for c, ks in pairs)
    if kind in ("name", "count"):
        return _several([given], str if kind == "name" else int)[0]
    return _several(given, str if kind == "names" else int)


def _several(given: Any, kind: type) -> tuple[Any, ...]:
    if not isinstance(given, list) or not all(type(k) is kind for k in given):
        raise CertificateError(f"expected {kind.__name__}s, got {given!r}")
    return tuple(given)


def _list(data: Mapping[str, Any], key: str) -> list[Any]:
    found = data.get(key)
    if not isinstance(found, list):
        raise CertificateError(f"{key!r} is not a list")
    return found


def _text(data: Mapping[str, Any], key: str) -> str:
    found = data.get(key)
    if not isinstance(found, str):
        raise CertificateError(f"{key!r} is not a text")
    return found


def _count(data: Any, key: str) -> int:
    if not isinstance(data, dict) or type(data.get(key)) is not int:
        raise CertificateError(f"{key!r} of {str(data)[:60]} is not a number")
    return int(data[key])


# -- the ledger, and JSON ----------------------------------------------------------------------

_RELATION = {"Eq": "=", "Ne": "!=", "Le": "<=", "Lt": "<", "In": "in"}


def ledger_json(rules: Mapping[str, Rule] | None = None) -> dict[str, Any]:
    """Every axiom as plain data, for the second checker, which has no reader of formulas."""
    from derive.rules import digest, ledger

    writer = Writer()
    return {
        "format": LEDGER_FORMAT,
        "digest": digest() if rules is None else digest_of(rules.values()),
        "axioms": [_axiom(r, writer) for r in (ledger() if rules is None else rules).values()],
    }


def digest_of(rules: Iterable[Rule]) -> str:
    """What ``derive.rules.digest`` says of the shipped ledger, for other rules."""
    from hashlib import sha256

    lines = ("\t".join((r.name, r.needs, r.text)) for r in sorted(rules, key=lambda r: r.name))
    return sha256("\n".join(lines).encode()).hexdigest()


def _axiom(rule: Rule, writer: Writer) -> dict[str, Any]:
    return {
        "name": rule.name,
        "needs": rule.needs,
        "lhs": rule.lhs,
        "relation": rule.relation,
        "rhs": rule.rhs,
        "why": rule.why,
        "source": rule.source,
        "context": [_entry(e, writer) for e in rule.context.entries()],
        "statement": writer.write(rule.statement),
    }


def dumps(data: Mapping[str, Any]) -> str:
    """A certificate or a ledger as JSON: one line for each term, context, step or axiom."""
    from json import dumps as line

    parts = []
    for key, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], (dict, str)):
            rows = ",\n  ".join(line(item, ensure_ascii=False) for item in value)
            text = f"[\n  {rows}\n ]"
        else:
            text = line(value, ensure_ascii=False)
        parts.append(f" {line(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def loads(text: str) -> Any:
    """The data of a JSON text.  Raises CertificateError; a float is refused."""
    from json import loads as parse

    try:
        return parse(text, parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as error:
        raise CertificateError(f"this is no certificate: {error}") from None


def _no_float(text: str) -> NoReturn:
    raise CertificateError(f"the float {text} is not exact")
