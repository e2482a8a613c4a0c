"""The words by which places' names are told, from seeds/lexicons/<language>/places.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from seeds import read as seeds
from transforms.places.keys import fold

if TYPE_CHECKING:
    from transforms.language import Language


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Sets of words in small letters; seeds/lexicons/en/places.toml says what each is."""

    locative: frozenset[str]
    way: frozenset[str]
    kinds: frozenset[str]
    nouns: frozenset[str]
    settlement: frozenset[str]
    quarter: frozenset[str]
    outskirts: frozenset[str]
    division: frozenset[str]
    generic: dict[str, str]  # "oblast" -> ADM1
    tail: frozenset[str]
    street: frozenset[str]
    organisation: frozenset[str]
    office: frozenset[str]
    bodies: frozenset[str]
    seat: frozenset[str]
    locals: frozenset[str]
    plural: dict[str, str]  # "regions" -> "region"
    rest: frozenset[str]
    title: frozenset[str]
    prefix: frozenset[str]
    side: frozenset[str]
    speech: frozenset[str]
    calendar: frozenset[str]
    common: frozenset[str]
    given: frozenset[str]
    demonyms: dict[str, str]  # "ukrainian" -> UA
    abbreviations: dict[str, tuple[tuple[str, str], ...]]  # first word -> (as written, code)
    postal: frozenset[str]
    transliterated: frozenset[str]  # countries whose names are transliterated in many ways


@dataclass(frozen=True, slots=True)
class Joins:
    """What stands between the names of two places that have to do with each other."""

    inside: frozenset[str]  # the first lies in the second
    list: frozenset[str]
    comma: frozenset[str]  # the first lies in the second if it can
    conjunctions: frozenset[str]
    between: str  # "between A and B"


_CALENDAR = (
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep "
    "sept oct nov dec"
)


@cache
def english() -> Lexicon:
    """The English lexicon."""
    words = seeds.toml("lexicons/en/places.toml")
    after, before = words["after"], words["before"]
    return Lexicon(
        locative=_set(words["locative"]),
        way=_set(words["way"]),
        kinds=_set(words["kinds"]),
        nouns=_set(words["kinds"]) | _set(words["nouns"]),
        settlement=_set(words["settlement"]),
        quarter=_set(words["quarter"]),
        outskirts=_set(words["outskirts"]),
        division=_set(words["division"]),
        generic={
            word: level for level, listed in words["generic"].items() for word in listed.split()
        },
        tail=_set(words["tail"]["words"]),
        street=_set(after["street"]),
        organisation=_set(after["organisation"]),
        office=_set(after["office"]),
        bodies=_set(after["organisation"]) | _set(before["bodies"]),
        seat=_set(after["seat"]),
        locals=_set(after["locals"]),
        plural={_plural(word): word for word in words["tail"]["words"].split()},
        rest=_set(after["rest"]),
        title=_set(before["title"]),
        prefix=_set(before["prefix"]),
        side=_set(before["side"]),
        speech=_set(words["verb"]["speech"]),
        calendar=_set(_CALENDAR),
        common=frozenset(seeds.lines("lexicons/en/common_words.txt")),
        given=frozenset(seeds.lines("lexicons/en/given_names.txt")),
        demonyms={
            word: row["country"]
            for row in seeds.rows("lexicons/en/demonyms.csv")
            for word in row["words"].split()
        },
        abbreviations=_abbreviations(words["abbreviation"]),
        postal=_set(words["postal"]["codes"], lower=False),
        transliterated=_set(words["transliterated"]["countries"], lower=False),
    )


@cache
def joins_of(language: Language) -> Joins:
    """What joins the names of places in a language."""
    words = seeds.toml(f"{language.folder}/places.toml")
    sets = {name: frozenset(words["joins"][name]) for name in ("inside", "list", "comma")}
    return Joins(conjunctions=_set(words["conjunctions"]), between=words["between"], **sets)


@dataclass(frozen=True, slots=True)
class InflectedWords:
    """The words of a language that inflects, by lemma; seeds/lexicons/uk/places.toml has them."""

    locative: frozenset[str]
    way: frozenset[str]
    outskirts: frozenset[str]
    settlement: frozenset[str]
    kinds: frozenset[str]
    towns: frozenset[str]
    street: frozenset[str]
    title: frozenset[str]
    bodies: frozenset[str]
    community: frozenset[str]
    front: frozenset[str]
    conjunctions: frozenset[str]
    distance_to: str
    generic: dict[str, str]  # "область" -> ADM1
    folded_generic: dict[str, str]
    home: dict[str, int]  # country codes to votes
    demonyms: dict[str, str]  # "український" -> UA


_SETS = (
    *("locative", "way", "outskirts", "settlement", "kinds", "towns", "street", "title"),
    *("bodies", "community", "front", "conjunctions"),
)


@cache
def inflected_words(language: Language) -> InflectedWords:
    """The words of a language that inflects names."""
    words = seeds.toml(f"{language.folder}/places.toml")
    generic = {word: level for level, listed in words["generic"].items() for word in listed.split()}
    return InflectedWords(
        generic=generic,
        folded_generic={fold(word): level for word, level in generic.items()},
        home=words["home"],
        demonyms={word: code for code, said in words["demonyms"].items() for word in said.split()},
        distance_to=words["distance_to"],
        **{name: _set(words[name]) for name in _SETS},
    )


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def _set(words: str, *, lower: bool = True) -> frozenset[str]:
    return frozenset((words.lower() if lower else words).split())


def _abbreviations(table: dict[str, str]) -> dict[str, tuple[tuple[str, str], ...]]:
    by_first: dict[str, list[tuple[str, str]]] = {}
    for written, code in sorted(table.items(), key=lambda item: -len(item[0])):
        by_first.setdefault(written.split(".")[0], []).append((written, code))
    return {first: tuple(entries) for first, entries in by_first.items()}
