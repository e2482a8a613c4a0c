"""How one noun for a person stands to the words beside it: an owner, a name, a thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transforms.casualties.free.groups import Groups

#: Words between somebody and whose he is: "батько 5-річної дівчинки".
_DESCRIBED = 3
_NAMES = frozenset(("Surn", "Name", "Patr"))
_DASHES = frozenset(("–", "—", "-"))
_STOPS = frozenset((".", "…", "!"))
_BEHIND = frozenset(("gent", "Fixd"))
_ONE = frozenset(("sing", "NOUN"))
_CASES = frozenset(("nomn", "gent", "datv", "accs", "ablt", "loct"))


def names_place(reader: Groups, i: int) -> bool:
    """ "в Рыльскую ЦРБ": an adjective after a preposition."""
    return "ADJF" in reader.doc.tag(i) and i > reader.first and reader.is_small(i - 1)


def signs(reader: Groups, first: int, last: int) -> bool:
    """ "… троє дітей – Лис.", "… – голова ОВА": who tells it, or who the one told of was.

    Nobody more, that is. "Серед загиблих – Лис.", "один із них – мер." are another matter.
    """
    doc = reader.doc
    if doc.lower[first - 1] not in _DASHES or first < reader.first + 2:
        return False
    if "NPRO" in doc.tag(first - 2) or reader.victim(first - 2) is not None:
        return False
    return "nomn" in doc.tag(last - 1) and all(
        _is_of_office(reader, j) for j in range(last, reader.last)
    )


def _is_of_office(reader: Groups, j: int) -> bool:
    """What may follow an office or a name to the sentence's end: whose office it is, and a name."""
    if reader.doc.lower[j] in _STOPS or reader.doc.words[j][0].isupper():
        return True
    return bool(_BEHIND & reader.doc.tag(j)) and not reader.is_person(j)


def is_couple(reader: Groups, i: int) -> bool:
    """ "подружжя": two people in one word."""
    return not reader.lexicon.couples.isdisjoint((reader.doc.lemma[i], reader.doc.lower[i]))


def is_same(reader: Groups, one: int, other: int) -> bool:
    """ "вагітна жінка": two nouns in one case for one person."""
    if other >= reader.last:
        return False
    first, second = reader.doc.tag(one), reader.doc.tag(other)
    same = second >= _ONE and first >= _ONE and "plur" not in first | second
    return same and bool(_CASES & first & second) and reader.is_person(other)


def owner(reader: Groups, last: int) -> int:
    """The token after whose somebody is: "батько 5-річної *дівчинки*"."""
    if last >= reader.last or "gent" not in reader.doc.tag(last):
        return last
    i = last
    while i < reader.last and i - last < _DESCRIBED and reader.describes(i):
        i += 1
    owner = i < reader.last and reader.is_person(i) and "gent" in reader.doc.tag(i)
    return i + 1 if owner else last


def describes_thing(reader: Groups, i: int) -> bool:
    """ "цивільну автівку": an adjective that also stands for people, before its noun."""
    tags = reader.doc.tag(i)
    if "NOUN" in tags or "ADJF" not in tags or i + 1 >= reader.last:
        return False
    after = reader.doc.tag(i + 1)
    noun = "NOUN" in after and not _NAMES & after and not reader.is_person(i + 1)
    return noun and reader.victim(i + 1) is None and bool(_CASES & tags & after)
