"""Which place of the gazetteer a name means, from the article alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from math import exp, log, log1p
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transforms.places.find import Finding, Found
    from transforms.places.gazetteer import Gazetteer

#: So many namesakes are weighed, the better known first.
_MOST = 40


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence adds to a candidate's score (natural logarithm of odds)."""

    people: float = 0.45  # for each factor e of population
    country: float = 1.6  # for each factor e of the country's votes
    admin1: float = 2.0
    admin2: float = 1.0
    held: float = 9.0  # the text puts it in a unit that holds it: "Shelton, Wash."
    town: float = 9.0  # the text says town, the candidate has too few people


WEIGHTS = Weights()
_TOWN = frozenset(("town", "city", "towns", "cities"))
_TOWN_PEOPLE = 3000


class Candidate(NamedTuple):
    """A place that a name may mean, with what is known of it before any context."""

    row: int
    prior: float
    country: int | None
    admin1: int | None
    admin2: int | None
    level: int
    population: int


@dataclass(slots=True)
class Group:
    """The mentions of one name in one sense."""

    mentions: list[Found]
    candidates: tuple[Candidate, ...]
    base: list[float] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    best: int | None = None  # index into candidates; None: none of these
    contradicted: bool = False


def resolve(found: list[Found], finding: Finding, gazetteer: Gazetteer) -> list[Group]:
    """Group the mentions by name and choose a place, or none, for each group."""
    groups = _groups(found, gazetteer)
    for group in groups:
        group.base = [candidate.prior for candidate in group.candidates]
        _hold(group, gazetteer)
        _town(group)
        group.shares = _shares(group.base)
    for _ in range(2):
        votes = _votes(groups, finding, gazetteer)
        for group in groups:
            if len(group.candidates) > 1:
                _vote(group, votes)
    for group in groups:
        _choose(group)
    return groups


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
            group = Group([], _candidates(gazetteer, mention.rows, mention.level))
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


@lru_cache(maxsize=65536)
def _candidates(
    gazetteer: Gazetteer, rows: tuple[int, ...], level: str | None
) -> tuple[Candidate, ...]:
    """The places that a name may mean, with their priors."""
    all_ = [_candidate(gazetteer, row) for row in rows[:_MOST]]
    if level is not None:
        divisions = [c for c in all_ if c.level <= 3]
        exact = [c for c in divisions if c.level == (2 if level == "ADM1" else 3)]
        return tuple(exact or divisions or all_)
    towns = [c for c in all_ if c.level == 4]
    return tuple(
        c._replace(prior=c.prior - 3.0)
        if c.level in (2, 3) and any(c.row in (t.admin1, t.admin2) for t in towns)
        else c
        for c in all_
    )


def _candidate(gazetteer: Gazetteer, row: int) -> Candidate:
    place = gazetteer.place(row)
    level = place.level
    people = WEIGHTS.people * log(place.population + 1)
    prior = {0: 6.0, 1: 6.0 + 0.4 * people, 2: 4.5 + 0.4 * people, 3: people - 2.0, 5: 5.0}.get(
        level, people
    )
    if place.feature == "PPLC":
        prior += 1.0
    return Candidate(
        row, prior, place.country, place.admin1, place.admin2, level, place.population
    )


def _hold(group: Group, gazetteer: Gazetteer) -> None:
    """Add to the candidates that lie in a unit in which the text puts the place."""
    for mention in group.mentions:
        outer = mention.holder
        if outer is None:
            continue
        units = {row for row in outer.rows if gazetteer.place(row).level <= 3}
        gain = WEIGHTS.held if mention.tight else WEIGHTS.held * 0.6
        for index, candidate in enumerate(group.candidates):
            if not units.isdisjoint((candidate.country, candidate.admin1, candidate.admin2)):
                if candidate.row not in units:
                    group.base[index] += gain


def _town(group: Group) -> None:
    """Where the text says "town", a village counts less than a town of that name in the land."""
    if not any(mention.kind in _TOWN for mention in group.mentions):
        return
    if any(mention.tight for mention in group.mentions):
        return
    towns = {c.country for c in group.candidates if c.population >= 2 * _TOWN_PEOPLE}
    for index, candidate in enumerate(group.candidates):
        if candidate.population < _TOWN_PEOPLE and candidate.country in towns:
            group.base[index] -= WEIGHTS.town


def _shares(scores: list[float]) -> list[float]:
    if len(scores) == 1:
        return [1.0]
    top = max(scores)
    raised = [exp(score - top) for score in scores]
    total = sum(raised)
    return [value / total for value in raised]


def _votes(groups: list[Group], finding: Finding, gazetteer: Gazetteer) -> dict[int, float]:
    """How much of the article speaks of each country and division, by row."""
    votes: dict[int, float] = {}
    for code, count in finding.demonyms.items():
        row = gazetteer.coded(code)
        if row is not None:
            votes[row] = votes.get(row, 0.0) + 0.7 * min(count, 4) ** 0.5
    for group in groups:
        for row, weight in _own(group).items():
            votes[row] = votes.get(row, 0.0) + weight
    return votes


def _own(group: Group) -> dict[int, float]:
    """The votes of one group."""
    own: dict[int, float] = {}
    weight = len(group.mentions) ** 0.5
    for candidate, share in zip(group.candidates, group.shares, strict=True):
        if share > 0.02:
            for unit in (candidate.country, candidate.admin1, candidate.admin2):
                if unit is not None:
                    own[unit] = own.get(unit, 0.0) + share * weight
    return own


def _vote(group: Group, votes: dict[int, float]) -> None:
    own = _own(group)
    scores = []
    for base, candidate in zip(group.base, group.candidates, strict=True):
        score = base
        for unit, weight in (
            (candidate.country, WEIGHTS.country),
            (candidate.admin1, WEIGHTS.admin1),
            (candidate.admin2, WEIGHTS.admin2),
        ):
            if unit is not None:
                mass = votes.get(unit, 0.0) - own.get(unit, 0.0)
                if mass > 0:
                    score += weight * log1p(mass)
        scores.append(score)
    group.shares = _shares(scores)


def _choose(group: Group) -> None:
    if group.candidates:
        group.best = max(range(len(group.shares)), key=group.shares.__getitem__)
