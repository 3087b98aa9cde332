"""Laws of the plain spelling, ``Normal(mean=mu, variance=v)``, and what is known of them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from derive.domains import PARTIAL, REAL
from derive.term import Term, TermError, symbol, term

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable

    from derive.plain.formula import Formula
    from derive.plain.reading import Scope


def read_law(formula: Formula, node: ast.expr, scope: Scope) -> tuple[Term, Term]:
    """``Normal(mean=mu, variance=v)``: the law and where its values lie.

    A distribution that is known checks its parameters and keeps the canonical ones.  In a
    rule a symbol of which nothing is promised stands for any law.
    """
    import ast

    if isinstance(node, ast.Name):
        name = formula.token(node).text
        declared = formula.reading.declared(name)
        if declared is not None and declared.domain == PARTIAL and not declared.indices:
            return symbol(name), REAL
    if not isinstance(node, ast.Call):
        raise formula.error(node, "a law is expected here", "write Normal(mean=mu, variance=v)")
    head = formula.token(node.func).text
    if node.args and node.keywords:
        raise formula.error(node, "give all parameters by name, or none")
    names = tuple(_keyword(formula, k.arg) for k in node.keywords)
    given = [*node.args, *(k.value for k in node.keywords)]
    values = tuple(_parameter(formula, a, scope) for a in given)
    if len(set(names)) < len(names):
        raise formula.error(node, "a parameter is given twice")
    law = Term(head, values, None, names)
    made = _law_book("law_of")
    if made is not None and law_parameters(head) is not None:
        try:
            law = term(made(head, names, values))
        except TermError as e:
            raise formula.error(node, str(e)) from None
    return law, law_support(law)


def _parameter(formula: Formula, node: ast.expr, scope: Scope) -> Term:
    """A parameter of a law; a family may be written ``(p[j], (j, 1, m))``."""
    import ast

    if not isinstance(node, ast.Tuple) or len(node.elts) != 2:
        return formula.term(node, scope)
    entry, ends = formula.bind("Family", node.elts[1], scope)
    body = formula.term(node.elts[0], (*scope, entry))
    return Term("Family", (body, *ends), None, (entry.name,))


def _keyword(formula: Formula, placeholder: str | None) -> str:
    assert placeholder is not None  # ** never passes check_order
    return formula.piece.tokens[int(placeholder[1:])].text


def _law_book(attribute: str) -> Callable[..., object] | None:
    """A function of ``derive.distributions``, which stands above this module: the spelling
    of laws is the same without it, only their parameters are not known."""
    name = "derive.distributions"
    if name not in sys.modules:
        try:
            __import__(name)
        except ImportError:
            return None
    return getattr(sys.modules[name], attribute, None)


def law_parameters(head: str) -> tuple[str, ...] | None:
    """The parameters of a distribution in their order; None when it is not known.

    >>> law_parameters("Normal")
    ('mean', 'variance')
    """
    asked = _law_book("parameters")
    found = None if asked is None else asked(head)
    return found if isinstance(found, tuple) else None


def law_support(law: Term) -> Term:
    """The domain in which the values of a law lie; Real when it is not known."""
    asked = _law_book("support")
    if asked is None or law_parameters(law.head) is None:
        return REAL
    try:
        return term(asked(law))
    except TermError:  # not a law as that distribution makes them
        return REAL


def mass_arity(head: str) -> int | None:
    """The number of arguments of a mass or density; None for other heads.

    >>> mass_arity("BernoulliMass")
    2
    """
    if not head.endswith(("Mass", "Density")):
        return None
    asked = _law_book("mass_arity")
    found = None if asked is None else asked(head)
    return found if isinstance(found, int) else None
