"""Every sentence of tests/cases/casualties.csv gives exactly the claims that its row states."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.transforms.claim_notation import claims_of, written

_CASES = Path(__file__).parents[2] / "cases" / "casualties.csv"
_PROVENANCES = {"developed_on", "bug_caught", "known_wrong"}


def _rows() -> list[dict[str, str]]:
    lines = [li for li in _CASES.read_text("utf-8").splitlines() if not li.startswith("#")]
    return list(csv.DictReader(lines))


def _parameters() -> list[object]:
    known_wrong = pytest.mark.xfail(strict=True, reason="a known wrong reading")
    return [
        pytest.param(
            row["sentence"],
            row["expected"],
            marks=[known_wrong] if row["provenance"] == "known_wrong" else [],
            id=row["sentence"][:60],
        )
        for row in _rows()
    ]


@pytest.mark.parametrize(("sentence", "expected"), _parameters())
def test_sentence(sentence: str, expected: str) -> None:
    found = sorted(written(claim) for claim in claims_of(sentence))
    assert found == ([] if expected == "-" else sorted(expected.split("; ")))


def test_table_is_sound() -> None:
    rows = _rows()
    assert {row["provenance"] for row in rows} <= _PROVENANCES
    sentences = [row["sentence"] for row in rows]
    assert len(sentences) == len(set(sentences))
