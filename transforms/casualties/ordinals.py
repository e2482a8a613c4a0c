"""Deaths counted on by an ordinal: "four died at the scene, a fifth at the hospital"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.casualties import lexicon, persons

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transforms.casualties.resolve import Stated
    from transforms.text import Doc

_ORDINALS = {
    word: number
    for number, word in enumerate(
        "second third fourth fifth sixth seventh eighth ninth tenth".split(), 2
    )
}


def told(doc: Doc, claims: Iterable[Stated], number: int) -> bool:
    """Whether one of the dead is told of as the ``number``-th."""
    return any(
        persons.single(item) and _ordinal(doc, item) == number
        for item in claims
        if item.claim.relation != "subset"
    )


def _ordinal(doc: Doc, item: Stated) -> int | None:
    """The ordinal before the noun that a sentence begins its subject with."""
    words = doc.lower
    first = doc.sentences[item.sentence].first
    group = item.mention.group
    last = group.last if group is not None else item.mention.first
    people = lexicon.load(doc.language.code).people
    for i in range(first, last):
        counted = i + 1 < len(words) and (words[i + 1] in people or i + 1 == last)
        if words[i] in _ORDINALS and counted:
            return _ORDINALS[words[i]]
    return None
