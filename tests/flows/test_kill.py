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

from tests.flows import server as loopback
from tests.flows.served import until
from warehouse.connect import writer
from warehouse.digest import digest

pytestmark = pytest.mark.slow

TEXT = (
    "A missile strike on Kharkiv killed {} people and injured at least {} on Monday, the governor "
    "said.\n\nFive of them were taken to hospital in Poltava, police said on Tuesday.\n"
)
RUN = "from flows.cli import main; main()"


def write_articles(folder: Path) -> Path:
    path = folder / "articles.jsonl"
    rows = [
        {"id": str(n), "text": TEXT.format(n % 9 + 2, n % 7 + 3), "published_at": "2025-07-01"}
        for n in range(400)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "bad\n", encoding="utf-8")
    return path


def _start(articles: Path | str, home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", RUN, "run", str(articles)],
        env={**os.environ, "TOLLBOOK_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _finish(articles: Path | str, home: Path) -> None:
    child = _start(articles, home)
    _, errors = child.communicate(timeout=300)
    assert child.returncode == 0, errors.decode()


def digest_of(home: Path) -> dict[str, str]:
    with writer(home) as con:
        assert con.execute("FROM mart.run_imbalance").fetchall() == []
        return digest(con)


def statuses(home: Path) -> list[str]:
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
    articles = write_articles(folder)
    _finish(articles, folder / "data")
    return articles, digest_of(folder / "data")


@pytest.mark.parametrize("moment", ["reading", "loading", "publishing"])
def test_a_killed_run_is_made_good_by_the_next(
    moment: str, undisturbed: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    articles, expected = undisturbed
    home = tmp_path / "data"
    _kill_when(_start(articles, home), home, moment)
    _finish(articles, home)
    assert digest_of(home) == expected
    assert statuses(home)[-1] == "completed"
    assert "running" not in statuses(home)


SOURCE = """name = "mine"
kind = "feed"
url = "{url}"
publisher = "The Post"
licence = "by permission"
language = "en"
terms = "free"
schedule = "every 1 day"
min_articles = 6
max_articles = 9
delay = 0.4
private = true
"""


def _feed(server: loopback.Server) -> str:
    """A feed of six articles; returns its address."""
    items = ""
    for number in range(6):
        page = loopback.PAGE.replace(b"Two people", f"{number + 20} people".encode())
        url = server.put(f"news/{number}", page)
        items += (
            f"<item><link>{url}</link><pubDate>0{number + 1} Jul 2025 09:00 GMT</pubDate></item>"
        )
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>"
    return server.put("feed", feed.encode(), Content_Type="application/rss+xml")


def test_a_run_killed_while_it_fetches_is_made_good_and_asks_for_what_is_missing(
    tmp_path: Path, prefect: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import sources
    from flows.ingest import ingest

    with loopback.running() as server:
        text = SOURCE.format(url=_feed(server))
        homes = [tmp_path / "killed", tmp_path / "undisturbed"]
        for home in homes:
            (home / "sources").mkdir(parents=True)
            (home / "sources" / "mine.toml").write_text(text, encoding="utf-8")

        def pages() -> list[str]:
            return [path for path in server.paths() if path.startswith("/news/")]

        child = _start("mine", homes[0])
        until(lambda: len(pages()) == 3 or child.poll() is not None, "the third page")
        assert child.poll() is None, "it ended before it could be killed"
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        asked = pages()
        assert len(asked) < 6
        _finish("mine", homes[0])
        again = [page for page in pages()[len(asked) :] if page in asked]
        assert again in ([], asked[-1:]), "at most the one that was under way"
        assert sorted(set(pages())) == [f"/news/{number}" for number in range(6)]
        monkeypatch.setenv("TOLLBOOK_HOME", str(homes[1]))
        ingest("mine", [], named=[sources.load(homes[1])["mine"]])
    assert digest_of(homes[0]) == digest_of(homes[1])
    assert statuses(homes[0]) == ["crashed", "completed"]
    with writer(homes[0]) as con:
        query = "SELECT status, listed, articles, loaded, refused FROM mart.source_health"
        assert con.execute(query).fetchall() == [("completed", 6, 6, 6, 0)]
        query = "SELECT count(*), count(DISTINCT url) FROM raw.article"
        assert con.execute(query).fetchall() == [(6, 6)]
