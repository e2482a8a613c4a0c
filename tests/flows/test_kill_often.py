"""kill -9 at random moments of `tollbook run`, again and again, lose and double nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.flows import test_kill as kill

pytestmark = pytest.mark.slow

#: Moments of a run at which it is killed; a hundred by ``TOLLBOOK_KILLS=100``.
KILLS = int(os.environ.get("TOLLBOOK_KILLS", "3"))
#: Kills of one warehouse before a run of it is let through.
IN_A_ROW = 5
_NURSERY = """
import os, sys
from flows import batch, settings
settings.set_up_prefect(settings.load())
import flows.ingest, expectations.validate, flows.commands.run  # once, and not for each run
from flows.cli import main
batch.SIZE = 60  # several loads a run
for line in sys.stdin:
    home, articles = line.split()
    child = os.fork()
    if child == 0:
        os.setsid()
        os.environ["TOLLBOOK_HOME"] = home
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        main(["run", articles])
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class _Nursery:
    """A process that has imported all, whose copies run: no moment is spent on imports."""

    def __init__(self, home: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _NURSERY],
            env={**os.environ, "PREFECT_HOME": str(home), "TOLLBOOK_HOME": str(home)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, home: Path, articles: Path, seconds: float | None = None) -> bool:
        """Run, and kill it after some seconds; whether it was killed."""
        assert self._process.stdin
        assert self._process.stdout
        print(home, articles, file=self._process.stdin, flush=True)
        child = int(self._process.stdout.readline())
        if seconds is not None:
            time.sleep(seconds)
            with suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
        status = int(self._process.stdout.readline())
        assert status in (0, -signal.SIGKILL)
        return status != 0

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Nursery]:
    made = _Nursery(tmp_path_factory.mktemp("prefect"))
    yield made
    made.close()


def test_kills_at_random_moments_lose_and_double_nothing(nursery: _Nursery, tmp_path: Path) -> None:
    articles = kill.write_articles(tmp_path)
    nursery.run(tmp_path / "first", articles)  # makes Prefect's database
    expected = kill.digest_of(tmp_path / "first")
    began = time.monotonic()
    nursery.run(tmp_path / "timed", articles)
    whole = time.monotonic() - began
    random.seed(KILLS)
    killed = tries = 0
    while killed < KILLS:
        home = tmp_path / str(tries)
        for _ in range(min(IN_A_ROW, KILLS - killed)):
            killed += nursery.run(home, articles, random.uniform(0, whole))
            tries += 1
        assert not nursery.run(home, articles)
        assert kill.digest_of(home) == expected
        assert "running" not in kill.statuses(home)
        assert tries < 3 * KILLS + IN_A_ROW, "the runs end before they are killed"
