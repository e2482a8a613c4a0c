"""Nouns for people and their names in one sentence: where they begin, their head, their end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transforms.casualties.lexicon import Lexicon
    from transforms.text import Doc

#: A noun phrase has no more words than this before its head ("two heavily armed border guards").
_MAX_WORDS = 8
#: "police station", but "people camp there"
_NEVER_BEFORE_NOUNS = frozenset({"people", "persons"})
_AGE_UNITS = frozenset({"year", "yr", "month", "week", "day"})
#: Endings of words that are no names, where capitals do not tell.
_NO_NAME = tuple(
    "tion sion ism ically ously ively antly ently ably ardly lessly ality ness ologist".split()
)


class Nouns:
    """Reads noun phrases from tokens ``first:last`` of a document."""

    def __init__(self, doc: Doc, first: int, last: int, lexicon: Lexicon) -> None:
        self.doc = doc
        self.first = first
        self.last = last
        self.lexicon = lexicon
        self.words = doc.lower

    def openings(self) -> list[int]:
        """The tokens at which a group may begin: known words, numbers and capitals."""
        opens, cased = self.lexicon.openers, self.doc.words
        return [
            i
            for i, word in enumerate(self.words[self.first : self.last], self.first)
            if word in opens or not cased[i][0].islower() or word.endswith("'s")
        ]

    def noun(self, k: int) -> tuple[int | None, int | None, bool]:
        """Reads modifiers and a head from token ``k``.

        Returns:
            The token after the phrase (None: it names no people), the head's token when the
            lexicon knows it, and whether it says "more" or "others".
        """
        grammar, people = self.lexicon.grammar, self.lexicon.people
        head: int | None = None
        further = thing = False
        i = k
        while i < self.last and i - k < _MAX_WORDS and (i == k or self.words[i - 1] != "others"):
            word = self.words[i]  # no noun follows "others": "three others Thursday night"
            found = thing or head is not None
            further = further or word in grammar.other
            if word in people:
                head, thing = i, False
            elif word not in grammar.other and not (word == "-" and i > k):
                if head == i - 1 and self.words[head] in _NEVER_BEFORE_NOUNS:
                    break
                if word in grammar.stop or self._ends_noun(i) or (found and self.stops(i)):
                    break
                thing = word in grammar.not_people
                if head is not None and not self._names_people(i + 1):
                    break
            i += 1
        if i > k and self.words[i - 1] == "-":
            i -= 1
        if thing:  # "two houses", "three police stations"; not "two city women"
            return None, None, False
        if head is not None:
            return head + 1, head, further
        return i, None, further

    def _names_people(self, i: int) -> bool:
        """Whether a noun for people stands at a token: "four adult gunshot victims"."""
        return i < self.last and self.words[i] in self.lexicon.people

    def _ends_noun(self, i: int) -> bool:
        """A casualty word ends the phrase unless it describes the people after it."""
        word = self.words[i]
        number = word in self.lexicon.numbers.cardinals and word != "one"
        if number or word[0].isdigit():  # "a day earlier nine militants"
            return not (i + 2 < self.last and self.words[i + 2] in _AGE_UNITS)
        if word not in self.lexicon.triggers:
            return word in self.lexicon.grammar.zero
        following = self.words[i + 1 : min(i + 3, self.last)]
        if following and following[0] in self.lexicon.people:
            return False
        return not (
            len(following) == 2
            and following[1] in self.lexicon.people
            and following[0] not in self.lexicon.grammar.stop
            and following[0] not in self.lexicon.numbers.starts
            and not following[0][0].isdigit()
        )

    def joins_others(self, i: int) -> bool:
        """Whether "both" joins two others ("both he and she"); "both died" is two people."""
        if self.words[i] != "both":
            return False
        grammar, triggers = self.lexicon.grammar, self.lexicon.triggers
        if i > self.first and self.words[i - 1] in grammar.be:
            return True  # "were both killed"
        after = self.words[i + 1] if i + 1 < self.last else ""
        died = any(trigger.form == "intransitive" for trigger in triggers.get(after, ()))
        return not (died or after in grammar.be or after in grammar.have)

    def denies_one(self, i: int) -> bool:
        """Whether "not a single" stands around an article."""
        denied = i > self.first and self.words[i - 1] == "not"
        return denied and i + 2 < self.last and self.words[i + 1] == "single"

    def counts_on(self, j: int) -> bool:
        """Whether an ordinal stands alone before a verb: "a fifth died", "a third was hurt"."""
        if j + 1 >= self.last or self.words[j] not in ("third", "fourth", "fifth", "sixth"):
            return False
        after, grammar = self.words[j + 1], self.lexicon.grammar
        return (
            after in grammar.be
            or after in grammar.have
            or after in grammar.relative
            or after in self.lexicon.triggers
        )

    def stops(self, j: int) -> bool:
        """Whether a token ends a noun phrase: a function word or a casualty word."""
        word = self.words[j]
        return word in self.lexicon.grammar.stop or word in self.lexicon.triggers

    def starts_number(self, j: int) -> bool:
        """Whether a number may begin at a token."""
        return self.words[j][0].isdigit() or self.words[j] in self.lexicon.numbers.starts

    def age_follows(self, j: int) -> bool:
        """Whether "35-year-old" stands at token ``j``."""
        return (
            not _AGE_UNITS.isdisjoint(self.words[j + 1 : j + 4])
            and "old" in self.words[j + 2 : min(j + 6, self.last)]
        )

    def noun_after_age(self, j: int) -> tuple[int | None, int | None, bool]:
        """Like ``noun``, past an age: "35-year-old fisherman"; the age alone is a person too."""
        if not self.age_follows(j):
            return self.noun(j)
        old = self.words.index("old", j)
        end, head, further = self.noun(old + 1)
        if head is None:  # "a 35-year-old was killed"
            return old + 1, old, further
        return end, head, further

    def with_name(self, end: int) -> int:
        """Takes in the name after a title: "Governor A. B. Smith"."""
        i = end
        while i < self.last and i - end < _MAX_WORDS:
            if self.is_name_word(i) or (
                self.words[i] in (".", "-")
                and i > self.first
                and self.is_name_word(i - 1)
                and len(self.words[i - 1]) <= 3
            ):
                i += 1
            else:
                break
        return i

    def is_name_word(self, i: int) -> bool:
        """Whether a token may be part of a person's name."""
        word, lower = self.doc.words[i], self.words[i]
        if not word[0].isupper() or lower in self.lexicon.grammar.not_name:
            return False
        if lower in self.lexicon.triggers or (
            self.doc.caps
            and (
                lower in self.lexicon.grammar.stop
                or lower in self.lexicon.plain
                or lower.endswith(_NO_NAME)
            )
        ):
            return False
        return not word.endswith(("'s", "’s"))

    def plural_head(self, first: int, last: int) -> int | None:
        """In capitals, the noun that makes a seeming name several people: "SOVIET SAILORS"."""
        if not self.doc.caps:
            return None
        for i in range(first, last):
            person = self.lexicon.people.get(self.words[i])
            if person is not None and person.plural:
                return i
        return None

    def is_upper(self, i: int) -> bool:
        """Whether a token begins with a capital."""
        return self.doc.words[i][0].isupper()
