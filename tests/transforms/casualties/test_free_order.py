"""Every sentence of the tables of Ukrainian, Russian and Spanish gives the claims of its row."""

from __future__ import annotations

import pytest

from tests.transforms import case_tables
from tests.transforms.claim_notation import claims_of, written


def _cases(code: str) -> list[object]:
    table = f"casualties_{code}.csv"
    return case_tables.parameters(table, "sentence", lambda row: row["expected"])


def _check(code: str, sentence: str, expected: str) -> None:
    found = sorted(written(claim) for claim in claims_of(sentence, code))
    assert found == ([] if expected == "-" else sorted(expected.split("; ")))


@pytest.mark.parametrize(("sentence", "expected"), _cases("uk"))
def test_ukrainian(sentence: str, expected: str) -> None:
    _check("uk", sentence, expected)


@pytest.mark.parametrize(("sentence", "expected"), _cases("ru"))
def test_russian(sentence: str, expected: str) -> None:
    _check("ru", sentence, expected)


@pytest.mark.parametrize(("sentence", "expected"), _cases("es"))
def test_headlines_of_a_further_language_by_its_lexicon_alone(sentence: str, expected: str) -> None:
    _check("es", sentence, expected)


@pytest.mark.parametrize("code", ["uk", "ru", "es"])
def test_table_is_sound(code: str) -> None:
    rows = case_tables.rows(f"casualties_{code}.csv")
    assert {row["provenance"] for row in rows} <= case_tables.PROVENANCES
    sentences = [row["sentence"] for row in rows]
    assert len(sentences) == len(set(sentences))
