from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from tests.warehouse.frames import batch, report, together
from warehouse import dictionary
from warehouse.connect import writer
from warehouse.errors import NoSnapshotError, QueryError
from warehouse.ledger import start_run
from warehouse.load import load
from warehouse.publish import publish
from warehouse.query import run_sql, tables


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    with writer(home) as con:
        reports = together(report("a", 3), report("b", 4, place="Kherson"))
        load(con, start_run(con, "test"), batch(0, **reports))
    publish(home)
    return home


ANSWERS = [
    ("a view", "SELECT killed_best FROM mart.event_toll ORDER BY 1", [3, 4]),
    ("without its schema", "SELECT killed_best FROM event_toll ORDER BY 1", [3, 4]),
    ("a semicolon", "SELECT 1;", [1]),
    ("a comment", "SELECT 1 -- one", [1]),
    ("the last of several", "SELECT 1; SELECT 2", [2]),
    ("through a temporary table", "CREATE TEMP TABLE t AS SELECT 7 AS a; FROM t", [7]),
    ("no rows", "SELECT killed_best FROM event_toll WHERE false", []),
    ("FROM first", "FROM event_toll SELECT count(*)", [2]),
]


@pytest.mark.parametrize(("case", "sql", "expected"), ANSWERS, ids=[c[0] for c in ANSWERS])
def test_answers(home: Path, case: str, sql: str, expected: list[int]) -> None:
    assert run_sql(home, sql).column(0).to_pylist() == expected


ERRORS = [
    ("nothing", "  ", "there is no SQL statement"),
    ("a comment alone", "-- nothing", "there is no SQL statement"),
    ("a slip", "SELCT 1", 'syntax error at or near "SELCT"'),
    ("a table misspelt", "FROM mart.event_tol", "event_tol does not exist.*event_toll"),
    ("a table without schema", "FROM casualty_daily", "casualties_daily"),
    ("a column misspelt", "SELECT killed_bets FROM event_toll", "killed_bets.*killed_best"),
    ("a writing statement", "DELETE FROM raw.article", "read-only"),
    ("a file", "FROM read_csv('/etc/passwd')", "disabled by configuration"),
    ("a conversion", "SELECT 'x'::INT", "Could not convert"),
    ("the first of two", "SELECT nothing; SELECT 1", "nothing"),
]


@pytest.mark.parametrize(("case", "sql", "message"), ERRORS, ids=[c[0] for c in ERRORS])
def test_errors_are_one_clear_line(home: Path, case: str, sql: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        run_sql(home, sql)
    assert "\n" not in str(caught.value)
    assert "^" not in str(caught.value)


def test_tables_lists_everything_with_words_and_counts(home: Path) -> None:
    found = {table.name: table for table in tables(home)}
    assert set(found) == set(dictionary.load().objects)
    assert (found["raw.article"].kind, found["raw.article"].rows) == ("table", 2)
    assert (found["mart.event_toll"].kind, found["mart.event_toll"].rows) == ("view", 2)
    assert all(table.description for table in found.values())


def test_there_is_nothing_to_ask_before_the_first_run(tmp_path: Path) -> None:
    with pytest.raises(NoSnapshotError, match="run `tollbook run` first"):
        run_sql(tmp_path, "SELECT 1")
    with pytest.raises(NoSnapshotError):
        tables(tmp_path)


def test_a_long_query_can_be_stopped(home: Path) -> None:
    # Where tests run in the background, the signal would be ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
        with pytest.raises(KeyboardInterrupt):
            run_sql(home, "SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b")
    finally:
        signal.signal(signal.SIGINT, before)
    assert run_sql(home, "SELECT 1").num_rows == 1
