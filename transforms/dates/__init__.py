"""Dates as the text gives them, resolved against the article's date line."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import regex

from transforms.dates import inflected
from transforms.dates.find import Expression, find
from transforms.dates.resolve import precision, resolve
from transforms.model import DateMention

if TYPE_CHECKING:
    from datetime import date

    from transforms.text import Doc

__all__ = ["dateline", "read"]

#: A date line stands among the first lines of an article.
_DATELINE_WITHIN = 400
# "KABUL, Afghanistan (" or "SAN SALVADOR, " before the date, at the beginning of a line.
_DATELINE_PLACE = regex.compile(
    r"\s*\p{Lu}[\p{Lu}\s.'’-]{2,40}(?:\([^()\n]{2,30}\)|,[^,()\n]{2,40})?,?\s*[(\[]?"
)
_STAMP = regex.compile(
    r"(?i)\b(?:published|posted|updated|last\s+modified|filed|date)\b[\s:on]*(?:\w+,\s*)?"
)
_BETWEEN = regex.compile(r"(?i)\b(?:between|from)\s+(?:the\s+night\s+of\s+)?$")
_TO = regex.compile(r"(?i)\s*(?:(?:and|to|until|till|through|into)\s+|[-–—]\s*)")
#: How far a date line without a year may be ahead of the day of publication.
_AHEAD = timedelta(days=3)
_DAY_KINDS = frozenset(("day_of_month", "iso", "numeric"))


def read(doc: Doc, published_at: date | None) -> list[DateMention]:
    """Every date expression of a text, in order, with the days it covers.

    Args:
        doc: the text.
        published_at: the article's day. A date line in the text ("KABUL (Aug. 8, 2011)") goes
            before it: that is the day from which the writer's "yesterday" counts.

    Returns:
        Mentions with ``None`` dates where the days cannot be known.
    """
    if not doc.language.has("dates.toml"):
        return []
    seek = find if doc.language.order == "fixed" else inflected.find
    expressions = _without_doubled_dawn(doc, list(seek(doc)))
    if not expressions:
        return []
    anchor = _anchor(doc, expressions, published_at)
    mentions = [_mention(doc, expression, anchor) for expression in expressions]
    return _joined(doc, mentions) if len(mentions) > 1 else mentions


def dateline(doc: Doc, mentions: list[DateMention]) -> DateMention | None:
    """The mention that is the article's date line or stamp: a day of writing, not of events."""
    for mention in mentions:
        if mention.start > _DATELINE_WITHIN:
            return None
        if _heads(doc.text, mention.start):
            return mention
    return None


def _without_doubled_dawn(doc: Doc, expressions: list[Expression]) -> list[Expression]:
    """Drops "pre-dawn" where its sentence names the day: there it is only the time of day."""
    if not any(expression.kind == "before_dawn" for expression in expressions):
        return expressions
    dated = {
        doc.sentence_at(expression.start)
        for expression in expressions
        if expression.kind != "before_dawn"
    }
    return [
        expression
        for expression in expressions
        if expression.kind != "before_dawn" or doc.sentence_at(expression.start) not in dated
    ]


def _mention(doc: Doc, expression: Expression, anchor: date | None) -> DateMention:
    span = resolve(expression, anchor)
    text = doc.text[expression.start : expression.end]
    if span is None:
        return DateMention(expression.start, expression.end, text, None, None, None)
    return DateMention(expression.start, expression.end, text, span.start, span.end, span.prec)


def _heads(text: str, start: int) -> bool:
    """Whether what stands before a date makes it the article's own."""
    line = text.rfind("\n", 0, start) + 1
    return bool(_DATELINE_PLACE.fullmatch(text, line, start) or _STAMP.fullmatch(text, line, start))


def _anchor(doc: Doc, expressions: list[Expression], published_at: date | None) -> date | None:
    """The day of the date line, if it gives one in full; else the day of publication."""
    for expression in expressions:
        if expression.start > _DATELINE_WITHIN:
            break
        if expression.kind in _DAY_KINDS and _heads(doc.text, expression.start):
            span = resolve(expression, _lenient(published_at))
            if span is not None:
                return span.start
    return published_at


def _lenient(published_at: date | None) -> date | None:
    """A date line may be ahead of the day of publication: the clocks differ, and so do zones."""
    return published_at and published_at + _AHEAD


def _joined(doc: Doc, mentions: list[DateMention]) -> list[DateMention]:
    """ "between Friday and Sunday", "from 3 May to 7 June": one span."""
    joined = mentions[:1]
    for mention in mentions[1:]:
        span = _between(doc.text, joined[-1], mention)
        if span is None:
            joined.append(mention)
        else:
            joined[-1] = span
    return joined


def _between(text: str, first: DateMention, second: DateMention) -> DateMention | None:
    if not first.date_start or not second.date_end or first.date_start >= second.date_end:
        return None
    if not _TO.fullmatch(text, first.end, second.start):
        return None
    opened = _BETWEEN.search(text, max(0, first.start - 30), first.start)
    dash = text[first.end : second.start].strip()[:1] in "-–—"
    if not opened and not dash and not text[first.end : second.start].strip().startswith("to"):
        return None
    start = opened.start() if opened else first.start
    days = precision(first.date_start, second.date_end)
    return DateMention(
        start, second.end, text[start : second.end], first.date_start, second.date_end, days
    )
