"""How fast each language is read: ``python -m benchmarks.languages``.

The texts are made of its table of cases: the tables are as dense with claims in every language,
which articles are not.
"""

from __future__ import annotations

import csv
import sys
import time
from datetime import date
from pathlib import Path

from transforms.extract import extract
from transforms.model import Article

TABLES = {"en": "casualties.csv", "uk": "casualties_uk.csv", "ru": "casualties_ru.csv"}
CASES = Path(__file__).resolve().parents[1] / "tests" / "cases"
#: Characters of a text.
LENGTH = 2_500
#: Each table is read so often; the quickest counts.
_TIMES = 6


def articles(code: str) -> list[Article]:
    """The sentences of a language's table as texts of one length."""
    lines = (CASES / TABLES[code]).read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    text = " ".join(row["sentence"] for row in rows)
    starts = range(0, len(text) - LENGTH + 1, LENGTH)
    return [
        Article(f"{code}{i}", text[i : i + LENGTH], date(2025, 6, 1), language=code) for i in starts
    ]


def rate(code: str) -> float:
    """Texts a second of processor time, once the words are known."""
    told = articles(code)
    quickest = float("inf")
    for _ in range(_TIMES):
        start = time.process_time()
        for article in told:
            extract(article)
        quickest = min(quickest, time.process_time() - start)
    return len(told) / quickest


def main() -> None:
    """Prints each language's rate, and its share of that of English."""
    english = rate("en")
    for code in TABLES:
        found = rate(code)
        sys.stdout.write(f"{code}: {found:.0f} texts/s, {found / english:.0%} of English\n")


if __name__ == "__main__":
    main()
