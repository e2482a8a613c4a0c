"""kill -9 at any moment of `tollbook run`, then again: the same tables as if nothing happened."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from warehouse.connect import writer
from warehouse.digest import digest

pytestmark = pytest.mark.slow

TEXT = (
    "A missile strike on Kharkiv killed {} people and injured at least {} on Monday, the governor "
    "said.\n\nFive of them were taken to hospital in Poltava, police said on Tuesday.\n"
)
RUN = "from flows.cli import main; main()"


def _articles(folder: Path) -> Path:
    path = folder / "articles.jsonl"
    rows = [
        {"id": str(n), "text": TEXT.format(n % 9 + 2, n % 7 + 3), "published_at": "2025-07-01"}
        for n in range(400)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "bad\n", encoding="utf-8")
    return path


def _start(articles: Path, home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", RUN, "run", str(articles)],
        env={**os.environ, "TOLLBOOK_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _finish(articles: Path, home: Path) -> None:
    child = _start(articles, home)
    _, errors = child.communicate(timeout=300)
    assert child.returncode == 0, errors.decode()


def _digest(home: Path) -> dict[str, str]:
    with writer(home) as con:
        assert con.execute("FROM mart.run_imbalance").fetchall() == []
        return digest(con)


def _statuses(home: Path) -> list[str]:
    with writer(home) as con:
        query = "SELECT status FROM quality.run ORDER BY started_at"
        return [status for (status,) in con.execute(query).fetchall()]


def _kill_when(child: subprocess.Popen[bytes], home: Path, moment: str) -> None:
    """Kill a run when it has got so far: by the files that it leaves."""
    began, books, published = time.monotonic(), home / "tollbook.duckdb", home / "published"
    signs = {  # making the schema writes 150 KB ahead, loading the articles 1.2 MB
        "reading": lambda: books.exists() and _age(books) > 0.5,
        "loading": lambda: _size(home / "tollbook.duckdb.wal") > 500_000,
        "publishing": lambda: published.exists(),
    }
    while not signs[moment]() and child.poll() is None and time.monotonic() - began < 200:
        time.sleep(0.002)
    assert child.poll() is None, "it ended before it could be killed"
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _age(path: Path) -> float:
    return time.time() - path.stat().st_mtime


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("undisturbed")
    articles = _articles(folder)
    _finish(articles, folder / "data")
    return articles, _digest(folder / "data")


@pytest.mark.parametrize("moment", ["reading", "loading", "publishing"])
def test_a_killed_run_is_made_good_by_the_next(
    moment: str, undisturbed: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    articles, expected = undisturbed
    home = tmp_path / "data"
    _kill_when(_start(articles, home), home, moment)
    _finish(articles, home)
    assert _digest(home) == expected
    assert _statuses(home)[-1] == "completed"
    assert "running" not in _statuses(home)
