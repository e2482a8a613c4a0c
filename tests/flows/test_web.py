"""Asking politely, keeping every answer, asking for nothing twice: a real server on loopback."""

from __future__ import annotations

import gzip
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from threading import Barrier, Timer
from typing import TYPE_CHECKING

import pytest

from flows import fetch, pages, robots
from flows.listing.model import Entry
from flows.readers import RawArticle, Rejected
from flows.store import Response, Store
from flows.web import Web
from tests.flows.server import PAGE, Server, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEVER = timedelta()
HOUR = timedelta(hours=1)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found:
        yield found


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "raw")


def _web(store: Store, delay: float = 0.0, seconds: float = 30.0) -> Web:
    return Web(store, source="test", allow_private=True, delay=delay, seconds=seconds)


def _pages(web: Web, *urls: str, good_for: timedelta = NEVER) -> list[RawArticle | Rejected]:
    return pages.fetch_all(map(Entry, urls), web, good_for)


def test_an_answer_is_kept_with_status_headers_and_time(server: Server, store: Store) -> None:
    url = server.put("a", PAGE, ETag='"1"')
    began = datetime.now(UTC)
    response, body = _web(store).get(url, hints={"title": "Strike"})
    assert body == PAGE == store.body(response.body_sha256 or "")
    assert store.responses(url) == [response]
    assert (response.status, response.headers["etag"], response.source) == (200, '"1"', "test")
    assert began <= response.fetched_at <= datetime.now(UTC)
    assert response.hints == {"title": "Strike"}


def test_what_could_not_be_had_is_kept_too(server: Server, store: Store) -> None:
    asks = _web(store)
    with pytest.raises(fetch.FetchError, match="answers 404"):
        asks.get(server.url("missing"))
    (kept,) = store.responses(server.url("missing"))
    assert (kept.status, kept.body_sha256) == (404, None)
    assert "answers 404" in (kept.error or "")
    assert kept in asks.responses


def test_redirects_are_recorded_as_they_were_fetched(server: Server, store: Store) -> None:
    url = server.url("moved?utm_source=feed")
    response, _ = _web(store).get(url)
    assert (response.url, response.final_url) == (url, server.url("page"))
    assert store.responses(server.url("moved")) == [response]


def test_a_page_is_asked_for_only_if_it_has_changed(server: Server, store: Store) -> None:
    url = server.put("a", PAGE, ETag='"1"', Last_Modified="Tue, 01 Jul 2025 09:00:00 GMT")
    _web(store).get(url)
    response, body = _web(store).get(url)
    assert (response.status, body) == (304, PAGE)
    assert response.headers["etag"] == '"1"'
    headers = server.asked[-1][1]
    assert headers["If-None-Match"] == '"1"'
    assert headers["If-Modified-Since"] == "Tue, 01 Jul 2025 09:00:00 GMT"
    server.put("a", PAGE + b" ", ETag='"2"')
    assert _web(store).get(url)[1] == PAGE + b" "


def test_a_304_that_nobody_asked_for_is_no_page(server: Server, store: Store) -> None:
    with pytest.raises(fetch.FetchError, match="304 unasked"):
        _web(store).get(server.put("a", b"", 304))


@pytest.mark.parametrize(
    ("good_for", "changed", "asked"),
    [
        (NEVER, None, 2),
        (HOUR, None, 1),
        (NEVER, -HOUR, 1),
        (HOUR, HOUR, 2),
    ],
)
def test_what_is_still_good_is_not_asked_for_again(
    server: Server, store: Store, good_for: timedelta, changed: timedelta | None, asked: int
) -> None:
    url = server.put("a", PAGE)
    _web(store).get(url)
    changed_at = None if changed is None else datetime.now(UTC) + changed
    response, body = _web(store).get(url, changed_at=changed_at, good_for=good_for)
    assert body == PAGE
    assert len(server.paths()) == asked
    assert response in store.responses(url)


def test_a_page_that_is_gone_is_not_asked_for_again_soon(server: Server, store: Store) -> None:
    for _ in range(2):
        (refused,) = _pages(_web(store), server.url("missing"), good_for=HOUR)
        assert isinstance(refused, Rejected)
        assert "answers 404" in refused.reason
    assert server.paths() == ["/missing"]


def test_a_kept_page_that_is_lost_is_fetched_anew(
    server: Server, store: Store, tmp_path: Path
) -> None:
    url = server.put("a", PAGE, ETag='"1"')
    _web(store).get(url)
    for path in (tmp_path / "raw" / "bodies").rglob("*.gz"):
        path.unlink()
    assert _web(store).get(url, good_for=HOUR)[1] == PAGE


# robots.txt


def _robots(server: Server, text: str, status: int = 200) -> None:
    server.put("robots.txt", text.encode(), status, Content_Type="text/plain")


def test_robots_txt_is_heeded_and_asked_for_once(server: Server, store: Store) -> None:
    _robots(server, "User-agent: *\nDisallow: /closed\n\nUser-agent: Tollbook\nDisallow: /ours\n")
    urls = [server.put(path, PAGE) for path in ("open", "closed", "ours")]
    found = _pages(_web(store), *urls)
    assert [isinstance(item, RawArticle) for item in found] == [True, True, False]
    assert "robots.txt does not allow" in getattr(found[2], "reason", "")
    assert [path for path, _ in server.asked].count("/robots.txt") == 1
    _pages(_web(store), urls[0])
    assert [path for path, _ in server.asked].count("/robots.txt") == 1, "a day long it is kept"


def test_a_redirect_is_checked_too(server: Server, store: Store) -> None:
    _robots(server, "User-agent: *\nDisallow: /page\n")
    (refused,) = _pages(_web(store), server.url("moved"))
    assert "robots.txt does not allow" in getattr(refused, "reason", "")
    assert "/page" not in server.paths()


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (410, True)])
def test_without_robots_txt_all_is_allowed(
    server: Server, store: Store, status: int, allowed: bool
) -> None:
    _robots(server, "gone", status)
    (found,) = _pages(_web(store), server.put("a", PAGE))
    assert isinstance(found, RawArticle) == allowed


def test_where_robots_txt_cannot_be_had_nothing_is_asked(
    server: Server, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "RETRIES", 1)
    _robots(server, "", 500)
    missed: list[Entry] = []
    entry = Entry(server.put("a", PAGE))
    (refused,) = pages.fetch_all([entry], _web(store), NEVER, missed)
    assert "robots.txt answers 500" in getattr(refused, "reason", "")
    assert missed == [entry], "it may be had another day"
    assert "/a" not in server.paths()


@pytest.mark.parametrize(
    ("text", "pause"),
    [
        ("User-agent: *\nCrawl-delay: 0.3\n", 0.3),
        ("User-agent: *\nRequest-rate: 10/3s\n", 0.3),
        ("User-agent: other\nCrawl-delay: 9\n", 0.0),
        ("\ufeffUser-agent: *\nCrawl-delay: 0.3\n", 0.3),
        ("<html>not a robots.txt</html>", 0.0),
    ],
)
def test_pauses_that_robots_txt_asks_for(text: str, pause: float) -> None:
    assert robots.rules(200, text.encode()).pause == pytest.approx(pause)


def test_a_crawl_delay_lies_between_any_two_requests(server: Server, store: Store) -> None:
    _robots(server, "User-agent: *\nCrawl-delay: 0.3\n")
    _pages(_web(store), *(server.put(f"{number}", PAGE) for number in range(4)))
    asked = zip(server.times, server.asked, strict=True)
    times = [at for at, (path, _) in asked if path != "/robots.txt"]
    assert len(times) == 4
    assert min(after - before for before, after in pairwise(times)) > 0.25, (
        "but for the time that a request is on its way"
    )


def test_a_rate_holds_for_a_host_whatever_it_allows(server: Server, store: Store) -> None:
    began = time.monotonic()
    _pages(_web(store, delay=0.2), *(server.put(f"{number}", PAGE) for number in range(4)))
    assert time.monotonic() - began > 0.75


def test_hosts_do_not_wait_for_each_other() -> None:
    turns = robots.Turns()
    began = time.monotonic()
    for host in ("a.example", "b.example", "c.example"):
        assert turns.wait(host, 30.0, began + 20)
    assert time.monotonic() - began < 20
    assert not turns.wait("a.example", 30.0, began + 20), "its turn comes after the time is over"


def test_whoever_waits_for_a_turn_can_be_stopped() -> None:
    turns = robots.Turns()
    began = time.monotonic()
    assert turns.wait("a.example", 30.0, began + 60)
    Timer(0.1, turns.stop).start()
    assert not turns.wait("a.example", 30.0, began + 60)
    assert time.monotonic() - began < 20
    turns.start()
    assert turns.wait("b.example", 30.0, began + 60)


def test_when_the_time_is_over_nothing_fetched_is_lost(server: Server, store: Store) -> None:
    urls = [server.url(f"slow?{number}") for number in range(8)]
    missed: list[Entry] = []
    found = pages.fetch_all(map(Entry, urls), _web(store, seconds=0.7), NEVER, missed)
    kinds = [type(item) for item in found]
    assert kinds[0] is RawArticle
    assert kinds[-1] is Rejected
    assert getattr(found[-1], "reason", "").endswith("the time for fetching was over")
    assert [entry.url for entry in missed] == urls[kinds.index(Rejected) :]
    again = pages.fetch_all(map(Entry, urls), _web(store), HOUR)
    assert {type(item) for item in again} == {RawArticle}
    assert sorted(server.paths()) == sorted(f"/slow?{number}" for number in range(8))


# many pages


def test_bytes_are_kept_before_they_are_read(server: Server, store: Store, tmp_path: Path) -> None:
    urls = [server.url("page"), server.url("cyrillic"), server.url("missing")]
    strike, cyrillic, missing = _pages(_web(store), *urls)
    assert isinstance(strike, RawArticle)
    assert isinstance(cyrillic, RawArticle)
    assert (strike.title, cyrillic.title) == ("Strike", "Удар")
    assert strike.url == strike.source == urls[0]
    assert (strike.source_name, strike.language) == ("test", "en")
    assert isinstance(missing, Rejected)
    kept = sorted((tmp_path / "raw" / "bodies").rglob("*.gz"))
    assert PAGE in [gzip.decompress(path.read_bytes()) for path in kept]
    _pages(_web(store), *urls)
    assert sorted((tmp_path / "raw" / "bodies").rglob("*.gz")) == kept


def test_pages_come_in_order_and_each_once_however_it_is_written(
    server: Server, store: Store
) -> None:
    urls = [server.put(f"{number}", PAGE) for number in range(5)]
    twice = [*urls, urls[2] + "?utm_campaign=x", urls[3] + "#part"]
    found = _pages(_web(store), *twice)
    assert [item.source for item in found] == urls
    assert len(server.paths()) == 5


def test_one_host_is_asked_for_one_page_at_a_time(
    server: Server, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, under_way, counts = fetch.fetch, list[str](), list[int]()

    def counted(url: str, ask: fetch.Ask) -> fetch.Page:
        under_way.append(url)
        counts.append(len(under_way))
        try:
            return plain(url, ask)
        finally:
            under_way.remove(url)

    monkeypatch.setattr(fetch, "fetch", counted)
    urls = [server.url(f"slow?{number}") for number in range(4)]
    assert {type(item) for item in _pages(_web(store), *urls)} == {RawArticle}
    assert max(count for count in counts if count) <= 2, "a page, and its host's robots.txt"


def test_a_picture_is_no_page(server: Server, store: Store) -> None:
    (refused,) = _pages(_web(store), server.put("a", b"\x89PNG", Content_Type="image/png"))
    assert getattr(refused, "reason", "") == "the server sends image/png, no page"


def test_a_failure_nobody_has_thought_of_costs_one_page(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: Web, url: str, **__: object) -> None:
        raise ZeroDivisionError("by chance")

    monkeypatch.setattr(Web, "get", fails)
    (refused,) = _pages(_web(store), "http://x.example/a")
    assert getattr(refused, "reason", "") == "cannot be fetched: ZeroDivisionError: by chance"


# the store


def _response(url: str = "http://x.example/", **given: object) -> Response:
    whole = {
        "url": url, "final_url": url, "status": 200, "headers": {}, "body_sha256": None,
        "fetched_at": datetime(2026, 5, 1, 12, tzinfo=UTC), **given,
    }  # fmt: skip
    return Response(**whole)  # type: ignore[arg-type]


def test_the_same_bytes_are_kept_once_by_many_at_a_time(store: Store, tmp_path: Path) -> None:
    body = b"the same " * 100_000
    together = Barrier(8)

    def keep(_: int) -> str:
        together.wait(timeout=5)
        return store.keep(body)

    with ThreadPoolExecutor(8) as pool:
        (digest,) = set(pool.map(keep, range(8)))
    assert store.body(digest) == body
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_responses_of_an_address_come_back_in_order(store: Store) -> None:
    noted = [_response(status=status) for status in (200, 304, 404)]
    for response in noted:
        store.note(response)
    assert store.responses("HTTP://X.example:80/?utm_source=a#top") == noted
    assert list(store.all()) == noted
    assert store.responses("http://y.example/") == []


def test_many_note_at_the_same_time_and_no_line_is_lost(store: Store) -> None:
    noted = [_response(status=number) for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(store.note, noted))
    kept = store.responses(noted[0].url)
    assert sorted(response.status or 0 for response in kept) == list(range(200))


def test_a_torn_line_costs_its_own_response_only(store: Store, tmp_path: Path) -> None:
    store.note(_response(status=200))
    (path,) = tmp_path.rglob("*.jsonl")
    path.write_bytes(path.read_bytes()[:-30])
    store.note(_response(status=304))
    assert [response.status for response in store.responses("http://x.example/")] == [304]


def test_damaged_bytes_are_told(store: Store, tmp_path: Path) -> None:
    digest = store.keep(b"one")
    (path,) = tmp_path.rglob("*.gz")
    path.write_bytes(gzip.compress(b"two"))
    with pytest.raises(OSError, match="not those that were kept"):
        store.body(digest)
