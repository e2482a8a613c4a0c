"""Corrections, rules across tables, publishing held back, artifacts and releases, in real runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from flows.cli import main
from flows.quality import CorrectionError, QualityError
from tests.flows.conftest import write_articles
from tests.flows.served import folder_source
from tests.flows.server import running
from warehouse.connect import snapshot, writer
from warehouse.query import run_sql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.usefixtures("prefect")


def ingest(*sources: Path | str, **options: Any) -> Any:
    from flows.ingest import ingest

    return ingest("test", [str(source) for source in sources], **options)


def rows(home: Path, query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run_sql(home, query).to_pylist()
    return found


INJURED = "SELECT c.* FROM core.current_claim AS c WHERE measure = 'injured'"


def correction(row: str, field: str, before: int, after: int, expect: str) -> str:
    return (
        f'[[correction]]\nrow = "{row}"\nfield = "{field}"\nfrom = {before}\nto = {after}\n'
        f'expect = {{ {expect} }}\nreason = "told by the hospital"\nwho = "Ada"\n'
    )


def test_a_correction_holds_from_the_next_run_until_it_is_taken_back(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOLLBOOK_CORRECTIONS", str(tmp_path))
    file = tmp_path / "corrections.toml"
    folder = write_articles(tmp_path / "in")
    ingest(folder)
    (claim,) = rows(home, INJURED)
    assert (claim["low"], claim["corrections"]) == (12, None)
    guard = f"quote = {json.dumps(claim['quote'])}"
    text = correction(claim["claim_id"], "low", 12, 14, guard)
    text += correction(claim["claim_id"], "best", 12, 14, guard)
    for bound in ("injured_low", "injured_best"):
        text += correction(claim["incident_id"], bound, 12, 14, 'place_name = "Kharkiv"')
    file.write_text(text, "utf-8")
    ingest(folder)
    (mended,) = rows(home, INJURED)
    assert mended["low"] == 14
    note, _ = json.loads(mended["corrections"])
    assert (note["from"], note["to"], note["who"]) == (12, 14, "Ada")
    in_force = rows(home, "SELECT field, read_as, corrected_to, reason FROM mart.correction")
    assert [row["field"] for row in in_force] == ["best", "low", "injured_best", "injured_low"]
    assert in_force[0]["reason"] == "told by the hospital"
    (event,) = rows(home, "SELECT DISTINCT injured_low FROM mart.event_toll WHERE injured_low > 0")
    assert event == {"injured_low": 14}
    # It matches nothing more: the run fails with the line, and the snapshot stays.
    before = snapshot(home).read_bytes()
    file.write_text(text.replace("from = 12", "from = 11", 1), "utf-8")
    with pytest.raises(CorrectionError, match=r"corrections\.toml:1: .*: low is 12, not 11"):
        ingest(folder)
    file.write_text(text.replace(claim["claim_id"], "0000:c1-killed"), "utf-8")
    with pytest.raises(CorrectionError, match=r"toml:1: 0000:c1.*article is not in the warehouse"):
        ingest(folder)
    assert snapshot(home).read_bytes() == before
    file.unlink()
    ingest(folder)
    assert rows(home, INJURED) == [claim]
    assert rows(home, "FROM mart.correction") == []


@pytest.fixture
def alerted(home: Path) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What a webhook on loopback was told, and a command alike."""
    told = home / "told.jsonl"
    with running() as server:
        webhook = server.put("hook", b"ok")
        command = f'["sh", "-c", "cat >> {told}; echo >> {told}"]'
        home.mkdir()
        (home / "alerts.toml").write_text(f'webhook = "{webhook}"\ncommand = {command}\n')

        def alerts() -> list[dict[str, Any]]:
            posted = [json.loads(body) for body in server.bodies]
            piped = told.read_text("utf-8").splitlines() if told.exists() else []
            assert [json.loads(line) for line in piped] == posted
            return posted

        yield alerts


def test_a_critical_failure_holds_publishing_back_and_is_told(
    home: Path, capsys: pytest.CaptureFixture[str], alerted: Callable[[], list[dict[str, Any]]]
) -> None:
    from flows.scheduled import daily_report, read_source

    folder_source(home, "mine", "every 1 day")
    read_source("mine")
    good = published(home)
    assert quality_json(home)["held_back"] is False
    with writer(home) as con:
        con.execute("INSERT INTO core.claim FROM core.claim LIMIT 1")
    with pytest.raises(SystemExit) as ended:
        main(["run", "mine"])
    assert ended.value.code == 1
    assert TWICE in capsys.readouterr().err
    assert published(home) == good
    found = quality_json(home)
    assert (found["held_back"], found["state"]) == (True, "bad")
    assert TWICE in found["because"]
    broken = [e for e in found["expectations"] if e["status"] == "failed"]
    assert [(e["sentence"], e["severity"], e["unexpected"]) for e in broken] == [
        (TWICE, "critical", 1)
    ]
    assert [run["status"] for run in found["runs"]] == ["failed", "completed"]
    assert found["totals"]["articles"] == 1, "the figures of the last good snapshot"
    assert "Publishing is held back." in (home / "published" / "report.html").read_text("utf-8")
    assert alerted() == [], "whoever runs it by hand sees it"
    with pytest.raises(QualityError, match=TWICE):
        read_source("mine")
    (alert,) = alerted()
    assert (alert["kind"], alert["what"]) == ("failed", "mine")
    assert TWICE in alert["message"]
    daily_report()
    assert published(home) == good, "what is broken goes out by no other way"
    with writer(home) as con:
        con.execute("CREATE TEMP TABLE once AS SELECT DISTINCT * FROM core.claim")
        con.execute("DELETE FROM core.claim")
        con.execute("INSERT INTO core.claim FROM once")
    read_source("mine")
    assert published(home) != good
    assert (quality_json(home)["held_back"], quality_json(home)["state"]) == (False, "good")


TWICE = "No claim, incident or mention is held twice in one version of an article."


def published(home: Path) -> dict[Path, bytes]:
    """What readers open, but for the report."""
    folder = snapshot(home).parent
    found = (*folder.glob("*.duckdb"), *folder.glob("parquet/*.parquet"))
    assert len(found) > 1
    return {path: path.read_bytes() for path in found}


def quality_json(home: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((home / "published" / "quality.json").read_text("utf-8"))
    return found


def test_a_run_leaves_artifacts(home: Path, tmp_path: Path) -> None:
    from prefect.client.orchestration import get_client

    ingest(write_articles(tmp_path / "in"))
    with get_client(sync_client=True) as client:
        made = {one.key: one for one in client.read_latest_artifacts() if one.key}
    assert {"expectations", "quality", "report"} <= set(made)
    table = json.loads(str(made["expectations"].data))
    assert {"claim_counts_in_order", "keys_are_unique", "trend_mix_steady"} <= {
        row["expectation"] for row in table
    }
    assert f"{len(table)} expectations: " in str(made["quality"].data)
    assert (home / "published" / "report.html").as_uri() in str(made["report"].data)
    quality = json.loads((home / "published" / "quality.json").read_text("utf-8"))
    assert len(quality["expectations"]) == len(table)


def test_a_mended_file_is_released(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_articles(tmp_path / "in")
    ingest(folder)
    (held,) = rows(home, "SELECT quarantine_id FROM quality.quarantine")
    with pytest.raises(SystemExit) as ended:
        main(["quarantine", "release", held["quarantine_id"]])
    assert ended.value.code == 1
    assert "is refused again: " in capsys.readouterr().err
    bad = folder / "bad.txt"
    bad.write_text(bad.read_text("utf-8").replace("2025-02-30", "2025-02-28"), "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["quarantine", "release", held["quarantine_id"][:8]])
    assert not ended.value.code
    assert capsys.readouterr().out.startswith("Released ")
    assert len(rows(home, "FROM raw.article")) == 3


def test_a_held_row_is_released_when_its_rule_is_met(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from expectations.claims import ClaimNumberPlausible

    folder = write_articles(tmp_path / "in")
    with monkeypatch.context() as patch:
        patch.setattr(ClaimNumberPlausible, "severity", "critical")
        patch.setattr(ClaimNumberPlausible, "largest", {"injured": 2})
        ingest(folder)
    held = rows(
        home, "SELECT level, quarantine_id, key FROM quality.quarantine WHERE key LIKE '%:%'"
    )
    assert {row["level"] for row in held} == {"claim", "incident"}
    (injured,) = (row for row in held if row["key"].endswith("-injured"))
    with pytest.raises(SystemExit) as ended:
        main(["quarantine", "release", injured["quarantine_id"]])
    assert not ended.value.code
    assert len(rows(home, INJURED)) == 1
    waiting = "SELECT level FROM quality.quarantine WHERE released_at IS NULL"
    assert rows(home, waiting) == [{"level": "article"}]
