"""What ``derive check`` does, without the command line around it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from derive.check.claims import Claim
from derive.check.configuration import Configuration
from derive.check.files import FileError, Source, decoded, linked, sources, text_again, text_of
from derive.check.report import Look, Report, summed, unseen
from derive.cli.guard import CommandError
from derive.cli.output import complain

if TYPE_CHECKING:
    from derive.check.cache import Cache
    from derive.check.running import Job, Outcome
    from derive.document import Document

#: The path of a document that comes from standard input, if it is given no other.
_STDIN = "standard-input.md"


class Task(NamedTuple):
    """What is asked for: documents, and how they are judged."""

    configuration: Configuration
    documents: list[Source]
    faults: list[str]
    text: str | None = None
    executor: str = ""
    method: str = ""


class Result(NamedTuple):
    """What became of all documents."""

    claims: list[Claim]
    files: int
    faults: list[str]
    asked: int
    interrupted: bool
    read: Callable[[str], Document | None] = unseen


# -- which documents -----------------------------------------------------------------------


def documents(
    paths: Iterable[str], modules: Iterable[str], configuration: Configuration
) -> tuple[list[Source], list[str], list[str]]:
    """Documents, folders among the paths, and faults.  Raises CommandError."""
    found = sources([p for p in paths if p != "-"], configuration.exclude)
    documents, faults = list(found.documents), list(found.faults)
    for name in modules:
        from derive.document.installed import module_files

        files = module_files(name)
        if not files:
            raise CommandError(f"there is no module {name}\n  `pip install` what it belongs to")
        documents += [Source(file.as_posix(), file) for file in files]
    return documents, found.folders, faults


def job_of(source: Source, configuration: Configuration, text: str | None = None) -> Job:
    """The job for a document, with those for the pages that it links to.  Raises FileError."""
    job = _job_alone(source, configuration, text)
    pages = []
    for page in linked(source, job["text"]):
        try:
            pages.append(_job_alone(page, configuration, beside=True))
        except FileError:
            continue  # what cannot be read lends nothing
    return {**job, "linked": pages} if pages else job


def _job_alone(
    source: Source, configuration: Configuration, text: str | None = None, *, beside: bool = False
) -> Job:
    replaced = -1
    if text is None:
        text, replaced = (text_again if beside else text_of)(source.file)
    job: Job = {
        "path": source.path,
        "text": text,
        "replaced": replaced,
        "settings": {
            "inline": configuration.inline,
            "require_declarations": configuration.require_declarations,
        },
    }
    macros = macros_of(configuration)
    if macros:
        job["macros"] = macros
    given = given_of(source, configuration)
    if given is not None:
        job["given"] = [given.as_posix(), text_of(given)[0]]
    return job


_macros: dict[tuple[str, ...], dict[str, list[Any]]] = {}


def macros_of(configuration: Configuration) -> dict[str, list[Any]]:
    """The macros of the project's files.  Raises FileError."""
    if not configuration.macros:
        return {}
    if configuration.macros not in _macros:
        from derive.document.projects import read_macros

        found: dict[str, list[Any]] = {}
        for name in configuration.macros:
            file = Path(configuration.folder, name)
            found.update((k, list(m)) for k, m in read_macros(name, text_of(file)[0]).items())
        _macros[configuration.macros] = found
    return _macros[configuration.macros]


def given_of(source: Source, configuration: Configuration) -> Path | None:
    """The sidecar file of a document: named by the configuration, or beside it."""
    from fnmatch import fnmatch

    for pattern, name in configuration.given.items():
        if fnmatch(source.path, pattern) or fnmatch(source.file.name, pattern):
            return Path(configuration.folder, name)
    beside = source.file.with_suffix(".given") if source.file.name else source.file
    return beside if beside != source.file and beside.is_file() else None


# -- judging -------------------------------------------------------------------------------


def judged(task: Task, progress: Callable[[int, int], None]) -> Result:
    """The claims of all documents: what is known already from the cache, the rest judged."""
    from os import environ

    configuration = task.configuration
    cache = _cache(configuration)
    keys: dict[int, tuple[str, str]] = {}
    known: dict[int, list[Claim]] = {}
    jobs: list[tuple[int, Source]] = []
    faults = list(task.faults)
    watched = bool(environ.get("DERIVE_WATCHED"))
    for k, source in enumerate(task.documents):
        try:
            job = job_of(source, configuration, task.text)
        except FileError as error:
            faults.append(str(error))
            continue
        if cache is not None:
            from derive.check.sealing import key_of

            keys[k] = key_of(job), key_of(job, (configuration.timeout, configuration.memory))
            if not configuration.replay:
                remembered = _remembered(cache, _name(source, configuration), keys[k])
                if remembered is not None:
                    known[k] = [Claim(*c) for c in remembered]
                    continue
        jobs.append((k, source))
    interrupted, asked = False, 0

    def prepared() -> Iterator[Job]:
        for _, source in jobs:
            job = job_of(source, configuration, task.text)
            if cache is not None:
                job |= _known(cache, source, job, configuration)
            yield {**job, "watched": True} if watched else job

    if jobs:
        done = 0
        outcomes = _outcomes(prepared(), len(jobs), task)
        try:
            for (k, source), outcome in zip(jobs, outcomes, strict=False):
                done += 1
                progress(done, len(jobs))
                if outcome.claims or outcome.complete:
                    known[k] = list(outcome.claims)
                asked += outcome.asked
                if outcome.fault:
                    faults.append(outcome.fault)
                # What was cut short must not take the place of what is known already.
                whole = outcome.complete and not outcome.limited
                if cache is not None and (whole or outcome.learned):
                    _save(cache, _name(source, configuration), keys[k], outcome)
        except KeyboardInterrupt:
            interrupted = True
    if cache is not None:
        cache.close()
    claims = [claim for k in sorted(known) for claim in known[k]]
    return Result(claims, len(known), faults, asked, interrupted, partial(read_again, task))


def _known(cache: Cache, source: Source, job: Job, configuration: Configuration) -> Job:
    """What the cache has of a document and of the pages that it links to, for its job."""
    own = cache.record(_name(source, configuration))
    beside = [source.file.with_name(Path(page["path"]).name) for page in job.get("linked", ())]
    others = [cache.record(_name(Source("", file), configuration)) for file in beside]
    records = [r for r in (*others, own) if r is not None]
    sealed = [r for r in records if r.sealed]
    chosen = sealed or records  # entries that nobody vouches for would make the others doubtful
    if not chosen:
        return {}
    entries = {k: v for r in chosen for k, v in r.entries.items()}
    return {"known": entries, "sealed": bool(sealed)}


def read_again(task: Task, path: str) -> Document | None:
    """A document of a task as it was judged; None where it cannot be read any more."""
    from derive.document import read

    for source in task.documents:
        if source.path == path:
            try:
                job = job_of(source, task.configuration, task.text)
            except FileError:
                return None
            macros = {name: (count, body) for name, (count, body) in job.get("macros", {}).items()}
            return read(path, job["text"], macros)
    return None


def _outcomes(jobs: Iterator[Job], count: int, task: Task) -> Iterator[Outcome]:
    from os import cpu_count

    from derive.check.limits import Limits
    from derive.check.running import outcomes, shared
    from derive.check.working import check_page

    configuration = task.configuration
    limits = Limits(configuration.timeout, configuration.memory << 20)
    if task.executor:
        from derive.check.cluster import connected

        with connected(task.executor, limits) as (submit, workers):
            yield from outcomes(jobs, submit, workers)
        return
    from derive.check.workers import Pool

    workers = configuration.jobs or cpu_count() or 1
    run = shared if count < workers else outcomes
    with Pool(workers, limits, task.method or None) as pool:
        yield from run(jobs, lambda job: pool.submit(check_page, job), workers)


def _cache(configuration: Configuration) -> Cache | None:
    if not configuration.cache:
        return None
    from derive.check.cache import opened

    folder = configuration.cache_dir
    return opened(str(Path(configuration.folder, folder)) if folder else "", complain)


def _name(source: Source, configuration: Configuration) -> str:
    """Under which name a document is remembered: for files to commit, from their project."""
    from os.path import abspath, relpath

    full = abspath(source.file)
    if not configuration.cache_dir:
        return full
    try:
        return relpath(full, abspath(configuration.folder)).replace("\\", "/")
    except ValueError:  # another drive
        return full


def _remembered(cache: Cache, path: str, keys: tuple[str, str]) -> list[Any] | None:
    """The claims that were kept of a document, whatever the limits or under these."""
    found = cache.claims(path, keys[0])
    return cache.claims(path, keys[1]) if found is None else found


def _save(cache: Cache, path: str, keys: tuple[str, str], outcome: Outcome) -> None:
    from derive.check.records import Record

    key = keys[outcome.limited] if outcome.complete else ""
    cache.save(path, Record(key, [list(c) for c in outcome.claims], outcome.learned))


# -- what is reported ----------------------------------------------------------------------


def selected(claims: Iterable[Claim], configuration: Configuration) -> list[Claim]:
    """The claims with a selected code; a claim without a code is no complaint and stays."""

    def wanted(code: str | None) -> bool:
        if code is None:
            return True
        chosen = not configuration.select or code.startswith(configuration.select)
        return chosen and not (configuration.ignore and code.startswith(configuration.ignore))

    found = []
    for claim in claims:
        notes = [note for note in claim.notes or () if wanted(note[0])]
        if wanted(claim.code):
            found.append(claim._replace(notes=notes or None))
        elif notes:
            found.append(claim._replace(notes=notes, verdict=None, code=None, kind="note"))
    return found


def status(report: Report, configuration: Configuration, folders: list[str]) -> int:
    """The exit status: 0, 1 for what is wrong, 2 for what could not be done."""
    from derive.check.report._sentences import is_bad

    codes = [c.code or "" for c in report.claims]
    if report.faults or any(code.startswith("D9") for code in codes):
        return 2
    if folders and not report.summary["claims"] and not configuration.allow_empty:
        return 2
    if configuration.exit_zero:
        return 0
    failed = any(is_bad(c) for c in report.claims)
    if configuration.strict:
        failed = failed or any(code[:2] in ("D2", "D3", "D4") for code in codes)
    return 1 if failed else 0


def reported(
    result: Result, configuration: Configuration, known: Any = None, only_failed: bool = False
) -> Report:
    """The report on what is selected and not in the baseline."""
    from derive.check.baseline import new
    from derive.check.report._sentences import is_bad, is_open

    claims = selected(result.claims, configuration)
    complaints = [c for c in claims if c.code is not None and (is_bad(c) or is_open(c))]
    if known is not None:
        fresh = set(map(id, new(complaints, known)))
        old = {id(c) for c in complaints} - fresh
        claims = [c for c in claims if id(c) not in old]
    if only_failed:
        claims = [c for c in claims if is_bad(c) or is_open(c)]
    hidden = sum(c.verdict is not None for c in result.claims)
    hidden -= sum(c.verdict is not None for c in claims)
    return Report(
        tuple(claims), result.files, tuple(result.faults), max(hidden, 0),
        summed(result.claims), result.interrupted, result.read,
    )  # fmt: skip


def write(report: Report, form: str, look: Look, file: str) -> None:
    """Write the report to a file, or to standard output.  Raises CommandError."""
    from derive.check.report import pieces

    told = pieces(form, report, look)
    if file:
        try:
            with open(file, "w", encoding="utf-8", errors="backslashreplace") as out:
                out.writelines(told)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}") from None
        return
    from derive.cli.output import put

    for text in told:
        put(text, painted=True)  # every format made what it quotes visible
    sys.stdout.flush()


def standard_input() -> str:
    """All of standard input as text."""
    return decoded(sys.stdin.buffer.read())[0] if hasattr(sys.stdin, "buffer") else sys.stdin.read()


def named_input(name: str) -> Source:
    """The document that standard input is."""
    return Source(name or _STDIN, Path(name or _STDIN))
