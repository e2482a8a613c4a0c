"""Two lists of events side by side: which are in both, which in one alone, and how counts differ.

Events are matched as accounts are linked (transforms/linking): by place distance, days, kind and
figures, with the points of seeds/linking.toml. A row that names a region alone is compared with all
events there. Each event is in one match at most, the likeliest.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from pandas import DataFrame

from transforms import linking
from transforms.linking import accounts, evidence

#: What both lists have: one row an event. ``where_prec`` and days as in ``core.incident``.
COLUMNS = (
    "event_id", "date_start", "date_end", "lat", "lon", "where_prec", "country_code", "admin1",
    "place_name", "sub_event_type", "killed_low", "killed_best", "killed_high",
)  # fmt: skip
STATUSES = ("matched", "missing", "extra")
_ONE, _OTHER = "theirs", "ours"


def compare(theirs: DataFrame, ours: DataFrame) -> list[dict[str, Any]]:
    """Match events one to one.

    Args:
        theirs: the reader's list, with ``COLUMNS``; ``event_id`` tells rows apart.
        ours: the ledger's events, with ``COLUMNS``. What is outside of their days and countries is
            no extra: it may be matched if it is a day off, and is left out else.

    Returns:
        A row a pair or single event, in the order of the days: ``status`` is matched, missing (in
        theirs alone) or extra (in ours alone); ``difference`` is our best count less theirs.
    """
    near = _concerned(theirs, ours, linking.NEAR_DAYS)
    both = pd.concat([_prepared(theirs, _ONE), _prepared(near, _OTHER)], ignore_index=True)
    pairs = _matched(linking.compare(both, regions=True)) if len(theirs) and len(near) else {}
    alone = accounts.why_alone(accounts.prepared(both))
    left, right = _records(theirs), _records(near)
    taken = {ours_id for ours_id, _ in pairs.values()}
    found = [
        _row(left[i], right[pairs[i][0]], pairs[i][1])
        if i in pairs
        else _row(left[i], None, _why(alone[f"{_ONE}:{i}"]))
        for i in left
    ]
    extra = set(_concerned(theirs, ours, 0)["event_id"]) - taken
    found += [_row(None, right[i], _why(alone[f"{_OTHER}:{i}"])) for i in right if i in extra]
    return sorted(found, key=_order)


def _concerned(theirs: DataFrame, ours: DataFrame, days: int) -> DataFrame:
    """Our events of their countries and days, or so many days before or after."""
    start, end = pd.to_datetime(ours["date_start"]), pd.to_datetime(ours["date_end"])
    margin = pd.Timedelta(days=days)
    first = pd.to_datetime(theirs["date_start"]).min() - margin
    last = pd.to_datetime(theirs["date_end"]).max() + margin
    here = ours["country_code"].isin(theirs["country_code"].dropna())
    return ours[here & (start <= last) & (end.fillna(start) >= first)]


def _prepared(events: DataFrame, side: str) -> DataFrame:
    """The rows as accounts of one article a side, which are compared with the other side alone."""
    ids = side + ":" + events["event_id"].astype(str)
    return events[list(COLUMNS[1:])].astype("object").assign(incident_id=ids, article_id=side)


def _matched(likely: DataFrame) -> dict[str, tuple[str, str]]:
    """Their event -> our event and the signs, the likeliest pairs first, each event once."""
    order = likely[likely["score"] >= evidence.threshold()].sort_values(
        ["score", "one", "other"], ascending=[False, True, True]
    )
    found: dict[str, tuple[str, str]] = {}
    taken: set[str] = set()
    for one, other, _, reason in order.itertuples(index=False):
        ours, theirs = (name.partition(":")[2] for name in (one, other))  # "ours" comes first
        if theirs not in found and ours not in taken:
            found[theirs] = ours, reason
            taken.add(ours)
    return found


def _records(events: DataFrame) -> dict[str, dict[str, Any]]:
    plain = events.astype("object").where(events.notna(), None)
    records: list[dict[str, Any]] = plain.to_dict("records")  # type: ignore[assignment]
    return {str(row["event_id"]): row for row in records}


def _why(alone: str) -> str:
    return alone.replace("the only account", "no event is like it")


def _row(theirs: dict[str, Any] | None, ours: dict[str, Any] | None, why: str) -> dict[str, Any]:
    status = "extra" if theirs is None else "missing" if ours is None else "matched"
    one: dict[str, Any] = theirs or {}
    other: dict[str, Any] = ours or {}
    shown = one or other
    return {
        "status": status,
        "line": one.get("line"),
        "their_id": one.get("event_id"),
        "event_id": other.get("event_id"),
        "date": shown["date_start"],
        "place": shown["place_name"],
        "their_killed": one.get("killed_best"),
        "killed_low": other.get("killed_low"),
        "killed_best": other.get("killed_best"),
        "killed_high": other.get("killed_high"),
        "difference": _less(other.get("killed_best"), one.get("killed_best")),
        "reason": why,
    }


def _less(ours: int | None, theirs: int | None) -> int | None:
    return None if ours is None or theirs is None else ours - theirs


def _order(row: dict[str, Any]) -> tuple[str, int, str]:
    name = str(row["their_id"] or row["event_id"])
    return str(row["date"] or "9"), STATUSES.index(row["status"]), name
