"""Places on disk while a GeoNames dump is added to the gazetteer.

The dump of all countries has 13 million places: SQLite keeps and sorts them in a file of its own,
so that an import needs memory for the file that it makes and no more.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from flows.gazetteer_build import LARGER
from transforms.places.packing import NO_PARENT, GazetteerError, Row, parts, rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -65536;
CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT, lat REAL, lon REAL, feature TEXT, population INTEGER,
    code TEXT, within INTEGER
);
CREATE TABLE called (key TEXT, id INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID;
CREATE TABLE placed (row INTEGER PRIMARY KEY, id INTEGER UNIQUE);
"""
#: So many names go into the table at once.
_BATCH = 50_000


class Store:
    """Places by GeoNames id, each with the id of what holds it; a ``packing.Source`` at the end."""

    def __init__(self, con: sqlite3.Connection) -> None:
        self._con = con
        self._called: list[tuple[str, int]] = []
        self._size = 0

    def add(self, row: Row, within: int | None) -> None:
        """Take up a place, held by the one with the id ``within``."""
        values = (row.name, row.lat, row.lon, row.feature, row.population, row.code, within)
        self._con.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?)", (row.geoname_id, *values))
        self.call(row.geoname_id, row.keys)

    def call(self, number: int, keys: Iterable[str]) -> None:
        """Give a place more names."""
        self._called += [(key, number) for key in keys]
        if len(self._called) > _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._con.executemany("INSERT OR IGNORE INTO called VALUES (?,?)", self._called)
        self._called.clear()

    def amend(self, number: int, lat: float, lon: float, population: int, feature: str) -> bool:
        """Better what is known of a place: 0 people and "" leave what it has.

        Returns:
            Whether there is such a place.
        """
        changed = self._con.execute(
            "UPDATE place SET lat = ?, lon = ?, population = coalesce(nullif(?, 0), population),"
            " feature = CASE WHEN feature = 'PPL' AND ? <> '' THEN ? ELSE feature END"
            " WHERE id = ?",
            (lat, lon, population, feature, feature, number),
        )
        return changed.rowcount > 0

    def put_in_order(self) -> None:
        """Give each place its row: what holds others first, then country by country.

        Raises:
            GazetteerError: there are more holders than a parent's 16 bits can name.
        """
        self._flush()
        self._con.execute(
            "CREATE TABLE holder AS SELECT DISTINCT within AS id FROM place WHERE within NOT NULL"
        )
        query = "SELECT id, within FROM place WHERE id IN holder"
        within: dict[int, int | None] = dict(self._con.execute(query))
        self._con.create_function("is_larger", 1, lambda feature: feature.startswith(LARGER))
        self._con.create_function("top", 2, lambda number, holder: _top(number, holder, within))
        self._con.execute(
            "INSERT INTO placed (id) SELECT id FROM place ORDER BY"
            " NOT (is_larger(feature) OR id IN holder), top(id, within), id"
        )
        self._con.execute("UPDATE placed SET row = row - 1")
        [(self._size, last)] = self._con.execute(
            "SELECT count(*), max(row) FILTER (WHERE id IN holder) FROM placed"
        )
        if last is not None and last >= NO_PARENT:
            raise GazetteerError(f"{last + 1:,} divisions; the format holds {NO_PARENT:,}")

    def __len__(self) -> int:
        """How many places there are."""
        return self._size

    def rows(self) -> Iterator[Row]:
        """The places in order, without their keys."""
        query = (
            "SELECT p.id, p.name, p.lat, p.lon, p.feature, p.population, h.row, p.code"
            " FROM placed AS o JOIN place AS p USING (id) LEFT JOIN placed AS h ON h.id = p.within"
            " ORDER BY o.row"
        )
        for number, name, lat, lon, feature, people, parent, code in self._con.execute(query):
            held = NO_PARENT if parent is None else parent
            yield Row(number, name, lat, lon, feature, people, held, code)

    def names(self) -> Iterator[str]:
        """Their own names, each once."""
        for (name,) in self._con.execute("SELECT DISTINCT name FROM place"):
            yield name

    def postings(self) -> Iterator[tuple[str, list[int]]]:
        """Each key with the rows that it may mean, keys in order, the better known first."""
        query = (
            "SELECT c.key, p.feature, p.population, p.id, o.row FROM called AS c"
            " JOIN place AS p USING (id) JOIN placed AS o USING (id) ORDER BY c.key"
        )
        for key, known in groupby(self._con.execute(query), itemgetter(0)):
            ranked = sorted(((*rank(f, n, number), row)) for _, f, n, number, row in known)
            yield key, [row for *_, row in ranked]


def _top(number: int, holder: int | None, within: dict[int, int | None]) -> int:
    """The country, or what else holds a place last; the place itself if nothing does."""
    while holder is not None:
        number, holder = holder, within.get(holder)
    return number


@contextmanager
def opened(file: Path) -> Iterator[Store]:
    """A store in a file that is gone afterwards."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    con = sqlite3.connect(file)
    try:
        con.executescript(_TABLES)
        yield Store(con)
    finally:
        con.close()
        file.unlink(missing_ok=True)


def write(out: Path, store: Store) -> None:
    """Write a gazetteer file whole or not at all."""
    part = out.with_suffix(".part")
    with part.open("wb") as file:
        file.writelines(parts(store))
    part.replace(out)
