"""Who did it, who owns up, who is accused and who denies it, with the speaker."""

from __future__ import annotations

import pytest

from transforms.contract import to_row
from transforms.extract import extract
from transforms.model import Article

Row = tuple[str, str | None, str, str | None]
_LEAD = "A car bomb killed four people in Mosul on Monday. "
CASES: list[tuple[str, str, list[Row]]] = [
    ("nobody", "No group claimed responsibility for the blast.",
     [("No group claimed responsibility", None, "unclaimed", None)]),
    ("nobody yet", "There was no immediate claim of responsibility.",
     [("no immediate claim of responsibility", None, "unclaimed", None)]),
    ("nobody so far", "No one has so far claimed responsibility, the mayor said.",
     [("No one has so far claimed responsibility", None, "unclaimed", "mayor")]),
    ("a group of the lexicon", "The Islamic State claimed responsibility for the bombing.",
     [("Islamic State", "Islamic State", "claimed", "Islamic State")]),
    ("by way of", "The bombing was later claimed by the Islamic State.",
     [("Islamic State", "Islamic State", "claimed", "Islamic State")]),
    ("a group that is not in the lexicon", "The Red Dawn Brigade claimed responsibility.",
     [("The Red Dawn Brigade", None, "claimed", "Red Dawn Brigade")]),
    ("not claimed", "The Islamic State has not claimed responsibility.", []),
    ("blamed by officials", "Officials blamed the Islamic State for the bombing.",
     [("Islamic State", "Islamic State", "blamed", "Officials")]),
    ("blamed by nobody named", "The bombing was blamed on the Islamic State.",
     [("Islamic State", "Islamic State", "blamed", None)]),
    ("denied", "The Islamic State denied responsibility.",
     [("Islamic State", "Islamic State", "denied", "Islamic State")]),
    ("took it", "Hamas took responsibility for the bombing.",
     [("Hamas", "Hamas", "claimed", "Hamas")]),
    ("took it, not in the lexicon", "Three brothers accepted responsibility for the attack.",
     [("Three brothers", None, "claimed", "Three brothers")]),
    ("another's duty", "The mayor takes responsibility for the roads seriously.", []),
]  # fmt: skip


@pytest.mark.parametrize(("case", "sentence", "expected"), CASES, ids=[c[0] for c in CASES])
def test_who_is_said_to_have_done_it(case: str, sentence: str, expected: list[Row]) -> None:
    text = _LEAD + sentence
    (incident,) = to_row(extract(Article("a", text, None)))["incidents"]
    told = incident["actor_roles"]
    assert [(r["text"], r["actor"], r["role"], r["speaker"]) for r in told] == expected
    assert all(text[r["start"] : r["end"]] == r["text"] for r in told)


def test_a_claim_goes_to_the_incident_that_was_told_of_last() -> None:
    text = (
        "A car bomb killed four people in Mosul on Monday. Hamas claimed responsibility.\n\n"
        "In Kherson, Russian shelling killed two people on Tuesday."
    )
    one, other = to_row(extract(Article("a", text, None)))["incidents"]
    assert [r["role"] for r in one["actor_roles"]] == ["claimed"]
    assert [(r["actor"], r["role"]) for r in other["actor_roles"]] == [
        ("Military Forces of Russia", "attacker")
    ]
