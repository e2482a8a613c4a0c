"""Case tables: one row a case, `#` before notes, a strict xfail for what is known wrong."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

PROVENANCES = {"developed_on", "bug_caught", "known_wrong"}
_CASES = Path(__file__).parents[1] / "cases"
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """The rows of tests/cases/<name>."""
    lines = [li for li in (_CASES / name).read_text("utf-8").splitlines() if not li.startswith("#")]
    return list(csv.DictReader(lines))


def parameters(name: str, text: str, expected: Callable[[Row], object]) -> list[object]:
    """Each row's text and what is expected of it."""
    known_wrong = pytest.mark.xfail(strict=True, reason="a known wrong reading")
    return [
        pytest.param(
            row[text],
            expected(row),
            marks=[known_wrong] if row["provenance"] == "known_wrong" else [],
            id=row[text][:60],
        )
        for row in rows(name)
    ]
