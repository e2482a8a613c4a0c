"""Exports: the events of some days and countries, from the published snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.connect import reader
from warehouse.errors import WarehouseError
from warehouse.sql import records

#: The view of each form of export, and its column that has the event's id.
VIEWS = {
    "ucdp": ("mart.ucdp_ged", "relid"),
    "acled": ("mart.acled", "event_id_cnty"),
    "events": ("mart.event_export", "event_id"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events: those with a day between ``since`` and ``until``, both included."""

    since: date | None = None
    until: date | None = None
    countries: Sequence[str] = ()  # ISO 3166-1 alpha-2; none: all


@dataclass(frozen=True, slots=True)
class Exported:
    """The events that are wanted, and how many were left out because their day is not known."""

    table: pa.Table
    undated: int


def export(home: Path, form: str, wanted: Wanted) -> Exported:
    """Select events in a form of ``VIEWS``, ordered by day.

    Raises:
        NoSnapshotError: nothing is published yet.
        WarehouseError: the snapshot was published by a Tollbook that had no such export.
    """
    view, key = VIEWS[form]
    day = "event_date" if form == "acled" else "date_start"
    chosen = f"FROM {view} WHERE {key} IN ({_WANTED}) ORDER BY {day} NULLS LAST, {key}"
    with reader(home) as con:
        try:
            table = con.sql(_ASKED + chosen, params=_values(wanted)).to_arrow_table()
            ((undated,),) = con.execute(_ASKED + _UNDATED, _values(wanted)).fetchall()
        except duckdb.CatalogException as error:
            raise WarehouseError(
                "this snapshot was published by an older Tollbook, which had no exports: "
                "`tollbook run` publishes a new one"
            ) from error
    return Exported(table, int(undated))


def articles(home: Path) -> list[dict[str, Any]]:
    """Which article tells of which event: ``event_id`` with the article's particulars."""
    query = (
        "SELECT event_id, article_id, title, url, publisher, published_at FROM mart.event_account "
        "ORDER BY event_id, published_at NULLS LAST, incident_id"
    )
    with reader(home) as con:
        return records(con, query)


_ASKED = """
WITH asked AS (
    SELECT $since::DATE AS since, $until::DATE AS until, $countries::VARCHAR[] AS countries
),
there AS (
    SELECT e.event_id, e.date_start, coalesce(e.date_end, e.date_start) AS date_end, asked.*
    FROM mart.event_toll AS e, asked
    WHERE len(asked.countries) = 0 OR list_contains(asked.countries, e.country_code)
)
"""
_WANTED = """
SELECT event_id FROM there
WHERE (since IS NULL OR date_end >= since) AND (until IS NULL OR date_start <= until)
"""
_UNDATED = """
SELECT count(*) FROM there WHERE date_start IS NULL AND coalesce(since, until) IS NOT NULL
"""


def _values(wanted: Wanted) -> dict[str, Any]:
    return {"since": wanted.since, "until": wanted.until, "countries": list(wanted.countries)}
