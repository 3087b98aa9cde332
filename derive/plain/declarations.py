"""Reader of declarations in the plain spelling: a text of them to a context."""

from __future__ import annotations

from collections.abc import Iterator

from derive.context import EMPTY, Context, ContextError
from derive.domains import NATURAL, NONNEGATIVE, POSITIVE, REAL
from derive.functions import FUNCTIONS
from derive.plain.domains import for_all, interval_of, read_binders, read_domain, read_scope
from derive.plain.formula import Formula, read_formula
from derive.plain.laws import read_law
from derive.plain.reading import ALIASES, COMPARED, CONSTANTS, Reading, ReadOptions, Scope
from derive.plain.statements import compare, read_core
from derive.plain.targets import Target, check_new, indices_of, target_of
from derive.plain.text import Piece, Token, scan
from derive.term import BINDERS, Term, TermError

#: What a call means, so that it declares no abstract function of the name.
_CALLED = {*FUNCTIONS, *BINDERS, *ALIASES, "sqrt", "Rational", "Subs"}
_ZERO_LOG = ["0", "*", "log", "(", "0", ")", "=", "0"]


class _Reader:
    """Reads the declarations of one text, one after the other."""

    def __init__(self, context: Context, options: ReadOptions) -> None:
        self.context, self.options = context, options

    @property
    def reading(self) -> Reading:
        return Reading(self.context, self.options)

    def read(self, piece: Piece) -> None:
        """Take one declaration.  Raises ReadError."""
        if piece.tokens[0].text == "convention" and len(piece.tokens) > 1:
            self._convention(piece)
            return
        try:
            self._declaration(piece)
        except (ContextError, TermError) as e:
            raise piece.error(str(e)) from None

    def _convention(self, piece: Piece) -> None:
        if [t.text for t in piece.tokens[1:]] != _ZERO_LOG:
            raise piece.error("there is no such convention", "write convention 0*log(0) = 0")
        self.options = ReadOptions(zero_log=True)

    def _declaration(self, piece: Piece) -> None:
        body, binders = piece, []  # type: tuple[Piece, list[tuple[Token, Piece]]]
        place = piece.find("for")
        if place is not None:
            body = piece.cut(0, place)
            binders = read_binders(piece.cut(place + 1, len(piece.tokens)))
        definition, law, within = body.find(":="), body.find("~"), body.find("in")
        if definition is not None:
            self._definition(body, definition, binders)
        elif law is not None and (within is None or within < law):
            self._law(body, law, binders)
        elif within is not None and law is None:
            self._membership(body, within, binders)
        elif law is None and (body.find(*COMPARED) is not None):
            self._comparison(body, binders)
        else:
            self._hypothesis(body, binders)

    # -- targets -----------------------------------------------------------------------

    def _new(self, piece: Piece) -> Target:
        target = target_of(piece)
        if target is None:
            raise piece.error("a name is expected here", "write x, x[i] or f(t)")
        check_new(target, piece, self.context)
        return target

    def _declare(
        self,
        target: Target,
        domain: Term,
        scope: Scope,
        law: Term | None = None,
        definition: Term | None = None,
    ) -> None:
        indices = tuple(b.domain for b in scope if b.domain is not None)
        hints = tuple(b.name for b in scope)
        self.context = self.context.declare(target.name, domain, indices, hints, law, definition)

    # -- kinds of declarations ---------------------------------------------------------

    def _with_domain(
        self, left: Piece, binders: list[tuple[Token, Piece]]
    ) -> tuple[Target, Scope, Term | None]:
        """``xbar`` or ``xbar in Positive`` before ``:=`` or ``~``."""
        k = left.find("in")
        target = self._new(left if k is None else left.cut(0, k))
        scope = indices_of(target, binders, left, self.reading)
        if k is None:
            return target, scope, None
        where = left.cut(k + 1, len(left.tokens))
        return target, scope, read_domain(where, self.reading, scope)

    def _definition(self, body: Piece, k: int, binders: list[tuple[Token, Piece]]) -> None:
        target, scope, domain = self._with_domain(body.cut(0, k), binders)
        value = read_formula(body.cut(k + 1, len(body.tokens)), self.reading, scope)
        self._declare(target, REAL if domain is None else domain, scope, definition=value)
        self.context = self.context.assume(for_all(Term("Eq", (target.term(), value)), scope))

    def _law(self, body: Piece, k: int, binders: list[tuple[Token, Piece]]) -> None:
        target, scope, domain = self._with_domain(body.cut(0, k), binders)
        formula = Formula(body.cut(k + 1, len(body.tokens)), self.reading)
        law, support = read_law(formula, formula.tree, scope)
        self.context.check(law, len(scope))
        self._declare(target, support if domain is None else domain, scope, law=law)

    def _membership(self, body: Piece, k: int, binders: list[tuple[Token, Piece]]) -> None:
        left, right = body.cut(0, k), body.cut(k + 1, len(body.tokens))
        pieces = left.split(",")
        targets = [target_of(p) for p in pieces]
        if len(pieces) == 1 and not self._is_target(targets[0], binders):
            self._hypothesis(body, binders)
            return
        for piece in pieces:
            target = self._new(piece)
            scope = indices_of(target, binders, piece, self.reading)
            self._declare(target, read_domain(right, self.reading, scope), scope)

    def _is_target(self, target: Target | None, binders: list[tuple[Token, Piece]]) -> bool:
        """Whether ``... in D`` declares: ``x[k] in D`` with a fixed k is a hypothesis."""
        if target is None:
            return False
        if target.name not in self.context.names:
            return not (target.call and target.name in _CALLED)
        ranges = {token.text for token, _ in binders}
        return all(t.text in ranges for t in target.indices)

    def _hypothesis(self, body: Piece, binders: list[tuple[Token, Piece]]) -> None:
        scope = read_scope(binders, self.reading, ())
        statement = read_core(body, self.reading, scope)
        self.context = self.context.assume(for_all(statement, scope))

    # -- comparisons -------------------------------------------------------------------

    def _comparison(self, body: Piece, binders: list[tuple[Token, Piece]]) -> None:
        """``sigma > 0``, ``m = 2``, ``0 < s <= 3``: declares a new name, narrows others."""
        depth = body.depth
        signs = [t for t in body.tokens if t.depth == depth and t.text in (*COMPARED, "==")]
        parts = body.split(*COMPARED, "==")
        found = [(k, t) for k, p in enumerate(parts) if (t := self._undeclared(p)) is not None]
        done: set[int] = set()
        if found:
            k, target = found[0]
            check_new(target, parts[k], self.context)
            scope = indices_of(target, binders, parts[k], self.reading)
            around = {j: signs[j].text for j in (k - 1, k) if 0 <= j < len(signs)}
            domain, done = self._bounded(parts, around, k, scope)
            self._declare(target, domain, scope)
        if len(signs) == 1:
            if not done:
                self._hypothesis(body, binders)
            return
        scope = read_scope(binders, self.reading, ())
        terms = [read_formula(p, self.reading, scope) for p in parts]
        for j, sign in enumerate(signs):
            if sign.text == "==":
                raise body.error_at(sign, "== is not a relation here", "write =")
            if j not in done:
                statement = compare(sign.text, terms[j], terms[j + 1])
                self.context = self.context.assume(for_all(statement, scope))

    def _undeclared(self, piece: Piece) -> Target | None:
        target = target_of(piece)
        if target is None or target.name in self.context.names or target.name in CONSTANTS:
            return None
        return None if target.call and target.name in _CALLED else target

    def _bounded(
        self, parts: list[Piece], around: dict[int, str], k: int, scope: Scope
    ) -> tuple[Term, set[int]]:
        """The domain of a new name from the comparisons next to it, and which of them it
        says completely."""
        mirror = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
        # Each sign as seen from the name: "name sign other side".
        seen = {j: s if j == k else mirror.get(s, s) for j, s in around.items()}
        others = {j: parts[j + 1 if j == k else j] for j in around}
        values = {j: read_formula(p, self.reading, scope) for j, p in others.items()}
        lower = [j for j, s in seen.items() if s in (">", ">=")]
        upper = [j for j, s in seen.items() if s in ("<", "<=")]
        if len(lower) == len(upper) == 1:
            out = (seen[lower[0]] == ">", seen[upper[0]] == "<")
            heads = {(True, True): "Open", (False, False): "Closed", (True, False): "LeftOpen"}
            head = heads.get(out, "RightOpen")
            return interval_of(head, values[lower[0]], values[upper[0]]), {*lower, *upper}
        if len(lower) == 1 and values[lower[0]] == Term("number", (), 0):
            return (POSITIVE if seen[lower[0]] == ">" else NONNEGATIVE), set(lower)
        equal = [values[j] for j, s in seen.items() if s == "=" and values[j].head == "number"]
        whole = any(v.value > 0 and v.value.denominator == 1 for v in equal)
        return (NATURAL if whole else REAL), set()


def declare_with_options(
    text: str, context: Context = EMPTY, options: ReadOptions | None = None
) -> tuple[Context, ReadOptions]:
    """As ``declare``, with the conventions that the text sets.

    >>> _, options = declare_with_options("p in (0,1); convention 0*log(0) = 0")
    >>> options.zero_log
    True
    """
    found = (context, options or ReadOptions())
    for step in one_by_one(text, *found):
        found = step[1:]
    return found


def one_by_one(
    text: str, context: Context, options: ReadOptions
) -> Iterator[tuple[Piece, Context, ReadOptions]]:
    """Each declaration of a text, with the context and the conventions after it."""
    reader = _Reader(context, options)
    for piece in scan(text).split(";", "\n"):
        if piece.tokens:
            reader.read(piece)
            yield piece, reader.context, reader.options


def declare(text: str, context: Context = EMPTY) -> Context:
    """A context and the declarations of a text, separated by ``;`` or newlines.

    Raises ReadError: what cannot be read, what is declared twice, what is not declared.

    >>> from derive.plain import write_context
    >>> print(write_context(declare("n in Natural; y[i] in {0,1} for i in 1..n; m = 2")))
    n in Natural
    y[i] in {0,1} for i in 1..n
    m in Natural
    m = 2
    """
    return declare_with_options(text, context)[0]
