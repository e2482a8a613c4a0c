"""Names of places in languages that inflect them: which names a form of a word may be of.

A form is taken apart by its ending alone, so that names which no dictionary has are found too; the
gazetteer tells which of the names that come out exist. Letters are folded as in ``keys.fold``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from seeds import read as seeds
from transforms.language import known
from transforms.places.gazetteer import GOES_ON, IS_NAME
from transforms.places.keys import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from transforms.language import Language
    from transforms.places.gazetteer import Gazetteer

#: Letters that are left of a name without its ending; further words may be all ending ("районів").
_STEM = 2
#: Letters of the shortest name of one word that is read.
_SHORTEST = 3
#: An ending has so many letters.
_LONGEST = 8
#: An adjective in the cases of which the stems of ``[adjectives]`` are the rest.
_OF_ADJECTIVES = ("а", "ии", "е", "ая", "ое")


@dataclass(frozen=True, slots=True, eq=False)
class Inflection:
    """How a language's names are inflected; seeds/lexicons/uk/places.toml says what each is."""

    endings: Mapping[str, tuple[str, ...]]  # an ending in the text to those of the names
    adjectives: Mapping[str, tuple[str, ...]]  # an adjective's stem to ends of towns
    names: Mapping[str, str]  # folded names to ISO codes or folded English names
    starts: frozenset[str]  # the first words of ``names``

    def extends(self, key: str, gazetteer: Gazetteer) -> int:
        """Whether a folded text is a name (IS_NAME), or the first words of one (GOES_ON)."""
        return gazetteer.extends(key) | (
            (IS_NAME if key in self.names else 0) | (GOES_ON if key in self.starts else 0)
        )

    def rows(self, key: str, gazetteer: Gazetteer) -> tuple[str, tuple[int, ...]]:
        """The key of a name, and the places that it may be of: those of a code, or all of it."""
        meant = self.names.get(key)
        if meant is None:
            return key, gazetteer.rows(key)
        row = gazetteer.coded(meant)
        return (f"={meant}", (row,)) if row is not None else (meant, gazetteer.rows(meant))


@cache
def inflection(language: Language) -> Inflection:
    """The inflection of a language."""
    words = seeds.toml(f"{language.folder}/places.toml")
    endings: dict[str, list[str]] = {}
    for ending, forms in words["endings"].items():
        for form in (fold(form) for form in forms.split()):
            endings.setdefault(form, []).append(fold(ending))
    names = {fold(name): _meant(value) for name, value in words["names"].items()}
    return Inflection(
        endings={form: tuple(dict.fromkeys(ends)) for form, ends in endings.items()},
        adjectives={
            fold(stem): tuple("" if end == "_" else fold(end) for end in ends.split())
            for stem, ends in words["adjectives"].items()
        },
        names=names,
        starts=frozenset(
            " ".join(parts[:size])
            for parts in (name.split() for name in names)
            for size in range(1, len(parts))
        ),
    )


def _meant(value: str) -> str:
    return value if value.isupper() else fold(value)


@lru_cache(maxsize=65536)
def forms(inflected: Inflection, word: str, stem: int = 0) -> tuple[str, ...]:
    """The words that a folded word may be a form of, itself the first.

    Args:
        inflected: the language's inflection.
        word: in any case.
        stem: the letters that must be left of it.
    """
    found = [word]
    for size in range(1, min(_LONGEST, len(word) - stem) + 1):
        rest = word[:-size]
        found += [rest + ending for ending in inflected.endings.get(word[-size:], ())]
    found += [word + ending for ending in inflected.endings.get("", ())]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=65536)
def towns(inflected: Inflection, gazetteer: Gazetteer, word: str) -> tuple[str, ...]:
    """The known names that an adjective, folded and in any case, may be made of."""
    made = (
        town
        for form in forms(inflected, word)
        for ending in _OF_ADJECTIVES
        if form.endswith(ending)
        for town in _of_stem(inflected, form.removesuffix(ending))
    )
    return tuple(dict.fromkeys(t for t in made if inflected.extends(t, gazetteer) & IS_NAME))


def seats(keys: Iterable[str]) -> Iterator[str]:
    """The names of towns that divisions called by their adjectives may have their names from.

    Args:
        keys: folded names of a division: "шебекинскии раион".
    """
    for inflected in (inflection(one) for one in known() if _inflects(one)):
        for word in (key.partition(" ")[0] for key in keys):
            for ending in ("ии", "ыи"):
                if word.endswith(ending):
                    yield from _of_stem(inflected, word.removesuffix(ending))


def _inflects(language: Language) -> bool:
    return language.morphology != "none" and language.has("places.toml")


def _of_stem(inflected: Inflection, stem: str) -> Iterable[str]:
    for suffix, ends in inflected.adjectives.items():
        if stem.endswith(suffix) and len(stem) - len(suffix) >= _STEM:
            yield from (stem.removesuffix(suffix) + end for end in ends)


@lru_cache(maxsize=65536)
def openings(inflected: Inflection, gazetteer: Gazetteer, word: str) -> tuple[tuple[str, int], ...]:
    """The words that a folded word may be a form of, as far as a name begins so."""
    pairs = ((form, inflected.extends(form, gazetteer)) for form in forms(inflected, word, _STEM))
    return tuple(
        (form, state)
        for form, state in pairs
        if state and (len(form) >= _SHORTEST or form in inflected.names)
    )
