"""What goes wrong around a run; the next one leaves the tables of a run that nothing befell."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Self

import duckdb
import pytest

from flows.sources import Source
from seeds.read import SeedError
from tests.flows.conftest import write_articles
from tests.flows.server import PAGE, Server, running
from transforms.casualties import lexicon
from warehouse.connect import snapshot, writer
from warehouse.digest import digest
from warehouse.errors import WarehouseError
from warehouse.query import run_sql
from warehouse.sql import rows

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect")]
Digest = dict[str, str]


def _run(*sources: Path | str, named: tuple[Source, ...] = (), **how: Any) -> None:
    from flows.ingest import ingest

    ingest("test", [str(source) for source in sources], named=named, **how)


def _digest(home: Path) -> Digest:
    with writer(home) as con:
        assert rows(con, "FROM mart.run_imbalance") == []
        assert (
            rows(con, "SELECT article_id FROM raw.article GROUP BY ALL HAVING count(*) > 1") == []
        )
        return digest(con)


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_articles(tmp_path_factory.mktemp("articles"))


@pytest.fixture(scope="module")
def undisturbed(prefect: None, articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Digest:
    home = tmp_path_factory.mktemp("undisturbed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOLLBOOK_HOME", str(home))
        _run(articles)
    return _digest(home)


@contextmanager
def _mounted(folder: Path, options: str) -> Iterator[None]:
    """A file system of its own; the test is skipped where mounting is not permitted."""
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True
    )
    if made.returncode:
        pytest.skip("mounting a tmpfs is not permitted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _remount(folder: Path, options: str) -> None:
    command = ["mount", "-o", f"remount,{options}", str(folder)]
    subprocess.run(command, check=True, capture_output=True)


@pytest.mark.parametrize("kilobytes", [100, 2_500, 6_000])
def test_a_disk_that_is_full(
    kilobytes: int, home: Path, articles: Path, undisturbed: Digest
) -> None:
    with _mounted(home, f"size={kilobytes}k"):
        with pytest.raises((OSError, duckdb.Error, WarehouseError), match=r"(?i)space|full|write"):
            _run(articles)
        _remount(home, "size=200m")
        _run(articles)
        assert _digest(home) == undisturbed


@contextmanager
def _files_no_larger_than(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_quota_on_files(home: Path, articles: Path, undisturbed: Digest) -> None:
    with (
        _files_no_larger_than(1_000_000),
        pytest.raises((OSError, duckdb.Error, WarehouseError), match=r"(?i)too large|write"),
    ):
        _run(articles)
    _run(articles)
    assert _digest(home) == undisturbed


def test_a_folder_that_cannot_be_written(home: Path, articles: Path, undisturbed: Digest) -> None:
    with _mounted(home, "size=200m"):
        _run(articles)
        _remount(home, "ro")
        with pytest.raises(WarehouseError, match="cannot write there"):
            _run(articles)
        assert run_sql(home, "SELECT count(*) AS n FROM event_toll").to_pylist() != [{"n": 0}]
        _remount(home, "rw")
        _run(articles)
        assert _digest(home) == undisturbed


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def test_a_snapshot_that_was_half_written(home: Path, articles: Path, undisturbed: Digest) -> None:
    _run(articles)
    _cut(snapshot(home))
    shutil.copyfile(snapshot(home), snapshot(home).with_name(".tollbook.duckdb"))
    for part in (home / "published" / "parquet").iterdir():
        _cut(part)
    with pytest.raises(WarehouseError, match="cannot be opened as a warehouse"):
        run_sql(home, "FROM event_toll")
    _run(articles)
    assert _digest(home) == undisturbed
    with duckdb.connect(snapshot(home), read_only=True) as con:
        assert digest(con) == undisturbed
    for part in (home / "published" / "parquet").glob("*.parquet"):
        assert duckdb.read_parquet(str(part)).columns


class _Earlier(datetime):
    """A clock that is three days slow."""

    @classmethod
    def now(cls, tz: Any = None) -> Self:
        return cls.fromtimestamp((datetime.now(UTC) - timedelta(days=3)).timestamp(), tz)


def test_a_clock_that_is_set_back(
    home: Path, tmp_path: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text that came later counts, whatever the clock says."""
    path = tmp_path / "a.jsonl"
    first, second = (
        f'{{"id": "1", "text": "{number} people were killed in Kharkiv on Monday, police said."}}\n'
        for number in ("Two", "Three")
    )
    path.write_text(first)
    _run(articles, path)
    path.write_text(second)
    for module in ("flows.steps", "warehouse.ledger"):
        monkeypatch.setattr(f"{module}.datetime", _Earlier)
    _run(articles, path)
    monkeypatch.undo()
    monkeypatch.setenv("TOLLBOOK_HOME", str(home))
    before = _tolls(home)
    _run(articles, path)
    assert _tolls(home) == before
    assert 3 in before
    assert 2 not in before
    query = "SELECT name FROM run_ledger WHERE status != 'completed'"
    assert run_sql(home, query).to_pylist() == []


def _tolls(home: Path) -> list[int]:
    query = "SELECT killed_best AS n FROM event_toll ORDER BY ALL"
    return [row["n"] for row in run_sql(home, query).to_pylist()]


def test_a_lexicon_with_an_error(
    home: Path, articles: Path, undisturbed: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is nothing that an article could be refused for: the run ends, and names the file."""

    def broken(language: str) -> Any:
        raise SeedError("seeds/lexicons/en/people.toml: Expected '=' (at line 3, column 9)")

    monkeypatch.setattr(lexicon, "load", broken)
    with pytest.raises(SeedError, match=r"people.toml.*line 3"):
        _run(articles)
    monkeypatch.undo()
    monkeypatch.setenv("TOLLBOOK_HOME", str(home))
    _run(articles)
    assert _digest(home) == undisturbed


def test_a_source_file_with_an_error(home: Path, articles: Path, undisturbed: Digest) -> None:
    from flows.cli import main

    source = home / "sources" / "mine.toml"
    source.parent.mkdir(parents=True)
    written = f'kind = "files"\nreads = ["{articles}"]\npublisher = "Mine"\nterms = "own"\n'
    source.write_text(written.replace('"files"', "files"))
    with pytest.raises(SystemExit):
        main(["run", "mine"])
    assert not (home / "tollbook.duckdb").exists()
    _run(articles)
    assert _digest(home) == undisturbed


def _source(kind: str, *reads: str) -> Source:
    return Source("mine", kind, reads, "The Post", "by permission", "en", delay=0.0, private=True)


def _feed(server: Server, pages: int) -> str:
    urls = [
        server.put(f"news/{n}", PAGE.replace(b"Two people", f"{n + 20} people".encode()))
        for n in range(pages)
    ]
    items = "".join(f"<item><link>{url}</link></item>" for url in urls)
    feed = f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'
    return server.put("feed.xml", feed.encode(), Content_Type="application/rss+xml")


def _cut_off(server: Server, path: str) -> Callable[[], None]:
    """The server promises all of a file and hangs up in the middle; returns how to mend it."""
    status, body, headers = server.made[path]
    server.made[path] = (
        status,
        body[: len(body) // 2],
        {**headers, "Content-Length": str(len(body))},
    )
    return partial(server.made.__setitem__, path, (status, body, headers))


@pytest.mark.parametrize("what", ["/feed.xml", "/news/1"])
def test_a_network_that_is_cut_in_the_middle(
    what: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.fetch.RETRIES", 1)
    with running() as server:
        source = _source("feed", _feed(server, 3))
        mend = _cut_off(server, what)
        _run(named=(source,))
        ((status, message),) = _last_run(home)
        assert status == "failed"
        assert "mine" in message
        mend()
        _run(named=(source,))
        found = _digest(home)
        monkeypatch.setenv("TOLLBOOK_HOME", str(tmp_path / "other"))
        _run(named=(source,))
        expected = _digest(tmp_path / "other")
    assert {name: found[name] for name in _WORLD} == {name: expected[name] for name in _WORLD}
    released = run_sql(home, "FROM quality.quarantine WHERE released_at IS NULL").to_pylist()
    assert released == []


_WORLD = ("raw.article", "core.claim", "core.incident", "core.event", "core.event_incident")


def _last_run(home: Path) -> list[tuple[str, str]]:
    with writer(home) as con:
        query = "SELECT status, message FROM quality.run ORDER BY started_at DESC LIMIT 1"
        return rows(con, query)


@pytest.mark.parametrize("damage", ["cut", "garbled", "other bytes"])
def test_a_raw_file_that_is_damaged_is_fetched_anew(damage: str, home: Path) -> None:
    with running() as server:
        source = _source("feed", _feed(server, 2))
        _run(named=(source,))
        before = _digest(home)
        for path in (home / "raw" / "bodies").rglob("*.gz"):
            _damage(path, damage)
        _run(named=(source,), again=True)
        assert _digest(home) == before
        _reextract()
        assert _digest(home) == before


def _damage(path: Path, how: str) -> None:
    data = path.read_bytes()
    match how:
        case "cut":
            path.write_bytes(data[: len(data) // 2])
        case "garbled":
            path.write_bytes(data[:12] + b"\xff\xff\xff\xff" + data[16:])
        case "other bytes":
            path.write_bytes(os.urandom(50))
        case _:
            path.unlink()


def _reextract() -> None:
    from flows.ingest import reextract

    reextract()


def test_a_damaged_raw_file_costs_no_article_when_all_is_read_again(home: Path) -> None:
    with running() as server:
        _run(named=(_source("feed", _feed(server, 2)),))
        before = _digest(home)
        for path in (home / "raw" / "bodies").rglob("*.gz"):
            _damage(path, "cut")
        with suppress(OSError):
            _reextract()
        after = _digest(home)
    assert {name: after[name] for name in _WORLD} == {name: before[name] for name in _WORLD}
