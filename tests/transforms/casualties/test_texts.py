"""Every text of tests/cases/casualty_texts.csv gives its first incident the toll of its row."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from transforms.extract import extract
from transforms.model import NO_COUNT, Article, Count, Measure

_CASES = Path(__file__).parents[2] / "cases" / "casualty_texts.csv"
_PUBLISHED = date(2025, 3, 5)  # a Wednesday
_PROVENANCES = {"developed_on", "bug_caught", "known_wrong"}


def _rows() -> list[dict[str, str]]:
    lines = [li for li in _CASES.read_text("utf-8").splitlines() if not li.startswith("#")]
    return list(csv.DictReader(lines))


def _parameters() -> list[object]:
    known_wrong = pytest.mark.xfail(strict=True, reason="a known wrong reading")
    return [
        pytest.param(
            row["text"],
            (row["killed"], row["injured"]),
            marks=[known_wrong] if row["provenance"] == "known_wrong" else [],
            id=row["text"][:60],
        )
        for row in _rows()
    ]


def tolls_of(text: str) -> tuple[str, str]:
    """The first incident's killed and injured, as the table writes them."""
    incidents = extract(Article("t", text, published_at=_PUBLISHED)).incidents
    tolls: dict[Measure, Count] = incidents[0].tolls if incidents else {}
    return _written(tolls.get("killed", NO_COUNT)), _written(tolls.get("injured", NO_COUNT))


def _written(count: Count) -> str:
    if not count.known:
        return "-"
    if count.low == count.best == count.high:
        return str(count.best)
    bounds = (count.low, count.best, count.high)
    return "/".join("" if bound is None else str(bound) for bound in bounds)


@pytest.mark.parametrize(("text", "expected"), _parameters())
def test_text(text: str, expected: tuple[str, str]) -> None:
    assert tolls_of(text.replace("\\n", "\n")) == expected


def test_table_is_sound() -> None:
    rows = _rows()
    assert {row["provenance"] for row in rows} <= _PROVENANCES
    texts = [row["text"] for row in rows]
    assert len(texts) == len(set(texts))
