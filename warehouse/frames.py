"""A batch on its way into the warehouse: frames with the columns of the tables, made strict."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

import duckdb
import pandas as pd
import pyarrow as pa

from warehouse.errors import LoadError

Frame: TypeAlias = pd.DataFrame | pa.Table | None
#: The most of a refused input that is kept, in characters.
RAW_LIMIT = 1_000_000
#: Columns that the load fills in itself, where a frame lacks them.
FILLED = {
    "run_id",
    "is_current",
    "quarantine_id",
    "raw_sha256",
    "quarantined_at",
    "released_at",
    "corrections",
    "actor_roles",
}
TABLES = {
    "articles": "raw.article",
    "claims": "core.claim",
    "incidents": "core.incident",
    "places": "core.place_mention",
    "dates": "core.date_mention",
    "quarantine": "quality.quarantine",
    "checks": "quality.check_result",
    "steps": "quality.run_step",
}


@dataclass(frozen=True)
class Frames:
    """One batch. Each frame has the columns of its table; None or no rows: nothing of it.

    ``articles`` holds every article that was read and not refused, new or not; the core frames
    hold what was extracted from the new ones. ``articles_in`` is the readers' own count, against
    which the load checks that nothing got lost. ``batch`` numbers the batch within its run: a
    retry of the same number loads nothing twice. ``rebuild`` replaces the core rows of articles
    that the warehouse holds already, for a better extractor.
    """

    batch: int
    articles_in: int
    articles: Frame = None
    claims: Frame = None
    incidents: Frame = None
    places: Frame = None
    dates: Frame = None
    quarantine: Frame = None
    checks: Frame = None
    steps: Frame = None
    rebuild: bool = False


def stage(con: duckdb.DuckDBPyConnection, run_id: str, frames: Frames) -> None:
    """Put each frame into a temporary table ``stage_<frame>`` with its table's exact types.

    Raises:
        LoadError: a column is missing, unknown, or holds a value that its type cannot.
    """
    for field in fields(frames):
        if field.name in TABLES:
            table = arrow(con, field.name, getattr(frames, field.name), run_id)
            con.register("staging", table)
            con.execute(f"CREATE OR REPLACE TEMP TABLE stage_{field.name} AS FROM staging")
            con.unregister("staging")


def arrow(con: duckdb.DuckDBPyConnection, name: str, frame: Frame, run_id: str) -> pa.Table:
    """A frame as an Arrow table of its target's types, with a column ``ordinal`` for its order."""
    target = con.sql(f"SELECT * FROM {TABLES[name]} LIMIT 0").to_arrow_table().schema
    given = _columns(frame)
    size = len(next(iter(given.values()), ()))
    if size == 0:
        return target.empty_table().append_column("ordinal", pa.array([], pa.int64()))
    _check(name, set(given), set(target.names))
    if name == "quarantine":
        digests, given["raw"] = _sealed(given["raw"])
        given.setdefault("raw_sha256", digests)
    given["run_id"] = [run_id] * size
    columns = {field.name: _cast(name, field, given.get(field.name), size) for field in target}
    return pa.table({**columns, "ordinal": pa.array(range(size), pa.int64())})


def _columns(frame: Frame) -> dict[str, Any]:
    if frame is None:
        return {}
    names = frame.column_names if isinstance(frame, pa.Table) else list(frame.columns)
    return {str(name): frame[name] for name in names}


def _check(name: str, given: set[str], target: set[str]) -> None:
    if missing := sorted(target - given - FILLED):
        raise LoadError(f"frame {name} lacks the columns {', '.join(missing)} of {TABLES[name]}")
    if unknown := sorted(given - target):
        raise LoadError(f"frame {name} has columns that {TABLES[name]} has not: {unknown}")


def _cast(name: str, field: pa.Field[Any], values: Any, size: int) -> pa.Array[Any]:
    if values is None:
        return pa.nulls(size, field.type)
    try:
        if isinstance(values, pa.ChunkedArray):
            return values.combine_chunks().cast(field.type)
        return pa.Array.from_pandas(values, type=field.type)
    except (pa.ArrowException, UnicodeError, TypeError, ValueError) as error:
        raise LoadError(f"frame {name}, column {field.name}: {error}") from None


def _sealed(values: Any) -> tuple[list[str | None], list[str | None]]:
    """Digests of the whole, and as much of it as is kept; lone surrogates become escapes."""
    whole = values.to_pylist() if isinstance(values, pa.ChunkedArray) else list(values)
    texts = [
        None if pd.isna(raw) else str(raw).encode("utf-8", "backslashreplace") for raw in whole
    ]
    digests = [None if raw is None else hashlib.sha256(raw).hexdigest() for raw in texts]
    kept = [None if raw is None else raw.decode("utf-8")[:RAW_LIMIT] for raw in texts]
    return digests, kept
