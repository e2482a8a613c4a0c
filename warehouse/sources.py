"""The books on sources: what was asked of the web for them, and what they gave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.sql import columns, records, rows, transaction, value


def book_responses(
    con: duckdb.DuckDBPyConnection, run_id: str, responses: Iterable[Mapping[str, Any]]
) -> None:
    """Book what was asked of the web; an answer that is booked already stays as it is.

    Args:
        con: the writer's connection.
        run_id: a running run.
        responses: rows of raw.response.
    """
    unique = {row["response_id"]: {**row, "run_id": run_id} for row in responses}
    _insert(con, "raw.response", list(unique.values()), ("response_id",))


def book_sources(
    con: duckdb.DuckDBPyConnection,
    run_id: str,
    sources: Iterable[Mapping[str, Any]],
    days: Iterable[Mapping[str, Any]],
) -> None:
    """Book what each source gave in a run, and for which days; booking it twice changes nothing.

    Args:
        con: the writer's connection.
        run_id: a running run, all its batches loaded.
        sources: rows of quality.source_run; ``loaded`` is counted here.
        days: rows of quality.source_day.
    """
    query = "SELECT count(*) FROM raw.article WHERE run_id = ? AND source_name = ?"
    counted = [
        {**row, "run_id": run_id, "loaded": value(con, query, [run_id, row["source_name"]])}
        for row in sources
    ]
    _insert(con, "quality.source_run", counted, ("run_id", "source_name"))
    dated = [{**row, "run_id": run_id} for row in days]
    _insert(con, "quality.source_day", dated, ("run_id", "source_name", "day"))


def complete_days(con: duckdb.DuckDBPyConnection, source_name: str) -> frozenset[date]:
    """The days that backfills of a source have had wholly."""
    query = "SELECT day FROM mart.source_calendar WHERE source_name = ? AND status = 'complete'"
    return frozenset(day for (day,) in rows(con, query, [source_name]))


def held_articles(con: duckdb.DuckDBPyConnection, beside: Iterable[str]) -> list[dict[str, Any]]:
    """The versions that cannot be made again from kept bytes, the current one of each last.

    Args:
        con: the writer's connection.
        beside: digests of the bytes that are kept.
    """
    con.register("kept", pa.table({"body_sha256": pa.array(list(beside), pa.string())}))
    query = (
        "SELECT * EXCLUDE (run_id, is_current) FROM raw.article ANTI JOIN kept "
        "USING (body_sha256) ORDER BY is_current, fetched_at, article_id"
    )
    found = records(con, query)
    con.unregister("kept")
    return found


def current_versions(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Each article's current version."""
    return dict(rows(con, "SELECT article_id, version_id FROM core.current_article"))


def _insert(
    con: duckdb.DuckDBPyConnection, table: str, given: list[dict[str, Any]], keys: tuple[str, ...]
) -> None:
    """Insert rows whose keys the table lacks."""
    if not given:
        return
    names = columns(con, table)
    target = con.sql(f"SELECT * FROM {table} LIMIT 0").to_arrow_table().schema
    con.register("given", pa.Table.from_pylist(given, schema=target))
    with transaction(con):
        con.execute(
            f"INSERT INTO {table} SELECT {', '.join(names)} FROM given "
            f"ANTI JOIN {table} USING ({', '.join(keys)})"
        )
    con.unregister("given")
