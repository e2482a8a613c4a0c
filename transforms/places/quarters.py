"""Districts of cities, told from the districts of the land that bear the same names.

"Шевченківський район" is a quarter of a dozen cities; a gazetteer has it as a division somewhere.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.places.find import Found
    from transforms.places.gazetteer import Gazetteer
    from transforms.places.lexicon import InflectedWords
    from transforms.text import Doc

#: What stands between a city and its district.
_BESIDE = frozenset((", ", ". ", " (", " – ", " — ", ": "))
#: A town that has districts of its own has more people.
_CITY = 100_000


def dropped(
    doc: Doc, gazetteer: Gazetteer, words: InflectedWords, places: Sequence[Found]
) -> list[Found]:
    """The places without the districts of cities."""
    quarters = {id(place) for place in places if _is_of_city(doc, words, place)}
    for left, right in pairwise(places):
        between = doc.text[left.end : right.start]
        if left.level == "ADM2" and between == " " and _is_town(gazetteer, right):
            quarters.add(id(left))  # "у Салтівському районі Харкова"
        elif between in _BESIDE and _is_beside(gazetteer, right, left):
            quarters.add(id(right))  # "Херсон, Корабельний район"
    rest = [place for place in places if id(place) not in quarters]
    return [place for place in rest if not _is_foreign(gazetteer, place, rest)]


def _is_of_city(doc: Doc, words: InflectedWords, found: Found) -> bool:
    """Whether a district is told to be a city's: "у Дніпровському районі міста"."""
    lemmas = doc.lemma[found.last : found.last + 1]
    return found.level == "ADM2" and not words.towns.isdisjoint(lemmas)


def _is_beside(gazetteer: Gazetteer, district: Found, town: Found) -> bool:
    """Whether a district that is told of beside a town is none that holds it."""
    if district.level != "ADM2" or not _is_town(gazetteer, town):
        return False
    units = {gazetteer.place(row).admin2 for row in town.rows}
    return units.isdisjoint(district.rows)


def _is_foreign(gazetteer: Gazetteer, district: Found, places: Sequence[Found]) -> bool:
    """Whether a district lies in no region of which the text speaks, but a city stands before.

    "У Харкові … Слобідський та Основ'янський райони": such names are borne in many regions.
    """
    if district.level != "ADM2":
        return False
    units = {gazetteer.place(row).admin1 for row in district.rows}
    regions = {_region_of(gazetteer, place) for place in places if place.level != "ADM2"}
    city = any(p.first < district.first and _is_city(gazetteer, p) for p in places)
    return city and units.isdisjoint(regions)


def _region_of(gazetteer: Gazetteer, found: Found) -> int | None:
    """The first-order division that a name is of, or that holds its best known bearer."""
    if not found.rows:
        return None
    place = gazetteer.place(found.rows[0])
    return place.row if place.level == 2 else place.admin1


def _is_city(gazetteer: Gazetteer, found: Found) -> bool:
    return _is_town(gazetteer, found) and gazetteer.place(found.rows[0]).population > _CITY


def _is_town(gazetteer: Gazetteer, found: Found) -> bool:
    return found.level is None and any(gazetteer.place(row).level == 4 for row in found.rows[:1])
