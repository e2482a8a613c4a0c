"""The records that scoring writes, and the few sums behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


class ScoringError(ValueError):
    """Gold that cannot be scored; the message names the row and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One gold value against what was read: what gains and losses are told from.

    ``ok`` is None where the gold leaves the answer open (an optional target): neither right
    nor wrong. ``id`` and ``field`` and ``key`` name the same item in every run.
    """

    corpus: str
    id: str
    field: str
    key: str
    gold: Any
    predicted: Any
    ok: bool | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One cell of the score table. ``value`` is None where nothing was there to be scored."""

    corpus: str
    field: str
    metric: str
    value: float | None
    n: int
    tp: int | None = None
    fp: int | None = None
    fn: int | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """All that one evaluation yields."""

    results: tuple[Result, ...]
    outcomes: tuple[Outcome, ...]


def share(corpus: str, field: str, metric: str, marks: Iterable[bool]) -> Result:
    """The share of true marks."""
    known = list(marks)
    right = sum(known)
    value = right / len(known) if known else None
    return Result(corpus, field, metric, value, len(known), tp=right)


def retrieval(corpus: str, field: str, tp: int, fp: int, fn: int, suffix: str = "") -> list[Result]:
    """Precision, recall and F1 as three rows; ``suffix`` names a variant of the rule."""
    ratios = {
        "precision": (tp, tp + fp),
        "recall": (tp, tp + fn),
        "f1": (2 * tp, 2 * tp + fp + fn),
    }
    return [
        Result(corpus, field, name + suffix, top / n if n else None, tp + fn, tp, fp, fn)
        for name, (top, n) in ratios.items()
    ]


def point(count: Row | None) -> int | None:
    """The one number of a count: best, else low, else high; None where all are unknown."""
    if count is None:
        return None
    for bound in ("best", "low", "high"):
        number = count.get(bound)
        if number is not None:
            return int(number)
    return None


def paired(golds: Sequence[Row], predictions: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Each gold row with the extraction of the same id.

    Raises:
        ScoringError: a gold row has no extraction, or two extractions share an id.
    """
    by_id = {str(row["id"]): row for row in predictions}
    if len(by_id) != len(predictions):
        raise ScoringError("two extractions carry the same id")
    missing = [str(row["id"]) for row in golds if str(row["id"]) not in by_id]
    if missing:
        raise ScoringError(f"{len(missing)} gold rows have no extraction, the first: {missing[0]}")
    return [(row, by_id[str(row["id"])]) for row in golds]
