"""Files of many articles: a row, an article. JSON Lines and CSV."""

from __future__ import annotations

import codecs
import csv
from collections import deque
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import orjson

from flows.readers.lines import Line, lines
from flows.readers.model import (
    MAX_BYTES,
    FieldError,
    RawArticle,
    Rejected,
    article,
    decode,
    has_text,
    rejected,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


def jsonl(file: IO[bytes], source: str) -> Iterator[RawArticle | Rejected]:
    """The articles of a JSON Lines file; blank lines are skipped."""
    for line in lines(file, source):
        if isinstance(line, Rejected):
            yield line
        elif line.data.strip():
            yield _json_row(line, source)


def _json_row(line: Line, source: str) -> RawArticle | Rejected:
    data = line.data.removeprefix(codecs.BOM_UTF8) if line.number == 1 else line.data
    try:
        row = orjson.loads(decode(data).rstrip())
        if not isinstance(row, dict):
            raise FieldError(f"expected an object, found {type(row).__name__}")
        return article(row, source, line.number)
    except orjson.JSONDecodeError as error:
        reason = f"not JSON: {error.msg} at column {error.colno}"
    except FieldError as error:
        reason = str(error)
    return rejected(source, line.number, reason, line.data)


def table(file: IO[bytes], source: str) -> Iterator[RawArticle | Rejected]:
    """The articles of a CSV file: UTF-8, a header row, quoted as RFC 4180 says.

    The delimiter is the commonest in the header of comma, semicolon, tab and bar.
    """
    records = _records(file, source)
    header = next(records, None)
    if header is None:
        yield rejected(source, 1, "the table is empty: there is no header row", b"")
    elif isinstance(header, Rejected):
        yield header
    elif not has_text(header.cells):
        found = ", ".join(header.cells)
        reason = f"no column holds the text, so no row was read; the columns are {found}"
        yield rejected(source, header.number, reason, header.raw)
    else:
        for row in records:
            yield row if isinstance(row, Rejected) else _table_row(header.cells, row, source)


@dataclass(frozen=True, slots=True)
class _Record:
    number: int  # of its first line
    cells: list[str]
    raw: bytes


def _table_row(header: list[str], row: _Record, source: str) -> RawArticle | Rejected:
    try:
        decode(row.raw)
        if len(row.cells) != len(header):
            raise FieldError(f"the row has {len(row.cells)} columns, the header {len(header)}")
        return article(dict(zip(header, row.cells, strict=True)), source, row.number)
    except FieldError as error:
        return rejected(source, row.number, str(error), row.raw)


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
