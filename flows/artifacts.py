"""What the expectations found, as artifacts of the flow run: a table, a summary, a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from warehouse import checks
from warehouse.connect import writer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.settings import Settings

Row = dict[str, Any]


def show(settings: Settings, run_id: str) -> None:
    """Make the artifacts ``expectations``, ``quality`` and ``report`` of the flow run that runs."""
    with writer(settings.home) as con:
        results = checks.booked(con, run_id)
    create_table_artifact(results, key="expectations", description="Every expectation of the run.")
    create_markdown_artifact(summary(results), key="quality", description="What did not hold.")
    create_link_artifact(settings.report.as_uri(), link_text="Quality report", key="report")


def summary(results: Sequence[Row]) -> str:
    """The expectations that did not hold, or could not be judged, as Markdown."""
    count = dict.fromkeys(("passed", "failed", "errored"), 0)
    for row in results:
        count[row["status"]] += 1
    lines = [
        f"{len(results)} expectations: {count['passed']} passed, {count['failed']} failed, "
        f"{count['errored']} could not be judged."
    ]
    lines += [
        f"- **{row['severity']}** {row['suite']}: {row['sentence']} {_extent(row)}"
        for row in results
        if row["status"] != "passed"
    ]
    return "\n".join(lines)


def _extent(row: Row) -> str:
    if row["status"] == "errored":
        return "Could not be judged."
    return f"{row['unexpected']:,} of {row['checked']:,}."
