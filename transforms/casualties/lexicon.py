"""The words of casualty language as look-up tables, built once a language from seeds/lexicons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from seeds import read as seeds
from transforms import language as languages
from transforms import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from transforms.model import Category, Measure


@dataclass(frozen=True, slots=True)
class Person:
    """What a noun for people tells of them."""

    category: Category
    plural: bool
    sex: str | None
    age_group: str | None
    collective: bool = False  # "family", "crew": several people, no number


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase that tells of casualties, and how its victims stand beside it."""

    words: tuple[str, ...]
    measure: Measure
    #: past | ing | present | intransitive | state | counted | event_noun | multiple | toll
    form: str
    inclusive: bool = False  # the number counts dead and hurt alike
    people_only: bool = False  # counts only with a noun for people
    needs: frozenset[str] = frozenset()  # one of these stands in the sentence …
    within: int | None = None  # … at most so many words after it
    unless: frozenset[str] = frozenset()  # none of these stands so near on either side
    count: int | None = None  # "double homicide": how many people the word itself tells of
    least: bool = False  # that many at least


@dataclass(frozen=True, slots=True)
class Grammar:
    """Function words of one language; see seeds/lexicons/<language>/grammar.toml."""

    be: frozenset[str]
    have: frozenset[str]
    modal: frozenset[str]
    negation: frozenset[str]
    determiner: frozenset[str]
    indefinite: frozenset[str]
    possessive: frozenset[str]
    preposition: frozenset[str]
    conjunction: frozenset[str]
    subordinator: frozenset[str]
    relative: frozenset[str]
    comma: frozenset[str]
    adverb: frozenset[str]
    reporting: frozenset[str]
    verb: frozenset[str]
    other: frozenset[str]
    zero: frozenset[str]
    not_name: frozenset[str]
    not_people: frozenset[str]
    pronoun: frozenset[str]
    including: Mapping[str, list[tuple[str, ...]]]
    predicate: frozenset[str]  # verbs, of reporting and others
    stop: frozenset[str]  # words that end a noun phrase


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that the casualty reader knows of one language."""

    people: Mapping[str, Person]
    triggers: Mapping[str, list[Trigger]]  # by first word
    lengths: Mapping[str, list[int]]  # of the triggers with a first word, longest first
    by_words: Mapping[tuple[str, ...], list[Trigger]]
    grammar: Grammar
    numbers: numbers.NumberLexicon
    plain: frozenset[str]  # words that are no name in capitals
    rebels: frozenset[str]  # names of armed groups, beside which a rank is a militant's
    members: frozenset[str]  # "members of the battalion": of the side of their body
    bodies: Mapping[str, Category]
    fellows: frozenset[str]  # "two of his colleagues": of the same kind as he
    adjectives: Mapping[str, Category]  # words that tell of what kind some people are
    aged: frozenset[str]  # after a number and a hyphen: "14-річний"
    young: frozenset[str]  # words that say the age of a child: "п'ятирічний"
    born: frozenset[str]  # after a year: it is that of a birth
    openers: frozenset[str]  # words with which a group of people may begin


@cache
def load(language: str) -> Lexicon:
    """The lexicon of a language.

    Raises:
        seeds.read.SeedError: a file of the lexicon is missing or malformed.
    """
    own = languages.load(language)
    folder, fixed = own.folder, own.order == "fixed"
    nouns = seeds.toml(f"{folder}/people.toml")
    people = _people(nouns, inflects=fixed)
    # the frames that go by the place of a word are of no use where the order is free
    by_words = _triggers(seeds.toml(f"{folder}/casualty_frames.toml")) if fixed else {}
    plain = seeds.lines(f"{folder}/plain_words.txt") if fixed else ()
    triggers: dict[str, list[Trigger]] = {}
    for words, entries in by_words.items():
        triggers.setdefault(words[0], []).extend(entries)
    grammar = _grammar(seeds.toml(f"{folder}/grammar.toml"), nouns, complete=fixed)
    counting = numbers.lexicon(language)
    return Lexicon(
        people=people,
        triggers=triggers,
        lengths={word: _lengths(entries) for word, entries in triggers.items()},
        by_words=by_words,
        grammar=grammar,
        numbers=counting,
        plain=frozenset(plain).difference(people),
        rebels=frozenset(nouns["rebels"]["groups"]),
        fellows=frozenset(nouns["fellows"]["words"]),
        adjectives={
            w: kind for kind, told in nouns.get("adjectives", {}).items() for w in told.split()
        },
        aged=frozenset(nouns.get("ages", {}).get("aged", ())),
        young=frozenset(nouns.get("ages", {}).get("young", "").split()),
        born=frozenset(nouns.get("ages", {}).get("born", ())),
        openers=counting.starts.union(grammar.zero, grammar.pronoun, grammar.determiner, people),
        members=frozenset(nouns["bodies"]["members"]),
        bodies={
            word: side
            for side, told in nouns["bodies"].items()
            if side != "members"
            for word in told.split()
        },
    )


def _plural(noun: str) -> str:
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith(("s", "sh", "ch", "x", "z")):
        return noun + "es"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def _people(seed: dict[str, Any], *, inflects: bool) -> dict[str, Person]:
    """Nouns for people; with their plurals, unless those are read by their lemmas."""
    sexes = {w: sex for sex, words in seed["sex"].items() for w in words.split()}
    ages = {w: age for age, words in seed["age"].items() for w in words.split()}
    collective = set(seed["collective"]["words"])
    table: dict[str, Person] = {}

    def add(form: str, category: Category, plural: bool) -> None:
        person = Person(category, plural, sexes.get(form), ages.get(form), form in collective)
        table.setdefault(form, person)

    for form, singular in seed["irregular"].items():
        add(form, _category_of(seed, singular), plural=True)
    for category, words in seed["category"].items():
        for noun in words.split():
            add(noun, category, plural=False)
            if inflects and not noun.endswith("men"):
                add(_plural(noun), category, plural=True)
    return table


def _category_of(seed: dict[str, Any], noun: str) -> Category:
    for category, words in seed["category"].items():
        if noun in words.split():
            return category  # type: ignore[no-any-return]
    return "unknown"


def _lengths(triggers: Iterable[Trigger]) -> list[int]:
    return sorted({len(trigger.words) for trigger in triggers}, reverse=True)


def _triggers(frames: dict[str, Any]) -> dict[tuple[str, ...], list[Trigger]]:
    found: list[Trigger] = []
    for row in frames["verb"]:
        for form in row["forms"]:
            found.append(_trigger(form, row, _verb_form(form)))
    for row in frames["phrase"]:
        for words in row["words"]:
            act = row["acts_as"]
            found.append(_trigger(words, row, _verb_form(words) if act == "verb" else act))
    for kind in ("event_noun", "counted", "found_body", "deadly", "multiple"):
        for row in frames[kind]:
            found.extend(_trigger(word, row, kind) for word in row["words"])
    for head in frames["toll"]["heads"]:
        hurt = any(word in head for word in frames["toll"]["injured_words"])
        lost = any(word in head for word in frames["toll"]["missing_words"])
        measure = "injured" if hurt else "missing" if lost else "killed"
        found.append(_trigger(head, {"measure": measure}, "toll"))
    index: dict[tuple[str, ...], list[Trigger]] = {}
    for trigger in found:
        index.setdefault(trigger.words, []).append(trigger)
    for entries in index.values():
        entries.sort(key=lambda t: t.form != "event_noun")
    return index


def _verb_form(words: str) -> str:
    parts = words.split()
    if any(part.endswith("ing") for part in parts):
        return "ing"
    if parts[0] in _PRESENT:
        return "present"
    return "past"


#: First words of verb entries that stand in the present or the infinitive.
_PRESENT = frozenset(
    """
    kill kills murder murders assassinate assassinates slay slays slaughter slaughters
    execute executes massacre massacres behead beheads lynch lynches liquidate liquidates
    neutralise neutralize eliminate eliminates annihilate injure injures wound wounds hurts maim
    maims shoot shoots stabs hospitalise hospitalize capture captures detain detains
    apprehend kidnap kidnaps abduct abducts displace displaces rescue rescues guns
    """.split()
)


def _trigger(words: str, row: Mapping[str, Any], form: str) -> Trigger:
    return Trigger(
        words=tuple(words.replace("-", " - ").split()),
        measure=row["measure"],
        form=form,
        inclusive=row.get("inclusive", False),
        people_only=row.get("people_only", False),
        needs=frozenset(row.get("needs", ())),
        within=row.get("within"),
        unless=frozenset(row.get("unless", ())),
        count=row.get("count"),
        least=row.get("least", False),
    )


def _grammar(seed: dict[str, Any], people: dict[str, Any], *, complete: bool) -> Grammar:
    def words(name: str) -> frozenset[str]:
        value = seed[name] if complete else seed.get(name, "")
        return frozenset(value.split() if isinstance(value, str) else value)

    stop: set[str] = set()
    for name in ("be", "have", "modal", "preposition", "conjunction", "subordinator", "relative"):
        stop |= words(name)
    stop |= words("comma") | words("reporting") | words("verb") | words("determiner")
    return Grammar(
        be=words("be"),
        have=words("have"),
        modal=words("modal"),
        negation=words("not"),
        determiner=words("determiner"),
        indefinite=words("indefinite"),
        possessive=words("possessive"),
        preposition=words("preposition"),
        conjunction=words("conjunction"),
        subordinator=words("subordinator"),
        relative=words("relative"),
        comma=words("comma"),
        adverb=words("adverb"),
        reporting=words("reporting"),
        verb=words("verb"),
        other=words("other"),
        zero=words("zero"),
        not_name=words("not_name"),
        not_people=words("not_people"),
        pronoun=frozenset(people["definite"]["pronouns"]),
        including=by_first(seed.get("including", ())),
        predicate=words("reporting") | words("verb"),
        stop=frozenset(stop | {".", "!", "?", '"', "“", "”", "'", "‘"}),
    )


def by_first(phrases: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    """Phrases indexed by their first word, the longest first."""
    index: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        index.setdefault(words[0], []).append(words)
    for entries in index.values():
        entries.sort(key=len, reverse=True)
    return index
