"""Tokens and sentences keep their offsets, and no sentence is longer than a writer's."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from transforms import text


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=400))
def test_offsets(sample: str) -> None:
    doc = text.read(sample)
    assert [sample[a:b] for a, b in zip(doc.starts, doc.ends, strict=True)] == doc.words
    assert len(doc.lower) == len(doc.words)
    for sentence in doc.sentences:
        assert 0 <= sentence.start < sentence.end <= len(sample)
        assert sentence.first < sentence.last or not doc.words


def test_a_run_of_words_is_cut() -> None:
    doc = text.read("three killed and " * 1000)
    lengths = [sentence.last - sentence.first for sentence in doc.sentences]
    assert sum(lengths) == len(doc.words)
    assert max(lengths) <= 250


def test_length_that_changes_in_lower_case() -> None:
    doc = text.read("İzmir’de Üç kişi")
    assert doc.words[0] == "İzmir’de"
    assert doc.lower[1] == "üç"


def test_capitals() -> None:
    assert text.read("FIVE POLICEMEN WERE KILLED IN THE AMBUSH").caps
    assert not text.read("Five policemen were killed in the NATO ambush").caps
