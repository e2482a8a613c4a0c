"""What the fields of an input are called, and how its date of publication is written."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from seeds import read as seeds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SEPARATORS = str.maketrans("", "", string.whitespace + "-_")


class DateError(ValueError):
    """A written date that does not exist, or may be either of two days."""


@cache
def _aliases() -> dict[str, list[str]]:
    columns: dict[str, list[str]] = seeds.toml("columns.toml")
    return {name: [plain(alias) for alias in aliases] for name, aliases in columns.items()}


@cache
def _known() -> frozenset[str]:
    return frozenset(alias for aliases in _aliases().values() for alias in aliases)


def plain(column: str) -> str:
    """A column's name without regard to case, spaces, "-" and "_"."""
    return column.casefold().translate(_SEPARATORS)


def has_text(columns: Iterable[str]) -> bool:
    """Whether one of a table's columns goes by a name of the text."""
    return not {plain(column) for column in columns}.isdisjoint(_aliases()["text"])


def twice(columns: Iterable[str]) -> str | None:
    """The first column that is read and named a second time: either would hide the other."""
    seen: set[str] = set()
    for column in columns:
        name = plain(column)
        if name in seen and name in _known():
            return column
        seen.add(name)
    return None


def candidates(fields: Mapping[str, object]) -> dict[str, list[object]]:
    """What is set under the names of each field, the preferred name first."""
    given = {plain(column): value for column, value in fields.items() if value is not None}
    return {
        name: [given[alias] for alias in aliases if alias in given]
        for name, aliases in _aliases().items()
    }


def published(value: str | None, name: str = "published_at") -> tuple[datetime | None, date | None]:
    """The moment in UTC, and the day as it is written: dates in the text count from that day.

    ISO 8601, and the form of RFC 2822 that feeds use. A day alone is its midnight, a time without
    a zone is read as UTC. ``03/04/2024`` may be either of two days, so it is refused.

    Raises:
        DateError: there is no such date, or none between the years 1 and 9999 in UTC.
    """
    written = (value or "").strip()
    if not written:
        return None, None
    try:
        found = moment(written)
        stated = found if found.tzinfo else found.replace(tzinfo=UTC)
        return stated.astimezone(UTC), found.date()
    except (ValueError, OverflowError):
        raise DateError(
            f"{name}: {written[:60]!r} is no date that exists (expected YYYY-MM-DD)"
        ) from None


def moment(written: str) -> datetime:
    """A date in ISO 8601 or the form of RFC 2822.

    Raises:
        ValueError: it is written in neither, or does not exist.
    """
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        from email.utils import parsedate_to_datetime  # costs more than all the rest here

        return parsedate_to_datetime(written)
