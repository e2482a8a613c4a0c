"""Actors' parts in attacks, as they are told: who did it, owns up, is accused, or denies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.actors import syntax
from transforms.model import ActorRole
from transforms.speakers import nouns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from transforms.model import ActorMention, Attribution
    from transforms.text import Doc, Sentence

    SpeakerOf = Callable[[int, int], Attribution | None]

#: "Responsibility" stands at most so many words after its verb: "claimed immediate responsibility".
_REACH = 4
#: "No group has so far claimed", "no immediate claim of": words between the two.
_NO_REACH = 7
#: "Responsibility for Monday's deadly attack": words up to the attack.
_OF_REACH = 6
_NOBODY = frozenset("no nobody none neither no-one nor".split())
_NOT = frozenset("not never n't without".split())
_CLAIMS = frozenset("claim claims".split())
#: Who speaks of itself.
_OWN = frozenset(("claimed", "denied"))


def read(doc: Doc, actors: Sequence[ActorMention], speaker_of: SpeakerOf) -> list[ActorRole]:
    """Every such statement, in order; an actor whose part is not told is in none.

    Args:
        doc: the text.
        actors: its armed actors.
        speaker_of: who states the passage between two offsets; None: the writer.
    """
    told = [part for actor in actors if (part := _of(actor, speaker_of)) is not None]
    return sorted((*told, *_others(doc, told, speaker_of)), key=lambda part: part.start)


def _of(actor: ActorMention, speaker_of: SpeakerOf) -> ActorRole | None:
    start, end, text = actor.start, actor.end, actor.text
    if actor.role == "unknown":
        return None
    if actor.role in _OWN:
        return ActorRole(start, end, text, actor.name, actor.role, text, None)
    return ActorRole(start, end, text, actor.name, actor.role, *_voice(speaker_of(start, end)))


def _voice(said: Attribution | None) -> tuple[str | None, str | None]:
    return (said.speaker, said.role) if said else (None, None)


def _others(doc: Doc, told: Sequence[ActorRole], speaker_of: SpeakerOf) -> Iterator[ActorRole]:
    """Claims of responsibility by nobody, or by whom the lexicon does not know."""
    words = syntax(doc.language)
    if words is None:
        return
    claimed = {doc.sentence_number(part.start) for part in told if part.role in _OWN}
    for at, word in enumerate(doc.lower):
        if word != "responsibility":
            continue
        sentence = doc.sentence_at(doc.starts[at])
        if sentence is None or doc.sentence_number(doc.starts[at]) in claimed:
            continue
        first = max(at - _REACH, sentence.first)
        verb = next((i for i in range(at - 1, first - 1, -1) if doc.lower[i] in words.owns), None)
        if verb is None:
            continue
        of_attack = not words.nouns.isdisjoint(doc.lower[at : at + _OF_REACH])
        if of_attack or doc.lower[verb].startswith("claim"):  # one may take it for much else
            yield from _claim(doc, sentence, verb, at, speaker_of)


def _claim(
    doc: Doc, sentence: Sentence, verb: int, at: int, speaker_of: SpeakerOf
) -> Iterator[ActorRole]:
    before = range(max(verb - _NO_REACH, sentence.first), verb)
    nobody = next((i for i in before if doc.lower[i] in _NOBODY), None)
    if nobody is not None:
        start, end = doc.starts[nobody], doc.ends[at]
        voice = _voice(speaker_of(start, end))
        yield ActorRole(start, end, doc.text[start:end], None, "unclaimed", *voice)
        return
    if doc.lower[verb] in _CLAIMS or not _NOT.isdisjoint(doc.lower[i] for i in before):
        return  # "a claim of responsibility", "has not claimed responsibility"
    who = nouns.before(doc, sentence, verb)
    if who is not None and who.last > who.first and not who.pronoun:
        start, end = doc.starts[who.first], doc.ends[who.last - 1]
        yield ActorRole(start, end, doc.text[start:end], None, "claimed", who.speaker, who.role)
