"""Checking what is loaded: each batch before, the whole warehouse after; and what people mended."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from flows.readers import RawArticle
from seeds.corrections import rows as values
from warehouse import checks, corrections
from warehouse.connect import writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from expectations.validate import Validation
    from flows.batch import Batch
    from flows.settings import Settings

Row = dict[str, Any]
#: Characters of the broken rows that an error shows.
_SHOWN = 300
_MOMENTS = ("published_at", "updated_at", "fetched_at")


class QualityError(Exception):
    """A critical expectation failed for a whole table, or could not be judged.

    The run publishes nothing; of a batch that failed, nothing is loaded.
    """


class CorrectionError(QualityError):
    """A correction matches nothing, or its source has been mended since."""


def find_outdated(settings: Settings, also: Sequence[str] = ()) -> list[RawArticle]:
    """The articles that the warehouse holds and for which corrections have changed since.

    Args:
        settings: Where the warehouse is.
        also: Others to be read again, by id.
    """
    with writer(settings.home) as con:
        found = corrections.outdated(con, values.rows(), also)
    return [RawArticle(**{**row, **in_utc(row)}) for row in found]


def in_utc(row: Mapping[str, Any]) -> Row:
    """The moments of a row of raw.article with their zone."""
    return {name: row[name] and row[name].replace(tzinfo=UTC) for name in _MOMENTS}


def validate(settings: Settings, run_id: str, batch: Batch) -> None:
    """Check the tables; rows that break a critical rule go to quarantine, and what hangs on them.

    Raises:
        QualityError: a critical rule about a whole table fails, or cannot be judged.
    """
    if not batch.read:
        return
    from expectations.validate import validate as check

    with batch.step("validate", len(batch.read)):
        found = check(batch.frames)
        if found.blocking:
            with writer(settings.home) as con:
                checks.book(con, run_id, _rows(found))
            worst = {result.expectation for result in found.blocking}
            raise QualityError(_told(r for r in _rows(found) if r["expectation"] in worst))
        batch.frames = found.kept
        batch.checks = found.rows("")
        rows = found.quarantined.to_dict("records")
        batch.held += [{str(name): value for name, value in row.items()} for row in rows]


def check_warehouse(settings: Settings, run_id: str, misses: Mapping[str, str]) -> None:
    """Check what the whole warehouse holds now, at the end of a run and before it is published.

    Args:
        settings: Where the warehouse is.
        run_id: The run, all its batches loaded.
        misses: Why corrections could not be applied, by file and line.

    Raises:
        QualityError: a critical rule does not hold, or could not be judged.
        CorrectionError: a correction is not in force; the message names its file and line.
    """
    from expectations.validate import validate as check

    with writer(settings.home) as con:
        across = checks.run(con)
        results = [*across, *_rows(check(checks.figures(con, run_id)))]
        missing = corrections.missing(con, values.rows())
        checks.book(con, run_id, results)
    if missing:
        raise CorrectionError("; ".join(_why(one, misses) for one in missing))
    if worst := _worst(results):
        raise QualityError(_told(worst))


def is_sound(settings: Settings) -> bool:
    """Whether the warehouse as it is may be published: its critical rules and corrections hold."""
    with writer(settings.home) as con:
        across = checks.run(con)
        missing = corrections.missing(con, values.rows())
    return not missing and not _worst(across)


def _worst(results: Iterable[Row]) -> list[Row]:
    """What a view concludes cannot be held back row by row: all is, until it is mended."""
    return [r for r in results if r["severity"] == "critical" and r["status"] != "passed"]


def _rows(found: Validation) -> list[Row]:
    return [{str(k): v for k, v in row.items()} for row in found.rows("").to_dict("records")]


def _told(results: Iterable[Row]) -> str:
    """What is broken, in a line: each rule in words, and how far."""
    return "; ".join(
        f"{r['suite']}: {r['sentence']} ({r['status']}, {r['unexpected']}: {r['sample'][:_SHOWN]})"
        for r in results
    )


def _why(one: values.Correction, misses: Mapping[str, str]) -> str:
    unknown = "its article is not in the warehouse, or the row is in quarantine"
    return f"{one.where}: {one.row}: {misses.get(one.where, unknown)}"
