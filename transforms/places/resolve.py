"""Which place of the gazetteer a name means, from the article alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp, log1p
from typing import TYPE_CHECKING

from transforms.places.candidates import (
    WEIGHTS,
    WORLD,
    Candidate,
    alike,
    candidate_at,
    candidates,
)
from transforms.places.judge import STRONG
from transforms.places.keys import skeleton
from transforms.places.lexicon import english
from transforms.places.nearness import beside, near

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from transforms.model import PlaceCandidate
    from transforms.places.find import Finding, Found
    from transforms.places.gazetteer import Gazetteer


#: A place of fewer people in a country that is otherwise not spoken of is taken for a namesake.
_STRAY_PEOPLE = 100_000
#: Votes below which the article does not speak of a country.
_SPOKEN_OF = 0.3
#: Votes from which the article surely speaks of a division.
_SURELY_OF = 1.5
#: A candidate with a smaller share has no vote.
_SLIGHT = 0.02
_TOWN = frozenset(("town", "city", "towns", "cities"))
_VILLAGE = frozenset(("village", "hamlet", "settlement", "villages", "hamlets"))
_TOWN_PEOPLE, _VILLAGE_PEOPLE, _CITY_PEOPLE = 3000, 1000, 100_000


@dataclass(slots=True)
class Group:
    """The mentions of one name in one sense."""

    mentions: list[Found]
    candidates: tuple[Candidate, ...]
    base: list[float] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    own: dict[int, float] = field(default_factory=dict)  # its votes for countries and divisions
    best: int | None = None  # index into candidates; None: none of these
    weighed: tuple[PlaceCandidate, ...] = ()  # the likeliest candidates, as the mentions show them
    unlisted: bool = False  # surely a place's name, yet of none of the candidates


def resolve(
    found: list[Found],
    finding: Finding,
    gazetteer: Gazetteer,
    home: Mapping[str, float] | None = None,
) -> list[Group]:
    """Group the mentions by name and choose a place, or none, for each group.

    Args:
        found: the names.
        finding: what else the text says of places.
        gazetteer: where names are looked up.
        home: votes for the divisions and countries (ISO codes) of which the outlet writes.
    """
    outside = _outside(finding, home or {}, gazetteer)
    groups = _groups(found, gazetteer)
    for group in groups:
        group.base = [candidate.prior for candidate in group.candidates]
        _hold(group, gazetteer)
        _town(group)
        _share(group, group.base)
    for _ in range(2):
        votes = _votes(groups, outside)
        gains = _gains(votes)
        for group in groups:
            if len(group.candidates) > 1:
                _vote(group, votes, gains)
    near(groups, gazetteer)
    _transliterate(groups, outside, gazetteer)
    votes = _votes(groups, outside)
    for group in groups:
        _choose(group, votes, gazetteer)
    beside(groups, gazetteer)
    return groups


def _transliterate(groups: list[Group], outside: Mapping[int, float], gazetteer: Gazetteer) -> None:
    """Look for unknown names under other transliterations, in the country they must be in."""
    unknown = [group for group in groups if not group.candidates]
    if not unknown:
        return
    votes = _votes(groups, outside)
    voted = _country(votes, gazetteer)
    for group in unknown:
        holder = next((m.holder for m in group.mentions if m.holder and m.holder.rows), None)
        country = gazetteer.place(holder.rows[0]).country if holder else voted
        if country is None or gazetteer.place(country).code not in english().transliterated:
            continue
        frame = skeleton(group.mentions[0].key[1:])
        rows = gazetteer.skeletons(country).get(frame, ())
        group.candidates = tuple(candidate_at(gazetteer, row, "") for row in rows)
        group.base = [candidate.prior for candidate in group.candidates]
        _hold(group, gazetteer)
        _town(group)
        _share(group, group.base)
        for row in group.own:
            votes[row] = votes.get(row, 0.0) + group.own[row]
        _vote(group, votes, _gains(votes))


def _country(votes: dict[int, float], gazetteer: Gazetteer) -> int | None:
    """The country that the article speaks of, if it speaks of one far more than of others."""
    nations = sorted(
        ((w, row) for row, w in votes.items() if row >= 0 and gazetteer.place(row).level == 1),
        reverse=True,
    )
    if not nations or (len(nations) > 1 and nations[0][0] < 1.2 * nations[1][0]):
        return None
    return nations[0][1]


def _groups(found: list[Found], gazetteer: Gazetteer) -> list[Group]:
    groups: dict[tuple[str, str | None, str | None], Group] = {}
    bare: dict[tuple[str, str | None], Group] = {}
    for mention in found:
        name = (mention.key, mention.level)
        holder = mention.holder.key if mention.holder and mention.tight else None
        group = groups.get((*name, holder)) or (bare.get(name) if holder is None else None)
        if group is None and holder and (*name, None) in groups:
            group = groups[(*name, holder)] = groups.pop((*name, None))
        if group is None:
            group = Group([], candidates(gazetteer, mention.rows, mention.level, mention.key))
            groups[(*name, holder)] = group
            bare.setdefault(name, group)
        group.mentions.append(mention)
    return _unique(groups.values())


def _unique(groups: Iterable[Group]) -> list[Group]:
    seen: list[Group] = []
    for group in groups:
        if not any(group is other for other in seen):
            seen.append(group)
    return seen


def _hold(group: Group, gazetteer: Gazetteer) -> None:
    """Add to the candidates that lie in a unit in which the text puts the place."""
    for mention in group.mentions:
        outer = mention.holder
        if outer is None:
            continue
        units = {row for row in outer.rows if gazetteer.place(row).level <= 3}
        gain = WEIGHTS.held if mention.tight else WEIGHTS.held * 0.6
        for index, candidate in enumerate(group.candidates):
            if candidate.row not in units and not units.isdisjoint(candidate.units):
                group.base[index] += gain


def _town(group: Group) -> None:
    """What a village loses beside a namesake in its country that news would mean without a word.

    Where the text says "town", that is any town; else a city a hundred times as large.
    """
    if any(mention.tight or mention.kind in _VILLAGE for mention in group.mentions):
        return
    towns = {c.country for c in group.candidates if c.population >= 2 * _TOWN_PEOPLE}
    cities = {c.country for c in group.candidates if c.population >= _CITY_PEOPLE}
    said = any(mention.kind in _TOWN for mention in group.mentions)
    for index, candidate in enumerate(group.candidates):
        if said and candidate.population < _TOWN_PEOPLE and candidate.country in towns:
            group.base[index] -= WEIGHTS.town
        elif candidate.population < _VILLAGE_PEOPLE and candidate.country in cities:
            group.base[index] -= WEIGHTS.village


def _share(group: Group, scores: list[float]) -> None:
    """Turn scores into shares of one, and these into votes for what holds the candidates."""
    if len(scores) < 2:
        group.shares = [1.0] * len(scores)
    else:
        top = max(scores)
        raised = [exp(score - top) for score in scores]
        total = sum(raised)
        group.shares = [value / total for value in raised]
    own: dict[int, float] = {}
    group.own = own
    # A name that could be anywhere says nothing of where the article is.
    weight = len(group.mentions) ** 0.5 * max(group.shares, default=0.0) ** WEIGHTS.doubt
    for candidate, share in zip(group.candidates, group.shares, strict=True):
        if share > _SLIGHT:
            for unit in candidate.units:
                own[unit] = own.get(unit, 0.0) + share * weight


def _outside(finding: Finding, home: Mapping[str, float], gazetteer: Gazetteer) -> dict[int, float]:
    """Votes that no name of a place gives: those of demonyms and of the outlet's home."""
    votes: dict[int, float] = {}
    told = {code: 0.7 * min(count, 4) ** 0.5 for code, count in finding.demonyms.items()}
    for code, weight in (*told.items(), *home.items()):
        row = gazetteer.coded(code)
        if row is not None:
            votes[row] = votes.get(row, 0.0) + weight
    return votes


def _votes(groups: list[Group], outside: Mapping[int, float]) -> dict[int, float]:
    """How much of the article speaks of each country and division, by row."""
    votes = dict(outside)
    for group in groups:
        for row, weight in group.own.items():
            votes[row] = votes.get(row, 0.0) + weight
    return votes


def _vote(group: Group, votes: dict[int, float], gains: dict[int | None, float]) -> None:
    """Score the candidates anew by what the rest of the article speaks of."""
    mine = {row: log1p(max(0.0, votes[row] - weight)) for row, weight in group.own.items()}
    get = (gains | mine).get
    by_country, by_admin1, by_admin2 = WEIGHTS.country, WEIGHTS.admin1, WEIGHTS.admin2
    world = WEIGHTS.world * get(WORLD, 0.0)
    scores = [
        base
        + (world if candidate.world else 0.0)
        + by_country * get(candidate.country, 0.0)
        + by_admin1 * get(candidate.admin1, 0.0)
        + by_admin2 * get(candidate.admin2, 0.0)
        for base, candidate in zip(group.base, group.candidates, strict=True)
    ]
    _share(group, scores)


def _gains(votes: dict[int, float]) -> dict[int | None, float]:
    return {row: log1p(weight) for row, weight in votes.items()}


def _choose(group: Group, votes: dict[int, float], gazetteer: Gazetteer) -> None:
    """The likeliest candidate, or none where nothing but its name speaks for it."""
    if not group.candidates:
        return
    best = max(range(len(group.shares)), key=group.shares.__getitem__)
    candidate = group.candidates[best]
    if _is_known(group, candidate):
        group.best = best
        return
    others: dict[int | None, float] = {
        row: weight - group.own.get(row, 0.0) for row, weight in votes.items()
    }
    if others.get(candidate.country, 0.0) >= _SPOKEN_OF:
        group.unlisted = _strays_from_division(candidate, others, gazetteer)
        group.best = None if group.unlisted else best
    elif all(weight <= 1.0 for row, weight in others.items() if row != WORLD):
        group.best = best


def _is_known(group: Group, candidate: Candidate) -> bool:
    """Whether a place may be meant wherever the rest of the article is about."""
    if candidate.level in (0, 1, 2, 5) or candidate.world:
        return True
    if candidate.population >= _STRAY_PEOPLE and any(m.cue == STRONG for m in group.mentions):
        return True
    return candidate.country is None or any(m.holder and m.tight for m in group.mentions)


def _strays_from_division(
    candidate: Candidate, others: Mapping[int | None, float], gazetteer: Gazetteer
) -> bool:
    """Whether the article surely speaks of another division of the country than a place's own.

    In an article about Oakland, California, "Uptown" is no town of Illinois.
    """
    if candidate.admin1 is None or others.get(candidate.admin1, 0.0) >= _SPOKEN_OF:
        return False
    if alike(gazetteer.place(candidate.admin1).name, gazetteer.place(candidate.row).name):
        return False  # the seat of the division of its name: Kherson
    return any(
        weight >= _SURELY_OF and _is_division(gazetteer, row, candidate.country)
        for row, weight in others.items()
    )


def _is_division(gazetteer: Gazetteer, row: int | None, country: int | None) -> bool:
    if row is None or row == WORLD:
        return False
    place = gazetteer.place(row)
    return place.level == 2 and place.country == country
