"""On a Dask cluster the same code gives the same rows as on one machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from flows import cluster, parts
from flows.handover import Folder, Record
from flows.readers import Page, RawArticle, Rejected
from flows.settings import Settings
from tests.flows.conftest import write_articles
from warehouse.connect import writer

PAGE = """<html lang="en"><head><title>Strike on {town}</title>
<meta property="article:published_time" content="2025-07-0{day}T09:00:00Z"></head><body><article>
<h1>Strike on {town}</h1>
<p>A drone strike on {town} killed {dead} people and injured at least 12 on Monday, the governor
of the region said. Rescuers worked through the night to find those who lived in the house.</p>
<p>Five of the injured are in hospital, two of them in a serious condition, doctors told reporters
at the scene. It was the third attack on the town in a week, officials said.</p></article>
</body></html>"""
TOWNS = ("Kharkiv", "Odesa", "Kherson", "Sumy", "Poltava")
#: What says when and in which run, not what was found.
_OF_THE_RUN = ("run_id", "fetched_at", "seconds", "changed_run_id")


def _write(folder: Path) -> Path:
    write_articles(folder)
    for at, town in enumerate(TOWNS):
        text = PAGE.format(town=town, day=at + 1, dead=at + 2)
        (folder / f"page{at}.html").write_text(text, encoding="utf-8")
    (folder / "empty.html").write_text("<html><body></body></html>", encoding="utf-8")
    return folder


def _rows(home: Path) -> dict[str, list[str]]:
    """Every row of what was read and concluded, without what tells of the run."""
    with writer(home) as con:
        names = con.sql(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables "
            "WHERE table_schema IN ('raw', 'core') AND table_type = 'BASE TABLE'"
        ).fetchall()
        found = {}
        for (name,) in names:
            frame = con.sql(f"FROM {name}").df().drop(columns=list(_OF_THE_RUN), errors="ignore")
            found[name] = sorted(map(str, frame.astype(str).to_dict("records")))
        held = con.sql("SELECT source, line, level, reason, raw FROM quality.quarantine").fetchall()
    return found | {"held": sorted(map(str, held))}


@pytest.mark.slow  # a scheduler and two processes have to start
def test_a_cluster_gives_the_rows_of_one_machine(
    prefect: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra [dask] is not installed")
    from flows.ingest import ingest

    articles = str(_write(tmp_path / "articles"))
    monkeypatch.setattr(cluster, "ARTICLES", 2)
    monkeypatch.setattr(cluster, "_PAGES", 2)
    monkeypatch.setenv("TOLLBOOK_HOME", str(tmp_path / "one"))
    ingest("one", [articles])
    monkeypatch.setenv("TOLLBOOK_HOME", str(tmp_path / "many"))
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as local:
        monkeypatch.setenv("TOLLBOOK_DASK", local.scheduler_address)
        summary = ingest("many", [articles])
    assert (summary.articles_in, summary.loaded, summary.quarantined) == (9, 7, 2)
    one, many = _rows(tmp_path / "one"), _rows(tmp_path / "many")
    assert len(one["core.claim"]) > 2 * len(TOWNS)
    assert one == many
    assert not any((tmp_path / "many" / "parts").iterdir()), "parts are left behind"


def test_records_come_back_from_a_part_as_they_were(tmp_path: Path) -> None:
    moment = datetime(2025, 7, 1, 6, tzinfo=UTC)
    article = RawArticle("a", "v", "Two died.\n", "f.jsonl", 3, published_at=moment)
    records: list[Record] = [
        Page(b"\xff<html>", "p.warc", 7, "https://a.example/", "cp1251", {"title": "T", "n": [1]}),
        article,
        replace(article, published_at=None, published_on=date(2025, 7, 1), line=None),
        Rejected("x.txt", None, "empty", None, None),
    ]
    with Folder.new(str(tmp_path / "parts")) as folder:
        assert folder.records(folder.write_records("given-0", records)) == records
    assert list((tmp_path / "parts").iterdir()) == []


def test_findings_come_back_from_a_part_as_they_were(tmp_path: Path) -> None:
    given = [
        RawArticle("a", "v1", "A drone strike on Kharkiv killed three people on Monday.", "f", 1),
        RawArticle("b", "v2", "It was a quiet day in the markets, traders said.", "f", 2),
    ]
    for articles in (given, given[1:]):  # of the second all tables are empty
        found = parts.extracted(articles, None)
        with Folder.new(tmp_path.as_uri()) as folder:
            again = folder.findings(folder.write_findings("made-0", found))
        assert again.answers == found.answers
        for name, table in found.tables.items():
            pd.testing.assert_frame_equal(again.tables[name], table)


def test_without_the_extra_the_error_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    none: Any = None
    monkeypatch.setattr(cluster, "find_spec", lambda name: none)
    cluster.check(Settings(tmp_path))
    with pytest.raises(cluster.ClusterError, match=r"pip install 'tollbook\[dask\]'"):
        cluster.check(Settings(tmp_path, cluster="tcp://10.0.0.1:8786"))


def test_workers_elsewhere_need_a_prefect_server_that_they_can_reach(
    prefect: None, tmp_path: Path
) -> None:
    with pytest.raises(cluster.ClusterError, match="set PREFECT_API_URL"):
        next(cluster.findings(Settings(tmp_path, cluster="tcp://10.0.0.1:8786"), [[]]))


def test_a_worker_with_another_tollbook_does_no_work(tmp_path: Path) -> None:
    with pytest.raises(cluster.ClusterError, match=r"a worker has Tollbook .*, the run 0\.0\.1"):
        cluster.work.fn("pages", str(tmp_path), "given-0", None, "0.0.1")
