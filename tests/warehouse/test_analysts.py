"""Views for analysts: printable sentences, sums, timelines; every example of the docs runs."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest

from tests.warehouse.frames import article, incident, report
from tests.warehouse.test_tolls import changed, loaded, said
from warehouse import dictionary
from warehouse.connect import SEARCH_PATH
from warehouse.sql import rows, value

Con = duckdb.DuckDBPyConnection

_IN = "in an air or drone strike in Odesa, Ukraine, on 30 April 2026"
_NOWHERE: dict[str, Any] = {
    "place": "Odesa",
    "place_name": None,
    "country": None,
    "sub_event_type": None,
    "date_start": None,
    "date_end": None,
    "date_prec": None,
}
_OPEN: dict[str, Any] = {"killed_high": None}
_UNKNOWN: dict[str, Any] = {"killed_low": None, "killed_best": None, "killed_high": None}
_INJURED: dict[str, Any] = {"injured_low": 1, "injured_best": 1, "injured_high": 1}
SENTENCES: list[tuple[str, list[dict[str, Any]], str]] = [
    ("one", [said("a", 1, 1, "police")], f"1 person was killed {_IN}, according to the police."),
    (
        "an office and a name",
        [said("a", 3, 1, "Olena Koval", "Governor")],
        f"3 people were killed {_IN}, according to Governor Olena Koval.",
    ),
    (
        "the writer",
        [said("a", 3, 1)],
        f"3 people were killed {_IN}, according to The A Post.",
    ),
    (
        "a capital of a sentence's beginning",
        [said("a", 3, 1, "Hospital officials")],
        f"3 people were killed {_IN}, according to hospital officials.",
    ),
    (
        "rival figures",
        [said("a", 2, 1), said("b", 3, 2, "hospital officials"), said("c", 4, 1)],
        f"3 people were killed {_IN}, according to hospital officials; figures range from 2 to 4.",
    ),
    ("nobody", [said("a", 0, 1, "police")], f"Nobody was killed {_IN}, according to the police."),
    (
        "an allegation",
        [said("a", 3, 1, "residents", certainty="alleged")],
        f"3 people were reportedly killed {_IN}, according to residents.",
    ),
    (
        "no figure but bounds",
        [said("a", 0, 1, killed_low=89, killed_best=None, killed_high=132)],
        f"Between 89 and 132 people were killed {_IN}.",
    ),
    (
        "also injured",
        [said("a", 3, 1, "police", **_INJURED)],
        f"3 people were killed {_IN}, according to the police; 1 person was injured, according to "
        "The A Post.",
    ),
    (
        "only injured",
        [said("a", 0, 1, **_UNKNOWN, **_INJURED)],
        f"1 person was injured {_IN}, according to The A Post.",
    ),
    (
        "where and when are not known",
        [said("a", 3, 1, "police", **_NOWHERE)],
        "3 people were killed, according to the police.",
    ),
    (
        "a month",
        [said("a", 3, 1, "police", date_prec=4, sub_event_type=None)],
        "3 people were killed in Odesa, Ukraine, in April 2026, according to the police.",
    ),
]


@pytest.mark.parametrize(("case", "accounts", "sentence"), SENTENCES, ids=[c[0] for c in SENTENCES])
def test_a_sentence_says_what_is_known_and_no_more(
    con: Con, case: str, accounts: list[dict[str, Any]], sentence: str
) -> None:
    loaded(con, *accounts)
    assert rows(con, "SELECT sentence FROM mart.event_sentence") == [(sentence,)]


def test_at_least_stays_at_least(con: Con) -> None:
    one = said("a", 3, 1, "police", **_OPEN)
    one["claims"][0] |= {"qualifier": "at_least", "high": None}
    loaded(con, one)
    sentence = f"At least 3 people were killed {_IN}, according to the police."
    assert value(con, "SELECT sentence FROM mart.event_sentence") == sentence


def test_an_event_of_which_no_harm_is_told_has_no_sentence(con: Con) -> None:
    loaded(con, said("a", 0, 1, **_UNKNOWN))
    assert rows(con, "FROM mart.event_sentence") == []


def test_sums_by_week_month_country_weapon_and_any_column(con: Con) -> None:
    over = {"date_start": date(2026, 4, 27), "date_end": date(2026, 5, 2), "date_prec": 2}
    loaded(con, report("a", 3), report("b", 4, place="Kherson", weapon="mortar", **over))
    weekly = "SELECT week, n_events, killed_best FROM mart.casualties_weekly"
    assert rows(con, weekly) == [(date(2026, 4, 27), 2, 7)]
    monthly = "SELECT month, n_events, killed_best FROM mart.casualties_monthly"
    assert rows(con, monthly) == [(date(2026, 4, 1), 1, 3), (None, 1, 4)]
    yearly = "SELECT begins, n_events, killed_best FROM mart.casualties_over('year')"
    assert rows(con, yearly) == [(date(2026, 1, 1), 2, 7)]
    assert rows(con, "SELECT country, killed_best FROM mart.casualties_by_country") == [
        ("Ukraine", 7)
    ]
    assert rows(con, "SELECT weapon, killed_best FROM mart.casualties_by_weapon") == [
        ("mortar", 4),
        ("drone", 3),
    ]
    own = "SELECT * FROM mart.casualties_by({'place': place_name}) ORDER BY place"
    assert [row[0] for row in rows(con, own)] == ["Kherson", "Odesa"]


def test_sums_by_category_come_to_all_the_dead(con: Con) -> None:
    loaded(con, report("a", 3), said("b", 4, 1, place="Kherson", category="military"))
    query = "SELECT category, n_events, killed_best FROM mart.casualties_by_category"
    assert rows(con, query) == [("military", 1, 4), ("civilian", 1, 3)]


def test_who_was_taken_to_hospital(con: Con) -> None:
    taken = {"hospitalised_low": 5, "hospitalised_best": 5, "hospitalised_high": 5}
    loaded(con, report("a", 3, **taken), report("b", 4, place="Kherson"))
    query = "SELECT place_name, hospitalised_best FROM mart.events_in_hospital"
    assert rows(con, query) == [("Odesa", 5)]


def test_the_timeline_says_what_each_figure_changes(con: Con) -> None:
    loaded(con, said("a", 2, 1), changed("b", 2, 4, 2), said("c", 3, 3))
    query = "SELECT publisher, best, change FROM mart.toll_timeline ORDER BY published_at, best"
    assert rows(con, query) == [
        ("The A Post", 2, None),
        ("The B Post", 2, None),
        ("The B Post", 4, 2),
        ("The C Post", 3, -1),
    ]


def test_how_far_sources_are_apart(con: Con) -> None:
    loaded(con, said("a", 2, 1), said("b", 5, 2, "police"))
    query = "SELECT spread, ratio, who_says_what FROM mart.source_agreement"
    assert rows(con, query) == [(3, 2.5, "The A Post: 2; The B Post (police): 5")]


def test_doubtful_links_are_on_the_worklist(con: Con) -> None:
    one, other = article("a", "Three died."), article("b", "Three people died.")
    next_day: dict[str, Any] = {"date_start": date(2026, 5, 1), "date_end": date(2026, 5, 1)}
    alike = incident(other, weapon="missile", actors=[], **next_day)
    loaded(con, {"articles": [one, other], "incidents": [incident(one), alike]})
    query = (
        "SELECT question, round(score, 2), one_title, one_publisher, reason FROM mart.link_review"
    )
    ((question, score, title, publisher, reason),) = rows(con, query)
    (found,) = rows(con, "SELECT weight, key, what FROM mart.worklist WHERE kind = 'doubtful link'")
    assert found[:2] == (30, "a:i1")
    whose = f"“{title}” in {publisher}"
    assert found[2].startswith(f"{question} ({score}): {whose} and “")
    assert found[2].endswith(f"; {reason}")


def test_every_view_of_mart_has_an_example_that_runs(con: Con) -> None:
    loaded(con, said("a", 2, 1), changed("b", 2, 4, 2))
    con.execute(f"SET search_path = '{SEARCH_PATH}'")
    for name, entry in dictionary.load().objects.items():
        if name.startswith("mart."):
            assert entry.example, f"{name} has no example"
            assert name.removeprefix("mart.") in entry.example
            rows(con, entry.example)
