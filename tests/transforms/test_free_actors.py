import pytest

from seeds.read import rows
from transforms import actors, language
from transforms.text import read


def found(code: str, text: str) -> list[tuple[str, str]]:
    return [(m.name, m.role) for m in actors.find(read(text, language.load(code)))]


RUSSIA, UKRAINE = "Military Forces of Russia", "Military Forces of Ukraine"


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("uk", "Російська армія обстріляла Нікополь.", [(RUSSIA, "attacker")]),
        ("uk", "Окупанти вдарили дроном по селу.", [(RUSSIA, "attacker")]),
        ("uk", "Унаслідок російського удару загинули двоє.", [(RUSSIA, "attacker")]),
        ("uk", "Ворог атакував місто вночі.", [(RUSSIA, "attacker")]),
        ("uk", "Росія заявила про обмін.", []),
        ("uk", "Російський уряд мовчить.", []),
        ("uk", "ЗСУ вдарили по складу.", [(UKRAINE, "attacker")]),
        ("ru", "ВСУ обстреляли Донецк.", [(UKRAINE, "attacker")]),
        ("ru", "В результате украинского обстрела погиб мужчина.", [(UKRAINE, "attacker")]),
        ("ru", "Российские войска нанесли удар по Одессе.", [(RUSSIA, "attacker")]),
        ("ru", "Украинский певец дал концерт.", []),
        ("ru", "Удар нанесли по ВСУ.", [(UKRAINE, "target")]),
    ],
)
def test_who_attacked(code: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(code, text) == expected


@pytest.mark.parametrize("code", ["uk", "ru"])
def test_names_are_those_of_the_roster(code: str) -> None:
    names = {row["name"] for row in rows(f"lexicons/{code}/actors.csv")}
    assert names <= actors.roster().keys()
