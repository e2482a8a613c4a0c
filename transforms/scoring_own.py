"""Scoring against Tollbook's own gold: claims with spans, and incidents with every field.

A claim answers a gold claim of the same measure whose span it overlaps; where several do, the one
with the same count, then the nearest span. An incident answers the gold incident with which it
shares most: the place first, then the date, then each measure of the toll; a shared place is
enough, and so are a shared date and a shared known toll. The ``accuracy`` of a field is over all
gold items, a missed one being wrong; ``accuracy_of_matched`` over those that were read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from transforms.geo import kilometres
from transforms.model import TOLL_MEASURES
from transforms.scoring_counts import NEAR_KM
from transforms.scoring_records import Outcome, Result, Row, Scores, paired, retrieval, share

_CLAIM_FIELDS = (
    "qualifier",
    "scope",
    "relation",
    "category",
    "sex",
    "age_group",
    "certainty",
)
_INCIDENT_FIELDS = ("date_start", "date_end", "date_prec", "sub_event_type", "weapon")
#: The note of a field whose claim or incident was missed altogether.
NOT_READ = "not read"
_BOUNDS = ("low", "best", "high")
_PLACE_POINTS, _DATE_POINTS, _ENOUGH_POINTS = 8, 4, 5
_SMALL_WORDS = frozenset(
    """
    a an the of for s in to and
    """.split()
)


def own(corpus: str, golds: Sequence[Row], predictions: Sequence[Row]) -> Scores:
    """Score claims and incidents, field by field."""
    outcomes: list[Outcome] = []
    for gold, read in paired(golds, predictions):
        matches = match_claims(gold["claims"], read["claims"])
        outcomes += _claims(corpus, gold, read, matches)
        outcomes += _incidents(corpus, gold, read, matches)
    results = _found("claim", corpus, outcomes) + _found("incident", corpus, outcomes)
    fields = dict.fromkeys(o.field for o in outcomes if "." in o.field)
    for field in fields:
        asked = [o for o in outcomes if o.field == field]
        results.append(share(corpus, field, "accuracy", [o.ok is True for o in asked]))
        matched = [o.ok is True for o in asked if o.note != NOT_READ]
        results.append(share(corpus, field, "accuracy_of_matched", matched))
    return Scores(tuple(results), tuple(outcomes))


def match_claims(golds: Sequence[Row], reads: Sequence[Row]) -> dict[int, int]:
    """Which gold claim (index) is answered by which read claim (index)."""
    candidates = []
    for g, gold in enumerate(golds):
        for r, read in enumerate(reads):
            overlap = min(gold["end"], read["end"]) - max(gold["start"], read["start"])
            if overlap > 0 and gold["measure"] == read["measure"]:
                apart = abs(gold["start"] - read["start"]) + abs(gold["end"] - read["end"])
                candidates.append((not same_count(gold, read), apart, g, r))
    return _greedy([(g, r) for *_, g, r in sorted(candidates)])


def match_incidents(golds: Sequence[Row], reads: Sequence[Row]) -> dict[int, int]:
    """Which gold incident (index) is answered by which read incident (index)."""
    candidates = []
    for g, gold in enumerate(golds):
        for r, read in enumerate(reads):
            points = _PLACE_POINTS * same_place(gold.get("place"), read["place"])
            points += _DATE_POINTS * (gold["date_start"] == read["date_start"])
            points += sum(
                same_count(gold[measure], read[measure])
                for measure in TOLL_MEASURES
                if any(gold[measure].get(bound) is not None for bound in _BOUNDS)
            )
            if points >= _ENOUGH_POINTS:
                candidates.append((-points, g, r))
    return _greedy([(g, r) for _, g, r in sorted(candidates)])


def same_count(gold: Row, read: Row) -> bool:
    """Whether low, best and high are all the same."""
    return all(gold.get(bound) == read.get(bound) for bound in _BOUNDS)


def same_place(gold: Row | None, read: Row | None) -> bool:
    """The same gazetteer entry, or one within 25 km; without one, its name in its country."""
    if gold is None or read is None:
        return gold is None and read is None
    if gold.get("geoname_id") is not None:
        return bool(gold["geoname_id"] == read["geoname_id"]) or _near(gold, read)
    return bool(gold["name"] == read["name"] and gold["country_code"] == read["country_code"])


def same_words(gold: str | None, read: str | None) -> bool:
    """Whether one name is within the other: "Brechalov" meets "Governor Alexander Brechalov"."""
    if gold is None or read is None:
        return gold is None and read is None
    gold_words, read_words = _content(gold), _content(read)
    return gold_words <= read_words or read_words <= gold_words


def _content(name: str) -> frozenset[str]:
    words = name.lower().replace("’", "'").replace("'s", " ").replace(",", " ").split()
    return frozenset(words) - _SMALL_WORDS


def _near(gold: Row, read: Row) -> bool:
    if gold.get("lat") is None or read.get("lat") is None:
        return False
    return kilometres(gold["lat"], gold["lon"], read["lat"], read["lon"]) <= NEAR_KM


def _greedy(ranked: Sequence[tuple[int, int]]) -> dict[int, int]:
    matches: dict[int, int] = {}
    for g, r in ranked:
        if g not in matches and r not in matches.values():
            matches[g] = r
    return matches


def _claims(corpus: str, gold: Row, read: Row, matches: dict[int, int]) -> list[Outcome]:
    outcomes = []
    for g, claim in enumerate(gold["claims"]):
        key = _key(claim)
        found = read["claims"][matches[g]] if g in matches else None
        quote = found["quote"] if found else None
        outcomes.append(
            Outcome(corpus, gold["id"], "claim", key, claim["quote"], quote, found is not None)
        )
        fields = _claim_fields(corpus, gold, key, claim, found or claim)
        fields += _parent(corpus, gold, read, matches, g)
        outcomes += fields if found is not None else _not_read(fields)
    for r in sorted(set(range(len(read["claims"]))) - set(matches.values())):
        extra = read["claims"][r]
        key = _key(extra)
        outcomes.append(Outcome(corpus, gold["id"], "claim", key, None, extra["quote"], False))
    return outcomes


def _claim_fields(corpus: str, gold: Row, key: str, claim: Row, found: Row) -> list[Outcome]:
    def outcome(field: str, expected: Any, value: Any, ok: bool) -> Outcome:
        return Outcome(corpus, gold["id"], f"claim.{field}", key, expected, value, ok)

    rows = [outcome("count", _shown(claim), _shown(found), same_count(claim, found))]
    for field in _CLAIM_FIELDS:
        rows.append(outcome(field, claim[field], found[field], claim[field] == found[field]))
    for field in ("speaker", "speaker_role"):
        ok = same_words(claim[field], found[field])
        rows.append(outcome(field, claim[field], found[field], ok))
    return rows


def _key(claim: Row) -> str:
    return f"{claim['quote']} @{claim['start']} {claim['measure']}"


def _parent(
    corpus: str, gold: Row, read: Row, matches: dict[int, int], index: int
) -> list[Outcome]:
    """Whether a claim hangs on the claim that the gold names; one without a parent is not asked."""
    claim = gold["claims"][index]
    if claim["parent"] is None:
        return []
    (parent,) = (g for g, other in enumerate(gold["claims"]) if other.get("id") == claim["parent"])
    expected = read["claims"][matches[parent]]["claim_id"] if parent in matches else "not read"
    own_index = matches.get(index)
    found = read["claims"][own_index]["parent_claim_id"] if own_index is not None else None
    key = _key(claim)
    return [Outcome(corpus, gold["id"], "claim.parent", key, expected, found, expected == found)]


def _incidents(corpus: str, gold: Row, read: Row, claims: dict[int, int]) -> list[Outcome]:
    matches = match_incidents(gold["incidents"], read["incidents"])
    outcomes = []
    for g, incident in enumerate(gold["incidents"]):
        found = read["incidents"][matches[g]] if g in matches else None
        name = found["incident_id"] if found else None
        outcomes.append(
            Outcome(corpus, gold["id"], "incident", str(g), _title(incident), name, bool(found))
        )
        fields = _incident_fields(corpus, gold["id"], str(g), incident, found or incident)
        outcomes += fields if found is not None else _not_read(fields)
    for r in sorted(set(range(len(read["incidents"]))) - set(matches.values())):
        extra = read["incidents"][r]
        outcomes.append(
            Outcome(corpus, gold["id"], "incident", f"read {r}", None, _title(extra), False)
        )
    return outcomes + _memberships(corpus, gold, read, claims, matches)


def _incident_fields(
    corpus: str, article: str, key: str, incident: Row, found: Row
) -> list[Outcome]:
    def outcome(field: str, expected: Any, value: Any, ok: bool) -> Outcome:
        return Outcome(corpus, article, f"incident.{field}", key, expected, value, ok)

    ok = same_place(incident["place"], found["place"])
    rows = [outcome("place", _name(incident), _name(found), ok)]
    for field in _INCIDENT_FIELDS:
        if field not in incident:
            continue  # the article leaves it open
        same = incident[field] == found[field]
        rows.append(outcome(field, incident[field], found[field], same))
    for measure in TOLL_MEASURES:
        same = same_count(incident[measure], found[measure])
        rows.append(outcome(measure, _shown(incident[measure]), _shown(found[measure]), same))
    return rows


def _memberships(
    corpus: str, gold: Row, read: Row, claims: dict[int, int], incidents: dict[int, int]
) -> list[Outcome]:
    """Whether each claim belongs to the incident that the gold says, or to none."""
    owner = {c: i for i, incident in enumerate(read["incidents"]) for c in incident["claim_ids"]}
    rows = []
    for g, claim in enumerate(gold["claims"]):
        index = claim["incident"]
        expected = None if index is None else incidents.get(index, -1)
        found = owner.get(read["claims"][claims[g]]["claim_id"]) if g in claims else None
        outcome = Outcome(
            corpus, gold["id"], "claim.incident", _key(claim), expected, found, expected == found
        )
        rows += [outcome] if g in claims else _not_read([outcome])
    return rows


def _not_read(fields: Sequence[Outcome]) -> list[Outcome]:
    """The fields of a gold claim or incident that nothing answers: all of them wrong."""
    return [replace(o, predicted=None, ok=False, note=NOT_READ) for o in fields]


def _found(field: str, corpus: str, outcomes: Sequence[Outcome]) -> list[Result]:
    own_rows = [o for o in outcomes if o.field == field]
    tp = sum(o.ok is True for o in own_rows)
    fn = sum(o.ok is False and o.gold is not None for o in own_rows)
    fp = sum(o.ok is False and o.gold is None for o in own_rows)
    return retrieval(corpus, field, tp, fp, fn)


def _shown(count: Row) -> list[int | None]:
    return [count.get(bound) for bound in _BOUNDS]


def _name(incident: Row) -> str | None:
    return incident["place"]["name"] if incident["place"] else None


def _title(incident: Row) -> str:
    return f"{_name(incident)} {incident['date_start']} killed {_shown(incident['killed'])}"
