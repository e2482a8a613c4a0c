"""`tollbook evaluate`: how well `tollbook extract` reads, measured against gold."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.scoring import Outcome

EXAMPLE = """Example: python -m tests.own_gold > gold.jsonl

Example: tollbook evaluate gold.jsonl
"""
#: Gains and losses that are printed; the file has all.
_SHOWN = 10


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD.jsonl", exists=True, dir_okay=False, help="Texts with their labels."
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where scores are kept; data/evaluation by default."),
    ] = None,
    jobs: Annotated[int, typer.Option(min=0, help="Processes; 0: one a core.")] = 0,
) -> None:
    """Score the output of extract per field.

    Tells gains and losses against the last run.
    """
    from flows import evaluation, settings
    from flows.console import out as screen
    from flows.console import table

    places = settings.load()
    kept = (out or places.evaluation) / f"{gold.stem}.json"
    found = evaluation.evaluate(gold, jobs or os.cpu_count() or 1, places.overlay)
    compared = evaluation.compare(found, kept)
    rows = [
        (r.field, r.metric, "" if r.value is None else f"{r.value:.3f}", r.n, r.tp, r.fp, r.fn)
        for r in found.results
    ]
    screen().print(table(("field", "metric", "value", "n", "tp", "fp", "fn"), rows))
    _tell("gained", compared.gained)
    _tell("lost", compared.lost)
    evaluation.write(found, compared, kept)
    screen().print(f"All answers, gains and losses: {kept}")


def _tell(what: str, outcomes: Sequence[Outcome]) -> None:
    from flows.console import out, table

    if outcomes:
        rows = [(o.id, o.field, o.gold, o.predicted, o.note) for o in outcomes[:_SHOWN]]
        title = f"{len(outcomes):,} {what} against the last run"
        out().print(table(("id", "field", "gold", "read", "note"), rows, title))
