"""How each source does, in words and in the order in which a person should look."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from flows.sources import Source, health, interval

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)


def _source(name: str, every: timedelta | None = timedelta(hours=2)) -> Source:
    return Source(name, "feed", (), "The Post", "by permission", "en", every=every)


def _books(name: str, hours: float = 1, **given: Any) -> dict[str, Any]:
    ended = NOW.replace(tzinfo=None) - timedelta(hours=hours)
    row = {"source_name": name, "kind": "feed", "status": "completed", "message": None}
    return {**row, "ended_at": ended, "articles": 7, "held": 70, **given}


def test_what_needs_a_person_comes_first() -> None:
    sources = [_source(name) for name in ("fine", "fresh", "gave-much", "ill", "slow")]
    sources.append(_source("by-hand", None))
    booked = [
        _books("fine"),
        _books("gave-much", message="gave 7 articles, more than its maximum of 5"),
        _books("ill", status="failed", message="no list"),
        _books("slow", hours=4.1),
        _books("by-hand", hours=4000),
        _books("without-file", hours=4000),
    ]
    rows = health.standing(sources, booked, NOW)
    assert [(row["name"], row["schedule"], row["health"]) for row in rows] == [
        ("ill", "every 2 hours", "failed: no list"),
        ("slow", "every 2 hours", "late: due every 2 hours"),
        ("gave-much", "every 2 hours", "ok; gave 7 articles, more than its maximum of 5"),
        ("by-hand", "by hand", "ok"),
        ("fine", "every 2 hours", "ok"),
        ("without-file", None, "ok"),
        ("fresh", "every 2 hours", "not run yet"),
    ]
    assert [rows[0][name] for name in ("kind", "publisher", "articles", "held", "holes")] == [
        "feed", "The Post", 7, 70, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", ["every minute", "every 90 minutes", "every 2 days", "every week"]
)
def test_a_schedule_is_told_as_it_is_written(words: str) -> None:
    assert health.schedule(interval(words)) == words
