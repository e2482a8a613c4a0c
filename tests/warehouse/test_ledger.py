from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.frames import batch, refusal, report
from warehouse.errors import LedgerError
from warehouse.ledger import finish_run, process, reconcile, start_run
from warehouse.load import load
from warehouse.sql import rows

Con = duckdb.DuckDBPyConnection
AT = datetime(2026, 5, 3, 9, tzinfo=UTC)


def _run(con: Con) -> tuple[object, ...]:
    query = "SELECT status, articles_in, loaded, unchanged, quarantined, message FROM quality.run"
    (found,) = rows(con, query)
    return found


def test_a_run_is_booked_from_start_to_end(con: Con) -> None:
    run = start_run(con, "seeds/articles", AT)
    assert run.startswith("20260503T090000-")
    assert _run(con) == ("running", 0, 0, 0, 0, None)
    load(con, run, batch(0, **report("a", 3), quarantine=[refusal("x", 1)]))
    finish_run(con, run, at=AT + timedelta(seconds=5))
    assert _run(con) == ("completed", 2, 1, 0, 1, None)
    assert rows(con, "SELECT seconds, adds_up FROM mart.run_ledger") == [(5.0, True)]


def test_times_are_kept_in_utc(con: Con) -> None:
    start_run(con, "x", AT.astimezone(timezone(timedelta(hours=3))))
    assert rows(con, "SELECT started_at FROM quality.run") == [(AT.replace(tzinfo=None),)]


def test_a_failed_run_says_why(con: Con) -> None:
    run = start_run(con, "x")
    finish_run(con, run, "failed", "in.jsonl: no such file")
    assert _run(con) == ("failed", 0, 0, 0, 0, "in.jsonl: no such file")


def test_a_run_that_does_not_add_up_cannot_be_closed(con: Con) -> None:
    run = start_run(con, "x")
    con.execute("UPDATE quality.run SET articles_in = 3, loaded = 2")
    with pytest.raises(LedgerError, match="3 articles in, but 2 loaded or unchanged and 0"):
        finish_run(con, run)
    assert _run(con)[0] == "running"


def test_a_run_is_closed_once(con: Con) -> None:
    run = start_run(con, "x")
    finish_run(con, run)
    with pytest.raises(LedgerError, match="is not running"):
        finish_run(con, run)
    with pytest.raises(LedgerError, match="is not running"):
        finish_run(con, "20260101T000000-000000")


def _pretend(con: Con, **by: object) -> str:
    run = start_run(con, "x", AT)
    for column, found in by.items():
        con.execute(f"UPDATE quality.run SET {column} = ? WHERE run_id = ?", [found, run])
    return run


@pytest.fixture
def dead() -> int:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def test_a_dead_process_leaves_a_crashed_run(con: Con, dead: int) -> None:
    run = _pretend(con, pid=dead)
    other = start_run(con, "next", AT)
    query = "SELECT run_id, status, message IS NULL FROM quality.run ORDER BY status"
    assert rows(con, query) == [(run, "crashed", False), (other, "running", True)]


def test_a_dead_process_is_told_without_start_times(con: Con, dead: int) -> None:
    run = _pretend(con, pid=dead, process=None)
    assert reconcile(con) == [run]


def test_a_living_run_is_left_alone(con: Con) -> None:
    start_run(con, "x")
    _pretend(con, process=None)
    assert reconcile(con) == []


def test_a_later_process_with_the_same_pid_is_not_taken_for_the_run(con: Con) -> None:
    run = _pretend(con, pid=os.getpid(), process=str(process(1)))
    assert reconcile(con) == [run]


def test_a_process_that_is_dead_but_not_yet_buried_is_dead() -> None:
    killed = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    assert process(killed.pid) is not None
    os.kill(killed.pid, signal.SIGKILL)
    os.waitid(os.P_PID, killed.pid, os.WEXITED | os.WNOWAIT)
    assert process(killed.pid) is None
    killed.wait()


def test_a_run_of_another_host_is_given_a_day(con: Con) -> None:
    run = _pretend(con, host="elsewhere.example", pid=1)
    assert reconcile(con, AT + timedelta(hours=23)) == []
    assert reconcile(con, AT + timedelta(hours=25)) == [run]


def test_process_start_times_need_proc() -> None:
    assert (process(os.getpid()) is None) == (not Path("/proc/self/stat").exists())
