"""Extractions as tables: pandas frames with the columns of the core tables, made uniform in bulk.

Counts are whole numbers or unknown, never floats; days are days; codes are in one case;
coordinates have five decimals (about a metre) and are on the globe, or the place has none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from operator import attrgetter
from typing import Any

from pandas import DataFrame, Series

from transforms.contract import actor_role
from transforms.model import TOLL_MEASURES, Extraction, Incident, PlaceCandidate

#: An extraction and the version of the article that it was read from.
Read = tuple[str, Extraction]

COORDINATE_DECIMALS = 5
_BOUNDS = ("low", "best", "high")
_OWNER = ("article_id", "version_id")
_SPAN = {"start": "span_start", "end": "span_end", "text": "mention_text"}
_CLAIM = (
    "claim_id", "measure", "low", "best", "high", "qualifier", "scope", "relation",
    "parent_claim_id", "category", "sex", "age_group", "speaker", "speaker_role", "certainty",
    "start", "end", "quote",
)  # fmt: skip
_PLACE = (
    "start", "end", "text", "geoname_id", "name", "country", "country_code", "admin1",
    "admin1_code", "admin2", "lat", "lon", "feature", "score", "where_prec", "stated_region",
    "region_contradicted", "candidates",
)  # fmt: skip
_DATE = ("start", "end", "text", "date_start", "date_end", "date_prec")
_INCIDENT_PLACE = {
    "geoname_id": "geoname_id", "name": "place_name", "country": "country",
    "country_code": "country_code", "admin1": "admin1", "lat": "lat", "lon": "lon",
    "where_prec": "where_prec", "stated_region": "stated_region",
    "region_contradicted": "region_contradicted", "start": "place_span_start",
    "end": "place_span_end",
}  # fmt: skip
_TOLLS = tuple(f"{measure}_{bound}" for measure in TOLL_MEASURES for bound in _BOUNDS)
_WHOLE = frozenset(
    {
        *_BOUNDS, *_TOLLS, "span_start", "span_end", "place_span_start", "place_span_end",
        "geoname_id", "where_prec", "date_prec",
    }
)  # fmt: skip
_REAL = frozenset({"lat", "lon", "score"})
_DAYS = frozenset({"date_start", "date_end"})
_CODES = frozenset({"country_code", "admin1_code"})
_FLAGS = frozenset({"region_contradicted"})
_LISTS = frozenset({"actors", "link_keys"})


def claims(reads: Sequence[Read]) -> DataFrame:
    """The claims, each with the incident whose toll it is counted in."""
    frame = _mentions(reads, "claims", _CLAIM).rename(columns=_SPAN)
    incident_of = {
        claim_id: incident.incident_id
        for _, extraction in reads
        for incident in extraction.incidents
        for claim_id in incident.claim_ids
    }
    frame["incident_id"] = frame["claim_id"].map(incident_of)
    return uniform(frame)


def places(reads: Sequence[Read]) -> DataFrame:
    """The mentions of places, each with the places that were weighed for it."""
    frame = _mentions(reads, "places", _PLACE)
    frame["candidates"] = frame["candidates"].map(_weighed)
    return uniform(_identified(frame, "p"))


@lru_cache(maxsize=4096)
def _weighed(candidates: tuple[PlaceCandidate, ...]) -> str | None:
    """The places weighed as JSON; None where a name can mean one only."""
    if len(candidates) < 2:
        return None
    return json.dumps([asdict(one) for one in candidates], ensure_ascii=False)


def dates(reads: Sequence[Read]) -> DataFrame:
    """The mentions of dates."""
    return uniform(_identified(_mentions(reads, "dates", _DATE), "d"))


def incidents(
    reads: Sequence[Read], link_keys: Mapping[str, Sequence[str]] | None = None
) -> DataFrame:
    """The incidents, with where and when they happened and their tolls.

    Args:
        reads: what was read.
        link_keys: the rare words and names of each incident, by its id (``linking.keys``).
    """
    known = link_keys or {}
    rows = [
        {
            "article_id": extraction.article_id,
            "version_id": version,
            **_incident(incident),
            "link_keys": known.get(incident.incident_id),
        }
        for version, extraction in reads
        for incident in extraction.incidents
    ]
    return uniform(DataFrame(rows, columns=_INCIDENT_COLUMNS))


_INCIDENT_COLUMNS = [
    "incident_id", *_OWNER, "date_start", "date_end", "date_prec", *_INCIDENT_PLACE.values(),
    "sub_event_type", "weapon", "actors", *_TOLLS, "rules", "link_keys",
    "actor_roles",
]  # fmt: skip


def _incident(incident: Incident) -> dict[str, Any]:
    row: dict[str, Any] = {
        "incident_id": incident.incident_id,
        "sub_event_type": incident.sub_event_type,
        "weapon": incident.weapon,
        "actors": list(incident.actors),
        "rules": json.dumps(incident.rules, ensure_ascii=False, sort_keys=True),
        "actor_roles": json.dumps(
            [actor_role(part) for part in incident.actor_roles], ensure_ascii=False
        ),
    }
    if incident.date is not None:
        row |= {name: getattr(incident.date, name) for name in _DATE[3:]}
    if incident.place is not None:
        row |= {column: getattr(incident.place, name) for name, column in _INCIDENT_PLACE.items()}
        if incident.place.start == incident.place.end:  # the headline names it, not the text
            row |= {"place_span_start": None, "place_span_end": None}
    for measure, count in incident.tolls.items():
        row |= {f"{measure}_{bound}": getattr(count, bound) for bound in _BOUNDS}
    return row


def _mentions(reads: Sequence[Read], kind: str, fields: tuple[str, ...]) -> DataFrame:
    """A row for each mention of a kind (``claims``, ``places`` …) with these of its fields."""
    values, of_kind = attrgetter(*fields), attrgetter(kind)
    rows = [
        (extraction.article_id, version, *values(mention))
        for version, extraction in reads
        for mention in of_kind(extraction)
    ]
    return DataFrame(rows, columns=[*_OWNER, *fields])


def _identified(frame: DataFrame, letter: str) -> DataFrame:
    """Name each mention by its article and span."""
    frame = frame.rename(columns=_SPAN)
    span = frame["span_start"].astype(str) + "-" + frame["span_end"].astype(str)
    return frame.assign(mention_id=frame["article_id"].astype(str) + f":{letter}" + span)


def uniform(frame: DataFrame) -> DataFrame:
    """The same rows with each column in its one type and form; unknown stays unknown."""
    return _on_the_globe(frame.assign(**{str(n): _typed(str(n), frame[n]) for n in frame.columns}))


def _typed(name: str, values: Series) -> Series:
    if name in _WHOLE:
        return values.astype("Int64")
    if name in _REAL:
        return values.astype("Float64")
    if name in _FLAGS:
        return values.astype("boolean")
    if name in _DAYS:
        return values.astype("datetime64[s]")
    if name in _LISTS:
        return values
    texts = values.astype("str")
    return texts.str.upper() if name in _CODES else texts


def _on_the_globe(frame: DataFrame) -> DataFrame:
    """Round coordinates; half a coordinate, or one off the globe, is none."""
    if "lat" not in frame:
        return frame
    sound = frame["lat"].abs().le(90) & frame["lon"].abs().le(180)
    rounded = frame[["lat", "lon"]].round(COORDINATE_DECIMALS)
    return frame.assign(**{str(n): rounded[n].where(sound.fillna(value=False)) for n in rounded})


def articles(rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> DataFrame:
    """Raw articles as a table, a row each, with these columns."""
    frame = DataFrame(rows, columns=list(columns))
    typed = {"line": "Int64", "published_on": "datetime64[s]", "fetched_at": "datetime64[us, UTC]"}
    return frame.astype({name: kind for name, kind in typed.items() if name in frame})
