"""Many addresses at once: a few at a time, fewer at any one host, and each failure by itself."""

from __future__ import annotations

import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flows import fetch
from flows.console import progress
from flows.readers import documents
from flows.readers.model import Rejected, rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from flows.readers import RawArticle

#: Pages fetched at a time, and of these from one host.
_AT_A_TIME = 8
_AT_ONE_HOST = 2
#: Seconds in which a fetch may begin; well within an hour, so that no page fetched is lost.
SECONDS = 3_000.0


def fetch_all(
    urls: Iterable[str], raw: Path, *, allow_private: bool = False, seconds: float = SECONDS
) -> list[RawArticle | Rejected]:
    """The articles of addresses in their order; a page's bytes are kept before they are read.

    Args:
        urls: Addresses; one that is given twice is fetched once.
        raw: The folder to keep the pages in.
        allow_private: Whether addresses of private networks may be fetched.
        seconds: After these no fetch begins; the addresses that are left are rejected.
    """
    asked = list(dict.fromkeys(urls))
    until = time.monotonic() + seconds
    found: dict[str, RawArticle | Rejected] = {}
    with progress("Fetching") as advance, ThreadPoolExecutor(_AT_A_TIME) as pool:
        one = partial(_page, raw=raw, allow_private=allow_private, until=until)
        for got in pool.map(partial(_lane, one), _lanes(asked)):
            found |= got
            advance(len(got))
    return [found[url] for url in asked]


def _lanes(urls: list[str]) -> list[list[str]]:
    """Addresses to be fetched one after another, so that no host is asked for many at once."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        hosts[_host(url)].append(url)
    lanes = [part[at::_AT_ONE_HOST] for part in hosts.values() for at in range(_AT_ONE_HOST)]
    return sorted(filter(None, lanes), key=len, reverse=True)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _lane(
    one: Callable[[str], RawArticle | Rejected], urls: list[str]
) -> dict[str, RawArticle | Rejected]:
    return {url: one(url) for url in urls}


def _page(url: str, raw: Path, allow_private: bool, until: float) -> RawArticle | Rejected:
    if time.monotonic() > until:
        return rejected(url, None, "not fetched: the time for fetching was over", None)
    try:
        page = fetch.fetch(url, allow_private=allow_private)
    except fetch.FetchError as error:
        return rejected(url, None, str(error), None)
    except Exception as error:  # noqa: BLE001  one address must not end a run over hundreds
        return rejected(url, None, f"cannot be fetched: {type(error).__name__}: {error}", None)
    fetch.keep(page, raw)
    found = documents.page(page.body, url, url=page.url, charset=page.charset)
    if isinstance(found, Rejected):
        return found
    return replace(found, fetched_at=page.fetched_at, body_sha256=page.sha256)
