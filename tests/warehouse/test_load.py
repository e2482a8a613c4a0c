from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from tests.warehouse.frames import (
    FETCHED,
    article,
    batch,
    check,
    claim,
    incident,
    nothing,
    refusal,
    report,
    step,
    together,
)
from warehouse.digest import digest
from warehouse.errors import LoadError
from warehouse.frames import RAW_LIMIT, Frames
from warehouse.ledger import start_run
from warehouse.load import Loaded, known_versions, load, settle
from warehouse.sql import columns, rows, value

Con = duckdb.DuckDBPyConnection


@pytest.fixture
def run(con: Con) -> str:
    return start_run(con, "test")


def test_a_batch_arrives_whole(con: Con, run: str) -> None:
    frames = batch(
        **together(report("north", 3), report("south", 4)),
        quarantine=[refusal("bad.jsonl", 7)],
        steps=[step("read", 3, 1)],
        checks=[check("best_in_bounds", "passed", 2, 0)],
    )
    assert load(con, run, frames) == Loaded(3, 2, 0, 1)
    tables = {
        "raw.article": 2,
        "core.claim": 2,
        "core.incident": 2,
        "core.place_mention": 2,
        "core.date_mention": 2,
        "core.event": 1,
        "core.event_incident": 2,
        "quality.quarantine": 1,
        "quality.run_step": 1,
        "quality.check_result": 1,
    }
    assert {t: value(con, f"SELECT count(*) FROM {t}") for t in tables} == tables
    assert rows(con, "SELECT DISTINCT actors FROM core.incident") == [
        (["Military Forces of Russia"],)
    ]


def test_values_arrive_as_they_were(con: Con, run: str) -> None:
    frames = report("north", 3, injured_low=12, weapon=None)
    load(con, run, batch(**frames))
    for name, table in (("articles", "raw.article"), ("incidents", "core.incident")):
        (given,) = frames[name]
        (found,) = rows(con, f"SELECT {', '.join(given)} FROM {table}")
        expected = {**given, "actors": list(given["actors"])} if "actors" in given else given
        assert dict(zip(given, found, strict=True)) == expected


def test_integers_among_unknowns_stay_integers(con: Con, run: str) -> None:
    one = report("north", 3)
    other = report("south", 4)
    other["claims"][0] |= {"low": None, "best": None}
    load(con, run, batch(**together(one, other)))
    found = rows(con, "SELECT low, best, high FROM core.claim ORDER BY article_id")
    assert found == [(3, 3, 3), (None, None, 4)]


def test_arrow_tables_load_like_frames(con: Con, run: str) -> None:
    made = batch(**report("north", 3))
    given = {
        name: pa.Table.from_pandas(getattr(made, name), preserve_index=False)
        for name in ("articles", "claims", "places", "dates")
    }
    load(con, run, Frames(0, 1, incidents=made.incidents, **given))
    assert rows(con, "SELECT published_at FROM raw.article") == [(datetime(2026, 5, 1, 12),)]


def test_a_zone_is_turned_to_utc(con: Con, run: str) -> None:
    at = pd.Timestamp("2026-05-01 12:00", tz="Europe/Kyiv")
    load(con, run, batch(articles=[article("north", "Nothing happened.", published_at=at)]))
    assert rows(con, "SELECT published_at FROM raw.article") == [(datetime(2026, 5, 1, 9),)]


def test_empty_frames_are_no_rows(con: Con, run: str) -> None:
    load(con, run, Frames(0, 0, articles=nothing(), claims=None))
    assert value(con, "SELECT count(*) FROM raw.article") == 0


def test_a_second_run_changes_no_row(con: Con, run: str) -> None:
    frames = batch(**together(report("north", 3), report("south", 4)), quarantine=[refusal("x", 1)])
    load(con, run, frames, datetime(2026, 5, 3))
    before = {t: rows(con, f"FROM {t} ORDER BY ALL") for t in digest(con)}
    assert load(con, start_run(con, "again"), frames) == Loaded(3, 0, 2, 1)
    assert {t: rows(con, f"FROM {t} ORDER BY ALL") for t in digest(con)} == before


def test_a_retried_batch_counts_once(con: Con, run: str) -> None:
    frames = batch(**report("north", 3), steps=[step("read", 1)])
    first = load(con, run, frames)
    assert load(con, run, frames) == first == Loaded(1, 1, 0, 0)
    assert rows(con, "SELECT articles_in, loaded, unchanged FROM quality.run") == [(1, 1, 0)]
    assert rows(con, "SELECT rows_in FROM quality.run_step") == [(1,)]


def test_batches_of_a_run_add_up(con: Con, run: str) -> None:
    results = [("passed", 0), ("failed", 2), ("passed", 0)]
    for number, (status, unexpected) in enumerate(results):
        frames = batch(
            number,
            **report(f"paper{number}", 3),
            steps=[step("read", 1)],
            checks=[check("best_in_bounds", status, 5, unexpected)],
        )
        load(con, run, frames)
    assert rows(con, "SELECT rows_in, rows_out, seconds FROM quality.run_step") == [(3, 3, 1.5)]
    query = "SELECT status, checked, unexpected FROM quality.check_result"
    assert rows(con, query) == [("failed", 15, 2)]
    assert rows(con, "SELECT articles_in, loaded FROM quality.run") == [(3, 3)]


def test_one_article_twice_in_a_batch_is_loaded_once(con: Con, run: str) -> None:
    frames = report("north", 3)
    counts = load(con, run, batch(**together(frames, frames)))
    assert counts == Loaded(2, 1, 1, 0)
    assert value(con, "SELECT count(*) FROM core.claim") == 1


def _version(killed: int, days: int) -> dict[str, Any]:
    frames = report("north", killed)
    frames["articles"][0]["fetched_at"] = FETCHED + timedelta(days=days)
    return frames


def test_a_new_version_keeps_the_old_ones_rows(con: Con, run: str) -> None:
    load(con, run, batch(0, **_version(3, 0)))
    load(con, run, batch(1, **_version(5, 1)))
    query = "SELECT c.best, a.is_current FROM core.claim c JOIN raw.article a USING (version_id)"
    assert sorted(rows(con, query)) == [(3, False), (5, True)]
    assert rows(con, "SELECT killed_best FROM mart.event_toll") == [(5,)]
    assert rows(con, "SELECT best FROM mart.incident_claims") == [(5,)]


def test_two_versions_in_one_batch_leave_the_later_current(con: Con, run: str) -> None:
    frames = batch(0, **together(_version(5, 1), _version(3, 0)))
    load(con, run, frames)
    assert rows(con, "SELECT killed_best FROM mart.event_toll") == [(5,)]
    before = digest(con)
    assert load(con, start_run(con, "again"), frames) == Loaded(2, 0, 2, 0)
    assert digest(con) == before


def test_an_article_that_goes_back_to_an_old_text_shows_the_old_text(con: Con, run: str) -> None:
    for number, killed in enumerate((3, 5, 3)):
        seen = load(con, run, batch(number, **_version(killed, number))).seen
    settle(con, run, seen)
    assert rows(con, "SELECT killed_best FROM mart.event_toll") == [(3,)]
    assert value(con, "SELECT count(*) FROM raw.article") == 2


def test_versions_seen_again_in_their_order_change_no_row(con: Con, run: str) -> None:
    batches = [batch(number, **_version(killed, killed)) for number, killed in enumerate((3, 5))]
    for frames in batches:
        load(con, run, frames)
    tables = ("raw.article", "core.event", "core.event_incident")
    before = {table: rows(con, f"FROM {table} ORDER BY ALL") for table in tables}
    again = start_run(con, "again")
    seen: dict[str, str] = {}
    for frames in batches:
        seen |= load(con, again, frames).seen
        assert {table: rows(con, f"FROM {table} ORDER BY ALL") for table in tables} == before
    settle(con, again, seen)
    assert {table: rows(con, f"FROM {table} ORDER BY ALL") for table in tables} == before


def test_a_version_without_incidents_takes_the_event_away(con: Con, run: str) -> None:
    load(con, run, batch(0, **_version(3, 0)))
    later = article("north", "Nobody was there.", fetched_at=FETCHED + timedelta(days=1))
    load(con, run, batch(1, articles=[later]))
    assert value(con, "SELECT count(*) FROM core.event") == 0
    assert value(con, "SELECT count(*) FROM core.incident") == 1


def test_known_versions_need_no_extraction(con: Con, run: str) -> None:
    frames = report("north", 3)
    load(con, run, batch(**frames))
    held = (frames["articles"][0]["article_id"], frames["articles"][0]["version_id"])
    assert known_versions(con, ["north", "south"]) == {held}
    assert known_versions(con, []) == set()


def test_a_rebuild_replaces_core_rows_of_held_versions(con: Con, run: str) -> None:
    frames = report("north", 3)
    load(con, run, batch(0, **frames))
    frames["claims"][0]["category"] = "military"
    frames["incidents"] = []
    ignored = load(con, run, batch(1, **frames))
    assert rows(con, "SELECT category FROM core.claim") == [("civilian",)]
    assert load(con, run, batch(2, rebuild=True, **frames)) == ignored == Loaded(1, 0, 1, 0)
    assert rows(con, "SELECT category FROM core.claim") == [("military",)]
    assert value(con, "SELECT count(*) FROM core.event_incident") == 0
    assert value(con, "SELECT count(*) FROM core.event") == 0


def test_what_was_refused_is_kept_verbatim_and_released_when_it_loads(con: Con, run: str) -> None:
    raw = 'odd \ud800 "€" ' + "x" * RAW_LIMIT
    load(con, run, batch(0, quarantine=[refusal("in.jsonl", 4, raw=raw)]))
    kept, digest_, at = rows(con, "SELECT raw, raw_sha256, released_at FROM quality.quarantine")[0]
    assert kept.startswith('odd \\ud800 "€" xxx')
    assert (len(kept), len(digest_), at) == (RAW_LIMIT, 64, None)
    mended = article("north", "Nothing happened.", source="in.jsonl", line=4)
    load(con, run, batch(1, articles=[mended]))
    assert value(con, "SELECT released_at FROM quality.quarantine") is not None
    load(con, run, batch(2, quarantine=[refusal("in.jsonl", 4, raw=raw)]))
    assert rows(con, "SELECT released_at FROM quality.quarantine") == [(None,)]


def test_what_a_pipe_gave_is_not_released_by_another_pipe(con: Con, run: str) -> None:
    load(con, run, batch(0, quarantine=[refusal("-", 1), refusal("-", 1, key="south")]))
    for number, name in enumerate(("north", "south"), 1):
        piped = article(name, "Nothing happened.", source="-", line=1)
        load(con, run, batch(number, articles=[piped]))
    query = "SELECT key FROM quality.quarantine WHERE released_at IS NOT NULL"
    assert rows(con, query) == [("south",)]


_HELD = [
    ("claim", "claims", "claim_id"),
    ("incident", "incidents", "incident_id"),
    ("place", "places", "mention_id"),
    ("date", "dates", "mention_id"),
]


@pytest.mark.parametrize(("level", "frame", "key"), _HELD, ids=[c[0] for c in _HELD])
def test_a_refused_row_is_released_when_it_loads(
    con: Con, run: str, level: str, frame: str, key: str
) -> None:
    whole = report("north", 3)
    name = whole[frame][0][key]
    held = [refusal("x", 1, level=level, key=key_) for key_ in (name, "another")]
    load(con, run, batch(0, **{**whole, frame: []}, quarantine=held))
    query = "SELECT key FROM quality.quarantine WHERE released_at IS NOT NULL"
    load(con, run, batch(1, **whole))  # known, so nothing of it is loaded
    assert rows(con, query) == []
    load(con, run, batch(2, **whole, rebuild=True))
    assert rows(con, query) == [(name,)]


def _one(**changed: Any) -> dict[str, Any]:
    return {**report("north", 3)["claims"][0], **changed}


REFUSED = [
    (
        "an article is lost",
        {"articles_in": 2},
        "2 articles were read, but the batch accounts for 1",
    ),
    ("an article is found", {"articles_in": 0}, "0 articles were read, but the batch accounts"),
    ("a column is missing", {"dates": [{"mention_id": "m"}]}, "frame dates lacks the columns"),
    ("a column is unknown", {"claims": [_one(tol=3)]}, r"frame claims has columns .*\['tol'\]"),
    ("a value is no number", {"claims": [_one(low="three")]}, "frame claims, column low"),
    ("a surrogate", {"claims": [_one(quote="\ud800")]}, "frame claims, column quote"),
    ("an orphan", {"claims": [_one(version_id="v0")]}, "frame claims has rows of .'north', 'v0'"),
    ("rival rows", {"claims": [_one(), _one(best=9)]}, "different rows with one key"),
]


@pytest.mark.parametrize(("case", "changed", "message"), REFUSED, ids=[c[0] for c in REFUSED])
def test_a_batch_that_does_not_fit_loads_nothing(
    con: Con, run: str, case: str, changed: dict[str, Any], message: str
) -> None:
    before = digest(con)
    with pytest.raises(LoadError, match=message):
        load(con, run, batch(**{**report("north", 3), **changed}))
    assert digest(con) == before
    assert rows(con, "SELECT articles_in FROM quality.run") == [(0,)]


def test_an_article_both_loaded_and_refused_is_a_miscount(con: Con, run: str) -> None:
    frames = batch(1, 1, **report("north", 3), quarantine=[refusal("articles/north.txt")])
    with pytest.raises(LoadError, match="1 to load or unchanged and 1 quarantined"):
        load(con, run, frames)


def test_a_refused_claim_is_no_refused_article(con: Con, run: str) -> None:
    refused = refusal("north", None, level="claim", key="north:c1-2-killed")
    assert load(con, run, batch(**report("north", 3), quarantine=[refused])).quarantined == 0


def test_a_load_needs_a_running_run(con: Con) -> None:
    with pytest.raises(LoadError, match="call start_run first"):
        load(con, "20260501T000000-abcdef", batch(**report("north", 3)))


def test_no_key_is_ever_held_twice(con: Con, run: str) -> None:
    for number in range(3):
        load(con, run, batch(number, **together(report("north", 3), report(f"p{number}", 4))))
    for table, keys in (
        ("raw.article", "version_id"),
        ("core.incident", "version_id, incident_id"),
    ):
        assert keys.split(", ")[0] in columns(con, table)
        query = f"SELECT count(*) FROM {table} GROUP BY article_id, {keys} HAVING count(*) > 1"
        assert rows(con, query) == []


def test_frames_of_these_tests_have_the_tables_columns(con: Con) -> None:
    row = article("north", "3 people died.")
    assert set(columns(con, "core.incident")) == set(incident(row))
    assert set(columns(con, "core.claim")) == set(claim(row, "3 people died", 3))
