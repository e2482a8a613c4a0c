"""Scores places found in a text against places marked by people. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from transforms.geo import kilometres

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from transforms.model import PlaceMention

#: A place resolved within this distance of the gold's is right (Leidner 2007; 100 miles).
NEAR_KM = 161.0


@dataclass(slots=True)
class PlaceScore:
    """Counts over the articles scored so far."""

    found: int = 0
    gold: int = 0
    found_right: int = 0  # overlaps a gold span
    gold_right: int = 0  # overlapped by a found span
    placed: int = 0  # gold with coordinates that was found and resolved
    near: int = 0  # of these, within NEAR_KM
    errors: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        """Share of the found that overlap a gold span."""
        return self.found_right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that a found span overlaps."""
        return self.gold_right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def accuracy(self) -> float:
        """acc@161km: share of the gold found and resolved that is within NEAR_KM."""
        return self.near / self.placed if self.placed else 0.0

    def add(self, mentions: Sequence[PlaceMention], gold: Sequence[dict[str, Any]]) -> None:
        """Count one article. A gold entry has start, end and, where known, lat and lon."""
        self.found += len(mentions)
        self.gold += len(gold)
        hit: set[int] = set()
        for entry in gold:
            over = [n for n, m in enumerate(mentions) if overlap(m, entry)]
            hit.update(over)
            self._count(entry, [mentions[n] for n in over])
        self.found_right += len(hit)
        self.errors["found, not in gold"] += len(mentions) - len(hit)

    def _count(self, entry: dict[str, Any], over: list[PlaceMention]) -> None:
        if not over:
            self.errors["gold, not found"] += 1
            return
        self.gold_right += 1
        if entry.get("lat") is None:
            return
        distances = [
            kilometres(m.lat, m.lon, entry["lat"], entry["lon"])
            for m in over
            if m.lat is not None and m.lon is not None
        ]
        if not distances:
            self.errors["found, not resolved"] += 1
            return
        self.placed += 1
        nearest = min(distances)
        if nearest <= NEAR_KM:
            self.near += 1
        else:
            self.errors[_class(nearest, over[0])] += 1


def _class(kilometres: float, mention: PlaceMention) -> str:
    if mention.where_prec in (5, 6):
        return "a country's or region's point"
    return "wrong place, over 1000 km" if kilometres > 1000 else "wrong place, 161 to 1000 km"


def overlap(mention: PlaceMention, entry: dict[str, Any]) -> bool:
    """Whether a mention and a gold entry share a character."""
    return bool(mention.start < entry["end"] and entry["start"] < mention.end)


def score(pairs: Iterable[tuple[Sequence[PlaceMention], Sequence[dict[str, Any]]]]) -> PlaceScore:
    """Score many articles."""
    total = PlaceScore()
    for mentions, gold in pairs:
        total.add(mentions, gold)
    return total
