"""Many addresses at once: one at a time at any one host, and each failure by itself."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from flows import fetch, kept
from flows.addresses import host, normal
from flows.console import progress
from flows.readers.model import RawArticle, Rejected, rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import timedelta

    from flows.listing.model import Entry
    from flows.web import Web

#: Hosts asked at the same time.
_AT_A_TIME = 8
Item = RawArticle | Rejected


def fetch_all(
    entries: Iterable[Entry], web: Web, good_for: timedelta, missed: list[Entry] | None = None
) -> list[Item]:
    """The articles of addresses in their order; a page's bytes are kept before they are read.

    Args:
        entries: The addresses; one that is given twice, in whatever form, is fetched once.
        web: Asks for them.
        good_for: How long a page that is kept needs no asking.
        missed: Takes the entries that could not be had now and may be had later.
    """
    asked: dict[str, Entry] = {}
    for entry in entries:
        asked.setdefault(normal(entry.url), entry)
    found: dict[str, Item] = {}
    with progress("Fetching") as advance, ThreadPoolExecutor(_AT_A_TIME) as pool:
        one = partial(_page, web=web, good_for=good_for, missed=[] if missed is None else missed)
        stopped = Event()
        try:
            for got in pool.map(partial(_lane, one, stopped), _lanes(asked)):
                found |= got
                advance(len(got))
        except BaseException:
            stopped.set()  # else the pool would go on to the end of every lane before it lets go
            raise
    return [found[name] for name in asked]


def _lanes(asked: dict[str, Entry]) -> list[list[tuple[str, Entry]]]:
    """Addresses to be fetched one after another, so that no host is asked for two at once."""
    hosts: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
    for name, entry in asked.items():
        hosts[host(entry.url)].append((name, entry))
    return sorted(hosts.values(), key=len, reverse=True)


def _lane(
    one: Callable[[Entry], Item], stopped: Event, entries: list[tuple[str, Entry]]
) -> dict[str, Item]:
    found = {}
    for name, entry in entries:
        if stopped.is_set():
            break
        found[name] = one(entry)
    return found


def _page(entry: Entry, web: Web, good_for: timedelta, missed: list[Entry]) -> Item:
    try:
        response, body = web.get(
            entry.url, hints=entry.hints, changed_at=entry.changed_at, good_for=good_for
        )
    except fetch.FetchError as error:
        if not error.lasting:
            missed.append(entry)
        return rejected(entry.url, None, str(error), None)
    except Exception as error:  # noqa: BLE001  one address must not end a run over hundreds
        said = f"cannot be fetched: {type(error).__name__}: {error}"
        return rejected(entry.url, None, said, None)
    return kept.article(response, body)
