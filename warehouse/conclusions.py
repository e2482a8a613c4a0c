"""Conclusions that are kept: worked out once for each event, whenever its accounts change.

A view that ``columns.toml`` calls kept is a table of that name, filled by the load; the view itself
is in the schema ``rule`` under the same name, so that anybody can read it and run it. A load runs
the same SQL on a part of the warehouse, which holds the events that it touches and the articles
that tell of them: its cost is that of what is new, however much is there already.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

import duckdb

from warehouse import dictionary, statements
from warehouse.sql import picked, rows, value

#: So many events are worked out at a time: their articles' texts are held for it, some 100 MB.
SLICE = 20_000
_NAME = re.compile(r"\b(?:core|mart)\.\w+\b")
#: What all conclusions rest on, cut down to the events of ``part_event`` and their articles. Nearly
#: all versions are current: rows are looked for by the article alone, then by the version.
_EVENTS = "SEMI JOIN part_event USING (event_id)"
_ARTICLES = "SEMI JOIN part_version USING (article_id)"
_CURRENT = "SEMI JOIN part_version USING (article_id, version_id)"
_BASE = {
    "core.event": f"({picked('core.event', _EVENTS)})",
    "core.event_incident": f"({picked('core.event_incident', _EVENTS)})",
    "core.current_incident": f"({picked('core.incident', _ARTICLES)}) {_CURRENT}",
    "core.current_claim": f"({picked('core.claim', _ARTICLES)}) {_CURRENT}",
    "core.current_article": f"({picked('raw.article', _ARTICLES)}) {_CURRENT}",
    "core.place_mention": f"({picked('core.place_mention', _ARTICLES)})",
}
_VERSIONS = """
CREATE OR REPLACE TEMP TABLE part_version AS
SELECT article_id, version_id
FROM raw.article
WHERE is_current AND article_id IN (
    SELECT i.article_id
    FROM core.incident AS i
    JOIN core.event_incident AS l ON l.incident_id = i.incident_id
    SEMI JOIN part_event AS e ON e.event_id = l.event_id
)
"""


class _Step(NamedTuple):
    name: str
    sql: str  # makes the part's own object of that name


def refresh(con: duckdb.DuckDBPyConnection) -> None:
    """Work out anew what is kept of some events; what is kept of events that are gone goes too.

    Needs the temporary table ``touched_event``.
    """
    for name, key in kept().items():
        con.execute(f"DELETE FROM {name} WHERE {key} IN (FROM touched_event)")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE asked_event AS SELECT event_id, "
        "row_number() OVER (ORDER BY event_id) AS place FROM core.event "
        "SEMI JOIN touched_event USING (event_id)"
    )
    for first in range(1, int(value(con, "SELECT count(*) FROM asked_event")) + 1, SLICE):
        _work_out(con, first)


def refresh_all(con: duckdb.DuckDBPyConnection) -> None:
    """Work out all that is kept: after the rules have changed."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE touched_event AS SELECT DISTINCT event_id FROM core.event"
    )
    refresh(con)


@cache
def kept() -> dict[str, str]:
    """The views that are kept, each with the column that has the event."""
    objects = dictionary.load().objects
    return {name: entry.kept for name, entry in objects.items() if entry.kept is not None}


def rule(name: str) -> str:
    """The name of the view that defines what is kept: ``rule("mart.event_toll")``."""
    return "rule." + name.partition(".")[2]


def make(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Make a kept view, and the empty table that holds its rows."""
    text = statements.read(name)
    con.execute(text.replace(f"CREATE VIEW {name}", f"CREATE VIEW {rule(name)}", 1))
    con.execute(f"CREATE TABLE {name} AS FROM {rule(name)} WITH NO DATA")


def differing(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The kept tables that are not what their views give: none, ever."""
    query = "SELECT count(*), sum(hash(t)) FROM {} AS t"
    return [
        name
        for name in kept()
        if rows(con, query.format(name)) != rows(con, query.format(rule(name)))
    ]


def _work_out(con: duckdb.DuckDBPyConnection, first: int) -> None:
    con.execute(
        "CREATE OR REPLACE TEMP TABLE part_event AS SELECT event_id FROM asked_event "
        f"WHERE place BETWEEN {first} AND {first + SLICE - 1}"
    )
    con.execute(_VERSIONS)
    for name, found in _BASE.items():
        con.execute(f"CREATE OR REPLACE TEMP TABLE {_part(name)} AS FROM {found}")
    for step in _plan():
        con.execute(step.sql)
        if step.name in kept():
            con.execute(f"INSERT INTO {step.name} FROM {_part(step.name)}")


@cache
def _plan() -> tuple[_Step, ...]:
    """The views and macros that lead from the base to what is kept, in the order of making."""
    made_of = {
        name: statements.asked(name)
        for name in dictionary.load().objects
        if not statements.is_table(name) and name not in _BASE
    }
    parts = set(_BASE)
    for name, asked in made_of.items():
        if not parts.isdisjoint(asked):
            parts.add(name)
    uses = Counter(list(kept()))
    for name, asked in reversed(made_of.items()):
        if uses[name]:
            uses.update(asked)
    needed = [name for name in made_of if uses[name] and name in parts]
    return tuple(_Step(name, _temporary(name, parts, uses[name])) for name in needed)


def _temporary(name: str, parts: set[str], uses: int) -> str:
    """What is used once stays a view, so that no more of it is worked out than is asked for."""
    kind = "MACRO" if statements.is_macro(name) else "VIEW"
    made = "TABLE" if kind == "VIEW" and (uses > 1 or name in kept()) else kind
    text = statements.plain(name).replace(f"CREATE {kind}", f"CREATE OR REPLACE TEMP {made}", 1)
    return _NAME.sub(lambda found: _part(found[0]) if found[0] in parts else found[0], text)


def _part(name: str) -> str:
    return "part_" + name.replace(".", "_")
