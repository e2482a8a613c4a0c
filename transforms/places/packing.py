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
from typing import TYPE_CHECKING

import marisa_trie

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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


def rank(row: Row) -> tuple[int, int, int]:
    """The order of places with the same name: the better known first, then by id."""
    level = {"PCL": 0, "CON": 0, "ADM": 2}.get(row.feature[:3], 1)
    if row.feature == "ADM1":
        level = 1
    return (level, -row.population, row.geoname_id)


def pack(rows: Sequence[Row]) -> bytes:
    """The file's bytes.

    Raises:
        GazetteerError: too many rows, or a parent beyond the rows that can be one.
    """
    if len(rows) >= MANY:
        raise GazetteerError(f"{len(rows):,} places; the format holds {MANY - 1:,}")
    features = sorted({row.feature for row in rows})
    numbers = {feature: number for number, feature in enumerate(features)}
    if len(features) > 256:
        raise GazetteerError(f"{len(features)} feature codes; the format holds 256")
    names = marisa_trie.Trie({row.name for row in rows}, num_tries=1)
    keys, posts, many = _postings(rows)
    return _file(
        {
            "id": _bytes("i", (row.geoname_id for row in rows)),
            "lat": _bytes("h", (_step(row.lat, LAT_STEP) for row in rows)),
            "lon": _bytes("h", (_step(row.lon, LON_STEP) for row in rows)),
            "pop": bytes(population_class(row.population) for row in rows),
            "feature": bytes(numbers[row.feature] for row in rows),
            "parent": _bytes("H", (row.parent for row in rows)),
            "name": _three(names[row.name] for row in rows),
            "names": names.tobytes(),
            "keys": keys,
            "posts": posts,
            "many": many,
            "codes": _json({str(n): row.code for n, row in enumerate(rows) if row.code}),
            "features": _json(features),
            "ranges": _json(_ranges(rows)),
        }
    )


def _ranges(rows: Sequence[Row]) -> dict[str, list[int]]:
    """For each country's row the first and the last row of the places that stand together."""
    ranges: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        holder, top = row.parent, number
        while holder != NO_PARENT:
            holder, top = rows[holder].parent, holder
        if number >= NO_PARENT or row.feature.startswith("PPL"):
            span = ranges.setdefault(str(top), [number, number])
            span[1] = number
    return ranges


def _postings(rows: Sequence[Row]) -> tuple[bytes, bytes, bytes]:
    places: dict[str, list[int]] = {}
    for number in sorted(range(len(rows)), key=lambda n: rank(rows[n])):
        for key in rows[number].keys:
            places.setdefault(key, []).append(number)
    trie = marisa_trie.Trie(places, num_tries=2)
    posts = [0] * len(trie)
    many = array("I")
    for key, number in sorted(trie.items()):
        if len(places[key]) == 1:
            posts[number] = places[key][0]
        else:
            posts[number] = MANY | len(many)
            many.append(len(places[key]))
            many.extend(places[key])
    if len(many) >= MANY:
        raise GazetteerError("too many places share their names")
    return trie.tobytes(), _three(posts), many.tobytes()


def _step(degrees: float | None, step: float) -> int:
    if degrees is None:
        return NO_COORDINATE
    return max(-32767, min(32767, round(degrees / step)))


def _bytes(code: str, values: Iterable[int]) -> bytes:
    return array(code, values).tobytes()


def _three(values: Iterable[int]) -> bytes:
    return b"".join(value.to_bytes(3, "little") for value in values)


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _file(sections: Mapping[str, bytes]) -> bytes:
    offset = HEADER.size + ENTRY.size * len(sections)
    table, body = b"", b""
    for name, content in sections.items():
        gap = -(offset + len(body)) % 8
        body += b"\0" * gap
        table += ENTRY.pack(name.encode(), offset + len(body), len(content))
        body += content
    checksum = zlib.crc32(table + body)
    return HEADER.pack(MAGIC, VERSION, checksum, len(sections)) + table + body


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
