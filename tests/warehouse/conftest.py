from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from warehouse import schema


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new warehouse, made once: every test gets a copy."""
    path = tmp_path_factory.mktemp("empty") / "tollbook.duckdb"
    with duckdb.connect(path) as con:
        schema.ensure(con)
    return path


@pytest.fixture
def con(empty_warehouse: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A new warehouse, open for writing."""
    path = shutil.copy(empty_warehouse, tmp_path / "own.duckdb")
    with duckdb.connect(path) as connection:
        yield connection
