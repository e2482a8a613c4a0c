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
    found = ((at, _reading(language, word, case, words[:at])) for at, word in enumerate(words))
    head, form = next(((at, one) for at, one in found if one), (len(words), None))
    if form is None:
        return list(words)
    changed = [_adjective(language, word, case, form) for word in words[:head]]
    several = _number(form) == "plur"
    noun = form.inflect({"nomn", "plur"}) if several else None
    made = noun.word if noun else form.normal_form  # a dictionary may lack the nominative alone
    return [*changed, _spelled(words[head], made), *words[head + 1 :]]


def name(language: Language, words: Sequence[str], case: str) -> list[str]:
    """A person's name in the nominative: "Олега Гриценка" is "Олег Гриценко"."""
    gender = next(
        (g for word in words for g in [_gender(language, word, case)] if g is not None), None
    )
    return [_of_person(language, word, case, gender) for word in words]


def _reading(language: Language, word: str, case: str, before: Sequence[str]) -> Any:
    """The reading of a word as a noun in a case that agrees with the adjectives before it."""
    found = [one for one in _parse(language, word) if one.tag.POS == "NOUN" and case in one.tag]
    told = {
        _number(one)
        for adjective in before
        for one in _parse(language, adjective)
        if one.tag.POS in _ADJECTIVES and case in one.tag
    }
    agreeing = [one for one in found if not told or _number(one) in told]
    return next(iter(agreeing or found), None)


def _number(form: Any) -> str:
    """What a noun and its adjectives agree in: the gender, or that they are several."""
    return "plur" if "plur" in form.tag else str(form.tag.gender or "sing")


def _adjective(language: Language, word: str, case: str, noun: Any) -> str:
    readings = [one for one in _parse(language, word) if one.tag.POS in _ADJECTIVES]
    fitting = [one for one in readings if case in one.tag]
    if not fitting:
        return word
    wanted = {"nomn", _number(noun)}
    best = next((one for one in fitting if _number(one) == _number(noun)), fitting[0])
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
    return word if form is None else _spelled(word, form.word)


def _spelled(word: str, made: str) -> str:
    if word.isupper():
        return word
    return made.capitalize() if word[0].isupper() else made


@lru_cache(maxsize=16384)
def _parse(language: Language, word: str) -> tuple[Any, ...]:
    return tuple(morphology.forms(language).readings(word))
