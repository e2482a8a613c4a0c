"""Finds what the text says of casualties: which people, which measure, in whose words.

Nothing is decided here: every passage that states casualties becomes a mention, with the group
of people it tells of. What it means for an incident is ``resolve``'s work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.casualties import breakdowns, joined, noun_frames, verb_frames
from transforms.casualties.free import frames
from transforms.casualties.mentions import Hit, Mention
from transforms.casualties.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from transforms.casualties.lexicon import Lexicon, Trigger
    from transforms.text import Doc, Sentence


def find(doc: Doc, lexicon: Lexicon) -> list[Mention]:
    """All casualty mentions of a document, in the order of their triggers."""
    if doc.language.order == "free":
        return frames.find(doc)
    triggers = lexicon.triggers
    candidates = [i for i, word in enumerate(doc.lower) if word in triggers]
    mentions: list[Mention] = []
    before: list[Mention] = []  # those of the sentence right before
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
            before = _read(Reader(doc, sentence, number, hits, lexicon))
        elif before and _begins_with_number(doc, sentence, lexicon):
            reader = Reader(doc, sentence, number, [], lexicon)
            breakdowns.add_after(reader, before)
            before = reader.mentions
        else:
            before = []
        mentions += before
    return mentions


def _begins_with_number(doc: Doc, sentence: Sentence, lexicon: Lexicon) -> bool:
    word = doc.lower[sentence.first]
    return word in lexicon.numbers.starts or word[0].isdigit()


def _hits(doc: Doc, sentence: Sentence, candidates: list[int], lexicon: Lexicon) -> list[Hit]:
    """The triggers of a sentence, the longest at each word, without overlap."""
    hits: list[Hit] = []
    for i in candidates:
        if hits and i < hits[-1].last:
            continue
        hit = _hit(doc, sentence, i, lexicon)
        if hit is not None:
            hits.append(hit)
    return hits


def _hit(doc: Doc, sentence: Sentence, first: int, lexicon: Lexicon) -> Hit | None:
    """The longest trigger that begins at a token."""
    for length in lexicon.lengths[doc.lower[first]]:
        last = first + length
        if last <= sentence.last:
            for trigger in lexicon.by_words.get(tuple(doc.lower[first:last]), ()):
                if _stands(doc, sentence, first, last, trigger):
                    return Hit(trigger, first, last)
    return None


def _stands(doc: Doc, sentence: Sentence, first: int, last: int, trigger: Trigger) -> bool:
    """Whether the words that a trigger needs beside it are there."""
    if trigger.form == "event_noun":
        if noun_frames.of_after(doc.lower, last, sentence.last) is not None:
            return _is_needed(doc, sentence, last, trigger)
        owned = not (trigger.needs or trigger.people_only)  # not "a child's life"
        owned = owned and not noun_frames.is_office(doc.lower, last)
        return owned and noun_frames.is_owned(doc.lower, sentence.first, first)
    return _is_needed(doc, sentence, last, trigger)


def _is_needed(doc: Doc, sentence: Sentence, last: int, trigger: Trigger) -> bool:
    """Whether one of the words stands that a trigger needs beside it."""
    if not trigger.needs:
        return True
    if trigger.within is None:
        return not trigger.needs.isdisjoint(doc.lower[sentence.first : sentence.last])
    end = min(last + trigger.within, sentence.last)
    if not trigger.unless.isdisjoint(doc.lower[max(last - trigger.within, sentence.first) : end]):
        return False
    return not trigger.needs.isdisjoint(doc.lower[last:end])


def _read(reader: Reader) -> list[Mention]:
    """The mentions of one sentence, trigger by trigger."""
    for index, hit in enumerate(reader.hits):
        match hit.trigger.form:
            case "past":
                verb_frames.past(reader, index, hit)
            case "ing" if reader.clause.word(hit.last) == "of":
                noun_frames.event(reader, hit)
            case "ing" | "present":
                verb_frames.active(reader, index, hit)
            case "intransitive":
                verb_frames.intransitive(reader, index, hit)
            case "state":
                verb_frames.state(reader, index, hit)
            case "toll":
                noun_frames.toll(reader, index, hit)
            case form:
                _NOUNS[form](reader, hit)
        joined.read(reader, index)
    reader.add_attributive()
    reader.add_gapped()
    breakdowns.add(reader)
    return reader.mentions


#: A form that is not here is a mistake of the lexicon, and raises.
_NOUNS: dict[str, Callable[[Reader, Hit], object]] = {
    "counted": noun_frames.counted,
    "event_noun": noun_frames.event,
    "found_body": noun_frames.found_body,
    "deadly": noun_frames.deadly,
    "multiple": noun_frames.multiple,
}
