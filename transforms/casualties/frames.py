"""The frames of English casualty language: "were killed", "killing 5", "death toll rose to"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.casualties.arguments import Clause
from transforms.casualties.mentions import Hit, Mention
from transforms.casualties.phrases import Group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.casualties.lexicon import Lexicon
    from transforms.text import Doc, Sentence

_TELLING = frozenset(
    """
    caused causing cause causes reported report suffered inflicted resulted resulting
    sustained inflicting suffering confirmed were are
    """.split()
)
_AVOIDED = frozenset(
    """
    avoid avoiding avoided minimise minimize prevent preventing without no risk
    """.split()
)
_REPORTS = frozenset(["report", "reports", "word", "information", "news", "details", "immediate"])
_REFLEXIVE = frozenset(("himself", "herself", "themselves", "itself"))
#: A toll's number stands within this many words of it.
_TOLL_REACH = 16


class Frames:
    """Reads the casualty mentions of one sentence."""

    def __init__(
        self, doc: Doc, sentence: Sentence, number: int, hits: Sequence[Hit], lexicon: Lexicon
    ) -> None:
        self.words = doc.lower
        self.sentence = sentence
        self.number = number
        self.lexicon = lexicon
        self.grammar = lexicon.grammar
        self.hits = hits
        self.clause = Clause(doc, sentence, hits, lexicon)
        self.taken: set[int] = set()  # first tokens of the groups under some measure
        self.mentions: list[Mention] = []

    def read(self) -> list[Mention]:
        """The mentions of the sentence, trigger by trigger."""
        for index, hit in enumerate(self.hits):
            self._read(index, hit)
        self._leftover_subsets()
        return self.mentions

    def _read(self, index: int, hit: Hit) -> None:
        match hit.trigger.form:
            case "past":
                self._past(index, hit)
            case "ing" | "present":
                self._active(index, hit)
            case "intransitive":
                self._intransitive(index, hit)
            case "state":
                self._state(index, hit)
            case "counted":
                self._counted(hit)
            case "event_noun":
                self._event_of(hit)
            case "toll":
                self._toll(index, hit)
            case form:
                raise ValueError(f"the lexicon names an unknown form of casualty word: {form}")

    def _past(self, index: int, hit: Hit) -> None:
        """ "were killed", "killed three", "3 killed", "those killed"."""
        aux = self.clause.auxiliary(hit.first)
        if aux is not None:
            self._passive(index, hit, aux)
            return
        objects = self.clause.objects(hit.last)
        if objects:
            self._add(hit, objects, as_object=True)
        elif self.clause.word(hit.last) in _REFLEXIVE:
            self._add(hit, self.clause.subjects(hit.first)[:1])
        elif not self._shared(index, hit):
            self._adjacent(hit) or self._inverted(hit)

    def _passive(self, index: int, hit: Hit, aux: int) -> None:
        negated = any(self.clause.is_negative(i) for i in range(aux, hit.first))
        subjects = self.clause.subjects(aux)
        if not subjects:
            subjects = self._inverted_groups(hit)
        if not subjects and self._shared(index, hit):
            return
        self._add(hit, subjects, negated=negated)

    def _active(self, index: int, hit: Hit) -> None:
        """ "killing 10 people", "kills 5"; "the killing of six" is an event noun."""
        if hit.trigger.form == "ing" and self.clause.word(hit.last) == "of":
            self._event_of(hit)
            return
        objects = self.clause.objects(hit.last)
        if objects and self._is_compound(hit, objects[0]):
            return
        if objects:
            self._add(hit, objects, as_object=True)
        elif hit.trigger.form == "ing" and self.clause.word(hit.last) in _REFLEXIVE:
            return
        else:
            self._shared_object(index, hit)

    def _is_compound(self, hit: Hit, group: Group) -> bool:
        """ "shooting victims", "killing suspects": a noun made of two."""
        first = self.words[group.first]
        bare = group.kind in ("one", "plural") and first not in self.grammar.determiner
        return bare and hit.trigger.inclusive

    def _intransitive(self, index: int, hit: Hit) -> None:
        """ "three died", "who later died"."""
        begin = hit.first
        while begin > self.sentence.first and (
            self.words[begin - 1] in self.grammar.have
            or self.words[begin - 1] in self.grammar.adverb
            or self.clause.is_be(begin - 1)
            or self.words[begin - 1] in self.grammar.modal
        ):
            begin -= 1
        negated = any(self.clause.is_negative(i) for i in range(begin, hit.first))
        subjects = self.clause.subjects(begin)
        if not subjects:
            subjects = self._previous_victims(index)
        self._add(hit, subjects, negated=negated)

    def _state(self, index: int, hit: Hit) -> None:
        """ "5 dead", "10 in serious condition", "were pronounced dead"."""
        left = self.clause.left_adjacent(hit.first)
        if left is not None and (left.kind in ("number", "one", "zero") or self._left_word(left)):
            groups = (
                [left] if left.subset else self.clause.coordinated(self.clause.groups.index(left))
            )
            self._add(hit, groups, as_object=True)
            return
        if self._inverted(hit):
            return
        verb = self.clause.state_verb(hit)
        if verb is None:
            return
        negated = any(self.clause.is_negative(i) for i in range(verb, hit.first))
        subjects = self.clause.subjects(verb) or self._previous_victims(index)
        self._add(hit, subjects, negated=negated)

    def _counted(self, hit: Hit) -> None:
        """ "three deaths", "no casualties", "casualties were reported"."""
        begin = self.clause.noun_begin(hit.first)
        word = self.clause.word(begin - 1) if begin > self.sentence.first else ""
        if self.clause.word(hit.last) == "of" and self._event_of(hit):
            return
        left = self.clause.left_adjacent(begin)
        if left is not None and left.kind == "number" and not left.partitive:
            self._add(hit, [left], as_object=True)
        elif word in self.grammar.zero or self._denied(begin):
            self._none(hit, begin)
        elif self._told(hit):
            self._emit(hit, None, vague=True)

    def _event_of(self, hit: Hit) -> bool:
        """ "the murder of two priests"."""
        objects = self.clause.objects(hit.last + 1)
        if objects:
            self._add(hit, objects, as_object=True)
        return bool(objects)

    def _toll(self, index: int, hit: Hit) -> None:
        """ "the death toll rose from 18 to 22"."""
        end = self.hits[index + 1].last if index + 1 < len(self.hits) else self.sentence.last
        numbers = [
            g
            for g in self.clause.groups
            if hit.last <= g.first < end and g.kind == "number" and g.first - hit.last < 16
        ]
        if not numbers:
            return
        by_word = {self.clause.word(g.quantity.first - 1): g for g in numbers if g.quantity}
        value = by_word.get("to") or next(
            (g for g in numbers if self.clause.word(g.first - 1) not in ("by", "from")), None
        )
        if value is None:
            return
        newest = self._emit(hit, value, update="to" in by_word)
        self.taken.add(value.first)
        earlier = by_word.get("from")
        if earlier is not None and earlier is not value:
            self.taken.add(earlier.first)
            self._emit(hit, earlier, earlier=True, parent=newest)

    def _left_word(self, group: Group) -> bool:
        return self.clause.word(group.first - 1) in ("left", "leaving", "leaves", "find", "found")

    def _adjacent(self, hit: Hit) -> bool:
        """ "3 killed, 20 hurt": a participle after its people, without an auxiliary."""
        left = self.clause.left_adjacent(hit.first)
        if left is None or left.kind == "pronoun":
            return False
        if left.kind == "definite" and self.clause.word(hit.last) not in (
            "in",
            "by",
            "on",
            "at",
            "when",
        ):
            return False
        self._add(hit, self.clause.coordinated(self.clause.groups.index(left)), as_object=True)
        return True

    def _inverted_groups(self, hit: Hit) -> list[Group]:
        """ "Among the dead were …", "Killed were two officers"."""
        if not self.clause.is_be(hit.last) or hit.first - self.sentence.first > 6:
            return []
        return self.clause.objects(hit.last + 1)

    def _inverted(self, hit: Hit) -> bool:
        groups = self._inverted_groups(hit)
        if groups:
            self._add(hit, groups, as_object=True, subset=True)
        return bool(groups)

    def _shared(self, index: int, hit: Hit) -> bool:
        """ "were killed or wounded", "killed and wounded five": one number for both verbs."""
        before = self.clause.word(hit.first - 1)
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
        """ "killed and wounded five": the object stands after the second verb."""
        if self.clause.word(hit.last) not in ("and", "or") or index + 1 >= len(self.hits):
            return False
        following = self.hits[index + 1]
        if following.first != hit.last + 1 or following.trigger.form not in (
            "past",
            "ing",
            "present",
        ):
            return False
        objects = self.clause.objects(following.last)
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
        if any(
            previous.last <= g.first < self.hits[index].first
            and g.kind != "pronoun"
            and g.kind != "name"
            for g in self.clause.groups
        ):
            return []
        return [m.group for m in self.mentions if m.first == previous.first and m.group]

    def _leftover_subsets(self) -> None:
        """ "killing nine people, including a child": a part of the people just counted."""
        for group in self.clause.groups:
            if not group.subset and not (group.partitive and self._apposed(group)):
                continue
            if group.first in self.taken:
                continue
            before = [
                m for m in self.mentions if m.group and not m.subset and m.group.last <= group.first
            ]
            if before:
                whole = before[-1]
                self.taken.add(group.first)
                self.mentions.append(
                    Mention(
                        whole.measure,
                        group,
                        whole.first,
                        whole.last,
                        self.number,
                        whole.form,
                        subset=True,
                        parent=whole,
                    )
                )

    def _whole_before(self, group: Group) -> Mention | None:
        """The people, told of before, of whom a group is a part."""
        before = [
            m for m in self.mentions if m.group and not m.subset and m.group.last <= group.first
        ]
        return before[-1] if before else None

    def _apposed(self, group: Group) -> bool:
        return self.clause.word(group.first - 1) in (",", "-", "–", "—")

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
                parent=(parent or self._whole_before(group)) if is_subset else None,
                negated=negated,
                joint=joint,
            )
            if not is_subset:
                parent = mention
            self.taken.add(group.first)
            if as_object:
                self.clause.object_starts.add(group.first)

    def _restates(self, groups: list[Group], i: int) -> bool:
        """ "12 women and children": a bare plural joined to a number has no number of its own."""
        group = groups[i]
        return i > 0 and group.kind == "plural" and groups[i - 1].kind == "number"

    def _usable(self, hit: Hit, group: Group) -> bool:
        if (
            hit.trigger.people_only
            and group.person is None
            and group.kind
            not in (
                "pronoun",
                "zero",
                "name",
            )
        ):
            return group.bare or group.partitive or group.further
        return True

    def _emit(self, hit: Hit, group: Group | None, **flags: object) -> Mention:
        for known in self.mentions:
            if group is not None and known.group is group and known.measure == hit.trigger.measure:
                return known
        mention = Mention(
            hit.trigger.measure,
            group,
            hit.first,
            hit.last,
            self.number,
            hit.trigger.form,
            inclusive=hit.trigger.inclusive,
            **flags,  # type: ignore[arg-type]
        )
        self.mentions.append(mention)
        return mention

    def _none(self, hit: Hit, begin: int) -> None:
        """ "no casualties" states 0; "no reports of casualties" states nothing."""
        reported = any(
            word in _REPORTS
            for word in self.words[max(begin - 6, self.sentence.first) : hit.last + 1]
        )
        group = Group(begin - 1, hit.last, "zero")
        self._emit(hit, group, none_reported=reported)

    def _denied(self, begin: int) -> bool:
        window = self.words[max(begin - 8, self.sentence.first) : begin]
        return (
            "no" in window and any(w in ("report", "reports", "word", "news") for w in window)
        ) or ("without" in window[-3:])

    def _told(self, hit: Hit) -> bool:
        """Whether "casualties" are told of as a fact of an attack."""
        window = self.words[
            max(hit.first - 8, self.sentence.first) : min(hit.last + 8, self.sentence.last)
        ]
        return not _TELLING.isdisjoint(window) and _AVOIDED.isdisjoint(window)
