"""Sources by name: a file each in seeds/sources and in sources/ of the data folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seeds import read as seeds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: What is read where nothing is named.
DEFAULT = "samples"
#: The key that says what to read -> the kinds of source.
_READS = {"folder": "path", "pages": "urls"}
_REQUIRED = ("name", "kind", "publisher", "licence", "language")
_KNOWN = frozenset({*_REQUIRED, *_READS.values(), "note"})


class SourceFileError(Exception):
    """A source's file is not as it should be; the message names the file and the key."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where articles come from, and on what terms.

    Attributes:
        name: What `tollbook run` calls it by.
        kind: ``folder`` or ``pages``.
        reads: The folder, or the addresses.
        publisher: Whose texts they are, for people: an article keeps the publisher it states.
        licence: On what terms they may be used.
        language: ISO 639-1 code of what most of it is written in.
        note: What is in it.
    """

    name: str
    kind: str
    reads: tuple[str, ...]
    publisher: str
    licence: str
    language: str
    note: str = ""


def load(home: Path) -> dict[str, Source]:
    """The sources by name: those that ship, and those in ``sources/`` of the data folder.

    Raises:
        SourceFileError: a file is malformed, or has the name of another.
        SeedError: a file is no TOML.
    """
    found: dict[str, Source] = {}
    for folder, base in ((seeds.SEEDS / "sources", seeds.SEEDS), (home / "sources",) * 2):
        for path in sorted(folder.glob("*.toml")):
            source = _source(path, base)
            if source.name in found:
                raise SourceFileError(f"{path}: name: there is another source {source.name!r}")
            found[source.name] = source
    return found


def expand(asked: Iterable[str], known: Mapping[str, Source]) -> list[str]:
    """What to read, each source's name replaced by its folder or addresses.

    A name goes before a file or folder of the same name, which is ``./name``.
    """
    return [part for one in asked for part in (known[one].reads if one in known else (one,))]


def _source(path: Path, base: Path) -> Source:
    """A source's file; a folder in it is seen from ``base``."""
    row = seeds.toml_at(path)
    for key in row:
        if key not in _KNOWN:
            raise SourceFileError(f"{path}: {key}: no such key; there are {_listed(_KNOWN)}")
    for key in _REQUIRED:
        _text(path, row, key)
    if path.stem != row["name"]:
        raise SourceFileError(f"{path}: name: must be that of the file, {path.stem!r}")
    if row["kind"] not in _READS:
        raise SourceFileError(f"{path}: kind: {row['kind']!r} is none of {_listed(_READS)}")
    for kind, key in _READS.items():
        if (key in row) != (kind == row["kind"]):
            need = f"must be given for kind {kind!r}, and for no other"
            raise SourceFileError(f"{path}: {key}: {need}")
    reads = _addresses(path, row) if row["kind"] == "pages" else _folder(path, row, base)
    note = _text(path, row, "note") if "note" in row else ""
    return Source(reads=reads, note=note, **{key: row[key] for key in _REQUIRED})


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _text(path: Path, row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        found = "is missing" if value is None else f"{value!r} is no text"
        raise SourceFileError(f"{path}: {key}: {found}")
    return value


def _folder(path: Path, row: Mapping[str, Any], base: Path) -> tuple[str, ...]:
    folder = base / _text(path, row, "path")
    if not folder.is_dir():
        raise SourceFileError(f"{path}: path: there is no folder {folder}")
    return (str(folder),)


def _addresses(path: Path, row: Mapping[str, Any]) -> tuple[str, ...]:
    urls = row["urls"]
    if not isinstance(urls, list) or not urls:
        raise SourceFileError(f"{path}: urls: expected a list of addresses")
    for url in urls:
        if not isinstance(url, str) or not url.startswith(("http://", "https://")):
            raise SourceFileError(f"{path}: urls: {url!r} is no address of http or https")
    return tuple(urls)
