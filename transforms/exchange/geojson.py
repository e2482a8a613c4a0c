"""GeoJSON, RFC 7946: WGS 84, longitude before latitude, no ``crs``; no place is a null geometry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import orjson

from transforms.exchange.delimited import moment

#: About a metre, the precision of the ledger (RFC 7946, section 11.2).
_DECIMALS = 5


def lines(events: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A FeatureCollection, one feature a line.

    Args:
        events: rows of ``mart.event_export``; ``event_id`` becomes the feature's id, ``lat`` and
            ``lon`` its point, all else its properties.
    """
    yield '{"type":"FeatureCollection","features":['
    between = "\n"
    for event in events:
        yield between + orjson.dumps(feature(event)).decode()
        between = ",\n"
    yield "\n]}\n"


def feature(event: Mapping[str, Any]) -> dict[str, Any]:
    """One event as a Feature."""
    own = ("event_id", "lat", "lon")
    return {
        "type": "Feature",
        "id": event["event_id"],
        "geometry": _point(event["lat"], event["lon"]),
        "properties": {name: _plain(event[name]) for name in event if name not in own},
    }


def _point(lat: float | None, lon: float | None) -> dict[str, Any] | None:
    if lat is None or lon is None:
        return None
    return {"type": "Point", "coordinates": [round(lon, _DECIMALS), round(lat, _DECIMALS)]}


def _plain(value: object) -> object:
    return moment(value) if isinstance(value, date) else value
