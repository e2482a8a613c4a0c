"""Which of the names found are places' names, and which place the text puts another in.

A name that some passage shows to be a place's is one everywhere in the article; a name that no
passage shows to be one must be well known to count.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from transforms.places.judge import PLAIN, STRONG
from transforms.places.lexicon import english, joins_of

if TYPE_CHECKING:
    from transforms.places.find import Finding, Found
    from transforms.places.gazetteer import Gazetteer, Place
    from transforms.places.lexicon import Joins
    from transforms.text import Doc

#: People from which a town is known without the text's saying what it is.
_WELL_KNOWN = 40_000
#: People from which a town with the name of a common word counts where the text says "in".
_KNOWN = 5_000
#: The same in a text all in capitals, where a name does not stand out.
_KNOWN_IN_CAPITALS = 40_000
#: "between the towns of X and the village of Y": so many words stand before a name at most.
_BETWEEN_WITHIN = 4


def accept(doc: Doc, finding: Finding, gazetteer: Gazetteer) -> list[Found]:
    """The names that are places', each with the place that the text puts it in."""
    _share_level(doc, finding.places, joins_of(doc.language))
    _link(doc, finding.places, gazetteer)
    shown = {found.key for found in finding.places if found.cue == STRONG}
    return [found for found in finding.places if _is_place(doc, found, finding, gazetteer, shown)]


def _share_level(doc: Doc, places: list[Found], joins: Joins) -> None:
    """ "Kharkiv, Donetsk and Luhansk regions": what the last one is, all are."""
    for left, right in zip(places[-2::-1], places[:0:-1], strict=False):
        if right.level is None or left.level is not None or not left.rows:
            continue
        plural = english().plural
        listed = right.end < len(doc.text) and doc.lower[right.last] in plural
        if (listed or right.listed) and _words_between(doc, left, right) in joins.list:
            left.level, left.cue, left.listed = right.level, STRONG, True


def _link(doc: Doc, places: list[Found], gazetteer: Gazetteer) -> None:
    joins = joins_of(doc.language)
    for left, right in pairwise(places):
        _between(doc, left, right, joins)
        distance = right.start - left.end
        if distance > 12:
            continue
        between = _words_between(doc, left, right)
        if between in joins.comma:
            _hold(left, right, gazetteer, tight=True)
        elif between in joins.inside and (between != " " or right.level):
            _hold(left, right, gazetteer, tight=False)
        elif left.possessive and between in {"'s ", "’s "}:
            _hold(right, left, gazetteer, tight=False)
        if between in joins.list and left.cue == STRONG and right.cue == PLAIN and left.rows:
            right.cue = STRONG  # "in Parkes, Berry and Wyong"


def _words_between(doc: Doc, left: Found, right: Found) -> str:
    """What stands between two names, in one line where the text is wrapped."""
    return doc.text[left.end : right.start].replace("\n", " ")


def _between(doc: Doc, left: Found, right: Found, joins: Joins) -> None:
    """ "on the road between Homs and the town of Hama": neither one nor the other."""
    if doc.lower[left.last] not in joins.conjunctions or right.first - left.last > _BETWEEN_WITHIN:
        return
    if joins.between in doc.lower[max(left.first - _BETWEEN_WITHIN, 0) : left.first]:
        left.between = right.between = True


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
    unknown = not inner.rows and (stated or certain)
    contrary = stated or (certain and not tight and inner.cue == STRONG)
    if not inside and inner.rows and tight and _excludes(outer, holds, candidates):
        inner.key, inner.rows, unknown = f"?{inner.key}", (), True  # "Pinetown, N.C."
    if not (inside or unknown or contrary):
        return
    inner.holder, inner.tight = outer, tight and inside
    if inside or unknown:
        inner.cue = STRONG
        outer.cue = max(outer.cue, PLAIN) if outer.rows else outer.cue


def _excludes(outer: Found, holds: list[Place], candidates: list[Place]) -> bool:
    """Whether no place of a name can lie in a division: all namesakes are in other countries."""
    if outer.key.startswith("="):
        return True
    countries = {place.country for place in holds}
    return outer.level is not None and not any(c.country in countries for c in candidates)


def holders(place: Place) -> tuple[int | None, ...]:
    """The rows of the units that hold a place."""
    units = (place.country, place.admin1, place.admin2, place.parent)
    return tuple(unit for unit in units if unit != place.row)


def _is_place(
    doc: Doc, found: Found, finding: Finding, gazetteer: Gazetteer, shown: set[str]
) -> bool:
    lexicon = english()
    if found.key[0] == "=" or found.tight:
        return True
    if not found.rows:
        return found.cue == STRONG
    word = found.key.partition(" ")[0]
    if word in lexicon.calendar and (word == found.key or found.key[-1].isdigit()):
        return False
    common = found.key in lexicon.common or found.key in lexicon.title
    if found.level is not None:
        return not common or any(gazetteer.place(row).level in (2, 3) for row in found.rows)
    first = gazetteer.place(found.rows[0])
    if common:
        said = found.cue == STRONG and not found.article and not doc.caps
        return said and first.population > _KNOWN
    if doc.caps and (len(found.key) < 4 or found.key.startswith("the ")):
        return False
    if found.cue == STRONG:
        return True
    if found.key in finding.persons:
        return False
    if doc.caps and " " not in found.key and first.population < _KNOWN_IN_CAPITALS:
        return first.level in (1, 2) or found.key in shown
    return _unsaid(found, first, found.key in shown, named=word in lexicon.given)


def _unsaid(found: Found, first: Place, shown: bool, *, named: bool) -> bool:
    """Whether a name is a place's although the words around it do not say so."""
    known = first.population >= _WELL_KNOWN or first.feature == "PPLC" or first.level <= 2
    if found.cue == PLAIN:
        return shown or first.level <= 2 or (not named and (known or " " in found.key))
    return known and (shown or (first.level == 1 and not named))
