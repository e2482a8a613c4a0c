"""One sound row of each table; an expectation's examples are differences from it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from expectations.base import Row, Suite
from transforms.model import TOLL_MEASURES

if TYPE_CHECKING:
    from pandas import DataFrame

    from expectations.base import Expectation

TEXT = (
    "Three people were killed when a drone hit a depot in Izhevsk on Tuesday, the region's "
    "governor said. The depot burned for two hours."
)
_AT = (TEXT.index("Izhevsk"), TEXT.index("Izhevsk") + len("Izhevsk"))
_ON = (TEXT.index("on Tuesday"), TEXT.index("on Tuesday") + len("on Tuesday"))
_PLACE = {
    "geoname_id": 554840,
    "country": "Russia",
    "country_code": "RU",
    "admin1": "Udmurtiya Republic",
    "lat": 56.85,
    "lon": 53.2,
    "where_prec": 1,
    "stated_region": None,
    "region_contradicted": False,
}
_DAY = {"date_start": date(2026, 3, 3), "date_end": date(2026, 3, 3), "date_prec": 1}
_TOLL = {
    **{f"{m}_{bound}": None for m in TOLL_MEASURES for bound in ("low", "best", "high")},
    **{"killed_low": 3, "killed_best": 3, "killed_high": 3},
}
_OF = {"article_id": "a1", "version_id": "v1"}

SOUND: dict[Suite, dict[str, Any]] = {
    "articles": {
        **_OF,
        "url": "https://news.example/izhevsk",
        "publisher": "Example News",
        "title": "Drone hits depot",
        "author": None,
        "published_at": datetime(2026, 3, 3, 18, 0, tzinfo=UTC),
        "published_on": date(2026, 3, 3),
        "language": "en",
        "text": TEXT,
        "source": "articles/izhevsk.md",
        "line": None,
        "body_sha256": None,
        "updated_at": None,
        "source_name": None,
    },
    "claims": {
        "claim_id": "a1:c0-12-killed",
        **_OF,
        "incident_id": "a1:i1",
        "measure": "killed",
        "low": 3,
        "best": 3,
        "high": 3,
        "qualifier": "exact",
        "scope": "incident",
        "relation": "total",
        "parent_claim_id": None,
        "category": "unknown",
        "sex": None,
        "age_group": None,
        "speaker": "the region's governor",
        "speaker_role": "governor",
        "certainty": "asserted",
        "span_start": 0,
        "span_end": 12,
        "quote": TEXT[:12],
    },
    "places": {
        "mention_id": "a1:p1",
        **_OF,
        "span_start": _AT[0],
        "span_end": _AT[1],
        "mention_text": "Izhevsk",
        "name": "Izhevsk",
        "admin1_code": "RU-UD",
        "admin2": None,
        "feature": "PPLA",
        "score": 0.98,
        **_PLACE,
        "candidates": None,
    },
    "dates": {
        "mention_id": "a1:d1",
        **_OF,
        "span_start": _ON[0],
        "span_end": _ON[1],
        "mention_text": "on Tuesday",
        **_DAY,
    },
    "incidents": {
        "incident_id": "a1:i1",
        **_OF,
        **_DAY,
        **_PLACE,
        "place_name": "Izhevsk",
        "place_span_start": _AT[0],
        "place_span_end": _AT[1],
        "sub_event_type": "Air/drone strike",
        "weapon": "drone",
        "actors": [],
        **_TOLL,
        "rules": "{}",
        "link_keys": [],
    },
    "events": {
        "event_id": "e1",
        **_DAY,
        **_PLACE,
        **_TOLL,
        "sub_event_type": "Air/drone strike",
    },
    "trends": {
        "trend_id": "t1",
        "kind": "volume",
        "what": "example-wire",
        "value": 12,
        "low": 4,
        "high": 31,
        "rests_on": 28,
    },
}


def table(suite: Suite, rows: Iterable[Row] = ({},)) -> DataFrame:
    """Sound rows with these differences; ``...`` as a value leaves the column out."""
    full = pd.DataFrame([{**SOUND[suite], **row} for row in rows])
    left_out = [c for c in full.columns if any(row.get(c) is ... for row in rows)]
    return full.drop(columns=left_out)


def frames(suite: Suite, rows: Iterable[Row] = ({},)) -> dict[str, DataFrame]:
    """A sound frame of every table, with these rows in one of them."""
    return {name: table(name, rows if name == suite else ({},)) for name in SOUND}


def passing(expectation: Expectation) -> dict[str, DataFrame]:
    """Frames in which every row meets the expectation."""
    return frames(expectation.suite, expectation.passes)


def failing(expectation: Expectation) -> dict[str, DataFrame]:
    """Frames in which at least one row fails it."""
    return frames(expectation.suite, expectation.fails)
