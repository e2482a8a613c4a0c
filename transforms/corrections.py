"""What people have put right, put into the tables; a row keeps what it said before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd
from pandas import DataFrame

from seeds.corrections.rows import plain

if TYPE_CHECKING:
    from seeds.corrections.rows import Correction

KEYS = {
    "claims": "claim_id",
    "incidents": "incident_id",
    "places": "mention_id",
    "dates": "mention_id",
}


def apply(
    frames: Mapping[str, DataFrame], corrections: Iterable[Correction]
) -> tuple[dict[str, DataFrame], dict[str, str]]:
    """Correct the rows of a batch.

    Each row's column ``corrections`` is a JSON list of what was corrected in it (field, from, to,
    reason, who, expect); it is unknown where nothing was.

    Args:
        frames: the tables, as ``normalise`` makes them.
        corrections: all that there are; those of other articles are passed over.

    Returns:
        The tables, and why corrections of these articles could not be applied, by file and line.
    """
    made = dict(frames)
    read = set(frames["articles"]["article_id"])
    notes: dict[str, dict[Any, list[str]]] = {name: {} for name in KEYS}
    misses: dict[str, str] = {}
    for one in corrections:
        if one.article_id in read:
            try:
                at, made[one.table] = _corrected(made[one.table], one)
                notes[one.table].setdefault(at, []).append(one.note)
            except _MissError as miss:
                misses[one.where] = str(miss)
    for name, kept in notes.items():
        said = {at: f"[{', '.join(those)}]" for at, those in kept.items()}
        column = pd.Series(said, index=made[name].index, dtype="str")
        made[name] = made[name].assign(corrections=column)
    return made, misses


class _MissError(Exception):
    """A correction does not fit; the message says why."""


def _corrected(frame: DataFrame, one: Correction) -> tuple[Any, DataFrame]:
    """The label of the row that is meant, and the table with its value corrected."""
    found = frame.index[frame[KEYS[one.table]] == one.row]
    if not len(found):
        raise _MissError(
            f"nothing in its article is {one.row} any more: the text or its reading has changed"
        )
    at = found[0]
    for name in (one.field, *(name for name, _ in one.expect)):
        if name not in frame:
            raise _MissError(f"{one.table} have no column {name}")
    now = _value(frame.at[at, one.field])
    if now == one.after:
        raise _MissError(f"{one.field} is {_shown(now)} by itself now: remove the correction")
    if now != one.before:
        raise _MissError(f"{one.field} is {_shown(now)}, not {_shown(one.before)}")
    for name, wanted in one.expect:
        if (there := _value(frame.at[at, name])) != wanted:
            raise _MissError(f"{name} is {_shown(there)}, not {_shown(wanted)} as it expects")
    return at, _set(frame, at, one)


def _set(frame: DataFrame, at: Any, one: Correction) -> DataFrame:
    column = frame[one.field].copy()
    try:
        if isinstance(one.after, list):
            column.at[at] = one.after  # type: ignore[assignment] # a cell may be a list
        else:
            column.loc[at] = pd.Series([one.after], dtype=column.dtype).iloc[0]
    except (TypeError, ValueError) as error:
        raise _MissError(f"{one.field} cannot be {_shown(one.after)}: {error}") from None
    return frame.assign(**{one.field: column})


def _value(cell: Any) -> Any:
    """A cell as a correction writes it; None for every kind of unknown."""
    if isinstance(cell, list | tuple):
        return list(cell)
    if cell is None or pd.isna(cell):
        return None
    return plain(cell.item() if hasattr(cell, "item") else cell)


def _shown(value: Any) -> str:
    return "unknown" if value is None else repr(value)
