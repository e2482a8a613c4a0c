"""Of which country and division an outlet writes, as the article itself gives it away.

Local news leaves out what its readers know: "a man was shot in Albany" is of Georgia in a paper of
Georgia. The outlet's name, its address and the telephone numbers that it prints tell its home.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import regex

from seeds import read as seeds
from transforms.places.keys import fold
from transforms.places.lexicon import english
from transforms.text import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from transforms.places.gazetteer import Gazetteer
    from transforms.text import Doc

# A telephone number of the North American plan: its area code says which state it is in.
_TELEPHONE = regex.compile(r"(?<![\d.-])\(?([2-9]\d\d)\)?[-. ]{1,2}[2-9]\d\d[-. ]\w{4}(?!\w)")
_CALL_SIGN = regex.compile(r"[KW][A-Z]{2,3}")
# The same in a site's name: wbbjtv, wdbj7.
_CALLED = regex.compile(r"([kw][a-z]{2,3})(?:tv|dt|radio|news|online|am|fm|\d+)+")
#: Of an address that is longer, the beginning has the site.
_LONGEST = 2_000
#: What stands before a site's own name: archives keep addresses inside their own.
_SITE = regex.compile(r"^.*?://(?:.*://)?(?:www\d?\.)?([\w.-]+)")
#: What one area code or one name of the outlet counts: as much as one place that is sure.
_WEIGHT = 1.0
#: People from which a town may have given a site its name.
_LARGE = 20_000
#: So many namesakes are looked at, the better known first.
_MOST = 8


def home(doc: Doc, gazetteer: Gazetteer, title: str | None, url: str | None) -> dict[str, float]:
    """Votes for ISO 3166 codes of the countries and divisions of which the outlet writes."""
    codes = set() if doc.caps else _called(doc.words)
    if title and not title.isupper():
        codes |= _called(tokens(title))
    if not _areas().keys().isdisjoint(doc.words):
        codes |= {_areas()[m[1]] for m in _TELEPHONE.finditer(doc.text) if m[1] in _areas()}
    at = _at(url, gazetteer) if url else None
    if at:
        codes.add(at)
    return {code: _WEIGHT for found in codes for code in (found, found[:2])}


def _called(words: list[str]) -> set[str]:
    """The homes of the broadcasters that a text names by their call signs: KOIN, WBRC."""
    return {_outlets()[sign] for sign in _call_signs().intersection(words)}


@cache
def _call_signs() -> frozenset[str]:
    common = english().common
    return frozenset(n for n in _outlets() if _CALL_SIGN.fullmatch(n) and n.lower() not in common)


@lru_cache(maxsize=4096)
def _at(url: str, gazetteer: Gazetteer) -> str | None:
    """The home of the site at an address: as listed, or as its name says."""
    site = _SITE.match(url[:_LONGEST])
    if site is None:
        return None
    domain = site[1].lower()
    labels = domain.split(".")[:-1]
    for name in (domain, ".".join(domain.split(".")[-2:]), *labels):
        call = _CALLED.fullmatch(name)
        for written in (name, call[1] if call else ""):
            if written.upper() in _outlets():
                return _outlets()[written.upper()]
    return next((code for label in labels if (code := _named(label, gazetteer))), None)


def _named(label: str, gazetteer: Gazetteer) -> str | None:
    """The division of the town that a site is named for: "kyivpost", "nbcmiami"."""
    for start, end in _parts(label):
        for name in _spaced(label[start:end]):
            places = [gazetteer.place(row) for row in gazetteer.rows(name)[:_MOST]]
            known = [p for p in places if p.population >= _LARGE and p.level in (1, 2, 4)]
            place = max(known, key=lambda p: (p.level == 4, p.population), default=None)
            if place is not None:
                unit = place.row if place.admin1 is None else place.admin1
                return gazetteer.place(unit).code or None
    return None


def _parts(label: str) -> Iterator[tuple[int, int]]:
    """The spans of a site's name that are left when words of outlets' names are taken off."""
    yield 0, len(label)
    for word in _words():
        if label.endswith(word) and len(label) - len(word) > 3:
            yield 0, len(label) - len(word)
        if label.startswith(word) and len(label) - len(word) > 3:
            yield len(word), len(label)


def _spaced(name: str) -> Iterator[str]:
    """A name written together, and with one gap: "sanantonio", "san antonio"."""
    plain = name.replace("-", " ").strip()
    yield plain
    for gap in range(2, len(plain) - 2):
        yield fold(f"{plain[:gap]} {plain[gap:]}")


@cache
def _outlets() -> dict[str, str]:
    return {
        n: row["home"] for row in seeds.rows("gazetteer/outlets.csv") for n in row["names"].split()
    }


@cache
def _areas() -> dict[str, str]:
    return {
        area: row["division"]
        for row in seeds.rows("gazetteer/area_codes.csv")
        for area in row["areas"].split()
    }


@cache
def _words() -> tuple[str, ...]:
    return tuple(seeds.lines("gazetteer/outlet_words.txt"))
