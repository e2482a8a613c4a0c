from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.frames import batch, report
from warehouse.connect import _SETTINGS, database, opened, reader, snapshot, writer
from warehouse.errors import BusyError, NoSnapshotError, WarehouseError
from warehouse.ledger import start_run
from warehouse.load import load
from warehouse.lock import locked
from warehouse.publish import publish
from warehouse.sql import rows, value

ROOT = Path(__file__).parents[2]


def child(code: str, home: Path) -> subprocess.Popen[str]:
    """Another process: it runs code with ``home`` and says a line when it is ready."""
    script = f"from pathlib import Path\nhome = Path({str(home)!r})\n{code}"
    process = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


HOLD = """
import time
from warehouse.lock import locked
with locked(home):
    print("ready", flush=True)
    time.sleep(60)
"""
HOLD_WITH_WORKER = """
import os, time
from warehouse.lock import locked
with locked(home):
    if os.fork():
        print("ready", flush=True)
    time.sleep(20)
"""


def test_the_second_writer_waits_and_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    holder = child(HOLD, tmp_path)
    began = time.monotonic()
    try:
        with (
            pytest.raises(
                BusyError, match=rf"process {holder.pid} on \S+ since \d{{4}}-.*; waited 0.3 s"
            ),
            writer(tmp_path, wait=0.3),
        ):
            pass
        assert 0.3 <= time.monotonic() - began < 5
    finally:
        holder.kill()
        holder.wait()


@pytest.mark.parametrize("code", [HOLD, HOLD_WITH_WORKER], ids=["alone", "with a forked worker"])
def test_a_killed_writer_leaves_no_lock(tmp_path: Path, code: str) -> None:
    holder = child(code, tmp_path)
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with locked(tmp_path, wait=1):
        pass


def test_a_writer_waits_for_the_one_before(tmp_path: Path) -> None:
    holder = child(HOLD.replace("sleep(60)", "sleep(0.5)"), tmp_path)
    with locked(tmp_path, wait=10):
        assert f'"pid": {os.getpid()}' in (tmp_path / ".lock").read_text()
    assert holder.wait() == 0


def test_a_process_does_not_wait_for_itself(tmp_path: Path) -> None:
    with (
        writer(tmp_path),
        pytest.raises(BusyError, match="by this process"),
        writer(tmp_path),
    ):
        pass
    with writer(tmp_path):
        pass


def test_a_failed_writer_gives_the_lock_back(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writer(tmp_path):
        raise ZeroDivisionError
    with writer(tmp_path, wait=0) as con:
        assert value(con, "SELECT count(*) FROM raw.article") == 0
    assert (tmp_path / ".lock").read_text() == ""


def test_a_writer_can_write_in_its_home_alone(tmp_path: Path) -> None:
    home = tmp_path / "home of 'x'"
    with writer(home) as con:
        con.execute("COPY (SELECT 1) TO $$" + str(home.resolve() / "x.csv") + "$$")
        with pytest.raises(duckdb.PermissionException):
            con.execute(f"COPY (SELECT 1) TO '{tmp_path}/x.csv'")


def test_a_file_that_is_no_warehouse_is_named(tmp_path: Path) -> None:
    database(tmp_path).write_text("not a database " * 1000)
    with (
        pytest.raises(WarehouseError, match=r"tollbook.duckdb: cannot be opened"),
        writer(tmp_path),
    ):
        pass


def test_a_home_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(WarehouseError, match=r"cannot write there"), writer(tmp_path / "home"):
        pass


def test_a_reader_before_the_first_run_is_told_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoSnapshotError, match="run `tollbook run` first"), reader(tmp_path):
        pass
    with writer(tmp_path):
        pass
    with pytest.raises(NoSnapshotError), reader(tmp_path):
        pass


FORBIDDEN = [
    "CREATE TABLE raw.more (a INT)",
    "DELETE FROM raw.article",
    "FROM read_csv('/etc/hostname')",
    "FROM '/etc/hostname'",
    "COPY raw.article TO '/tmp/x.csv'",
    "ATTACH '/tmp/x.duckdb'",
    "SET enable_external_access = true",
    "SET threads = 1",
    "INSTALL spatial",
    "LOAD spatial",
    "FROM glob('/etc/*')",
    "FROM read_text('/etc/hostname')",
]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    publish(home)
    return home


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_a_reader_can_only_read_the_snapshot(published: Path, sql: str) -> None:
    with reader(published) as con, pytest.raises(duckdb.Error):
        con.execute(sql).fetchall()


def test_a_reader_is_not_hindered_by_a_writer(published: Path) -> None:
    with writer(published) as con:
        con.execute("BEGIN")
        con.execute("DELETE FROM raw.article")
        with reader(published) as other:
            assert value(other, "SELECT count(*) FROM event_toll") == 0
        con.execute("ROLLBACK")


def test_what_is_published_stays_until_the_next(tmp_path: Path) -> None:
    with writer(tmp_path) as con:
        load(con, start_run(con, "one"), batch(0, **report("a", 3)))
    assert publish(tmp_path) == snapshot(tmp_path)
    with writer(tmp_path) as con:
        load(con, start_run(con, "two"), batch(0, **report("b", 4)))
        with reader(tmp_path) as old:
            assert rows(old, "SELECT article_id FROM raw.article") == [("a",)]
    publish(tmp_path)
    with reader(tmp_path) as new:
        assert rows(new, "SELECT article_id FROM raw.article ORDER BY ALL") == [("a",), ("b",)]
    left = sorted(p.name for p in snapshot(tmp_path).parent.iterdir())
    assert left == ["parquet", "tollbook.duckdb"]


def test_who_holds_a_snapshot_open_never_sees_it_change(tmp_path: Path) -> None:
    publish(tmp_path)
    with snapshot(tmp_path).open("rb") as held:
        before = held.read()
        with writer(tmp_path) as con:
            load(con, start_run(con, "one"), batch(0, **report("a", 3)))
        publish(tmp_path)
        held.seek(0)
        assert held.read() == before != snapshot(tmp_path).read_bytes()


def test_parquet_is_published_beside_the_snapshot(tmp_path: Path) -> None:
    with writer(tmp_path) as con:
        load(con, start_run(con, "one"), batch(0, **report("a", 3)))
    folder = publish(tmp_path).parent / "parquet"
    assert len(list(folder.iterdir())) == 5
    with duckdb.connect() as con:
        found = con.execute(f"SELECT killed_best FROM '{folder}/mart.event_toll.parquet'")
        assert found.fetchall() == [(3,)]


def test_publishing_while_writing_is_refused(tmp_path: Path) -> None:
    with writer(tmp_path), pytest.raises(BusyError, match="by this process"):
        publish(tmp_path)


def test_a_failed_copy_leaves_the_old_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path)

    def break_off(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:5000])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("warehouse.publish.shutil.copyfile", break_off)
    with pytest.raises(OSError, match="No space left"):
        publish(tmp_path)
    with reader(tmp_path) as con:
        assert value(con, "SELECT count(*) FROM raw.article") == 0


READ = """
import os, time
from warehouse.connect import reader
from warehouse.sql import rows
print("ready", flush=True)
seen, last, parent = 0, False, os.getppid()
while not last and os.getppid() == parent:
    last = (home / "all loaded").exists()
    with reader(home) as con:
        ((articles, incidents, linked),) = rows(con, "SELECT (SELECT count(*) FROM raw.article), "
            "(SELECT count(*) FROM core.incident), (SELECT count(*) FROM core.event_incident)")
    assert articles == incidents == linked >= seen, (articles, incidents, linked, seen)
    seen = articles
    time.sleep(0.3)
print(seen)
"""


def _readers_during_loads(home: Path, readers: int, loads: int) -> None:
    publish(home)
    processes = [child(READ, home) for _ in range(readers)]
    for number in range(loads):
        with writer(home) as con:
            load(con, start_run(con, "load"), batch(number, **report(f"p{number}", 3)))
        publish(home)
    (home / "all loaded").touch()
    for process in processes:
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        assert int(out) == loads
    with reader(home) as con:
        assert value(con, "SELECT count(*) FROM raw.article") == loads


def test_readers_are_never_refused_and_see_whole_loads(tmp_path: Path) -> None:
    _readers_during_loads(tmp_path, readers=2, loads=4)


@pytest.mark.slow
def test_eight_readers_during_fifty_loads(tmp_path: Path) -> None:
    _readers_during_loads(tmp_path, readers=8, loads=50)


class _TimeIsUpError(Exception):
    pass


def _time_is_up(_number: int, _frame: object) -> None:
    raise _TimeIsUpError


@pytest.mark.parametrize("connection", [writer, reader])
@pytest.mark.parametrize(
    ("number", "handler", "raised"),
    [
        (signal.SIGINT, signal.default_int_handler, KeyboardInterrupt),
        (signal.SIGALRM, _time_is_up, _TimeIsUpError),
    ],
)
def test_a_signal_in_the_middle_of_a_query_is_told_from_an_error(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    connection: Callable[[Path], AbstractContextManager[duckdb.DuckDBPyConnection]],
    number: signal.Signals,
    handler: Callable[[int, Any], Any],
    raised: type[BaseException],
) -> None:
    with locked(tmp_path), opened(tmp_path):
        pass
    publish(tmp_path)
    long = "SELECT sum(a.range * b.range) FROM range(1_000_000) AS a, range(1_000_000) AS b"
    # DuckDB looks for signals between the tasks of its first thread, which may have none.
    monkeypatch.setitem(_SETTINGS, "threads", "1")
    # Where tests run in the background, the signal would be ignored.
    before = signal.signal(number, handler)
    try:
        threading.Timer(0.5, os.kill, (os.getpid(), number)).start()
        with pytest.raises(raised), connection(tmp_path) as con:
            con.execute(long)
        assert signal.getsignal(number) is handler
    finally:
        signal.signal(number, before)
    with connection(tmp_path) as con:
        assert value(con, "SELECT 1") == 1
