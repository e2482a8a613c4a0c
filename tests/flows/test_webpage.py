"""Web pages: text, dates, title, author and language; what is no article is told for what it is."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.readers import RawArticle, Rejected, webpage
from tests import shared

URL = "https://news.example/2025/07/01/strike"
WORDS = (
    "A drone struck the grain port of the town before dawn and set two silos on fire, the harbour "
    "master said. Two crane drivers were killed and five firemen were hurt while they worked. "
)
BODY = f"<p>{WORDS}</p><p>{WORDS.replace('two', 'three')}</p><p>{WORDS.upper().lower()}</p>"
UKRAINIAN = (
    "Уранці російський безпілотник влучив у зерновий термінал порту, унаслідок чого загинули двоє "
    "працівників, ще п'ятеро дістали поранення, повідомив начальник обласної адміністрації. "
) * 3
RUSSIAN = (
    "Утром беспилотник ударил по зерновому терминалу порта, в результате чего погибли двое "
    "рабочих, ещё пятеро получили ранения, сообщил глава областной администрации. "
) * 3


def _html(body: str = BODY, head: str = "", title: str = "Strike on the port") -> bytes:
    return (
        f"<html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>"
        f"<nav><a href=/>Home</a></nav><article><h1>{title}</h1>{body}</article>"
        "<footer>About us</footer></body></html>"
    ).encode()


def _ld(**node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def _read(page: bytes, url: str = URL, **given: object) -> RawArticle | Rejected:
    return webpage.page(page, url, url=url, **given)  # type: ignore[arg-type]


def _article(page: bytes, url: str = URL, **given: object) -> RawArticle:
    found = _read(page, url, **given)
    assert isinstance(found, RawArticle), found
    return found


def test_an_article_comes_out_whole_without_its_frame() -> None:
    head = '<meta name=author content="Ada Reyes"><meta property="og:site_name" content="The Wire">'
    found = _article(_html(head=head))
    assert "crane drivers" in found.text
    assert "About us" not in found.text
    assert (found.title, found.author, found.publisher) == (
        "Strike on the port",
        "Ada Reyes",
        "The Wire",
    )


def test_original_and_updated_dates_are_kept_apart() -> None:
    head = _ld(
        **{"@type": "NewsArticle"},
        datePublished="2025-07-01T06:30:00+03:00",
        dateModified="2025-07-02T10:00:00+03:00",
    )
    found = _article(_html(head=head))
    assert found.published_at == datetime(2025, 7, 1, 3, 30, tzinfo=UTC)
    assert found.published_on == date(2025, 7, 1)
    assert found.updated_at == datetime(2025, 7, 2, 7, 0, tzinfo=UTC)


def test_dates_of_meta_tags() -> None:
    head = (
        '<meta property="article:published_time" content="2025-07-01T23:30:00-05:00">'
        '<meta property="article:modified_time" content="2025-07-03T01:00:00-05:00">'
    )
    found = _article(_html(head=head))
    assert (found.published_on, found.updated_at and found.updated_at.day) == (date(2025, 7, 1), 3)


def test_what_the_page_does_not_say_its_list_may() -> None:
    url = "https://news.example/strike"
    hints = {"published_at": "2025-07-01T09:00:00+00:00", "updated_at": "2025-07-01T11:00:00+00:00"}
    found = _article(_html(), url, hints=hints)
    assert found.published_at == datetime(2025, 7, 1, 9, tzinfo=UTC)
    assert found.updated_at == datetime(2025, 7, 1, 11, tzinfo=UTC)
    dated = _html(head='<meta property="article:published_time" content="2025-06-30T08:00:00Z">')
    assert _article(dated, url, hints=hints).published_on == date(2025, 6, 30)


@pytest.mark.parametrize(
    ("text", "language"), [(WORDS * 2, "en"), (UKRAINIAN, "uk"), (RUSSIAN, "ru")]
)
def test_the_words_tell_the_language_not_the_mark(text: str, language: str) -> None:
    page = _html(f"<p>{text}</p>").replace(b"<html>", b"<html lang=de>")
    assert _article(page).language == language


HEADLINES = "".join(
    f"<div><h3><a href=/{n}>Shelling of village number {n} leaves several dead</a></h3>"
    f"<p>Teaser {n}: rescue crews said that the dead in the village may be more.</p></div>"
    for n in range(12)
)


@pytest.mark.parametrize(
    ("name", "page", "url", "reason"),
    [
        (
            "a stub that says so",
            _html(f"<p>{WORDS}</p><p>Subscribe to continue reading.</p>"),
            URL,
            "a paywall stub",
        ),
        (
            "a stub in its data",
            _html(f"<p>{WORDS}</p>", _ld(**{"@type": "NewsArticle"}, isAccessibleForFree="False")),
            URL,
            "a paywall stub",
        ),
        (
            "a Ukrainian stub",
            _html("<p>Уранці дрон влучив у порт. Ця стаття лише для передплатників.</p>"),
            URL,
            "a paywall stub",
        ),
        (
            "a cookie wall",
            _html(
                "<p>We use cookies and similar methods to store data on your device. Please accept "
                "all cookies or manage your choices before you continue to the site.</p>"
            ),
            URL,
            "a cookie wall",
        ),
        (
            "a robot check",
            _html("<p>Checking your browser before you can go on. Please wait a moment.</p>"),
            URL,
            "a robot check",
        ),
        ("a live blog by its data", _html(head=_ld(**{"@type": "LiveBlogPosting"})), URL, "a live"),
        (
            "a live blog by its address",
            _html(),
            "https://news.example/news/live/2025/07/01/port",
            "a live blog",
        ),
        (
            "a live blog by its title",
            _html(title="Strike on the port: live updates"),
            URL,
            "a live",
        ),
        (
            "an index page",
            _html(HEADLINES, title="News of the war"),
            "https://news.example/war",
            "an index page",
        ),
        (
            "an index page by its data",
            _html(HEADLINES, _ld(**{"@type": "CollectionPage"})),
            "https://news.example/war",
            "an index page",
        ),
    ],
)
def test_what_is_no_article_is_told_for_what_it_is(
    name: str, page: bytes, url: str, reason: str
) -> None:
    found = _read(page, url)
    assert isinstance(found, Rejected), name
    assert found.reason.startswith(reason), name
    assert found.raw, "the page is kept with the reason"


@pytest.mark.parametrize(
    ("name", "page", "url"),
    [
        (
            "of cookies",
            _html(BODY * 2 + "<p>The ministry's site asked to accept cookies.</p>"),
            URL,
        ),
        ("with an offer", _html(BODY * 2 + "<p>Subscribe to read more from us.</p>"), URL),
        ("a short free one", _html(f"<p>{WORDS}</p>", _ld(isAccessibleForFree=True)), URL),
        ("a paid one shown whole", _html(BODY * 2, _ld(isAccessibleForFree=False)), URL),
        ("of live fire", _html(title="Live fire kills two at the port"), URL),
        ("in a town called Live Oak", _html(), "https://news.example/live-oak/strike-on-port"),
        (
            "with many links beside it",
            _html() + HEADLINES.replace("<p>", "<i>").replace("</p>", "</i>").encode(),
            URL,
        ),
    ],
)
def test_an_article_stays_one(name: str, page: bytes, url: str) -> None:
    assert isinstance(_read(page, url), RawArticle), name


def test_token_f1_on_news_pages() -> None:
    scores, refused = [], []
    for row in shared.rows("html_zyte"):
        html = gzip.decompress(shared.path(f"corpora/{row['html']}").read_bytes())
        found = _read(html, row["url"])
        # A stub's text is as good as the gold's, which is the stub; it only is no whole article.
        text = getattr(found, "text", None)
        if text is None:
            refused.append((row["url"], getattr(found, "reason", "")))
            text = webpage.text_of(html, row["url"])
        scores.append(_f1(text, row["text"]))
    assert sum(scores) / len(scores) >= 0.95
    assert {reason.partition(":")[0] for _, reason in refused} <= {"a paywall stub"}
    assert len(refused) <= 2


def _f1(found: str, gold: str) -> float:
    one, other = (Counter(re.findall(r"\w+", text)) for text in (found, gold))
    return 2 * (one & other).total() / max(one.total() + other.total(), 1)


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_broken_pages_are_read_or_refused(data: st.DataObject) -> None:
    body = bytearray(_html(head=_ld(**{"@type": "NewsArticle"}, datePublished="2025-07-01")))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(body) - 1))
        body[at : at + data.draw(st.integers(0, 60))] = data.draw(st.binary(max_size=12))
    found = _read(bytes(body))
    assert isinstance(found, RawArticle | Rejected)
    assert not (isinstance(found, Rejected) and found.reason.startswith("cannot be read"))
