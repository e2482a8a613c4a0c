"""Files of many articles: a row, an article. JSON Lines and CSV."""

from __future__ import annotations

import codecs
import csv
from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import IO, TYPE_CHECKING

import orjson

from flows.readers.columns import picked
from flows.readers.lines import Line, lines
from flows.readers.model import (
    MAX_BYTES,
    FieldError,
    RawArticle,
    Rejected,
    Rows,
    article,
    decode,
    read_one,
    rejected,
)
from transforms.fields import has_text, twice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Columns = Mapping[str, str] | None


def jsonl(file: IO[bytes], source: str, columns: Columns = None) -> Iterator[RawArticle | Rejected]:
    """The articles of a JSON Lines file; blank lines are skipped.

    Args:
        file: The file.
        source: Its name.
        columns: Our name of a field -> its dotted path in a row; None: the usual names.
    """
    rows = Rows()
    for line in lines(file, source):
        if isinstance(line, Rejected):
            yield line
        elif line.data.strip():
            make = partial(_json_row, line, source, rows, columns)
            yield read_one(make, source, line.number, line.data)


def _json_row(line: Line, source: str, rows: Rows, columns: Columns) -> RawArticle:
    data = line.data.removeprefix(codecs.BOM_UTF8) if line.number == 1 else line.data
    try:
        row = orjson.loads(decode(data).rstrip())
    except orjson.JSONDecodeError as error:
        raise FieldError(f"not JSON: {error.msg} at column {error.colno}") from None
    if not isinstance(row, dict):
        raise FieldError(f"expected an object, found {type(row).__name__}")
    named = picked(row, columns) if columns else row
    return rows.add(article(named, source, line.number))


def table(file: IO[bytes], source: str, columns: Columns = None) -> Iterator[RawArticle | Rejected]:
    """The articles of a CSV file: UTF-8, a header row, quoted as RFC 4180 says.

    The delimiter is the commonest in the header of comma, semicolon, tab and bar.

    Args:
        file: The file.
        source: Its name.
        columns: Our name of a field -> its column; None: the usual names.
    """
    records = _records(file, source)
    header = next(records, None)
    if header is None:
        yield rejected(source, 1, "the table is empty: there is no header row", b"")
    elif isinstance(header, Rejected):
        yield header
    elif reason := _unreadable(header.cells, columns or {}):
        yield rejected(source, header.number, f"{reason}, so no row was read", header.raw)
    else:
        yield from _table_rows(_named(header.cells, columns), records, source)


def _unreadable(header: list[str], columns: Mapping[str, str]) -> str | None:
    """What is wrong with a header."""
    if lacking := [name for name in columns.values() if name not in header]:
        return f"the header lacks the column {lacking[0]!r}; the columns are {', '.join(header)}"
    if not columns and not has_text(header):
        return f"no column holds the text; the columns are {', '.join(header)}"
    column = twice(header)
    return f"the header names the column {column!r} twice" if column else None


def _named(header: list[str], columns: Columns) -> list[str]:
    """A header under our names; a column that a map leaves out has none."""
    if not columns:
        return header
    ours = {theirs: name for name, theirs in columns.items()}
    return [ours.get(column, "") for column in header]


@dataclass(frozen=True, slots=True)
class _Record:
    number: int  # of its first line
    cells: list[str]
    raw: bytes


def _table_rows(
    header: list[str], records: Iterator[_Record | Rejected], source: str
) -> Iterator[RawArticle | Rejected]:
    rows = Rows()
    for record in records:
        if isinstance(record, Rejected):
            yield record
        else:
            make = partial(_table_row, header, record, source, rows)
            yield read_one(make, source, record.number, record.raw)


def _table_row(header: list[str], row: _Record, source: str, rows: Rows) -> RawArticle:
    decode(row.raw)
    if len(row.cells) != len(header):
        raise FieldError(f"the row has {len(row.cells)} columns, the header {len(header)}")
    return rows.add(article(dict(zip(header, row.cells, strict=True)), source, row.number))


def _records(file: IO[bytes], source: str) -> Iterator[_Record | Rejected]:
    """The records of a CSV file; one that cannot be read costs its first line, not the rest.

    The ``csv`` module, met by a quote that is never closed, takes all the rest for one field.
    Here the line that opened it is rejected and reading starts again on the line below.
    """
    csv.field_size_limit(MAX_BYTES)
    again: deque[Line | Rejected] = deque()
    upcoming = lines(file, source)
    delimiter = ""
    while first := again.popleft() if again else next(upcoming, None):
        if isinstance(first, Rejected):
            yield first
            continue
        delimiter = delimiter or max(",;\t|", key=first.data.decode("latin-1").count)
        taken: list[Line | Rejected] = [first]
        try:
            cells = next(
                csv.reader(_feed(taken, again, upcoming), delimiter=delimiter, strict=True)
            )
        except csv.Error as error:
            again.extendleft(reversed(taken[1:]))
            yield rejected(source, first.number, f"not CSV: {error}", first.data)
        else:
            if cells:
                yield _Record(first.number, cells, b"".join(_raw(taken)))


def _raw(taken: list[Line | Rejected]) -> list[bytes]:
    return [line.data for line in taken if isinstance(line, Line)]


def _feed(
    taken: list[Line | Rejected], again: deque[Line | Rejected], upcoming: Iterator[Line | Rejected]
) -> Iterator[str]:
    """The text of one record's lines as the parser asks for them; ``taken`` is what it took."""
    line: Line | Rejected | None = taken[0]
    while isinstance(line, Line):
        data = line.data.removeprefix(codecs.BOM_UTF8) if line.number == 1 else line.data
        yield data.decode("utf-8", "surrogateescape")
        line = again.popleft() if again else next(upcoming, None)
        if line is not None:
            taken.append(line)
