"""Extractions as tables: the columns of the warehouse, one type each, unknown kept unknown."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest

from transforms import normalise
from transforms.extract import extract
from transforms.model import Article, Claim, Count, DateMention, Extraction, Incident, PlaceMention
from warehouse.dictionary import load as dictionary

PLACE = PlaceMention(
    40, 47, "Kharkiv", 706483, "Kharkiv", "Ukraine", "ua", "Kharkiv", "ua-63", None,
    49.98081234, 36.25272345, "PPLA", 0.9, 1, "Kharkiv region",
)  # fmt: skip
DAY = DateMention(60, 66, "Monday", date(2025, 6, 30), date(2025, 6, 30), 1)


def _claim(number: int, low: int | None, best: int | None, high: int | None) -> Claim:
    return Claim(
        f"a:c{number}", "killed", low, best, high, "at_least", "incident", "total", None,
        "civilian", None, None, "police", None, "asserted", number, number + 5, "three",
    )  # fmt: skip


def _extraction() -> Extraction:
    tolls = {"killed": Count(3, 3, None), "injured": Count()}
    incident = Incident("a:i1", DAY, PLACE, "Attack", None, ("X",), tolls, ("a:c1",), {"b": "ß"})  # type: ignore[arg-type]
    claims = (_claim(1, 3, 3, None), _claim(2, None, None, None))
    return Extraction("a", "en", (incident,), claims, (PLACE,), (DAY,))


READS = [("v1", _extraction())]
TABLES = {
    "core.claim": normalise.claims,
    "core.place_mention": normalise.places,
    "core.date_mention": normalise.dates,
    "core.incident": normalise.incidents,
}


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_those_of_the_table(table: str) -> None:
    import duckdb

    from warehouse import schema

    with duckdb.connect() as con:
        schema.ensure(con)
        columns = [row[0] for row in con.execute(f"DESCRIBE {table}").fetchall()]
    assert table in dictionary().objects
    later = {"corrections"}  # transforms/corrections.py
    assert set(TABLES[table](READS).columns) == set(columns) - later


@pytest.mark.parametrize("table", TABLES)
def test_types_do_not_depend_on_the_rows(table: str) -> None:
    assert dict(TABLES[table]([]).dtypes) == dict(TABLES[table](READS).dtypes)


def test_counts_are_whole_or_unknown() -> None:
    claims = normalise.claims(READS)
    assert claims["low"].tolist() == [3, pd.NA]
    assert claims["high"].isna().all()
    assert str(claims["best"].dtype) == "Int64"


def test_a_claim_knows_its_incident() -> None:
    claims = normalise.claims(READS).set_index("claim_id")["incident_id"]
    assert claims["a:c1"] == "a:i1"
    assert pd.isna(claims["a:c2"])


def test_an_incident_has_its_place_day_and_tolls() -> None:
    (row,) = normalise.incidents(READS).to_dict("records")
    assert (row["place_name"], row["country_code"], row["place_span_start"]) == (
        "Kharkiv",
        "UA",
        40,
    )
    assert row["date_start"] == pd.Timestamp(2025, 6, 30)
    assert (row["killed_low"], row["killed_best"]) == (3, 3)
    assert all(pd.isna(row[name]) for name in ("killed_high", "injured_best", "missing_low"))
    assert row["rules"] == '{"b": "ß"}'


def test_an_incident_without_place_or_day_has_neither() -> None:
    bare = Incident("a:i1", None, None, None, None, (), {}, ())
    (row,) = normalise.incidents([("v", Extraction("a", None, (bare,), (), (), ()))]).to_dict(
        "records"
    )
    known = {name for name, value in row.items() if isinstance(value, list) or not pd.isna(value)}
    assert known == {
        "incident_id", "article_id", "version_id", "actors", "rules", "actor_roles",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [
        (49.98081234, 36.25272345, (49.98081, 36.25272)),
        (-90.0, 180.0, (-90.0, 180.0)),
        (91.0, 36.0, None),
        (49.0, -180.5, None),
        (49.0, None, None),
        (None, 36.0, None),
    ],
)
def test_coordinates_are_on_the_globe_or_none(
    lat: float | None, lon: float | None, expected: tuple[float, float] | None
) -> None:
    frame = normalise.uniform(pd.DataFrame({"lat": [lat], "lon": [lon]}))
    (found,) = frame.itertuples(index=False, name=None)
    assert (None if pd.isna(found[0]) and pd.isna(found[1]) else found) == expected


def test_mentions_are_named_by_article_and_span() -> None:
    assert normalise.places(READS)["mention_id"].tolist() == ["a:p40-47"]
    assert normalise.dates(READS)["mention_id"].tolist() == ["a:d60-66"]


def test_the_places_weighed_are_kept_where_there_are_several() -> None:
    text = "Shells hit Kharkiv and, later, Nikopol, both in Ukraine."
    reads = [("v", extract(Article("n", text, date(2025, 7, 1))))]
    frame = normalise.places(reads).set_index("mention_text")
    weighed = json.loads(frame["candidates"]["Nikopol"])
    assert weighed[0]["geoname_id"] == frame["geoname_id"]["Nikopol"]
    assert [one["score"] for one in weighed] == sorted((w["score"] for w in weighed), reverse=True)
    assert pd.isna(frame["candidates"]["Ukraine"])
