"""Each rule across tables passes on a sound warehouse and fails on one that breaks it alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.frames import batch, report, step, together
from warehouse import checks, conclusions, ledger
from warehouse.errors import WarehouseError
from warehouse.load import load
from warehouse.sql import rows

Con = duckdb.DuckDBPyConnection
NOTE = json.dumps([{"field": "best", "from": 3, "to": 4, "reason": "a slip", "who": "Ada"}])
#: Each rule with what breaks it, and how many rows that gives.
BREAKS = {
    "account_is_in_one_event": ("DELETE FROM core.event_incident WHERE incident_id = 'east:i1'", 1),
    "books_add_up": ("UPDATE quality.run SET loaded = loaded + 1", 1),
    "claim_has_its_article": (
        "UPDATE core.claim SET version_id = 'v' WHERE article_id = 'east'",
        1,
    ),
    "claim_is_counted_in_its_own_article": (
        "UPDATE core.claim SET incident_id = 'north:i1' WHERE article_id = 'east'",
        1,
    ),
    "conclusions_are_of_events": ("DELETE FROM mart.event_toll WHERE event_id LIKE '%east%'", 1),
    "copy_has_its_original": ("INSERT INTO core.article_copy VALUES ('east', 'gone', 0.9)", 1),
    "correction_reaches_the_toll": (
        f"UPDATE core.claim SET corrections = '{NOTE}', best = 4 WHERE article_id = 'east'",
        1,
    ),
    "event_has_accounts": ("UPDATE core.event SET n_incidents = 7 WHERE event_id LIKE '%east%'", 1),
    "event_is_in_one_country": (
        "UPDATE core.incident SET country_code = 'MD' WHERE article_id = 'north'",
        1,
    ),
    "event_is_of_one_time": (
        "UPDATE core.incident SET date_start = '2026-01-01', date_end = '2026-01-01' "
        "WHERE article_id = 'north'",
        1,
    ),
    "event_toll_is_within_its_accounts": (
        "UPDATE mart.event_toll SET killed_best = 99",
        2,
    ),
    "incident_has_its_article": (
        "UPDATE core.incident SET version_id = 'v' WHERE article_id = 'east'",
        1,
    ),
    "keys_are_unique": ("INSERT INTO core.claim FROM core.claim WHERE article_id = 'east'", 1),
    "mention_has_its_article": (
        "UPDATE core.date_mention SET version_id = 'v' WHERE article_id = 'east'",
        1,
    ),
    "one_version_is_current": (
        "UPDATE raw.article SET is_current = false WHERE article_id = 'east'",
        1,
    ),
    "part_has_its_whole": (
        "UPDATE core.claim SET parent_claim_id = 'c' WHERE article_id='east'",
        1,
    ),
    "place_has_one_region": (
        "UPDATE core.place_mention SET admin1 = 'Sumy Oblast' WHERE article_id = 'north'",
        1,
    ),
    "toll_is_stated": ("UPDATE core.incident SET missing_low = 2 WHERE article_id = 'east'", 1),
}


@pytest.fixture
def loaded(con: Con) -> Con:
    """Two accounts of one event, and one of another."""
    run = ledger.start_run(con, "sound")
    reports = (report("north", 3), report("south", 4), report("east", 5, place="Kherson"))
    load(con, run, batch(**together(*reports), steps=[step("read", 3)]))
    ledger.finish_run(con, run)
    return con


def test_every_rule_has_a_warehouse_that_breaks_it() -> None:
    assert [check.name for check in checks.catalogue()] == sorted(BREAKS)


def test_a_sound_warehouse_passes(loaded: Con) -> None:
    results = checks.run(loaded)
    assert [r["expectation"] for r in results if r["status"] != "passed"] == []
    unused = {"copy_has_its_original", "correction_reaches_the_toll"}
    assert {r["expectation"] for r in results if not r["checked"]} == unused
    assert rows(loaded, "SELECT count(*) FROM core.event") == [(2,)]


@pytest.mark.parametrize("check", checks.catalogue(), ids=lambda check: check.name)
def test_what_breaks_a_rule_is_named(check: checks.Check, loaded: Con) -> None:
    breaks, count = BREAKS[check.name]
    loaded.execute(breaks)
    if " core." in breaks:
        conclusions.refresh_all(loaded)
    result = checks.judge(loaded, check)
    assert (result["status"], result["unexpected"]) == ("failed", count), result["sample"]
    assert len(json.loads(result["sample"])) == count
    assert result["checked"] > 0


@pytest.mark.parametrize("check", checks.catalogue(), ids=lambda check: check.name)
def test_its_sentence_is_one_a_user_understands(check: checks.Check) -> None:
    assert check.sentence.endswith(".")
    assert 20 < len(check.sentence) < 200
    assert "_" not in check.sentence


def test_a_rule_that_cannot_be_tried_is_errored(loaded: Con) -> None:
    check = checks.Check(
        "odd", "critical", "core.claim", "It is so.", "SELECT nothing FROM nowhere"
    )
    result = checks.judge(loaded, check)
    assert (result["status"], result["checked"], result["unexpected"]) == ("errored", 0, 0)
    assert "nowhere" in json.loads(result["sample"])[0]["error"]


def test_a_file_without_its_head_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sql"
    path.write_text("-- grave, about core.claim\n-- It is so.\nSELECT 1;\n", "utf-8")
    with pytest.raises(WarehouseError, match=r"a\.sql: should begin with"):
        checks._read(path)


def test_results_are_booked_once(loaded: Con) -> None:
    results = checks.run(loaded)
    for _ in range(2):
        checks.book(loaded, "run", results)
    assert len(checks.booked(loaded, "run")) == len(results)
    loaded.execute(BREAKS["keys_are_unique"][0])
    checks.book(loaded, "run", checks.run(loaded))
    first = checks.booked(loaded, "run")[0]
    assert (first["expectation"], first["status"]) == ("keys_are_unique", "failed")


AS_OF = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def wire(con: Con, articles: str, run: str = "old", source: str = "wire") -> None:
    """Articles of a source; ``articles`` says how many on a ``day`` so many back."""
    con.execute(
        "INSERT INTO raw.article (article_id, version_id, text, source, fetched_at, published_at, "
        "run_id, is_current, source_name) "
        f"SELECT '{source}' || day || '-' || n, 'v', 'Two died.', 'list', moment, moment, "
        f"'{run}', true, '{source}' FROM (SELECT day, "
        "TIMESTAMP '2026-11-23 03:00' - day * INTERVAL 1 DAY AS moment, "
        f"unnest(range({articles})) AS n FROM range(60) AS days (day))"
    )


def bounds(con: Con, kind: str, run: str = "new") -> dict[str, tuple[float, float, float]]:
    found = checks.figures(con, run, AS_OF)["trends"].query(f"kind == '{kind}'")
    rows_found = zip(found["what"], found["value"], found["low"], found["high"], strict=True)
    return {str(what): (value, low, high) for what, value, low, high in rows_found}


@pytest.mark.parametrize(
    ("articles", "value", "is_usual"),
    [
        ("20 + day % 5", 21, True),
        ("CASE WHEN day = 1 THEN 0 ELSE 20 + day % 5 END", 0, False),
        ("CASE WHEN day = 1 THEN 90 ELSE 20 + day % 5 END", 90, False),
        ("CASE WHEN day = 1 THEN 0 ELSE day % 3 END", 0, True),  # silence is usual here
    ],
)
def test_a_day_is_held_to_the_days_before(
    con: Con, articles: str, value: int, is_usual: bool
) -> None:
    wire(con, articles)
    trends = checks.figures(con, "new", AS_OF)["trends"].query("kind == 'volume'")
    assert len(trends) == 7
    day = trends.iloc[0]
    assert (day["trend_id"], day["value"]) == ("volume: wire, 2026-11-22", value)
    assert bool(day["low"] <= value <= day["high"]) is is_usual


def test_a_source_without_four_weeks_has_no_envelope(con: Con) -> None:
    wire(con, "CASE WHEN day < 20 THEN 9 ELSE 0 END")
    assert bounds(con, "volume") == {}


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ("CASE WHEN day < 30 THEN 1 ELSE 0 END", (0, 0, 2)),
        ("CASE WHEN day > 8 THEN 1 ELSE 0 END", (9, 0, 2)),
        ("CASE WHEN day % 7 = 5 THEN 1 ELSE 0 END", (5, 0, 14)),
    ],
)
def test_a_silent_source_is_not_fresh(
    con: Con, articles: str, expected: tuple[float, float, float]
) -> None:
    wire(con, articles)
    con.execute(
        "INSERT INTO quality.source_run (run_id, source_name, kind, status, started_at, ended_at, "
        "articles, refused, loaded) "
        "VALUES ('old', 'wire', 'feed', 'completed', now(), now(), 1, 0, 1)"
    )
    assert bounds(con, "freshness") == {"wire": expected}


def mentioned(con: Con, run: str, known: str) -> None:
    con.execute(
        "INSERT INTO core.place_mention (mention_id, article_id, version_id, span_start, span_end, "
        f"mention_text, geoname_id) SELECT 'p', article_id, 'v', 0, 3, 'Two', {known} "
        f"FROM raw.article WHERE run_id = '{run}'"
    )


def test_places_that_are_not_found_are_held_to_the_days_before(con: Con) -> None:
    wire(con, "CASE WHEN day BETWEEN 2 AND 11 THEN 10 ELSE 0 END")
    mentioned(con, "old", "CASE WHEN article_id LIKE '%-0' THEN NULL ELSE 1 END")
    wire(con, "CASE WHEN day = 1 THEN 25 ELSE 0 END", "new")
    mentioned(con, "new", "NULL")
    value, low, high = bounds(con, "unresolved")["wire"]
    assert (value, low) == (1, 0)
    assert 0.3 < high < 0.35  # 0.1, five points and three standard errors of 25 articles


def test_a_few_articles_are_no_share(con: Con) -> None:
    wire(con, "CASE WHEN day = 1 THEN 19 ELSE 0 END", "new")
    mentioned(con, "new", "NULL")
    assert bounds(con, "unresolved") == {}


def claimed(con: Con, run: str, measure: str) -> None:
    con.execute(
        "INSERT INTO core.claim (claim_id, article_id, version_id, measure, qualifier, scope, "
        "relation, category, certainty, span_start, span_end, quote) SELECT 'c', article_id, 'v', "
        f"{measure}, 'exact', 'incident', 'total', 'unknown', 'asserted', 0, 3, 'Two' "
        f"FROM raw.article WHERE run_id = '{run}'"
    )


def test_the_mix_of_measures_is_held_to_the_days_before(con: Con) -> None:
    wire(con, "CASE WHEN day BETWEEN 2 AND 11 THEN 20 ELSE 0 END")
    claimed(con, "old", "CASE WHEN article_id LIKE '%-1%' THEN 'injured' ELSE 'killed' END")
    wire(con, "CASE WHEN day = 1 THEN 60 ELSE 0 END", "new")
    claimed(con, "new", "CASE WHEN article_id LIKE '%-1%' THEN 'missing' ELSE 'killed' END")
    found = bounds(con, "mix")
    assert set(found) == {"killed", "injured", "missing"}
    for measure, holds in (("killed", False), ("injured", False), ("missing", False)):
        value, low, high = found[measure]
        assert (low <= value <= high) is holds, measure


def test_without_a_past_there_is_no_mix(con: Con) -> None:
    wire(con, "CASE WHEN day = 1 THEN 60 ELSE 0 END", "new")
    claimed(con, "new", "'killed'")
    assert bounds(con, "mix") == {}
