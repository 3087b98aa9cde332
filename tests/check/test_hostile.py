"""Documents that mean harm: no crash, no hang, no code run, and what is plain is still proved.

A sixth of them by default, all with DERIVE_LONG=1.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import hostile
import pytest

from derive.check import watching
from derive.check.report import names

HOME = Path(__file__).resolve().parents[2]
LONG = "DERIVE_LONG" in os.environ
DOCUMENTS = dict(list(hostile.documents())[:: 1 if LONG else 6])
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def derive(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a folder, with workers that are watched."""
    return subprocess.run(
        [sys.executable, "-m", "derive", "check", *words],
        cwd=folder, capture_output=True, timeout=600, check=False,
        env={
            **os.environ, "PYTHONPATH": str(HOME), "DERIVE_WATCHED": "1",
            "XDG_CONFIG_HOME": str(folder.parent), "XDG_CACHE_HOME": str(folder.parent),
        },
    )  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the documents."""
    folder = tmp_path_factory.mktemp("hostile") / "documents"
    folder.mkdir()
    for name, data in DOCUMENTS.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def found(place: Path) -> Any:
    """The report on all of them."""
    done = derive(place, ".", "--format", "json", "--timeout", "8", "-j", "2")
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def test_there_are_many() -> None:
    assert len(list(hostile.documents())) >= 150
    assert len(DOCUMENTS) >= 35


def test_no_worker_reached_outside(found: Any) -> None:
    assert found["summary"]["faults"] == []
    assert found["summary"]["files"] == len(DOCUMENTS)


def test_nothing_failed(found: Any) -> None:
    assert [c for c in found["claims"] if c["code"] == "D900"] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_plain_is_proved(name: str, found: Any) -> None:
    claims = [c for c in found["claims"] if c["path"] == name]
    plain = [c for c in claims if hostile.READ in (c["lhs"], c["rhs"])]
    assert [c["verdict"] for c in plain] == ["proved"]


def test_nothing_false_is_proved(found: Any) -> None:
    """What the payloads say is false, or an identity of one side."""
    for claim in found["claims"]:
        if claim["verdict"] == "proved" and hostile.READ not in (claim["lhs"], claim["rhs"]):
            sides = {claim["lhs"], claim["rhs"]}
            assert len(sides) == 1 or sides in hostile.TRUE, claim


def test_no_code_was_run(place: Path, found: Any) -> None:
    del found
    assert sorted(os.listdir(place)) == sorted(DOCUMENTS)


@pytest.mark.parametrize("form", names())
def test_no_report_acts(form: str, place: Path, found: Any) -> None:
    del found  # what was found is remembered: only the writing is tested here
    done = derive(place, ".", "--format", form, "--verbose", "--show-parse", "--timeout", "8")
    text = done.stdout.decode("utf-8")
    assert not ACTING.search(text), ascii(ACTING.search(text))
    assert "##[" not in text
    for line in text.splitlines():
        if line.lstrip().startswith("::"):
            assert form == "github"
            assert re.match(r"::(error|warning|notice) file=[^:]*::", line)


def test_the_watch_sees_what_it_must() -> None:
    program = (
        "import sys; from derive.check import watching; watching.watch()\n"
        "for act in (lambda: open('/etc/passwd'), lambda: __import__('tarfile'),"
        " lambda: eval('1'), lambda: __import__('os').listdir('.'),"
        " lambda: __import__('socket').socket()):\n"
        "    try: act()\n"
        "    except PermissionError: print('refused')\n"
        "print(len(watching.events()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=HOME
    )
    assert done.stdout.split() == ["refused"] * 5 + ["5"]
    assert watching.events() == []
