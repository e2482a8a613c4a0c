"""Counts people told of one by one: "a man was shot … the man, 24, died … John Smith".

The burden of proof lies on a mention to be of somebody new: it tells of a person already known
unless a name, a sex, an age, a trade, a word such as "another" or its place beside that person's
mention says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from transforms.casualties import traits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transforms.casualties.resolve import Stated
    from transforms.casualties.traits import Name, Traits
    from transforms.model import Measure
    from transforms.text import Doc

_HURT = frozenset({"injured", "hospitalised", "critically_injured"})
#: Measures whose people are one ledger's: whoever is hurt may be the one who died.
VICTIMS = _HURT | {"killed", "missing"}
#: Another victim is brought in within so many sentences of the one before.
_REACH = 2


@dataclass(slots=True, eq=False)
class Person:
    """One person as far as the article tells them apart."""

    sex: str | None = None
    age: int | None = None
    age_groups: set[str] = field(default_factory=set)
    name: Name = ()  # the fullest that the article gives
    nouns: set[str] = field(default_factory=set)  # by which they were called
    trades: set[str] = field(default_factory=set)  # of these, what they do
    attacker: bool = False  # called by a noun for who attacked
    other: bool = False  # brought in as "another"
    before: int = 0  # so many died before "a third person has died" opens the article
    only_hit: bool = True  # "was shot", and no word of living or dying
    first_sentence: int = -1
    last_sentence: int = -1
    measures: set[Measure] = field(default_factory=set)


def ledger(doc: Doc, stated: Iterable[Stated]) -> list[Person]:
    """The people that an incident's singular claims tell of, each counted once."""
    persons: list[Person] = []
    by_group: dict[int, Person] = {}
    for number, item in enumerate(stated):
        group = item.mention.group
        if group is None or not single(item):
            continue
        person = by_group.get(id(group))
        if person is None:
            told = traits.of(doc, item)
            person = _named(doc, persons, told) or _known(persons, told, item)
            if person is None:
                before = told.rank - 1 if number == 0 else 0
                person = Person(other=told.further, before=before, first_sentence=item.sentence)
                persons.append(person)
            _learn(person, told, item.sentence)
            by_group[id(group)] = person
        person.measures.add(item.claim.measure)
        person.only_hit = person.only_hit and item.mention.inclusive
    return persons


def single(item: Stated) -> bool:
    """Whether a claim is of one person: "a man", "one man"; not "one of them"."""
    group = item.mention.group
    if group is None or group.partitive:
        return False
    return item.claim.qualifier == "implied"


def killed(persons: Iterable[Person]) -> int:
    """How many of them died."""
    return sum("killed" in person.measures for person in persons)


def all_killed(persons: Iterable[Person]) -> int:
    """How many died, with those before "a third person has died" opens the article."""
    dead = _together(person for person in persons if "killed" in person.measures)
    return max(len(dead), *(person.before + 1 for person in dead)) if dead else 0


def hurt(persons: Iterable[Person]) -> int:
    """How many of them were hurt and are not told dead."""
    known = list(persons)
    dead = [person for person in known if "killed" in person.measures]
    alive = [p for p in known if p not in dead and not _HURT.isdisjoint(p.measures)]
    return len(_together(p for p in alive if not any(_is_one(p, other) for other in dead)))


def _is_one(person: Person, dead: Person) -> bool:
    """Whether someone who "was shot" is the dead one in other words: nothing tells them apart.

    A name does not: the dead are named after they were told of, and in more ways than one.
    """
    told_apart = (
        person.other
        or person.age is not None
        or person.sex not in (None, dead.sex)
        or bool(person.trades)
        or person.attacker
    )
    return person.only_hit and not told_apart


def _together(persons: Iterable[Person]) -> list[Person]:
    """Those brought in one soon after another.

    Who seems to be new further down is nearly always one of them in other words, "the honour
    student" after "a teen", or a victim of another attack that is told of without a day.
    """
    found: list[Person] = []
    for person in persons:
        if not found or person.first_sentence - found[-1].first_sentence <= _REACH:
            found.append(person)
    return found


def _named(doc: Doc, persons: list[Person], told: Traits) -> Person | None:
    """The person who bears the name that a mention gives."""
    for person in reversed(persons):
        if traits.same_name(doc, person.name, told.name):
            ages_differ = None not in (person.age, told.age) and person.age != told.age
            if not (ages_differ or _sexes_differ(person, told)):
                return person
    return None


def _known(persons: list[Person], told: Traits, item: Stated) -> Person | None:
    """The person told of before whom a mention takes up, if any: the likeliest of those it fits."""
    fitting = [
        person for person in persons if _fits(person, told) and not _set_apart(person, told, item)
    ]
    return max(fitting, key=lambda person: _likeness(person, told, item), default=None)


def _likeness(person: Person, told: Traits, item: Stated) -> tuple[bool, bool, bool, int]:
    """What speaks for a person: the age, a death told again, the noun; else who was told last."""
    return (
        told.age is not None and person.age == told.age,
        item.claim.measure == "killed" and "killed" in person.measures,
        told.noun in person.nouns,
        person.last_sentence,
    )


def _fits(person: Person, told: Traits) -> bool:
    """Whether nothing that is told of a person tells against a mention of them."""
    if (person.name and told.name) or _sexes_differ(person, told):
        return False
    if person.trades and told.trade and told.noun not in person.trades:
        return False
    return traits.ages_agree((person.age, told.age), (*person.age_groups, told.age_group))


def _set_apart(person: Person, told: Traits, item: Stated) -> bool:
    """Whether the words of a mention say that it is of somebody else."""
    measure = item.claim.measure
    if told.further:
        again = person.other and person.last_sentence != item.sentence
        return not again and (told.age is None or person.age != told.age)
    if told.attacker and not person.attacker:
        return bool(person.nouns)  # "a woman was shot … the gunman was killed"
    if "killed" in person.measures and measure != "killed" and told.trade:
        return told.noun not in person.nouns  # "a man died … the driver was hurt"
    if person.last_sentence != item.sentence:
        return False
    return item.mention.part or not (told.takes_up or measure in person.measures)


def _sexes_differ(person: Person, told: Traits) -> bool:
    return None not in (person.sex, told.sex) and person.sex != told.sex


def _learn(person: Person, told: Traits, sentence: int) -> None:
    person.sex = person.sex or told.sex
    person.age = person.age if person.age is not None else told.age
    if told.age_group is not None:
        person.age_groups.add(told.age_group)
    person.name = max(person.name, told.name, key=len)
    person.attacker = person.attacker or told.attacker
    if told.noun is not None:
        person.nouns.add(told.noun)
        if told.trade:
            person.trades.add(told.noun)
    person.last_sentence = sentence
