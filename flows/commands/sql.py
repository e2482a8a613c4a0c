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

EXAMPLE = """Example: tollbook sql "SELECT place_name, killed_best FROM event_toll" --csv

Example: echo "SELECT count(*) FROM event_toll" | tollbook sql --json
"""
TABLES_EXAMPLE = "Example: tollbook tables mart.event_toll"
#: Rows that a table on the screen shows; the other forms give all.
_SCREENFUL = 200
_HELP = r"SQL that ends in ; is answered. \t lists tables, \h shows this, \q or Ctrl-D ends."
#: As other prompts have it. Words count at the beginning of a statement, where no SQL has them.
_ENDS = frozenset({r"\q", ".quit", ".exit", "quit", "exit"})
_HELPS = frozenset({r"\h", r"\?", ".help", "help"})
_LISTS = frozenset({r"\t", ".tables"})


def sql(
    query: Annotated[
        str | None,
        typer.Argument(help="SQL; without it a pipe is read, or a prompt opens."),
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array.")] = False,
    parquet: Annotated[Path | None, typer.Option(help="Write a Parquet file.")] = None,
) -> None:
    """Ask the published snapshot in SQL, read-only.

    Names are looked for in mart, core, raw and quality.
    """
    if as_csv + as_json + (parquet is not None) > 1:
        raise typer.BadParameter("choose one of --csv, --json and --parquet")
    if parquet is not None and not parquet.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {parquet.parent}", param_hint="--parquet")
    from flows import settings as places

    settings = places.load()
    if as_csv:
        _print_csv(_one_answer(settings, query))
    elif as_json:
        _print_json(_one_answer(settings, query))
    elif parquet is not None:
        _write_parquet(_one_answer(settings, query), parquet)
    elif query is not None:
        _show_all(settings, query)
    elif not _prompt(settings):
        raise typer.Exit(1)


def _one_answer(settings: Settings, query: str | None) -> pa.Table:
    """The answer that goes into a file or pipe: of several, none could be told from the others."""
    from warehouse.query import run_all

    if query is None and sys.stdin.isatty():
        raise typer.BadParameter("give the SQL as an argument or by a pipe", param_hint="QUERY")
    answers = run_all(settings.home, sys.stdin.read() if query is None else query)
    if len(answers) != 1:
        said = f"{len(answers)} answers; --csv, --json and --parquet take one"
        raise typer.BadParameter(said, param_hint="QUERY")
    return answers[0]


def _show_all(settings: Settings, query: str) -> None:
    from warehouse.query import run_all

    for answer in run_all(settings.home, query):
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


def _prompt(settings: Settings) -> bool:
    """Read and answer statements until the end of input; lines add up until one ends in ``;``.

    Returns:
        Whether it went well: of a pipe, every statement; of a person at a prompt, always.
    """
    from flows.console import err
    from warehouse.errors import QueryError

    history = settings.home / "sql_history"
    person, well = sys.stdin.isatty(), True
    if person:
        _recall(history)
        err().print(_HELP)
    while (statement := _statement()) is not None:
        try:
            _show_all(settings, statement)
        except QueryError as error:
            well = False
            err().print(str(error), style="red")
    if person:
        _remember(history)
    return person or well


def _statement() -> str | None:
    """The next statement; None at the end."""
    from flows.console import err

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
        word = line.strip().rstrip(";").lower()
        order = word if not lines or word.startswith("\\") else ""
        if order in _HELPS:
            err().print(_HELP)
        elif order in _ENDS | _LISTS:
            return None if order in _ENDS else _LIST
        elif lines or word:
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
    """List the tables and views, or the columns of one.

    What they mean stands beside.
    """
    from flows import settings as places
    from flows.console import out, table
    from warehouse import dictionary, query

    home = places.load().home
    if name is None:
        found = sorted(query.tables(home), key=lambda info: (info.kind == "table", info.name))
        rows = [
            (info.name, "" if info.rows is None else info.rows, info.description) for info in found
        ]
        out().print(table(("name", "rows", "what a row is"), rows))
        return
    known = dictionary.load()
    whole = next((full for full in known.objects if name in (full, full.partition(".")[2])), None)
    if whole is None:
        raise typer.BadParameter(f"there is no table or view {name!r}", param_hint="NAME")
    view = whole.removesuffix("_as_of")  # a macro has the columns of what it is now
    columns = query.records(home, f"DESCRIBE {view}")
    described = [(column["column_name"], column["column_type"]) for column in columns]
    meanings = [(name, kind, known.column(view, name).text) for name, kind in described]
    out().print(known.objects[whole].description)
    out().print(table(("column", "type", "meaning"), meanings))
