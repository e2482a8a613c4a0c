"""What must hold of an incident (one article's account) and of an event (many articles')."""

from __future__ import annotations

import json

import pandas as pd
from pandas import DataFrame, Series

from expectations.base import Batch, Computed, RowRule, Table, days, numbers, where
from expectations.families import (
    CoordinatesInRange,
    DatesInOrder,
    HasColumns,
    InCodes,
    InsideCountry,
    KnownCountry,
    Present,
    RefersTo,
    RegionAgrees,
    TollsAreCounts,
    TollsInOrder,
    UniqueKey,
    ValuesOfType,
    Within,
)
from transforms.model import TOLL_MEASURES

TABLE = Table(
    suite="incidents",
    key="incident_id",
    level="incident",
    columns=(
        "incident_id",
        "article_id",
        "version_id",
        "date_start",
        "date_end",
        "date_prec",
        "geoname_id",
        "place_name",
        "country",
        "country_code",
        "admin1",
        "lat",
        "lon",
        "where_prec",
        "stated_region",
        "region_contradicted",
        "place_span_start",
        "place_span_end",
        "sub_event_type",
        "weapon",
        "actors",
        *TollsInOrder.shows,
        "rules",
    ),
)
#: Days that an incident may lie after its article's date: the article may be dated in another
#: time zone.
LATER_ALLOWED = pd.Timedelta(days=1)


class IncidentColumns(HasColumns):
    """The table of incidents has all of its columns."""

    suite = "incidents"
    column_set = TABLE.columns
    fails = ({"killed_best": ...},)


class IncidentTypes(ValuesOfType):
    """An incident's names and codes are texts, its tolls and coordinates are numbers."""

    suite = "incidents"
    texts = (
        "incident_id", "article_id", "version_id", "place_name", "country", "country_code",
        "admin1", "stated_region", "sub_event_type", "weapon", "rules",
    )  # fmt: skip
    figures = (
        "date_prec", "geoname_id", "lat", "lon", "where_prec", "place_span_start", "place_span_end",
        *TollsInOrder.shows,
    )  # fmt: skip
    flags = ("region_contradicted",)
    fails = ({"killed_best": "three"}, {"incident_id": "i2", "weapon": 7})


class IncidentIdUnique(UniqueKey):
    """Every incident has an id of its own."""

    suite = "incidents"
    key = "incident_id"
    fails = ({}, {})


class IncidentOfArticle(RefersTo):
    """Every incident belongs to an article that is there."""

    suite = "incidents"
    field, other, other_key = "version_id", "articles", "version_id"
    fails = ({"version_id": "no such version"},)


class IncidentDatesInOrder(DatesInOrder):
    """An incident does not end before it starts."""

    suite = "incidents"
    passes = ({}, {"incident_id": "i2", "date_start": None, "date_end": None})
    fails = ({"date_start": "2026-03-04", "date_end": "2026-03-01"},)


class IncidentNotAfterArticle(Computed):
    """An incident does not happen after the article that reports it."""

    suite = "incidents"
    severity = "critical"
    shows = ("date_start", "place_name", "rules")
    passes = ({}, {"incident_id": "i2", "date_start": None, "date_end": None})
    fails = ({"date_start": "2026-04-01", "date_end": "2026-04-01"},)

    def holds_in(self, rows: DataFrame, batch: Batch) -> Series:
        """Whether the first day is at most ``LATER_ALLOWED`` after publication."""
        published = batch.published.reindex(rows["version_id"]).set_axis(rows.index)
        start = days(rows["date_start"])
        return where(start.notna() & published.notna(), start <= published + LATER_ALLOWED)


class IncidentTollsAreCounts(TollsAreCounts):
    """An incident's numbers are whole numbers of people, not below zero."""

    suite = "incidents"
    fails = ({"killed_low": -3}, {"incident_id": "i2", "injured_best": 0.5})


class IncidentTollsInOrder(TollsInOrder):
    """For each measure of an incident low ≤ best ≤ high."""

    suite = "incidents"
    passes = ({}, {"incident_id": "i2", "injured_low": 35, "injured_best": None})
    fails = ({"killed_low": 7, "killed_best": 3, "killed_high": 3},)


class IncidentHospitalisedWithinInjured(RowRule):
    """Not more people are in hospital than were injured at most, where that is known."""

    suite = "incidents"
    severity = "warning"
    shows = ("hospitalised_low", "injured_high", "critically_injured_low")
    passes = (
        {"hospitalised_low": 35, "injured_low": 35, "injured_best": None, "injured_high": None},
        {"incident_id": "i2", "hospitalised_low": 4, "injured_high": 4},
    )
    fails = (
        {"hospitalised_low": 35, "injured_low": 5, "injured_best": 5, "injured_high": 5},
        {"incident_id": "i2", "critically_injured_low": 9, "injured_best": 8, "injured_high": 8},
    )

    def holds(self, rows: DataFrame) -> Series:
        """Whether the least of each subset is not above the most of the injured."""
        injured = numbers(rows["injured_high"])
        within = pd.Series(True, index=rows.index)
        for subset in ("hospitalised_low", "critically_injured_low"):
            within &= ~(numbers(rows[subset]) > injured)
        return where(injured.notna(), within)


class IncidentKindKnown(InCodes):
    """What happened is one of ACLED's sub-event types."""

    suite = "incidents"
    field, code_list, code_column = "sub_event_type", "sub_events", "sub_event_type"
    passes = ({}, {"incident_id": "i2", "sub_event_type": None})
    fails = ({"sub_event_type": "Drone strike"},)


class IncidentDatePrecisionKnown(Within):
    """An incident's date precision is one of UCDP's 1 (day) to 5 (year)."""

    suite = "incidents"
    severity = "critical"
    field, low, high = "date_prec", 1, 5
    fails = ({"date_prec": 0},)


class IncidentPlacePrecisionKnown(Within):
    """An incident's place precision is one of UCDP's 1 (exact) to 7 (sea or air)."""

    suite = "incidents"
    severity = "critical"
    field, low, high = "where_prec", 1, 7
    fails = ({"where_prec": 8},)


class IncidentCoordinatesInRange(CoordinatesInRange):
    """An incident's latitude and longitude come together and lie on the globe."""

    suite = "incidents"
    shows = ("place_name", "lat", "lon")
    fails = ({"lat": -95.0}, {"incident_id": "i2", "lat": None})


class IncidentInsideCountry(InsideCountry):
    """An incident's coordinates lie in the country that it is said to be in."""

    suite = "incidents"
    shows = ("place_name", "country_code", "lat", "lon")
    fails = ({"country_code": "SD"},)


class IncidentCountryKnown(KnownCountry):
    """An incident's country is an ISO 3166-1 two-letter code."""

    suite = "incidents"
    fails = ({"country_code": "ru"},)


class IncidentRegionAgrees(RegionAgrees):
    """The region that the article gives an incident is where the gazetteer puts its place."""

    suite = "incidents"
    shows = ("place_name", "stated_region", "admin1", "country")
    passes = ({}, {"incident_id": "i2", "stated_region": "Udmurt Republic"})
    fails = ({"stated_region": "Perm Krai", "region_contradicted": True},)


class IncidentUnknownHasReason(RowRule):
    """Where an incident's place, day or best number is unknown, its rules say why."""

    suite = "incidents"
    severity = "warning"
    shows = ("rules",)
    passes = (
        {},
        {"incident_id": "i2", "geoname_id": None, "rules": '{"place": "no place told"}'},
        {"incident_id": "i3", "killed_best": None, "rules": '{"killed": "rival figures: no best"}'},
    )
    fails = (
        {"geoname_id": None},
        {"incident_id": "i2", "date_start": None, "rules": '{"place": "no place told"}'},
        {"incident_id": "i3", "killed_best": None, "rules": '{"killed": ""}'},
    )

    def holds(self, rows: DataFrame) -> Series:
        """Whether each unknown field has its rule; NA where all is known."""
        unknown = {"place": rows["geoname_id"].isna(), "date": rows["date_start"].isna()}
        for measure in TOLL_MEASURES:
            bounds = rows[[f"{measure}_low", f"{measure}_high"]].notna().any(axis=1)
            unknown[measure] = bounds & rows[f"{measure}_best"].isna()
        lacks = pd.DataFrame(unknown)
        some = lacks.any(axis=1)
        told = [
            all(rules.get(field) for field in lacks.columns[list(row)])
            for rules, row in zip(
                rows.loc[some, "rules"].map(json.loads), lacks[some].to_numpy(), strict=True
            )
        ]
        return where(some, pd.Series(told, index=rows.index[some]).reindex(rows.index))


class IncidentPlaced(Present):
    """It is known where an incident happened."""

    suite = "incidents"
    severity = "info"
    field = "lat"
    shows = ("article_id", "place_name")
    fails = ({"lat": None, "lon": None},)


class IncidentDated(Present):
    """It is known when an incident happened."""

    suite = "incidents"
    severity = "info"
    field = "date_start"
    shows = ("article_id", "place_name")
    fails = ({"date_start": None, "date_end": None},)
