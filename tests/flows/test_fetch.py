"""Fetching holds its bounds against a server that misbehaves."""

from __future__ import annotations

import errno
import resource
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from flows import dial, fetch, steps
from flows.readers import Rejected
from tests.flows.server import PAGE, Server, running


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as found:
        yield found


PRIVATE = fetch.Ask(allow_private=True)


def _fetch(server: Server, path: str) -> fetch.Page:
    return fetch.fetch(server.url(path), PRIVATE)


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
        fetch.follow(server.url(path), fetch.Ask(allow_private=True, deadline=0.5))
    assert time.monotonic() - began < 4.5  # the server drips for 5 s and more


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
        fetch.follow("http://nowhere.example/", fetch.Ask())


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
        fetch.follow(f"http://evil.example:{port}/page", fetch.Ask())
    assert (called, asked) == ([("93.184.216.34", port)], 1)
    with pytest.raises(fetch.FetchError, match="private address"):
        fetch.follow(f"http://evil.example:{port}/page", fetch.Ask())
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


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 7 ", 7),
        ("", None),
        ("soon", None),
        ("-3", None),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float | None) -> None:
    assert fetch.retry_after(value) == (seconds and pytest.approx(seconds, abs=3))


def test_retry_after_may_be_a_moment_to_come() -> None:
    moment = datetime.now(UTC) + timedelta(seconds=90)
    found = fetch.retry_after(format_datetime(moment, usegmt=True))
    assert found == pytest.approx(90, abs=3)


@pytest.mark.parametrize(("path", "least"), [("busy-in-seconds", 1.0), ("busy-until", 0.5)])
def test_a_busy_server_is_left_alone_as_long_as_it_asks(
    server: Server, path: str, least: float
) -> None:
    began = time.monotonic()
    assert _fetch(server, path).body == PAGE
    assert least <= time.monotonic() - began < 30


def test_a_server_that_asks_for_too_long_is_left(server: Server) -> None:
    began = time.monotonic()
    with pytest.raises(fetch.FetchError, match=r"429.* asks to be left alone for 86400 s"):
        _fetch(server, "busy-for-a-day")
    assert time.monotonic() - began < 30
