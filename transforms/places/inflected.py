"""Finds the names of places in a language that inflects them.

What ``find`` does for a language of fixed forms: a word with a capital is taken back to the names
that it may be a form of (``inflection``), and the words around, by their lemmas, tell whether it
is a place's: prepositions and settlements before it, "область" and "район" after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms import roles
from transforms.places import judge, quarters
from transforms.places.find import Finding, Found, fold_word
from transforms.places.gazetteer import GOES_ON, IS_NAME
from transforms.places.inflection import forms, inflection, openings, towns
from transforms.places.keys import fold
from transforms.places.lexicon import inflected_words

if TYPE_CHECKING:
    from transforms.places.gazetteer import Gazetteer
    from transforms.text import Doc, Sentence

#: "с.", "м.", "смт.": a word cut short has so many letters.
_SHORT = 3
#: Names of places are at most so many words long.
_LONGEST = 4
#: "Харківська обласна військова адміністрація": the body stands within so many words.
_BODY_WITHIN = 2
#: "Харківській, Полтавській та Сумській областях": so many words before the last one's noun.
_LIST_WITHIN = 7
_NEAR_KM = 25.0
#: Marks behind a name that a line opens with: "Балаклія. Троє підлітків", "Харків: двоє загиблих".
_HEADS = frozenset((".", ",", ":", "—", "–", "-", "(", "!", "|", "/"))
#: Grammemes of given names, surnames and patronymics.
_PERSONAL = frozenset(("Name", "Surn", "Patr"))
_ADVERB = frozenset(("ADVB",))
#: What a word of a noun's form is rather: an acronym, a preposition ("під"), a conjunction.
_NO_NOUN = frozenset(("Abbr", "PREP", "CONJ"))
_CASES = frozenset(("nomn", "gent", "datv", "accs", "ablt", "loct"))
#: People of a town that a district was named for; "Київський район" is a quarter of other cities.
_SEATS = range(10_000, 500_000)
#: A name in quotes is of so many words.
_TITLE = 3
_QUOTES = frozenset("«\"“„'")


def find(doc: Doc, gazetteer: Gazetteer) -> Finding:
    """All names that may be places, in the order of the text."""
    return _Scan(doc, gazetteer).run()


class _Scan:
    """One pass over one article."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer) -> None:
        self.doc = doc
        self.gazetteer = gazetteer
        self.words = inflected_words(doc.language)
        self.inflection = inflection(doc.language)
        self.found = Finding([], set(), dict(self.words.home))
        self.firsts = {self._first_word(sentence) for sentence in doc.sentences}

    def run(self) -> Finding:
        doc, demonyms = self.doc, self.words.demonyms
        done = 0
        for token, (word, lemma) in enumerate(zip(doc.words, doc.lemma, strict=True)):
            if lemma in demonyms:
                counts = self.found.demonyms
                counts[demonyms[lemma]] = counts.get(demonyms[lemma], 0) + 1
            elif token >= done and word[0].isupper():
                done = self._take(token)
        self.found.places = quarters.dropped(doc, self.gazetteer, self.words, self.found.places)
        return self.found

    def _first_word(self, sentence: Sentence) -> int:
        """The first token of a sentence after the signs that posts put before it."""
        tokens = range(sentence.first, sentence.last)
        return next((at for at in tokens if self.doc.words[at][0].isalnum()), sentence.first)

    def _take(self, token: int) -> int:
        """Keep the place named at a token, if any; returns the token to go on from."""
        if not self._may_begin(token) or self._is_other(token):
            return token + 1
        person = self._person(token)
        if person > token:
            return person
        found = self._of_adjective(token) or self._named(token) or self._unlisted(token)
        if found is None:
            return token + 1
        self._judge(found)
        self.found.places.append(found)
        return found.last

    def _may_begin(self, token: int) -> bool:
        """Whether any name begins so, or the word before says that one stands here."""
        word = fold_word(self.doc.lower[token])
        if word.isascii() or (token in self.firsts and self._is_adverb(token)):
            return False  # a brand's name among Cyrillic letters; "Додому повернулися"
        known = openings(self.inflection, self.gazetteer, word) or self._towns(token)
        return bool(known) or self._settlement(token) is not None or self._after_start(token)

    def _is_adverb(self, token: int) -> bool:
        """Whether a word has its capital from the sentence alone."""
        tags = self.doc.tag(token)
        return bool(tags) and tags <= _ADVERB

    def _after_start(self, token: int) -> bool:
        """Whether the word before begins a name of several words: "сектор Газа"."""
        return token > 0 and self.doc.lemma[token - 1] in self.inflection.starts

    def _is_other(self, token: int) -> bool:
        """Whether the name is a quoted one, an acronym, a street's, or follows a given name."""
        doc = self.doc
        word, before = doc.words[token], doc.lemma[token - 1] if token else ""
        if before in _QUOTES or (token > 1 and before == "." and self._is_street(token - 2)):
            return True
        if "«" in doc.words[max(token - _TITLE, 0) : token] and self._in_title(token):
            return True
        if 1 < len(word) < 5 and word.isupper():
            return fold_word(doc.lower[token]) not in self.inflection.names
        return self._beside(token - 1) and (before in self.words.street or self._is_name(token - 1))

    def _in_title(self, token: int) -> bool:
        """Whether a word stands in a name in quotes: "«Зелена Вінниця»", not in speech."""
        words = self.doc.words
        opens = next(at for at in range(token - 1, -1, -1) if words[at] == "«")
        closes = words[token : opens + 2 + _TITLE]
        return "»" in closes and "»" not in words[opens:token]

    def _is_street(self, token: int) -> bool:
        return self.doc.lemma[token] in self.words.street

    def _beside(self, token: int) -> bool:
        """Whether nothing but a space stands between a token and the next."""
        doc = self.doc
        return token >= 0 and doc.text[doc.ends[token] : doc.starts[token + 1]] == " "

    def _is_name(self, token: int) -> bool:
        tags = self.doc.tag(token)
        return self.doc.words[token][0].isupper() and "Name" in tags and "guess" not in tags

    def _person(self, token: int) -> int:
        """The token after a person's name that starts here, or the token itself."""
        doc = self.doc
        last = token
        while (
            last + 1 < len(doc.words)
            and last - token < _LONGEST
            and self._beside(last)
            and doc.words[last + 1][0].isupper()
        ):
            last += 1
        if last > token and self._is_name(token):
            self.found.persons.add(fold_word(doc.lower[last]))
            return last + 1
        return token

    def _of_adjective(self, token: int) -> Found | None:
        """ "Харківська ОВА", "Краснопільська громада", "Покровський напрямок"."""
        doc, words = self.doc, self.words
        if "ADJF" not in doc.tag(token) and not self._towns(token):
            return None
        for follow in range(token + 1, min(token + 1 + _BODY_WITHIN, len(doc.words))):
            if follow > token + 1 and doc.words[follow - 1][0].isupper():
                break  # "Лісного Вербівської громади" is two names
            lemma = doc.lemma[follow]
            if lemma in words.bodies:
                return self._region(token, token + 1)
            if lemma in words.community or lemma in words.front:
                return self._town(token, follow + 1, front=lemma in words.front)
            if words.generic.get(lemma) == "ADM2" and not self._goes_to(token, follow):
                return self._former_district(token, follow + 1)
        return self._in_list(token)

    def _goes_to(self, first: int, last: int) -> bool:
        """Whether a name of the gazetteer goes on from one token to another."""
        match = self._match(first)
        return match is not None and match[1] > last

    def _former_district(self, first: int, last: int) -> Found | None:
        """ "у Слов'янському районі": one that the gazetteer has no more is around its town."""
        found = self._town(first, last, front=False)
        if found is None:
            return None
        people = max(self.gazetteer.place(row).population for row in found.rows)
        return found if people in _SEATS else None  # less is a quarter's name, more too

    def _in_list(self, token: int) -> Found | None:
        """ "Харківській та Сумській областях": what the last one is, all are."""
        doc, words = self.doc, self.words
        follow = token + 1
        joint = doc.lower[follow] if follow < len(doc.words) else ""
        if joint != "," and joint not in words.conjunctions:
            return None
        for at in range(follow + 1, min(follow + _LIST_WITHIN, len(doc.words))):
            if "plur" in doc.tag(at) and doc.lemma[at] in words.generic:
                return self._region(token, token + 1, doc.lemma[at])
            if "plur" in doc.tag(at) and doc.lemma[at] in words.community:
                return self._town(token, token + 1, front=False)
            if doc.words[at][0].islower() and doc.lower[at] not in words.conjunctions:
                return None
        return None

    def _region(self, first: int, last: int, noun: str | None = None) -> Found | None:
        """The division that an adjective names without its noun."""
        for generic in (noun,) if noun else self.words.generic:
            for form in forms(self.inflection, fold_word(self.doc.lower[first])):
                key = f"{form} {fold(generic)}"
                if self.inflection.extends(key, self.gazetteer) & IS_NAME:
                    return self._found(first, last, (key,), self.words.generic[generic])
            if noun is None and self.words.generic[generic] != "ADM1":
                break
        return None

    def _towns(self, token: int) -> tuple[str, ...]:
        return towns(self.inflection, self.gazetteer, fold_word(self.doc.lower[token]))

    def _town(self, first: int, last: int, *, front: bool) -> Found | None:
        """The town of whose name an adjective is made."""
        known = self._towns(first)
        if not known:
            return None
        found = self._found(first, last, known, None)
        found.near, found.between, found.cue = True, front, judge.STRONG
        return found

    def _named(self, token: int) -> Found | None:
        match = self._match(token)
        if match is None:
            return None
        keys, last = match
        if self._of_noun(last - 1) or self._goes_on(last - 1):
            return None  # "у Красного форта"
        listed = tuple(key for key in keys if key in self.inflection.names)
        listed = tuple(key for key in listed if key.count(" ") == last - token - 1) or listed
        level = next((level for key in listed or keys if (level := self._level(key))), None)
        first = token - any(key.startswith(f"{self.doc.lemma[token - 1]} ") for key in listed)
        found = self._found(first, last, listed or keys, level)
        return None if self._is_officer(found, keys) else found

    def _of_noun(self, token: int) -> bool:
        """Whether a word is an adjective of the common noun after it, as its case shows."""
        doc, follow = self.doc, token + 1
        if follow >= len(doc.words) or not self._beside(token) or not doc.words[follow].islower():
            return False
        adjective, noun = doc.tag(token), doc.tag(follow)
        agree = not _CASES.isdisjoint(adjective & noun)
        return "ADJF" in adjective and "NOUN" in noun and _NO_NOUN.isdisjoint(noun) and agree

    def _goes_on(self, token: int) -> bool:
        """Whether the name is longer than known: "Великі" of the village "Великі Прохори"."""
        doc, follow = self.doc, token + 1
        if follow >= len(doc.words) or not self._beside(token) or not doc.words[follow].istitle():
            return False
        adjective, noun = doc.tag(token), doc.tag(follow)
        of_noun = "ADJF" in adjective and "ADJF" not in noun and _PERSONAL.isdisjoint(noun)
        return of_noun and not _CASES.isdisjoint(adjective & noun) and not self._match(follow)

    def _is_officer(self, found: Found, keys: tuple[str, ...]) -> bool:
        """Whether a name after an office is a person's: "губернатор Громов", not "мер Харкова"."""
        doc, first = self.doc, found.first
        if not self._beside(first - 1) or doc.lemma[first - 1] not in self.words.title:
            return False
        return (
            found.level is None and found.key[0] != "=" and keys[0] == fold_word(doc.lower[first])
        )

    def _level(self, key: str) -> str | None:
        """The level of a division that is named with its noun: "сумська область"."""
        name, _, noun = key.rpartition(" ")
        return self.words.folded_generic.get(noun) if name else None

    def _found(self, first: int, last: int, keys: tuple[str, ...], level: str | None) -> Found:
        doc = self.doc
        meant = [self.inflection.rows(key, self.gazetteer) for key in keys]
        rows = tuple(dict.fromkeys(row for _, rows in meant for row in rows))
        found = Found(first, last, doc.starts[first], doc.ends[last - 1], meant[0][0], rows)
        found.level = level
        return found

    def _match(self, token: int) -> tuple[tuple[str, ...], int] | None:
        """The longest names that start at a token: their keys and their end."""
        best: tuple[tuple[str, ...], int] | None = None
        states = self._openings(token)
        last = token
        for _ in range(_LONGEST):
            names = tuple(key for key, state in states if state & IS_NAME)
            listed = not self.inflection.names.keys().isdisjoint(names)
            if names and (listed or self._may_end(last, token)):
                best = (names, last + 1)
            open_ = [key for key, state in states if state & GOES_ON]
            follow = self._next(last)
            if not open_ or not follow:
                break
            last = follow
            states = self._longer(open_, fold_word(self.doc.lower[last]))
        return best

    def _openings(self, token: int) -> tuple[tuple[str, int], ...]:
        word, before = fold_word(self.doc.lower[token]), self.doc.lemma[token - 1] if token else ""
        states = openings(self.inflection, self.gazetteer, word)
        if before in self.inflection.starts:  # "сектор Газа"
            return (*self._longer([before], word), *states)
        return states

    def _longer(self, keys: list[str], word: str) -> tuple[tuple[str, int], ...]:
        joined = (f"{key} {form}" for key in keys for form in forms(self.inflection, word))
        pairs = ((key, self.inflection.extends(key, self.gazetteer)) for key in joined)
        return tuple((key, state) for key, state in pairs if state)

    def _may_end(self, last: int, first: int) -> bool:
        """Whether a name may end in a word: one with a capital, or the noun of a division."""
        doc = self.doc
        if last == first or doc.words[last][0].isupper():
            return True
        return doc.lemma[last] in self.words.generic

    def _next(self, token: int) -> int:
        """The token of the name's next word, or 0 where a name cannot go on."""
        doc = self.doc
        follow = token + 1
        if follow < len(doc.words) and doc.words[follow] == "-":
            if doc.starts[follow] != doc.ends[token]:
                return 0
            follow += 1
            return follow if follow < len(doc.words) and doc.words[follow][0].isalpha() else 0
        if follow >= len(doc.words) or not self._beside(token):
            return 0
        return follow if doc.words[follow][0].isalpha() else 0

    def _unlisted(self, token: int) -> Found | None:
        """A name that the gazetteer does not have, where the text says that it is a place's."""
        doc = self.doc
        if self._settlement(token) is None:
            return None
        last = token + 1
        while (follow := self._next(last - 1)) and doc.words[follow][0].isupper():
            if self._of_noun(follow):
                break  # "село Прилипка Вовчанської громади"
            last = follow + 1
        key = "?" + fold(doc.text[doc.starts[token] : doc.ends[last - 1]])
        return Found(token, last, doc.starts[token], doc.ends[last - 1], key, (), judge.STRONG)

    def _settlement(self, token: int) -> str | None:
        """The word for a settlement before a name: "село X", "с. X"."""
        doc, at = self.doc, token - 1
        if at > 0 and doc.words[at] == "." and len(doc.words[at - 1]) <= _SHORT:
            at -= 1
        return doc.lemma[at] if at >= 0 and doc.lemma[at] in self.words.settlement else None

    def _judge(self, found: Found) -> None:
        """Set what the words before a name say of it."""
        words, first = self.words, found.first
        before = self.doc.lemma[first - 1] if first else ""
        kind = self._settlement(first)
        if kind or before in words.kinds:
            found.kind = "town" if kind in words.towns else "village" if kind else before
            found.cue = judge.STRONG
            before = self.doc.lemma[max(first - 2, 0)]
        elif before in words.locative - words.way or self._tells_itself(found):
            found.cue = judge.STRONG
        else:
            found.cue = max(found.cue, judge.PLAIN)
        found.near = found.near or before in words.outskirts
        self._measure(found)

    def _tells_itself(self, found: Found) -> bool:
        """Whether a name is a place's whatever stands before it."""
        listed = found.level is not None or found.key[0] == "="
        return listed or self._heads(found) or self._stands_out(found)

    def _heads(self, found: Found) -> bool:
        """Whether a sentence opens with the name alone: "Балаклія. Троє підлітків…"."""
        doc = self.doc
        if found.first not in self.firsts or found.last >= len(doc.words):
            return False
        ends = doc.sentence_at(doc.starts[found.last]) is not doc.sentence_at(found.start)
        return ends or doc.words[found.last] in _HEADS

    def _stands_out(self, found: Found) -> bool:
        """Whether the capital can only be a name's, and the name is not known as a person's."""
        doc, first = self.doc, found.first
        if first in self.firsts or not doc.words[first - 1][-1].isalnum():
            return False
        return _PERSONAL.isdisjoint(doc.tag(first))

    def _measure(self, found: Found) -> None:
        """ "за 12 км від X": near it, or only somewhere off it."""
        doc, words, at = self.doc, self.words, found.first - 1
        if at < 1 or doc.lower[at] != words.distance_to:
            return
        kilometres = roles.distance(doc, at - 1)
        if kilometres is not None:
            found.near = kilometres <= _NEAR_KM
            found.between = not found.near
