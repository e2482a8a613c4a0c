"""What speaks for two accounts telling of one event, and what against it, in points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from seeds import read as seeds
from transforms.linking.pairs import NEAR_KM

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from numpy.typing import NDArray
    from pandas import DataFrame, Series

_KM_PER_DEGREE = 111.195
_FAR_KM = 100.0
_FIGURES = ("killed", "injured")
_START = "start"
_UNKNOWN = "unknown"


def threshold() -> float:
    """The mean likeness that the accounts of an event have at least (seeds/linking.toml)."""
    return float(seeds.toml("linking.toml")["link"])


def weigh(rows: DataFrame, pairs: DataFrame) -> DataFrame:
    """The pairs with ``score``, the probability of one event, and each sign's name by aspect.

    Args:
        rows: accounts as ``accounts.prepared`` gives them.
        pairs: columns ``a`` and ``b``, row numbers.
    """
    left, right = rows.iloc[pairs["a"]], rows.iloc[pairs["b"]]
    left, right = left.reset_index(drop=True), right.reset_index(drop=True)
    km = distance_km(left, right)
    signs = {
        "place": _place(left, right, km),
        "date": _date(left, right),
        "kind": _kind(left, right),
        **{measure: _figure(left, right, f"{measure}_best") for measure in _FIGURES},
        "weapon": _weapon(left, right),
        "actors": _actors(left, right),
    }
    words, names = _common(left["keys"], right["keys"])
    points = _points(signs, {"each rare word in common": words, "each name in common": names})
    score = 1 / (1 + np.exp(-points))
    return pairs.assign(**signs, words=words, names=names, km=km, score=score.round(4))


def in_words(pair: Mapping[Hashable, Any]) -> str:
    """The signs of one weighed pair as a reader is told them; unknown ones are left out."""
    where = f"{pair['km']:.0f} km apart" if pair["place"] == "within 25 km" else pair["place"]
    told = [where, pair["date"], *(pair[aspect] for aspect in ("kind", "weapon"))]
    told += [f"{sign} {aspect}" for aspect in _FIGURES if (sign := pair[aspect]) != _UNKNOWN]
    if pair["actors"] != _UNKNOWN:
        told.append(f"actors {pair['actors']}")
    for name, count in (("rare words", pair["words"]), ("names", pair["names"])):
        if count:
            told.append(f"{count} {name} in common")
    words = [str(sign) for sign in told if sign != _UNKNOWN]
    return ", ".join(words)


def _points(
    signs: Mapping[str, NDArray[np.object_]], counts: Mapping[str, NDArray[np.int64]]
) -> NDArray[np.float64]:
    table = seeds.toml("linking.toml")
    worth, most = table["points"], table["at_most"]
    total = worth[_START]
    for aspect, sign in signs.items():
        total = total + pd.Series(sign).map(lambda s, of=aspect: worth.get(f"{of}: {s}", 0.0))
    for name, count in counts.items():
        key = f"words: {name}"
        total = total + np.minimum(count, most[key]) * worth[key]
    return np.asarray(total, dtype="float64")


def distance_km(left: DataFrame, right: DataFrame) -> NDArray[np.float64]:
    """Great-circle distance by the haversine formula; NaN where a coordinate is unknown."""
    lat1, lat2 = np.radians(left["lat"].to_numpy()), np.radians(right["lat"].to_numpy())
    half_lat = (lat2 - lat1) / 2
    half_lon = np.radians(right["lon"].to_numpy() - left["lon"].to_numpy()) / 2
    a = np.sin(half_lat) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin(half_lon) ** 2
    return np.asarray(np.degrees(2 * np.arcsin(np.sqrt(a))) * _KM_PER_DEGREE)


def _place(left: DataFrame, right: DataFrame, km: NDArray[np.float64]) -> NDArray[np.object_]:
    known = left["placed"].to_numpy() & right["placed"].to_numpy()
    same = known & (left["geoname_id"] == right["geoname_id"]).to_numpy()
    points = left["point"].to_numpy() & right["point"].to_numpy()
    region = (left["country_code"] == right["country_code"]) & (left["admin1"] == right["admin1"])
    region &= left["admin1"] != ""
    return np.select(
        [~known, same, points & (km <= NEAR_KM), points & (km <= _FAR_KM), ~points & region],
        [_UNKNOWN, "same place", "within 25 km", "within 100 km", "same region"],
        "elsewhere",
    ).astype(object)


def _date(left: DataFrame, right: DataFrame) -> NDArray[np.object_]:
    """By the days between the spans; told before it happened: the one was out before the other."""
    start = np.maximum(left["date_start"].to_numpy(), right["date_start"].to_numpy())
    end = np.minimum(left["date_end"].to_numpy(), right["date_end"].to_numpy())
    gap = pd.Series(start - end).dt.days.clip(lower=0).to_numpy()
    day = np.timedelta64(1, "D")
    before = (left["published"].to_numpy() + day < right["date_start"].to_numpy()) | (
        right["published"].to_numpy() + day < left["date_start"].to_numpy()
    )
    return np.select(
        [np.isnan(gap), before & (gap > 1), gap == 0, gap == 1, gap <= 3, gap <= 10, gap <= 40],
        [
            _UNKNOWN, "told before it happened", "same day", "a day apart",
            "two or three days apart", "up to ten days apart", "up to forty days apart",
        ],
        "further apart",
    ).astype(object)  # fmt: skip


def _compared(
    left: Series, right: Series, same: str, other: str, unknown: Series
) -> NDArray[np.object_]:
    return np.select([unknown, left == right], [_UNKNOWN, same], other).astype(object)


def _kind(left: DataFrame, right: DataFrame) -> NDArray[np.object_]:
    one, two = left["sub_event_type"], right["sub_event_type"]
    return _compared(one, two, "same kind", "another kind", (one == "") | (two == ""))


def _weapon(left: DataFrame, right: DataFrame) -> NDArray[np.object_]:
    one, two = left["weapon"], right["weapon"]
    return _compared(one, two, "same weapon", "another weapon", (one == "") | (two == ""))


def _figure(left: DataFrame, right: DataFrame, column: str) -> NDArray[np.object_]:
    one, two = left[column], right[column]
    return _compared(one, two, "same number", "another number", one.isna() | two.isna())


def _actors(left: DataFrame, right: DataFrame) -> NDArray[np.object_]:
    both = zip(left["actors"], right["actors"], strict=True)
    signs = [
        _UNKNOWN if not one or not two else "others" if one.isdisjoint(two) else "in common"
        for one, two in both
    ]
    return np.array(signs, dtype=object)


def _common(left: Series, right: Series) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many rare words and how many full names each pair shares."""
    words, names = [], []
    for one, two in zip(left, right, strict=True):
        shared = one & two
        named = sum(" " in key for key in shared)
        names.append(named)
        words.append(len(shared) - named)
    return np.array(words, dtype="int64"), np.array(names, dtype="int64")
