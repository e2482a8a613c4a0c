"""What part a place plays in its sentence: the scene, or where somebody is from or was brought.

The incident's place is a scene before all else. The town of a date line, a victim's home, the
hospital's town and the place of the arrest are named in the same sentences, and are none.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING

import regex

from seeds import read as seeds
from transforms import cases
from transforms.numbers import lexicon as number_words

if TYPE_CHECKING:
    from transforms.language import Language
    from transforms.model import PlaceMention
    from transforms.text import Doc

#: From the surest to the least.
SCENE: int = 0
POINT: int = 1
DATELINE: int = 2
HOME: int = 3
ASIDE: int = 4
#: A preposition governs a place at most so many words after it.
_GOVERNS = 6
#: A verb like "arrested" stands at most so many words before the place that it speaks of.
_VERB_WITHIN = 5
#: "Jackson hospital": the hospital stands at most so many words after its town.
_HOSPITAL_WITHIN = 4
#: "з території тимчасово окупованого X": so many words before the name.
_ORIGIN_WITHIN = 3
#: "360 kilometres south-west": the unit stands at most so many words before the bearing ends.
_BEARING_WITHIN = 5
#: UCDP's radius of where_prec 2, in km; places farther off are only pointed out by the name.
_NEAR_KM = 25.0
_HOSPITAL = frozenset(("Hospital", "Medical", "Clinic", "Infirmary", "HOSPITAL", "MEDICAL"))
# What follows the town of a date line: ", Ore. (KOIN) —", ", 4 MAY 90 (RADIO)", " (AP)".
_LINE = regex.compile(
    r"(?:,[^()\n;:!?]{1,30}?)?\s*(?:\((?=[^()\n]*\p{Lu})[^()\n]{2,40}\)|—|–|--|-\s)"
)


@dataclass(frozen=True, slots=True)
class _Words:
    locative: frozenset[str]
    strong: frozenset[str]
    bearings: frozenset[str]
    units: dict[str, float]  # of distance, in km
    people: frozenset[str]
    home: frozenset[str]
    care: frozenset[str]
    hospital: frozenset[str]
    custody: frozenset[str]
    telling: frozenset[str]
    later: frozenset[str]
    away: frozenset[str]
    origin: frozenset[str]
    struck: frozenset[str]


@cache
def _lexicon(language: Language) -> _Words:
    table = seeds.toml(f"{language.folder}/roles.toml")
    names = [field.name for field in fields(_Words)]
    sets = {name: frozenset(table[name].split()) for name in names if name != "units"}
    return _Words(units=table["units"], **sets)


def role(doc: Doc, place: PlaceMention) -> int:
    """SCENE, POINT, DATELINE, HOME or ASIDE."""
    first = doc.token_at(place.start)
    last = doc.token_at(place.end - 1) + 1
    if _is_aside(doc, first, last):
        return ASIDE
    if _is_home(doc, first, last):
        return HOME
    if _is_dateline(doc, place, first):
        return DATELINE
    if governor(doc, place) in _lexicon(doc.language).locative or _is_struck(doc, first, last):
        return SCENE
    return POINT


def _is_struck(doc: Doc, first: int, last: int) -> bool:
    """ "обстріляли Нікополь": the object of a verb of attack is where it happened."""
    struck = _lexicon(doc.language).struck
    return bool(struck) and any(
        doc.lemma[at] in struck and cases.may_undergo(doc, first, last, at)
        for at in cases.clause(doc, first, last)
    )


def is_strong(doc: Doc, place: PlaceMention) -> bool:
    """Whether "in", "near" and the like govern a place, not a word of movement."""
    return governor(doc, place) in _lexicon(doc.language).strong


def opens_in(doc: Doc, token: int) -> bool:
    """Whether a word says that something is in a place, or beside it: "In Kherson, ..."."""
    return doc.lower[token] in _lexicon(doc.language).strong


def governor(doc: Doc, place: PlaceMention) -> str:
    """The word that governs a place: "in" in "in the town of X", "of" in "control of X"."""
    words = _lexicon(doc.language)
    i = doc.token_at(place.start)
    fallback = doc.lower[i - 1] if i else ""
    for back in range(i - 1, max(i - _GOVERNS, -1), -1):
        word = doc.lower[back]
        if word == "of":
            if back and doc.lower[back - 1] in words.bearings:
                return "near" if is_near(doc, back - 1) else ""
            fallback = word
        elif word in words.locative:
            return "" if word == "to" and doc.lower[back - 1] == "according" else word
        elif word in (".", ",", ";", "'", "’"):
            break
    return fallback


def is_near(doc: Doc, bearing: int) -> bool:
    """Whether "12 km north" of a place, with the bearing at a token, is within 25 km of it."""
    kilometres = distance(doc, bearing)
    return kilometres is None or kilometres <= _NEAR_KM


def distance(doc: Doc, bearing: int) -> float | None:
    """The kilometres before a bearing: "12 miles north", "half an hour west"; None: not told."""
    units = _lexicon(doc.language).units
    for token in range(bearing, max(bearing - _BEARING_WITHIN, 0), -1):
        if doc.lower[token] in units:
            count = _number(doc.lower[token - 1], doc.language.code)
            return units[doc.lower[token]] * (1.0 if count is None else count)
    return None


def names_hospital(doc: Doc, place: PlaceMention) -> bool:
    """ "Mount Sinai Hospital": the words are a hospital's name."""
    last = doc.token_at(place.end - 1) + 1
    return any(word in _HOSPITAL for word in doc.words[last : last + 2])


def _number(word: str, language: str) -> float | None:
    plain = word.replace(",", "")
    if plain.replace(".", "", 1).isdecimal():
        return float(plain)
    return number_words(language).cardinals.get(word)


def _is_aside(doc: Doc, first: int, last: int) -> bool:
    """Whether somebody was brought to the place, arrested or buried there, or spoke there."""
    words, lower = _lexicon(doc.language), doc.lower
    before = lower[max(first - _VERB_WITHIN, 0) : first]
    if not words.custody.isdisjoint(before) or not words.telling.isdisjoint(before[-2:]):
        return True
    if words.later and not words.later.isdisjoint(doc.lemma[max(first - _VERB_WITHIN, 0) : first]):
        return True
    if words.origin and not words.origin.isdisjoint(
        doc.lemma[max(first - _ORIGIN_WITHIN, 0) : first]
    ):
        return True
    around = {*lower[last : last + _HOSPITAL_WITHIN], *before}
    if words.hospital.isdisjoint(around) and "to" not in before:
        return False
    sentence = doc.sentence_at(doc.starts[first])
    return sentence is not None and not words.care.isdisjoint(lower[sentence.first : sentence.last])


def _is_home(doc: Doc, first: int, last: int) -> bool:
    """ "Ann Poe, 24, of Trenton", "from Dallas", "a Waverly man", "who lives in Lima"."""
    words, lower = _lexicon(doc.language), doc.lower
    if not words.home.isdisjoint(lower[max(first - _VERB_WITHIN, 0) : first]):
        return True
    if last < len(lower) and lower[last] in words.people:
        return True
    if first > 1 and lower[first - 1] in words.away:
        return lower[first - 2] not in words.locative
    if first < 2 or lower[first - 1] not in ("of", "from"):
        return False
    before = doc.words[first - 2]
    return before == "," or before.isdecimal() or lower[first - 2] in words.people


def _is_dateline(doc: Doc, place: PlaceMention, first: int) -> bool:
    """Whether the place opens a line as the town where the news was written."""
    sentence = doc.sentence_at(place.start)
    if sentence is None or sentence.first != first:
        return False
    if not (place.text.isupper() or doc.text[place.end : place.end + 2] == " ("):
        return False
    return _LINE.match(doc.text, place.end) is not None
