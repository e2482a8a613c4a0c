from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import duckdb
import pytest

from tests.warehouse.frames import (
    MEASURES,
    article,
    batch,
    claim,
    incident,
    refusal,
    report,
    step,
    together,
)
from transforms.model import PlaceCandidate
from warehouse.ledger import start_run
from warehouse.load import load
from warehouse.sql import rows

Con = duckdb.DuckDBPyConnection


def loaded(con: Con, *reports: dict[str, Any], **frames: Any) -> None:
    load(con, start_run(con, "test"), batch(0, **together(*reports), **frames))


def record(con: Con, query: str) -> dict[str, Any]:
    (found,) = rows(con, query)
    return dict(zip([column[0] for column in con.description or []], found, strict=True))


def toll(con: Con) -> tuple[Any, ...]:
    (found,) = rows(con, "SELECT killed_low, killed_best, killed_high FROM mart.event_toll")
    return found


TOLLS: list[tuple[str, list[dict[str, Any]], tuple[Any, ...]]] = [
    ("one account", [report("a", 3)], (3, 3, 3)),
    ("a rising toll: the latest", [report("a", 3, hour=1), report("b", 5, hour=2)], (3, 5, 5)),
    ("corrected downward", [report("a", 8, hour=1), report("b", 6, hour=2)], (6, 6, 8)),
    (
        "a lower bound",
        [report("a", 3, hour=1, killed_high=None), report("b", 3, hour=2, killed_high=9)],
        (3, 3, 9),
    ),
    (
        "the latest gives no figure",
        [
            report("a", 3, hour=1),
            report("b", 0, hour=2, killed_low=12, killed_best=None, killed_high=None),
        ],
        (3, 3, None),  # no high below a stated low
    ),
    ("at least three", [report("a", 3, killed_high=None)], (3, 3, None)),
    ("about three", [report("a", 3, killed_low=None, killed_high=None)], (3, 3, None)),
    (
        "at least three, then three",
        [report("a", 3, hour=1, killed_high=None), report("b", 3, hour=2)],
        (3, 3, None),
    ),
    (
        "at least three, then five",
        [report("a", 3, hour=1, killed_high=None), report("b", 5, hour=2)],
        (3, 5, 5),
    ),
    (
        "five, then at least seven",
        [report("a", 5, hour=1), report("b", 7, hour=2, killed_high=None)],
        (5, 7, None),
    ),
    (
        "only an upper bound",
        [report("a", 0, killed_low=None, killed_best=None, killed_high=40)],
        (None, None, 40),
    ),
    ("none killed", [report("a", 0)], (0, 0, 0)),
    (
        "a late reprint of the first figure does not undo the correction",
        [
            report("a", 8, hour=1, text=4 * "The mayor spoke of a long night and of neighbours. "),
            report("b", 6, hour=2),
            report("c", 8, hour=3, text=4 * "The mayor spoke of a long night and of neighbours. "),
        ],
        (6, 6, 8),
    ),
    (
        "an undated report is older than any other",
        [report("a", 3, hour=1), report("b", 5, published_at=None)],
        (3, 3, 5),
    ),
]


@pytest.mark.parametrize(("case", "reports", "expected"), TOLLS, ids=[c[0] for c in TOLLS])
def test_the_toll_of_an_event(
    con: Con, case: str, reports: list[dict[str, Any]], expected: tuple[Any, ...]
) -> None:
    loaded(con, *reports)
    assert toll(con) == expected


@pytest.mark.parametrize(
    ("injured", "expected"),
    [
        ((18, 18, None), (35, None, None)),
        ((None, 40, 40), (40, 40, 40)),
        ((24, None, 99), (35, None, 99)),
    ],
    ids=["an early figure", "a later figure", "a vague word"],
)
def test_whoever_is_in_hospital_is_injured(
    con: Con, injured: tuple[int | None, ...], expected: tuple[int | None, ...]
) -> None:
    bounds = dict(zip(("injured_low", "injured_best", "injured_high"), injured, strict=True))
    loaded(
        con,
        report("a", 3, hour=1, **bounds),
        report("b", 3, hour=2, hospitalised_low=11, hospitalised_best=11, hospitalised_high=11),
        report("c", 3, hour=3, hospitalised_low=35, hospitalised_best=35, hospitalised_high=35),
    )
    query = "SELECT injured_low, injured_best, injured_high FROM mart.event_toll"
    assert rows(con, query) == [expected]


def test_every_measure_has_its_bounds_in_its_own_columns(con: Con) -> None:
    stated = {
        f"{measure}_{bound}": 900 - 100 * number + size  # fewer in hospital than injured
        for number, measure in enumerate(MEASURES)
        for size, bound in enumerate(("low", "best", "high"))
    }
    loaded(con, report("a", 0, **stated))
    found = record(con, "FROM mart.event_toll")
    assert {column: found[column] for column in stated} == stated
    query = "SELECT measure, low, best, high FROM mart.incident_toll"
    assert {row[0]: row[1:] for row in rows(con, query)} == {
        measure: (900 - 100 * number, 901 - 100 * number, 902 - 100 * number)
        for number, measure in enumerate(MEASURES)
    }


def test_a_sum_is_open_above_where_a_toll_in_it_is(con: Con) -> None:
    loaded(con, report("a", 3), report("b", 4, place="Kherson", killed_high=None))
    loaded(con, report("c", 9, place="Kherson", killed_low=None, killed_best=None, date_start=None))
    daily = "SELECT day, killed_low, killed_best, killed_high FROM mart.casualties_daily"
    assert rows(con, daily) == [(date(2026, 4, 30), 7, 7, None), (None, None, None, 9)]
    regional = "SELECT admin1, killed_low, killed_high FROM mart.casualties_by_admin1"
    assert rows(con, regional) == [("Kherson Oblast", 4, None), ("Odesa Oblast", 3, 3)]


def test_an_event_says_where_when_what_and_by_how_many(con: Con) -> None:
    vague = {"where_prec": 4, "date_prec": 2, "date_start": date(2026, 4, 29), "weapon": None}
    same = {"sub_event_type": None, "actors": ("Military Forces of Russia", "Unknown")}
    loaded(con, report("a", 3, hour=1, **vague), report("b", 4, hour=2, **same), report("c", 4))
    found = record(con, "FROM mart.event_toll")
    assert found["event_id"] == "e:a:i1"
    assert (found["place_name"], found["where_prec"]) == ("Odesa", 1)
    assert (found["date_start"], found["date_prec"]) == (date(2026, 4, 30), 1)
    assert (found["sub_event_type"], found["weapon"]) == ("Air/drone strike", "drone")
    assert found["actors"] == ["Military Forces of Russia", "Unknown"]
    assert (found["n_articles"], found["n_publishers"], found["n_independent"]) == (3, 3, 3)
    assert found["injured_best"] is None
    assert found["first_reported_at"] == datetime(2026, 5, 1, 1)


def test_an_event_without_place_date_or_toll_is_still_an_event(con: Con) -> None:
    row = article("a", "Something happened somewhere.")
    nowhere = incident(row, place=None, date_start=None, date_end=None, date_prec=None)
    load(con, start_run(con, "test"), batch(articles=[row], incidents=[nowhere]))
    found = record(con, "FROM mart.event_toll")
    assert found["event_id"] == "e:a:i1"
    assert {found[k] for k in ("country", "date_start", "killed_best", "lat")} == {None}
    assert found["n_articles"] == 1


def test_the_timeline_shows_each_figure_as_it_was_reported(con: Con) -> None:
    loaded(con, report("b", 5, hour=9), report("a", 3, hour=7))
    query = "SELECT published_at, publisher, speaker, best, quote FROM mart.toll_timeline"
    assert rows(con, query) == [
        (datetime(2026, 5, 1, 7), "The A Post", "Officials", 3, "3 people died"),
        (datetime(2026, 5, 1, 9), "The B Post", "Officials", 5, "5 people died"),
    ]


def test_only_claims_about_the_incident_reach_the_timeline(con: Con) -> None:
    one = report("a", 3)
    one["claims"][0]["scope"] = "cumulative"
    loaded(con, one)
    assert rows(con, "FROM mart.toll_timeline") == []
    assert len(rows(con, "FROM mart.incident_claims")) == 1


def test_daily_and_regional_sums_agree_with_the_events(con: Con) -> None:
    loaded(
        con,
        report("a", 3),
        report("b", 4, place="Kherson"),
        report("c", 1, place="Kherson", date_start=None, date_end=None, date_prec=None),
        report("d", 0, place="Kherson", killed_best=None, date_start=date(2026, 4, 20)),
    )
    daily = "SELECT day, n_events, killed_best, n_killed_unknown FROM mart.casualties_daily"
    assert rows(con, daily) == [
        (date(2026, 4, 20), 1, None, 1),
        (date(2026, 4, 30), 2, 7, 0),
        (None, 1, 1, 0),
    ]
    regional = "SELECT admin1, n_events, killed_best, last_day FROM mart.casualties_by_admin1"
    assert rows(con, regional) == [
        ("Kherson Oblast", 3, 5, date(2026, 4, 30)),
        ("Odesa Oblast", 1, 3, date(2026, 4, 30)),
    ]


def test_source_agreement_says_who_says_what(con: Con) -> None:
    loaded(con, report("a", 3, hour=1), report("b", 5), report("c", 5))
    query = "SELECT n_publishers, least, most, spread, who_says_what FROM mart.source_agreement"
    said = "The A Post (Officials): 3; The B Post (Officials): 5; The C Post (Officials): 5"
    assert rows(con, query) == [(3, 3, 5, 2, said)]


def test_one_source_neither_agrees_nor_disagrees(con: Con) -> None:
    loaded(con, report("a", 3))
    assert rows(con, "SELECT spread FROM mart.source_agreement") == [(None,)]


def test_the_worklist_puts_the_weightiest_first(con: Con) -> None:
    doubtful = {"region_contradicted": True, "stated_region": "Kherson region"}
    loaded(
        con,
        report("a", 3, **doubtful),
        report("b", 9, hour=13),
        quarantine=[refusal("in.jsonl", 7), refusal("x", 1, level="claim", key="c")],
    )
    assert rows(con, "SELECT rank, kind, weight, what FROM mart.worklist") == [
        (1, "quarantined", 100, "in.jsonl:7: the text is empty"),
        (2, "rival toll", 56, "killed: The A Post (Officials): 3; The B Post (Officials): 9"),
        (
            3,
            "region contradicted",
            40,
            "Odesa in Kherson region as the text says; the gazetteer has Odesa Oblast",
        ),
    ]
    assert rows(con, "SELECT region_contradicted FROM mart.event_toll") == [(True,)]


def test_the_ledger_shows_runs_whose_counts_do_not_add_up(con: Con) -> None:
    lost = {**step("extract", 5), "rows_out": 4}
    loaded(con, report("a", 3), steps=[step("read", 5, 2), lost])
    assert rows(con, "SELECT articles_in, loaded, adds_up FROM mart.run_ledger") == [(1, 1, True)]
    query = "SELECT step, rows_in, rows_out, rows_quarantined FROM mart.run_imbalance"
    assert rows(con, query) == [("extract", 5, 4, 0)]
    con.execute("UPDATE quality.run SET articles_in = 2")
    assert rows(con, query) == [("extract", 5, 4, 0), ("run", 2, 1, 0)]


SENTENCES = [
    ("first", "3 people died. Two fled.", "3 people died", "3 people died."),
    ("last", "Two fled. In Odesa 3 people died", "3 people died", "In Odesa 3 people died"),
    (
        "middle",
        "It burned. On Monday 3 people died, he said. Then came rain.",
        "3 people died",
        "On Monday 3 people died, he said.",
    ),
    (
        "a title is no end",
        "It burned. On Monday Gov. Petrenko said 3 people died near St. Mary's. Rain came.",
        "3 people died",
        "On Monday Gov. Petrenko said 3 people died near St. Mary's.",
    ),
    (
        "a clock and a decimal are no end",
        "It burned. At 5 a.m. some 2.5 km away 3 people died at 6 p.m. in fire. Rain came.",
        "3 people died",
        "At 5 a.m. some 2.5 km away 3 people died at 6 p.m. in fire.",
    ),
    (
        "quotation marks",
        "“It burned.” “Here 3 people died.” She wept.",
        "3 people died",
        "“Here 3 people died.”",
    ),
    ("a paragraph", "It burned\n\n3 people died\n\nRain", "3 people died", "3 people died"),
    ("a wrapped line", "It burned. Here 3\npeople died\nat noon. Rain.", "3\npeople died",
     "Here 3\npeople died\nat noon."),
    ("emoji", "🔥🔥 It burned. 🚑 At noon 3 people died 🕯️. Rain.", "3 people died",
     "🚑 At noon 3 people died 🕯️."),
    ("a flag and a family", "🇺🇦👨‍👩‍👧 3 people died! Rain.", "3 people died",
     "🇺🇦👨‍👩‍👧 3 people died!"),
    ("Cyrillic", "Був вогонь. В Одесі загинули 3 людини, сказав мер. Дощ.", "загинули 3 людини",
     "В Одесі загинули 3 людини, сказав мер."),
    ("combining marks", "E\u0301te\u0301 fini. Ici 3 morts a\u0300 midi. Pluie.", "3 morts",
     "Ici 3 morts a\u0300 midi."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("case", "text", "quote", "sentence"), SENTENCES, ids=[c[0] for c in SENTENCES]
)
def test_a_claim_comes_with_its_sentence(
    con: Con, case: str, text: str, quote: str, sentence: str
) -> None:
    row = article("a", text)
    frames = batch(articles=[row], claims=[claim(row, quote, 3)], incidents=[incident(row)])
    load(con, start_run(con, "test"), frames)
    found = record(con, "FROM mart.incident_claims")
    assert found["sentence"] == sentence
    assert found["sentence"][found["quote_start"] : found["quote_end"]] == found["quote"] == quote
    assert (found["event_id"], found["publisher"], found["url"]) == (
        "e:a:i1",
        "The A Post",
        "https://a.example/1",
    )


def test_offsets_count_what_python_counts(con: Con) -> None:
    text = "👩‍🚒🇺🇦 e\u0301 Харків 𝟛 killed"
    row = article("a", text)
    load(con, start_run(con, "t"), batch(articles=[row], claims=[claim(row, "𝟛 killed", 3)]))
    query = (
        "SELECT substring(a.text, c.span_start + 1, c.span_end - c.span_start), length(a.text) "
        "FROM core.claim AS c JOIN raw.article AS a USING (version_id)"
    )
    assert rows(con, query) == [("𝟛 killed", len(text))]


def test_the_places_weighed_for_a_name_stand_with_the_one_chosen(con: Con) -> None:
    one = report("a", 3)
    [mention] = one["places"]
    weighed = [
        PlaceCandidate(mention["geoname_id"], "Odesa", "Odesa Oblast", "UA", 0.9),
        PlaceCandidate(4717883, "Odessa", "Texas", "US", 0.1),
    ]
    mention["candidates"] = json.dumps([asdict(candidate) for candidate in weighed])
    loaded(con, one)
    assert rows(
        con, "SELECT mention_text, rank, name, admin1, score, chosen FROM mart.place_candidate"
    ) == [
        ("Odesa", 1, "Odesa", "Odesa Oblast", 0.9, True),
        ("Odesa", 2, "Odessa", "Texas", 0.1, False),
    ]
