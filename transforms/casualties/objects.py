"""Lists of people before and after a casualty word: "killed a judge, Ann Poe, and two guards"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transforms.casualties.arguments import Clause
    from transforms.casualties.phrases import Group

#: "three victims, all women, died"; "15 people, mostly women and children, were killed"
ASIDE = frozenset("all mostly mainly largely chiefly".split())
#: Words between a casualty word and its object.
_BETWEEN = frozenset("both also the all another : a total of as".split())
#: "presidential hopeful Ann Poe": so many words may tell who bears a name.
_TITLE = 2
_MARKS = frozenset((",", ";", "and", "(", ")"))
#: "the mayor of Kut": what joins a place or a body to the one who is told of.
_AT = frozenset("of in at from near (".split())


def read(clause: Clause, begin: int) -> list[Group]:
    """The people right after ``begin``, with those joined to them."""
    i = next((k for k, g in enumerate(clause.groups) if g.first >= begin), None)
    if i is None or not _is_object(clause, begin, clause.groups[i]):
        return []
    found = [clause.groups[i]]
    before = found[0]  # the last group, be it one of the people or what describes one
    sure = 1  # groups up to the last that "and" joins
    for group in clause.groups[i + 1 :]:
        gap = clause.words[before.last : group.first]
        if _describes(clause, found[-1], before, group, gap):
            before = group
            continue
        named = _names(found[-1], group, gap)
        gap = _untitled(clause, group, gap)
        if not (named or _is_joined(clause, found[-1], group, gap)):
            break
        found.append(group)
        before = group
        if named or _last_word(clause, gap) != ",":
            sure = len(found)
    return _enumerated(found[:sure])


def _is_object(clause: Clause, begin: int, group: Group) -> bool:
    """Whether nothing stands between a casualty word and a group that keeps them apart."""
    gap = clause.words[begin : group.first]
    if group.kind != "name" or not gap:
        known = (_BETWEEN, clause.grammar.adverb, clause.grammar.possessive)
        return all(any(word in words for words in known) for word in gap)
    # "killed at Kharkiv", "killed early Christmas": a name after other words is mostly a place
    return not _untitled(clause, group, gap)


def _untitled(clause: Clause, group: Group, gap: list[str]) -> list[str]:
    """The words before a group without those that tell who bears a full name."""
    end = len(gap)
    if group.kind == "name" and group.person is None and group.last - group.first > 1:
        while end and len(gap) - end < _TITLE and _is_title(clause, gap[end - 1]):
            end -= 1
    return gap[:end]


def _is_title(clause: Clause, word: str) -> bool:
    grammar = clause.grammar
    known = word in grammar.stop or word in grammar.adverb or word in grammar.other
    return word.isalpha() and not known and word not in clause.lexicon.people


def _describes(clause: Clause, person: Group, before: Group, group: Group, gap: list[str]) -> bool:
    """ "the mayor of Kut", "a farmer, John Smith", "John Smith, a farmer of the Poe family,"."""
    if group.kind == "name" and gap and gap[0] in _AT:
        return all(word in _AT or word in clause.grammar.determiner for word in gap)
    if before is not person and group.kind == "name" and group.person is None:
        return gap != [","] and "," not in gap  # "at Poe's Bar & Grill"
    if gap != [","] or person.plural or group.plural or before is not person:
        return False
    if group.kind == "name":
        return person.kind != "name"
    return person.kind == "name" and group.kind in ("one", "definite")


def _names(person: Group, group: Group, gap: list[str]) -> bool:
    """ "the priests A. Smith and B. Jones": a name right after a plural."""
    one_by_one = person.kind == "plural" and not (person.person and person.person.collective)
    return not gap and one_by_one and group.kind == "name"


def _is_joined(clause: Clause, person: Group, group: Group, gap: list[str]) -> bool:
    if person.kind == group.kind == "name" and ";" in gap and _is_list(gap):
        return True
    if not clause.joined(gap) or clause.starts_clause(group):
        return False
    if group.bare and any(word.isdecimal() for word in gap):
        return False  # "their daughters, ages 14, 11 and 3"
    # "the four girls, Ann, 14, and Eve": the same people
    return not (group.kind == "name" and person.kind != "name" and gap == [","])


def _is_list(gap: list[str]) -> bool:
    """ "Ann Poe, 23; Mark Dunn, 41; and Lee Gray": ages and marks between names."""
    return all(word in _MARKS or word.isdecimal() for word in gap)


def _last_word(clause: Clause, gap: list[str]) -> str:
    words = [word for word in gap if word not in clause.grammar.determiner]
    return words[-1] if words else ""


def _enumerated(groups: list[Group]) -> list[Group]:
    """ "the priests A. Smith, B. Jones and C. Brown": the names stand for the noun."""
    if len(groups) > 1 and groups[0].kind == "plural" and groups[1].kind == "name":
        return groups[1:]
    return groups


def joined_before(clause: Clause, index: int) -> list[Group]:
    """Takes in the groups joined before: "two officers, a guard and five rebels"."""
    found = [clause.groups[index]]
    left = found[0].first
    i = index - 1
    while i >= 0:
        group = clause.groups[i]
        gap = without_brackets(clause.words[group.last : left])
        if ")" in gap and "(" not in gap:
            i -= 1  # "six priests (five Spaniards and a Pole) and two women"
            continue
        if gap[-1:] and gap[-1] in ASIDE and gap[0] == ",":
            found = [group]  # "15 people, mostly women and children": the 15 are meant
            left = group.first
            i -= 1
            continue
        if not gap and group.kind == "plural" and found[0].kind == "name":
            left = group.first  # "his wife and comrades A. Poe and B. Roe"
            i -= 1
            continue
        if found[0].subset and gap and gap[-1] in ("including", "them", "whom", "as"):
            i = clause.host(i)  # "eight members of a family, including a child"
            found.insert(0, clause.groups[i])  # the whole that "including" breaks up
        elif group.subset and not found[0].subset and "," in gap and clause.joined(gap):
            left = group.first  # "27 dead, including 21 soldiers, and 60 wounded"
            i -= 1
            continue
        elif group.first not in clause.object_starts and clause.joined(gap, last=len(found) == 1):
            if clause.is_governed(group) or _is_cited(clause, group):
                i -= 1
                continue
            found.insert(0, group)
        elif clause.is_plain(gap) and clause.word(left - 1) in clause.grammar.preposition:
            i -= 1
            continue
        else:
            break
        left = found[0].first
        i -= 1
    return found


def _is_cited(clause: Clause, group: Group) -> bool:
    """ "according to the Observatory, nine people were killed"."""
    words = clause.words[max(group.first - 3, 0) : group.first]
    return words[-2:] == ["according", "to"] or words[:2] == ["according", "to"]


def without_brackets(words: list[str]) -> list[str]:
    """The words outside brackets that open and close among them."""
    if "(" not in words or ")" not in words:
        return words
    return words[: words.index("(")] + words[words.index(")") + 1 :]
