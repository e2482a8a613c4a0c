"""The one form of an address that is fetched: by courlan, without the marks of trackers."""

from __future__ import annotations

from functools import cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from seeds import read as seeds


def normal(url: str) -> str:
    """An address as it is asked for once and kept under, however it was written.

    Scheme and host in lower case, no default port, no page anchor, no tracker's mark, the query
    in its own order. What cannot be an address stays as it is, for the fetch to refuse.
    """
    from courlan import normalize_url

    try:
        parts = urlsplit(url.strip())
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        kept = [pair for pair in pairs if not is_tracker(pair[0].casefold())]
        query = parts.query if len(kept) == len(pairs) else urlencode(kept)
        plain = normalize_url(parts._replace(query="", fragment=""))
    except (ValueError, UnicodeError):
        return url
    return plain + (f"?{query}" if query else "")


def host(url: str) -> str:
    """The host of an address with its port, or nothing where it has none."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def is_tracker(name: str) -> bool:
    """Whether a parameter of an address, in lower case, only says who sent the reader."""
    whole, beginnings = _trackers()
    return name in whole or name.startswith(beginnings)


@cache
def _trackers() -> tuple[frozenset[str], tuple[str, ...]]:
    names: dict[str, list[str]] = seeds.toml("trackers.toml")
    return frozenset(names["whole"]), tuple(names["beginnings"])
