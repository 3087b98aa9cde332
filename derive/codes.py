"""The codes of verdicts and complaints: what each means, why it is given, and an example."""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """One code.  ``bad`` is input that gets it, ``good`` the same without it."""

    code: str
    title: str
    what: str
    why: str
    bad: str
    good: str


_ALL = (
    Code(
        "D101",
        "refuted",
        "The statement is false: at the printed point of the context the two sides differ, or "
        "one side alone is defined.",
        "The values are rigorous enclosures that do not meet; rounding cannot be the cause. The "
        "message also says what does hold, where that was found, and which missing assumption "
        "would repair the statement.",
        "log(a + b) = log(a) + log(b)   with a, b > 0",
        "log(a*b) = log(a) + log(b)   with a, b > 0",
    ),
    Code(
        "D201",
        "undecided",
        "The statement was neither proved nor refuted.",
        "No counterexample was found at the sampled points and no proof within the rules. "
        "Points that agree are evidence, never a proof.",
        "a statement about a function for which there is no rule",
        "a derivation in smaller steps, each by a rule that it names",
    ),
    Code(
        "D202",
        "limit",
        "The search used up its budget of steps, of time or of memory.",
        "A claim has the same budget of steps on every machine, so that verdicts do not depend "
        "on its speed; behind it stand hard limits of time and memory.",
        "one display with a hundred terms under a logarithm",
        "the same in several steps, or with a larger limit",
    ),
    Code(
        "D203",
        "condition",
        "The statement is proved under a condition that does not follow from the context.",
        "Outside of the condition one side is undefined and the other is not. Declare the "
        "condition, or mend the formula.",
        "x/x = 1   with x real",
        "x/x = 1   with x real and x != 0",
    ),
    Code(
        "D301",
        "unreadable",
        "The notation at the caret could not be read.",
        "Every sign of a formula is read or the formula is unreadable: nothing is skipped and "
        "nothing is guessed. Names of several letters must be declared or catalogued.",
        r"\mathcal{L} = BCE(y, p) without a declaration of BCE",
        r"\mathcal{L} = -y \log p - (1 - y) \log(1 - p)",
    ),
    Code(
        "D302",
        "ambiguous",
        "The notation can be read in two ways that disagree.",
        "A formula counts only when every reading gives the same verdict. A bracket settles it, "
        "or a declaration.",
        r"\log a (1 - b)",
        r"\log(a (1 - b))   or   (1 - b) \log a",
    ),
    Code(
        "D401",
        "undeclared",
        "A symbol has no declaration, or a declaration does not say enough.",
        "What a formula means, and where it is defined, depends on where its symbols lie.",
        "log(p) <= 0   with nothing said of p",
        "log(p) <= 0   given p in (0,1)",
    ),
    Code(
        "D402",
        "contradictory assumptions",
        "No values satisfy all the assumptions.",
        "From contradictory assumptions anything follows, so nothing is proved from them.",
        "p in (0,1); p = 2",
        "p in (0,1)",
    ),
    Code(
        "D403",
        "taken assumption",
        "A note: the statement was proved for symbols that the document does not declare, under "
        "the weakest assumption of a closed list that suffices.",
        "A reader takes it for granted that variances are positive; the note says so. A "
        "declaration in the document removes it.",
        "log(a*b) = log(a) + log(b)   with nothing said of a and b",
        "log(a*b) = log(a) + log(b)   given a, b > 0",
    ),
    Code(
        "D501",
        "stale expectation",
        "A document says `expect: VERDICT`, and the verdict is another one now.",
        "An expected failure that no longer fails deserves attention: the comment is removed, "
        "or the change that caused it is looked at.",
        "expect: refuted   before a statement that is proved",
        "no comment, or   expect: proved",
    ),
    Code(
        "D601",
        "differs from the catalogue",
        "A note: a name is defined otherwise here than in the catalogue.",
        "Losses of one name exist with sums and means, and with and without a factor 1/2. Both "
        "are right, but results cannot be compared.",
        "MSE as a sum of squares",
        "MSE as their mean, or another name",
    ),
    Code(
        "D602",
        "solutions lost or gained",
        "A note: a row of a chain of implications has more or fewer solutions than the row before.",
        "Squaring adds solutions, and dividing by a term that may be 0 loses some.",
        "x**2 = x, hence x = 1",
        "x**2 = x, hence x = 0 or x = 1",
    ),
    Code(
        "D603",
        "defined again",
        "A note: a symbol is set equal to something else than before.",
        "A text may use a letter twice. But where it means to rewrite what it had, something went "
        "wrong on the way, and what follows belongs to one of the two.",
        "L = -log(q), and later L = log(q)",
        "L = log(1/q), or another letter",
    ),
    Code(
        "D900",
        "internal error",
        "The program failed where it should not have.",
        "This is a defect of the program and no statement about your formula: please report it, "
        "with the command and its input. With DERIVE_DEBUG=1 the traceback is printed.",
        "",
        "",
    ),
)

#: Every code, by its name.
CODES = {code.code: code for code in _ALL}

#: What the codes that begin alike have in common.
FAMILIES = {
    "D1": "refuted",
    "D2": "unknown",
    "D3": "unreadable notation",
    "D4": "missing or contradictory assumption",
    "D5": "an expectation that no longer holds",
    "D6": "a note",
    "D9": "internal error",
}
