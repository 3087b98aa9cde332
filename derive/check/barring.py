"""Why a step must not be refuted, though a point speaks against it as an identity.

Rows of textbooks are often equations that are set up or solved, and symbols stand for what
only the words around them say.  A step is refuted where none of that can save it.
"""

from __future__ import annotations

import re
from fractions import Fraction

from derive.check.page.asking.statements import Asked
from derive.check.page.nodes import head_of, is_derived
from derive.check.page.page import Page
from derive.check.page.shown import Shown
from derive.check.page.steps import Step
from derive.check.question import Question
from derive.context import Declaration
from derive.distributions import distribution, registry
from derive.domains import REAL
from derive.latex.tree import Node
from derive.refute.balls import holds
from derive.term import Term, number, walk

#: Words around an equation that is meant loosely, or of some values only.
_LOOSE = re.compile(
    r"\b(?:up to|ignor\w*|neglect\w*|drop(?:s|ped|ping)?|discard\w*|omit\w*|approx\w*|asymptotic\w*"
    r"|large|small|odd|even|modulo|mod|roughly|(?:first|second|leading|higher)[- ]order"
    r"|lineari[sz]\w*|informal\w*|loosely|formally|symbolically|for some|there (?:is|are)"
    r"|exists?|in the limit|sufficiently|near|around|close to|almost|special case|sums? to|adds? up"
    r"|normali[sz]\w*|one-hot|orthogonal|orthonormal|unit|symmetric|independen\w*|uncorrelated"
    r"|zero[- ]mean|cent(?:er|re)d|standardi[sz]ed|modulus|order of)\b",
    re.IGNORECASE,
)
#: An equation in plain text.
_TYPED = re.compile(r"(?<![\w.\\$`'\"\[{^])(?P<name>[A-Za-z]\w*)\s*=(?!=)\s*[\w(][^\s,;)]*")
_OF_A_SIGN = re.compile(r"\b(?:positive|negative|non-?negative|integers?)\b", re.IGNORECASE)

#: What a page does not say where something is taken: by the sign in what is taken.
_WANTING = {" in ": "where {} runs is not said", " := ": "{} is not defined"}


def why_not_refuted(page: Page, shown: Shown, step: Step, read: Asked) -> str:
    """Why a step must not be refuted: what of it the page leaves open; "" for nothing."""
    question = read.question
    if read.opaque:
        return "what it speaks of is not looked into"
    for taken in read.conventions:
        for sign, wanting in _WANTING.items():
            if sign in taken:
                return wanting.format(taken.partition(sign)[0])
        return f"the page does not say so: {taken}"
    for name in question.open:
        declared = question.declaration(name)
        if name in question.fixed and declared.indices:
            return f"where all members of {name} lie is not said"
        if declared.indices and not question.choices(name):
            return f"the function {name} is not declared"
        said = page.kinds.get(name)
        if said == "vector" and declared.indices:
            continue  # and it is read as one
        if said in ("meaning", "moment", "function", "distribution", "random", "vector", "matrix"):
            return f"what {name} is is said in words only"
        if is_derived(name):
            return f"{name} is not defined"
    for name in read.unfolded:
        if name in page.variables:
            return f"{name} may stand for any value"
    for name in question.fixed:
        if name not in question.open:
            return f"{name} may be another one than the parameter of the law"
    if step.sign.reason:
        return "it rests on a reason that is not looked into"
    if question.statement.head == "Ne" and question.statement.free:
        return "it may say that two formulas are not the same, which holds if they differ once"
    words = _without(page.words_around(shown), page)
    found = _LOOSE.search(words)
    if found is not None:
        return f"the text says {found[0]!r}"
    typed = _is_typed(page, shown, question)
    if typed:
        return f"the text says {typed!r}"
    found = _OF_A_SIGN.search(words)
    free = [d for d in question.entries if isinstance(d, Declaration) and d.domain == REAL]
    if found is not None and any(d.name not in question.sizes for d in free):
        return f"the text says {found[0]!r}"
    if _is_set_anew(page, shown, step):
        return "its left side is set equal to something else in another display"
    if read.explicit:
        return ""
    return (
        _counted(page, question) or _equation(question, step) or _start(page, shown, step, question)
    )


def _is_typed(page: Page, shown: Shown, question: Question) -> str:
    """An equation that the section has between its words, as plain text and no formula, and that
    says what a symbol of the statement is: "(N = S + D)"; "" for none."""
    names = question.statement.free
    for piece, section in zip(page.document.pieces, page.sections, strict=True):
        if piece.kind == "prose" and section == shown.section:
            for found in _TYPED.finditer(piece.text):
                if found["name"] in names:
                    return " ".join(found[0].split())
    return ""


def _counted(page: Page, question: Question) -> str:
    """Whether a number that the text calls a count, and that ends no range, stands on one side
    only: what else is counted may make it up."""
    if question.statement.head not in ("Eq", "Lt", "Le"):
        return ""
    left, right = (s.free for s in question.statement.args[:2])
    for name in sorted(left ^ right):
        if page.kinds.get(name) == "count" and "end" not in page.shape(name).roles:
            return f"what {name} is is said in words only"
    return ""


def _is_set_anew(page: Page, shown: Shown, step: Step) -> bool:
    """Whether a chain of names, ``Y = g(X) = 3 X``, ends with a name that another display defines:
    it may speak of another case."""
    head = head_of(step.left)
    if head is None or not step.continued:
        return False
    earlier = [s for s in shown.steps if s.run == step.run and s.number < step.number]
    named = all(head_of(s.left) is not None for s in earlier)
    return named and any(
        d.head.key == head.key and d.at != shown.at and d.section == shown.section
        for d in page.definitions
    )


def _without(words: str, page: Page) -> str:
    """The words without those that were read as declarations of whole families."""
    rest = " ".join(words.split())
    for one in page.said:
        if one.kind in ("total", "one-hot") and "[" not in one.words:
            rest = rest.replace(one.words, "")
    return rest


def _start(page: Page, shown: Shown, step: Step, question: Question) -> str:
    """Why the first equation of a chain may be one to be solved, or assumed."""
    if step.continued:
        return ""
    unsized = [n for n in question.open if n not in question.sizes]
    if unsized:
        return f"{unsized[0]} is not declared"
    if page.is_equation_to_solve(shown):
        return "the text sets the equation up"
    if _speaks_of_another_law(page.words_before(shown), question):
        return "the text speaks of another law"
    left, right = (s.free for s in question.statement.args[:2])
    if left == right or (right < left and left - right <= _parameters(question.statement.args[0])):
        return ""
    return "it may be an equation to be solved"


def _parameters(side: Term) -> frozenset[str]:
    """The parameters of the laws of an expectation: ``E[X^2] = s^2`` claims something for each
    mean, and is not solved for it."""
    laws = (u.args[-1] for _, u in walk(side) if u.head == "Expectation")
    return frozenset().union(*(law.free for law in laws))


def _speaks_of_another_law(words: str, question: Question) -> bool:
    """Whether the words before a display name laws, and not those of its variables."""
    said = " ".join(re.split(r"[\s-]+", words.lower()))
    named = set()
    for title in sorted((d.title for d in registry().values()), key=len, reverse=True):
        if title in said:
            named.add(title)
            said = said.replace(title, "")
    laws = [d.law for d in question.entries if isinstance(d, Declaration) and d.law is not None]
    heads = {u.head for t in (question.statement, *laws) for _, u in walk(t)}
    own = {found.title for h in heads if (found := distribution(h)) is not None}
    return bool(named) and bool(own) and named.isdisjoint(own)


def _equation(question: Question, step: Step) -> str:
    """Why an equation may hold for some values only, by its form; "" for nothing."""
    s = question.statement
    if s.head != "Eq":
        unsized = set(question.open) - set(question.sizes)
        return "an inequality of symbols that are not declared" if unsized else ""
    left, right = s.args
    if _is_rounded(step.left, s) or _is_rounded(step.right, s):
        return "it is rounded to the digits that are written"
    if bool(left.free) != bool(right.free):
        return "it may be an equation to be solved: one side is a number"
    for side, other in ((left, right), (right, left)):
        if _is_lone(side, step) and not side.free <= other.free:
            return "it may name its side, or be solved for it"
        alone = (side.free - other.free) & (set(question.open) - set(question.sizes))
        if alone:
            return f"it may be an equation to be solved for {min(alone)}"
    return ""


def _is_rounded(side: Node, s: Term) -> bool:
    """Whether a side is a decimal number that the other one has, to the digits of it."""
    if side.kind == "neg":
        side = side.parts[0]
    if side.kind != "number" or "." not in side.text or s.free:
        return False
    unit = Fraction(1, 10 ** len(side.text.partition(".")[2]))
    distance = Term("Abs", (s.args[0] - s.args[1],))
    return holds(Term("Le", (distance, number(unit))), {}) is True


def _is_lone(side: Term, step: Step) -> bool:
    return side.head in ("symbol", "member") or head_of(step.right) is not None
