"""Sources of every kind against a real server: lists, pages, holes, minimum, resuming, backfill."""

from __future__ import annotations

import gzip
import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from flows import steps
from flows.gather import Gathered, gather
from flows.preview import preview
from flows.readers import RawArticle, Rejected
from flows.settings import Settings
from flows.sources import Paging, Source, Window
from flows.store import Store
from tests.flows.server import PAGE, Server, running
from warehouse import ledger
from warehouse.connect import writer
from warehouse.digest import digest
from warehouse.sql import rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

JULY = Window(date(2025, 7, 1), date(2025, 7, 3))


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found:
        yield found


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return tmp_path / "data" / "raw"


def _source(kind: str, *reads: str, **given: Any) -> Source:
    whole = {"delay": 0.0, "private": True, **given}
    return Source("mine", kind, reads, "The Post", "by permission", "en", **whole)


def _page(number: int) -> bytes:
    return PAGE.replace(b"Two people", f"{number + 20} people".encode())


def _pages(server: Server, count: int) -> list[str]:
    return [server.put(f"news/{number}", _page(number)) for number in range(count)]


def _feed(server: Server, urls: list[str], first: int = 1, etag: str | None = None) -> str:
    items = "".join(
        f"<item><link>{url}</link><pubDate>{first + at:02} Jul 2025 09:00:00 GMT</pubDate></item>"
        for at, url in enumerate(urls)
    )
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
    headers = {"Content_Type": "application/rss+xml"} | ({"ETag": etag} if etag else {})
    return server.put("feed", feed, 200, **headers)


def _articles(gathered: Gathered) -> list[RawArticle]:
    return [item for item in gathered if isinstance(item, RawArticle)]


def test_a_feed_leads_to_its_pages(server: Server, raw: Path) -> None:
    urls = _pages(server, 3)
    got = gather(_source("feed", _feed(server, urls)), raw)
    found = _articles(got)
    assert [article.url for article in found] == urls
    assert [article.published_on for article in found] == [date(2025, 7, d) for d in (1, 2, 3)]
    assert {article.source_name for article in found} == {"mine"}
    assert (got.found.listed, got.read, got.status, got.message) == (3, 3, "completed", None)
    assert {response.purpose for response in got.responses} == {"page", "list", "robots"}


def test_a_feed_that_is_the_same_is_read_from_the_store(server: Server, raw: Path) -> None:
    source = _source("feed", _feed(server, _pages(server, 2), etag='"1"'))
    first = [article.version_id for article in _articles(gather(source, raw))]
    asked = len(server.paths())
    assert [article.version_id for article in _articles(gather(source, raw))] == first
    assert server.paths()[asked:] == ["/feed"], "a 304, and the pages are still good"


def test_a_run_that_was_stopped_goes_on_with_what_is_missing(
    server: Server, raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = _pages(server, 6)
    source = _source("feed", _feed(server, urls))
    keep, kept = Store.keep, list[bytes]()

    def stopped(store: Store, body: bytes) -> str:
        if len(kept) == 4:
            raise KeyboardInterrupt
        kept.append(body)
        return keep(store, body)

    monkeypatch.setattr(Store, "keep", stopped)
    with pytest.raises(KeyboardInterrupt):
        gather(source, raw)
    monkeypatch.undo()
    assert len(_articles(gather(source, raw))) == 6
    pages = [path for path in server.paths() if path.startswith("/news")]
    assert all(pages.count(path) == 1 for path in pages if path != "/news/3"), "once each"


def test_a_list_that_says_a_page_has_changed_has_it_fetched_anew(server: Server, raw: Path) -> None:
    url = server.put("a", PAGE)
    entry = "<url><loc>{}</loc><lastmod>{}</lastmod></url>"
    # The second is of tomorrow, as in a zone that is ahead of ours.
    for hours, text in ((-1, PAGE), (24, PAGE.replace(b"hurt", b"killed"))):
        changed = (datetime.now(UTC) + timedelta(hours=hours)).isoformat()
        body = f"<urlset>{entry.format(url, changed)}</urlset>"
        source = _source("sitemap", server.put("map", body.encode(), Content_Type="text/xml"))
        server.put("a", text)
        (article,) = _articles(gather(source, raw))
    assert "killed" in article.text
    assert server.paths().count("/a") == 2


def test_too_few_articles_fail_loudly_and_too_many_warn(server: Server, raw: Path) -> None:
    feed = _feed(server, _pages(server, 2))
    few = gather(_source("feed", feed, least=3), raw)
    assert len(list(few)) == 2
    assert (few.status, few.message) == (
        "failed",
        "gave 2 articles, fewer than its minimum of 3",
    )
    many = gather(_source("feed", feed, most=1), raw)
    assert len(list(many)) == 2
    assert (many.status, many.message) == (
        "completed",
        "gave 2 articles, more than its maximum of 1",
    )


def test_a_list_that_cannot_be_had_fails_its_source(server: Server, raw: Path) -> None:
    got = gather(_source("feed", server.url("missing"), server.url("page")), raw)
    assert list(got) == []
    assert got.status == "failed"
    assert "answers 404" in (got.message or "")
    assert "not a feed" in (got.message or "")


def test_a_page_that_is_gone_costs_itself_only(server: Server, raw: Path) -> None:
    urls = [*_pages(server, 2), server.url("missing")]
    got = gather(_source("feed", _feed(server, urls)), raw)
    assert [type(item) for item in got] == [RawArticle, RawArticle, Rejected]
    assert got.status == "completed"


def test_sitemaps_below_a_sitemap_and_only_of_the_days_asked_for(server: Server, raw: Path) -> None:
    urls = _pages(server, 4)
    part = "".join(
        f"<url><loc>{url}</loc><lastmod>2025-07-0{at + 1}</lastmod></url>"
        for at, url in enumerate(urls)
    )
    new = server.put("new", gzip.compress(f"<urlset>{part}</urlset>".encode()))
    index = f"<sitemap><loc>{new}</loc><lastmod>2025-07-04</lastmod></sitemap>"
    index += f"<sitemap><loc>{server.url('old')}</loc><lastmod>2024-01-01</lastmod></sitemap>"
    server.put("index", f"<sitemapindex>{index}</sitemapindex>".encode())
    got = gather(_source("sitemap", server.url("index")), raw, JULY)
    assert [article.url for article in _articles(got)] == urls[:3]
    assert "/old" not in server.paths()
    assert set(got.found.days.values()) == {"complete"}


def test_an_api_gives_its_pages_of_articles(server: Server, raw: Path) -> None:
    for number in range(3):
        items = [
            {"body": f"{number}: two people died in the port.", "u": f"http://a.example/{number}"}
        ]
        following = server.url(f"api/{number + 1}") if number < 2 else None
        answer = json.dumps({"data": items, "next": following}).encode()
        server.put(f"api/{number}", answer, Content_Type="application/json")
    source = _source(
        "api", server.url("api/0"), columns={"text": "body", "url": "u"}, items="data",
        paging=Paging("next", path="next"),
    )  # fmt: skip
    got = gather(source, raw)
    assert [article.text[0] for article in _articles(got)] == ["0", "1", "2"]
    assert {item.body_sha256 for item in _articles(got)} == {
        response.body_sha256 for response in got.responses if response.purpose == "rows"
    }


def test_a_full_answer_of_gdelt_is_asked_for_in_halves(
    server: Server, raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.listing import gdelt

    monkeypatch.setattr(gdelt, "FULL", 3)
    urls = _pages(server, 4)
    for span, found in (("0000-2359", urls[:3]), ("0000-1159", urls[:2]), ("1200-2359", urls[2:])):
        answer = {"articles": [{"url": url} for url in found]}
        server.put(f"gdelt/01/{span}", json.dumps(answer).encode())
    address = server.url("gdelt/{since:%d}/{since:%H%M}-{until:%H%M}")
    day = Window(date(2025, 7, 1), date(2025, 7, 1))
    got = gather(_source("gdelt", address), raw, day)
    assert [article.url for article in _articles(got)] == urls
    assert got.found.days == {day.since: "complete"}


def test_a_table_with_a_map_of_columns(tmp_path: Path, raw: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Body,Title,When\nTwo died.,x,2025-07-01\n,y,2025-07-01\n", encoding="utf-8")
    columns = {"text": "Body", "published_at": "When"}
    good, bad = gather(_source("table", str(path), columns=columns), raw)
    assert isinstance(good, RawArticle)
    assert (good.text, good.title, good.source_name) == ("Two died.", None, "mine")
    assert isinstance(bad, Rejected)
    lines = tmp_path / "a.jsonl"
    lines.write_text('{"doc": {"words": "Two died."}}\n', encoding="utf-8")
    (found,) = gather(_source("table", str(lines), columns={"text": "doc.words"}), raw)
    assert getattr(found, "text", None) == "Two died."
    (lacking,) = gather(_source("table", str(path), columns={"text": "Words"}), raw)
    assert "lacks the column 'Words'" in getattr(lacking, "reason", "")


def _warc(records: list[tuple[str, bytes, str, str]]) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    file = io.BytesIO()
    out = WARCWriter(file, gzip=True)
    out.write_record(out.create_warcinfo_record("a.warc.gz", {"software": "test"}))
    for url, body, status, kind in records:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        made = out.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=headers,
            warc_headers_dict={"WARC-Date": "2025-07-01T09:00:00Z"},
        )  # fmt: skip
        out.write_record(made)
    return file.getvalue()


def test_a_web_archive_is_read_record_by_record(tmp_path: Path, raw: Path) -> None:
    html = "text/html; charset=utf-8"
    made = _warc(
        [
            ("https://a.example/1?utm_source=x", PAGE, "200 OK", html),
            ("https://a.example/2", b"gone", "404 Not Found", html),
            ("https://a.example/3", b"\x89PNG", "200 OK", "image/png"),
            ("https://a.example/4", PAGE, "200 OK", html),
        ]
    )
    path = tmp_path / "a.warc.gz"
    path.write_bytes(made)
    found = list(gather(_source("warc", str(path)), raw))
    assert [type(item) for item in found] == [RawArticle, Rejected, Rejected, RawArticle]
    first = found[0]
    assert isinstance(first, RawArticle)
    assert (first.url, first.line) == ("https://a.example/1", 2)
    assert first.fetched_at == datetime(2025, 7, 1, 9, tzinfo=UTC)
    for cut in (20, 200, 400):
        path.write_bytes(made[: len(made) - cut])
        *_, last = gather(_source("warc", str(path)), raw)
        assert "is damaged after record" in getattr(last, "reason", ""), cut


def test_a_dry_run_reads_lists_and_fetches_no_page(server: Server, raw: Path) -> None:
    urls = _pages(server, 2)
    source = _source("feed", _feed(server, urls))
    shown = list(preview([source], ["a.txt"], raw, None, allow_private=False))
    assert shown == [
        ("", "", "read", "a.txt"),
        ("mine", "2025-07-01", "fetch", urls[0]),
        ("mine", "2025-07-02", "fetch", urls[1]),
    ]
    assert server.paths() == ["/feed"]
    list(gather(source, raw))
    shown = list(preview([source], [], raw, None, allow_private=False))
    assert [row[2] for row in shown] == ["kept", "kept"]


# backfill and its books


def test_days_that_a_feed_does_not_reach_are_holes(server: Server, raw: Path) -> None:
    urls = _pages(server, 2)
    got = gather(_source("feed", _feed(server, urls, first=2)), raw, JULY)
    assert got.found.days == {
        date(2025, 7, 1): "unreached",
        date(2025, 7, 2): "unreached",
        date(2025, 7, 3): "complete",
    }


def _daily(server: Server, days: dict[int, list[str]], **given: Any) -> Source:
    for day, urls in days.items():
        items = [{"u": url} for url in urls]
        server.put(f"day/{day}", json.dumps({"data": items}).encode())
    address = server.url("day/{day:%-d}")
    return _source("api", address, columns={"url": "u"}, items="data", **given)


def test_a_backfill_asks_day_by_day_and_never_again_for_a_whole_day(
    server: Server, raw: Path
) -> None:
    urls = _pages(server, 3)
    source = _daily(server, {1: urls[:2], 2: []})
    got = gather(source, raw, JULY)
    assert len(_articles(got)) == 2
    first, second, third = JULY.days()
    assert got.found.days == {first: "complete", second: "complete", third: "partial"}
    assert got.status == "failed"
    asked = len(server.paths())
    _daily(server, {3: urls[2:]})
    again = gather(source, raw, JULY, complete=frozenset({first, second}))
    assert [article.url for article in _articles(again)] == urls[2:]
    assert again.found.days == {third: "complete"}
    assert server.paths()[asked:] == ["/day/3", "/news/2"]


def test_the_books_show_the_holes_and_health(server: Server, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "data")
    source = _daily(server, {1: [], 2: []})
    with writer(settings.home) as con:
        run_id = ledger.start_run(con, "backfill")
    got = steps.gather_source(settings, source, JULY)
    assert list(got) == []
    for _ in range(2):  # a retry books nothing twice
        steps.book_responses(settings, run_id, [got])
        steps.book_sources(settings, run_id, [got])
    with writer(settings.home) as con:
        holes = rows(con, "SELECT day, status FROM mart.source_calendar WHERE is_hole")
        assert holes == [(JULY.until, "partial")]
        ((name, status, found),) = rows(
            con, "SELECT source_name, status, holes FROM mart.source_health"
        )
        assert (name, status, found) == ("mine", "failed", 1)
        booked = rows(con, "SELECT url, status, purpose FROM raw.response ORDER BY url")
        assert (server.url("day/1"), 200, "list") in booked
        assert (server.url("day/3"), 404, "list") in booked
        query = "SELECT day, articles FROM mart.source_calendar ORDER BY day"
        assert rows(con, query) == [(day, 0) for day in JULY.days()]
    _daily(server, {3: []})
    asked = len(server.paths())
    more = steps.gather_source(settings, source, JULY)
    assert more.found.days == {JULY.until: "complete"}
    assert server.paths()[asked:] == ["/day/3"], "only what is missing"


# everything again from what is kept


@pytest.mark.slow
def test_reextract_gives_the_same_rows_without_the_network(
    server: Server, prefect: None, home: Path, tmp_path: Path
) -> None:
    from flows import ingest

    urls = _pages(server, 3)
    (tmp_path / "a.txt").write_text("A drone strike on Kharkiv killed three people.", "utf-8")
    source = _source("feed", _feed(server, urls), least=1)
    summary = ingest.ingest("one", [str(tmp_path / "a.txt")], named=[source])
    assert (summary.loaded, summary.failures) == (4, ())
    server.put("news/1", _page(1).replace(b"warehouse", b"hospital"))
    ingest.ingest("two", [urls[1]], allow_private=True)
    with writer(home) as con:
        before = digest(con)
        assert rows(con, "SELECT count(*) FROM raw.article") == [(5,)]
        for table in ("core.claim", "core.incident", "core.event", "core.event_incident"):
            con.execute(f"DELETE FROM {table}")
    server.shutdown()
    asked = len(server.asked)
    again = ingest.reextract()
    assert (again.loaded, again.quarantined) == (0, 0)
    assert len(server.asked) == asked
    with writer(home) as con:
        assert digest(con) == before
        ((status,),) = rows(con, "SELECT status FROM quality.run ORDER BY started_at DESC LIMIT 1")
        assert status == "completed"


@pytest.mark.slow
def test_a_source_that_fails_fails_the_run_and_what_came_is_loaded(
    server: Server, prefect: None, home: Path
) -> None:
    from flows import ingest

    source = _source("feed", _feed(server, _pages(server, 2)), least=5)
    summary = ingest.ingest("short", [], named=[source])
    assert summary.loaded == 2
    assert summary.failures == ("mine: gave 2 articles, fewer than its minimum of 5",)
    with writer(home) as con:
        ((status, message),) = rows(con, "SELECT status, message FROM quality.run")
    assert (status, message) == ("failed", summary.failures[0])
