"""One writer at a time: an operating-system lock on ``data/.lock`` that names its holder.

The lock is ``flock``: it ends with the process that holds it, even after ``kill -9``. Worker
processes that were forked while it was held give up their copy at once, or the lock would outlive
its holder in them.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from warehouse.errors import BusyError, WarehouseError

_POLL_SECONDS = 0.1
_held: dict[Path, int] = {}


@contextmanager
def locked(home: Path, wait: float = 60.0) -> Iterator[None]:
    """Hold the warehouse's lock.

    Args:
        home: the data folder; made if it is absent.
        wait: seconds to wait for another holder.

    Raises:
        BusyError: the lock is still held after ``wait`` seconds; the message names the holder.
        WarehouseError: the data folder cannot be written.
    """
    path = home.resolve() / ".lock"
    if path in _held:
        raise BusyError(f"this process is already writing to the warehouse in {home}")
    _held[path] = _acquire(path, wait)
    try:
        _name_holder(_held[path])
        yield
    finally:
        descriptor = _held.pop(path, None)
        if descriptor is not None:  # None in a forked child, whose copy is closed already
            os.ftruncate(descriptor, 0)
            os.close(descriptor)


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise WarehouseError(f"{path}: cannot write there: {error.strerror}") from None


def _acquire(path: Path, wait: float) -> int:
    descriptor = _open(path)
    deadline = time.monotonic() + wait
    try:
        while not _taken(descriptor):
            if time.monotonic() >= deadline:
                raise BusyError(_busy(path, wait))
            time.sleep(_POLL_SECONDS)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _name_holder(descriptor: int) -> None:
    holder = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(holder).encode(), 0)


def _busy(path: Path, wait: float) -> str:
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
        who = "process {pid} on {host} since {since}".format_map(holder)
    except (ValueError, KeyError, TypeError):  # the holder is between taking it and signing it
        who = "another process"
    return f"the warehouse in {path.parent} is being written by {who}; waited {wait:g} s"


def _leave_to_parent() -> None:
    for descriptor in _held.values():
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_leave_to_parent)
