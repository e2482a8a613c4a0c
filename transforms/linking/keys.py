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
from transforms import language as languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from transforms.language import Language
    from transforms.model import Extraction

#: Between the two names of a person there may be an initial. A name has a longest length, or a text
#: that is one long name would be gone through from each of its letters.
_NAME = regex.compile(
    r"\b(\p{Lu}[\p{L}’'-]{1,40}+)(?:\s{1,9}\p{Lu}\.?)?[^\S\n]{1,9}(\p{Lu}[\p{L}’'-]{1,40})"
)
_WORD = regex.compile(r"\b\p{Lu}[\p{L}'’]{2,}\b")
_NAMES = ("familiar_names", "given_names")
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
def _lists(language: Language) -> _Lists | None:
    folder = language.folder
    if not all(language.has(f"{name}.txt") for name in ("plain_words", *_NAMES)):
        return None
    plain = frozenset(seeds.lines(f"{folder}/plain_words.txt"))
    familiar = frozenset(seeds.lines(f"{folder}/familiar_names.txt"))
    return _Lists(plain | familiar, frozenset(seeds.lines(f"{folder}/given_names.txt")))


def of(text: str, extraction: Extraction) -> dict[str, list[str]]:
    """The keys of each incident of an article, by its id."""
    start_of = {claim.claim_id: claim.start for claim in extraction.claims}
    return read(
        text,
        [(p.start, p.end) for p in extraction.places if is_seat(p.feature)],
        [claim.speaker for claim in extraction.claims if claim.speaker],
        {
            incident.incident_id: [
                *(m.start for m in (incident.place, incident.date) if m is not None),
                *(start_of[i] for i in incident.claim_ids if i in start_of),
            ]
            for incident in extraction.incidents
        },
        languages.of(extraction.language, text),
    )


def is_seat(feature: str | None) -> bool:
    """Whether a place of this GeoNames feature is named in all news of its region."""
    return (feature or "").startswith(_SEATS)


def read(
    text: str,
    seats: Iterable[tuple[int, int]],
    speakers: Iterable[str],
    anchors: Mapping[str, Sequence[int]],
    language: Language,
) -> dict[str, list[str]]:
    """The keys of each incident: rare words and full names ("given family"), lower case, sorted.

    Args:
        text: the article's.
        seats: spans of the toponyms that are left out.
        speakers: whose words are quoted: spokesmen tell of many events and are left out.
        anchors: for each incident, offsets of what it tells. An incident's text is what follows
            one up to the next that is another's; an only incident has all of the text.
        language: by whose lists a word is rare; without lists there are no keys.
    """
    lists = _lists(language)
    if lists is None:
        return {incident_id: [] for incident_id in anchors}
    quoted = _found(" ; ".join(sorted(set(speakers))), lists)
    parts = _parts(_without(text, seats), anchors)
    return {
        incident_id: sorted(_found(part, lists) - quoted)[:_MOST]
        for incident_id, part in parts.items()
    }


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            pieces += [text[at:start], " " * (end - start)]
            at = end
    return "".join([*pieces, text[at:]])


def _parts(text: str, anchors: Mapping[str, Sequence[int]]) -> dict[str, str]:
    if len(anchors) == 1:
        return dict.fromkeys(anchors, text)
    order = sorted((at, incident_id) for incident_id, own in anchors.items() for at in own)
    begins = [0, *(at for at, _ in order[1:]), len(text)]
    parts = dict.fromkeys(anchors, "")
    for number, (_, incident_id) in enumerate(order):
        parts[incident_id] += text[begins[number] : begins[number + 1]] + "\n"
    return parts


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
