"""Attackers' own deaths: "killed four people before turning the gun on himself" is five dead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.casualties import persons
from transforms.casualties.one_by_one import words as told_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from transforms.casualties.phrases import Group
    from transforms.casualties.resolve import Stated
    from transforms.text import Doc


#: "identified the gunman as Ann Poe": words between who attacked and the surname.
_NAMED = 6


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
    known = told_by(doc.language)
    dead = [
        s
        for s in claims
        if s.mention.own
        or _head(doc, s) in known.attackers
        or _is_named_killer(doc, s)
        or _is_he(doc, s, claims)
    ]
    several = [
        s for s in claims if doc.lemma[s.mention.first] in known.blew or _are_several(doc, s)
    ]
    if any(s.claim.relation in ("subset", "part") for s in dead + several):
        return 0
    return max([int(any(map(persons.single, dead))), *(s.claim.best or 1 for s in several)])


def _are_several(doc: Doc, item: Stated) -> bool:
    """ "all seven assailants were killed", unless somebody is told to have killed them."""
    return _head(doc, item) in told_by(doc.language).several and not _is_object(item)


def _head(doc: Doc, item: Stated) -> str:
    group = item.mention.group
    return doc.lemma[group.head] if group is not None and group.head is not None else ""


def _is_he(doc: Doc, item: Stated, claims: Sequence[Stated]) -> bool:
    """ "a gunman killed three people before he was shot dead", "before police killed him"."""
    group, known = item.mention.group, told_by(doc.language)
    if group is None or doc.lower[group.first] not in known.he | known.him:
        return False
    if doc.lower[group.first] in known.him and not any(
        s.sentence == item.sentence and (s.claim.low or 0) > 1 for s in claims
    ):
        return False  # "a gunman shot a clerk, killing him"
    before = doc.lemma[doc.sentences[item.sentence].first : group.first]
    return not known.attackers.isdisjoint(before)


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
    known = told_by(doc.language)
    window = doc.lemma[max(i - _NAMED, 0) : i]
    named = not known.attackers.isdisjoint(window[-2:]) or not (
        known.as_.isdisjoint(window) or known.attackers.isdisjoint(window)
    )
    return named or doc.lemma[i + 1] in known.attacks
