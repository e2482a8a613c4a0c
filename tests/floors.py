"""Floors under the accuracy on each gold corpus, pinned with the digest of the gold.

``python -m tests.floors`` scores every corpus that is there and raises the floors in
tests/gold/floors.toml to what is reached now. It never lowers one, unless it is told why:
``python -m tests.floors --lower "the gold of killed was corrected"`` writes the reason beside it.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
import tomllib
from pathlib import Path
from typing import Any

from tests import accuracy_table, own_gold
from transforms import contract, scoring
from transforms.extract import extract

FILE = own_gold.GOLD / "floors.toml"
CORPORA = own_gold.ROOT.parent / "shared" / "corpora"
FILES = {name: CORPORA / f"{name}.jsonl" for name in ("gva_dev", "isaf_dev", "muc_dev")}
#: Tollbook's own gold: the sample articles, and those in other languages.
OWN: dict[str, str | None] = {"own": None, **{f"own_{code}": code for code in own_gold.LANGUAGES}}
#: What a floor is laid under; the other metrics explain these.
_METRICS = frozenset(
    {
        "f1",
        "accuracy",
        "exact_gold>0",
        "exact_where_stated",
        "within_25_km",
        "within_1_day",
        "bcubed_f1",
    }
)
_CEILINGS = frozenset({"false_positive_gold=0"})
_PLACES = 3


def gold(corpus: str) -> list[dict[str, Any]]:
    """The gold rows of a corpus."""
    if corpus in OWN:
        return [own_gold.row(name) for name in own_gold.names(OWN[corpus])]
    with FILES[corpus].open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def digest(rows: list[dict[str, Any]]) -> str:
    """A digest of the gold, texts and labels, as it is scored."""
    written = json.dumps(rows, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def scores(corpus: str, rows: list[dict[str, Any]]) -> dict[str, float]:
    """The guarded figures of a corpus, the higher the better; an error rate is counted from 1."""
    reads = [contract.to_row(extract(contract.article_from(row))) for row in rows]
    reached = {}
    for result in scoring.score(corpus, rows, reads).results:
        if result.value is None:
            continue
        if result.metric in _METRICS:
            reached[f"{result.field} {result.metric}"] = result.value
        elif result.metric in _CEILINGS:
            reached[f"{result.field} none_read_gold=0"] = 1 - result.value
    return reached


def floors() -> dict[str, Any]:
    """The floors as they stand: for each corpus its digest and a floor for each figure."""
    return tomllib.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}


def raised(old: dict[str, Any], reached: dict[str, float], reason: str | None) -> dict[str, Any]:
    """The floors of one corpus after a run: never lower than before without a reason."""
    new: dict[str, Any] = {}
    for figure, value in reached.items():
        floor = math.floor(value * 10**_PLACES) / 10**_PLACES
        before = old.get(figure, 0.0)
        new[figure] = floor if reason else max(before, floor)
    lowered = dict(old.get("lowered", {}))
    if reason:
        lowered |= {f: f"from {old[f]}: {reason}" for f in new if f in old and new[f] < old[f]}
    return {**new, **({"lowered": lowered} if lowered else {})}


def _written(tables: dict[str, Any]) -> str:
    lines = ["# Written by `python -m tests.floors`; see tests/floors.py."]
    for corpus, table in tables.items():
        lines += ["", f"[{corpus}]"]
        lines += [f"{json.dumps(k)} = {json.dumps(v)}" for k, v in table.items() if k != "lowered"]
        if "lowered" in table:
            lines += ["", f"[{corpus}.lowered]"]
            lines += [f"{json.dumps(k)} = {json.dumps(v)}" for k, v in table["lowered"].items()]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> None:
    """Score what is there and write the floors."""
    reason = arguments[1] if arguments[:1] == ["--lower"] and len(arguments) == 2 else None
    if arguments and reason is None:
        raise SystemExit('usage: python -m tests.floors [--lower "REASON"]')
    tables = floors()
    present = [name for name, path in FILES.items() if Path(path).is_file()]
    for corpus in (*OWN, *present):
        rows = gold(corpus)
        new = raised(tables.get(corpus, {}), scores(corpus, rows), reason)
        tables[corpus] = {"digest": digest(rows), **new}
    FILE.write_text(_written(tables), encoding="utf-8")
    accuracy_table.write(tables)


if __name__ == "__main__":
    main(sys.argv[1:])
