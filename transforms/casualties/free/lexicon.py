"""The casualty words of a language of free word order, from its casualties.toml, by lemma."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from seeds import read as seeds
from transforms import morphology
from transforms.casualties import lexicon as shared

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from transforms.casualties.lexicon import Person
    from transforms.language import Language
    from transforms.model import Category, Measure
    from transforms.number_words import NumberLexicon

Kind = Literal[
    "suffer",  # a verb whose subject it befell: "погибли"
    "harm",  # a verb whose object it befell: "вбили двох", "ранены"
    "victim",  # a noun for whom it befell: "троє загиблих"
    "fate",  # a noun for what befell whoever is in the genitive: "загибель двох"
    "pair",  # a noun with one of its verbs or adjectives: "дістали поранення", "у важкому стані"
    "loss",  # a side's losses: "ворог втратив 1200 осіб"
]


@dataclass(frozen=True, slots=True)
class Entry:
    """One casualty word: what it tells, and how its people stand to it."""

    kind: Kind
    measure: Measure
    needs: frozenset[str] = frozenset()  # lemmas of which one stands in the clause
    within: int = 8  # of so many words
    inclusive: bool = False  # the dead are counted in
    own: bool = False  # it tells only of people in its own piece: "3 тяжело"
    alone: bool = False  # "у лікарні": with a preposition it needs no other word
    denied: bool = False  # "не знайшли": only with a negation right before
    claimed: bool = False  # a word of war reports: of many soldiers it tells a side's losses
    named: bool = False  # of things, too: its people are named, "збили 12" are drones
    counted: bool = False  # only of people with a number: "п'ятьом надали допомогу"
    dative: bool = False  # its people stand in that case: "чоловікові відірвало ногу"
    fated: bool = False  # without a word that it needs it is a fate: "поранення двох"
    lone: bool = False  # an adjective that stands for people: "двоє важких"
    beside: frozenset[str] = frozenset()  # lemmas of which one stands right before
    unless: frozenset[str] = frozenset()  # lemmas of which none stands in the clause


@dataclass(frozen=True, slots=True)
class FreeLexicon:
    """What the reading of free word order knows of one language."""

    entries: Mapping[str, Entry]
    people: Mapping[str, Person]
    adjectives: Mapping[str, Category]
    numbers: NumberLexicon
    counted: frozenset[str]  # forms that after a number are people of either sex
    light: frozenset[str]  # verbs that only carry a casualty noun: "дістати"
    not_people: frozenset[str]  # beings, and things that are counted like them
    measures: frozenset[str]  # after a number they show that it counts no people
    prepositions: frozenset[str]
    conjunctions: frozenset[str]
    adversative: frozenset[str]
    relatives: frozenset[str]
    subset: Mapping[str, list[tuple[str, ...]]]  # "серед них"; by first word
    partitive: Mapping[str, list[tuple[str, ...]]]  # "з них"
    among: frozenset[str]  # before a victim noun: "серед загиблих двоє дітей"
    none: frozenset[str]  # "немає"
    without: frozenset[str]  # right before the noun: "без жертв"
    avoided: frozenset[str]  # "не обошлось без": there were some
    nobody: frozenset[str]
    negation: frozenset[str]
    news: frozenset[str]  # "інформації про постраждалих немає": what is not there is word of it
    exist: frozenset[str]  # "є загиблі"
    toll: frozenset[str]  # "кількість загиблих"
    also: frozenset[str]
    earlier: frozenset[str]  # "раніше повідомляли про двох загиблих"
    reported: frozenset[str]
    cause: frozenset[str]  # "від поранень": told of before
    inside: frozenset[str]  # "двоє в реанімації": a place says enough without a verb
    ordinals: frozenset[str]
    nth: Mapping[str, int]  # "третя жертва"
    all: frozenset[str]  # "усі загиблі": those told of before
    sized: frozenset[str]  # "родина з чотирьох людей"
    aged: frozenset[str]  # "45-річний"
    couples: frozenset[str]  # "подружжя": two people
    copulas: frozenset[str]  # "вважаються зниклими"
    found: frozenset[str]  # "маємо загиблого": verbs whose object there is
    lifeless: frozenset[str]  # "без ознак життя"
    this: frozenset[str]  # "це чоловік і двоє дітей": who those are that were counted
    parts: frozenset[str]  # words for people that are parts of the body, too
    persons: frozenset[str]  # numbers that count nothing else: "семерых"
    years: frozenset[str]
    pronouns: frozenset[str]  # "він", "її"
    carry: frozenset[str]  # verbs with people as their object: "доставили жінку до лікарні"
    deadly: frozenset[str]  # "смертельні поранення"
    failed: frozenset[str]  # "врятувати не вдалося"
    search: frozenset[str]  # "пошуки тривають": who may be there is looked for
    already: frozenset[str]  # "наразі їх уже п'ятеро"
    having: frozenset[str]  # "у чоловіка – контузія"
    refuted: frozenset[str]  # "інформація про загиблих не підтвердилася"
    by: frozenset[str]  # "зросла *на* двох – до п'яти"
    together: frozenset[str]  # "загинули мати з донькою"
    corrected: frozenset[str]  # "прокуратура уточнила: загинули семеро"


@cache
def load(language: Language) -> FreeLexicon:
    """The lexicon of a language.

    Raises:
        seeds.read.SeedError: a file of the lexicon is missing.
    """
    own = shared.load(language.code)
    nouns = seeds.toml(f"{language.folder}/people.toml")
    seed = seeds.toml(f"{language.folder}/casualties.toml")
    words = seed["words"]
    sets: dict[str, Any] = {name: frozenset(words[name]) for name in _SETS}
    phrases: dict[str, Any] = {name: shared.by_first(words[name]) for name in _PHRASES}
    return FreeLexicon(
        entries=_entries(seed, morphology.speller(language) or str),
        people=own.people,
        adjectives=own.adjectives,
        numbers=own.numbers,
        prepositions=own.grammar.preposition,
        counted=frozenset(nouns["counted"]["forms"]),
        measures=own.numbers.not_people_after,
        pronouns=own.grammar.pronoun,
        nth={word: number for number, word in enumerate(words["ordinals"], 2)},
        light=frozenset(w for row in seed["pair"] for w in row["needs"]),
        **sets,
        **phrases,
    )


_LEMMAS = ("needs", "beside", "unless")
_FLAGS = (
    *("within", "inclusive", "own", "alone", "denied", "claimed", "named", "counted", "dative"),
    *("lone", "fated"),
)
_PHRASES = ("subset", "partitive")
_SETS = (
    *("not_people", "conjunctions", "adversative", "relatives", "among", "none", "nobody"),
    *("without", "avoided", "earlier", "reported", "cause", "inside", "ordinals", "sized", "all"),
    *("parts", "lifeless", "this", "having", "refuted", "persons", "copulas", "found"),
    *("negation", "news", "exist", "toll", "also", "aged", "years", "couples"),
    *("carry", "deadly", "failed", "search", "already", "corrected", "by", "together"),
)


def _entries(seed: Mapping[str, Any], spell: Callable[[str], str]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for kind in ("suffer", "harm", "victim", "fate", "pair", "loss"):
        for row in seed.get(kind, ()):
            traits: dict[str, Any] = {name: row[name] for name in _FLAGS if name in row}
            for name in _LEMMAS:
                words = row.get(name, ())
                traits[name] = frozenset((*words, *map(spell, words)))
            entry = Entry(kind, row["measure"], **traits)
            for word in row["words"]:
                found.setdefault(word, entry)
                found.setdefault(spell(word), entry)
    return found
