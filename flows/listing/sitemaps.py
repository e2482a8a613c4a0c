"""Sitemaps (sitemaps.org), those for news with their dates and titles, and lists of sitemaps."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from flows.listing.model import Entry, ListError, iso

if TYPE_CHECKING:
    from collections.abc import Iterator

_GZIP = b"\x1f\x8b"
#: The longest sitemap, in bytes (sitemaps.org).
_LIMIT = 52_428_800


def entries(body: bytes, url: str) -> tuple[list[Entry], list[Entry]]:
    """The articles of a sitemap, and the further sitemaps that it names.

    Raises:
        ListError: it is no sitemap.
    """
    root = _root(unzipped(body))
    kind = _name(root)
    if kind not in ("urlset", "sitemapindex"):
        raise ListError(f"not a sitemap: the root is <{kind}>")
    found = list(filter(None, (_entry(item, url) for item in root)))
    return (found, []) if kind == "urlset" else ([], found)


def unzipped(body: bytes) -> bytes:
    """A list's bytes, which may be gzipped; never more than the longest that is allowed.

    Raises:
        ListError: they are damaged, or too many.
    """
    if not body.startswith(_GZIP):
        return body
    try:
        plain = gzip.GzipFile(fileobj=io.BytesIO(body)).read(_LIMIT + 1)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise ListError(f"not gzip: {error}") from None
    if len(plain) > _LIMIT:
        raise ListError(f"the list is longer than {_LIMIT:,} bytes")
    return plain


def _root(body: bytes) -> Any:
    from lxml import etree

    # No entities and no network: a sitemap is anyone's text.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ListError(f"not XML: {error}") from None
    if root is None:
        raise ListError("not XML")
    return root


def _name(element: Any) -> str:
    """A tag without its namespace; nothing for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _entry(item: Any, url: str) -> Entry | None:
    fields = dict(_fields(item))
    link = fields.get("loc", "").strip()
    try:
        whole = urljoin(url, link)
    except ValueError:
        return None
    if not link or not whole.startswith(("http://", "https://")):
        return None
    published, updated = iso(fields.get("publication_date")), iso(fields.get("lastmod"))
    return Entry(whole, published, updated, fields.get("title"))


def _fields(item: Any) -> Iterator[tuple[str, str]]:
    """The texts below an entry by their tags; of images and other languages' pages none."""
    for part in item:
        name = _name(part)
        if name == "news":
            yield from _fields(part)
        elif name in ("loc", "lastmod", "publication_date", "title") and part.text:
            yield name, part.text.strip()
