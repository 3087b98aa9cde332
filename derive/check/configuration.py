"""The configuration of a project: ``[tool.derive]`` of pyproject.toml, or ``derive.toml``.

The nearest file at or above the working directory counts; both in one folder: ``derive.toml``.
Options of the command line come before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class ConfigurationError(ValueError):
    """A configuration that cannot be used: which file and key, and what is expected."""


class Configuration(NamedTuple):
    """Every setting of ``derive check`` with its default; a key of the file is its name with
    hyphens.  ``folder`` is where the file is; paths in it are relative to that."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    strict: bool = False
    exit_zero: bool = False
    allow_empty: bool = False
    inline: bool = False
    require_declarations: bool = False
    macros: tuple[str, ...] = ()
    given: Mapping[str, str] = {}  # never changed
    format: str = ""
    baseline: str = ""
    jobs: int = 0
    timeout: float = 10.0
    memory: int = 1024
    steps: int = 0
    cache: bool = True
    cache_dir: str = ""
    replay: bool = False
    file: str = ""
    folder: str = "."


#: What each setting means; the reference page and errors are made from it.
MEANING = {
    "select": "codes, or beginnings of codes, that are reported; all if empty",
    "ignore": "codes, or beginnings of codes, that are not reported",
    "exclude": "patterns of paths that are left out when a folder is walked",
    "strict": "fail on what is unknown, unreadable or undeclared too",
    "exit-zero": "end with status 0 whatever is refuted",
    "allow-empty": "a folder without a claim is no error",
    "inline": "formulas in running text are judged too",
    "require-declarations": "assume nothing of symbols that a document does not declare",
    "macros": "files with macros: TeX, or MyST's or MathJax's mapping",
    "given": "a table: a pattern of documents, and the file with declarations for them",
    "format": "how the report is written",
    "baseline": "a file with claims that are known and not reported",
    "jobs": "worker processes; 0: one for each core",
    "timeout": "seconds for one claim",
    "memory": "mebibytes for one worker",
    "steps": "steps of the search for one claim; 0: the default",
    "cache": "remember what was found",
    "cache-dir": "a folder of JSON files, one for each document, instead of the user's cache",
    "replay": "replay every proof and witness, also those of this account's own cache",
}

_KINDS: dict[str, tuple[type, str]] = {
    "str": (str, "a text"), "int": (int, "a whole number"), "bool": (bool, "true or false"),
    "float": (float, "a number"), "tuple[str, ...]": (list, "a list of texts"),
    "Mapping[str, str]": (dict, "a table of texts"),
}  # fmt: skip


def found(folder: str, overrides: Mapping[str, Any], *, isolated: bool = False) -> Configuration:
    """The configuration that holds in a folder.  Raises ConfigurationError.

    ``overrides`` are settings that come before those of the file; ``isolated``: there is no
    file.

    >>> found(".", {"jobs": 3}, isolated=True).jobs
    3
    """
    file, data = ("", {}) if isolated else _nearest(folder)
    settings = {key: checked(key, value, file) for key, value in data.items()}
    settings |= {key: checked(key, value, "--config") for key, value in overrides.items()}
    from os.path import dirname

    fields = {key.replace("-", "_"): value for key, value in settings.items()}
    return Configuration(**fields, file=file, folder=dirname(file) or ".")


def _nearest(folder: str) -> tuple[str, dict[str, Any]]:
    from os.path import abspath, dirname, isfile, join

    at = abspath(folder)
    while True:
        own, project = join(at, "derive.toml"), join(at, "pyproject.toml")
        if isfile(own):
            return own, _toml(own)
        if isfile(project):
            tool = _toml(project).get("tool")
            ours = tool.get("derive") if isinstance(tool, dict) else None
            if ours is not None:
                if not isinstance(ours, dict):
                    raise ConfigurationError(f"{project}: tool.derive is a table")
                return project, ours
        if dirname(at) == at:
            return "", {}
        at = dirname(at)


def _toml(path: str) -> dict[str, Any]:
    from tomllib import TOMLDecodeError, load

    try:
        with open(path, "rb") as file:
            return load(file)
    except (TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigurationError(f"{path} is not TOML: {error}") from None
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}") from None


def checked(key: str, value: Any, file: str) -> Any:
    """A setting that is known and of its kind.  Raises ConfigurationError.

    >>> checked("jobs", 2, "derive.toml")
    2
    """
    where = f"{file}: " if file else ""
    if key not in MEANING:
        from difflib import get_close_matches

        close = get_close_matches(key.replace("_", "-"), MEANING, 2, 0.5)
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        raise ConfigurationError(f"{where}there is no setting {key}{hint}")
    annotation = Configuration.__annotations__[key.replace("-", "_")]
    name = getattr(annotation, "__forward_arg__", str(annotation))
    kind, spoken = _KINDS[name]
    good = isinstance(value, kind) or (kind is float and isinstance(value, int))
    if isinstance(value, bool) != (kind is bool):
        good = False
    if good and kind is list:
        good = all(isinstance(item, str) for item in value)
    if good and kind is dict:
        good = all(isinstance(item, str) for item in value.values())
    if good and kind in (int, float):
        good = 0 <= value < float("inf") and (key not in ("timeout", "memory") or value > 0)
    if not good:
        raise ConfigurationError(f"{where}{key} is {spoken}, not {value!r}: {MEANING[key]}")
    return tuple(value) if kind is list else value


def assigned(text: str) -> tuple[str, Any]:
    """The setting that ``KEY=VALUE`` names; the value is TOML, or else a text.

    Raises ConfigurationError.

    >>> assigned("jobs=2"), assigned("select = ['D1']"), assigned("format=json")
    (('jobs', 2), ('select', ['D1']), ('format', 'json'))
    """
    from tomllib import TOMLDecodeError, loads

    key, sign, value = text.partition("=")
    if not sign or not key.strip():
        raise ConfigurationError(f"{text} is not of the form KEY=VALUE")
    try:
        return key.strip(), loads(f"value = {value}")["value"]
    except (TOMLDecodeError, RecursionError):
        return key.strip(), value.strip()


def shown(configuration: Configuration) -> str:
    """Every setting as TOML, with the file that it comes from."""
    from json import dumps

    out = [f"# {configuration.file or 'no configuration file'}"]
    for key in MEANING:
        value = getattr(configuration, key.replace("-", "_"))
        if isinstance(value, Mapping):
            inside = ", ".join(f"{dumps(k)} = {dumps(v)}" for k, v in value.items())
            out.append(f"{key} = {{{f' {inside} ' if inside else ''}}}")
        else:
            out.append(f"{key} = {dumps(list(value) if isinstance(value, tuple) else value)}")
    return "\n".join(out)
