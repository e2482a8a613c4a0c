"""What people have decided against or beside the rules: files that `tollbook review` writes."""

from __future__ import annotations

import csv
import io
import os
from datetime import date
from pathlib import Path
from typing import NamedTuple

from seeds.read import SeedError

#: The two answers to "do these accounts tell of one event?".
DECISIONS = ("same", "apart")
_HERE = Path(__file__).resolve().parent


class LinkDecision(NamedTuple):
    """A decision on two accounts, ``one`` before ``other`` in order."""

    one: str
    other: str
    decision: str
    one_version: str
    other_version: str
    who: str
    decided_on: str  # YYYY-MM-DD
    reason: str


def folder(shipped: Path = _HERE) -> Path:
    """Where corrections lie: ``TOLLBOOK_CORRECTIONS``, else where those that ship do."""
    return Path(os.environ.get("TOLLBOOK_CORRECTIONS") or shipped)


def links() -> list[LinkDecision]:
    """The decisions on links, in the order of the file; none if there is no file.

    Raises:
        SeedError: a row is not as it should be; the message names file and line.
    """
    path = folder() / "links.csv"
    if not path.is_file():
        return []
    found: dict[tuple[str, str], LinkDecision] = {}
    for number, row in _rows(path):
        decision = _decision(path, number, row)
        pair = decision.one, decision.other
        if pair in found:
            raise SeedError(f"{path}:{number}: these two accounts were decided on before")
        found[pair] = decision
    return list(found.values())


def decide(decision: LinkDecision) -> Path:
    """Write a decision, in place of an earlier one on the same accounts; returns the file."""
    kept = [d for d in links() if (d.one, d.other) != (decision.one, decision.other)]
    return _write([*kept, decision])


def forget(one: str, other: str) -> bool:
    """Take a decision back; returns whether there was one."""
    before = links()
    kept = [d for d in before if {d.one, d.other} != {one, other}]
    if len(kept) < len(before):
        _write(kept)
    return len(kept) < len(before)


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise SeedError(f"{path}: {error}") from None
    rows = [
        (number, next(csv.reader([line])))
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#")
    ]
    header = list(LinkDecision._fields)
    if rows and rows[0][1] != header:
        raise SeedError(f"{path}:{rows[0][0]}: expected the columns {', '.join(header)}")
    return rows[1:]


def _decision(path: Path, number: int, row: list[str]) -> LinkDecision:
    if len(row) != len(LinkDecision._fields):
        raise SeedError(f"{path}:{number}: expected {len(LinkDecision._fields)} fields")
    found = LinkDecision(*row)
    if found.decision not in DECISIONS:
        raise SeedError(f"{path}:{number}: {found.decision!r} is none of {', '.join(DECISIONS)}")
    if not found.one < found.other:
        raise SeedError(f"{path}:{number}: the lesser incident_id must come first")
    try:
        date.fromisoformat(found.decided_on)
    except ValueError:
        raise SeedError(f"{path}:{number}: {found.decided_on!r} is no day") from None
    return found


def _write(decisions: list[LinkDecision]) -> Path:
    path = folder() / "links.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    notes = [line for line in _lines(path) if line.startswith("#")]
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(LinkDecision._fields)
    rows.writerows([" ".join(value.split()) for value in decision] for decision in decisions)
    part = path.with_suffix(".part")
    part.write_text("".join([*(f"{note}\n" for note in notes), written.getvalue()]), "utf-8")
    part.replace(path)
    return path


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
