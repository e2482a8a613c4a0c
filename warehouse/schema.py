"""The schema as files: tables, views and comments are made from them, older ones are migrated.

``ddl/``, ``views/`` and ``macros/`` hold one object a file, named ``schema.object.sql``;
``columns.toml`` says what each is and in which order they are made; ``migrations/NNNN_what.sql``
brings a warehouse from version NNNN-1 to NNNN. A new warehouse is made from ``ddl/`` and has the
latest version at once. In a view, ``seed('codes/sub_events.csv')`` stands for the rows of that
seed, ``roster()`` for the actors of the lexicon, ``latin(name, language)`` for a name in Latin
letters.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

import duckdb

from seeds import read
from warehouse import dictionary, latin
from warehouse.errors import SchemaError
from warehouse.sql import columns, quoted, rows, transaction, value

FOLDER = Path(__file__).resolve().parent
MIGRATIONS = FOLDER / "migrations"
#: The version of the tables in the first release; migrations count on from it.
_FIRST = 1
_SEED = re.compile(r"\bseed\('([\w./]+\.csv)'\)")
_ROSTER = re.compile(r"\broster\(\)")
_LATIN = re.compile(r"\blatin\(([\w.]+), ([\w.]+)\)")
_FOLDERS = {"table": "ddl", "view": "views", "macro": "macros"}
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
        _drop_views(con)
        if found is None:
            _create_tables(con)
        else:
            _migrate(con, found, migrations)
        _create_views(con)
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


def is_view(name: str) -> bool:
    """Whether an object of the dictionary is a view."""
    return (FOLDER / "views" / f"{name}.sql").is_file()


def is_macro(name: str) -> bool:
    """Whether an object of the dictionary is a table macro: a view that is asked with arguments."""
    return (FOLDER / "macros" / f"{name}.sql").is_file()


def is_table(name: str) -> bool:
    """Whether an object of the dictionary holds rows of its own."""
    return not is_view(name) and not is_macro(name)


def kind(name: str) -> str:
    """What an object of the dictionary is: table, view or macro."""
    return "view" if is_view(name) else "macro" if is_macro(name) else "table"


def statement(name: str) -> str:
    """The SQL that makes an object: ``statement("core.claim")``.

    Raises:
        SchemaError: no file makes it.
    """
    path = FOLDER / _FOLDERS[kind(name)] / f"{name}.sql"
    if not path.is_file():
        raise SchemaError(f"warehouse/columns.toml names {name}, which no .sql file makes")
    text = _SEED.sub(lambda found: _seed(found[1]), path.read_text(encoding="utf-8"))
    text = _LATIN.sub(lambda found: latin.expression(found[1], found[2]), text)
    return _ROSTER.sub(lambda _: _roster(), text)


def _seed(name: str) -> str:
    """The rows of a CSV seed as SQL: the columns have the names of its header."""
    found = read.rows(name)
    return _values("seed", found[0], (row.values() for row in found))


def _roster() -> str:
    """The actors that a text can name, as SQL."""
    from transforms import actors  # with all the reading of texts, which a question does not need

    return _values(
        "roster",
        ("name", "inter", "country", "is_generic"),
        ((a.name, str(a.inter), a.country or "", a.generic) for a in actors.roster().values()),
    )


def _values(name: str, header: Iterable[str], found: Iterable[Iterable[str | bool]]) -> str:
    lines = (f"({', '.join(map(_literal, row))})" for row in found)
    return f"(VALUES {', '.join(lines)}) AS {name} ({', '.join(header)})"


def _literal(value: str | bool) -> str:
    return quoted(value) if isinstance(value, str) else str(value)


def fingerprint(migrations: Path = MIGRATIONS) -> str:
    """A digest of every file of the schema: while it is the same, there is nothing to do."""
    digest = hashlib.sha256((FOLDER / "columns.toml").read_bytes())
    for name in sorted(dictionary.load().objects):
        digest.update(name.encode() + statement(name).encode())
    for path in sorted(migrations.glob("*.sql")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _numbered(migrations: Path) -> dict[int, Path]:
    return {int(path.name[:4]): path for path in sorted(migrations.glob("[0-9]" * 4 + "_*.sql"))}


def _drop_views(con: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal"
    for schema, view in rows(con, query):
        con.execute(f'DROP VIEW "{schema}"."{view}"')
    query = "SELECT DISTINCT schema_name, function_name FROM duckdb_functions() WHERE NOT internal"
    for schema, macro in rows(con, query):
        con.execute(f'DROP MACRO TABLE "{schema}"."{macro}"')


def _create_tables(con: duckdb.DuckDBPyConnection) -> None:
    for schema in dictionary.SCHEMAS:
        con.execute(f"CREATE SCHEMA {schema}")
    for name in dictionary.load().objects:
        if is_table(name):
            con.execute(statement(name))


def _migrate(con: duckdb.DuckDBPyConnection, found: int, migrations: Path) -> None:
    for number, path in _numbered(migrations).items():
        if number > found:
            con.execute(path.read_text(encoding="utf-8"))


def _create_views(con: duckdb.DuckDBPyConnection) -> None:
    for name in dictionary.load().objects:
        if not is_table(name):
            con.execute(statement(name))


def _comment(con: duckdb.DuckDBPyConnection) -> None:
    for name, entry in dictionary.load().objects.items():
        what = {"table": "TABLE", "view": "VIEW", "macro": "MACRO TABLE"}[kind(name)]
        con.execute(f"COMMENT ON {what} {name} IS {quoted(entry.description)}")
        for column in columns(con, name):
            text = dictionary.load().column(name, column).text
            con.execute(f"COMMENT ON COLUMN {name}.{column} IS {quoted(text)}")
