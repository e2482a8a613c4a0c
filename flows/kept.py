"""Articles out of responses that are kept: no network from here on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from flows.addresses import normal
from flows.listing import api
from flows.listing.model import ListError
from flows.readers import webpage
from flows.readers.model import RawArticle, Rejected, rejected
from flows.store import PAGE, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.store import Response, Store

#: Beginnings of the kinds of content that may hold an article.
_READABLE = ("text/", "application/xhtml", "application/xml")
Item = RawArticle | Rejected


def article(response: Response, body: bytes) -> Item:
    """The article of a page that was fetched, or why there is none in it."""
    kind = response.headers.get("content-type", "text/html").strip().lower()
    if not kind.startswith(_READABLE):
        return rejected(response.url, None, f"the server sends {kind[:60]}, no page", body)
    found = webpage.page(
        body,
        response.url,
        url=normal(response.final_url),
        charset=response.charset,
        hints=response.hints,
    )
    return fetched(found, response)


def articles(response: Response, body: bytes) -> Iterator[Item]:
    """All that a response holds: a page has one article, an answer of an API one in each row.

    Raises:
        ListError: the answer of an API is none.
    """
    if response.purpose != ROWS:
        yield article(response, body)
        return
    hints = response.hints
    for row in api.rows(api.parsed(body), hints["items"]):
        yield fetched(api.read(row, hints["columns"], response.url), response)


def is_asked(item: Item, response: Response) -> bool:
    """Whether an article is of the days that its list was asked for; one without a day may be."""
    day = getattr(item, "published_on", None)
    since, until = response.hints.get("since"), response.hints.get("until")
    return day is None or since is None or since <= day.isoformat() <= until


def fetched(item: Item, response: Response) -> Item:
    """An article with when and for which source it was fetched, and where its bytes are kept."""
    if isinstance(item, Rejected):
        return item
    return replace(
        item,
        fetched_at=response.fetched_at,
        body_sha256=response.body_sha256,
        source_name=response.source,
    )


def everything(store: Store) -> Iterator[Item]:
    """All that was ever fetched, read anew, in the order of time."""
    found = (r for r in store.all() if r.purpose in (PAGE, ROWS) and r.body_sha256)
    for response in sorted(found, key=lambda response: response.fetched_at):
        yield from filter(partial(is_asked, response=response), _again(response, store))


def _again(response: Response, store: Store) -> list[Item]:
    try:
        return list(articles(response, store.body(response.body_sha256 or "")))
    except (OSError, ListError, KeyError) as error:
        return [rejected(response.url, None, f"cannot be read again: {error}", None)]
