"""The run ledger: what each run was given and what became of it, in DuckDB so that it lasts."""

from __future__ import annotations

import os
import secrets
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from warehouse.errors import LedgerError
from warehouse.sql import rows, transaction, value

#: A run on another machine cannot be asked; after this it is taken for dead.
SILENCE = timedelta(hours=24)


def start_run(con: duckdb.DuckDBPyConnection, name: str, at: datetime | None = None) -> str:
    """Open a run in the ledger, after closing those that died.

    Args:
        con: the writer's connection.
        name: what the run loads, for people.
        at: the time, UTC; now by default.

    Returns:
        The new run's id, which sorts by time.
    """
    now = utc(at)
    reconcile(con, now)
    run_id = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    me = os.getpid()
    con.execute(
        "INSERT INTO quality.run VALUES (?, ?, ?, NULL, 'running', 0, 0, 0, 0, NULL, ?, ?, ?)",
        [run_id, name, now, me, socket.gethostname(), process(me)],
    )
    return run_id


def finish_run(
    con: duckdb.DuckDBPyConnection,
    run_id: str,
    status: str = "completed",
    message: str | None = None,
    at: datetime | None = None,
) -> None:
    """Close a run.

    Args:
        con: the writer's connection.
        run_id: the run, still running.
        status: ``completed`` or ``failed``.
        message: what went wrong.
        at: the time, UTC; now by default.

    Raises:
        LedgerError: no such run is running, or its counts do not add up.
    """
    with transaction(con):
        running = "SELECT count(*) FROM quality.run WHERE run_id = ? AND status = 'running'"
        if value(con, running, [run_id]) != 1:
            raise LedgerError(f"run {run_id} is not running")
        unequal = rows(con, "FROM mart.run_imbalance WHERE run_id = ? AND step = 'run'", [run_id])
        if unequal:
            _, _, given, kept, refused = unequal[0]
            raise LedgerError(
                f"run {run_id}: {given} articles in, but {kept} loaded or unchanged "
                f"and {refused} quarantined"
            )
        con.execute(
            "UPDATE quality.run SET status = ?, message = ?, ended_at = ? WHERE run_id = ?",
            [status, message, utc(at), run_id],
        )


def reconcile(con: duckdb.DuckDBPyConnection, at: datetime | None = None) -> list[str]:
    """Mark runs as crashed whose process is gone; what they committed stays.

    Args:
        con: the writer's connection.
        at: the time, UTC; now by default.

    Returns:
        The runs that were marked.
    """
    now = utc(at)
    query = "SELECT run_id, pid, host, process, started_at FROM quality.run WHERE status='running'"
    gone = [run_id for run_id, *who in rows(con, query) if not _alive(*who, now=now)]
    for run_id in gone:
        con.execute(
            "UPDATE quality.run SET status = 'crashed', ended_at = ?, "
            "message = 'the process ended without closing the run' WHERE run_id = ?",
            [now, run_id],
        )
    return gone


def _alive(pid: int, host: str, started: str | None, began: datetime, *, now: datetime) -> bool:
    if host != socket.gethostname():
        return now - began < SILENCE
    if started is not None:
        return process(pid) == started
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it lives, under another user
        return True
    return True


def process(pid: int) -> str | None:
    """What tells a process from a later one with the same pid; None if it is gone or unknown."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:  # no such process, or a system without /proc
        return None
    after_name = stat.rpartition(")")[2].split()
    if after_name[0] in "ZX":  # dead, but its parent has not asked for it yet
        return None
    return f"{boot}:{after_name[19]}"  # field 22 of proc(5): start time in ticks since boot


def utc(at: datetime | None) -> datetime:
    """A time as the tables keep it: UTC without a zone; now if none is given."""
    return (at or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
