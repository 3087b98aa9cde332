"""Claims made by hand, plain and hostile ones."""

from __future__ import annotations

from derive.check.claims import Claim

#: What acts on a terminal, a log, a page or a reader who is not careful.
HOSTILE = (
    "\x1b[31m\x07\r\n::error::x\n##[error]x \u202eltr\u2066 \u200b</a>&\"'\x00\ud800 \x9b2J\ufeff"
)

PLACE = ("docs/a.md", 3, 9, 3, 10)
EXCERPT = {"lines": [[3, r"$$ a = b $$"]], "line": 3, "column": 9, "end_column": 10}
WITNESS = {
    "points": [
        {
            "at": {"a": "1", "p[1]": "1/2"},
            "lhs": ["0.69314718055", "0.69314718057"],
            "rhs": "undefined",
        }
    ]
}

PROVED = Claim(*PLACE, lhs="a", rhs="a", verdict="proved", seconds=0.25)
TAKEN = PROVED._replace(line=4, end_line=4, code="D403", assumed=["a > 0"], message="taking a > 0")
REFUTED = Claim(
    "docs/a.md", 5, 9, 5, 10, "eq:one", step=2, lhs="a", rhs="b", verdict="refuted", code="D101",
    witness=WITNESS, repair=["a = b", "a minus sign: lhs = -(rhs)"], excerpt=EXCERPT,
    weaker=[{"kind": "affine", "sentence": "an affine map away, in a"}],
    message="the sides differ", known=[{"text": "a in Real", "line": 1, "by": "declaration"}],
)  # fmt: skip
INHERITED = REFUTED._replace(line=6, end_line=6, step=3, inherited=True, witness=None)
OPEN = Claim(
    "b.md", 1, 2, 1, 3, verdict="unknown", code="D201", reason="undecided", cause="undecided",
    lhs="c", rhs="d", message="neither proved nor refuted", evidence=12,
)  # fmt: skip
UNREADABLE = [
    Claim("b.md", n, 2, n, 3, verdict="unknown", code="D301", reason="unreadable",
          cause=r"\foo is not known", message=r"\foo is not known", repair=["declare it"])
    for n in (7, 8, 9)
]  # fmt: skip
DEFINITION = Claim("b.md", 20, 2, 20, 3, kind="definition")
NOTED = PROVED._replace(path="b.md", line=30, end_line=30, notes=[["D602", "loses x = 0"]])
EXPECTED = REFUTED._replace(path="c.md", expected="refuted")
STALE = PROVED._replace(path="c.md", line=9, end_line=9, code="D501", expected="refuted")
ALL = (PROVED, TAKEN, REFUTED, INHERITED, OPEN, *UNREADABLE, DEFINITION, NOTED, EXPECTED, STALE)

_POINT = {"at": {HOSTILE: HOSTILE}, "lhs": HOSTILE, "rhs": ["1", "1"]}
NASTY = Claim(
    HOSTILE, 1, 1, 1, 2, HOSTILE, lhs=HOSTILE, rhs=HOSTILE, relation=HOSTILE, verdict="refuted",
    code="D101", witness={"points": [_POINT]}, reason=HOSTILE, repair=[HOSTILE],
    weaker=[{"kind": "x", "sentence": HOSTILE}], conditions=[HOSTILE], assumed=[HOSTILE],
    message=HOSTILE, cause=HOSTILE, known=[{"text": HOSTILE, "line": 1, "by": HOSTILE}],
    excerpt={"lines": [[1, HOSTILE]], "line": 1, "column": 4, "end_column": 9},
    notes=[["D601", HOSTILE]], using=[HOSTILE],
)  # fmt: skip
NASTY_OPEN = NASTY._replace(verdict="unknown", code="D301", witness=None)
