"""Reprints: current articles whose texts are nearly the same are paired, the earliest is original.

Only what a batch changes is compared anew, and only with texts that share a key with it.
"""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa

from transforms import duplicates
from warehouse.sql import picked, rows

_CHANGED = "SELECT article_id FROM changed_article"
#: Order in time: where several articles tell the same, the first of them is the original.
_BY_TIME = "published_at NULLS LAST, fetched_at, article_id"


def refresh(con: duckdb.DuckDBPyConnection) -> None:
    """Compare the changed articles with all others, and find each reprint's original.

    Needs the temporary table ``changed_article``, its articles' current versions in place.
    """
    con.execute(_TOUCHED)
    for column in ("article_id", "other_id"):
        con.execute(f"DELETE FROM core.article_pair WHERE {column} IN ({_CHANGED})")
    near = _near(con)
    con.execute(f"DELETE FROM core.article_sketch WHERE {near} AND article_id IN ({_CHANGED})")
    known = _sketch(con)
    con.execute(_CANDIDATES.format(near=near))
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

#: The days of all versions of the changed articles, and so many more as what was paired with one of
#: them, and what may be paired with that, can be away.
_DAYS = f"""
SELECT
    (min(day) - {2 * duplicates.REPRINT_DAYS})::VARCHAR,
    (max(day) + {2 * duplicates.REPRINT_DAYS})::VARCHAR
FROM (
    SELECT coalesce(published_on, published_at::DATE) AS day
    FROM raw.article SEMI JOIN changed_article USING (article_id)
)
"""

#: Each touched article with the earliest of its bucket that is no further away than a reprint may
#: be, and with the one before it: pairs of all with all would make the cost of a text that hundreds
#: reprint grow with the square. One without a day is paired with the first of each time that the
#: text was told. Buckets of one, which nearly all are, are left out before anything is ordered.
_CANDIDATES = f"""
CREATE OR REPLACE TEMP TABLE candidate AS
WITH asked AS MATERIALIZED (
    SELECT DISTINCT sketch_key, day IS NULL AS is_undated
    FROM core.article_sketch
    WHERE {{near}} AND article_id IN (SELECT article_id FROM touched_article)
),
found AS MATERIALIZED (
    SELECT * FROM core.article_sketch
    WHERE {{near}} AND sketch_key IN (SELECT sketch_key FROM asked)
    UNION ALL
    SELECT * FROM core.article_sketch
    WHERE NOT {{near}} AND sketch_key IN (SELECT sketch_key FROM asked WHERE is_undated)
),
bucket AS (
    SELECT band, sketch_key FROM found GROUP BY ALL HAVING count(*) > 1
),
member AS (
    SELECT
        s.*,
        row_number() OVER (PARTITION BY s.band, s.sketch_key ORDER BY {_BY_TIME}) AS place
    FROM found AS s
    SEMI JOIN bucket AS b ON b.band = s.band AND b.sketch_key = s.sketch_key
    JOIN (
        SELECT article_id, published_at, fetched_at FROM core.current_article
    ) AS a USING (article_id)
),
neighbour AS (
    SELECT
        band,
        sketch_key,
        day,
        article_id,
        arg_min(article_id, place) OVER (
            PARTITION BY band, sketch_key, day IS NULL
            ORDER BY day
            RANGE BETWEEN INTERVAL {duplicates.REPRINT_DAYS} DAY PRECEDING AND CURRENT ROW
        ) AS first_id,
        lag(article_id) OVER by_time AS previous_id,
        coalesce(day - lag(day) OVER by_time, 0) AS days_between
    FROM member
    WINDOW by_time AS (PARTITION BY band, sketch_key, day IS NULL ORDER BY place)
),
pair AS (
    SELECT article_id, first_id AS other_id FROM neighbour
    UNION
    SELECT article_id, previous_id FROM neighbour
    WHERE days_between <= {duplicates.REPRINT_DAYS}
    UNION
    SELECT undated.article_id, told.article_id
    FROM neighbour AS undated
    JOIN neighbour AS told
        ON told.band = undated.band AND told.sketch_key = undated.sketch_key
        AND undated.day IS NULL AND told.day IS NOT NULL AND told.first_id = told.article_id
)
SELECT article_id, other_id
FROM pair
ANTI JOIN core.article_pair USING (article_id, other_id)
WHERE other_id IS NOT NULL AND article_id != other_id
    AND (
        article_id IN (SELECT article_id FROM touched_article)
        OR other_id IN (SELECT article_id FROM touched_article)
    )
"""


def _near(con: duckdb.DuckDBPyConnection) -> str:
    """The rows of the table of keys that a changed article may have something to do with."""
    ((first, last),) = rows(con, _DAYS)
    return f"(day IS NULL OR day BETWEEN '{first}' AND '{last}')" if first else "(day IS NULL)"


def _sketch(con: duckdb.DuckDBPyConnection) -> dict[str, duplicates.Hashes]:
    """Keep the keys of the changed articles; returns their runs."""
    known = _runs(con, _CHANGED)
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
    con.execute(
        "CREATE OR REPLACE TEMP TABLE new_sketch AS "
        "SELECT article_id, coalesce(published_on, published_at::DATE) AS day, band, sketch_key "
        "FROM sketched JOIN core.current_article USING (article_id)"
    )
    con.unregister("sketched")
    con.execute("INSERT INTO core.article_sketch BY NAME FROM new_sketch")
    return known


def _runs(con: duckdb.DuckDBPyConnection, asked: str) -> dict[str, duplicates.Hashes]:
    """The runs of words of some articles' current texts."""
    found = picked("raw.article", f"WHERE t.is_current AND t.article_id IN ({asked})")
    query = f"SELECT article_id, text {found}"
    return {name: duplicates.runs(text) for name, text in rows(con, query)}


def _pair(con: duckdb.DuckDBPyConnection, known: dict[str, duplicates.Hashes]) -> None:
    """Measure the candidates, and keep those that are alike."""
    asked = "SELECT article_id FROM candidate UNION SELECT other_id FROM candidate"
    runs = known | _runs(con, f"{asked} EXCEPT {_CHANGED}")
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
        f"SELECT article_id, row_number() OVER (ORDER BY {_BY_TIME}) "
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
