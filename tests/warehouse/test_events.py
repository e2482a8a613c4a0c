"""Events come out the same however the accounts arrive, and decisions of people hold."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import duckdb
import pytest

from tests.warehouse.frames import article, batch, incident
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
