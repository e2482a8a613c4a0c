"""Questions to the published snapshot: SQL in, an Arrow table out, errors in one line."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse import dictionary, statements
from warehouse.connect import reader
from warehouse.errors import QueryError
from warehouse.sql import value

_MISSING = "does not exist"


@dataclass(frozen=True, slots=True)
class TableInfo:
    """A table, view or table macro of the snapshot."""

    name: str
    kind: str  # table | view | macro
    description: str
    rows: int | None  # of a macro None: they depend on what it is asked


def run_sql(home: Path, sql: str) -> pa.Table:
    """Answer SQL from the published snapshot.

    Args:
        home: the data folder.
        sql: one statement, or several of which the last gives the result. Names are looked up in
            mart, core, raw and quality, in that order.

    Raises:
        NoSnapshotError: nothing is published yet.
        QueryError: the SQL cannot be answered; the message is one line.
    """
    return [pa.table({}), *run_all(home, sql)][-1]


def records(home: Path, sql: str) -> list[dict[str, Any]]:
    """The same answer as one dict a row.

    Raises:
        NoSnapshotError, QueryError: as ``run_sql`` does.
    """
    found: list[dict[str, Any]] = run_sql(home, sql).to_pylist()
    return found


def run_all(home: Path, sql: str) -> list[pa.Table]:
    """The same for several statements: the answers of those that have one, in order."""
    with reader(home) as con:
        try:
            return _stoppable(con, sql)
        except duckdb.Error as error:
            raise QueryError(_in_one_line(str(error))) from None


def tables(home: Path) -> list[TableInfo]:
    """All tables, views and macros with their descriptions and row counts.

    Raises:
        NoSnapshotError: nothing is published yet.
    """
    with reader(home) as con:
        return [
            TableInfo(
                name,
                statements.kind(name),
                entry.description,
                None if statements.is_macro(name) else value(con, f"SELECT count(*) FROM {name}"),
            )
            for name, entry in sorted(dictionary.load().objects.items())
        ]


def _stoppable(con: duckdb.DuckDBPyConnection, sql: str) -> list[pa.Table]:
    """The answers, in a thread: this one waits and hears a signal, as DuckDB at work may not."""
    with ThreadPoolExecutor(1) as thread:
        answers = thread.submit(_answers, con, sql)
        try:
            return answers.result()
        except BaseException:
            con.interrupt()
            raise


def _answers(con: duckdb.DuckDBPyConnection, sql: str) -> list[pa.Table]:
    statements = con.extract_statements(sql)
    if not statements:
        raise QueryError("there is no SQL statement to run")
    results = map(con.sql, statements)
    return [result.to_arrow_table() for result in results if result is not None]


def _in_one_line(message: str) -> str:
    """DuckDB's message without its drawing of the query, and what may have been meant."""
    lines = [line.strip() for line in message.split("\n\nLINE ")[0].splitlines() if line.strip()]
    line = " ".join(lines)
    if _MISSING in line and "Did you mean" not in line:
        return line + _hint(line)
    return line


def _hint(line: str) -> str:
    before = line.split(_MISSING)[0].split()
    asked = before[-1].strip('"!').lower() if before else ""
    short = {name.partition(".")[2]: name for name in dictionary.load().objects}
    near = get_close_matches(asked.rpartition(".")[2], list(short), n=3, cutoff=0.5)
    return f" Did you mean {' or '.join(short[name] for name in near)}?" if near else ""
