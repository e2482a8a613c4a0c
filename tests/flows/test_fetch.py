"""Fetching holds its bounds against a server that misbehaves."""

from __future__ import annotations

import gzip
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import fetch, steps
from flows.readers import RawArticle, Rejected
from tests.flows.server import PAGE, Server, running


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as found:
        yield found


def _fetch(server: Server, path: str, **options: float) -> fetch.Page:
    return fetch.fetch(server.url(path), allow_private=True, **options)


@pytest.mark.parametrize("path", ["page", "zipped", "moved", "busy-once"])
def test_a_page_arrives_whole(server: Server, path: str) -> None:
    page = _fetch(server, path)
    assert page.body == PAGE


def test_redirects_and_charset_are_recorded(server: Server) -> None:
    page = _fetch(server, "moved")
    assert page.url == server.url("page")
    assert (page.content_type, page.charset) == ("text/html", "utf-8")
    assert _fetch(server, "zipped").charset is None


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing", "answers 404"),
        ("busy", "answers 429"),
        ("loop", "more than 8 redirects"),
        ("to-file", "file:///etc/passwd: only http and https"),
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


def test_a_dripping_server_meets_the_deadline(server: Server) -> None:
    began = time.monotonic()
    with pytest.raises(fetch.FetchError, match="did not arrive in time"):
        fetch._once(server.url("drip"), True, time.monotonic() + 0.5)
    assert time.monotonic() - began < 2


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
    plain = fetch.is_public
    monkeypatch.setattr(fetch, "is_public", lambda host: host in allowed or plain(host))
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
