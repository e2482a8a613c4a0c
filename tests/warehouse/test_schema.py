from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from warehouse import conclusions, dictionary, docs, schema, statements
from warehouse.errors import SchemaError
from warehouse.sql import columns, rows, value

Con = duckdb.DuckDBPyConnection


def _made(con: Con) -> set[str]:
    return {
        f"{name}.{table}"
        for name, table in rows(
            con,
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal UNION ALL "
            "SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal UNION ALL "
            "SELECT schema_name, function_name FROM duckdb_functions() WHERE NOT internal",
        )
    }


def test_dictionary_files_and_database_have_the_same_objects(con: Con) -> None:
    folders = ("ddl", "views", "macros")
    files = {path.stem for name in folders for path in statements.FOLDER.glob(f"{name}/*.sql")}
    rules = {conclusions.rule(name) for name in conclusions.kept()}
    assert set(dictionary.load().objects) == files == _made(con) - rules
    assert rules <= _made(con)


def test_each_file_makes_the_one_object_that_it_is_named_for() -> None:
    kinds = {"ddl": "TABLE", "views": "VIEW", "macros": "MACRO"}
    for path in [path for folder in kinds for path in statements.FOLDER.glob(f"{folder}/*.sql")]:
        text = path.read_text(encoding="utf-8")
        assert text.startswith("-- "), path
        kind = kinds[path.parent.name]
        assert re.findall(r"^CREATE (\w+) ([\w.]+)", text, re.M) == [(kind, path.stem)], path


def test_the_dictionary_describes_every_column_and_nothing_else(con: Con) -> None:
    known = dictionary.load()
    used = {column for name in known.objects for column in columns(con, name)}
    assert set(known.columns) <= used
    for name, entry in known.objects.items():
        assert set(entry.columns) <= set(columns(con, name)), name
        for column in columns(con, name):
            assert known.column(name, column).description


def test_descriptions_are_the_databases_comments(con: Con) -> None:
    query = (
        "SELECT schema_name || '.' || table_name, column_name, comment FROM duckdb_columns() "
        "WHERE schema_name IN ('raw', 'core', 'mart', 'quality')"
    )
    found = rows(con, query)
    assert len(found) > 250
    for name, column, comment in found:
        assert comment == dictionary.load().column(name, column).text
    query = "SELECT comment FROM duckdb_tables() WHERE table_name = 'claim'"
    assert value(con, query) == dictionary.load().objects["core.claim"].description


def test_the_docs_page_is_made_from_the_dictionary() -> None:
    assert docs.PAGE.read_text(encoding="utf-8") == docs.render(), "run python -m warehouse.docs"


def test_opening_again_changes_nothing(con: Con) -> None:
    before = rows(con, "FROM quality.schema_version")
    schema.ensure(con)
    assert rows(con, "FROM quality.schema_version") == before


def _migration(folder: Path, name: str, sql: str) -> None:
    (folder / name).write_text(sql, encoding="utf-8")


def test_an_older_warehouse_is_migrated_and_keeps_its_rows(con: Con, tmp_path: Path) -> None:
    con.execute("INSERT INTO core.event VALUES ('e:a:i1', 1, 1, 'run')")
    # What a later Tollbook would bring: one version adds a table, the next fills it from rows.
    later = schema.latest()
    adds, fills = f"{later + 1:04}_add_note.sql", f"{later + 2:04}_fill.sql"
    _migration(tmp_path, adds, "CREATE TABLE core.note (event_id VARCHAR);")
    _migration(tmp_path, fills, "INSERT INTO core.note SELECT event_id FROM core.event;")
    schema.ensure(con, tmp_path)
    assert schema.version(con) == later + 2
    assert rows(con, "FROM core.note") == [("e:a:i1",)]
    assert rows(con, "SELECT event_id FROM core.event") == [("e:a:i1",)]
    schema.ensure(con, tmp_path)
    assert value(con, "SELECT count(*) FROM core.note") == 1


_ADDED = (
    "raw.response", "core.article_sketch", "core.article_pair", "core.article_copy",
    "quality.source_run", "quality.source_day",
)  # fmt: skip


def test_a_migration_makes_the_tables_as_a_new_warehouse_has_them() -> None:
    migrations = " ".join(
        path.read_text(encoding="utf-8") for path in sorted(schema.MIGRATIONS.glob("*.sql"))
    )
    for name in _ADDED:
        assert statements.read(name).partition("\n")[2].strip() in migrations, name


def test_a_warehouse_of_version_1_becomes_like_a_new_one(con: Con) -> None:
    new, new_incident = columns(con, "raw.article"), columns(con, "core.incident")
    con.execute("ALTER TABLE core.incident DROP COLUMN link_keys")
    for table in ("claim", "incident", "place_mention", "date_mention"):
        con.execute(f"ALTER TABLE core.{table} DROP COLUMN corrections")
    con.execute("ALTER TABLE core.place_mention DROP COLUMN candidates")
    con.execute("ALTER TABLE core.incident DROP COLUMN actor_roles")
    con.execute("DROP TABLE core.incident_pair; DROP TABLE core.link_decision")
    for added in ("published_on", "body_sha256", "updated_at", "source_name"):
        con.execute(f"ALTER TABLE raw.article DROP COLUMN {added}")
    for added in _ADDED:
        con.execute(f"DROP TABLE {added}")
    con.execute(
        "INSERT INTO raw.article (article_id, version_id, text, source, fetched_at, run_id, "
        "is_current) VALUES ('a', 'v', 'Two died.', 'a.txt', '2026-05-01 12:00', 'run', true)"
    )
    con.execute("UPDATE quality.schema_version SET version = 1, fingerprint = 'of version 1'")
    schema.ensure(con)
    assert schema.version(con) == schema.latest()
    assert columns(con, "raw.article") == new
    assert columns(con, "core.incident") == new_incident
    assert set(_ADDED) <= _made(con)
    query = "SELECT text, published_on, body_sha256 FROM core.current_article"
    assert rows(con, query) == [("Two died.", None, None)]


def test_a_migration_that_fails_leaves_the_warehouse_as_it_was(con: Con, tmp_path: Path) -> None:
    before = _made(con)
    name = f"{schema.latest() + 1:04}_break.sql"
    _migration(tmp_path, name, "CREATE TABLE core.note (a INT); SELECT * FROM nothing;")
    with pytest.raises(duckdb.CatalogException):
        schema.ensure(con, tmp_path)
    assert _made(con) == before
    assert schema.version(con) == schema.latest()


def test_a_newer_warehouse_is_refused(con: Con) -> None:
    con.execute("UPDATE quality.schema_version SET version = 99")
    with pytest.raises(SchemaError, match=r"schema version 99, made by a newer Tollbook.*upgrade"):
        schema.ensure(con)


def test_changed_views_are_made_anew(con: Con) -> None:
    con.execute("DROP VIEW mart.worklist")
    con.execute("UPDATE quality.schema_version SET fingerprint = 'of an older release'")
    schema.ensure(con)
    assert "mart.worklist" in _made(con)


def test_migrations_are_numbered_without_gaps() -> None:
    numbers = sorted(int(p.name[:4]) for p in schema.MIGRATIONS.glob("*.sql"))
    assert numbers == list(range(2, 2 + len(numbers)))
    assert schema.latest() == 1 + len(numbers)


def test_a_new_process_finds_the_schema_unchanged() -> None:
    # Else each would work out anew what is concluded of every event there is.
    code = "from warehouse import schema; print(schema.fingerprint())"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert found == {f"{schema.fingerprint()}\n"}
