"""Reprints in the warehouse: linked to the earliest, never deleted, and no second source."""

from __future__ import annotations

from datetime import datetime
from itertools import permutations
from typing import Any

import duckdb
import pytest

from tests.warehouse.frames import article, incident
from tests.warehouse.frames import batch as made
from warehouse import ledger
from warehouse.load import load
from warehouse.sql import rows, value

Con = duckdb.DuckDBPyConnection
WIRE = (
    "A drone struck the grain port at dawn on Thursday, setting two silos on fire and killing a "
    "crane driver, the harbour master said. Firemen worked until noon. Ships waited outside the "
    "roads while divers looked for pieces of the wing. The port opened again in the evening. "
)
EDITED = WIRE.replace("at dawn", "early").replace("two", "2") + "More to follow."
OWN = (
    "Three people who had queued for bread described a flash and then silence. The bakery stands "
    "two streets from the harbour, and its windows are gone. A nurse counted eleven patients. "
)
_COPIES = "SELECT article_id, original_id FROM core.article_copy ORDER BY ALL"


def _told(name: str, text: str, hour: int, **given: Any) -> dict[str, Any]:
    return article(name, text, published_at=datetime(2026, 5, 1, hour), **given)


def _load(con: Con, *told: dict[str, Any]) -> None:
    run_id = ledger.start_run(con, "test")
    incidents = [incident(one, killed_low=1, killed_best=1, killed_high=1) for one in told]
    load(con, run_id, made(articles=list(told), incidents=incidents))
    ledger.finish_run(con, run_id)


def test_a_reprint_is_linked_to_the_earliest_and_nothing_is_deleted(con: Con) -> None:
    _load(con, _told("b", EDITED, 14), _told("a", WIRE, 12), _told("c", OWN, 9))
    assert rows(con, _COPIES) == [("b", "a")]
    assert value(con, "SELECT count(*) FROM core.current_article") == 3
    ((share,),) = rows(con, "SELECT similarity FROM mart.article_copies")
    assert 0.4 < share < 1


@pytest.mark.parametrize("first", [True, False])
def test_the_original_may_come_later_than_its_reprints(con: Con, first: bool) -> None:
    one, other = _told("late", EDITED, 14), _told("later", WIRE + WIRE.upper(), 15)
    for told in (one, other) if first else (other, one):
        _load(con, told)
    assert rows(con, _COPIES) == [("later", "late")]
    _load(con, _told("early", WIRE, 6))
    assert rows(con, _COPIES) == [("late", "early"), ("later", "early")]


def test_the_same_text_at_two_addresses_is_one_source(con: Con) -> None:
    _load(con, _told("a", WIRE, 12), _told("b", WIRE, 12), _told("c", OWN, 13))
    assert rows(con, _COPIES) == [("b", "a")]
    query = "SELECT n_articles, n_independent FROM mart.event_toll"
    assert rows(con, query) == [(3, 2)]


def test_an_article_that_is_rewritten_is_no_reprint_any_more(con: Con) -> None:
    _load(con, _told("a", WIRE, 12), _told("b", EDITED, 13))
    assert rows(con, _COPIES) == [("b", "a")]
    _load(con, _told("b", OWN, 13, fetched_at=datetime(2026, 5, 3)))
    assert rows(con, _COPIES) == []
    assert value(con, "SELECT count(*) FROM raw.article WHERE article_id = 'b'") == 2
    assert value(con, "SELECT count(*) FROM core.article_pair") == 0


def _on(name: str, day: datetime | None, text: str = WIRE, **given: Any) -> dict[str, Any]:
    return article(name, text, published_at=day, published_on=day.date() if day else None, **given)


@pytest.mark.parametrize("order", [*permutations("abc"), ("abc",)])
def test_what_is_printed_again_much_later_tells_of_another_occasion(
    con: Con, order: tuple[str, ...]
) -> None:
    days = {"a": datetime(2025, 1, 1), "b": datetime(2025, 2, 20), "c": datetime(2026, 1, 1)}
    for names in order:
        _load(con, *[_on(name, days[name]) for name in names])
    assert rows(con, _COPIES) == [("b", "a")]


@pytest.mark.parametrize("order", [*permutations("amb"), ("amb",)])
def test_who_is_far_from_the_first_is_near_to_the_one_between(
    con: Con, order: tuple[str, ...]
) -> None:
    days = {"a": datetime(2025, 1, 1), "m": datetime(2025, 2, 20), "b": datetime(2025, 4, 10)}
    for names in order:
        _load(con, *[_on(name, days[name]) for name in names])
    assert rows(con, _COPIES) == [("b", "a"), ("m", "a")]
    _load(con, _on("m", days["m"], OWN, fetched_at=datetime(2026, 5, 3)))
    assert rows(con, _COPIES) == []


@pytest.mark.parametrize("order", [*permutations("aub"), ("aub",)])
def test_a_text_without_a_day_may_be_a_reprint_of_any(con: Con, order: tuple[str, ...]) -> None:
    days = {"a": datetime(2025, 1, 1), "u": None, "b": datetime(2026, 1, 1)}
    for names in order:
        _load(con, *[_on(name, days[name]) for name in names])
    assert rows(con, _COPIES) == [("u", "a")]


def test_those_whose_links_are_rewritten_are_paired_anew(con: Con) -> None:
    _load(con, *[_told(name, WIRE, hour) for hour, name in enumerate("abcd")])
    changed = [
        _told(name, f"{OWN} {name}", hour, fetched_at=datetime(2026, 5, 3))
        for hour, name in ((0, "a"), (2, "c"))
    ]
    _load(con, *changed)
    assert rows(con, _COPIES) == [("c", "a"), ("d", "b")]


def test_of_many_reprints_each_is_measured_against_a_few(con: Con) -> None:
    told = [_told(f"a{n:03}", WIRE + f"Number {n} of the edition.", n % 24) for n in range(60)]
    _load(con, *told)
    assert value(con, "SELECT count(*) FROM core.article_copy") == 59
    assert value(con, "SELECT count(DISTINCT original_id) FROM core.article_copy") == 1
    pairs = value(con, "SELECT count(*) FROM core.article_pair")
    assert pairs < 60 * 10


def test_texts_without_words_are_no_trouble(con: Con) -> None:
    _load(con, _told("a", "...", 1), _told("b", "...", 2), _told("c", WIRE, 3))
    assert rows(con, _COPIES) == []
