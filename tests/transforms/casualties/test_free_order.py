"""Every sentence of the tables of Ukrainian and Russian gives exactly the claims of its row."""

from __future__ import annotations

import pytest

from tests.transforms import case_tables
from tests.transforms.claim_notation import claims_of, written

LANGUAGES = ("uk", "ru")
CASES = [
    pytest.param(code, *case.values, marks=case.marks, id=f"{code}-{case.id}")
    for code in LANGUAGES
    for case in case_tables.parameters(
        f"casualties_{code}.csv", "sentence", lambda row: row["expected"]
    )
]


@pytest.mark.parametrize(("code", "sentence", "expected"), CASES)
def test_sentence(code: str, sentence: str, expected: str) -> None:
    found = sorted(written(claim) for claim in claims_of(sentence, code))
    assert found == ([] if expected == "-" else sorted(expected.split("; ")))


@pytest.mark.parametrize("code", LANGUAGES)
def test_table_is_sound(code: str) -> None:
    rows = case_tables.rows(f"casualties_{code}.csv")
    assert {row["provenance"] for row in rows} <= case_tables.PROVENANCES
    sentences = [row["sentence"] for row in rows]
    assert len(sentences) == len(set(sentences))
