"""Names of symbols as mathematics writes them: Greek letters, accents, subscripts.

``sigma`` is the Greek letter, ``y_hat`` and ``yhat`` bear an accent, ``z0`` and ``theta_MAP``
have a subscript; whatever else has several letters is set upright.
"""

# ruff: noqa: RUF001  # letters that resemble others are meant

from __future__ import annotations

from typing import NamedTuple

_GREEK_NAMES = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa mu nu xi pi "
    "varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta "
    "Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell lambda "
)
_GREEK_LETTERS = "αβγδϵεζηθϑικμνξπϖρϱσςτυϕφχψωΓΔΘΛΞΠΣΥΦΨΩℓλ"
#: Names of Greek letters; each is the LaTeX command of the same name.
GREEK: dict[str, str] = dict(zip(_GREEK_NAMES.split(), _GREEK_LETTERS, strict=True))

#: Accents: the LaTeX command is the same, the text has a combining mark.
ACCENTS = {
    "hat": "\u0302",
    "bar": "\u0304",
    "tilde": "\u0303",
    "dot": "\u0307",
    "ddot": "\u0308",
    "vec": "\u20d7",
    "check": "\u030c",
}
#: Marks behind a letter: LaTeX and text.
MARKS = {"prime": ("'", "′"), "star": (r"^{\star}", "*")}

_LETTERS = {letter: name for name, letter in GREEK.items()}
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "^": r"\^{}",
    "~": r"\~{}",
    "_": r"\_",
    "%": r"\%",
}


class Name(NamedTuple):
    """A name taken apart: ``sigma_hat_0`` is base sigma, accent hat, subscript 0."""

    base: str
    accents: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    subscripts: tuple[str, ...] = ()

    @property
    def superscript(self) -> bool:
        """Whether a mark takes the place of an exponent."""
        return bool(self.marks)


def parse(name: str) -> Name:
    """Take a name apart.

    >>> parse("sigma_hat_0")
    Name(base='sigma', accents=('hat',), marks=(), subscripts=('0',))
    >>> parse("xbar").accents, parse("z12").subscripts, parse("sidebar").base
    (('bar',), ('12',), 'sidebar')
    """
    if not name.isidentifier():
        return Name(name)
    words = [w for w in name.split("_") if w]
    if not words:
        return Name(name)
    base, accents, marks, subscripts = words[0], [], [], []
    letters = base.rstrip("0123456789")
    if letters and letters != base:
        subscripts.append(base[len(letters) :])
        base = letters
    for accent in ACCENTS:
        rest = base[: -len(accent)]
        if base.endswith(accent) and (len(rest) == 1 or rest in GREEK) and base not in GREEK:
            base = rest
            accents.append(accent)
            break
    for word in words[1:]:
        if word in ACCENTS:
            accents.append(word)
        elif word in MARKS:
            marks.append(word)
        else:
            subscripts.append(word)
    return Name(_LETTERS.get(base, base), tuple(accents), tuple(marks), tuple(subscripts))


def is_letter(name: str) -> bool:
    """Whether a name is printed as one letter, with nothing around it."""
    parsed = parse(name)
    plain = not (parsed.accents or parsed.marks or parsed.subscripts)
    return plain and len(GREEK.get(parsed.base, parsed.base)) == 1


def escape_latex(text: str) -> str:
    r"""Text for LaTeX's text mode; no character of it is a command.

    >>> print(escape_latex("50% of {x}"))
    50\% of \{x\}
    """
    return "".join(
        _SPECIAL.get(c, c if c.isprintable() else "\N{REPLACEMENT CHARACTER}") for c in text
    )


def printable(text: str) -> str:
    """The text without control characters, which a terminal might obey."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def word_in_latex(word: str) -> str:
    """One word of a name: a Greek letter, a letter, digits, or upright letters."""
    if word in GREEK:
        return "\\" + word
    if word.isascii() and word.isalnum():
        return word if len(word) == 1 or word.isdigit() else rf"\mathrm{{{word}}}"
    if len(word) == 1 and word.isalnum():
        return word
    if word.isalnum():
        return rf"\mathrm{{{word}}}"
    return rf"\text{{{escape_latex(word)}}}"


def in_latex(name: str, indices: str = "") -> str:
    r"""The name in LaTeX, with further subscripts behind its own.

    >>> in_latex("y_hat", "i"), in_latex("lambda"), in_latex("theta_MAP")
    ('\\hat{y}_{i}', '\\lambda', '\\theta_{\\mathrm{MAP}}')
    """
    parsed = parse(name)
    text = word_in_latex(parsed.base)
    for accent in parsed.accents:
        text = rf"\{accent}{{{text}}}"
    for mark in parsed.marks:
        text += MARKS[mark][0]
    below = [word_in_latex(word) for word in parsed.subscripts] + ([indices] if indices else [])
    return f"{text}_{{{','.join(below)}}}" if below else text


_BELOW = dict(
    zip("0123456789+-aehijklmnoprstuvxβγρϕχ", "₀₁₂₃₄₅₆₇₈₉₊₋ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)
_ABOVE = dict(zip("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", strict=True))


def subscript(text: str) -> str | None:
    """The text in Unicode subscripts; None when a character has none."""
    found = [_BELOW.get(c) for c in text if c != " "]
    return None if None in found else "".join(filter(None, found))


def superscript(text: str) -> str | None:
    """The text in Unicode superscripts; None when a character has none."""
    found = [_ABOVE.get(c) for c in text]
    return None if None in found else "".join(filter(None, found))


def in_text(name: str) -> str:
    """The name in Unicode.

    >>> in_text("y_hat"), in_text("sigma0"), in_text("theta_MAP")
    ('ŷ', 'σ₀', 'θ_MAP')
    """
    parsed = parse(name)
    base = GREEK.get(parsed.base, printable(parsed.base))
    if parsed.accents:
        from unicodedata import normalize

        base = normalize("NFC", base + "".join(ACCENTS[a] for a in parsed.accents))
    base += "".join(MARKS[mark][1] for mark in parsed.marks)
    for word in parsed.subscripts:
        base += (subscript(word) if word.isdigit() else None) or "_" + GREEK.get(word, word)
    return base
