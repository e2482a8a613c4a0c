"""Bare numbers that are ages, not people: "Smith, 24,", "two teens, ages 15 and 17"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.casualties.lexicon import Lexicon
    from transforms.casualties.phrases import Group

#: Nobody is older.
_OLDEST = 115
#: What follows an age in apposition.
_AFTER = frozenset("- – — , . ) ; and of from was were is died who".split())
_SINGULAR = (["was"], ["is"], ["has"])
#: "two women — both 19 — were shot": what sets an aside off.
_BREAKS = frozenset(", - – — (".split())
#: ", 12 and": what stands before the second of two ages.
_BEFORE_SECOND = 3


def is_age(
    words: Sequence[str], begin: int, group: Group, groups: Sequence[Group], lexicon: Lexicon
) -> bool:
    """Whether a bare number beside people is an age.

    Args:
        words: the document in lower case.
        begin: first token of the sentence.
        group: the number.
        groups: the groups of people before it.
        lexicon: for the cardinals.
    """
    if not group.bare or group.quantity is None or group.quantity.qualifier != "exact":
        return False
    best = group.quantity.best
    if best is None or best > _OLDEST or group.first == begin:
        return False
    if _in_list(words, begin, group, groups, lexicon) or _of_one(words, group):
        return True
    if words[group.first - 1] == "of" and groups and groups[-1].last == group.first - 1:
        return groups[-1].person is not None and not groups[-1].plural  # "a girl of seven"
    told = groups[-1] if groups and groups[-1].last == group.first else None
    if told is not None and told.kind == "name" and told.last - told.first > 1:
        governed = words[told.first - 1] in lexicon.grammar.preposition
        return words[group.last : group.last + 1] == [","] and not governed  # "Ann Poe 21, was"
    if words[group.first - 1] not in (",", "(", "aged", "age"):
        return False
    if group.last < len(words) and words[group.last] not in _AFTER:
        return False
    told = groups[-1] if groups and groups[-1].last == group.first - 1 else None
    return told is not None and (told.further or not told.bare)


def _of_one(words: Sequence[str], group: Group) -> bool:
    """ "Ann North, 22, was": the verb tells of one person, who need not be read as a name."""
    after = list(words[group.last : group.last + 2])
    aside = words[group.first - 1] == "," and after[:1] == [","]
    return (
        aside
        and group.quantity is not None
        and group.quantity.best != 1
        and (after[1:] in _SINGULAR)
    )


def _in_list(
    words: Sequence[str], begin: int, group: Group, groups: Sequence[Group], lexicon: Lexicon
) -> bool:
    """ "two teens, ages 15, 16 and 17", "two girls, 12 and 15,": one of a list of ages."""
    i = group.first - 1
    while i > begin and (
        words[i] in (",", "and") or words[i] in lexicon.numbers.cardinals or words[i].isdecimal()
    ):
        i -= 1
    if words[i] == "both":
        return words[i - 1] in _BREAKS
    listed = group.first - i > _BEFORE_SECOND and list(words[group.last : group.last + 1]) == [","]
    after_people = listed and bool(groups) and groups[-1].last == i + 1
    return words[i] in ("ages", "aged") or (after_people and groups[-1].plural)
