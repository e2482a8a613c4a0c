"""Reprints: current articles whose texts are nearly the same are paired, the earliest is original.

Only what a batch changes is compared anew, and only with texts that share a key with it.
"""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa

from transforms import duplicates
from warehouse.sql import rows

_CHANGED = "SELECT article_id FROM changed_article"


def refresh(con: duckdb.DuckDBPyConnection) -> None:
    """Compare the changed articles with all others, and find each reprint's original.

    Needs the temporary table ``changed_article``, its articles' current versions in place.
    """
    con.execute(_TOUCHED)
    for column in ("article_id", "other_id"):
        con.execute(f"DELETE FROM core.article_pair WHERE {column} IN ({_CHANGED})")
    con.execute(f"DELETE FROM core.article_sketch WHERE article_id IN ({_CHANGED})")
    known = _sketch(con)
    _pair(con, known)
    con.execute(_REACHED)
    _conclude(con)


#: The changed articles and those that were paired with them: their originals may be others now.
_TOUCHED = """
CREATE OR REPLACE TEMP TABLE touched_article AS
SELECT article_id FROM changed_article
UNION
SELECT other_id FROM core.article_pair SEMI JOIN changed_article USING (article_id)
UNION
SELECT article_id FROM core.article_pair WHERE other_id IN (SELECT article_id FROM changed_article)
"""

#: What a chain of pairs joins to them.
_REACHED = """
CREATE OR REPLACE TEMP TABLE reached_article AS
WITH RECURSIVE edge AS (
    SELECT article_id, other_id FROM core.article_pair
    UNION ALL
    SELECT other_id, article_id FROM core.article_pair
),
reached AS (
    SELECT article_id FROM touched_article
    UNION
    SELECT edge.other_id FROM reached JOIN edge USING (article_id)
)
SELECT article_id FROM reached
"""

#: Each changed article with the earliest of its bucket and with the one before it: pairs of all
#: with all would make the cost of a text that hundreds reprint grow with the square. Buckets of
#: one, which nearly all are, are left out before anything is put in order.
_CANDIDATES = """
CREATE OR REPLACE TEMP TABLE candidate AS
WITH found AS MATERIALIZED (
    SELECT * FROM core.article_sketch
    WHERE sketch_key IN (SELECT sketch_key FROM new_sketch)
),
bucket AS (
    SELECT band, sketch_key FROM found GROUP BY ALL HAVING count(*) > 1
),
member AS (
    SELECT
        s.article_id,
        first_value(s.article_id) OVER by_time AS first_id,
        lag(s.article_id) OVER by_time AS previous_id
    FROM found AS s
    SEMI JOIN bucket AS b ON b.band = s.band AND b.sketch_key = s.sketch_key
    JOIN core.current_article AS a ON a.article_id = s.article_id
    WINDOW by_time AS (
        PARTITION BY s.band, s.sketch_key
        ORDER BY a.published_at NULLS LAST, a.fetched_at, s.article_id
    )
),
pair AS (
    SELECT DISTINCT article_id, unnest([first_id, previous_id]) AS other_id FROM member
)
SELECT article_id, other_id
FROM pair
ANTI JOIN core.article_pair USING (article_id, other_id)
WHERE other_id IS NOT NULL AND article_id != other_id
    AND (
        article_id IN (SELECT article_id FROM changed_article)
        OR other_id IN (SELECT article_id FROM changed_article)
    )
"""


def _sketch(con: duckdb.DuckDBPyConnection) -> dict[str, duplicates.Hashes]:
    """Keep the keys of the changed articles; returns their runs."""
    query = f"SELECT article_id, text FROM core.current_article WHERE article_id IN ({_CHANGED})"
    known = {name: duplicates.runs(text) for name, text in rows(con, query)}
    told = {name: found for name, found in known.items() if len(found)}
    keys = duplicates.keys(list(told.values()))
    table = pa.table(
        {
            "article_id": pa.array(
                [name for name in told for _ in range(duplicates.BANDS)], pa.string()
            ),
            "band": pa.array(np.tile(np.arange(duplicates.BANDS, dtype=np.int16), len(told))),
            "sketch_key": pa.array(keys.ravel()),
        }
    )
    con.register("sketched", table)
    con.execute("CREATE OR REPLACE TEMP TABLE new_sketch AS FROM sketched")
    con.unregister("sketched")
    con.execute("INSERT INTO core.article_sketch FROM new_sketch")
    return known


def _pair(con: duckdb.DuckDBPyConnection, known: dict[str, duplicates.Hashes]) -> None:
    """Measure the candidates, and keep those that are alike."""
    con.execute(_CANDIDATES)
    asked = "SELECT article_id FROM candidate UNION SELECT other_id FROM candidate"
    query = f"SELECT article_id, text FROM core.current_article WHERE article_id IN ({asked})"
    missing = f"{query} AND article_id NOT IN ({_CHANGED})"
    runs = known | {name: duplicates.runs(text) for name, text in rows(con, missing)}
    found = [
        (one, other, share)
        for one, other in rows(con, "SELECT article_id, other_id FROM candidate")
        if duplicates.alike(share := duplicates.similarity(runs[one], runs[other]))
    ]
    _insert(con, "core.article_pair", ("article_id", "other_id", "similarity"), found)


def _conclude(con: duckdb.DuckDBPyConnection) -> None:
    """Each reached reprint's original; nothing of the others changes."""
    pairs = rows(con, "FROM core.article_pair SEMI JOIN reached_article USING (article_id)")
    query = (
        "SELECT article_id, row_number() OVER "
        "(ORDER BY published_at NULLS LAST, fetched_at, article_id) "
        "FROM core.current_article SEMI JOIN reached_article USING (article_id)"
    )
    rank: dict[str, int] = dict(rows(con, query))
    copies = duplicates.originals(pairs, rank)
    con.execute(
        "DELETE FROM core.article_copy WHERE article_id IN (SELECT article_id FROM reached_article)"
    )
    found = [(name, original, share) for name, (original, share) in copies.items()]
    _insert(con, "core.article_copy", ("article_id", "original_id", "similarity"), found)


def _insert(
    con: duckdb.DuckDBPyConnection,
    table: str,
    columns: tuple[str, str, str],
    given: list[tuple[str, str, float]],
) -> None:
    if given:
        kinds = (pa.string(), pa.string(), pa.float64())
        arrays = [pa.array(v, k) for v, k in zip(zip(*given, strict=True), kinds, strict=True)]
        con.register("given", pa.table(dict(zip(columns, arrays, strict=True))))
        con.execute(f"INSERT INTO {table} SELECT * FROM given")
        con.unregister("given")
