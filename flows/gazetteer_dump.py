"""Adds the places of a GeoNames dump to the gazetteer, into a file beside the shipped one."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows import gazetteer_store
from flows.gazetteer_names import alias_keys, plain
from transforms.places import gazetteer
from transforms.places.packing import NO_PARENT, GazetteerError, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import TextIO

    from flows.gazetteer_store import Store
    from transforms.places.gazetteer import Gazetteer

#: Columns of a GeoNames dump (https://download.geonames.org/export/dump/readme.txt).
_COLUMNS = 19
#: Feature codes taken beside all populated places (class P): what news of conflict names.
FEATURES = frozenset(
    "ADM1 ADM2 ADM3 ADM4 AIRP AIRB AIRF MILB CMPRF HSP BDG DAM PRT PSN PSH NUC ISL ISLS PEN SPIT "
    "MT MTS PASS VAL FRST PRK RGN LK RSV STM SEA STRT BAY GULF PRN BDR".split()
)


@dataclass(slots=True)
class Imported:
    """What an import did."""

    added: int = 0
    amended: int = 0  # known before; given more names, or a better point
    passed_over: int = 0  # of a kind that news does not name
    by_country: Counter[str] = field(default_factory=Counter)  # of the added

    def __str__(self) -> str:
        countries = ", ".join(f"{code} {n:,}" for code, n in self.by_country.most_common(8))
        return (
            f"{self.added:,} places added ({countries or 'none'}), {self.amended:,} amended, "
            f"{self.passed_over:,} passed over"
        )


@dataclass(slots=True)
class _Line:
    """One line of a dump, as far as it is used."""

    geoname_id: int
    name: str
    aliases: list[str]
    lat: float
    lon: float
    feature_class: str
    feature: str
    country: str
    admin1: str
    admin2: str
    population: int


def import_dump(file: Path, overlay: Path) -> Imported:
    """Write ``overlay``: the gazetteer in use with the places of a GeoNames dump added.

    Args:
        file: a dump as GeoNames gives it: UA.txt, UA.zip, allCountries.zip.
        overlay: the file to write. If it is there, its places are kept: imports add up.

    Raises:
        GazetteerError: the file is not such a dump; the message names its line.
        OSError: a file cannot be read or written.
    """
    done = Imported()
    divisions = _divisions(file)
    with gazetteer_store.opened(overlay.with_suffix(".import")) as store:
        used = gazetteer.load(overlay if overlay.exists() else None)
        codes = _take_up(store, used) | divisions
        for line in _lines(file):
            _import(store, line, codes, done)
        store.put_in_order()
        gazetteer_store.write(overlay, store)
    gazetteer.load.cache_clear()
    return done


def _import(store: Store, line: _Line, codes: Mapping[str, int], done: Imported) -> None:
    if line.feature_class != "P" and line.feature not in FEATURES:
        done.passed_over += 1
        return
    feature = line.feature if line.feature_class == "P" else ""
    if store.amend(line.geoname_id, line.lat, line.lon, line.population, feature):
        store.call(line.geoname_id, _keys(line))
        done.amended += 1
    else:
        _add(store, line, codes)
        done.added += 1
        done.by_country[line.country or "-"] += 1


def _take_up(store: Store, known: Gazetteer) -> dict[str, int]:
    """Put the places of the gazetteer in use into the store; their ids by ISO code."""
    codes = {}
    for number in range(len(known)):
        place = known.row(number)
        holder = None if place.parent == NO_PARENT else known.geoname_id(place.parent)
        store.add(place, holder)
        if place.code:
            codes[place.code] = place.geoname_id
    for key, rows in known.names():
        for number in rows:
            store.call(known.geoname_id(number), (key,))
    return codes


def _divisions(file: Path) -> dict[str, int]:
    """The ids of the dump's own divisions by GeoNames code: ``UA.04``, ``UA.04.1202``."""
    found = {}
    for line in _lines(file):
        if line.feature == "ADM1":
            found[f"{line.country}.{line.admin1}"] = line.geoname_id
        elif line.feature == "ADM2":
            found[f"{line.country}.{line.admin1}.{line.admin2}"] = line.geoname_id
    return found


def _keys(line: _Line) -> set[str]:
    return alias_keys(line.name, line.aliases, line.country, line.population)


def _add(store: Store, line: _Line, codes: Mapping[str, int]) -> None:
    row = Row(
        geoname_id=line.geoname_id,
        name=plain(line.name),
        lat=line.lat,
        lon=line.lon,
        feature=line.feature or "PPL",
        population=line.population,
        keys=_keys(line),
    )
    admin1 = f"{line.country}.{line.admin1}"
    holders = (codes.get(code) for code in (f"{admin1}.{line.admin2}", admin1, line.country))
    store.add(row, next((n for n in holders if n not in (None, row.geoname_id)), None))


def _lines(file: Path) -> Iterator[_Line]:
    with _text(file) as text:
        for number, raw in enumerate(text, 1):
            if raw.strip():
                yield _parse(raw.rstrip("\r\n").split("\t"), f"{file}:{number}")


@contextmanager
def _text(file: Path) -> Iterator[TextIO]:
    if not zipfile.is_zipfile(file):
        with file.open(encoding="utf-8") as text:
            yield text
        return
    with zipfile.ZipFile(file) as archive:
        names = [name for name in archive.namelist() if name != "readme.txt"]
        if len(names) != 1 or not names[0].endswith(".txt"):
            raise GazetteerError(f"{file}: a GeoNames archive holds one dump, this holds {names}")
        with archive.open(names[0]) as raw:
            yield io.TextIOWrapper(raw, encoding="utf-8")


def _parse(fields: list[str], where: str) -> _Line:
    if len(fields) != _COLUMNS:
        raise GazetteerError(f"{where}: {len(fields)} columns; a GeoNames dump has {_COLUMNS}")
    try:
        return _Line(
            geoname_id=int(fields[0]),
            name=fields[1],
            aliases=[alias for alias in (fields[2], *fields[3].split(",")) if alias],
            lat=float(fields[4]),
            lon=float(fields[5]),
            feature_class=fields[6],
            feature=fields[7],
            country=fields[8],
            admin1=fields[10],
            admin2=fields[11],
            population=int(fields[14] or 0),
        )
    except ValueError as error:
        raise GazetteerError(f"{where}: {error}") from None
