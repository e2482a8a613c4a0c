"""Scores what was read against gold of several kinds: what `tollbook evaluate` computes.

Pure: rows in, a table of results and one outcome for each gold value out. What the labels of each
kind mean is told in the module that scores it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from transforms.scoring_counts import releases, shootings
from transforms.scoring_links import links
from transforms.scoring_own import own
from transforms.scoring_records import Outcome, Result, Row, Scores, ScoringError
from transforms.scoring_targets import templates
from transforms.scoring_toponyms import toponyms

__all__ = ["Changes", "Outcome", "Result", "Scores", "ScoringError", "changes", "kind", "score"]

Kind = Literal["own", "targets", "releases", "shootings", "toponyms"]
#: The keys by which a gold row shows its kind, the most telling first.
_MARKS: Mapping[Kind, frozenset[str]] = {
    "own": frozenset({"incidents", "claims"}),
    "targets": frozenset({"events", "relevant"}),
    "releases": frozenset({"killed_min", "labels"}),
    "shootings": frozenset({"killed"}),
    "toponyms": frozenset({"toponyms"}),
}
_SCORERS: Mapping[Kind, Callable[[str, Sequence[Row], Sequence[Row]], Scores]] = {
    "own": own,
    "targets": templates,
    "releases": releases,
    "shootings": shootings,
    "toponyms": toponyms,
}


@dataclass(frozen=True, slots=True)
class Changes:
    """What this run gets right that the last one did not, and the other way round."""

    gained: tuple[Outcome, ...]
    lost: tuple[Outcome, ...]


def kind(row: Row) -> Kind:
    """The kind of gold that a row is.

    Raises:
        ScoringError: the row carries the labels of no kind.
    """
    for name, keys in _MARKS.items():
        if keys <= row.keys():
            return name
    known = "; ".join(f"{name}: {', '.join(sorted(keys))}" for name, keys in _MARKS.items())
    raise ScoringError(f"the row {row.get('id')!r} has no gold labels; known are {known}")


def score(corpus: str, golds: Sequence[Row], predictions: Sequence[Row]) -> Scores:
    """Score extractions (contract rows) against gold rows, matched by id.

    Raises:
        ScoringError: there is no gold, its kind is unknown, rows differ in
            kind, or a gold row has no extraction.
    """
    kinds = {kind(row) for row in golds}
    if len(kinds) != 1:
        raise ScoringError(f"{corpus}: expected gold of one kind, found {sorted(kinds) or 'none'}")
    (found,) = kinds
    scores = _SCORERS[found](corpus, golds, predictions)
    if all("incident" in row for row in golds):
        scores = replace(scores, results=(*scores.results, *links(corpus, golds, predictions)))
    return scores


def changes(before: Sequence[Outcome], after: Sequence[Outcome]) -> Changes:
    """Gains and losses: items right now but not in the last run, and the reverse.

    An item that only one of the runs knows counts as not right in the other, so that a new false
    claim is a loss and one that went away a gain.
    """
    old = {_item(outcome): outcome for outcome in before}
    new = {_item(outcome): outcome for outcome in after}
    gained = [o for item, o in new.items() if o.ok and not _right(old.get(item))]
    gained += [o for item, o in old.items() if _is_wrong_extra(o) and item not in new]
    lost = [o for item, o in new.items() if o.ok is False and _right(old.get(item))]
    lost += [o for item, o in new.items() if _is_wrong_extra(o) and item not in old]
    return Changes(tuple(gained), tuple(lost))


def _item(outcome: Outcome) -> tuple[str, str, str, str]:
    return (outcome.corpus, outcome.id, outcome.field, outcome.key)


def _right(outcome: Outcome | None) -> bool:
    return outcome is not None and outcome.ok is True


def _is_wrong_extra(outcome: Outcome) -> bool:
    return outcome.ok is False and outcome.gold is None
