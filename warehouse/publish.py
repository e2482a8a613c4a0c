"""Publishing: readers get a finished copy, put in place in one step, never a half-written file."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb

from warehouse.connect import database, opened, snapshot
from warehouse.lock import locked
from warehouse.sql import quoted

#: Exported as Parquet beside the snapshot, for tools that do not speak DuckDB.
EXPORTED = (
    "core.current_claim",
    "core.current_incident",
    "core.event_incident",
    "mart.event_toll",
    "mart.toll_timeline",
)


def publish(home: Path, wait: float = 60.0) -> Path:
    """Publish the warehouse as it is now: a snapshot for readers, and Parquet files.

    Must be called with no writer open in this process: the file is copied with nobody at it.

    Args:
        home: the data folder.
        wait: seconds to wait for a writer.

    Returns:
        The snapshot.

    Raises:
        BusyError: another process, or this one, is writing.
    """
    with locked(home, wait):
        with opened(home) as con:
            con.execute("CHECKPOINT")
            _parquet(con, home)
        made = snapshot(home).with_name(".tollbook.duckdb")
        shutil.copyfile(database(home), made)
        _settle(made, snapshot(home))
    return snapshot(home)


def _parquet(con: duckdb.DuckDBPyConnection, home: Path) -> None:
    folder = snapshot(home).parent / "parquet"
    folder.mkdir(parents=True, exist_ok=True)
    for name in EXPORTED:
        made = folder / f".{name}.parquet"
        con.execute(f"COPY (FROM {name}) TO {quoted(str(made))} (FORMAT parquet, COMPRESSION zstd)")
        _settle(made, folder / f"{name}.parquet")


def _settle(made: Path, target: Path) -> None:
    """Put a finished file in place, so that it outlasts a power cut."""
    _sync(made)
    made.replace(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
