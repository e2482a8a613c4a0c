"""Tolls that hang on the words for one person beside another, in languages of cases."""

from __future__ import annotations

from datetime import date

import pytest

from seeds import read as seeds
from transforms import language
from transforms.casualties import one_by_one
from transforms.extract import extract
from transforms.model import Article

CASES: list[tuple[str, str, str, dict[str, int]]] = [
    ("uk", "died of those hurt",
     "У Сумах загинули двоє людей, п'ятеро поранені. Пізніше один із поранених помер.",
     {"killed": 3}),
    ("ru", "died of those hurt",
     "В Донецке погибли двое, пятеро ранены. Позже один из раненых скончался.",
     {"killed": 3}),
    ("uk", "the update counts them",
     "У Сумах загинули двоє, п'ятеро поранені. Двоє поранених померли. "
     "Кількість загиблих зросла до чотирьох.",
     {"killed": 4}),
    ("uk", "the attacker's own death",
     "У Дніпрі нападник убив трьох людей. Нападник загинув на місці.",
     {"killed": 4}),
    ("ru", "the attacker's own death",
     "В Ижевске стрелок убил четверых человек. Стрелок погиб на месте.",
     {"killed": 5}),
    ("uk", "one woman in two cases",
     "У Херсоні поранено жінку. Жінка в лікарні.",
     {"injured": 1}),
    ("ru", "one woman in two cases",
     "В Курске ранена женщина. Женщину доставили в больницу.",
     {"injured": 1}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "case", "text", "expected"), CASES, ids=[f"{c[0]} {c[1]}" for c in CASES]
)
def test_toll(code: str, case: str, text: str, expected: dict[str, int]) -> None:
    (incident,) = extract(Article("a", text, date(2025, 3, 5), language=code)).incidents
    tolls = {str(measure): count.best for measure, count in incident.tolls.items()}
    assert {measure: tolls.get(measure) for measure in expected} == expected


def test_the_day_on_which_a_toll_rose_is_not_that_of_the_attack() -> None:
    text = "Удар по Ізюму стався 10 лютого. Кількість загиблих зросла 12 лютого до дев'яти."
    (incident,) = extract(Article("a", text, date(2025, 2, 13), language="uk")).incidents
    assert incident.date is not None
    assert incident.date.date_start == date(2025, 2, 10)


@pytest.mark.parametrize("code", seeds.folders("lexicons"))
def test_every_language_has_the_words(code: str) -> None:
    assert one_by_one.words(language.load(code)).attackers


def test_a_language_without_them_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeds, "toml", lambda name: {"told": {"he": "he"}})
    with pytest.raises(seeds.SeedError, match=r"es/people\.toml: \[told\] lacks attackers"):
        one_by_one.words.__wrapped__(language.load("es"))
