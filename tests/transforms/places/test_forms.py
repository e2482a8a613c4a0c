"""Names of places as languages of cases have them: tests/cases/place_forms.csv."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms import case_tables
from transforms import language, places, text
from transforms.model import PlaceMention
from transforms.places import gazetteer


def read(written: str, code: str) -> list[PlaceMention]:
    return places.read(text.read(written, language.load(code)), gazetteer.load())


def expected(row: dict[str, str]) -> tuple[str, str, int]:
    return row["language"], row["mention"], int(row["geoname_id"])


@pytest.mark.parametrize(
    ("written", "expected"), case_tables.parameters("place_forms.csv", "text", expected)
)
def test_inflected_name(written: str, expected: tuple[str, str, int]) -> None:
    code, name, number = expected
    assert {m.text: m.geoname_id for m in read(written, code)}.get(name) == number


@pytest.mark.parametrize(
    ("english", "ukrainian", "russian"),
    [
        ("in Kharkiv", "у Харкові", "в Харькове"),
        ("in Bakhmut", "у Бахмуті", "в Бахмуте"),
        ("in Artemivsk, Donetsk region", "в Артемівську", "в Артёмовске Донецкой области"),
        ("in Dnipro", "у Дніпрі", "в Днепропетровске"),
        ("in Kropyvnytskyi", "у Кропивницькому", "в Кировограде"),
        ("in Izhevsk", "в Іжевську", "в Ижевске"),
        ("in Kryvyi Rih", "у Кривому Розі", "в Кривом Роге"),
        ("in the Sumy region", "на Сумщині", "в Сумской области"),
        ("in the Belgorod region", "у Бєлгородській області", "на Белгородчине"),
        ("in Huliaipole, Ukraine", "у Гуляйполі", "в Гуляйполе"),
        ("in Crimea", "у Криму", "в Крыму"),
        ("in Odesa", "в Одесі", "в Одессе"),
    ],
)
def test_one_place_from_three_languages(english: str, ukrainian: str, russian: str) -> None:
    said = (("en", f"Two died {english}."), ("uk", f"Двоє загинули {ukrainian}."))
    told = [*said, ("ru", f"Двое погибли {russian}.")]
    first = [read(written, code)[0].geoname_id for code, written in told]
    assert first[0] is not None
    assert len(set(first)) == 1


@pytest.mark.parametrize(
    ("code", "written", "expected"),
    [
        ("uk", "У селі Ківшарівка Куп’янського району вибух.", ("Куп’янського району", 1)),
        ("uk", "Поблизу Вовчанська поранено двох.", (None, 2)),
        ("uk", "За 12 км від Харкова впав дрон.", (None, 2)),
        ("uk", "За 80 км від Харкова впав дрон.", (None, 5)),
        ("uk", "На Покровському напрямку тривають бої.", (None, 5)),
        ("ru", "Обстрелян город Гуляйполе Сумской области.", ("Сумской области", 4)),
        ("ru", "В Судже Харьковской области ранены двое.", ("Харьковской области", 4)),
    ],
)  # fmt: skip
def test_region_as_stated_and_precision(
    code: str, written: str, expected: tuple[str | None, int]
) -> None:
    place = read(written, code)[0]
    assert (place.stated_region, place.where_prec) == expected


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("uk", "Губернатор Громов приїхав на вулицю Сумську."),
        ("uk", "Андрій Ковальчук та Олег Лиман поранені."),
        ("uk", "Дрон типу «Орлан» збито бійцями бригади «Азов»."),
        ("ru", "Глава района Иван Рыльский приехал на улицу Курскую."),
        ("ru", "Двое ранены. Удар нанесён ракетой «Искандер»."),
    ],
)
def test_no_place(code: str, written: str) -> None:
    assert [mention.text for mention in read(written, code)] == []


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="АаБвгДеЄїКлОорс'’ -«».,\n ", max_size=60))
def test_mentions_stand_in_the_text(written: str) -> None:
    for mention in read(written, "uk"):
        assert written[mention.start : mention.end] == mention.text
