import csv
import json
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.geo import kilometres
from transforms.model import PlaceMention
from transforms.places import read
from transforms.places.gazetteer import load
from transforms.scoring import score
from transforms.text import read as read_text

CASES = Path(__file__).parents[2] / "cases" / "places.csv"
SHARED = Path(__file__).parents[3].parent / "shared"


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def places(text: str) -> list[PlaceMention]:
    return read(read_text(text), load())


def shown(mention: PlaceMention) -> str:
    values = (mention.name or "~", mention.admin1, mention.country_code, mention.where_prec)
    flag = "!" if mention.region_contradicted else ""
    return f"{mention.text} = {', '.join(str(v or '?') for v in values)}{flag}"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_case(case: dict[str, str]) -> None:
    assert " | ".join(map(shown, places(case["text"]))) == case["expected"]


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            "Kharkiv region near the town of Gaza 's , . - — ( ) in Paris Hilton U.S. $ IN MARCH "
            "Wash. Côte d'Ivoire São St. Oblast and Zeitoun\n\n said Jordan Guliaipole ’s".split(
                " "
            )
        ),
        max_size=40,
    )
)
def test_every_mention_is_its_own_words_in_order(words: list[str]) -> None:
    text = " ".join(words)
    found = places(text)
    assert all(mention.text == text[mention.start : mention.end] for mention in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for mention in places(text):
        assert mention.text == text[mention.start : mention.end]
        assert 0 <= mention.score <= 1
        assert (mention.lat is None) == (mention.lon is None)
        assert mention.where_prec is None or 1 <= mention.where_prec <= 7


def test_the_stated_region_is_kept_as_written() -> None:
    [town, _] = places("Shells hit the town of Guliaipole in Dnipropetrovsk region.")
    assert (town.stated_region, town.region_contradicted) == ("Dnipropetrovsk region", True)


def test_a_village_of_that_name_in_the_stated_region_is_found() -> None:
    text = "A missile hit the village of Huliaipole, Dnipropetrovsk Oblast, Ukraine."
    [village, *_] = places(text)
    assert (village.geoname_id, village.region_contradicted) == (707897, False)


def test_seed_article() -> None:
    path = SHARED / "seed_article.txt"
    if not path.exists():
        pytest.skip("no ../shared here")
    by_text = {m.text: m for m in places(path.read_text(encoding="utf-8"))}
    assert by_text["Izhevsk"].geoname_id == 554840
    assert by_text["Izhevsk"].admin1 == "Udmurt Republic"
    assert by_text["Guliaipole"].geoname_id == 707898
    assert by_text["Guliaipole"].region_contradicted
    assert by_text["Guliaipole"].where_prec == 4
    assert by_text["Lugansk region"].admin1_code == "UA-09"


@pytest.mark.parametrize(
    ("corpus", "f1", "accuracy"), [("geovirus", 0.94, 0.91), ("lgl", 0.78, 0.86)]
)
def test_reach(corpus: str, f1: float, accuracy: float) -> None:
    path = SHARED / "corpora" / f"toponyms_{corpus}_dev.jsonl"
    if not path.exists():
        pytest.skip("no ../shared here")
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    predictions = [
        {"id": row["id"], "places": [asdict(mention) for mention in places(row["text"])]}
        for row in rows
    ]
    reached = {result.metric: result.value for result in score(corpus, rows, predictions).results}
    assert (reached["f1"] or 0) >= f1
    assert (reached["within_161_km"] or 0) >= accuracy


def test_distance() -> None:
    assert kilometres(50.45, 30.52, 55.75, 37.62) == pytest.approx(756, abs=3)


def test_what_was_weighed_is_kept() -> None:
    [mention] = places("A man was hurt in Albany.")
    assert mention.candidates[0].geoname_id == mention.geoname_id
    assert mention.candidates[0].score == mention.score
    assert {c.admin1 for c in mention.candidates} >= {"New York", "Georgia"}
    scores = [c.score for c in mention.candidates]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) <= 1.001


def test_none_of_these_keeps_what_was_weighed() -> None:
    text = "Shots were heard in Uptown, Oakland, California, and again in Uptown."
    [uptown, *_] = places(text)
    assert uptown.geoname_id is None
    assert uptown.score == 0.0
    assert uptown.candidates
