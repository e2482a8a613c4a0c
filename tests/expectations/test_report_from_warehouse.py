"""From checked rows through a real warehouse to the report: its queries and their fields fit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas import DataFrame

from expectations import examples
from expectations.base import Row
from expectations.report import ReportData, render
from expectations.report.model import status
from expectations.validate import validate
from warehouse import ledger, report_data
from warehouse.connect import writer
from warehouse.frames import Frames
from warehouse.load import load
from warehouse.publish import publish

ACCOUNTS = (("Kama Courier", 2), ("Northern Wire", 3))


def batch() -> dict[str, DataFrame]:
    """Two articles that give one event different tolls, and a place that breaks a rule."""
    rows: dict[str, list[Row]] = {"articles": [], "claims": [], "places": [], "incidents": []}
    for n, (publisher, killed) in enumerate(ACCOUNTS):
        of = {"article_id": f"a{n}", "version_id": f"v{n}"}
        toll = {f"killed_{bound}": killed for bound in ("low", "best", "high")}
        at = datetime(2026, 3, 3, 18 + n, tzinfo=UTC)
        rows["articles"].append({**of, "publisher": publisher, "published_at": at, "line": n + 1})
        rows["incidents"].append({**of, "incident_id": f"a{n}:i1", **toll})
        numbers = {"low": killed, "best": killed, "high": killed}
        claim = {"claim_id": f"a{n}:c0", "incident_id": f"a{n}:i1"}
        rows["claims"].append({**of, **claim, **numbers})
        rows["places"].append({**of, "mention_id": f"a{n}:p1"})
    rows["places"].append(
        {"article_id": "a0", "version_id": "v0", "mention_id": "far", "lat": 95.0}
    )
    return {name: table(name, given) for name, given in rows.items()}


def table(name: str, rows: Sequence[Row]) -> DataFrame:
    return examples.table(name, rows)  # type: ignore[arg-type] # the keys above are suites


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    checked = validate(batch())
    articles = checked.kept.pop("articles").assign(fetched_at=pd.Timestamp("2026-03-04"))
    with writer(folder) as con:
        run_id = ledger.start_run(con, "two accounts")
        frames = Frames(
            batch=1,
            articles_in=2,
            articles=articles,
            quarantine=checked.quarantined,
            checks=checked.rows(run_id),
            steps=pd.DataFrame(
                [{"step": "read", "rows_in": 2, "rows_out": 2, "rows_quarantined": 0, "seconds": 1}]
            ),
            **checked.kept,  # type: ignore[arg-type] # the core frames
        )
        load(con, run_id, frames)
        ledger.finish_run(con, run_id, "completed")
    publish(folder)
    return folder


def read(home: Path) -> ReportData:
    rows: dict[str, Any] = dict(report_data.read(home))
    return ReportData(**rows)


def test_each_number_comes_with_its_sentence(home: Path) -> None:
    data = read(home)
    (event,) = data.event
    assert [event[f"killed_{bound}"] for bound in ("low", "best", "high")] == [3, 3, 3], (
        "one authority said 2 and later 3"
    )
    assert [claim["publisher"] for claim in data.claim] == ["Kama Courier", "Northern Wire"]
    for claim in data.claim:
        quote = claim["sentence"][claim["quote_start"] : claim["quote_end"]]
        assert quote == examples.TEXT[:12]
        assert claim["event_id"] == event["event_id"]


def test_rivals_are_shown_and_lead_to_their_event(home: Path) -> None:
    data = read(home)
    assert [row["spread"] for row in data.agreement] == [1]
    assert [row["best"] for row in data.figure] == [2, 3]
    (rival,) = (row for row in data.work if row["kind"] == "rival toll")
    assert rival["event_id"] == data.event[0]["event_id"]
    assert (rival["place_name"], rival["measure"]) == ("Izhevsk", "killed")


def test_the_books_and_checks_are_those_of_the_run(home: Path) -> None:
    data = read(home)
    assert [run["name"] for run in data.run] == ["two accounts"]
    assert [step["step"] for step in data.step] == ["read"]
    failed = {check["expectation"] for check in data.checks("failed")}
    assert "place_coordinates_in_range" in failed
    assert data.checks("errored") == []
    assert [(row["level"], row["n"]) for row in data.held] == [("place", 1)]
    assert data.totals["articles"] == 2
    assert status(data).state == "look"


def test_the_report_is_written(home: Path) -> None:
    data = read(home)
    out = render(data, home / "published" / "report.html")
    assert "two accounts" in out.read_text(encoding="utf-8")
    quality = json.loads(out.with_name("quality.json").read_text(encoding="utf-8"))
    assert quality["totals"]["events"] == 1
