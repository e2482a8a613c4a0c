"""Scores the places of extract's output against toponyms marked by people.

A toponym is found if a place overlaps it; of those that have coordinates and were resolved, the
nearest place must be within ``NEAR_KM`` (Leidner 2007: 100 miles).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from transforms.geo import kilometres
from transforms.scoring_records import Outcome, Row, Scores, paired, retrieval, share

#: A place resolved within this distance of the gold's is right (Leidner 2007; 100 miles).
NEAR_KM = 161.0


def toponyms(corpus: str, golds: Sequence[Row], predictions: Sequence[Row]) -> Scores:
    """Score contract rows against ``toponyms`` that have a start, an end and maybe a point."""
    outcomes = [
        outcome
        for gold, read in paired(golds, predictions)
        for outcome in _article(corpus, gold, read)
    ]
    found = [o for o in outcomes if o.field == "toponym"]
    near = [o.ok for o in outcomes if o.field == "toponym_point" and o.ok is not None]
    counts = (
        sum(o.ok is True for o in found),
        sum(o.ok is False and o.gold is None for o in found),
        sum(o.ok is False and o.gold is not None for o in found),
    )
    results = [
        *retrieval(corpus, "toponym", *counts),
        share(corpus, "toponym_point", "within_161_km", near),
    ]
    return Scores(tuple(results), tuple(outcomes))


def _article(corpus: str, gold: Row, read: Row) -> list[Outcome]:
    outcomes: list[Outcome] = []
    hit: set[int] = set()
    for entry in gold["toponyms"]:
        over = [n for n, place in enumerate(read["places"]) if _overlap(place, entry)]
        hit.update(over)
        places = [read["places"][n] for n in over]
        outcomes += _judged(corpus, gold, entry, places)
    for number, place in enumerate(read["places"]):
        if number not in hit:
            key = f"{place['text']} @{place['start']}"
            outcomes.append(
                Outcome(corpus, gold["id"], "toponym", key, None, place["text"], ok=False)
            )
    return outcomes


def _judged(corpus: str, gold: Row, entry: Row, places: Sequence[Row]) -> list[Outcome]:
    """Whether a toponym was found, and where it was put."""
    words = gold["text"][entry["start"] : entry["end"]]
    key = f"{words} @{entry['start']}"
    names = [place["text"] for place in places]
    made = [Outcome(corpus, gold["id"], "toponym", key, words, names or None, ok=bool(places))]
    away = _nearest(entry, places)
    if away is not None:
        point: list[Any] = [entry["lat"], entry["lon"]]
        put = [places[0]["lat"], places[0]["lon"]]
        note = f"{away:,.0f} km away"
        ok = away <= NEAR_KM
        made.append(Outcome(corpus, gold["id"], "toponym_point", key, point, put, ok, note))
    return made


def _nearest(entry: Row, places: Sequence[Row]) -> float | None:
    """Kilometres to the nearest of the places; None where there is nothing to measure."""
    if entry.get("lat") is None:
        return None
    placed = [place for place in places if place["lat"] is not None]
    distances = (
        kilometres(place["lat"], place["lon"], entry["lat"], entry["lon"]) for place in placed
    )
    return min(distances, default=None)


def _overlap(place: Row, entry: Row) -> bool:
    return bool(place["start"] < entry["end"] and entry["start"] < place["end"])
