"""Which accounts tell of the same event, and which articles reprint another.

Two incidents of different articles can be one event if they happened in the same country, at most
25 km and one day apart, and are not of two different kinds. An event is a set of accounts of which
every two can be one (complete linkage), so a chain of daily attacks on one town does not become
one endless event. The result depends on the accounts alone, not on the order of their rows.
"""

from __future__ import annotations

import re
from zlib import crc32

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

#: UCDP's where_prec 2 is "within 25 km of a known point".
NEAR_KM = 25.0
#: Accounts differ by a day where one counts the night and another the morning.
NEAR_DAYS = 1
#: A longer span (UCDP date_prec 4 month, 5 year) says too little to link by.
LONGEST_DAYS = 7
#: UCDP where_prec of a point; beyond it, coordinates are a region's middle.
_POINT_PREC = 3
_REGION_PREC = 4
#: Cells of half a degree by one: 25 km lies within the neighbouring cells up to 77 degrees.
_CELL_LAT, _CELL_LON = 0.5, 1.0
_KM_PER_DEGREE = 111.195
_REPRINT_SHARE = 0.5
_SHINGLE_WORDS = 4
_SKETCH = 128
_WORD = re.compile(r"\w+")

COLUMNS = ["incident_id", "event_id", "score", "reason", "block_id"]
_NEEDED = [
    "incident_id",
    "article_id",
    "country_code",
    "geoname_id",
    "lat",
    "lon",
    "where_prec",
    "date_start",
    "date_end",
    "sub_event_type",
]
Pair = tuple[str, str]


def link(incidents: DataFrame) -> DataFrame:
    """Assign each incident to an event.

    Args:
        incidents: rows with the columns of ``core.incident``, one an ``incident_id``.

    Returns:
        One row an incident: ``incident_id``, ``event_id``, ``score`` (0 to 1, likeness to its most
        alike fellow; NaN if it stands alone), ``reason``, and ``block_id``: incidents of different
        blocks never influence each other, so a block can be linked anew by itself.
    """
    rows = _prepared(incidents)
    pairs = _scored(_candidates(rows))
    ids = sorted(rows["incident_id"])
    scores = {(a, b): s for a, b, s in zip(pairs["a"], pairs["b"], pairs["score"], strict=True)}
    events, blocks = _cluster(ids, scores), _components(ids, scores)
    linked = _links(pairs, events)
    alone = _why_alone(rows)
    found = [
        (i, f"e:{events[i]}", *linked.get(i, (float("nan"), alone[i])), blocks[i]) for i in ids
    ]
    return DataFrame(found, columns=COLUMNS)


def _prepared(incidents: DataFrame) -> DataFrame:
    rows = incidents[_NEEDED].reset_index(drop=True)
    for column in ("geoname_id", "lat", "lon", "where_prec"):
        rows[column] = pd.to_numeric(rows[column]).astype("float64")
    for column in ("date_start", "date_end"):
        rows[column] = pd.to_datetime(rows[column]).astype("datetime64[s]")
    rows["date_end"] = rows["date_end"].fillna(rows["date_start"])
    days = (rows["date_end"] - rows["date_start"]).dt.days + 1
    rows["dated"] = days.between(1, LONGEST_DAYS)
    prec = rows["where_prec"].fillna(_POINT_PREC)
    rows["point"] = (prec <= _POINT_PREC) & rows["lat"].notna() & rows["lon"].notna()
    rows["placed"] = rows["point"] | (rows["geoname_id"].notna() & (prec <= _REGION_PREC))
    rows["country_code"] = rows["country_code"].astype("object").fillna("")
    rows["sub_event_type"] = rows["sub_event_type"].astype("object").fillna("")
    return rows


def _why_alone(rows: DataFrame) -> dict[str, str]:
    reason = Series("the only account", index=rows["incident_id"])
    reason[~rows["placed"].to_numpy()] = "alone: no place to link by"
    reason[~rows["dated"].to_numpy()] = "alone: no date to link by"
    return dict(reason)


def _candidates(rows: DataFrame) -> DataFrame:
    """Pairs of accounts that can be one event, each once, with both sides' columns."""
    able = rows[rows["dated"] & rows["placed"]]
    days = _by_day(able)
    same = _joined(days[days["geoname_id"].notna()], ["country_code", "geoname_id"])
    points = days[days["point"]].copy()
    points["cell"] = _cell(points, 0, 0)
    close = [_joined(points, ["country_code", "cell"], _cell(points, x, y)) for x, y in _AROUND]
    pairs = pd.concat([same, *close], ignore_index=True).drop_duplicates()
    left = able.set_index("incident_id").loc[pairs["a"]].reset_index()
    right = able.set_index("incident_id").loc[pairs["b"]].reset_index()
    return _compatible(left, right)


#: Half of a cell's neighbourhood, itself included: the other half comes from the other side.
_AROUND = ((0, 0), (0, 1), (1, -1), (1, 0), (1, 1))


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


def _joined(days: DataFrame, keys: list[str], other: Series | None = None) -> DataFrame:
    keys = [*keys, "day"]
    left = days[[*keys, "incident_id"]]
    right = left if other is None else left.assign(cell=other)
    pairs = left.merge(right, on=keys)
    first, second = pairs["incident_id_x"], pairs["incident_id_y"]
    swapped = second < first
    pairs = DataFrame({"a": first.mask(swapped, second), "b": second.mask(swapped, first)})
    return pairs[pairs["a"] != pairs["b"]].drop_duplicates()


def _compatible(left: DataFrame, right: DataFrame) -> DataFrame:
    km = _km(left, right)
    same = left["geoname_id"] == right["geoname_id"]
    last_start = left["date_start"].where(
        left["date_start"] > right["date_start"], right["date_start"]
    )
    first_end = left["date_end"].where(left["date_end"] < right["date_end"], right["date_end"])
    apart = (last_start - first_end).dt.days.clip(lower=0)
    known = (left["sub_event_type"] != "") & (right["sub_event_type"] != "")
    alike = left["sub_event_type"] == right["sub_event_type"]
    near = same | (left["point"] & right["point"] & (km <= NEAR_KM))
    keep = near & (apart <= NEAR_DAYS) & (alike | ~known)
    keep &= left["article_id"] != right["article_id"]
    pairs = DataFrame({"a": left["incident_id"], "b": right["incident_id"]})
    kind = left["sub_event_type"].where(known, "")
    return pairs.assign(km=km.where(~same, 0.0), same=same, apart=apart, kind=kind)[keep]


def _km(left: DataFrame, right: DataFrame) -> Series:
    """Great-circle distance by the haversine formula."""
    lat1, lat2 = np.radians(left["lat"]), np.radians(right["lat"])
    half_lat = (lat2 - lat1) / 2
    half_lon = np.radians(right["lon"] - left["lon"]) / 2
    a = np.sin(half_lat) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin(half_lon) ** 2
    return pd.Series(np.degrees(2 * np.arcsin(np.sqrt(a))) * _KM_PER_DEGREE, index=left.index)


def _scored(pairs: DataFrame) -> DataFrame:
    """Place counts for half, date for three tenths, kind for two; what is unknown counts half."""
    place = 1 - pairs["km"] / (2 * NEAR_KM)
    date = 1 - pairs["apart"] / 2
    kind = pairs["kind"].ne("").map({True: 1.0, False: 0.5}).astype("float64")
    return pairs.assign(score=(0.5 * place + 0.3 * date + 0.2 * kind).round(3))


def _cluster(ids: list[str], scores: dict[Pair, float]) -> dict[str, str]:
    """Complete linkage, the most alike first: each account with the least id of its cluster."""
    members = {i: [i] for i in ids}
    cluster = {i: i for i in ids}
    for a, b in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        first, second = sorted((cluster[a], cluster[b]))
        if first == second:
            continue
        across = ((x, y) for x in members[first] for y in members[second])
        if all((min(pair), max(pair)) in scores for pair in across):
            for member in members[second]:
                cluster[member] = first
            members[first] += members.pop(second)
    return cluster


def _components(ids: list[str], scores: dict[Pair, float]) -> dict[str, str]:
    """Each account with the least id among all that a chain of candidate pairs leads to."""
    parent = {i: i for i in ids}

    def root(i: str) -> str:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in scores:
        first, second = sorted((root(a), root(b)))
        parent[second] = first
    return {i: root(i) for i in ids}


def _links(pairs: DataFrame, events: dict[str, str]) -> dict[str, tuple[float, str]]:
    """The best link of each account inside its event, in words."""
    found: dict[str, tuple[float, str]] = {}
    order = pairs.sort_values(["score", "a", "b"], ascending=[False, True, True])
    inside = order[order["a"].map(events) == order["b"].map(events)]
    columns = ["a", "b", "km", "same", "apart", "kind", "score"]
    for a, b, km, same, apart, kind, score in inside[columns].to_numpy().tolist():
        where = "same place" if same else f"{km:.0f} km apart"
        when = "same day" if apart == 0 else "a day apart"
        words = f"{where}, {when}, {kind or 'kind not known to both'}"
        found.setdefault(a, (score, f"{words}: as {b}"))
        found.setdefault(b, (score, f"{words}: as {a}"))
    return found


def reprints(accounts: DataFrame) -> DataFrame:
    """Which accounts of an event stand in an article that reprints an earlier one.

    Args:
        accounts: ``event_id``, ``incident_id``, ``published_at`` and the article's ``text``.

    Returns:
        ``incident_id`` and ``reprint_of`` of the reprints only. An article is a reprint if half of
        all its and the original's runs of four words are common; the original is the earliest.
    """
    found: list[tuple[str, str]] = []
    order = accounts.sort_values(["event_id", "published_at", "incident_id"], na_position="last")
    for _, event in order.groupby("event_id", sort=False):
        originals: list[tuple[str, frozenset[int]]] = []
        for incident_id, text in zip(event["incident_id"], event["text"], strict=True):
            sketch = _sketch(text) if len(event) > 1 else frozenset()
            match = next((i for i, known in originals if _shared(known, sketch)), None)
            if match is None:
                originals.append((incident_id, sketch))
            else:
                found.append((incident_id, match))
    return DataFrame(found, columns=["incident_id", "reprint_of"], dtype="object")


def _sketch(text: str) -> frozenset[int]:
    """The least digests of the text's shingles: two texts' sketches overlap as they do."""
    words = _WORD.findall(text.lower())
    last = max(1, len(words) - _SHINGLE_WORDS + 1)
    shingles = {" ".join(words[i : i + _SHINGLE_WORDS]) for i in range(last)}
    return frozenset(sorted({crc32(s.encode()) for s in shingles})[:_SKETCH])


def _shared(one: frozenset[int], other: frozenset[int]) -> bool:
    union = sorted(one | other)[:_SKETCH]
    common = one & other
    return sum(digest in common for digest in union) >= _REPRINT_SHARE * len(union) > 0
