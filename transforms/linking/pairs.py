"""Pairs of accounts that may tell of one event, found by blocks so that cost stays near linear.

Three kinds of blocks: the same place or a neighbouring one on the same days; a full name in one
country; two rare words in one region. The last two look only at reports of the same time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from pandas import DataFrame, Series

#: UCDP's where_prec 2 is "within 25 km of a known point".
NEAR_KM = 25.0
#: Accounts differ by a day where one counts the night and another the morning.
NEAR_DAYS = 1
#: A longer span (UCDP date_prec 4 month, 5 year) says too little to block by.
LONGEST_DAYS = 7
#: Reports further apart are not compared by the names in them: a trial has an end.
NAMES_DAYS = 400
#: Nor by their rare words: what is rare in two months of a region's news is not so in years of it.
WORDS_DAYS = 60
#: So many rare words in common make a pair worth scoring.
COMMON_WORDS = 2
#: Cells of half a degree by one: 25 km lies within the neighbouring cells up to 77 degrees.
_CELL_LAT, _CELL_LON = 0.5, 1.0
#: Half of a cell's neighbourhood, itself included: the other half comes from the other side.
_AROUND = ((0, 0), (0, 1), (1, -1), (1, 0), (1, 1))


def candidates(rows: DataFrame) -> DataFrame:
    """Pairs ``a`` < ``b`` of row numbers, each once, never two of one article.

    Args:
        rows: accounts as ``accounts.prepared`` gives them, with a range index.
    """
    found = pd.concat([_by_place(rows), _by_words(rows)], ignore_index=True).drop_duplicates()
    article = rows["article_id"].to_numpy()
    apart = article[found["a"]] != article[found["b"]]
    pairs: DataFrame = found[apart].sort_values(["a", "b"], ignore_index=True)
    return pairs


def by_region(rows: DataFrame) -> DataFrame:
    """Pairs of rows of one region and day, of which one at least has no nearer place.

    Not among ``candidates``: in a war all that befalls a region in a day is no one event.
    """
    days = _by_day(rows[rows["dated"] & rows["admin1"].ne("")])
    pairs = _joined(days, ["country_code", "admin1", "day"])
    near = rows["placed"].to_numpy()
    article = rows["article_id"].to_numpy()
    vague = ~(near[pairs["a"]] & near[pairs["b"]])
    apart = article[pairs["a"]] != article[pairs["b"]]
    found: DataFrame = pairs[vague & apart]
    return found


def _by_place(rows: DataFrame) -> DataFrame:
    days = _by_day(rows[rows["dated"] & rows["placed"]])
    same = _joined(days[days["geoname_id"].notna()], ["country_code", "geoname_id", "day"])
    points = days[days["point"]].copy()
    points["cell"] = _cell(points, 0, 0)
    keys = ["country_code", "cell", "day"]
    close = [_joined(points, keys, cell=_cell(points, x, y)) for x, y in _AROUND]
    return pd.concat([same, *close], ignore_index=True)


def _by_day(able: DataFrame) -> DataFrame:
    """A row for each day that an account may be of, the day before included."""
    first = able["date_start"] - pd.Timedelta(days=NEAR_DAYS)
    count = (able["date_end"] - first).dt.days + 1
    days = able.loc[able.index.repeat(count)]
    offset = days.groupby(level=0).cumcount().to_numpy()
    return days.assign(day=first.loc[days.index] + pd.to_timedelta(offset, unit="D"))


def _cell(points: DataFrame, north: int, east: int) -> Series:
    row = np.floor(points["lat"] / _CELL_LAT).astype("int64") + north
    column = np.floor(points["lon"] / _CELL_LON).astype("int64") + east
    cell: Series = row * 1000 + (column + 180) % 360
    return cell


def _joined(left: DataFrame, keys: list[str], **other: Series) -> DataFrame:
    """Pairs of rows with equal keys; ``other`` replaces columns of the right side."""
    left = left[keys].rename_axis("row").reset_index()
    right = left.assign(**{name: column.to_numpy() for name, column in other.items()})
    pairs = left.merge(right, on=keys, suffixes=("_x", "_y"))
    return _ordered(pairs["row_x"], pairs["row_y"]).drop_duplicates()


def _ordered(first: Series, second: Series) -> DataFrame:
    one, other = first.to_numpy(), second.to_numpy()
    pairs = pd.DataFrame({"a": np.minimum(one, other), "b": np.maximum(one, other)})
    return pairs[pairs["a"] != pairs["b"]]


def _by_words(rows: DataFrame) -> DataFrame:
    words = rows.loc[rows["reported"].notna(), ["country_code", "admin1", "reported", "keys"]]
    words = words.explode("keys").dropna(subset="keys").astype({"keys": "str"})
    name = words["keys"].str.contains(" ", regex=False)
    named = _shared(words[name], ["country_code", "keys"], NAMES_DAYS)
    regional = words[~name & words["admin1"].ne("")]
    worded = _shared(regional, ["country_code", "admin1", "keys"], WORDS_DAYS)
    common = worded.groupby(["a", "b"]).size()
    often = common[common >= COMMON_WORDS].index.to_frame(index=False)
    return pd.concat([named, often], ignore_index=True)


def _shared(words: DataFrame, keys: list[str], days: int) -> DataFrame:
    """Pairs of rows with equal keys that were reported within so many days; one a key."""
    bucket = words["reported"].astype("int64") // (days * 86_400)
    left = words.assign(bucket=bucket).rename_axis("row").reset_index()
    columns = ["row", "reported", *keys, "bucket"]
    found = []
    for later in (0, 1):
        right = left[columns].assign(bucket=left["bucket"] - later)
        pairs = left[columns].merge(right, on=[*keys, "bucket"], suffixes=("_x", "_y"))
        gap = (pairs["reported_x"] - pairs["reported_y"]).abs().dt.days
        pairs = pairs[(gap <= days) & ((pairs["row_x"] < pairs["row_y"]) | (later == 1))]
        found.append(_ordered(pairs["row_x"], pairs["row_y"]))
    return pd.concat(found, ignore_index=True)
