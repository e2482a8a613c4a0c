"""Nearness: of several namesakes the one close to the article's other places is meant."""

from __future__ import annotations

from math import cos, exp, log, radians
from typing import TYPE_CHECKING

from transforms import geo
from transforms.places.lexicon import english

if TYPE_CHECKING:
    from transforms.places.gazetteer import Gazetteer
    from transforms.places.resolve import Group

#: Kilometres over which nearness falls to a third.
REACH_KM = 80.0
#: What standing next to a sure place adds (natural logarithm of odds).
WEIGHT = 2.5
_KM_PER_DEGREE = 111.2
#: A town's neighbourhood is within so many kilometres of a place that the article names.
_TOWN_KM = 50.0
#: So many candidates of a name are measured, the likeliest first.
_MOST = 8


def near(groups: list[Group], gazetteer: Gazetteer) -> None:
    """Move the shares of doubtful names towards candidates near the sure ones."""
    anchors = [point for group in groups if (point := _anchor(group, gazetteer)) is not None]
    if not anchors:
        return
    for group in groups:
        if len(group.candidates) > 1 and max(group.shares) < 0.97:
            _draw(group, anchors, gazetteer)


def beside(groups: list[Group], gazetteer: Gazetteer) -> None:
    """Take a neighbourhood for no town that lies far from all that the article names.

    "Chicago - A shooting in the Austin neighborhood" is not about Austin, Texas.
    """
    quarters = [g for g in groups if g.best is not None and _is_quarter(g)]
    if not quarters:
        return
    towns = [point for g in groups if g not in quarters and (point := _chosen(g, gazetteer))]
    for group in quarters:
        point = _chosen(group, gazetteer)
        if point is not None and towns and not any(_is_near(point, town) for town in towns):
            group.best, group.unlisted = None, True


def _is_quarter(group: Group) -> bool:
    return any(m.kind in english().quarter and not m.tight for m in group.mentions)


def _chosen(group: Group, gazetteer: Gazetteer) -> tuple[float, float] | None:
    """The point of the town or district that was chosen for a name."""
    if group.best is None or group.candidates[group.best].level not in (3, 4):
        return None
    place = gazetteer.place(group.candidates[group.best].row)
    return None if place.lat is None or place.lon is None else (place.lat, place.lon)


def _is_near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return geo.kilometres(*one, *other) <= _TOWN_KM


def _anchor(group: Group, gazetteer: Gazetteer) -> tuple[float, float, float, int] | None:
    """A sure place: its latitude, longitude, weight, and its group's identity."""
    if not group.candidates:
        return None
    share = max(group.shares)
    candidate = group.candidates[group.shares.index(share)]
    if share < 0.6 or candidate.level not in (3, 4):
        return None
    place = gazetteer.place(candidate.row)
    if place.lat is None or place.lon is None:
        return None
    return place.lat, place.lon, share, id(group)


def _draw(
    group: Group, anchors: list[tuple[float, float, float, int]], gazetteer: Gazetteer
) -> None:
    order = sorted(range(len(group.shares)), key=group.shares.__getitem__, reverse=True)
    raised = list(group.shares)
    for index in order[:_MOST]:
        place = gazetteer.place(group.candidates[index].row)
        if place.lat is not None and place.lon is not None and group.shares[index] > 0:
            raised[index] *= exp(WEIGHT * _closeness(place.lat, place.lon, anchors, id(group)))
    total = sum(raised)
    group.shares = [share / total for share in raised]


def _closeness(
    lat: float, lon: float, anchors: list[tuple[float, float, float, int]], own: int
) -> float:
    """How close the nearest sure places stand: 0 none, about 1 one next to it, more for more."""
    wide = cos(radians(lat))
    total = 0.0
    for other_lat, other_lon, weight, group in anchors:
        if group != own:
            up, along = lat - other_lat, (lon - other_lon) * wide
            kilometres = _KM_PER_DEGREE * (up * up + along * along) ** 0.5
            if kilometres < 5 * REACH_KM:
                total += weight * exp(-kilometres / REACH_KM)
    return log(1.0 + 1.7 * total)
