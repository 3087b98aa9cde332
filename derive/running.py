"""Running a script: each line is justified, each chain composed into a theorem."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from derive import kernel
from derive.chain import (
    Assume,
    Conclude,
    Heading,
    Marked,
    Refutation,
    Script,
    ScriptError,
)
from derive.context import EMPTY, Context, ContextError
from derive.derivations import Derivation, Line, Part
from derive.domains import DOMAINS
from derive.kernel import KernelError, Theorem
from derive.reasons import axioms_of, reason_of, steps_of
from derive.search.equations import in_context, reflexive
from derive.search.facts import Facts
from derive.search.justify import justify
from derive.search.losses.conclusions import conclude
from derive.term import Term, TermError, symbol, term

if TYPE_CHECKING:
    from types import GeneratorType

#: Steps of the search that a line may take, the same on every machine.
STEPS = 20_000

#: How a relation is spelled on the page, and the kernel's head with the sides in order.
_RELATIONS = {"=": ("Eq", False), "<=": ("Le", False), "<": ("Lt", False),
              ">=": ("Le", True), ">": ("Lt", True)}  # fmt: skip


def run(script: Script) -> Derivation:
    """The derivation of a script.  Raises ScriptError at the line that does not follow."""
    from derive.plain import ReadError

    try:
        context, arguments = _signature(script)
    except (ReadError, ContextError, TermError) as error:
        raise ScriptError(str(error), script.file, script.line) from None
    runner = _Runner(script, context)
    lines = script.function(*arguments)
    try:
        for item in lines:
            runner.take(item, _line_of(lines))
        runner.close()
    except (ReadError, ContextError, TermError, KernelError) as error:
        raise ScriptError(str(error), script.file, _line_of(lines) or runner.at) from None
    if not runner.parts:
        raise ScriptError("the script yields no line", script.file, script.line)
    return Derivation(
        script.name, script.title, tuple(runner.parts), script.file, script.line, (),
        script.assumptions, *axioms_of(runner.parts),
    )  # fmt: skip


def _line_of(lines: Iterator[Any]) -> int:
    generator: GeneratorType[Any, Any, Any] = lines  # type: ignore[assignment]  # scripts are generators
    return generator.gi_frame.f_lineno if generator.gi_frame is not None else 0


def _signature(script: Script) -> tuple[Context, list[Term]]:
    """The context that the signature and ``given`` declare, and a symbol a parameter."""
    from derive.plain import declare

    code = script.function.__code__
    names = code.co_varnames[: code.co_argcount]
    context = EMPTY
    for name in names:
        annotation = script.function.__annotations__.get(name)
        if isinstance(annotation, str):
            annotation = script.function.__globals__.get(annotation)
        if isinstance(annotation, Term) and annotation.head in DOMAINS:
            context = context.declare(name, annotation)
    return declare(script.given, context) if script.given else context, list(map(symbol, names))


class _Chain(NamedTuple):
    lines: tuple[Line, ...]
    theorem: Theorem | None
    reversed: bool


class _Runner:
    """Takes what a script yields, item by item."""

    def __init__(self, script: Script, context: Context) -> None:
        self.script = script
        self.context = self.base = context
        self.facts = Facts()
        self.parts: list[Part] = []
        self.heading = ""
        self.chain: _Chain | None = None
        self.at = script.line

    def fail(self, message: str) -> ScriptError:
        return ScriptError(message, self.script.file, self.at)

    def take(self, item: object, at: int) -> None:
        """One item of a script."""
        self.at = at
        if isinstance(item, Heading):
            self.close()
            self.heading, self.context = item.text, self.base
        elif isinstance(item, Assume):
            from derive.plain import declare

            self.close()
            self.context = declare(item.statement, self.context)
        elif isinstance(item, Conclude):
            self.conclude(item)
        elif isinstance(item, Refutation):
            self.refute(item)
        elif isinstance(item, Term):
            if self.chain is not None:
                raise self.fail(_missing("=", item) + '; part("...") begins another chain')
            self.open(item)
        elif isinstance(item, tuple) and item and isinstance(item[0], (Term, Marked, int)):
            first, *reasons = item if not isinstance(item, Marked) else (item,)
            self.line(first, reasons)
        else:
            raise self.fail(f"a script yields terms, and terms with reasons, not {item!r}")

    def open(self, t: Term) -> None:
        """Begin a chain; its first line must be well-formed and defined."""
        self.context.check(t)
        if self.facts.defined(self.context, t) is None:
            raise self.fail(
                f"it is not found that {t} is defined in this context\n"
                "  what would help: declare the domains that its logarithms, quotients and "
                "powers need"
            )
        self.chain = _Chain((Line(t, context=self.context),), None, False)

    def line(self, item: Term | Marked | int, reasons: list[object]) -> None:
        """The next line of the chain, with its reasons."""
        if self.chain is None:
            raise self.fail("this line has reasons but no line before it")
        relation, t = item if isinstance(item, Marked) else ("=", term(item))
        if not reasons:
            raise self.fail(_missing(relation, t))
        head, turned = _RELATIONS[relation]
        before = self.chain.lines[-1].term
        self.context.check(t)
        try:
            steps = steps_of(reasons)
        except TypeError as error:
            raise self.fail(str(error)) from None
        sides = (t, before) if turned else (before, t)
        self.facts.steps = STEPS
        try:
            theorem = justify(self.facts, self.context, head, *sides, steps)
        except OverflowError:
            theorem = None
        if theorem is None:
            from derive.counterexamples import why_not

            statement, shown = Term(head, sides), (before, relation, t)
            raise self.fail(why_not(self.facts, self.context, statement, shown, reasons, steps))
        line = Line(t, relation, tuple(map(reason_of, reasons)), theorem, self.context)
        theorem = in_context(self.context, theorem)
        self.chain = self.extended(line, theorem, turned, head)

    def extended(self, line: Line, theorem: Theorem, turned: bool, head: str) -> _Chain:
        """The chain with one more line, and the theorem about its ends."""
        assert self.chain is not None
        whole = self.chain.theorem
        down = self.chain.reversed or turned
        if whole is None:
            whole = theorem
        elif down:
            if head == "Eq":
                theorem = kernel.symmetric(theorem)
            if not self.chain.reversed:
                whole = kernel.symmetric(whole)
            whole = kernel.transitive(theorem, whole)
        else:
            whole = kernel.transitive(whole, theorem)
        down = down and (head != "Eq" or self.chain.reversed)
        return _Chain((*self.chain.lines, line), whole, down)

    # -- ends of chains --------------------------------------------------------------------------

    def close(self) -> None:
        """The open chain, if any, becomes a part."""
        chain, self.chain = self.chain, None
        if chain is None:
            return
        if chain.theorem is None:
            start = reflexive(self.facts, self.context, chain.lines[0].term)
            chain = chain._replace(theorem=start)
        assert chain.theorem is not None
        self.add(chain, chain.theorem)

    def add(
        self, chain: _Chain, theorem: Theorem, details: tuple[tuple[str, Term], ...] = ()
    ) -> None:
        """A proved part."""
        statement = _as_written(theorem.statement, chain.lines)
        whole = Part(statement, "proved", theorem.context, chain.lines, theorem)
        self.parts.append(whole._replace(heading=self.heading, details=details))
        self.heading = ""

    def conclude(self, item: Conclude) -> None:
        """The chain, turned into the relation that the script states."""
        chain, self.chain = self.chain, None
        theorem = None if chain is None else chain.theorem
        try:
            earlier = [p.theorem for p in self.parts if p.theorem is not None]
            found, details = conclude(self.facts, self.context, self.base, item, theorem, earlier)
        except KernelError as error:
            raise self.fail(f"{item.kind}: {error}") from None
        self.add(chain or _Chain((), None, False), found, details)
        self.context = self.base

    def refute(self, item: Refutation) -> None:
        """A statement that is false, with its witness."""
        from derive.counterexamples import refuted
        from derive.refute.witness import WitnessError

        self.close()
        try:
            statement, witness = refuted(self.context, item)
        except WitnessError as error:
            raise self.fail(str(error)) from None
        part = Part(statement, "refuted", self.context, witness=witness, heading=self.heading)
        self.parts.append(part)
        self.heading = ""


def _as_written(statement: Term, lines: tuple[Line, ...]) -> Term:
    """The statement with the author's names of bound variables, where its ends are lines."""
    written = {line.term: line.term for line in lines}
    args = tuple(written.get(a, a) for a in statement.args)
    return Term(statement.head, args, statement.value, statement.names)


def _missing(relation: str, t: Term) -> str:
    return (
        f"{relation} {t}\n  the reason is missing: name the rule, `ring` for algebra, "
        "or `given` for a hypothesis"
    )
