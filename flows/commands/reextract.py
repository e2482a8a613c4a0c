"""`tollbook reextract`: everything anew from what is kept, without the network."""

from __future__ import annotations

from typing import Annotated

import typer

EXAMPLE = "Example: tollbook reextract"


def reextract(
    jobs: Annotated[int, typer.Option(min=0, help="Processes; 0: as many as it pays.")] = 0,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show Prefect's log.")] = False,
) -> None:
    """Read all that was ever taken in again, without the network.

    It is read from the bytes and texts that are kept.
    """
    from flows import settings as places
    from flows.commands import run

    settings = places.load()
    try:
        run.start(settings, verbose=verbose)
        from flows import ingest

        summary = ingest.reextract(jobs=jobs)
    except KeyboardInterrupt:
        run.say_stopped()
        raise typer.Exit(run.INTERRUPTED) from None
    run.tell(summary, settings)
