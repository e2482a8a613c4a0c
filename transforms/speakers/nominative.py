"""Phrases in the nominative: "за словами голови ОВА Олега Гриценка" is said by "голова ОВА"."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from transforms import morphology

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.language import Language

_ADJECTIVES = frozenset(("ADJF", "PRTF"))
_NAMES = frozenset(("Name", "Surn", "Patr"))
_GENDERS = ("masc", "femn", "neut")


def phrase(language: Language, words: Sequence[str], case: str) -> list[str]:
    """A noun phrase in the nominative: its adjectives and its noun; what depends on it stays.

    Args:
        language: of the words.
        words: as the text has them.
        case: in which the phrase stands, as OpenCorpora names it ("gent").
    """
    head, form = next(
        ((at, one) for at, word in enumerate(words) if (one := _reading(language, word, case))),
        (len(words), None),
    )
    if form is None:
        return list(words)
    changed = [_adjective(language, word, case, form) for word in words[:head]]
    return [*changed, _as(words[head], form.inflect({"nomn"})), *words[head + 1 :]]


def name(language: Language, words: Sequence[str], case: str) -> list[str]:
    """A person's name in the nominative: "Олега Гриценка" is "Олег Гриценко"."""
    gender = next(
        (g for word in words for g in [_gender(language, word, case)] if g is not None), None
    )
    return [_of_person(language, word, case, gender) for word in words]


def _reading(language: Language, word: str, case: str) -> Any:
    """The reading of a word as a noun in a case, None if it is none."""
    found = [one for one in _parse(language, word) if one.tag.POS == "NOUN" and case in one.tag]
    return found[0] if found else None


def _adjective(language: Language, word: str, case: str, noun: Any) -> str:
    readings = [one for one in _parse(language, word) if one.tag.POS in _ADJECTIVES]
    fitting = [one for one in readings if case in one.tag]
    if not fitting:
        return word
    number = "plur" if "plur" in noun.tag else None
    wanted = {"nomn", number or noun.tag.gender or "masc"}
    best = next((one for one in fitting if number is None or "plur" in one.tag), fitting[0])
    return _as(word, best.inflect(wanted))


def _gender(language: Language, word: str, case: str) -> str | None:
    for one in _parse(language, word):
        if "Name" in one.tag and case in one.tag:
            return next((gender for gender in _GENDERS if gender in one.tag), None)
    return None


def _of_person(language: Language, word: str, case: str, gender: str | None) -> str:
    for one in _parse(language, word):
        fits = case in one.tag and not _NAMES.isdisjoint(one.tag.grammemes)
        if fits and (gender is None or gender in one.tag or "GNdr" in one.tag):
            return _as(word, one.inflect({"nomn"}))
    return word


def _as(word: str, form: Any) -> str:
    """A form of a word, spelled with its capital; the word itself if there is no such form."""
    if form is None or word.isupper():
        return word
    made: str = form.word
    return made.capitalize() if word[0].isupper() else made


@lru_cache(maxsize=16384)
def _parse(language: Language, word: str) -> tuple[Any, ...]:
    return tuple(morphology.forms(language).readings(word))
