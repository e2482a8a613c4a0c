"""`tollbook quarantine`: what was refused, and why."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(help="See what was refused, and why.", no_args_is_help=True)
EXAMPLE = "Example: tollbook quarantine list --all"
SHOW_EXAMPLE = "Example: tollbook quarantine show 4875e2140ac30796"


class UnknownRowError(Exception):
    """Nothing in quarantine has the id that was asked for."""


@app.command("list", epilog=EXAMPLE)
def list_rows(
    every: Annotated[
        bool, typer.Option("--all", help="Also what has been released since.")
    ] = False,
) -> None:
    """List what is in quarantine: id, file and line, reason."""
    from flows import settings as places
    from flows.console import out, table
    from warehouse.query import run_sql

    query = (
        "SELECT quarantine_id, level, source || coalesce(':' || line, '') AS input, key, reason "
        "FROM quality.quarantine WHERE released_at IS NULL OR $all ORDER BY source, line, key"
    )
    found = run_sql(places.load().home, query.replace("$all", str(every)))
    if found.num_rows:
        rows = (row.values() for row in found.to_pylist())
        out().print(table(("id", "level", "input", "key", "reason"), rows))
    else:
        out().print("The quarantine is empty.")


@app.command(epilog=SHOW_EXAMPLE)
def show(
    which: Annotated[str, typer.Argument(metavar="ID", help="The id, or its beginning.")],
) -> None:
    """Show one refused input whole: the reason, and its raw content."""
    from flows import settings as places
    from flows.console import out, safe
    from warehouse.query import run_sql
    from warehouse.sql import quoted

    query = f"FROM quality.quarantine WHERE starts_with(quarantine_id, {quoted(which)})"
    found = run_sql(places.load().home, query).to_pylist()
    if len(found) != 1:
        problem = "more than one id begins so" if found else "nothing in quarantine has this id"
        raise UnknownRowError(f"{which}: {problem}; see `tollbook quarantine list`")
    row = found[0]
    raw = row.pop("raw")
    for name, value in row.items():
        if value is not None:
            out().print(safe(f"{name:15} {value}"))
    out().print(safe(f"\n{raw or '(no content)'}"))
