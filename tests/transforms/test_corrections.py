"""A correction changes one value, keeps what was there, and says when it does not fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from pandas import DataFrame

from seeds.corrections.rows import Correction
from transforms.corrections import apply
from transforms.normalise import uniform

CLAIM = Correction(
    row="a:c0-9-injured",
    field="best",
    before=53,
    after=35,
    reason="transposed",
    who="Ada",
    expect=(("quote", "53 others"),),
    where="corrections.toml:4",
)
INCIDENT = replace(
    CLAIM,
    row="a:i1",
    field="date_start",
    before=None,
    after="2026-05-04",
    expect=(("weapon", None),),
)


def frames() -> dict[str, DataFrame]:
    claim = {"claim_id": CLAIM.row, "low": 53, "best": 53, "quote": "53 others", "sex": None}
    place = {
        "mention_id": "a:p4-9",
        "lat": 1.5,
        "lon": 30.0,
        "country_code": "SD",
        "region_contradicted": True,
    }
    return {
        "articles": DataFrame({"article_id": ["a"]}),
        "claims": uniform(DataFrame([{**claim, "claim_id": "a:c30-31-killed"}, claim])),
        "incidents": uniform(
            DataFrame(
                [{"incident_id": "a:i1", "date_start": None, "weapon": None, "actors": ["RSF"]}]
            )
        ),
        "places": uniform(DataFrame([place])),
        "dates": uniform(DataFrame({"mention_id": ["a:d1-2"], "date_prec": [1]})),
    }


def test_the_value_is_put_right_and_the_row_says_from_what_and_why() -> None:
    given = frames()
    made, misses = apply(given, [CLAIM])
    assert misses == {}
    assert made["claims"]["best"].tolist() == [53, 35]
    assert given["claims"]["best"].tolist() == [53, 53]
    other, mended = made["claims"]["corrections"].tolist()
    assert other != other  # unknown
    assert mended == f"[{CLAIM.note}]"
    assert '"from": 53, "reason": "transposed", "to": 35, "who": "Ada"' in CLAIM.note
    assert made["incidents"]["corrections"].isna().to_list() == [True]


def test_two_values_of_a_row_are_put_right() -> None:
    low = replace(CLAIM, field="low", where="corrections.toml:12")
    made, _ = apply(frames(), [CLAIM, low])
    assert [made["claims"][bound][1] for bound in ("low", "best")] == [35, 35]
    assert made["claims"]["corrections"][1] == f"[{CLAIM.note}, {low.note}]"


@pytest.mark.parametrize(
    ("table", "field", "before", "after"),
    [
        ("incidents", "date_start", None, "2026-05-04"),
        ("incidents", "actors", ["RSF"], ["SAF", "RSF"]),
        ("incidents", "weapon", None, "drone"),
        ("places", "lat", 1.5, 12.25),
        ("places", "country_code", "SD", None),
        ("places", "region_contradicted", True, False),
        ("dates", "date_prec", 1, None),
    ],
)
def test_every_kind_of_value(table: str, field: str, before: Any, after: Any) -> None:
    row = {"incidents": "a:i1", "places": "a:p4-9", "dates": "a:d1-2"}[table]
    one = replace(CLAIM, row=row, field=field, before=before, after=after, expect=())
    made, misses = apply(frames(), [one])
    assert misses == {}
    now = made[table][field].iloc[0]
    assert made[table][field].dtype == frames()[table][field].dtype
    if after is None:
        assert pd.isna(now)
    else:
        assert (now.date() == date(2026, 5, 4)) if field == "date_start" else now == after


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"row": "a:c7-8-killed"}, "nothing in its article is a:c7-8-killed any more"),
        ({"before": 12}, "best is 53, not 12"),
        ({"before": None}, "best is 53, not unknown"),
        ({"after": 53, "before": 35}, "best is 53 by itself now: remove the correction"),
        ({"expect": (("quote", "35 others"),)}, "quote is '53 others', not '35 others'"),
        ({"field": "bets"}, "claims have no column bets"),
        ({"expect": (("sax", 1),)}, "claims have no column sax"),
        ({"after": "many"}, "best cannot be 'many'"),
    ],
)
def test_what_does_not_fit_is_said_and_changes_nothing(changed: dict[str, Any], why: str) -> None:
    made, misses = apply(frames(), [replace(CLAIM, **changed)])
    (said,) = misses.items()
    assert said[0] == "corrections.toml:4"
    assert said[1].startswith(why)
    assert made["claims"]["best"].tolist() == [53, 53]
    assert made["claims"]["corrections"].isna().all()


def test_corrections_of_other_articles_are_passed_over() -> None:
    _, misses = apply(frames(), [replace(CLAIM, row="b:c0-9-injured")])
    assert misses == {}


def test_an_incident_may_get_a_day() -> None:
    made, misses = apply(frames(), [INCIDENT])
    assert misses == {}
    assert str(made["incidents"]["date_start"].iloc[0])[:10] == "2026-05-04"
