"""One sentence while it is read: its groups of people, its casualty words, the mentions so far."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from transforms.casualties.arguments import Clause
from transforms.casualties.mentions import Hit, Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.casualties.lexicon import Lexicon
    from transforms.casualties.phrases import Group
    from transforms.text import Doc, Sentence

#: After a number whose verb is left out: "three in Kutum", "another on Tuesday".
_GAPPED = frozenset("in on at near during outside".split())
_UNNAMED = frozenset(("unidentified", "unknown", "unnamed", "other"))
#: "also" stands within so many words before its verb.
_ALSO = 4
#: What opens "in addition to the bomber, five people died".
_BESIDE = frozenset({("in", "addition", "to"), ("besides",), ("along", "with"), ("apart", "from")})
_ORDINALS = frozenset(("second", "third", "fourth", "separate"))
_DASHES = frozenset(("-", "–", "—"))
_NAMED = frozenset(("identified", "named", "as"))
_TOLD_ONCE = frozenset(("past", "intransitive"))
#: A verb goes on about the people of the verb before within so many words.
_CONTINUES = 14
#: "died of a self-inflicted gunshot wound".
_OWN_REACH = 8
#: Forms of "shooting", "killing", where no people of theirs are told.
_NOUNS = frozenset(("event_noun", "ing"))
_ONESELF = frozenset("himself herself own suicide".split())
#: A number and its breakdown are three groups at least.
_WHOLE_AND_PARTS = 3


class Reader:
    """What the frames share: the clause, and the mentions emitted from it."""

    def __init__(
        self, doc: Doc, sentence: Sentence, number: int, hits: Sequence[Hit], lexicon: Lexicon
    ) -> None:
        self.words = doc.lower
        self.sentence = sentence
        self.number = number
        self.grammar = lexicon.grammar
        self.hits = hits
        self.clause = Clause(doc, sentence, hits, lexicon)
        self.taken: set[int] = set()  # first tokens of the groups under some measure
        self.joint_hits: set[int] = set()  # triggers that share one number
        self.attributive: list[tuple[Hit, Group]] = []  # casualty words inside a group
        self.mentions: list[Mention] = []

    def add(
        self,
        hit: Hit,
        groups: Sequence[Group],
        *,
        as_object: bool = False,
        negated: bool = False,
        subset: bool = False,
    ) -> None:
        """Emits the mentions of one trigger: parts of a sum, a whole and its subsets."""
        groups = [self._antecedent(group) for group in groups]
        usable = [group for group in groups if self._usable(hit, group)]
        usable = self._with_whole(self._beside(usable))
        wholes = [group for group in usable if not group.subset]
        wholes = [g for i, g in enumerate(wholes) if not self._restates(wholes, i)]
        wholes = [g for i, g in enumerate(wholes) if not self._describes(wholes, i)]
        if self._is_listed(wholes):
            wholes = wholes[1:]
        if self._is_broken_down(wholes):
            whole, parts = wholes[0], wholes[1:]
            usable, wholes = [whole, *(replace(g, subset=True) for g in parts)], [whole]
        parent: Mention | None = None
        for group in usable:
            if group not in wholes and not group.subset:
                continue
            inside = group.subset or subset
            mention = self.emit(
                hit,
                group,
                part=len(wholes) > 1 and not inside,
                subset=inside,
                parent=(parent or self.whole_before(group)) if inside else None,
                negated=negated,
                joint=hit.first in self.joint_hits,
            )
            parent = parent if inside else mention
            if as_object:
                self.clause.object_starts.add(group.first)

    def _antecedent(self, group: Group) -> Group:
        """ "the two were taken to a clinic, where they died": the subject told of before."""
        if group.kind != "pronoun" or self.words[group.first] != "they":
            return group
        before = [
            m.group
            for m in self.mentions
            if m.group is not None
            and m.group.last <= group.first
            and m.group.kind not in ("pronoun", "zero")
            and m.group.first not in self.clause.object_starts
        ]
        return before[-1] if before else group

    def _beside(self, groups: list[Group]) -> list[Group]:
        """ "in addition to the assailant, 12 people were killed": he was killed too."""
        first = self.sentence.first
        added = next((n for n in (3, 2, 1) if tuple(self.words[first : first + n]) in _BESIDE), 0)
        before = self.clause.groups[0] if self.clause.groups and added else None
        if before is None or not groups or before.last != groups[0].first - 1:
            return groups
        return [before, *groups] if before.first <= first + added + 1 else groups

    def _with_whole(self, groups: list[Group]) -> list[Group]:
        """ "two people - a teacher and her pupil - were killed": the two are told before."""
        clause = self.clause
        if not groups or clause.word(groups[-1].last) not in _DASHES:
            return groups
        dash = groups[0].first - 1
        before = [i for i, g in enumerate(clause.groups) if g.last == dash]
        if not before or clause.word(dash) not in _DASHES:
            return groups
        whole = clause.groups[clause.host(before[0])]
        return [whole, *(replace(g, subset=True) for g in groups)]

    @staticmethod
    def _restates(groups: Sequence[Group], i: int) -> bool:
        """ "12 women and children": a bare plural joined to a number has no number of its own."""
        return i > 0 and groups[i].kind == "plural" and groups[i - 1].kind == "number"

    def _describes(self, groups: Sequence[Group], i: int) -> bool:
        """ "Ann Poe, a nurse, and a driver": between two commas stands who was named before."""
        if i == 0 or groups[i].plural or groups[i - 1].plural:
            return False
        group, before = groups[i], groups[i - 1]
        if (group.kind == "name") == (before.kind == "name"):
            return False
        first = self.words[group.first : group.first + 2]
        if first[0] in self.grammar.possessive or first[-1] in _UNNAMED:
            return False  # "Judge Poe, his son, and a driver"
        return self.words[before.last : group.first] == [","] and self._ends_in_comma(group)

    def _ends_in_comma(self, group: Group) -> bool:
        """Whether a comma closes a noun phrase: "an 18-year-old basketball star,"."""
        i = group.last
        while i < self.sentence.last and self.words[i] not in self.grammar.stop:
            i += 1
        return self.clause.word(i) == ","

    def _is_listed(self, groups: Sequence[Group]) -> bool:
        """ "the Jesuits, five Spaniards and a Pole, were": the list tells how many they are."""
        if len(groups) < _WHOLE_AND_PARTS or groups[0].kind != "plural":
            return False
        first = self.words[groups[0].last : groups[1].first]
        counted = all(_number_of(group) is not None for group in groups[1:])
        return first == [","] and counted and self._ends_in_comma(groups[-1])

    def _is_broken_down(self, groups: Sequence[Group]) -> bool:
        """ "ten hostages, eight Nigerians and two Lebanese": the first number is the others' sum.

        Of people told one by one, as in "two officers, a guard and a cook", only a comma after
        the last or their names tell that they are not others.
        """
        counts = [_number_of(group) for group in groups]
        if len(counts) < _WHOLE_AND_PARTS or None in counts or groups[0].quantity is None:
            return False
        if counts[0] != sum(count for count in counts[1:] if count is not None):
            return False
        one_by_one = [group for group in groups[1:] if group.quantity is None]
        named = all(group.kind == "name" for group in one_by_one)
        return named or self._ends_in_comma(groups[-1])

    def _usable(self, hit: Hit, group: Group) -> bool:
        head = self.words[group.head] if group.head is not None else ""
        if hit.trigger.measure == "hospitalised" and head in ("patient", "patients"):
            return False  # "a patient admitted to two clinics": of no attack
        if not hit.trigger.people_only or group.person is not None:
            return True
        if group.kind in ("pronoun", "zero", "name"):
            return True
        return group.bare or group.partitive or group.further

    def emit(
        self,
        hit: Hit,
        group: Group | None,
        *,
        part: bool = False,
        subset: bool = False,
        parent: Mention | None = None,
        negated: bool = False,
        joint: bool = False,
        vague: bool = False,
        none_reported: bool = False,
        earlier: bool = False,
        update: bool = False,
    ) -> Mention:
        """Adds one mention, unless the same group stands under the same measure already."""
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
            part=part,
            subset=subset,
            parent=parent,
            negated=negated,
            joint=joint,
            vague=vague,
            none_reported=none_reported,
            earlier=earlier,
            update=update,
            also=self._besides(hit),
            own=self._by_own_hand(hit),
        )
        self.mentions.append(mention)
        if group is not None:
            self.taken.add(group.first)
        return mention

    def _besides(self, hit: Hit) -> bool:
        """ "were also killed", "were wounded by a second device": others than before."""
        if "also" in self.words[max(hit.first - _ALSO, self.sentence.first) : hit.first]:
            return True
        if self._is_another(self.sentence.first) and hit.trigger.form == "past":
            return not self.clause.is_be(hit.first - 1)  # "a second strike killed two brothers"
        return self.clause.word(hit.last) in ("by", "in") and self._is_another(hit.last + 1)

    def _is_another(self, i: int) -> bool:
        """ "a second strike", "another mine": an event that is not the first told."""
        if self.clause.word(i) == "another":
            return True
        return self.clause.word(i) == "a" and self.clause.word(i + 1) in _ORDINALS

    def _by_own_hand(self, hit: Hit) -> bool:
        """ "killed himself", "committed suicide"; not "blew himself up", of whom a toll is told."""
        words = self.words[hit.first : min(hit.last + _OWN_REACH, self.sentence.last)]
        done = words[: hit.last - hit.first + 1]
        return (not _ONESELF.isdisjoint(done) and done[0] != "blew") or (
            "self" in words and "inflicted" in words
        )

    def suffered(self, hit: Hit) -> bool:
        """Whether a verb before a noun of injury tells of it already: "two suffered injuries"."""
        return any(m.measure == hit.trigger.measure and m.last <= hit.first for m in self.mentions)

    def whole_before(self, group: Group) -> Mention | None:
        """The people, told of before, of whom a group is a part."""
        before = [
            m for m in self.mentions if m.group and not m.subset and m.group.last <= group.first
        ]
        return before[-1] if before else None

    def previous_victims(self, index: int) -> list[Group]:
        """The people of the trigger before, when this verb goes on about them."""
        if index == 0:
            return []
        previous, hit = self._told_before(index), self.hits[index]
        gap = self.words[previous.last : hit.first]
        if len(gap) > _CONTINUES or ";" in gap or "but" in gap:
            return []
        between = [g for g in self.clause.groups if previous.last <= g.first < hit.first]
        if any(g.kind not in ("pronoun", "name") for g in between):
            return []
        return [m.group for m in self.mentions if m.first == previous.first and m.group]

    def _told_before(self, index: int) -> Hit:
        """ "a man hurt in a shooting on Friday died": the noun tells of nobody by itself."""
        told = {mention.first for mention in self.mentions}
        noun = self.hits[index - 1]
        between = index > 1 and noun.trigger.form in _NOUNS and noun.first not in told
        return self.hits[index - 2] if between else noun

    def add_attributive(self) -> None:
        """ "nineteen wounded soldiers", "three of the dead", where no other verb tells of them."""
        for hit, group in self.attributive:
            named = group.head is not None and group.last > group.head + 1
            stated = group.quantity is not None or group.kind in ("one", "name") or named
            if stated and group.first not in self.taken:
                self.emit(hit, group, subset=group.partitive, parent=self.whole_before(group))
            for known in self._identified(group):
                self.emit(hit, known, subset=True, parent=self.whole_before(known))

    def _identified(self, group: Group) -> list[Group]:
        """ "the wounded reporters are A. Poe and B. Roe": who people told of are."""
        i = group.last
        if group.kind not in ("plural", "definite", "number") or not self.clause.is_be(i):
            return []
        i += 1
        while self.clause.word(i) in _NAMED:
            i += 1
        return [named for named in self.clause.objects(i) if named.kind == "name"]

    def add_gapped(self) -> None:
        """ "five were killed in Tawila, three in Kutum": the verb is told once."""
        for group in self.clause.groups:
            if group.first in self.taken or not ((group.bare and group.quantity) or group.further):
                continue
            told = [m for m in self.mentions if m.group and m.group.last <= group.first]
            joined = self.clause.word(group.first - 1) in (",", "and", ";", "but")
            if not told or not joined or self.clause.word(group.last) not in _GAPPED:
                continue
            verb = told[-1]
            if verb.group is None or verb.last > group.first or verb.form not in _TOLD_ONCE:
                continue
            if any(g.partitive and verb.last <= g.first < group.first for g in self.clause.groups):
                continue  # "killed three, two of them in Tulkarm and one near Nablus"
            verb.part = not verb.subset
            self.mentions.append(replace(verb, group=group, part=True, update=False, parent=None))
            self.taken.add(group.first)


def _number_of(group: Group) -> int | None:
    """How many people a group is: one by grammar where it has no number."""
    if group.quantity is not None:
        return group.quantity.best
    return None if group.plural else 1
