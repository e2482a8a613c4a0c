"""How each source does: its schedule, its last run, what it gave, and what is wrong with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flows.sources.model import Source

Row = dict[str, Any]
#: A source is late when so many of its intervals have gone by without a run.
_LATE = 2
_UNITS = (
    ("week", timedelta(weeks=1)),
    ("day", timedelta(days=1)),
    ("hour", timedelta(hours=1)),
    ("minute", timedelta(minutes=1)),
)
_RANK = {"failed": 0, "late": 1, "warned": 2, "ok": 3, "new": 4}
_COUNTS = ("listed", "articles", "loaded", "refused", "held", "holes")
_BOOKED = ("ended_at", "last_completed_at", *_COUNTS)


def standing(
    sources: Iterable[Source], booked: Iterable[Mapping[str, Any]], now: datetime | None = None
) -> list[Row]:
    """Each source with its books, those that need a person first.

    Args:
        sources: The sources that there are.
        booked: Rows of mart.source_health.
        now: The time to judge lateness by; now by default.

    Returns:
        Rows with name, kind, publisher, language, schedule, state (failed, late, warned, ok or
        new), health in words, and what mart.source_health has, None before the first run. A
        source that is in the books only has no publisher, language and schedule.
    """
    at = (now or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
    books = {row["source_name"]: row for row in booked}
    known = {source.name: source for source in sources}
    rows = [_row(name, known.get(name), books.get(name, {}), at) for name in {**known, **books}]
    return sorted(rows, key=lambda row: (_RANK[row["state"]], row["name"]))


def schedule(every: timedelta | None) -> str:
    """An interval in the words of a source's file, ``every 2 hours``; ``by hand`` for none."""
    if every is None:
        return "by hand"
    unit, size = next((u, s) for u, s in _UNITS if not every % s)
    count = every // size
    return f"every {unit}" if count == 1 else f"every {count} {unit}s"


def _row(name: str, source: Source | None, books: Mapping[str, Any], at: datetime) -> Row:
    state, said = _health(source, books, at)
    return {
        "name": name,
        "kind": source.kind if source else books["kind"],
        "publisher": source and source.publisher,
        "language": source and source.language,
        "schedule": schedule(source.every) if source else None,
        "state": state,
        "health": said,
        **{counted: books.get(counted) for counted in _BOOKED},
    }


def _health(source: Source | None, books: Mapping[str, Any], at: datetime) -> tuple[str, str]:
    if not books:
        return "new", "not run yet"
    if books["status"] == "failed":
        return "failed", f"failed: {books['message']}"
    every = source.every if source else None
    if every and at - books["ended_at"] > _LATE * every:
        return "late", f"late: due {schedule(every)}"
    return ("warned", f"ok; {books['message']}") if books["message"] else ("ok", "ok")
