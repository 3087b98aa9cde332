"""In which sense two losses are the same: exact, affine, same ordering, same minimiser, ...

>>> print(relate("softplus(z) - y*z", "-y*log(p) - (1 - y)*log(1 - p)",
...              given="y in {0,1}; z in Real; p in (0,1)"))
equal after p := sigmoid(z)
>>> print(relate("Sum((y[i] - mu)**2, (i, 1, n))/n", "Sum((y[i] - mu)**2, (i, 1, n))",
...              given="n in Natural; mu in Real; y[i] in Real for i in 1..n"))
A = B/n
equal given n = 1
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from derive.context import EMPTY, Context, ContextError, Declaration, Hypothesis
from derive.graded import Graded, graded, spoken
from derive.kernel import Theorem
from derive.refute.screen import refutable
from derive.refute.witness import Witness
from derive.search.equations import opened
from derive.search.facts import Facts
from derive.search.losses.substitutions import member_of, substitutions
from derive.search.prove import prove
from derive.term import Term, fresh, instantiate, substitute, symbol
from derive.verdicts import Verdict, decide

#: Substitutions that are looked at, and those after which weaker relations are sought.
MOST_LOOKS, MOST_GRADED = 60, 3

#: From the strongest answer to the weakest.
KINDS = (
    "exact", "substitution", "factor", "affine", "negative", "same ordering", "same minimiser",
    "condition", "different", "unknown",
)  # fmt: skip


class Loss(NamedTuple):
    """A loss and what is known of its symbols."""

    name: str
    formula: Term
    context: Context


class Related(NamedTuple):
    """How two losses stand to each other.

    ``kind`` is one of ``exact``, ``substitution`` (equal after ``mapping``), ``factor``,
    ``affine``, ``negative``, ``same ordering``, ``same minimiser``, ``condition`` (equal
    under ``conditions``), ``different`` (with a witness) and ``unknown``.  ``mapping`` says
    what stands for the symbols of the second loss, or of the first when ``swapped``;
    ``statement`` is what is proved or refuted, in ``context``.
    """

    kind: str
    first: Loss
    second: Loss
    statement: Term
    context: Context
    mapping: tuple[tuple[str, Term], ...] = ()
    swapped: bool = False
    theorem: Theorem | None = None
    witness: Witness | None = None
    answer: Graded | None = None

    def __bool__(self) -> bool:
        raise TypeError("losses stand to each other in many ways; ask for .kind")

    @property
    def sentences(self) -> tuple[str, ...]:
        """One sentence for each finding."""
        after = self._after()
        if self.kind in ("exact", "substitution"):
            return ("equal" + after if after else "equal",)
        left, right = ("B", "A") if self.swapped else ("A", "B")
        said = []
        for w in self.answer.weaker if self.answer else ():
            said.append(spoken(w, left, right) + after)
        if self.answer is not None and self.answer.conditions:
            said.append(f"equal given {'; '.join(self.answer.conditions)}{after}")
        if self.witness is not None and not said:
            said.append(f"different as they stand: {self.witness.sentence()}")
        return tuple(said) or ("unknown: neither a relation nor a difference was found",)

    def __str__(self) -> str:
        return "\n".join(self.sentences)

    def _after(self) -> str:
        from derive.plain import write

        shown = ", ".join(map(" := ".join, self.substitution))
        where = "; ".join(map(write, self.restrictions))
        return (f" after {shown}" if shown else "") + (f", where {where}" if where else "")

    @property
    def restrictions(self) -> tuple[Term, ...]:
        """What has to hold beyond what is said of the losses: that a value lies where the symbol
        does that it stands for."""
        said = {*self.first.context.hypotheses(), *self.second.context.hypotheses()}
        return tuple(h for h in self.context.hypotheses() if self.substitution and h not in said)

    @property
    def substitution(self) -> list[tuple[str, str]]:
        """The map in plain spelling, without what stays; a family as its member ``p[j]``."""
        from derive.plain import write

        loss = self.first if self.swapped else self.second
        rows = []
        for name, value in self.mapping:
            hints = loss.context.names[name].hints
            indices = tuple(map(symbol, hints))
            left = Term("member", indices, name) if indices else symbol(name)
            if (instantiate(value, *indices) if indices else value) == left:
                continue
            rows.append((write(left), write(instantiate(value, *indices) if indices else value)))
        return rows

    def data(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON."""
        from derive.plain import write

        graded = self.answer.data() if self.answer else {"weaker": [], "repair": None}
        return {
            "kind": self.kind,
            "first": {"name": self.first.name, "formula": write(self.first.formula)},
            "second": {"name": self.second.name, "formula": write(self.second.formula)},
            "statement": write(self.statement, self.context),
            "substitution": dict(self.substitution),
            "swapped": self.swapped,
            "witness": None if self.witness is None else self.witness.data(),
            "sentences": list(self.sentences),
            **graded,
        }


# -- finding the losses -------------------------------------------------------------------------


def loss_of(value: object, context: Context) -> Loss:
    """A formula in a context, or the last line of a derivation of the catalogue, by its name.

    Raises ReadError for a text that is neither.
    """
    from derive.chain import Script
    from derive.verdicts import side_of as as_term

    if isinstance(value, Script):
        return _last_line(value)
    if isinstance(value, str):
        script = script_named(value, context)
        if script is not None:
            return _last_line(script)
    t = as_term(value, context)
    context.check(t)
    return Loss("", t, context)


def script_named(text: str, context: Context) -> Any:
    """The derivation of that name, when the text is a name and no declared symbol."""
    from derive.catalogue import CatalogueError, entries, find, is_path

    plain = text.strip()
    if is_path(plain) and ".py" in plain:
        return find(plain)
    name = plain.replace("_", "-")
    if plain in context.names or not name.replace("-", "").isalnum():
        return None
    if any(e.name == name for e in entries()):
        return find(name)
    if "-" in plain and not any(part in context.names for part in plain.split("-")):
        find(name)  # says which names are close
        raise CatalogueError(f"there is no derivation {name}")
    return None


def _last_line(script: Any) -> Loss:
    """The right side of the last equation, or affine relation, that a derivation proves."""
    from derive.catalogue import CatalogueError

    for p in reversed(script.run().parts):
        if p.theorem is not None and p.statement.head in ("Eq", "Affine"):
            return Loss(script.name, p.statement.args[1], p.context)
    raise CatalogueError(f"{script.name} ends with no loss; give the formula instead")


# -- relating ------------------------------------------------------------------------------------


def relate(
    a: object, b: object, *, given: str | Context = "", theta: str | tuple[str, ...] = ()
) -> Related:
    """The strongest sense in which two losses are the same that is proved, or a difference.

    ``a`` and ``b`` are names of the catalogue, or formulas (text, terms, SymPy expressions)
    over the symbols that ``given`` declares.  ``theta`` lists what is fitted, for the
    relations in theta; without it every symbol that both have is tried.
    """
    from derive.plain import declare

    context = given if isinstance(given, Context) else declare(given) if given else EMPTY
    first, second = loss_of(a, context), loss_of(b, context)
    names = theta if isinstance(theta, tuple) else _names(theta)
    attempts = list(islice(_attempts(first, second), MOST_LOOKS))
    for attempt in attempts:
        found = _equal(first, second, attempt)
        if found is not None:
            return found
    if not attempts or attempts[0].mapping:
        # Side by side, each with its own symbols, they can always be compared.
        made = _side_by_side(first, _apart(second, first.context), ())
        assert made is not None
        attempts.append(_Attempt(*made, (), False))
    graded = [_graded(first, second, a, names) for a in attempts[:MOST_GRADED]]
    return min(graded, key=lambda r: KINDS.index(r.kind))


class _Attempt(NamedTuple):
    """``left = right`` in one context, after a substitution."""

    context: Context
    statement: Term
    mapping: tuple[tuple[str, Term], ...]
    swapped: bool


def _apart(loss: Loss, other: Context) -> Loss:
    """The loss with names of its own, where the other context has declared them already."""
    context, values = EMPTY, dict[str, Term]()
    for entry in loss.context.entries():
        if isinstance(entry, Hypothesis):
            context = context.assume(substitute(entry.statement, values))
            continue
        name = fresh(entry.name + "_", {*context.names, *other.names})
        indices = tuple(substitute(d, values) for d in entry.indices)
        context = context.declare(name, substitute(entry.domain, values), indices, entry.hints)
        values[entry.name] = member_of(context.names[name])
    return Loss(loss.name, substitute(loss.formula, values), context)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _attempts(first: Loss, second: Loss) -> Iterator[_Attempt]:
    """The losses as they stand, then after substitutions, the plainest first."""
    plain = _side_by_side(first, second, ())
    if plain is not None:
        yield _Attempt(*plain, (), False)
    shared = first.context is second.context
    for swapped in (False, True):
        left, right = (second, first) if swapped else (first, second)
        sides = (left.context, left.formula, right.context, right.formula)
        for choice in substitutions(*sides, shared):
            made = _side_by_side(left, right, choice.mapping)
            if made is not None:
                yield _Attempt(*made, choice.mapping, swapped)


_Made = tuple[Context, Term]


def _side_by_side(left: Loss, right: Loss, mapping: tuple[tuple[str, Term], ...]) -> _Made | None:
    """``left = right`` with values for the symbols of the right loss, in one context."""
    values = dict(mapping)
    context = left.context
    if right.context is left.context:
        if not all(_stays_true(context, entry, values) for entry in context.entries()):
            return None
    else:
        for entry in right.context.entries():
            try:
                context = _with(context, entry, values, left.context)
            except ContextError:
                return None
    t = Term("Eq", (left.formula, substitute(right.formula, values)))
    try:
        context.check_statement(t)
    except ContextError:
        return None
    return context, t


def _with(
    context: Context, entry: Declaration | Hypothesis, values: dict[str, Term], own: Context
) -> Context:
    """The context with one more entry of the other loss, said of the values."""
    if isinstance(entry, Hypothesis):
        s = substitute(entry.statement, values)
        if context.knows(s) or _follows(context, s):
            return context
        if any(_is_link(values[name]) for name in entry.statement.free & values.keys()):
            raise ContextError(f"{s} does not follow")
        return context.assume(s)
    if entry.name in values:
        return _narrowed(context, entry, values)
    if entry.name in own.names:
        if own.names[entry.name][1:3] != entry[1:3]:
            raise ContextError(f"{entry.name} is declared in two ways")
        return context
    indices = tuple(substitute(d, values) for d in entry.indices)
    return context.declare(entry.name, substitute(entry.domain, values), indices, entry.hints)


def _stays_true(context: Context, entry: Declaration | Hypothesis, values: dict[str, Term]) -> bool:
    """Whether what is said of symbols follows for the values that stand for them: a loss on
    (2, 3) says nothing at a value in (0, 1)."""
    if isinstance(entry, Declaration):
        return entry.name not in values or _follows(context, _lies(entry, values))
    if entry.statement.free.isdisjoint(values):
        return True
    s = substitute(entry.statement, values)
    return context.knows(s) or _follows(context, s)


def _narrowed(context: Context, entry: Declaration, values: dict[str, Term]) -> Context:
    """The context in which the value lies where the symbol was declared."""
    s = _lies(entry, values)
    return context if _follows(context, s) else context.assume(s)


def _lies(entry: Declaration, values: dict[str, Term]) -> Term:
    """That the value lies where the symbol was declared, for all indices."""
    s = Term("In", (values[entry.name], substitute(entry.domain, values)))
    for k in reversed(range(len(entry.indices))):
        domain = substitute(entry.indices[k], values)
        s = Term("ForAll", (s, domain), None, entry.hints[k : k + 1])
    return s


def _is_link(value: Term) -> bool:
    """Whether a value is more than another name."""
    return value.head not in ("symbol", "member")


def _follows(context: Context, s: Term) -> bool:
    """Whether the context implies a statement, for every value of its indices."""
    return prove(Facts(), *opened(context, s)) is not None


def _equal(first: Loss, second: Loss, attempt: _Attempt) -> Related | None:
    """That the losses are equal after a substitution, if that is proved."""
    context, s, mapping, swapped = attempt
    if refutable(context, s, 16):
        return None
    verdict = decide(context, s)
    if verdict.verdict != "proved":
        return None
    found = Related("exact", first, second, s, context, mapping, swapped, verdict.theorem)
    return found._replace(kind="substitution") if found.substitution else found


def _graded(first: Loss, second: Loss, attempt: _Attempt, theta: tuple[str, ...]) -> Related:
    """What holds between losses that are not equal."""
    context, s, mapping, swapped = attempt
    verdict = decide(context, s)
    found = graded(verdict, theta, general=True)
    if mapping:
        # That one loss falls where the other grows says little once symbols were renamed.
        found = found._replace(weaker=tuple(w for w in found.weaker if w.kind != "negative"))
    theorem = found.weaker[0].theorem if found.weaker else None
    kind = _kind(verdict, found)
    return Related(
        kind, first, second, s, context, mapping, swapped, theorem, verdict.witness, found
    )


def _kind(verdict: Verdict, found: Graded) -> str:
    kinds = {"offset": "affine"}
    if found.weaker:
        names = [kinds.get(w.kind, w.kind) for w in found.weaker]
        return min(names, key=KINDS.index)
    if found.conditions:
        return "condition"
    return "different" if verdict.witness is not None else "unknown"


__all__ = ["KINDS", "Loss", "Related", "loss_of", "relate"]
