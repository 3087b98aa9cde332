"""The terms of a certificate as text: ``(Add (log p) (Neg y))``.

Bound variables have names in the text, ``(Sum i [x i] 1 n)``, and none in the term; the
writer chooses names that capture nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from derive.term import BINDERS, Term, bound, fresh, number, symbol

#: A subterm that occurs twice and has this many nodes gets a line of its own.
SHARED_FROM = 14


class CertificateError(ValueError):
    """A certificate that cannot be read or does not follow; the sentence says which step."""


_PLAIN = re.compile(r"[^\W\d][\w.']*\Z")
_NUMBER = re.compile(r"-?\d+(/\d+)?\Z")
_TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[()\[\]]|[^\s()\[\]"]+)')


def _word(name: str) -> str:
    if _PLAIN.match(name) and name != "fun":
        return name
    from json import dumps as quoted

    return quoted(name, ensure_ascii=False)


class Writer:
    """Writes terms as ``(Add (log p) (Neg y))``; big shared subterms as ``$1``, ``$2``, ...

    >>> from derive.term import bind, member
    >>> Writer().write(bind("Sum", "i", member("x", symbol("i")), number(1), symbol("n")))
    '(Sum i [x i] 1 n)'
    """

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self.shared: dict[Term, int] = {}
        self.table: list[str] = []
        seen: dict[Term, tuple[int, int]] = {}
        for t in terms:
            self._count(t, seen)
        for t, (size, times) in seen.items():
            if times > 1 and size >= SHARED_FROM and t.loose == 0:
                # Inner terms were finished first, so a line only mentions earlier lines.
                text = self.write(t)
                self.table.append(text)
                self.shared[t] = len(self.table)

    def _count(self, t: Term, seen: dict[Term, tuple[int, int]]) -> int:
        if t in seen:
            size, times = seen[t]
            seen[t] = size, times + 1
            return size
        size = 1 + sum(self._count(a, seen) for a in t.args)
        seen[t] = size, 1
        return size

    def write(self, t: Term, scope: tuple[str, ...] = ()) -> str:
        """The term as text; ``scope`` names its open variables, outermost first."""
        if t in self.shared:
            return f"${self.shared[t]}"
        if t.head == "number":
            return str(t.value)
        if t.head == "symbol":
            return _word(t.value)
        if t.head == "bound":
            return _word(scope[-1 - t.value])
        if t.head == "member":
            return f"[{' '.join((_word(t.value), *(self.write(a, scope) for a in t.args)))}]"
        under = BINDERS.get(t.head, 0)
        words = [_word(t.head)]
        inner = scope
        if under:
            hint = t.names[0] if t.names else "i"
            inner = (*scope, fresh(hint, t.free | set(scope)))
            words.append(_word(inner[-1]))
        for k, a in enumerate(t.args):
            if t.head == "Argmin" and k == 1 and a.loose > len(scope):
                words.append(self.function(a, a.loose - len(scope)))
            else:
                words.append(self.write(a, inner if k < under else scope))
        return f"({' '.join(words)})"

    def function(self, t: Term, count: int, hints: tuple[str, ...] = ()) -> str:
        """A term with ``count`` open variables as ``(fun (i j) body)``."""
        scope = self.variables(count, hints, t.free)
        return f"(fun ({' '.join(map(_word, scope))}) {self.write(t, scope)})"

    @staticmethod
    def variables(count: int, hints: tuple[str, ...], taken: Iterable[str]) -> tuple[str, ...]:
        """Different names for open variables, near to the author's."""
        scope: tuple[str, ...] = ()
        for k in range(count):
            hint = hints[k] if k < len(hints) else "ijklmnrst"[k % 9]
            scope = (*scope, fresh(hint, {*taken, *scope}))
        return scope


class Reader:
    """Reads what ``Writer`` writes; ``table`` holds the terms that ``$1``, ... stand for.

    >>> Reader().read("(Sum j [x j] 1 n)") == Reader().read("(Sum i [x i] 1 n)")
    True
    """

    def __init__(self) -> None:
        self.table: list[Term] = []

    def read(self, text: object, scope: tuple[str, ...] = ()) -> Term:
        """The term that a text spells.  Raises CertificateError."""
        if not isinstance(text, str):
            raise CertificateError(f"expected the text of a term, got {text!r}")
        tokens, at = [], 0
        while text[at:].strip():
            found = _TOKEN.match(text, at)
            if found is None:
                raise CertificateError(f"{text!r} has an unfinished quotation")
            tokens.append(found.group(1))
            at = found.end()
        left = iter(tokens)
        try:
            t = self._term(next(left), left, scope)
            if next(left, None) is not None:
                raise CertificateError(f"there is something behind the term of {text!r}")
        except (StopIteration, RecursionError):
            raise CertificateError(f"{text!r} is no complete term") from None
        return t

    def _term(self, token: str, left: Iterator[str], scope: tuple[str, ...]) -> Term:
        if token == "[":
            family = _unquoted(next(left))
            return Term("member", self._arguments(left, scope, "]"), family)
        if token == "(":
            return self._application(next(left), left, scope)
        if token in (")", "]"):
            raise CertificateError(f"a term cannot begin with {token}")
        if _NUMBER.match(token):
            return number(fraction(token))
        if token.startswith("$"):
            k = int(token[1:]) if token[1:].isdecimal() else 0
            if not 0 < k <= len(self.table):
                raise CertificateError(f"{token} is not in the table of terms")
            return self.table[k - 1]
        name = _unquoted(token)
        for k, variable in enumerate(reversed(scope)):
            if variable == name:
                return bound(k)
        return symbol(name)

    def _application(self, token: str, left: Iterator[str], scope: tuple[str, ...]) -> Term:
        if token == "fun":
            return self._function(left, scope)
        head = _unquoted(token)
        if head not in BINDERS:
            return Term(head, self._arguments(left, scope, ")"))
        name = _unquoted(next(left))
        inner, under = (*scope, name), BINDERS[head]
        args: list[Term] = []
        for token in left:
            if token == ")":
                return Term(head, tuple(args), None, (name,))
            args.append(self._term(token, left, inner if len(args) < under else scope))
        raise CertificateError(f"{head} is not closed")

    def _function(self, left: Iterator[str], scope: tuple[str, ...]) -> Term:
        if scope or next(left) != "(":
            raise CertificateError("a function stands only at the top, as (fun (i) body)")
        names: tuple[str, ...] = ()
        for token in left:
            if token == ")":
                break
            names = (*names, _unquoted(token))
        t = self._term(next(left), left, names)
        if next(left) != ")":
            raise CertificateError("a function has one body")
        return t

    def _arguments(self, left: Iterator[str], scope: tuple[str, ...], end: str) -> tuple[Term, ...]:
        args: list[Term] = []
        for token in left:
            if token == end:
                return tuple(args)
            args.append(self._term(token, left, scope))
        raise CertificateError(f"{end} is missing")


def _unquoted(token: str) -> str:
    if token[0] == '"':
        from json import loads as unquoted

        try:
            return str(unquoted(token))
        except ValueError:
            raise CertificateError(f"{token} is no name") from None
    if not _PLAIN.match(token):
        raise CertificateError(f"{token!r} is no name; other names stand in quotation marks")
    return token


def fraction(text: object) -> Fraction:
    """An exact number such as ``-1/2``.  Raises CertificateError."""
    if not isinstance(text, str) or not _NUMBER.match(text):
        raise CertificateError(f"{text!r} is not an exact number such as -1/2")
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise CertificateError(f"{text[:40]} is no number") from None
