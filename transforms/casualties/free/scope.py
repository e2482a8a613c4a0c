"""Whether a figure is of the incident told of, by the words of a language of free order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.casualties.free.lexicon import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.casualties.free.lexicon import FreeLexicon
    from transforms.casualties.mentions import Mention
    from transforms.text import Doc, Sentence

#: So many soldiers whom one side says to have killed are a total of some time, not of one attack.
_MANY = 50
#: So many dead soldiers are those of a war.
_ARMY = 500
_LOST = frozenset(("killed", "injured"))
#: A word of what may be stands within so many words before the casualty word.
_POSSIBLE = 4
#: Behind a noun its verb stands within so many words.
_AFTER = 2


def is_losses(doc: Doc, mention: Mention, siblings: Sequence[Mention], *, daily: bool) -> bool:
    """Whether a figure is of a side's losses: "ворог втратив", "уничтожено до 500 военных".

    Args:
        doc: the text.
        mention: the figure.
        siblings: all figures of its sentence: one of soldiers tells whom the others are of.
        daily: whether the sentence tells of a day or a week of fighting.
    """
    if mention.group is not None and mention.group.kind == "zero":
        return False  # "потерь нет"
    lexicon = load(doc.language)
    if _is_loss(doc, lexicon, mention):
        return True
    if siblings[1:] and _shares_loss(doc, lexicon, mention, siblings):
        return True
    if not any(_of_soldiers(doc, one) for one in siblings):
        return False
    claimed = any(_is_claimed(doc, m) and _size(m) >= _MANY for m in siblings)
    many = mention.measure == "killed" and _size(mention) >= _ARMY
    theirs = _is_bare(mention) or _of_soldiers(doc, mention)
    return daily or many or (claimed and theirs and mention.measure in _LOST)


def _is_loss(doc: Doc, lexicon: FreeLexicon, mention: Mention) -> bool:
    at = mention.first
    entry = lexicon.entries.get(doc.lemma[at])
    if entry is None or entry.kind != "loss":
        entry = lexicon.entries.get(doc.lemma[at - 1]) if at else None
    return entry is not None and entry.kind == "loss"


def _shares_loss(
    doc: Doc, lexicon: FreeLexicon, mention: Mention, siblings: Sequence[Mention]
) -> bool:
    """ "ворог втратив убитими 12, пораненими – 19": the second figure is of the same loss."""
    return any(
        (_is_bare(mention) or one.group is mention.group) and _is_loss(doc, lexicon, one)
        for one in siblings
    )


def _is_claimed(doc: Doc, mention: Mention) -> bool:
    entry = load(doc.language).entries.get(doc.lemma[mention.first])
    return entry is not None and entry.claimed


def _is_bare(mention: Mention) -> bool:
    return mention.group is not None and mention.group.bare


def _of_soldiers(doc: Doc, mention: Mention) -> bool:
    group, lexicon = mention.group, load(doc.language)
    if group is None:
        return False
    words = doc.lemma[group.first : group.last + 1]
    people = (lexicon.people.get(word) for word in words)
    military = any(one is not None and one.category in ("military", "militant") for one in people)
    return military or any(lexicon.adjectives.get(word) == "military" for word in words)


def are_joined(doc: Doc, one: Mention, other: Mention) -> bool:
    """ "3 415 загиблих і 7 690 поранених": two figures with no more than "and" between them."""
    if one.group is None or other.group is None:
        return False
    between = doc.lower[max(one.group.last, one.last) : min(other.group.first, other.first)]
    return len(between) == 1 and between[0] in load(doc.language).conjunctions


def _size(mention: Mention) -> int:
    quantity = mention.group.quantity if mention.group is not None else None
    if quantity is None:
        return 0
    return quantity.best or quantity.high or quantity.low or 0


def is_possible(doc: Doc, sentence: Sentence, mention: Mention, words: frozenset[str]) -> bool:
    """ "могли загинути", "погрожував убити": what may be, or may have been meant."""
    lexicon = load(doc.language)
    told = doc.lemma[sentence.first : sentence.last]
    if mention.measure == "missing" and not lexicon.search.isdisjoint(told):
        return False  # "під завалами можуть бути двоє, пошуки тривають"
    last = mention.first
    if mention.update and mention.group is not None:
        last = max(last, mention.group.first)  # "кількість загиблих може зрости до 20"
    first = max(last - _POSSIBLE, sentence.first)
    if mention.form == "state":  # "под завалами могут находиться люди"
        last = min(mention.last + _AFTER, sentence.last)
    before = {*doc.lower[first:last], *doc.lemma[first:last]}
    return not before.isdisjoint(words)
