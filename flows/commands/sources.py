"""`tollbook sources`: where articles come from, and how that goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from flows.settings import Settings

EXAMPLE = "Example: tollbook sources"
CHECK_EXAMPLE = "Example: tollbook sources check my-source.toml"
HOLES_EXAMPLE = "Example: tollbook sources holes un-news-africa"
app = typer.Typer(
    help="List sources with their last run, counts and health.",
    epilog=EXAMPLE,
    invoke_without_command=True,
)
_COUNTS = ("listed", "articles", "loaded", "refused", "held", "holes")


@app.callback(epilog=EXAMPLE)
def list_sources(context: typer.Context) -> None:
    """List sources with their last run, counts and health."""
    if context.invoked_subcommand is not None:
        return
    from flows import settings as places
    from flows import sources as named
    from flows.console import out, table
    from flows.sources import health

    settings = places.load()
    found = health.standing(named.load(settings.home).values(), _books(settings))
    columns = ("source", "kind", "language", "schedule", "last run", *_COUNTS, "health")
    rows = [_cells(row) for row in found]
    out().print(table(columns, rows, whole=columns[:-1]))


def _books(settings: Settings) -> list[dict[str, Any]]:
    """The rows of mart.source_health; none before the first run."""
    from warehouse.connect import snapshot
    from warehouse.query import records

    if not snapshot(settings.home).is_file():
        return []
    return records(settings.home, "FROM mart.source_health")


def _cells(row: Mapping[str, Any]) -> tuple[object, ...]:
    ended: datetime | None = row["ended_at"]
    last = f"{ended:%Y-%m-%d %H:%M}" if ended else "never"
    what = (row[name] for name in ("name", "kind", "language", "schedule"))
    return (*what, last, *(row[name] for name in _COUNTS), row["health"])


@app.command(epilog=CHECK_EXAMPLE)
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Source files.")],
) -> None:
    """Check source files; each problem is told with its line."""
    from flows.console import out, safe
    from flows.sources import check as checks
    from seeds.read import SEEDS

    bad = False
    for path in files:
        ships = path.resolve().parent == SEEDS / "sources"
        _, problems = checks.examine(path, SEEDS if ships else path.parent)
        for line in checks.told(path, problems) or [f"{path}: ok"]:
            out().print(safe(line), soft_wrap=True)
        bad = bad or bool(problems)
    if bad:
        raise typer.Exit(1)


@app.command(epilog=HOLES_EXAMPLE)
def holes(
    name: Annotated[str, typer.Argument(metavar="SOURCE", help="A source's name.")],
) -> None:
    """List the days of a source on which articles may be missing."""
    from flows import settings as places
    from flows.console import out, table
    from warehouse.query import records
    from warehouse.sql import quoted

    query = (
        "SELECT day, articles, coalesce(status, 'not asked for') AS status "
        f"FROM mart.source_calendar WHERE is_hole AND source_name = {quoted(name)}"
    )
    found = records(places.load().home, query)
    if not found:
        out().print("There are no holes.")
        return
    out().print(table(("day", "articles", "status"), [[*row.values()] for row in found]))
