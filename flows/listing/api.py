"""JSON APIs: rows at a path, each field at a path in the row, pages by number or by link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import orjson

from flows.listing.model import Entry, ListError, iso
from flows.readers.columns import at, picked
from flows.readers.model import FieldError, RawArticle, Rejected, article, read_one

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.sources.model import Paging

_BLOCK_END = re.compile(r"</(?:p|div|li|h\d|tr|ul|ol|blockquote)>|<br\s*/?>", re.IGNORECASE)


def parsed(body: bytes) -> Any:
    """The answer.

    Raises:
        ListError: it is not JSON.
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        said = body[:100].decode("utf-8", "replace")
        raise ListError(f"not JSON: {error.msg} in {said!r}") from None


def rows(answer: Any, items: str) -> list[Any]:
    """The rows at a dotted path of an answer.

    Raises:
        ListError: there is no list.
    """
    found = at(answer, items)
    if not isinstance(found, list):
        raise ListError(f"there is no list at {items!r} of the answer")
    return found


def fields(row: Any, columns: Mapping[str, str]) -> dict[str, Any]:
    """A row's fields under our names, markup in the text taken out."""
    found = picked(row, columns)
    text = found.get("text")
    if isinstance(text, str) and "</" in text:
        found["text"] = _plain(text)
    return found


def _plain(markup: str) -> str:
    """The text of a piece of HTML, a block a line."""
    from lxml import html

    broken = _BLOCK_END.sub(r"\g<0>\n", markup)
    text = html.fragment_fromstring(broken, create_parent="div").text_content()
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(filter(None, lines))


def entry(row: Any, columns: Mapping[str, str]) -> Entry | None:
    """Where a row's article is, for an API that gives no texts; None where it does not tell."""
    found = fields(row, columns)
    url, title = found.get("url"), found.get("title")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        return None
    published, updated = iso(found.get("published_at")), iso(found.get("updated_at"))
    return Entry(url, published, updated, title if isinstance(title, str) else None)


def read(row: Any, columns: Mapping[str, str], source: str) -> RawArticle | Rejected:
    """The article in a row, or why there is none."""

    def make() -> RawArticle:
        if not isinstance(row, dict):
            raise FieldError(f"expected an object, found {type(row).__name__}")
        return article(fields(row, columns), source, None)

    return read_one(make, source, None, orjson.dumps(row))


def following(url: str, answer: Any, found: int, paging: Paging | None) -> str | None:
    """The address of the next page; None after the last.

    Args:
        url: The address of this page.
        answer: What it gave.
        found: How many rows were in it.
        paging: How the API pages.
    """
    if paging is None or not found:
        return None
    if paging.by == "next":
        link = at(answer, paging.path)
        return urljoin(url, link) if isinstance(link, str) and link else None
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    now = next((value for name, value in pairs if name == paging.parameter), str(paging.first))
    if not now.isdecimal():
        raise ListError(f"{paging.parameter} is {now!r} in {url}, no number")
    step = 1 if paging.by == "page" else found
    kept = [pair for pair in pairs if pair[0] != paging.parameter]
    query = urlencode([*kept, (paging.parameter, int(now) + step)])
    return parts._replace(query=query).geturl()
