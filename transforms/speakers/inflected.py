"""Finds attributions in a language where case, and not place, tells who speaks.

"повідомив начальник ОВА Андрій Ковальчук", "у ДСНС заявили", "за словами мера", and the name under
a post: "…, – голова ОВА.". The subject is the nominative beside the verb.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.model import Attribution
from transforms.speakers.inflected_nouns import DASHES, LONGEST, Memory, Who, who, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from transforms.model import Certainty
    from transforms.text import Doc, Sentence

#: Between a verb and who speaks stand so many words of time: "заявив у вівторок ввечері".
_BETWEEN = 7
#: "у своєму Telegram-каналі" has so many words at most.
_CHANNEL = 6


def find(doc: Doc, places: frozenset[int] = frozenset()) -> list[Attribution]:
    """Every attribution of a text, in order.

    Args:
        doc: the text.
        places: where the names of places start in it.
    """
    scan = _Scan(doc, places)
    return [found for sentence in doc.sentences for found in scan.sentence(sentence)]


#: Of a word that the dictionary does not have, and of a surname.
_UNKNOWN = frozenset(("guess", "UNKN", "Surn"))
#: Around the name of a channel: "написав у «Телеграмі»".
_MARKS = frozenset(("«", "»", "-"))


class _Scan:
    """One pass over one article."""

    def __init__(self, doc: Doc, places: frozenset[int]) -> None:
        self.doc = doc
        self.places = places
        self.words = words(doc.language)
        self.memory = Memory()

    def sentence(self, sentence: Sentence) -> Iterator[Attribution]:
        """The attributions of a sentence."""
        signed = self._signature(sentence)
        if signed is not None:
            yield self._attribution(signed, ":", "asserted", self._above(sentence))
            return
        done, cues, doc = sentence.first, self.words.cues, self.doc
        lemmas = doc.lemma[sentence.first : sentence.last]
        for at in [at for at, lemma in enumerate(lemmas, sentence.first) if lemma in cues]:
            found = self._at(sentence, at) if at >= done else None
            if found is not None:
                yield found
                done = max(self.doc.token_at(found.end - 1), at) + 1

    def _at(self, sentence: Sentence, at: int) -> Attribution | None:
        word, lemma = self.doc.words[at], self.doc.lemma[at]
        if lemma in self.words.verbs:
            return self._spoken(sentence, at)
        if lemma in self.words.citing:
            return self._cited(sentence, at)
        if word == ":":
            return self._headed(sentence, at)
        return self._signed(sentence, at) if word in DASHES else None

    def _who(self, first: int, end: int, case: str) -> Who | None:
        found = who(self.doc, first, end, case)
        return self.memory.understood(found) if found else None

    def _same(self, at: int) -> Who | None:
        """The speaker before, meant by "he"."""
        last = self.memory.last
        return Who(at, at + 1, last.speaker, last.role) if last else None

    def _spoken(self, sentence: Sentence, verb: int) -> Attribution | None:
        """By a verb of speech."""
        found = self._after_verb(sentence, verb) or self._before_verb(sentence, verb)
        if found is None:
            return None
        first, last = min(found.first, verb), max(found.last, verb + 1)
        if self._only_tells(sentence, first, last):
            scope = self._above(sentence)
        elif self._leads(sentence, first, last):
            scope = (self.doc.ends[last - 1], sentence.end)
        else:
            scope = (self._opening(sentence, first), sentence.end)
        certainty = self.words.verbs[self.doc.lemma[verb]]
        whole = Who(first, last, found.speaker, found.role)
        return self._attribution(whole, self.doc.lower[verb], certainty, scope)

    def _after_verb(self, sentence: Sentence, verb: int) -> Who | None:
        """ "повідомив у вівторок мер", "повідомили в ДСНС"."""
        doc, known, at = self.doc, self.words, verb + 1
        while at < min(verb + 1 + _BETWEEN, sentence.last):
            if doc.lower[at] in known.he:
                return self._same(at)
            inside = doc.lower[at] in known.within
            if inside and at + 1 < sentence.last and doc.lemma[at + 1] in known.documents:
                return self._same(at)
            aside = self._channel(at, sentence.last) if at > verb + 1 or inside else at
            if aside > at:
                at = aside
                continue
            found = self._who(at + inside, sentence.last, "loct" if inside else "nomn")
            if found is not None:
                return Who(at, found.last, found.speaker, found.role)
            if not (inside or self._passes(at)):
                return None
            at += 1
        return None

    def _channel(self, at: int, end: int) -> int:
        """The token after "у своєму телеграм-каналі", or after a name in quotes."""
        doc, last = self.doc, at
        if doc.words[at] == "«":
            closing = (i for i in range(at, min(at + LONGEST, end)) if doc.words[i] == "»")
            return next(closing, at - 1) + 1
        for i in range(at, min(at + _CHANNEL, end)):
            if doc.lemma[i] not in self.words.about and not doc.words[i].isascii():
                break
            last = i + 1
        return last if last > at + 1 else at

    def _passes(self, at: int) -> bool:
        """Whether a word after a verb is of when, where or to whom: "розповів журналістам"."""
        doc, known = self.doc, self.words
        lemma, tags = doc.lemma[at], doc.tag(at)
        if lemma in known.between or lemma in known.about or not doc.words[at][0].isalpha():
            return doc.words[at][0].isdigit() or doc.words[at] in _MARKS or doc.words[at].isalpha()
        if "ADVB" in tags:
            return True  # "повідомляв тоді мер"
        listener = "datv" in tags and {"nomn", "loct"}.isdisjoint(tags)
        return listener or doc.words[at].isascii()

    def _before_verb(self, sentence: Sentence, verb: int) -> Who | None:
        """ "Речник Генштабу Дмитро Лихо повідомив", "У ДСНС заявили"."""
        doc, known, at = self.doc, self.words, verb - 1
        while at > sentence.first and doc.lemma[at] in known.between:
            at -= 1
        if at >= sentence.first and doc.lower[at] in known.he:
            return self._same(at)
        for first in range(max(sentence.first, at + 1 - LONGEST), at + 1):
            inside = first > sentence.first and doc.lower[first - 1] in known.within
            found = who(doc, first, at + 1, "loct" if inside else "nomn")
            if found is not None and found.last == at + 1:
                found = self.memory.understood(found)
                return Who(first - inside, found.last, found.speaker, found.role)
        return None

    def _leads(self, sentence: Sentence, first: int, last: int) -> bool:
        """Whether what is said follows: "X повідомив, що", "X: …"."""
        doc = self.doc
        opens = all(not doc.words[at][0].isalnum() for at in range(sentence.first, first))
        return opens and any(doc.words[at][0].isalnum() for at in range(last, sentence.last))

    def _only_tells(self, sentence: Sentence, first: int, last: int) -> bool:
        """Whether a sentence only names the source of those above: "Про це повідомив X."."""
        doc, known = self.doc, self.words
        rest = [*range(sentence.first, first), *range(last, sentence.last)]
        if first > sentence.first and (self._takes_up(sentence) or self._opens_about(sentence)):
            rest = rest[first - sentence.first :]  # "Об этом в эфире канала рассказал мэр"
        return all(
            doc.lemma[at] in known.between
            or doc.lemma[at] in known.about
            or not doc.words[at][0].isalpha()
            for at in rest
        )

    def _takes_up(self, sentence: Sentence) -> bool:
        """Whether a sentence opens with what was said before it: "Про це", "Об этом"."""
        doc, known = self.doc, self.words
        head = [at for at in range(sentence.first, sentence.last) if doc.words[at][0].isalpha()]
        return len(head) > 1 and all(doc.lemma[at] in known.about for at in head[:2])

    def _opens_about(self, sentence: Sentence) -> bool:
        """Whether a sentence opens with what is told of: "Про наслідки удару повідомив мер"."""
        doc, known = self.doc, self.words
        opening = (at for at in range(sentence.first, sentence.last) if doc.words[at][0].isalpha())
        return doc.lower[next(opening, sentence.first)] in known.of

    def _cited(self, sentence: Sentence, noun: int) -> Attribution | None:
        """ "за словами X", "по данным X", "із посиланням на X", "за його словами"."""
        doc, known, first, last = self.doc, self.words, noun - 1, noun + 1
        mine = first >= sentence.first and doc.lower[first] in known.pronouns
        first -= mine
        if first < sentence.first or doc.lower[first] not in known.citing_prepositions:
            return None
        if mine:
            found = self._same(first)
        else:
            on = last < sentence.last and doc.lower[last] in known.within
            found = self._who(last + on, sentence.last, "accs" if on else "gent")
            last = found.last if found else last
        if found is None:
            return None
        whole = Who(first, last, found.speaker, found.role)
        trails = self._closes(sentence, last)  # of "X writes, citing Y" it is Y who says so
        scope = (sentence.start, doc.ends[last - 1] if trails else sentence.end)
        return self._attribution(whole, doc.lower[noun], "asserted", scope)

    def _headed(self, sentence: Sentence, colon: int) -> Attribution | None:
        """ "Минобороны РФ: за сутки …"."""
        first = sentence.first
        while first < colon and not self.doc.words[first][0].isalnum():
            first += 1
        found = self._who(first, colon, "nomn") or self._surname(first, colon)
        if found is None or found.last != colon:
            return None
        own = [s for s in self.doc.sentences if s.paragraph == sentence.paragraph]
        end = own[-1].end if own[0] is sentence else sentence.end
        return self._attribution(found, ":", "asserted", (self.doc.ends[colon], end))

    def _surname(self, first: int, colon: int) -> Who | None:
        """ "Синегуб: …", "Meduza: …": a name that no dictionary has as a word, nor as a place."""
        doc = self.doc
        if first + 1 != colon or not doc.words[first].istitle():
            return None
        tags = doc.tag(first)
        if doc.starts[first] in self.places or not (_UNKNOWN & tags or not tags):
            return None
        name = doc.words[first]
        return self.memory.understood(Who(first, colon, name, None))

    def _signed(self, sentence: Sentence, dash: int) -> Attribution | None:
        """ "…, – голова ОВА.": the source under a post speaks for all of it."""
        if dash + 1 >= sentence.last or self.doc.lemma[dash + 1] in self.words.verbs:
            return None
        found = self._who(dash + 1, sentence.last, "nomn")
        if found is None or not self._closes(sentence, found.last):
            return None
        return self._attribution(found, "–", "asserted", self._above(sentence))

    def _closes(self, sentence: Sentence, last: int) -> bool:
        """Whether after a source nothing follows but a date or a sign."""
        doc = self.doc
        return all(
            not doc.words[at][0].isalpha() or doc.lemma[at] in self.words.between
            for at in range(last, sentence.last)
        )

    def _signature(self, sentence: Sentence) -> Who | None:
        """A sentence that is nothing but its source: "Сумська ОВА.", "Данные полиции."."""
        doc, first, case = self.doc, sentence.first, "nomn"
        while first < sentence.last and not doc.words[first][0].isalnum():
            first += 1
        if sentence.start == self.doc.sentences[0].start or sentence.last - first > 2 * LONGEST:
            return None
        if first + 1 < sentence.last and doc.lemma[first] in self.words.sources:
            first, case = first + 1, "gent"
        found = who(doc, first, sentence.last, case)
        if found is None or not self._closes(sentence, found.last):
            return None
        return self.memory.understood(found)

    def _above(self, sentence: Sentence) -> tuple[int, int]:
        """From the head of the paragraph, or of the post where the source stands alone below."""
        own = next(s for s in self.doc.sentences if s.paragraph == sentence.paragraph)
        return (0 if own is sentence else own.start), sentence.end

    def _opening(self, sentence: Sentence, first: int) -> int:
        """The head of a sentence, or of the quotation that ends before an attribution."""
        text, start = self.doc.text, self.doc.starts[first]
        if text[:start].rstrip(" ,–—-\n").endswith("»"):
            quoted = text.rfind("«", 0, start)
            return min(sentence.start, quoted) if quoted >= 0 else sentence.start
        return sentence.start

    def _attribution(
        self, found: Who, verb: str, certainty: Certainty, scope: tuple[int, int]
    ) -> Attribution:
        start, end = self.doc.starts[found.first], self.doc.ends[found.last - 1]
        return Attribution(start, end, found.speaker, found.role, verb, certainty, *scope)
