"""UCDP's where_prec of a place as the text speaks of it: in it, near it, on a line beside it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from transforms import roles
from transforms.places.lexicon import english

if TYPE_CHECKING:
    from transforms.places.find import Found
    from transforms.text import Doc

#: where_prec of a place of each level, when the text means the place itself.
OF_LEVEL = {0: 5, 1: 6, 2: 4, 3: 3, 4: 1, 5: 7}
_NEAR = 2
#: A line or an area without known bounds: a front, a road between two towns, 80 km from one.
_VAGUE = 5
_NEAR_KM = 25.0
#: "the front line in the Donetsk region": the front stands at most so many words before.
_FRONT_WITHIN = 6
_LINES = frozenset(("frontline", "frontlines"))
_FRONTS = _LINES | {"front"}
_POINTS = frozenset(
    """north south east west northeast northwest southeast southwest northern southern eastern
    western""".split()
)
_OFF = frozenset(("from", "outside", "off"))


def where_prec(doc: Doc, found: Found, level: int) -> int:
    """The precision of a mention of a place of a gazetteer level.

    1 the place itself, 2 within 25 km of it, 3 and 4 a division, 5 a vague line or area, 6 a
    country, 7 sea or air (UCDP GED codebook).
    """
    base = OF_LEVEL[level]
    if level == 5:
        return base
    if found.between or _at_front(doc, found):
        return max(base, _VAGUE)
    kilometres = _kilometres(doc, found)
    if kilometres is not None and kilometres > _NEAR_KM:
        return max(base, _VAGUE)
    near = found.near or kilometres is not None
    return max(base, _NEAR) if near else base


def _at_front(doc: Doc, found: Found) -> bool:
    """Whether a front is named for the place, or lies in it: "the Pokrovsk front"."""
    after = doc.words[found.last] if found.last < len(doc.words) else ""
    if after in _FRONTS:
        return after != "front" or not found.possessive
    before = doc.lower[max(found.first - _FRONT_WITHIN, 0) : found.first]
    if _FRONTS.isdisjoint(before) or "." in before:
        return False
    return not _LINES.isdisjoint(before) or ("front", "line") in pairwise(before)


def _kilometres(doc: Doc, found: Found) -> float | None:
    """How far off: "12 km north of X", "80 miles from X"; 0 if only "north of X"; None: not off."""
    lower, token = doc.lower, found.first - 1
    if token > 0 and lower[token] in english().kinds and lower[token] not in _POINTS:
        token -= 1  # "north of city X"
    if token < 1:
        return None
    if lower[token] in _OFF:
        return roles.distance(doc, token - 1)
    if lower[token] != "of" or lower[token - 1] not in _POINTS:
        return None
    first = token - 1
    if first > 1 and lower[first - 1] == "-" and lower[first - 2] in _POINTS:
        first -= 2
    if first and lower[first - 1] in ("the", "far"):
        return None  # "in the north of Syria": inside it
    return roles.distance(doc, token - 1) or 0.0
