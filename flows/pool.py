"""Work on many items in several processes: answers in order, memory bounded, no orphans."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

Item = TypeVar("Item")
Answer = TypeVar("Answer")
#: Items that one process takes at a time: large enough that handing them over costs little.
CHUNK = 64


class WorkerError(Exception):
    """A worker process died: out of memory, or killed from outside."""


def work(
    function: Callable[[Item], Answer], items: Iterable[Item], jobs: int, chunk: int = CHUNK
) -> Iterator[Answer]:
    """``function`` of each item, in order; with ``jobs`` above 1 in that many processes.

    At most a few chunks a process are held at a time, so the items may be endless. ``function``
    must be importable by name. A process takes ``chunk`` items at a time.

    Raises:
        WorkerError: a process died.
    """
    if jobs == 1:
        return map(function, items)
    return _in_processes(function, iter(items), jobs, chunk)


def _in_processes(
    function: Callable[[Item], Answer], items: Iterator[Item], jobs: int, size: int
) -> Iterator[Answer]:
    context = multiprocessing.get_context(_way())
    waiting: deque[Future[list[Answer]]] = deque()
    with ProcessPoolExecutor(jobs, context, _start) as pool:
        try:
            while chunk := list(islice(items, size)):
                waiting.append(pool.submit(_chunk, function, chunk))
                if len(waiting) > 3 * jobs:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool:
            raise WorkerError("a worker process died (out of memory, or killed)") from None
        finally:
            pool.shutdown(cancel_futures=True)


def _way() -> Literal["fork", "spawn"]:
    """How workers begin: as copies of this process, at once and with all that it has loaded.

    A copy of a process with threads, which Prefect has, may hang: there they begin anew, which
    takes half a second each.
    """
    threads = Path("/proc/self/task")
    return "fork" if threads.is_dir() and len(list(threads.iterdir())) == 1 else "spawn"


def _chunk(function: Callable[[Item], Answer], items: list[Item]) -> list[Answer]:
    return [function(item) for item in items]


def _start() -> None:
    """Leave Ctrl-C to the parent, and end with it even where it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
