"""A digest of what the warehouse holds, the same however and whenever it was loaded."""

from __future__ import annotations

import duckdb

from warehouse import dictionary, statements
from warehouse.sql import columns, rows

#: Tables that tell of runs, not of the world; which pairs are measured depends on what came first.
_LEDGER = {
    "core.article_pair",
    "quality.source_run",
    "quality.source_day",
    "raw.response",
    "quality.run",
    "quality.run_batch",
    "quality.run_step",
    "quality.check_result",
    "quality.schema_version",
}
#: Columns that tell when and by which run a row was written.
_WHEN = {"run_id", "fetched_at", "quarantined_at", "released_at"}


def digest(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Each table's row count and digest, without the order of rows, run ids and times of loading.

    Digests compare warehouses made by one version of DuckDB.
    """
    return {
        name: _table(con, name)
        for name in dictionary.load().objects
        if statements.is_table(name) and name not in _LEDGER
    }


def _table(con: duckdb.DuckDBPyConnection, name: str) -> str:
    kept = ", ".join(column for column in columns(con, name) if column not in _WHEN)
    ((count, total),) = rows(con, f"SELECT count(*), sum(hash(row({kept}))) FROM {name}")
    return f"{count}:{int(total or 0):x}"
