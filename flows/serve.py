"""`tollbook serve`: Prefect's server, its schedules and their runner in one process.

Three threads: the server (uvicorn), the runner (it starts a process for each run) and the main
one, which waits for a signal. Import this module only after ``set_up``.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import FrameType

    from prefect.runner import Runner
    from uvicorn import Server

    from flows.settings import Settings

#: Seconds: a new database takes half a minute on a slow machine.
_START = 120.0
#: Seconds that runs have to close their books; then they are killed.
_STOP = 60.0
_DRAIN = 3.0
_POLL = 0.2


class ServeError(Exception):
    """The server cannot be started, or one of its parts has ended by itself."""


def check_port(host: str, port: int) -> None:
    """Refuse a port that cannot be had, before anything is started.

    Raises:
        ServeError: it is in use, not for this user, or the host is none of this machine.
    """
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        said = error.strerror or str(error)
        raise ServeError(f"port {port} of {host}: {said}; --port takes another") from None


def set_up(settings: Settings, url: str, *, verbose: bool) -> None:
    """The environment of Prefect here and in the processes of runs; before Prefect is imported."""
    os.environ |= {
        "TOLLBOOK_HOME": str(settings.home),
        "PREFECT_API_URL": url,
        # Into Prefect's own log, which its pages show; the terminal has a line for each run.
        "PREFECT_LOGGING_LEVEL": "INFO",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "INFO" if verbose else "CRITICAL",
    }
    # Runs and their logs are dropped after 90 days; quality.run keeps the books for good.
    os.environ.setdefault("PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED", "events,flow_runs")


@contextmanager
def server(host: str, port: int) -> Iterator[threading.Thread]:
    """Prefect's server, from when it answers."""
    import uvicorn
    from prefect.server.api.server import create_app

    config = uvicorn.Config(
        create_app(),
        host,
        port,
        log_config=None,
        timeout_graceful_shutdown=3,
        ws="websockets-sansio",
    )
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, name="server", daemon=True)
    thread.start()
    try:
        _await(lambda: running.started, thread, "the server")
        yield thread
    finally:
        _close(running, thread)


def _close(running: Server, thread: threading.Thread) -> None:
    from prefect.logging.handlers import APILogWorker

    APILogWorker.drain_all(timeout=_DRAIN)  # logs of the runs, while there is a server for them
    running.should_exit = True
    thread.join(_STOP)


def _await(done: Callable[[], bool], thread: threading.Thread, what: str) -> None:
    deadline = time.monotonic() + _START
    while not done():
        if not thread.is_alive():
            raise ServeError(f"{what} ended at once; --verbose shows why")
        if time.monotonic() > deadline:
            raise ServeError(f"{what} did not start in {_START:g} s")
        time.sleep(_POLL)


@contextmanager
def running(runner: Runner) -> Iterator[threading.Thread]:
    """The runner, until the context ends; its runs are then told to stop, and waited for."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=_run, args=(loop, runner), name="runner", daemon=True)
    thread.start()
    try:
        _await(lambda: runner.started, thread, "the runner")
        yield thread
    finally:
        if runner.started and thread.is_alive():
            asyncio.run_coroutine_threadsafe(runner.astop(), loop)
        thread.join(_STOP)


def _run(loop: asyncio.AbstractEventLoop, runner: Runner) -> None:
    asyncio.set_event_loop(loop)
    loop.run_until_complete(runner.start())


def wait(threads: Sequence[threading.Thread], stop: threading.Event) -> None:
    """Wait for a signal.

    Raises:
        ServeError: a thread ended by itself: whoever started this process should start it anew.
    """
    while not stop.wait(_POLL):
        for thread in threads:
            if not thread.is_alive():
                raise ServeError(f"the {thread.name} ended by itself")


def on_signals() -> threading.Event:
    """An event that SIGTERM and Ctrl-C set."""
    stop = threading.Event()

    def told(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)
    return stop
