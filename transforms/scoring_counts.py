"""Scoring against counts of a whole article: shootings (GVA) and press releases (ISAF).

The gold holds the numbers of one incident, the article may tell of several: the prediction is the
first incident that was read, without a look at the gold. ``any_incident`` is the upper bound that
a perfect choice among the incidents would reach, ``sum`` the total of all of them, and
``exact_where_stated`` leaves out the rows whose text does not hold the coded number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from transforms import language as languages
from transforms.geo import kilometres
from transforms.numbers import lexicon
from transforms.scoring_records import Outcome, Result, Row, Scores, paired, point, share

#: Reach of UCDP's where_prec 2, "within 25 km of a known point".
NEAR_KM = 25.0
_GVA_MEASURES = ("killed", "injured", "hospitalised")


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded number with its gold row and what was read of the same article."""

    number: int
    gold: Row
    read: Row


def shootings(corpus: str, golds: Sequence[Row], predictions: Sequence[Row]) -> Scores:
    """Score killed, injured (hospitalised where the gold has it), place and date."""
    pairs = paired(golds, predictions)
    results: list[Result] = []
    outcomes: list[Outcome] = []
    for measure in _GVA_MEASURES:
        coded = [
            Coded(gold[measure], gold, read)
            for gold, read in pairs
            if gold.get(measure) is not None
        ]
        if coded:
            outcomes += [_count(corpus, measure, item) for item in coded]
            results += _count_results(corpus, measure, coded)
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
    minima = {
        "killed": [Coded(gold["killed_min"], gold, read) for gold, read in pairs],
        "captured": [
            Coded(gold["labels"]["captured_min"], gold, read)
            for gold, read in pairs
            if "captured_min" in gold["labels"]
        ],
    }
    results: list[Result] = []
    outcomes: list[Outcome] = []
    for measure, coded in minima.items():
        outcomes += [_count(corpus, measure, item) for item in coded]
        results += _count_results(corpus, measure, coded)
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
    spelled = {
        word for word, value in lexicon(languages.DEFAULT).cardinals.items() if value == number
    }
    vaguely = _ABOUT_THREE if number == 3 else frozenset()
    return not words.isdisjoint({str(number), *spelled, *vaguely})


def _count(corpus: str, measure: str, item: Coded) -> Outcome:
    found = predicted(item.read, measure)
    ok = found == item.number
    return Outcome(corpus, str(item.gold["id"]), measure, "", item.number, found, ok)


def _count_results(corpus: str, measure: str, coded: Sequence[Coded]) -> list[Result]:
    exact = [predicted(item.read, measure) == item.number for item in coded]
    positive = [item for item in coded if item.number > 0]
    hits = [right for right, item in zip(exact, coded, strict=True) if item.number > 0]
    all_numbers = [
        [point(i.get(measure)) or 0 for i in item.read["incidents"]] for item in positive
    ]
    told = list(zip(positive, all_numbers, strict=True))
    stated = [
        right
        for right, item in zip(hits, positive, strict=True)
        if states(item.gold.get("text", ""), item.number)
    ]
    marks = {
        "exact_gold>0": hits,
        "exact_where_stated": stated,
        "any_incident_gold>0": [item.number in numbers for item, numbers in told],
        "sum_gold>0": [item.number == sum(numbers) for item, numbers in told],
        "false_positive_gold=0": [
            not ok for ok, item in zip(exact, coded, strict=True) if not item.number
        ],
        "exact": exact,
    }
    return [share(corpus, measure, metric, values) for metric, values in marks.items()]


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
