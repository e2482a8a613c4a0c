"""`tollbook run`: the Prefect flow from articles to a published warehouse."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from flows.ingest import Summary
    from flows.settings import Settings

EXAMPLE = """Example: tollbook run

Example: tollbook run samples 'articles/**/*.txt' more.jsonl

Example: tollbook run https://example.org/news/1
"""
#: What a shell gives a program that was stopped with Ctrl-C.
_INTERRUPTED = 130
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
            metavar="[PATH|URL|SOURCE ...]",
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
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show Prefect's log.")] = False,
) -> None:
    """Take articles into the warehouse: read, extract, check, load, publish."""
    from flows import settings as places
    from flows import sources as named

    settings = places.load()
    asked = sources or [named.DEFAULT]
    known = named.load(settings.home)
    found = named.expand(asked, known)
    _check(found, sorted(known))
    try:
        _start(settings, verbose=verbose)
        from flows import ingest, steps

        name = steps.run_name(asked)
        summary = ingest.ingest(name, found, again=again, allow_private=allow_private, jobs=jobs)
    except KeyboardInterrupt:
        _say_stopped()
        raise typer.Exit(_INTERRUPTED) from None
    _tell(summary, settings)


def _start(settings: Settings, *, verbose: bool) -> None:
    from flows import settings as places
    from flows.console import err

    if places.set_up_prefect(settings, verbose=verbose):
        err().print("Starting Prefect; the first time takes up to half a minute.", style="dim")


def _say_stopped() -> None:
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


def _tell(summary: Summary, settings: Settings) -> None:
    """What was loaded, where it is, and what to do with it."""
    from flows.console import near, out
    from warehouse.connect import snapshot

    _tell_refused(summary)
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


def _command() -> str:
    """How this command is called from here: by its name, or by its file where that is unknown."""
    return "tollbook" if shutil.which("tollbook") else os.path.relpath(sys.argv[0])
