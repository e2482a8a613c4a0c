from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms import comparing

BASE: dict[str, Any] = {
    "event_id": "a", "date_start": date(2026, 4, 30), "date_end": date(2026, 4, 30), "lat": 46.477,
    "lon": 30.733, "where_prec": 1, "country_code": "UA", "admin1": "Odesa Oblast",
    "place_name": "Odesa", "sub_event_type": None,
    "killed_low": 3, "killed_best": 3, "killed_high": 3,
}  # fmt: skip


def _frame(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([BASE | row for row in rows], columns=list(comparing.COLUMNS)).astype(
        "object"
    )


def _days(number: int) -> dict[str, date]:
    day = BASE["date_start"] + timedelta(days=number)
    return {"date_start": day, "date_end": day}


CASES: list[tuple[str, dict[str, Any], list[str]]] = [
    ("the same", {}, ["matched"]),
    ("16 km off", {"lat": 46.33}, ["matched"]),
    ("500 km off", {"lat": 50.45}, ["missing", "extra"]),
    ("a day off, the same figure", _days(1), ["matched"]),
    ("ten days off", _days(10), ["missing"]),
    ("another figure", {"killed_best": 30}, ["matched"]),
    ("no figure", {"killed_best": None}, ["matched"]),
    ("another country", {"country_code": "MD"}, ["missing"]),
    ("a province's middle", {"where_prec": 4}, ["matched"]),
    ("one not named", {"where_prec": 4, "admin1": None}, ["missing", "extra"]),
    ("another kind", {"sub_event_type": "Armed clash"}, ["missing", "extra"]),
]


@pytest.mark.parametrize(("case", "ours", "statuses"), CASES, ids=[c[0] for c in CASES])
def test_what_matches(case: str, ours: dict[str, Any], statuses: list[str]) -> None:
    theirs = _frame({"event_id": "t", "sub_event_type": "Air/drone strike"})
    kind = {"sub_event_type": "Air/drone strike"}
    found = comparing.compare(theirs, _frame({"event_id": "o"} | kind | ours))
    assert sorted((row["status"] for row in found), reverse=True) == sorted(statuses, reverse=True)


REGION = {"lat": None, "lon": None, "where_prec": None, "place_name": None}
REGIONS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("a place in it", {}, ["matched"]),
    ("a day off, the same figure", _days(1), ["matched"]),
    ("another region", {"admin1": "Kherson Oblast"}, ["missing", "extra"]),
    ("the region of that name abroad", {"country_code": "MD"}, ["missing"]),
    ("another kind", {"sub_event_type": "Armed clash"}, ["missing", "extra"]),
]


@pytest.mark.parametrize(("case", "ours", "statuses"), REGIONS, ids=[c[0] for c in REGIONS])
def test_what_a_row_matches_that_names_a_region_alone(
    case: str, ours: dict[str, Any], statuses: list[str]
) -> None:
    kind = {"sub_event_type": "Air/drone strike"}
    theirs = _frame({"event_id": "t"} | kind | REGION)
    found = comparing.compare(theirs, _frame({"event_id": "o"} | kind | ours))
    assert sorted((row["status"] for row in found), reverse=True) == sorted(statuses, reverse=True)


def test_of_a_regions_events_that_with_the_same_figure_is_meant() -> None:
    ours: list[dict[str, Any]] = [{"event_id": "few"}, {"event_id": "many", "killed_best": 30}]
    found = comparing.compare(_frame({"killed_best": 30} | REGION), _frame(*ours))
    assert [(row["status"], row["event_id"]) for row in found] == [
        ("matched", "many"),
        ("extra", "few"),
    ]


def test_the_difference_is_ours_less_theirs() -> None:
    (found,) = comparing.compare(_frame({"killed_best": 5}), _frame({}))
    assert found["difference"] == -2
    (found,) = comparing.compare(_frame({"killed_best": None}), _frame({}))
    assert found["difference"] is None


def test_an_empty_ledger_has_nothing() -> None:
    (found,) = comparing.compare(_frame({}), _frame())
    assert (found["status"], found["reason"]) == ("missing", "no event is like it")


def test_what_is_too_vague_to_compare_says_so() -> None:
    month = {"date_end": BASE["date_start"] + timedelta(days=29)}
    found = comparing.compare(_frame({"event_id": "t"} | month), _frame({}))
    reasons = {row["status"]: row["reason"] for row in found}
    assert reasons["missing"] == "alone: no date to link by"


EVENTS = st.lists(
    st.fixed_dictionaries(
        {
            "lat": st.sampled_from([46.4, 46.5, 50.4]),
            "killed_best": st.sampled_from([None, 0, 3, 4]),
            "day": st.integers(0, 3),
        }
    ),
    min_size=1,
    max_size=8,
)


def _rows(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"event_id": f"e{n}", "lat": e["lat"], "killed_best": e["killed_best"], **_days(e["day"])}
        for n, e in enumerate(found)
    ]


@settings(deadline=None, max_examples=30)
@given(EVENTS, EVENTS)
def test_no_event_is_lost_or_matched_twice(
    one: list[dict[str, Any]], other: list[dict[str, Any]]
) -> None:
    theirs, ours = _rows(one), _rows(other)
    found = comparing.compare(_frame(*theirs), _frame(*ours))
    named = [row["their_id"] for row in found if row["their_id"]]
    assert sorted(named) == sorted(row["event_id"] for row in theirs)
    taken = [row["event_id"] for row in found if row["event_id"]]
    assert len(taken) == len(set(taken))
    again = comparing.compare(_frame(*reversed(theirs)), _frame(*reversed(ours)))
    assert again == found


@settings(deadline=None, max_examples=20)
@given(EVENTS)
def test_a_list_matches_itself(events: list[dict[str, Any]]) -> None:
    rows = _rows(events)
    found = comparing.compare(_frame(*rows), _frame(*rows))
    assert all(row["status"] == "matched" and not row["difference"] for row in found)
