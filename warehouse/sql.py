"""Small helpers for SQL. Results are always read to the end: DuckDB refuses new work before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb


def rows(
    con: duckdb.DuckDBPyConnection, query: str, values: Sequence[Any] = ()
) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    return con.execute(query, list(values)).fetchall()


def records(con: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    """All rows of a query, each with its columns' names."""
    found: list[dict[str, Any]] = con.sql(query).to_arrow_table().to_pylist()
    return found


def value(con: duckdb.DuckDBPyConnection, query: str, values: Sequence[Any] = ()) -> Any:
    """The first column of the first row; None if there is no row."""
    found = rows(con, query, values)
    return found[0][0] if found else None


def picked(table: str, which: str) -> str:
    """A query of a few rows of a large table: of the others, what decides is read and no more.

    Args:
        table: A table; DuckDB would read all columns of all of its rows for a join.
        which: What follows it in a query of the rows that are meant; the table's alias is t.
    """
    return f"FROM {table} WHERE rowid IN (SELECT t.rowid FROM {table} AS t {which})"


def columns(con: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """The columns of a table or view, in order: ``columns(con, "core.claim")``."""
    query = (
        "SELECT column_name FROM duckdb_columns() "
        "WHERE schema_name = ? AND table_name = ? ORDER BY column_index"
    )
    return [row[0] for row in rows(con, query, name.split("."))]


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All or nothing: what is done inside is rolled back on any error or interrupt."""
    con.execute("BEGIN")
    try:
        yield
    except BaseException:
        con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")
