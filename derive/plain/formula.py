"""Formulas of the plain spelling: from tokens, through Python's parser, to a term.

Python's ``ast`` only says which operator binds which operands (see ``derive.plain.order``);
nothing is evaluated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.functions import binder_range
from derive.plain.order import parse
from derive.plain.reading import ALIASES, CONSTANTS, MAX_NESTING, Bound, Reading, Scope, product
from derive.plain.text import Piece, ReadError, Token
from derive.term import Term, bound, lowest_terms, member, number

if TYPE_CHECKING:
    import ast


def read_formula(piece: Piece, reading: Reading, scope: Scope = ()) -> Term:
    """The term that a piece of text spells.  Raises ReadError."""
    formula = Formula(piece, reading)
    return formula.term(formula.tree, scope)


class Formula:
    """One formula: its tokens, Python's tree of them, and the terms read from that."""

    def __init__(self, piece: Piece, reading: Reading) -> None:
        self.piece, self.reading = piece, reading
        self.nesting = 0
        #: Python's tree, and which token stands at a column of what Python saw.
        self.tree, self.columns = parse(piece)

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
        literal, zero_log = bare and self._literal(at), self.reading.options.zero_log
        factors = [self.term(at, scope)]
        for step in reversed(steps):
            right = self.term(step.right, scope)
            if isinstance(step.op, ast.Mult):
                factors.append(right)
            else:
                whole = literal and self._literal(step.right) and self._bare(step.right)
                factors = [_quotient(product(factors, zero_log), right, whole)]
            literal = False
        result = product(factors, zero_log)
        for _ in range(signs):
            result = _negative(result, bare or bool(steps))
        return result

    # -- names -------------------------------------------------------------------------

    def _name(self, node: ast.expr, scope: Scope) -> Term:
        token = self.token(node)
        if token.kind == "number":
            return number(int(token.text))
        for k, entry in enumerate(reversed(scope)):
            if entry.name == token.text:
                return bound(k)
        indices = self.arity(token)
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
                from derive.plain.unknown import undeclared

                raise undeclared(self, token, scope, 0)
        return Term("symbol", (), token.text)

    def arity(self, token: Token) -> int | None:
        """How many indices a name takes; None when it is not known."""
        declared = self.reading.declared(token.text)
        if declared is not None:
            return len(declared.indices)
        return self.reading.extra.get(token.text)

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
        wanted = self.arity(token)
        if wanted is None:
            if self.reading.context is not None:
                from derive.plain.unknown import undeclared

                raise undeclared(self, token, scope, found)
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
        from derive.plain.calls import read_call

        token = self.token(node.func)
        if self.arity(token) and not any(b.name == token.text for b in scope):
            indices = tuple(self.term(a, scope) for a in self.arguments(node))
            self._check_arity(token, len(indices), scope)
            return Term("member", indices, token.text, ("call",))
        return read_call(self, node, ALIASES.get(token.text, token.text), scope)

    # -- bound variables ---------------------------------------------------------------

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
