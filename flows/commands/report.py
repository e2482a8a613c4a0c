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
    from flows.console import out, table
    from warehouse.query import run_sql

    query = (
        "SELECT run_id, status, strftime(started_at, '%Y-%m-%d %H:%M') AS started, "
        "round(seconds, 1) AS seconds, articles_in, loaded, unchanged, quarantined, name, message "
        f"FROM mart.run_ledger LIMIT {last}"
    )
    found = run_sql(places.load().home, query)
    out().print(table(found.column_names, (row.values() for row in found.to_pylist())))
