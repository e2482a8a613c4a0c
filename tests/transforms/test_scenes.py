from datetime import date

import pytest

from transforms.extract import extract
from transforms.model import Article


def incident_place(text: str, title: str | None = None) -> tuple[str | None, str]:
    [incident] = extract(Article("t", text, date(2025, 7, 1), title)).incidents
    return incident.place.name if incident.place else None, incident.rules["place"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "TUCSON, Ariz. — A boy was killed on Sunday. "
            "Officers were called to a house in Flagstaff, Arizona, where he had been shot.",
            "Flagstaff",
        ),
        (
            "A Tucson man was killed on Sunday, deputies said. "
            "He was shot at a farm near Flagstaff, Arizona.",
            "Flagstaff",
        ),
        (
            "Two soldiers were killed on Sunday in Homs, Syria. "
            "Three were wounded and taken to a hospital in Damascus.",
            "Homs",
        ),
        ("IZHEVSK, Russia — Three people were killed by a drone on Sunday.", "Izhevsk"),
    ],
)
def test_the_scene_goes_before_date_line_home_and_hospital(text: str, name: str) -> None:
    assert incident_place(text)[0] == name


def test_the_headline_gives_a_place_that_the_text_leaves_out() -> None:
    text = "Three people were killed by a drone on Sunday."
    assert incident_place(text, "Drone kills three in Izhevsk") == (
        "Izhevsk",
        "named in the headline",
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "A man was charged on Monday with killing two people in Homs. "
            "The two were shot on June 22.",
            date(2025, 6, 22),
        ),
        (
            "Police on Monday arrested a gunman. Two people were killed in Homs. "
            "The shooting happened on June 22.",
            date(2025, 6, 22),
        ),
        ("Two people were shot and killed in Homs on Monday.", date(2025, 6, 30)),
        ("Two rebels were arrested in Homs on Monday.", date(2025, 6, 30)),
    ],
)
def test_the_day_of_a_charge_is_not_that_of_the_attack(text: str, day: date) -> None:
    [incident] = extract(Article("t", text, date(2025, 7, 1))).incidents
    assert incident.date is not None
    assert incident.date.date_start == day


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Gunmen killed two people in Homs. In Deir ez-Zor, shells hit a bakery.",
            ["Homs", "Deir ez-Zor"],
        ),
        (
            "GUNMEN KILLED TWO PEOPLE IN MEDELLIN. TERRORISTS BOMBED A RADIO STATION IN CALI.",
            ["Medellín", "Cali"],
        ),
        ("Gunmen killed two people in Homs. The garrison in Aleppo ran into an ambush.", ["Homs"]),
    ],
)
def test_an_attack_without_figures_at_another_place_is_an_incident(
    text: str, names: list[str]
) -> None:
    found = extract(Article("t", text, date(2025, 7, 1))).incidents
    assert [incident.place and incident.place.name for incident in found] == names
