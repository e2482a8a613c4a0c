from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.exchange import delimited, geojson, timemap

EVENT: dict[str, Any] = {
    "event_id": "e:a:i1", "lat": 46.477, "lon": 30.733, "date_start": date(2026, 4, 30),
    "date_prec": 1, "place_name": "Odesa", "admin1": "Odesa Oblast", "country": "Ukraine",
    "event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike",
    "actors": ["Military Forces of Russia"], "killed_best": 3, "killed_high": None,
    "notes": "Officials said 3 people died.", "first_reported_at": datetime(2026, 5, 1, 12),
}  # fmt: skip
NOWHERE = EVENT | {
    "event_id": "e:b:i1", "lat": None, "lon": None, "place_name": None, "admin1": None,
    "country": None, "sub_event_type": None, "event_type": None, "notes": None,
}  # fmt: skip
UNDATED = EVENT | {"event_id": "e:c:i1", "date_start": None, "date_prec": None}
ARTICLE = {
    "event_id": "e:a:i1", "article_id": "a", "title": None, "url": "https://a.example/1",
    "publisher": "The Post", "published_at": datetime(2026, 5, 1, 12),
}  # fmt: skip


def test_csv_is_that_of_rfc_4180() -> None:
    rows = [(None, 1, 'say "no", now\nor later'), (["a", "b"], -1.5, date(2026, 4, 30))]
    written = "".join(delimited.lines(["x", "y", "z"], rows))
    assert written == ('x,y,z\r\n,1,"say ""no"", now\nor later"\r\na; b,-1.5,2026-04-30\r\n')


def test_moments_are_in_utc() -> None:
    assert delimited.moment(datetime(2026, 5, 1, 12)) == "2026-05-01T12:00:00Z"
    assert delimited.moment(date(2026, 5, 1)) == "2026-05-01"


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=2))
def test_csv_comes_back_as_it_went(cells: list[str]) -> None:
    header = [f"c{n}" for n in range(len(cells))]
    text = "".join(delimited.lines(header, [cells]))
    assert list(csv.reader(io.StringIO(text, newline=""))) == [header, cells]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_formulas_are_guarded_where_that_is_asked(text: str) -> None:
    def cell(guard: bool) -> str:
        written = io.StringIO("".join(delimited.lines(["a"], [[text]], guard=guard)), newline="")
        return list(csv.reader(written))[1][0]

    assert cell(guard=False) == text
    assert cell(guard=True) == f"'{text}"


def test_numbers_are_no_formulas() -> None:
    assert list(delimited.lines(["a"], [[-1], [-0.5]], guard=True))[1:] == ["-1\r\n", "-0.5\r\n"]


def test_geojson_is_that_of_rfc_7946() -> None:
    made = json.loads("".join(geojson.lines([EVENT, NOWHERE])))
    assert set(made) == {"type", "features"}
    first, second = made["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [30.733, 46.477]}
    assert second["geometry"] is None
    for feature, event in zip(made["features"], [EVENT, NOWHERE], strict=True):
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert (feature["type"], feature["id"]) == ("Feature", event["event_id"])
        assert set(feature["properties"]) == set(EVENT) - {"event_id", "lat", "lon"}
    assert first["properties"]["date_start"] == "2026-04-30"
    assert first["properties"]["first_reported_at"] == "2026-05-01T12:00:00Z"
    assert first["properties"]["killed_high"] is None


def test_geojson_of_nothing_is_an_empty_collection() -> None:
    assert json.loads("".join(geojson.lines([]))) == {"type": "FeatureCollection", "features": []}


@settings(deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 180))
def test_longitude_comes_first_and_stays_on_the_globe(lat: float, lon: float) -> None:
    east, north = geojson.feature(EVENT | {"lat": lat, "lon": lon})["geometry"]["coordinates"]
    assert abs(east - lon) <= 1e-5 >= abs(north - lat)
    assert -180 <= east <= 180
    assert -90 <= north <= 90


#: TimeMap's eventSchema.js, associationsSchema.js and sourceSchema.js: no other key is allowed.
_EVENT = {
    "id", "description", "date", "time", "time_precision", "location", "latitude", "longitude",
    "type", "category", "category_full", "associations", "sources", "comments", "time_display",
    "narrative___stepStyles", "shape", "colour",
}  # fmt: skip
_ASSOCIATION = {"id", "title", "desc", "mode", "colour", "type", "display", "filter_paths"}
_SOURCE = {
    "id", "title", "thumbnail", "paths", "type", "affil_s", "url", "description", "parent",
    "author", "date", "notes",
}  # fmt: skip


def _checked(item: dict[str, Any], keys: set[str], lists: set[str]) -> None:
    assert set(item) <= keys
    for name, value in item.items():
        assert isinstance(value, list if name in lists else str), name


def test_timemap_gets_what_its_schemas_allow() -> None:
    rows = [EVENT, NOWHERE, UNDATED]
    events = timemap.events(rows, {"e:a:i1": ["a"]})
    for event in events:
        _checked(event, _EVENT, {"associations", "sources"})
    for association in timemap.associations(rows):
        _checked(association, _ASSOCIATION, {"filter_paths"})
    for source in timemap.sources([ARTICLE]).values():
        _checked(source, _SOURCE, {"paths"})


def test_timemap_can_find_what_events_name() -> None:
    rows = [EVENT, NOWHERE]
    events = timemap.events(rows, {"e:a:i1": ["a"]})
    known = {association["id"] for association in timemap.associations(rows)}
    assert {name for event in events for name in event["associations"]} == known
    assert events[0]["sources"] == list(timemap.sources([ARTICLE])) == ["a"]


def test_an_event_in_timemap() -> None:
    (event,) = timemap.events([EVENT], {})
    assert event["date"] == "04/30/2026"
    assert (event["latitude"], event["longitude"]) == ("46.47700", "30.73300")
    assert event["location"] == "Odesa, Odesa Oblast, Ukraine"
    assert event["description"] == EVENT["notes"]
    assert event["category"] == "Explosions/Remote violence"


def test_timemap_gets_no_event_without_a_date() -> None:
    assert timemap.events([UNDATED], {}) == []


def test_timemap_gets_an_event_without_a_place_for_its_timeline() -> None:
    (event,) = timemap.events([NOWHERE], {})
    assert (event["latitude"], event["longitude"], event["location"]) == ("", "", "")
    assert (event["description"], event["category"]) == ("Event", "Kind unknown")
