"""Finds what the text says of casualties: which people, which measure, in whose words.

Nothing is decided here: every passage that states casualties becomes a mention, with the group
of people it tells of. What it means for an incident is ``resolve``'s work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.casualties.frames import Frames
from transforms.casualties.mentions import Hit, Mention

if TYPE_CHECKING:
    from transforms.casualties.lexicon import Lexicon, Trigger
    from transforms.text import Doc, Sentence


def find(doc: Doc, lexicon: Lexicon) -> list[Mention]:
    """All casualty mentions of a document, in the order of their triggers."""
    triggers = lexicon.triggers
    candidates = [i for i, word in enumerate(doc.lower) if word in triggers]
    mentions: list[Mention] = []
    at = 0
    for number, sentence in enumerate(doc.sentences):
        while at < len(candidates) and candidates[at] < sentence.first:
            at += 1
        inside = []
        while at < len(candidates) and candidates[at] < sentence.last:
            inside.append(candidates[at])
            at += 1
        hits = _hits(doc, sentence, inside, lexicon) if inside else []
        if hits:
            mentions += Frames(doc, sentence, number, hits, lexicon).read()
    return mentions


def _hits(doc: Doc, sentence: Sentence, candidates: list[int], lexicon: Lexicon) -> list[Hit]:
    """The triggers of a sentence, the longest at each word, without overlap."""
    hits: list[Hit] = []
    for i in candidates:
        if hits and i < hits[-1].last:
            continue
        for trigger in lexicon.triggers[doc.lower[i]]:
            last = i + len(trigger.words)
            if last <= sentence.last and _stands(doc, sentence, i, last, trigger):
                hits.append(Hit(trigger, i, last))
                break
    return hits


def _stands(doc: Doc, sentence: Sentence, first: int, last: int, trigger: Trigger) -> bool:
    """Whether all words of a trigger are there, and those that it needs beside it."""
    if tuple(doc.lower[first:last]) != trigger.words:
        return False
    if trigger.form == "event_noun" and doc.lower[last : last + 1] != ["of"]:
        return False
    return not trigger.needs or not trigger.needs.isdisjoint(
        doc.lower[sentence.first : sentence.last]
    )
