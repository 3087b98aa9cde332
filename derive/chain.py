"""Running a proof script: lines and reasons in, a derivation with theorems out.

A script is a decorated generator.  A bare term opens a chain; ``term, reasons...`` is the
next line of it; the functions of this module mark other lines::

    @derivation
    def bce(y: Bit, p: Unit):
        '''Binary cross-entropy is the negative log-likelihood of one Bernoulli observation.'''
        yield nll(Bernoulli(p), y)
        yield -log(p**y * (1 - p)**(1 - y)), bernoulli_mass
        yield -(log(p**y) + log((1 - p)**(1 - y))), log_product
        yield -(y*log(p) + (1 - y)*log(1 - p)), log_power

Every line must follow from the line before by the reasons that it names; a missing reason
is an error, and so is a reason that does not do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from derive.derivations import Derivation
from derive.kernel import Theorem
from derive.rules import Rule
from derive.search.forms.rewriting import Equation
from derive.search.justify import Steps
from derive.term import Term, term


class ScriptError(Exception):
    """A script that does not prove what it says.

    ``file`` and ``line`` say where; ``message`` has the terms, the cause, a counterexample
    if there is one, and what to try.
    """

    def __init__(self, message: str, file: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.message, self.file, self.line = message, file, line

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.file else ""
        return place + self.message


# -- what a script may yield ------------------------------------------------------------------


class Marked(NamedTuple):
    """A line that stands to the one before by another relation than equality."""

    relation: str
    term: Term


def le(t: object) -> Marked:
    """The line before is at most this one."""
    return Marked("<=", term(t))


def lt(t: object) -> Marked:
    """The line before is less than this one."""
    return Marked("<", term(t))


def ge(t: object) -> Marked:
    """The line before is at least this one."""
    return Marked(">=", term(t))


def gt(t: object) -> Marked:
    """The line before is greater than this one."""
    return Marked(">", term(t))


class Method(NamedTuple):
    """A reason that is a way to argue rather than a rule."""

    name: str
    sentence: str
    steps: Steps
    reversed_rule: Rule | None = None


ring = Method("algebra", "multiplying out and collecting terms", Steps())
given = Method("given", "the hypotheses", Steps(given=True))
unroll = Method("writing out", "a sum over a range of numbers, term by term", Steps(unroll=True))
linearity = Method("linearity", "sums are linear", Steps(linear=True))
differentiate = Method("differentiation", "the table of derivatives", Steps(derivative=True))


def cases(*on: object) -> Method:
    """Distinguish cases: the values of a bit or of a finite set, or a comparison."""
    terms = tuple(map(term, on))
    return Method("cases", "cases of " + ", ".join(map(str, terms)), Steps(cases=terms))


def one_hot(family: Term) -> Method:
    """Exactly one member of a one-hot family is 1: y[j] = KroneckerDelta(j, c)."""
    return Method("one_hot", f"exactly one {family} is 1", Steps(one_hot=(family,)))


def backwards(rule: Rule) -> Method:
    """A rule read from right to left."""
    return Method(rule.name, rule.text, Steps(equations=(Equation.of_rule(rule).reversed,)), rule)


class Assume(NamedTuple):
    """From here on the part has one more hypothesis."""

    statement: str


class Heading(NamedTuple):
    """The next part's heading."""

    text: str


class Conclude(NamedTuple):
    """What the chain establishes, beyond the relation of its ends."""

    kind: str
    arguments: tuple[Any, ...]


def assume(statement: str) -> Assume:
    """Add a declaration or hypothesis, in plain spelling, for the chains that follow."""
    return Assume(statement)


def part(text: str) -> Heading:
    """Begin a new part with a heading."""
    return Heading(text)


def affine(*theta: Term) -> Conclude:
    """The chain ``f = ... = a*g + b`` shows that f and g are affine in theta."""
    return Conclude("affine", theta)


def minimum(loss: Term, theta: Term, at: Term) -> Conclude:
    """The chain ``f(at) - f(theta) = ... < 0``, under ``theta != at``, shows the minimiser."""
    return Conclude("minimum", (loss, theta, at))


def same_order(f: Term, g: Term, *theta: Term) -> Conclude:
    """f and g order theta alike, because one is an increasing function of the other."""
    return Conclude("same_order", (f, g, *theta))


def nonnegative() -> Conclude:
    """The last line of the chain is not negative, so the first is not."""
    return Conclude("nonnegative", ())


class Refutation(NamedTuple):
    """A statement that is false, and where."""

    statement: Term | str
    at: Mapping[str, object]


def refuted(statement: Term | str, at: Mapping[str, object] | None = None) -> Refutation:
    """The statement is false, at this point or at one that is searched for."""
    return Refutation(statement, at or {})


# -- scripts -----------------------------------------------------------------------------------


class Script:
    """A derivation that can be run; also a reason for lines of later scripts."""

    def __init__(
        self, function: Callable[..., Iterator[Any]], given: str, assumptions: tuple[str, ...]
    ) -> None:
        self.function = function
        self.given = given
        self.assumptions = assumptions
        self.name = function.__name__.replace("_", "-")
        self.title = (function.__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " ")
        self.file = function.__code__.co_filename
        self.line = function.__code__.co_firstlineno
        self.__doc__ = function.__doc__
        self._result: Derivation | None = None

    def __repr__(self) -> str:
        return f"<derivation {self.name}>"

    def run(self) -> Derivation:
        """The derivation, every line of it proved.  Raises ScriptError."""
        if self._result is None:
            from derive.running import run

            self._result = run(self)
        return self._result

    @property
    def theorem(self) -> Theorem:
        """What the last proved part establishes."""
        for p in reversed(self.run().parts):
            if p.theorem is not None:
                return p.theorem
        raise ScriptError(f"{self.name} proves nothing that could be used", self.file, self.line)


def derivation(
    function: Callable[..., Iterator[Any]] | None = None,
    *,
    given: str = "",
    assuming: tuple[str, ...] = (),
) -> Any:
    """Make a script of a generator.

    ``given`` declares symbols in plain spelling; parameters with a domain as annotation are
    declared too; other parameters are names for bound indices.  ``assuming`` are sentences
    about the model, such as independence, that the derivation rests on.
    """
    if function is not None:
        return Script(function, given, assuming)
    return lambda f: Script(f, given, assuming)
