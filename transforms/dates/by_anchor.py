"""Days and spans counted from the article's date line: "on Tuesday", "three days ago"."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from transforms.dates.span import (
    DAY,
    MONTHS,
    WEEK,
    Span,
    group,
    month_span,
    number_of,
    span_of,
    weekday_numbers,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from transforms.dates.find import Expression

_HOURS_OF_DAY = 24


def _day_named(expression: Expression, anchor: date | None) -> Span | None:
    if anchor is None:
        return None
    shift = {"yesterday": -1, "tomorrow": 1}.get(group(expression, "named"), 0)
    day = anchor + shift * DAY
    return span_of(day, day)


def _before_yesterday(expression: Expression, anchor: date | None) -> Span | None:
    del expression
    return span_of(anchor - 2 * DAY, anchor - 2 * DAY) if anchor else None


def _part_of_day(expression: Expression, anchor: date | None) -> Span | None:
    """ "this morning" is the anchor's day; "last night" the evening before."""
    if anchor is None:
        return None
    day = anchor - DAY if group(expression, "which") == "last" else anchor
    return span_of(day, day)


def _night(expression: Expression, anchor: date | None) -> Span | None:
    """The night before publication: two days, as the text does not say which side of midnight."""
    del expression
    return span_of(anchor - DAY, anchor) if anchor else None


def _day_of_week(expression: Expression, anchor: date | None) -> Span | None:
    if anchor is None:
        return None
    weekday = weekday_numbers()[group(expression, "weekday")]
    week, which = group(expression, "week"), group(expression, "which")
    if week:
        monday = anchor - anchor.weekday() * DAY + {"last": -7, "this": 0, "next": 7}[week] * DAY
        day = monday + weekday * DAY
    elif which in ("next", "this coming") or (expression.future and which != "last"):
        day = anchor + ((weekday - anchor.weekday()) % WEEK or WEEK * (which == "next")) * DAY
    elif "following" in which or "previous" in which:
        return None  # counted from another date of the text
    else:
        back = (anchor.weekday() - weekday) % WEEK
        day = anchor - (back or WEEK * (which == "last")) * DAY
    return span_of(day, day)


def _night_of_weekday(expression: Expression, anchor: date | None) -> Span | None:
    """ "overnight on Monday": that day and, up to the anchor, the next."""
    if anchor is None:
        return None
    weekday = weekday_numbers()[group(expression, "weekday")]
    day = anchor - ((anchor.weekday() - weekday) % WEEK) * DAY
    return span_of(day, min(day + DAY, anchor))


def _weekend(expression: Expression, anchor: date | None) -> Span | None:
    if anchor is None:
        return None
    which = group(expression, "which")
    saturday = anchor - ((anchor.weekday() - 5) % WEEK) * DAY
    if which == "next" or expression.future:
        saturday += WEEK * DAY
        return Span(saturday, saturday + DAY, 2)
    if which == "last" and (anchor - saturday).days <= 1:
        saturday -= WEEK * DAY
    return Span(saturday, max(saturday, min(saturday + DAY, anchor)), 2)


def _distance(expression: Expression, anchor: date | None) -> Span | None:
    """ "three days ago"; "two days earlier" counts from another date and stays unknown."""
    number = number_of(expression, "n")
    if anchor is None or number is None or not expression.fields.get("ago"):
        return None
    unit = group(expression, "unit")
    if unit == "hour":
        return span_of(anchor - (1 + number // _HOURS_OF_DAY) * DAY, anchor)
    if unit in ("day", "night"):
        return span_of(anchor - number * DAY, anchor - number * DAY)
    if unit == "week":
        day = anchor - number * WEEK * DAY
        return Span(day - 3 * DAY, day + 3 * DAY, 3)
    return _months_ago(number, anchor) if unit == "month" else _years_ago(number, anchor)


def _months_ago(number: int, anchor: date) -> Span | None:
    month = anchor.year * MONTHS + anchor.month - 1 - number
    return month_span(month // MONTHS, month % MONTHS + 1, "")


def _years_ago(number: int, anchor: date) -> Span | None:
    year = anchor.year - number
    return Span(date(year, 1, 1), date(year, 12, 31), 5) if year >= 1 else None


def _past(expression: Expression, anchor: date | None) -> Span | None:
    """ "in the past 24 hours": up to the anchor."""
    number = number_of(expression, "n")
    if anchor is None or number is None:
        return None
    days = {"hour": 1 / _HOURS_OF_DAY, "night": 1, "day": 1, "week": 7, "month": 30, "year": 365}
    length = max(1, round(number * days[group(expression, "unit")]))
    return span_of(anchor - length * DAY, anchor)


def _unit_named(expression: Expression, anchor: date | None) -> Span | None:
    """ "last week", "this month", "the past year"."""
    if anchor is None:
        return None
    which, unit = group(expression, "which"), group(expression, "unit")
    if "past" in which:
        days = {"week": 7, "month": 30, "year": 365}[unit]
        return Span(anchor - days * DAY, anchor, {"week": 3, "month": 4, "year": 5}[unit])
    shift = {"this": 0, "next": 1}.get(which, -1)
    span = _UNITS[unit](anchor, shift)
    return Span(span.start, anchor, span.prec) if shift == 0 and not expression.future else span


def _week_at(anchor: date, shift: int) -> Span:
    monday = anchor - anchor.weekday() * DAY + shift * WEEK * DAY
    return Span(monday, monday + 6 * DAY, 3)


def _month_at(anchor: date, shift: int) -> Span:
    month = anchor.year * MONTHS + anchor.month - 1 + shift
    return month_span(month // MONTHS, month % MONTHS + 1, "")


def _year_at(anchor: date, shift: int) -> Span:
    return Span(date(anchor.year + shift, 1, 1), date(anchor.year + shift, 12, 31), 5)


_UNITS: dict[str, Callable[[date, int], Span]] = {
    "week": _week_at,
    "month": _month_at,
    "year": _year_at,
}
RULES: dict[str, Callable[[Expression, date | None], Span | None]] = {
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
