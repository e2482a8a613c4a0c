"""What the quality report shows, read from the published snapshot by the queries of report/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from warehouse.connect import reader, writer
from warehouse.sql import records

QUERIES = Path(__file__).resolve().parent / "report"
Rows = list[dict[str, Any]]


def read(home: Path) -> dict[str, Rows]:
    """Each query's rows by its name: run, step, check, work, held, event, claim, figure …

    Raises:
        NoSnapshotError: nothing is published yet.
    """
    with reader(home) as con:
        return {
            path.stem: records(con, path.read_text(encoding="utf-8"))
            for path in sorted(QUERIES.glob("*.sql"))
        }


#: What tells of runs, and not of what they loaded.
_BOOKS = ("run", "step", "check", "held")


def books(home: Path) -> dict[str, Rows]:
    """The rows about runs as the pipeline has them now, published or not."""
    with writer(home) as con:
        return {name: records(con, (QUERIES / f"{name}.sql").read_text("utf-8")) for name in _BOOKS}
