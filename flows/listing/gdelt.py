"""GDELT's lists of articles: the answers of its DOC API, and the files of its article list."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson

from flows.listing.model import Entry, ListError, iso
from flows.listing.sitemaps import unzipped

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Articles in an answer of the DOC API at the most (its ``maxrecords``): so many may not be all.
FULL = 250


def entries(body: bytes) -> list[Entry]:
    """The articles of a list; ``seendate`` is when GDELT saw them, which is no date of theirs.

    Raises:
        ListError: it is none of GDELT's lists; the DOC API says in words what it dislikes.
    """
    found = (_entry(row) for row in _rows(unzipped(body)))
    return [entry for entry in found if entry is not None]


def seen(body: bytes) -> list[datetime]:
    """When GDELT saw the articles of a list, in its order."""
    stamps = (str(row.get("seendate") or row.get("date") or "") for row in _rows(unzipped(body)))
    return [moment for stamp in stamps if (moment := _moment(stamp))]


def _rows(body: bytes) -> Iterator[dict[str, Any]]:
    """An object with ``articles``, or one object a line."""
    text = body.strip()
    if not text:
        return
    try:
        whole = orjson.loads(text)
    except orjson.JSONDecodeError:
        whole = None
    if isinstance(whole, dict) and ("articles" in whole or "url" not in whole):
        rows = whole.get("articles", [])
    else:
        rows = [whole] if isinstance(whole, dict) else list(_lines(text))
    if not isinstance(rows, list):
        raise ListError("not a list of GDELT: articles is no list")
    yield from (row for row in rows if isinstance(row, dict))


def _lines(text: bytes) -> Iterator[Any]:
    for line in filter(None, text.splitlines()):
        try:
            yield orjson.loads(line)
        except orjson.JSONDecodeError:
            said = line[:200].decode("utf-8", "replace")
            raise ListError(f"not a list of GDELT: {said!r}") from None


def _entry(row: dict[str, Any]) -> Entry | None:
    url, title = row.get("url"), row.get("title")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        return None
    return Entry(url, title=title if isinstance(title, str) else None)


def _moment(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        stated = iso(stamp)
        return datetime.fromisoformat(stated).astimezone(UTC) if stated else None
