"""Events come out the same however the accounts arrive, and decisions of people hold."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import duckdb
import pytest

from seeds.corrections import LinkDecision
from tests.warehouse.frames import article, batch, incident
from warehouse.decisions import follow
from warehouse.ledger import start_run
from warehouse.load import load
from warehouse.schema import ensure
from warehouse.sql import rows

Con = duckdb.DuckDBPyConnection
Account = tuple[dict[str, Any], list[dict[str, Any]]]
_WORDS = ("rybna", "kovalchuk", "tolstoy", "olena koval", "ivan bily", "peresyp")


def _accounts(seed: int, n: int = 40) -> list[Account]:
    """Articles of one or two incidents each, many of them near each other in every way."""
    random = Random(seed)
    made = []
    for number in range(n):
        told = article(
            f"a{number:02}",
            f"Report number {number}.",
            published_at=datetime(2026, 5, random.randint(1, 9), 12, 0),
            published_on=date(2026, 5, random.randint(1, 9)),
        )
        of = [
            incident(
                told,
                which,
                place=random.choice(("Odesa", "Chornomorsk", "Kherson", None)),
                date_start=(day := date(2026, 4, 28) + timedelta(days=random.randint(0, 6))),
                date_end=day + timedelta(days=random.choice((0, 0, 0, 2, 30))),
                sub_event_type=random.choice(("Air/drone strike", "Armed clash", None)),
                killed_best=random.choice((None, 1, 3)),
                link_keys=random.sample(_WORDS, random.randint(0, 3)),
            )
            for which in range(1, random.choice((2, 2, 3)))
        ]
        made.append((told, of))
    return made


def _events(batches: list[list[Account]]) -> dict[str, list[Any]]:
    """What is linked after loading these batches one after another into a new warehouse."""
    con = duckdb.connect()
    ensure(con)
    run = start_run(con, "test")
    for number, accounts in enumerate(batches):
        articles = [told for told, _ in accounts]
        incidents = [one for _, of in accounts for one in of]
        load(con, run, batch(number, articles=articles, incidents=incidents))
    tables = ("core.event_incident", "core.incident_pair")
    found = {table: rows(con, f"FROM {table} ORDER BY ALL") for table in tables}
    con.close()
    return found


@pytest.mark.parametrize("seed", range(4))
def test_the_order_and_the_batches_of_arrival_change_nothing(seed: int) -> None:
    accounts = _accounts(seed)
    expected = _events([accounts])
    assert len({event for event, *_ in expected["core.event_incident"]}) < 40
    random = Random(seed)
    random.shuffle(accounts)
    cuts = sorted(random.sample(range(1, len(accounts)), 6))
    batches = [accounts[a:b] for a, b in zip([0, *cuts], [*cuts, len(accounts)], strict=True)]
    assert _events(batches) == expected


def _two(con: Con, **given: Any) -> tuple[str, list[LinkDecision]]:
    """Two accounts in a warehouse, and a run and a decision that they are of two events."""
    run = start_run(con, "test")
    one, other = article("one", "Three died."), article("other", "Three people died.")
    of = [incident(one), incident(other, **given)]
    load(con, run, batch(0, articles=[one, other], incidents=of))
    versions = one["version_id"], other["version_id"]
    decision = LinkDecision("one:i1", "other:i1", "apart", *versions, "Olena", "2026-05-04", "two")
    return run, [decision]


def _linked(con: Con) -> list[str]:
    return [event for (event,) in rows(con, "SELECT DISTINCT event_id FROM core.event ORDER BY 1")]


def _questions(con: Con) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = rows(
        con, "SELECT question, one, other FROM mart.link_review ORDER BY rank"
    )
    return found


def test_a_decision_holds_until_it_is_taken_back(con: Con) -> None:
    run, decisions = _two(con)
    assert _linked(con) == ["e:one:i1"]
    assert follow(con, run, decisions) == 1
    assert _linked(con) == ["e:one:i1", "e:other:i1"]
    assert _questions(con) == []
    assert follow(con, run, decisions) == 0
    assert follow(con, run, []) == 1
    assert _linked(con) == ["e:one:i1"]


def test_a_decision_puts_together_what_nothing_links(con: Con) -> None:
    run, (decision,) = _two(con, place="Kherson", date_start=date(2025, 1, 1), date_end=None)
    assert _linked(con) == ["e:one:i1", "e:other:i1"]
    follow(con, run, [decision._replace(decision="same")])
    assert _linked(con) == ["e:one:i1"]
    reasons = rows(con, "SELECT reason FROM core.event_incident ORDER BY incident_id")
    assert reasons == [
        ("decided by a person: as other:i1",),
        ("decided by a person: as one:i1",),
    ]


def test_a_decision_made_before_the_articles_came_holds_when_they_come(con: Con) -> None:
    _, decisions = _two(con)
    with duckdb.connect() as later:
        ensure(later)
        run = start_run(later, "test")
        follow(later, run, decisions)
        for number, name in enumerate(("one", "other")):
            text = "Three died." if name == "one" else "Three people died."
            told = article(name, text)
            load(later, run, batch(number, articles=[told], incidents=[incident(told)]))
        assert _linked(later) == ["e:one:i1", "e:other:i1"]


def test_a_decision_opens_again_when_a_text_changes(con: Con) -> None:
    run, decisions = _two(con)
    follow(con, run, decisions)
    told = article("other", "Four people died.", fetched_at=datetime(2026, 5, 3))
    load(con, run, batch(1, articles=[told], incidents=[incident(told)]))
    assert _linked(con) == ["e:one:i1"]
    assert _questions(con) == [("decided of other texts", "one:i1", "other:i1")]


def test_doubtful_links_and_lookalikes_are_to_be_reviewed(con: Con) -> None:
    _two(con, date_start=date(2026, 5, 1), date_end=date(2026, 5, 1), weapon="missile", actors=[])
    assert _questions(con) == [("apart, but alike", "one:i1", "other:i1")]
    later = article("third", "Three were killed.")
    near = incident(later, place="Chornomorsk", actors=["Others"])
    load(con, start_run(con, "test"), batch(0, articles=[later], incidents=[near]))
    assert ("linked, but doubtful", "one:i1", "third:i1") in _questions(con)
