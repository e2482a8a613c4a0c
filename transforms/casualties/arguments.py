"""Which people are the subject or the object of a casualty word in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.casualties import carry, objects
from transforms.casualties.carry import PLURAL, SINGULAR
from transforms.casualties.phrases import Group, Kind, Phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.casualties.lexicon import Lexicon
    from transforms.casualties.mentions import Hit
    from transforms.text import Doc, Sentence


#: Between "was" and a participle: "was found shot", "were left wounded".
_FOUND = frozenset("found discovered left".split())
_QUOTES = frozenset('"“”')
_WHO = frozenset(("who", "whom"))
#: What no aside holds without a clause of its own.
_NO_ASIDE = frozenset("; — – ] who which whom whose when while that but".split())
_WITHIN = (["of"], ["from"])
_BE_NOT = frozenset(("wasn't", "weren't", "isn't", "aren't"))
#: A subject stands at most so many words before its verb.
_GAP = 40


class Clause:
    """A sentence with its groups of people and casualty words."""

    def __init__(self, doc: Doc, sentence: Sentence, hits: Sequence[Hit], lexicon: Lexicon) -> None:
        self.words = doc.lower
        self.sentence = sentence
        self.lexicon = lexicon
        self.grammar = lexicon.grammar
        self.hits = hits
        phrases = Phrases(doc, sentence.first, sentence.last, lexicon)
        self._nouns = phrases.nouns
        self.groups: list[Group] = phrases.read()
        self._verbs = self.grammar.predicate
        #: first tokens of the groups that are the object of a verb
        self.object_starts: set[int] = set()

    def subjects(self, edge: int) -> list[Group]:
        """The people that are the subject of a verb whose first word is at ``edge``."""
        index = self._last_group(edge)
        if self.word(edge - 1) in ("and", "but") and (carried := carry.subject(self, edge, index)):
            return carried
        while index >= 0:
            group = self.groups[index]
            if self._is_object(group, edge):
                index -= 1
                continue
            if not self._gap_is_open(group.last, edge):
                return []
            if self._heads_relative(group, edge):
                return [group] if group.subset else self.coordinated(index)
            host = self.host(self._bearer(index, edge))
            return [] if self.is_governed(self.groups[host]) else self.coordinated(host)
        return []

    def listed(self, group: Group) -> list[Group]:
        """A group with those joined before it, an aside taken for whom it describes."""
        return self.coordinated(self.host(self.groups.index(group)))

    def _heads_relative(self, group: Group, edge: int) -> bool:
        """ "the name of a man who was killed": he was, unless the verb is another's."""
        agrees = group.plural or self.words[edge] not in PLURAL
        named = group.kind == "name" and self.word(group.last) == ","
        return self.word(group.last + named) in _WHO and agrees

    def _bearer(self, index: int, edge: int) -> int:
        """ "John Smith, head of the Poe Institute in Kut, was": whom an aside tells of."""
        singular = self.word(edge) in SINGULAR
        if self.groups[index].last == edge - 3 and self.word(edge - 2).isdecimal():
            return index  # "John Smith, 24, was"
        for i in range(index - 1, -1, -1):
            group = self.groups[i]
            aside = self.words[group.last + 1 : edge - 1]
            if self.word(edge - 1) != "," or not self._is_phrase(aside):
                return index
            opened = self.word(group.last) == "," and self._tells(group.last + 1)
            if group.kind == "name" and opened:
                alone = singular or (self.word(edge) not in PLURAL and "and" not in aside)
                return i if alone and not self._is_in_place(i) else index
        return index

    def _is_phrase(self, words: Sequence[str]) -> bool:
        """Whether words hold no verb of their own, and no date line."""
        return not any(
            word in self._verbs or word in _NO_ASIDE or self.is_be_word(word) for word in words
        )

    def _is_in_place(self, index: int) -> bool:
        """ "in Kut, Wasit Province, a man": a preposition governs a name or the one before it."""
        group, before = self.groups[index], self.groups[max(index - 1, 0)]
        close = self.words[before.last : group.first] == [","]
        return self.is_governed(group) or (close and self.is_governed(before))

    def _tells(self, i: int) -> bool:
        """Whether an aside about a person begins: an age, "a farmer", "head of"; not a name."""
        word = self.words[i]
        if word in self.grammar.conjunction:
            return False
        return word.isdecimal() or word in self.lexicon.people or not self._nouns.is_name_word(i)

    def agent(self, edge: int) -> list[Group]:
        """Who did a thing to himself: the nearest group before that may be a subject."""
        for group in reversed(self.groups[: self._last_group(edge) + 1]):
            told = self.word(group.last) in self.grammar.relative  # "the death of a man who"
            if told or not (self.is_governed(group) or self._is_object(group, edge)):
                named = group.kind == "name" and not self._gap_is_open(group.last, edge)
                return [] if named or group.plural else [group]
        return []

    def _is_object(self, group: Group, edge: int) -> bool:
        """Whether a group before a verb is the object of another: "who killed three, was"."""
        before = self.word(group.first - 1)
        if group.first in self.object_starts:
            return self.word(group.last) == "," or self.words[group.last : edge] != []
        if self.word(group.last) in self.grammar.relative:
            return False  # "found two men who were hurt"
        return before in self.grammar.verb and before not in ("include", "includes", "included")

    def _last_group(self, edge: int) -> int:
        index = len(self.groups) - 1
        while index >= 0 and self.groups[index].last > edge:
            index -= 1
        return index

    def _gap_is_open(self, begin: int, end: int) -> bool:
        """Whether words between a group and a verb leave the group as the verb's subject.

        A relative clause or a participle between them is passed over.
        """
        if end - begin > _GAP:
            return False
        for i in range(begin, end):
            word = self.words[i]
            if word in self.grammar.relative or word == "including":
                return True
            if word.endswith("ing") and (i == begin or self.words[i - 1] == ","):
                return True
            if word == ";" or word in self._verbs or self.is_be_word(word):
                return False
        return True

    def host(self, index: int) -> int:
        """From a group inside "of …", "in …", "including …" to the group that it describes."""
        while index > 0:
            group = self.groups[index]
            previous = self.groups[index - 1]
            before = self.word(group.first - 1)
            gap = self.words[previous.last : group.first]
            governed = (
                before in self.grammar.preposition and before not in self.grammar.subordinator
            ) or self._is_within(group, gap)
            if governed and not group.subset and before != "including":
                near = self.is_plain(gap) or self._is_home(gap)
                if not near or previous.kind == "pronoun":
                    return index
                index -= 1
            elif self._is_beside(group, previous, gap):
                index -= 1
            else:
                return index
        return index

    def _is_within(self, group: Group, gap: list[str]) -> bool:
        """ "three members of the newly formed Poe Movement": a name that describes those before."""
        unnamed = group.kind == "name" and group.person is None
        return unnamed and gap[:1] in _WITHIN and self.is_plain(gap)

    def _is_beside(self, group: Group, previous: Group, gap: list[str]) -> bool:
        """Whether a group is an aside: in brackets, or in apposition to the one before."""
        before = self.word(group.first - 1)
        if before == "(" or (before in objects.ASIDE and self.word(group.first - 2) == ","):
            return True
        if self.words[group.first] == "both":
            return before == "," and not group.bare
        whom = group.partitive and self.is_be(group.last)  # "her sons, one of whom was hurt"
        return gap == [","] and not whom and self._is_aside(group, previous)

    @staticmethod
    def _is_home(gap: list[str]) -> bool:
        """ "Smith, 24, of Springfield, was": age and home between a person and the verb."""
        return gap[-1] in ("of", "from") and all(
            word == "," or word.isdecimal() for word in gap[:-1]
        )

    @staticmethod
    def _is_aside(group: Group, previous: Group) -> bool:
        """ "a farmer, John Smith, was", "one of them, an infant, was", "17, 13 of them pupils,"."""
        if group.partitive:
            return True
        if group.plural or previous.plural:
            return False
        if previous.partitive:
            return group.kind == "one"
        return group.kind == "name" and previous.kind != "name"

    def is_governed(self, group: Group) -> bool:
        """Whether a preposition governs a group: "in …", "by …"; it is no subject then."""
        before = self.word(group.first - 1)
        return (
            before in self.grammar.preposition
            and before not in self.grammar.subordinator
            and before != "including"
            and not group.subset
        )

    def is_plain(self, gap: list[str]) -> bool:
        """Whether words between two groups hold no verb, comma or conjunction."""
        gap = gap[2:] if gap[:2] == [",", "all"] else gap  # "ten people, all from one family,"
        grammar = self.grammar
        return (
            grammar.predicate.isdisjoint(gap)
            and grammar.conjunction.isdisjoint(gap)
            and grammar.comma.isdisjoint(gap)
            and not any(map(self.is_be_word, gap))
        )

    def coordinated(self, index: int) -> list[Group]:
        """Takes in the groups joined before: "two officers, a guard and five rebels"."""
        return objects.joined_before(self, index)

    def joined(self, gap: list[str], *, last: bool = False) -> bool:
        """Whether the words between two groups join them: ", and his".

        The ``last`` two of a list are not joined by a comma alone.
        """
        end = len(gap)
        while end and (
            gap[end - 1] in self.grammar.determiner or gap[end - 1] in self.grammar.other
        ):
            end -= 1
        if gap[end - 2 : end] == ["and", "of"]:  # "the murder of Poe and of his wife"
            end -= 1
        joint = gap[end - 1] if end else ""
        if joint == "," and last:
            return False
        return joint in ("and", ",", "or", "plus", "&") and self._joins(gap)

    def _joins(self, gap: list[str]) -> bool:
        grammar = self.grammar
        return (
            len(gap) < 12
            and grammar.predicate.isdisjoint(gap)
            and grammar.relative.isdisjoint(gap)
            and grammar.subordinator.isdisjoint(gap)
            and not any(word in self.lexicon.triggers or self.is_be_word(word) for word in gap)
        )

    def objects(self, begin: int) -> list[Group]:
        """The people right after a verb, with those joined to them."""
        return objects.read(self, begin)

    def starts_clause(self, group: Group) -> bool:
        """Whether a group is the subject of the next verb: "and two civilians were hurt"."""
        i = group.last
        while i < self.sentence.last and not self._is_finite(i) and self._is_adverb(i):
            i += 1
        if self._is_finite(i):
            other = ("has", "is", "was") if group.plural else PLURAL
            return self.word(i) not in other
        for hit in self.hits:
            if hit.first in (i, group.last):
                return hit.trigger.form in ("past", "state", "intransitive", "counted")
        return False

    def _is_finite(self, i: int) -> bool:
        word = self.word(i)
        return self.is_be_word(word) or word in self.grammar.have or word in self.grammar.reporting

    def _is_adverb(self, i: int) -> bool:
        return self.words[i] in self.grammar.adverb

    def owner(self, i: int) -> Group | None:
        """The person whose possessive stands at token ``i``: "the mayor's", "Jane Smith's"."""
        if self.words[i] == "'":
            return next((group for group in self.groups if group.last == i), None)
        base = self.words[i].removesuffix("'s")
        if base in ("his", "her"):
            return Group(i, i + 1, "pronoun", definite=True)
        person = self.lexicon.people.get(base)
        if person is not None:
            kind: Kind = "plural" if person.plural else "definite"
            return Group(i, i + 1, kind, None, person, i, definite=True)
        first = i
        while first > self.sentence.first and self._nouns.is_name_word(first - 1):
            first -= 1
        named = self._nouns.is_upper(i) and base not in self.grammar.not_name
        return Group(first, i + 1, "name") if named and base not in self.lexicon.plain else None

    def left_adjacent(self, edge: int) -> Group | None:
        """The group that ends right before ``edge``, adverbs aside."""
        i = edge
        while i > self.sentence.first and (
            self.words[i - 1] in self.grammar.adverb or self.words[i - 1] in _QUOTES
        ):
            i -= 1
        for group in self.groups:
            if group.last in (i, edge):
                return group
        return None

    def before_age(self, edge: int) -> Group | None:
        """The person in "John Smith, 24, dead"."""
        aged = self.word(edge - 1) == "," == self.word(edge - 3) and self.word(edge - 2).isdecimal()
        return self.left_adjacent(edge - 3) if aged else None

    def word(self, i: int) -> str:
        """The lower-case word at token ``i``, or "" outside the sentence."""
        return self.words[i] if self.sentence.first <= i < self.sentence.last else ""

    def is_be_word(self, word: str) -> bool:
        """Whether a word is a form of "be", or of "get" in a passive."""
        return word in self.grammar.be or word in _BE_NOT

    def is_be(self, i: int) -> bool:
        """Whether the word at ``i`` is a form of "be"."""
        return self.is_be_word(self.word(i))

    def is_negative(self, i: int) -> bool:
        """Whether the word at ``i`` negates."""
        word = self.word(i)
        return word in self.grammar.negation or word.endswith("n't")

    def auxiliary(self, edge: int) -> int | None:
        """First token of the passive auxiliary before ``edge``: "have been", "were not"."""
        i = edge
        passive = False
        while i > self.sentence.first and edge - i < 7:
            word = self.words[i - 1]
            if self.is_be_word(word):
                passive = True
            elif not (
                word in self.grammar.have
                or word in self.grammar.modal
                or word in self.grammar.adverb
                or word in self.grammar.negation
                or (word == "to" and passive)
                or word in _FOUND
                or word.endswith("ly")
            ):
                break
            i -= 1
        while i < edge and (self.words[i] in self.grammar.adverb or self.words[i].endswith("ly")):
            i += 1
        return i if passive else None

    def state_verb(self, hit: Hit) -> int | None:
        """First token of the verb before a state: "was", "had been pronounced"."""
        i = hit.first
        seen = None
        while i > self.sentence.first and hit.first - i < 6:
            word = self.words[i - 1]
            if (
                self.is_be_word(word)
                or word in self.grammar.have
                or word in self.grammar.modal
                or word in self.grammar.verb
                or word in self.grammar.reporting
            ):
                seen = i - 1
            elif not (
                word in self.grammar.adverb
                or word in self.grammar.negation
                or word == "as"
                or word.endswith(("ly", "ed", "ing"))
            ):
                break
            i -= 1
        return seen
