"""`tollbook sql` and `tollbook tables`: questions to the published snapshot."""

from __future__ import annotations

import csv
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from flows.settings import Settings

EXAMPLE = 'Example: tollbook sql "SELECT place_name, killed_best FROM event_toll" --csv'
TABLES_EXAMPLE = "Example: tollbook tables mart.event_toll"
#: Rows that a table on the screen shows; the other forms give all.
_SCREENFUL = 200
_HELP = r"SQL that ends in ; is answered. \t lists tables, \q or Ctrl-D ends."


def sql(
    query: Annotated[
        str | None, typer.Argument(help="SQL; without it a prompt opens.", show_default=False)
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array.")] = False,
    parquet: Annotated[Path | None, typer.Option(help="Write a Parquet file.")] = None,
) -> None:
    """Ask the published snapshot in SQL, read-only; mart, core, raw and quality are searched."""
    if as_csv + as_json + (parquet is not None) > 1:
        raise typer.BadParameter("choose one of --csv, --json and --parquet")
    from flows import settings as places

    settings = places.load()
    if query is None:
        _prompt(settings)
        return
    from warehouse.query import run_sql

    answer = run_sql(settings.home, query)
    if parquet is not None:
        _write_parquet(answer, parquet)
    elif as_csv:
        _print_csv(answer)
    elif as_json:
        _print_json(answer)
    else:
        show(answer)


def show(answer: pa.Table) -> None:
    """Print an answer as a table."""
    from flows.console import err, fits, out, table

    rows = list(_rows(answer.slice(0, _SCREENFUL)))
    if fits(answer.column_names, rows):
        out().print(table(answer.column_names, rows))
    else:
        for number, row in enumerate(rows, 1):
            named = zip(answer.column_names, row, strict=True)
            out().print(table((f"row {number}", ""), named))
    if answer.num_rows > _SCREENFUL:
        err().print(f"The first {_SCREENFUL} of {answer.num_rows:,} rows; --csv gives all.")


def _rows(answer: pa.Table | pa.RecordBatch) -> Iterator[tuple[object, ...]]:
    """Rows by position: two columns may have one name."""
    return zip(*(column.to_pylist() for column in answer.columns), strict=True)


def _print_csv(answer: pa.Table) -> None:
    written = csv.writer(sys.stdout, lineterminator="\n")
    written.writerow(answer.column_names)
    for batch in answer.to_batches():
        for row in _rows(batch):
            written.writerow(map(_cell, row))


def _cell(value: object) -> object:
    nested = isinstance(value, list | dict)
    return json.dumps(value, ensure_ascii=False, default=str) if nested else value


def _print_json(answer: pa.Table) -> None:
    import orjson

    _check_names(answer)
    rows = (orjson.dumps(row, default=_plain).decode() for row in answer.to_pylist())
    sys.stdout.write("[" + ",\n ".join(rows) + "]\n")


def _check_names(answer: pa.Table) -> None:
    """Refuse an answer of which a form that goes by names would lose a column."""
    from warehouse.errors import QueryError

    names = answer.column_names
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise QueryError(
            f"more than one column is named {', '.join(twice)}: "
            "give each its own name with AS, or ask for --csv"
        )


def _plain(value: object) -> Any:
    """What JSON has no word for: a sum of whole numbers arrives as a decimal."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def _write_parquet(answer: pa.Table, path: Path) -> None:
    import pyarrow.parquet as pq

    from flows.console import err

    _check_names(answer)
    part = path.with_name(f".{path.name}.part")
    pq.write_table(answer, part)
    part.replace(path)
    err().print(f"{answer.num_rows:,} rows in {path}")


def _prompt(settings: Settings) -> None:
    """Read and answer statements until the end of input; lines add up until one ends in ``;``."""
    from flows.console import err
    from warehouse.errors import QueryError
    from warehouse.query import run_sql

    history = settings.home / "sql_history"
    if sys.stdin.isatty():
        _recall(history)
        err().print(_HELP)
    while (statement := _statement()) is not None:
        try:
            show(run_sql(settings.home, statement))
        except QueryError as error:
            err().print(str(error), style="red")
    if sys.stdin.isatty():
        _remember(history)


def _statement() -> str | None:
    lines: list[str] = []
    shown = sys.stdin.isatty()
    while True:
        try:
            line = input(("     ...> " if lines else "tollbook> ") if shown else "")
        except EOFError:
            return "\n".join(lines) if "".join(lines).strip() else None
        except KeyboardInterrupt:  # as in other prompts: forget what was typed
            lines = []
            continue
        if line.strip() in (r"\q", r"\t"):
            return None if line.strip() == r"\q" else _LIST
        lines.append(line)
        if line.rstrip().endswith(";"):
            return "\n".join(lines)


_LIST = (
    "SELECT schema_name || '.' || view_name AS name, comment FROM duckdb_views() "
    "WHERE NOT internal UNION ALL SELECT schema_name || '.' || table_name, comment "
    "FROM duckdb_tables() ORDER BY name"
)


def _recall(history: Path) -> None:
    import readline  # gives input() its line editing

    if history.is_file():
        readline.read_history_file(history)


def _remember(history: Path) -> None:
    import readline

    readline.set_history_length(1000)
    readline.write_history_file(history)


def tables(
    name: Annotated[
        str | None, typer.Argument(help="A table or view, to list its columns.")
    ] = None,
) -> None:
    """List the tables and views, or the columns of one, with what they mean."""
    from flows import settings as places
    from flows.console import out, table
    from warehouse import dictionary, query

    home = places.load().home
    if name is None:
        found = sorted(query.tables(home), key=lambda info: (info.kind == "table", info.name))
        rows = [(info.name, info.rows, info.description) for info in found]
        out().print(table(("name", "rows", "what a row is"), rows))
        return
    known = dictionary.load()
    whole = next((full for full in known.objects if name in (full, full.partition(".")[2])), None)
    if whole is None:
        raise typer.BadParameter(f"there is no table or view {name!r}", param_hint="NAME")
    columns = query.run_sql(home, f"FROM {whole} LIMIT 0").schema
    meanings = [(c.name, str(c.type), known.column(whole, c.name).text) for c in columns]
    out().print(known.objects[whole].description)
    out().print(table(("column", "type", "meaning"), meanings))
