"""What a run would fetch: lists are read, pages are not; only the raw store is written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.gather import client
from flows.listing.read import read
from flows.sources.check import LISTED
from flows.web import GOOD_FOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from flows.sources.model import Source, Window

#: Source, day of publication, what would be done, and with what.
Row = tuple[str, str, str, str]


def preview(
    sources: Iterable[Source],
    others: Iterable[str],
    raw: Path,
    window: Window | None,
    allow_private: bool,
) -> Iterator[Row]:
    """A row for each address or file that a run would take in."""
    for one in others:
        yield "", "", "fetch" if one.startswith(("http://", "https://")) else "read", one
    for source in sources:
        if source.kind in LISTED or source.kind == "pages":
            yield from _of_web(source, raw, window, allow_private)
        else:
            yield from ((source.name, "", "read", path) for path in source.reads)


def _of_web(source: Source, raw: Path, window: Window | None, allow_private: bool) -> Iterator[Row]:
    web = client(source, raw, allow_private=allow_private)
    listed = read(source, window, web)
    for entry in listed.entries:
        kept = web.is_good(entry.url, entry.changed_at, GOOD_FOR)
        yield source.name, str(entry.day or ""), "kept" if kept else "fetch", entry.url
    for item in listed.articles:
        yield source.name, str(getattr(item, "published_on", "") or ""), "in the list", item.source
    for failure in listed.failures:
        yield source.name, "", "FAILED", failure
