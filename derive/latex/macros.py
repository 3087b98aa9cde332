r"""Macros as data: ``\newcommand`` and its kin are collected, and uses are replaced by bodies.

A macro is a number of arguments and a body.  What a body contributes stands, for every
message, at the place of the use; an argument keeps its own place.  The length of a body and
of the result are bounded, so that no document makes the reader work for longer than it is
long.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from derive.latex.tokens import Token, tokenize
from derive.latex.tree import UnreadableError

#: No display may grow to more tokens than this; no body may be longer.
MOST_TOKENS = 40_000
LONGEST_BODY = 2_000

Macros = Mapping[str, tuple[int, str]]

#: What nearly every preamble declares alike: read so where a document shows no preamble.
CUSTOMARY: Macros = {
    "E": (0, r"\mathbb{E}"),
    "EE": (0, r"\mathbb{E}"),
    "Var": (0, r"\operatorname{Var}"),
    "Cov": (0, r"\operatorname{Cov}"),
    "KL": (0, r"\operatorname{KL}"),
    "R": (0, r"\mathbb{R}"),
    "RR": (0, r"\mathbb{R}"),
    "softmax": (0, r"\operatorname{softmax}"),
    "sigmoid": (0, r"\operatorname{sigmoid}"),
    "sign": (0, r"\sgn"),
    "abs": (1, r"\lvert #1 \rvert"),
    "norm": (1, r"\lVert #1 \rVert"),
}

_DECLARATION = re.compile(
    r"\\(newcommand|renewcommand|providecommand|def|DeclareMathOperator)(\*?)\s*"
    r"(?:\{\s*\\([A-Za-z]+)\s*\}|\\([A-Za-z]+))\s*(?:\[(\d)\])?((?:\#\d)*)\s*\{"
)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_PARAMETER = re.compile(r"#(\d)")


def declared(text: str) -> dict[str, tuple[int, str]]:
    r"""The macros that a text declares, by name without backslash.

    Declarations with optional or delimited arguments are left out: a use of such a macro is
    unknown notation.

    >>> declared(r"\newcommand{\KL}[2]{D(#1 \| #2)} \def\x{\mathbf{x}}")
    {'KL': (2, 'D(#1 \\| #2)'), 'x': (0, '\\mathbf{x}')}
    """
    return take_declarations(text)[0]


def take_declarations(text: str) -> tuple[dict[str, tuple[int, str]], str]:
    r"""The macros that a text declares, and the text with blanks in the declarations' place.

    >>> take_declarations(r"\def\x{y} = 2")
    ({'x': (0, 'y')}, '          = 2')
    """
    found: dict[str, tuple[int, str]] = {}
    if "\\" not in text:
        return found, text
    kept: list[str] = []
    done = 0
    closings: dict[int, int] | None = None
    for head in _DECLARATION.finditer(text):
        closings = _closings(text) if closings is None else closings
        close = closings.get(head.end() - 1, -1)
        if head.start() < done or not 0 <= close - head.end() <= LONGEST_BODY:
            continue
        body = text[head.end() : close]
        if head[1] == "DeclareMathOperator":
            body = rf"\operatorname{head[2]}{{{body}}}"
        found[head[3] or head[4]] = (int(head[5] or 0) or head[6].count("#"), body)
        kept += [text[done : head.start()], " " * (close + 1 - head.start())]
        done = close + 1
    return found, "".join([*kept, text[done:]])


def _closings(text: str) -> dict[int, int]:
    """Where braces close, by the place at which they open."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            waiting.append(brace.start())
        elif brace[0] == "}" and waiting:
            found[waiting.pop()] = brace.start()
    return found


def expand(tokens: list[Token], macros: Macros) -> list[Token]:
    r"""The tokens without uses of macros.  Raises UnreadableError.

    >>> [t.text for t in expand(tokenize(r"\s x"), {"s": (1, "#1^2")})]
    ['x', '^', '2']
    """
    bodies: dict[str, list[Token]] = {}
    done: list[Token] = []
    waiting = tokens[::-1]
    steps = len(tokens)
    while waiting:
        token = waiting.pop()
        name = token.text[1:]
        macro = macros.get(name) or _customary(token, waiting)
        if token.kind not in ("command", "raw") or macro is None:
            done.append(token)
            continue
        if token.kind == "raw":
            message = f"the macro \\{name} replaces a command that the reader needs"
            raise UnreadableError(message, token.start, token.end, "rename the macro")
        count, text = macro
        if name not in bodies:
            bodies[name] = _body(text, token)
        end = token.end
        arguments: list[list[Token]] = []
        for _ in range(count):
            argument, last = _argument(waiting, token)
            arguments.append(argument)
            end = max(end, last)
        made = _filled(bodies[name], arguments, token, end)
        steps += len(made) + 1
        if steps > MOST_TOKENS:
            message = f"the macro \\{name} grows to more than {MOST_TOKENS} tokens"
            raise UnreadableError(message, token.start, token.end)
        waiting += made[::-1]
    return done


def _customary(token: Token, waiting: list[Token]) -> tuple[int, str] | None:
    """What a name that a document does not declare stands for by custom, if its arguments are
    written as that asks for."""
    found = CUSTOMARY.get(token.text[1:]) if token.kind == "command" else None
    braces = bool(waiting) and waiting[-1].text == "{"
    return found if found is not None and braces is bool(found[0]) else None


def _body(text: str, use: Token) -> list[Token]:
    """The tokens of a body.  Raises UnreadableError at the use."""
    try:
        return tokenize(text)
    except UnreadableError as error:
        message = f"the macro {use.text} cannot be read: {error.message}"
        raise UnreadableError(message, use.start, use.end) from None


def _argument(waiting: list[Token], use: Token) -> tuple[list[Token], int]:
    """The next argument, one token or what stands in braces, and where it ends."""
    if not waiting:
        raise UnreadableError(f"{use.text} lacks an argument", use.start, use.end)
    first = waiting.pop()
    if first.text != "{":
        return [first], first.end
    taken: list[Token] = []
    depth = 1
    while waiting:
        token = waiting.pop()
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if not depth:
            return taken, token.end
        taken.append(token)
    raise UnreadableError("this brace is never closed", first.start, first.end, "close it with }")


def _filled(body: list[Token], arguments: list[list[Token]], use: Token, end: int) -> list[Token]:
    """The body with its parameters replaced, at the place of the use."""
    made: list[Token] = []
    words = ["".join(t.text for t in a) for a in arguments]

    def word(found: re.Match[str]) -> str:
        k = int(found[1]) - 1
        return words[k] if 0 <= k < len(words) else found[0]

    for token in body:
        if token.kind == "parameter" and token.text.isdigit():
            k = int(token.text) - 1
            if not 0 <= k < len(arguments):
                message = f"the macro {use.text} has no argument #{token.text}"
                raise UnreadableError(message, use.start, use.end)
            made += arguments[k]
        elif token.kind == "text":
            made.append(
                token._replace(text=_PARAMETER.sub(word, token.text), start=use.start, end=end)
            )
        else:
            value = _PARAMETER.sub(word, token.value) if "#" in token.value else token.value
            made.append(token._replace(value=value, start=use.start, end=end))
    return made
