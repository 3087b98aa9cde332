"""Which files are judged, and what they say; nothing but regular files is opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from stat import S_ISREG
from typing import NamedTuple

#: The largest document that is read, in bytes.
LARGEST = 64 << 20

#: So many pages are looked at that a document links to, each of so many bytes at most.
MOST_LINKED, LARGEST_LINKED = 16, 1 << 20

#: Bytes at most of a file that is kept to be looked at again, and how many are kept.
_SMALL, _MOST_KEPT = 16 << 10, 4096

#: Folders that hold no documents of the project.
_SKIPPED = {
    "node_modules", "__pycache__", "venv", "_build", "build", "dist", "site-packages",
}  # fmt: skip


class Source(NamedTuple):
    """A document: its path as it is reported, and the file itself."""

    path: str
    file: Path

    def file_beside(self, name: str) -> str:
        """The path of another file of the folder, as it is reported."""
        return PurePosixPath(self.path).with_name(name).as_posix()


class Sources(NamedTuple):
    """The documents that some paths name; ``folders``: those paths that are folders;
    ``faults``: sentences about paths that cannot be used."""

    documents: list[Source]
    folders: list[str]
    faults: list[str]


class FileError(ValueError):
    """A file that cannot be read; a sentence with its path."""


def sources(paths: Iterable[str], exclude: Iterable[str] = ()) -> Sources:
    """The documents that files and folders name, each once, in order.

    A file that is named is judged whatever it is called; in a folder those with a suffix of a
    known format, without hidden files and those that match ``exclude``.
    """
    found, seen = Sources([], [], []), set[Path]()
    patterns = tuple(exclude)
    for name in paths:
        path = Path(name)
        try:
            if path.is_dir():
                found.folders.append(name)
                documents = list(_below(path, patterns))
            elif path.exists():
                documents = [path]
            else:
                found.faults.append(_missing(name, path))
                continue
        except (OSError, ValueError) as error:
            found.faults.append(f"{name}: {getattr(error, 'strerror', None) or error}")
            continue
        for file in documents:
            real = _real(file)
            if real not in seen:
                seen.add(real)
                found.documents.append(Source(file.as_posix(), file))
    return found


def _missing(name: str, path: Path) -> str:
    from difflib import get_close_matches

    try:
        beside = [f.name for f in path.parent.iterdir()] if path.parent.is_dir() else []
    except OSError:
        beside = []
    close = get_close_matches(path.name, beside, 2)
    hint = f"; did you mean {' or '.join(str(path.with_name(c)) for c in close)}?" if close else ""
    return f"there is no file or folder {name}{hint}"


def _real(file: Path) -> Path:
    try:
        return file.resolve()
    except (OSError, RuntimeError):  # a loop of links
        return file


def _below(folder: Path, exclude: tuple[str, ...]) -> Iterator[Path]:
    from derive.document import suffixes

    known = suffixes()
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        inner: list[Path] = []
        try:
            entries = sorted(here.iterdir())
        except OSError:
            continue
        for entry in entries:
            if entry.name.startswith(".") or _is_excluded(entry, folder, exclude):
                continue
            if entry.is_dir():
                if entry.name not in _SKIPPED and not entry.is_symlink():
                    inner.append(entry)
            elif entry.suffix.lower() in known and entry.is_file():
                yield entry
        waiting += reversed(inner)


def _is_excluded(entry: Path, folder: Path, exclude: tuple[str, ...]) -> bool:
    inside = entry.relative_to(folder).as_posix()
    return any(
        fnmatch(text, pattern.rstrip("/"))
        for pattern in exclude
        for text in (entry.name, inside, entry.as_posix())
    )


def linked(source: Source, text: str) -> list[Source]:
    """The pages of the same folder to which a document links, in order.

    A link names the page by its file, ``mean.md``, by the page that is made of it,
    ``mean.html``, or by its place on a site, ``/proofs/mean``.
    """
    from derive.document import suffixes
    from derive.document.links import links

    own = source.file.suffix
    known = [own, *(s for s in suffixes() if s != own)]
    found: dict[Path, Source] = {}
    for target in links(text):
        if len(found) == MOST_LINKED:
            break
        path = PurePosixPath(target)
        if not path.name or not (path.is_absolute() or path.parent == PurePosixPath()):
            continue
        names = [path.name] if path.suffix in known else []
        stem = path.stem if path.suffix in (".html", ".htm") else path.name
        for name in [*names, *(stem + suffix for suffix in known)]:
            file = source.file.with_name(name)
            if _is_page(file) and file.name != source.file.name:
                found.setdefault(file, Source(source.file_beside(name), file))
                break
    return list(found.values())


def _is_page(file: Path) -> bool:
    """Whether there is such a file, and it is not too large to be looked at beside another."""
    try:
        status = file.stat()
    except (OSError, ValueError):
        return False
    return S_ISREG(status.st_mode) and status.st_size <= LARGEST_LINKED


def text_of(file: Path) -> tuple[str, int]:
    """What a file says, and where in it the first byte stands that is not UTF-8, or -1.

    Such bytes are U+FFFD in the text.  Raises FileError.
    """
    try:
        status = file.stat()
        if not S_ISREG(status.st_mode):
            raise FileError(f"{file} is not a regular file")
        if status.st_size > LARGEST:
            raise FileError(f"{file} is larger than {LARGEST >> 20} MiB")
        data = file.read_bytes()
    except OSError as error:
        raise FileError(f"{file} cannot be read: {error.strerror or error}") from None
    except ValueError as error:  # a name that no system takes
        raise FileError(f"{file} cannot be read: {error}") from None
    return decoded(data)


def text_again(file: Path) -> tuple[str, int]:
    """As ``text_of``, for a file that many others name: a small one is read once while it stays
    as it is."""
    try:
        status = file.stat()
    except (OSError, ValueError):
        return text_of(file)
    key = file, status.st_mtime_ns, status.st_size
    if status.st_size > _SMALL:
        return text_of(file)
    if key not in _kept:
        if len(_kept) == _MOST_KEPT:
            _kept.clear()
        _kept[key] = text_of(file)
    return _kept[key]


_kept: dict[tuple[Path, int, int], tuple[str, int]] = {}


def decoded(data: bytes) -> tuple[str, int]:
    """The text of some bytes, without a mark of their order, and as ``text_of``."""
    try:
        return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8"), -1
    except UnicodeDecodeError:
        from derive.document import decode

        return decode(data)
