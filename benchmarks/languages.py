"""How fast each language is read beside English: ``python -m benchmarks.languages``.

On two kinds of text: six reports that are told in every language, and texts of one length made of
the table of cases of each, which are dense with claims as no article is. Beside that, what a word
form costs that was never met before; it is kept from then on.
"""

from __future__ import annotations

import csv
import sys
import time
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from transforms import language, morphology, text
from transforms.extract import extract
from transforms.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TABLES = {"en": "casualties.csv", "uk": "casualties_uk.csv", "ru": "casualties_ru.csv"}
CASES = Path(__file__).resolve().parents[1] / "tests" / "cases"
POSTS = Path(__file__).with_name("posts.toml")
#: Characters of a text.
LENGTH = 2_500
#: All texts are read so often; the quickest round counts.
_TIMES = 6


def posts(code: str) -> list[Article]:
    """The reports that are told in every language."""
    told = tomllib.loads(POSTS.read_text("utf-8"))["posts"]
    return [_article(code, i, one[code].strip()) for i, one in enumerate(told)]


def articles(code: str) -> list[Article]:
    """The sentences of a language's table as texts of one length."""
    lines = (CASES / TABLES[code]).read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    whole = " ".join(row["sentence"] for row in rows)
    starts = range(0, len(whole) - LENGTH + 1, LENGTH)
    return [_article(code, i, whole[i : i + LENGTH]) for i in starts]


def _article(code: str, number: int, told: str) -> Article:
    return Article(f"{code}{number}", told, date(2025, 6, 1), language=code)


def rate(told: Sequence[Article], rounds: int = _TIMES) -> float:
    """Texts a second of processor time, once the words are known."""
    quickest = float("inf")
    again = range(max(1, LENGTH * 10 // sum(len(article.text) for article in told)))
    for _ in range(rounds):
        start = time.process_time()
        for _ in again:
            for article in told:
                extract(article)
        quickest = min(quickest, (time.process_time() - start) / len(again))
    return len(told) / quickest


def new_form(code: str, told: Iterable[Article]) -> float:
    """Microseconds of processor time for a word form that is met for the first time; 0: none is."""
    spoken = language.load(code)
    if spoken.morphology == "none":
        return 0.0
    words = sorted({word for article in told for word in text.tokens(article.text)})
    forms = morphology.Forms(spoken)
    start = time.process_time()
    for word in words:
        forms[word]
    return (time.process_time() - start) / len(words) * 1e6


def main() -> None:
    """Prints each language's rates, and their share of those of English."""
    for name, made in (("reports", posts), ("tables", articles)):
        found = {code: rate(made(code)) for code in TABLES}
        for code, texts in found.items():
            sys.stdout.write(f"{name} {code}: {texts:.0f} texts/s, {texts / found['en']:.0%}\n")
    for code in TABLES:
        sys.stdout.write(f"a new form {code}: {new_form(code, articles(code)):.0f} µs\n")


if __name__ == "__main__":
    main()
