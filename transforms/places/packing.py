"""The gazetteer's file: rows in, bytes out. The same rows always give the same bytes.

Layout (little endian): magic ``TBGAZ``, version, CRC-32 of all that follows the header, the number
of sections; then for each section its name, offset and length; then the sections, 8-aligned. Rows
are columns: a place is its row number, and its parent is a row number too. Coordinates are 16-bit
steps of 180/65536 and 360/65536 degrees: an error of at most 0.3 km.
"""

from __future__ import annotations

import json
import math
import struct
import zlib
from array import array
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Protocol

import marisa_trie

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MAGIC = b"TBGAZ\0\0\0"
VERSION = 1
HEADER = struct.Struct("<8sIII4x")
ENTRY = struct.Struct("<8sQQ")
NO_PARENT = 0xFFFF
#: A posting with this bit is not a row but the place in ``many`` where its rows are listed.
MANY = 0x800000
#: Steps of a population's byte to each doubling.
STEPS = 8
#: Stands in the column of latitudes for a place whose coordinates are not known.
NO_COORDINATE = -32768
#: The sections in their order.
_ORDER = (
    *("id", "lat", "lon", "pop", "feature", "parent", "name", "names", "keys", "posts", "many"),
    *("codes", "features", "ranges"),
)
LAT_STEP = 180 / 65536
LON_STEP = 360 / 65536


class GazetteerError(ValueError):
    """A gazetteer file cannot be read, or its rows cannot be written."""


@dataclass(slots=True)
class Row:
    """A place as it goes into the file."""

    geoname_id: int  # negative: not in GeoNames, from the supplement
    name: str
    lat: float | None  # degrees; None: not known
    lon: float | None
    feature: str  # GeoNames feature code
    population: int = 0
    parent: int = NO_PARENT  # the row of the smallest division, country or region that holds it
    code: str = ""  # ISO 3166-1 alpha-2 or 3166-2
    keys: set[str] = field(default_factory=set)  # folded names


def population_class(population: int) -> int:
    """A population as one byte: eight steps to each doubling, 0 for none or unknown."""
    return min(255, round(STEPS * math.log2(population + 1))) if population > 0 else 0


def rank(feature: str, population: int, geoname_id: int) -> tuple[int, int, int]:
    """The order of places with the same name: the better known first, then by id."""
    level = {"PCL": 0, "CON": 0, "ADM": 2}.get(feature[:3], 1)
    return (1 if feature == "ADM1" else level, -population, geoname_id)


class Source(Protocol):
    """Places in the file's order, and what they are called."""

    def __len__(self) -> int:
        """How many places there are."""

    def rows(self) -> Iterator[Row]:
        """The places in order; their keys are not looked at."""

    def names(self) -> Iterable[str]:
        """Their own names, each once."""

    def postings(self) -> Iterator[tuple[str, list[int]]]:
        """Each key with the rows that it may mean, keys in order, the better known first."""


class Listed:
    """A source that is held in memory."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        """How many places there are."""
        return len(self._rows)

    def rows(self) -> Iterator[Row]:
        """The places in order."""
        return iter(self._rows)

    def names(self) -> Iterable[str]:
        """Their own names."""
        return {row.name for row in self._rows}

    def postings(self) -> Iterator[tuple[str, list[int]]]:
        """Each key with its rows."""
        places: dict[str, list[int]] = {}
        rows = self._rows
        ranks = [rank(row.feature, row.population, row.geoname_id) for row in rows]
        for number in sorted(range(len(rows)), key=ranks.__getitem__):
            for key in rows[number].keys:
                places.setdefault(key, []).append(number)
        return iter(sorted(places.items()))


def pack(rows: Sequence[Row]) -> bytes:
    """The file's bytes (see ``parts``)."""
    return b"".join(parts(Listed(rows)))


def parts(source: Source) -> list[bytes]:
    """The file's bytes, in pieces. A place costs some 20 bytes of memory, and what its names take.

    Raises:
        GazetteerError: too many rows, or a parent beyond the rows that can be one.
    """
    if len(source) >= MANY:
        raise GazetteerError(f"{len(source):,} places; the format holds {MANY - 1:,}")
    names = marisa_trie.Trie(source.names(), num_tries=1)
    columns = _columns(source, names)
    keys, posts, many = _postings(source)
    return _file(
        columns
        | {"names": names.tobytes(), "keys": keys, "posts": posts, "many": many}
        | {"ranges": _json(_ranges(source))}
    )


def _columns(source: Source, names: marisa_trie.Trie) -> dict[str, bytes]:
    """The columns of the places, and the lists that they point into."""
    ids, lats, lons, parents, own = (array(code) for code in "ihhHI")
    people, seen = bytearray(), bytearray()
    features: dict[str, int] = {}
    codes: dict[str, str] = {}
    for number, row in enumerate(source.rows()):
        ids.append(row.geoname_id)
        lats.append(_step(row.lat, LAT_STEP))
        lons.append(_step(row.lon, LON_STEP))
        people.append(population_class(row.population))
        seen.append(_feature(row.feature, features))
        parents.append(row.parent)
        own.append(names[row.name])
        if row.code:
            codes[str(number)] = row.code
    order = sorted(features)
    table = bytes(order.index(feature) for feature in features).ljust(256, b"\0")
    return {
        "id": ids.tobytes(),
        "lat": lats.tobytes(),
        "lon": lons.tobytes(),
        "pop": bytes(people),
        "feature": bytes(seen.translate(table)),
        "parent": parents.tobytes(),
        "name": _three(own),
        "codes": _json(codes),
        "features": _json(order),
    }


def _feature(feature: str, features: dict[str, int]) -> int:
    """The number of a feature code, by when it was first seen."""
    number = features.setdefault(feature, len(features))
    if number > 255:
        raise GazetteerError(f"{number + 1} feature codes; the format holds 256")
    return number


def _ranges(source: Source) -> dict[str, list[int]]:
    """For each country's row the first and the last row of the places that stand together."""
    parents = [row.parent for row in islice(source.rows(), NO_PARENT)]
    ranges: dict[str, list[int]] = {}
    for number, row in enumerate(source.rows()):
        holder, top = row.parent, number
        while holder != NO_PARENT:
            holder, top = parents[holder], holder
        if number >= NO_PARENT or row.feature.startswith("PPL"):
            span = ranges.setdefault(str(top), [number, number])
            span[1] = number
    return ranges


def _postings(source: Source) -> tuple[bytes, bytes, bytes]:
    trie = marisa_trie.Trie((key for key, _ in source.postings()), num_tries=2)
    posts, many = array("I", bytes(4 * len(trie))), array("I")
    for key, rows in source.postings():
        if len(rows) == 1:
            posts[trie[key]] = rows[0]
        else:
            posts[trie[key]] = MANY | len(many)
            many.append(len(rows))
            many.extend(rows)
    if len(many) >= MANY:
        raise GazetteerError("too many places share their names")
    return trie.tobytes(), _three(posts), many.tobytes()


def _step(degrees: float | None, step: float) -> int:
    if degrees is None:
        return NO_COORDINATE
    return max(-32767, min(32767, round(degrees / step)))


def _three(values: array[int]) -> bytes:
    """Whole numbers of three bytes each, the least significant first."""
    wide = values.tobytes()
    narrow = bytearray(3 * len(values))
    for byte in range(3):
        narrow[byte::3] = wide[byte::4]
    return bytes(narrow)


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _file(sections: Mapping[str, bytes]) -> list[bytes]:
    offset = HEADER.size + ENTRY.size * len(sections)
    table, body = b"", []
    for name in _ORDER:
        content = sections[name]
        gap = -offset % 8
        body += [b"\0" * gap, content]
        table += ENTRY.pack(name.encode(), offset + gap, len(content))
        offset += gap + len(content)
    checksum = zlib.crc32(table)
    for piece in body:
        checksum = zlib.crc32(piece, checksum)
    return [HEADER.pack(MAGIC, VERSION, checksum, len(sections)), table, *body]


def sections(buffer: memoryview) -> dict[str, memoryview]:
    """The file's sections by name.

    Raises:
        GazetteerError: not a gazetteer, another version, cut short or altered.
    """
    if len(buffer) < HEADER.size:
        raise GazetteerError("not a gazetteer file: too short")
    magic, version, checksum, count = HEADER.unpack_from(buffer)
    if magic != MAGIC:
        raise GazetteerError("not a gazetteer file")
    if version != VERSION:
        raise GazetteerError(f"gazetteer format {version}; this program reads {VERSION}")
    if zlib.crc32(buffer[HEADER.size :]) != checksum:
        raise GazetteerError("the gazetteer file is damaged: its checksum is not its content's")
    found = {}
    for index in range(count):
        name, offset, length = ENTRY.unpack_from(buffer, HEADER.size + ENTRY.size * index)
        found[name.rstrip(b"\0").decode()] = buffer[offset : offset + length]
    return found
