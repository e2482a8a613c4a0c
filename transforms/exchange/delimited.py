"""CSV: RFC 4180, so lines end in CRLF and quotes are doubled. NULL is an empty field."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

#: A field that begins so is a formula to a spreadsheet (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Between the values of a list, as UCDP and ACLED have it.
_BETWEEN = "; "


def lines(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, guard: bool = False
) -> Iterator[str]:
    """A header and a line each row, with line ends.

    Args:
        columns: names of the columns.
        rows: values in that order.
        guard: put an apostrophe before text that a spreadsheet would take for a formula.
    """
    for row in itertools.chain([columns], rows):
        yield _line([_cell(value, guard=guard) for value in row])


def _line(cells: list[object]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def _cell(value: object, *, guard: bool) -> object:
    if isinstance(value, list | tuple):
        value = _BETWEEN.join(map(str, value))
    elif isinstance(value, date):
        return moment(value)
    if guard and isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def moment(value: date) -> str:
    """A day, or a time in UTC, by ISO 8601."""
    text = value.isoformat()
    return f"{text}Z" if isinstance(value, datetime) and value.tzinfo is None else text
