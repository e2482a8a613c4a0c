"""The benchmarks run, and the articles that they read are as news is."""

from __future__ import annotations

from pathlib import Path

import orjson
import pyarrow as pa
import pytest

from benchmarks import duplicates, extract, flow, languages, ledger, pages, starts, texts
from flows.readers import Page, RawArticle
from transforms import contract
from transforms.extract import extract as read
from transforms.model import Article


def test_the_same_seed_makes_the_same_articles_and_another_makes_others() -> None:
    first, again = (list(texts.articles(20, 1, extract.TEMPLATES)) for _ in range(2))
    assert first == again
    others = {row["text"] for row in texts.articles(20, 2, extract.TEMPLATES)}
    assert others.isdisjoint(row["text"] for row in first)


def test_articles_are_two_to_three_kilobytes_and_tell_of_casualties_and_places() -> None:
    for row in texts.articles(20, 3, extract.TEMPLATES):
        found = read(contract.article_from(row))
        assert texts.LENGTH <= len(row["text"]) < 2 * texts.LENGTH
        assert found.claims
        assert found.places


def test_every_stage_and_both_numbers_of_processes_are_measured() -> None:
    made = list(texts.articles(8, 4, extract.TEMPLATES))
    parts = extract.stages(made, rounds=1)
    assert parts["all of extract"] >= max(parts["places"], parts["dates"])
    runs = extract.processes(made, rounds=1)
    assert runs["one process"]["articles_a_second"] > 0
    assert runs["two processes"]["articles_a_second"] > 0


def test_made_pages_hold_an_article_and_much_besides() -> None:
    made = list(pages.pages(3, 5))
    assert made == list(pages.pages(3, 5))
    for data in made:
        article = Page(data, "made.html").read()
        assert isinstance(article, RawArticle)
        assert texts.LENGTH <= len(article.text) < len(data) / 4
        assert "Section 7" not in article.text
        assert (article.published_at is not None, article.updated_at) == (True, None)


def test_html_is_measured_beside_trafilatura() -> None:
    found = pages.one_core(list(pages.pages(2, 6)), rounds=1)
    assert found["HTML to claims"] > found["trafilatura alone"] > 0


@pytest.mark.slow  # a process of its own, which imports all
def test_the_flow_is_measured_by_stage(tmp_path: Path) -> None:
    source = tmp_path / "made.jsonl"
    rows = texts.articles(3, 7, extract.TEMPLATES)
    source.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    found = flow.ingested(source)
    assert {"read", "extract", "normalise", "validate", "load", "publish"} <= set(found["stages"])
    assert sum(found["stages"].values()) <= found["seconds"] + 0.1


def test_the_start_of_every_command_is_measured() -> None:
    helps = starts.helps()
    assert helps["tollbook --help"] == ("--help",)
    assert {"tollbook run --help", "tollbook review same --help"} <= set(helps)
    assert extract.started(helps["tollbook runs --help"]) > 0


def test_every_language_has_texts_of_one_length_with_claims() -> None:
    for code in languages.TABLES:
        told = languages.articles(code)
        assert all(len(article.text) == languages.LENGTH for article in told)
        assert all(read(article).claims for article in told[:2])


def test_every_report_says_the_same_in_every_language() -> None:
    for told in zip(*map(languages.posts, languages.TABLES), strict=True):
        claims = [[(c.measure, c.best) for c in read(one).claims] for one in told]
        assert claims[0] == claims[1] == claims[2], told[0].text
    assert languages.rate(languages.posts("uk"), rounds=1) > 0
    assert languages.new_form("en", languages.posts("en")) == 0
    assert languages.new_form("ru", languages.posts("ru")) > 0


def test_reprints_are_made_and_linked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "_MADE", 60)
    found = duplicates.measure(300)
    assert found["reprints_made"] > 40
    assert found["reprints_linked"] >= 0.95 * found["reprints_made"]


def test_what_a_large_warehouse_is_given_is_what_the_reader_finds() -> None:
    """Most of a made article's words were never read: there must be nothing in them."""
    made = ledger.Ledger(places=30).next(60)
    assert isinstance(made.articles, pa.Table)
    articles = made.articles.to_pylist()
    found = [read(Article(row["article_id"], row["text"], row["published_on"])) for row in articles]
    for name, key in (("claims", "claim_id"), ("places", "start"), ("dates", "start")):
        table = getattr(made, name)
        expected = sorted(str(getattr(one, key, None)) for of in found for one in getattr(of, name))
        column = key if key in table.column_names else "span_start"
        assert sorted(map(str, table[column].to_pylist())) == expected
    tolls = [
        (of.incidents[0].incident_id, of.incidents[0].tolls["killed"].best)
        for of in found
        if "killed" in of.incidents[0].tolls
    ]
    known = zip(
        made.incidents["incident_id"].to_pylist(),  # type: ignore[index]
        made.incidents["killed_best"].to_pylist(),  # type: ignore[index]
        strict=True,
    )
    assert {*tolls} <= {*known}
