"""The schema as files: tables, views and comments are made from them, older ones are migrated.

``ddl/``, ``views/`` and ``macros/`` hold one object a file, named ``schema.object.sql``;
``columns.toml`` says what each is and in which order they are made; ``migrations/NNNN_what.sql``
brings a warehouse from version NNNN-1 to NNNN. A new warehouse is made from ``ddl/`` and has the
latest version at once.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

from warehouse import conclusions, dictionary, statements
from warehouse.errors import SchemaError
from warehouse.sql import columns, quoted, rows, transaction, value
from warehouse.statements import FOLDER

MIGRATIONS = FOLDER / "migrations"
#: The version of the tables in the first release; migrations count on from it.
_FIRST = 1
_FINGERPRINT = "SELECT fingerprint FROM quality.schema_version"


def ensure(con: duckdb.DuckDBPyConnection, migrations: Path = MIGRATIONS) -> None:
    """Make, migrate or leave the schema so that it is the one of this Tollbook.

    Raises:
        SchemaError: the warehouse has a newer version than this Tollbook knows.
    """
    found = version(con)
    wanted = latest(migrations)
    if found is not None and found > wanted:
        raise SchemaError(
            f"this warehouse has schema version {found}, made by a newer Tollbook; this one knows "
            f"version {wanted}: upgrade Tollbook, or choose another data folder"
        )
    current = fingerprint(migrations)
    if found == wanted and value(con, _FINGERPRINT) == current:
        return
    with transaction(con):
        _drop_conclusions(con)
        if found is None:
            _create_tables(con)
        else:
            _migrate(con, found, migrations)
        _create_conclusions(con)
        _comment(con)
        con.execute("DELETE FROM quality.schema_version")
        insert = "INSERT INTO quality.schema_version VALUES (?, ?, now() AT TIME ZONE 'UTC')"
        con.execute(insert, [wanted, current])


def latest(migrations: Path = MIGRATIONS) -> int:
    """The version that the newest migration leads to."""
    return max(_numbered(migrations), default=_FIRST)


def version(con: duckdb.DuckDBPyConnection) -> int | None:
    """The version of an open warehouse; None if it is new."""
    query = "SELECT count(*) FROM duckdb_tables() WHERE schema_name = ? AND table_name = ?"
    if value(con, query, ["quality", "schema_version"]) == 0:
        return None
    return int(value(con, "SELECT version FROM quality.schema_version"))


def fingerprint(migrations: Path = MIGRATIONS) -> str:
    """A digest of every file of the schema: while it is the same, there is nothing to do."""
    digest = hashlib.sha256((FOLDER / "columns.toml").read_bytes())
    for name in sorted(dictionary.load().objects):
        digest.update(name.encode() + statements.read(name).encode())
    for path in sorted(migrations.glob("*.sql")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _numbered(migrations: Path) -> dict[int, Path]:
    return {int(path.name[:4]): path for path in sorted(migrations.glob("[0-9]" * 4 + "_*.sql"))}


def _drop_conclusions(con: duckdb.DuckDBPyConnection) -> None:
    """Drop views, macros and what is kept of them; statements stay."""
    own = "NOT internal AND database_name = current_database()"
    for kind, query in (
        ("VIEW", f"SELECT schema_name, view_name FROM duckdb_views() WHERE {own}"),
        ("MACRO TABLE", f"SELECT schema_name, function_name FROM duckdb_functions() WHERE {own}"),
        ("TABLE", f"SELECT schema_name, table_name FROM duckdb_tables() WHERE {own}"),
    ):
        for schema, name in sorted(set(rows(con, query))):
            if kind != "TABLE" or schema == "mart" or statements.is_view(f"{schema}.{name}"):
                con.execute(f'DROP {kind} "{schema}"."{name}"')


def _create_tables(con: duckdb.DuckDBPyConnection) -> None:
    for schema in dictionary.SCHEMAS:
        con.execute(f"CREATE SCHEMA {schema}")
    for name in dictionary.load().objects:
        if statements.is_table(name):
            con.execute(statements.read(name))


def _migrate(con: duckdb.DuckDBPyConnection, found: int, migrations: Path) -> None:
    for number, path in _numbered(migrations).items():
        if number > found:
            con.execute(path.read_text(encoding="utf-8"))


def _create_conclusions(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("CREATE SCHEMA IF NOT EXISTS rule")
    for name in dictionary.load().objects:
        if name in conclusions.kept():
            conclusions.make(con, name)
        elif statements.is_list(name):
            con.execute(statements.read(name).replace("CREATE VIEW", "CREATE TABLE", 1))
        elif not statements.is_table(name):
            con.execute(statements.read(name))
    conclusions.refresh_all(con)


def _comment(con: duckdb.DuckDBPyConnection) -> None:
    for name, entry in dictionary.load().objects.items():
        held = name in conclusions.kept() or statements.is_list(name)
        kind = "table" if held else statements.kind(name)
        what = {"table": "TABLE", "view": "VIEW", "macro": "MACRO TABLE"}[kind]
        con.execute(f"COMMENT ON {what} {name} IS {quoted(entry.description)}")
        for column in columns(con, name):
            text = dictionary.load().column(name, column).text
            con.execute(f"COMMENT ON COLUMN {name}.{column} IS {quoted(text)}")
