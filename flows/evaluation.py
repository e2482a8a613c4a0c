"""Scoring `tollbook extract` against a gold file, and comparing with the last time."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson

from flows import extraction, files, pool
from flows.readers.lines import Line, lines
from transforms.scoring import Changes, Outcome, Scores, changes, score

if TYPE_CHECKING:
    from pathlib import Path

    from flows.readers.model import Rejected


class GoldError(Exception):
    """A gold file cannot be read; the message names the line."""


def evaluate(gold: Path, jobs: int, overlay: Path | None = None) -> Scores:
    """Read each text of a gold file and score what comes out.

    Args:
        gold: JSON Lines, each a text with its labels.
        jobs: Processes to read in.
        overlay: A gazetteer with imported places.

    Raises:
        GoldError: a line is no JSON object.
        ScoringError: the gold cannot be scored.
    """
    with gold.open("rb") as file:
        given = [line for line in lines(file, str(gold)) if not _is_blank(line)]
    golds = [_row(gold, line) for line in given]
    answers = pool.work(partial(extraction.answer, overlay=overlay), given, jobs)
    return score(gold.stem, golds, [orjson.loads(answer) for answer in answers])


def _is_blank(line: Line | Rejected) -> bool:
    return isinstance(line, Line) and not line.data.strip()


def _row(gold: Path, line: Line | Rejected) -> dict[str, Any]:
    if not isinstance(line, Line):
        raise GoldError(f"{line.where}: {line.reason}")
    try:
        row = orjson.loads(line.data)
    except orjson.JSONDecodeError as error:
        raise GoldError(f"{gold}:{line.number}: not JSON: {error.msg}") from None
    if not isinstance(row, dict):
        raise GoldError(f"{gold}:{line.number}: expected an object, found {type(row).__name__}")
    return row


def compare(found: Scores, last: Path) -> Changes:
    """What is right now that was not in the last run, and the other way round."""
    if not last.is_file():
        return Changes((), ())
    before = orjson.loads(last.read_bytes())["outcomes"]
    return changes([Outcome(**outcome) for outcome in before], found.outcomes)


def write(found: Scores, compared: Changes, path: Path) -> None:
    """Keep the scores, each answer, and the gains and losses, for people and the next run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {**asdict(found), **asdict(compared)}
    files.write(path, [orjson.dumps(kept, option=orjson.OPT_INDENT_2, default=str)])
