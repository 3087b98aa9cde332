"""Formulas of the plain spelling: from tokens, through Python's parser, to a term.

Python's ``ast`` only says which operator binds which operands; nothing is evaluated.  It
sees a copy of the text in which every name and number is a placeholder ``_k``, so that
``lambda`` is a name and no number is ever converted by Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from derive.context import Context, Declaration
from derive.domains import INTERVALS, NAMED, is_open
from derive.functions import CONNECTIVES, FUNCTIONS, TRUE, binder_range
from derive.plain_text import Piece, ReadError, Token, UndeclaredError, close_names
from derive.term import BINDERS, Term, bound, instantiate, lowest_terms, member, number, shift

if TYPE_CHECKING:
    import ast

#: Deepest nesting of a formula, most ranges of one sum, highest derivative in one go.
MAX_NESTING, MAX_RANGES = 64, 16

ALIASES = {"ln": "log", "abs": "Abs", "max": "Max", "min": "Min", "Diff": "Derivative"}
COMPARING = {"Eq": "Eq", "Ne": "Ne", "Le": "Le", "Lt": "Lt", "Ge": "Le", "Gt": "Lt"}
CONSTANTS = ("E", "pi", "oo")
SPECIAL = ("Sum", "Product", "Integral", "Derivative", "Subs", "Expectation", "Piecewise")
_OPERATORS = ("+", "-", "*", "/", "**", "<", "<=", ">", ">=", "!=")


class ReadOptions(NamedTuple):
    """How a text is read, beside its context.

    ``zero_log``: under ``convention 0*log(0) = 0`` the product t*log(u) is xlogy(t, u).
    """

    zero_log: bool = False


class Bound(NamedTuple):
    """A bound variable while its body is read; ``domain`` is open in those before it."""

    name: str
    domain: Term | None = None


Scope = tuple[Bound, ...]


class Reading(NamedTuple):
    """What names mean: declared ones, and ``extra`` names with the number of their indices.

    Without a context every name is taken as it comes.
    """

    context: Context | None = None
    options: ReadOptions = ReadOptions()
    extra: Mapping[str, int] = {}

    def declared(self, name: str) -> Declaration | None:
        """The declaration of a name, if there is one."""
        return None if self.context is None else self.context.names.get(name)

    def names(self, scope: Scope) -> list[str]:
        """Every name that may be used here."""
        known = [] if self.context is None else list(self.context.names)
        return [*known, *self.extra, *(b.name for b in scope)]


def read_formula(piece: Piece, reading: Reading, scope: Scope = ()) -> Term:
    """The term that a piece of text spells.  Raises ReadError."""
    formula = Formula(piece, reading)
    return formula.term(formula.tree, scope)


class Formula:
    """One formula: its tokens, Python's tree of them, and the terms read from that."""

    def __init__(self, piece: Piece, reading: Reading) -> None:
        self.piece, self.reading = piece, reading
        check_order(piece)
        self.columns: dict[int, int] = {}
        self.nesting = 0
        self.tree = self._parse()

    def _parse(self) -> ast.expr:
        import ast

        words, column = [], 0
        for k, token in enumerate(self.piece.tokens):
            self.columns[column] = k
            words.append(token.text if token.kind == "sign" else f"_{k}")
            column += len(words[-1]) + 1
        try:
            return ast.parse(" ".join(words), mode="eval").body
        except SyntaxError as e:
            at = max((c for c in self.columns if c < (e.offset or 1)), default=0)
            token = self.piece.tokens[self.columns[at]]
            raise self.piece.error_at(token, f"{token.text} cannot stand here") from None
        except (RecursionError, MemoryError, ValueError):
            raise self.piece.error("the formula is too deep to be read") from None

    # -- places ------------------------------------------------------------------------

    def token(self, node: ast.expr) -> Token:
        """The token at which a node begins."""
        return self.piece.tokens[self.columns[node.col_offset]]

    def error(self, node: ast.expr, message: str, repair: str | None = None) -> ReadError:
        """A reading error at a node."""
        return self.piece.error_at(self.token(node), message, repair)

    def _bare(self, node: ast.expr) -> bool:
        """Whether a right operand stands without brackets."""
        return self.piece.tokens[self.columns[node.col_offset] - 1].text != "("

    def _literal(self, node: ast.expr) -> bool:
        return type(node).__name__ == "Name" and self.token(node).kind == "number"

    # -- operators ---------------------------------------------------------------------

    def term(self, node: ast.expr, scope: Scope) -> Term:
        """The term of a node.  Raises ReadError."""
        import ast

        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise self.error(node, f"the formula is nested more than {MAX_NESTING} deep")
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
            result = self._sum(node, scope)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            result = Term("Pow", (self.term(node.left, scope), self.term(node.right, scope)))
        elif isinstance(node, (ast.BinOp, ast.UnaryOp)):
            result = self._product(node, scope)
        elif isinstance(node, ast.Name):
            result = self._name(node, scope)
        elif isinstance(node, ast.Subscript):
            result = self._subscript(node, scope)
        elif isinstance(node, ast.Call):
            result = self._call(node, scope)
        elif isinstance(node, ast.Compare):
            raise self.error(node, "a comparison cannot stand inside a formula")
        else:
            raise self.error(node, "a list stands where one formula is expected")
        self.nesting -= 1
        return result

    def _sum(self, node: ast.expr, scope: Scope) -> Term:
        import ast

        steps, at, bare = [], node, True
        while bare and isinstance(at, ast.BinOp) and isinstance(at.op, (ast.Add, ast.Sub)):
            steps.append(at)
            bare = at.left.col_offset == at.col_offset
            at = at.left
        terms = [self.term(at, scope)]
        for step in reversed(steps):
            right = self.term(step.right, scope)
            minus = isinstance(step.op, ast.Sub)
            terms.append(_negative(right, self._bare(step.right)) if minus else right)
        return Term("Add", tuple(terms))

    def _product(self, node: ast.expr, scope: Scope) -> Term:
        """Products and quotients; a leading minus belongs to the whole of it."""
        import ast

        steps, at, bare = [], node, True
        while bare and isinstance(at, ast.BinOp) and isinstance(at.op, (ast.Mult, ast.Div)):
            steps.append(at)
            bare = at.left.col_offset == at.col_offset
            at = at.left
        signs = 0
        while bare and isinstance(at, ast.UnaryOp):
            signs += isinstance(at.op, ast.USub)
            bare = self._bare(at.operand)
            at = at.operand
        if len(steps) + signs > MAX_NESTING and any(not isinstance(s.op, ast.Mult) for s in steps):
            raise self.error(node, f"the formula is nested more than {MAX_NESTING} deep")
        literal = bare and self._literal(at)
        factors = [self.term(at, scope)]
        for step in reversed(steps):
            right = self.term(step.right, scope)
            if isinstance(step.op, ast.Mult):
                factors.append(right)
            else:
                whole = literal and self._literal(step.right) and self._bare(step.right)
                factors = [_quotient(self._times(factors), right, whole)]
            literal = False
        result = self._times(factors)
        for _ in range(signs):
            result = _negative(result, bare or bool(steps))
        return result

    def _times(self, factors: list[Term]) -> Term:
        if len(factors) == 1:
            return factors[0]
        if self.reading.options.zero_log:
            for k, factor in enumerate(factors):
                rest = (*factors[:k], *factors[k + 1 :])
                if factor.head == "log" and not all(f.head == "number" for f in rest):
                    other = rest[0] if len(rest) == 1 else Term("Mul", rest)
                    return Term("xlogy", (other, factor.args[0]))
        return Term("Mul", tuple(factors))

    # -- names -------------------------------------------------------------------------

    def _name(self, node: ast.expr, scope: Scope) -> Term:
        token = self.token(node)
        if token.kind == "number":
            return number(int(token.text))
        for k, entry in enumerate(reversed(scope)):
            if entry.name == token.text:
                return bound(k)
        indices = self._arity(token)
        if indices:
            raise self.error(
                node,
                f"{token.text} is a family with {indices} {_plural(indices)}",
                f"write {token.text}[{', '.join('ijklmn'[:indices])}]",
            )
        if indices is None:
            if token.text in CONSTANTS:
                return Term(token.text)
            if self.reading.context is not None:
                raise self._undeclared(token, scope, 0)
        return Term("symbol", (), token.text)

    def _arity(self, token: Token) -> int | None:
        declared = self.reading.declared(token.text)
        if declared is not None:
            return len(declared.indices)
        return self.reading.extra.get(token.text)

    def _undeclared(self, token: Token, scope: Scope, indices: int) -> ReadError:
        name = token.text
        if name in FUNCTIONS or name in BINDERS or name in ALIASES:
            return self.piece.error_at(token, f"{name} is a function", f"write {name}(...)")
        shown = f"{name} in Real"
        if indices:
            own = "ijklmn"[:indices] or "i"
            ranges = ", ".join(f"{i} in 1..n" for i in own)
            shown = f"{name}[{','.join(own)}] in Real for {ranges}"
        near = close_names(name, self.reading.names(scope))
        repair = f'declare it: "{shown}"'
        if near:
            repair = f"did you mean {' or '.join(near)}? Otherwise {repair}"
        text = self.piece.text
        return UndeclaredError(f"{name} is not declared", text, token.start, repair, name, indices)

    def _subscript(self, node: ast.Subscript, scope: Scope) -> Term:
        import ast

        token = self.token(node)
        whole = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        indices = tuple(self.term(i, scope) for i in whole)
        if any(b.name == token.text for b in scope):
            raise self.error(node, f"{token.text} is a bound variable here, it has no members")
        self._check_arity(token, len(indices), scope)
        return member(token.text, *indices)

    def _check_arity(self, token: Token, found: int, scope: Scope) -> None:
        wanted = self._arity(token)
        if wanted is None:
            if self.reading.context is not None:
                raise self._undeclared(token, scope, found)
        elif wanted != found:
            what = f"a family with {wanted} {_plural(wanted)}" if wanted else "a single symbol"
            message = f"{token.text} is {what}, here it has {found} {_plural(found)}"
            raise self.piece.error_at(token, message)

    # -- calls -------------------------------------------------------------------------

    def arguments(self, node: ast.Call) -> list[ast.expr]:
        """The arguments of a call, none of them by name.  Raises ReadError."""
        if node.keywords:
            raise self.error(node, "only the parameters of a distribution are given by name")
        return node.args

    def _call(self, node: ast.Call, scope: Scope) -> Term:
        from derive import plain_calls

        token = self.token(node.func)
        if self._arity(token) and not any(b.name == token.text for b in scope):
            indices = tuple(self.term(a, scope) for a in self.arguments(node))
            self._check_arity(token, len(indices), scope)
            return Term("member", indices, token.text, ("call",))
        return plain_calls.read_call(self, node, ALIASES.get(token.text, token.text), scope)

    def unknown(self, node: ast.Call, scope: Scope) -> ReadError:
        """The error for a call of a name that is no function."""
        name = self.token(node.func).text
        if self._arity(self.token(node.func)) == 0 or any(b.name == name for b in scope):
            message, repair = f"{name} is not a function", f"write {name}*(...) for the product"
            return self.error(node, message, repair)
        if name in COMPARING or name in CONNECTIVES:
            return self.error(node, f"{name}(...) is a condition, not a formula")
        families = [k for k in self.reading.names(()) if (d := self.reading.declared(k))
                    and d.indices]  # fmt: skip
        known = {*FUNCTIONS, *BINDERS, *ALIASES, "sqrt", "Rational", *families}
        near = close_names(name, sorted(known.difference(CONSTANTS)))
        declare = f'declare it: "{name}(t) in Real for t in Real"'
        repair = f"did you mean {' or '.join(near)}? Otherwise {declare}" if near else declare
        return self.error(node, f"there is no function {name}", repair)

    # -- conditions --------------------------------------------------------------------

    def condition(self, node: ast.expr, scope: Scope) -> Term:
        """A comparison or connective inside a formula: ``a < b``, ``Eq(a, b)``, ``And``."""
        import ast

        if isinstance(node, ast.Compare):
            if len(node.ops) > 1:
                raise self.error(node, "one comparison at a time", "write And(a < b, b < c)")
            a, b = self.term(node.left, scope), self.term(node.comparators[0], scope)
            kind = type(node.ops[0]).__name__
            if kind == "NotEq":
                return Term("Ne", (a, b))
            head = "Lt" if kind in ("Lt", "Gt") else "Le"
            return Term(head, (b, a) if kind in ("Gt", "GtE") else (a, b))
        if isinstance(node, ast.Name) and self.token(node).text == "True":
            return TRUE
        if isinstance(node, ast.Call):
            found = self._condition_call(node, scope)
            if found is not None:
                return found
        raise self.error(node, "a condition is expected here", "write a < b, Eq(a, b) or True")

    def _condition_call(self, node: ast.Call, scope: Scope) -> Term | None:
        name, given = self.token(node.func).text, node.args
        if name in CONNECTIVES:
            if not given or (name == "Not" and len(given) != 1):
                raise self.error(node, f"{name} has {len(given)} arguments")
            self.nesting += 1
            if self.nesting > MAX_NESTING:
                raise self.error(node, f"the formula is nested more than {MAX_NESTING} deep")
            result = Term(name, tuple(self.condition(a, scope) for a in self.arguments(node)))
            self.nesting -= 1
            return result
        if name not in COMPARING and name != "In":
            return None
        if len(self.arguments(node)) != 2:
            raise self.error(node, f"{name} takes 2 arguments, here it has {len(given)}")
        a = self.term(given[0], scope)
        if name == "In":
            return Term("In", (a, self.domain(given[1], scope)))
        b = self.term(given[1], scope)
        return Term(COMPARING[name], (b, a) if name in ("Ge", "Gt") else (a, b))

    def domain(self, node: ast.expr, scope: Scope) -> Term:
        """A domain by its name, or as a call: ``Open(a, b)``, ``Range(1, n)``."""
        import ast

        name = self.token(node).text
        if isinstance(node, ast.Name) and name in NAMED:
            return NAMED[name]
        if isinstance(node, ast.Call):
            given = self.arguments(node)
            two = name in INTERVALS or name == "Range"
            if (two and len(given) == 2) or (name == "FiniteSet" and given):
                return Term(name, tuple(self.term(a, scope) for a in given))
        near = close_names(name, NAMED)
        repair = f"did you mean {near[0]}?" if near else "write Real, (0,1), {0,1}, 1..n or [a, b]"
        raise self.error(node, "a domain is expected here", repair)

    def variable_domain(self, name: str, scope: Scope) -> Term | None:
        """Where a variable lives, when that is no open interval (see ``Derivative``)."""
        for k, entry in enumerate(reversed(scope)):
            if entry.name == name:
                if entry.domain is None or is_open(entry.domain):
                    return None
                return shift(entry.domain, k + 1)
        return self.member_domain(name, ())

    def member_domain(self, name: str, indices: tuple[Term, ...]) -> Term | None:
        """As ``variable_domain``, for a member of a family."""
        declared = self.reading.declared(name)
        if declared is None or is_open(declared.domain):
            return None
        return instantiate(declared.domain, *indices) if indices else declared.domain

    def bind(self, head: str, node: ast.expr, scope: Scope) -> tuple[Bound, tuple[Term, ...]]:
        """A range ``(i, a, b)``: the variable and the terms behind it."""
        import ast

        if not isinstance(node, ast.Tuple) or len(node.elts) < 2:
            raise self.error(node, f"{head} needs a range here", "write (i, 1, n)")
        name = self.variable(node.elts[0])
        outer = tuple(self.term(e, scope) for e in node.elts[1:])
        inside = binder_range(Term(head, (number(0), *outer, number(0))))
        return Bound(name, inside), outer

    def variable(self, node: ast.expr) -> str:
        """The name of a variable that is being bound.  Raises ReadError."""
        token = self.token(node)
        if type(node).__name__ != "Name" or token.kind == "number":
            raise self.error(node, "the name of a variable is expected here")
        return token.text


def _plural(count: int) -> str:
    return "index" if count == 1 else "indices"


def _negative(t: Term, bare: bool) -> Term:
    """Minus t; ``-3`` is a number, ``-(3)`` the negation of one."""
    if bare and t.head == "number" and t.value >= 0:
        return number(-t.value)
    return Term("Neg", (t,))


def _quotient(a: Term, b: Term, literal: bool) -> Term:
    """``a/b``; the digits ``1/2`` are one number, ``(1)/2`` is a quotient of two."""
    if literal and lowest_terms(a.value, b.value):
        return number(a.value / b.value)
    return Term("Div", (a, b))


def check_order(piece: Piece) -> None:
    """Operands and operators take turns and brackets pair up.  Raises ReadError.

    What passes is an expression to Python too, up to oddities; the messages are ours.
    """
    if not piece.tokens:
        raise piece.error("a formula is missing here")
    opened: list[str] = []
    operand = True  # whether an operand is expected next
    before = ""
    for token in piece.tokens:
        word = token.text
        if word in ("==", ":=", "..", "~", "{", "}", ";") and token.kind == "sign":
            raise piece.error_at(token, f"{word} cannot stand inside a formula", _advice(word))
        if token.kind != "sign":
            if not operand:
                message = f"{word[:40]} follows {before[:40]} without a sign"
                raise piece.error_at(token, message, "write * for a product")
            operand = False
        elif word in "([":
            if not operand and (before in (")", "]") or before[:1] in "0123456789"):
                message = f"{before[:40]} is not a function"
                raise piece.error_at(token, message, "write * for a product")
            if operand and word == "[":
                raise piece.error_at(token, "[ cannot start a formula", "write round brackets")
            opened.append("call" if not operand else word)
            if not operand and word == "[":
                opened[-1] = "["
            operand = True
        elif word in ")]":
            if not opened or (opened[-1] == "[") != (word == "]"):
                raise piece.error_at(token, f"{word} closes no such bracket")
            if operand and not (before == "(" and opened[-1] == "call"):
                raise piece.error_at(token, "a formula is missing here")
            opened.pop()
            operand = False
        elif word == ",":
            if operand or not opened:
                message = "a formula is missing here" if operand else "one formula is expected"
                raise piece.error_at(token, message)
            operand = True
        elif word == "=":
            if operand or not opened or opened[-1] != "call":
                raise piece.error_at(token, "= cannot stand inside a formula", _advice(word))
            operand = True
        elif operand and word not in "+-":
            raise piece.error_at(token, f"a formula is missing before {word}")
        else:
            operand = True
        before = word
    if operand:
        raise ReadError("a formula is missing here", piece.text, piece.end)


def _advice(word: str) -> str | None:
    if word == "==":
        return "write = between the sides of a statement, Eq(a, b) in a condition"
    if word == "=":
        return "this is a statement, not one formula"
    return "a set can only stand behind in" if word in "{}" else None
