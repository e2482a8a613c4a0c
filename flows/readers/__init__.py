"""Articles out of files: every input yields an article or the reason why it is none."""

from __future__ import annotations

import glob
import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

from flows.readers import documents, tables
from flows.readers.model import MAX_BYTES, RawArticle, Rejected, rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["RawArticle", "Rejected", "SourceError", "find", "read"]

_DOCUMENTS: dict[str, Callable[[bytes, str], RawArticle | Rejected]] = {
    ".txt": documents.plain,
    ".md": documents.plain,
    ".html": documents.page,
    ".htm": documents.page,
}
_TABLES: dict[str, Callable[[IO[bytes], str], Iterator[RawArticle | Rejected]]] = {
    ".jsonl": tables.jsonl,
    ".ndjson": tables.jsonl,
    ".csv": tables.table,
}
_GLOB = frozenset("*?[")


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


def read(sources: Iterable[str]) -> Iterator[RawArticle | Rejected]:
    """The articles of files, folders and globs; ``-`` is JSON Lines on standard input.

    A file that two of them name is read once.

    Raises:
        SourceError: there is no such file or folder.
    """
    seen: set[Path] = set()
    for source in dict.fromkeys(sources):
        if source == "-":
            yield from tables.jsonl(sys.stdin.buffer, source)
            continue
        for found in _paths(source):
            if isinstance(found, Rejected):
                yield found
            elif (file := found.resolve()) not in seen:
                seen.add(file)
                yield from _file(found)


def _paths(source: str) -> Iterator[Path | Rejected]:
    for path in find(source):
        if path.is_dir():
            yield from _folder(path)
        else:
            yield path


def _folder(folder: Path) -> Iterator[Path | Rejected]:
    """All files below a folder by name, hidden ones left out; no link may lead out of it."""
    inside = folder.resolve()
    for at, folders, names in os.walk(folder):
        links = [name for name in folders if Path(at, name).is_symlink()]
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(at, name) for name in sorted([*names, *links]) if name[0] != "."):
            leads_out = path.is_symlink() and inside not in path.resolve().parents
            if leads_out or path.is_dir():
                yield rejected(_label(path), None, "a link out of the folder is not followed", b"")
            else:
                yield path


def _file(path: Path) -> Iterator[RawArticle | Rejected]:
    source, kind = _label(path), path.suffix.lower()
    try:
        if not path.is_file():
            what = "not a regular file" if os.path.lexists(path) else "the file is gone"
            yield rejected(source, None, what, b"")
        elif kind in _DOCUMENTS:
            yield _document(path, source, _DOCUMENTS[kind])
        elif kind in _TABLES:
            with path.open("rb") as file:
                yield from _TABLES[kind](file, source)
        else:
            known = ", ".join([*_DOCUMENTS, *_TABLES])
            yield rejected(source, None, f"files of this kind are not read, only {known}", b"")
    except OSError as error:
        yield rejected(source, None, f"cannot be read: {error.strerror or error}", b"")


def _document(
    path: Path, source: str, reader: Callable[[bytes, str], RawArticle | Rejected]
) -> RawArticle | Rejected:
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        size = path.stat().st_size
        reason = f"the file is {size:,} bytes long; the limit for one article is {MAX_BYTES:,}"
        return rejected(source, None, reason, data)
    return reader(data, source)


def _label(path: Path) -> str:
    """The file's name in the books: as seen from the working directory, if it is below it."""
    whole = Path(os.path.normpath(path.absolute()))  # links stay as they are named
    here = Path.cwd()
    return str(whole.relative_to(here) if here in whole.parents else whole)
