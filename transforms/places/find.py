"""Finds the names of places in a text: which words they are, and what the words around say.

Nothing is resolved here. A name is looked up as soon as a capital letter starts one; what stands
before and after it then tells whether it can be a place at all (``judge``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from transforms.places import judge
from transforms.places.gazetteer import GOES_ON, IS_NAME
from transforms.places.keys import ARTICLES, SHORT_WORDS, fold
from transforms.places.lexicon import english

if TYPE_CHECKING:
    from transforms.places.gazetteer import Gazetteer
    from transforms.places.lexicon import Lexicon
    from transforms.text import Doc

#: Names of places are at most so many words long.
_LONGEST = 6


@dataclass(slots=True)
class Found:
    """A name that may be a place's: tokens ``first:last``, and what it may be."""

    first: int
    last: int
    start: int
    end: int
    key: str  # folded; after "=" a code, after "?" a name that the gazetteer does not have
    rows: tuple[int, ...]
    cue: int = judge.PLAIN
    level: str | None = None  # ADM1, ADM2: the text names a division ("Kharkiv region")
    kind: str | None = None  # the common noun before it: "town", "city"
    listed: bool = False  # the level comes from the end of the list: "Kharkiv and Sumy regions"
    near: bool = False  # near it, not in it
    between: bool = False  # between it and another place
    possessive: bool = False
    article: bool = False  # "the" stands before it
    holder: Found | None = None  # the larger place in which the text puts it
    tight: bool = False  # the holder is given by a comma: "Shelton, Wash."


@dataclass(slots=True)
class Finding:
    """What was found in one article."""

    places: list[Found]
    persons: set[str]  # last words of persons' names, folded
    demonyms: dict[str, int]  # country codes to counts


def find(doc: Doc, gazetteer: Gazetteer) -> Finding:
    """All names that may be places, in the order of the text."""
    return _Scan(doc, gazetteer, english()).run()


class _Scan:
    """One pass over one article."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self.doc = doc
        self.gazetteer = gazetteer
        self.lexicon = lexicon
        self.found = Finding([], set(), {})
        self.firsts = {sentence.first for sentence in doc.sentences}

    def run(self) -> Finding:
        doc, demonyms = self.doc, self.lexicon.demonyms
        counts = self.found.demonyms
        done = 0
        pairs = enumerate(zip(doc.words, doc.lower, strict=True))
        for token in [token for token, (word, low) in pairs if word[0] != low[0]]:
            if token < done:
                continue
            low = doc.lower[token]
            if low in demonyms and not self._longer(token):
                counts[demonyms[low]] = counts.get(demonyms[low], 0) + 1
                continue
            found = self._at(token)
            if found is not None:
                self.found.places.append(found)
                done = found.last
            else:
                done = self._person(token)
        return self.found

    def _longer(self, token: int) -> bool:
        """Whether a name of several words starts with this demonym: "Indian Wells"."""
        match = self._match(token)
        return match is not None and match[1] - token > 1

    def _at(self, token: int) -> Found | None:
        word = self.doc.words[token]
        lexicon = self.lexicon
        short = word in lexicon.abbreviations or word in lexicon.postal
        if short and self._abbreviates(word):
            abbreviation = self._abbreviation(token)
            if abbreviation is not None:
                return abbreviation
        begin = self._article(token)
        match = self._match(begin)
        if begin != token and (match is None or match[1] <= token):
            begin, match = token, self._match(token)
        if match is None:
            return self._unknown(token)
        key, last, possessive = match
        if self._longer_settlement(token, last, possessive):
            return self._unknown(token)
        rows = self.gazetteer.rows(key)
        if self._is_side(key, rows):
            return None
        line = token in self.firsts and judge.opens_wire(self.doc, token, last)
        single = last - token == 1 and not line
        if single and (self._is_plain(token) or self._names_person(token, possessive)):
            return None
        found = Found(
            begin, last, self.doc.starts[begin], self._end(last - 1, possessive), key, (), 0
        )
        found.possessive = possessive
        if line:
            found.cue = judge.STRONG
        elif not judge.judge(self.doc, found, self.lexicon, self.found, self.firsts):
            return None
        found.rows = rows
        return found

    def _is_side(self, key: str, rows: tuple[int, ...]) -> bool:
        """ "West Charlotte": a side of Charlotte, where no place has that for its own name."""
        side, _, name = key.partition(" ")
        if side not in self.lexicon.side or not self.gazetteer.knows(name):
            return False
        places = [self.gazetteer.place(row) for row in rows]
        return all(p.level == 4 and not fold(p.name).startswith(side) for p in places)

    def _abbreviates(self, word: str) -> bool:
        """Whether a word may be short for a place; in a text in capitals "CAR" is a car."""
        if word in self.lexicon.postal:
            return True
        written = self.lexicon.abbreviations.get(word, ())
        return any("." in name or not self.doc.caps for name, _ in written)

    def _article(self, token: int) -> int:
        """The token of an Arabic article before a name, "al-Bab", else the name's own token."""
        doc = self.doc
        if token < 2 or doc.words[token - 1] != "-" or doc.lower[token - 2] not in ARTICLES:
            return token
        joined = doc.ends[token - 2] == doc.starts[token - 1] == doc.starts[token] - 1
        return token - 2 if joined else token

    def _longer_settlement(self, token: int, last: int, possessive: bool) -> bool:
        """Whether "village of" is followed by more than the name that was matched: Tal Qasab."""
        doc, lexicon = self.doc, self.lexicon
        if possessive or token < 2 or doc.lower[token - 1] != "of" or doc.caps:
            return False
        follow = self._next(last - 1)
        return (
            doc.lower[token - 2] in lexicon.settlement
            and follow == last
            and doc.words[follow][0].isupper()
            and doc.lower[follow] not in lexicon.generic
            and doc.lower[follow] not in lexicon.calendar
        )

    def _unknown(self, token: int) -> Found | None:
        """A name that the gazetteer does not have, where the text says that it is a place's."""
        doc, lexicon = self.doc, self.lexicon
        before = doc.lower[token - 1] if token else ""
        if before == "of" and token > 1:
            stated = doc.lower[token - 2] in lexicon.settlement
        else:
            stated = before in lexicon.settlement
        if doc.caps or doc.lower[token] in lexicon.common:
            return None
        if not stated and before not in {"in", "near"}:
            return None
        last = token + 1
        while (follow := self._next(last - 1)) and doc.words[follow][0].isupper():
            last = follow + 1
        possessive = doc.lower[last - 1].endswith("'s")
        end = self._end(last - 1, possessive)
        key = "?" + fold(doc.text[doc.starts[token] : end])
        found = Found(token, last, doc.starts[token], end, key, ())
        found.possessive = possessive
        found.near = before == "near"
        if not judge.judge(doc, found, lexicon, self.found, self.firsts):
            return None
        found.cue = judge.STRONG if stated else judge.WEAK
        return found

    def _is_plain(self, token: int) -> bool:
        """Whether the word is a capitalised "In", "The", "North"."""
        low = self.doc.lower[token]
        return low in self.lexicon.prefix or low in self.lexicon.locative

    def _names_person(self, token: int, possessive: bool) -> bool:
        """Whether a given name stands here with another name after it: "Paris Hilton"."""
        doc, lexicon = self.doc, self.lexicon
        if doc.lower[token] not in lexicon.given or possessive:
            return False
        follow = self._next(token)
        if not follow or not doc.words[follow][0].isupper() or doc.words[follow - 1] == "-":
            return False
        low = doc.lower[follow].removesuffix("'s")
        return not (
            low in lexicon.office
            or low in lexicon.generic
            or low in lexicon.calendar
            or low in lexicon.demonyms
        )

    def _end(self, token: int, possessive: bool) -> int:
        return self.doc.ends[token] - (2 if possessive else 0)

    def _match(self, token: int) -> tuple[str, int, bool] | None:
        """The longest name in the gazetteer that starts at a token: its key and its end."""
        lower, words, extends = self.doc.lower, self.doc.words, self.gazetteer.extends
        low = lower[token]
        possessive = low.endswith("'s")
        key = fold_word(low[:-2] if possessive else low)
        state = extends(key) if key else 0
        if not state or (len(key) == 1 and words[token + 1 : token + 2] == ["-"]):
            return None  # "D-Ohio": a party
        best = (key, token + 1, possessive) if state & IS_NAME else None
        for _ in range(_LONGEST):
            if possessive or not state & GOES_ON or not (token := self._next(token)):
                break
            low = lower[token]
            possessive = low.endswith("'s")
            key = f"{key} {fold_word(low[:-2] if possessive else low)}"
            state = extends(key)
            common = words[token].islower() and (low not in self.lexicon.nouns or key[:4] == "the ")
            if state & IS_NAME and not common:
                best = (key, token + 1, possessive)
        return best

    def _next(self, token: int) -> int:
        """The token of the name's next word, or 0 where a name cannot go on."""
        doc = self.doc
        follow = token + 1
        if follow >= len(doc.words):
            return 0
        gap = doc.starts[follow] - doc.ends[token]
        word = doc.words[follow]
        if gap == 0 and (word == "-" or (word == "." and abbreviates(doc.lower[token]))):
            follow += 1
            if follow >= len(doc.words):
                return 0
            gap = doc.starts[follow] - doc.ends[follow - 1]
            word = doc.words[follow]
        if gap > 1 or not word[0].isalnum() or (gap and not judge.goes_on(doc, follow)):
            return 0
        return follow

    def _abbreviation(self, token: int) -> Found | None:
        doc = self.doc
        word = doc.words[token]
        for written, code in self.lexicon.abbreviations.get(word, ()):
            start = doc.starts[token]
            end = start + len(written)
            follow = doc.text[end : end + 1]
            if not doc.text.startswith(written, start) or follow.isalnum() or follow == "$":
                continue
            if written.count(".") == 1 and (token == 0 or doc.words[token - 1] != ","):
                continue
            return self._coded(token, end, code)
        if not doc.caps and word in self.lexicon.postal and self._after_city(token):
            return self._coded(token, doc.ends[token], "PR" if word == "PR" else f"US-{word}")
        return None

    def _coded(self, token: int, end: int, code: str) -> Found | None:
        row = self.gazetteer.coded(code)
        if row is None or (self.doc.caps and code == "US" and end == self.doc.starts[token] + 2):
            return None
        last = self.doc.token_at(end - 1) + 1
        start = self.doc.starts[token]
        return Found(token, last, start, end, f"={code}", (row,), judge.STRONG)

    def _after_city(self, token: int) -> bool:
        places = self.found.places
        return bool(
            token > 1
            and self.doc.words[token - 1] == ","
            and self.doc.words[token - 2][0].isupper()
            and (not self.doc.caps or (places and places[-1].last == token - 1))
        )

    def _person(self, token: int) -> int:
        """Note a person's name that starts here; returns the token to go on from."""
        doc, lexicon = self.doc, self.lexicon
        low = doc.lower[token]
        if low not in lexicon.given and low not in lexicon.title:
            return token + 1
        last, end = token, token + 1
        while (follow := self._next(last)) and doc.words[follow][0].isupper():
            if follow - token > 5 or doc.lower[follow] in lexicon.office:
                break
            last, end = follow, follow + 1
            if follow - token < 3:
                self.found.persons.add(fold_word(doc.lower[last].removesuffix("'s")))
        if last > token:
            self.found.persons.add(fold_word(doc.lower[last].removesuffix("'s")))
        return end if low in lexicon.given else token + 1


_FOLDED: dict[str, str] = {}


def fold_word(low: str) -> str:
    """One word of a text, folded; remembered, since a language has few words."""
    folded = _FOLDED.get(low)
    if folded is None:
        if len(_FOLDED) > 200_000:
            _FOLDED.clear()
        folded = _FOLDED[low] = fold(low).replace(" ", "")
    return folded


def abbreviates(low: str) -> bool:
    """Whether a full stop after this word shortens it rather than ends the sentence."""
    return len(low) <= 1 or low in SHORT_WORDS
