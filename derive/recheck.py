"""A second checker: replays a certificate with nothing but the standard library.

It shares no code with the rest of the project.  It reads a certificate and a ledger, both
JSON (``docs/certificate.md``), makes every step again by its own reading of what the
inferences mean, trusts no rule that is not in the ledger it is given, and then evaluates
what the steps state at random points with its own interval arithmetic.

    python recheck.py CERTIFICATE --axioms LEDGER

Exit status 0: every step follows.  1: refused, with a sentence.  2: a file is unreadable.

In reading order: terms; their text; functions and domains; contexts; what inferences share;
polynomials; relations in theta; the inferences; certificates.  What comes behind, numbers and
points, can only refuse what those accept: who doubts an acceptance need not read it.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from functools import reduce
from typing import Any, NamedTuple

# Limits against certificates that want to keep us busy, not to be checked.
DEEPEST, LARGEST_TERM, LARGEST_TEXT, MOST_STEPS = 150, 200_000, 2_000_000, 200_000
LARGEST_EXPONENT, MOST_PRODUCTS = 64, 400_000
#: Of an evaluation: the turns of a sum, and the nodes that one statement may take.
MOST_TURNS, MOST_NODES = 12, 4_000
#: A step is evaluated at POINTS points of its context; TRIES is how often one is looked for.
POINTS, TRIES = 5, 60


class Refused(Exception):  # noqa: N818  # a plain word reads better
    """A step that does not follow; the sentence says why."""

    code = 1


class Unreadable(Refused):
    """A certificate or a ledger that is not of the format."""

    code = 2


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


def need(condition: object, sentence: str, *things: object) -> None:
    """Refuse unless the condition holds; the sentence is only written when it does not."""
    if not condition:
        raise Refused(sentence.format(*things))


# -- terms -----------------------------------------------------------------------------------------

BINDERS = (
    "Sum", "Product", "Integral", "Expectation", "Derivative", "softmax", "logsumexp", "ForAll",
    "Family",
)  # fmt: skip


class Node:
    """One node of a term.  Every node exists once: equal terms are the same object.

    ``op`` is num, sym, mem (a family's member), app, or var: a bound variable, labelled by
    how many binders stand between it and its own.  ``open`` is one more than the largest
    variable that is bound outside.
    """

    __slots__ = ("depth", "kids", "label", "names", "op", "open", "size")

    def __init__(self, op: str, label: Any, kids: tuple[Node, ...]) -> None:
        self.op, self.label, self.kids = op, label, kids
        self.size: int = 1 + sum(k.size for k in kids)
        self.depth: int = 1 + max((k.depth for k in kids), default=0)
        need(self.size <= LARGEST_TERM and self.depth <= DEEPEST, "a term is too large")
        own = frozenset((label,) if op in ("sym", "mem") else ())
        self.names: frozenset[str] = own.union(*(k.names for k in kids))
        inside = [k.open - self.binds(place) for place, k in enumerate(kids)]
        self.open: int = label + 1 if op == "var" else max((0, *inside))

    def binds(self, place: int) -> bool:
        """Whether the argument at a place stands under a variable of this node."""
        return place == 0 and self.op == "app" and self.label in BINDERS

    def __repr__(self) -> str:
        """At most a line of the term, for a sentence."""
        if not self.kids:
            return f"#{self.label}" if self.op == "var" else str(self.label)
        inner = " ".join((self.label, *map(repr, self.kids[:8])))
        text = f"[{inner}]" if self.op == "mem" else f"({inner})"
        return text if len(text) < 160 else text[:150] + " ..."


_nodes: dict[tuple[str, Any, tuple[Node, ...]], Node] = {}


def node(op: str, label: Any, *kids: Node) -> Node:
    """The one node with this label and these arguments."""
    key = op, label, kids
    found = _nodes.get(key)
    if found is None:
        found = _nodes[key] = Node(op, label, kids)
    return found


def num(value: Fraction | int) -> Node:
    return node("num", Fraction(value))


def sym(name: str) -> Node:
    return node("sym", name)


def var(k: int) -> Node:
    return node("var", k)


def app(head: str, *kids: Node) -> Node:
    return node("app", head, *kids)


REAL, INTEGER, BIT, TRUE, OO = map(app, ("Real", "Integer", "Bit", "True", "oo"))
ZERO, ONE = num(0), num(1)
_ALWAYS = dict(_nodes)


def head(t: Node) -> str:
    """The name of the function; empty for numbers, symbols, members and variables."""
    return str(t.label) if t.op == "app" else ""


def minus(a: Node, b: Node) -> Node:
    return app("Add", a, app("Neg", b))


def within(t: Node, domain: Node) -> Node:
    return app("In", t, domain)


Change = Callable[[Node, int], "Node | None"]


def changed(t: Node, change: Change, below: int = 0) -> Node:
    """The term with ``change(part, binders passed)`` for every part where it is not None."""
    known: dict[tuple[Node, int], Node] = {}

    def go(u: Node, depth: int) -> Node:
        key = u, depth
        if key not in known:
            kids = enumerate(u.kids)
            known[key] = change(u, depth) or node(
                u.op, u.label, *(go(k, depth + u.binds(place)) for place, k in kids)
            )
        return known[key]

    return go(t, below)


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
        if u.open <= depth or u.op != "var":
            return u if u.open <= depth else None
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
        need(u.op != "mem" or u.label not in names, "the family {} cannot be bound", u.label)
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
            return fill(values[u.label], *(changed(k, change, depth) for k in u.kids))
        return None

    return changed(t, change)


def put(t: Node, path: tuple[int, ...], new: Node) -> Node:
    """The term with another one at a place."""
    if not path:
        return new
    kids = list(t.kids)
    kids[path[0]] = put(kids[path[0]], path[1:], new)
    return node(t.op, t.label, *kids)


# -- the text of terms -----------------------------------------------------------------------------

_WORD = re.compile(r'\s*([()\[\]]|"(?:[^"\\]|\\.)*"|[^\s()\[\]"]+)')
_EXACT = re.compile(r"-?[0-9]+(?:/[0-9]+)?\Z")
_NAME = re.compile(r"[^\W\d][\w.']*\Z")


def read(text: Any, table: list[Node], scope: tuple[str, ...] = ()) -> Node:
    """The term that a text spells, open in ``scope``; ``(fun (i) body)`` is open in i."""
    good = type(text) is str and len(text) <= LARGEST_TEXT and not _WORD.sub("", text).strip()
    need(good, "{} is not the text of a term", str(text)[:60])
    words = _WORD.findall(text)[::-1]

    def many(scope: tuple[str, ...], end: str) -> list[Node]:
        found = []
        while words[-1] != end:
            found.append(term(scope))
        words.pop()
        return found

    def term(scope: tuple[str, ...]) -> Node:
        word = words.pop()
        if word == "[":
            family, indices = name_of(words.pop()), many(scope, "]")
            need(indices, "{} has no index", family)
            return node("mem", family, *indices)
        if word == "(":
            return function() if words[-1] == "fun" and not scope else applied(scope)
        if _EXACT.match(word):
            return num(exact(word))
        if word[0] == "$":
            found: Node = table[several([int(word[1:]) - 1], int)[0]]
            return found
        name = name_of(word)
        return var(scope[::-1].index(name)) if name in scope else sym(name)

    def applied(scope: tuple[str, ...]) -> Node:
        label = name_of(words.pop())
        first = [term((*scope, name_of(words.pop())))] if label in BINDERS else []
        return app(label, *first, *many(scope, ")"))

    def function() -> Node:
        names: list[str] = []
        need(words[-2] == "(", "expected (fun (names) body)")
        del words[-2:]
        while words[-1] != ")":
            names.append(name_of(words.pop()))
        words.pop()
        bodies = many(tuple(names), ")")
        need(len(bodies) == 1, "a function has one body")
        return bodies[0]

    t = term(scope)
    need(not words, "something stands behind the term {}", text[:60])
    return t


def name_of(word: str) -> str:
    """The name that a word spells, in quotation marks or without."""
    need(word[0] == '"' or _NAME.match(word), "{} is no name", word)
    return str(json.loads(word)) if word[0] == '"' else word


def exact(text: Any) -> Fraction:
    short = type(text) is str and len(text) < 4000 and _EXACT.match(text)
    need(short, "{} is no exact number", str(text)[:40])
    return Fraction(text)


def several(given: Any, kind: type) -> tuple[Any, ...]:
    """A list of texts, or of natural numbers."""
    good = type(given) is list and all(type(k) is kind for k in given)
    need(good and (kind is str or all(k >= 0 for k in given)), "{} is no such list", given)
    return tuple(given)


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
    **dict.fromkeys(("E", "pi"), (0, True)),
    "oo": (0, False),
}
COMPARISONS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "Eq": lambda a, b: a == b,
    "Ne": lambda a, b: a != b,
    "Le": lambda a, b: a <= b,
    "Lt": lambda a, b: a < b,
}
RELATIONS = ("Affine", "SameOrder", "SameArgmin", "Argmin", "SameGradient")
RANGED = ("Sum", "Product", "softmax", "logsumexp")
INTERVALS = ("Open", "Closed", "LeftOpen", "RightOpen")
#: How many arguments a domain has; -1 for some.
DOMAINS = {
    **dict.fromkeys(("Real", "Integer", "Partial", "Positive", "Nonnegative", "Unit"), 0),
    **dict.fromkeys(("Natural", "Natural0", "Bit"), 0),
    **dict.fromkeys((*INTERVALS, "Range"), 2),
    "FiniteSet": -1,
}
#: How many arguments everything has; names that stand nowhere here take any number.
ARITY: dict[str, tuple[int, ...]] = {
    **{f: (count,) for f, (count, _) in FUNCTIONS.items()},
    **{d: (count,) for d, count in DOMAINS.items()},
    **dict.fromkeys(("Sum", "Product", "Integral", "logsumexp", "Family"), (3,)),
    **dict.fromkeys((*COMPARISONS, "In", "ForAll", "Expectation"), (2,)),
    "Piecewise": (-1,), "Derivative": (2, 3), "softmax": (4,), "Not": (1,), "True": (0,),
}  # fmt: skip


def run_of(t: Node) -> Node | None:
    """Where the variable of a finite binder runs, as a domain."""
    return app("Range", *t.kids[1:3]) if head(t) in RANGED and len(t.kids) >= 3 else None


def bounds(domain: Node) -> tuple[Node, Node, bool, bool] | None:
    """The ends of an interval, ``oo`` for none, and whether each belongs to it."""
    kind, below = head(domain), app("Neg", OO)
    if kind in INTERVALS:
        low, high = domain.kids
        return low, high, kind in ("Closed", "RightOpen"), kind in ("Closed", "LeftOpen")
    return {
        "Real": (below, OO, False, False),
        "Positive": (ZERO, OO, False, False),
        "Nonnegative": (ZERO, OO, True, False),
        "Unit": (ZERO, ONE, False, False),
    }.get(kind)


def is_open(domain: Node) -> bool:
    """Whether every member of the domain is an inner point of an interval."""
    found = bounds(domain)
    return found is not None and not found[2] and not found[3]


def listed(domain: Node) -> tuple[Node, ...]:
    """The members of a finite set that is written out."""
    if domain is BIT:
        return ZERO, ONE
    if head(domain) == "Range" and all(k.op == "num" for k in domain.kids):
        low, high = (k.label for k in domain.kids)
        if low.denominator == high.denominator == 1 and high - low < 64:
            return tuple(num(k) for k in range(int(low), int(high) + 1))
    return domain.kids if head(domain) == "FiniteSet" else ()


def promised(domain: Node, t: Node) -> tuple[Node, ...]:
    """The statements that membership in a domain gives."""
    kind, whole, found = head(domain), within(t, INTEGER), bounds(domain)
    if found:
        low, high, low_in, high_in = found
        above = () if low is app("Neg", OO) else (app("Le" if low_in else "Lt", low, t),)
        under = () if high is OO else (app("Le" if high_in else "Lt", t, high),)
        return (*above, *under) or (within(t, REAL),)
    if kind in ("Integer", "Natural", "Natural0"):
        least = {"Natural": (ONE,), "Natural0": (ZERO,)}.get(kind, ())
        return (whole, *(app("Le", k, t) for k in least))
    if kind == "Range":
        first, last = domain.kids
        sides = app("Le", first, t), app("Le", t, last)
        return whole, *(sides[:1] if last is OO else sides)
    members = listed(domain)
    if not members or any(k.op != "num" for k in members):
        return ()
    values = [k.label for k in members]
    ends = app("Le", num(min(values)), t), app("Le", t, num(max(values)))
    return (whole, *ends) if all(v.denominator == 1 for v in values) else ends


def opposite(condition: Node) -> Node | None:
    """The comparison that holds exactly where this one of defined terms does not."""
    other = {"Eq": "Ne", "Ne": "Eq", "Lt": "Le", "Le": "Lt"}.get(head(condition))
    if other is None:
        return None
    a, b = condition.kids
    return app(other, a, b) if other in ("Eq", "Ne") else app(other, b, a)


# -- contexts --------------------------------------------------------------------------------------


class Entry(NamedTuple):
    """A declaration, or a hypothesis: then ``says`` is a statement, and else the domain."""

    name: str
    says: Node
    indices: tuple[Node, ...] = ()
    law: Node | None = None
    definition: Node | None = None
    assumed: bool = False

    @property
    def mentions(self) -> frozenset[str]:
        """The names that the entry is about, apart from the one it declares."""
        parts = (self.says, *self.indices, self.law, self.definition)
        return frozenset[str]().union(*(t.names for t in parts if t is not None))


class Scope:
    """A context: its last entry, and the context before.  The empty one is its own parent."""

    __slots__ = ("children", "declared", "depth", "entry", "parent")

    def __init__(self, parent: Scope | None = None, entry: Entry | None = None) -> None:
        self.parent: Scope = parent or self
        self.entry = entry or Entry("", TRUE, assumed=True)
        self.depth: int = parent.depth + 1 if parent else 0
        self.children: dict[Entry, Scope] = {}
        self.declared: dict[str, Entry] = dict(parent.declared) if parent else {}
        if not self.entry.assumed:
            self.declared[self.entry.name] = self.entry

    def add(self, entry: Entry) -> Scope:
        """The context with one more entry, which must make sense in it."""
        if entry not in self.children:
            if entry.assumed:
                need(not of_theta(entry.says), "{} speaks of a whole domain", entry.says)
                self.statement(entry.says)
            else:
                need(entry.name not in self.declared, "{} is declared twice", entry.name)
                for k, domain in enumerate((*entry.indices, entry.says)):
                    self.domain(domain, k)
                self.term(entry.definition or ZERO, len(entry.indices))
            self.children[entry] = Scope(self, entry)
        return self.children[entry]

    def declaration(self, name: str) -> Entry:
        need(name in self.declared, "{} is not declared", name)
        return self.declared[name]

    def extends(self, other: Scope) -> bool:
        """Whether this context has the other's entries and perhaps more behind them."""
        at = self
        while at.depth > other.depth:
            at = at.parent
        return at is other

    def behind(self, other: Scope) -> list[Scope]:
        """The contexts that grow from the other one to this one."""
        need(self.extends(other), "two contexts do not fit")
        found, at = [], self
        while at is not other:
            found.append(at)
            at = at.parent
        return found[::-1]

    def shared(self, other: Scope) -> Scope:
        """The longest common beginning."""
        at = self
        while not other.extends(at):
            at = at.parent
        return at

    def entries(self) -> list[Entry]:
        return [*self.parent.entries(), self.entry] if self.depth else []

    def variable(self) -> tuple[str, Node]:
        """Name and domain of the last entry, which declares a number without definition."""
        e = self.entry
        bare = not e.assumed and e.indices == () and e.law is e.definition is None
        need(bare, "{} {} is no variable", e.name, e.says)
        return e.name, e.says

    def term(self, t: Node, free: int = 0) -> None:
        """Names are declared, and everything has the right number of arguments."""
        need(t.open <= free, "a bound variable of {} stands outside its binder", t)
        checked: set[Node] = set()
        todo = [t]
        while todo:
            u = todo.pop()
            if u in checked:
                continue
            checked.add(u)
            kind, count, kids = head(u), len(u.kids), u.kids
            need(kind != "oo", "oo is no number; it only ends an interval, an integral or a sum")
            if u.op in ("sym", "mem"):
                wanted = len(self.declaration(u.label).indices)
                need(wanted == count, "{} takes {} indices, not {}", u.label, wanted, count)
            arity = ARITY.get(kind, (count,))
            need(count in arity or (arity == (-1,) and count), "{} with {} arguments", kind, count)
            if kind in INTERVALS or kind == "Integral":  # these alone may have infinite ends
                keep = kind == "Integral"
                ends = [k for k in kids[keep:] if k is not OO and k is not app("Neg", OO)]
                kids = (*kids[:keep], *ends)
            elif kind in ("Sum", "Range") and kids[-1] is OO:  # and these an infinite last one
                kids = kids[:-1]
            todo.extend(kids)

    def domain(self, d: Node, free: int = 0) -> None:
        need(head(d) in DOMAINS, "{} is no domain", d)
        self.term(d, free)

    def statement(self, s: Node, free: int = 0) -> None:
        """As ``term``, for a comparison, membership, connective, or a ForAll of such."""
        kind = head(s)
        if kind == "ForAll":
            self.statement(s.kids[0], free + 1)
        else:
            known = (*COMPARISONS, "In", "And", "Or", "Not", "True")
            need(kind in known, "{} is no statement", s)
            self.term(s, free)
        if kind in ("ForAll", "In"):
            self.domain(s.kids[1], free)


# -- what the inferences have in common ------------------------------------------------------------


class Fact(NamedTuple):
    """A statement that holds at every point of its context, both sides being defined."""

    scope: Scope
    says: Node


def of_theta(s: Node) -> bool:
    """Whether the statement is a relation in theta, which speaks of theta's whole domain."""
    while head(s) == "ForAll":
        s = s.kids[0]
    return head(s) in RELATIONS


def carried(fact: Fact, scope: Scope) -> None:
    """The fact also holds in a longer context: a relation only if theta is not narrowed."""
    later = scope.behind(fact.scope)
    if of_theta(fact.says):
        theta = {t.label for t in fact.says.kids[2:]}
        for s in later:
            need(theta.isdisjoint(s.entry.mentions), "{} narrows {}", s.entry.says, sorted(theta))


def joined(*facts: Fact) -> Scope:
    """The longest of the contexts, of which all the others are beginnings."""
    need(facts, "a premise is missing")
    longest = max((f.scope for f in facts), key=lambda scope: scope.depth)
    for f in facts:
        carried(f, longest)
    return longest


def proves(fact: Fact, scope: Scope, wanted: Node) -> None:
    """The fact says this in the context; each ForAll is a variable that the fact declares."""
    whole = wanted
    for s in fact.scope.behind(fact.scope.shared(scope)):
        name, domain = s.variable()
        good = head(wanted) == "ForAll" and wanted.kids[1] is domain and name not in scope.declared
        need(good, "a proof of {} uses more than its context: {}", whole, name)
        wanted = fill(wanted.kids[0], sym(name))
    need(fact.says is wanted, "expected a proof of {}, got {}", whole, fact.says)


def subject(fact: Fact) -> Node:
    """The term that a membership says is defined."""
    s = fact.says
    need(head(s) == "In" and head(s.kids[1]) != "Partial", "{} is no membership", s)
    return s.kids[0]


def defined_sides(fact: Fact) -> tuple[Node, ...]:
    return fact.says.kids if head(fact.says) in COMPARISONS else (subject(fact),)


def without(fact: Fact, added: Node | None) -> Scope:
    """The context of a fact before its last hypothesis, which is the one expected."""
    entry = fact.scope.entry
    need(entry.assumed and entry.says is added, "{} is not proved under {}", fact.says, added)
    need(fact.scope.depth and not of_theta(fact.says), "{} is not proved by cases", fact.says)
    return fact.scope.parent


def parts_of(condition: Node) -> tuple[Node, ...]:
    return condition.kids if head(condition) == "And" else (condition,)


def place(
    root: Node, path: tuple[int, ...], outer: Scope, inner: Scope, inside: list[Fact]
) -> tuple[Node, list[str]]:
    """The term at a path, with the names that ``inner`` gives to the variables passed."""
    left, names = inner.behind(outer), list[str]()
    for k in path:
        need(k < len(root.kids), "{} has no part {}", root, k)
        child = root.kids[k]
        if root.binds(k):
            need(left, "the variable of {} is not declared", root)
            names.append(enter(root, left.pop(0), inside))
            child = fill(child, sym(names[-1]))
        elif head(root) == "Piecewise" and k % 2 == 0:
            allowed = [*map(opposite, root.kids[1:k:2]), root.kids[k + 1]]
            while left and left[0].entry.assumed and left[0].entry.says in allowed:
                left.pop(0)
        root = child
    need(not left and not inside, "something given is not needed on the path")
    return root, names


def enter(binder: Node, scope: Scope, inside: list[Fact]) -> str:
    """The last entry of the context declares the variable of a binder; its name.

    Below a derivative it runs over an open interval in which a premise finds the point; below
    an integral over the line, or between the ends, of which a premise says which is the lower
    one unless one of them is infinite.
    """
    (name, domain), outer, run = scope.variable(), scope.parent, run_of(binder)
    need(run in (None, domain), "{} does not run where {} does", name, binder)
    wanted = None
    if head(binder) == "Integral" and domain is not REAL:
        ends, own = binder.kids[1:], domain.kids
        between = head(domain) == "Open" and (own == ends or own == ends[::-1])
        need(between, "{} does not lie between the ends of {}", name, binder)
        endless = own[0] is app("Neg", OO) or own[1] is OO
        wanted = None if endless and own[0] is not own[1] else app("Le", *own)
    elif run is None and head(binder) != "Integral":
        line = head(binder) == "Derivative" and len(binder.kids) == 2 and is_open(domain)
        need(line, "nothing enters {} with {} in {}", binder, name, domain)
        wanted = within(binder.kids[1], domain)
    if wanted is not None:
        need(inside, "a proof of {} is missing", wanted)
        fact = inside.pop(0)
        need(outer.extends(fact.scope), "the premise {} depends on {}", fact, name)
        proves(fact, outer, wanted)
    return name


# -- polynomials -----------------------------------------------------------------------------------
# A monomial is a sorted tuple of numbers, one for each factor.  A number stands for a term that
# is no sum, product or quotient, or for 1/q, q being a polynomial in earlier numbers.

Poly = dict[tuple[int, ...], Fraction]
UNITY: Poly = {(): Fraction(1)}


class Algebra:
    """Terms as polynomials in their parts and in inverses of polynomials."""

    def __init__(self) -> None:
        self.numbers: dict[Any, int] = {}
        self.inverted: dict[int, Poly] = {}
        self.known: dict[Node, Poly] = {}
        self.spent = 0

    def plus(self, a: Poly, b: Poly) -> Poly:
        out = dict(a)
        for m, c in b.items():
            out[m] = out.get(m, 0) + c
        return {m: c for m, c in out.items() if c}

    def times(self, a: Poly, b: Poly) -> Poly:
        self.spent += len(a) * len(b)
        need(self.spent <= MOST_PRODUCTS, "multiplying out takes too long")
        out: Poly = {}
        for m, c in a.items():
            for n, d in b.items():
                key = tuple(sorted(m + n)) if m and n else m or n
                out[key] = out.get(key, 0) + c * d
        return {m: c for m, c in out.items() if c}

    def power(self, a: Poly, e: int) -> Poly:
        out = UNITY
        for _ in range(e):
            out = self.times(out, a)
        return out

    def inverse(self, p: Poly) -> Poly:
        if p.keys() == {()}:
            return {(): 1 / p[()]}
        k = self.numbers.setdefault(frozenset(p.items()), len(self.numbers))
        self.inverted[k] = p
        return {(k,): Fraction(1)}

    def read(self, t: Node) -> Poly:
        if t not in self.known:
            self.known[t] = self.fresh(t)
        return self.known[t]

    def fresh(self, t: Node) -> Poly:
        kind, kids = head(t), t.kids
        if t.op == "num":
            return {(): t.label} if t.label else {}
        if kind == "Neg":
            return {m: -c for m, c in self.read(kids[0]).items()}
        if kind in ("Add", "Mul"):
            out: Poly = {} if kind == "Add" else UNITY
            for kid in kids:
                out = (self.plus if kind == "Add" else self.times)(out, self.read(kid))
            return out
        if kind == "Div":
            return self.times(self.read(kids[0]), self.inverse(self.read(kids[1])))
        if kind == "Pow" and kids[1].op == "num" and kids[1].label.denominator == 1:
            e, p = int(kids[1].label), self.read(kids[0])
            if abs(e) <= LARGEST_EXPONENT:
                return self.power(p if e >= 0 else self.inverse(p), abs(e))
        return {(self.numbers.setdefault(t, len(self.numbers)),): Fraction(1)}

    def is_zero(self, p: Poly) -> bool:
        """Whether p is 0 once it is multiplied by every q whose inverse occurs, the last first.

        No q is 0 where all terms are defined, as each divides one of them.
        """
        for k in sorted(self.inverted, reverse=True):
            most = max((m.count(k) for m in p), default=0)
            powers, out = [UNITY], Poly()
            for _ in range(most):
                powers.append(self.times(powers[-1], self.inverted[k]))
            for m, c in p.items():
                rest: Poly = {tuple(n for n in m if n != k): c}
                for n, d in self.times(rest, powers[most - m.count(k)]).items():
                    out[n] = out.get(n, 0) + d
            p = {m: c for m, c in out.items() if c}
        return not p


def same_value(a: Node, b: Node) -> bool:
    """Whether two terms are equal as rational functions, multiplied out exactly."""
    algebra = Algebra()
    return a is b or algebra.is_zero(algebra.read(minus(a, b)))


def value_of(value: Node, entry: Entry, scope: Scope) -> Node:
    """What a symbol or a family stands for, open in its indices and well-formed."""
    count = len(entry.indices)
    if count and value.op == "sym" and scope.declaration(value.label).indices:
        value = node("mem", value.label, *(var(k) for k in reversed(range(count))))
    scope.term(value, count)
    return value


def chosen(fact: Fact) -> tuple[Scope, str, Node, Node]:
    """A variable and a hypothesis on it, the last entries: context before, name, domain, that."""
    before, last = fact.scope.parent, fact.scope.entry
    need(last.assumed and not of_theta(fact.says), "{} is not proved under a choice", fact.says)
    return before.parent, *before.variable(), last.says


def theta_of(scope: Scope, names: tuple[str, ...], *sides: Node) -> tuple[Node, ...]:
    """Theta as symbols: nothing but the sizes of its families is linked to it."""
    need(names and len(set(names)) == len(names), "theta is empty or has a name twice")
    entries = [scope.declaration(name) for name in names]
    own = frozenset(names).union(*(d.names for e in entries for d in e.indices))
    for e in entries:
        free = e.law is e.definition is None and e.says.names <= own
        need(free, "{} is not free to vary", e.name)
    for e in scope.entries():
        alone = e.mentions.isdisjoint(names) or (e.assumed and e.mentions <= own)
        need(alone, "{} {} links {} to something else", e.name, e.says, names)
    for t in sides:
        scope.term(t)
        need(not t.names.isdisjoint(names), "{} does not depend on {}", t, names)
    return tuple(map(sym, names))


def second_point(scope: Scope, names: tuple[str, ...], seen: Scope) -> dict[str, Node]:
    """The names of a second point of theta, which ``seen`` declares behind ``scope``."""
    left, values = [s.entry for s in seen.behind(scope)], dict[str, Node]()
    for e in scope.entries():
        if not e.assumed and e.name in names:
            copy = left.pop(0)
            need(copy[1:] == e[1:], "a second {} is not declared", e.name)
            values[e.name] = value_of(sym(copy.name), e, seen)
        elif e.assumed and not e.mentions.isdisjoint(names):
            said = left.pop(0)
            good = said.assumed and said.says is swap(e.says, values)
            need(good, "{} is not assumed of the second point", e.says)
    need(not left, "more is assumed than a second point")
    return values


def ordered(ordering: Fact, least: Fact) -> tuple[Scope, Node, Node, list[Node]]:
    (f, g, *theta), (h, t, *same) = ordering.says.kids, least.says.kids
    good = (head(ordering.says), head(least.says)) == ("SameOrder", "Argmin")
    need(good and f is h and theta == same, "expected order(f) = order(g) and argmin(f) = t")
    return joined(ordering, least), g, t, theta


def slope(f: Node, point: Node) -> Node:
    """The derivative of a closed term by a symbol, or by one member of a family alone."""

    def change(u: Node, depth: int) -> Node | None:
        if point.label not in u.names:
            return u
        if u.op != "mem" or u.label != point.label:
            return None
        kids = [changed(k, change, depth) for k in u.kids]
        tests = [app("Eq", a, b) for a, b in zip(kids, point.kids, strict=True) if a is not b]
        if not tests:
            return var(depth)
        test = tests[0] if len(tests) == 1 else app("And", *tests)
        return app("Piecewise", var(depth), test, node("mem", u.label, *kids), TRUE)

    body = close(f, [point.label]) if point.op == "sym" else changed(f, change)
    return app("Derivative", body, point)


# -- the inferences --------------------------------------------------------------------------------

# How an argument is read: by what its annotation is called.
Path = tuple[int, ...]
Names = tuple[str, ...]
OpenNode = Node
Axiom = Fact
Mapping = dict[str, Node]
Combination = list[tuple[Fraction, tuple[int, ...]]]


class Inferences:
    """Each method takes arguments and premises named as in a certificate, makes its checks and
    returns its conclusion; ``scope`` is the context that the step states."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def axiom(self, rule: Axiom) -> Fact:
        return rule

    def declared(self, name: str, *facts: Fact) -> Fact:
        entry, values = self.scope.declaration(name), list[Node]()
        for fact, domain in zip(facts, entry.indices, strict=True):
            value = subject(fact)
            proves(fact, self.scope, within(value, fill(domain, *values)))
            values.append(value)
        own = node("mem", name, *values) if values else sym(name)
        return Fact(self.scope, within(own, fill(entry.says, *values)))

    def hypothesis(self, statement: Node, *facts: Fact) -> Fact:
        known = any(e.assumed and e.says is statement for e in self.scope.entries())
        need(known, "{} is no hypothesis", statement)
        for fact in facts:
            need(head(statement) == "ForAll", "{} has no index", statement)
            value = subject(fact)
            proves(fact, self.scope, within(value, statement.kids[1]))
            statement = fill(statement.kids[0], value)
        need(head(statement) != "ForAll", "an index of {} has no value", statement)
        return Fact(self.scope, statement)

    def instance(self, mapping: Mapping, theorem: Fact, *facts: Fact) -> Fact:
        base = theorem.scope.shared(self.scope)
        while not base.declared.keys().isdisjoint(mapping):
            base = base.parent
        entries = [s.entry for s in theorem.scope.behind(base)]
        names = {e.name: e for e in entries if not e.assumed}
        need(names.keys() == mapping.keys(), "values are needed for {}", sorted(names))
        values = {name: value_of(mapping[name], e, self.scope) for name, e in names.items()}
        left = list(facts)
        for e in entries:
            wanted = swap(e.says, values)
            if not e.assumed:
                if head(e.says) == "Partial":
                    continue
                wanted = within(values[e.name], wanted)
                for domain in reversed(e.indices):
                    wanted = app("ForAll", wanted, swap(domain, values))
            need(left, "a proof of {} is missing", wanted)
            proves(left.pop(0), self.scope, wanted)
        need(not left, "there are too many premises")
        if of_theta(theorem.says):
            need(not entries, "a relation in theta can only be weakened")
            carried(theorem, self.scope)
        return Fact(self.scope, swap(theorem.says, values))

    def side(self, side: int, fact: Fact) -> Fact:
        return Fact(fact.scope, within(defined_sides(fact)[side], REAL))

    def symmetric(self, fact: Fact) -> Fact:
        kind, (a, b, *theta) = head(fact.says), fact.says.kids
        need(kind in {"Eq", "Ne", *RELATIONS} - {"Argmin"}, "{} is not symmetric", kind)
        return Fact(fact.scope, app(kind, b, a, *theta))

    def transitive(self, first: Fact, second: Fact) -> Fact:
        kinds = {head(first.says), head(second.says)}
        kind = next((k for k in ("Lt", "Le", "Eq") if k in kinds), head(first.says))
        alike = len(kinds) == 1 and kinds <= {*RELATIONS} - {"Argmin"}
        need(alike or kinds <= {"Eq", "Le", "Lt"}, "{} do not compose", kinds)
        (a, b, *theta), (c, d, *same) = first.says.kids, second.says.kids
        need(b is c and theta == same, "the middle terms differ")
        return Fact(joined(first, second), app(kind, a, d, *theta))

    def part(self, path: Path, fact: Fact) -> Fact:
        t = defined_sides(fact)[path[0]]
        for k in path[1:]:
            need(head(t) in FUNCTIONS or run_of(t), "the parts of {} need not be defined", t)
            t = t.kids[k]
        found, _ = place(fact.says, path, fact.scope, self.scope, [])
        self.scope.term(found)
        return Fact(self.scope, within(found, REAL))

    def rewrite(self, path: Path, fact: Fact, equation: Fact, *inside: Fact) -> Fact:
        need(head(equation.says) == "Eq", "{} is no equation", equation.says)
        s, (old, new) = fact.says, equation.says.kids
        inner = fact.scope if fact.scope.extends(equation.scope) else equation.scope
        found, names = place(s, path, fact.scope, inner, list(inside))
        need(found is old, "at the path stands {}, not {}", found, old)
        result = put(s, path, close(new, names))
        if of_theta(s):
            theta = {t.label for t in s.kids[2:]}
            depends = [not t.names.isdisjoint(theta) for t in result.kids[:2]]
            kept = path[0] < 2 and depends == [True, head(s) != "Argmin"]
            need(kept, "{} does not depend on theta as it should", result)
            if head(s) == "SameGradient":  # a hypothesis on theta does not hold beside its points
                free = all(theta.isdisjoint(e.mentions) for e in inner.entries())
                need(free, "below a gradient no hypothesis on theta may be used")
        return Fact(fact.scope, result)

    def ring(self, left: Fact, right: Fact) -> Fact:
        a, b = subject(left), subject(right)
        need(same_value(a, b), "{} and {} differ as rational functions", a, b)
        return Fact(joined(left, right), app("Eq", a, b))

    def order(
        self, relation: str, combination: Combination, left: Fact, right: Fact, *known: Fact
    ) -> Fact:
        a, b, total, strict = subject(left), subject(right), [ZERO], False
        for c, used in combination:
            kinds = {k: head(known[k].says) for k in used}
            signs = {kind for k, kind in kinds.items() if kind != "Ne" or used.count(k) % 2}
            need(signs <= {"Eq", "Le", "Lt"}, "the sign of a product of {} is open", sorted(signs))
            need(c > 0 or "Eq" in signs, "the coefficient {} is not positive", c)
            strict = strict or signs <= {"Lt"}
            total.append(app("Mul", num(c), *(minus(*known[k].says.kids[::-1]) for k in used)))
        need(relation == "Le" or (relation == "Lt" and strict), "{} does not follow", relation)
        need(same_value(minus(b, a), app("Add", *total)), "the difference is another combination")
        return Fact(joined(left, right, *known), app(relation, a, b))

    def numeral(self, value: Node) -> Fact:
        need(value.op == "num", "{} is no number", value)
        return Fact(self.scope, within(value, INTEGER if value.label.denominator == 1 else REAL))

    def total(self, term: Node, *facts: Fact) -> Fact:
        need(FUNCTIONS.get(head(term), (0, False))[1], "{} is not defined everywhere", term)
        need(tuple(map(subject, facts)) == term.kids, "the premises are not about the arguments")
        joined(*facts).term(term)
        return Fact(joined(*facts), within(term, REAL))

    def whole(self, term: Node, *facts: Fact) -> Fact:
        good = head(term) in ("Add", "Mul", "Neg", "Abs", "Max", "Min")
        good = good and [f.says for f in facts] == [within(k, INTEGER) for k in term.kids]
        need(good, "{} may be a fraction", term)
        joined(*facts).term(term)
        return Fact(joined(*facts), within(term, INTEGER))

    def belongs(self, domain: Node, term: Node, *facts: Fact) -> Fact:
        scope = joined(*facts)
        scope.domain(domain)
        need(head(domain) != "FiniteSet", "{} is not given by its bounds", domain)
        need(tuple(f.says for f in facts) == promised(domain, term), "{} promises more", domain)
        return Fact(scope, within(term, domain))

    def element(self, domain: Node, fact: Fact) -> Fact:
        fact.scope.domain(domain)
        good = head(fact.says) == "Eq" and fact.says.kids[1] in listed(domain)
        need(good, "{} gives no member of {}", fact.says, domain)
        return Fact(fact.scope, within(fact.says.kids[0], domain))

    def promise(self, promise: int, fact: Fact) -> Fact:
        return Fact(fact.scope, promised(fact.says.kids[-1], subject(fact))[promise])

    def cases(self, condition: Node, first: Fact, second: Fact, left: Fact, right: Fact) -> Fact:
        scope = without(first, condition)
        same = without(second, opposite(condition)) is scope and first.says is second.says
        need(same, "{} and {} are no two cases", first.says, second.says)
        for t, fact in zip(condition.kids, (left, right), strict=True):
            need(subject(fact) is t, "it is not shown that {} is defined", t)
            carried(fact, scope)
        return Fact(scope, first.says)

    def each(self, of: Fact, *branches: Fact) -> Fact:
        t, goal = subject(of), branches[0].says
        scope = branches[0].scope.parent
        for fact, member in zip(branches, listed(of.says.kids[1]), strict=True):
            same = without(fact, app("Eq", t, member)) is scope and fact.says is goal
            need(same, "{} is no case of {}", fact.says, of.says)
        carried(of, scope)
        return Fact(scope, goal)

    def absurd(self, statement: Node, fact: Fact) -> Fact:
        kind, kids = head(fact.says), fact.says.kids
        good = kind in COMPARISONS and all(k.op == "num" for k in kids)
        good = good and not COMPARISONS[kind](*(k.label for k in kids))
        need(good, "{} is not absurd", fact.says)
        need(head(statement) in (*COMPARISONS, "In"), "{} does not follow", statement)
        fact.scope.statement(statement)
        return Fact(fact.scope, statement)

    def branch(self, term: Node, branch: int, value: Fact, *facts: Fact) -> Fact:
        at = 2 * branch
        need(head(term) == "Piecewise" and at < len(term.kids) - 1, "{} has no such branch", term)
        scope, said = joined(value, *facts), [f.says for f in facts]
        scope.term(term)
        need(subject(value) is term.kids[at], "another value is defined")
        for condition in term.kids[1:at:2]:
            denied = {*map(opposite, parts_of(condition))} - {None}
            need(said and said.pop(0) in denied, "it is not shown that {} fails", condition)
            if head(condition) == "And":
                sides = [within(t, REAL) for c in condition.kids for t in c.kids]
                need(said[: len(sides)] == sides, "is {} defined?", condition)
                del said[: len(sides)]
        wanted = [c for c in parts_of(term.kids[at + 1]) if c is not TRUE]
        need(said == wanted, "it is not just shown that {} holds", term.kids[at + 1])
        return Fact(scope, app("Eq", term, term.kids[at]))

    def interior(self, term: Node, point: Fact, line: Fact) -> Fact:
        need(head(term) == "Derivative", "{} is no derivative", term)
        body, at, domain = term.kids
        found, plain = bounds(domain), app("Derivative", body, at)
        good = found and point.says is within(at, app("Open", *found[:2]))
        need(good, "{} is not shown to be inside of {}", at, domain)
        need(subject(line) is plain, "it is not shown that {} is defined", plain)
        joined(point, line).term(term)
        return Fact(joined(point, line), app("Eq", term, plain))

    def one_hot(self, bits: Fact, unit: Fact, goal: Fact) -> Fact:
        total, one = unit.says.kids
        good = head(unit.says) == "Eq" and head(total) == "Sum" and one is ONE
        need(good, "{} is not that a sum is 1", unit.says)
        body, run = total.kids[0], app("Range", *total.kids[1:])
        scope, c, domain, given = chosen(goal)
        indicator = app("Eq", body, app("KroneckerDelta", var(0), sym(c)))
        good = domain is run and given is app("ForAll", indicator, run)
        need(good and c not in goal.says.names, "{} is not proved for any class", goal.says)
        proves(unit, scope, unit.says)
        proves(bits, scope, app("ForAll", within(body, BIT), run))
        return Fact(scope, goal.says)

    def induction(
        self, goal: Node, base: Fact, step: Fact, low: Fact, high: Fact, ordered: Fact
    ) -> Fact:
        body, domain = goal.kids
        need(head(goal) == "ForAll" and head(domain) == "Range", "{} is not for a range", goal)
        need(head(body) in (*COMPARISONS, "In"), "{} is not proved by induction", body)
        lo, hi = domain.kids
        scope, name, run, given = chosen(step)
        need(name not in goal.names and run is app("Range", lo, app("Add", hi, num(-1))),
             "{} is no step of {}", name, goal)  # fmt: skip
        need(given is fill(body, sym(name)), "the step has another hypothesis")
        proves(step, step.scope, fill(body, app("Add", sym(name), ONE)))
        proves(base, scope, fill(body, lo))
        proves(low, scope, within(lo, INTEGER))
        proves(high, scope, within(hi, INTEGER))
        proves(ordered, scope, app("Le", lo, hi))
        return Fact(scope, fill(body, hi))

    def affine(self, theta: Names, equation: Fact, positive: Fact) -> Fact:
        scope, (f, right) = joined(equation, positive), equation.says.kids
        product, b = right.kids
        a, g = product.kids
        good = [head(t) for t in (equation.says, right, product)] == ["Eq", "Add", "Mul"]
        need(good, "expected f = a*g + b, got {}", equation.says)
        symbols = theta_of(scope, theta, f, g)
        need(positive.says is app("Lt", ZERO, a), "it is not shown that {} is positive", a)
        need((a.names | b.names).isdisjoint(theta), "{} or {} depends on {}", a, b, theta)
        return Fact(scope, app("Affine", f, g, *symbols))

    def same_order(self, fact: Fact) -> Fact:
        need(head(fact.says) == "Affine", "{} is not affine", fact.says)
        return Fact(fact.scope, app("SameOrder", *fact.says.kids))

    def monotone(
        self, f: Node, g: Node, theta: Names, defined: Fact, less: Fact, same: Fact
    ) -> Fact:
        symbols = theta_of(defined.scope, theta, f, g)
        need(subject(defined) is f, "it is not shown that {} is defined", f)
        for fact, kind in ((less, "Lt"), (same, "Eq")):
            values = second_point(defined.scope, theta, fact.scope.parent)
            without(fact, app(kind, f, swap(f, values)))
            proves(fact, fact.scope, app(kind, g, swap(g, values)))
        return Fact(defined.scope, app("SameOrder", f, g, *symbols))

    def minimiser(self, f: Node, point: OpenNode, theta: str, defined: Fact, *facts: Fact) -> Fact:
        (*points, strict), scope = facts, defined.scope
        (here,) = theta_of(scope, (theta,), f)
        need(subject(defined) is f, "it is not shown that {} is defined", f)
        entry = scope.declaration(theta)
        need(theta not in point.names and len(entry.indices) < 2, "{} is no point", point)
        value = value_of(point, entry, scope)
        wanted, inside, there = within(value, entry.says), scope, value
        if entry.indices:
            wanted, inside = app("ForAll", wanted, entry.indices[0]), strict.scope.parent
            k, domain = inside.variable()
            one = domain is entry.indices[0] and inside.parent is scope
            need(one, "one member of {} is not chosen", theta)
            here, there = node("mem", theta, sym(k)), fill(value, sym(k))
        about = [e.says for e in scope.entries() if e.assumed and theta in e.says.names]
        conditions = [wanted, *(swap(s, {theta: value}) for s in about)]
        for fact, s in zip(points, conditions, strict=True):
            proves(fact, scope, s)
        found = without(strict, app("Ne", here, there)) is inside
        need(found, "the inequality has other hypotheses")
        proves(strict, strict.scope, app("Lt", swap(f, {theta: value}), f))
        return Fact(scope, app("Argmin", f, point, sym(theta)))

    def transfer(self, ordering: Fact, least: Fact) -> Fact:
        scope, g, t, theta = ordered(ordering, least)
        return Fact(scope, app("Argmin", g, t, *theta))

    def same_argmin(self, first: Fact, least: Fact) -> Fact:
        if head(first.says) == "Argmin":
            f, *point = first.says.kids
            need(head(least.says) == "Argmin", "expected a minimiser of the other loss")
            g, *other = least.says.kids
            need(point == other, "the minimisers differ")
            return Fact(joined(first, least), app("SameArgmin", f, g, *point[1:]))
        return Fact(ordered(first, least)[0], app("SameArgmin", *first.says.kids))

    def gradient(self, f: Node, g: Node, theta: str, fact: Fact) -> Fact:
        scope, point = fact.scope, sym(theta)
        entry = scope.declaration(theta)
        if entry.indices:
            k, domain = scope.variable()
            need((domain,) == entry.indices, "not proved for each member of {}", theta)
            point, scope = node("mem", theta, sym(k)), scope.parent
        symbols = theta_of(scope, (theta,), f, g)
        need(is_open(entry.says), "{} does not lie in an open interval", theta)
        proves(fact, fact.scope, app("Eq", slope(f, point), slope(g, point)))
        return Fact(scope, app("SameGradient", f, g, *symbols))

    def gradients(self, first: Fact, second: Fact) -> Fact:
        s, t = first.says, second.says
        both = head(s) == head(t) == "SameGradient" and s.kids[:2] == t.kids[:2]
        need(both, "two gradients of the same losses are wanted, not {} and {}", s, t)
        return Fact(joined(first, second), app("SameGradient", *s.kids, *t.kids[2:]))


# -- certificates ----------------------------------------------------------------------------------


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Say in a refusal where it happened; data of a wrong shape are refused too."""
    try:
        yield
    except Refused as error:
        raise type(error)(f"{what}: {error}") from None
    except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError) as error:
        raise Refused(f"{what}: it is not of the shape it should have ({error})") from None


def field(data: Any, key: str, kind: type) -> Any:
    """A field of an object."""
    found = data.get(key) if isinstance(data, dict) else None
    if type(found) is not kind:
        raise Unreadable(f"{key!r} is missing in {str(data)[:60]}, or it is no {kind.__name__}")
    return found


def of_format(data: Any, wanted: str) -> Any:
    if not isinstance(data, dict) or data.get("format") != wanted:
        raise Unreadable(f"this is not of the format {wanted}")
    return data


def read_entry(data: Any, table: list[Node]) -> Entry:
    """The entry of a context that an object describes."""
    if "assume" in data:
        return Entry("", read(data["assume"], table), assumed=True)
    name, names, indices = field(data, "declare", str), tuple[str, ...](), list[Node]()
    for index, domain in data.get("indices", []):
        indices.append(read(domain, table, names))
        names = (*names, *several([index], str))
    law, definition = (
        read(data[k], table, names) if k in data else None for k in ("law", "definition")
    )
    domain = read(data.get("domain"), table, names)
    return Entry(name, domain, tuple(indices), law, definition)


class Ledger:
    """The axioms that may be used, each read when it is."""

    def __init__(self, data: Any) -> None:
        self.items: dict[str, Any] = {}
        lines = []
        for item in field(of_format(data, "derive-ledger/1"), "axioms", list):
            name, *said = (field(item, k, str) for k in ("name", "needs", "lhs", "relation", "rhs"))
            need(name not in self.items, "two axioms are called {}", name)
            self.items[name] = item
            lines.append((name, f"{name}\t{said[0]}\t{' '.join(said[1:])}"))
        text = "\n".join(line for _, line in sorted(lines))
        self.digest = field(data, "digest", str)
        if hashlib.sha256(text.encode()).hexdigest() != self.digest:
            raise Unreadable("the digest of the ledger is not that of its axioms")

    def axiom(self, name: str, scope: Scope) -> Fact:
        """An axiom as a fact, in a context that begins with the empty one."""
        need(name in self.items, "the rule {} is not in the ledger", name)
        for data in self.items[name]["context"]:
            scope = scope.add(read_entry(data, []))
        says = read(self.items[name]["statement"], [])
        scope.statement(says)
        return Fact(scope, says)


class Check:
    """One certificate on its way through the inferences."""

    def __init__(self, certificate: Any, ledger: Any) -> None:
        _nodes.clear()
        _nodes.update(_ALWAYS)
        self.ledger, self.root = Ledger(ledger), Scope()
        self.data = of_format(certificate, "derive-certificate/1")
        self.table: list[Node] = []
        self.scopes: dict[int, Scope] = {0: self.root}
        self.facts: dict[int, Fact] = {}
        self.used: dict[str, Fact] = {}

    def replay(self) -> None:
        """Make every step again, and compare with what it states."""
        for text in field(self.data, "terms", list):
            self.table.append(self.closed(text))
        for item in field(self.data, "contexts", list):
            k, parent = field(item, "id", int), field(item, "parent", int)
            with reading(f"context {k}"):
                good = parent in self.scopes and k not in self.scopes
                need(good, "it does not stand behind its parent, or twice")
                self.scopes[k] = self.scopes[parent].add(read_entry(item, self.table))
        steps, wanted = (field(self.data, key, list) for key in ("steps", "theorems"))
        need(len(steps) <= MOST_STEPS, "there are too many steps")
        for item in steps:
            k, by = field(item, "id", int), field(item, "by", str)
            with reading(f"step {k} ({by})"):
                need(k not in self.facts, "there is another step of this number")
                self.facts[k] = self.step(by, item)
        known = wanted and all(type(k) is int and k in self.facts for k in wanted)
        need(known, "a theorem is not one of the steps")

    def step(self, by: str, item: dict[str, Any]) -> Fact:
        numbers, at = several(item["premises"], int), field(item, "context", int)
        known = at in self.scopes and all(p in self.facts for p in numbers)
        need(known, "its context or a premise does not stand before it")
        need(by[:1] != "_" and by in vars(Inferences), "there is no such inference")
        check = vars(Inferences)[by]
        given, scope = field(item, "arguments", dict), self.scopes[at]
        kinds = [(name, kind) for name, kind in check.__annotations__.items() if kind != "Fact"]
        arguments = [self.argument(kind, given.get(name)) for name, kind in kinds]
        found = check(Inferences(scope), *arguments, *(self.facts[p] for p in numbers))
        stated = read(item["statement"], self.table)
        need(found.says is stated, "it proves {}, not {}", found.says, stated)
        need(found.scope is scope, "it stands in another context than it states")
        return Fact(scope, stated)

    def closed(self, text: Any) -> Node:
        t = read(text, self.table)
        need(t.open == 0, "{} has an open variable", t)
        return t

    def argument(self, kind: str, given: Any) -> Any:
        """An argument of a step, read as the annotation of its inference asks for."""
        if kind == "Node":
            return self.closed(given)
        if kind == "OpenNode":
            return read(given, self.table)
        if kind in ("Path", "Names"):
            return several(given, int if kind == "Path" else str)
        if kind == "Mapping":
            return {name: read(text, self.table) for name, text in given.items()}
        if kind == "Combination":
            return [(exact(c), several(ks, int)) for c, ks in given]
        (value,) = several([given], int if kind == "int" else str)
        if kind == "Axiom" and value not in self.used:
            self.used[value] = self.ledger.axiom(value, self.root)
        return self.used[value] if kind == "Axiom" else value


# -- numbers, from here on nothing is accepted -----------------------------------------------------
# A value is an exact fraction, or a pair of integers low, high: it surely lies between
# low/2**BITS and high/2**BITS.  Everything is rounded outwards.

BITS = 96
UNIT = 1 << BITS
Value = Fraction | tuple[int, int]
NIL, FULL, TWO = Fraction(0), Fraction(1), Fraction(2)


class Undefined(Exception):  # noqa: N818  # a plain word reads better
    """The term is surely undefined at the point."""


class Unsure(Exception):  # noqa: N818  # a plain word reads better
    """The value cannot be told, or no point is found; the text names the reason."""


def ends(v: Value) -> tuple[int, int]:
    """The pair of a value."""
    if isinstance(v, tuple):
        return v
    n = v.numerator << BITS
    return n // v.denominator, -(-n // v.denominator)


def kept(v: Value) -> Value:
    """The value itself; as a pair when its fraction is long.  Raises Unsure when it is huge."""
    if isinstance(v, Fraction):
        if v.denominator.bit_length() <= 64 and v.numerator.bit_length() <= 128:
            return v
        v = ends(v)
    if max(abs(v[0]), abs(v[1])).bit_length() > BITS + 600:
        raise Unsure("size")
    return v


def precise(v: Value) -> Fraction:
    if isinstance(v, Fraction):
        return v
    raise Unsure("a value that is not exact")


def sign(v: Value) -> int:
    low, high = (v, v) if isinstance(v, Fraction) else v
    if low <= 0 <= high and (low or high):
        raise Unsure("a sign")
    return (low > 0) - (high < 0)


def plus(a: Value, b: Value) -> Value:
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return kept(a + b)
    (p, q), (r, s) = ends(a), ends(b)
    return kept((p + r, q + s))


def negative(a: Value) -> Value:
    return -a if isinstance(a, Fraction) else (-a[1], -a[0])


def times(a: Value, b: Value) -> Value:
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return kept(a * b)
    (p, q), (r, s) = ends(a), ends(b)
    products = p * r, p * s, q * r, q * s
    return kept((min(products) >> BITS, -(-max(products) >> BITS)))


def over(a: Value, b: Value) -> Value:
    if sign(b) == 0:
        raise Undefined
    low, high = (1, 1) if isinstance(b, Fraction) else b
    return times(a, 1 / b if isinstance(b, Fraction) else (UNIT**2 // high, -(-(UNIT**2) // low)))


def exp_bounds(x: int) -> tuple[int, int]:
    """exp(x/UNIT)*UNIT for x >= 0 between two bounds: the series of a small part, squared again."""
    if x > 300 * UNIT:
        raise Unsure("size")
    halvings = max(0, x.bit_length() - BITS + 3)
    bits = BITS + halvings + 16
    small = x << 16  # small/2**bits = x/UNIT/2**halvings < 1/8, exactly
    low = high = low_term = high_term = 1 << bits
    k = 0
    while high_term > 1:
        k += 1
        low_term, high_term = low_term * small // (k << bits), -(-high_term * small // (k << bits))
        low, high = low + low_term, high + high_term
    high += high_term  # the rest of the series is below its last term
    for _ in range(halvings):
        low, high = low * low >> bits, -(-high * high >> bits)
    return low >> bits - BITS, -(-high >> bits - BITS)


def exp(a: Value) -> Value:
    def bound(x: int, k: int) -> int:
        if x >= 0:
            return exp_bounds(x)[k]
        return (UNIT**2 - k) // exp_bounds(-x)[1 - k] + k  # rounded down, or up for k = 1

    low, high = ends(a)
    return FULL if a == 0 else kept((bound(low, 0), bound(high, 1)))


def log_ratio(a: int, b: int) -> tuple[int, int]:
    """log(a/b)*UNIT for b <= a <= 2*b between two bounds, by the series of artanh((a-b)/(a+b))."""
    bits, k = BITS + 16, 1
    low = low_power = ((a - b) << bits) // (a + b)
    high = high_power = low_power + 1
    low_square, high_square = low_power**2 >> bits, -(-(high_power**2) >> bits)
    while high_power > 1:
        k += 2
        low_power, high_power = low_power * low_square >> bits, -(-high_power * high_square >> bits)
        low, high = low + low_power // k, high + high_power // k + 1
    return 2 * low >> 16, -(-2 * (high + high_power) >> 16)  # the rest is below the last power


def log_bounds(x: int) -> tuple[int, int]:
    """log(x/UNIT)*UNIT for x > 0 between two bounds."""
    k = x.bit_length() - 1 - BITS
    low, high = log_ratio(x << max(0, -k), UNIT << max(0, k))
    least, most = LOG_2 if k >= 0 else LOG_2[::-1]
    return low + k * least, high + k * most


LOG_2 = log_ratio(2, 1)


def log(a: Value) -> Value:
    if sign(a) <= 0:
        raise Undefined
    low, high = ends(a)
    if low == 0:
        raise Unsure("a sign")
    return NIL if a == 1 else (log_bounds(low)[0], log_bounds(high)[1])


def power(base: Value, exponent: Value) -> Value:
    if isinstance(exponent, Fraction) and exponent.denominator == 1 and abs(exponent) < 4096:
        if exponent < 0:
            return over(FULL, power(base, -exponent))
        if exponent == 0 or exponent % 2:
            return times(base, power(base, exponent - 1)) if exponent else FULL
        half = power(base, exponent / 2)
        square = times(half, half)
        return square if isinstance(square, Fraction) else (max(square[0], 0), square[1])
    found = sign(base)
    if found > 0:
        return exp(times(exponent, log(base)))
    if found < 0 and precise(exponent).denominator == 1:
        raise Unsure("size")
    if found < 0 or sign(exponent) < 0:
        raise Undefined
    return NIL if sign(exponent) else FULL


def xlogy(t: Value, u: Value) -> Value:
    return NIL if sign(u) == sign(t) == 0 else times(t, log(u))


def floor(a: Value) -> Value:
    low, high = (end // UNIT for end in ends(a)) if isinstance(a, tuple) else (a // 1, a // 1)
    if low != high:
        raise Unsure("floor")
    return Fraction(low)


def largest(*values: Value) -> Value:
    if all(isinstance(v, Fraction) for v in values):
        return max(map(precise, values))
    return max(ends(v)[0] for v in values), max(ends(v)[1] for v in values)


def at_integers(of: Callable[..., int], least: int) -> Callable[..., Value]:
    """A function that is only evaluated at integers from ``least`` to 60, and has poles below."""

    def value(*given: Value) -> Value:
        if not all(isinstance(v, Fraction) and v.denominator == 1 and v < 60 for v in given):
            raise Unsure(of.__name__)
        if any(precise(v) < least for v in given):
            raise Undefined if len(given) == 1 else Unsure(of.__name__)
        return kept(Fraction(of(*map(int, map(precise, given)))))

    return value


def gamma(n: int) -> int:
    return math.factorial(n - 1)


def binomial(n: int, k: int) -> int:
    if k > n:
        raise Unsure("binomial")
    return math.comb(n, k)


def sinh_twice(a: Value) -> Value:
    return plus(exp(a), negative(exp(negative(a))))


def cosh_twice(a: Value) -> Value:
    return plus(exp(a), exp(negative(a)))


VALUES: dict[str, Callable[..., Value]] = {
    "Add": lambda *values: reduce(plus, values),
    "Mul": lambda *values: reduce(times, values),
    "Neg": negative,
    "Div": over,
    "Pow": power,
    "exp": exp,
    "log": log,
    "log_2": lambda x: over(log(x), log(TWO)),
    "log_b": lambda x, base: over(log(x), log(base)),
    "Abs": lambda a: largest(a, negative(a), NIL),
    "sign": lambda a: Fraction(sign(a)),
    "Max": largest,
    "Min": lambda *values: negative(largest(*map(negative, values))),
    "floor": floor,
    "sigmoid": lambda z: over(FULL, plus(FULL, exp(negative(z)))),
    "softplus": lambda z: log(plus(FULL, exp(z))),
    "sinh": lambda a: over(sinh_twice(a), TWO),
    "cosh": lambda a: over(cosh_twice(a), TWO),
    "tanh": lambda a: over(sinh_twice(a), cosh_twice(a)),
    "E": lambda: exp(FULL),
    "pi": lambda: (314159265358979323846 * UNIT // 10**20, 314159265358979323847 * UNIT // 10**20),
    "KroneckerDelta": lambda a, b: Fraction(not sign(plus(a, negative(b)))),
    "xlogy": xlogy,
    "gamma": at_integers(gamma, 1),
    "factorial": at_integers(math.factorial, 0),
    "binomial": at_integers(binomial, 0),
}


# -- points of contexts, and what holds there ------------------------------------------------------


class Point:
    """Values for the symbols of a context; members of families are drawn when needed.

    ``turns`` are the values of bound variables, outermost first.  None is the value of a
    symbol that is undefined.
    """

    def __init__(self, scope: Scope, chance: random.Random) -> None:
        self.scope, self.chance, self.left = scope, chance, MOST_NODES
        self.values: dict[tuple[str, tuple[Fraction, ...]], Value | None] = {}
        self.known: dict[tuple[Node, tuple[Value, ...]], Value] = {}

    def extended(self, scope: Scope) -> Point:
        """This point, and one more entry.  Raises Undefined, Unsure."""
        new, entry = Point(scope, self.chance), scope.entry
        new.values, new.known = dict(self.values), dict(self.known)
        if not entry.assumed:
            if not entry.indices:
                new.value(sym(entry.name), ())
            return new
        wanted = [entry.says]
        if new.settle(entry.says, ()):
            new.known.clear()
            defined = {d.name for d in scope.declared.values() if d.definition}
            new.values = {key: v for key, v in new.values.items() if key[0] not in defined}
            for (name, indices), value in list(new.values.items()):
                if value is not None and not new.inside(value, scope.declared[name].says, indices):
                    raise Unsure("no point")
            wanted = [e.says for e in scope.entries() if e.assumed]
        if not all(new.holds(s, ()) for s in wanted):
            raise Unsure("no point")
        return new

    def settle(self, s: Node, turns: tuple[Value, ...]) -> bool:
        """Choose values such that an equation holds, where that is easy; whether any changed."""
        if head(s) == "ForAll" and head(s.kids[1]) == "Range":
            run = self.run(s.kids[1].kids, turns)
            return sum(self.settle(s.kids[0], (*turns, k)) for k in run) > 0
        if head(s) != "Eq":
            return False
        for left, right in (s.kids, s.kids[::-1]):
            if head(left) == "Sum" and left.kids[0].op == "mem" and right.op == "num":
                return self.share(left, right.label, turns)
            if left.op in ("sym", "mem") and left.label not in right.names:
                key = left.label, tuple(precise(self.value(k, turns)) for k in left.kids)
                if self.scope.declared[left.label].definition is None:
                    before, self.values[key] = self.drawn(*key), self.value(right, turns)
                    return before != self.values[key]
        return False

    def share(self, total: Node, wanted: Fraction, turns: tuple[Value, ...]) -> bool:
        """Members of a family that sum to a number: one bit of them 1, or all of them scaled."""
        body, keys = total.kids[0], []
        for k in self.run(total.kids[1:], turns):
            indices = (precise(self.value(i, (*turns, k))) for i in body.kids)
            keys.append((body.label, tuple(indices)))
        values = [precise(self.drawn(*key)) for key in keys]
        if self.scope.declared[body.label].says is BIT:
            winner = self.chance.randrange(len(keys) or 1)
            values = [Fraction(k == winner) for k in range(len(keys))]
        elif sum(values):
            values = [v * wanted / sum(values) for v in values]
        self.values.update(zip(keys, values, strict=True))
        return True

    def run(self, kids: tuple[Node, ...], turns: tuple[Value, ...]) -> list[Fraction]:
        first, last = (precise(self.value(k, turns)) for k in kids)
        if not first.denominator == last.denominator == 1:
            raise Undefined
        if last - first >= MOST_TURNS:
            raise Unsure("size")
        return [Fraction(k) for k in range(int(first), int(last) + 1)]

    def value(self, t: Node, turns: tuple[Value, ...]) -> Value:
        """The value of a term.  Raises Undefined, Unsure."""
        if t.op in ("num", "var"):
            found: Value = t.label if t.op == "num" else turns[-1 - t.label]
            return found
        key = t, turns[len(turns) - t.open :]
        if key not in self.known:
            self.left -= 1
            if self.left < 0:
                raise Unsure("size")
            self.known[key] = self.fresh(t, turns)
        return self.known[key]

    def fresh(self, t: Node, turns: tuple[Value, ...]) -> Value:
        kind, kids = head(t), t.kids
        if not kind:
            return self.drawn(t.label, tuple(precise(self.value(k, turns)) for k in kids))
        if kind == "Piecewise":
            for value, condition in zip(kids[::2], kids[1::2], strict=True):
                if self.holds(condition, turns):
                    return self.value(value, turns)
            raise Undefined
        if kind in VALUES:
            return VALUES[kind](*[self.value(k, turns) for k in kids])
        if kind not in RANGED:
            raise Unsure(kind)
        run = self.run(kids[1:3], turns)
        values = [self.value(kids[0], (*turns, k)) for k in run]
        if kind in ("Sum", "Product"):
            return VALUES["Add" if kind == "Sum" else "Mul"](Fraction(kind != "Sum"), *values)
        if not run:
            raise Undefined
        total = reduce(plus, map(exp, values))
        if kind == "logsumexp":
            return log(total)
        chosen = precise(self.value(kids[3], turns))
        if chosen not in run:
            raise Undefined
        return over(exp(values[run.index(chosen)]), total)

    def drawn(self, name: str, indices: tuple[Fraction, ...]) -> Value:
        """The value of a symbol or a member, drawn from its domain the first time."""
        key, d = (name, indices), self.scope.declared[name]
        if key not in self.values:
            for k, domain in enumerate(d.indices):
                if not self.inside(indices[k], domain, indices[:k]):
                    raise Undefined
            of = d.definition
            value = self.value(of, indices) if of else self.draw(d.says, indices)
            if value is not None and not self.inside(value, d.says, indices):
                raise Unsure("no point")
            self.values[key] = value
        found = self.values[key]
        if found is None:
            raise Undefined
        return found

    def draw(self, domain: Node, turns: tuple[Value, ...]) -> Value | None:
        """A member of a domain; None, now and then, where it may be undefined."""
        kind, pick = head(domain), self.chance.randint
        if kind == "Partial":
            return self.draw(REAL, turns) if pick(0, 4) else None
        if kind in ("Integer", "Natural", "Natural0"):
            return Fraction(pick({"Integer": -3, "Natural": 1, "Natural0": 0}[kind], 4))
        found = bounds(domain)
        if found is None:
            members = [self.value(k, turns) for k in listed(domain)]
            if kind == "Range":
                members = [*self.run(domain.kids, turns)]
            if not members:
                raise Unsure("no point")
            return self.chance.choice(members)
        low, high, low_in, high_in = found
        first = None if low is app("Neg", OO) else Fraction(ends(self.value(low, turns))[1], UNIT)
        last = None if high is OO else Fraction(ends(self.value(high, turns))[0], UNIT)
        if first is not None and last is not None:
            count = pick(2, 9)
            share = pick(0 if low_in else 1, count if high_in else count - 1)
            return first + (last - first) * Fraction(share, count)
        if first is last is None:
            return Fraction(pick(-12, 12), pick(1, 5))
        step = Fraction(pick(0 if low_in or high_in else 1, 12), pick(1, 5))
        return (NIL if last is None else last - step) if first is None else first + step

    def inside(self, value: Value, domain: Node, turns: tuple[Value, ...]) -> bool:
        """Whether a value lies in a domain: it keeps every promise."""
        kind = head(domain)
        if kind in ("Real", "Partial", "Integer"):
            return kind != "Integer" or precise(value).denominator == 1
        if kind in ("Bit", "FiniteSet"):
            members = [self.value(k, turns) for k in listed(domain)]
            return any(sign(plus(value, negative(m))) == 0 for m in members)
        return all(self.holds(s, (*turns, value)) for s in promised(lift(domain, 1), var(0)))

    def holds(self, s: Node, turns: tuple[Value, ...]) -> bool:
        """Whether a statement is true at the point.  Raises Undefined, Unsure."""
        kind, kids = head(s), s.kids
        if kind in ("True", "Not"):
            return kind == "True" or not self.holds(kids[0], turns)
        if kind in ("And", "Or"):  # strict: every part is evaluated
            return (all if kind == "And" else any)([self.holds(k, turns) for k in kids])
        if kind == "In":
            return self.inside(self.value(kids[0], turns), kids[1], turns)
        if kind == "ForAll" and head(kids[1]) == "Range":
            return all(self.holds(kids[0], (*turns, k)) for k in self.run(kids[1].kids, turns))
        if kind not in COMPARISONS:
            raise Unsure(kind)
        a, b = (self.value(k, turns) for k in kids)
        difference = NIL if kids[0] is kids[1] else plus(a, negative(b))
        if kind == "Le" and ends(difference)[1] <= 0:
            return True
        return COMPARISONS[kind](Fraction(sign(difference)), NIL)

    def told(self, names: frozenset[str]) -> str:
        """The values of some symbols, for a sentence."""
        words = []
        for (name, indices), v in self.values.items():
            if name in names:
                own = f"{name}[{', '.join(map(str, indices))}]" if indices else name
                words.append(f"{own} = {f'about {v[0] / UNIT}' if isinstance(v, tuple) else v}")
        return ", ".join(words[:12]) or "every point"


class Sampler:
    """Points of contexts, each made of one of the context before, or from the beginning."""

    def __init__(self) -> None:
        self.chance = random.Random(20250)
        self.known: dict[Scope, list[Point]] = {}

    def points(self, scope: Scope) -> list[Point]:
        """A few points of a context; none when none was found."""
        if scope not in self.known:
            before = self.points(scope.parent) if scope.depth else []
            new = [] if scope.depth else [Point(scope, self.chance) for _ in range(POINTS)]
            for k in range(TRIES if before else 0):
                if len(new) < POINTS:
                    with suppress(Undefined, Unsure):
                        at = before[k] if k < len(before) else self.another(scope.parent)
                        new.append(at.extended(scope))
            self.known[scope] = new
        return self.known[scope]

    def another(self, scope: Scope) -> Point:
        """One more point of a context.  Raises Undefined, Unsure."""
        if scope.depth == 0:
            return Point(scope, self.chance)
        return self.another(scope.parent).extended(scope)

    def evaluate(self, fact: Fact) -> str:
        """Empty when a fact could be evaluated, and else the function that was in the way.

        Raises Refused when it is false or undefined at one of the points.
        """
        why, done = "no point", False
        for point in self.points(fact.scope):
            point.left, at = MOST_NODES, fact.says.names
            try:
                need(point.holds(fact.says, ()), "false at {}: {}", point.told(at), fact.says)
                done = True
            except Unsure as error:
                why = str(error)
                # Two values may be equal as far as they are known.
                done = done or (why == "a sign" and head(fact.says) in ("Eq", "Le"))
            except Undefined:
                raise Refused(f"undefined at {point.told(at)}: {fact.says}") from None
        return "" if done else why


def evaluate(facts: dict[int, Fact]) -> Counter[str]:
    """Evaluate every step at points of its context: what was in the way, "" for nothing."""
    sampler, reasons = Sampler(), Counter[str]()
    for k, fact in facts.items():
        with reading(f"step {k}"):
            reasons[sampler.evaluate(fact)] += 1
    return reasons


# -- the whole check, and the command line ---------------------------------------------------------


def recheck(certificate: Any, ledger: Any) -> Report:
    """Check a certificate against a ledger, both as plain data; never raises for bad data."""
    try:
        with reading("the certificate"):
            check = Check(certificate, ledger)
            check.replay()
            reasons = evaluate(check.facts)
    except Refused as error:
        return Report(error.code, f"{type(error).__name__.lower()}: {error}")
    except (RecursionError, MemoryError):
        return Report(1, "refused: the certificate is nested too deeply")
    count, steps = reasons.pop("", 0), len(check.facts)
    names, skipped = tuple(sorted(reasons)), sum(reasons.values())
    sentence = f"OK: {steps} steps replayed, {count} evaluated at up to {POINTS} points"
    if skipped:
        sentence += f", {skipped} not evaluated ({', '.join(names)})"
    same = certificate.get("ledger") == check.ledger.digest
    sentence += f"; {len(check.used)} axioms used"
    sentence += "" if same else "; the certificate was made with another ledger"
    return Report(0, sentence, steps, count, skipped, names, tuple(sorted(check.used)), same)


def load(path: str) -> Any:
    """The data of a JSON file.  Raises Unreadable."""

    def refuse(text: str) -> Any:
        raise Unreadable(f"{path}: the float {text} is not exact")

    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file, parse_float=refuse, parse_constant=refuse)
    except (OSError, ValueError, RecursionError) as error:
        raise Unreadable(f"{path}: {error}") from None


def main(words: list[str] | None = None) -> int:
    """The command line; returns the exit status."""
    given = list(sys.argv[1:] if words is None else words)
    at = given.index("--axioms") if "--axioms" in given else -1
    if len(given) != 3 or at not in (0, 1):
        print("usage: python recheck.py CERTIFICATE --axioms LEDGER", file=sys.stderr)
        return 2
    try:
        report = recheck(load(given[2 if at == 0 else 0]), load(given[at + 1]))
    except Unreadable as error:
        report = Report(2, f"unreadable: {error}")
    print(report.sentence, file=sys.stdout if report.ok else sys.stderr)
    return report.code


if __name__ == "__main__":
    sys.exit(main())
