"""Reading a source's file: every key is known and well-formed, or named with its line."""

from __future__ import annotations

import glob
import re
from dataclasses import dataclass
from datetime import datetime
from string import Formatter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flows.sources.model import Paging, Source, SourceFileError, interval
from seeds import read as seeds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

#: Kind -> the key that says what to read.
KINDS = {
    "api": "url",
    "feed": "url",
    "folder": "path",
    "gdelt": "url",
    "pages": "urls",
    "sitemap": "url",
    "table": "path",
    "warc": "path",
}
#: Kinds that are asked over the network again and again: the terms of that must be stated.
LISTED = frozenset({"api", "feed", "gdelt", "sitemap"})
_REQUIRED = ("name", "kind", "publisher", "licence", "language")
_REQUIRED_OF_LISTED = ("terms", "schedule", "min_articles", "max_articles")
#: Keys that only some kinds have.
_ONLY = {
    "columns": {"api", "table"},
    "items": {"api"},
    "paging": {"api"},
    "delay": {*LISTED, "pages"},
    "private": {*LISTED, "pages"},
}
#: What an address may leave open, to be filled in for the days that are asked for.
OPEN = frozenset({"day", "since", "until"})
_PAGING = {"page": "parameter", "offset": "parameter", "next": "path"}
_TABLE = re.compile(r"\s*\[([\w.-]+)\]")
_KEY = re.compile(r"\s*\"?([\w-]+)\"?\s*=")
_TOML_LINE = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a source's file, and where."""

    line: int | None
    what: str


def read(path: Path, base: Path) -> Source:
    """The source in a file; a folder or file that it names is seen from ``base``.

    Raises:
        SourceFileError: the file is malformed; the message has a line for each problem.
    """
    source, problems = examine(path, base)
    if source is None:
        raise SourceFileError("; ".join(told(path, problems)))
    return source


def told(path: Path, problems: Iterable[Problem]) -> list[str]:
    """Problems as lines that an editor understands: ``file:line: key: what``."""
    return [f"{path}:{found.line or 1}: {found.what}" for found in problems]


def examine(path: Path, base: Path) -> tuple[Source | None, list[Problem]]:
    """The source in a file, or all that is wrong with it."""
    try:
        row = seeds.toml_at(path)
        text = path.read_text(encoding="utf-8")
    except seeds.SeedError as error:
        found = _TOML_LINE.search(str(error))
        what = str(error).removeprefix(f"{path}: ")
        return None, [Problem(int(found[1]) if found else None, what)]
    lines = _lines(text)
    wrong = [
        Problem(lines.get(key, lines.get(key.partition(".")[0])), f"{key}: {what}")
        for key, what in _wrong(path.stem, row, base)
    ]
    if wrong:
        return None, sorted(wrong, key=lambda problem: problem.line or 0)
    return _source(row, base), []


def _lines(text: str) -> dict[str, int]:
    """The line of each key, those of a table as ``table.key``."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if head := _TABLE.match(line):
            table = f"{head[1]}."
            found.setdefault(head[1], number)
        elif key := _KEY.match(line):
            found.setdefault(table + key[1], number)
    return found


def _wrong(stem: str, row: Mapping[str, Any], base: Path) -> Iterable[tuple[str, str]]:
    known = {*_CHECKS, *KINDS.values()}
    for key in row:
        if key not in known:
            yield key, f"no such key; there are {_listed(known)}"
    kind = row.get("kind")
    for key in (*_REQUIRED, *(_REQUIRED_OF_LISTED if kind in LISTED else ())):
        if key not in row:
            yield key, "is missing"
    for key, check in _CHECKS.items():
        if key in row and (what := check(row[key])):
            yield key, what
    if isinstance(row.get("name"), str) and row["name"] != stem:
        yield "name", f"must be that of the file, {stem!r}"
    if kind in KINDS:
        yield from _wrong_of_kind(kind, row, base)
    yield from _wrong_counts(row)


def _wrong_of_kind(kind: str, row: Mapping[str, Any], base: Path) -> Iterable[tuple[str, str]]:
    for key in dict.fromkeys(KINDS.values()):
        if (key in row) != (key == KINDS[kind]):
            those = _listed(repr(name) for name in KINDS if KINDS[name] == key)
            yield key, f"must be given for kinds {those}, and for no other"
        elif key in row and (what := _READS[key](row[key], base, kind)):
            yield key, what
    for key, kinds in _ONLY.items():
        if key in row and kind not in kinds:
            yield key, f"is only for kinds {_listed(kinds)}"
    if kind == "api" and "columns" not in row:
        yield "columns", "is missing: which paths in a row hold the url, text and so on"


def _wrong_counts(row: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    least, most = row.get("min_articles"), row.get("max_articles")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        yield "max_articles", f"is less than min_articles, {least}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _text(value: object) -> str | None:
    return None if isinstance(value, str) and value.strip() else f"{value!r} is no text"


def _kind(value: object) -> str | None:
    return None if value in KINDS else f"{value!r} is none of {_listed(KINDS)}"


def _language(value: object) -> str | None:
    codes = {row["code"] for row in seeds.rows("codes/languages.csv")}
    return _text(value) or (None if value in codes else f"{value!r} is no code of ISO 639-1")


def _schedule(value: object) -> str | None:
    known = isinstance(value, str) and interval(value) is not None
    return None if known else f"{value!r} is none such as 'every 2 hours' or 'every day'"


def _count(value: object) -> str | None:
    whole = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return None if whole else f"{value!r} is no whole number from 0 on"


def _seconds(value: object) -> str | None:
    number = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 3600
    return None if number else f"{value!r} is no number of seconds from 0 to 3600"


def _flag(value: object) -> str | None:
    return None if isinstance(value, bool) else f"{value!r} is neither true nor false"


def _texts(value: object) -> str | None:
    whole = isinstance(value, list) and value and not any(map(_text, value))
    return None if whole else f"{value!r} is no list of texts"


def _columns(value: object) -> str | None:
    ours = set(seeds.toml("columns.toml"))
    if not isinstance(value, dict) or not value or any(map(_text, value.values())):
        return "expected lines of our_name = 'their name'"
    if strange := set(value) - ours:
        return f"{_listed(strange)}: no such field; there are {_listed(ours)}"
    return None if {"text", "url"} & set(value) else "neither a text nor a url is named"


def _paging(value: object) -> str | None:
    if not isinstance(value, dict) or value.get("by") not in _PAGING:
        return f"by: expected one of {_listed(_PAGING)}"
    if strange := set(value) - {"by", "parameter", "first", "path", "most"}:
        return f"{_listed(strange)}: no such key"
    need = _PAGING[value["by"]]
    if what := _text(value.get(need)):
        return f"{need}: {what}"
    wrong = [key for key in ("first", "most") if key in value and _count(value[key])]
    return f"{wrong[0]}: {_count(value[wrong[0]])}" if wrong else None


_CHECKS: dict[str, Callable[[object], str | None]] = {
    "name": _text,
    "kind": _kind,
    "publisher": _text,
    "licence": _text,
    "language": _language,
    "note": _text,
    "terms": _text,
    "covers": _texts,
    "schedule": _schedule,
    "min_articles": _count,
    "max_articles": _count,
    "delay": _seconds,
    "private": _flag,
    "columns": _columns,
    "items": _text,
    "paging": _paging,
}


def _address(value: object, _base: Path, kind: str) -> str | None:
    """One address, or a list of them, which may leave days open."""
    several = value if isinstance(value, list) else [value]
    if not several:
        return "expected an address, or a list of them"
    return next(filter(None, (_wrong_address(one, kind) for one in several)), None)


def _wrong_address(url: object, kind: str) -> str | None:
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        return f"{url!r} is no address of http or https"
    try:
        pieces = [] if kind == "pages" else list(Formatter().parse(url))
        names: set[str] = {piece[1] for piece in pieces if piece[1] is not None}
        if names and names <= OPEN:
            url = url.format(**dict.fromkeys(OPEN, datetime(2026, 1, 1)))
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        return f"{url!r} is no address ({error})"
    if strange := names - OPEN:
        return f"{{{_listed(strange)}}}: an address may leave open only {_listed(OPEN)}"
    return None if parts.hostname else f"{url!r} names no host"


def _addresses(value: object, base: Path, kind: str) -> str | None:
    if not isinstance(value, list) or not value:
        return "expected a list of addresses"
    return _address(value, base, kind)


def _path(value: object, base: Path, kind: str) -> str | None:
    if what := _text(value):
        return what
    at = base / str(value)
    if kind == "folder":
        return None if at.is_dir() else f"there is no folder {at}"
    pattern = set("*?[") & set(str(value))
    there = at.is_file() or (pattern and glob.glob(str(at), recursive=True))  # noqa: PTH207
    return None if there else f"there is no file {at}"


_READS: dict[str, Callable[[object, Path, str], str | None]] = {
    "url": _address,
    "urls": _addresses,
    "path": _path,
}


def _source(row: Mapping[str, Any], base: Path) -> Source:
    reads = row[KINDS[row["kind"]]]
    if "path" in row:
        reads = [str(base / reads)]
    return Source(
        reads=tuple([reads] if isinstance(reads, str) else reads),
        note=row.get("note", ""),
        terms=row.get("terms", ""),
        covers=tuple(row.get("covers", ())),
        every=interval(row["schedule"]) if "schedule" in row else None,
        least=row.get("min_articles", 0),
        most=row.get("max_articles"),
        delay=float(row.get("delay", 1.0)),
        private=row.get("private", False),
        columns=row.get("columns", {}),
        items=row.get("items", ""),
        paging=Paging(**row["paging"]) if "paging" in row else None,
        **{key: row[key] for key in _REQUIRED},
    )
