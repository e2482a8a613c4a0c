"""Which of an article's places are scenes, and at which of them an incident happened."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from transforms import geo, roles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from transforms.model import PlaceMention
    from transforms.text import Doc

#: Two settlements nearer than this may be one scene (UCDP's radius of where_prec 2).
NEAR_KM = 25.0
#: A settlement of which the gazetteer tells no district lies in none whose seat is farther off.
_DISTRICT_KM = 60.0
#: What a mention counts by the part that it plays.
_WEIGHT = {
    roles.SCENE: 1.0,
    roles.POINT: 0.5,
    roles.DATELINE: 0.8,
    roles.HOME: 0.35,
    roles.ASIDE: 0.05,
}
#: What a mention counts in a sentence of the incident, beside one, elsewhere.
_INSIDE, _BESIDE, _APART = 1.0, 0.6, 0.25
#: What the headline's naming it counts, and the sentences' putting the incident there.
_HEADLINE, _TOLD = 0.6, 0.6
#: What each further mention of a place adds to those before it.
_AGAIN = 0.6
#: What the mentions of a near place, or of the district that holds it, add to a place.
_NEARBY = 0.5
#: What a front or a road named for a place is worth, UCDP's where_prec 5, beside a place.
_LINE, _VAGUE = 0.5, 5
#: What a district is worth beside a settlement.
_DISTRICT = 0.9


def kilometres(one: PlaceMention, other: PlaceMention) -> float | None:
    """Great-circle distance, or None where a coordinate is unknown."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return geo.kilometres(one.lat, one.lon, other.lat, other.lon)


def same(one: PlaceMention, other: PlaceMention) -> bool:
    """Whether two mentions are of one place, or of two settlements as good as one."""
    if one.geoname_id is not None and one.geoname_id == other.geoname_id:
        return True
    if _level(one) != "place" or _level(other) != "place":
        return False
    return one.text == other.text


def far(one: PlaceMention, other: PlaceMention) -> bool:
    """Whether two places cannot be one scene."""
    distance = kilometres(one, other)
    if distance is None:
        return False
    if _level(one) == "place" and _level(other) == "place":
        return distance > NEAR_KM
    return one.admin1 != other.admin1 or one.country != other.country


def apart(one: PlaceMention, other: PlaceMention) -> bool:
    """Whether two places lie apart, districts of one region too, as far as is known."""
    if far(one, other) or one.admin1 != other.admin1:
        return True
    if "admin2" not in (_level(one), _level(other)) or not (is_fine(one) and is_fine(other)):
        return False
    if holds(one, other) or holds(other, one):
        return False
    distance = kilometres(one, other)
    if _level(one) == _level(other) or (one.admin2 and other.admin2):
        return one.geoname_id != other.geoname_id and (distance is None or distance > NEAR_KM)
    return distance is not None and distance > _DISTRICT_KM


def _level(place: PlaceMention) -> str:
    feature = place.feature or ""
    if feature.startswith("PCL"):
        return "country"
    if feature == "ADM1":
        return "admin1"
    if feature == "ADM2":
        return "admin2"
    if feature in ("CONT", "RGN", "RGNE", "ZN"):
        return "region"
    return "place"


def is_fine(place: PlaceMention) -> bool:
    """Whether a place is a settlement or a district, however sure its position is."""
    return _level(place) in ("place", "admin2")


def holds(outer: PlaceMention, inner: PlaceMention) -> bool:
    """Whether one place lies in the other, by the gazetteer's units."""
    level = _level(outer)
    if level == "region":
        return True
    if outer.country != inner.country:
        return False
    if level == "country":
        return True
    if level == "admin1":
        return outer.admin1 == inner.admin1
    return level == "admin2" and outer.name in (inner.admin2, inner.name)


def located(place: PlaceMention) -> bool:
    """Whether a place is smaller than a country."""
    return _level(place) not in ("country", "region")


class Scenes:
    """An article's places with the parts that they play."""

    def __init__(
        self, doc: Doc, places: Sequence[PlaceMention], headline: Sequence[PlaceMention] = ()
    ) -> None:
        self.doc = doc
        self.headline = [place for place in headline if place.geoname_id is not None]
        self.places = [place for place in places if place.geoname_id is not None]
        self._parts = {id(place): roles.role(doc, place) for place in self.places}
        self._holding = self._of_unknown(places)

    def _of_unknown(self, places: Sequence[PlaceMention]) -> set[int]:
        """The regions in which the text puts a scene that the gazetteer does not have."""
        holding = set()
        for inner, outer in pairwise(places):
            unknown = inner.geoname_id is None and outer.text == inner.stated_region
            if unknown and id(outer) in self._parts and roles.role(self.doc, inner) == roles.SCENE:
                holding.add(id(outer))
        return holding

    def knows(self, place: PlaceMention) -> bool:
        """Whether the gazetteer knows a place of the text."""
        return id(place) in self._parts

    def part(self, place: PlaceMention) -> int:
        """SCENE, POINT, DATELINE, HOME or ASIDE (see ``roles``)."""
        return self._parts[id(place)]

    def is_scene(self, place: PlaceMention) -> bool:
        """Whether a place is told as a scene, not as a date line, a home or a hospital's town."""
        return self.part(place) < roles.DATELINE

    def of(self, places: Iterable[PlaceMention]) -> PlaceMention | None:
        """The place of a sentence where something happens: after "in" or "near", the finest."""
        known = [p for p in places if id(p) in self._parts and located(p)]
        # "Moscow's push", "Kyiv denied": a capital without "in" or "near" is its government
        scenes = [p for p in known if self.part(p) != roles.POINT or p.feature != "PPLC"]
        return min(scenes, key=self._worth, default=None)

    def _worth(self, place: PlaceMention) -> tuple[int, int, bool, int]:
        """How well a place serves as the incident's; the least is the best.

        A settlement that is a scene, the region of one that is not known, the town of the date
        line, a region that is a scene, a home.
        """
        part = self.part(place)
        weak = not roles.is_strong(self.doc, place)
        if part >= roles.HOME:
            return part + roles.ASIDE, not is_fine(place), weak, place.start
        if is_fine(place):
            return 2 * (part // roles.DATELINE), part, weak, place.start
        return (1 if id(place) in self._holding else 3), part, weak, place.start

    def likeliest(
        self,
        inside: Iterable[PlaceMention],
        beside: Iterable[PlaceMention],
        told: PlaceMention | None,
    ) -> PlaceMention | None:
        """The settlement or district for which most of an article of one incident speaks.

        Args:
            inside: the places in the sentences that tell of the incident.
            beside: those in the sentences around them.
            told: the place at which the sentences put it.
        """
        where = {id(p): _BESIDE for p in beside} | {id(p): _INSIDE for p in inside}
        votes: dict[int | None, list[tuple[float, PlaceMention]]] = {}
        for place in self.places:
            if is_fine(place) and (self.part(place) != roles.POINT or place.feature != "PPLC"):
                weight = _WEIGHT[self.part(place)] * where.get(id(place), _APART)
                weight *= _LINE if place.where_prec == _VAGUE else 1.0
                votes.setdefault(place.geoname_id, []).append((weight, place))
        for place in filter(is_fine, self.headline):
            votes.setdefault(place.geoname_id, []).append((_HEADLINE, place))
        sums = {number: _sum(weight for weight, _ in own) for number, own in votes.items()}
        if told is not None and told.geoname_id in sums:
            sums[told.geoname_id] += _TOLD
        ones = {number: max(own, key=_of_text)[1] for number, own in votes.items()}
        best = max(ones, key=lambda number: _with_near(number, ones, sums), default=None)
        return ones[best] if best is not None else None


def _of_text(vote: tuple[float, PlaceMention]) -> tuple[bool, float]:
    """The mention that stands for a place: one of the text, the weightiest."""
    weight, place = vote
    return place.end > place.start, weight


def _with_near(
    number: int | None, ones: Mapping[int | None, PlaceMention], sums: Mapping[int | None, float]
) -> float:
    """What speaks for a place, counting in its district and the places near it."""
    one = ones[number]
    near = sum(sums[n] for n, other in ones.items() if n != number and _by(one, other))
    return (sums[number] + _NEARBY * near) * (_DISTRICT if _level(one) == "admin2" else 1.0)


def _sum(weights: Iterable[float]) -> float:
    total, factor = 0.0, 1.0
    for weight in sorted(weights, reverse=True):
        total += weight * factor
        factor *= _AGAIN
    return total


def _by(one: PlaceMention, other: PlaceMention) -> bool:
    """Whether a place lies near another, or in it."""
    if _level(other) == "admin2":
        return holds(other, one)
    distance = kilometres(one, other)
    return _level(one) == "place" and distance is not None and distance <= NEAR_KM
