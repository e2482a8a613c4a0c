"""What a source has for a run: its lists are read, what they name is fetched, files are opened."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from flows import pages, readers
from flows.listing.read import Listed
from flows.listing.read import read as read_lists
from flows.readers.model import RawArticle, Rejected
from flows.readers.unread import Page, read_pages
from flows.sources.check import LISTED
from flows.sources.model import Source, Window
from flows.store import Store
from flows.web import GOOD_FOR, Web

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from flows.listing.model import Entry
    from flows.store import Response

Item = RawArticle | Rejected
#: A page once fetched is good for a backfill however old it is.
_FOR_EVER = timedelta(days=365_000)


class Fetched:
    """Articles of addresses, and what was asked for them.

    Not a dataclass: Prefect would look through all of its articles for unfinished tasks.

    Attributes:
        items: The articles; to be gone through once.
        responses: What was asked for them.
    """

    def __init__(self, items: Iterable[Item], responses: list[Response]) -> None:
        self.items = items
        self.responses = responses

    def __iter__(self) -> Iterator[Item]:
        """The articles."""
        return iter(self.items)


@dataclass(frozen=True, slots=True)
class Found:
    """How it went with a source's lists and pages.

    Attributes:
        listed: How many articles its lists name; None for files.
        failures: What of it could not be had.
        notes: What a person should know.
        days: Status of each day of the window.
    """

    listed: int | None = None
    failures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    days: Mapping[date, str] = field(default_factory=dict)


class Gathered(Fetched):
    """A source's articles on their way into a run, and the books on them.

    Attributes:
        source: The source.
        window: The days that were asked for; None: what it has now.
        found: How it went.
        read: How many articles it gave.
        refused: How many inputs of it are no articles.
        started_at: When it was begun, in UTC.
    """

    def __init__(
        self,
        source: Source,
        window: Window | None,
        items: Iterable[Item],
        found: Found | None = None,
        responses: list[Response] | None = None,
    ) -> None:
        super().__init__(items, responses or [])
        self.source = source
        self.window = window
        self.found = found or Found()
        self.read = 0
        self.refused = 0
        self.started_at = datetime.now(UTC)

    def __iter__(self) -> Iterator[Item]:
        """Its articles, counted as they pass."""
        for item in self.items:
            if isinstance(item, Rejected):
                self.refused += 1
            else:
                self.read += 1
            yield item

    @property
    def status(self) -> str:
        """``completed`` or ``failed``: a list or page is missing, or it gave too few articles."""
        return "failed" if self.found.failures or self.is_short else "completed"

    @property
    def is_short(self) -> bool:
        """Whether it gave fewer articles than a run of it should; days gone by may be quiet."""
        return self.window is None and self.read < self.source.least

    @property
    def message(self) -> str | None:
        """What went wrong, and what should be known, in words."""
        source, said = self.source, [*self.found.failures]
        if self.is_short:
            said.append(f"gave {self.read} articles, fewer than its minimum of {source.least}")
        if self.window is None and source.most is not None and self.read > source.most:
            said.append(f"gave {self.read} articles, more than its maximum of {source.most}")
        return "; ".join([*said, *self.found.notes]) or None


def gather(
    source: Source,
    raw: Path,
    window: Window | None = None,
    *,
    complete: frozenset[date] = frozenset(),
    allow_private: bool = False,
    read: Callable[[Iterable[Item | Page]], Iterator[Item]] = read_pages,
) -> Gathered:
    """What a source has; nothing is kept anywhere but in the raw store.

    Args:
        source: The source.
        raw: The folder of the raw store.
        window: The days to take in; None: what it has now.
        complete: Days of the window that were had wholly before, which are not asked for again.
        allow_private: Whether its addresses may be on private networks, whatever it says.
        read: Reads the pages among what its files hold.
    """
    if source.kind in LISTED or source.kind == "pages":
        return _from_web(source, raw, window, complete, allow_private)
    items = read(readers.inputs(source.reads, source.columns or None))
    return Gathered(source, window, _of_files(source, window, items))


def _of_files(source: Source, window: Window | None, items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Rejected):
            yield item
        elif window is None or window.holds(item.published_on):
            yield replace(item, source_name=source.name)


def client(source: Source, raw: Path, *, allow_private: bool = False) -> Web:
    """The web as a source may ask it."""
    return Web(
        Store(raw),
        source=source.name,
        allow_private=allow_private or source.private,
        delay=source.delay,
    )


def _from_web(
    source: Source,
    raw: Path,
    window: Window | None,
    complete: frozenset[date],
    allow_private: bool,
) -> Gathered:
    web = client(source, raw, allow_private=allow_private)
    listed = Listed()
    for part in _missing(window, complete):
        listed.add(read_lists(source, part, web))
    missed: list[Entry] = []
    good_for = GOOD_FOR if window is None else _FOR_EVER
    fetched = pages.fetch_all(listed.entries, web, good_for, missed)
    found = Found(
        listed=len(listed.entries) + len(listed.articles),
        failures=(*listed.failures, *_told(missed)),
        notes=tuple(listed.notes),
        days=_days(window, complete, listed, missed),
    )
    return Gathered(source, window, [*listed.articles, *fetched], found, web.responses)


def _missing(window: Window | None, complete: frozenset[date]) -> list[Window | None]:
    """The days to ask for, in runs of days that follow each other."""
    if window is None:
        return [None]
    parts: list[Window | None] = []
    for day in (day for day in window.days() if day not in complete):
        last = parts[-1] if parts else None
        if last and last.until + timedelta(days=1) == day:
            parts[-1] = Window(last.since, day)
        else:
            parts.append(Window(day, day))
    return parts


def _told(missed: list[Entry]) -> list[str]:
    """That pages are missing, in a line: each is in quarantine with its own reason."""
    if not missed:
        return []
    more = f" and {len(missed) - 1:,} more" if len(missed) > 1 else ""
    return [f"could not be fetched: {missed[0].url}{more}"]


def _days(
    window: Window | None, complete: frozenset[date], listed: Listed, missed: list[Entry]
) -> dict[date, str]:
    """Status of each day that was asked for.

    ``complete``: all that was published then was had. ``partial``: a page or list of it is
    missing. ``unreached``: the lists go back less far.
    """
    if window is None:
        return {}
    lost = Counter(entry.day for entry in missed)
    found = {}
    for day in window.days():
        if day in complete:
            continue
        if day in listed.failed or lost[day] or lost[None]:
            found[day] = "partial"
        else:
            reached = listed.back_to is None or day > listed.back_to
            found[day] = "complete" if reached else "unreached"
    return found
