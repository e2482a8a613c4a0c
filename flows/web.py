"""Asking the web politely: what is kept and still good is not asked for again."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flows import fetch, robots
from flows.addresses import host
from flows.store import PAGE, ROBOTS, Response, Store

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Seconds in which a fetch may begin; well within an hour, so that no page fetched is lost.
SECONDS = 3_000.0
#: How long an answer is good for if nothing tells that the page has changed since.
GOOD_FOR = timedelta(hours=6)
#: How long a host's robots.txt is good for (RFC 9309, 2.4).
_RULES_FOR = timedelta(hours=24)
#: The longest list of addresses, in bytes: that of a sitemap (sitemaps.org).
LONGEST_LIST = 52_428_800
#: One for the process: several sources may ask one host.
TURNS = robots.Turns()


class Web:
    """The web as one source sees it; threads may share it.

    Attributes:
        responses: What was asked, or found in the store in place of asking.
    """

    def __init__(
        self,
        kept: Store,
        *,
        source: str | None = None,
        allow_private: bool = False,
        delay: float = 1.0,
        seconds: float | None = None,
    ) -> None:
        """Ask for a source.

        Args:
            kept: Where responses are kept.
            source: Its name.
            allow_private: Whether addresses of private networks may be asked.
            delay: Seconds between two requests at one host, at the least.
            seconds: After these no request begins.
        """
        self.responses: list[Response] = []
        self._store = kept
        self._source = source
        self._ask = fetch.Ask(allow_private=allow_private)
        self._delay = delay
        self._until = time.monotonic() + (SECONDS if seconds is None else seconds)
        self._rules: dict[str, robots.Rules] = {}
        self._locks: dict[str, Lock] = {}
        self._lock = Lock()

    def get(
        self,
        url: str,
        purpose: str = PAGE,
        *,
        hints: Mapping[str, Any] | None = None,
        changed_at: datetime | None = None,
        good_for: timedelta = timedelta(),
    ) -> tuple[Response, bytes]:
        """An address's answer with its bytes, which are kept before they are returned.

        Args:
            url: The address.
            purpose: What it is asked for, as in ``store.Response``.
            hints: What is to be kept with the answer.
            changed_at: When the page changed, as far as is known: an answer from later is good.
            good_for: How long an answer is good for otherwise.

        Raises:
            FetchError: it could not be had.
        """
        before = self._store.responses(url)
        good = next((r for r in reversed(before) if self._is_there(r)), None)
        last = before[-1] if before else None
        if good and _is_good(good, changed_at, good_for):
            return self._answer(good)
        if last and last.status in fetch.GONE and _is_good(last, None, good_for):
            self._book(last)
            raise fetch.FetchError(last.error or url, last.status, last.headers)
        return self._asked(url, purpose, hints or {}, good)

    def is_good(self, url: str, changed_at: datetime | None, good_for: timedelta) -> bool:
        """Whether ``get`` would answer from the store."""
        kept = reversed(self._store.responses(url))
        good = next((response for response in kept if self._is_there(response)), None)
        return good is not None and _is_good(good, changed_at, good_for)

    def _is_there(self, response: Response) -> bool:
        digest = response.body_sha256
        return digest is not None and self._store.is_sound(digest)

    def _answer(self, response: Response) -> tuple[Response, bytes]:
        self._book(response)
        return response, self._store.body(response.body_sha256 or "")

    def _book(self, response: Response) -> None:
        with self._lock:
            self.responses.append(response)

    def _asked(
        self, url: str, purpose: str, hints: Mapping[str, Any], good: Response | None
    ) -> tuple[Response, bytes]:
        ask = replace(
            self._ask,
            headers=_conditions(good),
            limit=fetch.MAX_BYTES if purpose == PAGE else LONGEST_LIST,
            gate=self._turn if purpose == ROBOTS else self._allowed,
        )
        note = partial(Response, url=url, purpose=purpose, source=self._source, hints=hints)
        try:
            page = fetch.fetch(url, ask)
            if page.status == 304 and good is None:
                raise fetch.FetchError(f"{url}: the server answers 304 unasked", 304, page.headers)
        except fetch.FetchError as error:
            failed = note(
                final_url=url, status=error.status, headers=error.headers,
                fetched_at=datetime.now(UTC), body_sha256=None, error=str(error),
            )  # fmt: skip
            self._keep(failed)
            raise
        digest = self._store.keep(page.body) if page.status != 304 else None
        got = note(
            final_url=page.url, status=page.status, headers=page.headers,
            fetched_at=page.fetched_at, body_sha256=digest, charset=page.charset,
        )  # fmt: skip
        if digest is None and good is not None:
            got = _still(good, got)
        self._keep(got)
        return got, page.body or self._store.body(got.body_sha256 or "")

    def _keep(self, response: Response) -> None:
        self._store.note(response)
        self._book(response)

    def _turn(self, url: str) -> None:
        self._wait(url, self._delay)

    def _wait(self, url: str, pause: float) -> None:
        if not TURNS.wait(host(url), pause, self._until):
            raise fetch.FetchError(f"{url}: not fetched: the time for fetching was over")

    def _allowed(self, url: str) -> None:
        """Wait for the host's turn, if its robots.txt lets us ask at all."""
        found = self._robots(url)
        if refusal := found.refusal(url):
            error = fetch.FetchError(f"{url}: {refusal}")
            error.lasting = not found.closed
            raise error
        self._wait(url, max(self._delay, found.pause))

    def _robots(self, url: str) -> robots.Rules:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            lock = self._locks.setdefault(site, Lock())
        with lock:  # its first pages come at the same time; the rules are asked for once
            if site not in self._rules:
                self._rules[site] = self._ask_rules(f"{site}/robots.txt")
            return self._rules[site]

    def _ask_rules(self, url: str) -> robots.Rules:
        try:
            response, body = self.get(url, ROBOTS, good_for=_RULES_FOR)
        except fetch.FetchError as error:
            return robots.rules(error.status, b"")
        return robots.rules(response.status and 200, body)


def _is_good(response: Response, changed_at: datetime | None, good_for: timedelta) -> bool:
    """Whether an answer need not be asked for again."""
    if changed_at is not None:
        return response.fetched_at >= changed_at
    return datetime.now(UTC) - response.fetched_at < good_for


def _conditions(good: Response | None) -> dict[str, str]:
    """Headers that ask for a page only if it is another than the one that is kept."""
    if good is None:
        return {}
    pairs = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}
    return {ask: good.headers[name] for ask, name in pairs.items() if name in good.headers}


def _still(good: Response, answer: Response) -> Response:
    """A 304: the bytes, address and encoding are those of the answer that is kept.

    What the list says of the page now goes before what it said then.
    """
    return replace(
        answer,
        final_url=good.final_url,
        headers={**good.headers, **answer.headers},
        body_sha256=good.body_sha256,
        charset=good.charset,
        hints=answer.hints or good.hints,
    )
