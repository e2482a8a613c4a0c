"""Rare words and full names of an account: what two accounts of one event are likely to share.

Rare is a capitalised word that is no plain word of the language, no name that any news may hold
and no country, region or seat of one; a village or a street that two accounts name is a sign. The
lists are fixed and not counted anew in each warehouse: a new article must not change how older
ones are linked.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import regex

from seeds import read as seeds

if TYPE_CHECKING:
    from transforms.model import Extraction, Incident

#: Between the two names of a person there may be an initial.
_NAME = regex.compile(r"\b(\p{Lu}[\p{L}’'-]+)(?:\s+\p{Lu}\.?)?[^\S\n]+(\p{Lu}[\p{L}’'-]+)")
_WORD = regex.compile(r"\b\p{Lu}[\p{L}'’]{2,}\b")
#: GeoNames features whose names are in all news of a region.
_SEATS = ("ADM", "PCL", "PPLA", "PPLC", "RGN", "CONT")
#: Shorter ones are acronyms and pieces of other words.
_SHORTEST = 4
#: A long text has no more keys than this: the first in order, so that two texts keep the same.
_MOST = 60


class _Lists(NamedTuple):
    familiar: frozenset[str]
    given: frozenset[str]


@cache
def _lists(language: str) -> _Lists:
    folder = f"lexicons/{language}"
    plain = frozenset(seeds.lines(f"{folder}/plain_words.txt"))
    familiar = frozenset(seeds.lines(f"{folder}/familiar_names.txt"))
    return _Lists(plain | familiar, frozenset(seeds.lines(f"{folder}/given_names.txt")))


def of(text: str, extraction: Extraction) -> dict[str, list[str]]:
    """The keys of each incident of an article, by its id.

    An incident's text is what follows a claim, a place or a date of its own up to one of the next
    incident; the only incident of an article has all of the text.
    """
    lists = _lists("en")
    clear = _without_seats(text, extraction)
    spoken = " ; ".join({claim.speaker for claim in extraction.claims if claim.speaker})
    quoted = _found(spoken, lists)
    parts = _parts(clear, extraction)
    return {
        incident_id: sorted(_found(part, lists) - quoted)[:_MOST]
        for incident_id, part in parts.items()
    }


def _without_seats(text: str, extraction: Extraction) -> str:
    pieces, at = [], 0
    for place in sorted(extraction.places, key=lambda p: p.start):
        if (place.feature or "").startswith(_SEATS) and place.start >= at:
            pieces += [text[at : place.start], " " * (place.end - place.start)]
            at = place.end
    return "".join([*pieces, text[at:]])


def _parts(text: str, extraction: Extraction) -> dict[str, str]:
    """What each incident tells; ``text`` has the offsets of the article's."""
    if len(extraction.incidents) == 1:
        return {extraction.incidents[0].incident_id: text}
    start_of = {claim.claim_id: claim.start for claim in extraction.claims}
    anchors = sorted(
        (at, incident.incident_id)
        for incident in extraction.incidents
        for at in _anchors(incident, start_of)
    )
    parts = {incident.incident_id: "" for incident in extraction.incidents}
    for number, (at, incident_id) in enumerate(anchors):
        begin = at if number else 0
        end = anchors[number + 1][0] if number + 1 < len(anchors) else len(text)
        parts[incident_id] += text[begin:end] + "\n"
    return parts


def _anchors(incident: Incident, start_of: dict[str, int]) -> list[int]:
    spans = [mention.start for mention in (incident.place, incident.date) if mention is not None]
    return spans + [start_of[claim_id] for claim_id in incident.claim_ids if claim_id in start_of]


def _found(text: str, lists: _Lists) -> set[str]:
    words = {_plain(word) for word in _WORD.findall(text)} - lists.familiar
    return {word for word in words if len(word) >= _SHORTEST} | _names(text, lists)


def _names(text: str, lists: _Lists) -> set[str]:
    found = set()
    for given, family in _NAME.findall(text, overlapped=True):
        first, last = _plain(given), _plain(family)
        if first in lists.given and last not in lists.familiar and last not in lists.given:
            found.add(f"{first} {last}")
    return found


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s")
