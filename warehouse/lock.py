"""One at a time: operating-system locks on files of the data folder that name their holder.

One of them, ``data/.lock``, is for the writer of the warehouse. A lock is ``flock``: it ends with
the process that holds it, even after ``kill -9``. Worker processes that were forked while it was
held give up their copy at once, or the lock would outlive its holder in them.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warehouse.errors import BusyError, WarehouseError

_POLL_SECONDS = 0.1
_held: dict[Path, int] = {}


def locked(home: Path, wait: float = 60.0) -> AbstractContextManager[None]:
    """Hold the warehouse's lock.

    Args:
        home: the data folder; made if it is absent.
        wait: seconds to wait for another holder.

    Raises:
        BusyError: the lock is still held after ``wait`` seconds; the message names the holder.
        WarehouseError: the data folder cannot be written.
    """
    return held(home / ".lock", f"the warehouse in {home} is being written", wait)


@contextmanager
def held(path: Path, what: str, wait: float = 0.0, **note: str) -> Iterator[None]:
    """Hold a lock.

    Args:
        path: its file; made if it is absent.
        what: what another holder does, for the message.
        wait: seconds to wait for another holder.
        note: what others may read about this holder.

    Raises:
        BusyError: the lock is still held after ``wait`` seconds; the message names the holder.
        WarehouseError: the file cannot be written.
    """
    path = path.resolve()
    if path in _held:
        raise BusyError(f"{what} by this process already")
    _held[path] = _acquire(path, what, wait)
    try:
        _name_holder(_held[path], note)
        yield
    finally:
        descriptor = _held.pop(path, None)
        if descriptor is not None:  # None in a forked child, whose copy is closed already
            os.ftruncate(descriptor, 0)
            os.close(descriptor)


def holder(path: Path) -> dict[str, Any] | None:
    """Who holds a lock: its pid, host, since when, and its note; None if nobody does.

    Whoever has just taken it and not yet signed is known by an empty answer.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        return None if _taken(descriptor, fcntl.LOCK_SH) else _signature(path)
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise WarehouseError(f"{path}: cannot write there: {error.strerror}") from None


def _acquire(path: Path, what: str, wait: float) -> int:
    descriptor = _open(path)
    deadline = time.monotonic() + wait
    try:
        while not _taken(descriptor):
            if time.monotonic() >= deadline:
                raise BusyError(_busy(path, what, wait))
            time.sleep(_POLL_SECONDS)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _taken(descriptor: int, kind: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _name_holder(descriptor: int, note: dict[str, str]) -> None:
    me = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
        **note,
    }
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(me).encode(), 0)


def _signature(path: Path) -> dict[str, Any]:
    try:
        signed = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:  # the holder is between taking it and signing it
        return {}
    return signed if isinstance(signed, dict) else {}


def _busy(path: Path, what: str, wait: float) -> str:
    signed = _signature(path)
    known = {"pid", "host", "since"} <= set(signed)
    who = "process {pid} on {host} since {since}".format_map(signed) if known else "another process"
    return f"{what} by {who}" + (f"; waited {wait:g} s" if wait else "")


def _leave_to_parent() -> None:
    for descriptor in _held.values():
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_leave_to_parent)
