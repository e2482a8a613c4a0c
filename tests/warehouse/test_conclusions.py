"""What is kept of each event is what its view gives, however the accounts have come."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import duckdb
import pytest

from seeds.corrections import LinkDecision
from tests.warehouse.frames import PLACES, batch, claim, part, report, together
from tests.warehouse.test_tolls import changed, said
from warehouse import conclusions, schema
from warehouse.decisions import follow
from warehouse.ledger import start_run
from warehouse.load import load
from warehouse.sql import rows, value

Con = duckdb.DuckDBPyConnection
_SPEAKERS = (None, "police", "hospital officials", "Hamas", "the defence ministry")


def _account(random: Random, name: str) -> dict[str, Any]:
    """An account of one of a few events; a later one of the same name is a new version of it."""
    day = date(2026, 4, 28) + timedelta(days=random.randint(0, 2))
    given: dict[str, Any] = {
        "place": random.choice(list(PLACES)),
        "date_start": day,
        "date_end": day,
        "actors": tuple(random.sample(("Hamas", "Military Forces of Israel", "Rebels"), 2)),
        "text": random.choice(("The mayor spoke of a long night. " * 4, f"{name} went there. ")),
        "hospitalised_best": random.choice((None, 2)),
    }
    hour, killed = random.randint(1, 30), random.randint(1, 4)
    if random.random() < 0.3:
        one = changed(name, killed, killed + 1, hour, **given)
    else:
        one = said(name, killed, hour, random.choice(_SPEAKERS), **given)
    row = one["articles"][0]
    one["incidents"][0]["place_span_start"] = one["places"][0]["span_start"]
    roles = ("claimed", "blamed", "attacker", "target", "unclaimed")
    told = [part(random.choice(roles), actor) for actor in given["actors"]]
    one["incidents"][0]["actor_roles"] = json.dumps(told)
    one["claims"].append(
        claim(row, "A drone struck", None, measure="injured", incident_id=None, certainty="denied")
    )
    return one


def _loads(con: Con, random: Random) -> None:
    """Batches that bring accounts, newer versions of them and, at last, all of one batch again."""
    run = start_run(con, "test")
    for number in range(4):
        names = sorted({f"p{random.randint(0, 12)}" for _ in range(5)})
        told = [_account(random, name) for name in names]
        for one in told:
            for row in one["articles"]:
                row["fetched_at"] = datetime(2026, 5, 3 + number)
        load(con, run, batch(number, **together(*told)))
    load(con, run, batch(9, **together(*told), rebuild=True))


@pytest.mark.parametrize("seed", range(3))
def test_every_load_keeps_what_the_views_give(
    con: Con, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conclusions, "SLICE", 2)
    _loads(con, Random(seed))
    assert conclusions.differing(con) == []
    for name in conclusions.kept():
        assert value(con, f"SELECT count(*) FROM {name}"), f"nothing in {name}"


def test_a_decision_changes_what_is_kept(con: Con) -> None:
    one, other = report("a", 3, hour=1), report("b", 5, hour=2)
    run = start_run(con, "test")
    load(con, run, batch(0, **together(one, other)))
    ours, theirs = (each["articles"][0]["version_id"] for each in (one, other))
    apart = LinkDecision("a:i1", "b:i1", "apart", ours, theirs, "Olena", "2026-05-04", "two")
    follow(con, run, [apart])
    assert rows(con, "SELECT event_id, killed_best FROM mart.event_toll ORDER BY ALL") == [
        ("e:a:i1", 3),
        ("e:b:i1", 5),
    ]
    follow(con, run, [])
    assert rows(con, "SELECT event_id, killed_best FROM mart.event_toll") == [("e:a:i1", 5)]
    assert conclusions.differing(con) == []


def test_only_the_events_that_a_load_touches_are_worked_out(con: Con) -> None:
    run = start_run(con, "test")
    load(con, run, batch(0, **together(report("a", 3), report("b", 4, place="Kherson"))))
    con.execute("UPDATE mart.event_sentence SET sentence = 'as it was'")
    load(con, run, batch(1, **report("c", 5, hour=20)))
    query = "SELECT event_id FROM mart.event_sentence WHERE sentence = 'as it was'"
    assert rows(con, query) == [("e:b:i1",)]


def test_what_is_kept_is_worked_out_anew_when_the_rules_have_changed(con: Con) -> None:
    load(con, start_run(con, "test"), batch(0, **report("a", 3)))
    con.execute("UPDATE mart.event_toll SET killed_best = 99")
    con.execute("UPDATE quality.schema_version SET fingerprint = 'of an older release'")
    schema.ensure(con)
    assert conclusions.differing(con) == []
    assert value(con, "SELECT killed_best FROM mart.event_toll") == 3


def test_a_difference_is_seen(con: Con) -> None:
    load(con, start_run(con, "test"), batch(0, **report("a", 3)))
    con.execute("UPDATE mart.event_toll SET killed_best = 99")
    assert "mart.event_toll" in conclusions.differing(con)
