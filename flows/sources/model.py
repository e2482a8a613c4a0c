"""What a source is: where articles come from, on what terms, how often and how many."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_EVERY = re.compile(r"every (?:(\d+) )?(minute|hour|day|week)s?")


class SourceFileError(Exception):
    """A source's file is not as it should be; the message names the file, the line and the key."""


@dataclass(frozen=True, slots=True)
class Paging:
    """How a JSON API gives its rows in pages.

    Attributes:
        by: ``page``, ``offset`` (a number in the address) or ``next`` (an address in the answer).
        parameter: The name of that number in the address.
        first: What it begins with.
        path: Where in the answer the next page's address is.
        most: Pages asked for at the most; more are told, not fetched.
    """

    by: str
    parameter: str = ""
    first: int = 0
    path: str = ""
    most: int = 100


@dataclass(frozen=True, slots=True)
class Source:
    """Where articles come from, and on what terms.

    Attributes:
        name: What `tollbook run` calls it by.
        kind: One of ``flows.sources.check.KINDS``.
        reads: The addresses, files or folder.
        publisher: Whose texts they are, for people: an article keeps the publisher it states.
        licence: On what terms they may be used.
        language: ISO 639-1 code of what most of it is written in.
        note: What is in it.
        terms: What the publisher says of being read by machines.
        covers: Countries and regions it tells of.
        every: How often it is to be read; None: by hand only.
        least: Articles below which a run of it fails.
        most: Articles above which a run of it warns.
        delay: Seconds between two requests at one host, beside what its robots.txt asks for.
        private: Whether its addresses may be on private networks.
        columns: Our name of a field -> its column, or its dotted path in a JSON row.
        items: Dotted path of the rows in a JSON answer.
        paging: How it gives pages; None: there is one.
    """

    name: str
    kind: str
    reads: tuple[str, ...]
    publisher: str
    licence: str
    language: str
    note: str = ""
    terms: str = ""
    covers: tuple[str, ...] = ()
    every: timedelta | None = None
    least: int = 0
    most: int | None = None
    delay: float = 1.0
    private: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    items: str = ""
    paging: Paging | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """Days of publication to take in, both included."""

    since: date
    until: date

    def days(self) -> list[date]:
        """Each of its days, the oldest first."""
        count = (self.until - self.since).days + 1
        return [self.since + timedelta(days=number) for number in range(count)]

    def holds(self, day: date | None) -> bool:
        """Whether a day is in it; one that is not known may be."""
        return day is None or self.since <= day <= self.until


def interval(schedule: str) -> timedelta | None:
    """How long it is from one run to the next: ``every 2 hours``, ``every day``.

    Returns:
        None where the words are no such schedule.
    """
    found = _EVERY.fullmatch(schedule.strip())
    count = int(found[1] or 1) if found else 0
    return timedelta(**{f"{found[2]}s": count}) if found and count else None
