import pytest

from seeds.read import rows, toml
from transforms import actors, language
from transforms.text import read

ENGLISH = language.load("en").folder
NAMED = rows(f"{ENGLISH}/{actors.NAMED}")


def found(text: str) -> list[tuple[str, str, str]]:
    return [(m.text, m.name, m.role) for m in actors.find(read(text))]


@pytest.mark.parametrize("row", NAMED, ids=lambda row: row["name"])
def test_every_alias_is_found_by_its_name(row: dict[str, str]) -> None:
    for alias in row["aliases"].split("|"):
        named = found(f"On that road {alias} attacked a convoy.")
        assert [(name, role) for _, name, role in named] == [(row["name"], "attacker")], alias


CASES = {
    "state forces by adjective": (
        "Russian forces on Tuesday bombarded the town.",
        [("Russian forces", "Military Forces of Russia", "attacker")],
    ),
    "state forces by possessive": (
        "Ukraine's air force struck a depot.",
        [("Ukraine's air force", "Military Forces of Ukraine", "attacker")],
    ),
    "a state that attacks": (
        "Ukraine has launched a deep strike.",
        [("Ukraine", "Military Forces of Ukraine", "attacker")],
    ),
    "a capital that attacks": (
        "Moscow shelled the border villages.",
        [("Moscow", "Military Forces of Russia", "attacker")],
    ),
    "a state that does nothing": ("He lived in Russia and in Moscow.", []),
    "a state that says": ("Russia said the talks go on.", []),
    "adjective and strike": (
        "A Turkish drone strike hit a car.",
        [("Turkish", "Military Forces of Turkey", "attacker")],
    ),
    "adjective and something else": ("A Turkish bakery was hit.", []),
    "adjective and a bare opener": ("The Turkish air was cold.", []),
    "passive agent": (
        "Five farmers were killed by Taliban militants.",
        [("Taliban", "Taliban", "attacker")],
    ),
    "passive subject": (
        "Three soldiers were killed near the dam.",
        [("soldiers", "Military Forces", "target")],
    ),
    "object of an attack": (
        "Militants attacked Malian troops.",
        [
            ("Militants", "Rebels", "attacker"),
            ("Malian troops", "Military Forces of Mali", "target"),
        ],
    ),
    "attack on": (
        "An attack on the army was claimed by JNIM.",
        [
            ("army", "Military Forces", "target"),
            ("JNIM", "Jama'at Nusrat al-Islam wal-Muslimin", "claimed"),
        ],
    ),
    "responsibility": ("Hamas claimed responsibility.", [("Hamas", "Hamas", "claimed")]),
    "named but idle": ("Hamas has an office there.", [("Hamas", "Hamas", "unknown")]),
    "police that speak": ("Police said the road was open.", []),
    "police that shoot": ("Police shot the driver.", [("Police", "Police Forces", "attacker")]),
    "unknown gunmen": (
        "Unidentified gunmen kidnapped a nurse.",
        [("Unidentified gunmen", "Unidentified Armed Group", "attacker")],
    ),
    "acronyms keep their capitals": ("It is a ring; is it an eta? The isis flows.", []),
    "wire text in capitals": (
        "THE ELN ATTACKED AN ARMY PATROL.",
        [
            ("ELN", "National Liberation Army (Colombia)", "attacker"),
            ("ARMY PATROL", "Military Forces", "target"),
        ],
    ),
    "rebels of a country": (
        "Syrian rebels seized the crossing.",
        [("Syrian rebels", "Unidentified Armed Group (Syria)", "attacker")],
    ),
    "blame": (
        "The raid was blamed on Boko Haram.",
        [("Boko Haram", "Boko Haram", "blamed")],
    ),
    "accused of": (
        "Kyiv accused Moscow of shelling the village.",
        [("Moscow", "Military Forces of Russia", "blamed")],
    ),
    "was blamed": ("Al-Shabab has been blamed for it.", [("Al-Shabab", "Al-Shabaab", "blamed")]),
    "denial": (
        "Hezbollah denied any involvement in the blast.",
        [("Hezbollah", "Hezbollah", "denied")],
    ),
    "denial of a state": (
        "Russia denies targeting civilians.",
        [("Russia", "Military Forces of Russia", "denied")],
    ),
    "no claim yet": (
        "The Taliban has not claimed responsibility.",
        [("Taliban", "Taliban", "unknown")],
    ),
    "a claim by": (
        "A claim of responsibility by the Taliban came at noon.",
        [("Taliban", "Taliban", "claimed")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    text, expected = CASES[name]
    assert found(text) == expected


def test_every_name_has_its_code() -> None:
    assert actors.inter("Hamas") == 2
    assert actors.inter("Military Forces of Russia") == 1
    assert actors.inter("Unidentified Armed Group (Syria)") == 3
    assert actors.inter("The choir") is None
    assert {int(row["inter"]) for row in NAMED} <= set(range(1, 9))


def test_the_countries_of_actors_are_in_the_lexicon() -> None:
    assert {row["country"] for row in NAMED} - {""} <= toml(f"{ENGLISH}/{actors.GENERIC}")[
        "countries"
    ].keys()
