"""docs/tables.md, made from the dictionary and the schema: ``python -m warehouse.docs``."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse import conclusions, dictionary, schema, statements
from warehouse.sql import rows

PAGE = Path(__file__).resolve().parents[1] / "docs" / "tables.md"
_HEAD = """# Tables and views

Made by `python -m warehouse.docs` from warehouse/columns.toml and the schema's .sql files; a test
holds the three together. NULL is unknown, always. Every span counts code points in the verbatim
text, `end` exclusive. `tollbook tables` lists all of this with row counts. The queries are examples
for `tollbook sql`; macros are views that are asked with an argument. What is called kept is worked
out once for each event, by the load that brings or changes one of its accounts, and held in a table
of that name; the view that defines it is in the schema `rule` and gives the same rows.
"""


def render() -> str:
    """The page as Markdown."""
    with duckdb.connect() as con:
        schema.ensure(con)
        return _page(con)


def _page(con: duckdb.DuckDBPyConnection) -> str:
    parts = [_HEAD]
    kinds = {"Tables": "table", "Views": "view", "Macros": "macro"}
    for title, kind in kinds.items():
        names = sorted(n for n in dictionary.load().objects if statements.kind(n) == kind)
        parts += [f"## {title}\n", *(_object(con, name) for name in names)]
    return "\n".join(parts)


def _object(con: duckdb.DuckDBPyConnection, name: str) -> str:
    query = (
        "SELECT column_name, data_type FROM duckdb_columns() "
        "WHERE schema_name = ? AND table_name = ? ORDER BY column_index"
    )
    about = dictionary.load().objects[name]
    kept = f" Kept: `{conclusions.rule(name)}` defines it." if about.kept else ""
    lines = [f"### {name}", "", about.description + kept, ""]
    if about.example:
        lines += ["```sql", about.example, "```", ""]
    if statements.is_macro(name):
        return "\n".join(lines)
    lines += ["| column | type | unit | meaning |", "|---|---|---|---|"]
    for column, type_ in rows(con, query, name.split(".")):
        entry = dictionary.load().column(name, column)
        meaning = entry.description + (f" ({entry.source})" if entry.source else "")
        meaning += f" NULL: {entry.null}" if entry.null else ""
        lines.append(f"| {column} | {type_} | {entry.unit or ''} | {meaning} |")
    return "\n".join([*lines, ""])


def main() -> None:
    """Write the page."""
    PAGE.write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    main()
