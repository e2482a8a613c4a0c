"""What must hold of an article as it was read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
from pandas import DataFrame, Series

from expectations.base import Batch, Computed, Expectation, Gx, Table, days, where
from expectations.families import HasColumns, InCodes, Present, UniqueKey, ValuesOfType

TABLE = Table(
    suite="articles",
    key="article_id",
    level="article",
    columns=(
        "article_id",
        "version_id",
        "url",
        "publisher",
        "title",
        "author",
        "published_at",
        "published_on",
        "language",
        "text",
        "source",
        "line",
        "body_sha256",
        "updated_at",
        "source_name",
    ),
)
#: Characters: below, a paywall's teaser or a headline; above, a dump of many articles.
SHORT_TEXT, LONG_TEXT = 80, 200_000
#: A time-zone's width and a day for a clock that is wrong; beyond it a date is a mistake.
FUTURE_ALLOWED = timedelta(days=2)
FIRST_YEAR = 1900


class ArticleColumns(HasColumns):
    """The table of articles has all of its columns."""

    suite = "articles"
    column_set = TABLE.columns
    fails = ({"text": ...},)


class ArticleTypes(ValuesOfType):
    """An article's text, title, address and so on are texts, and its line is a number."""

    suite = "articles"
    texts = (
        "article_id", "version_id", "url", "publisher", "title", "author", "language", "text",
        "source", "body_sha256", "source_name",
    )  # fmt: skip
    figures = ("line",)
    fails = ({"text": 7}, {"version_id": "v2", "line": "seven"})


class ArticleVersionUnique(UniqueKey):
    """No version of an article comes twice in one batch, and each has its id."""

    suite = "articles"
    key = "version_id"
    passes = ({}, {"version_id": "v2", "text": "Another text."})
    fails = ({}, {})


class ArticleIdPresent(Present):
    """Every article has an id."""

    suite = "articles"
    severity = "critical"
    field = "article_id"
    fails = ({"article_id": None},)


class ArticleHasText(Expectation):
    """Every article has a text with at least one letter or digit in it."""

    suite = "articles"
    severity = "critical"
    fails = ({"text": None}, {"text": " \n\t "}, {"text": "…"})

    def compile(self, gx: Gx) -> list[Any]:
        """Not null, and a word character somewhere."""
        return [
            gx.ExpectColumnValuesToNotBeNull(column="text"),
            gx.ExpectColumnValuesToMatchRegex(column="text", regex=r"\w"),
        ]


class ArticleTextLength(Expectation):
    """An article's text has 80 to 200,000 characters: a shorter one may be a teaser, a longer
    one several articles in one.
    """

    suite = "articles"
    severity = "warning"
    shows = ("title", "url")
    fails = ({"text": "Subscribe to read on."},)

    def compile(self, gx: Gx) -> list[Any]:
        """Length of the text in characters."""
        lengths = gx.ExpectColumnValueLengthsToBeBetween
        return [lengths(column="text", min_value=SHORT_TEXT, max_value=LONG_TEXT)]


class ArticleDated(Present):
    """An article says when it was published; without it, “on Tuesday” is no date."""

    suite = "articles"
    severity = "warning"
    field = "published_at"
    shows = ("title", "url", "source")
    fails = ({"published_at": None},)


class ArticleDatePlausible(Computed):
    """An article's publication date is after 1900 and not more than 2 days in the future."""

    suite = "articles"
    severity = "critical"
    shows = ("published_at", "title", "source")
    passes = (
        {},
        {"version_id": "v2", "published_at": None},
        {"version_id": "v3", "published_at": datetime.now(UTC) + timedelta(hours=20)},
    )
    fails = (
        {"published_at": datetime.now(UTC) + timedelta(days=40)},
        {"version_id": "v2", "published_at": "0206-01-05"},
    )

    def holds_in(self, rows: DataFrame, batch: Batch) -> Series:
        """Whether the day is in range; NA where there is none."""
        published = days(rows["published_at"])
        latest = pd.Timestamp(batch.now + FUTURE_ALLOWED).tz_convert("UTC").tz_localize(None)
        plausible = published.between(pd.Timestamp(FIRST_YEAR, 1, 1), latest)
        return where(rows["published_at"].notna(), plausible)


class ArticleLanguageKnown(InCodes):
    """An article's language is known, as a two-letter ISO 639-1 code."""

    suite = "articles"
    severity = "warning"
    field = "language"
    code_list = "languages"
    shows = ("title", "language")
    fails = ({"language": None}, {"version_id": "v2", "language": "English"})

    def compile(self, gx: Gx) -> list[Any]:
        """Not null and in the list."""
        return [gx.ExpectColumnValuesToNotBeNull(column=self.field), *super().compile(gx)]


class ArticlePublisherKnown(Present):
    """An article names its publisher; without it, independent sources cannot be counted."""

    suite = "articles"
    severity = "info"
    field = "publisher"
    shows = ("title", "url", "source")
    fails = ({"publisher": None},)
