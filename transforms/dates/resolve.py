"""Decides which days a date expression covers, counted from the article's date line.

``None`` where the text does not say: no anchor, or a day that does not exist. The publication
date never stands in. Precision follows the UCDP GED codebook (``date_prec``): 1 the day, 2 a span
of 2-6 days, 3 a week, 4 a month, 5 a year or longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.dates import by_anchor, by_calendar
from transforms.dates.span import Span, precision, span_of

if TYPE_CHECKING:
    from datetime import date

    from transforms.dates.find import Expression

__all__ = ["Span", "precision", "resolve"]

_RULES = by_calendar.RULES | by_anchor.RULES


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
    return span_of(span.start, anchor)
