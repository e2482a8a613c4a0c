"""What case and ending tell of a phrase in its clause: whether it may be subject or object."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transforms.text import Doc

#: A verb and its subject or object stand within so many words.
_REACH = 9
_STOPS = frozenset((".", ",", ";", ":", "—", "–", "!", "?", "(", ")"))
_GENDERS = frozenset(("masc", "femn", "neut"))
#: The dictionary tells no form of these apart.
_UNTOLD = frozenset(("Fixd", "Abbr", "guess", "UNKN"))
#: A verb without an object of its own: "обстріляно", "обстріляний", "обстрелян".
PASSIVE = frozenset(("Impe", "PRTS", "PRTF", "pssv"))


def head(doc: Doc, first: int, last: int) -> int:
    """The noun of a phrase that stands in its case: "*сили* оборони України"."""
    return next((i for i in range(first, last) if "NOUN" in doc.tag(i)), last - 1)


def is_undeclined(doc: Doc, first: int, last: int) -> bool:
    """Whether a phrase has one form in all cases: "ЗСУ"."""
    return not doc.tags or doc.words[head(doc, first, last)].isupper()


def clause(doc: Doc, first: int, last: int) -> range:
    """The tokens around a phrase, up to the next mark."""
    low, high = max(first - _REACH, 0), min(last + _REACH, len(doc.lower))
    start = next((i + 1 for i in range(first - 1, low - 1, -1) if doc.lower[i] in _STOPS), low)
    end = next((i for i in range(last, high) if doc.lower[i] in _STOPS), high)
    return range(start, end)


def is_governed(doc: Doc, first: int) -> bool:
    """Whether a preposition stands right before a phrase."""
    return first > 0 and "PREP" in doc.tag(first - 1)


def may_do(doc: Doc, first: int, last: int, verb: int) -> bool:
    """Whether a phrase may be the subject of a verb."""
    if is_governed(doc, first):
        return False
    noun, tags = doc.tag(head(doc, first, last)), doc.tag(verb)
    if is_undeclined(doc, first, last) or not _UNTOLD.isdisjoint(noun):
        return True
    return "nomn" in noun and _agree(noun, tags)


def may_undergo(doc: Doc, first: int, last: int, verb: int) -> bool:
    """Whether a phrase may be the object of a verb; what may be either stands after it."""
    if is_governed(doc, first) or not PASSIVE.isdisjoint(doc.tag(verb) - {"Impe"}):
        return False
    tags = doc.tag(head(doc, first, last))
    either = is_undeclined(doc, first, last) or "nomn" in tags
    return (verb < first) if either else "accs" in tags


def _agree(noun: frozenset[str], verb: frozenset[str]) -> bool:
    """Whether number and, in the past tense, gender let a noun be a verb's subject."""
    if "plur" in verb and "sing" not in verb:
        return "plur" in noun
    if "plur" in noun and "sing" not in noun:
        return "sing" not in verb
    genders = _GENDERS & verb
    return not genders or _GENDERS.isdisjoint(noun) or not genders.isdisjoint(noun)
