"""A claim's scope by the dates beside it: old events and totals of a month are no incident."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from transforms.casualties import asides
from transforms.casualties import scope as scopes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from transforms.casualties.resolve import Stated
    from transforms.model import DateMention, EventMention, Scope
    from transforms.text import Doc

#: An event this much older than the article is looked back on, whatever else the article tells.
_LONG_AGO = timedelta(days=3 * 365)
#: An event this much older is looked back on when the article tells of a recent one.
_BEFORE = timedelta(days=30)
_RECENT = timedelta(days=14)
#: A record begins with its day: "On 3 May 2014, …", "05/03/2014: …".
_OPENING = 12
#: UCDP date_prec of a month; a figure above the other bound that is given for one is a total.
_MONTH = 4
_MANY = 20
#: A figure for a span this long is a total, whatever words of attack stand beside it.
_SEASON = timedelta(days=45)


def rescope(
    doc: Doc,
    stated: Sequence[Stated],
    dates: Mapping[int, Sequence[DateMention]],
    events: Mapping[int, Sequence[EventMention]],
    published_at: date | None,
) -> list[Stated]:
    """Claims with the scope that their dates give them.

    Args:
        doc: the text.
        stated: claims with their mentions.
        dates: date mentions by sentence, the date line left out.
        events: attack words by sentence.
        published_at: the article's day; without it no date is old.
    """
    published_at = _told_on(dates.get(0, ()), published_at)
    days = {id(item): _day(doc, item, dates) for item in stated}
    recent = published_at is not None and any(
        _is_recent(days[id(item)], published_at) for item in stated
    )
    found: list[Stated] = []
    known: dict[str, Scope] = {}
    for item in stated:
        scope = item.claim.scope
        if scope == "incident":
            scope = _scope(item, days[id(item)], events, published_at, recent=recent)
        if scope == "incident" and item.claim.relation == "subset":
            scope = known.get(item.claim.parent_claim_id or "", scope)
        known[item.claim.claim_id] = scope
        found.append(item if scope == item.claim.scope else asides.rescoped(item, scope))
    old = {
        id(now)
        for now, item in zip(found, stated, strict=True)
        if _is_old(days[id(item)], published_at)
        or _is_season(days[id(item)])
        or (
            now.claim.scope == "background"
            and scopes.is_remembered(doc, doc.sentences[item.sentence])
        )
    }
    return asides.looked_back_on(asides.rescope(doc, found), old)


def _told_on(opening: Sequence[DateMention], published_at: date | None) -> date | None:
    """The day to look back from: a record that opens with the day of an old event tells of it.

    "21 January 2016: Gunmen opened fire …" in a list or an archive that came out years later.
    """
    first = min(opening, key=lambda d: d.start, default=None)
    if first is None or first.start > _OPENING or first.date_prec != 1:
        return published_at
    return first.date_end if _is_old(first, published_at) else published_at


def _day(doc: Doc, item: Stated, dates: Mapping[int, Sequence[DateMention]]) -> DateMention | None:
    """The date nearest to a claim in its sentence, else the last before it in its paragraph."""
    own = [d for d in dates.get(item.sentence, ()) if d.date_end is not None]
    if own:
        return min(own, key=lambda d: _distance(d, item))
    paragraph = doc.sentences[item.sentence].paragraph
    for number in range(item.sentence - 1, -1, -1):
        if doc.sentences[number].paragraph != paragraph:
            return None
        before = [d for d in dates.get(number, ()) if d.date_end is not None]
        if before:
            return before[-1]
    return None


def _distance(day: DateMention, item: Stated) -> int:
    return max(day.start - item.claim.end, item.claim.start - day.end, 0)


def _is_recent(day: DateMention | None, published_at: date) -> bool:
    return day is not None and day.date_end is not None and published_at - day.date_end <= _RECENT


def _is_old(day: DateMention | None, published_at: date | None) -> bool:
    """Whether an event is too old to be what an article tells of."""
    if day is None or day.date_end is None or published_at is None:
        return False
    return published_at - day.date_end > _LONG_AGO


def _is_season(day: DateMention | None) -> bool:
    """Whether a date is too long for one event: "last year"."""
    if day is None or day.date_start is None or day.date_end is None:
        return False
    return day.date_end - day.date_start >= _SEASON


def _scope(
    item: Stated,
    day: DateMention | None,
    events: Mapping[int, Sequence[EventMention]],
    published_at: date | None,
    *,
    recent: bool,
) -> Scope:
    if day is None or day.date_start is None or day.date_end is None or published_at is None:
        return "incident"
    age = published_at - day.date_end
    if _is_old(day, published_at) or (recent and age > _BEFORE):
        return "background"
    count = item.claim.best or item.claim.low or 0
    of_month = (day.date_prec or 0) >= _MONTH and not events.get(item.sentence)
    over_time = of_month or _is_season(day)
    return "cumulative" if over_time and count >= _MANY else "incident"
