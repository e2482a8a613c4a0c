"""Fetching holds its bounds against a server that misbehaves."""

from __future__ import annotations

import errno
import gzip
import resource
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from flows import dial, fetch, pages, steps
from flows.readers import RawArticle, Rejected
from tests.flows.server import PAGE, Server, running


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as found:
        yield found


def _fetch(server: Server, path: str, **options: float) -> fetch.Page:
    return fetch.fetch(server.url(path), allow_private=True, **options)


@pytest.mark.parametrize(
    "path", ["page", "zipped", "moved", "moved-afar", "moved-endless", "busy-once"]
)
def test_a_page_arrives_whole(server: Server, path: str) -> None:
    page = _fetch(server, path)
    assert page.body == PAGE


def test_redirects_and_charset_are_recorded(server: Server) -> None:
    page = _fetch(server, "moved")
    assert page.url == server.url("page")
    assert page.charset == "utf-8"
    assert _fetch(server, "zipped").charset is None


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing", "answers 404"),
        ("busy", "answers 429"),
        ("loop", "more than 8 redirects"),
        ("to-file", "file:///etc/passwd: only http and https"),
        ("to-nowhere", r"leads to 'http://\[x\]/', no address"),
        ("cut", "IncompleteRead"),
        ("bomb", "longer than 10,000,000 bytes"),
        ("endless", "longer than 10,000,000 bytes"),
    ],
)
def test_what_cannot_be_had_is_said(
    server: Server, path: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(fetch.FetchError, match=reason):
        _fetch(server, path)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert grown < 8 * fetch.MAX_BYTES


@pytest.mark.parametrize("path", ["drip", "drip-headers", "open-end"])
def test_a_dripping_server_meets_the_deadline(server: Server, path: str) -> None:
    began = time.monotonic()
    with pytest.raises(fetch.FetchError, match="did not arrive in time"):
        fetch._once(server.url(path), True, time.monotonic() + 0.5)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "url",
    [
        "http://[x]/",
        "http://[::1/a",
        "http://a:99999999/",
        "http://a..b/",
        f"http://{'a' * 70}.example/",
        "http://\ud800.example/",
    ],
)
def test_addresses_that_cannot_be(url: str, tmp_path: Path) -> None:
    with pytest.raises(fetch.FetchError):
        fetch.fetch(url)
    (refused,) = steps.fetch_pages([url], tmp_path)
    assert isinstance(refused, Rejected)
    assert refused.source == url


def test_a_host_that_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(
        fetch.FetchError, match=r"the host is not found \(Name or service not known"
    ):
        fetch._once("http://nowhere.example/", False, time.monotonic() + 5)


def test_a_name_that_changes_its_address_leads_nowhere_else(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = socket.getaddrinfo
    called: list[tuple[str, int]] = []
    asked = 0

    def rebinding(host: str, *given: Any, **options: Any) -> Any:
        nonlocal asked
        if host != "evil.example":
            return plain(host, *given, **options)
        asked += 1
        return plain("93.184.216.34" if asked == 1 else "127.0.0.1", *given, **options)

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        called.append(address)
        raise ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(socket, "create_connection", connect)
    port = server.server_address[1]
    with pytest.raises(fetch.FetchError, match="Connection refused"):
        fetch._once(f"http://evil.example:{port}/page", False, time.monotonic() + 5)
    assert (called, asked) == ([("93.184.216.34", port)], 1)
    with pytest.raises(fetch.FetchError, match="private address"):
        fetch._once(f"http://evil.example:{port}/page", False, time.monotonic() + 5)
    assert len(called) == 1


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.0.0.1",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::7f00:1",
        "2002:7f00:1::",
        "2001::1",
        "2001:db8::1",
        "fc00::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_addresses_of_no_one_on_the_open_internet(host: str) -> None:
    assert not dial.is_public(host)


@pytest.mark.parametrize("host", ["93.184.216.34", "::ffff:93.184.216.34", "2606:2800:220:1::1"])
def test_addresses_of_the_open_internet(host: str) -> None:
    assert dial.is_public(host)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://0.0.0.0/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
    ],
)
def test_private_addresses_are_refused(url: str) -> None:
    with pytest.raises(fetch.FetchError, match="private address"):
        fetch.fetch(url)


def test_a_redirect_to_a_private_address_is_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = ["127.0.0.1"]
    plain = dial.is_public
    monkeypatch.setattr(dial, "is_public", lambda host: host in allowed or plain(host))
    with pytest.raises(fetch.FetchError, match=r"10\.0\.0\.1 is a private address"):
        fetch.fetch(server.url("to-private"))


@pytest.mark.parametrize("url", ["ftp://x.example/", "file:///etc/passwd", "http://", "x"])
def test_only_the_web_is_fetched(url: str) -> None:
    with pytest.raises(fetch.FetchError, match="only http and https"):
        fetch.fetch(url)


def test_nothing_is_picked_up_from_the_environment(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login a password b", encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    _fetch(server, "page")
    headers = server.asked[-1][1]
    assert "Authorization" not in headers
    assert headers["User-Agent"].startswith("Tollbook/")


def test_bytes_are_kept_before_they_are_read(server: Server, tmp_path: Path) -> None:
    urls = [server.url("page"), server.url("cyrillic"), server.url("missing")]
    strike, cyrillic, missing = steps.fetch_pages(urls, tmp_path, allow_private=True)
    assert isinstance(strike, RawArticle)
    assert isinstance(cyrillic, RawArticle)
    assert (strike.title, cyrillic.title) == ("Strike", "Удар")
    assert strike.url == strike.source == urls[0]
    assert isinstance(missing, Rejected)
    kept = sorted(tmp_path.rglob("*.gz"))
    assert PAGE in [gzip.decompress(path.read_bytes()) for path in kept]
    assert len(kept) == 2
    steps.fetch_pages(urls, tmp_path, allow_private=True)
    assert sorted(tmp_path.rglob("*")) == sorted({*kept, *(path.parent for path in kept)})


def test_the_same_bytes_are_kept_once_by_many_at_a_time(tmp_path: Path) -> None:
    body = b"the same " * 100_000
    page = fetch.Page("http://x.example/", body, None, "ab" * 32, datetime.now(UTC))
    together = Barrier(8)

    def keep(_: int) -> Path:
        together.wait(timeout=5)
        return fetch.keep(page, tmp_path)

    with ThreadPoolExecutor(8) as pool:
        (path,) = set(pool.map(keep, range(8)))
    assert gzip.decompress(path.read_bytes()) == body
    assert [kept for kept in tmp_path.rglob("*") if kept.is_file()] == [path]


def test_many_pages_arrive_in_order_few_at_a_time(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, under_way, counts = fetch.fetch, list[str](), list[int]()

    def counted(url: str, *, allow_private: bool) -> fetch.Page:
        under_way.append(url)
        counts.append(len(under_way))
        try:
            return plain(url, allow_private=allow_private)
        finally:
            under_way.remove(url)

    monkeypatch.setattr(fetch, "fetch", counted)
    urls = [server.url(f"slow?{number}") for number in range(6)] + [server.url("missing")]
    found = pages.fetch_all(urls, tmp_path, allow_private=True)
    assert [item.source for item in found] == urls
    *articles, missing = found
    assert [getattr(item, "reason", None) for item in articles] == [None] * 6
    assert isinstance(missing, Rejected)
    assert max(counts) == 2


def test_hosts_do_not_wait_for_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    together = Barrier(8)

    def meets(url: str, *, allow_private: bool) -> fetch.Page:
        together.wait(timeout=5)
        raise fetch.FetchError(url)

    monkeypatch.setattr(fetch, "fetch", meets)
    urls = [f"http://h{host}.example/{page}" for host in range(4) for page in range(2)]
    found = pages.fetch_all(urls, tmp_path)
    assert [getattr(item, "reason", None) for item in found] == urls


def test_when_the_time_is_over_nothing_fetched_is_lost(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = [server.url(f"slow?{number}") for number in range(10)]
    found = pages.fetch_all(urls, tmp_path, allow_private=True, seconds=0.3)
    kinds = [type(item) for item in found]
    assert kinds[0] is RawArticle
    assert kinds[-1] is Rejected
    assert getattr(found[-1], "reason", "") == "not fetched: the time for fetching was over"


def test_a_failure_nobody_has_thought_of_costs_one_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(url: str, *, allow_private: bool) -> fetch.Page:
        raise ZeroDivisionError("by chance")

    monkeypatch.setattr(fetch, "fetch", fails)
    (refused,) = pages.fetch_all(["http://x.example/a"], tmp_path)
    assert isinstance(refused, Rejected)
    assert refused.reason == "cannot be fetched: ZeroDivisionError: by chance"
