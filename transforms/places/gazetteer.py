"""The gazetteer: names to places, from one memory-mapped file."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import marisa_trie

from seeds import read as seeds
from transforms.places import packing
from transforms.places.keys import fold, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator
    from mmap import mmap
    from pathlib import Path


IS_NAME, GOES_ON = 1, 2
SEED = "gazetteer/gazetteer.bin"


class Place(NamedTuple):
    """A place of the gazetteer. ``row`` is its number in the file."""

    row: int
    geoname_id: int  # negative: from the supplement, not in GeoNames
    name: str
    lat: float | None  # degrees north; None with lon: not known
    lon: float | None  # degrees east
    population: int  # to within 5%; 0: none or unknown
    feature: str  # GeoNames feature code
    code: str  # ISO 3166-1 alpha-2 of a country, 3166-2 of a first-order division
    country: int | None  # the row of its country, itself for a country
    admin1: int | None
    admin2: int | None
    parent: int | None  # the row of the smallest unit that holds it

    @property
    def level(self) -> int:
        """0 larger than a country, 1 country, 2 ADM1, 3 ADM2, 4 a place, 5 sea or air."""
        return _level(self.feature)


_WATER = frozenset(["SEA", "OCN", "GULF", "STRT", "BAY", "CHN", "SD"])
_LARGE = frozenset(["CONT", "RGN", "RGNE", "ZN"])


@cache
def _level(feature: str) -> int:
    if feature.startswith("PCL"):
        return 1
    if feature in _WATER:
        return 5
    if feature in _LARGE:
        return 0
    return {"ADM1": 2, "ADM2": 3}.get(feature, 4)


class Gazetteer:
    """Places by name. Reads straight from the buffer: opening it costs milliseconds."""

    def __init__(self, buffer: bytes | mmap) -> None:
        """Open a gazetteer file's bytes.

        Raises:
            packing.GazetteerError: the bytes are not a sound gazetteer file.
        """
        view = memoryview(buffer)
        parts = packing.sections(view)
        self._ids = parts["id"].cast("i")
        self._lats = parts["lat"].cast("h")
        self._lons = parts["lon"].cast("h")
        self._populations = parts["pop"]
        self._features = parts["feature"]
        self._parents = parts["parent"].cast("H")
        self._name = parts["name"]
        self._posts = parts["posts"]
        self._many = parts["many"].cast("I")
        self._names = marisa_trie.Trie().map(parts["names"])
        self._keys = marisa_trie.Trie().map(parts["keys"])
        self._codes: dict[int, str] = {
            int(row): code for row, code in json.loads(bytes(parts["codes"])).items()
        }
        self._coded = {code: row for row, code in self._codes.items()}
        self._ranges: dict[int, list[int]] = {
            int(row): span for row, span in json.loads(bytes(parts["ranges"])).items()
        }
        self._feature_names: list[str] = json.loads(bytes(parts["features"]))
        self.place = lru_cache(maxsize=65536)(self._place)
        self.extends = lru_cache(maxsize=262144)(self._extends)
        self.rows = lru_cache(maxsize=65536)(self._rows)
        self.skeletons = cache(self._skeletons)

    def __len__(self) -> int:
        return len(self._ids)

    def knows(self, key: str) -> bool:
        """Whether any place has this folded name."""
        return key in self._keys

    def coded(self, code: str) -> int | None:
        """The row of the country (ISO 3166-1 alpha-2) or division (3166-2) with a code."""
        return self._coded.get(code)

    def _extends(self, key: str) -> int:
        """Whether a folded text is a name (IS_NAME), or the first words of one (GOES_ON)."""
        longer = next(self._keys.iterkeys(key + " "), None)
        return (IS_NAME if key in self._keys else 0) | (0 if longer is None else GOES_ON)

    def _rows(self, key: str) -> tuple[int, ...]:
        """The rows of the places with a folded name, the better known first."""
        number = self._keys.get(key)
        if number is None:
            return ()
        post = int.from_bytes(self._posts[3 * number : 3 * number + 3], "little")
        if not post & packing.MANY:
            return (post,)
        at = post ^ packing.MANY
        return tuple(self._many[at + 1 : at + 1 + self._many[at]])

    def find(self, name: str) -> list[Place]:
        """The places with a name, however it is written, the better known first."""
        return [self.place(row) for row in self.rows(fold(name))]

    def _place(self, row: int) -> Place:
        chain = self._chain(row)
        levels = {_level(self._feature(holder)): holder for holder in reversed(chain)}
        nowhere = self._lats[row] == packing.NO_COORDINATE
        return Place(
            row=row,
            geoname_id=self._ids[row],
            name=self._own_name(row),
            lat=None if nowhere else round(self._lats[row] * packing.LAT_STEP, 4),
            lon=None if nowhere else round(self._lons[row] * packing.LON_STEP, 4),
            population=self._population(row),
            feature=self._feature(row),
            code=self._codes.get(row, ""),
            country=levels.get(1),
            admin1=levels.get(2),
            admin2=levels.get(3),
            parent=chain[1] if len(chain) > 1 else None,
        )

    def _chain(self, row: int) -> list[int]:
        """The row and the rows that hold it, inmost first."""
        chain = [row]
        while (parent := self._parents[chain[-1]]) != packing.NO_PARENT:
            chain.append(parent)
        return chain

    def _feature(self, row: int) -> str:
        return self._feature_names[self._features[row]]

    def _population(self, row: int) -> int:
        step = self._populations[row]
        return round(2 ** (step / packing.STEPS)) - 1 if step else 0

    def _skeletons(self, country: int) -> dict[str, tuple[int, ...]]:
        """The places in a country by the skeletons of their names."""
        found: dict[str, list[int]] = {}
        first, last = self._ranges.get(country, (0, -1))
        for row in range(first, last + 1):
            found.setdefault(skeleton(fold(self._own_name(row))), []).append(row)
        return {frame: tuple(rows) for frame, rows in found.items()}

    def _own_name(self, row: int) -> str:
        at = 3 * row
        number = int.from_bytes(self._name[at : at + 3], "little")
        return self._names.restore_key(number)  # type: ignore[no-any-return]

    def row(self, number: int) -> packing.Row:
        """A place as a row of the file, without its keys, to build another file from."""
        parent = self._parents[number]
        nowhere = self._lats[number] == packing.NO_COORDINATE
        return packing.Row(
            geoname_id=self._ids[number],
            name=self._own_name(number),
            lat=None if nowhere else self._lats[number] * packing.LAT_STEP,
            lon=None if nowhere else self._lons[number] * packing.LON_STEP,
            feature=self._feature(number),
            population=self._population(number),
            parent=parent,
            code=self._codes.get(number, ""),
        )

    def geoname_id(self, number: int) -> int:
        """The GeoNames id of the place in a row."""
        return self._ids[number]

    def names(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Each folded name with the rows of the places that bear it."""
        for key in self._keys:
            yield key, self._rows(key)


@cache
def load(path: Path | None = None) -> Gazetteer:
    """The gazetteer that ships with Tollbook, or another file of its form.

    Args:
        path: a file made by ``flows.gazetteer`` (an overlay holds the shipped places too).

    Raises:
        seeds.SeedError: there is no such file.
        packing.GazetteerError: the file is not a sound gazetteer.
    """
    return Gazetteer(seeds.mapped(str(path) if path else SEED))
