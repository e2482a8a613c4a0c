"""The lists by which a source names its articles: feeds, sitemaps, GDELT, JSON APIs, addresses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from flows import kept
from flows.fetch import FetchError
from flows.listing import api, feeds, gdelt, sitemaps
from flows.listing.model import Entry, ListError
from flows.sources.model import Window
from flows.store import LIST, ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from flows.readers import RawArticle, Rejected
    from flows.sources.model import Source
    from flows.web import Web

#: Days that are asked for where none are named: today and so many before it.
RECENT = timedelta(days=2)
#: How deep lists of sitemaps may name further ones, and how many sitemaps are read in all.
_DEPTH = 2
_SITEMAPS = 200
#: A full answer of GDELT is asked for again in halves, down to this.
_SHORTEST = timedelta(minutes=15)
_DAY = timedelta(days=1, seconds=-1)


@dataclass
class Listed:
    """What a source's lists name.

    Attributes:
        entries: Articles to fetch, each address once.
        articles: Articles that the list itself holds, or why a row of it is none.
        failures: Lists that could not be had or read, and why.
        failed: Days of which a list is missing.
        notes: What a person should know, such as a list that was cut off.
        back_to: The oldest day that lists reach which have what is new and not the days asked for.
    """

    entries: list[Entry] = field(default_factory=list)
    articles: list[RawArticle | Rejected] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    failed: set[date] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    back_to: date | None = None

    def add(self, other: Listed) -> None:
        """Take in what lists of other days name."""
        known = {entry.url for entry in self.entries}
        self.entries += [entry for entry in other.entries if entry.url not in known]
        self.articles += other.articles
        self.failures += other.failures
        self.failed |= other.failed
        self.notes += other.notes
        self.reach(other.back_to)

    def reach(self, day: date | None) -> None:
        """Note how far back a list reaches; of several the one that reaches least counts."""
        if day is not None:
            self.back_to = max(self.back_to or day, day)


def read(source: Source, window: Window | None, web: Web) -> Listed:
    """What a source names for some days; without any, what its lists have now.

    A list that fails costs no other: it is told in ``failures``.
    """
    listed = Listed()
    for asked in addresses(source, window):
        try:
            _LISTERS[source.kind](asked, source, web, listed)
        except (FetchError, ListError) as error:
            url, days = asked.url, asked.days
            listed.failures.append(str(error) if url in str(error) else f"{url}: {error}")
            listed.failed.update(days.days() if days else ())
    unique = {entry.url: entry for entry in reversed(listed.entries) if _is_asked(entry, window)}
    listed.entries = list(reversed(unique.values()))
    return listed


def _is_asked(entry: Entry, window: Window | None) -> bool:
    return window is None or window.holds(entry.day)


@dataclass(frozen=True, slots=True)
class Asked:
    """The address of a list, and the days that it is asked for.

    Attributes:
        url: The address; of GDELT with its hours left open.
        days: The days; None: whatever it has.
        dated: Whether the address itself names the days, so that the list has all of them.
    """

    url: str
    days: Window | None
    dated: bool


def addresses(source: Source, window: Window | None) -> Iterator[Asked]:
    """The addresses of a source's lists; one that leaves days open is asked for each day."""
    for url in source.reads:
        if source.kind == "pages" or not is_open(url):
            yield Asked(url, window, dated=False)
            continue
        for day in (window or recent()).days():
            since = _instant(day)
            # GDELT fills in the hours itself: a full answer is asked for in parts.
            shown = url if source.kind == "gdelt" else filled(url, since, since + _DAY)
            yield Asked(shown, Window(day, day), dated=True)


def is_open(url: str) -> bool:
    """Whether an address leaves days open, to be filled in."""
    return filled(url, _instant(date.min), _instant(date.min)) != url


def recent() -> Window:
    """The days that are asked for where none are named, in UTC."""
    today = datetime.now(UTC).date()
    return Window(today - RECENT, today)


def filled(url: str, since: datetime, until: datetime) -> str:
    """An address with its open days filled in: ``{since:%Y%m%d}``."""
    return url.format(since=since, until=until, day=since)


def _instant(day: date) -> datetime:
    return datetime.combine(day, time())


def _reach(asked: Asked, listed: Listed, days: Iterable[date | None]) -> None:
    """Note how far back a list goes that has what is new; one without dates goes nowhere."""
    if not asked.dated:
        listed.reach(min(filter(None, days), default=datetime.now(UTC).date()))


def _feed(asked: Asked, _source: Source, web: Web, listed: Listed) -> None:
    response, body = web.get(asked.url, LIST)
    content_type = response.headers.get("content-type", "application/xml")
    found = feeds.entries(body, response.final_url, content_type)
    listed.entries += found
    _reach(asked, listed, (entry.day for entry in found))


def _sitemap(asked: Asked, _source: Source, web: Web, listed: Listed) -> None:
    # No last day where none is asked for: a list's zone, or its clock, may be ahead of ours.
    wanted = asked.days or Window(recent().since, date.max)
    waiting = [(asked.url, 0)]
    seen: set[str] = set()
    days: list[date | None] = []
    while waiting:
        url, depth = waiting.pop(0)
        if url in seen:
            continue
        if len(seen) == _SITEMAPS or depth > _DEPTH:
            listed.notes.append(f"{asked.url}: names more sitemaps than are read")
            break
        seen.add(url)
        response, body = web.get(url, LIST)
        entries, further = sitemaps.entries(body, response.final_url)
        days += [entry.day for entry in (*entries, *further)]
        listed.entries += [entry for entry in entries if wanted.holds(entry.day)]
        waiting += [(f.url, depth + 1) for f in further if f.day is None or f.day >= wanted.since]
    _reach(asked, listed, days)


def _gdelt(asked: Asked, _source: Source, web: Web, listed: Listed) -> None:
    if not asked.dated or asked.days is None:
        _, body = web.get(asked.url, LIST)
        listed.entries += gdelt.entries(body)
        _reach(asked, listed, (moment.date() for moment in gdelt.seen(body)))
        return
    spans = [(_instant(asked.days.since), _instant(asked.days.until) + timedelta(days=1))]
    while spans:
        since, until = spans.pop(0)
        _, body = web.get(filled(asked.url, since, until - timedelta(seconds=1)), LIST)
        found = gdelt.entries(body)
        if len(found) < gdelt.FULL or until - since <= _SHORTEST:
            listed.entries += found
        else:
            middle = since + (until - since) / 2
            spans[:0] = [(since, middle), (middle, until)]
            continue
        if len(found) >= gdelt.FULL:
            listed.notes.append(f"GDELT may have more of {since:%Y-%m-%d %H:%M} than it gives")


def _api(asked: Asked, source: Source, web: Web, listed: Listed) -> None:
    at: str | None = asked.url
    seen: set[str] = set()
    days: list[date | None] = []
    most = source.paging.most if source.paging else 1
    while at and at not in seen:
        if len(seen) == most:
            listed.notes.append(f"{asked.url}: more than {most} pages; the rest was not asked for")
            break
        seen.add(at)
        answer, count = _rows(at, asked.days, source, web, listed, days)
        at = api.following(at, answer, count, source.paging)
    _reach(asked, listed, days)


def _rows(
    url: str,
    window: Window | None,
    source: Source,
    web: Web,
    listed: Listed,
    days: list[date | None],
) -> tuple[Any, int]:
    """One page of an API: its answer, and how many rows are in it."""
    whole = "text" in source.columns
    hints: dict[str, Any] = {"items": source.items, "columns": dict(source.columns)}
    if window is not None:
        hints |= {"since": window.since.isoformat(), "until": window.until.isoformat()}
    response, body = web.get(url, ROWS if whole else LIST, hints=hints if whole else None)
    answer = api.parsed(body)
    rows = api.rows(answer, source.items)
    if whole:
        articles = list(kept.rows(response, body))
        days += [_day(item) for item in articles]
        listed.articles += [item for item in articles if kept.is_asked(item, response)]
    else:
        entries = list(filter(None, (api.entry(row, source.columns) for row in rows)))
        days += [entry.day for entry in entries]
        listed.entries += entries
    return answer, len(rows)


def _day(item: RawArticle | Rejected) -> date | None:
    return getattr(item, "published_on", None)


def _pages(asked: Asked, _source: Source, _web: Web, listed: Listed) -> None:
    listed.entries.append(Entry(asked.url))


_LISTERS: dict[str, Callable[[Asked, Source, Web, Listed], None]] = {
    "api": _api,
    "feed": _feed,
    "gdelt": _gdelt,
    "pages": _pages,
    "sitemap": _sitemap,
}
