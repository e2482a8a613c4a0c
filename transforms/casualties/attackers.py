"""Attackers' own deaths: "killed four people before turning the gun on himself" is five dead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.casualties import persons, traits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from transforms.casualties.phrases import Group
    from transforms.casualties.resolve import Stated
    from transforms.text import Doc


#: "identified the gunman as Ann Poe": words between who attacked and the surname.
_NAMED = 6
_SEVERAL = frozenset("gunmen shooters attackers assailants assassins bombers hijackers".split())
#: "A bomber blew himself up": verbs of a death by one's own bomb.
_BLEW = frozenset(("blew", "blows", "blowing"))
#: Right after a name these tell what its bearer did.
_ATTACKS = frozenset("killed killing opened fired stabbed murdered".split())


def are_victims(items: Iterable[Stated]) -> bool:
    """Whether all are told of as whom somebody killed: "the gunman killed four"."""
    return all(_is_object(item) for item in items)


def _is_object(item: Stated) -> bool:
    group = item.mention.group
    active = item.mention.form in ("past", "ing", "present")
    return active and group is not None and group.first >= item.mention.last


def own_dead(doc: Doc, claims: Sequence[Stated]) -> int:
    """How many who attacked are told dead apart from the victims: "then shot himself dead" is 1.

    Three bombers who "blew themselves up" are 3. Whoever is counted as a part is in a sum already.
    """
    dead = [
        s
        for s in claims
        if s.mention.own
        or _head(doc, s) in traits.ATTACKERS
        or _is_named_killer(doc, s)
        or _is_he(doc, s, claims)
    ]
    several = [s for s in claims if doc.lower[s.mention.first] in _BLEW or _are_several(doc, s)]
    if any(s.claim.relation in ("subset", "part") for s in dead + several):
        return 0
    return max([int(any(map(persons.single, dead))), *(s.claim.best or 1 for s in several)])


def _are_several(doc: Doc, item: Stated) -> bool:
    """ "all seven assailants were killed", unless somebody is told to have killed them."""
    return _head(doc, item) in _SEVERAL and not _is_object(item)


def _head(doc: Doc, item: Stated) -> str:
    group = item.mention.group
    return doc.lower[group.head] if group is not None and group.head is not None else ""


def _is_he(doc: Doc, item: Stated, claims: Sequence[Stated]) -> bool:
    """ "a gunman killed three people before he was shot dead", "before police killed him"."""
    group = item.mention.group
    if group is None or doc.lower[group.first] not in ("he", "she", "him", "her"):
        return False
    if doc.lower[group.first] in ("him", "her") and not any(
        s.sentence == item.sentence and (s.claim.low or 0) > 1 for s in claims
    ):
        return False  # "a gunman shot a clerk, killing him"
    before = doc.lower[doc.sentences[item.sentence].first : group.first]
    return not traits.ATTACKERS.isdisjoint(before)


def _is_named_killer(doc: Doc, item: Stated) -> bool:
    """Whether somebody of that name is told of as attacker: "Poe killed four", "suspect Poe"."""
    group = item.mention.group
    if group is None or group.kind != "name" or not persons.single(item):
        return False
    surname, given = doc.lower[group.last - 1], doc.words[group.first]
    return any(
        _attacks(doc, i)
        for i in range(1, len(doc.lower) - 1)
        if doc.lower[i] == surname and _may_be(doc, i, group, given)
    )


def _may_be(doc: Doc, i: int, group: Group, given: str) -> bool:
    """Whether a surname at a token is not another's of the family: "Ann Poe", "Bob Poe"."""
    before = doc.words[i - 1]
    one_word = group.last - group.first == 1
    return one_word or not before[0].isupper() or before in (given, doc.words[group.last - 2])


def _attacks(doc: Doc, i: int) -> bool:
    """Whether the words around a surname tell of an attacker."""
    words = doc.lower
    window = words[max(i - _NAMED, 0) : i]
    named = not traits.ATTACKERS.isdisjoint(window[-2:]) or (
        "as" in window and not traits.ATTACKERS.isdisjoint(window)
    )
    return named or words[i + 1] in _ATTACKS
