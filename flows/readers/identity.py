"""What an article is known by: the same one gets the same name in every run and from everywhere."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from flows.addresses import is_tracker

if TYPE_CHECKING:
    from urllib.parse import SplitResult

#: Standard input.
PIPE = "-"


def article_id(
    url: str | None, row_id: str | None, source: str, line: int | None, text: str
) -> str:
    """The article's stable name: by its address, else its file and id, else its text.

    A file is known by its whole path, wherever it is read from; one that is one article (``line``
    None) needs no more. A row without an address or id is known by its text, so that rows added
    above it do not rename it. What comes through a pipe has no file, and a site's front page
    is another article each day: these too are known by their text.

    Raises:
        ValueError: ``url`` is an address that cannot be.
    """
    if named := url and address(url):
        return digest("url", named)[:16]
    if source == PIPE or "://" in source:
        return digest("text", source, text)[:16]
    path = os.path.realpath(source)
    if row_id:
        return digest("row", path, row_id)[:16]
    return digest("file", path)[:16] if line is None else digest("text", path, text)[:16]


def address(url: str) -> str | None:
    """The one form of an article's address, or None where it names no article.

    Scheme, the page's own anchors and the marks of trackers do not count; the rest of the query
    does. A host alone is no article, nor is a word in place of an address, such as "unknown".

    Raises:
        ValueError: a host or port that cannot be.
    """
    parts = urlsplit(url)
    if not parts.scheme:
        parts = urlsplit(f"//{url.lstrip('/')}")
        if "." not in parts.netloc:
            return None
    elif parts.scheme not in ("http", "https"):
        return url  # urn:, tag: and their like are names already
    _ = parts.port  # raises where it is none
    return _web_address(parts)


def _web_address(parts: SplitResult) -> str | None:
    from courlan import normalize_url

    plain = normalize_url(parts._replace(query="", fragment="")).partition("//")[2].rstrip("/")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode(sorted(pair for pair in pairs if not is_tracker(pair[0].casefold())))
    route = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""
    if "/" not in plain and not (query or route):
        return None
    return plain + (f"?{query}" if query else "") + route


def digest(*parts: str) -> str:
    """The sha256 of some texts, each with its length so that no two lists of texts collide."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        whole.update(b"%d:" % len(data) + data)
    return whole.hexdigest()
