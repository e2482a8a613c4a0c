"""A reader's own list of events: CSV in the columns of UCDP GED or ACLED."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flows import countries
from seeds import read as seeds
from transforms.places import gazetteer
from transforms.places.keys import fold

#: The columns by which a form is known, and which it must have.
FORMS = {"UCDP": ("date_start", "date_end", "best"), "ACLED": ("event_date", "fatalities")}
#: Where an event was: by its point, or by its region alone.
_POINT = {"latitude", "longitude"}
_REGIONS = {"UCDP": "adm_1", "ACLED": "admin1"}
#: ACLED's geo_precision as UCDP's where_prec.
_WHERE = {"1": 1, "2": 2, "3": 4}
_DELIMITERS = (",", ";", "\t")
_FIELD_LIMIT = 10**6


class EventFileError(Exception):
    """The file is no list of events; the message says why."""


@dataclass(frozen=True, slots=True)
class EventFile:
    """The events of a file, the form that it has, and the rows that were refused with reasons."""

    form: str
    events: list[dict[str, Any]]
    refused: list[tuple[int, str]]


def read(path: Path) -> EventFile:
    """Read a list of events.

    Raises:
        EventFileError: it is not there, is no text in UTF-8, or has not the columns of a form.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(path, file.read())
    except FileNotFoundError:
        raise EventFileError(f"{path}: there is no such file") from None
    except IsADirectoryError:
        raise EventFileError(f"{path}: is a folder") from None
    except UnicodeDecodeError:
        raise EventFileError(f"{path}: is no text in UTF-8") from None


def _read(path: Path, text: str) -> EventFile:
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    names = [name.strip().lower() for name in next(reader, [])]
    form = _form(path, names)
    events: list[dict[str, Any]] = []
    refused: list[tuple[int, str]] = []
    seen: set[str] = set()
    for line, cells in _lines(reader, refused):
        try:
            event = _event(form, names, cells, line)
            if event["event_id"] in seen:
                raise ValueError(f"the id {event['event_id']!r} was there before")
            seen.add(event["event_id"])
            events.append(event)
        except ValueError as error:
            refused.append((line, str(error)))
    return EventFile(form, events, refused)


def _lines(reader: Any, refused: list[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, each with the line that it begins in."""
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            refused.append((line, str(error)))
            continue
        if any(cell.strip() for cell in cells):
            yield line, cells


def _form(path: Path, names: list[str]) -> str:
    twice = [name for name in dict.fromkeys(names) if name and names.count(name) > 1]
    if twice:
        raise EventFileError(f"{path}: more than one column is named {', '.join(twice)}")
    for form, needed in FORMS.items():
        if set(needed) <= set(names) and (set(names) >= _POINT or _REGIONS[form] in names):
            return form
    wanted = "; ".join(
        f"{form}: {', '.join(needed)}, and latitude, longitude or {_REGIONS[form]}"
        for form, needed in FORMS.items()
    )
    raise EventFileError(f"{path}: is neither UCDP's nor ACLED's by its columns ({wanted})")


def _event(form: str, names: list[str], cells: list[str], line: int) -> dict[str, Any]:
    """A row with the columns of ``transforms.comparing`` and its ``line``."""
    if len(cells) != len(names):
        raise ValueError(f"{len(cells)} fields where the header has {len(names)}")
    row = {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
    event = _ucdp(row) if form == "UCDP" else _acled(row)
    start, end = event["date_start"], event["date_end"]
    if end < start:
        raise ValueError(f"it ends on {end}, before it begins on {start}")
    region = _region(event["country_code"], row.get(_REGIONS[form]))
    event |= {"event_id": event["event_id"] or f"line {line}", "line": line, "admin1": region}
    return event | _point(row, region)


def _point(row: dict[str, str], region: str | None) -> dict[str, float | None]:
    """Its coordinates; none where it has a region and neither of them."""
    latitude, longitude = row.get("latitude", ""), row.get("longitude", "")
    if region and not latitude and not longitude:
        return {"lat": None, "lon": None}
    return {
        "lat": _degrees(latitude, "latitude", 90),
        "lon": _degrees(longitude, "longitude", 180),
    }


def _region(country: str | None, name: str | None) -> str | None:
    """A first-level region by the gazetteer's name: "Donetsk" is Donetsk Oblast."""
    known = gazetteer.load().find(fold(name)) if name else ()
    return (
        next(
            (p.name for p in known if p.feature == "ADM1" and p.code.startswith(f"{country}-")),
            name,
        )
        or None
    )


def _ucdp(row: dict[str, str]) -> dict[str, Any]:
    return {
        "event_id": row.get("id") or row.get("relid"),
        "date_start": _day(row["date_start"], "date_start"),
        "date_end": _day(row["date_end"], "date_end"),
        "where_prec": _code(row.get("where_prec"), range(1, 8)),
        "country_code": _country("gwno", row.get("country_id"), row.get("country")),
        "place_name": row.get("where_coordinates") or None,
        "sub_event_type": None,
        "killed_low": _count(row.get("low"), "low"),
        "killed_best": _count(row["best"], "best"),
        "killed_high": _count(row.get("high"), "high"),
    }


def _acled(row: dict[str, str]) -> dict[str, Any]:
    day, killed = _day(row["event_date"], "event_date"), _count(row["fatalities"], "fatalities")
    return {
        "event_id": row.get("event_id_cnty"),
        "date_start": day,
        "date_end": day,
        "where_prec": _WHERE.get(row.get("geo_precision", "")),
        "country_code": _country("iso", row.get("iso"), row.get("country")),
        "place_name": row.get("location") or None,
        "sub_event_type": row.get("sub_event_type") or None,
        "killed_low": killed,
        "killed_best": killed,
        "killed_high": killed,
    }


def _day(text: str, column: str) -> date:
    """A day as "2025-07-01", with a time after it or not, or as "01 July 2025"."""
    try:
        return date.fromisoformat(text.partition(" ")[0].partition("T")[0])
    except ValueError:
        pass
    try:
        return datetime.strptime(text, "%d %B %Y").date()
    except ValueError:
        raise ValueError(f"{column}: {text[:40]!r} is no day that exists") from None


def _degrees(text: str, column: str, most: int) -> float:
    try:
        found = float(text)
    except ValueError:
        found = float("nan")
    if not abs(found) <= most:
        raise ValueError(f"{column}: {text[:40]!r} is not within {most} degrees")
    return found


def _count(text: str | None, column: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ValueError(f"{column}: {text[:40]!r} is no number of people")
    return int(text)


def _code(text: str | None, known: range) -> int | None:
    return int(text) if text and text.isdecimal() and int(text) in known else None


def _country(kind: str, number: str | None, name: str | None) -> str | None:
    """By its number, else by its name: UCDP has former names in brackets."""
    for row in seeds.rows("codes/countries.csv"):
        if number and row[kind] == number.lstrip("0"):
            return row["code"]
    try:
        return countries.code((name or "").partition("(")[0])
    except ValueError:
        return None
