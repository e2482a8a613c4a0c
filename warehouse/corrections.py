"""What people have put right: which corrections are in force, and the articles that they change."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import duckdb
import pyarrow as pa

from seeds.corrections.rows import Correction, noted
from warehouse.sql import records, rows


def in_force(con: duckdb.DuckDBPyConnection) -> set[tuple[str, str]]:
    """The key of each corrected row of a current version, with the note that it keeps."""
    found = rows(con, "SELECT key, note FROM mart.correction")
    return {(key, noted(json.loads(note))) for key, note in found}


def outdated(
    con: duckdb.DuckDBPyConnection, corrections: Iterable[Correction], also: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """The current versions of articles whose corrections are others than those in force.

    Args:
        con: the writer's connection.
        corrections: all that there are now.
        also: the ids of other articles.
    """
    changed = {(one.row, one.note) for one in corrections} ^ in_force(con)
    ids = sorted({row.rpartition(":")[0] for row, _ in changed} | set(also))
    con.register("asked", pa.table({"article_id": pa.array(ids, pa.string())}))
    query = (
        "SELECT * EXCLUDE (run_id, is_current) FROM core.current_article "
        "SEMI JOIN asked USING (article_id) ORDER BY article_id"
    )
    found = records(con, query)
    con.unregister("asked")
    return found


def missing(con: duckdb.DuckDBPyConnection, corrections: Iterable[Correction]) -> list[Correction]:
    """The corrections that are not in force."""
    there = in_force(con)
    return [one for one in corrections if (one.row, one.note) not in there]
