"""The number words of a language, and how its numbers are put together: its numbers.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from seeds import read as seeds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from transforms.text import Doc

Phrases = dict[str, list[tuple[tuple[str, ...], str]]]


@dataclass(frozen=True, slots=True)
class NumberLexicon:
    """The number words of one language, indexed by their first (or last) word."""

    cardinals: Mapping[str, int]
    scales: Mapping[str, int]
    collectives: Mapping[str, int]
    vague: Mapping[str, list[tuple[tuple[str, ...], tuple[int, int]]]]
    before: Phrases  # by last word
    after: Phrases  # by first word
    not_people_after: frozenset[str]
    not_people_before: frozenset[str]
    starts: frozenset[str]  # words that may begin a number
    fixed: Mapping[str, list[tuple[tuple[str, ...], int]]]
    multiples: Mapping[str, int]
    alone: frozenset[str]
    grammar: Grammar
    words: frozenset[str]  # every word of the lexicon


@dataclass(frozen=True, slots=True)
class Grammar:
    """How the numbers of one language are put together; see its numbers.toml."""

    articles: frozenset[str]
    bare_scales: bool
    spaced: bool
    links: frozenset[str]
    range: frozenset[str]
    between: frozenset[str]
    between_joins: frozenset[str]
    opening: frozenset[str]
    anywhere: frozenset[str]
    from_: frozenset[str]
    never_vague_after: frozenset[str]
    further: frozenset[str]
    rise: frozenset[str]
    rise_to: frozenset[str]
    rise_within: int


@cache
def lexicon(language: str) -> NumberLexicon:
    """The number lexicon of a language, read once."""
    seed = seeds.toml(f"lexicons/{language}/numbers.toml")
    vague: dict[str, list[tuple[tuple[str, ...], tuple[int, int]]]] = {}
    for phrase, (low, high) in seed["vague"].items():
        words = tuple(phrase.split())
        vague.setdefault(words[0], []).append((words, (low, high)))
    for entries in vague.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    fixed: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for phrase, value in seed["fixed"].items():
        fixed.setdefault(phrase.split()[0], []).append((tuple(phrase.split()), value))
    grammar = _grammar(seed["grammar"])
    starts = {*seed["cardinals"], *seed["collectives"], *vague, *fixed, *seed["scales"]}
    starts |= grammar.articles | grammar.between
    return NumberLexicon(
        cardinals=seed["cardinals"],
        scales=seed["scales"],
        collectives=seed["collectives"],
        vague=vague,
        before=_phrases(seed["before"], key=-1),
        after=_phrases(seed["after"], key=0),
        not_people_after=frozenset(seed["not_people"]["after_number"]),
        not_people_before=frozenset(seed["not_people"]["before_number"]),
        starts=frozenset(starts),
        fixed=fixed,
        multiples=seed["multiples"],
        alone=frozenset(seed["alone"]["words"]),
        grammar=grammar,
        words=frozenset(_all_words(seed)),
    )


def _grammar(seed: Mapping[str, Any]) -> Grammar:
    told: dict[str, Any] = {
        key.replace("from", "from_"): frozenset(value) if isinstance(value, list) else value
        for key, value in seed.items()
    }
    return Grammar(**told)


def _all_words(seed: Mapping[str, Any]) -> Iterator[str]:
    for table in seed.values():
        lists = [value for value in table.values() if isinstance(value, list)]
        phrases = [*table, *(item for value in lists for item in value if isinstance(item, str))]
        yield from (word for phrase in phrases for word in phrase.split())


def spelling(doc: Doc, lex: NumberLexicon) -> list[str]:
    """A text's words as its number lexicon has them: a form that it lists, else the lemma."""
    if doc.lemma is doc.lower:
        return doc.lower
    known = lex.words
    return [
        low if low in known or lemma not in known else lemma
        for low, lemma in zip(doc.lower, doc.lemma, strict=True)
    ]


def _phrases(table: Mapping[str, list[str]], key: int) -> Phrases:
    index: Phrases = {}
    for meaning, phrases in table.items():
        for phrase in phrases:
            words = tuple(phrase.split())
            index.setdefault(words[key], []).append((words, meaning))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return index
