"""Derivations as plain data: what every output format prints and nothing else.

A derivation has one or more parts.  A part is a chain of lines, each with the reasons that
lead to it from the line before, and the statement that the chain establishes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from derive import notebook
from derive.context import Context
from derive.term import Term

if TYPE_CHECKING:
    from derive.kernel import Theorem
    from derive.refute.witness import Witness


class Reason(NamedTuple):
    """Why a line follows: the name of a rule, an earlier derivation or a method.

    ``kind`` is ``rule``, ``derivation``, ``given`` (a hypothesis), ``method`` (a case
    distinction, induction, ...) or ``algebra``.  ``statement`` is in plain spelling.
    """

    name: str
    kind: str
    statement: str = ""
    needs: str = ""
    why: str = ""
    source: str = ""


class Line(NamedTuple):
    """One line of a chain: ``relation term``, for instance ``<= x - 1``.

    ``relation`` is how this line stands to the one before: ``=``, ``<=``, ``<``, ``>=``,
    ``>``; empty for the first line.  ``theorem`` proves that step.
    """

    term: Term
    relation: str = ""
    reasons: tuple[Reason, ...] = ()
    theorem: Theorem | None = None
    context: Context | None = None


class Part(NamedTuple):
    """A chain and what it establishes.

    ``verdict`` is ``proved`` or ``refuted``; a refuted part has a witness instead of a
    theorem.  ``details`` are printed with the conclusion, such as a and b of ``f = a*g + b``.
    """

    statement: Term
    verdict: str
    context: Context
    lines: tuple[Line, ...] = ()
    theorem: Theorem | None = None
    witness: Witness | None = None
    heading: str = ""
    reasons: tuple[Reason, ...] = ()
    details: tuple[tuple[str, Term], ...] = ()


class Derivation(NamedTuple):
    """A named derivation, as it was run.

    ``assumptions`` are sentences about the model (independence, for instance);
    ``hypotheses`` of the statement itself stand in the context of each part.
    ``instance`` names the sizes that were fixed, as ``m=2``.  ``axioms`` are the rules of
    the ledger that the proof rests on, ``own_axioms`` what the script itself claims without
    proof: the verdict is given those.
    """

    name: str
    title: str
    parts: tuple[Part, ...]
    file: str = ""
    line: int = 0
    instance: tuple[tuple[str, str], ...] = ()
    assumptions: tuple[str, ...] = ()
    axioms: tuple[str, ...] = ()
    own_axioms: tuple[Reason, ...] = ()

    def _repr_html_(self) -> str:
        return notebook.html(self)

    def _repr_latex_(self) -> str:
        return notebook.latex(self)

    @property
    def verdict(self) -> str:
        """``refuted`` when the derivation states a refutation, else ``proved``."""
        return "refuted" if all(p.verdict == "refuted" for p in self.parts) else "proved"
