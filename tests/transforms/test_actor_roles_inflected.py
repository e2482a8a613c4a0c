"""Who did it, owns up, is accused or denies it in languages whose cases tell who does what."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from transforms.contract import to_row
from transforms.extract import extract
from transforms.model import Article

CASES = Path(__file__).parents[1] / "cases" / "actor_roles.csv"
LEADS = {
    "uk": "У Херсоні в понеділок унаслідок вибуху загинули четверо людей. ",
    "ru": "В Херсоне в понедельник в результате взрыва погибли четыре человека. ",
}


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['language']} {case['name']}")
def test_who_is_said_to_have_done_it(case: dict[str, str]) -> None:
    text = LEADS[case["language"]] + case["sentence"]
    (incident,) = to_row(extract(Article("a", text, None, language=case["language"])))["incidents"]
    told = incident["actor_roles"]
    found = [(r["text"], r["actor"], r["role"], r["speaker"]) for r in told]
    written = " ; ".join(" / ".join(part or "-" for part in row) for row in found)
    assert (written or "-") == case["expected"]
    assert all(text[r["start"] : r["end"]] == r["text"] for r in told)
