"""The places that a name may mean, with what speaks for each before any context."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING, NamedTuple

from transforms.places.keys import alike as spelled_alike
from transforms.places.keys import fold
from transforms.places.lexicon import english

if TYPE_CHECKING:
    from transforms.places.gazetteer import Gazetteer

#: So many namesakes are weighed, the better known first.
_MOST = 30
#: Stands among the divisions for the places that are known the world over: an article that names
#: Washington, Paris and Moscow means these, though Ohio has towns of all three names.
WORLD = -1
_METROPOLIS = 2_000_000
#: A town with more than this part of a division's people gives the division its name.
_SEAT = 25


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence adds to a candidate's score (natural logarithm of odds)."""

    people: float = 0.4  # for each factor e of population
    country: float = 2.0  # for each factor e of the country's votes
    admin1: float = 2.8
    admin2: float = 1.8
    held: float = 8.0  # the text puts it in a unit that holds it: "Shelton, Wash."
    town: float = 9.0  # the text says town, the candidate has too few people
    village: float = 3.0  # off a village, beside a city of its name in the country
    nested: float = 6.0  # off a place in the country of the same name: Mexico, Panama
    division: float = 3.0  # off a division that has its name from a town in it
    alias: float = 3.0  # off a place mostly called otherwise
    former: float = 0.3  # off a place that has another name in the text's letters too
    longer: float = 2.0  # off a place whose name is longer than the text's
    world: float = 1.5  # for each factor e of the votes for places known the world over
    doubt: float = 0.25  # power of the best share by which a doubtful name's votes shrink
    capital: float = 1.0
    region: float = 9.0
    nation: float = 6.5
    state: float = 4.0
    county: float = 2.0


WEIGHTS = Weights()


class Candidate(NamedTuple):
    """A place that a name may mean, with what is known of it before any context."""

    row: int
    prior: float
    country: int | None
    admin1: int | None
    admin2: int | None
    level: int
    population: int
    units: tuple[int, ...]  # country, admin1, admin2 as far as it has them; WORLD
    world: bool  # a country, a capital or a metropolis: named anywhere in the world


@lru_cache(maxsize=65536)
def candidates(
    gazetteer: Gazetteer, rows: tuple[int, ...], level: str | None, key: str
) -> tuple[Candidate, ...]:
    """The places that a name may mean, with their priors."""
    all_ = [candidate_at(gazetteer, row, key) for row in rows[:_MOST]]
    if level is not None:
        divisions = [c for c in all_ if c.level <= 3]
        exact = [c for c in divisions if c.level == (2 if level == "ADM1" else 3)]
        return tuple(exact or divisions or _seats(gazetteer, all_, level) or all_)
    if key in english().division:
        return tuple(all_)
    towns = [c for c in all_ if c.level == 4]
    nations = {c.row for c in all_ if c.level == 1}
    return tuple(_less(c, nations, towns) for c in all_)


def _less(candidate: Candidate, nations: set[int], towns: list[Candidate]) -> Candidate:
    """A candidate with less prior where its name alone means another: Mexico, Kharkiv."""
    if candidate.level > 1 and candidate.country in nations:
        return candidate._replace(prior=candidate.prior - WEIGHTS.nested)
    if _named_for(candidate, towns) or _named_as_capital(candidate, towns):
        return candidate._replace(prior=candidate.prior - WEIGHTS.division)
    return candidate


def _named_as_capital(division: Candidate, towns: list[Candidate]) -> bool:
    """Whether the country's own capital has a division's name: "Washington"."""
    return division.level == 2 and any(
        town.world and town.country == division.country for town in towns
    )


def _named_for(division: Candidate, towns: list[Candidate]) -> bool:
    """Whether a division has its name from a town in it: "Kharkiv" alone is the town."""
    return division.level in (2, 3) and any(
        division.row in (town.admin1, town.admin2) and _SEAT * town.population > division.population
        for town in towns
    )


def _seats(gazetteer: Gazetteer, towns: list[Candidate], level: str) -> list[Candidate]:
    """The divisions named for towns: "Kharkov region", where only the town is called so."""
    found = []
    for town in towns:
        unit = town.admin1 if level == "ADM1" else town.admin2
        if unit is not None and alike(gazetteer.place(unit).name, gazetteer.place(town.row).name):
            found.append(candidate_at(gazetteer, unit, ""))
    return found


def _otherwise_called(key: str, name: str) -> float:
    """What a candidate loses for mostly having another name than the text's."""
    if key == name:
        return 0.0
    if not key[:1].isascii():  # the gazetteer shows names in Latin letters
        return 0.0 if spelled_alike(key, name) else WEIGHTS.former
    if name.startswith(key) or key.endswith(name):
        return WEIGHTS.longer
    return WEIGHTS.alias


def alike(one: str, other: str) -> bool:
    """Whether two names begin alike: a town's and that of the division named for it."""
    return one[:4].lower() == other[:4].lower()


def candidate_at(gazetteer: Gazetteer, row: int, key: str) -> Candidate:
    """A place as a candidate for a folded name; "" if it was not found by a name."""
    place = gazetteer.place(row)
    level = place.level
    people = WEIGHTS.people * log(place.population + 1)
    prior = {
        0: WEIGHTS.region,
        1: WEIGHTS.nation + 0.4 * people,
        2: WEIGHTS.state + 0.4 * people,
        3: people - WEIGHTS.county,
        5: WEIGHTS.region - 1.0,
    }.get(level, people)
    other = _otherwise_called(key, fold(place.name)) if level > 2 and key[:1] not in "=?" else 0.0
    capital = place.feature == "PPLC" and other < WEIGHTS.alias
    prior += (WEIGHTS.capital if capital else 0.0) - other
    held = (place.country, place.admin1, place.admin2)
    units = [unit for unit in held if unit is not None]
    world = level == 1 or capital or (place.population > _METROPOLIS and not other)
    if world:
        units.append(WORLD)
    return Candidate(row, prior, *held, level, place.population, tuple(units), world)
