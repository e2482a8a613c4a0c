"""What must hold of a warehouse over time: each row is a figure with the bounds it should keep.

The rows come from ``warehouse/trends/*.sql``, which say how the bounds are reckoned.
"""

from __future__ import annotations

from expectations.base import Table
from expectations.families import HasColumns, InBounds, UniqueKey

TABLE = Table(
    suite="trends",
    key="trend_id",
    level="trend",
    columns=("trend_id", "kind", "what", "value", "low", "high", "rests_on"),
)


class TrendColumns(HasColumns):
    """The table of figures over time has all of its columns."""

    suite = "trends"
    column_set = TABLE.columns
    fails = ({"high": ...},)


class TrendIdUnique(UniqueKey):
    """Every figure over time is given once."""

    suite = "trends"
    key = "trend_id"
    fails = ({}, {})


class TrendVolumeUsual(InBounds):
    """A source publishes as many articles a day as in the 28 days before, give or take three
    times their spread.
    """

    suite = "trends"
    kind = "volume"
    passes = ({}, {"trend_id": "t2", "value": 0, "low": 0, "high": 6})
    fails = ({"value": 0, "low": 4, "high": 31}, {"trend_id": "t2", "value": 90, "high": 31})


class TrendSourceFresh(InBounds):
    """A source has been silent for at most twice its longest pause of the last 28 days."""

    suite = "trends"
    kind = "freshness"
    passes = ({"kind": "freshness", "value": 2, "low": 0, "high": 2},)
    fails = ({"kind": "freshness", "value": 9, "low": 0, "high": 2},)


class TrendPlacesResolved(InBounds):
    """The share of a source's articles with a place that the gazetteer lacks is no larger than
    before.
    """

    suite = "trends"
    kind = "unresolved"
    passes = ({"kind": "unresolved", "value": 0.2, "low": 0, "high": 0.31},)
    fails = ({"kind": "unresolved", "value": 0.6, "low": 0, "high": 0.31},)


class TrendMixSteady(InBounds):
    """Killed, injured, missing and so on are as large a share of a run's claims as in the 28 days
    before.
    """

    suite = "trends"
    kind = "mix"
    passes = ({"kind": "mix", "what": "killed", "value": 0.55, "low": 0.38, "high": 0.7},)
    fails = (
        {"kind": "mix", "what": "killed", "value": 0.1, "low": 0.38, "high": 0.7},
        {"trend_id": "t2", "kind": "mix", "what": "injured", "value": 0.8, "low": 0, "high": 0.5},
    )
