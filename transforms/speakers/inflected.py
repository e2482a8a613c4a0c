"""Finds attributions in a language where case, and not place, tells who speaks.

"повідомив начальник ОВА Андрій Ковальчук", "у ДСНС заявили", "за словами мера", and the name under
a post: "…, – голова ОВА.". The subject is the nominative beside the verb.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from seeds import read as seeds
from transforms.model import Attribution, Certainty
from transforms.record import record
from transforms.speakers import nominative

if TYPE_CHECKING:
    from collections.abc import Iterator

    from transforms.language import Language
    from transforms.text import Doc, Sentence

#: A phrase for a speaker is so many words long.
_LONGEST = 14
#: Between a verb and who speaks stand so many words of time: "заявив у вівторок ввечері".
_BETWEEN = 6
_DASHES = frozenset(("–", "—", "-"))
_STOPS = frozenset((".", "!", "…", ";", "🇺🇦"))
_NOMINAL = frozenset(("NOUN", "ADJF", "PRTF", "UNKN", "LATN"))
_PERSONAL = frozenset(("Name", "Surn"))
_CASES = {"nomn": "nomn", "in": "loct", "of": "gent", "on": "accs"}


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of seeds/lexicons/<language>/speakers.toml, which says what each is."""

    verbs: dict[str, Certainty]
    impersonal: frozenset[str]
    citing: frozenset[str]
    citing_prepositions: frozenset[str]
    pronouns: frozenset[str]
    he: frozenset[str]
    within: frozenset[str]
    about: frozenset[str]
    inner: frozenset[str]
    sources: frozenset[str]
    between: frozenset[str]
    persons: frozenset[str]
    bodies: frozenset[str]


@record
class Who:
    """A speaker: the phrase's tokens ``first:last``, the name or body, the office."""

    first: int
    last: int
    speaker: str
    role: str | None


@dataclass(slots=True)
class Memory:
    """Speakers so far, by whom "he" and a bare surname are understood."""

    last: Who | None = None
    by_surname: dict[str, Who] = field(default_factory=dict)

    def understood(self, who: Who) -> Who:
        """The speaker in full, where the text has named them before."""
        surname = who.speaker.rsplit(" ", 1)[-1]
        known = self.by_surname.get(surname)
        if known is not None and who.speaker in known.speaker and who.speaker == surname:
            who = Who(who.first, who.last, known.speaker, known.role or who.role)
        self.by_surname[surname] = self.last = who
        return who


@cache
def words(language: Language) -> Words:
    """The words of a language by which speakers are told."""
    seed = seeds.toml(f"{language.folder}/speakers.toml")
    kinds: tuple[Certainty, ...] = ("asserted", "alleged", "denied")
    lists = {name: frozenset(seed["words"][name]) for name in _LISTS}
    return Words(
        verbs={verb: kind for kind in kinds for verb in seed["verbs"][kind].split()},
        impersonal=frozenset(seed["verbs"]["impersonal"].split()),
        within=frozenset(seed["words"]["in"]),
        persons=frozenset(seed["persons"]["words"].split()),
        bodies=frozenset(seed["bodies"]["words"].split()),
        **lists,
    )


_LISTS = (
    *("citing", "citing_prepositions", "pronouns", "he", "about", "inner", "sources"),
    "between",
)


def find(doc: Doc) -> list[Attribution]:
    """Every attribution of a text, in order."""
    scan = _Scan(doc)
    return [found for number in range(len(doc.sentences)) for found in scan.sentence(number)]


class _Scan:
    """One pass over one article."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.words = words(doc.language)
        self.memory = Memory()

    def sentence(self, number: int) -> Iterator[Attribution]:
        """The attributions of a sentence."""
        doc, known = self.doc, self.words
        sentence = doc.sentences[number]
        signed = self._signature(sentence)
        if signed is not None:
            yield self._attribution(signed, sentence, ":", "asserted", self._above(sentence))
            return
        done = sentence.first
        for at in range(sentence.first, sentence.last):
            if at < done:
                continue
            found = None
            if doc.lemma[at] in known.verbs:
                found = self._spoken(sentence, at)
            elif doc.lemma[at] in known.citing:
                found = self._cited(sentence, at)
            elif doc.words[at] == ":" or doc.words[at] in _DASHES:
                found = self._marked(sentence, at)
            if found is not None:
                yield found
                done = max(doc.token_at(found.end - 1) + 1, at + 1)

    # -- by a verb ---------------------------------------------------------------------------

    def _spoken(self, sentence: Sentence, verb: int) -> Attribution | None:
        who = self._after_verb(sentence, verb) or self._before_verb(sentence, verb)
        if who is None:
            return None
        first, last = min(who.first, verb), max(who.last, verb + 1)
        leads = self._leads(sentence, first, last)
        if self._about_all(sentence, first):
            scope = self._above(sentence)
        elif leads:
            scope = (self.doc.ends[last - 1], sentence.end)
        else:
            scope = (self._quoted(sentence), sentence.end)
        certainty = self.words.verbs[self.doc.lemma[verb]]
        return self._attribution(Who(first, last, who.speaker, who.role), sentence,
                                 self.doc.lower[verb], certainty, scope)  # fmt: skip

    def _after_verb(self, sentence: Sentence, verb: int) -> Who | None:
        """ "повідомив у вівторок мер", "повідомили в ДСНС"."""
        doc, known, at = self.doc, self.words, verb + 1
        while at < min(verb + 1 + _BETWEEN, sentence.last):
            if doc.lower[at] in known.within and at + 1 < sentence.last:
                who = self._who(sentence, at + 1, "loct")
                if who is not None:
                    return Who(at, who.last, who.speaker, who.role)
            elif doc.lower[at] in known.he:
                return self._same(at)
            else:
                who = self._who(sentence, at, "nomn")
                if who is not None:
                    return who
            if doc.lemma[at] not in known.between and not doc.words[at][0].isdigit():
                return None
            at += 1
        return None

    def _same(self, at: int) -> Who | None:
        last = self.memory.last
        return Who(at, at + 1, last.speaker, last.role) if last else None

    def _before_verb(self, sentence: Sentence, verb: int) -> Who | None:
        """ "Речник Генштабу Дмитро Лихо повідомив", "У ДСНС заявили"."""
        doc, known = self.doc, self.words
        at = verb - 1
        while at > sentence.first and doc.lemma[at] in known.between and at > verb - _BETWEEN:
            at -= 1
        if at >= sentence.first and doc.lower[at] in known.he:
            return self._same(at)
        for first in range(max(sentence.first, at - _LONGEST), at + 1):
            inside = first > sentence.first and doc.lower[first - 1] in known.within
            who = self._who(sentence, first, "loct" if inside else "nomn", end=at + 1)
            if who is not None and who.last == at + 1:
                return Who(first - inside, who.last, who.speaker, who.role)
        return None

    def _leads(self, sentence: Sentence, first: int, last: int) -> bool:
        """Whether what is said follows: "X повідомив, що", "X: …"."""
        doc = self.doc
        head = all(not doc.words[at][0].isalnum() for at in range(sentence.first, first))
        return head and last < sentence.last and not self._ends(sentence, last)

    def _about_all(self, sentence: Sentence, first: int) -> bool:
        """Whether a sentence only names the source of those above: "Про це повідомив X."."""
        doc, known = self.doc, self.words
        told = range(sentence.first, first)
        plain = [doc.lower[at] for at in told if doc.words[at][0].isalpha()]
        others = [w for w, at in zip(plain, told, strict=False) if w not in known.about]
        short = all(doc.lemma[at] in (*known.between, *known.about) or not
                    doc.words[at][0].isalpha() for at in told)  # fmt: skip
        ends = self._ends(sentence, self._last_of(sentence, first))
        return short and ends and (bool(plain) or not others)

    def _last_of(self, sentence: Sentence, first: int) -> int:
        del first
        last = sentence.last
        while last > sentence.first and not self.doc.words[last - 1][0].isalnum():
            last -= 1
        return last

    def _ends(self, sentence: Sentence, last: int) -> bool:
        return all(not self.doc.words[at][0].isalnum() for at in range(last, sentence.last))

    # -- by what cites -----------------------------------------------------------------------

    def _cited(self, sentence: Sentence, noun: int) -> Attribution | None:
        """ "за словами X", "по данным X", "із посиланням на X"."""
        doc, known = self.doc, self.words
        first = noun - 1
        mine = first >= sentence.first and doc.lower[first] in known.pronouns
        first -= mine
        if first < sentence.first or doc.lower[first] not in known.citing_prepositions:
            return None
        if mine:
            who = self._same(first)
            last = noun + 1
        else:
            on = noun + 1 < sentence.last and doc.lower[noun + 1] in known.within
            who = self._who(sentence, noun + 1 + on, "accs" if on else "gent")
            last = who.last if who else noun
        if who is None:
            return None
        whole = Who(first, last, who.speaker, who.role)
        scope = (sentence.start, sentence.end)
        return self._attribution(whole, sentence, doc.lower[noun], "asserted", scope)

    # -- by a mark ---------------------------------------------------------------------------

    def _marked(self, sentence: Sentence, mark: int) -> Attribution | None:
        """ "Міноборони: …" and "…, – голова ОВА."."""
        doc = self.doc
        if doc.words[mark] == ":":
            who = self._who(sentence, sentence.first, "nomn", end=mark)
            if who is None or who.last != mark:
                return None
            scope = (doc.ends[mark], sentence.end)
            return self._attribution(who, sentence, ":", "asserted", scope)
        who = self._who(sentence, mark + 1, "nomn") if mark + 1 < sentence.last else None
        if who is None or not self._closes(sentence, who.last):
            return None
        if mark == sentence.first or doc.words[mark - 1][0] in "»\"”":
            scope = (self._quoted(sentence), sentence.end)
        else:
            scope = self._above(sentence)
        return self._attribution(who, sentence, doc.words[mark], "asserted", scope)

    def _closes(self, sentence: Sentence, last: int) -> bool:
        """Whether after a source under the news nothing follows but a date or a sign."""
        doc = self.doc
        return all(
            not doc.words[at][0].isalpha() or doc.lemma[at] in self.words.between
            for at in range(last, sentence.last)
        )

    def _signature(self, sentence: Sentence) -> Who | None:
        """A sentence that is nothing but its source: "Сумська ОВА.", "Данные полиции."."""
        doc, first = self.doc, sentence.first
        while first < sentence.last and not doc.words[first][0].isalnum():
            first += 1
        case = "nomn"
        if first + 1 < sentence.last and doc.lemma[first] in self.words.sources:
            first, case = first + 1, "gent"
        if first >= sentence.last or sentence.number_of_words_exceeds(doc, _LONGEST):
            return None
        who = self._who(sentence, first, case)
        if who is None or not self._closes(sentence, who.last):
            return None
        return who if sentence.first > 0 else None
