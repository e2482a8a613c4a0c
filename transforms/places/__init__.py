"""Places: what names the text has, and which places of the gazetteer they mean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from transforms import text
from transforms.model import PlaceCandidate, PlaceMention
from transforms.places import inflected
from transforms.places.accept import accept, holders
from transforms.places.find import find
from transforms.places.home import home
from transforms.places.judge import STRONG
from transforms.places.precision import OF_LEVEL, where_prec
from transforms.places.resolve import resolve

if TYPE_CHECKING:
    from transforms.places.find import Found
    from transforms.places.gazetteer import Gazetteer, Place
    from transforms.places.resolve import Group
    from transforms.text import Doc

__all__ = ["read", "read_both"]

#: Of the other places that a name may mean, so many are kept; those with a smaller share are not.
_RIVALS, _LEAST = 4, 0.01
#: where_prec of a place that the text puts in another division than the gazetteer does.
_CONTRADICTED = 4


def read(
    doc: Doc, gazetteer: Gazetteer, title: str | None = None, url: str | None = None
) -> list[PlaceMention]:
    """All places named in an article's text, in the order of the text.

    A name that is a place's but of none in the gazetteer is kept, with ``geoname_id`` None.

    Args:
        doc: the text.
        gazetteer: where names are looked up.
        title: the headline: the places that it names help to tell which the text means.
        url: the article's address: the home of its outlet helps as well.
    """
    return read_both(doc, gazetteer, title, url)[0]


def read_both(
    doc: Doc, gazetteer: Gazetteer, title: str | None, url: str | None
) -> tuple[list[PlaceMention], list[PlaceMention]]:
    """The places named in the text (see ``read``), and those named in the headline.

    A place of the headline has an empty span, as its words are not in the text.
    """
    if not doc.language.has("places.toml"):
        return [], []
    seek = find if doc.language.order == "fixed" else inflected.find
    finding = seek(doc, gazetteer)
    found = accept(doc, finding, gazetteer)
    over = text.read(title, doc.language) if title else None
    above = accept(over, seek(over, gazetteer), gazetteer) if over else []
    if not found and not above:
        return [], []
    groups = resolve([*found, *above], finding, gazetteer, home(doc, gazetteer, title, url))
    headline = _mentions(over, above, groups, gazetteer) if over else []
    return _mentions(doc, found, groups, gazetteer), [replace(m, start=0, end=0) for m in headline]


def _mentions(
    doc: Doc, found: list[Found], groups: list[Group], gazetteer: Gazetteer
) -> list[PlaceMention]:
    chosen = {id(m): group for group in groups for m in group.mentions}
    for group in groups:
        group.weighed = group.weighed or _candidates(group, gazetteer)
    return [
        _mention(doc, one, chosen, gazetteer)
        for one in found
        if chosen[id(one)].best is not None or chosen[id(one)].unlisted or one.cue == STRONG
    ]


def _mention(
    doc: Doc, found: Found, chosen: dict[int, Group], gazetteer: Gazetteer
) -> PlaceMention:
    group = chosen[id(found)]
    if group.best is None:
        return _unknown(doc, found, chosen, gazetteer)
    place = gazetteer.place(group.candidates[group.best].row)
    stated, contradicted = _stated(doc, found, place, _holder(found, chosen, gazetteer))
    precision = where_prec(doc, found, place.level)
    country, admin1, admin2 = _units(place, gazetteer)
    return PlaceMention(
        found.start,
        found.end,
        doc.text[found.start : found.end],
        place.geoname_id,
        place.name,
        country.name if country else None,
        country.code if country else None,
        admin1.name if admin1 else None,
        (admin1.code or None) if admin1 else None,
        admin2.name if admin2 else None,
        place.lat,
        place.lon,
        place.feature,
        round(group.shares[group.best], 3),
        max(precision, _CONTRADICTED) if contradicted else precision,
        stated,
        contradicted,
        group.weighed,
    )


def _candidates(group: Group, gazetteer: Gazetteer) -> tuple[PlaceCandidate, ...]:
    """The places that were weighed, the likeliest first."""
    pairs = zip(group.shares, group.candidates, strict=True)
    known = [(share, candidate.row) for share, candidate in pairs if share >= _LEAST]
    known.sort(key=lambda one: -one[0])
    return tuple(
        _candidate(gazetteer.place(row), share, gazetteer) for share, row in known[: _RIVALS + 1]
    )


def _candidate(place: Place, share: float, gazetteer: Gazetteer) -> PlaceCandidate:
    country, admin1, _ = _units(place, gazetteer)
    return PlaceCandidate(
        place.geoname_id,
        place.name,
        admin1.name if admin1 else None,
        country.code if country else None,
        round(share, 3),
    )


def _unknown(
    doc: Doc, found: Found, chosen: dict[int, Group], gazetteer: Gazetteer
) -> PlaceMention:
    """A name that the gazetteer does not have: what is known is what the text puts it in."""
    text = doc.text[found.start : found.end]
    holder = _holder(found, chosen, gazetteer)
    if holder is None or found.holder is None:
        return PlaceMention(
            found.start, found.end, text, None, None, None, None, None, None, None, None, None,
            None, 0.0, None, candidates=chosen[id(found)].weighed,
        )  # fmt: skip
    country, admin1, admin2 = _units(holder, gazetteer)
    return PlaceMention(
        found.start,
        found.end,
        text,
        None,
        None,
        country.name if country else None,
        country.code if country else None,
        admin1.name if admin1 else None,
        (admin1.code or None) if admin1 else None,
        admin2.name if admin2 else None,
        None,
        None,
        None,
        0.0,
        OF_LEVEL[holder.level],
        doc.text[found.holder.start : found.holder.end],
        candidates=chosen[id(found)].weighed,
    )


def _units(place: Place, gazetteer: Gazetteer) -> tuple[Place | None, Place | None, Place | None]:
    """The country, first-order and second-order division of a place."""
    rows = (place.country, place.admin1, place.admin2)
    country, admin1, admin2 = (None if row is None else gazetteer.place(row) for row in rows)
    return country, admin1, admin2


def _holder(found: Found, chosen: dict[int, Group], gazetteer: Gazetteer) -> Place | None:
    """The place in which the text puts this one."""
    group = chosen.get(id(found.holder))
    if group is None or group.best is None:
        return None
    return gazetteer.place(group.candidates[group.best].row)


def _stated(doc: Doc, found: Found, place: Place, holder: Place | None) -> tuple[str | None, bool]:
    """The region as the text states it, and whether the gazetteer puts the place elsewhere."""
    outer = found.holder
    if outer is None or holder is None or holder.level not in (1, 2, 3):
        return None, False
    return doc.text[outer.start : outer.end], holder.row not in holders(place)
