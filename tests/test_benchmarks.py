"""The benchmarks run, and the articles that they read are as news is."""

from __future__ import annotations

import pytest

from benchmarks import duplicates, extract, languages, texts
from transforms import contract
from transforms.extract import extract as read


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


def test_every_language_has_texts_of_one_length_with_claims() -> None:
    for code in languages.TABLES:
        told = languages.articles(code)
        assert all(len(article.text) == languages.LENGTH for article in told)
        assert all(read(article).claims for article in told[:2])


def test_reprints_are_made_and_linked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "_MADE", 60)
    found = duplicates.measure(300)
    assert found["reprints_made"] > 40
    assert found["reprints_linked"] >= 0.95 * found["reprints_made"]
