"""`tollbook export`: events in the forms of other tools."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import pyarrow as pa

    from warehouse.export import Exported, Wanted

EXAMPLE = """Example: tollbook export ucdp --since 2025-01-01 --until 2025-12-31 --out ged.csv

Example: tollbook export acled --country Ukraine --country SDN > acled.csv

Example: tollbook export geojson --out events.geojson

Example: tollbook export timemap --out timemap.json

Example: tollbook export parquet --out events.parquet

Example: tollbook export csv --spreadsheet --out events.csv

Example: tollbook export codebook
"""
_Files = dict[Path, Iterable[bytes]]


class Form(StrEnum):
    """What can be exported."""

    UCDP = "ucdp"
    ACLED = "acled"
    GEOJSON = "geojson"
    TIMEMAP = "timemap"
    PARQUET = "parquet"
    CSV = "csv"
    CODEBOOK = "codebook"


def export(
    form: Annotated[
        Form,
        typer.Argument(
            help="ucdp, acled: CSV in their columns; csv, parquet, geojson, timemap: all that is "
            "known of an event; codebook: what the columns mean."
        ),
    ],
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="Events of this day (YYYY-MM-DD) and later.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DAY", help="Events up to this day, included.")
    ] = None,
    country: Annotated[
        list[str] | None,
        typer.Option(help="Events in this country: name or ISO 3166-1 code; may be repeated."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write here, with a codebook beside it.")
    ] = None,
    spreadsheet: Annotated[
        bool,
        typer.Option(
            "--spreadsheet",
            help="In CSV, put an apostrophe before text that a spreadsheet takes for a formula.",
        ),
    ] = False,
) -> None:
    """Export events, for UCDP's or ACLED's readers, maps and tables."""
    wanted = _wanted(since, until, country or [])
    _check(out, form)
    if form is Form.CODEBOOK:
        _put(out, _codebooks(), {})
        return
    from flows import settings as places
    from warehouse import export as exports

    view = form.value if form.value in exports.VIEWS else "events"
    found = exports.export(places.load().home, view, wanted)
    name = exports.VIEWS[view][0]
    if form is Form.TIMEMAP:
        parts, beside = _timemap(found.table, out)
    else:
        parts = _parts(form, found.table, guard=spreadsheet)
        beside = _beside(out, ".codebook.md", lambda: _codebook(name, found.table))
    _put(out, parts, beside)
    _tell(found, form, out)


def _wanted(since: str | None, until: str | None, country: list[str]) -> Wanted:
    from flows.countries import code
    from warehouse.export import Wanted

    first, last = _day(since, "--since"), _day(until, "--until")
    if first and last and first > last:
        raise typer.BadParameter(
            f"{first} is after {last}, the day of --until", param_hint="--since"
        )
    try:
        return Wanted(first, last, [code(name) for name in country])
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--country") from None


def _day(written: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        said = f"{written!r} is no day that exists (expected YYYY-MM-DD)"
        raise typer.BadParameter(said, param_hint=option) from None


def _check(out: Path | None, form: Form) -> None:
    if out is None:
        if form is Form.PARQUET and sys.stdout.isatty():
            raise typer.BadParameter("a Parquet file is no text: name a file", param_hint="--out")
    elif not out.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {out.parent}", param_hint="--out")
    elif out.is_dir():
        raise typer.BadParameter(f"{out} is a folder", param_hint="--out")


def _parts(form: Form, table: pa.Table, *, guard: bool) -> Iterable[bytes]:
    from transforms.exchange import delimited, geojson

    if form is Form.PARQUET:
        return _parquet(table)
    if form is Form.GEOJSON:
        return map(str.encode, geojson.lines(table.to_pylist()))
    return map(str.encode, delimited.lines(table.column_names, _rows(table), guard=guard))


def _rows(table: pa.Table) -> Iterator[tuple[object, ...]]:
    for batch in table.to_batches():
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _parquet(table: pa.Table) -> Iterator[bytes]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    yield sink.getvalue().to_pybytes()


def _timemap(table: pa.Table, out: Path | None) -> tuple[Iterable[bytes], _Files]:
    """The events, and beside them the two files that their associations and sources are ids of."""
    from flows import settings as places
    from transforms.exchange import timemap
    from warehouse import export as exports

    rows = table.to_pylist()
    here = {row["event_id"] for row in rows if row["date_start"] is not None}
    articles = [a for a in exports.articles(places.load().home) if a["event_id"] in here]
    sources_of: dict[str, list[str]] = {}
    for article in articles:
        sources_of.setdefault(article["event_id"], []).append(article["article_id"])
    beside = _beside(out, ".associations.json", lambda: _json(timemap.associations(rows)))
    beside |= _beside(out, ".sources.json", lambda: _json(timemap.sources(articles)))
    return _json(timemap.events(rows, sources_of)), beside


def _json(value: object) -> Iterable[bytes]:
    import orjson

    return [orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)]


def _codebook(view: str, table: pa.Table | None = None) -> Iterable[bytes]:
    from warehouse import codebook

    return [codebook.page(view, table).encode()]


def _codebooks() -> Iterable[bytes]:
    from warehouse.export import VIEWS

    for view, _ in VIEWS.values():
        yield from _codebook(view)
        yield b"\n"


def _beside(out: Path | None, end: str, made: Callable[[], Iterable[bytes]]) -> _Files:
    """A file that goes with the export, where that is a file."""
    return {} if out is None else {out.with_name(out.name + end): made()}


def _put(out: Path | None, parts: Iterable[bytes], beside: _Files) -> None:
    from flows import files

    for path, content in beside.items():
        files.write(path, content)
    if out is not None:
        files.write(out, parts)
        return
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


def _tell(found: Exported, form: Form, out: Path | None) -> None:
    """What a reader of the export would not see in it, on stderr."""
    from flows.console import err, near

    dropped = found.table["date_start"].null_count if form is Form.TIMEMAP else 0
    count, undated = found.table.num_rows - dropped, found.undated + dropped
    if not count:
        err().print("No event is like that: the export is empty.")
    elif out is not None:
        err().print(f"{count:,} event{'s' * (count != 1)} in {near(str(out))}")
    if undated:
        err().print(f"{undated:,} left out: the day is not known.")
