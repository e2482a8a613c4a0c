"""Finds what the text says of casualties: which people, which measure, in whose words.

Nothing is decided here: every passage that states casualties becomes a mention, with the groups
of people it tells of. What it means for an incident is ``resolve``'s work.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from transforms.casualties.phrases import Group, Phrases

if TYPE_CHECKING:
    from transforms.casualties.lexicon import Lexicon, Trigger
    from transforms.model import Measure
    from transforms.text import Doc, Sentence


@dataclass(slots=True)
class Mention:
    """One group of people under one measure. Token positions are those of the document."""

    measure: Measure
    group: Group | None
    first: int  # of the trigger
    last: int
    sentence: int
    form: str
    inclusive: bool = False
    subset: bool = False  # part of another mention's people, not to be added
    part: bool = False  # one of several groups that add up
    negated: bool = False
    joint: bool = False  # "killed or wounded 20": the number covers several measures
    vague: bool = False  # "casualties were reported": no number at all
    none_reported: bool = False
    earlier: bool = False  # the 18 in "rose from 18 to 22"
    update: bool = False
    parent: Mention | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger of the lexicon over tokens ``first:last``."""

    trigger: Trigger
    first: int
    last: int


def find(doc: Doc, lexicon: Lexicon) -> list[Mention]:
    """All casualty mentions of a document, in the order of their triggers."""
    triggers = lexicon.triggers
    candidates = [i for i, word in enumerate(doc.lower) if word in triggers]
    mentions: list[Mention] = []
    at = 0
    for number, sentence in enumerate(doc.sentences):
        while at < len(candidates) and candidates[at] < sentence.first:
            at += 1
        inside = []
        while at < len(candidates) and candidates[at] < sentence.last:
            inside.append(candidates[at])
            at += 1
        if inside:
            mentions += _Clauses(doc, sentence, number, inside, lexicon).read()
    return mentions


class _Clauses:
    """Reads the casualty mentions of one sentence."""

    def __init__(
        self, doc: Doc, sentence: Sentence, number: int, candidates: list[int], lexicon: Lexicon
    ) -> None:
        self.words = doc.lower
        self.sentence = sentence
        self.number = number
        self.lexicon = lexicon
        self.grammar = lexicon.grammar
        self.hits = self._hits(candidates)
        self.groups: list[Group] = (
            Phrases(doc, sentence.first, sentence.last, lexicon).read() if self.hits else []
        )
        self.objects: set[int] = set()  # groups taken as objects, by first token
        self.taken: set[int] = set()
        self.mentions: list[Mention] = []

    def _hits(self, candidates: list[int]) -> list[Hit]:
        hits: list[Hit] = []
        for i in candidates:
            if hits and i < hits[-1].last:
                continue
            for trigger in self.lexicon.triggers[self.words[i]]:
                last = i + len(trigger.words)
                if (
                    last <= self.sentence.last
                    and tuple(self.words[i:last]) == trigger.words
                    and self._needs_met(trigger)
                    and (trigger.form != "event_noun" or self._word(last) == "of")
                ):
                    hits.append(Hit(trigger, i, last))
                    break
        return hits

    def _needs_met(self, trigger: Trigger) -> bool:
        if not trigger.needs:
            return True
        return not trigger.needs.isdisjoint(self.words[self.sentence.first : self.sentence.last])

    def read(self) -> list[Mention]:
        readers = {
            "past": self._past,
            "ing": self._active,
            "present": self._active,
            "intransitive": self._intransitive,
            "state": self._state,
            "counted": self._counted,
            "event_noun": self._event_noun,
            "toll": self._toll,
        }
        for index, hit in enumerate(self.hits):
            readers[hit.trigger.form](index, hit)
        self._leftover_subsets()
        return self.mentions

    # -- frames ----------------------------------------------------------------------------

    def _past(self, index: int, hit: Hit) -> None:
        """"were killed", "killed three", "3 killed", "those killed"."""
        aux = self._auxiliary(hit.first)
        if aux is not None:
            self._passive(index, hit, aux)
            return
        objects = self._objects(hit.last, index)
        if objects and not self._reduced(hit):
            self._add(hit, objects, as_object=True)
        elif self._reflexive(hit.last):
            self._add(hit, self._subjects(hit.first)[:1])
        elif not self._shared(index, hit):
            self._adjacent(hit) or self._inverted(hit)

    def _passive(self, index: int, hit: Hit, aux: int) -> None:
        negated = any(self._is_negative(i) for i in range(aux, hit.first))
        subjects = self._subjects(aux)
        if not subjects:
            subjects = self._inverted_groups(hit)
        if not subjects and self._shared(index, hit):
            return
        self._add(hit, subjects, negated=negated)

    def _active(self, index: int, hit: Hit) -> None:
        """"killing 10 people", "kills 5"; "the killing of six" is an event noun."""
        if hit.trigger.form == "ing" and self._word(hit.last) == "of":
            self._event_noun(index, hit)
            return
        objects = self._objects(hit.last, index)
        if objects:
            self._add(hit, objects, as_object=True)
        elif hit.trigger.form == "ing" and self._reflexive(hit.last):
            return
        else:
            self._shared_object(index, hit)

    def _intransitive(self, index: int, hit: Hit) -> None:
        """"three died", "who later died"."""
        begin = hit.first
        while begin > self.sentence.first and (
            self.words[begin - 1] in self.grammar.have
            or self.words[begin - 1] in self.grammar.adverb
            or self._is_be(begin - 1)
            or self.words[begin - 1] in self.grammar.modal
        ):
            begin -= 1
        negated = any(self._is_negative(i) for i in range(begin, hit.first))
        subjects = self._subjects(begin)
        if not subjects:
            subjects = self._previous_victims(index)
        self._add(hit, subjects, negated=negated)

    def _state(self, index: int, hit: Hit) -> None:
        """"5 dead", "10 in serious condition", "were pronounced dead"."""
        left = self._left_adjacent(hit.first)
        if left is not None and (left.kind in ("number", "one", "zero") or self._left_word(left)):
            groups = [left] if left.subset else self._with_coordinated(left, hit.first)
            self._add(hit, groups, as_object=True)
            return
        if self._inverted(hit):
            return
        verb = self._state_verb(hit)
        if verb is None:
            return
        negated = any(self._is_negative(i) for i in range(verb, hit.first))
        subjects = self._subjects(verb) or self._previous_victims(index)
        self._add(hit, subjects, negated=negated)

    def _counted(self, index: int, hit: Hit) -> None:
        """"three deaths", "no casualties", "casualties were reported"."""
        begin = self._noun_begin(hit.first)
        word = self._word(begin - 1) if begin > self.sentence.first else ""
        if self._word(hit.last) == "of" and self._event_of(hit):
            return
        left = self._left_adjacent(begin)
        if left is not None and left.kind == "number" and not left.partitive:
            self._add(hit, [left], as_object=True)
        elif word in self.grammar.zero or self._denied(begin):
            self._none(hit, begin)
        elif self._told(hit):
            self._emit(hit, None, vague=True)

    def _event_noun(self, index: int, hit: Hit) -> None:
        """"the murder of two priests"."""
        self._event_of(hit)

    def _event_of(self, hit: Hit) -> bool:
        objects = self._objects(hit.last + 1, len(self.hits))
        if objects:
            self._add(hit, objects, as_object=True)
        return bool(objects)

    def _toll(self, index: int, hit: Hit) -> None:
        """"the death toll rose from 18 to 22"."""
        end = self.hits[index + 1].last if index + 1 < len(self.hits) else self.sentence.last
        numbers = [
            g for g in self.groups
            if hit.last <= g.first < end and g.kind == "number" and g.first - hit.last < 16
        ]
        if not numbers:
            return
        by_word = {self._word(g.quantity.first - 1): g for g in numbers if g.quantity}
        value = by_word.get("to") or next(
            (g for g in numbers if self._word(g.first - 1) not in ("by", "from")), None
        )
        if value is None:
            return
        newest = self._emit(hit, value, update="to" in by_word)
        self.taken.add(value.first)
        earlier = by_word.get("from")
        if earlier is not None and earlier is not value:
            self.taken.add(earlier.first)
            self._emit(hit, earlier, earlier=True, parent=newest)

    # -- which people ----------------------------------------------------------------------

    def _subjects(self, edge: int) -> list[Group]:
        """The people that are the subject of a verb whose first word is at ``edge``."""
        index = self._last_group(edge)
        while index >= 0:
            group = self.groups[index]
            if group.first in self.objects and self._word(group.last) == ",":
                index -= 1
                continue
            if not self._gap_is_open(group.last, edge):
                return []
            host = self._host(index)
            return self._coordinated(host, edge)
        return []

    def _last_group(self, edge: int) -> int:
        index = len(self.groups) - 1
        while index >= 0 and self.groups[index].last > edge:
            index -= 1
        return index

    def _gap_is_open(self, begin: int, end: int) -> bool:
        """Whether words between a group and a verb leave the group as the verb's subject."""
        gap = self.words[begin:end]
        if not gap:
            return True
        if ";" in gap:
            return False
        opener = gap[1] if gap[0] == "," and len(gap) > 1 else gap[0]
        if opener in self.grammar.relative or opener.endswith("ing") or opener == "including":
            return len(gap) < 30
        blocked = self.grammar.reporting | self.grammar.verb
        return not any(word in blocked or self._is_be_word(word) for word in gap)

    def _host(self, index: int) -> int:
        """From a group inside "of …", "in …", "including …" to the group that it describes."""
        while index > 0:
            group = self.groups[index]
            previous = self.groups[index - 1]
            before = self._word(group.first - 1)
            gap = self.words[previous.last : group.first]
            if before in self.grammar.preposition and not group.subset and before != "including":
                if not self._plain_gap(gap) or previous.kind in ("pronoun",):
                    return index
                index -= 1
            elif group.kind == "name" and before in (",",) and previous.kind != "name":
                index -= 1  # "a farmer, John Smith, was killed"
            elif self._word(group.first - 1) == "(":
                index -= 1
            else:
                return index
        return index

    def _plain_gap(self, gap: list[str]) -> bool:
        blocked = self.grammar.reporting | self.grammar.verb | self.grammar.conjunction
        return not any(
            word in blocked or word in self.grammar.comma or self._is_be_word(word) for word in gap
        )

    def _coordinated(self, index: int, edge: int) -> list[Group]:
        """Takes in the groups joined before: "two officers, a guard and five rebels"."""
        found = [self.groups[index]]
        left = found[0].first
        i = index - 1
        while i >= 0:
            group = self.groups[i]
            gap = self.words[group.last : left]
            if found[0].subset and gap and gap[-1] in ("including", "them", "whom", "as"):
                found.insert(0, group)  # the whole that "including" breaks up
            elif group.first not in self.objects and self._joined(gap):
                if self._word(group.first - 1) in self.grammar.preposition and not group.subset:
                    i -= 1
                    continue
                found.insert(0, group)
            elif self._plain_gap(gap) and self._word(left - 1) in self.grammar.preposition:
                i -= 1
                continue
            else:
                break
            left = found[0].first
            i -= 1
        return found

    def _joined(self, gap: list[str]) -> bool:
        """Whether the words between two groups join them: ", and his"."""
        end = len(gap)
        while end and gap[end - 1] in self.grammar.determiner:
            end -= 1
        return end > 0 and gap[end - 1] in ("and", ",", "or", "plus", "&") and self._joins(gap)

    def _joins(self, gap: list[str]) -> bool:
        blocked = self.grammar.reporting | self.grammar.verb | self.grammar.relative
        return len(gap) < 12 and not any(
            word in blocked or self._is_be_word(word) or word in self.lexicon.triggers
            or word in self.grammar.subordinator
            for word in gap
        )

    def _objects(self, begin: int, index: int) -> list[Group]:
        """The people right after a verb, with those joined to them."""
        at = begin
        i = next((k for k, g in enumerate(self.groups) if g.first >= begin), None)
        if i is None:
            return []
        group = self.groups[i]
        if not all(self._skippable(word) for word in self.words[at : group.first]):
            return []
        if group.kind == "name" and self._is_place_like(begin, group):
            return []
        found = [group]
        while i + 1 < len(self.groups):
            following = self.groups[i + 1]
            gap = self.words[found[-1].last : following.first]
            if not self._joined(gap):
                break
            if self._starts_clause(following):
                break
            if following.kind == "name" and found[-1].kind != "name" and gap == [","]:
                break  # "a farmer, John Smith": the same man
            found.append(following)
            i += 1
        return found

    def _skippable(self, word: str) -> bool:
        return word in ("both", "also", "the", "all", "another", ":", "a", "total", "of", "his", "as") or (
            word in self.grammar.adverb
        )

    def _is_place_like(self, begin: int, group: Group) -> bool:
        return group.first != begin

    def _starts_clause(self, group: Group) -> bool:
        """Whether a group is the subject of the next verb: "and two civilians were hurt"."""
        i = group.last
        while i < self.sentence.last and self.words[i] in self.grammar.adverb:
            i += 1
        word = self._word(i)
        if self._is_be_word(word) or word in self.grammar.have or word in self.grammar.reporting:
            return True
        for hit in self.hits:
            if hit.first == i or hit.first == group.last:
                return hit.trigger.form in ("past", "state", "intransitive", "counted")
        return False

    def _left_adjacent(self, edge: int) -> Group | None:
        """The group that ends right before ``edge``, adverbs aside."""
        i = edge
        while i > self.sentence.first and self.words[i - 1] in self.grammar.adverb:
            i -= 1
        for group in self.groups:
            if group.last in (i, edge):
                return group
        return None

    def _left_word(self, group: Group) -> bool:
        return self._word(group.first - 1) in ("left", "leaving", "leaves", "find", "found")

    def _with_coordinated(self, group: Group, edge: int) -> list[Group]:
        return self._coordinated(self.groups.index(group), edge)

    def _adjacent(self, hit: Hit) -> bool:
        """"3 killed, 20 hurt": a participle after its people, without an auxiliary."""
        left = self._left_adjacent(hit.first)
        if left is None or left.kind == "pronoun":
            return False
        if left.kind == "definite" and self._word(hit.last) not in ("in", "by", "on", "at", "when"):
            return False
        self._add(hit, self._with_coordinated(left, hit.first), as_object=True)
        return True

    def _inverted_groups(self, hit: Hit) -> list[Group]:
        """"Among the dead were …", "Killed were two officers"."""
        if not self._is_be(hit.last) or hit.first - self.sentence.first > 6:
            return []
        return self._objects(hit.last + 1, len(self.hits))

    def _inverted(self, hit: Hit) -> bool:
        groups = self._inverted_groups(hit)
        if groups:
            self._add(hit, groups, as_object=True, subset=True)
        return bool(groups)

    def _shared(self, index: int, hit: Hit) -> bool:
        """"were killed or wounded", "killed and wounded five": one number for both verbs."""
        before = self._word(hit.first - 1)
        if before in ("and", "or", "/") and index and self.hits[index - 1].last == hit.first - 1:
            previous = self._previous_victims(index)
            if previous:
                fates = {m.measure for m in self.mentions if m.group in previous}
                joint = "killed" in fates or hit.trigger.measure == "killed"
                self._add(hit, previous, joint=joint)
                for mention in self.mentions:
                    mention.joint = mention.joint or (joint and mention.group in previous)
                return True
        return self._shared_object(index, hit)

    def _shared_object(self, index: int, hit: Hit) -> bool:
        """"killed and wounded five": the object stands after the second verb."""
        if self._word(hit.last) not in ("and", "or") or index + 1 >= len(self.hits):
            return False
        following = self.hits[index + 1]
        if following.first != hit.last + 1 or following.trigger.form not in ("past", "ing", "present"):
            return False
        objects = self._objects(following.last, index + 1)
        if not objects:
            return False
        joint = hit.trigger.measure != following.trigger.measure
        self._add(hit, objects, as_object=True, joint=joint)
        return True

    def _previous_victims(self, index: int) -> list[Group]:
        """The people of the trigger before, when this verb goes on about them."""
        if index == 0:
            return []
        previous = self.hits[index - 1]
        gap = self.words[previous.last : self.hits[index].first]
        if len(gap) > 14 or any(word in (";", "but") for word in gap):
            return []
        if any(previous.last <= g.first < self.hits[index].first and g.kind != "pronoun" and g.kind != "name" for g in self.groups):
            return []
        return [m.group for m in self.mentions if m.first == previous.first and m.group]

    def _leftover_subsets(self) -> None:
        """"killing nine people, including a child": a part of the people just counted."""
        for group in self.groups:
            if not group.subset and not (group.partitive and self._apposed(group)):
                continue
            if group.first in self.taken:
                continue
            before = [m for m in self.mentions if m.group and not m.subset and m.group.last <= group.first]
            if before:
                whole = before[-1]
                self.taken.add(group.first)
                self.mentions.append(
                    Mention(
                        whole.measure, group, whole.first, whole.last, self.number, whole.form,
                        subset=True, parent=whole,
                    )
                )

    def _apposed(self, group: Group) -> bool:
        return self._word(group.first - 1) in (",", "-", "–", "—")

    # -- emitting --------------------------------------------------------------------------

    def _add(
        self,
        hit: Hit,
        groups: list[Group],
        *,
        as_object: bool = False,
        negated: bool = False,
        joint: bool = False,
        subset: bool = False,
    ) -> None:
        """Emits the mentions of one trigger: parts of a sum, a whole and its subsets."""
        usable = [g for g in groups if self._usable(hit, g)]
        wholes = [g for g in usable if not g.subset]
        if len(wholes) > 1:
            wholes = [g for i, g in enumerate(wholes) if not self._restates(wholes, i)]
        parent: Mention | None = None
        for group in usable:
            if group not in wholes and not group.subset:
                continue
            is_subset = group.subset or subset
            mention = self._emit(
                hit,
                group,
                part=len(wholes) > 1 and not is_subset,
                subset=is_subset,
                parent=parent if is_subset else None,
                negated=negated,
                joint=joint,
            )
            if not is_subset:
                parent = mention
            self.taken.add(group.first)
            if as_object:
                self.objects.add(group.first)

    def _restates(self, groups: list[Group], i: int) -> bool:
        """"12 women and children": a bare plural joined to a number has no number of its own."""
        group = groups[i]
        return i > 0 and group.kind == "plural" and groups[i - 1].kind == "number"

    def _usable(self, hit: Hit, group: Group) -> bool:
        if hit.trigger.people_only and group.person is None and group.kind not in (
            "pronoun", "zero", "name",
        ):
            return group.bare or group.partitive or group.further
        return True

    def _emit(self, hit: Hit, group: Group | None, **flags: object) -> Mention:
        for known in self.mentions:
            if group is not None and known.group is group and known.measure == hit.trigger.measure:
                return known
        mention = Mention(
            hit.trigger.measure, group, hit.first, hit.last, self.number, hit.trigger.form,
            inclusive=hit.trigger.inclusive, **flags,  # type: ignore[arg-type]
        )
        self.mentions.append(mention)
        return mention

    def _none(self, hit: Hit, begin: int) -> None:
        """"no casualties" states 0; "no reports of casualties" states nothing."""
        reported = any(
            word in ("report", "reports", "word", "information", "news", "details", "immediate")
            for word in self.words[max(begin - 6, self.sentence.first) : hit.last + 1]
        )
        group = Group(begin - 1, hit.last, "zero")
        self._emit(hit, group, none_reported=reported)

    # -- words around a trigger ------------------------------------------------------------

    def _word(self, i: int) -> str:
        return self.words[i] if self.sentence.first <= i < self.sentence.last else ""

    def _is_be_word(self, word: str) -> bool:
        return word in self.grammar.be or word in ("wasn't", "weren't", "isn't", "aren't")

    def _is_be(self, i: int) -> bool:
        return self._is_be_word(self._word(i))

    def _is_negative(self, i: int) -> bool:
        word = self._word(i)
        return word in self.grammar.negation or word.endswith("n't")

    def _auxiliary(self, edge: int) -> int | None:
        """First token of the passive auxiliary before ``edge``: "have been", "were not"."""
        i = edge
        passive = False
        while i > self.sentence.first and edge - i < 7:
            word = self.words[i - 1]
            if self._is_be_word(word):
                passive = True
            elif not (
                word in self.grammar.have
                or word in self.grammar.modal
                or word in self.grammar.adverb
                or word in self.grammar.negation
                or (word == "to" and passive)
                or word.endswith("ly")
            ):
                break
            i -= 1
        while i < edge and (self.words[i] in self.grammar.adverb or self.words[i].endswith("ly")):
            i += 1
        return i if passive else None

    def _reduced(self, hit: Hit) -> bool:
        """"five people killed two weeks ago" has no object; numbers of time are no groups."""
        return False

    def _reflexive(self, i: int) -> bool:
        return self._word(i) in ("himself", "herself", "themselves", "itself")

    def _state_verb(self, hit: Hit) -> int | None:
        """First token of the verb before a state: "was", "had been pronounced"."""
        i = hit.first
        seen = None
        while i > self.sentence.first and hit.first - i < 6:
            word = self.words[i - 1]
            if (
                self._is_be_word(word) or word in self.grammar.have or word in self.grammar.modal
                or word in self.grammar.verb or word in self.grammar.reporting
            ):
                seen = i - 1
            elif not (
                word in self.grammar.adverb or word in self.grammar.negation or word.endswith(("ly", "ed", "ing"))
            ):
                break
            i -= 1
        return seen

    def _noun_begin(self, i: int) -> int:
        """Steps back over the words that describe a counted noun: "civilian deaths"."""
        begin = i
        while begin > self.sentence.first and i - begin < 4:
            word = self.words[begin - 1]
            if word in self.grammar.stop or word in self.grammar.zero or word[0].isdigit():
                break
            if any(g.first < begin <= g.last for g in self.groups):
                break
            begin -= 1
        return begin

    def _denied(self, begin: int) -> bool:
        window = self.words[max(begin - 8, self.sentence.first) : begin]
        return "no" in window and any(w in ("report", "reports", "word", "news") for w in window) or (
            "without" in window[-3:]
        )

    def _told(self, hit: Hit) -> bool:
        """Whether "casualties" are told of as a fact of an attack."""
        window = self.words[
            max(hit.first - 8, self.sentence.first) : min(hit.last + 8, self.sentence.last)
        ]
        return not _TELLING.isdisjoint(window) and _AVOIDED.isdisjoint(window)


_TELLING = frozenset(
    "caused causing cause causes reported report suffered inflicted resulted resulting sustained "
    "inflicting suffering confirmed were are".split()
)
_AVOIDED = frozenset("avoid avoiding avoided minimise minimize prevent preventing without no risk".split())
