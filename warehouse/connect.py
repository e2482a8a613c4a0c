"""Connections: one writer under a lock, any number of readers on the published snapshot."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import current_thread, main_thread
from types import FrameType
from typing import Any, TypeAlias

import duckdb

from warehouse import schema
from warehouse.errors import NoSnapshotError, WarehouseError
from warehouse.lock import locked
from warehouse.sql import quoted

_Handler: TypeAlias = Callable[[int, FrameType | None], Any]
#: Who stops a run: the user, the system, a limit of time.
_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)
SEARCH_PATH = "mart,core,raw,quality"
#: Nothing is fetched: what is not built into DuckDB does not exist for Tollbook.
_SETTINGS: dict[str, str] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "1GB",  # what does not fit goes to the disk; pandas and workers need the rest
}


def database(home: Path) -> Path:
    """The writable database, for the pipeline alone."""
    return home / "tollbook.duckdb"


def snapshot(home: Path) -> Path:
    """The published snapshot, for every reader."""
    return home / "published" / "tollbook.duckdb"


@contextmanager
def writer(home: Path, wait: float = 60.0) -> Iterator[duckdb.DuckDBPyConnection]:
    """The one writing connection, with the schema brought up to date.

    Args:
        home: the data folder; made if it is absent.
        wait: seconds to wait for another writer.

    Raises:
        BusyError: another process is writing; the message names it.
        SchemaError: the warehouse was made by a newer Tollbook.
        WarehouseError: the file is no warehouse or cannot be opened.
    """
    with locked(home, wait), opened(home) as connection:
        yield connection


@contextmanager
def opened(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The writable database, for who holds the lock already; it can write in ``home`` alone."""
    connection = _open(database(home), read_only=False)
    with _interruptible(connection):
        connection.execute(f"SET allowed_directories = [{quoted(str(home.resolve()))}]")
        connection.execute("SET enable_external_access = false")
        schema.ensure(connection)
        yield connection


@contextmanager
def reader(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the published snapshot: no file, network or setting in reach.

    Raises:
        NoSnapshotError: nothing is published yet.
        WarehouseError: the snapshot cannot be opened.
    """
    path = snapshot(home)
    if not path.is_file():
        raise NoSnapshotError(
            f"there is no warehouse in {home} yet: run `tollbook run` first, "
            "or set TOLLBOOK_HOME to the data folder of another"
        )
    connection = _open(path, read_only=True)
    with _interruptible(connection):
        connection.execute(f"SET search_path = '{SEARCH_PATH}'")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection


@contextmanager
def _interruptible(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Close it in the end; what a signal's handler raised in a query comes out as it is.

    DuckDB raises a RuntimeError of its own in its place, so that a run that somebody stops, or one
    that is out of time, would look like a broken one.
    """
    raised: list[BaseException] = []
    with _heard(raised):
        try:
            yield
        except RuntimeError as error:
            if raised and str(error) == "Query interrupted":
                raise raised[-1] from error
            raise
        finally:
            connection.close()


@contextmanager
def _heard(raised: list[BaseException]) -> Iterator[None]:
    """Note what the handlers of signals raise meanwhile; they are called in the main thread."""
    if current_thread() is not main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _STOPS}
    heard = {
        number: _hearing(handler, raised) for number, handler in before.items() if callable(handler)
    }
    for number, handler in heard.items():
        signal.signal(number, handler)
    try:
        yield
    finally:
        for number, handler in heard.items():
            if signal.getsignal(number) is handler:
                signal.signal(number, before[number])


def _hearing(handler: _Handler, raised: list[BaseException]) -> _Handler:
    def hear(number: int, frame: FrameType | None) -> None:
        try:
            handler(number, frame)
        except BaseException as error:
            raised.append(error)
            raise

    return hear


def _open(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    try:
        made = duckdb.connect(os.fspath(path), read_only=read_only, config=dict(_SETTINGS))
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise WarehouseError(f"{path}: cannot be opened as a warehouse: {reason}") from None
    made.execute("SET enable_progress_bar = false")  # it would write into a pipe
    return made
