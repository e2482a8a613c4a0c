"""What must hold of an event: the accounts of one happening, linked, as mart.event_toll has it."""

from __future__ import annotations

from expectations.base import Table
from expectations.families import (
    CoordinatesInRange,
    DatesInOrder,
    HasColumns,
    InCodes,
    InsideCountry,
    TollsInOrder,
    UniqueKey,
    ValuesOfType,
)

TABLE = Table(
    suite="events",
    key="event_id",
    level="event",
    columns=(
        "event_id",
        "date_start",
        "date_end",
        "country_code",
        "lat",
        "lon",
        "sub_event_type",
        *TollsInOrder.shows,
    ),
)


class EventColumns(HasColumns):
    """The table of events has all of its columns."""

    suite = "events"
    column_set = TABLE.columns
    fails = ({"date_start": ...},)


class EventTypes(ValuesOfType):
    """An event's codes are texts, its tolls and coordinates are numbers."""

    suite = "events"
    texts = ("event_id", "country_code", "sub_event_type")
    figures = ("lat", "lon", *TollsInOrder.shows)
    fails = ({"killed_best": "three"}, {"event_id": "e2", "country_code": 7})


class EventIdUnique(UniqueKey):
    """Every event has an id of its own."""

    suite = "events"
    key = "event_id"
    fails = ({}, {})


class EventDatesInOrder(DatesInOrder):
    """An event does not end before it starts."""

    suite = "events"
    fails = ({"date_start": "2026-03-04", "date_end": "2026-03-01"},)


class EventCoordinatesInRange(CoordinatesInRange):
    """An event's latitude and longitude come together and lie on the globe."""

    suite = "events"
    fails = ({"lat": 95.0},)


class EventInsideCountry(InsideCountry):
    """An event's coordinates lie in its country."""

    suite = "events"
    fails = ({"country_code": "SD"},)


class EventKindKnown(InCodes):
    """What happened is one of ACLED's sub-event types."""

    suite = "events"
    field, code_list, code_column = "sub_event_type", "sub_events", "sub_event_type"
    passes = ({}, {"event_id": "e2", "sub_event_type": None})
    fails = ({"sub_event_type": "Bombing"},)


class EventTollsInOrder(TollsInOrder):
    """For each measure of an event low ≤ best ≤ high, over all its accounts."""

    suite = "events"
    passes = ({}, {"event_id": "e2", "injured_low": 35, "injured_best": None})
    fails = ({"killed_low": 7, "killed_best": 3, "killed_high": 3},)
