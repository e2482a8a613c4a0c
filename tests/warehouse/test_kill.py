"""Loads that are killed or come in any order leave what one undisturbed load leaves."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.frames import FETCHED, batch, many, report, together
from warehouse.connect import writer
from warehouse.digest import digest
from warehouse.errors import WarehouseError
from warehouse.ledger import finish_run, start_run
from warehouse.load import load
from warehouse.sql import rows, value

ROOT = Path(__file__).parents[2]
BATCHES, SIZE = 8, 40
LOAD = """
from pathlib import Path
from tests.warehouse.test_kill import load_all
print("ready", flush=True)
load_all(Path(HOME))
"""


def load_all(home: Path) -> dict[str, str]:
    """Load every batch as one run; what it leaves."""
    with writer(home, wait=30) as con:
        run = start_run(con, "all")
        for number in range(BATCHES):
            load(con, run, many(number, SIZE))
        finish_run(con, run)
        return digest(con)


def _killed(home: Path, after: float) -> bool:
    code = LOAD.replace("HOME", repr(str(home)))
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(after)
    os.kill(process.pid, signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def test_kills_in_the_middle_of_loads_leave_no_trace(tmp_path: Path) -> None:
    home, kills = tmp_path, 5
    undisturbed = load_all(home / "undisturbed")
    random.seed(20260501)
    killed = sum(_killed(home / "killed", random.uniform(0.1, 2.0)) for _ in range(kills))
    assert killed >= kills // 2
    assert load_all(home / "killed") == undisturbed
    with writer(home / "killed") as con:
        states = dict(rows(con, "SELECT status, count(*) FROM quality.run GROUP BY ALL"))
        # A kill may also come after the run's last commit, before its process has ended.
        assert states["completed"] >= 1 + kills - killed
        assert "running" not in states
        assert rows(con, "FROM mart.run_imbalance") == []
        # Each batch that a killed run booked is there, whole, and counted by it alone.
        loaded = value(con, "SELECT sum(loaded) FROM quality.run")
        assert loaded == value(con, "SELECT count(*) FROM raw.article") == BATCHES * SIZE


_REPRINTS = "SELECT incident_id, reprint_of FROM core.event_incident WHERE reprint_of IS NOT NULL"


def test_the_order_of_batches_changes_no_table(empty_warehouse: Path, tmp_path: Path) -> None:
    # Two towns 16 km apart and one beyond: each order builds other events on the way.
    reports = [
        report("a", 3),
        report("b", 4, place="Chornomorsk"),
        report("c", 5, sub_event_type=None),
        report("d", 6, place="Kherson"),
        report("e", 3, hour=14, text=" ".join(f"a{number}" for number in range(40)) + "."),
    ]
    found = []
    for order in list(permutations(range(len(reports))))[::17]:
        path = tmp_path / f"{''.join(map(str, order))}.duckdb"
        path.write_bytes(empty_warehouse.read_bytes())
        with duckdb.connect(path) as con:
            run = start_run(con, "x")
            for number, index in enumerate(order):
                load(con, run, batch(number, **reports[index]))
            found.append(digest(con))
            assert rows(con, _REPRINTS) == [("e:i1", "a:i1")]
        path.unlink()
    assert all(one == found[0] for one in found)
    assert found[0]["core.event"].startswith("2:")


@pytest.mark.parametrize("seed", range(3))
def test_replaced_versions_leave_no_trace_in_events(
    empty_warehouse: Path, tmp_path: Path, seed: int
) -> None:
    """Articles that move their incident about end where a load of the last versions ends."""
    chance = random.Random(seed)
    last, found = {}, []
    with _copy(empty_warehouse, tmp_path / "moved.duckdb") as con:
        run = start_run(con, "x")
        for number in range(12):
            one = _somewhere(chance, number)
            last[one["articles"][0]["article_id"]] = one
            load(con, run, batch(number, **one))
        found.append(digest(con))
    with _copy(empty_warehouse, tmp_path / "fresh.duckdb") as con:
        load(con, start_run(con, "x"), batch(0, **together(*last.values())))
        found.append(digest(con))
    for table in ("core.event", "core.event_incident"):
        assert found[0][table] == found[1][table]


def _copy(source: Path, target: Path) -> duckdb.DuckDBPyConnection:
    target.write_bytes(source.read_bytes())
    return duckdb.connect(target)


def _somewhere(chance: random.Random, number: int) -> dict[str, Any]:
    name = f"paper{chance.randrange(5)}"
    day = date(2026, 4, 30) - timedelta(days=chance.randrange(3))
    where = chance.choice(["Odesa", "Chornomorsk", "Kherson"])
    one = report(name, number, place=where, date_start=day, date_end=day)
    one["articles"][0]["fetched_at"] = FETCHED + timedelta(hours=number)
    return one


def test_a_load_that_fails_half_way_loads_nothing(
    con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = start_run(con, "x")
    before = digest(con)

    def fail(*_: object) -> None:
        raise WarehouseError("the disk is full")

    monkeypatch.setattr("warehouse.load.events.refresh", fail)
    with pytest.raises(WarehouseError, match="the disk is full"):
        load(con, run, many(0, 3))
    assert digest(con) == before


def test_a_digest_sees_a_changed_value_but_not_the_order(con: duckdb.DuckDBPyConnection) -> None:
    run = start_run(con, "x")
    load(con, run, many(0, 3))
    before = digest(con)
    con.execute("CREATE OR REPLACE TEMP TABLE kept AS FROM core.claim ORDER BY claim_id DESC")
    con.execute("DELETE FROM core.claim")
    con.execute("INSERT INTO core.claim FROM kept")
    assert digest(con) == before
    con.execute("UPDATE core.claim SET speaker = NULL WHERE article_id = 'paper0x1'")
    changed = {table for table, found in digest(con).items() if found != before[table]}
    assert changed == {"core.claim"}
