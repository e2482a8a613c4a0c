from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas import DataFrame

from transforms.linking import compare, link

DAY = date(2026, 4, 30)
# Kilometres east of a point on the equator, where a degree has 111.2 km.
KM = 1 / 111.2


def account(name: str, **given: Any) -> dict[str, Any]:
    """An incident at 0 N 10 E; the article is what comes before the colon of its id."""
    return {
        "incident_id": name,
        "article_id": name.partition(":")[0],
        "country_code": "XX",
        "geoname_id": 1,
        "lat": 0.0,
        "lon": 10.0,
        "where_prec": 1,
        "admin1": "Region",
        "date_start": DAY,
        "date_end": DAY,
        "sub_event_type": "Air/drone strike",
        **given,
    }


def events(*accounts: dict[str, Any]) -> list[list[str]]:
    """The members of each event."""
    links = link(DataFrame(list(accounts))).links
    return sorted(sorted(e["incident_id"]) for _, e in links.groupby("event_id"))


def other(**given: Any) -> dict[str, Any]:
    return account("b:i1", geoname_id=2, **given)


def on(day: date, end: date | None = None) -> dict[str, Any]:
    return {"date_start": day, "date_end": end or day}


ONE_EVENT = [
    ("the same place and day", {"geoname_id": 1}, True),
    ("20 km apart", {"lon": 10 + 20 * KM}, True),
    ("24 km west, in the next cell", {"lon": 10 - 24 * KM}, True),
    ("26 km apart", {"lon": 10 + 26 * KM}, False),
    ("24 km north", {"lat": 24 * KM}, True),
    ("24 km south-east", {"lat": -17 * KM, "lon": 10 + 17 * KM}, True),
    ("24 km north-west", {"lat": 17 * KM, "lon": 10 - 17 * KM}, True),
    ("another country", {"country_code": "YY", "geoname_id": 1}, False),
    ("the day after", {"geoname_id": 1, **on(DAY + timedelta(1))}, True),
    ("the day before", {"geoname_id": 1, **on(DAY - timedelta(1))}, True),
    ("the day after, 20 km apart", {"lon": 10 + 20 * KM, **on(DAY + timedelta(1))}, False),
    ("two days later", on(DAY + timedelta(2)), False),
    ("a week that holds the day", on(DAY - timedelta(3), DAY + timedelta(3)), True),
    ("a month that holds the day", on(DAY - timedelta(15), DAY + timedelta(14)), False),
    ("no date", {"date_start": None, "date_end": None}, False),
    ("no end", {"date_end": None}, True),
    ("no place", {"geoname_id": None, "lat": None, "lon": None, "where_prec": None}, False),
    ("another kind", {"sub_event_type": "Armed clash"}, False),
    ("kind unknown", {"sub_event_type": None}, True),
    ("the same region only", {"geoname_id": 1, "where_prec": 4}, True),
    ("a region whose middle is near", {"where_prec": 4}, False),
    ("the same country only", {"geoname_id": 1, "where_prec": 6}, False),
    ("no coordinates but the same place", {"geoname_id": 1, "lat": None, "lon": None}, True),
]


@pytest.mark.parametrize(("case", "changed", "same"), ONE_EVENT, ids=[c[0] for c in ONE_EVENT])
def test_what_makes_two_accounts_one_event(case: str, changed: dict[str, Any], same: bool) -> None:
    found = events(account("a:i1"), {**other(), **changed})
    assert found == ([["a:i1", "b:i1"]] if same else [["a:i1"], ["b:i1"]])


def test_two_incidents_of_one_article_are_two_events() -> None:
    assert events(account("a:i1"), account("a:i2")) == [["a:i1"], ["a:i2"]]


def test_a_third_account_does_not_join_two_of_one_article() -> None:
    found = events(account("a:i1"), account("a:i2"), account("b:i1"))
    assert found == [["a:i1", "b:i1"], ["a:i2"]]


def test_an_account_of_unknown_kind_does_not_join_two_kinds() -> None:
    found = events(
        account("a:i1"),
        account("b:i1", sub_event_type=None),
        account("c:i1", sub_event_type="Armed clash"),
    )
    assert found == [["a:i1", "b:i1"], ["c:i1"]]


def test_a_strike_each_day_is_not_one_endless_event() -> None:
    daily = [account(f"p{n:02}:i1", **on(DAY + timedelta(n))) for n in range(20)]
    assert max(map(len, events(*daily))) == 2


def test_the_line_of_the_date_parts_no_place() -> None:
    found = events(account("a:i1", lon=179.95), other(lon=-179.95))
    assert found == [["a:i1", "b:i1"]]


def test_a_link_tells_its_score_and_reason() -> None:
    links = link(
        DataFrame(
            [
                account("a:i1", killed_best=3, actors=["Army"]),
                account("b:i1", killed_best=3, actors=["Army", "Navy"]),
                account("c:i1", lon=10 + 10 * KM, geoname_id=3, keys=["olena koval", "rybna"]),
                account("d:i1", date_start=None, date_end=None),
                account("e:i1", geoname_id=None, lat=None, lon=None),
                account("f:i1", country_code="YY"),
            ]
        )
    ).links.set_index("incident_id")
    assert links["event_id"].to_list() == ["e:a:i1"] * 3 + ["e:d:i1", "e:e:i1", "e:f:i1"]
    assert links["score"].to_list()[0] == links["score"].to_list()[1] > links["score"].to_list()[2]
    assert links["score"].isna().to_list()[3:] == [True] * 3
    assert links["reason"].to_dict() == {
        "a:i1": "same place, same day, same kind, same number killed, actors in common: as b:i1",
        "b:i1": "same place, same day, same kind, same number killed, actors in common: as a:i1",
        "c:i1": "10 km apart, same day, same kind: as a:i1",
        "d:i1": "alone: no date to link by",
        "e:i1": "alone: no place to link by",
        "f:i1": "the only account",
    }


WORDS = ["rybna", "tolstoy depot", "kovalchuk"]
BY_WORDS = [
    ("rare words, the day misread", {"keys": WORDS}, on(DAY + timedelta(6)), True),
    ("one word is not enough", {"keys": WORDS[:1]}, on(DAY + timedelta(6)), False),
    ("a full name and the region", {"keys": ["olena koval", "rybna"]}, {"geoname_id": 9}, True),
    ("rare words, two kinds", {"keys": WORDS}, {"sub_event_type": "Armed clash"}, True),
    (
        "what was out before it happened",
        {"keys": WORDS},
        {"published": DAY - timedelta(9), **on(DAY - timedelta(9))},
        False,
    ),
    ("after more than a year", {"keys": WORDS}, on(DAY + timedelta(500)), False),
]


@pytest.mark.parametrize(("case", "both", "changed", "same"), BY_WORDS, ids=lambda v: str(v)[:30])
def test_words_speak_for_one_event(
    case: str, both: dict[str, Any], changed: dict[str, Any], same: bool
) -> None:
    region = {"admin1": "Region", **both}
    found = events(account("a:i1", **region), account("b:i1", **{**region, **changed}))
    assert found == ([["a:i1", "b:i1"]] if same else [["a:i1"], ["b:i1"]])


def test_a_person_decides() -> None:
    rows = DataFrame([account("a:i1"), account("b:i1"), account("c:i1", country_code="YY")])
    parted = link(rows, apart=[("b:i1", "a:i1")]).links
    assert parted["event_id"].to_list() == ["e:a:i1", "e:b:i1", "e:c:i1"]
    joined = link(rows, same=[("c:i1", "b:i1"), ("a:i1", "gone:i1")]).links
    assert joined["event_id"].to_list() == ["e:a:i1"] * 3
    assert joined["reason"].to_list()[2] == "decided by a person: as b:i1"
    assert joined["block_id"].nunique() == 1


def test_pairs_that_are_compared_keep_their_score_and_reason() -> None:
    far = account("c:i1", **on(DAY + timedelta(1)), sub_event_type="Armed clash")
    pairs = compare(DataFrame([account("b:i1"), account("a:i1"), far])).set_index(["one", "other"])
    assert list(pairs.index) == [("a:i1", "b:i1")]
    assert pairs.loc[("a:i1", "b:i1"), "reason"] == "same place, same day, same kind"


def test_no_incidents_are_no_events() -> None:
    assert link(DataFrame([account("a:i1")]).iloc[:0]).links.empty


accounts = st.lists(
    st.builds(
        lambda article, kind, day, length, km, prec, keys: {
            "article_id": f"a{article}",
            "sub_event_type": kind,
            "date_start": day and DAY + timedelta(days=day),
            "date_end": day and DAY + timedelta(days=day + length),
            "lon": 10 + km * KM,
            "geoname_id": km,
            "where_prec": prec,
            "keys": keys,
            "killed_best": day,
        },
        st.integers(0, 5),
        st.sampled_from([None, "Armed clash", "Air/drone strike"]),
        st.sampled_from([None, 1, 2, 3, 4, 9]),
        st.integers(0, 9),
        st.sampled_from([0, 10, 20, 30, 60]),
        st.sampled_from([1, 4]),
        st.lists(st.sampled_from(["rybna", "koval", "olena koval"]), unique=True),
    ),
    min_size=1,
    max_size=14,
).map(lambda rows: [account(f"{r['article_id']}:i{n:02}") | r for n, r in enumerate(rows)])


@given(accounts, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=25)
def test_the_order_of_arrival_changes_nothing(rows: list[dict[str, Any]], random: Any) -> None:
    expected = link(DataFrame(rows)).links
    random.shuffle(rows)
    pd.testing.assert_frame_equal(link(DataFrame(rows)).links, expected)


@given(accounts)
@settings(deadline=None, max_examples=25)
def test_each_account_has_one_event_and_each_block_stands_for_itself(
    rows: list[dict[str, Any]],
) -> None:
    links = link(DataFrame(rows)).links
    assert sorted(links["incident_id"]) == sorted(row["incident_id"] for row in rows)
    joined = links.merge(DataFrame(rows)[["incident_id", "article_id"]])
    assert not joined.duplicated(["event_id", "article_id"]).any()
    assert (links.groupby("event_id")["block_id"].nunique() == 1).all()
    least = links.groupby("event_id")["incident_id"].min()
    assert list(least.index) == [f"e:{i}" for i in least]
    for _, block in links.groupby("block_id"):
        members = [row for row in rows if row["incident_id"] in set(block["incident_id"])]
        pd.testing.assert_frame_equal(link(DataFrame(members)).links, block.reset_index(drop=True))
