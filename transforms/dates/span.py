"""Spans of days, and the fields of an expression as numbers."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from seeds.read import toml
from transforms.dates.grammar import SEED
from transforms.record import record

if TYPE_CHECKING:
    from transforms.dates.find import Expression

DAY = timedelta(days=1)
WEEK = 7
MONTHS = 12
#: (first, last) day of the early, middle and late part of a month; 0: its last day.
_PARTS_OF_MONTH = {"early": (1, 10), "mid": (11, 20), "late": (21, 0)}


@record
class Span:
    """Days covered, both ends included, and the UCDP precision."""

    start: date
    end: date | None
    prec: int | None


def precision(start: date, end: date) -> int:
    """UCDP ``date_prec`` of a span of days."""
    days = (end - start).days + 1
    for prec, longest in ((1, 1), (2, 6), (3, 7), (4, 31)):
        if days <= longest:
            return prec
    return 5


def span_of(start: date, end: date) -> Span:
    """The span of two days, with its precision."""
    return Span(start, end, precision(start, end))


def day_of(year: int, month: int, day: int) -> date | None:
    """A day of the calendar, or None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:  # 31 February
        return None


@cache
def month_numbers() -> dict[str, int]:
    """Names of months in lower case, 1 to 12."""
    months = toml(SEED)["months"].values()
    return {form.lower(): n for n, forms in enumerate(months, 1) for form in forms}


@cache
def weekday_numbers() -> dict[str, int]:
    """Names of weekdays in lower case, Monday 0."""
    days = toml(SEED)["weekdays"].values()
    return {form.lower(): n for n, forms in enumerate(days) for form in forms}


def group(expression: Expression, name: str) -> str:
    """A field of an expression in lower case, empty if it has none."""
    return (expression.fields.get(name) or "").lower()


def number_of(expression: Expression, name: str) -> int | None:
    """The number of a group in digits or words."""
    text = group(expression, name)
    if not text:
        return None
    if text.isdigit():
        return int(text)
    value: int = toml(SEED)["numbers"][text]
    return value


def month_span(year: int, month: int, part: str) -> Span:
    """A month, or its early, middle or late ten days."""
    length = monthrange(year, month)[1]
    name = {"the": "late" if "end" in part else "early"}.get(part.split()[0] if part else "", part)
    first, last = _PARTS_OF_MONTH.get(name, (1, 0))
    return Span(date(year, month, first), date(year, month, last or length), 4)
