"""A second checker: replays a certificate with nothing but the standard library.

It shares no code with the rest of the project.  It reads a certificate and a ledger, both
JSON (``docs/certificate.md``), makes every step again by its own reading of what the
inferences mean, trusts no rule that is not in the ledger it is given, and then evaluates
what every step states at random points with its own interval arithmetic.

    python recheck.py CERTIFICATE --axioms LEDGER

Exit status 0: every step follows.  1: refused, with a sentence.  2: a file is unreadable.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple, NoReturn

# Limits against certificates that want to keep us busy, not to be checked.
DEEPEST, LARGEST_TERM, LARGEST_TEXT, MOST_STEPS = 150, 200_000, 2_000_000, 200_000
LARGEST_EXPONENT, MOST_MONOMIALS, MOST_PRODUCTS = 64, 60_000, 400_000
MOST_TURNS, MOST_NODES, POINTS, TRIES = 12, 4_000, 5, 60


class Refused(Exception):  # noqa: N818  # a plain word reads better
    """A step that does not follow; the sentence says why."""


class Unreadable(Exception):  # noqa: N818  # a plain word reads better
    """A certificate or a ledger that is not of the format."""


class Report(NamedTuple):
    """What a check found: ``code`` is 0 (follows), 1 (refused) or 2 (unreadable)."""

    code: int
    sentence: str
    steps: int = 0
    evaluated: int = 0
    skipped: int = 0
    functions: tuple[str, ...] = ()
    axioms: tuple[str, ...] = ()
    same_ledger: bool = True

    @property
    def ok(self) -> bool:
        return self.code == 0


def need(condition: object, sentence: str) -> None:
    """Refuse unless the condition holds."""
    if not condition:
        raise Refused(sentence)


# -- terms -----------------------------------------------------------------------------------------
# Every node exists once, so that equal terms are identical and comparing them costs nothing.
# ``op`` is num, sym, mem (a family's member), var (binders between it and its own) or app.

BINDERS = (
    "Sum", "Product", "Integral", "Expectation", "Derivative", "softmax", "logsumexp", "ForAll",
    "Family",
)  # fmt: skip


class Node:
    """One node of a term; ``open`` is one more than its largest unbound variable."""

    __slots__ = ("depth", "kids", "label", "names", "op", "open", "size")

    def __init__(self, op: str, label: Any, kids: tuple[Node, ...]) -> None:
        self.op, self.label, self.kids = op, label, kids
        self.size: int = 1 + sum(k.size for k in kids)
        self.depth: int = 1 + max((k.depth for k in kids), default=0)
        need(self.size <= LARGEST_TERM and self.depth <= DEEPEST, "a term is too large")
        self.names: frozenset[str] = frozenset((label,) if op in ("sym", "mem") else ())
        self.names = self.names.union(*(k.names for k in kids))
        self.open = label + 1 if op == "var" else 0
        for place, kid in enumerate(kids):
            self.open = max(self.open, kid.open - (1 if self.binds(place) else 0))

    def binds(self, place: int) -> bool:
        """Whether the argument at a place stands under a variable of this node."""
        return place == 0 and self.op == "app" and self.label in BINDERS


_nodes: dict[tuple[str, Any, tuple[Node, ...]], Node] = {}


def node(op: str, label: Any, *kids: Node) -> Node:
    """The one node with this label and these arguments."""
    key = op, label, kids
    if key not in _nodes:
        _nodes[key] = Node(op, label, kids)
    return _nodes[key]


def num(value: Fraction | int) -> Node:
    return node("num", Fraction(value))


def sym(name: str) -> Node:
    return node("sym", name)


def app(head: str, *kids: Node) -> Node:
    return node("app", head, *kids)


def var(k: int) -> Node:
    return node("var", k)


def head(t: Node) -> str:
    """The name of the function; empty for numbers, symbols, members and variables."""
    return str(t.label) if t.op == "app" else ""


def minus(a: Node, b: Node) -> Node:
    return app("Add", a, app("Neg", b))


def belongs_to(t: Node, domain: Node) -> Node:
    return app("In", t, domain)


Change = Callable[[Node, int], "Node | None"]


def changed(t: Node, change: Change) -> Node:
    """The term with ``change(part, binders passed)`` for every part where it is not None."""
    known: dict[tuple[Node, int], Node] = {}

    def go(u: Node, depth: int) -> Node:
        key = u, depth
        if key not in known:
            new = change(u, depth)
            if new is None:
                kids = (go(k, depth + u.binds(place)) for place, k in enumerate(u.kids))
                new = node(u.op, u.label, *kids)
            known[key] = new
        return known[key]

    return go(t, 0)


def lift(t: Node, by: int) -> Node:
    """The term below ``by`` more binders."""

    def change(u: Node, depth: int) -> Node | None:
        if u.open <= depth:
            return u
        return var(u.label + by) if u.op == "var" else None

    return changed(t, change) if by else t


def fill(t: Node, *values: Node) -> Node:
    """Values for the outermost open variables, the first value for the outermost one."""

    def change(u: Node, depth: int) -> Node | None:
        if u.open <= depth:
            return u
        if u.op != "var":
            return None
        k = len(values) - 1 - (u.label - depth)
        return lift(values[k], depth) if k >= 0 else var(u.label - len(values))

    return changed(t, change)


def close(t: Node, names: list[str]) -> Node:
    """Open variables instead of symbols, the first name becoming the outermost one."""

    def change(u: Node, depth: int) -> Node | None:
        if u.op == "var" and u.label >= depth:
            return var(u.label + len(names))
        if u.op == "sym" and u.label in names:
            return var(depth + len(names) - 1 - names.index(u.label))
        need(u.op != "mem" or u.label not in names, f"the family {u.label} cannot be bound")
        return None

    return changed(t, change)


def swap(t: Node, values: dict[str, Node]) -> Node:
    """Values for symbols and families at once; that of a family is open in its indices."""

    def change(u: Node, depth: int) -> Node | None:
        if u.names.isdisjoint(values):
            return u
        if u.op == "sym":
            return lift(values[u.label], depth)
        if u.op == "mem" and u.label in values:
            inner = tuple(changed(k, lambda v, d: change(v, d + depth)) for k in u.kids)
            return fill(values[u.label], *inner)
        return None

    return changed(t, change)


def put(t: Node, path: tuple[int, ...], new: Node) -> Node:
    """The term with another one at a place."""
    if not path:
        return new
    kids = list(t.kids)
    kids[path[0]] = put(kids[path[0]], path[1:], new)
    return node(t.op, t.label, *kids)


def show(t: Node) -> str:
    """A term for a sentence, at most a line of it."""
    if t.op == "num":
        text = str(t.label)
    elif t.op == "var":
        text = f"#{t.label}"
    elif t.op == "sym":
        text = t.label
    else:
        inner = " ".join((t.label, *map(show, t.kids[:8])))
        text = f"[{inner}]" if t.op == "mem" else f"({inner})"
    return text if len(text) < 160 else text[:150] + " ..."


# -- reading terms ---------------------------------------------------------------------------------

_PIECE = re.compile(r'\s*(?:([()\[\]])|("(?:[^"\\]|\\.)*")|([^\s()\[\]"]+))')
_EXACT = re.compile(r"-?[0-9]+(?:/[0-9]+)?\Z")
_NAME = re.compile(r"[^\W\d][\w.']*\Z")


class Text:
    """The words of one term, read from left to right."""

    def __init__(self, text: Any, table: list[Node]) -> None:
        if not isinstance(text, str) or len(text) > LARGEST_TEXT:
            raise Unreadable(f"{str(text)[:60]!r} is not the text of a term")
        self.words: list[str] = []
        self.table, self.at, end = table, 0, 0
        text = text.rstrip()
        while end < len(text):
            found = _PIECE.match(text, end)
            if found is None:
                raise Unreadable(f"{text[end : end + 40]!r} is no part of a term")
            self.words.append(found.group(1) or found.group(2) or found.group(3))
            end = found.end()

    def next(self) -> str:
        self.at += 1
        if self.at > len(self.words):
            raise Unreadable(f"the term {' '.join(self.words)[:60]!r} is not complete")
        return self.words[self.at - 1]

    def name(self) -> str:
        return self.as_name(self.next())

    @staticmethod
    def as_name(word: str) -> str:
        if word.startswith('"'):
            try:
                return str(json.loads(word))
            except ValueError:
                raise Unreadable(f"{word} is no name") from None
        if not _NAME.match(word):
            raise Unreadable(f"{word!r} is no name")
        return word

    def whole(self, scope: tuple[str, ...]) -> Node:
        """The term, behind which nothing stands; ``(fun (i) body)`` is open in i."""
        if self.words[:2] == ["(", "fun"] and not scope:
            self.at = 1
            t = self.function()
        else:
            t = self.term(scope, 0)
        if self.at != len(self.words):
            raise Unreadable(f"something stands behind {' '.join(self.words[: self.at])[-60:]!r}")
        return t

    def function(self) -> Node:
        """What follows ``(`` in ``(fun (i j) body)``."""
        if self.next() != "fun" or self.next() != "(":
            raise Unreadable("expected (fun (names) body)")
        names: list[str] = []
        while (word := self.next()) != ")":
            names.append(self.as_name(word))
        t = self.term(tuple(names), 0)
        if self.next() != ")":
            raise Unreadable("a function has one body")
        return t

    def term(self, scope: tuple[str, ...], depth: int) -> Node:
        if depth > DEEPEST:
            raise Unreadable("a term is nested too deeply")
        word = self.next()
        if word == "[":
            return node("mem", self.name(), *self.many(scope, 0, "]", depth))
        if word == "(":
            return self.applied(scope, depth)
        if _EXACT.match(word):
            return num(exact(word))
        if word.startswith("$"):
            k = int(word[1:]) if word[1:].isdecimal() and len(word) < 9 else 0
            if not 0 < k <= len(self.table):
                raise Unreadable(f"{word} does not stand in the table of terms")
            return self.table[k - 1]
        name = self.as_name(word)
        return var(scope[::-1].index(name)) if name in scope else sym(name)

    def applied(self, scope: tuple[str, ...], depth: int) -> Node:
        label = self.name()
        if label == "fun" and not scope:
            self.at -= 1
            return self.function()
        if label in BINDERS:
            inner = (*scope, self.name())
            first = self.term(inner, depth + 1)
            return app(label, first, *self.many(scope, 0, ")", depth))
        return app(label, *self.many(scope, 0, ")", depth))

    def many(self, scope: tuple[str, ...], least: int, end: str, depth: int) -> list[Node]:
        found: list[Node] = []
        while self.at < len(self.words) and self.words[self.at] != end:
            found.append(self.term(scope, depth + 1))
        if self.next() != end or len(found) < least:
            raise Unreadable(f"{end} is missing")
        return found


def exact(text: Any) -> Fraction:
    """An exact number.  Raises Unreadable."""
    if not isinstance(text, str) or not _EXACT.match(text) or len(text) > 4000:
        raise Unreadable(f"{str(text)[:40]!r} is no exact number")
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise Unreadable(f"{text} divides by 0") from None


# -- functions and domains -------------------------------------------------------------------------

#: Strict functions: how many arguments (-1: some), and whether they are defined everywhere.
FUNCTIONS: dict[str, tuple[int, bool]] = {
    **dict.fromkeys(("Add", "Mul", "Max", "Min"), (-1, True)),
    **dict.fromkeys(("Neg", "exp", "Abs", "sign", "floor", "sigmoid", "softplus"), (1, True)),
    **dict.fromkeys(("sin", "cos", "atan", "sinh", "cosh", "tanh", "erf"), (1, True)),
    **dict.fromkeys(("log", "log_2", "gamma", "loggamma", "digamma", "factorial"), (1, False)),
    **dict.fromkeys(("Div", "Pow", "log_b", "binomial", "beta", "xlogy"), (2, False)),
    **dict.fromkeys(("besseli", "besselk"), (2, False)),
    "KroneckerDelta": (2, True),
    "E": (0, True),
    "pi": (0, True),
    "oo": (0, False),
}
COMPARISONS = ("Eq", "Ne", "Le", "Lt")
RELATIONS = ("Affine", "SameOrder", "SameArgmin", "Argmin", "SameGradient")
RANGED = ("Sum", "Product", "softmax", "logsumexp")
#: How many arguments a domain has; -1 for any number.
DOMAINS = {
    **dict.fromkeys(("Real", "Integer", "Partial", "Positive", "Nonnegative", "Unit"), 0),
    **dict.fromkeys(("Natural", "Natural0", "Bit"), 0),
    **dict.fromkeys(("Open", "Closed", "LeftOpen", "RightOpen", "Range"), 2),
    "FiniteSet": -1,
}
INTERVALS = ("Open", "Closed", "LeftOpen", "RightOpen")
_ARITY = {"Derivative": (2, 3), "softmax": (4,), "Expectation": (2,), "ForAll": (2,)}


def run_of(t: Node) -> Node | None:
    """Where the variable of a finite binder runs, as a domain."""
    return app("Range", *t.kids[1:3]) if head(t) in RANGED and len(t.kids) >= 3 else None


def is_infinite(t: Node) -> bool:
    return head(t) == "oo" or (head(t) == "Neg" and len(t.kids) == 1 and head(t.kids[0]) == "oo")


def ends(domain: Node) -> tuple[Node | None, Node | None, bool, bool] | None:
    """The ends of an interval, None for no end, and whether each belongs to it."""
    kind = head(domain)
    if kind in ("Real", "Positive", "Nonnegative", "Unit"):
        low = None if kind == "Real" else num(0)
        return low, num(1) if kind == "Unit" else None, kind == "Nonnegative", False
    if kind not in INTERVALS:
        return None
    low, high = domain.kids
    return (
        None if head(low) == "Neg" and is_infinite(low) else low,
        None if head(high) == "oo" else high,
        kind in ("Closed", "RightOpen"),
        kind in ("Closed", "LeftOpen"),
    )


def listed(domain: Node) -> tuple[Node, ...]:
    """The members of a finite set that is written out."""
    if head(domain) == "Bit":
        return num(0), num(1)
    if head(domain) == "FiniteSet":
        return domain.kids
    if head(domain) == "Range" and all(k.op == "num" for k in domain.kids):
        low, high = (k.label for k in domain.kids)
        if low.denominator == high.denominator == 1 and high - low < 64:
            return tuple(num(k) for k in range(int(low), int(high) + 1))
    return ()


def promised(domain: Node, t: Node) -> tuple[Node, ...]:
    """The statements that membership in a domain gives."""
    kind, whole, found = head(domain), belongs_to(t, app("Integer")), ends(domain)
    if found:
        low, high, low_in, high_in = found
        bounds = []
        if low is not None:
            bounds.append(app("Le" if low_in else "Lt", low, t))
        if high is not None:
            bounds.append(app("Le" if high_in else "Lt", t, high))
        return tuple(bounds) or (belongs_to(t, app("Real")),)
    if kind in ("Integer", "Natural", "Natural0"):
        least = {"Natural": (num(1),), "Natural0": (num(0),)}.get(kind, ())
        return (whole, *(app("Le", k, t) for k in least))
    if kind == "Range":
        return whole, app("Le", domain.kids[0], t), app("Le", t, domain.kids[1])
    members = listed(domain)
    if not members or any(k.op != "num" for k in members):
        return ()
    values = [k.label for k in members]
    bounds = [app("Le", num(min(values)), t), app("Le", t, num(max(values)))]
    return (*((whole,) if all(v.denominator == 1 for v in values) else ()), *bounds)


def opposite(condition: Node) -> Node | None:
    """The comparison that holds exactly where this one of defined terms does not."""
    if head(condition) not in COMPARISONS:
        return None
    a, b = condition.kids
    kind = head(condition)
    if kind in ("Eq", "Ne"):
        return app("Ne" if kind == "Eq" else "Eq", a, b)
    return app("Le" if kind == "Lt" else "Lt", b, a)


# -- contexts --------------------------------------------------------------------------------------


class Declared(NamedTuple):
    name: str
    domain: Node
    indices: tuple[Node, ...]
    law: Node | None
    definition: Node | None


class Assumed(NamedTuple):
    statement: Node


class Scope:
    """A context: a longer list of entries than its parent's, by one."""

    __slots__ = ("children", "declared", "depth", "entry", "parent")

    def __init__(self, parent: Scope | None = None, entry: Declared | Assumed | None = None):
        self.parent, self.entry = parent, entry
        self.depth: int = parent.depth + 1 if parent else 0
        self.children: dict[Declared | Assumed, Scope] = {}
        self.declared: dict[str, Declared] = dict(parent.declared) if parent else {}
        if isinstance(entry, Declared):
            self.declared[entry.name] = entry

    def add(self, entry: Declared | Assumed) -> Scope:
        """The context with one more entry, which must make sense in it."""
        if entry in self.children:
            return self.children[entry]
        if isinstance(entry, Declared):
            need(entry.name not in self.declared, f"{entry.name} is declared twice")
            for k, domain in enumerate((*entry.indices, entry.domain)):
                self.domain(domain, k)
            if entry.definition is not None:
                self.term(entry.definition, len(entry.indices))
        else:
            self.statement(entry.statement, 0)
        self.children[entry] = Scope(self, entry)
        return self.children[entry]

    def above(self, other: Scope) -> list[Scope] | None:
        """The contexts from behind ``other`` to this one, or None when it is no beginning."""
        found: list[Scope] = []
        at: Scope | None = self
        while at is not None and at is not other:
            found.append(at)
            at = at.parent
        return None if at is None else found[::-1]

    def entries(self) -> list[Declared | Assumed]:
        found = []
        at: Scope | None = self
        while at is not None and at.entry is not None:
            found.append(at.entry)
            at = at.parent
        return found[::-1]

    def term(self, t: Node, free: int = 0) -> None:
        """Names are declared, and everything has the right number of arguments."""
        need(t.open <= free, f"a bound variable of {show(t)} stands outside its binder")
        checked: set[Node] = set()
        todo = [t]
        while todo:
            u = todo.pop()
            if u in checked:
                continue
            checked.add(u)
            kids: tuple[Node, ...] = u.kids
            if u.op in ("sym", "mem"):
                need(u.label in self.declared, f"{u.label} is not declared")
                wanted = len(self.declared[u.label].indices)
                need(wanted == len(kids), f"{u.label} takes {wanted} indices, not {len(kids)}")
            elif u.op == "app":
                kids = self.parts(u)
            todo.extend(kids)

    def parts(self, u: Node) -> tuple[Node, ...]:
        """The arguments of an application that are terms; ``oo`` is only an end."""
        kind, count = head(u), len(u.kids)
        need(kind != "oo", "oo is no number; it only ends an interval or an integral")
        if kind in FUNCTIONS:
            wanted = FUNCTIONS[kind][0]
            need(count == wanted or (wanted < 0 < count), f"{kind} with {count} arguments")
        elif kind in DOMAINS:
            need(DOMAINS[kind] in (count, -1), f"the domain {kind} with {count} arguments")
        elif kind in COMPARISONS:
            need(count == 2, f"{kind} compares two terms")
        elif kind in BINDERS:
            need(count in _ARITY.get(kind, (3,)), f"{kind} with {count} arguments")
        may_end = INTERVALS if kind in INTERVALS else ("Integral",)
        if kind in may_end:
            return tuple(k for k in u.kids if not is_infinite(k))
        return u.kids

    def domain(self, d: Node, free: int) -> None:
        need(head(d) in DOMAINS, f"{show(d)} is no domain")
        self.term(d, free)

    def statement(self, s: Node, free: int) -> None:
        kind = head(s)
        if kind == "ForAll":
            need(len(s.kids) == 2, "ForAll has a statement and a domain")
            self.domain(s.kids[1], free)
            self.statement(s.kids[0], free + 1)
        elif kind in RELATIONS:
            need(len(s.kids) > 2, f"{show(s)} is no relation in theta")
            for t in s.kids[2:]:
                need(t.op == "sym" and t.label in self.declared, f"{show(t)} is not declared")
            for k, t in enumerate(s.kids[:2]):
                self.term(t, free + 1 if kind == "Argmin" and k == 1 else free)
        elif kind == "In":
            need(len(s.kids) == 2, "In has a term and a domain")
            self.term(s.kids[0], free)
            self.domain(s.kids[1], free)
        else:
            need(kind in (*COMPARISONS, "And", "Or", "Not", "True"), f"{show(s)} is no statement")
            self.term(s, free)


def mentioned(entry: Declared | Assumed) -> frozenset[str]:
    """The names that an entry constrains, apart from the one it declares."""
    if isinstance(entry, Assumed):
        return entry.statement.names
    found = entry.domain.names.union(*(d.names for d in entry.indices))
    return found if entry.definition is None else found | entry.definition.names


# -- what the inferences have in common ------------------------------------------------------------


class Fact(NamedTuple):
    """A step that was checked: its statement holds at every point of its context."""

    scope: Scope
    says: Node


Conclusion = tuple[Scope, Node]


def wider(*facts: Fact) -> Scope:
    """The longest of the contexts, of which all the others are beginnings."""
    need(facts, "a premise is missing")
    longest = max((f.scope for f in facts), key=lambda scope: scope.depth)
    for f in facts:
        carried(f, longest)
    return longest


def carried(fact: Fact, scope: Scope) -> None:
    """The fact also holds in a longer context: a relation only if theta is not narrowed."""
    later = scope.above(fact.scope)
    need(later is not None, f"{show(fact.says)} stands in another context")
    if head(fact.says) in RELATIONS:
        theta = {t.label for t in fact.says.kids[2:]}
        for s in later or ():
            need(s.entry is not None and theta.isdisjoint(mentioned(s.entry)),
                 f"a later entry narrows the domain of {sorted(theta)}")  # fmt: skip


def shared(a: Scope, b: Scope) -> Scope:
    """The longest common beginning."""
    mine = {id(a)}
    at: Scope | None = a
    while at is not None:
        mine.add(id(at))
        at = at.parent
    while id(b) not in mine and b.parent is not None:
        b = b.parent
    return b


def proves(fact: Fact, scope: Scope, wanted: Node) -> None:
    """The fact says this in the context; each ForAll is a variable that the fact declares."""
    whole = wanted
    for s in fact.scope.above(shared(fact.scope, scope)) or ():
        entry = s.entry
        need(
            isinstance(entry, Declared)
            and not entry.indices
            and entry.definition is None
            and head(wanted) == "ForAll"
            and wanted.kids[1] is entry.domain
            and entry.name not in scope.declared,
            f"a proof of {show(whole)} uses more than its context",
        )
        assert isinstance(entry, Declared)
        wanted = fill(wanted.kids[0], sym(entry.name))
    need(fact.says is wanted, f"expected a proof of {show(whole)}, got {show(fact.says)}")


def subject(fact: Fact) -> Node:
    """The term that a membership says is defined."""
    s = fact.says
    need(head(s) == "In" and head(s.kids[1]) != "Partial", f"{show(s)} is no membership")
    return s.kids[0]


def defined_sides(fact: Fact) -> tuple[Node, ...]:
    s = fact.says
    if head(s) in COMPARISONS:
        return s.kids
    return s.kids[:1] if head(s) == "In" and head(s.kids[1]) != "Partial" else ()


def without(fact: Fact, added: Node | None) -> Scope:
    """The context of a fact without its last hypothesis, which is the one expected."""
    scope = fact.scope
    last = isinstance(scope.entry, Assumed) and scope.entry.statement is added
    need(added is not None and last, f"{show(fact.says)} is not proved under its own case")
    need(not about_theta(fact.says), "a relation in theta is not proved by cases")
    assert scope.parent is not None
    return scope.parent


def about_theta(s: Node) -> bool:
    while head(s) == "ForAll":
        s = s.kids[0]
    return head(s) in RELATIONS


def chosen(fact: Fact) -> tuple[Scope, Declared, Node]:
    """The context before a variable and a hypothesis on it, and these two."""
    last, before = fact.scope.entry, fact.scope.parent
    need(isinstance(last, Assumed) and before is not None, "a hypothesis is missing")
    assert isinstance(last, Assumed)
    assert before is not None
    entry = before.entry
    good = isinstance(entry, Declared) and not entry.indices and entry.definition is None
    need(good, f"{show(fact.says)} is not proved for any number")
    assert isinstance(entry, Declared)
    assert before.parent is not None
    return before.parent, entry, last.statement


def place(
    root: Node, path: tuple[int, ...], outer: Scope, inner: Scope, inside: list[Fact]
) -> tuple[Node, list[str]]:
    """The term at a path, with the names that ``inner`` gives to the variables passed."""
    ahead = inner.above(outer)
    need(ahead is not None, "the equation stands in another context")
    left, names = list(ahead or ()), list[str]()
    for k in path:
        need(k < len(root.kids), f"{show(root)} has no part {k}")
        child = root.kids[k]
        if root.binds(k):
            need(left, f"the variable of {show(root)} is not declared")
            names.append(enter(root, left.pop(0), inside))
            child = fill(child, sym(names[-1]))
        elif head(root) == "Piecewise" and k % 2 == 0 and k + 1 < len(root.kids):
            allowed = [opposite(c) for c in root.kids[1:k:2]] + [root.kids[k + 1]]
            while left and isinstance(left[0].entry, Assumed):
                need(left.pop(0).entry.statement in allowed, "that is not the branch's condition")  # type: ignore[union-attr]
        root = child
    need(not left and not inside, "something given is not needed on the path")
    return root, names


def enter(binder: Node, scope: Scope, inside: list[Fact]) -> str:
    """The last entry of the context declares the variable of a binder; its name."""
    entry, outer, run = scope.entry, scope.parent, run_of(binder)
    good = isinstance(entry, Declared) and not entry.indices and entry.definition is None
    need(good and outer is not None, f"{show(binder)} needs a variable")
    assert isinstance(entry, Declared)
    assert outer is not None
    if run is not None:
        need(entry.domain is run, f"{entry.name} does not run where {show(binder)} does")
        return entry.name
    need(head(binder) == "Derivative" and len(binder.kids) == 2, f"nothing enters {head(binder)}")
    found = ends(entry.domain)
    need(found and not found[2] and not found[3], "below a derivative an open interval is needed")
    need(inside, "a proof that the point is interior is missing")
    point = inside.pop(0)
    need(outer.above(point.scope) is not None, "the point depends on the variable")
    proves(point, outer, belongs_to(binder.kids[1], entry.domain))
    return entry.name


# -- polynomials -----------------------------------------------------------------------------------
# A monomial is a sorted tuple of the numbers of its atoms, each as often as it occurs; a
# fraction is a polynomial over a bag of divisors, none of which can be 0 where the term is
# defined.  Sums take the least common bag.

Poly = dict[tuple[int, ...], Fraction]


class Algebra:
    """Terms as rational functions of the parts that are no sums, products or quotients."""

    def __init__(self) -> None:
        self.atoms: dict[Node, int] = {}
        self.spent = 0
        self.known: dict[Node, tuple[Poly, Counter[int]]] = {}
        self.divisors: list[Poly] = []

    def times(self, a: Poly, b: Poly) -> Poly:
        self.spent += len(a) * len(b)
        need(self.spent <= MOST_PRODUCTS, "multiplying out takes too long")
        out: Poly = {}
        for m, c in a.items():
            for n, d in b.items():
                key = tuple(sorted(m + n)) if m and n else m or n
                out[key] = out.get(key, Fraction(0)) + c * d
        need(len(out) <= MOST_MONOMIALS, "a polynomial has too many terms")
        return {m: c for m, c in out.items() if c}

    def divisor(self, p: Poly) -> int:
        if p not in self.divisors:
            self.divisors.append(p)
        return self.divisors.index(p)

    def over(self, p: Poly, more: Counter[int]) -> Poly:
        for k in sorted(more.elements()):
            p = self.times(p, self.divisors[k])
        return p

    def add(
        self, a: tuple[Poly, Counter[int]], b: tuple[Poly, Counter[int]], sign: int = 1
    ) -> tuple[Poly, Counter[int]]:
        bag = a[1] | b[1]
        out = dict(self.over(a[0], bag - a[1]))
        for m, c in self.over(b[0], bag - b[1]).items():
            out[m] = out.get(m, Fraction(0)) + sign * c
        return {m: c for m, c in out.items() if c}, bag

    def read(self, t: Node) -> tuple[Poly, Counter[int]]:
        if t not in self.known:
            self.known[t] = self.fresh(t)
        return self.known[t]

    def fresh(self, t: Node) -> tuple[Poly, Counter[int]]:
        kind = head(t)
        if t.op == "num":
            return ({(): t.label} if t.label else {}), Counter()
        if kind == "Neg":
            p, bag = self.read(t.kids[0])
            return {m: -c for m, c in p.items()}, bag
        if kind == "Add":
            total = self.read(t.kids[0])
            for kid in t.kids[1:]:
                total = self.add(total, self.read(kid))
            return total
        if kind == "Mul":
            p, bag = {(): Fraction(1)}, Counter[int]()
            for kid in t.kids:
                q, more = self.read(kid)
                p, bag = self.times(p, q), bag + more
            return p, bag
        if kind == "Div":
            return self.divided(self.read(t.kids[0]), self.read(t.kids[1]))
        if kind == "Pow" and t.kids[1].op == "num" and t.kids[1].label.denominator == 1:
            e = int(t.kids[1].label)
            if abs(e) <= LARGEST_EXPONENT:
                return self.power(self.read(t.kids[0]), e)
        return {(self.atoms.setdefault(t, len(self.atoms)),): Fraction(1)}, Counter()

    def divided(
        self, a: tuple[Poly, Counter[int]], b: tuple[Poly, Counter[int]]
    ) -> tuple[Poly, Counter[int]]:
        common = a[1] & b[1]
        bag = a[1] - common
        rest = self.over(a[0], b[1] - common)
        if len(b[0]) == 1 and () in b[0]:
            return {m: c / b[0][()] for m, c in rest.items()}, bag
        return rest, bag + Counter([self.divisor(b[0])])

    def power(self, a: tuple[Poly, Counter[int]], e: int) -> tuple[Poly, Counter[int]]:
        one: tuple[Poly, Counter[int]] = ({(): Fraction(1)}, Counter())
        p, bag = one
        for _ in range(abs(e)):
            p, bag = self.times(p, a[0]), bag + a[1]
        return (p, bag) if e >= 0 else self.divided(one, (p, bag))


def same_value(a: Node, b: Node) -> bool:
    """Whether two terms are equal as rational functions, multiplied out exactly."""
    if a is b:
        return True
    algebra = Algebra()
    return not algebra.add(algebra.read(a), algebra.read(b), -1)[0]


# -- the inferences --------------------------------------------------------------------------------


class Given(NamedTuple):
    """What a step gives: its arguments by name, its premises and its context."""

    data: dict[str, Any]
    facts: list[Fact]
    scope: Scope
    table: list[Node]
    axioms: dict[str, Fact]

    def term(self, key: str) -> Node:
        t = Text(self.data.get(key), self.table).whole(())
        need(t.open == 0, f"{key} has an open variable")
        return t

    def number(self, key: str) -> int:
        return counts([self.data.get(key)])[0]

    def path(self) -> tuple[int, ...]:
        return counts(self.data.get("path"))

    def name(self, key: str) -> str:
        return texts([self.data.get(key)])[0]

    def take(self, count: int) -> list[Fact]:
        need(len(self.facts) == count, f"{count} premises are needed, not {len(self.facts)}")
        return self.facts


def counts(given: Any) -> tuple[int, ...]:
    if not isinstance(given, list) or not all(type(k) is int and k >= 0 for k in given):
        raise Unreadable(f"{str(given)[:40]} is no list of natural numbers")
    return tuple(given)


def texts(given: Any) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(k, str) for k in given):
        raise Unreadable(f"{str(given)[:40]} is no list of names")
    return tuple(given)


INFERENCES: dict[str, Callable[[Given], Conclusion]] = {}


def inference(check: Callable[[Given], Conclusion]) -> Callable[[Given], Conclusion]:
    INFERENCES[check.__name__.removesuffix("_")] = check
    return check


@inference
def axiom(g: Given) -> Conclusion:
    g.take(0)
    name = g.name("rule")
    need(name in g.axioms, f"the rule {name} is not in the ledger")
    return g.axioms[name]


@inference
def declared(g: Given) -> Conclusion:
    name = g.name("name")
    need(name in g.scope.declared, f"{name} is not declared")
    entry = g.scope.declared[name]
    values: list[Node] = []
    for fact, domain in zip(g.take(len(entry.indices)), entry.indices, strict=True):
        value = subject(fact)
        proves(fact, g.scope, belongs_to(value, fill(domain, *values)))
        values.append(value)
    own = node("mem", name, *values) if values else sym(name)
    return g.scope, belongs_to(own, fill(entry.domain, *values))


@inference
def hypothesis(g: Given) -> Conclusion:
    s, at = g.term("statement"), g.scope
    while not (isinstance(at.entry, Assumed) and at.entry.statement is s):
        need(at.parent is not None, f"{show(s)} is no hypothesis of the context")
        at = at.parent  # type: ignore[assignment]
    carried(Fact(at, s), g.scope)
    for fact in g.facts:
        need(head(s) == "ForAll", f"{show(s)} has no index")
        value = subject(fact)
        proves(fact, g.scope, belongs_to(value, s.kids[1]))
        s = fill(s.kids[0], value)
    need(head(s) != "ForAll", "an index has no value")
    return g.scope, s


@inference
def instance(g: Given) -> Conclusion:
    need(g.facts, "the theorem is missing")
    theorem, left = g.facts[0], list(g.facts[1:])
    given = g.data.get("mapping")
    if not isinstance(given, dict):
        raise Unreadable("an instance has no mapping")
    base = shared(theorem.scope, g.scope)
    while not base.declared.keys().isdisjoint(given):
        assert base.parent is not None
        base = base.parent
    new = [s.entry for s in theorem.scope.above(base) or ()]
    names = {e.name: e for e in new if isinstance(e, Declared)}
    need(names.keys() == given.keys(), f"values are needed for {sorted(names)}")
    values = {x: value_of(Text(given[x], g.table).whole(()), e, g.scope) for x, e in names.items()}
    for entry in new:
        if isinstance(entry, Declared):
            if head(entry.domain) == "Partial":
                continue
            wanted = belongs_to(values[entry.name], swap(entry.domain, values))
            for domain in reversed(entry.indices):
                wanted = app("ForAll", wanted, swap(domain, values))
        else:
            assert entry is not None
            wanted = swap(entry.statement, values)
        need(left, f"a proof of {show(wanted)} is missing")
        proves(left.pop(0), g.scope, wanted)
    need(not left, "there are too many premises")
    if about_theta(theorem.says):
        need(not new, "a relation in theta can only be weakened")
        carried(theorem, g.scope)
    return g.scope, swap(theorem.says, values)


def value_of(value: Node, entry: Declared, scope: Scope) -> Node:
    """What a symbol or a family stands for, open in its indices and well-formed."""
    count = len(entry.indices)
    other = scope.declared.get(value.label) if value.op == "sym" else None
    if count and other is not None and other.indices:
        value = node("mem", value.label, *(var(count - 1 - k) for k in range(count)))
    scope.term(value, count)
    return value


@inference
def side(g: Given) -> Conclusion:
    (fact,) = g.take(1)
    k, sides = g.number("side"), defined_sides(fact)
    need(k < len(sides), f"{show(fact.says)} has no defined side {k}")
    return fact.scope, belongs_to(sides[k], app("Real"))


@inference
def symmetric(g: Given) -> Conclusion:
    (fact,) = g.take(1)
    kind = head(fact.says)
    need(kind in ("Eq", "Ne", *RELATIONS) and kind != "Argmin", f"{kind} is not symmetric")
    a, b, *theta = fact.says.kids
    return fact.scope, app(kind, b, a, *theta)


@inference
def transitive(g: Given) -> Conclusion:
    first, second = g.take(2)
    kinds = {head(first.says), head(second.says)}
    if kinds <= {"Eq", "Le", "Lt"}:
        kind = "Lt" if "Lt" in kinds else "Le" if "Le" in kinds else "Eq"
    else:
        kind = head(first.says)
        need(len(kinds) == 1 and kind in RELATIONS and kind != "Argmin", f"{kinds} do not compose")
    (a, b, *theta), (c, d, *same) = first.says.kids, second.says.kids
    need(b is c and theta == same, "the middle terms differ")
    return wider(first, second), app(kind, a, d, *theta)


@inference
def part(g: Given) -> Conclusion:
    (fact,) = g.take(1)
    path = g.path()
    need(path and path[0] < len(defined_sides(fact)), f"{show(fact.says)} has no such part")
    t = fact.says.kids[path[0]]
    for k in path[1:]:
        strict = head(t) in FUNCTIONS or run_of(t) is not None
        need(strict and k < len(t.kids), f"the parts of {show(t)} need not be defined")
        t = t.kids[k]
    found, _ = place(fact.says, path, fact.scope, g.scope, [])
    return g.scope, belongs_to(found, app("Real"))


@inference
def rewrite(g: Given) -> Conclusion:
    need(len(g.facts) > 1, "a theorem and an equation are needed")
    fact, equation, *inside = g.facts
    path, s = g.path(), fact.says
    need(head(equation.says) == "Eq", f"{show(equation.says)} is no equation")
    shorter = fact.scope.above(equation.scope) is not None
    inner = fact.scope if shorter else equation.scope
    found, names = place(s, path, fact.scope, inner, inside)
    old, new = equation.says.kids
    need(found is old, f"at the path stands {show(found)}, not {show(old)}")
    result = put(s, path, close(new, names))
    if head(s) in RELATIONS:
        theta = {t.label for t in s.kids[2:]}
        depends = [not t.names.isdisjoint(theta) for t in result.kids[:2]]
        need(path and path[0] < 2, "theta itself is not rewritten")
        need(depends == [True, head(s) != "Argmin"], f"{show(result)} does not depend on theta")
        if head(s) == "SameGradient":  # a hypothesis on theta does not hold beside its points
            free = all(theta.isdisjoint(mentioned(e)) for e in inner.entries())
            need(free, "below a gradient no hypothesis on theta may be used")
    return fact.scope, result


@inference
def ring(g: Given) -> Conclusion:
    left, right = g.take(2)
    a, b = subject(left), subject(right)
    need(same_value(a, b), f"{show(a)} and {show(b)} differ as rational functions")
    return wider(left, right), app("Eq", a, b)


@inference
def order(g: Given) -> Conclusion:
    need(len(g.facts) > 1, "both sides must be defined")
    left, right, *known = g.facts
    a, b, total, strict = subject(left), subject(right), [num(0)], False
    given = g.data.get("combination")
    if not isinstance(given, list) or not all(isinstance(x, list) and len(x) == 2 for x in given):
        raise Unreadable("a combination lists numbers and premises")
    for text, factors in given:
        c, used = exact(text), counts(factors)
        need(all(k < len(known) for k in used), "a factor is no premise")
        kinds = [head(known[k].says) for k in used]
        for k, kind in zip(used, kinds, strict=True):
            even = kind == "Ne" and used.count(k) % 2 == 0
            need(even or kind in ("Eq", "Le", "Lt"), f"the sign of {show(known[k].says)} is open")
        need(c > 0 or "Eq" in kinds, f"the coefficient {c} is not positive")
        strict = strict or not ({"Eq", "Le"} & set(kinds))
        total.append(app("Mul", num(c), *(minus(*known[k].says.kids[::-1]) for k in used)))
    relation = g.name("relation")
    need(relation == "Le" or (relation == "Lt" and strict), f"{relation} does not follow")
    need(same_value(minus(b, a), app("Add", *total)), "the difference is another combination")
    return wider(*g.facts), app(relation, a, b)


@inference
def numeral(g: Given) -> Conclusion:
    g.take(0)
    t = g.term("value")
    need(t.op == "num", f"{show(t)} is no number")
    return g.scope, belongs_to(t, app("Integer" if t.label.denominator == 1 else "Real"))


@inference
def total(g: Given) -> Conclusion:
    t = g.term("term")
    count, everywhere = FUNCTIONS.get(head(t), (0, False))
    need(everywhere and count in (-1, len(t.kids)), f"{show(t)} is not defined everywhere")
    need(tuple(map(subject, g.facts)) == t.kids, "the premises are not about the arguments")
    return wider(*g.facts), belongs_to(t, app("Real"))


@inference
def whole(g: Given) -> Conclusion:
    t = g.term("term")
    need(head(t) in ("Add", "Mul", "Neg", "Abs", "Max", "Min"), f"{show(t)} may be a fraction")
    found = [f.says for f in g.facts]
    need(found == [belongs_to(k, app("Integer")) for k in t.kids], "an argument is no integer")
    return wider(*g.facts), belongs_to(t, app("Integer"))


@inference
def belongs(g: Given) -> Conclusion:
    domain, t, scope = g.term("domain"), g.term("term"), wider(*g.facts)
    scope.domain(domain, 0)
    need(head(domain) != "FiniteSet", f"{show(domain)} is not given by its bounds")
    wanted = promised(domain, t)
    need(wanted and [f.says for f in g.facts] == list(wanted), "a bound of the domain is missing")
    return scope, belongs_to(t, domain)


@inference
def element(g: Given) -> Conclusion:
    (fact,) = g.take(1)
    domain = g.term("domain")
    fact.scope.domain(domain, 0)
    good = head(fact.says) == "Eq" and fact.says.kids[1] in listed(domain)
    need(good, f"{show(fact.says)} gives no member of {show(domain)}")
    return fact.scope, belongs_to(fact.says.kids[0], domain)


@inference
def promise(g: Given) -> Conclusion:
    (fact,) = g.take(1)
    k, found = g.number("promise"), promised(fact.says.kids[-1], subject(fact))
    need(k < len(found), f"{show(fact.says)} has no promise {k}")
    return fact.scope, found[k]


@inference
def cases(g: Given) -> Conclusion:
    first, second, *sides = g.take(4)
    condition = g.term("condition")
    scope = without(first, condition)
    need(without(second, opposite(condition)) is scope, "the cases are not opposite")
    need(first.says is second.says, "the cases prove different things")
    for t, fact in zip(condition.kids, sides, strict=True):
        carried(fact, scope)
        need(subject(fact) is t, f"it is not shown that {show(t)} is defined")
    return scope, first.says


@inference
def each(g: Given) -> Conclusion:
    need(len(g.facts) > 1, "cases are missing")
    of, *branches = g.facts
    t, members = subject(of), listed(of.says.kids[1])
    need(len(members) == len(branches), f"{show(of.says)} has {len(members)} cases")
    scope = without(branches[0], app("Eq", t, members[0]))
    for fact, member in zip(branches, members, strict=True):
        need(without(fact, app("Eq", t, member)) is scope, "a case stands in another context")
        need(fact.says is branches[0].says, "the cases prove different things")
    carried(of, scope)
    return scope, branches[0].says


@inference
def absurd(g: Given) -> Conclusion:
    (fact,) = g.take(1)
    kind, goal = head(fact.says), g.term("statement")
    need(kind in COMPARISONS and all(k.op == "num" for k in fact.says.kids), "no absurdity")
    a, b = (k.label for k in fact.says.kids)
    need(not {"Eq": a == b, "Ne": a != b, "Le": a <= b, "Lt": a < b}[kind], "that is true")
    need(not about_theta(goal), "a relation in theta is not proved by absurdity")
    fact.scope.statement(goal, 0)
    return fact.scope, goal


@inference
def branch(g: Given) -> Conclusion:
    t, k = g.term("term"), g.number("branch")
    need(head(t) == "Piecewise" and 2 * k + 1 < len(t.kids), f"{show(t)} has no branch {k}")
    need(g.facts, "the value must be defined")
    scope = wider(*g.facts)
    scope.term(t)
    value, *rest = g.facts
    need(subject(value) is t.kids[2 * k], "another value is defined")
    said = [f.says for f in rest]
    for condition in t.kids[1 : 2 * k : 2]:
        joint = head(condition) == "And"
        parts = condition.kids if joint else (condition,)
        denied = {opposite(c) for c in parts} - {None}
        need(said and said.pop(0) in denied, f"it is not shown that {show(condition)} fails")
        for u in [u for c in parts for u in c.kids] if joint else ():
            need(said and said.pop(0) is belongs_to(u, app("Real")), f"is {show(u)} defined?")
    condition = t.kids[2 * k + 1]
    for c in condition.kids if head(condition) == "And" else (condition,):
        if head(c) != "True":
            need(said and said.pop(0) is c, f"it is not shown that {show(c)} holds")
    need(not said, "there are too many premises")
    return scope, app("Eq", t, t.kids[2 * k])


@inference
def interior(g: Given) -> Conclusion:
    point, line = g.take(2)
    t = g.term("term")
    need(head(t) == "Derivative" and len(t.kids) == 3, f"{show(t)} has no domain")
    found = ends(t.kids[2])
    need(found, "a derivative is taken on an interval")
    assert found is not None
    low = app("Neg", app("oo")) if found[0] is None else found[0]
    inside = app("Open", low, app("oo") if found[1] is None else found[1])
    need(point.says is belongs_to(t.kids[1], inside), f"is the point in {show(inside)}?")
    plain = app("Derivative", *t.kids[:2])
    need(subject(line) is plain, f"it is not shown that {show(plain)} is defined")
    return wider(point, line), app("Eq", t, plain)


@inference
def one_hot(g: Given) -> Conclusion:
    bits, unit, goal = g.take(3)
    s = unit.says
    good = head(s) == "Eq" and head(s.kids[0]) == "Sum" and s.kids[1] is num(1)
    need(good, f"{show(s)} is not that a sum is 1")
    body, run = s.kids[0].kids[0], run_of(s.kids[0])
    scope, entry, given = chosen(goal)
    assert run is not None
    delta = app("KroneckerDelta", var(0), sym(entry.name))
    need(entry.domain is run, f"{entry.name} does not run over the classes")
    need(given is app("ForAll", app("Eq", body, delta), run), "the hypothesis is not the indicator")
    need(entry.name not in goal.says.names, f"{show(goal.says)} mentions {entry.name}")
    need(not about_theta(goal.says), "a relation in theta is not proved by choice")
    proves(unit, scope, s)
    proves(bits, scope, app("ForAll", belongs_to(body, app("Bit")), run))
    return scope, goal.says


@inference
def induction(g: Given) -> Conclusion:
    base, step, low, high, ordered = g.take(5)
    goal = g.term("goal")
    need(head(goal) == "ForAll" and head(goal.kids[1]) == "Range", "induction runs over a range")
    body, (lo, hi) = goal.kids[0], goal.kids[1].kids
    need(head(body) in (*COMPARISONS, "In"), f"{show(body)} is not proved by induction")
    scope, entry, given = chosen(step)
    k = sym(entry.name)
    need(entry.name not in goal.names, f"{entry.name} occurs in {show(goal)}")
    need(entry.domain is app("Range", lo, app("Add", hi, num(-1))), "the step has another range")
    need(given is fill(body, k), "the step has another hypothesis")
    need(step.says is fill(body, app("Add", k, num(1))), "the step proves something else")
    need(base.says is fill(body, lo), "the base proves something else")
    need(low.says is belongs_to(lo, app("Integer")), f"is {show(lo)} an integer?")
    need(high.says is belongs_to(hi, app("Integer")), f"is {show(hi)} an integer?")
    need(ordered.says is app("Le", lo, hi), f"is {show(lo)} at most {show(hi)}?")
    for fact in (base, low, high, ordered):
        carried(fact, scope)
    return scope, fill(body, hi)


# -- relations in theta ----------------------------------------------------------------------------


def theta_of(scope: Scope, names: tuple[str, ...], *sides: Node) -> tuple[Node, ...]:
    """Theta as symbols: its domain is its own apart from sizes, and the sides depend on it."""
    need(names and len(set(names)) == len(names), "theta is empty or has a name twice")
    for name in names:
        need(name in scope.declared, f"{name} is not declared")
        need(scope.declared[name].definition is None, f"{name} is defined, not free")
    for entry in scope.entries():
        about = mentioned(entry)
        if not about.isdisjoint(names):
            need(isinstance(entry, Assumed), f"a declaration depends on {names}")
            for other in about.difference(names):
                e = scope.declared[other]
                size = not e.indices and head(e.domain) in (
                    "Natural", "Natural0", "Integer", "Range",
                )  # fmt: skip
                need(size, f"a hypothesis links {names} to {other}")
    for t in sides:
        scope.term(t)
        need(not t.names.isdisjoint(names), f"{show(t)} does not depend on {names}")
    return tuple(map(sym, names))


@inference
def affine(g: Given) -> Conclusion:
    equation, positive = g.take(2)
    names, scope, s = texts(g.data.get("theta")), wider(equation, positive), equation.says
    need(head(s) == "Eq" and head(s.kids[1]) == "Add" and len(s.kids[1].kids) == 2, "not a*g + b")
    product_, b = s.kids[1].kids
    need(head(product_) == "Mul" and len(product_.kids) == 2, "not a*g + b")
    a, inner = product_.kids
    theta = theta_of(scope, names, s.kids[0], inner)
    need(positive.says is app("Lt", num(0), a), f"it is not shown that {show(a)} is positive")
    need((a.names | b.names).isdisjoint(names), f"a or b depends on {names}")
    return scope, app("Affine", s.kids[0], inner, *theta)


@inference
def same_order(g: Given) -> Conclusion:
    (fact,) = g.take(1)
    need(head(fact.says) == "Affine", f"{show(fact.says)} is not affine")
    return fact.scope, app("SameOrder", *fact.says.kids)


def second_point(scope: Scope, names: tuple[str, ...], seen: Scope) -> dict[str, Node]:
    """The names of a second point of theta, which ``seen`` declares behind ``scope``."""
    later = seen.above(scope)
    need(later is not None, "the second point stands in another context")
    left, values = [s.entry for s in later or ()], dict[str, Node]()
    for entry in scope.entries():
        if isinstance(entry, Declared) and entry.name in names:
            copy = left.pop(0) if left else None
            good = isinstance(copy, Declared) and copy[1:3] == entry[1:3] and copy[4] is None
            need(good, f"a second {entry.name} is not declared")
            assert isinstance(copy, Declared)
            values[entry.name] = value_of(sym(copy.name), entry, seen)
        elif isinstance(entry, Assumed) and not entry.statement.names.isdisjoint(names):
            copied = left.pop(0) if left else None
            good = isinstance(copied, Assumed) and copied[0] is swap(entry.statement, values)
            need(good, f"{show(entry.statement)} is not assumed of the second point")
    need(not left, "more is assumed than a second point")
    return values


@inference
def monotone(g: Given) -> Conclusion:
    defined, less, same = g.take(3)
    f, h, names, scope = g.term("f"), g.term("g"), texts(g.data.get("theta")), defined.scope
    theta = theta_of(scope, names, f, h)
    need(subject(defined) is f, f"it is not shown that {show(f)} is defined")
    for fact, kind in ((less, "Lt"), (same, "Eq")):
        need(fact.scope.parent is not None, "a second point is missing")
        assert fact.scope.parent is not None
        values = second_point(scope, names, fact.scope.parent)
        without(fact, app(kind, f, swap(f, values)))
        need(fact.says is app(kind, h, swap(h, values)), f"{show(fact.says)} is something else")
    return scope, app("SameOrder", f, h, *theta)


@inference
def minimiser(g: Given) -> Conclusion:
    need(len(g.facts) > 2, "premises are missing")
    defined, *points, strict = g.facts
    f, name, scope = g.term("f"), g.name("theta"), defined.scope
    t = Text(g.data.get("point"), g.table).whole(())
    (theta,) = theta_of(scope, (name,), f)
    need(subject(defined) is f, f"it is not shown that {show(f)} is defined")
    entry = scope.declared[name]
    need(name not in t.names and len(entry.indices) < 2, f"{show(t)} is no point of {name}")
    value = value_of(t, entry, scope)
    wanted = belongs_to(value, entry.domain)
    inside, here, there = scope, theta, value
    if entry.indices:
        wanted = app("ForAll", wanted, entry.indices[0])
        need(strict.scope.parent is not None, "one member is missing")
        assert strict.scope.parent is not None
        inside = strict.scope.parent
        k = inside.entry
        one = isinstance(k, Declared) and k[1:3] == (entry.indices[0], ()) and k[4] is None
        need(one and inside.parent is scope, f"a member of {name} is not chosen")
        assert isinstance(k, Declared)
        here, there = node("mem", name, sym(k.name)), fill(value, sym(k.name))
    about = [e.statement for e in scope.entries() if isinstance(e, Assumed)]
    conditions = [swap(s, {name: value}) for s in about if name in s.names]
    need(len(points) == 1 + len(conditions), f"{1 + len(conditions)} conditions are needed")
    for fact, s in zip(points, [wanted, *conditions], strict=True):
        proves(fact, scope, s)
    need(without(strict, app("Ne", here, there)) is inside, "the inequality has other hypotheses")
    need(strict.says is app("Lt", swap(f, {name: value}), f), f"{show(strict.says)} is no minimum")
    return scope, app("Argmin", f, t, theta)


def least_of(g: Given) -> tuple[Scope, Node, Node]:
    ordering, least = g.take(2)
    s, m = ordering.says, least.says
    need(head(s) == "SameOrder" and head(m) == "Argmin", "expected an ordering and a minimiser")
    need(s.kids[0] is m.kids[0] and s.kids[2:] == m.kids[2:], "they are about different losses")
    return wider(ordering, least), s, m


@inference
def transfer(g: Given) -> Conclusion:
    scope, s, m = least_of(g)
    return scope, app("Argmin", s.kids[1], m.kids[1], *s.kids[2:])


@inference
def same_argmin(g: Given) -> Conclusion:
    scope, s, _ = least_of(g)
    return scope, app("SameArgmin", *s.kids)


@inference
def gradient(g: Given) -> Conclusion:
    (fact,) = g.take(1)
    f, h, name, scope = g.term("f"), g.term("g"), g.name("theta"), fact.scope
    need(name in scope.declared, f"{name} is not declared")
    entry, point = scope.declared[name], sym(name)
    if entry.indices:
        k = scope.entry
        one = isinstance(k, Declared) and (k.domain,) == entry.indices and not k.indices
        need(one and scope.parent is not None, f"not proved for each member of {name}")
        assert isinstance(k, Declared)
        assert scope.parent is not None
        need(k.definition is None, f"{k.name} is defined, not any index")
        point, scope = node("mem", name, sym(k.name)), scope.parent
    theta = theta_of(scope, (name,), f, h)
    found = ends(entry.domain)
    need(found and not found[2] and not found[3], f"{name} does not lie in an open interval")
    wanted = app("Eq", slope(f, point), slope(h, point))
    need(fact.says is wanted, f"expected {show(wanted)}, got {show(fact.says)}")
    return scope, app("SameGradient", f, h, *theta)


def slope(f: Node, point: Node) -> Node:
    """The derivative of a closed term by a symbol, or by one member of a family alone."""

    def change(u: Node, depth: int) -> Node | None:
        if point.label not in u.names:
            return u
        if u.op != "mem" or u.label != point.label:
            return None
        kids = tuple(changed(k, lambda v, d: change(v, d + depth)) for k in u.kids)
        if kids == point.kids:
            return var(depth)
        tests = [app("Eq", a, b) for a, b in zip(kids, point.kids, strict=True) if a is not b]
        test = tests[0] if len(tests) == 1 else app("And", *tests)
        return app("Piecewise", var(depth), test, node("mem", u.label, *kids), app("True"))

    body = close(f, [point.label]) if point.op == "sym" else changed(f, change)
    return app("Derivative", body, point)


# -- intervals -------------------------------------------------------------------------------------
# A value is an interval with rational ends that surely contains it, rounded outwards to
# multiples of 2**-BITS; a number that is known exactly has equal ends.

BITS = 160
Interval = tuple[Fraction, Fraction]
ONE: Interval = (Fraction(1), Fraction(1))
NIL: Interval = (Fraction(0), Fraction(0))


class Undefined(Exception):  # noqa: N818  # a plain word reads better
    """The term is surely undefined at the point."""


class Unsure(Exception):  # noqa: N818  # a plain word reads better
    """The value cannot be told; the text names the function or the reason."""


def rounded(low: Fraction, high: Fraction) -> Interval:
    if low.denominator.bit_length() > BITS:
        low = Fraction(low.numerator * 2**BITS // low.denominator, 2**BITS)
    if high.denominator.bit_length() > BITS:
        high = Fraction(-(-high.numerator * 2**BITS // high.denominator), 2**BITS)
    if max(abs(low), abs(high)) > Fraction(2) ** 4000:
        raise Unsure("size")
    return low, high


def precise(value: Interval) -> Fraction:
    """The value of an interval that is one point."""
    if value[0] != value[1]:
        raise Unsure("a value that is not exact")
    return value[0]


def integer(value: Interval) -> int:
    """An exact integer; undefined for any other number."""
    exactly = precise(value)
    if exactly.denominator != 1:
        raise Undefined
    return int(exactly)


def sign(value: Interval) -> int:
    low, high = value
    if low > 0 or high < 0:
        return 1 if low > 0 else -1
    if low == high:
        return 0
    raise Unsure("a sign")


def plus(a: Interval, b: Interval) -> Interval:
    return rounded(a[0] + b[0], a[1] + b[1])


def negative(a: Interval) -> Interval:
    return -a[1], -a[0]


def times(a: Interval, b: Interval) -> Interval:
    products = [x * y for x in a for y in b]
    return rounded(min(products), max(products))


def over(a: Interval, b: Interval) -> Interval:
    if sign(b) == 0:
        raise Undefined
    return times(a, rounded(1 / b[1], 1 / b[0]))


def exp_ends(x: Fraction) -> Interval:
    """exp(x) for x >= 0 between two bounds: the series of a small part, squared again."""
    if x > 2000:
        raise Unsure("size")
    halvings = max(0, x.numerator.bit_length() - x.denominator.bit_length() + 4)
    bits = BITS + 40 + 4 * halvings + 3 * int(x)
    one = 1 << bits
    part = x / 2**halvings
    low_part = part.numerator * one // part.denominator
    high_part = low_part + 1
    low = high = low_term = high_term = one
    for k in range(1, bits):
        low_term = low_term * low_part // (one * k)
        high_term = -(-high_term * high_part // (one * k))
        low, high = low + low_term, high + high_term
        if high_term <= 2:
            break
    high += 2 * high_term  # the rest of the series is below its last term, as part < 1/2
    for _ in range(halvings):
        low, high = low * low // one, -(-high * high // one)
    return rounded(Fraction(low, one), Fraction(high, one))


def exp(a: Interval) -> Interval:
    def bound(x: Fraction, k: int) -> Fraction:
        return exp_ends(x)[k] if x >= 0 else 1 / exp_ends(-x)[1 - k]

    return rounded(bound(a[0], 0), bound(a[1], 1))


def artanh_twice(z: Fraction) -> Interval:
    """log((1 + z)/(1 - z)) for 0 <= z <= 1/3 between two bounds."""
    one = 1 << (BITS + 20)
    low_power = low = z.numerator * one // z.denominator
    high_power = high = low + 1
    for k in range(3, 2 * BITS, 2):
        low_power = int(low_power * z * z)
        high_power = int(high_power * z * z) + 1
        low, high = low + low_power // k, high + high_power // k + 1
        if high_power <= 2:
            break
    return Fraction(2 * low, one), Fraction(2 * (high + 2 * high_power), one)


def log_ends(x: Fraction) -> Interval:
    """log(x) for x > 0 between two bounds."""
    k = x.numerator.bit_length() - x.denominator.bit_length()
    k -= x < Fraction(2) ** k
    y = x / Fraction(2) ** k
    low, high = artanh_twice((y - 1) / (y + 1))
    two = artanh_twice(Fraction(1, 3))
    return rounded(low + k * two[0 if k >= 0 else 1], high + k * two[1 if k >= 0 else 0])


def log(a: Interval) -> Interval:
    if sign(a) <= 0:
        raise Undefined
    if a == ONE:
        return NIL
    return rounded(log_ends(a[0])[0], log_ends(a[1])[1])


def power(base: Interval, exponent: Interval) -> Interval:
    if exponent[0] == exponent[1] and exponent[0].denominator == 1 and abs(exponent[0]) < 4096:
        e = int(exponent[0])
        if e < 0:
            return over((Fraction(1), Fraction(1)), power(base, (-exponent[0], -exponent[0])))
        out = (Fraction(1), Fraction(1))
        for _ in range(e // 2):
            out = times(out, base)
        square = times(out, out)
        if e > 1:
            square = max(square[0], Fraction(0)), square[1]
        return times(square, base) if e % 2 else square
    found = sign(base)
    if found > 0:
        return exp(times(exponent, log(base)))
    if found == 0:
        if sign(exponent) < 0:
            raise Undefined
        return (Fraction(0), Fraction(0)) if sign(exponent) else (Fraction(1), Fraction(1))
    if precise(exponent).denominator != 1:
        raise Undefined
    raise Unsure("size")


def gamma_of(k: int) -> Interval:
    """The gamma function at an integer."""
    if k <= 0:
        raise Undefined
    if k > 60:
        raise Unsure("size")
    out = 1
    for j in range(2, k):
        out *= j
    return Fraction(out), Fraction(out)


def whole_only(value: Interval, name: str) -> int:
    """The integer at which a function is evaluated that is only known at integers."""
    if value[0] != value[1] or value[0].denominator != 1:
        raise Unsure(name)
    return int(value[0])


def xlogy(t: Interval, u: Interval) -> Interval:
    if u == NIL:
        if sign(t) == 0:
            return NIL
        raise Undefined
    return times(t, log(u))


def floor(a: Interval) -> Interval:
    low, high = a[0] // 1, a[1] // 1
    if low != high:
        raise Unsure("floor")
    return Fraction(low), Fraction(low)


def largest(*values: Interval) -> Interval:
    return max(v[0] for v in values), max(v[1] for v in values)


def binomial(n: Interval, k: Interval) -> Interval:
    a, b = whole_only(n, "binomial"), whole_only(k, "binomial")
    if a < 0 or b < 0 or b > a:
        raise Unsure("binomial")
    return over(gamma_of(a + 1), times(gamma_of(b + 1), gamma_of(a - b + 1)))


def delta(a: Interval, b: Interval) -> Interval:
    return NIL if sign(plus(a, negative(b))) else ONE


def sinh(a: Interval) -> Interval:
    return times(plus(exp(a), negative(exp(negative(a)))), (Fraction(1, 2), Fraction(1, 2)))


def cosh(a: Interval) -> Interval:
    return times(plus(exp(a), exp(negative(a))), (Fraction(1, 2), Fraction(1, 2)))


def logarithm_to(x: Interval, base: Interval) -> Interval:
    return over(log(x), log(base))


#: The first 20 decimals.
PI = Fraction(314159265358979323846, 10**20)

VALUES: dict[str, Callable[..., Interval]] = {
    "Neg": negative,
    "Div": over,
    "Pow": power,
    "exp": exp,
    "log": log,
    "log_2": lambda x: logarithm_to(x, (Fraction(2), Fraction(2))),
    "log_b": logarithm_to,
    "Abs": lambda a: largest(NIL, a, negative(a)) if a[0] * a[1] < 0 else largest(a, negative(a)),
    "sign": lambda a: (Fraction(sign(a)), Fraction(sign(a))),
    "Max": largest,
    "Min": lambda *values: negative(largest(*map(negative, values))),
    "floor": floor,
    "sigmoid": lambda z: over(ONE, plus(ONE, exp(negative(z)))),
    "softplus": lambda z: log(plus(ONE, exp(z))),
    "sinh": sinh,
    "cosh": cosh,
    "tanh": lambda a: over(sinh(a), cosh(a)),
    "E": lambda: exp(ONE),
    "pi": lambda: (PI, PI + Fraction(1, 10**20)),
    "KroneckerDelta": delta,
    "xlogy": xlogy,
    "gamma": lambda a: gamma_of(whole_only(a, "gamma")),
    "factorial": lambda a: gamma_of(whole_only(a, "factorial") + 1),
    "binomial": binomial,
}


# -- points of contexts, and what holds there ------------------------------------------------------


class NoPoint(Exception):  # noqa: N818  # a plain word reads better
    """This try found no values that satisfy the context."""


class Point:
    """Values for the symbols of a context; members of families are drawn when needed."""

    def __init__(self, scope: Scope, chance: random.Random) -> None:
        self.scope, self.chance, self.left = scope, chance, MOST_NODES
        self.values: dict[tuple[str, tuple[Fraction, ...]], Interval | None] = {}
        self.fixed: dict[str, Fraction] = {}

    def extended(self, scope: Scope) -> Point:
        """This point, and one more entry of its context.  Raises NoPoint, Unsure, Undefined."""
        new = Point(scope, self.chance)
        new.values, new.fixed = dict(self.values), self.fixed
        if isinstance(scope.entry, Assumed) and (again := self.fixing(scope.entry.statement)):
            return again.extended(scope)
        if isinstance(scope.entry, Declared):
            if not scope.entry.indices:
                new.value(sym(scope.entry.name), ())
        elif scope.entry is not None and not new.by_definition(scope.entry.statement):
            if new.settle(scope.entry.statement, ()):
                new.everything(scope)
            elif not new.holds(scope.entry.statement, ()):
                raise NoPoint
        return new

    def fixing(self, s: Node) -> Point | None:
        """For ``m = 2``: a point of this context that begins with m = 2, as others hang on m."""
        if head(s) != "Eq" or s.kids[0].op != "sym" or s.kids[1].op != "num":
            return None
        name, wanted = s.kids[0].label, s.kids[1].label
        if name in self.fixed or self.values.get((name, ())) == (wanted, wanted):
            return None
        steps, root = [self.scope], self.scope
        while root.parent is not None:
            root = root.parent
            steps.append(root)
        point = Point(root, self.chance)
        point.fixed = {**self.fixed, name: wanted}
        for scope in steps[-2::-1]:
            point = point.extended(scope)
        return point

    def everything(self, scope: Scope) -> None:
        """After a value was changed: every entry still holds."""
        for (name, indices), value in list(self.values.items()):
            d = scope.declared[name]
            turns = tuple((k, k) for k in indices)
            if value is not None and not self.inside(value, d.domain, turns):
                raise NoPoint
        for entry in scope.entries():
            kept = isinstance(entry, Declared) or self.by_definition(entry.statement)
            if not kept and not self.holds(entry[0], ()):  # type: ignore[arg-type]  # Assumed
                raise NoPoint

    def by_definition(self, s: Node) -> bool:
        """Whether a hypothesis says just what a declaration defines."""
        while head(s) == "ForAll":
            s = s.kids[0]
        if head(s) != "Eq" or s.kids[0].op not in ("sym", "mem"):
            return False
        own = s.kids[0]
        in_order = own.kids == tuple(var(len(own.kids) - 1 - k) for k in range(len(own.kids)))
        return in_order and self.scope.declared[own.label].definition is s.kids[1]

    def settle(self, s: Node, turns: tuple[Interval, ...]) -> bool:
        """Choose values such that an equation holds, where that is easy."""
        if head(s) == "ForAll" and head(s.kids[1]) == "Range" and head(s.kids[0]) == "Eq":
            found = [self.settle(s.kids[0], (*turns, k)) for k in self.run(s.kids[1].kids, turns)]
            return all(found)
        if head(s) != "Eq":
            return False
        a, b = s.kids
        if head(a) == "Sum" and a.kids[0].op == "mem" and b.op == "num":
            return self.share(a, b.label, turns)
        for left, right in ((a, b), (b, a)):
            if left.op in ("sym", "mem") and left.label not in right.names:
                key = left.label, tuple(precise(self.value(k, turns)) for k in left.kids)
                self.values[key] = self.value(right, turns)
                return True
        return False

    def share(self, total: Node, wanted: Fraction, turns: tuple[Interval, ...]) -> bool:
        """Members of a family that sum to a number: one of them 1, or all of them scaled."""
        body = total.kids[0]
        keys, values = [], []
        for k in self.run(total.kids[1:3], turns):
            inner = (*turns, k)
            values.append(precise(self.value(body, inner)))
            keys.append((body.label, tuple(precise(self.value(i, inner)) for i in body.kids)))
        if not keys:
            return False
        if head(self.scope.declared[body.label].domain) == "Bit":
            winner = self.chance.randrange(len(keys))
            values = [Fraction(k == winner) for k in range(len(keys))]
        elif sum(values) != 0:
            values = [v * wanted / sum(values) for v in values]
        self.values.update((key, (v, v)) for key, v in zip(keys, values, strict=True))
        return True

    # -- values

    def run(self, ends_: tuple[Node, ...], turns: tuple[Interval, ...]) -> list[Interval]:
        low, high = ends_
        first, last = integer(self.value(low, turns)), integer(self.value(high, turns))
        if last - first >= MOST_TURNS:
            raise Unsure("size")
        return [(Fraction(k), Fraction(k)) for k in range(first, last + 1)]

    def value(self, t: Node, turns: tuple[Interval, ...]) -> Interval:
        """The value; ``turns`` are those of the bound variables, outermost first."""
        self.left -= 1
        if self.left < 0:
            raise Unsure("size")
        if t.op == "num":
            return t.label, t.label
        if t.op == "var":
            return turns[-1 - t.label]
        if t.op in ("sym", "mem"):
            return self.drawn(t, tuple(precise(self.value(k, turns)) for k in t.kids))
        kind = head(t)
        if kind in RANGED:
            return self.over_range(t, turns)
        if kind == "Piecewise":
            for value, condition in zip(t.kids[::2], t.kids[1::2], strict=True):
                if self.holds(condition, turns):
                    return self.value(value, turns)
            raise Undefined
        if kind in ("Add", "Mul"):
            total = self.value(t.kids[0], turns)
            for kid in t.kids[1:]:
                total = (plus if kind == "Add" else times)(total, self.value(kid, turns))
            return total
        if kind not in VALUES:
            raise Unsure(kind)
        return VALUES[kind](*(self.value(k, turns) for k in t.kids))

    def over_range(self, t: Node, turns: tuple[Interval, ...]) -> Interval:
        kind, run = head(t), self.run(t.kids[1:3], turns)
        values = [self.value(t.kids[0], (*turns, k)) for k in run]
        if kind in ("Sum", "Product"):
            total = NIL if kind == "Sum" else ONE
            for v in values:
                total = (plus if kind == "Sum" else times)(total, v)
            return total
        if not values:
            raise Undefined
        total = NIL
        for v in values:
            total = plus(total, exp(v))
        if kind == "logsumexp":
            return log(total)
        k = integer(self.value(t.kids[3], turns)) - int(run[0][0])
        if not 0 <= k < len(values):
            raise Undefined
        return over(exp(values[k]), total)

    def drawn(self, t: Node, indices: tuple[Fraction, ...]) -> Interval:
        key = t.label, indices
        if key not in self.values:
            d = self.scope.declared[t.label]
            turns: tuple[Interval, ...] = ()
            for k, domain in zip(indices, d.indices, strict=True):
                if not self.inside((k, k), domain, turns):
                    raise Undefined
                turns = (*turns, (k, k))
            if t.label in self.fixed:
                value = self.fixed[t.label]
                if not self.inside((value, value), d.domain, turns):
                    raise NoPoint
                self.values[key] = value, value
            elif d.definition is None:
                self.values[key] = self.draw(d.domain, turns)
            else:
                self.values[key] = defined = self.value(d.definition, turns)
                if not self.inside(defined, d.domain, turns):
                    raise NoPoint
        found = self.values[key]
        if found is None:
            raise Undefined
        return found

    def draw(self, domain: Node, turns: tuple[Interval, ...]) -> Interval | None:
        """A member of a domain; None is the value that is undefined."""
        kind, pick = head(domain), self.chance.randint
        if kind == "Partial":
            if pick(0, 4) == 0:
                return None
            kind, domain = "Real", app("Real")
        least = {"Integer": -3, "Natural": 1, "Natural0": 0}
        if kind in least:
            found = Fraction(pick(least[kind], 4))
            return found, found
        if kind == "Range":
            run = self.run(domain.kids, turns)
            return self.chance.choice(run) if run else self.fail()
        if kind in ("Bit", "FiniteSet"):
            return self.value(self.chance.choice(listed(domain)), turns)
        low, high, low_in, high_in = ends(domain) or self.fail()
        first = None if low is None else self.value(low, turns)[1]
        last = None if high is None else self.value(high, turns)[0]
        step = Fraction(pick(0 if low_in else 1, 12), pick(1, 5))
        if first is None or last is None:
            if first is None and last is None:
                found = Fraction(pick(-12, 12), pick(1, 5))
            else:
                found = first + step if first is not None else (last or 0) - step
            return found, found
        count = pick(2, 9)
        share = pick(0 if low_in else 1, count if high_in else count - 1)
        found = first + (last - first) * Fraction(share, count)
        if last < first or (last == first and not (low_in and high_in)):
            self.fail()
        return found, found

    def fail(self) -> NoReturn:
        raise NoPoint

    # -- truth

    def inside(self, value: Interval, domain: Node, turns: tuple[Interval, ...]) -> bool:
        kind, found = head(domain), ends(domain)
        if kind == "Partial":
            return True
        if found:
            for end, closed, way in ((found[0], found[2], 1), (found[1], found[3], -1)):
                if end is not None:
                    side = way * sign(plus(value, negative(self.value(end, turns))))
                    if side < 0 or (side == 0 and not closed):
                        return False
            return True
        if kind in ("Bit", "FiniteSet"):
            return any(
                sign(plus(value, negative(self.value(k, turns)))) == 0 for k in listed(domain)
            )
        exactly = precise(value)
        if exactly.denominator != 1:
            return False
        if kind == "Range":
            low, high = (precise(self.value(k, turns)) for k in domain.kids)
            return low <= exactly <= high
        return kind == "Integer" or exactly >= {"Natural": 1, "Natural0": 0}[kind]

    def holds(self, s: Node, turns: tuple[Interval, ...]) -> bool:
        """Whether a statement is true at the point.  Raises Undefined, Unsure."""
        kind = head(s)
        if kind in ("True", "Not"):
            return kind == "True" or not self.holds(s.kids[0], turns)
        if kind in ("And", "Or"):
            return (all if kind == "And" else any)([self.holds(k, turns) for k in s.kids])
        if kind == "In":
            return self.inside(self.value(s.kids[0], turns), s.kids[1], turns)
        if kind == "ForAll":
            if head(s.kids[1]) != "Range":
                raise Unsure("ForAll")
            run = self.run(s.kids[1].kids, turns)
            return all(self.holds(s.kids[0], (*turns, k)) for k in run)
        if kind not in COMPARISONS:
            raise Unsure(kind)
        difference = plus(self.value(s.kids[0], turns), negative(self.value(s.kids[1], turns)))
        if s.kids[0] is s.kids[1]:
            difference = NIL
        if kind in ("Le", "Lt") and difference[1] <= 0 and (kind == "Le" or difference[1] < 0):
            return True
        if kind == "Lt" and difference[0] >= 0:
            return False
        found = sign(difference)
        return {"Eq": found == 0, "Ne": found != 0, "Le": found <= 0, "Lt": found < 0}[kind]


def points(scope: Scope, known: dict[Scope, list[Point]], chance: random.Random) -> list[Point]:
    """A few points of a context, found from points of the context before it."""
    if scope not in known:
        found: list[Point] = []
        if scope.parent is None:
            found = [Point(scope, chance) for _ in range(POINTS)]
        else:
            before = points(scope.parent, known, chance)
            for k in range(TRIES if before else 0):
                try:
                    found.append(before[k % len(before)].extended(scope))
                except (NoPoint, Undefined, Unsure):
                    continue
                if len(found) == POINTS:
                    break
        known[scope] = found
    return known[scope]


def evaluated(fact: Fact, at: list[Point]) -> tuple[bool, str]:
    """Whether a step could be evaluated, and else the function that was in the way.

    Raises Refused when the step is false at one of the points.
    """
    why, done = "no point", False
    for point in at:
        point.left = MOST_NODES
        try:
            true = point.holds(fact.says, ())
        except Unsure as error:
            why = str(error)
            if why == "a sign" and head(fact.says) in ("Eq", "Le"):
                done = True  # two values that are equal as far as they are known
            continue
        except NoPoint:
            continue
        except Undefined:
            raise Refused(f"undefined at {shown(fact, point)}: {show(fact.says)}") from None
        need(true, f"false at {shown(fact, point)}: {show(fact.says)}")
        done = True
    return done, why


def shown(fact: Fact, point: Point) -> str:
    words = []
    for (name, indices), value in point.values.items():
        if name in fact.says.names:
            own = f"{name}[{', '.join(map(str, indices))}]" if indices else name
            words.append(f"{own} = {'undefined' if value is None else value[0]}")
    return ", ".join(words[:12]) or "every point"


# -- certificates ----------------------------------------------------------------------------------


def field(data: Any, key: str, kind: type) -> Any:
    """A field of an object.  Raises Unreadable."""
    found = data.get(key) if isinstance(data, dict) else None
    if type(found) is not kind:
        raise Unreadable(f"{key!r} is missing in {str(data)[:60]}, or it is no {kind.__name__}")
    return found


def read_entry(scope: Scope, data: Any, table: list[Node]) -> Scope:
    """The context with the entry that an object describes."""
    if isinstance(data, dict) and "assume" in data:
        return scope.add(Assumed(Text(data["assume"], table).whole(())))
    name, names, indices = field(data, "declare", str), list[str](), list[Node]()
    for pair in field(data, "indices", list) if "indices" in data else ():
        if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[0], str):
            raise Unreadable(f"an index of {name} is no pair")
        indices.append(Text(pair[1], table).whole(tuple(names)))
        names.append(pair[0])
    inner = tuple(names)
    rest = [Text(data[k], table).whole(inner) if k in data else None for k in ("law", "definition")]
    domain = Text(data.get("domain"), table).whole(inner)
    return scope.add(Declared(name, domain, tuple(indices), *rest))


def read_ledger(data: Any, root: Scope) -> dict[str, Fact]:
    """The axioms by name.  Raises Unreadable when the digest is not theirs."""
    if not isinstance(data, dict) or data.get("format") != "derive-ledger/1":
        raise Unreadable("the ledger is not of the format derive-ledger/1")
    axioms: dict[str, Fact] = {}
    lines = []
    for item in field(data, "axioms", list):
        name, needs, lhs, relation, rhs = (
            field(item, key, str) for key in ("name", "needs", "lhs", "relation", "rhs")
        )
        if name in axioms:
            raise Unreadable(f"two axioms are called {name}")
        lines.append((name, f"{name}\t{needs}\t{lhs} {relation} {rhs}"))
        scope = root
        try:
            for entry in field(item, "context", list):
                scope = read_entry(scope, entry, [])
            says = Text(field(item, "statement", str), []).whole(())
            scope.statement(says, 0)
        except Refused as error:
            raise Unreadable(f"the axiom {name}: {error}") from None
        axioms[name] = Fact(scope, says)
    text = "\n".join(line for _, line in sorted(lines))
    if hashlib.sha256(text.encode()).hexdigest() != field(data, "digest", str):
        raise Unreadable("the digest of the ledger is not that of its axioms")
    return axioms


class Check:
    """One certificate on its way through the inferences."""

    def __init__(self, certificate: Any, ledger: Any) -> None:
        _nodes.clear()
        self.root = Scope()
        self.axioms = read_ledger(ledger, self.root)
        if not isinstance(certificate, dict) or certificate.get("format") != "derive-certificate/1":
            raise Unreadable("the certificate is not of the format derive-certificate/1")
        self.data = certificate
        self.same = certificate.get("ledger") == ledger["digest"]
        self.table: list[Node] = []
        self.scopes: dict[int, Scope] = {0: self.root}
        self.facts: dict[int, Fact] = {}
        self.used: set[str] = set()

    def read(self) -> None:
        """The tables of terms and contexts."""
        for text in field(self.data, "terms", list):
            t = Text(text, self.table).whole(())
            need(t.open == 0, "a shared term has an open variable")
            self.table.append(t)
        for item in field(self.data, "contexts", list):
            k, parent = field(item, "id", int), field(item, "parent", int)
            if parent not in self.scopes or k in self.scopes:
                raise Unreadable(f"the context {k} does not stand behind its parent, or twice")
            try:
                self.scopes[k] = read_entry(self.scopes[parent], item, self.table)
            except Refused as error:
                raise Refused(f"context {k}: {error}") from None

    def replay(self) -> None:
        """Make every step again, and compare with what it states."""
        steps = field(self.data, "steps", list)
        need(len(steps) <= MOST_STEPS, "there are too many steps")
        for item in steps:
            k, by = field(item, "id", int), field(item, "by", str)
            try:
                self.facts[k] = self.step(k, by, item)
            except (Refused, Unreadable) as error:
                raise type(error)(f"step {k} ({by}): {error}") from None
        wanted = field(self.data, "theorems", list)
        need(wanted and all(type(k) is int and k in self.facts for k in wanted),
             "a theorem is not one of the steps")  # fmt: skip

    def step(self, k: int, by: str, item: dict[str, Any]) -> Fact:
        need(k not in self.facts, "there is another step of this number")
        need(by in INFERENCES, "there is no such inference")
        premises = counts(field(item, "premises", list))
        need(all(p in self.facts for p in premises), "a premise does not stand before it")
        scope = self.scopes.get(field(item, "context", int))
        need(scope is not None, "its context does not exist")
        assert scope is not None
        arguments = field(item, "arguments", dict)
        given = Given(arguments, [self.facts[p] for p in premises], scope, self.table, self.axioms)
        found, says = INFERENCES[by](given)
        stated = Text(field(item, "statement", str), self.table).whole(())
        need(says is stated, f"it proves {show(says)}, not {show(stated)}")
        need(found is scope, "it stands in another context than it states")
        if by == "axiom":
            self.used.add(arguments["rule"])
        return Fact(scope, says)

    def evaluate(self) -> tuple[int, Counter[str]]:
        """Evaluate every step at points of its context; how many, and what was in the way."""
        known: dict[Scope, list[Point]] = {}
        chance, count, reasons = random.Random(20250), 0, Counter[str]()
        for k, fact in self.facts.items():
            at = points(fact.scope, known, chance)
            try:
                done, why = evaluated(fact, at)
            except Refused as error:
                raise Refused(f"step {k} is {error}") from None
            count += done
            if not done:
                reasons[why] += 1
        return count, reasons


def recheck(certificate: Any, ledger: Any) -> Report:
    """Check a certificate against a ledger, both as plain data; never raises for bad data."""
    try:
        check = Check(certificate, ledger)
        check.read()
        check.replay()
        count, reasons = check.evaluate()
    except Refused as error:
        return Report(1, f"refused: {error}")
    except Unreadable as error:
        return Report(2, f"unreadable: {error}")
    except (RecursionError, MemoryError):
        return Report(1, "refused: the certificate is nested too deeply")
    except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError) as error:
        return Report(1, f"refused: a step is not of the shape it should have ({error!r})")
    names = tuple(sorted(reasons))
    steps, skipped = len(check.facts), sum(reasons.values())
    sentence = f"OK: {steps} steps replayed, {count} evaluated at up to {POINTS} points"
    if skipped:
        sentence += f", {skipped} not evaluated ({', '.join(names)})"
    sentence += f"; {len(check.used)} axioms used"
    if not check.same:
        sentence += "; the certificate was made with another ledger"
    used = tuple(sorted(check.used))
    return Report(0, sentence, steps, count, skipped, names, used, check.same)


def load(path: str) -> Any:
    """The data of a JSON file.  Raises Unreadable."""

    def refuse(text: str) -> Any:
        raise Unreadable(f"{path}: the float {text} is not exact")

    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file, parse_float=refuse, parse_constant=refuse)
    except (OSError, ValueError, RecursionError) as error:
        raise Unreadable(f"{path}: {error}") from None


def arguments_of(words: list[str]) -> Iterator[str]:
    """The certificate and the ledger on a command line."""
    if len(words) == 3 and "--axioms" in words:
        at = words.index("--axioms")
        if at < 2:
            yield words[2 if at == 0 else 0]
            yield words[at + 1]


def main(words: list[str] | None = None) -> int:
    """The command line; returns the exit status."""
    found = list(arguments_of(sys.argv[1:] if words is None else words))
    if len(found) != 2:
        print("usage: python recheck.py CERTIFICATE --axioms LEDGER", file=sys.stderr)
        return 2
    try:
        report = recheck(load(found[0]), load(found[1]))
    except Unreadable as error:
        report = Report(2, f"unreadable: {error}")
    print(report.sentence, file=sys.stdout if report.ok else sys.stderr)
    return report.code


if __name__ == "__main__":
    sys.exit(main())
