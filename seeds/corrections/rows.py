"""Values that people have put right: ``corrections.toml``, one table a correction."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from seeds.corrections import folder
from seeds.read import SEEDS, SeedError, toml_at, toml_lines

#: A row's kind by the letter that its key has before its offsets: ``<article>:c12-killed``.
TABLES = {"c": "claims", "i": "incidents", "p": "places", "d": "dates"}
_KEY = re.compile(r".+:([cipd])\d[^:]*")
_TEXTS = ("row", "field", "reason", "who")
_KNOWN = {*_TEXTS, "from", "to", "expect"}
#: What names a row or points into the text is no reading, so it cannot be wrong.
_FIXED = re.compile(r".*_id|(?:.*_)?span_(?:start|end)|quote|mention_text|corrections|link_keys")
_READINGS = frozenset({"geoname_id", "parent_claim_id"})


@dataclass(frozen=True)
class Correction:
    """One value of one row: what the rules read, and what a person says instead.

    ``before`` and ``after`` are None where the value is unknown; ``expect`` names other values of
    the row that must be so, ``where`` the file and line.
    """

    row: str
    field: str
    before: Any
    after: Any
    reason: str
    who: str
    expect: tuple[tuple[str, Any], ...]
    where: str

    @property
    def table(self) -> str:
        """The table that the row is in: claims, incidents, places or dates."""
        return TABLES[self.row.rpartition(":")[2][0]]

    @property
    def article_id(self) -> str:
        """The article that the row was read from."""
        return self.row.rpartition(":")[0]

    @property
    def note(self) -> str:
        """What the row keeps of it, as JSON."""
        return noted(
            {
                "field": self.field,
                "from": self.before,
                "to": self.after,
                "reason": self.reason,
                "who": self.who,
                "expect": dict(self.expect),
            }
        )


def noted(kept: dict[str, Any]) -> str:
    """A correction's JSON in its one form, by which two are compared."""
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def file() -> Path:
    """Where corrections of values lie: in ``TOLLBOOK_CORRECTIONS``, else in the seeds that ship."""
    return folder(SEEDS) / "corrections.toml"


def rows() -> list[Correction]:
    """The corrections in the order of the file; none if there is no file.

    Raises:
        SeedError: one is not as it should be; the message names file and line.
    """
    path = file()
    if not path.is_file():
        return []
    read = toml_at(path)
    if unknown := set(read) - {"correction"}:
        raise SeedError(f"{path}: {min(unknown)!r} is no table of it: write [[correction]]")
    lines = toml_lines(path, "correction")
    found = [
        _correction(f"{path}:{lines[n]}", given)
        for n, given in enumerate(read.get("correction", ()))
    ]
    twice = Counter((one.row, one.field) for one in found)
    for one in reversed(found):
        if twice[one.row, one.field] > 1:
            raise SeedError(f"{one.where}: {one.field} of {one.row} is corrected twice")
    return found


def _correction(where: str, given: dict[str, Any]) -> Correction:
    for name in _TEXTS:
        if not isinstance(given.get(name), str) or not given[name].strip():
            raise SeedError(f'{where}: needs {name} = "…"')
    if unknown := set(given) - _KNOWN:
        raise SeedError(f"{where}: {min(unknown)!r} is none of {', '.join(sorted(_KNOWN))}")
    if not _KEY.fullmatch(given["row"]):
        raise SeedError(f"{where}: {given['row']!r} is no claim_id, incident_id or mention_id")
    if _FIXED.fullmatch(given["field"]) and given["field"] not in _READINGS:
        raise SeedError(f"{where}: {given['field']} is no reading that could be wrong")
    expect = given.get("expect")
    if not isinstance(expect, dict) or not expect:
        raise SeedError(f"{where}: needs expect = {{ … }}: what else must be so in the row")
    before, after = plain(given.get("from")), plain(given.get("to"))
    if before == after:
        raise SeedError(f"{where}: from and to are the same")
    guard = tuple((name, plain(value)) for name, value in expect.items())
    texts = (given[name] for name in _TEXTS)
    row, field, reason, who = texts
    return Correction(row, field, before, after, reason, who, guard, where)


def plain(value: Any) -> Any:
    """A value as JSON has it; a day as YYYY-MM-DD."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else value
