"""`tollbook run`: the Prefect flow from articles to a published warehouse."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from flows.ingest import Summary
    from flows.settings import Settings

EXAMPLE = """Example: tollbook run

Example: tollbook run 'articles/**/*.txt' more.jsonl https://example.org/news/1
"""
_SAMPLES = Path(__file__).resolve().parents[2] / "seeds" / "articles"
_QUERIES = (
    "SELECT date_start, place_name, country, killed_best, injured_best, n_articles "
    "FROM event_toll ORDER BY killed_best DESC NULLS LAST LIMIT 10",
    "SELECT published_at, publisher, measure, low, best, high, speaker FROM toll_timeline "
    "WHERE event_id = (SELECT event_id FROM event_toll ORDER BY n_articles DESC LIMIT 1)",
    "SELECT best, measure, speaker, sentence FROM incident_claims WHERE scope = 'incident'",
)


def run(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH|URL ...]",
            help="Files (.txt .md .html .jsonl .csv), folders, globs, addresses, - for a pipe of "
            "JSON Lines. Without any: the sample articles.",
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
    from flows.console import err

    asked = sources or [str(_SAMPLES)]
    _check(asked)
    settings = places.load()
    places.set_up_prefect(settings, verbose=verbose)
    err().print("Starting Prefect; the first time takes up to half a minute.", style="dim")
    from flows import ingest, steps

    summary = ingest.ingest(
        steps.run_name(asked), asked, again=again, allow_private=allow_private, jobs=jobs
    )
    _tell(summary, settings)


def _check(sources: list[str]) -> None:
    """Refuse a name that stands for nothing before any work is done."""
    from flows import readers

    for source in sources:
        if source != "-" and not source.startswith(("http://", "https://")):
            try:
                readers.find(source)
            except readers.SourceError as error:
                raise typer.BadParameter(str(error), param_hint="PATH") from None


def _tell(summary: Summary, settings: Settings) -> None:
    """What was loaded, where it is, and what to do with it."""
    from flows.console import out
    from warehouse.connect import snapshot

    lines = [
        f"Read {summary.articles_in:,} articles: {summary.loaded:,} loaded, "
        f"{summary.unchanged:,} unchanged, {summary.quarantined:,} quarantined.",
        f"Warehouse: {_near(snapshot(settings.home))}",
    ]
    if settings.report.is_file():
        lines.append(f"Report: {_near(settings.report)}")
    if summary.quarantined:
        lines.append(f"What was refused, and why: {_command()} quarantine list")
    lines.append("\nQueries to try:")
    lines += [f'  {_command()} sql "{query}"' for query in _QUERIES]
    for line in lines:
        out().print(line, soft_wrap=True)


def _near(path: Path) -> Path:
    """A path as it is seen from here, if it is below."""
    return path.relative_to(Path.cwd()) if Path.cwd() in path.parents else path


def _command() -> str:
    """How this command is called from here: by its name, or by its file where that is unknown."""
    return "tollbook" if shutil.which("tollbook") else os.path.relpath(sys.argv[0])
