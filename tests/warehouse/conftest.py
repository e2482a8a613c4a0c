from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from warehouse import schema


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """A new warehouse in memory."""
    connection = duckdb.connect()
    schema.ensure(connection)
    yield connection
    connection.close()
