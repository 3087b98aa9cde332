"""The file of kept answers: JSON, two lines for each answer, read only as far as is needed.

    {"format": "derive-answers/2", "answers": {
    "KEY": {"verdict": ..., "sheet": ..., "request": ...},
    ...
    }, "evidence": {
    "KEY": [...],
    ...
    }}

Evidence is long, and is wanted only for a second look; so lines are kept as text until somebody
asks for them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

FORMAT = "derive-answers/2"
_HEAD = f'{{"format": "{FORMAT}", "answers": {{\n'
_MIDDLE, _END = '\n}, "evidence": {\n', "\n}}\n"


class Kept(Mapping[str, Any]):
    """Kept answers by their keys, each with its evidence; ``lines`` are texts of both.

    >>> kept = Kept.of({"a1": {"verdict": "proved", "evidence": [1]}})
    >>> kept["a1"], Kept.read(kept.text()) == kept
    ({'verdict': 'proved', 'evidence': [1]}, True)
    """

    def __init__(self, lines: dict[str, tuple[str, str]] | None = None) -> None:
        self.lines = lines or {}

    @classmethod
    def of(cls, answers: Mapping[str, Any]) -> Kept:
        """The answers of any mapping.  Raises TypeError for what is no JSON."""
        if isinstance(answers, cls):
            return answers
        return cls({key: lines_of(kept) for key, kept in answers.items()})

    @classmethod
    def read(cls, text: str) -> Kept:
        """What a file keeps; nothing where it is no such file."""
        if not (text.startswith(_HEAD) and text.endswith(_END) and _MIDDLE in text):
            return cls()
        answers, _, evidence = text[len(_HEAD) : -len(_END)].partition(_MIDDLE)
        behind = dict(_pairs(evidence))
        return cls({k: (v, behind[k]) for k, v in _pairs(answers) if k in behind})

    def text(self) -> str:
        """The file that keeps them; the same ones give the same text."""
        pairs = sorted(self.lines.items())
        answers = ",\n".join(f'"{key}": {answer}' for key, (answer, _) in pairs)
        evidence = ",\n".join(f'"{key}": {lines}' for key, (_, lines) in pairs)
        return _HEAD + answers + _MIDDLE + evidence + _END

    def shown(self, key: str) -> Any:
        """An answer without its evidence; None where it cannot be read."""
        return _loaded(self.lines[key][0])

    def __getitem__(self, key: str) -> Any:
        """An answer with its evidence; None where it cannot be read."""
        answer, evidence = map(_loaded, self.lines[key])
        return {**answer, "evidence": evidence} if isinstance(answer, dict) else None

    def __contains__(self, key: object) -> bool:
        return key in self.lines

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)


def lines_of(kept: Any) -> tuple[str, str]:
    """The two texts of an answer.  Raises TypeError for what is no JSON."""
    if not isinstance(kept, dict):
        return _dumped(kept), "null"
    answer = {name: part for name, part in kept.items() if name != "evidence"}
    return _dumped(answer), _dumped(kept.get("evidence"))


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for line in text.split("\n"):
        key, colon, value = line.partition('": ')
        if colon and key[:1] == '"':
            yield key[1:], value.removesuffix(",")
