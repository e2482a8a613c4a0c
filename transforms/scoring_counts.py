"""Scoring against counts of a whole article: shootings (GVA) and press releases (ISAF).

The gold holds the numbers of one incident, the article may tell of several: the prediction is the
first incident that was read, without a look at the gold. ``any_incident`` is the upper bound that
a perfect choice among the incidents would reach, ``sum`` the total of all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt

from transforms.numbers import lexicon
from transforms.scoring_records import Outcome, Result, Row, Scores, paired, point, share

#: Reach of UCDP's where_prec 2, "within 25 km of a known point".
NEAR_KM = 25.0
_EARTH_RADIUS_KM = 6371.0
_GVA_MEASURES = ("killed", "injured", "hospitalised")


def kilometres(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Great-circle distance in kilometres between two points in degrees."""
    phi_a, phi_b = radians(lat_a), radians(lat_b)
    half = sin((phi_b - phi_a) / 2) ** 2
    half += cos(phi_a) * cos(phi_b) * sin(radians(lon_b - lon_a) / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(sqrt(min(1.0, half)))


def shootings(corpus: str, golds: Sequence[Row], predictions: Sequence[Row]) -> Scores:
    """Score killed, injured (hospitalised where the gold has it), place and date."""
    pairs = paired(golds, predictions)
    results: list[Result] = []
    outcomes: list[Outcome] = []
    for measure in _GVA_MEASURES:
        having = [(gold, read) for gold, read in pairs if gold.get(measure) is not None]
        if having:
            outcomes += [
                _count(corpus, measure, gold[measure], gold, read) for gold, read in having
            ]
            results += _count_results(corpus, measure, [(g[measure], r) for g, r in having])
    places = [_place(corpus, *pair) for pair in pairs if _located(pair[0])]
    dates = [_date(corpus, *pair) for pair in pairs if pair[0].get("event_date")]
    for field, metric, found in (("place", "within_25_km", places), ("date", "exact", dates)):
        if found:
            results.append(share(corpus, field, metric, (bool(o.ok) for o in found)))
    if dates:
        results.append(share(corpus, "date", "within_1_day", (_near_day(o) for o in dates)))
    return Scores(tuple(results), tuple(outcomes + places + dates))


def releases(corpus: str, golds: Sequence[Row], predictions: Sequence[Row]) -> Scores:
    """Score ``killed_min`` and ``labels.captured_min``: lower bounds coded from press releases."""
    pairs = paired(golds, predictions)
    results: list[Result] = []
    outcomes: list[Outcome] = []
    for measure in ("killed", "captured"):
        coded = [(_coded_minimum(gold, measure), gold, read) for gold, read in pairs]
        known = [(number, gold, read) for number, gold, read in coded if number is not None]
        outcomes += [_count(corpus, measure, n, gold, read) for n, gold, read in known]
        results += _count_results(corpus, measure, [(n, read) for n, _, read in known])
        stated = [
            predicted(read, measure) == n
            for n, gold, read in known
            if n and states(gold["text"], n)
        ]
        results.append(share(corpus, measure, "exact_where_stated", stated))
    return Scores(tuple(results), tuple(outcomes))


def predicted(read: Row, measure: str) -> int:
    """The article's figure: that of its first incident; 0 where none is stated."""
    incidents = read["incidents"]
    return (point(incidents[0].get(measure)) or 0) if incidents else 0


#: Words that the coders of the press releases took for about three.
_ABOUT_THREE = frozenset({"several", "multiple", "numerous", "few"})


def states(text: str, number: int) -> bool:
    """Whether a text holds the number as digits or as a word; one is stated by any singular."""
    if number == 1:
        return True
    words = set(text.lower().replace(",", "").replace(".", " ").replace("-", " ").split())
    spelled = {word for word, value in lexicon().cardinals.items() if value == number}
    vaguely = _ABOUT_THREE if number == 3 else frozenset()
    return not words.isdisjoint({str(number), *spelled, *vaguely})


def _coded_minimum(gold: Row, measure: str) -> int | None:
    number = gold.get("killed_min") if measure == "killed" else gold["labels"].get("captured_min")
    return None if number is None else int(number)


def _count(corpus: str, measure: str, number: int, gold: Row, read: Row) -> Outcome:
    found = predicted(read, measure)
    return Outcome(corpus, str(gold["id"]), measure, "", number, found, found == number)


def _count_results(corpus: str, measure: str, pairs: Sequence[tuple[int, Row]]) -> list[Result]:
    positive = [(number, read) for number, read in pairs if number > 0]
    numbers = [[point(i.get(measure)) or 0 for i in read["incidents"]] for _, read in positive]
    firsts = [predicted(read, measure) for _, read in positive]
    gold = [number for number, _ in positive]
    zeros = [predicted(read, measure) > 0 for number, read in pairs if number == 0]
    return [
        share(corpus, measure, "exact_gold>0", [f == g for f, g in zip(firsts, gold, strict=True)]),
        share(
            corpus,
            measure,
            "any_incident_gold>0",
            [g in found for found, g in zip(numbers, gold, strict=True)],
        ),
        share(
            corpus,
            measure,
            "sum_gold>0",
            [g == sum(found) for found, g in zip(numbers, gold, strict=True)],
        ),
        share(corpus, measure, "false_positive_gold=0", zeros),
        share(corpus, measure, "exact", [predicted(r, measure) == n for n, r in pairs]),
    ]


def _located(gold: Row) -> bool:
    return gold.get("lat") is not None and gold.get("lon") is not None


def _place(corpus: str, gold: Row, read: Row) -> Outcome:
    place = read["incidents"][0]["place"] if read["incidents"] else None
    ok, shown = False, None
    if place is not None and place["lat"] is not None:
        km = kilometres(gold["lat"], gold["lon"], place["lat"], place["lon"])
        ok, shown = km <= NEAR_KM, f"{place['name']}, {place['admin1']} ({km:.0f} km)"
    return Outcome(corpus, str(gold["id"]), "place", "", gold.get("city"), shown, ok)


def _date(corpus: str, gold: Row, read: Row) -> Outcome:
    start, end = None, None
    if read["incidents"]:
        start, end = read["incidents"][0]["date_start"], read["incidents"][0]["date_end"]
    ok = start == end == gold["event_date"]
    shown = start if start == end else f"{start}/{end}"
    return Outcome(corpus, str(gold["id"]), "date", "", gold["event_date"], shown, ok)


def _near_day(outcome: Outcome) -> bool:
    """Whether a single day was read that is the gold's or a neighbour of it."""
    if outcome.predicted is None or "/" in outcome.predicted:
        return False
    gap = date.fromisoformat(outcome.predicted) - date.fromisoformat(outcome.gold)
    return abs(gap) <= timedelta(days=1)
