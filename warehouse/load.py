"""Loading a batch: one transaction, set-based, idempotent, and the counts must add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import duckdb
import pyarrow as pa

from warehouse import copies, events
from warehouse.errors import LoadError
from warehouse.frames import TABLES, Frames, stage
from warehouse.ledger import utc
from warehouse.sql import columns, rows, transaction, value

#: What tells one row of a table from another, within all versions.
KEYS = {
    "raw.article": ("article_id", "version_id"),
    "core.claim": ("article_id", "version_id", "claim_id"),
    "core.incident": ("article_id", "version_id", "incident_id"),
    "core.place_mention": ("article_id", "version_id", "mention_id"),
    "core.date_mention": ("article_id", "version_id", "mention_id"),
    "quality.quarantine": ("quarantine_id",),
    "quality.check_result": ("run_id", "suite", "expectation"),
    "quality.run_step": ("run_id", "step"),
}
_CORE = ("claims", "incidents", "places", "dates")
#: A refused row's level -> the frame in which it may come back, and the column of its key there.
_RELEASED = {
    "claim": ("claims", "claim_id"),
    "incident": ("incidents", "incident_id"),
    "place": ("places", "mention_id"),
    "date": ("dates", "mention_id"),
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a batch's articles.

    ``seen`` has, of each article in it that has had several versions, the last one in the batch:
    what ``settle`` needs at the end of the run.
    """

    articles_in: int
    loaded: int
    unchanged: int
    quarantined: int
    seen: Mapping[str, str] = field(default_factory=dict, compare=False)


def known_versions(
    con: duckdb.DuckDBPyConnection, article_ids: Iterable[str]
) -> set[tuple[str, str]]:
    """The versions held of some articles as (article_id, version_id): they need no extraction."""
    con.register("asked", pa.table({"article_id": pa.array(article_ids, pa.string())}))
    query = "SELECT article_id, version_id FROM raw.article SEMI JOIN asked USING (article_id)"
    found = rows(con, query)
    con.unregister("asked")
    return {(article_id, version_id) for article_id, version_id in found}


def load(
    con: duckdb.DuckDBPyConnection, run_id: str, frames: Frames, at: datetime | None = None
) -> Loaded:
    """Load one batch, wholly or not at all.

    A version that is held already is counted as unchanged and its rows stay as they are. A new
    version becomes current at once, one that was held before only in ``settle``; the rows of all
    versions stay.

    Args:
        con: the writer's connection.
        run_id: a running run.
        frames: the batch.
        at: the time, UTC; now by default.

    Raises:
        LoadError: the frames do not fit the tables or each other, or the counts do not add up.
    """
    with transaction(con):
        before = _already(con, run_id, frames.batch)
        if before is not None:
            return before
        stage(con, run_id, frames)
        _dedup(con, utc(at))
        _check_core(con)
        counts = _count(con, frames.articles_in)
        _versions(con, rebuild=frames.rebuild)
        events.remember(con)
        _articles(con)
        copies.refresh(con)
        _core(con, rebuild=frames.rebuild)
        _quarantine(con, utc(at), rebuild=frames.rebuild)
        _checks_and_steps(con)
        events.refresh(con, run_id)
        _book(con, run_id, frames.batch, counts)
        return replace(counts, seen=_seen(con))


def settle(con: duckdb.DuckDBPyConnection, run_id: str, seen: Mapping[str, str]) -> None:
    """Make current again what a run saw last of articles whose text went back to an older one.

    At the end of the run and not in its batches: a run that sees both versions again, the older
    one first, must change nothing.

    Args:
        con: the writer's connection.
        run_id: a running run.
        seen: the ``seen`` of all its batches, later ones over earlier ones.
    """
    with transaction(con):
        table = pa.table(
            {
                "article_id": pa.array(seen.keys(), pa.string()),
                "version_id": pa.array(seen.values(), pa.string()),
            }
        )
        con.register("seen", table)
        con.execute("CREATE OR REPLACE TEMP TABLE last_version AS FROM seen")
        con.unregister("seen")
        _change(con, "ANTI JOIN core.current_article USING (article_id, version_id)")
        events.remember(con)
        _make_current(con)
        copies.refresh(con)
        events.refresh(con, run_id)


def _already(con: duckdb.DuckDBPyConnection, run_id: str, batch: int) -> Loaded | None:
    running = "SELECT count(*) FROM quality.run WHERE run_id = ? AND status = 'running'"
    if value(con, running, [run_id]) != 1:
        raise LoadError(f"run {run_id} is not running: call start_run first")
    query = (
        "SELECT articles_in, loaded, unchanged, quarantined FROM quality.run_batch "
        "WHERE run_id = ? AND batch = ?"
    )
    found = rows(con, query, [run_id, batch])
    return Loaded(*found[0]) if found else None


def _dedup(con: duckdb.DuckDBPyConnection, at: datetime) -> None:
    """One row a key in every stage: a MERGE would insert an unmatched key twice."""
    con.execute(
        "UPDATE stage_quarantine SET quarantined_at = coalesce(quarantined_at, $at), "
        "quarantine_id = coalesce(quarantine_id, left(sha256(concat_ws('|', "
        "coalesce(source, ''), coalesce(line::VARCHAR, ''), coalesce(key, ''), level, reason, "
        "coalesce(raw_sha256, ''))), 16))",
        {"at": at},
    )
    for name, table in TABLES.items():
        keys = ", ".join(KEYS[table])
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE fresh_{name} AS FROM stage_{name} "
            f"QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY ordinal) = 1"
        )
    for name in (*_CORE, "checks", "steps"):
        _refuse_rivals(con, name)


def _refuse_rivals(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Rows with one key and different content: to choose one would lose the other in silence."""
    keys = ", ".join(KEYS[TABLES[name]])
    query = (
        f"WITH different AS (SELECT DISTINCT * EXCLUDE (ordinal) FROM stage_{name}) "
        f"SELECT {keys} FROM different GROUP BY {keys} HAVING count(*) > 1 LIMIT 1"
    )
    if found := rows(con, query):
        raise LoadError(f"frame {name} has different rows with one key: {found[0]}")


def _check_core(con: duckdb.DuckDBPyConnection) -> None:
    for name in _CORE:
        query = (
            f"SELECT article_id, version_id FROM fresh_{name} "
            "ANTI JOIN fresh_articles USING (article_id, version_id) LIMIT 1"
        )
        if found := rows(con, query):
            raise LoadError(f"frame {name} has rows of {found[0]}, which frame articles lacks")


def _count(con: duckdb.DuckDBPyConnection, articles_in: int) -> Loaded:
    given = value(con, "SELECT count(*) FROM stage_articles")
    new = value(
        con,
        "SELECT count(*) FROM fresh_articles ANTI JOIN raw.article USING (article_id, version_id)",
    )
    refused = value(
        con,
        "SELECT count(*) FROM (SELECT DISTINCT source, line, key FROM fresh_quarantine "
        "WHERE level = 'article')",
    )
    if articles_in != given + refused:
        raise LoadError(
            f"{articles_in} articles were read, but the batch accounts for {given + refused}: "
            f"{given} to load or unchanged and {refused} quarantined"
        )
    return Loaded(articles_in, new, given - new, refused)


def _versions(con: duckdb.DuckDBPyConnection, *, rebuild: bool) -> None:
    """Which versions are new, which is each article's last, and whose current rows change."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE new_version AS SELECT article_id, version_id "
        "FROM fresh_articles ANTI JOIN raw.article USING (article_id, version_id)"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE last_version AS SELECT article_id, version_id "
        "FROM stage_articles QUALIFY row_number() OVER "
        "(PARTITION BY article_id ORDER BY fetched_at DESC, ordinal DESC) = 1"
    )
    _change(con, "" if rebuild else "SEMI JOIN new_version USING (article_id, version_id)")


def _change(con: duckdb.DuckDBPyConnection, which: str = "") -> None:
    """Note the articles whose last version becomes current now."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE changed_article AS "
        f"SELECT article_id FROM last_version {which}"
    )


def _merge(con: duckdb.DuckDBPyConnection, name: str, matched: str) -> None:
    """Insert what a table lacks; do ``matched`` with what it has."""
    table = TABLES[name]
    names = columns(con, table)
    on = " AND ".join(f"t.{key} = s.{key}" for key in KEYS[table])
    values = ", ".join(f"s.{column}" for column in names)
    con.execute(
        f"MERGE INTO {table} AS t USING fresh_{name} AS s ON {on} {matched} "
        f"WHEN NOT MATCHED THEN INSERT ({', '.join(names)}) VALUES ({values})"
    )


def _articles(con: duckdb.DuckDBPyConnection) -> None:
    """Add new versions, and make of each article that has one the last version current."""
    con.execute(
        "INSERT INTO raw.article BY NAME SELECT * EXCLUDE (ordinal) REPLACE (false AS is_current) "
        "FROM fresh_articles SEMI JOIN new_version USING (article_id, version_id)"
    )
    _make_current(con)


def _make_current(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "MERGE INTO raw.article AS t "
        "USING (FROM last_version SEMI JOIN changed_article USING (article_id)) AS s "
        "ON t.article_id = s.article_id "
        "WHEN MATCHED AND t.is_current != (t.version_id = s.version_id) "
        "THEN UPDATE SET is_current = (t.version_id = s.version_id)"
    )


def _seen(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    query = (
        "SELECT article_id, version_id FROM last_version "
        "SEMI JOIN (FROM raw.article WHERE NOT is_current) USING (article_id)"
    )
    return dict(rows(con, query))


def _core(con: duckdb.DuckDBPyConnection, *, rebuild: bool) -> None:
    touched = "fresh_articles" if rebuild else "new_version"
    for name in _CORE:
        table = TABLES[name]
        con.execute(
            f"DELETE FROM fresh_{name} AS s WHERE NOT EXISTS (FROM {touched} AS v "
            "WHERE v.article_id = s.article_id AND v.version_id = s.version_id)"
        )
        if rebuild:
            con.execute(
                f"DELETE FROM {table} AS t USING {touched} AS v "
                "WHERE v.article_id = t.article_id AND v.version_id = t.version_id"
            )
        con.execute(f"INSERT INTO {table} BY NAME SELECT * EXCLUDE (ordinal) FROM fresh_{name}")


def _quarantine(con: duckdb.DuckDBPyConnection, at: datetime, *, rebuild: bool) -> None:
    """Keep what was refused; release what the same input has now yielded after all.

    Line 4 of a file is the same input the next day; line 4 of a pipe, source ``-``, is not.
    """
    con.execute(
        "UPDATE quality.quarantine AS q SET released_at = ? FROM fresh_articles AS a "
        "WHERE q.released_at IS NULL AND q.level = 'article' AND (q.key = a.article_id "
        "OR (q.source = a.source AND q.source != '-' AND q.line IS NOT DISTINCT FROM a.line))",
        [at],
    )
    for level, (name, key) in _RELEASED.items():
        con.execute(
            f"UPDATE quality.quarantine AS q SET released_at = ? FROM fresh_{name} AS s "
            f"WHERE q.released_at IS NULL AND q.level = '{level}' AND q.key = s.{key}",
            [at],
        )
    if rebuild:  # what is refused again is reopened below; the rest is read otherwise now
        con.execute(
            "UPDATE quality.quarantine AS q SET released_at = ? FROM fresh_articles AS a "
            "WHERE q.released_at IS NULL AND starts_with(q.key, a.article_id || ':')",
            [at],
        )
    reopened = "WHEN MATCHED AND t.released_at IS NOT NULL THEN UPDATE SET released_at = NULL"
    _merge(con, "quarantine", reopened)


def _checks_and_steps(con: duckdb.DuckDBPyConnection) -> None:
    """Add a batch's counts to those of the run's earlier batches."""
    _merge(
        con,
        "checks",
        f"WHEN MATCHED THEN UPDATE SET {_summed('checked')}, {_summed('unexpected')}, "
        "sample = coalesce(t.sample, s.sample), status = CASE "
        "WHEN 'errored' IN (t.status, s.status) THEN 'errored' "
        "WHEN 'failed' IN (t.status, s.status) THEN 'failed' ELSE 'passed' END",
    )
    counts = map(_summed, ("rows_in", "rows_out", "rows_quarantined", "seconds"))
    _merge(con, "steps", f"WHEN MATCHED THEN UPDATE SET {', '.join(counts)}")


def _summed(column: str) -> str:
    return f"{column} = coalesce(t.{column} + s.{column}, t.{column}, s.{column})"


def _book(con: duckdb.DuckDBPyConnection, run_id: str, batch: int, counts: Loaded) -> None:
    booked = [counts.articles_in, counts.loaded, counts.unchanged, counts.quarantined]
    con.execute("INSERT INTO quality.run_batch VALUES (?, ?, ?, ?, ?, ?)", [run_id, batch, *booked])
    con.execute(
        "UPDATE quality.run SET articles_in = articles_in + ?, loaded = loaded + ?, "
        "unchanged = unchanged + ?, quarantined = quarantined + ? WHERE run_id = ?",
        [*booked, run_id],
    )
