"""Decides which days a date expression covers, counted from the article's date line.

``None`` where the text does not say: no anchor, or a day that does not exist. The publication
date never stands in. Precision follows the UCDP GED codebook (``date_prec``): 1 the day, 2 a span
of 2-6 days, 3 a week, 4 a month, 5 a year or longer.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from seeds.read import toml
from transforms.dates.grammar import SEED

if TYPE_CHECKING:
    from collections.abc import Callable

    from transforms.dates.find import Expression

_DAY = timedelta(days=1)
_WEEK = 7
#: Years to either side in which a weekday may settle the year of "Friday, 31 January".
_NEAR_YEARS = 1
#: Two-digit years up to this one are of this century where nothing else decides.
_CENTURY_PIVOT = 69
_MONTHS = 12
#: (first, last) day of the early, middle and late part of a month; 0: its last day.
_PARTS_OF_MONTH = {"early": (1, 10), "mid": (11, 20), "late": (21, 0)}
_HOURS_OF_DAY = 24


@dataclass(frozen=True, slots=True)
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


def resolve(expression: Expression, anchor: date | None) -> Span | None:
    """The days an expression covers.

    Args:
        expression: as found.
        anchor: the day of the date line, from which "yesterday" counts; None: unknown.

    Returns:
        The span, or None where it cannot be known.
    """
    span = _RULES[expression.kind](expression, anchor)
    if span is None or not expression.fields["since"]:
        return span
    if anchor is None or anchor < span.start:
        return Span(span.start, None, None)
    return _span(span.start, anchor)


def _span(start: date, end: date) -> Span:
    return Span(start, end, precision(start, end))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 31 February
        return None


@cache
def _month_numbers() -> dict[str, int]:
    months = toml(SEED)["months"].values()
    return {form.lower(): n for n, forms in enumerate(months, 1) for form in forms}


@cache
def _weekday_numbers() -> dict[str, int]:
    days = toml(SEED)["weekdays"].values()
    return {form.lower(): n for n, forms in enumerate(days) for form in forms}


def _group(expression: Expression, name: str) -> str:
    return (expression.fields.get(name) or "").lower()


def _number(expression: Expression, name: str) -> int | None:
    """The number of a group in digits or words."""
    text = _group(expression, name)
    if not text:
        return None
    if text.isdigit():
        return int(text)
    value: int = toml(SEED)["numbers"][text]
    return value


# --- days of the calendar --------------------------------------------------------------------


def _iso(expression: Expression, anchor: date | None) -> Span | None:
    del anchor
    numbers = (_number(expression, name) or 0 for name in ("y", "m", "d"))
    day = _day(*numbers)
    return _span(day, day) if day else None


def _numeric(expression: Expression, anchor: date | None) -> Span | None:
    """ "24/06/2014": day or month first; where both can be, the one just before the anchor."""
    first, second = _number(expression, "n1") or 0, _number(expression, "n2") or 0
    year = _number(expression, "year") or 0
    orders = (
        [(second, first)]
        if expression.fields.get("cut") == "."
        else [
            (second, first),
            (first, second),
        ]
    )
    days = {
        day for month, number in orders if month <= _MONTHS and (day := _day(year, month, number))
    }
    if len(days) > 1 and anchor is not None:
        days = {day for day in days if timedelta(0) <= anchor - day <= 31 * _DAY}
    return _span(day, day) if len(days) == 1 and (day := days.pop()) else None


def _day_of_month(expression: Expression, anchor: date | None) -> Span | None:
    month = _month_numbers()[_group(expression, "month")]
    day = _number(expression, "day") or 0
    last_month = _month_numbers()[_group(expression, "month2") or _group(expression, "month")]
    last_day = _number(expression, "day2") or day
    year = _year(expression, month, day, anchor)
    if year is None:
        return None
    start, end = _day(year, month, day), _day(year, last_month, last_day)
    return _span(start, end) if start and end and start <= end else None


def _year(expression: Expression, month: int, day: int, anchor: date | None) -> int | None:
    """The year as stated, or of the latest such day up to the anchor (the next, if to come)."""
    stated = _stated_year(expression, anchor)
    if stated is not None or anchor is None:
        return stated
    near = range(anchor.year - _NEAR_YEARS, anchor.year + _NEAR_YEARS + 1)
    days = [found for year in near if (found := _day(year, month, day))]
    days = _on_weekday(days, _group(expression, "weekday"), anchor) or days
    past = [found for found in days if found <= anchor]
    to_come = [found for found in days if found >= anchor]
    chosen = to_come[:1] if to_come and (expression.future or not past) else past[-1:]
    return chosen[0].year if chosen else None


def _on_weekday(days: list[date], weekday: str, anchor: date) -> list[date]:
    """Those that fall on the weekday as stated; of several, the one nearest to the anchor."""
    if not weekday:
        return []
    fitting = [day for day in days if day.weekday() == _weekday_numbers()[weekday]]
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
    month, day = by_name[_group(expression, "holiday")]
    year = _year(expression, month, day, anchor)
    found = _day(year, month, day) if year is not None else None
    return _span(found, found) if found else None


def _nth(expression: Expression, anchor: date | None) -> Span | None:
    """ "on the 24th": the latest such day up to the anchor."""
    if anchor is None:
        return None
    number = _number(expression, "day") or 0
    for back in range(_MONTHS):
        month = anchor.year * _MONTHS + anchor.month - 1 - back
        day = _day(month // _MONTHS, month % _MONTHS + 1, number)
        if day and day <= anchor:
            return _span(day, day)
    return None


# --- months and years ------------------------------------------------------------------------


def _month_of_year(expression: Expression, anchor: date | None) -> Span | None:
    month = _month_numbers()[_group(expression, "month")]
    year = _year_of_month(expression, month, anchor)
    if year is None:
        return None
    span = _month_span(year, month, _group(expression, "part"))
    running = anchor is not None and span.start <= anchor <= (span.end or anchor)
    return Span(span.start, anchor, 4) if running and not expression.future else span


def _year_of_month(expression: Expression, month: int, anchor: date | None) -> int | None:
    stated = expression.fields.get("year")
    if stated or anchor is None:
        return int(stated) if stated else None
    which = _group(expression, "which")
    if which == "next" or (expression.future and which not in ("last", "this")):
        return anchor.year + (month <= anchor.month if which == "next" else month < anchor.month)
    if which == "last":
        return anchor.year - (month >= anchor.month)
    return anchor.year - (month > anchor.month)


def _month_span(year: int, month: int, part: str) -> Span:
    length = monthrange(year, month)[1]
    name = {"the": "late" if "end" in part else "early"}.get(part.split()[0] if part else "", part)
    first, last = _PARTS_OF_MONTH.get(name, (1, 0))
    return Span(date(year, month, first), date(year, month, last or length), 4)


def _whole_year(expression: Expression, anchor: date | None) -> Span | None:
    year = _number(expression, "year") or 0
    end = date(year, 12, 31)
    if anchor is not None and anchor.year == year:
        end = anchor
    return Span(date(year, 1, 1), end, 5)


def _decade(expression: Expression, anchor: date | None) -> Span | None:
    del anchor
    year = _number(expression, "year") or 0
    return Span(date(year, 1, 1), date(year + 9, 12, 31), 5)


def _season(expression: Expression, anchor: date | None) -> Span | None:
    del anchor
    first, last = toml(SEED)["seasons"][_group(expression, "season")]
    year = _number(expression, "year") or 0
    end_year = year + (last < first)
    return Span(date(year, first, 1), date(end_year, last, monthrange(end_year, last)[1]), 5)


# --- days counted from the anchor ------------------------------------------------------------


def _day_named(expression: Expression, anchor: date | None) -> Span | None:
    if anchor is None:
        return None
    shift = {"yesterday": -1, "tomorrow": 1}.get(_group(expression, "named"), 0)
    day = anchor + shift * _DAY
    return _span(day, day)


def _before_yesterday(expression: Expression, anchor: date | None) -> Span | None:
    del expression
    return _span(anchor - 2 * _DAY, anchor - 2 * _DAY) if anchor else None


def _part_of_day(expression: Expression, anchor: date | None) -> Span | None:
    """ "this morning" is the anchor's day; "last night" the evening before."""
    if anchor is None:
        return None
    day = anchor - _DAY if _group(expression, "which") == "last" else anchor
    return _span(day, day)


def _night(expression: Expression, anchor: date | None) -> Span | None:
    """The night before publication: two days, as the text does not say which side of midnight."""
    del expression
    return _span(anchor - _DAY, anchor) if anchor else None


def _day_of_week(expression: Expression, anchor: date | None) -> Span | None:
    if anchor is None:
        return None
    weekday = _weekday_numbers()[_group(expression, "weekday")]
    week, which = _group(expression, "week"), _group(expression, "which")
    if week:
        monday = anchor - anchor.weekday() * _DAY + {"last": -7, "this": 0, "next": 7}[week] * _DAY
        day = monday + weekday * _DAY
    elif which in ("next", "this coming") or (expression.future and which != "last"):
        day = anchor + ((weekday - anchor.weekday()) % _WEEK or _WEEK * (which == "next")) * _DAY
    elif "following" in which or "previous" in which:
        return None  # counted from another date of the text
    else:
        back = (anchor.weekday() - weekday) % _WEEK
        day = anchor - (back or _WEEK * (which == "last")) * _DAY
    return _span(day, day)


def _night_of_weekday(expression: Expression, anchor: date | None) -> Span | None:
    """ "overnight on Monday": that day and, up to the anchor, the next."""
    if anchor is None:
        return None
    weekday = _weekday_numbers()[_group(expression, "weekday")]
    day = anchor - ((anchor.weekday() - weekday) % _WEEK) * _DAY
    return _span(day, min(day + _DAY, anchor))


def _weekend(expression: Expression, anchor: date | None) -> Span | None:
    if anchor is None:
        return None
    which = _group(expression, "which")
    saturday = anchor - ((anchor.weekday() - 5) % _WEEK) * _DAY
    if which == "next" or expression.future:
        saturday += _WEEK * _DAY
        return Span(saturday, saturday + _DAY, 2)
    if which == "last" and (anchor - saturday).days <= 1:
        saturday -= _WEEK * _DAY
    return Span(saturday, max(saturday, min(saturday + _DAY, anchor)), 2)


# --- spans counted from the anchor -----------------------------------------------------------


def _distance(expression: Expression, anchor: date | None) -> Span | None:
    """ "three days ago"; "two days earlier" counts from another date and stays unknown."""
    number = _number(expression, "n")
    if anchor is None or number is None or not expression.fields.get("ago"):
        return None
    unit = _group(expression, "unit")
    if unit == "hour":
        return _span(anchor - (1 + number // _HOURS_OF_DAY) * _DAY, anchor)
    if unit in ("day", "night"):
        return _span(anchor - number * _DAY, anchor - number * _DAY)
    if unit == "week":
        day = anchor - number * _WEEK * _DAY
        return Span(day - 3 * _DAY, day + 3 * _DAY, 3)
    return _months_ago(number, anchor) if unit == "month" else _years_ago(number, anchor)


def _months_ago(number: int, anchor: date) -> Span | None:
    month = anchor.year * _MONTHS + anchor.month - 1 - number
    return _month_span(month // _MONTHS, month % _MONTHS + 1, "")


def _years_ago(number: int, anchor: date) -> Span | None:
    year = anchor.year - number
    return Span(date(year, 1, 1), date(year, 12, 31), 5) if year >= 1 else None


def _past(expression: Expression, anchor: date | None) -> Span | None:
    """ "in the past 24 hours": up to the anchor."""
    number = _number(expression, "n")
    if anchor is None or number is None:
        return None
    days = {"hour": 1 / _HOURS_OF_DAY, "night": 1, "day": 1, "week": 7, "month": 30, "year": 365}
    length = max(1, round(number * days[_group(expression, "unit")]))
    return _span(anchor - length * _DAY, anchor)


def _unit_named(expression: Expression, anchor: date | None) -> Span | None:
    """ "last week", "this month", "the past year"."""
    if anchor is None:
        return None
    which, unit = _group(expression, "which"), _group(expression, "unit")
    if "past" in which:
        days = {"week": 7, "month": 30, "year": 365}[unit]
        return Span(anchor - days * _DAY, anchor, {"week": 3, "month": 4, "year": 5}[unit])
    shift = {"this": 0, "next": 1}.get(which, -1)
    span = _UNITS[unit](anchor, shift)
    return Span(span.start, anchor, span.prec) if shift == 0 and not expression.future else span


def _week_at(anchor: date, shift: int) -> Span:
    monday = anchor - anchor.weekday() * _DAY + shift * _WEEK * _DAY
    return Span(monday, monday + 6 * _DAY, 3)


def _month_at(anchor: date, shift: int) -> Span:
    month = anchor.year * _MONTHS + anchor.month - 1 + shift
    return _month_span(month // _MONTHS, month % _MONTHS + 1, "")


def _year_at(anchor: date, shift: int) -> Span:
    return Span(date(anchor.year + shift, 1, 1), date(anchor.year + shift, 12, 31), 5)


_UNITS: dict[str, Callable[[date, int], Span]] = {
    "week": _week_at,
    "month": _month_at,
    "year": _year_at,
}
_RULES: dict[str, Callable[[Expression, date | None], Span | None]] = {
    "iso": _iso,
    "numeric": _numeric,
    "day_of_month": _day_of_month,
    "fixed_day": _fixed_day,
    "nth": _nth,
    "month_of_year": _month_of_year,
    "whole_year": _whole_year,
    "decade": _decade,
    "season_of_year": _season,
    "day_named": _day_named,
    "before_yesterday": _before_yesterday,
    "part_of_day": _part_of_day,
    "night": _night,
    "before_dawn": _night,
    "day_of_week": _day_of_week,
    "night_of_weekday": _night_of_weekday,
    "weekend": _weekend,
    "distance": _distance,
    "past": _past,
    "unit_named": _unit_named,
}
