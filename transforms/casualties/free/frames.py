"""Which people a casualty word tells of, on either side of it: "загинули двоє", "двое погибли"."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from transforms import numbers
from transforms.casualties.free import alone, clauses, nouns, subjects, told, wholes
from transforms.casualties.free.cues import GOVERNED, Cues, is_of_soldiers
from transforms.casualties.free.groups import Groups
from transforms.casualties.free.lexicon import FreeLexicon, load
from transforms.casualties.mentions import Mention
from transforms.casualties.phrases import Group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.casualties.free.clauses import Joint, Piece, Word
    from transforms.text import Doc, Sentence

_FORMS = {
    "suffer": "intransitive",
    "harm": "past",
    "victim": "state",
    "fate": "event_noun",
    "pair": "state",
    "loss": "past",
}
#: Measures between which a number may be split: "загинули та поранені 20 осіб".
_FATES = frozenset(("killed", "injured", "critically_injured", "missing"))
_ANYBODY = frozenset(("unknown", "civilian"))
#: Figures are taken up again within so many sentences; so many of them are looked at.
_REACH, _LAST = 3, 12


def find(doc: Doc) -> list[Mention]:
    """All casualty mentions of a document, in the order of the text."""
    lexicon = load(doc.language)
    hits = [i for i, lemma in enumerate(doc.lemma) if lemma in lexicon.entries]
    if not hits:
        return []
    spelled = numbers.spelling(doc, lexicon.numbers)
    mentions: list[Mention] = []
    before: list[Mention] = []
    for number in _sentences(doc, hits):
        reader = Reader(doc, number, lexicon, spelled, before)
        mentions += reader.read()
        before = [m for m in mentions[-_LAST:] if number - m.sentence < _REACH]
    wholes.only_ones(mentions)
    return mentions


def _sentences(doc: Doc, hits: Sequence[int]) -> list[int]:
    """The numbers of the sentences with a casualty word, and of those right after one."""
    last = len(doc.sentences)
    told = {doc.sentence_number(doc.starts[i]) for i in hits} - {None}
    after = {number + 1 for number in told if number is not None}
    return sorted(number for number in told | after if number is not None and number < last)


class Reader:
    """One sentence while its pieces are read from left to right."""

    def __init__(
        self,
        doc: Doc,
        number: int,
        lexicon: FreeLexicon,
        spelled: list[str],
        before: Sequence[Mention],
    ) -> None:
        self.doc = doc
        self.number = number
        self.sentence: Sentence = doc.sentences[number]
        self.lexicon = lexicon
        self.groups = Groups(doc, self.sentence, lexicon, spelled)
        self.before = before
        self.cues = Cues(doc, self.sentence, lexicon)
        self.mentions: list[Mention] = []
        self.waiting: list[Group] = []  # people whose word is yet to come
        self.same: dict[Group | None, Group | None] = {}  # one person is one object
        self.joint: Joint = "opens"  # of the piece that is read
        self.amid = False  # whether its people are some of those it names: "серед поранених"
        self.acting = False  # whether they have a verb of another kind
        self.rest: list[Piece] = []  # that piece and those after it
        self.open: list[Word] = []  # words whose people are yet to come
        self.listing: list[Word] = []  # words that a list of people goes on with

    def read(self) -> list[Mention]:
        """The mentions of the sentence."""
        found = [g for g in self.groups.read() if not self.cues.counts_not(g)]
        self.cues.soldiers = any(map(is_of_soldiers, found))
        pieces = clauses.cut(self.doc, self.sentence, self.lexicon, self.groups, found)
        for number, (piece, following) in enumerate(zip_longest(pieces, pieces[1:])):
            self.rest = pieces[number:]
            self._read(piece, following)
        if any(alone.is_wound(word) for piece in pieces for word in piece.words):
            for piece in pieces:
                alone.wounded(self, piece)
            alone.having(self, pieces)
        if not self.mentions and self.before:
            alone.losses(self, found)
            alone.shared_out(self, pieces)
        alone.counted_on(self, found)
        self.mentions = [m for m in self.mentions if not told.is_again(self, m)]
        wholes.without_casualties(self.mentions)
        wholes.broken_down(self.mentions)
        wholes.restated(self.mentions, [*self.before, *self.mentions])
        wholes.superseded(self.mentions)
        return sorted(self.mentions, key=lambda m: (m.first, m.earlier))

    def _read(self, piece: Piece, following: Piece | None) -> None:
        self.joint = piece.joint
        if piece.joint == "break":
            kept = self.waiting if self._goes_on(piece) else []  # "вижив, але дістав опіки"
            self.waiting, self.open, self.listing = kept, [], []
        elif piece.joint == "list" and self.acting:
            self.waiting = []  # "окупанти вдарили по місту: є загиблий"
        counted = [g for g in piece.groups if g.first in self.groups.victims]
        words = [w for w in piece.words if not nouns.is_settled(self, piece, w)]
        words = self._governing(piece, self._without_wholes(words))
        words = nouns.read(self, piece, counted, words)
        if words and (piece.groups or self.cues.nobody(piece) is not None):
            self._assign(piece, words)
        elif words:
            self._without_people(piece, words, following)
        elif piece.groups:
            alone.read(self, piece, counted, following)

    def _goes_on(self, piece: Piece) -> bool:
        """Whether the subject of before has another verb behind "but"."""
        before = self.doc.lemma[piece.first - 1] if piece.first > self.sentence.first else ""
        return before in self.lexicon.adversative and not piece.groups and len(self.waiting) == 1

    def _without_wholes(self, words: list[Word]) -> list[Word]:
        """ "серед поранених двоє у важкому стані": the noun only says of whom they are."""
        others = [w for w in words if not self.cues.among(w)]
        self.amid = bool(others) and len(others) < len(words)
        return others if self.amid else words

    def _governing(self, piece: Piece, words: list[Word]) -> list[Word]:
        """The words without a noun for a wound that has nobody: "чоловік з травмами"."""
        if not (piece.groups or words[1:]):
            return words
        words = [w for w in words if w.role != "fate" or self._fitting(piece, w)]
        died = any(w.role == "verb" and w.entry.measure == "killed" for w in words)
        return [w for w in words if not (died and self.cues.is_attribute(w))]

    # --- people and words of one piece

    def _assign(self, piece: Piece, words: list[Word]) -> None:
        """Gives each word its people: shared, or each its own where both are told in turn."""
        nobody = self.cues.nobody(piece)
        if nobody is not None:
            for word in (w for w in words if not w.entry.denied):  # "ніхто не вижив"
                self.emit(word, Group(nobody, nobody + 1, "zero"))
            return
        numbered = [g for g in piece.groups if g.quantity is not None]
        if len(words) > 1 and len(numbered) == len(words):
            for word, group in zip(words, numbered, strict=True):
                self._give(word, [group])
        else:
            for word in words:
                people = self._fitting(piece, word)
                joined = piece.joint == "and" and not self.acting
                alone = piece.joint != "and" and not people  # "…, загинули в Харкові"
                waiting = [g for g in self.waiting if joined or self.cues.fits(word, g)]
                if waiting and len(words) == 1 and (joined or alone):
                    self._several(word, [*waiting, *people])
                elif people[1:] and people[1].quantity is None:
                    self._several(word, people)
                elif people or not self._taken_up(piece, word):
                    self._give(word, people)
        self.open = [w for w in words if not any(m.first == w.at for m in self.mentions)]
        self.listing, self.waiting = words, []

    def _give(self, word: Word, groups: list[Group]) -> None:
        for group in groups:
            among = self.amid or self.cues.among(word)
            subset = among or self.cues.is_marked(group, self.lexicon.subset)
            before = self.cues.is_marked(group, self.lexicon.partitive) and not among
            partitive = group.partitive or before or self.cues.is_partitive(group)
            own = wholes.as_told(group, partitive=partitive, subset=subset and not partitive)
            shared = self._sharing(word) if self.joint == "and" else []
            mention = self.emit(word, self._exact(word, own), subset=subset and not partitive)
            for other in shared:
                self.emit(other, own)
            again = told.counted(self.doc, word, group, [*self.before, *self.mentions])
            if again is not None:
                mention.group, mention.parent = again
                mention.subset = True
            if {w.entry.measure for w in shared} & _FATES:
                self._join([*shared, word])
        self.open = []

    def _sharing(self, word: Word) -> list[Word]:
        """The words before "and" that tell another fate of the same people."""
        fates = {word.entry.measure} & _FATES
        return [w for w in self.open if fates and w.entry.measure not in fates]

    def _exact(self, word: Word, group: Group) -> Group:
        """ "двоє поранених померли": of those told of as hurt."""
        inside = self.groups.victims.get(group.first)
        entry = self.groups.victim(inside) if inside is not None else None
        moved = entry is not None and entry.measure == "injured" and word.entry.measure == "killed"
        return replace(group, partitive=True) if moved else group

    def _join(self, words: Sequence[Word]) -> None:
        """ "загинули та поранені 20 осіб": one number for both."""
        spots = {word.at for word in words}
        for mention in self.mentions:
            if mention.first in spots:
                mention.joint = mention.group is not None and mention.group.plural

    def _fitting(self, piece: Piece, word: Word) -> list[Group]:
        """The people of a piece that a word may tell of, the nearest with a number first."""
        fitting = [g for g in piece.groups if self.cues.fits(word, g)]
        fitting = fitting or subjects.objects(self.cues, piece, word)
        if word.role == "fate":
            near = [g for g in fitting if 0 < g.first - word.at <= GOVERNED]
            gone = word.entry.denied and not near  # "водія не стало"
            return fitting[-1:] if gone else near[:1]
        numbered = [g for g in fitting if g.quantity is not None]
        ranked = sorted(numbered or fitting, key=lambda g: self.cues.rank(word, g))
        toll = [g for g in numbered if self.cues.is_change(piece, word, g)]
        return toll or subjects.together(self.cues, piece, word, ranked[:1])

    # --- words without people

    def _without_people(self, piece: Piece, words: list[Word], following: Piece | None) -> None:
        if self.waiting and all(self.cues.is_with(w) for w in words):
            return  # "одного – з опіками – шпиталізовано"
        if self.waiting:
            people, self.waiting = self.waiting, []
            relative = self.cues.is_relative(piece)
            hurt = any(m.measure == "injured" for m in self.mentions)
            for word in (subjects.gapped(self.cues, piece, w) if hurt else w for w in words):
                if relative:
                    fitting = people[-1:]  # "дівчинки, яка постраждала"
                else:
                    fitting = [g for g in people if self.cues.goes_with(word, g)]
                self._several(word, fitting)
            self.listing = []
            return
        if following is not None and self._lends(piece, words, following):
            self.open += words
            self.listing = words
            return
        for word in (word for word in words if not word.entry.own):
            known = self._told_before(word) if piece.joint in ("and", "comma", "list") else None
            if known is not None:
                self._of_hurt(piece, word)
                self.emit(word, known)
            elif self._taken_up(piece, word):
                continue
            elif self.cues.exists(piece, word):
                nouns.vague(self, word)
        self.open = [w for w in words if not any(m.first == w.at for m in self.mentions)]

    def _taken_up(self, piece: Piece, word: Word) -> bool:
        """ "їх доставили до лікарні": people by a pronoun, told of before."""
        found = told.people(self.doc, self.lexicon, piece, word, [*self.before, *self.mentions])
        if found is None:
            return False
        self.emit(word, found[0]).described = found[1]
        return True

    def _of_hurt(self, piece: Piece, word: Word) -> None:
        """ "майже сто поранених – у лікарнях": the noun only says who is there."""
        last = self.mentions[-1]
        group = last.group
        noun = group is not None and self.groups.victims.get(group.first) == last.first
        if noun and piece.joint == "list" and word.entry.measure in told.AFTER:
            self.mentions.pop()

    def _lends(self, piece: Piece, words: list[Word], following: Piece) -> bool:
        """Whether the people follow: "загинули: жінка", "загинули та поранені 20 людей"."""
        if following.joint == "list":
            return bool(following.groups)
        if following.joint == "and" and following.words:
            return not any(self.cues.exists(piece, word) for word in words)
        return False

    def _several(self, word: Word, people: list[Group]) -> None:
        """People joined before their word: "чоловік і двоє дітей загинули"."""
        apart = [g for g in people if not self.cues.is_of_them(g)]
        apart = apart[:1] if wholes.is_sum(apart) else apart  # "двоє журналістів, X і Y, …"
        parent: Mention | None = None
        for group in people:
            inside = group not in apart
            partitive = self.cues.is_marked(group, self.lexicon.partitive) and not apart[:-1]
            partitive = partitive or self.cues.is_partitive(group)
            partitive = partitive and not (apart and self.cues.is_aside(group))
            own = wholes.as_told(
                group, subset=inside and not partitive, partitive=inside and partitive
            )
            mention = self.emit(
                word, own, subset=inside and not partitive, part=len(apart) > 1 and not inside
            )
            if inside:
                mention.parent = parent
            else:
                parent = mention
        self.open = []

    # --- what is shared

    def _told_before(self, word: Word) -> Group | None:
        """The people of the verb before: "дістав поранення і помер у лікарні"."""
        last = self.mentions[-1] if self.mentions else None
        if last is None or last.group is None or last.group.kind == "zero" or word.role == "fate":
            return None
        if word.role == "victim" or (last.first == word.at):
            return None
        if word.entry.claimed or word.entry.counted:
            return None  # "поранено 38, знищено два автомобілі"
        harmed = word.entry.kind == "harm" and self.cues.counts(word, last.group)
        return last.group if harmed or self.cues.fits(word, last.group) else None

    def emit(
        self, word: Word, group: Group | None, *, subset: bool = False, part: bool = False
    ) -> Mention:
        """Puts people under a casualty word, with all that the words around say of them."""
        form = _FORMS[word.entry.kind]
        mention = self.mention(word.entry.measure, form, word.at, word.at + 1, group)
        mention.inclusive = word.entry.inclusive
        mention.subset, mention.part = subset, part
        zero = group is not None and group.kind == "zero"
        negated = self.cues.is_negated(word) or self.cues.is_refuted(word)
        mention.negated = negated and not (zero or word.entry.denied)
        mention.also = self.cues.is_also(word)
        mention.update = self.cues.is_update(word, group) or self._replaces(mention)
        mention.group = self._further(mention, group)
        if mention.update and mention.group is not None:
            mention.group = wholes.exactly(self.doc, self.lexicon, mention.group)
        if mention.negated and mention.group is not None and self.cues.is_anyone(mention.group):
            mention.group, mention.negated = replace(mention.group, kind="zero"), False
        mention.earlier = (
            mention.update and not self.cues.is_corrected() and self.cues.is_earlier(group)
        )
        mention.group = self.same.setdefault(mention.group, mention.group)
        self.mentions.append(mention)
        return mention

    def _replaces(self, mention: Mention) -> bool:
        """Whether a figure is put right: one of its kind was told before, and differs."""
        group = mention.group
        if not self.before or group is None or group.quantity is None or mention.subset:
            return False
        person = group.person
        if group.further or (person is not None and person.category not in _ANYBODY):
            return False  # "двоє нападників ліквідовані, уточнило джерело"
        known = {wholes.size(m) for m in self.before if m.measure == mention.measure}
        return bool(known - {0, wholes.size(mention)}) and self.cues.is_corrected()

    def mention(
        self, measure: str, form: str, first: int, last: int, group: Group | None
    ) -> Mention:
        """A mention of this sentence, its trigger over tokens ``first:last``."""
        return Mention(measure, group, first, last, self.number, form, vague=group is None)  # type: ignore[arg-type]

    def _further(self, mention: Mention, group: Group | None) -> Group | None:
        """ "ще двоє поранені" after the dead are others than they, and all of the hurt."""
        if group is None or not group.further:
            return group
        told = any(m.measure == mention.measure for m in (*self.before, *self.mentions))
        return group if told else replace(group, further=False)
