"""Articles out of responses that are kept: no network from here on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.addresses import normal
from flows.listing import api
from flows.listing.model import ListError
from flows.readers.model import RawArticle, Rejected, rejected
from flows.readers.unread import Page
from flows.store import PAGE, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.store import Response, Store

#: Beginnings of the kinds of content that may hold an article.
_READABLE = ("text/", "application/xhtml", "application/xml")
Item = RawArticle | Rejected


def article(response: Response, body: bytes) -> Item:
    """The article of a page that was fetched, or why there is none in it."""
    found = page(response, body)
    return found.read() if isinstance(found, Page) else found


def page(response: Response, body: bytes) -> Page | Rejected:
    """The page, not yet read, or why it is none."""
    kind = response.headers.get("content-type", "text/html").strip().lower()
    if not kind.startswith(_READABLE):
        return rejected(response.url, None, f"the server sends {kind[:60]}, no page", body)
    return Page(
        body,
        response.url,
        url=normal(response.final_url),
        charset=response.charset,
        hints=response.hints,
        fetched_at=response.fetched_at,
        body_sha256=response.body_sha256,
        source_name=response.source,
    )


def rows(response: Response, body: bytes) -> Iterator[Item]:
    """The articles in the answer of an API, one in each row.

    Raises:
        ListError: the answer is none.
    """
    hints = response.hints
    for row in api.rows(api.parsed(body), hints["items"]):
        yield _fetched(api.read(row, hints["columns"], response.url), response)


def is_asked(item: Item, response: Response) -> bool:
    """Whether an article is of the days that its list was asked for; one without a day may be."""
    day = getattr(item, "published_on", None)
    since, until = response.hints.get("since"), response.hints.get("until")
    return day is None or since is None or since <= day.isoformat() <= until


def _fetched(item: Item, response: Response) -> Item:
    """An article with when and for which source it was fetched, and where its bytes are kept."""
    if isinstance(item, Rejected):
        return item
    return replace(
        item,
        fetched_at=response.fetched_at,
        body_sha256=response.body_sha256,
        source_name=response.source,
    )


def everything(store: Store) -> Iterator[Item | Page]:
    """All that was ever fetched, in the order of time; pages are given unread."""
    found = (r for r in store.all() if r.purpose in (PAGE, ROWS) and r.body_sha256)
    for response in sorted(found, key=lambda response: response.fetched_at):
        yield from _again(response, store)


def _again(response: Response, store: Store) -> list[Item | Page]:
    try:
        body = store.body(response.body_sha256 or "")
        if response.purpose == PAGE:
            return [page(response, body)]
        return [item for item in rows(response, body) if is_asked(item, response)]
    except (OSError, ListError, KeyError) as error:
        return [rejected(response.url, None, f"cannot be read again: {error}", None)]
