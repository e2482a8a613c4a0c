"""`tollbook report` and `tollbook runs`: how good the data are, and what was loaded when."""

from __future__ import annotations

import webbrowser
from typing import Annotated

import typer

EXAMPLE = "Example: tollbook report --open"
RUNS_EXAMPLE = "Example: tollbook runs --last 5"


def report(
    open_it: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
) -> None:
    """Say where the quality report of the last published run is."""
    from flows import settings as places
    from warehouse.errors import NoSnapshotError

    path = places.load().report
    if not path.is_file():
        raise NoSnapshotError(f"there is no report in {path.parent} yet: run `tollbook run` first")
    typer.echo(path)
    if open_it:
        webbrowser.open(path.as_uri())


def runs(
    last: Annotated[int, typer.Option(min=1, help="How many to list.")] = 20,
) -> None:
    """List the runs: what came in and what became of it."""
    from flows import settings as places
    from flows.console import near, out, table
    from warehouse.query import run_sql

    query = (
        "SELECT run_id AS run, status, strftime(started_at, '%Y-%m-%d %H:%M') AS started, "
        "round(seconds)::BIGINT AS s, articles_in AS read, loaded, unchanged AS same, "
        "quarantined AS refused, concat_ws(': ', name, message) AS what "
        f"FROM mart.run_ledger LIMIT {last}"
    )
    found = run_sql(places.load().home, query)
    *short, what = found.column_names
    rows = ([*row.values()] for row in found.to_pylist())
    shown = ((*row, near(name)) for *row, name in rows)
    out().print(table((*short, what), shown, whole=short))
