"""Accounts made ready to be compared: unknowns in one form, what can be blocked by marked."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from pandas import DataFrame, Series

from transforms.linking.pairs import LONGEST_DAYS

#: UCDP where_prec of a point; beyond it, coordinates are a region's middle.
_POINT_PREC = 3
_REGION_PREC = 4
_NUMBERS = ("geoname_id", "lat", "lon", "where_prec", "killed_best", "injured_best")
_DAYS = ("date_start", "date_end", "published")
_WORDS = ("country_code", "admin1", "sub_event_type", "weapon")
_SETS = ("actors", "keys")
_COLUMNS = ["incident_id", "article_id", *_NUMBERS, *_DAYS, *_WORDS, *_SETS]


def prepared(incidents: DataFrame) -> DataFrame:
    """The columns that linking compares, one row an account, in the order of ``incident_id``.

    ``dated`` and ``placed`` tell whether it can be blocked by day and place, ``point`` whether its
    coordinates are a point's, ``reported`` when it came out: its publication, else its day.
    """
    rows = incidents.reindex(columns=_COLUMNS).sort_values("incident_id", ignore_index=True)
    for column in _NUMBERS:
        rows[column] = pd.to_numeric(rows[column]).astype("float64")
    for column in _DAYS:
        days = pd.to_datetime(rows[column], utc=True).dt.tz_localize(None)
        rows[column] = days.astype("datetime64[s]").dt.floor("D")
    for column in _WORDS:
        rows[column] = rows[column].astype("object").fillna("")
    for column in _SETS:
        rows[column] = rows[column].map(_set)
    rows["date_end"] = rows["date_end"].fillna(rows["date_start"])
    length = (rows["date_end"] - rows["date_start"]).dt.days + 1
    rows["dated"] = length.between(1, LONGEST_DAYS)
    prec = rows["where_prec"].fillna(_POINT_PREC)
    rows["point"] = (prec <= _POINT_PREC) & rows["lat"].notna() & rows["lon"].notna()
    rows["placed"] = rows["point"] | (rows["geoname_id"].notna() & (prec <= _REGION_PREC))
    rows["reported"] = rows["published"].fillna(rows["date_start"])
    return rows


def _set(value: object) -> frozenset[str]:
    if isinstance(value, str):
        raise TypeError(f"expected a list of words, not {value!r}")
    return frozenset(value) if isinstance(value, Iterable) else frozenset()


def why_alone(rows: DataFrame) -> dict[str, str]:
    """What to say of an account that no other was linked to."""
    reason = Series("the only account", index=rows["incident_id"])
    reason[~rows["placed"].to_numpy()] = "alone: no place to link by"
    reason[~rows["dated"].to_numpy()] = "alone: no date to link by"
    return dict(reason)
