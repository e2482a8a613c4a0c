"""Articles out of files: every input yields an article or the reason why it is none."""

from __future__ import annotations

import glob
import hashlib
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from flows.readers import archives, documents, tables
from flows.readers.identity import PIPE
from flows.readers.model import (
    MAX_BYTES,
    MAX_EVIDENCE_BYTES,
    RawArticle,
    Rejected,
    rejected,
)
from flows.readers.unread import Page, read_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from flows.readers.tables import Columns

__all__ = ["Page", "RawArticle", "Rejected", "SourceError", "find", "inputs", "read"]

_DOCUMENTS: dict[str, Callable[[bytes, str], Input]] = {
    ".txt": documents.plain,
    ".md": documents.plain,
    ".html": Page,
    ".htm": Page,
}
_TABLES: dict[str, Callable[[IO[bytes], str, Columns], Iterator[RawArticle | Rejected]]] = {
    ".jsonl": tables.jsonl,
    ".ndjson": tables.jsonl,
    ".csv": tables.table,
}
_ARCHIVES = (".warc", ".warc.gz")
_GLOB = frozenset("*?[")
_LEADS_OUT = "a link out of the folder is not followed"
#: What a file holds, pages not yet read.
Input = RawArticle | Rejected | Page
#: A path with the reason why it is not to be opened.
Found = tuple[Path, str | None]


class SourceError(ValueError):
    """What was named to read is not there."""


def find(source: str) -> list[Path]:
    """The files and folders that a name on the command line stands for; globs may have ``**``.

    Raises:
        SourceError: there are none.
    """
    if os.path.lexists(source):
        return [Path(source)]
    # pathlib globs below one folder only; a pattern here may be absolute.
    matches = sorted(glob.glob(source, recursive=True)) if _GLOB & set(source) else []  # noqa: PTH207
    if not matches:
        raise SourceError(f"{source}: there is no such file or folder")
    return [Path(match) for match in matches]


def read(sources: Iterable[str], columns: Columns = None) -> Iterator[RawArticle | Rejected]:
    """The articles of files, folders and globs, as ``inputs``, with the pages read."""
    return read_pages(inputs(sources, columns))


def inputs(sources: Iterable[str], columns: Columns = None) -> Iterator[Input]:
    """What files, folders and globs hold; ``-`` is JSON Lines on standard input.

    A file that two of them name is read once. Web pages are given as they are, to be read by
    whoever takes them.

    Args:
        sources: What to read.
        columns: Our name of a field -> what the tables among them call it.

    Raises:
        SourceError: there is no such file or folder.
    """
    seen: set[str] = set()
    for source in dict.fromkeys(sources):
        if source == PIPE:
            yield from tables.jsonl(sys.stdin.buffer, source)
            continue
        for path, refusal in _paths(source):
            # Both names: a refused link has only its own, a file may be reached by many links.
            names = {_whole(path)} if refusal else {_whole(path), _real(path)}
            if names.isdisjoint(seen):
                yield from _refused(path, refusal) if refusal else _file(path, columns)
            seen |= names


def _paths(source: str) -> Iterator[Found]:
    for path in find(source):
        if path.is_dir():
            yield from _folder(path)
        else:
            yield path, None


def _folder(folder: Path) -> Iterator[Found]:
    """All files below a folder by name, hidden ones left out; no link may lead out of it."""
    inside = _real(folder)
    errors: list[OSError] = []
    for at, folders, names in os.walk(folder, onerror=errors.append):
        links = [name for name in folders if Path(at, name).is_symlink()]
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(at, name) for name in sorted([*names, *links]) if name[0] != "."):
            leads_out = path.is_symlink() and not _is_below(inside, path)
            yield path, _LEADS_OUT if leads_out or path.is_dir() else None
    for error in errors:
        yield Path(error.filename), f"the folder cannot be read: {error.strerror or error}"


def _is_below(folder: str, path: Path) -> bool:
    return Path(folder) in Path(_real(path)).parents


def _refused(path: Path, reason: str) -> Iterator[Rejected]:
    yield rejected(_label(path), None, reason, None)


def _file(path: Path, columns: Columns = None) -> Iterator[Input]:
    source, kind = _label(path), path.suffix.lower()
    try:
        if not path.is_file():
            what = "not a regular file" if os.path.lexists(path) else "the file is gone"
            yield rejected(source, None, what, None)
        elif kind in _DOCUMENTS:
            yield _document(path, source, _DOCUMENTS[kind])
        elif kind in _TABLES:
            with path.open("rb") as file:
                yield from _TABLES[kind](file, source, columns)
        elif path.name.lower().endswith(_ARCHIVES):
            with path.open("rb") as file:
                yield from archives.archive(file, source)
        else:
            known = ", ".join([*_DOCUMENTS, *_TABLES, *_ARCHIVES])
            yield _unread(path, source, f"files of this kind are not read, only {known}")
    except OSError as error:
        yield rejected(source, None, f"cannot be read: {error.strerror or error}", None)
    except Exception as error:  # noqa: BLE001  one file must not end a run over thousands
        yield rejected(source, None, f"cannot be read: {type(error).__name__}: {error}", None)


def _document(path: Path, source: str, reader: Callable[[bytes, str], Input]) -> Input:
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        size = path.stat().st_size
        reason = f"the file is {size:,} bytes long; the limit for one article is {MAX_BYTES:,}"
        return _unread(path, source, reason)
    return reader(data, source)


def _unread(path: Path, source: str, reason: str) -> Rejected:
    """A file that no reader takes: its beginning is kept, and the sha256 of all of it."""
    with path.open("rb") as file:
        kept = rejected(source, None, reason, file.read(MAX_EVIDENCE_BYTES))
        file.seek(0)
        return replace(kept, raw_sha256=hashlib.file_digest(file, "sha256").hexdigest())


def _label(path: Path) -> str:
    """The file's name in the books: as seen from the working directory, if it is below it."""
    whole, here = Path(_whole(path)), Path.cwd()
    named = str(whole.relative_to(here) if here in whole.parents else whole)
    return named.encode("utf-8", "backslashreplace").decode()  # not every name is Unicode


def _whole(path: Path) -> str:
    """A path from the root on, its links as they are named."""
    return os.path.normpath(path.absolute())


def _real(path: Path) -> str:
    """The file that a path leads to, as far as its links may be read."""
    try:
        return os.path.realpath(path)
    except OSError:
        return _whole(path)
