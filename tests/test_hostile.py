"""Whatever comes in, every reader answers, in bounded time and memory: fuzzed.

Each test runs for a moment; ``TOLLBOOK_FUZZ_MINUTES=10`` makes it that long. What was once found is
kept in ``@example``.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import time
import tracemalloc
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from flows import extraction, readers
from flows.listing import api, feeds, gdelt, sitemaps
from flows.listing.model import ListError
from flows.readers import RawArticle, Rejected, webpage
from flows.readers.lines import Line
from flows.sources import check
from seeds import read as seeds
from seeds.read import SeedError
from transforms import contract
from transforms.extract import extract
from transforms.linking import keys
from transforms.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable

MINUTES = float(os.environ.get("TOLLBOOK_FUZZ_MINUTES", "0"))
#: Seconds that one small input may take on a busy machine; a hang is minutes.
BOUND = 10.0
SAMPLES = sorted((Path(__file__).parents[1] / "seeds" / "articles").glob("*.md"))
_WORDS = (
    *("killed", "were killed", "wounded", "people", "at least", "two", "12", "1,000", "5-7", "no"),
    *("children", "soldiers", "of them", "said", "police", "in Kharkiv", "on Monday", "2024-06-05"),
    *(
        "between 3 and 5",
        "the death toll rose to",
        "and",
        ",",
        ".",
        "\n\n",
        '"',
        "(",
        ")",
        "—",
        ":",
    ),
    *("missile strike", "Mr. O'Neil", "Gaza", "км", "убиты", "загинули", "🔺", "\u0301", "\u202e"),
    *("😀", "\x00", "9" * 30, "1e9", "½", "Ⅳ", "٣", "A" * 200, "-" * 90, " " * 50),
)
_CYRILLIC = (
    *("загинуло", "загинули", "погибли", "поранено", "ранены", "постраждали", "зниклий"),
    *("без вести", "людей", "человек", "двоє", "двоих", "троє", "семеро", "діти", "дітей"),
    *("військових", "12", "5-7", "щонайменше", "не менее", "до 40", "сотні", "один", "жодного"),
    *("их", "їх", "усі", "ще", "также", "з них", "из них", "серед них", "у тому числі"),
    *("кількість", "зросла до", "госпіталізовано", "у лікарні", "в тяжёлом состоянии"),
    *("повідомив", "сообщил", "за даними", "ОВА", "МЧС", "каже", "у Харкові", "в Белгороде"),
    *("на Запоріжжі", "область", "вночі", "в ніч на", "14 травня", "вчора", "дрон", "обстрел"),
    *("удар", "ворог", "втратив", "опровергли", "взяла на себе", "віком", "років", ",", "."),
    *("\n\n", ":", "—", "(", ")", "«", "»", "\u2019", "'", "🔺", "❗️", "#Харків", "🇺🇦"),
    *("\u0301"),
)
_texts = st.lists(st.sampled_from(_WORDS) | st.text(max_size=12), max_size=60).map(" ".join)
_posts = st.lists(st.sampled_from(_CYRILLIC) | st.text(max_size=8), max_size=60).map(" ".join)
_days = st.none() | st.sampled_from(["2024-06-05", "0001-01-01", "9999-12-31"])


def _fuzzed(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """So many examples; round after round of them while the minutes last."""
    found = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        check = settings(
            deadline=None, max_examples=examples, suppress_health_check=found, database=None
        )(test)

        @wraps(test)
        def rounds(*fixtures: Any, **named: Any) -> None:
            end = time.monotonic() + 60 * MINUTES
            check(*fixtures, **named)
            while time.monotonic() < end:
                check(*fixtures, **named)

        return rounds

    return decorate


def _in_time(work: Callable[[], object]) -> None:
    began = time.process_time()
    work()
    assert time.process_time() - began < BOUND


@_fuzzed(150)
@given(_texts, _days, st.none() | _texts)
@example("A" * 40 + " " + "Aa-" * 4_000, None, None)
@example("." * 5_000, "2024-06-05", None)
def test_any_text_is_read(text: str, day: str | None, title: str | None) -> None:
    _is_read({"text": text, "published_at": day, "title": title})


@_fuzzed(150)
@given(_posts, _days, st.sampled_from([None, "uk", "ru"]))
@example("загинуло \U00017000", None, None)  # a letter without a name
@example("вчора", "0001-01-01", "uk")
@example("загинуло діти 12", None, None)
def test_any_post_is_read(text: str, day: str | None, language: str | None) -> None:
    _is_read({"text": text, "published_at": day, "language": language})


def _is_read(row: dict[str, str | None]) -> None:
    text = row["text"] or ""
    if not text.strip():
        return

    def work() -> None:
        article = contract.article_from({"id": "x", **row})
        found = extract(article)
        keys.of(article.text, found)
        orjson.dumps(contract.to_row(found))
        for claim in found.claims:
            assert text[claim.start : claim.end] == claim.quote

    _in_time(work)


@_fuzzed(100)
@given(
    st.binary(max_size=200)
    | _texts.map(lambda text: json.dumps({"id": "x", "text": text}).encode())
)
def test_any_line_is_answered(line: bytes) -> None:
    _in_time(lambda: orjson.loads(extraction.answer(Line(1, line))))


def _garbled(draw: st.DrawFn, seed: bytes) -> bytes:
    body = bytearray(seed)
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, max(len(body) - 1, 0)))
        cut = draw(st.integers(0, 40))
        piece = draw(st.binary(max_size=12) | st.sampled_from(_PIECES))
        body[at : at + cut] = piece * draw(st.integers(1, 30))
    return bytes(body)


_PIECES = (
    *(
        b"<div>",
        b"</p>",
        b"<script>",
        b"<![CDATA[",
        b"-->",
        b"&#x110000;",
        b"&lt;",
        b"<meta charset=",
    ),
    *(b'"', b"[", b"{", b"]]", b"\n", b"\r", b",", b";", b"\t", b"\\u0000", b"\xff\xfe", b"1e999"),
    *(b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"NaN", b"'''", b"[[x]]", b"=", b"2025-02-30"),
)
_PAGE = (
    b'<html lang=en><head><title>Strike</title><script type="application/ld+json">{"@type":'
    b'"NewsArticle","datePublished":"2025-07-01"}</script></head><body><article><h1>Strike</h1>'
    + b"<p>Two people were killed when a drone struck a warehouse, officials said on Monday.</p>"
    * 4
    + b"</article></body></html>"
)
_FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><link>http://x.example/1'
    b"</link><pubDate>Tue, 01 Jul 2025 09:00:00 GMT</pubDate></item></channel></rss>"
)
_MAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://x.example/1</loc>'
    b"<lastmod>2025-07-01</lastmod></url></urlset>"
)
_ROWS = b'{"id": "1", "text": "Two people were killed in Kharkiv.", "published_at": "2025-07-01"}\n'
_TABLE = (
    b'id,text,date\n1,"Two people were killed, police said",2025-07-01\n2,Three died,2025-07-02\n'
)
_SOURCE = (
    b'name = "mine"\nkind = "feed"\nurl = "https://x.example/feed"\npublisher = "X"\n'
    b'licence = "own"\n'
    b'language = "en"\nterms = "free"\nschedule = "every 1 day"\n'
    b"min_articles = 1\nmax_articles = 9\n"
)


@st.composite
def _from(draw: st.DrawFn, seed: bytes) -> bytes:
    return _garbled(draw, seed)


@_fuzzed(60)
@given(_from(_PAGE), st.sampled_from([None, "utf-8", "windows-1251", "no-such"]))
@example(b"<div>" * 20_000, None)
def test_any_page_is_read_or_refused(body: bytes, charset: str | None) -> None:
    def work() -> None:
        found = webpage.page(body, "x.html", url="https://x.example/1", charset=charset)
        assert isinstance(found, RawArticle | Rejected)

    _in_time(work)


@_fuzzed(80)
@given(_from(_FEED) | _from(_MAP) | _from(gzip.compress(_MAP)) | _from(_ROWS))
@example(gzip.compress(_MAP)[:14] + b"\xff" * 9)
def test_any_list_is_read_or_told(body: bytes) -> None:
    def work() -> None:
        for read in (
            lambda: feeds.entries(body, "https://x.example/"),
            lambda: sitemaps.entries(body, "https://x.example/"),
            lambda: gdelt.entries(body),
            lambda: api.rows(api.parsed(body), "items"),
        ):
            with suppress(ListError):
                read()

    _in_time(work)


@_fuzzed(100)
@given(
    _from(_ROWS * 3) | _from(_TABLE) | _from(b"---\ntitle: x\n---\nTwo died.\n"),
    st.sampled_from([".jsonl", ".csv", ".md", ".txt", ".html", ".warc"]),
)
def test_any_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, kind: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"fuzz{kind}"
    path.write_bytes(body)

    def work() -> None:
        for item in readers.read([str(path)]):
            assert isinstance(item, RawArticle | Rejected)
            assert isinstance(item, RawArticle) or item.reason

    _in_time(work)


@_fuzzed(80)
@given(_from(_SOURCE))
def test_any_toml_is_read_or_named(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "mine.toml"
    path.write_bytes(body)

    def work() -> None:
        with suppress(SeedError):
            seeds.toml_at(path)
        _, problems = check.examine(path, path.parent)
        assert all(str(problem) for problem in problems)

    _in_time(work)


@pytest.mark.parametrize(
    "piece",
    [
        *("a ", "A ", "Aa-", "killed ", "2 killed, ", "5 ", "(", '"', ".", "\n", "- ", "1,000 "),
        *("Gaza ", "on Monday ", "said ", "two of them ", "and ", "Mr. ", "۳", "é", "убиты "),
        *("5 поранених, ", "двоє ", "загинули ", "из них ", "у Харкові ", "вночі ", "повідомив "),
        *("их доставили ", "ще один ", "🔺 ", "#Харків ", "А-", "’"),
    ],
)
def test_a_text_of_one_piece_is_read_in_time(piece: str) -> None:
    """100 KB of it, forty times a news article."""
    text = piece * (100_000 // len(piece))
    began = time.perf_counter()
    found = extract(Article("x", text + "."))
    keys.of(text + ".", found)
    assert time.perf_counter() - began < 60


def test_memory_is_bounded_by_the_text() -> None:
    text = "At least 12 people were killed in Kharkiv on Monday, police said. " * 400
    extract(Article("x", text[:1000]))
    tracemalloc.start()
    try:
        extract(Article("x", text))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 100_000_000


def test_a_bomb_is_not_unpacked() -> None:
    bomb = io.BytesIO()
    with gzip.GzipFile(fileobj=bomb, mode="wb") as file:
        for _ in range(80):
            file.write(b"\0" * 1_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(ListError):
            sitemaps.entries(bomb.getvalue(), "https://x.example/")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 150_000_000
