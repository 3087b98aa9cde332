r"""From what a display looks like to what it says: the tokens without layout.

Colours, sizes, phantoms and struck-out bars go; synonyms become one word; brackets of every
size become ``open`` and ``close``; upright letters become words; what is set above or below
a sign becomes its reason, above or below an operator its limit.
"""

from __future__ import annotations

import re

from derive.latex.passing import Pass
from derive.latex.symbols import (
    BIG,
    CONNECTIVES,
    RELATIONS,
    SWITCHES,
    SYNONYMS,
    UPRIGHT,
    WORDS,
    collection,
)
from derive.latex.tokens import Token
from derive.latex.tree import UnreadableError

_SPACES = collection(
    r"\, \; \: \> \! \~ ~ \enspace \thinspace \medspace \thickspace \negthinspace"
) | {"\\ "}
_QUADS = collection(r"\quad \qquad \hfill \hspace \hspace* \hskip \mspace \kern \mkern")
_DROPPED = collection(
    r"\displaystyle \textstyle \scriptstyle \scriptscriptstyle \limits \nolimits \nonumber \notag "
    r"\hline \noindent \allowbreak \nobreak \centering \small \large \Large \normalsize \mathstrut "
    r"\strut \cancel \bcancel \xcancel \boxed \mathclap \mathrel \mathbin \mathopen \mathclose "
    r"\mathpunct \smash \ensuremath \fbox \color \vspace \vspace* \textcolor \colorbox \class "
    r"\style \href \cssId \relax \protect \footnotesize \rlap \llap \mathllap \mathrlap "
    r"\textstyle \begingroup \endgroup \medskip \smallskip \bigskip"
)
_PHANTOMS = collection(r"\phantom \hphantom \vphantom")
_SIZES = re.compile(r"\\(?:left|right|middle|[bB]igg?([lrm]?))$")
#: Brackets, each kind under one name that no other token has.
_OPEN = {
    word: word
    for word in ("(", "[", r"\{", r"\langle", r"\lfloor", r"\lceil", r"\lvert", r"\lVert")
}
_CLOSE = dict(
    zip(
        (")", "]", r"\}", r"\rangle", r"\rfloor", r"\rceil", r"\rvert", r"\rVert"),
        _OPEN,
        strict=True,
    )
)
_NO_BRACKET = r"\left."
_DIRECTED = {"|": r"\lvert", r"\|": r"\lVert"}
_BARS = {"|": "|", r"\|": "||"}
_REFERENCES = collection(r"\eqref \ref \cref \autoref \cite \citep \citet \footnote")
_ADJACENT = {(":", "="): ":=", ("=", ":"): "=:", ("<", "="): r"\leq", (">", "="): r"\geq",
             ("=", "="): "="}  # fmt: skip
_NEGATED = {"=": r"\neq", r"\in": r"\notin"}
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_*][A-Za-z0-9]+)*\*?$")
#: How deeply signs may be stacked on each other.
_DEEPEST_STACK = 8


def simplify(tokens: list[Token]) -> list[Token]:
    r"""The tokens without layout.  Raises UnreadableError.

    >>> from derive.latex.tokens import tokenize
    >>> [t.text for t in simplify(tokenize(r"\left[ \mathrm{exp}\,\overset{a}{=} \dfrac12"))]
    ['[', '\\exp', '=', '\\frac', '12']
    """
    return _Layout(tokens, 0).run()


class _Layout(Pass):
    """The pass that takes the layout away; ``stacked`` counts the signs around these tokens."""

    def __init__(self, tokens: list[Token], stacked: int) -> None:
        super().__init__(tokens)
        self.stacked = stacked

    def run(self) -> list[Token]:
        """The simplified tokens."""
        while self.waiting:
            token = self.waiting.pop()
            text = SYNONYMS.get(token.text, token.text)
            if text in _SPACES:
                self.gap = True
            elif text in _QUADS:
                self.emit("mark", "quad", token)
            elif text in _DROPPED or self.is_spacer(text):
                continue
            elif token.kind == "letter" and (word := self.plain_word(token)):
                self.emit("text", word, token, token.start + len(word))
            elif token.kind in ("mark", "command", "raw"):
                self.sign(text, token)
            elif token.kind == "text":
                self.words(token)
            elif token.kind == "number":
                self.emit("number", token.text.replace("{,}", ""), token)
            else:
                self.emit(token.kind, text, token)
        return self.done

    # -- one token -----------------------------------------------------------------------

    def sign(self, text: str, token: Token) -> None:
        """A mark or control word."""
        if found := _SIZES.match(token.text):
            self.sized(token, found[1])
        elif text in _OPEN:
            self.emit("open", _OPEN[text], token)
        elif text in _CLOSE:
            self.emit("close", _CLOSE[text], token)
        elif text in _BARS:
            self.emit("mark", _BARS[text], token)
        elif text in _PHANTOMS:
            self.argument(token)
        elif text in _REFERENCES:
            self.emit("text", f"{text}{{{token.value}}}", token)
        elif text in ("\\\\", r"\cr", r"\newline", r"\tabularnewline", "\\\\*"):
            self.emit("mark", "\\\\", token)
            self.skip_length()
        elif text in (r"\overset", r"\underset"):
            self.stack(text, token)
        elif text in (r"\xrightarrow", r"\xleftarrow"):
            reason = spelled(self.argument(token))
            self.emit("command", r"\to" if "right" in text else r"\leftarrow", token, value=reason)
        elif text in (r"\operatorname", r"\operatorname*"):
            self.word(re.sub(r"\\[,;:! ]|[\s~{}]|\\(?:mathrm|rm|text)\b", "", token.value), token)
        elif text in UPRIGHT:
            self.upright(token)
        elif text == "{" and self.waiting and self.waiting[-1].text in SWITCHES:
            switch = self.waiting.pop()
            self.waiting += [token, switch._replace(text=SWITCHES[switch.text])]
        elif text == r"\not" and self.waiting:
            negated = _NEGATED.get(self.waiting[-1].text, r"\not")
            self.emit("command", negated, token, self.waiting.pop().end)
        elif text in (r"\iint", r"\iiint"):
            for _ in range(text.count("i")):
                self.emit("command", r"\int", token, value="several")
        elif text == r"\begin":
            self.begin(token)
        else:
            self.rest(text, token)

    def rest(self, text: str, token: Token) -> None:
        """Signs of several characters, and what stays as it is."""
        after = self.waiting[-1] if self.waiting else None
        joined = _ADJACENT.get((text, after.text)) if after else None
        if after and joined and after.start == token.end:
            self.waiting.pop()
            self.emit("mark", joined, token, after.end)
        elif text == r"\arg" and after and after.text in (r"\max", r"\min"):
            self.emit("command", r"\arg" + self.waiting.pop().text[1:], token, after.end)
        elif text == "." and [t.text for t in self.waiting[-2:]] == [".", "."]:
            last = self.waiting[-2]
            del self.waiting[-2:]
            self.emit("command", r"\ldots", token, last.end)
        else:
            self.emit(token.kind, text, token)

    def sized(self, size: Token, side: str) -> None:
        r"""A bracket after ``\left``, ``\bigl`` and the like."""
        if not self.waiting:
            raise UnreadableError(f"a bracket is missing after {size.text}", size.start, size.end)
        token = self.waiting.pop()
        text = SYNONYMS.get(token.text, token.text)
        word = size.text
        opens = word == r"\left" or side == "l"
        closes = word == r"\right" or side == "r"
        value = "sized" if word in (r"\left", r"\right") else ""
        place = Token("mark", text, size.start, token.end, value)
        if text == "." and (opens or closes):
            self.emit("open" if opens else "close", _NO_BRACKET, place)
        elif text in _BARS and (opens or closes):
            self.emit("open" if opens else "close", _DIRECTED[text], place)
        elif text in _BARS:
            middle = word == r"\middle" or side == "m"
            self.emit("mark", r"\mid" if middle and text == "|" else _BARS[text], place)
        elif text in _OPEN or (text == "<" and opens):
            self.emit("open", _OPEN.get(text, r"\langle"), place)
        elif text in _CLOSE or (text == ">" and closes):
            self.emit("close", _CLOSE.get(text, r"\langle"), place)
        elif text == "/":
            self.emit("mark", "/", place)
        else:
            message = f"{token.text} after {size.text} is no bracket"
            raise UnreadableError(message, token.start, token.end)

    def skip_length(self) -> None:
        r"""The length behind a row's end: ``\\[2mm]``."""
        words = [t.text for t in self.waiting[-1:-9:-1]]
        if words[:1] == ["["] and "]" in words:
            inner = words[1 : words.index("]")]
            if re.fullmatch(r"-?[\d.]+(?:mm|cm|ex|em|pt|in|pc|bp|px)", "".join(inner)):
                del self.waiting[-len(inner) - 2 :]

    def begin(self, token: Token) -> None:
        """An environment: its column letters and its placement go."""
        self.emit("raw", r"\begin", token)
        if [t.text for t in self.waiting[-1:-4:-1]] in (["[", p, "]"] for p in "tcb"):
            del self.waiting[-3:]
        if token.value.rstrip("*") in ("array", "alignat", "alignedat", "tabular"):
            self.argument(token)

    def stack(self, text: str, token: Token) -> None:
        """Something above or below a sign: its reason, or the limit of an operator."""
        if self.stacked >= _DEEPEST_STACK:
            raise UnreadableError("signs are stacked too deeply", token.start, token.end)
        mark = self.argument(token)
        self.closing = token.end
        base = _Layout(self.argument(token), self.stacked + 1).run()
        end = self.closing
        if len(base) == 1 and base[0].text in RELATIONS:
            self.emit(base[0].kind, base[0].text, token, end, value=spelled(mark))
        elif base and (base[0].text in BIG or base[0].kind == "word" or base[0].text == r"\mathbb"):
            self.done += base
            where = "_" if text == r"\underset" else "^"
            brace = token._replace(kind="mark", value="")
            self.done += [brace._replace(text=where), brace._replace(text="{")]
            self.done += _Layout(mark, self.stacked + 1).run()
            self.done.append(brace._replace(text="}"))
        else:
            message = f"what {token.text} means here is not known"
            self.done.append(Token("unknown", token.text, token.start, token.end, message))

    def upright(self, token: Token) -> None:
        """Upright letters: one word, if they are nothing but letters."""
        end = token.end
        mark = self.waiting[-1] if self.waiting else token
        braced = mark.text == "{"
        inner = self.argument(token)
        end = self.closing if braced else mark.end
        text = "".join(t.text for t in inner if t.text not in _SPACES).replace(r"\_", "_")
        if _WORD.match(text.rstrip(".")) and all(
            t.kind in ("letter", "number", "mark", "command") for t in inner
        ):
            self.word(text.rstrip("."), token._replace(end=end))
        elif braced and token.text != r"\mathop":
            inside = mark._replace(end=mark.end)
            closing = mark._replace(text="}", start=end - 1, end=end)
            self.waiting += [closing, *inner[::-1], inside]
        else:
            if inner and inner[0].text in SWITCHES:
                closing = mark._replace(text="}", start=end - 1, end=end)
                font = inner[0]._replace(text=SWITCHES[inner[0].text])
                inner = [font, mark, *inner[1:], closing]
            self.waiting += inner[::-1]

    def words(self, token: Token) -> None:
        """A piece of text: a name, if it is one word that is no connective."""
        text = token.text.strip().replace(r"\_", "_")
        word = text.rstrip(".")
        if text in (",", ".", ";"):
            self.emit("mark", text, token)
        elif _WORD.match(word) and word.lower() not in CONNECTIVES:
            self.word(word, token)
        else:
            self.emit("text", " ".join(text.split()), token)
            self.unwrap()

    def word(self, text: str, token: Token) -> None:
        """An upright word: a function's name, a connective, or a name."""
        text = re.sub(r"[^A-Za-z0-9_]", "", text)
        place = token._replace(value="")
        if text == "arg":
            self.waiting.append(place._replace(kind="command", text=r"\arg"))
        elif text in WORDS:
            self.emit("command", WORDS[text], place)
        elif text.lower() in CONNECTIVES and len(text) > 1:
            self.emit("text", text, place)
        elif text[:1].isalpha():
            self.emit("word", text, place)
            self.unwrap()
        else:
            self.emit("unknown", token.text, place, value="this is no name")


def spelled(tokens: list[Token]) -> str:
    """The tokens as text, for a reader."""
    return "".join(t.text + (f"{{{t.value}}}" if t.kind == "raw" else "") for t in tokens).strip()
