"""What one mention tells of a person: name, sex, age, and the noun that they are called by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from transforms import numbers
from transforms.casualties import lexicon
from transforms.casualties.one_by_one import words as told_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transforms.casualties.phrases import Group
    from transforms.casualties.resolve import Stated
    from transforms.text import Doc

Name = tuple[str, ...]

#: Between a first name and a surname stand so many words: an initial, a nickname in quotes.
_NAME_GAP = 3
_BETWEEN_NAMES = frozenset('."“”()-')
#: Words of an apposition that tells a name or an age.
_APPOSED = 9
_OF_AGE = frozenset({"a", "an", "-", "year", "month", "week", "day", "old", '"', "“", "”", "."})
_YEAR_PARTS = {"year": 1, "month": 12, "week": 52, "day": 365}
_ADULT = 18
#: An age may follow within so many words.
_AGE_AFTER = 1
#: At these ages one writer says "teenager", another "man".
_YOUTH = range(13, 21)
_OF_A = (["of", "a"], ["of", "an"], ["of", "another"])


@dataclass(frozen=True, slots=True)
class Traits:
    """What one mention tells of a person."""

    sex: str | None
    age: int | None  # in years
    age_group: str | None
    name: Name
    noun: str | None
    takes_up: bool  # "the man", "she": someone told of before
    further: bool  # "another man", "a third person": someone else
    rank: int  # of "a third person": 3; else 1
    trade: bool  # the noun tells what somebody does
    attacker: bool  # the noun tells who attacked


def of(doc: Doc, item: Stated) -> Traits:
    """The traits that a claim's group tells, with its apposition: "the girl, Ann Poe, 5,"."""
    group = item.mention.group
    assert group is not None
    first, last = _apposed(doc, group)
    age = years(doc, group.first, group.last)
    noun, known = _noun(doc, group), told_by(doc.language)
    predicate = group.first > 0 and doc.lemma[group.first - 1] in known.copulas
    return Traits(
        sex=known.sexes.get(doc.lemma[group.first]) if group.kind == "pronoun" else item.claim.sex,
        age=age if age is not None else years(doc, first, last),
        age_group=item.claim.age_group,
        name=_name(doc, group) or _name_at(doc, first, last),
        noun=noun,
        takes_up=group.kind in ("pronoun", "definite") or predicate,
        further=(group.further and not predicate) or _introduced(doc, group),
        rank=1 if predicate else _rank(doc, group),
        trade=_is_trade(doc, noun),
        attacker=noun in known.attackers,
    )


def _rank(doc: Doc, group: Group) -> int:
    """The number of "a third person", whom the article counts on from those before."""
    if not group.further or group.kind != "one":
        return 1
    words, ordinals = doc.lemma[group.first : group.last], told_by(doc.language).ordinals
    return next((ordinals[word] for word in words if word in ordinals), 1)


def _noun(doc: Doc, group: Group) -> str | None:
    """The head of a group; of "Miami Teen" in a headline, too."""
    if group.head is not None:
        return doc.lemma[group.head].removesuffix("'s")
    last = doc.lemma[group.last - 1]
    people = lexicon.load(doc.language.code).people
    return last if group.kind == "name" and last in people else None


def _introduced(doc: Doc, group: Group) -> bool:
    """ "the driver of a lorry": definite by what follows, not by what was told."""
    return group.kind == "definite" and doc.lower[group.last : group.last + 2] in _OF_A


def _name(doc: Doc, group: Group) -> Name:
    """The name in a group: what follows its noun, or all of it."""
    if group.kind == "pronoun" or (group.head is None and group.kind != "name"):
        return ()
    return _name_at(doc, group.first if group.head is None else group.head + 1, group.last)


def _name_at(doc: Doc, first: int, last: int) -> Name:
    """The words of a name between two tokens, without titles and initials, in lower case."""
    people, known = lexicon.load(doc.language.code).people, told_by(doc.language)
    found = [
        doc.lower[i].removesuffix("'s")
        for i in range(first, last)
        if doc.words[i][0].isupper() and len(doc.words[i]) > 1
    ]
    if found and found[-1] in people and people[found[-1]].category == "unknown":
        return ()  # "Miami Teen": a noun with a capital
    while len(found) > 1 and (found[0] in people or found[0] in known.titles):
        del found[0]
    return tuple(word for word in found if word not in known.suffixes)


def _apposed(doc: Doc, group: Group) -> tuple[int, int]:
    """The tokens between the commas after a group, if they tell a name or an age."""
    first = last = group.last + 1
    if doc.caps or doc.lower[group.last : first] != [","]:
        return first, first
    not_name = lexicon.load(doc.language.code).grammar.not_name
    while last < len(doc.words) and last - first < _APPOSED:
        word, before = doc.lower[last], last - 1
        told = doc.words[before][0].isupper() or doc.lower[before] == "old"
        if word in (",", "(", "-", "–", "—") and told and last > first:
            return first, last
        named = doc.words[last][0].isupper() and word not in not_name
        if not (named or word[0].isdigit() or word in _OF_AGE):
            break
        last += 1
    return first, first


def years(doc: Doc, first: int, last: int) -> int | None:
    """ "a 24-year-old man", "the man, 24,", "Smith (24)"; an 18-month-old is one."""
    words = numbers.lexicon(doc.language.code)
    aged = lexicon.load(doc.language.code).aged
    if aged:
        return _years_before(doc, first, last, aged)
    for i in range(first, last):
        after = doc.lower[i + 1 : i + 6]
        if "old" in after:
            number = numbers.cardinal(doc.lower, i, last, words)
            if number is not None:
                unit = next((word for word in after if word in _YEAR_PARTS), "year")
                return number[0] // _YEAR_PARTS[unit]
    after = doc.lower[last : last + 3]
    if len(after) < 2 or after[0] not in (",", "(") or not after[1].isdecimal():
        return None
    people = lexicon.load(doc.language.code).people
    counts = len(after) > 2 and after[2] in people  # "the bomber, 12 people"
    return int(after[1]) if len(after[1]) <= 3 and not counts else None


def _years_before(doc: Doc, first: int, last: int, aged: frozenset[str]) -> int | None:
    """ "14-річний хлопець", "девушка, 17 лет": the number before a word for years."""
    for i in range(first, min(last + _AGE_AFTER, len(doc.lemma))):
        if doc.lemma[i] in aged and i > 1:
            number = doc.lower[i - 1] if doc.lower[i - 1] != "-" else doc.lower[i - 2]
            return int(number) if number.isdecimal() and len(number) <= 3 else None
    return None


def _is_trade(doc: Doc, noun: str | None) -> bool:
    """Whether a noun tells what somebody does: two trades are two people."""
    if noun is None or noun in told_by(doc.language).anyone:
        return False
    person = lexicon.load(doc.language.code).people.get(noun)
    return person is None or person.category != "unknown"


def same_name(doc: Doc, one: Name, other: Name) -> bool:
    """Whether two names may be one person's: "Ann Poe" and "Poe", or two that the text joins."""
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    if set(short) <= set(long) or (len(short) > 1 and short[0] == long[0]):
        return True
    return len(long) == 1 and (_joined(doc, *one, *other) or _joined(doc, *other, *one))


def _joined(doc: Doc, first: str, second: str) -> bool:
    """Whether the text has two names as parts of one: 'Ann "Annie" Poe'."""
    i = -1
    for _ in range(doc.lower.count(first)):
        i = doc.lower.index(first, i + 1)
        for j in range(i + 1, min(i + 2 + _NAME_GAP, len(doc.lower))):
            if doc.lower[j].removesuffix("'s") == second:
                return True
            if not (doc.words[j][0].isupper() or doc.words[j] in _BETWEEN_NAMES):
                break
    return False


def ages_agree(ages: Iterable[int | None], groups: Iterable[str | None]) -> bool:
    """Whether ages in years and words for ages may be of one person."""
    known = {age for age in ages if age is not None}
    told = {group for group in groups if group is not None}
    if len(known) > 1:
        return False
    if any(age in _YOUTH for age in known):
        return True
    told |= {"children" if age < _ADULT else "adults" for age in known}
    return len(told) < 2
