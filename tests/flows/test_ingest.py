"""The flow, with Prefect, DuckDB and Great Expectations: what comes in, what is kept, and again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from expectations.validate import Validation, validate
from flows import batch as batches
from flows.batch import Batch, Batches
from flows.quality import QualityError
from flows.readers import RawArticle
from flows.readers.model import article, rejected
from tests.flows.conftest import write_articles
from tests.flows.server import running
from transforms.extract import extract
from transforms.model import Article, Extraction
from warehouse.connect import writer
from warehouse.digest import digest
from warehouse.query import run_sql

pytestmark = pytest.mark.usefixtures("prefect")


def _ingest(*sources: Path | str, name: str = "test", **options: Any) -> dict[str, int]:
    from flows.ingest import ingest

    summary = ingest(name, [str(source) for source in sources], **options)
    return {
        name: getattr(summary, name)
        for name in ("articles_in", "loaded", "unchanged", "quarantined")
    }


def _rows(home: Path, query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run_sql(home, query).to_pylist()
    return found


def _unpublished(home: Path, query: str) -> list[tuple[Any, ...]]:
    with writer(home) as con:
        return con.execute(query).fetchall()


def _digest(home: Path) -> dict[str, str]:
    with writer(home) as con:
        return digest(con)


def _whole(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that tells of the world, with the run that wrote it."""
    with writer(home) as con:
        return {name: con.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in digest(con)}


def _counts(in_: int, loaded: int, unchanged: int, quarantined: int) -> dict[str, int]:
    names = ("articles_in", "loaded", "unchanged", "quarantined")
    return dict(zip(names, (in_, loaded, unchanged, quarantined), strict=True))


def test_articles_come_in_and_a_second_run_changes_nothing(home: Path, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in")
    assert _ingest(folder) == _counts(3, 2, 0, 1)
    before = _whole(home)
    assert _ingest(folder) == _counts(3, 0, 2, 1)
    assert _whole(home) == before
    assert _rows(home, "FROM mart.run_imbalance") == []
    days = _rows(home, "SELECT published_at, published_on, body_sha256 FROM raw.article ORDER BY 1")
    assert [day["published_on"] for day in days] == [date(2025, 7, 1)] * 2
    assert {day["body_sha256"] for day in days} == {None}
    claims = _rows(home, "SELECT quote, span_start AS a, span_end AS b, text FROM core.claim "
                         "JOIN raw.article USING (article_id, version_id)")  # fmt: skip
    assert claims
    assert all(str(c["text"])[c["a"] : c["b"]] == c["quote"] for c in claims)


def test_the_ledger_names_the_run_and_its_steps_add_up(shelf: Path) -> None:
    (run,) = _rows(shelf, "FROM quality.run")
    assert (run["name"], run["status"], run["message"]) == ("samples", "completed", None)
    steps = _rows(shelf, "SELECT step, rows_in, rows_out, rows_quarantined FROM quality.run_step")
    counts = {step.pop("step"): tuple(step.values()) for step in steps}
    assert counts == {
        "read": (3, 2, 1),
        "extract": (2, 2, 0),
        "normalise": (2, 2, 0),
        "validate": (2, 2, 0),
        "load": (2, 2, 0),
    }


def test_the_refused_file_is_in_quarantine_with_its_content(shelf: Path) -> None:
    (row,) = _rows(shelf, "FROM quality.quarantine")
    assert str(row["source"]).endswith("bad.txt")
    assert "'2025-02-30' is no date that exists" in str(row["reason"])
    assert "Two people died." in str(row["raw"])


def test_a_mended_file_is_released(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Two people were killed in \xcf\xee on Monday, police said.")
    assert _ingest(path) == _counts(1, 0, 0, 1)
    path.write_text("Two people were killed in Po on Monday, police said.", encoding="utf-8")
    assert _ingest(path) == _counts(1, 1, 0, 0)
    (row,) = _rows(home, "SELECT released_at IS NOT NULL AS released FROM quality.quarantine")
    assert row["released"]


def test_the_same_text_in_two_articles_is_two_articles(home: Path, tmp_path: Path) -> None:
    text = "Two people were killed in Kharkiv on Monday, the police said in a statement."
    path = tmp_path / "a.jsonl"
    rows = [{"id": str(n), "text": text} for n in range(2)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert _ingest(path) == _counts(2, 2, 0, 0)
    assert len(_rows(home, "FROM core.current_incident")) == 2


def test_copies_in_one_run_are_one_article(home: Path, tmp_path: Path) -> None:
    text = "Two people were killed in Kharkiv on Monday, the police said."
    path = tmp_path / "a.jsonl"
    path.write_text(2 * (json.dumps({"id": "1", "text": text}) + "\n"), encoding="utf-8")
    assert _ingest(path) == _counts(2, 1, 1, 0)
    assert len(_rows(home, "FROM raw.article")) == 1


def test_versions_in_two_files_read_again_change_nothing(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / "early.jsonl", tmp_path / "late.jsonl"]
    for path, killed in zip(paths, ("Two", "Three"), strict=True):
        text = f"{killed} people were killed in Kharkiv on Monday, the police said."
        row = {"url": "https://wire.example/1", "text": text, "published_at": "2025-07-01"}
        path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    monkeypatch.setattr(batches, "SIZE", 1)  # each version in a batch of its own
    assert _ingest(*paths) == _counts(2, 2, 0, 0)
    before = _whole(home)
    assert _ingest(*paths) == _counts(2, 0, 2, 0)
    assert _whole(home) == before
    # The page as it was at first, and nothing after it: the article has gone back.
    assert _ingest(paths[0]) == _counts(1, 0, 1, 0)
    assert _rows(home, "SELECT killed_best FROM event_toll") == [{"killed_best": 2}]


def test_a_failed_run_is_published_with_what_it_had_loaded(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(settings: Any, run_id: str, batch: Batch, *, again: bool = False) -> Any:
        if batch.number == 2:
            raise OSError(28, "No space left on device")
        return load(settings, run_id, batch, again=again)

    from flows import ingest
    from flows.steps import load

    monkeypatch.setattr(ingest, "load", fails)
    monkeypatch.setattr(batches, "SIZE", 2)
    with pytest.raises(OSError, match="No space left"):
        _ingest(write_articles(tmp_path / "in"))
    (run,) = _rows(home, "SELECT status, articles_in, message FROM mart.run_ledger")
    assert (run["status"], run["articles_in"]) == ("failed", 2)
    assert "No space left" in str(run["message"])
    assert len(_rows(home, "FROM quality.quarantine")) == 1
    assert "The last run failed" in (home / "published" / "report.html").read_text("utf-8")


def test_a_failure_that_cannot_be_booked_hides_no_other(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    from flows import ingest

    monkeypatch.setattr(ingest, "load", full)
    monkeypatch.setattr(ingest, "publish", lambda _: 1 / 0)
    with pytest.raises(OSError, match="No space left"):
        _ingest(write_articles(tmp_path / "in"))
    assert _unpublished(home, "SELECT status FROM quality.run") == [("failed",)]


def test_reading_again_gives_the_same_rows(home: Path, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in")
    _ingest(folder)
    before = _digest(home)
    assert _ingest(folder, again=True) == _counts(3, 0, 2, 1)
    assert _digest(home) == before


def test_many_articles_are_read_in_processes(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "many.jsonl"
    text = "A strike killed {} people in Kharkiv on Monday, the governor said in a statement."
    rows = [{"id": str(n), "text": text.format(n + 2)} for n in range(150)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    monkeypatch.setattr(batches, "SIZE", 60)
    assert _ingest(path, jobs=2) == _counts(150, 150, 0, 0)
    (sums,) = _rows(home, "SELECT sum(best)::BIGINT AS n FROM core.claim WHERE measure = 'killed'")
    assert sums["n"] == sum(range(2, 152))
    assert len(_rows(home, "FROM quality.run_batch")) == 1 + 150 // 60


def test_addresses_are_fetched_kept_and_loaded(home: Path) -> None:
    with running() as server:
        urls = [server.url("page"), server.url("missing")]
        assert _ingest(*urls, allow_private=True) == _counts(2, 1, 0, 1)
        assert _ingest(server.url("page")) == _counts(1, 0, 0, 1)
    (kept,) = (home / "raw").rglob("*.gz")
    (page,) = _rows(home, "SELECT body_sha256, fetched_at, published_on FROM raw.article")
    assert kept.name == f"{page['body_sha256']}.gz"
    ((ended,),) = _unpublished(home, "SELECT ended_at FROM quality.run ORDER BY started_at LIMIT 1")
    assert timedelta() < ended - page["fetched_at"] < timedelta(minutes=10)
    reasons = [str(row["reason"]) for row in _rows(home, "SELECT reason FROM quality.quarantine")]
    assert any("answers 404" in reason for reason in reasons)
    assert any("private address" in reason for reason in reasons)


def test_a_failure_is_in_the_books_and_nothing_half_done(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(frames: Mapping[str, pd.DataFrame]) -> Validation:
        return validate({**frames, "claims": frames["claims"].drop(columns="measure")})

    folder = write_articles(tmp_path / "in")
    good = tmp_path / "good.txt"
    good.write_text("Two people were killed in Kharkiv on Monday, police said.", encoding="utf-8")
    _ingest(good)
    snapshot = (home / "published" / "tollbook.duckdb").read_bytes()
    monkeypatch.setattr("expectations.validate.validate", broken)
    with pytest.raises(QualityError):
        _ingest(folder)
    monkeypatch.undo()
    monkeypatch.setenv("TOLLBOOK_HOME", str(home))
    ((status, message, loaded),) = _unpublished(
        home, "SELECT status, message, loaded FROM quality.run ORDER BY started_at DESC LIMIT 1"
    )
    assert (status, loaded) == ("failed", 0)
    assert "QualityError" in message
    assert _unpublished(home, "SELECT count(*) FROM raw.article") == [(1,)]
    # A critical expectation keeps the last good snapshot.
    assert (home / "published" / "tollbook.duckdb").read_bytes() == snapshot
    assert _ingest(folder) == _counts(3, 2, 0, 1)


def test_an_article_that_cannot_be_read_costs_no_other(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(given: Article, overlay: Path | None) -> Extraction:
        if "on Kharkiv rose" in given.text:
            raise ZeroDivisionError("by chance")
        return extract(given)

    monkeypatch.setattr("flows.parts.extract", fails)
    assert _ingest(write_articles(tmp_path / "in")) == _counts(3, 1, 0, 2)
    rows = _rows(home, "SELECT reason FROM quality.quarantine WHERE key IS NOT NULL")
    assert rows == [{"reason": "cannot be read: ZeroDivisionError: by chance"}]


def _item(key: str, text: str) -> RawArticle:
    return article({"id": key, "text": text}, "a.jsonl", 1)


def test_a_batch_holds_one_version_of_an_article() -> None:
    given = [_item("1", "A"), _item("2", "A"), _item("1", "B"), _item("1", "A"), _item("1", "C")]
    cut = Batches(iter(given), 10)
    found = []
    while batch := cut.next():
        found.append([article.text for article in batch.articles])
    assert found == [["A", "A", "A"], ["B"], ["C"]]


def test_what_a_generator_gives_is_all_read() -> None:
    cut = Batches((_item(str(number), "A") for number in range(25)), 10)
    assert [batch.articles_in for batch in iter(cut.next, None)] == [10, 10, 5]


def test_one_name_for_all_articles_makes_few_batches() -> None:
    given = [article({"id": "1", "text": str(number)}, "a.jsonl", number) for number in range(300)]
    cut = Batches(iter([*given, _item("2", "A"), given[0], given[299]]))
    found = list(iter(cut.next, None))
    assert len(found) == batches.MAX_VERSIONS
    assert sum(batch.articles_in for batch in found) == 303
    read = [one.text for batch in found for one in batch.articles]
    assert sorted(read) == sorted([*map(str, range(batches.MAX_VERSIONS)), "A", "0"])
    assert "more than 20 versions of one article" in found[0].held[0]["reason"]


def test_a_copy_of_a_refused_article_is_refused_with_it() -> None:
    first, copy = _item("1", "A"), _item("1", "A")
    batch = Batch(1, [first, copy, rejected("b", None, "bad", b"x")])
    batch.new = {first.key: first}
    batch.frames = {"articles": pd.DataFrame({"article_id": [], "version_id": []})}
    beside, refused = batch.parted()
    assert beside == []
    assert [row["reason"] for row in refused] == ["the same article as a.jsonl:1, which is held"]
