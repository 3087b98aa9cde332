r"""What running text says of symbols: ``$\sigma > 0$``, "let $n$ be a positive integer".

Only what is said plainly is taken: a relation behind "then", "if" or "we show that" claims
something and declares nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from derive.document.pieces import Piece


class Said(NamedTuple):
    r"""Something that the text says, from ``start`` to ``end`` in the file.

    ``kind``: ``declaration`` (``text`` is one in LaTeX, perhaps with ``for i = 1, ..., n``),
    ``range`` (``text`` is ``i = 1, \ldots, n``), or what a symbol is called: ``vector``,
    ``matrix``, ``random``, ``function``, ``set``, ``number``, ``constant``, ``probability``,
    ``count``, ``integer``, ``distribution``, ``one-hot``, ``moment``
    (``text`` says of what, as "mean of X"), ``definition`` (``text`` is what the symbol stands
    for), ``meaning`` (anything else);
    ``total``: its members add up to 1; ``case``: something is said of it in a case.  Then
    ``symbol`` is the symbol in LaTeX, or a list such as ``x_1, \ldots, x_n``, ``words`` are
    those that say so, and ``text`` is the declaration that follows from them, if one does.
    ``paragraph`` and ``piece`` (a place in the sequence) tell where.
    """

    kind: str
    text: str
    symbol: str
    words: str
    start: int
    end: int
    paragraph: int
    piece: int


#: Head words and what they make of a symbol; the longest fitting end of a phrase counts.
KINDS = {
    "random variable": "random", "random variables": "random", "random vector": "random",
    "random vectors": "random", "random matrix": "random", "variate": "random",
    "vector": "vector", "vectors": "vector", "matrix": "matrix", "matrices": "matrix",
    "tensor": "matrix", "function": "function", "functions": "function", "density": "function",
    "mapping": "function", "operator": "function", "network": "function",
    "distribution": "distribution", "distributions": "distribution",
    "set": "set", "sets": "set", "space": "set", "subset": "set", "alphabet": "set",
    "support": "set", "constant": "constant", "constants": "constant", "scalar": "number",
    "scalars": "number", "number": "number", "real number": "number", "real numbers": "number",
    "integer": "integer", "integers": "integer", "natural number": "integer",
    "natural numbers": "integer", "probability": "probability", "probabilities": "probability",
}  # fmt: skip
_BIT = r"(?:either )?(?:0 or 1|1 or 0|zero or one)"
_NUMBERS = (
    r"(?:(?:real |finite )*(?:numbers?|constants?|scalars?|reals?|values?|weights?|parameters?"
    r"|variables?|probabilities|observations?|scores?))"
)
#: Phrases from which a declaration follows.
_DECLARE = (
    (
        r"positive integers?|positive natural numbers?|natural numbers?",
        r"{} \in \{{1, 2, \ldots\}}",
    ),
    (r"non-?negative integers?", r"{} \in \{{0, 1, \ldots\}}"),
    (r"integers?", r"{} \in \mathbb{{Z}}"),
    (rf"(?:all |both |each |strictly )*positive(?: {_NUMBERS})?", "{} > 0"),
    (rf"(?:all |both |each )*non-?negative(?: {_NUMBERS})?", r"{} \ge 0"),
    (_BIT, r"{} \in \{{0, 1\}}"),
    (
        rf"(?:all |both |arbitrary |any )*real(?:[- ]valued)?(?: {_NUMBERS})?",
        r"{} \in \mathbb{{R}}",
    ),
)
_ONE_HOT = r"one-hot(?:[- ]encoded)?(?: (?:labels?|targets?|vectors?|encodings?|classes))?"
#: What comes right before a symbol whose members add up to 1: "for discrete distributions [1]".
_DISCRETE = (
    r"(?<!normalized )(?<!normalised )(?:(?:discrete|categorical)(?: probability)? distributions?"
    r"|probability (?:vectors?|mass functions?))"
)
#: What makes the members of a family add up to 1, as a phrase and as what goes on behind one.
_SHARES = re.compile(
    r"(?:all |both )?(?:discrete |finite |positive )*probability (?:vectors?|mass functions?"
    r"|distributions?)|(?:discrete|categorical)(?: probability)? distributions?",
    re.IGNORECASE,
)
_ADDING = re.compile(
    r",? ?(?:that|which|and|with|whose (?:entries|members|elements|components)|,)*"
    r" ?(?:sum|sums|summing|add|adds|adding)(?: up)? to"
    r" (?:one|1|unity|\[(?P<one>\d+)\])"
    r"(?=[,;:)]|\.(?!\d)|\s*$| and \[| (?:where|with|such that)\b)",
    re.IGNORECASE,
)
#: Words that set a symbol apart from what is said: "rather than one-hot labels", "non-one-hot".
_APART = re.compile(
    r"\b(?:than|instead|unlike|without|no|non|neither|nor|cannot|opposed|versus|except)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|never|no longer|cannot|instead)\b|n't\b", re.IGNORECASE)
#: An adjective alone declares behind "let ... be" and of "all" members only: "where x is
#: positive" may single out a case.
_ADJECTIVE = re.compile(r"(?:strictly )?(?:positive|non-?negative|real)", re.IGNORECASE)
#: What makes what is said of a symbol hold in a case only.
_IN_A_CASE = re.compile(
    r" (?:if|when|whenever|where|unless|only|provided|except|at|near|on"
    r"|for (?!all|each|every|any))",
    re.IGNORECASE,
)
#: What the text calls a number that belongs to a random variable: "with mean [1]",
#: "[2] is the variance of [3]", "[1] and [2] are the mean and standard deviation of [3]".
_OF_LAW = r"(?:mean|expected value|expectation|variance|standard deviation)"
_MOMENT = re.compile(
    rf"\b(?P<kind>{_OF_LAW})(?: of \[(?P<of>\d+)\])?(?: is| equal to|,? denoted(?: by| as)?)?"
    r" \[(?P<value>\d+)\]",
    re.IGNORECASE,
)
_MOMENTS = re.compile(
    rf"\[(?P<first>\d+)\](?: and \[(?P<second>\d+)\])? (?:is|are|denotes?) the (?P<kind>{_OF_LAW})"
    rf"(?: and (?:the )?(?P<other>{_OF_LAW}))? of \[(?P<of>\d+)\]",
    re.IGNORECASE,
)
#: Words before it that leave it the number of the law itself: not "log-mean", "sample mean".
_OWN_MEAN = re.compile(
    r"(?:\b(?:with|has|have|having|and|the|its|their|an?|of|finite|known|unknown|common|true"
    r"|population|is|are|whose|where|be)|[,;(])\s*$",
    re.IGNORECASE,
)
#: What a symbol stands for: "write [1] for [2]", "abbreviate [2] by [1]", "[1] denotes [2]".
_STANDS = (
    re.compile(r"\b(?:writ(?:e|ing)|us(?:e|ing)) \[(?P<symbol>\d+)\] (?:for|to denote|instead of)"
               r" \[(?P<value>\d+)\]", re.IGNORECASE),
    re.compile(r"\b(?:writ(?:e|ing)|abbreviat(?:e|ing)|denot(?:e|ing)) \[(?P<value>\d+)\]"
               r" (?:simply |briefly )?(?:by|as|with) \[(?P<symbol>\d+)\]", re.IGNORECASE),
    re.compile(r"\[(?P<symbol>\d+)\] (?:denotes|abbreviates|stands for|is short(?:hand)? for)"
               r" \[(?P<value>\d+)\]", re.IGNORECASE),
)  # fmt: skip
_CAPITAL = re.compile(r"[A-Z]")
_COUNT = re.compile(r"(?:total |whole |overall )?(?:number|count) of\b", re.IGNORECASE)
_MANY = r"(?P<symbols>\[\d+\](?:(?:,| and|, and) \[\d+\]){0,9})"
_VERBS = r"(?P<verb>is|are|be|being|denotes?|denoting|represents?|stands? for|means|be defined as)"
_WORD = r"[\w\[\]\u2013-]+"
_PHRASE = (
    r"(?P<article>(?:the |an? |any |some |all |our |its )*)"
    rf"(?P<phrase>{_WORD}(?: {_WORD}){{0,7}})"
)
_SAYS = re.compile(rf"{_MANY} {_VERBS} {_PHRASE}", re.IGNORECASE)
_NAMED = re.compile(
    rf"\b(?P<phrase>{'|'.join(sorted(KINDS, key=len, reverse=True))}) {_MANY}", re.IGNORECASE
)
#: Where a phrase ends: its head word stands before.
_END = re.compile(
    r" (?:of|for|in|with|that|which|whose|from|on|over|at|to|such|where|given|between|under|by|and"
    r"|is|are|as|if|when|then|containing|taking|having|following|using|distributed)\b.*",
    re.IGNORECASE,
)
#: Words after which a relation claims something, or holds on a condition only.
_CLAIMS = re.compile(
    r"\b(?:then|hence|thus|therefore|so|show\w*|prov\w+|impl\w+|follow\w*|if|whether|iff|when|whenever"
    r"|unless|conclud\w+|get|gives?|yields?|obtain\w*|because|since|would|not|never|must|holds?"
    r"|case|cases|as long as|test|verif\w+|check|neither|nor|finds?|found|deduc\w+|cannot)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<!\bcase \d)[.!?;:](?=\s)", re.IGNORECASE)
_RANGE = re.compile(
    r"\s*[A-Za-z](?:\s*,\s*[A-Za-z])?\s*(?:=|\\in)\s*(?:\\\{|\\lbrace)?\s*[\w\\{}+-]{1,20}\s*,?\s*"
    r"(?:\\[lc]?dots[cbm]?|\.\.\.?)\s*,?\s*[\w\\{}+ -]{1,30}?\s*(?:\\\}|\\rbrace)?\s*"
)
#: A letter, perhaps accented or bold, with its indices.
_ONE = (
    r"(?!\\(?:sum|prod|int|log|ln|exp|max|min|frac|sqrt|left|partial|mathrm|Var|E)(?![A-Za-z]))"
    r"(?:\\[A-Za-z]+\s*)?(?:\{\s*)?\\?[A-Za-z]+(?:\s*\})?"
    r"(?:\s*[_^](?:\w|\\[A-Za-z]+|\{[^{}]{1,20}\}|\s)){0,3}"
)
_DOTS = r"\\[lc]?dots[cbm]?|\.\.\."
_SYMBOL = re.compile(rf"{_ONE}|{_ONE}\s*,\s*(?:{_ONE}\s*,\s*)?(?:{_DOTS})\s*,\s*{_ONE}\s*")
_QUALIFIED = re.compile(rf"\b(?P<phrase>{_ONE_HOT}|{_DISCRETE}) {_MANY}", re.IGNORECASE)
_SIGN = r"\s*(?:\\(?:ge|le|geq|leq|geqslant|leqslant|gt|lt)(?![A-Za-z])|[<>])\s*"
#: What declares: ``x, y \in D``, ``X \sim L``, ``x > 0``, ``0 < p < 1``, ``x := 2``.
_DECLARES = re.compile(
    rf"\s*{_ONE}(?:\s*,\s*(?:{_ONE}|{_DOTS})){{0,8}}\s*"
    rf"(?:\\in(?![A-Za-z])|\\sim(?![A-Za-z])|:=)(?P<set>[^=]*)"
    rf"|\s*(?:{_ONE}){_SIGN}[^=<>]*"
    rf"|[^=<>:]{{1,40}}?{_SIGN}{_ONE}{_SIGN}[^=<>]{{1,60}}",
)
#: ``p_i \in (0,1) : \sum_i p_i = 1``: a constraint behind the set.
_CONSTRAINT = re.compile(r"(?P<set>[^:=]*\\in(?![A-Za-z])[^:=]*):(?P<rest>[^:]*=[^:=]*)")
#: A longer formula declares nothing.
_LONGEST = 200
#: A longer paragraph is no text that somebody wrote.
_LONGEST_PARAGRAPH = 100_000
_BEFORE = re.compile(r"(?:\$`|\$|\\{1,2}\(|:math:`|\{math\}`|\\begin\{math\})\s*$")
_AFTER = re.compile(r"\s*(?:`\$|\$|\\{1,2}\)|`|\\end\{math\})")
_FOR = re.compile(r",? ?\(?(?:for |for all |for each |for every |where |with )?\[(\d+)\]")
#: What restricts a declaration before it: a case, "for even i", "for all i with ...", "where i".
_IN_CASE = re.compile(
    r"[ ,]*\(?(?:if|when|whenever|unless|except|only|whose|but not|in case|rarely|seldom|sometimes"
    r"|never|fails?|cannot|(?:is|does|do|need|may) not|is (?:impossible|false|excluded))\b",
    re.IGNORECASE,
)
_FOR_SOME = re.compile(r"[ ,]*\(?for\b(?! an? | its | their )", re.IGNORECASE)
_FOR_ALL = re.compile(
    r"[ ,]*\(?for (?:all|each|every|any)(?: (?:ind(?:ex|ices)|class(?:es)?|samples?|examples?"
    r"|observations?|(?:data )?points?|labels?))? \[\d+\](?:,? \[\d+\])*",
    re.IGNORECASE,
)
_SUCH = re.compile(r",? (?:with|where|such that|for which|that|satisfying|outside|except)\b")
_ABOUT = re.compile(r"[ ,]*\(?(?:where|with|and) \[(\d+)\]", re.IGNORECASE)
_WORDY = re.compile(r"\*{1,2}|\[([^\[\]]{1,80})\]\([^()\s]{0,200}\)")


def said(pieces: Sequence[Piece]) -> Iterator[Said]:
    r"""What the paragraphs of a document say of symbols, in reading order.

    >>> from derive.document import read
    >>> page = read("a.md", r"Let $n$ be a positive integer and $\sigma > 0$. Then $x > 0$.")
    >>> [(s.kind, s.text) for s in said(page.pieces)]
    [('integer', 'n \\in \\{1, 2, \\ldots\\}'), ('declaration', '\\sigma > 0')]
    """
    for k, piece in enumerate(pieces):
        if piece.kind == "prose" and len(piece.text) <= _LONGEST_PARAGRAPH:
            last = k + 1
            while last < len(pieces) and pieces[last].kind == "inline":
                last += 1
            yield from _Paragraph(pieces, k, range(k + 1, last)).all()


class _Paragraph:
    """A stretch of prose, its formulas replaced by their numbers in brackets."""

    def __init__(self, pieces: Sequence[Piece], k: int, formulas: range) -> None:
        self.pieces, self.prose = pieces, pieces[k]
        parts: list[str] = []
        at = 0
        text = self.prose.text
        for f in formulas:
            start = _place(self.prose, pieces[f].start)
            end = _place(self.prose, pieces[f].end - 1) + 1
            before = _BEFORE.search(text, max(at, start - 20), start)
            after = _AFTER.match(text, end)
            parts += [text[at : before.start() if before else start], f"[{f}]"]
            at = after.end() if after else end
        parts.append(text[at:])
        joined = " ".join("".join(parts).split())
        self.words = _WORDY.sub(lambda m: m[1] or "", joined)
        self.used: set[int] = set()
        self.sentences = [m.end() for m in _SENTENCE.finditer(self.words)]
        self.claims = [m.start() for m in _CLAIMS.finditer(self.words)]

    def all(self) -> Iterator[Said]:
        """Everything said here, by place."""
        found = [*self.moments(), *self.kinds(), *self.relations(), *self.abbreviations()]
        yield from sorted(found, key=lambda s: (s.start, s.kind))

    def said(self, kind: str, text: str, f: int, symbol: str = "", words: str = "") -> Said:
        """One thing said, at the place of a formula."""
        piece = self.pieces[f]
        return Said(kind, text, symbol, words, piece.start, piece.end, piece.paragraph, f)

    # -- what a symbol is called -----------------------------------------------------------

    def kinds(self) -> Iterator[Said]:
        """Symbols that the text calls something."""
        for found in _SAYS.finditer(self.words):
            yield from self.called(found, found["phrase"], declares=True)
        for found in _QUALIFIED.finditer(self.words):
            yield from self.called(found, found["phrase"], declares=True)
        for found in _NAMED.finditer(self.words):
            yield from self.called(found, found["phrase"], declares=False)

    def called(self, found: re.Match[str], phrase: str, declares: bool) -> Iterator[Said]:
        """What one phrase says of the symbols before it."""
        head = re.sub(r"(?: \[\d+\])+$", "", _END.sub("", phrase).strip())
        behind = self.words[found.start("phrase") + len(head) :]
        conditional = self.is_claimed(found.start()) or bool(_IN_A_CASE.match(behind))
        conditional = conditional or (bool(_ADJECTIVE.fullmatch(head)) and not self.is_let(found))
        conditional = conditional or self.is_apart(found)
        kind = "count" if _COUNT.match(phrase) else _kind(head)
        kind = "integer" if re.fullmatch(_BIT, head, re.IGNORECASE) else kind
        is_label = re.fullmatch(_ONE_HOT, head, re.IGNORECASE)
        kind = ("vector" if conditional else "one-hot") if is_label else kind
        adds = not conditional and (bool(_SHARES.fullmatch(head)) or self.adds_up(behind))
        article = found.groupdict().get("article")
        silent = not adds and not _declaration(head, kind, "")
        if not article and declares and kind in ("meaning", "distribution") and silent:
            return
        for f in map(int, re.findall(r"\d+", found["symbols"])):
            symbol = self.pieces[f].text if 0 <= f < len(self.pieces) else ""
            if f in self.used or len(symbol) > _LONGEST or not _SYMBOL.fullmatch(symbol):
                continue
            self.used.add(f)
            text = "" if conditional or not declares else _declaration(head, kind, symbol)
            yield self.said(kind, text, f, symbol, phrase)
            if conditional and _declaration(head, kind, symbol):
                yield self.said("case", "", f, symbol, phrase)
            # Of several distributions each adds up to 1.
            several = head.endswith(("distributions", "functions")) and "_" in symbol
            if (adds and not several) or kind == "one-hot":
                yield self.said("total", "", f, symbol, phrase)

    def is_apart(self, found: re.Match[str]) -> bool:
        """Whether the sentence sets the symbols apart from what a phrase says, or denies it."""
        k = bisect_right(self.sentences, found.start())
        first = self.sentences[k - 1] if k else 0
        last = self.sentences[k] if k < len(self.sentences) else len(self.words)
        before, behind = self.words[first : found.start()], self.words[found.end() : last]
        return bool(_APART.search(before) or _DENIED.search(behind.partition(",")[0]))

    def is_let(self, found: re.Match[str]) -> bool:
        """Whether a phrase stands in "let ... be", or speaks of all: "all ... are"."""
        before = self.words[max(found.start() - 5, 0) : found.start()].lower()
        return found.groupdict().get("verb") == "be" or before.endswith("all ")

    def adds_up(self, behind: str) -> bool:
        """Whether a phrase goes on with "that sum to one"."""
        found = _ADDING.match(behind)
        if found is None or found["one"] is None:
            return found is not None
        return self.is_formula(int(found["one"])) and self.pieces[int(found["one"])].text == "1"

    def is_claimed(self, at: int) -> bool:
        """Whether a word of the sentence before a place makes what stands there a claim."""
        k = bisect_right(self.sentences, at)
        start = self.sentences[k - 1] if k else 0
        return bisect_left(self.claims, start) < bisect_left(self.claims, at)

    def moments(self) -> Iterator[Said]:
        """Symbols that the text calls the mean or the variance of a random variable: then
        ``text`` is the kind and the variable."""
        for found in _MOMENTS.finditer(self.words):
            pairs = ((found["first"], found["kind"]), (found["second"], found["other"]))
            if bool(found["second"]) == bool(found["other"]):
                yield from (self.moment(k, v, found["of"]) for v, k in pairs if v and k)
        for found in _MOMENT.finditer(self.words):
            variable = found["of"] or self.variable_before(found.start())
            own = _OWN_MEAN.search(self.words[max(found.start() - 20, 0) : found.start()])
            if variable and own and not self.is_claimed(found.start()):
                yield self.moment(found["kind"], found["value"], variable)

    def abbreviations(self) -> Iterator[Said]:
        """Symbols that the text lets stand for a formula."""
        for pattern in _STANDS:
            for found in pattern.finditer(self.words):
                symbol, value = int(found["symbol"]), int(found["value"])
                if self.is_formula(symbol) and self.is_formula(value):
                    text = self.pieces[value].text
                    yield self.said("definition", text, value, self.pieces[symbol].text, found[0])

    def moment(self, kind: str, value: str, variable: str) -> Said:
        """That one formula is the mean or the variance of another one."""
        text = f"{kind.lower()} of {self.pieces[int(variable)].text.strip()}"
        return self.said("moment", text, int(value), self.pieces[int(value)].text, kind)

    def variable_before(self, at: int) -> str:
        """The formula nearest before a place of a sentence that is one capital letter."""
        k = bisect_right(self.sentences, at)
        start = self.sentences[k - 1] if k else 0
        near = [m[1] for m in re.finditer(r"\[(\d+)\]", self.words[start:at])
                if self.is_formula(int(m[1]))]  # fmt: skip
        capital = [f for f in near if _CAPITAL.fullmatch(self.pieces[int(f)].text.strip())]
        return capital[-1] if len(set(capital)) == 1 else ""

    # -- relations -------------------------------------------------------------------------

    def relations(self) -> Iterator[Said]:
        """Formulas that declare by themselves, with the range behind them."""
        ranged: set[int] = set()
        for found in re.finditer(r"\[(\d+)\]", self.words):
            f = int(found[1])
            if f in ranged or not self.is_formula(f):
                continue
            text = self.pieces[f].text
            if len(text) > _LONGEST:
                continue
            if _RANGE.fullmatch(text):
                yield self.said("range", text, f)
            elif not self.is_claimed(found.start()):
                constraint = _CONSTRAINT.fullmatch(text)
                if constraint and _DECLARES.fullmatch(constraint["set"]):
                    yield self.said("declaration", constraint["set"].strip(), f)
                    yield self.said("declaration", constraint["rest"].strip(), f)
                if not _DECLARES.fullmatch(text) or "\\Rightarrow" in text:
                    continue
                behind = _FOR.match(self.words, found.end())
                range_ = int(behind[1]) if behind else -1
                end = found.end()
                over = self.pieces[range_].text if self.is_formula(range_) else ""
                if behind and _RANGE.fullmatch(over):
                    text += f" for {over}"
                    ranged.add(range_)
                    end = behind.end()
                restricted = self.is_restricted(text, end, ranged=end > found.end())
                yield self.said("case" if restricted else "declaration", text, f)

    def is_restricted(self, text: str, end: int, *, ranged: bool) -> bool:
        """Whether the words behind a declaration and its range say for which cases it holds."""
        if _IN_CASE.match(self.words, end):
            return True
        if "_" not in text:
            return False  # a number of its own: what holds for some indices is no matter
        every = _FOR_ALL.match(self.words, end)
        if every is None and not ranged and _FOR_SOME.match(self.words, end):
            return True
        end = every.end() if every else end
        if every and _SUCH.match(self.words, end):
            return True
        about = _ABOUT.match(self.words, end)
        if about is None or not self.is_formula(int(about[1])):
            return False
        letter = re.match(r"\s*([A-Za-z])(?![A-Za-z])", self.pieces[int(about[1])].text)
        indices = "".join(re.findall(r"_(\w|\{[^{}]*\})", text))
        return letter is not None and letter[1] in indices

    def is_formula(self, f: int) -> bool:
        """Whether a number in brackets is that of a formula here."""
        inside = 0 <= f < len(self.pieces) and self.pieces[f].kind == "inline"
        return inside and self.pieces[f].paragraph == self.prose.paragraph


def _kind(head: str) -> str:
    """What the last words of a phrase make of a symbol."""
    words = head.lower().split()
    for count in (2, 1):
        kind = KINDS.get(" ".join(words[-count:]))
        if kind:
            return kind
    return "meaning"


def _declaration(head: str, kind: str, symbol: str) -> str:
    """The declaration that follows from a phrase, if one does."""
    if kind == "count":
        return rf"{symbol} \in \{{0, 1, \ldots\}}"
    for pattern, written in _DECLARE:
        if re.fullmatch(pattern, head, re.IGNORECASE):
            return written.format(symbol)
    return ""


def _place(piece: Piece, offset: int) -> int:
    """Where in the text of a piece a character of the file stands."""
    own, file = piece.runs[bisect_right(piece.runs, offset, key=lambda run: run[1]) - 1]
    return own + offset - file
