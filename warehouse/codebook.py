"""Codebooks: what each column of an export means, and what an empty value in it tells."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from warehouse import dictionary, schema, statements
from warehouse.sql import rows


def page(view: str, table: pa.Table | None = None) -> str:
    """The codebook of a view, as Markdown.

    Args:
        view: its name: ``mart.acled``.
        table: what was exported of it, to count the empty values; None counts nothing.
    """
    parts = [f"# {view}", dictionary.load().objects[view].description, *_rules(view)]
    head = ["column", "type", "unit", "meaning", "source", "empty means"]
    counted = [] if table is None else [f"empty of {table.num_rows:,}"]
    lines = [_line([*head, *counted]), "|---" * len([*head, *counted]) + "|"]
    for name, type_ in _types(view):
        empty = [] if table is None else [f"{table[name].null_count:,}"]
        lines.append(_line([name, type_, *_meaning(view, name), *empty]))
    return "\n\n".join([*parts, "\n".join(lines)]) + "\n"


def _rules(view: str) -> list[str]:
    """The words at the top of the view's SQL, which say how it is made."""
    head = statements.read(view).partition("\nCREATE ")[0]
    words = [line.removeprefix("--").removeprefix(" ") for line in head.splitlines()]
    return ["```text\n" + "\n".join(words) + "\n```"]


def _types(view: str) -> list[tuple[str, str]]:
    query = (
        "SELECT column_name, data_type FROM duckdb_columns() "
        "WHERE schema_name = ? AND table_name = ? ORDER BY column_index"
    )
    with duckdb.connect() as con:
        schema.ensure(con)
        return [(name, type_) for name, type_ in rows(con, query, view.split("."))]


def _meaning(view: str, column: str) -> list[str]:
    entry = dictionary.load().column(view, column)
    return [entry.unit or "", entry.description, entry.source or "", entry.null or "unknown"]


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
