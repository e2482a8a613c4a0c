"""Which of the names found are places' names, and which place the text puts another in.

A name that some passage shows to be a place's is one everywhere in the article; a name that no
passage shows to be one must be well known to count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.places.judge import PLAIN, STRONG
from transforms.places.lexicon import english

if TYPE_CHECKING:
    from transforms.places.find import Finding, Found
    from transforms.places.gazetteer import Gazetteer, Place
    from transforms.text import Doc

#: People from which a town is known without the text's saying what it is.
_WELL_KNOWN = 40_000
_IN = frozenset((" in ", " in the ", ", in ", ", in the ", " of ", " of the "))
_COMMA = frozenset((", ", ", the ", " (", "/"))


def accept(doc: Doc, finding: Finding, gazetteer: Gazetteer) -> list[Found]:
    """The names that are places', each with the place that the text puts it in."""
    _link(doc, finding.places, gazetteer)
    shown = {found.key for found in finding.places if found.cue == STRONG}
    return [found for found in finding.places if _is_place(found, finding, gazetteer, shown)]


def _link(doc: Doc, places: list[Found], gazetteer: Gazetteer) -> None:
    for left, right in zip(places, places[1:], strict=False):
        distance = right.start - left.end
        if distance > 12:
            continue
        between = doc.text[left.end : right.start]
        if between in _COMMA:
            _hold(left, right, gazetteer, tight=True)
        elif between in _IN:
            _hold(left, right, gazetteer, tight=False)
        elif left.possessive and between in {"'s ", "’s "}:
            _hold(right, left, gazetteer, tight=False)


def _hold(inner: Found, outer: Found, gazetteer: Gazetteer, *, tight: bool) -> None:
    """Note that the text puts one place in another, if the other can hold it."""
    holds = [gazetteer.place(row) for row in outer.rows[:6]]
    divisions = {place.row for place in holds if place.level <= 3}
    if not divisions:
        return
    candidates = [gazetteer.place(row) for row in inner.rows]
    inside = any(not divisions.isdisjoint(holders(place)) for place in candidates)
    stated = not tight and outer.level is not None
    certain = outer.key.startswith("=") or holds[0].level <= 2
    if not inside and not (stated or (certain and not tight and inner.cue == STRONG)):
        return
    inner.holder, inner.tight = outer, tight and inside
    if inside:
        inner.cue = STRONG
        outer.cue = max(outer.cue, PLAIN) if outer.rows else outer.cue


def holders(place: Place) -> tuple[int | None, ...]:
    """The rows of the units that hold a place."""
    units = (place.country, place.admin1, place.admin2, place.parent)
    return tuple(unit for unit in units if unit != place.row)


def _is_place(
    found: Found, finding: Finding, gazetteer: Gazetteer, shown: set[str]
) -> bool:
    if found.key.startswith("=") or found.tight or found.level is not None:
        return True
    lexicon = english()
    first = gazetteer.place(found.rows[0])
    single = " " not in found.key
    if single and (found.key in lexicon.calendar):
        return False
    if first.level in {1, 2, 0} and found.cue >= PLAIN and found.key not in lexicon.common:
        return not (found.key in finding.persons and found.cue < STRONG)
    if single and found.key in lexicon.common:
        return found.cue == STRONG and first.population > 5000
    if found.key in finding.persons:
        return found.cue == STRONG
    if found.cue == STRONG:
        return True
    known = first.population >= _WELL_KNOWN or first.feature == "PPLC" or first.level <= 2
    if found.cue == PLAIN:
        named = single and found.key in lexicon.given
        return found.key in shown or (known and not named) or (not single and not named)
    return found.key in shown and known
