"""RSS and Atom in all their dialects, by feedparser."""

from __future__ import annotations

import io
from calendar import timegm
from datetime import UTC, datetime
from typing import Any

from flows.listing.model import Entry, ListError


def entries(body: bytes, url: str, content_type: str = "application/xml") -> list[Entry]:
    """The articles of a feed; an entry that leads nowhere is none.

    Args:
        body: The feed as it was fetched.
        url: Its address, for entries that are named in relation to it.
        content_type: What the server says it is.

    Raises:
        ListError: it is no feed.
    """
    import feedparser

    # Bytes and never text: a text that looks like an address would be fetched.
    headers = {"content-type": content_type, "content-location": url}
    try:
        feed = feedparser.parse(io.BytesIO(body), response_headers=headers)
    except Exception as error:  # noqa: BLE001  a feed is anyone's text; its parser is no part of us
        raise ListError(f"not a feed: {type(error).__name__}: {error}") from None
    if not feed.get("version") and not feed.entries:
        raise ListError(f"not a feed: {feed.get('bozo_exception') or 'neither RSS nor Atom'}")
    found = (_entry(entry) for entry in feed.entries)
    return [entry for entry in found if entry is not None]


def _entry(entry: Any) -> Entry | None:
    link = _link(entry)
    if link is None:
        return None
    published, updated = _moment(entry, "published"), _moment(entry, "updated")
    title = entry.get("title") or None
    return Entry(link, published or updated, updated, title if isinstance(title, str) else None)


def _link(entry: Any) -> str | None:
    """The entry's page: its link, else an id that is an address."""
    for link in (entry.get("link"), entry.get("id"), *_alternates(entry)):
        if isinstance(link, str) and link.strip().startswith(("http://", "https://")):
            return link.strip()
    return None


def _alternates(entry: Any) -> list[Any]:
    return [link.get("href") for link in entry.get("links", ()) if link.get("rel") == "alternate"]


def _moment(entry: Any, name: str) -> str | None:
    """A date in UTC; feedparser reads those of many dialects."""
    # Not entry.get: feedparser answers for "updated" with what is published, and warns.
    parsed = dict.get(entry, f"{name}_parsed")
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC).isoformat() if parsed else None
    except (ValueError, OverflowError, OSError):
        return None
