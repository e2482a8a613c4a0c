"""Work in processes: in order, bounded, and gone when its parent is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from flows import pool


def _square(number: int) -> int:
    return number * number


def _die(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize("jobs", [1, 2])
def test_answers_come_in_order(jobs: int) -> None:
    assert list(pool.work(_square, range(1000), jobs)) == [n * n for n in range(1000)]


def test_endless_input_is_read_only_as_far_as_needed() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    answers = pool.work(_square, items(), 2)
    assert [next(answers) for _ in range(100)] == [n * n for n in range(1, 101)]
    answers.close()  # type: ignore[attr-defined]  # it is a generator
    assert taken <= pool.CHUNK * 10


def test_a_dead_worker_is_an_error_in_plain_words() -> None:
    with pytest.raises(pool.WorkerError, match="a worker process died"):
        list(pool.work(_die, range(10), 2))


def test_workers_end_with_a_parent_that_is_killed() -> None:
    code = (
        "import itertools, os; from flows import pool\n"
        "if __name__ == '__main__':\n"
        "    answers = pool.work(os.getpgid, itertools.repeat(0), 2)\n"
        "    next(answers); print('going', flush=True)\n"
        "    [None for _ in answers]\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, start_new_session=True, text=True
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == "going\n"
    parent.kill()
    parent.wait()
    until = time.monotonic() + 10
    while _lives(parent.pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _lives(parent.pid)


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
