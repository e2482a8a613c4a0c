"""What an expectation is: a rule about one table that a user can read and Great Expectations runs.

This module does not import Great Expectations (3 s): ``compile`` is handed its expectation classes.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, ClassVar, Literal

import pandas as pd
from pandas import DataFrame, Series

Suite = Literal["articles", "claims", "places", "dates", "incidents", "events", "trends"]
Severity = Literal["critical", "warning", "info"]
Row = Mapping[str, Any]
#: Great Expectations' module of expectation classes, or anything with the same names.
Gx = Any


@dataclass(frozen=True)
class Table:
    """How a suite's table is called, keyed and quarantined."""

    suite: Suite
    key: str
    level: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Batch:
    """The frames that are checked together, one a suite, and the time to check them against."""

    frames: Mapping[str, DataFrame]
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    @cached_property
    def texts(self) -> dict[str, str]:
        """The article's text by version."""
        articles = self.frames["articles"]
        return dict(zip(articles["version_id"], articles["text"], strict=True))

    @cached_property
    def published(self) -> Series:
        """The article's day of publication by version; NaT where unknown."""
        articles = self.frames["articles"].drop_duplicates("version_id")
        return days(articles["published_at"]).set_axis(articles["version_id"])


class Expectation(ABC):
    """One rule. Its docstring is the sentence that a user reads; the rest are class attributes.

    ``passes`` and ``fails`` hold example rows, each as its differences from a sound row of the
    suite's table (``expectations.examples``); the tests run both through Great Expectations.
    """

    suite: ClassVar[Suite]
    severity: ClassVar[Severity]
    passes: ClassVar[tuple[Row, ...]] = ({},)
    fails: ClassVar[tuple[Row, ...]]
    #: The columns, beside the key, that show a person what is wrong.
    shows: ClassVar[tuple[str, ...]] = ()
    #: A rule about the table as a whole has no rows to point at.
    about_rows: ClassVar[bool] = True

    @property
    def name(self) -> str:
        """The class name in snake case: the rule's name in every table and report."""
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in type(self).__name__)[1:]

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return " ".join((type(self).__doc__ or "").split())

    @abstractmethod
    def compile(self, gx: Gx) -> list[Any]:
        """The Great Expectations that together say the rule."""

    @property
    def holds_back(self) -> bool:
        """Whether a row that fails goes to quarantine instead of the warehouse."""
        return self.about_rows and self.severity == "critical"


class Computed(Expectation):
    """A rule computed with pandas, maybe across tables, and then judged by GX as a column."""

    @abstractmethod
    def holds_in(self, rows: DataFrame, batch: Batch) -> Series:
        """True or False for each row; NA where the rule has nothing to judge."""

    @property
    def column(self) -> str:
        """The computed column's name."""
        return f"holds:{self.name}"

    def compile(self, gx: Gx) -> list[Any]:
        """The computed column must be true wherever it is known."""
        return [gx.ExpectColumnValuesToBeInSet(column=self.column, value_set=[True])]


class RowRule(Computed):
    """A computed rule that needs only the row itself."""

    @abstractmethod
    def holds(self, rows: DataFrame) -> Series:
        """True or False for each row; NA where the rule has nothing to judge."""

    def holds_in(self, rows: DataFrame, batch: Batch) -> Series:  # noqa: ARG002 other rules need it
        """The same, whatever else is in the batch."""
        return self.holds(rows)


def where(applies: Series, holds: Series) -> Series:
    """``holds`` where the rule applies, NA elsewhere."""
    judged: Series = holds.astype("boolean").mask(~applies.astype("boolean").fillna(value=False))
    return judged


def days(values: Series) -> Series:
    """Dates, timestamps or ISO strings as days without a time zone; NaT where there is none."""
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        values = values.dt.tz_convert("UTC").dt.tz_localize(None)
    elif not pd.api.types.is_datetime64_dtype(values.dtype):
        texts = values.map(str, na_action="ignore")
        values = pd.to_datetime(texts, errors="coerce", utc=True, format="ISO8601")
        values = values.dt.tz_localize(None)
    normal: Series = values.dt.normalize().astype("datetime64[us]")
    return normal


def numbers(values: Series) -> Series:
    """A column as floats; NaN where it is unknown or no number."""
    return pd.to_numeric(values, errors="coerce").astype("float64")


def ascending(*columns: Series) -> Series:
    """Whether the known values of each row never fall from one column to the next."""
    sound = pd.Series(True, index=columns[0].index, dtype="boolean")
    highest = columns[0]
    for column in columns[1:]:
        sound &= ~(column < highest).fillna(value=False)
        highest = column.where(column.notna(), highest)
    return sound
