"""Counts people told of one by one: "a man was shot … the man, 24, died … John Smith"."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from transforms import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transforms.casualties.resolve import Stated
    from transforms.model import Measure
    from transforms.text import Doc

_HURT = frozenset({"injured", "hospitalised", "critically_injured"})
_SEXED = {"he": "men", "him": "men", "she": "women", "her": "women"}


#: Nouns that take up anyone: "the man", "the victim".
_GENERIC = frozenset(
    """man woman boy girl child teen teenager victim person youth male female infant baby toddler
    he she him her his old year month patient suspect gunman shooter deceased kid mother father
    son daughter brother sister husband wife friend resident officer adult""".split()
)


@dataclass(slots=True)
class Person:
    """One person as far as the article tells them apart."""

    sex: str | None
    age: int | None
    age_group: str | None
    names: set[str]
    nouns: set[str]  # the heads by which they were called
    last_sentence: int
    measures: set[Measure] = field(default_factory=set)
    #: people told of beside this one as others, by identity
    apart: set[int] = field(default_factory=set)

    @property
    def named(self) -> bool:
        """Whether the article gives a name."""
        return bool(self.names)


@dataclass(frozen=True, slots=True)
class Traits:
    """What one mention tells of a person."""

    sex: str | None
    age: int | None
    age_group: str | None
    names: frozenset[str]
    head: str | None
    kind: str
    further: bool
    part: bool


def ledger(doc: Doc, stated: Iterable[Stated]) -> list[Person]:
    """The people that an incident's singular claims tell of, each counted once."""
    persons: list[Person] = []
    by_group: dict[int, Person] = {}
    for item in stated:
        group = item.mention.group
        if group is None or not single(item):
            continue
        person = by_group.get(id(group))
        if person is None:
            traits = _traits(doc, item)
            same_sentence = {id(p) for p in by_group.values() if p.last_sentence == item.sentence}
            person = _known(persons, traits, same_sentence)
            if person is None:
                person = Person(
                    traits.sex,
                    traits.age,
                    traits.age_group,
                    set(traits.names),
                    set(),
                    item.sentence,
                )
                new = traits.further or (traits.kind == "definite" and not _is_generic(traits))
                others = {id(p) for p in persons} if new else same_sentence
                person.apart |= others
                persons.append(person)
            _learn(person, traits, item.sentence)
            by_group[id(group)] = person
        person.measures.add(item.claim.measure)
    return _merged(persons)


def _merged(persons: list[Person]) -> list[Person]:
    """Makes one of two of whom nothing says that they differ: "Smith" and "a man of 24"."""
    kept: list[Person] = []
    for person in persons:
        one = next((other for other in kept if _may_be(other, person)), None)
        if one is None:
            kept.append(person)
            continue
        one.sex, one.age = one.sex or person.sex, one.age if one.age is not None else person.age
        one.age_group = one.age_group or person.age_group
        one.names |= person.names
        one.measures |= person.measures
        one.apart |= person.apart | {id(person)}
    return kept


def _may_be(one: Person, other: Person) -> bool:
    """Whether two people may be one: no trait, no name and no sentence sets them apart."""
    if id(one) in other.apart or id(other) in one.apart or (one.names and other.names):
        return False
    heads = one.nouns - _GENERIC, other.nouns - _GENERIC
    if heads[0] and heads[1] and heads[0].isdisjoint(heads[1]):
        return False
    traits = ((one.sex, other.sex), (one.age, other.age), (one.age_group, other.age_group))
    return all(a is None or b is None or a == b for a, b in traits)


def single(item: Stated) -> bool:
    """Whether a claim is of one person: "a man", "one man"; not "one of them"."""
    group = item.mention.group
    if group is None or group.partitive:
        return False
    return item.claim.qualifier == "implied"


def killed(persons: Iterable[Person]) -> int:
    """How many of them died."""
    return sum("killed" in person.measures for person in persons)


def hurt(persons: Iterable[Person]) -> int:
    """How many of them were hurt and are not told dead."""
    return sum(
        "killed" not in person.measures and not _HURT.isdisjoint(person.measures)
        for person in persons
    )


def _traits(doc: Doc, item: Stated) -> Traits:
    group = item.mention.group
    assert group is not None
    words = doc.words[group.first : group.last]
    lower = doc.lower[group.first : group.last]
    after = group.head - group.first + 1 if group.head is not None else 0
    first = 0 if group.kind == "name" else after or len(words)
    names = frozenset(
        low.removesuffix("'s")
        for word, low in zip(words[first:], lower[first:], strict=True)
        if word[0].isupper() and len(low) > 1
    )
    sex = item.claim.sex or _SEXED.get(lower[0])
    kind = "definite" if group.kind in ("pronoun", "definite") else group.kind
    return Traits(
        sex,
        _age(doc, group.first, group.last),
        item.claim.age_group,
        names,
        doc.lower[group.head].removesuffix("'s") if group.head is not None else None,
        kind,
        group.further,
        item.mention.part,
    )


def _age(doc: Doc, first: int, last: int) -> int | None:
    """ "a 24-year-old man", "the man, 24,", "Smith (24)"."""
    for i in range(first, last):
        if "old" in doc.lower[i + 1 : i + 6]:
            number = numbers.cardinal(doc.lower, i, last, numbers.lexicon("en"))
            if number is not None:
                return number[0]
    after = doc.lower[last : last + 2]
    if len(after) == 2 and after[0] in (",", "(") and after[1].isdecimal() and len(after[1]) <= 3:
        return int(after[1])
    return None


def _known(persons: list[Person], traits: Traits, same_sentence: set[int]) -> Person | None:
    """The person told of before that this mention takes up, if any."""
    if traits.further:
        return None
    for person in reversed(persons):
        if traits.names and person.named and traits.names & person.names:
            return person
    fitting = [
        p
        for p in reversed(persons)
        if _fits(p, traits) and not (traits.part and id(p) in same_sentence)
    ]
    if traits.kind == "definite":
        # "the driver" is whoever was called a driver before; "the victim" may be anyone
        anyone = _is_generic(traits)
        return next((p for p in fitting if anyone or traits.head in p.nouns), None)
    return next((p for p in fitting if id(p) not in same_sentence), None)


def _fits(person: Person, traits: Traits) -> bool:
    if person.sex and traits.sex and person.sex != traits.sex:
        return False
    if person.age is not None and traits.age is not None and person.age != traits.age:
        return False
    if person.age_group and traits.age_group and person.age_group != traits.age_group:
        return False
    if person.names and traits.names:
        return False
    told = person.nouns - _GENERIC
    return _is_generic(traits) or not told or traits.head in told


def _is_generic(traits: Traits) -> bool:
    return traits.head is None or traits.head in _GENERIC


def _learn(person: Person, traits: Traits, sentence: int) -> None:
    person.sex = person.sex or traits.sex
    person.age = person.age if person.age is not None else traits.age
    person.age_group = person.age_group or traits.age_group
    person.names |= traits.names
    if traits.head is not None:
        person.nouns.add(traits.head)
    person.last_sentence = sentence
