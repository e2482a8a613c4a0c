"""What validation keeps, holds back, and refuses to judge."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import UTC, datetime

import pandas as pd
import pytest
from pandas import DataFrame

from expectations import examples
from expectations.base import Batch, Row, ascending, days
from expectations.validate import Validation, validate


def keys(validation: Validation, suite: str, key: str) -> list[str]:
    return list(validation.kept[suite][key])


def test_a_row_that_breaks_a_critical_rule_is_held_back_with_its_reason_and_content() -> None:
    frames = examples.frames("places", ({}, {"mention_id": "a1:p2", "lat": 95.0}))
    validation = validate(frames)
    assert keys(validation, "places", "mention_id") == ["a1:p1"]
    (row,) = validation.quarantined.to_dict("records")
    assert (row["level"], row["key"]) == ("place", "a1:p2")
    assert row["source"] == "articles/izhevsk.md"
    assert row["reason"].startswith("place_coordinates_in_range: A place's latitude")
    assert json.loads(row["raw"])["lat"] == 95


def test_a_warning_holds_nothing_back() -> None:
    frames = examples.frames("places", ({"stated_region": "Perm", "region_contradicted": True},))
    validation = validate(frames)
    assert len(validation.kept["places"]) == 1
    assert validation.quarantined.empty


def test_every_row_is_either_kept_or_quarantined() -> None:
    rows: list[Row] = [
        {},
        {"claim_id": "c2", "low": 9},
        {"claim_id": "c3", "quote": "x", "best": -1},
    ]
    frames = examples.frames("claims", rows)
    validation = validate(frames)
    for suite, level in (("claims", "claim"), ("incidents", "incident"), ("articles", "article")):
        held = (validation.quarantined["level"] == level).sum()
        assert len(validation.kept[suite]) + held == len(frames[suite])


def test_an_article_takes_along_all_that_was_read_from_it() -> None:
    validation = validate(examples.frames("articles", ({"text": "…"},)))
    assert [len(validation.kept[s]) for s in ("articles", "claims", "places", "dates")] == [0] * 4
    incident = validation.quarantined.query("level == 'incident'")
    assert list(incident["reason"]) == ["goes with its article, which is held back"]


def test_an_incident_goes_with_a_claim_that_it_is_counted_from() -> None:
    rows: list[Row] = [
        {},
        {"claim_id": "c2", "low": 9},
        {"claim_id": "c3", "incident_id": None},
    ]
    validation = validate(examples.frames("claims", rows))
    assert keys(validation, "claims", "claim_id") == ["c3"]
    assert validation.kept["incidents"].empty
    assert len(validation.kept["articles"]) == 1


def test_a_part_goes_with_its_whole() -> None:
    rows = (
        {"incident_id": None, "low": 9},
        {"claim_id": "c2", "incident_id": None, "parent_claim_id": "a1:c0-12-killed"},
        {"claim_id": "c3", "incident_id": None, "parent_claim_id": "c2"},
    )
    validation = validate(examples.frames("claims", rows))
    assert validation.kept["claims"].empty
    assert len(validation.kept["incidents"]) == 1


def test_a_rule_that_cannot_be_computed_is_errored_not_failed_and_blocks() -> None:
    frames = examples.frames("claims")
    frames["claims"] = frames["claims"].drop(columns="parent_claim_id")
    results = {r.expectation: r for r in validate(frames).results}
    errored = results["claim_parent_there"]
    assert (errored.status, errored.checked, errored.unexpected) == ("errored", 0, 0)
    assert "parent_claim_id" in str(errored.error)
    assert results["claim_columns"].status == "failed"
    assert results["claim_counts_in_order"].status == "passed"
    assert {"claim_parent_there", "claim_columns"} <= {
        r.expectation for r in validate(frames).blocking
    }


def test_a_rule_that_gx_cannot_run_is_errored() -> None:
    frames = examples.frames("places")
    frames["places"] = frames["places"].drop(columns="score")
    result = next(r for r in validate(frames).results if r.expectation == "place_score_in_range")
    assert result.status == "errored"
    assert result.error is not None


def test_rows_held_back_do_not_block_publishing() -> None:
    assert validate(examples.frames("claims", ({"low": 9},))).blocking == ()


def test_empty_tables_pass() -> None:
    frames = {suite: frame.iloc[:0] for suite, frame in examples.frames("articles").items()}
    validation = validate(frames)
    assert {r.status for r in validation.results} == {"passed"}
    assert all(r.checked == 0 for r in validation.results)


def test_an_index_that_is_not_a_range_does_not_matter() -> None:
    frames = examples.frames("places", ({}, {"mention_id": "p2", "lat": 95.0}))
    frames["places"].index = pd.Index([7, 7])
    assert keys(validate(frames), "places", "mention_id") == ["a1:p1"]


def test_a_table_without_a_suite_is_refused() -> None:
    with pytest.raises(KeyError, match="rumours"):
        validate({"rumours": DataFrame()})


def test_the_time_can_be_set() -> None:
    frames = examples.frames("articles")
    then = Batch(frames, datetime(2020, 1, 1, tzinfo=UTC))
    assert validate(frames, then).kept["articles"].empty
    assert len(validate(frames).kept["articles"]) == 1


def test_result_rows_are_those_of_the_warehouse() -> None:
    rows = validate(examples.frames("claims", ({"low": 9},))).rows("run-1")
    assert list(rows.columns) == [
        "run_id",
        "suite",
        "expectation",
        "severity",
        "status",
        "checked",
        "unexpected",
        "sentence",
        "sample",
    ]
    failed = rows[rows["expectation"] == "claim_counts_in_order"].iloc[0]
    assert json.loads(failed["sample"]) == [
        {
            "claim_id": "a1:c0-12-killed",
            "low": 9,
            "best": 3,
            "high": 3,
            "quote": examples.TEXT[:12],
        }
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (pd.Series(["2026-03-03", None]), "2026-03-03"),
        (pd.Series([datetime(2026, 3, 3, 23, 30, tzinfo=UTC), None]), "2026-03-03"),
        (pd.Series([datetime(2026, 3, 3).date(), None]), "2026-03-03"),
        (pd.Series([pd.Timestamp("2026-03-03T10:00:00+03:00"), pd.NaT]), "2026-03-03"),
    ],
)
def test_days_reads_every_kind_of_date(given: pd.Series, expected: str) -> None:
    read = days(given)
    assert read[0] == pd.Timestamp(expected)
    assert pd.isna(read[1])


@pytest.mark.parametrize(
    ("low", "best", "high", "expected"),
    [(1, 2, 3, True), (None, None, None, True), (4, None, 3, False), (3, 3, None, True)],
)
def test_ascending(low: float, best: float, high: float, expected: bool) -> None:
    columns = [pd.Series([value], dtype="float64") for value in (low, best, high)]
    assert bool(ascending(*columns)[0]) is expected


def many(rows: int) -> dict[str, DataFrame]:
    frames = examples.frames("articles")
    claims = frames["claims"].iloc[[0] * rows].reset_index(drop=True)
    claims["claim_id"] = [f"c{n}" for n in range(rows)]
    return {**frames, "claims": claims}


def test_a_hundred_thousand_claims_are_checked_in_seconds() -> None:
    validate(examples.frames("articles"))  # loads Great Expectations
    frames = many(100_000)
    start = time.perf_counter()
    assert len(validate(frames).kept["claims"]) == 100_000
    assert time.perf_counter() - start < 10  # 2 s on a quiet machine


def test_importing_the_catalogue_does_not_import_great_expectations() -> None:
    code = (
        "import sys, expectations.validate, expectations.catalogue as c; c.catalogue();"
        "sys.exit('great_expectations' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_validation_is_silent() -> None:
    code = (
        "from expectations import examples; from expectations.validate import validate;"
        "validate(examples.frames('articles'))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("", "")
