"""Every format says everything that must be said, and lets nothing act on its reader."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import claims
import jsonschema
import pytest

from derive.check.claims import REPORTED, Claim
from derive.check.report import Look, Report, names, renderer, summed
from derive.codes import CODES

HOME = Path(__file__).resolve().parents[3]
SCHEMA = json.loads((HOME / "docs" / "check.schema.json").read_text(encoding="utf-8"))
LOOKS = [Look(), Look(parse=True, context=True, verbose=True)]


def made(*chosen: Claim, faults: tuple[str, ...] = (), form: str = "full", look: int = 0) -> str:
    """A report on some claims."""
    report = Report(chosen, 3, faults, summary=summed(chosen))
    return renderer(form)(report, LOOKS[look])


def test_the_formats_are_the_files() -> None:
    folder = HOME / "derive" / "check" / "report"
    assert names() == sorted(f.stem for f in folder.glob("[!_]*.py"))
    assert {"full", "concise", "json", "github", "junit", "sarif"} <= set(names())
    with pytest.raises(KeyError):
        renderer("claims")


@pytest.mark.parametrize("form", names())
def test_what_is_refuted_is_said_and_what_is_expected_is_not(form: str) -> None:
    text = made(claims.REFUTED, form=form)
    assert text.endswith("\n")
    assert "a.md" in text
    assert "D101" in text
    if form != "json":
        assert "the sides differ" in text
        assert "D101" not in made(claims.EXPECTED, form=form)


@pytest.mark.parametrize("form", ["full", "concise", "github"])
@pytest.mark.parametrize("chosen", [(), claims.ALL])
def test_counts_are_always_printed(form: str, chosen: tuple[Claim, ...]) -> None:
    last = made(*chosen, form=form).splitlines()[-1]
    assert re.match(r"\d+ claims? in 3 files: \d+ proved, \d+ refuted, \d+ unknown", last)


def test_counts_add_up() -> None:
    counts = summed(claims.ALL)
    parts = sum(counts[k] for k in ("proved", "refuted", "unknown", "unreadable"))
    assert counts["claims"] == parts == len(claims.ALL) - 1
    assert counts["unreadable"] == 3
    assert (counts["definitions"], counts["notes"]) == (1, 1)


# -- for readers -------------------------------------------------------------------------------


def test_full_shows_the_place_the_witness_and_the_repair() -> None:
    assert made(claims.REFUTED, claims.OPEN).splitlines() == [
        "docs/a.md:5:9: D101 refuted step 2: the sides differ",
        r"  3 | $$ a = b $$",
        r"    |         ^",
        "  at a = 1, p[1] = 1/2: the left side is 0.69314718..., the right side is undefined",
        "  would hold given a = b",
        "  a minus sign: lhs = -(rhs)",
        "  an affine map away, in a",
        "",
        "D201 undecided: at b.md:1:2",
        "  neither proved nor refuted",
        "",
        "2 claims in 3 files: 0 proved, 1 refuted, 1 unknown, 0 unreadable",
    ]


def test_full_groups_what_is_open_by_its_cause() -> None:
    lines = made(claims.OPEN, *claims.UNREADABLE, claims.REFUTED).splitlines()
    heads = [k for k, line in enumerate(lines) if re.match(r"docs|D", line)]
    assert [lines[k][:20] for k in heads] == [
        "docs/a.md:5:9: D101 ", r"D301 \foo is not kno", "D201 undecided: at b",
    ]  # fmt: skip
    assert r"D301 \foo is not known: 3 times, first at b.md:7:2" in lines
    every = made(claims.OPEN, *claims.UNREADABLE, look=1)
    assert [f"b.md:{n}:2" in every for n in (1, 7, 8, 9)] == [True] * 4


def test_full_shows_what_was_read_and_known_when_asked() -> None:
    plain, more = made(claims.REFUTED, claims.TAKEN), made(claims.REFUTED, claims.TAKEN, look=1)
    for line in ("  read as: a = b", "  given: a in Real (line 1)", "  taken: a > 0"):
        assert line not in plain.splitlines()
        assert line in more.splitlines()


def test_carets_stand_below_wide_and_late_characters() -> None:
    text = "中文 e\u0301" + "x" * 400 + " = y"
    excerpt = {"lines": [[3, text]], "line": 3, "column": 407, "end_column": 408}
    lines = made(claims.REFUTED._replace(excerpt=excerpt)).splitlines()
    assert lines[1][lines[2].index("^")] == "="
    short = {"lines": [[3, "中文 = y"]], "line": 3, "column": 4, "end_column": 5}
    lines = made(claims.REFUTED._replace(excerpt=short)).splitlines()
    assert lines[2].index("^") == len("  3 | ") + 5  # two wide characters and a space


def test_concise_is_a_line_for_each() -> None:
    lines = made(*claims.ALL, form="concise").splitlines()
    place = re.compile(r"[\w/.]+:\d+:\d+: D\d{3} (proved|refuted|unknown|note) step \d+: .")
    assert all(place.match(line) for line in lines[:-1])
    assert len(lines) == 7
    assert "(3 of this kind)" in lines[3]


def test_colours_only_when_wanted() -> None:
    report = Report((claims.REFUTED,), 1, summary=summed([claims.REFUTED]))
    assert "\x1b[31m" in renderer("full")(report, Look(colour=True))
    assert "\x1b" not in renderer("full")(report, Look())


# -- for programs ------------------------------------------------------------------------------


def test_json_follows_its_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for chosen in ((), claims.ALL, (claims.NASTY, claims.NASTY_OPEN)):
        data = json.loads(made(*chosen, form="json", faults=("no",)))
        validator.validate(data)
        assert [list(c) for c in data["claims"]] == [list(REPORTED)] * len(chosen)
    for field in ("verdict", "witness"):
        data["claims"][0][field] = 3
        assert not validator.is_valid(data)


def test_the_schema_describes_every_field() -> None:
    fields = SCHEMA["$defs"]["claim"]["properties"]
    assert list(fields) == SCHEMA["$defs"]["claim"]["required"] == list(REPORTED)
    assert all(f.get("description") for f in fields.values())


def test_junit_is_xml_with_the_right_numbers() -> None:
    root = ElementTree.fromstring(made(*claims.ALL, form="junit", faults=("a fault",)))
    assert (root.tag, root.get("failures"), root.get("errors")) == ("testsuites", "3", "1")
    cases = list(root.iter("testcase"))
    assert root.get("tests") == str(len(cases)) == str(len(claims.ALL))
    assert len(list(root.iter("failure"))) == 3
    assert len(list(root.iter("skipped"))) == int(root.get("skipped") or 0) == 4
    for suite in root:
        assert len(list(suite)) == int(suite.get("tests") or 0)


def test_sarif_is_what_its_readers_need() -> None:
    data = json.loads(made(*claims.ALL, form="sarif", faults=("a fault",)))
    assert data["version"] == "2.1.0"
    assert data["$schema"].startswith("https://")
    (run,) = data["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = {r["id"]: r for r in run["tool"]["driver"]["rules"]}
    assert all(r["shortDescription"]["text"] for r in rules.values())
    levels = []
    for result in run["results"]:
        levels.append(result["level"])
        assert result["ruleId"] in rules
        assert result["message"]["text"]
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert region["startColumn"] >= 1
        assert (region["endLine"], region["endColumn"]) > (region["startLine"], 0)
        assert re.fullmatch(r"[\w/.%~-]+", location["physicalLocation"]["artifactLocation"]["uri"])
    assert (levels.count("error"), levels.count("warning"), levels.count("note")) == (3, 4, 1)
    assert run["invocations"][0]["executionSuccessful"] is False


def test_sarif_has_no_property_that_the_standard_does_not_know() -> None:
    """The standard forbids others in every object but ``properties``; and says what is required."""
    data = json.loads(made(*claims.ALL, form="sarif", faults=("a fault",)))
    assert data.keys() == {"$schema", "version", "runs"}
    (run,) = data["runs"]
    assert run.keys() == {"tool", "invocations", "results", "columnKind"}
    assert run["tool"].keys() == {"driver"}
    assert {"name"} <= run["tool"]["driver"].keys() <= {"name", "version", "rules"}
    texts = ("shortDescription", "fullDescription", "help")
    for rule in run["tool"]["driver"]["rules"]:
        assert {"id"} <= rule.keys() <= {"id", *texts}
        assert all(rule[t].keys() == {"text"} for t in texts if t in rule)
    for invocation in run["invocations"]:
        assert invocation.keys() == {"executionSuccessful", "toolExecutionNotifications"}
        for said in invocation["toolExecutionNotifications"]:
            assert said.keys() == {"level", "message"}
            assert said["message"].keys() == {"text"}
    for result in run["results"]:
        assert result.keys() == {"ruleId", "level", "message", "locations", "properties"}
        assert result["level"] in {"none", "note", "warning", "error"}
        for location in result["locations"]:
            assert location.keys() == {"physicalLocation"}
            place = location["physicalLocation"]
            assert place.keys() == {"artifactLocation", "region"}
            assert place["artifactLocation"].keys() == {"uri"}
            assert place["region"].keys() == {"startLine", "startColumn", "endLine", "endColumn"}


def test_github_has_a_command_for_each() -> None:
    lines = made(*claims.ALL, form="github", faults=("a fault",)).splitlines()
    kinds = [line[2:].split(" ")[0].split("::")[0] for line in lines[:-1]]
    assert sorted(kinds) == ["error"] * 4 + ["notice"] + ["warning"] * 4
    first = next(line for line in lines if line.startswith("::error"))
    assert "file=docs/a.md,line=5,endLine=5,col=9,endColumn=10,title=D101 refuted step 2::" in first
    assert first.count("%0A") == 3


# -- what others wrote does nothing ------------------------------------------------------------

ACTING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


@pytest.mark.parametrize("look", [0, 1])
@pytest.mark.parametrize("form", names())
def test_nothing_that_a_document_says_acts(form: str, look: int) -> None:
    text = made(claims.NASTY, claims.NASTY_OPEN, faults=(claims.HOSTILE,), form=form, look=look)
    assert not ACTING.search(text), ascii(ACTING.search(text))
    text.encode("utf-8")
    assert "##[" not in text
    for line in text.splitlines():
        if line.lstrip().startswith("::"):
            assert form == "github"
            assert re.match(r"::(error|warning|notice)( file=[^:]*)?::[^:]", line)


def test_strings_of_json_hold_what_was_said() -> None:
    data: Any = json.loads(made(claims.NASTY, form="json"))
    assert data["claims"][0]["lhs"] == claims.HOSTILE
    uri = json.loads(made(claims.NASTY, form="sarif"))["runs"][0]["results"][0]["locations"][0]
    assert re.fullmatch(r"[\w/.%~-]+", uri["physicalLocation"]["artifactLocation"]["uri"])


def test_a_long_line_is_cut() -> None:
    long = claims.REFUTED._replace(
        message="m" * 100_000,
        excerpt={"lines": [[1, "x" * 10_000_000]], "line": 1, "column": 5_000_000, "end_column": 0},
    )
    assert len(made(long)) < 3_000


def test_every_code_that_is_given_is_explained() -> None:
    given = {
        code
        for folder in ("check", "latex", "document")
        for file in (HOME / "derive" / folder).rglob("*.py")
        for code in re.findall(r"\"(D\d{3})\"", file.read_text(encoding="utf-8"))
    }
    assert "D101" in given
    assert given <= set(CODES)
    assert all(c.what and c.why and c.title for c in CODES.values())
