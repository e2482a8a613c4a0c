"""Putting the warehouse before its readers, with the report; or telling why that is held back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flows import quality, sources
from flows.console import err, safe
from flows.sources import health
from seeds.read import SeedError
from warehouse.connect import snapshot
from warehouse.publish import publish as publish_snapshot

if TYPE_CHECKING:
    from flows.settings import Settings
    from flows.sources import Source

Found = dict[str, list[dict[str, Any]]]


def publish(settings: Settings) -> None:
    """Put a new snapshot of the warehouse in place for readers, and the report beside it."""
    from warehouse import report_data

    publish_snapshot(settings.home)
    _write(settings, report_data.read(settings.home))


def publish_if_sound(settings: Settings) -> None:
    """Publish what no run has just checked; hold it back if it breaks a critical rule."""
    if quality.is_sound(settings):
        publish(settings)
    else:
        hold_back(settings)


def hold_back(settings: Settings) -> None:
    """Leave the last good snapshot; the report and quality.json tell that, and of the last runs."""
    from warehouse import report_data

    found = report_data.read(settings.home) if snapshot(settings.home).is_file() else {}
    _write(settings, {**found, **report_data.books(settings.home)}, held_back=True)


def _write(settings: Settings, found: Found, *, held_back: bool = False) -> None:
    from expectations.report import ReportData, render

    standing = health.standing(_sources(settings), found.get("source", []))
    render(ReportData(**{**found, "source": standing}, held_back=held_back), settings.report)


def _sources(settings: Settings) -> list[Source]:
    """The sources that there are; a file that is malformed keeps nothing from being published."""
    try:
        return list(sources.load(settings.home).values())
    except (sources.SourceFileError, SeedError) as error:
        err().print(safe(f"the report lacks the sources' schedules: {error}"))
        return []
