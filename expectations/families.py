"""Kinds of rule that several tables share; a table's module makes each one its own class."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas import DataFrame, Series

from expectations.base import (
    Batch,
    Computed,
    Expectation,
    Gx,
    RowRule,
    Severity,
    ascending,
    days,
    numbers,
    where,
)
from seeds import read
from transforms.model import TOLL_MEASURES

Floats = npt.NDArray[np.float64]

#: Degrees by which a place may lie outside its country's boxes: coasts, islets, rounding (55 km).
BORDER_MARGIN = 0.5


class HasColumns(Expectation):
    """The table has all of these columns (others may be there too)."""

    severity: ClassVar[Severity] = "critical"
    about_rows = False
    column_set: ClassVar[tuple[str, ...]]

    def compile(self, gx: Gx) -> list[Any]:
        """The table's columns contain the set."""
        return [gx.ExpectColumnToExist(column=name) for name in self.column_set]


class UniqueKey(Expectation):
    """Every row has a key and no two rows share one."""

    severity: ClassVar[Severity] = "critical"
    key: ClassVar[str]

    def compile(self, gx: Gx) -> list[Any]:
        """Not null and unique."""
        return [
            gx.ExpectColumnValuesToNotBeNull(column=self.key),
            gx.ExpectColumnValuesToBeUnique(column=self.key),
        ]


class ValuesOfType(RowRule):
    """Every value that is known is of its column's type: text, a number, or yes and no."""

    severity: ClassVar[Severity] = "critical"
    texts: ClassVar[tuple[str, ...]] = ()
    figures: ClassVar[tuple[str, ...]] = ()
    flags: ClassVar[tuple[str, ...]] = ()

    @property
    def shows(self) -> tuple[str, ...]:  # type: ignore[override] # all that may be wrong
        """The columns that are judged."""
        return (*self.texts, *self.figures, *self.flags)

    def holds(self, rows: DataFrame) -> Series:
        """Column by column; a column of the right type as a whole is not looked through."""
        sound = pd.Series(True, index=rows.index, dtype="boolean")
        for names, fits, kinds in (
            (self.texts, pd.api.types.is_string_dtype, (str,)),
            (self.figures, _is_figures, (int, float, np.integer, np.floating)),
            (self.flags, pd.api.types.is_bool_dtype, (bool, np.bool_)),
        ):
            for column in (rows[name] for name in names if not fits(rows[name])):
                of_kind = [isinstance(v, kinds) for v in column.to_numpy(dtype=object)]
                sound &= column.isna() | pd.Series(of_kind, index=rows.index)
        return sound


def _is_figures(column: Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


class Present(Expectation):
    """A value is known in every row."""

    field: ClassVar[str]

    def compile(self, gx: Gx) -> list[Any]:
        """Not null."""
        return [gx.ExpectColumnValuesToNotBeNull(column=self.field)]


class Within(Expectation):
    """A number lies in a range, both ends included."""

    field: ClassVar[str]
    low: ClassVar[float]
    high: ClassVar[float]

    def compile(self, gx: Gx) -> list[Any]:
        """Between low and high."""
        between = gx.ExpectColumnValuesToBeBetween
        return [between(column=self.field, min_value=self.low, max_value=self.high)]


@cache
def codes(name: str, column: str = "code") -> frozenset[str]:
    """A code list of ``seeds/codes``."""
    return frozenset(row[column] for row in read.rows(f"codes/{name}.csv"))


class InCodes(Expectation):
    """A value is in its code list, ``seeds/codes/<code_list>.csv``; null is for ``Present``."""

    severity: ClassVar[Severity] = "critical"
    field: ClassVar[str]
    code_list: ClassVar[str]
    code_column: ClassVar[str] = "code"

    def compile(self, gx: Gx) -> list[Any]:
        """In the set of codes."""
        allowed = sorted(codes(self.code_list, self.code_column))
        return [gx.ExpectColumnValuesToBeInSet(column=self.field, value_set=allowed)]


class RefersTo(Computed):
    """A value, where there is one, is a key of another table (or of the same one)."""

    severity: ClassVar[Severity] = "critical"
    field: ClassVar[str]
    other: ClassVar[str]
    other_key: ClassVar[str]

    def holds_in(self, rows: DataFrame, batch: Batch) -> Series:
        """Whether the other table has the key."""
        keys = batch.frames[self.other][self.other_key]
        return where(rows[self.field].notna(), rows[self.field].isin(keys))


class QuoteMatchesText(Computed):
    """The words kept with a row are the article's characters at the row's span."""

    severity: ClassVar[Severity] = "critical"
    quote: ClassVar[str]
    shows: ClassVar[tuple[str, ...]] = ("span_start", "span_end")

    def holds_in(self, rows: DataFrame, batch: Batch) -> Series:
        """Whether ``text[span_start:span_end]`` is the quote, and not empty."""
        texts = batch.texts
        # plain arrays: to iterate over a column of Arrow strings costs ten times as much
        versions, quotes = (rows[c].to_numpy(dtype=object) for c in ("version_id", self.quote))
        starts, ends = (numbers(rows[c]).to_numpy() for c in ("span_start", "span_end"))
        matches = [
            isinstance(quote, str)
            and 0 <= start < end  # never so for an unknown offset
            and texts.get(version, "")[int(start) : int(end)] == quote
            for version, start, end, quote in zip(versions, starts, ends, quotes, strict=True)
        ]
        return pd.Series(matches, index=rows.index, dtype="boolean")


class DatesInOrder(RowRule):
    """A span of days does not end before it starts."""

    severity: ClassVar[Severity] = "critical"
    shows: ClassVar[tuple[str, ...]] = ("date_start", "date_end")

    def holds(self, rows: DataFrame) -> Series:
        """Whether start ≤ end where both are known."""
        start, end = days(rows["date_start"]), days(rows["date_end"])
        return where(start.notna() & end.notna(), start <= end)


class CoordinatesInRange(RowRule):
    """Latitude and longitude are both known or both unknown, and on the globe."""

    severity: ClassVar[Severity] = "critical"
    shows: ClassVar[tuple[str, ...]] = ("lat", "lon")

    def holds(self, rows: DataFrame) -> Series:
        """Whether lat is in -90..90 and lon in -180..180 degrees where either is given."""
        lat, lon = numbers(rows["lat"]), numbers(rows["lon"])
        given = rows["lat"].notna() | rows["lon"].notna()
        return where(given, lat.between(-90, 90) & lon.between(-180, 180))


@cache
def country_boxes() -> dict[str, list[list[float]]]:
    """ISO 3166-1 code -> west, south, east, north of each of the country's pieces, in degrees."""
    return {c["code"]: c["boxes"] for c in read.json("geo/countries.json")["countries"]}


class InsideCountry(RowRule):
    """The coordinates lie within a box around a piece of the stated country."""

    severity: ClassVar[Severity] = "critical"
    shows: ClassVar[tuple[str, ...]] = ("country_code", "lat", "lon")

    def holds(self, rows: DataFrame) -> Series:
        """Inside by at most ``BORDER_MARGIN``; NA without coordinates or a known outline."""
        lat, lon = (numbers(rows[name]).to_numpy() for name in ("lat", "lon"))
        country = rows["country_code"].astype(object).to_numpy()
        known = pd.Series(~np.isnan(lat) & ~np.isnan(lon), index=rows.index)
        known &= rows["country_code"].isin(list(country_boxes()))
        inside = np.zeros(len(rows), dtype=bool)
        positions = known.to_numpy(dtype=bool).nonzero()[0]
        for code, at in pd.Series(positions).groupby(country[positions]):
            inside[at] = self._in_any(lat[at], lon[at], country_boxes()[str(code)])
        return where(known, pd.Series(inside, index=rows.index))

    @staticmethod
    def _in_any(lat: Floats, lon: Floats, boxes: list[list[float]]) -> npt.NDArray[np.bool_]:
        west, south, east, north = (np.array(side)[:, None] for side in zip(*boxes, strict=True))
        across = (lon >= west - BORDER_MARGIN) & (lon <= east + BORDER_MARGIN)
        along = (lat >= south - BORDER_MARGIN) & (lat <= north + BORDER_MARGIN)
        return np.asarray((across & along).any(axis=0), dtype=np.bool_)


class KnownCountry(RowRule):
    """A country code is an ISO 3166-1 alpha-2 code."""

    severity: ClassVar[Severity] = "critical"
    shows: ClassVar[tuple[str, ...]] = ("country_code", "country")

    def holds(self, rows: DataFrame) -> Series:
        """Two capital letters; the outline list names the countries, territories may lack one."""
        code = rows["country_code"].astype("string")
        return where(code.notna(), code.str.fullmatch("[A-Z]{2}"))


class AdminInCountry(RowRule):
    """An ISO 3166-2 code of a province starts with its country's code."""

    severity: ClassVar[Severity] = "warning"
    shows: ClassVar[tuple[str, ...]] = ("country_code", "admin1", "admin1_code")

    def holds(self, rows: DataFrame) -> Series:
        """Whether ``admin1_code`` is of ``country_code`` where both are known."""
        country = rows["country_code"].astype("string")
        admin = rows["admin1_code"].astype("string")
        return where(country.notna() & admin.str.contains("-"), admin.str.slice(0, 2) == country)


class RegionAgrees(RowRule):
    """The region that the text states is the one where the gazetteer puts the place."""

    severity: ClassVar[Severity] = "warning"
    shows: ClassVar[tuple[str, ...]] = ("stated_region", "admin1", "country")

    def holds(self, rows: DataFrame) -> Series:
        """Whether the region is not contradicted, where the text states one."""
        contradicted = rows["region_contradicted"].astype("boolean").fillna(value=False)
        return where(rows["stated_region"].notna() | contradicted, ~contradicted)


class InBounds(RowRule):
    """A figure of one kind lies within its bounds, both included."""

    severity: ClassVar[Severity] = "warning"
    kind: ClassVar[str]
    shows: ClassVar[tuple[str, ...]] = ("what", "value", "low", "high", "rests_on")

    def holds(self, rows: DataFrame) -> Series:
        """Whether low ≤ value ≤ high; NA for figures of other kinds."""
        value, low, high = (numbers(rows[name]) for name in ("value", "low", "high"))
        of_kind = (rows["kind"] == self.kind) & value.notna()
        return where(of_kind, (value >= low) & (value <= high))


class TollsInOrder(RowRule):
    """For each measure of a toll low ≤ best ≤ high."""

    severity: ClassVar[Severity] = "critical"
    shows: ClassVar[tuple[str, ...]] = tuple(
        f"{m}_{bound}" for m in TOLL_MEASURES for bound in ("low", "best", "high")
    )

    def holds(self, rows: DataFrame) -> Series:
        """Whether every measure's known bounds ascend."""
        sound = pd.Series(True, index=rows.index, dtype="boolean")
        for measure in TOLL_MEASURES:
            bounds = [numbers(rows[f"{measure}_{b}"]) for b in ("low", "best", "high")]
            sound &= ascending(*bounds)
        return sound


class TollsAreCounts(RowRule):
    """The numbers of a toll are whole and not below zero."""

    severity: ClassVar[Severity] = "critical"
    shows: ClassVar[tuple[str, ...]] = TollsInOrder.shows

    def holds(self, rows: DataFrame) -> Series:
        """Whether every known number is a whole number from 0."""
        return whole_numbers(rows, self.shows)


def whole_numbers(rows: DataFrame, columns: tuple[str, ...]) -> Series:
    """Whether all known values of the columns are whole numbers from 0."""
    sound = pd.Series(True, index=rows.index, dtype="boolean")
    for column in columns:
        values = numbers(rows[column])
        sound &= rows[column].isna() | ((values >= 0) & (values % 1 == 0))
    return sound
