"""What a list of articles says of each: where it is, and when it was published and changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any


class ListError(Exception):
    """A list of articles cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that a list names.

    Attributes:
        url: Its address.
        published: When it was published, as the list writes it in ISO 8601.
        updated: When it was changed, in the same way.
        title: Its headline.
    """

    url: str
    published: str | None = None
    updated: str | None = None
    title: str | None = None

    @property
    def day(self) -> date | None:
        """The day of publication as it is written, else that of the last change."""
        stated = self.published or self.updated
        return datetime.fromisoformat(stated).date() if stated else None

    @property
    def changed_at(self) -> datetime | None:
        """The moment of the last change; None where only a day is given, which is no moment."""
        if self.updated is None or len(self.updated) <= len("2026-01-01"):
            return None
        moment = datetime.fromisoformat(self.updated)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    @property
    def hints(self) -> dict[str, Any]:
        """What is kept with the page, for where it does not say so itself."""
        given = {"published_at": self.published, "updated_at": self.updated, "title": self.title}
        return {name: value for name, value in given.items() if value}


def iso(written: object) -> str | None:
    """A date as a list writes it, in ISO 8601; None where it is none that exists."""
    from transforms.fields import moment

    try:
        return moment(str(written).strip()).isoformat() if written else None
    except (ValueError, OverflowError):
        return None
