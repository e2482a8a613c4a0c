"""Every text of tests/cases/casualty_texts.csv gives its first incident the toll of its row."""

from __future__ import annotations

from datetime import date

import pytest

from tests.transforms import case_tables
from transforms.extract import extract
from transforms.model import NO_COUNT, Article, Count, Measure

TABLE = "casualty_texts.csv"
_PUBLISHED = date(2025, 3, 5)  # a Wednesday
CASES = case_tables.parameters(TABLE, "text", lambda row: (row["killed"], row["injured"]))


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


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_text(text: str, expected: tuple[str, str]) -> None:
    assert tolls_of(text.replace("\\n", "\n")) == expected


def test_table_is_sound() -> None:
    rows = case_tables.rows(TABLE)
    assert {row["provenance"] for row in rows} <= case_tables.PROVENANCES
    texts = [row["text"] for row in rows]
    assert len(texts) == len(set(texts))
