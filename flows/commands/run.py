"""`tollbook run`: the Prefect flow from articles to a published warehouse."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from flows.ingest import Summary
    from flows.settings import Settings
    from flows.sources import Source, Window

EXAMPLE = """Example: tollbook run

Example: tollbook run samples 'articles/**/*.txt' more.jsonl

Example: tollbook run https://example.org/news/1

Example: tollbook run samples --dry-run

Example: tollbook run un-news-africa --since 2026-01-01 --until 2026-01-31
"""
#: What a shell gives a program that was stopped with Ctrl-C.
INTERRUPTED = 130
_QUERIES = (
    "SELECT date_start, place_name, country, killed_best, injured_best, n_articles "
    "FROM event_toll ORDER BY killed_best DESC NULLS LAST LIMIT 10",
    "SELECT published_at, publisher, measure, low, best, high, speaker FROM toll_timeline "
    "WHERE event_id = (SELECT event_id FROM event_toll ORDER BY n_articles DESC LIMIT 1)",
    "SELECT best, speaker, sentence FROM incident_claims WHERE measure = 'killed' LIMIT 5",
)


def run(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH|URL|SOURCE",
            help="Files (.txt .md .html .jsonl .csv), folders, globs, addresses, - for a pipe of "
            "JSON Lines, names of sources. Without any: the source samples.",
        ),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Read again also what the warehouse holds already.")
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private networks too.")
    ] = False,
    jobs: Annotated[int, typer.Option(min=0, help="Processes; 0: as many as it pays.")] = 0,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Backfill sources from this day of publication."),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The last day of the backfill; today by default."),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Read sources' lists and show what would be fetched."),
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show Prefect's log.")] = False,
) -> None:
    """Take articles into the warehouse.

    They are read, their claims extracted, checked, loaded and published.
    """
    from flows import settings as places
    from flows import sources as named

    settings = places.load()
    asked = sources or [named.DEFAULT]
    known = named.load(settings.home)
    mine = [known[one] for one in dict.fromkeys(asked) if one in known]
    others = [one for one in asked if one not in known]
    _check(others, sorted(known))
    window = _window(since, until, others)
    if dry_run:
        _show(mine, others, settings, window, allow_private=allow_private)
        return
    try:
        start(settings, verbose=verbose)
        from flows import ingest, steps

        name = steps.run_name(asked)
        summary = ingest.ingest(
            name,
            others,
            named=mine,
            window=window,
            again=again,
            allow_private=allow_private,
            jobs=jobs,
        )
    except KeyboardInterrupt:
        say_stopped()
        raise typer.Exit(INTERRUPTED) from None
    tell(summary, settings)
    if summary.failures:
        raise typer.Exit(1)


def _window(since: datetime | None, until: datetime | None, others: list[str]) -> Window | None:
    """The days to take in, both included."""
    from flows.sources import Window

    if since is None and until is None:
        return None
    if since is None:
        raise typer.BadParameter("needs --since beside it", param_hint="--until")
    if others:
        said = f"{others[0]} is no source: --since and --until are for sources"
        raise typer.BadParameter(said, param_hint="--since")
    last = (until or datetime.now(UTC)).date()
    if since.date() > last:
        raise typer.BadParameter(f"is after the last day, {last}", param_hint="--since")
    return Window(since.date(), last)


def _show(
    mine: list[Source],
    others: list[str],
    settings: Settings,
    window: Window | None,
    *,
    allow_private: bool,
) -> None:
    """What a run would fetch and read; nothing is fetched but lists and robots.txt."""
    from flows.console import out, table
    from flows.preview import preview

    rows = [(*row,) for row in preview(mine, others, settings.raw, window, allow_private)]
    columns = ("source", "published", "what", "address")
    out().print(table(columns, rows, whole=("source", "published", "what")))


def start(settings: Settings, *, verbose: bool) -> None:
    """Set Prefect up, before it is imported."""
    from flows import settings as places
    from flows.console import err

    if places.set_up_prefect(settings, verbose=verbose):
        err().print("Starting Prefect; the first time takes up to half a minute.", style="dim")


def say_stopped() -> None:
    """What a user should know who stops a run."""
    from flows.console import err

    err().print("Stopped. What was loaded is kept; run the same command again to go on.")


def _check(sources: list[str], known: list[str]) -> None:
    """Refuse a name that stands for nothing before any work is done."""
    from flows import readers

    for source in sources:
        if source != "-" and not source.startswith(("http://", "https://")):
            try:
                readers.find(source)
            except readers.SourceError as error:
                hint = "" if set(source) & set("./*") else f"; the sources are {', '.join(known)}"
                raise typer.BadParameter(f"{error}{hint}", param_hint="SOURCE") from None


def tell(summary: Summary, settings: Settings) -> None:
    """What was loaded, where it is, and what to do with it."""
    from flows.console import near, out
    from warehouse.connect import snapshot

    _tell_refused(summary)
    _tell_sources(summary)
    lines = [
        f"Read {summary.articles_in:,} articles: {summary.loaded:,} loaded, "
        f"{summary.unchanged:,} unchanged, {summary.quarantined:,} quarantined.",
        f"Warehouse: {near(str(snapshot(settings.home)))}",
    ]
    if settings.report.is_file():
        lines.append(f"Report: {near(str(settings.report))}")
    if summary.quarantined:
        lines.append(f"What was refused, and why: {_command()} quarantine list")
    lines.append("\nQueries to try:")
    lines += [f'  {_command()} sql "{query}"' for query in _QUERIES]
    for line in lines:
        out().print(line, soft_wrap=True)


def _tell_refused(summary: Summary) -> None:
    from flows.console import err, safe

    for line in summary.refused:
        err().print(safe(" ".join(line.split())))
    if more := summary.quarantined - len(summary.refused):
        err().print(f"and {more:,} more: {_command()} quarantine list")


def _tell_sources(summary: Summary) -> None:
    """What sources have to say: a failure loudly, anything else as a warning."""
    from flows.console import err, safe

    for line in summary.warnings:
        err().print(safe(f"Warning: {line}"))
    for line in summary.failures:
        err().print(safe(f"FAILED: {line}"), style="bold red")


def _command() -> str:
    """How this command is called from here: by its name, or by its file where that is unknown."""
    return "tollbook" if shutil.which("tollbook") else os.path.relpath(sys.argv[0])
