"""What must hold of a place mention and of a date mention."""

from __future__ import annotations

from pandas import DataFrame, Series

from expectations.base import RowRule, Table, days, where
from expectations.families import (
    AdminInCountry,
    CoordinatesInRange,
    DatesInOrder,
    HasColumns,
    InsideCountry,
    KnownCountry,
    Present,
    QuoteMatchesText,
    RefersTo,
    RegionAgrees,
    UniqueKey,
    ValuesOfType,
    Within,
)

TABLE = Table(
    suite="places",
    key="mention_id",
    level="place",
    columns=(
        "mention_id",
        "article_id",
        "version_id",
        "span_start",
        "span_end",
        "mention_text",
        "geoname_id",
        "name",
        "country",
        "country_code",
        "admin1",
        "admin1_code",
        "admin2",
        "lat",
        "lon",
        "feature",
        "score",
        "where_prec",
        "stated_region",
        "region_contradicted",
        "candidates",
    ),
)
DATES = Table(
    suite="dates",
    key="mention_id",
    level="date",
    columns=(
        "mention_id",
        "article_id",
        "version_id",
        "span_start",
        "span_end",
        "mention_text",
        "date_start",
        "date_end",
        "date_prec",
    ),
)


class PlaceColumns(HasColumns):
    """The table of place mentions has all of its columns."""

    suite = "places"
    column_set = TABLE.columns
    fails = ({"lat": ...},)


class PlaceTypes(ValuesOfType):
    """A place's names and codes are texts, its coordinates, precision and span are numbers."""

    suite = "places"
    texts = (
        "mention_id", "article_id", "version_id", "mention_text", "name", "country", "country_code",
        "admin1", "admin1_code", "admin2", "feature", "stated_region",
    )  # fmt: skip
    figures = ("span_start", "span_end", "geoname_id", "lat", "lon", "score", "where_prec")
    flags = ("region_contradicted",)
    fails = ({"lat": "56.85 N"}, {"mention_id": "p2", "region_contradicted": "no"})


class PlaceIdUnique(UniqueKey):
    """Every place mention has an id of its own."""

    suite = "places"
    key = "mention_id"
    fails = ({}, {})


class PlaceOfArticle(RefersTo):
    """Every place mention belongs to an article that is there."""

    suite = "places"
    field, other, other_key = "version_id", "articles", "version_id"
    fails = ({"version_id": "no such version"},)


class PlaceTextInArticle(QuoteMatchesText):
    """A place's words are, letter for letter, what the article says at its span."""

    suite = "places"
    quote = "mention_text"
    shows = ("mention_text", "span_start", "span_end")
    fails = ({"mention_text": "Narnia"},)


class PlaceCoordinatesInRange(CoordinatesInRange):
    """A place's latitude and longitude come together and lie on the globe."""

    suite = "places"
    shows = ("mention_text", "lat", "lon")
    passes = ({}, {"mention_id": "p2", "lat": None, "lon": None})
    fails = ({"lat": 91.0}, {"mention_id": "p2", "lon": None}, {"mention_id": "p3", "lon": 200.0})


class PlaceInsideCountry(InsideCountry):
    """A place's coordinates lie in the country that it is said to be in."""

    suite = "places"
    shows = ("mention_text", "name", "country_code", "lat", "lon")
    passes = (
        {},
        {"mention_id": "p2", "country_code": "UA", "lat": 44.95, "lon": 34.1},  # Simferopol
        {"mention_id": "p3", "country_code": "RU", "lat": 66.0, "lon": -171.0},  # Chukotka
        {"mention_id": "p4", "country_code": None},
    )
    fails = (
        {"country_code": "UA", "lat": 48.85, "lon": 2.35},
        {"mention_id": "p2", "country_code": "RU", "lat": 62.0, "lon": -100.0},
    )


class PlaceCountryKnown(KnownCountry):
    """A place's country is an ISO 3166-1 two-letter code."""

    suite = "places"
    passes = ({}, {"mention_id": "p2", "country_code": None})
    fails = ({"country_code": "Ukraine"}, {"mention_id": "p2", "country_code": "UKR"})


class PlaceAdminInCountry(AdminInCountry):
    """A place's province is one of its country's."""

    suite = "places"
    shows = ("mention_text", "country_code", "admin1", "admin1_code")
    passes = ({}, {"mention_id": "p2", "admin1_code": None})
    fails = ({"admin1_code": "UA-23", "country_code": "RU"},)


class PlaceRegionAgrees(RegionAgrees):
    """The region that the article gives a place is where the gazetteer puts it."""

    suite = "places"
    shows = ("mention_text", "stated_region", "admin1", "country")
    passes = ({}, {"mention_id": "p2", "stated_region": "Udmurt Republic"})
    fails = ({"stated_region": "Perm Krai", "region_contradicted": True},)


class PlacePrecisionKnown(Within):
    """A place's precision is one of UCDP's 1 (exact) to 7 (sea or air)."""

    suite = "places"
    severity = "critical"
    field, low, high = "where_prec", 1, 7
    passes = ({}, {"mention_id": "p2", "where_prec": None})
    fails = ({"where_prec": 0}, {"mention_id": "p2", "where_prec": 9})


class PlaceScoreInRange(Within):
    """How sure a place is lies between 0 and 1."""

    suite = "places"
    severity = "critical"
    field, low, high = "score", 0, 1
    fails = ({"score": 1.4},)


class PlaceResolved(Present):
    """A place that an article names is found in the gazetteer."""

    suite = "places"
    severity = "info"
    field = "geoname_id"
    shows = ("mention_text", "article_id")
    fails = ({"geoname_id": None},)


class DateColumns(HasColumns):
    """The table of date mentions has all of its columns."""

    suite = "dates"
    column_set = DATES.columns
    fails = ({"date_prec": ...},)


class DateTypes(ValuesOfType):
    """A date's words are a text, its precision and span are numbers."""

    suite = "dates"
    texts = ("mention_id", "article_id", "version_id", "mention_text")
    figures = ("span_start", "span_end", "date_prec")
    fails = ({"date_prec": "day"}, {"mention_id": "d2", "mention_text": 3})


class DateIdUnique(UniqueKey):
    """Every date mention has an id of its own."""

    suite = "dates"
    key = "mention_id"
    fails = ({}, {})


class DateTextInArticle(QuoteMatchesText):
    """A date's words are, letter for letter, what the article says at its span."""

    suite = "dates"
    quote = "mention_text"
    shows = ("mention_text", "span_start", "span_end")
    fails = ({"mention_text": "yesterday"},)


class DateSpanInOrder(DatesInOrder):
    """A span of days does not end before it starts."""

    suite = "dates"
    shows = ("mention_text", "date_start", "date_end")
    passes = ({}, {"mention_id": "d2", "date_start": None, "date_end": None})
    fails = ({"date_start": "2026-03-04", "date_end": "2026-03-01"},)


class DatePrecisionKnown(Within):
    """A date's precision is one of UCDP's 1 (day) to 5 (year)."""

    suite = "dates"
    severity = "critical"
    field, low, high = "date_prec", 1, 5
    fails = ({"date_prec": 6},)


class DatePrecisionFits(RowRule):
    """A date that is known to the day covers one day, a longer span says so."""

    suite = "dates"
    severity = "warning"
    shows = ("mention_text", "date_start", "date_end", "date_prec")
    passes = ({}, {"mention_id": "d2", "date_end": "2026-03-05", "date_prec": 2})
    fails = ({"date_start": "2026-03-01", "date_end": "2026-03-31", "date_prec": 1},)

    def holds(self, rows: DataFrame) -> Series:
        """Whether precision 1 and a span of one day come together."""
        start, end = days(rows["date_start"]), days(rows["date_end"])
        known = start.notna() & end.notna() & rows["date_prec"].notna()
        return where(known, (start == end) == (rows["date_prec"] == 1))
