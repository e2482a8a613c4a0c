"""`tollbook sources`: where articles come from, and how that goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from flows.settings import Settings
    from flows.sources import Source

EXAMPLE = "Example: tollbook sources"
CHECK_EXAMPLE = "Example: tollbook sources check my-source.toml"
HOLES_EXAMPLE = "Example: tollbook sources holes un-news-africa"
app = typer.Typer(
    help="List sources with their last run, counts and health.",
    epilog=EXAMPLE,
    invoke_without_command=True,
)
#: A source is late when so many of its intervals have gone by without a completed run.
_LATE = 2
_COUNTS = ("listed", "articles", "loaded", "refused", "held", "holes")


@app.callback(epilog=EXAMPLE)
def list_sources(context: typer.Context) -> None:
    """List sources with their last run, counts and health."""
    if context.invoked_subcommand is not None:
        return
    from flows import settings as places
    from flows import sources as named
    from flows.console import out, table

    settings = places.load()
    books = _books(settings)
    known = named.load(settings.home).values()
    rows = [_row(source, books.get(source.name, {})) for source in known]
    columns = ("source", "kind", "language", "last run", *_COUNTS, "health")
    out().print(table(columns, rows, whole=columns[:-1]))


def _books(settings: Settings) -> dict[str, dict[str, Any]]:
    """Each source's row of mart.source_health; nothing before the first run."""
    from warehouse.connect import snapshot
    from warehouse.query import records

    if not snapshot(settings.home).is_file():
        return {}
    found = records(settings.home, "FROM mart.source_health")
    return {row["source_name"]: row for row in found}


def _row(source: Source, row: Mapping[str, Any]) -> tuple[object, ...]:
    ended: datetime | None = row.get("ended_at")
    counts = (
        row.get(name) for name in ("listed", "articles", "loaded", "refused", "held", "holes")
    )
    last = f"{ended:%Y-%m-%d %H:%M}" if ended else "never"
    return (source.name, source.kind, source.language, last, *counts, health(source, row))


def health(source: Source, row: Mapping[str, Any]) -> str:
    """How a source does: ok, failed with the reason, late, or not run yet."""
    from datetime import UTC, datetime

    if not row:
        return "not run yet"
    if row["status"] == "failed":
        return f"failed: {row['message']}"
    silent = datetime.now(UTC).replace(tzinfo=None) - row["ended_at"]
    if source.every and silent > _LATE * source.every:
        return f"late: due every {source.every}"
    return f"ok; {row['message']}" if row["message"] else "ok"


@app.command(epilog=CHECK_EXAMPLE)
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE ...", help="Source files.")],
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
