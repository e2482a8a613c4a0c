"""Every sentence of tests/cases/casualties.csv gives exactly the claims that its row states."""

from __future__ import annotations

import pytest

from tests.transforms import case_tables
from tests.transforms.claim_notation import claims_of, written

TABLE = "casualties.csv"
CASES = case_tables.parameters(TABLE, "sentence", lambda row: row["expected"])


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_sentence(sentence: str, expected: str) -> None:
    found = sorted(written(claim) for claim in claims_of(sentence))
    assert found == ([] if expected == "-" else sorted(expected.split("; ")))


def test_table_is_sound() -> None:
    rows = case_tables.rows(TABLE)
    assert {row["provenance"] for row in rows} <= case_tables.PROVENANCES
    sentences = [row["sentence"] for row in rows]
    assert len(sentences) == len(set(sentences))
