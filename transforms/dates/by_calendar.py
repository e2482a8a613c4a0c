"""Days, months and years of the calendar, with their year where the text leaves it out."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from seeds.read import toml
from transforms.dates.grammar import SEED
from transforms.dates.span import (
    DAY,
    MONTHS,
    Span,
    day_of,
    group,
    month_numbers,
    month_span,
    number_of,
    span_of,
    weekday_numbers,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from transforms.dates.find import Expression

#: Years to either side in which a weekday may settle the year of "Friday, 31 January".
_NEAR_YEARS = 1
#: Two-digit years up to this one are of this century where nothing else decides.
_CENTURY_PIVOT = 69


def _iso(expression: Expression, anchor: date | None) -> Span | None:
    del anchor
    numbers = (number_of(expression, name) or 0 for name in ("y", "m", "d"))
    day = day_of(*numbers)
    return span_of(day, day) if day else None


def _numeric(expression: Expression, anchor: date | None) -> Span | None:
    """ "24/06/2014": day or month first; where both can be, the one just before the anchor."""
    first, second = number_of(expression, "n1") or 0, number_of(expression, "n2") or 0
    year = number_of(expression, "year") or 0
    orders = (
        [(second, first)]
        if expression.fields.get("cut") == "."
        else [
            (second, first),
            (first, second),
        ]
    )
    days = {
        day for month, number in orders if month <= MONTHS and (day := day_of(year, month, number))
    }
    if len(days) > 1 and anchor is not None:
        days = {day for day in days if timedelta(0) <= anchor - day <= 31 * DAY}
    return span_of(day, day) if len(days) == 1 and (day := days.pop()) else None


def _day_of_month(expression: Expression, anchor: date | None) -> Span | None:
    month = month_numbers()[group(expression, "month")]
    day = number_of(expression, "day") or 0
    last_month = month_numbers()[group(expression, "month2") or group(expression, "month")]
    last_day = number_of(expression, "day2") or day
    year = _year(expression, month, day, anchor)
    if year is None:
        return None
    start, end = day_of(year, month, day), day_of(year, last_month, last_day)
    return span_of(start, end) if start and end and start <= end else None


def _year(expression: Expression, month: int, day: int, anchor: date | None) -> int | None:
    """The year as stated, or of the latest such day up to the anchor (the next, if to come)."""
    stated = _stated_year(expression, anchor)
    if stated is not None or anchor is None:
        return stated
    near = range(anchor.year - _NEAR_YEARS, anchor.year + _NEAR_YEARS + 1)
    days = [found for year in near if (found := day_of(year, month, day))]
    days = _on_weekday(days, group(expression, "weekday"), anchor) or days
    past = [found for found in days if found <= anchor]
    to_come = [found for found in days if found >= anchor]
    chosen = to_come[:1] if to_come and (expression.future or not past) else past[-1:]
    return chosen[0].year if chosen else None


def _on_weekday(days: list[date], weekday: str, anchor: date) -> list[date]:
    """Those that fall on the weekday as stated; of several, the one nearest to the anchor."""
    if not weekday:
        return []
    fitting = [day for day in days if day.weekday() == weekday_numbers()[weekday]]
    return sorted(fitting, key=lambda day: abs((day - anchor).days))[:1]


def _stated_year(expression: Expression, anchor: date | None) -> int | None:
    stated = expression.fields.get("year")
    if stated:
        return int(stated)
    short = expression.fields.get("short")
    if not short:
        return None
    year = int(short)
    if anchor is not None:
        century = anchor.year - anchor.year % 100
        return century + year if century + year <= anchor.year + 1 else century - 100 + year
    return 2000 + year if year <= _CENTURY_PIVOT else 1900 + year


def _fixed_day(expression: Expression, anchor: date | None) -> Span | None:
    holidays = toml(SEED)["holidays"]
    by_name = {name.lower(): value for name, value in holidays.items()}
    month, day = by_name[group(expression, "holiday")]
    year = _year(expression, month, day, anchor)
    found = day_of(year, month, day) if year is not None else None
    return span_of(found, found) if found else None


def _nth(expression: Expression, anchor: date | None) -> Span | None:
    """ "on the 24th": the latest such day up to the anchor."""
    if anchor is None:
        return None
    number = number_of(expression, "day") or 0
    for back in range(MONTHS):
        month = anchor.year * MONTHS + anchor.month - 1 - back
        day = day_of(month // MONTHS, month % MONTHS + 1, number)
        if day and day <= anchor:
            return span_of(day, day)
    return None


def _month_of_year(expression: Expression, anchor: date | None) -> Span | None:
    month = month_numbers()[group(expression, "month")]
    year = _year_of_month(expression, month, anchor)
    if year is None:
        return None
    span = month_span(year, month, group(expression, "part"))
    running = anchor is not None and span.start <= anchor <= (span.end or anchor)
    return Span(span.start, anchor, 4) if running and not expression.future else span


def _year_of_month(expression: Expression, month: int, anchor: date | None) -> int | None:
    stated = expression.fields.get("year")
    if stated or anchor is None:
        return int(stated) if stated else None
    which = group(expression, "which")
    if which.startswith("of "):  # "July of last year", as other languages say it
        return anchor.year - (which == "of last year")
    if which == "next" or (expression.future and which not in ("last", "this")):
        return anchor.year + (month <= anchor.month if which == "next" else month < anchor.month)
    if which == "last":
        return anchor.year - (month >= anchor.month)
    return anchor.year - (month > anchor.month)


def _whole_year(expression: Expression, anchor: date | None) -> Span | None:
    year = number_of(expression, "year") or 0
    end = date(year, 12, 31)
    if anchor is not None and anchor.year == year:
        end = anchor
    return Span(date(year, 1, 1), end, 5)


def _decade(expression: Expression, anchor: date | None) -> Span | None:
    del anchor
    year = number_of(expression, "year") or 0
    return Span(date(year, 1, 1), date(year + 9, 12, 31), 5)


def _season(expression: Expression, anchor: date | None) -> Span | None:
    del anchor
    first, last = toml(SEED)["seasons"][group(expression, "season")]
    year = number_of(expression, "year") or 0
    end_year = year + (last < first)
    return Span(date(year, first, 1), date(end_year, last, monthrange(end_year, last)[1]), 5)


RULES: dict[str, Callable[[Expression, date | None], Span | None]] = {
    "iso": _iso,
    "numeric": _numeric,
    "day_of_month": _day_of_month,
    "fixed_day": _fixed_day,
    "nth": _nth,
    "month_of_year": _month_of_year,
    "whole_year": _whole_year,
    "decade": _decade,
    "season_of_year": _season,
}
