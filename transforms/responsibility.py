"""Actors' parts in attacks, as they are told: who did it, owns up, is accused, or denies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms import blame, cases
from transforms.model import ActorRole
from transforms.speakers import inflected_nouns, nominative, nouns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from transforms.blame import Blame
    from transforms.model import ActorMention, Attribution
    from transforms.text import Doc, Sentence

    SpeakerOf = Callable[[int, int], Attribution | None]

#: "Responsibility" stands at most so many words after its verb: "claimed immediate responsibility".
_REACH = 4
#: "No group has so far claimed", "no immediate claim of": words between the two.
_NO_REACH = 7
#: Who speaks of itself.
_OWN = frozenset(("claimed", "denied"))


def read(doc: Doc, actors: Sequence[ActorMention], speaker_of: SpeakerOf) -> list[ActorRole]:
    """Every such statement, in order; an actor whose part is not told is in none.

    Args:
        doc: the text.
        actors: its armed actors.
        speaker_of: who states the passage between two offsets; None: the writer.
    """
    told = [part for actor in actors if (part := _of(doc, actor, speaker_of)) is not None]
    return sorted((*told, *_others(doc, told, speaker_of)), key=lambda part: part.start)


def _of(doc: Doc, actor: ActorMention, speaker_of: SpeakerOf) -> ActorRole | None:
    start, end, text = actor.start, actor.end, actor.text
    if actor.role == "unknown":
        return None
    if actor.role in _OWN:
        return ActorRole(start, end, text, actor.name, actor.role, _named(doc, actor), None)
    return ActorRole(start, end, text, actor.name, actor.role, *_voice(speaker_of(start, end)))


def _named(doc: Doc, actor: ActorMention) -> str:
    """Who speaks of itself, in the nominative: "у *Кремлі* заперечують"."""
    first, last = doc.token_at(actor.start), doc.token_at(actor.end - 1) + 1
    if not cases.is_governed(doc, first):
        return actor.text
    return " ".join(nominative.phrase(doc.language, doc.words[first:last], "loct"))


def _voice(said: Attribution | None) -> tuple[str | None, str | None]:
    return (said.speaker, said.role) if said else (None, None)


def _others(doc: Doc, told: Sequence[ActorRole], speaker_of: SpeakerOf) -> Iterator[ActorRole]:
    """Claims of responsibility by nobody, or by whom the lexicon does not know."""
    words = blame.load(doc.language)
    if words is None or words.responsibility.isdisjoint(doc.lemma):
        return
    claimed = {doc.sentence_number(part.start) for part in told if part.role in _OWN}
    for noun, word in enumerate(doc.lemma):
        sentence = doc.sentence_at(doc.starts[noun]) if word in words.responsibility else None
        if sentence is None or doc.sentence_number(doc.starts[noun]) in claimed:
            continue
        verb = _verb(doc, sentence, noun, words)
        if verb is not None and words.is_of_attack(doc, verb, noun):
            yield from _claim(doc, sentence, verb, noun, words, speaker_of)


def _verb(doc: Doc, sentence: Sentence, noun: int, words: Blame) -> int | None:
    """The nearest verb of owning up, or noun for it: before "responsibility", or on both sides."""
    before = range(noun - 1, max(noun - _REACH, sentence.first) - 1, -1)
    if doc.language.order == "fixed":
        return next((i for i in before if doc.lemma[i] in words.owns), None)
    known = words.owns | words.claims
    verbs = (i for i in cases.clause(doc, noun, noun + 1) if doc.lemma[i] in known)
    return min(verbs, key=lambda i: abs(i - noun), default=None)


def _claim(
    doc: Doc, sentence: Sentence, verb: int, noun: int, words: Blame, speaker_of: SpeakerOf
) -> Iterator[ActorRole]:
    before = range(max(verb - _NO_REACH, sentence.first), verb)
    around = before if doc.language.order == "fixed" else cases.clause(doc, verb, verb + 1)
    claim = doc.lemma[verb] in words.claims
    negated = next((i for i in around if doc.lemma[i] in words.negation), None)
    lacking = negated if claim and "gent" in doc.tag(verb) else None  # "заяв про це не було"
    nobody = next((i for i in around if doc.lemma[i] in words.nobody), lacking)
    if nobody is not None:
        start, end = doc.starts[min(nobody, verb, noun)], doc.ends[max(nobody, verb, noun)]
        voice = _voice(speaker_of(start, end))
        yield ActorRole(start, end, doc.text[start:end], None, "unclaimed", *voice)
        return
    if claim or negated is not None:
        return  # "a claim of responsibility", "has not claimed responsibility"
    who = _subject(doc, sentence, verb)
    if who is not None:
        start, end = doc.starts[who.first], doc.ends[who.last - 1]
        yield ActorRole(start, end, doc.text[start:end], None, "claimed", who.speaker, who.role)


def _subject(doc: Doc, sentence: Sentence, verb: int) -> nouns.Who | inflected_nouns.Who | None:
    """Who owns up: the phrase before the verb, or the one that case and ending make its subject."""
    if doc.language.order == "fixed":
        who = nouns.before(doc, sentence, verb)
        return who if who is not None and who.last > who.first and not who.pronoun else None
    span = cases.clause(doc, verb, verb + 1)
    found = (inflected_nouns.who(doc, at, span.stop, "nomn") for at in span)
    fits = (one for one in found if one and cases.may_do(doc, one.first, one.last, verb))
    return next(fits, None)
