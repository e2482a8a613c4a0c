"""Events: the incidents that a batch touches are linked anew, all others keep their event."""

from __future__ import annotations

import duckdb

from transforms import linking
from transforms.linking import (
    COMMON_WORDS,
    LONGEST_DAYS,
    NAMES_DAYS,
    NEAR_DAYS,
    NEAR_KM,
    WORDS_DAYS,
)
from warehouse import conclusions
from warehouse.sql import picked, rows

#: A degree of latitude has 111 km; a little more than NEAR_KM, so that no neighbour is missed.
_NEAR_DEGREES = NEAR_KM / 100


def remember(con: duckdb.DuckDBPyConnection) -> None:
    """Note the blocks of the incidents that are about to change.

    Needs the temporary table ``changed_article``.
    """
    con.execute(
        "CREATE OR REPLACE TEMP TABLE changed_incident AS "
        "SELECT DISTINCT incident_id FROM core.incident "
        "SEMI JOIN changed_article USING (article_id)"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE touched_block AS SELECT DISTINCT block_id "
        "FROM core.event_incident SEMI JOIN changed_incident USING (incident_id)"
    )


def refresh(con: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Link the changed incidents, and whatever a chain of possible links joins to them."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE changed_version AS SELECT article_id, version_id "
        "FROM raw.article SEMI JOIN changed_article USING (article_id) WHERE is_current"
    )
    new = picked("core.incident", "SEMI JOIN changed_article USING (article_id)")
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE new_incident AS FROM ({new}) "
        "SEMI JOIN changed_version USING (article_id, version_id)"
    )
    for found in (_NEAR, _ALIKE, _DECIDED):
        con.execute(f"INSERT INTO touched_block {found}")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE old_link AS FROM core.event_incident "
        "WHERE block_id IN (SELECT block_id FROM touched_block)"
    )
    con.execute(_POOL)
    _stage_links(con)
    _replace(con, run_id)


#: Blocks of current incidents that may link to a new one: each day on which a fellow's span
#: can begin is tried by equality, since joining on ranges would compare everything.
_NEAR = f"""
SELECT DISTINCT l.block_id
FROM (
    SELECT *, unnest(range(
        date_start - INTERVAL {LONGEST_DAYS + NEAR_DAYS} DAY,
        coalesce(date_end, date_start) + INTERVAL {NEAR_DAYS + 1} DAY,
        INTERVAL 1 DAY
    ))::DATE AS day
    FROM new_incident
    WHERE coalesce(date_end, date_start) - date_start BETWEEN 0 AND {LONGEST_DAYS - 1}
) AS n
JOIN core.current_incident AS o
    ON o.date_start = n.day AND coalesce(o.country_code, '') = coalesce(n.country_code, '')
JOIN core.event_incident AS l ON l.incident_id = o.incident_id
WHERE coalesce(o.date_end, o.date_start) >= n.date_start - {NEAR_DAYS}
    AND (
        o.geoname_id = n.geoname_id
        OR (
            abs(o.lat - n.lat) <= {_NEAR_DEGREES}
            AND least(abs(o.lon - n.lon), 360 - abs(o.lon - n.lon))
                * cos(radians(greatest(abs(o.lat), abs(n.lat)))) <= {_NEAR_DEGREES}
        )
    )
"""


#: Blocks of incidents that share a full name, or rare words, with a new one (linking.pairs). Only
#: what is told within the longest time of it is taken apart into its words.
_ALIKE = f"""
WITH new AS (
    SELECT
        i.incident_id, coalesce(i.country_code, '') AS country, i.admin1,
        coalesce(a.published_on, a.published_at::DATE, i.date_start) AS reported,
        unnest(i.link_keys) AS key
    FROM new_incident AS i
    JOIN core.current_article AS a USING (article_id)
),
told AS (
    SELECT
        i.incident_id, coalesce(i.country_code, '') AS country, i.admin1, i.link_keys,
        coalesce(a.published_on, a.published_at::DATE, i.date_start) AS reported
    FROM core.current_incident AS i
    JOIN core.current_article AS a USING (article_id)
    ANTI JOIN new_incident AS n ON n.incident_id = i.incident_id
    WHERE reported BETWEEN (SELECT min(reported) - {NAMES_DAYS} FROM new)
        AND (SELECT max(reported) + {NAMES_DAYS} FROM new)
),
old AS (
    SELECT * EXCLUDE (link_keys), unnest(link_keys) AS key FROM told
),
alike AS (
    SELECT old.incident_id
    FROM new JOIN old ON old.key = new.key AND old.country = new.country
    WHERE CASE WHEN contains(new.key, ' ')
        THEN abs(old.reported - new.reported) <= {NAMES_DAYS}
        ELSE abs(old.reported - new.reported) <= {WORDS_DAYS} AND old.admin1 = new.admin1
    END
    GROUP BY new.incident_id, old.incident_id
    HAVING bool_or(contains(new.key, ' ')) OR count(*) >= {COMMON_WORDS}
)
SELECT DISTINCT block_id FROM core.event_incident SEMI JOIN alike USING (incident_id)
"""

#: Blocks of incidents of which a person has decided how they stand to a new one.
_DECIDED = """
SELECT DISTINCT l.block_id
FROM core.link_decision AS d
JOIN new_incident AS n ON n.incident_id IN (d.one, d.other)
JOIN core.event_incident AS l ON l.incident_id IN (d.one, d.other)
"""

_ASKED = """
WHERE t.incident_id IN (
    SELECT incident_id FROM old_link UNION ALL SELECT incident_id FROM new_incident
)
"""

#: The current incidents that are linked anew.
_POOL = f"""
CREATE OR REPLACE TEMP TABLE pool AS
SELECT i.*
FROM ({picked("core.incident", _ASKED)}) AS i
SEMI JOIN raw.article AS a
    ON a.article_id = i.article_id AND a.version_id = i.version_id AND a.is_current
"""

_POOLED = """
SELECT p.*, p.link_keys AS keys, coalesce(a.published_on, a.published_at::DATE) AS published
FROM pool AS p
JOIN core.current_article AS a USING (article_id)
"""

#: A decision holds for the texts that it was made of.
_HOLDING = """
SELECT d.one, d.other
FROM core.link_decision AS d
JOIN pool AS p ON p.incident_id = d.one AND p.version_id = d.one_version
JOIN pool AS q ON q.incident_id = d.other AND q.version_id = d.other_version
WHERE d.decision = ?
"""


def _stage_links(con: duckdb.DuckDBPyConnection) -> None:
    incidents = con.sql(_POOLED).df()
    same, apart = (rows(con, _HOLDING, [decision]) for decision in ("same", "apart"))
    links, pairs = linking.link(incidents, same, apart)
    con.register("linked", links)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE new_link AS SELECT event_id::VARCHAR AS event_id, "
        "incident_id::VARCHAR AS incident_id, CASE WHEN NOT isnan(score::DOUBLE) "
        "THEN score::DOUBLE END AS score, reason::VARCHAR AS reason, "
        "block_id::VARCHAR AS block_id, NULL::VARCHAR AS reprint_of FROM linked"
    )
    con.unregister("linked")
    con.register("compared", pairs)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE new_pair AS SELECT one::VARCHAR AS one, "
        "other::VARCHAR AS other, score::DOUBLE AS score, reason::VARCHAR AS reason FROM compared"
    )
    con.unregister("compared")
    _stage_reprints(con)


def _stage_reprints(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(_GROWN)
    con.execute(
        f"UPDATE new_link SET reprint_of = r.reprint_of FROM ({_REPRINTS}) AS r "
        "WHERE new_link.incident_id = r.incident_id AND r.reprint_of != r.incident_id"
    )
    con.execute(
        "UPDATE new_link SET reprint_of = o.reprint_of FROM old_link AS o "
        "WHERE new_link.incident_id = o.incident_id "
        "AND new_link.event_id NOT IN (FROM grown_event)"
    )


#: Events whose accounts are not the same as before: in all others the reprints are known.
_GROWN = """
CREATE OR REPLACE TEMP TABLE grown_event AS
SELECT n.event_id
FROM (SELECT event_id, list_sort(list(incident_id)) AS members FROM new_link GROUP BY ALL) AS n
LEFT JOIN (
    SELECT event_id, list_sort(list(incident_id)) AS members
    FROM old_link
    GROUP BY ALL
    HAVING NOT bool_or(incident_id IN (SELECT incident_id FROM changed_incident))
) AS o USING (event_id)
WHERE n.members IS DISTINCT FROM o.members
"""

#: What is concluded of these events does not hold any more: an account, a link of theirs is new, or
#: gone.
_TOUCHED = """
CREATE OR REPLACE TEMP TABLE touched_event AS
WITH old AS (SELECT * EXCLUDE (block_id) FROM old_link),
new AS (SELECT * EXCLUDE (block_id) FROM new_link)
SELECT event_id FROM grown_event
UNION
SELECT event_id FROM (FROM old EXCEPT FROM new)
UNION
SELECT event_id FROM (FROM new EXCEPT FROM old)
"""

#: The accounts of an event in articles that are copies of one: the earliest is the original.
_REPRINTS = """
SELECT
    l.incident_id,
    first_value(l.incident_id) OVER (
        PARTITION BY l.event_id, coalesce(c.original_id, i.article_id)
        ORDER BY a.published_at NULLS LAST, a.fetched_at, l.incident_id
    ) AS reprint_of
FROM new_link AS l
SEMI JOIN grown_event USING (event_id)
JOIN pool AS i ON i.incident_id = l.incident_id
JOIN core.current_article AS a ON a.article_id = i.article_id
LEFT JOIN core.article_copy AS c ON c.article_id = i.article_id
"""


def _replace(con: duckdb.DuckDBPyConnection, run_id: str) -> None:
    con.execute("DELETE FROM core.event WHERE event_id IN (SELECT event_id FROM old_link)")
    con.execute(
        "DELETE FROM core.event_incident WHERE block_id IN (SELECT block_id FROM touched_block)"
    )
    con.execute("INSERT INTO core.event_incident BY NAME FROM new_link")
    con.execute(
        "DELETE FROM core.incident_pair WHERE one IN "
        "(SELECT incident_id FROM old_link UNION ALL SELECT incident_id FROM pool)"
    )
    con.execute("INSERT INTO core.incident_pair BY NAME FROM new_pair")
    con.execute(
        "INSERT INTO core.event SELECT event_id, count(*), count(DISTINCT article_id), ? "
        "FROM new_link JOIN pool USING (incident_id) GROUP BY event_id",
        [run_id],
    )
    con.execute(_TOUCHED)
    conclusions.refresh(con)
