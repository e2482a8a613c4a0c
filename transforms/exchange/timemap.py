"""The JSON that Forensic Architecture's TimeMap reads: events, associations and sources.

Source of the form: github.com/forensic-architecture/timemap, ``src/reducers/validate``
(eventSchema.js, associationsSchema.js, sourceSchema.js) and ``calcDatetime`` of
``src/common/utilities.js``. Its schemas allow no other keys, and every value is text; a date is
MM/DD/YYYY, which is its DATE_FMT by default. An event without a date is dropped there, one without
a place has empty coordinates and is shown on the timeline alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

Row = Mapping[str, Any]
_UNKNOWN = "Kind unknown"
_PRECISION = {1: "day", 2: "days", 3: "week", 4: "month", 5: "year"}


def events(rows: Iterable[Row], sources_of: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """The events that have a date, as the file of EVENTS_EXT.

    Args:
        rows: rows of ``mart.event_export`` with the ``event_type`` of each.
        sources_of: ids of the articles that tell of an event, by its id.
    """
    return [_event(row, sources_of) for row in rows if row["date_start"] is not None]


def _event(row: Row, sources_of: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    return {
        "id": row["event_id"],
        "date": f"{row['date_start']:%m/%d/%Y}",
        "time": "",
        "time_precision": _PRECISION.get(row["date_prec"], ""),
        "description": row["notes"] or _title(row),
        "location": _joined(row["place_name"], row["admin1"], row["country"]),
        "latitude": _text(row["lat"]),
        "longitude": _text(row["lon"]),
        "category": row["event_type"] or _UNKNOWN,
        "associations": [_association_id(row)],
        "sources": list(sources_of.get(row["event_id"], ())),
    }


def associations(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The kinds of event among the rows, as the file of ASSOCIATIONS_EXT, each once."""
    made = {_association_id(row): _association(row) for row in rows}
    return [made[name] for name in sorted(made)]


def _association(row: Row) -> dict[str, Any]:
    kind, sub_kind = row["event_type"] or _UNKNOWN, row["sub_event_type"]
    return {
        "id": _association_id(row),
        "title": sub_kind or _UNKNOWN,
        "desc": "",
        "mode": "FILTER",
        "filter_paths": [kind, sub_kind] if sub_kind else [kind],
    }


def _association_id(row: Row) -> str:
    return str(row["sub_event_type"] or _UNKNOWN)


def sources(articles: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """The articles by their id, as the file of SOURCES_EXT."""
    return {row["article_id"]: _source(row) for row in articles}


def _source(row: Row) -> dict[str, Any]:
    published: date | None = row["published_at"]
    return {
        "id": row["article_id"],
        "title": row["title"] or "",
        "url": row["url"] or "",
        "author": row["publisher"] or "",
        "date": f"{published:%m/%d/%Y}" if published else "",
        "type": "Article",
        "paths": [],
    }


def _title(row: Row) -> str:
    return _joined(row["sub_event_type"], row["place_name"], row["country"]) or "Event"


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:.5f}"
