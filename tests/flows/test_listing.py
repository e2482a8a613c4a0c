"""Lists of articles in many dialects: feeds, sitemaps, GDELT, JSON APIs; broken ones are told."""

from __future__ import annotations

import gzip
from contextlib import suppress
from datetime import date
from functools import partial

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.listing import api, feeds, gdelt, sitemaps
from flows.listing.model import Entry, ListError
from flows.sources import Paging

URL = "https://news.example/feed"
A, B = "https://news.example/a", "https://news.example/b"

RSS2 = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>Strike &amp; fire</title><link>{A}</link>
<pubDate>Tue, 01 Jul 2025 12:00:00 +0300</pubDate></item>
<item><title><![CDATA[Second]]></title><guid isPermaLink="true">{B}</guid></item>
<item><title>Leads nowhere</title></item></channel></rss>"""
RSS1 = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://news.example/"><title>News</title></channel>
<item rdf:about="{A}"><title>Strike &amp; fire</title><link>{A}</link>
<dc:date>2025-07-01T09:00:00Z</dc:date></item></rdf:RDF>"""
RSS091 = f"""<rss version="0.91"><channel><title>News</title>
<item><title>Strike &amp; fire</title><link>{A}</link></item></channel></rss>"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">
<title>News</title><entry><title>Strike &amp; fire</title><link rel="alternate" href="{A}"/>
<published>2025-07-01T12:00:00+03:00</published><updated>2025-07-01T15:00:00Z</updated>
</entry></feed>"""
ATOM03 = f"""<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>News</title>
<entry><title>Strike &amp; fire</title><link rel="alternate" type="text/html" href="{A}"/>
<issued>2025-07-01T09:00:00Z</issued></entry></feed>"""
CYRILLIC = f"""<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel>
<item><title>Удар по Харкову</title><link>{A}</link></item></channel></rss>"""
RELATIVE = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/">
<entry><title>Strike &amp; fire</title><link href="/a"/></entry></feed>"""
BROKEN = f"""<rss version="2.0"><channel><item><title>Strike & fire</title><link>{A}</link></item>
<item><title>cut off"""
TITLE = "Strike & fire"
MORNING = "2025-07-01T09:00:00+00:00"


@pytest.mark.parametrize(
    ("feed", "first"),
    [
        pytest.param(RSS2.encode(), Entry(A, MORNING, None, TITLE), id="RSS 2.0"),
        pytest.param(RSS1.encode(), Entry(A, MORNING, MORNING, TITLE), id="RSS 1.0"),
        pytest.param(RSS091.encode(), Entry(A, None, None, TITLE), id="RSS 0.91"),
        pytest.param(
            ATOM.encode(), Entry(A, MORNING, "2025-07-01T15:00:00+00:00", TITLE), id="Atom 1.0"
        ),
        pytest.param(ATOM03.encode(), Entry(A, MORNING, None, TITLE), id="Atom 0.3"),
        pytest.param(
            CYRILLIC.encode("cp1251"), Entry(A, None, None, "Удар по Харкову"), id="windows-1251"
        ),
        pytest.param(RELATIVE.encode(), Entry(A, None, None, TITLE), id="relative links"),
        pytest.param(b"\xef\xbb\xbf\n" + RSS091.encode(), Entry(A, None, None, TITLE), id="mark"),
        pytest.param(BROKEN.encode(), Entry(A, None, None, TITLE), id="broken"),
    ],
)
def test_feeds_in_many_dialects(feed: bytes, first: Entry) -> None:
    found = feeds.entries(feed, URL)
    assert found[0] == first


def test_an_entry_is_known_by_its_id_where_it_has_no_link() -> None:
    assert [entry.url for entry in feeds.entries(RSS2.encode(), URL)] == [A, B]


def test_an_empty_feed_has_no_articles() -> None:
    assert feeds.entries(b"<rss version='2.0'><channel></channel></rss>", URL) == []


@pytest.mark.parametrize("body", [b"", b"<html><body>Not found</body></html>", b"{}", b"\x00\xff"])
def test_what_is_no_feed_is_told(body: bytes) -> None:
    with pytest.raises(ListError, match="not a feed"):
        feeds.entries(body, URL)


def test_a_feed_opens_no_file_and_fetches_nothing() -> None:
    for body in (b"/etc/passwd", b"http://127.0.0.1:9/feed", b"file:///etc/passwd"):
        with pytest.raises(ListError):
            feeds.entries(body, URL)


NEWS_SITEMAP = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<!-- made today --><url><loc> {A} </loc><lastmod>2025-07-02</lastmod>
<image:image><image:loc>https://news.example/a.jpg</image:loc></image:image>
<news:news><news:publication_date>2025-07-01T12:00:00+03:00</news:publication_date>
<news:title>{TITLE.replace("&", "&amp;")}</news:title></news:news></url>
<url><loc>/b</loc><lastmod>soon</lastmod></url><url></url></urlset>""".encode()


def test_a_news_sitemap_gives_dates_and_titles() -> None:
    found, further = sitemaps.entries(NEWS_SITEMAP, URL)
    assert found == [
        Entry(A, "2025-07-01T12:00:00+03:00", "2025-07-02T00:00:00", TITLE),
        Entry(B),
    ]
    assert further == []
    assert [entry.day for entry in found] == [date(2025, 7, 1), None]
    assert sitemaps.entries(gzip.compress(NEWS_SITEMAP), URL)[0] == found


def test_a_sitemap_may_name_further_ones() -> None:
    index = f"<sitemapindex><sitemap><loc>{A}</loc><lastmod>2025-07-01</lastmod></sitemap>"
    found, further = sitemaps.entries(f"{index}</sitemapindex>".encode(), URL)
    assert found == []
    assert [(entry.url, entry.day) for entry in further] == [(A, date(2025, 7, 1))]


def test_entities_of_a_sitemap_open_nothing() -> None:
    evil = (
        '<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        "<urlset><url><loc>https://news.example/&x;</loc></url></urlset>"
    )
    found, _ = sitemaps.entries(evil.encode(), URL)
    assert all("root" not in entry.url for entry in found)


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"{}", b"\x1f\x8bnot gzip"])
def test_what_is_no_sitemap_is_told(body: bytes) -> None:
    with pytest.raises(ListError):
        sitemaps.entries(body, URL)


def test_the_two_lists_of_gdelt() -> None:
    doc = {"articles": [{"url": A, "title": TITLE, "seendate": "20250701T090000Z"}, {"title": "x"}]}
    assert gdelt.entries(orjson.dumps(doc)) == [Entry(A, title=TITLE)]
    assert [moment.hour for moment in gdelt.seen(orjson.dumps(doc))] == [9]
    lines = b"\n".join(orjson.dumps({"url": url, "date": MORNING}) for url in (A, B))
    assert gdelt.entries(gzip.compress(lines)) == [Entry(A), Entry(B)]
    assert gdelt.entries(orjson.dumps({"url": A})) == [Entry(A)]
    assert gdelt.entries(b"{}") == gdelt.entries(b"") == []


def test_gdelt_says_in_words_what_it_dislikes() -> None:
    with pytest.raises(ListError, match="Please limit requests"):
        gdelt.entries(b"Please limit requests to one every 5 seconds")


COLUMNS = {"url": "links.self", "title": "fields.names.0", "published_at": "fields.when"}
ROW = {"links": {"self": A}, "fields": {"names": [TITLE], "when": "2025-07-01"}}


def test_a_row_of_an_api_is_read_by_paths() -> None:
    assert api.entry(ROW, COLUMNS) == Entry(A, "2025-07-01T00:00:00", None, TITLE)
    assert api.entry({"links": []}, COLUMNS) is None
    found = api.read({**ROW, "body": "<p>Two died.</p><p>One was hurt.</p>"}, _with_text(), URL)
    assert getattr(found, "text", None) == "Two died.\nOne was hurt."
    assert getattr(found, "url", None) == A
    refused = api.read(ROW, _with_text(), URL)
    assert "there is no text" in getattr(refused, "reason", "")


def _with_text() -> dict[str, str]:
    return {**COLUMNS, "text": "body"}


@pytest.mark.parametrize(
    ("url", "answer", "paging", "following"),
    [
        ("https://a.example/?q=x", {}, None, None),
        ("https://a.example/?q=x", {}, Paging("page", "p", 1), "https://a.example/?q=x&p=2"),
        ("https://a.example/?p=7", {}, Paging("page", "p", 1), "https://a.example/?p=8"),
        ("https://a.example/", {}, Paging("offset", "from"), "https://a.example/?from=20"),
        ("https://a.example/?from=20", {}, Paging("offset", "from"), "https://a.example/?from=40"),
        (
            "https://a.example/",
            {"n": {"h": "/2"}},
            Paging("next", path="n.h"),
            "https://a.example/2",
        ),
        ("https://a.example/", {"n": None}, Paging("next", path="n.h"), None),
    ],
)
def test_pages_of_an_api(
    url: str, answer: object, paging: Paging | None, following: str | None
) -> None:
    assert api.following(url, answer, 20, paging) == following
    assert api.following(url, answer, 0, paging) is None


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1"])
def test_what_is_no_answer_is_told(body: bytes) -> None:
    with pytest.raises(ListError, match="not JSON"):
        api.parsed(body)
    with pytest.raises(ListError, match="no list at 'data'"):
        api.rows({"data": {}}, "data")


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_broken_lists_are_read_or_told_and_nothing_else(data: st.DataObject) -> None:
    """Feeds, sitemaps and answers with pieces cut out, doubled and garbled."""
    kinds = [
        RSS2,
        RSS1,
        ATOM,
        ATOM03,
        RELATIVE,
        NEWS_SITEMAP.decode(),
        orjson.dumps([ROW]).decode(),
    ]
    body = bytearray(data.draw(st.sampled_from(kinds)).encode())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, max(len(body) - 1, 0)))
        body[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=12))
    for read in (partial(feeds.entries, url=URL), partial(sitemaps.entries, url=URL)):
        with suppress(ListError):
            read(bytes(body))
    with suppress(ListError):
        gdelt.entries(bytes(body))
