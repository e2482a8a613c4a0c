"""Rules across tables: SQL files that return the rows that break them, and figures over time.

A file of ``checks/`` is one rule: its first line says how grave a break is and what it is about,
its second is the sentence that people read, its query gives the offending rows. Those of
``trends/`` give figures, each with the bounds that it should keep; expectations/trends.py judges.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from warehouse.errors import WarehouseError
from warehouse.ledger import utc
from warehouse.sql import columns, quoted, rows, transaction, value

FOLDER = Path(__file__).resolve().parent
SUITE = "warehouse"
SAMPLE_ROWS = 5
_SEVERITIES = ("critical", "warning", "info")
#: Events that this run has made or changed, as the suite of events has them.
_EVENTS = (
    "FROM mart.event_toll SEMI JOIN "
    "(FROM core.event WHERE run_id = getvariable('run_id')) USING (event_id)"
)


@dataclass(frozen=True)
class Check:
    """A rule: its query returns what breaks it."""

    name: str
    severity: str
    about: str  # the table whose rows it looks at
    sentence: str
    query: str


@cache
def catalogue() -> tuple[Check, ...]:
    """The rules of ``checks/``.

    Raises:
        WarehouseError: a file does not begin with its two lines.
    """
    return tuple(map(_read, sorted((FOLDER / "checks").glob("*.sql"))))


def _read(path: Path) -> Check:
    head, sentence, query = path.read_text(encoding="utf-8").split("\n", 2)
    severity, _, about = head.removeprefix("-- ").partition(", about ")
    if severity not in _SEVERITIES or not about or not sentence.startswith("-- "):
        raise WarehouseError(f"{path}: should begin with '-- SEVERITY, about TABLE' and a sentence")
    return Check(path.stem, severity, about, sentence.removeprefix("-- "), query)


def run(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Try every rule on the whole warehouse; rows of quality.check_result without the run.

    A rule whose query fails is errored, which is neither passed nor failed.
    """
    return [judge(con, check) for check in catalogue()]


def judge(con: duckdb.DuckDBPyConnection, check: Check) -> dict[str, Any]:
    """One rule's row of quality.check_result."""
    said = {"suite": SUITE, "expectation": check.name, "severity": check.severity}
    try:
        found = con.sql(check.query).to_arrow_table()
        looked_at = value(con, f"SELECT count(*) FROM {check.about}")
    except duckdb.Error as error:
        broken = [{"error": str(error).splitlines()[0]}]
        return _result(said, check.sentence, "errored", 0, 0, broken)
    sample = found.slice(0, SAMPLE_ROWS).to_pylist()
    status = "failed" if found.num_rows else "passed"
    return _result(said, check.sentence, status, looked_at, found.num_rows, sample)


def _result(
    said: Mapping[str, Any], sentence: str, status: str, checked: int, unexpected: int, sample: Any
) -> dict[str, Any]:
    shown = json.dumps(sample, ensure_ascii=False, default=str)
    counts = {"status": status, "checked": checked, "unexpected": unexpected}
    return {**said, **counts, "sentence": sentence, "sample": shown}


def figures(
    con: duckdb.DuckDBPyConnection, run_id: str, as_of: datetime | None = None
) -> dict[str, pd.DataFrame]:
    """The events of a run and its figures over time, as the suites ``events`` and ``trends``.

    Args:
        con: the writer's connection.
        run_id: the run, all its batches loaded.
        as_of: the time from which days are counted back, UTC; now by default.
    """
    con.execute(f"SET VARIABLE run_id = {quoted(run_id)}")
    con.execute(f"SET VARIABLE as_of = TIMESTAMP {quoted(str(utc(as_of)))}")
    trends = [
        con.execute(path.read_text(encoding="utf-8")).df()
        for path in sorted((FOLDER / "trends").glob("*.sql"))
    ]
    return {"events": con.execute(_EVENTS).df(), "trends": pd.concat(trends, ignore_index=True)}


def book(con: duckdb.DuckDBPyConnection, run_id: str, results: Iterable[Mapping[str, Any]]) -> None:
    """Book results of a run beside those of its batches; booking them again replaces them."""
    names = columns(con, "quality.check_result")
    given = [{**row, "run_id": run_id} for row in results]
    target = con.sql("SELECT * FROM quality.check_result LIMIT 0").to_arrow_table().schema
    con.register("given", pa.Table.from_pylist(given, schema=target))
    with transaction(con):
        con.execute(
            "DELETE FROM quality.check_result AS t USING given AS g WHERE t.run_id = g.run_id "
            "AND t.suite = g.suite AND t.expectation = g.expectation"
        )
        con.execute(f"INSERT INTO quality.check_result SELECT {', '.join(names)} FROM given")
    con.unregister("given")


def booked(con: duckdb.DuckDBPyConnection, run_id: str) -> list[dict[str, Any]]:
    """What a run's expectations found, those that a person should see first on top."""
    names = ("suite", "expectation", "severity", "status", "checked", "unexpected", "sentence")
    query = (
        f"SELECT {', '.join(names)} FROM quality.check_result WHERE run_id = ? ORDER BY "
        "list_position(['errored', 'failed', 'passed'], status), "
        "list_position(['critical', 'warning', 'info'], severity), suite, expectation"
    )
    return [dict(zip(names, row, strict=True)) for row in rows(con, query, [run_id])]
