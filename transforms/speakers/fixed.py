"""Finds attributions by their verb ("said", "according to") and reads the speaker around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from transforms.model import Attribution, Certainty
from transforms.record import record
from transforms.speakers import nouns, scope
from transforms.speakers.lexicon import CLOSING, QUOTES, lexicon
from transforms.speakers.nouns import Who

if TYPE_CHECKING:
    from transforms.text import Doc, Sentence

_BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "it's", "he's"))
#: Before these a word is a noun or an infinitive: "the report", "to claim".
_NO_VERB_AFTER = frozenset(
    ("the", "a", "an", "to", "of", "this", "that", "his", "her", "its", "their", "no", "any")
)
_STOPS = frozenset((".", ";", "?", "!", ",", ")"))
_DASHES = frozenset(("-", "–", "—"))
_HEADLINE_TOKENS = 7
_LONGEST_QUOTED = 14
#: Verbs that need an object and so never stand before their subject.
_NEVER_FIRST = frozenset(("told", "tells", "informed"))
_TOLL_WORDS = frozenset(("toll", "number", "figure", "count", "tally", "dead"))


@record
class Draft:
    """An attribution before its reach is known; tokens ``first:last`` are its own words."""

    who: Who
    first: int
    last: int
    verb: str
    certainty: Certainty
    whole: bool = False  # reaches over the whole sentence, as "according to" does


#: "by" stands within so many words of "according to a count".
_LONGEST_COUNT = 7


@dataclass(slots=True)
class Memory:
    """Speakers so far, by whom "he" and a bare surname are understood."""

    persons: list[Who] = field(default_factory=list)  # the latest last
    body: Who | None = None
    sexes: dict[str, str] = field(default_factory=dict)  # speaker -> the pronoun that fits
    by_surname: dict[str, Who] = field(default_factory=dict)

    def understood(self, who: Who) -> Who | None:
        """The speaker meant by a pronoun or a surname; None if nobody has been named."""
        if who.pronoun:
            meant = self._meant(who.pronoun)
            return meant.at(who.first, who.last) if meant else None
        if who.named:
            surname = who.speaker.rsplit(" ", 1)[-1].lower()
            known = self.by_surname.get(surname)
            if known and who.speaker in known.speaker:
                role = known.role or who.role
                who = Who(who.first, who.last, known.speaker, role, named=True)
            self.by_surname[surname] = who
        if who.named or _is_person(who):
            self._remember(who)
        else:
            self.body = who
        return who

    def _remember(self, who: Who) -> None:
        self.persons.append(who)
        words = set(f"{who.role or ''} {who.speaker}".lower().split())
        for pronoun, sexed in (("she", lexicon().female), ("he", lexicon().male)):
            if not words.isdisjoint(sexed):
                self.sexes[who.speaker] = pronoun

    def _meant(self, pronoun: str) -> Who | None:
        """The latest speaker whom no other pronoun or title contradicts."""
        if pronoun not in lexicon().persons:
            return self.body or (self.persons[-1] if self.persons else None)
        for who in reversed(self.persons):
            if self.sexes.setdefault(who.speaker, pronoun) == pronoun:
                return who
        return None


def _is_person(who: Who) -> bool:
    return not lexicon().roles.isdisjoint(who.speaker.lower().split())


def find(doc: Doc) -> list[Attribution]:
    """Every attribution of a text, in order of its verb."""
    triggers = lexicon().triggers
    hits = [i for i, word in enumerate(doc.lower) if word in triggers]
    if not hits:
        return []
    memory, quotations = Memory(), scope.quotations(doc)
    found: list[Attribution] = []
    for sentence, indices in _by_sentence(doc, hits):
        drafts: list[Draft] = []
        for index in indices:
            draft = _draft(doc, sentence, index, drafts, memory)
            if draft is not None:
                drafts.append(draft)
        found += _placed(doc, sentence, drafts, quotations)
    return found


def _by_sentence(doc: Doc, hits: list[int]) -> list[tuple[Sentence, list[int]]]:
    groups: list[tuple[Sentence, list[int]]] = []
    number, sentences = 0, doc.sentences
    for index in hits:
        while number < len(sentences) and sentences[number].last <= index:
            number += 1
        if number == len(sentences):
            break
        if sentences[number].first > index:
            continue
        if groups and groups[-1][0] is sentences[number]:
            groups[-1][1].append(index)
        else:
            groups.append((sentences[number], [index]))
    return groups


def _draft(
    doc: Doc, sentence: Sentence, index: int, drafts: list[Draft], memory: Memory
) -> Draft | None:
    words, word = lexicon(), doc.lower[index]
    if word == ":":
        return _headline(doc, sentence, index, memory)
    if word == "according":
        if index + 1 < sentence.last and doc.lower[index + 1] == "to":
            by = _keeper(doc, sentence, index + 2)
            return _cited(doc, sentence, index, by or index + 1, memory)
        return None
    if word == "count":
        if doc.lower[max(index - 2, 0) : index] == ["by", "the"] and doc.lower[
            index + 1 : index + 2
        ] == ["of"]:
            return _cited(doc, sentence, index - 2, index + 1, memory)
        return None
    if word in words.quoting:
        return _cited(doc, sentence, index, index, memory)
    if word in words.participles:
        return _participle(doc, sentence, index, drafts, memory)
    return _spoken(doc, sentence, index, drafts, memory)


def _keeper(doc: Doc, sentence: Sentence, first: int) -> int | None:
    """The "by" of "according to a count kept by a think tank": who keeps it, speaks."""
    counts = lexicon().counts
    for at in range(first + 2, min(first + _LONGEST_COUNT, sentence.last)):
        if doc.lower[at] == "by":
            return None if counts.isdisjoint(doc.lower[first:at]) else at
    return None


def _participle(
    doc: Doc, sentence: Sentence, index: int, drafts: list[Draft], memory: Memory
) -> Draft | None:
    """ "…, adding that": by the speaker before, or by its own subject ("with X saying")."""
    word = doc.lower[index]
    certainty: Certainty = "denied" if word == "denying" else "asserted"
    if word in ("claiming", "alleging"):
        certainty = "alleged"
    if doc.lower[index - 1] == "as":
        who = _quoted(doc, sentence, index - 1)
    elif drafts:
        return Draft(drafts[-1].who, index, index + 1, word, certainty)
    elif index > sentence.first and doc.lower[index - 1] == ",":
        who = nouns.before(doc, sentence, index) or nouns.opening_subject(doc, sentence)
    else:
        who = nouns.before(doc, sentence, index)
    who = memory.understood(who) if who else None
    return Draft(who, index, index + 1, word, certainty) if who else None


def _quoted(doc: Doc, sentence: Sentence, last: int) -> Who | None:
    """ "the agency quoted *the mayor* as saying"."""
    for at in range(last - 1, max(sentence.first, last - _LONGEST_QUOTED) - 1, -1):
        if doc.lower[at] in ("quoted", "cited", "quotes", "quoting", "citing"):
            return nouns.who(doc, at + 1, last)
    return None


def _cited(doc: Doc, sentence: Sentence, first: int, before: int, memory: Memory) -> Draft | None:
    """ "according to X", "citing X"."""
    who = nouns.after(doc, sentence, before)
    who = memory.understood(who) if who else None
    if who is None:
        return None
    return Draft(who, first, who.last, doc.lower[first], "asserted", whole=True)


def _headline(doc: Doc, sentence: Sentence, colon: int, memory: Memory) -> Draft | None:
    """ "Police: boy shot" and "Boy shot: police"."""
    if doc.caps:
        return None
    if 0 < colon - sentence.first <= _HEADLINE_TOKENS:
        who = nouns.in_headline(doc, sentence.first, colon)
        if who is not None and memory.understood(who):
            return Draft(who, sentence.first, colon + 1, ":", "asserted")
    if 1 < sentence.last - colon <= _HEADLINE_TOKENS:
        who = nouns.in_headline(doc, colon + 1, sentence.last)
        if who is not None and memory.understood(who):
            return Draft(who, colon, sentence.last, ":", "asserted", whole=True)
    return None


def _spoken(
    doc: Doc, sentence: Sentence, verb: int, drafts: list[Draft], memory: Memory
) -> Draft | None:
    if not _speaks(doc, sentence, verb):
        return None
    if drafts and verb < drafts[-1].last:
        return None
    who = _subject(doc, sentence, verb, drafts)
    who = memory.understood(who) if who else None
    if who is None:
        return None
    first, last = min(who.first, verb), max(who.last, verb + 1)
    return Draft(who, first, last, doc.lower[verb], lexicon().verbs[doc.lower[verb]])


def _speaks(doc: Doc, sentence: Sentence, verb: int) -> bool:
    """Whether a word of the lexicon is a verb of speech here."""
    words, word = lexicon(), doc.lower[verb]
    before = doc.lower[verb - 1] if verb > sentence.first else ""
    after = doc.lower[verb + 1] if verb + 1 < sentence.last else "."
    if before in _BE or before in _NO_VERB_AFTER or before in words.participles:
        return False
    if word in words.noun_verbs and (before.endswith(("'s", "s'")) or before in words.verbs):
        return False
    if after in words.never_next and not (word in words.plain and after not in _RESULTS):
        return False
    if word in words.of_tolls:
        return not _TOLL_WORDS.isdisjoint(doc.lower[verb + 1 : verb + 6])
    if word.startswith("claim") and not _LIVES.isdisjoint(doc.lower[verb + 1 : verb + 6]):
        return False
    if word not in words.that_only or after == "that" or _closes(doc, verb, before, after):
        return True
    return word not in words.that_strict and (after in words.that_next or after[0].isdigit())


def _closes(doc: Doc, verb: int, before: str, after: str) -> bool:
    """ "…, he added." """
    if doc.lower[verb] not in lexicon().closing:
        return False
    return after in _STOPS or after in QUOTES or before in QUOTES


#: Participles that describe a noun at the head of a sentence.
_BEFORE_NOUNS = frozenset(("alleged", "reported", "confirmed", "claimed", "documented", "verified"))
_RESULTS = frozenset(("missing", "dead", "killed", "injured", "wounded", "stolen"))
_LIVES = frozenset(("life", "lives"))


def _subject(doc: Doc, sentence: Sentence, verb: int, drafts: list[Draft]) -> Who | None:
    at = nouns.subject_end(doc, sentence, verb)
    if at < sentence.first:  # "Said the mayor: …", but "Alleged Russian strikes"
        return None if doc.lower[verb] in _BEFORE_NOUNS else nouns.after(doc, sentence, verb)
    word = doc.lower[at]
    if word in ("who", "which"):
        if drafts and drafts[-1].last in (at, at - 1):
            return drafts[-1].who.at(at, verb)
        return nouns.antecedent(doc, sentence, at)
    if word in ("and", "but"):
        same = drafts[-1].who if drafts else nouns.opening_subject(doc, sentence)
        return same.at(verb, verb) if same else None
    if word in QUOTES or word in _DASHES or (word == "," and doc.lower[at - 1] in CLOSING):
        return nouns.after(doc, sentence, verb)
    who = nouns.before(doc, sentence, verb)
    if who is None and word == ",":
        return _inverted(doc, sentence, verb)
    return who or nouns.modified(doc, sentence, at) or nouns.described(doc, sentence, verb, at)


def _inverted(doc: Doc, sentence: Sentence, verb: int) -> Who | None:
    """ ", said the governor." after a clause without marks: only if nothing else follows."""
    who = nouns.after(doc, sentence, verb)
    if who is None or who.pronoun or doc.lower[verb] in _NEVER_FIRST:
        return None
    after = doc.lower[who.last] if who.last < sentence.last else "."
    return who if after in _STOPS or after in lexicon().after or after in ("who", "-") else None


def _placed(
    doc: Doc, sentence: Sentence, drafts: list[Draft], quotations: list[tuple[int, int]]
) -> list[Attribution]:
    """Gives each attribution of a sentence its reach."""
    found = []
    for number, draft in enumerate(drafts):
        start, end = _reach(doc, sentence, draft, quotations)
        if number:
            cut = scope.contrast(doc, drafts[number - 1].last, draft.first)
            start = max(start, cut) if cut is not None else start
        if number + 1 < len(drafts):
            cut = scope.contrast(doc, draft.last, drafts[number + 1].first)
            end = min(end, cut) if cut is not None else end
        first, last = doc.starts[draft.first], doc.ends[draft.last - 1]
        found.append(
            Attribution(
                first,
                last,
                draft.who.speaker,
                draft.who.role,
                draft.verb,
                draft.certainty,
                start,
                end,
            )
        )
    return found


def _reach(
    doc: Doc, sentence: Sentence, draft: Draft, quotations: list[tuple[int, int]]
) -> tuple[int, int]:
    """From the end of a leading attribution, or over the whole sentence; with its quotations."""
    start, end = sentence.start, sentence.end
    trailing = draft.whole or _trails(doc, sentence, draft)
    if not trailing:
        start = doc.ends[draft.last - 1]
        end = scope.own_clause(doc, sentence, draft.last, lexicon().of_tolls)
    else:
        quoted = scope.quotation_before(doc, quotations, doc.starts[draft.first])
        start = min(start, quoted[0]) if quoted else start
    start, end = scope.around(quotations, start, end)
    goes_on = scope.quotation_after(doc, quotations, end)
    return start, goes_on[1] if goes_on else end


def _trails(doc: Doc, sentence: Sentence, draft: Draft) -> bool:
    """Whether what is said stands before: "…, police said on Monday."."""
    if draft.first == sentence.first:
        return scope.opens_after_quotation(doc, sentence)
    before = doc.lower[draft.first - 1]
    if before not in QUOTES and before not in _DASHES and before != ",":
        return False
    at = draft.last
    while draft.verb in _NEVER_FIRST and at < sentence.last and doc.words[at][0].isupper():
        at += 1  # "…," X told Reuters.
    after = doc.lower[at] if at < sentence.last else "."
    if before in QUOTES:
        return after not in (":", "that")
    return after in _STOPS or after in QUOTES or after in lexicon().after or after == "who"
