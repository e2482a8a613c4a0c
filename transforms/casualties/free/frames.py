"""Which people a casualty word tells of, on either side of it: "загинули двоє", "двое погибли"."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from transforms import numbers
from transforms.casualties.free import clauses, wholes
from transforms.casualties.free.cues import GOVERNED, Cues
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
#: "шестеро из них несовершеннолетние": from a number to what they are.
_NEAR = 4
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
        self.acting = False  # whether they have a verb of another kind
        self.open: list[Word] = []  # words whose people are yet to come
        self.listing: list[Word] = []  # words that a list of people goes on with

    def read(self) -> list[Mention]:
        """The mentions of the sentence."""
        found = self.groups.read()
        pieces = clauses.cut(self.doc, self.sentence, self.lexicon, self.groups, found)
        for piece, following in zip_longest(pieces, pieces[1:]):
            self._read(piece, following)
        wholes.broken_down(self.mentions)
        wholes.restated(self.mentions, self.before)
        return sorted(self.mentions, key=lambda m: m.first)

    def _read(self, piece: Piece, following: Piece | None) -> None:
        self.joint = piece.joint
        if piece.joint == "break":
            self.waiting, self.open, self.listing = [], [], []
        elif piece.joint == "list" and self.acting:
            self.waiting = []  # "окупанти вдарили по місту: є загиблий"
        counted = [g for g in piece.groups if g.first in self.groups.victims]
        words = [w for w in piece.words if not (self._shares(piece, w) or self._settled(piece, w))]
        if not any(w.role in ("verb", "pair") for w in words):
            for group in counted:
                self._counted(group)
        if words and (piece.groups or self.cues.nobody(piece) is not None):
            self._assign(piece, words)
        elif words:
            self._without_people(piece, words, following)
        elif piece.groups:
            self._people_alone(piece, counted, following)

    # --- people and words of one piece

    def _assign(self, piece: Piece, words: list[Word]) -> None:
        """Gives each word its people: shared, or each its own where both are told in turn."""
        nobody = self.cues.nobody(piece)
        if nobody is not None:
            for word in words:
                self._emit(word, Group(nobody, nobody + 1, "zero"))
            return
        numbered = [g for g in piece.groups if g.quantity is not None]
        if len(words) > 1 and len(numbered) == len(words):
            for word, group in zip(words, numbered, strict=True):
                self._give(word, [group])
        else:
            for word in words:
                people = self._fitting(piece, word)
                if self.waiting and not self.acting and piece.joint == "and" and len(words) == 1:
                    self._several(word, [*self.waiting, *people])
                else:
                    self._give(word, people)
        self.open = [w for w in words if not any(m.first == w.at for m in self.mentions)]
        self.listing, self.waiting = words, []

    def _give(self, word: Word, groups: list[Group]) -> None:
        for group in groups:
            among = self.cues.among(word)
            subset = among or self.cues.is_marked(group, self.lexicon.subset)
            partitive = group.partitive or (
                self.cues.is_marked(group, self.lexicon.partitive) and not among
            )
            told = wholes.as_told(group, partitive=partitive, subset=subset and not partitive)
            shared = self.open if self.joint == "and" and word.entry.measure in _FATES else []
            self._emit(word, self._exact(word, told), subset=subset and not partitive)
            for other in shared:
                self._emit(other, told)
            if shared:
                self._join([*shared, word])
        self.open = []

    def _exact(self, word: Word, group: Group) -> Group:
        """ "двоє поранених померли": of those told of as hurt."""
        inside = self.groups.victims.get(group.first)
        entry = self.groups.victim(inside) if inside is not None else None
        moved = entry is not None and entry.measure == "injured" and word.entry.measure == "killed"
        if entry is not None and word.entry.measure in ("hospitalised", "critically_injured"):
            moved = any(m.measure == "injured" for m in (*self.before, *self.mentions))
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
        if word.role == "fate":
            return [g for g in fitting if 0 < g.first - word.at <= GOVERNED][:1]
        numbered = [g for g in fitting if g.quantity is not None]
        ranked = sorted(numbered or fitting, key=lambda g: self.cues.rank(word, g))
        toll = [g for g in numbered if self._is_change(piece, word, g)]
        return toll or ranked[:1]

    def _is_change(self, piece: Piece, word: Word, group: Group) -> bool:
        """ "число погибших выросло с 10 до 12": both figures are told."""
        return word.role == "victim" and self.cues.is_toll(piece, word) and group.first > word.at

    # --- words without people, people without words

    def _without_people(self, piece: Piece, words: list[Word], following: Piece | None) -> None:
        if self.waiting:
            people, self.waiting = self.waiting, []
            for word in words:
                fitting = [g for g in people if self.cues.fits(word, g)]
                self._several(word, fitting)
            self.listing = []
            return
        if following is not None and self._lends(piece, words, following):
            self.open += words
            self.listing = words
            return
        for word in (word for word in words if not word.entry.own):
            told = self._told_before(word) if piece.joint in ("and", "comma", "list") else None
            if told is not None:
                self._emit(word, told)
            elif self.cues.exists(piece, word):
                self._vague(word)
        self.open = [w for w in words if not any(m.first == w.at for m in self.mentions)]

    def _lends(self, piece: Piece, words: list[Word], following: Piece) -> bool:
        """Whether the people follow: "загинули: жінка", "загинули та поранені 20 людей"."""
        if following.joint == "list":
            return bool(following.groups)
        if following.joint == "and" and following.words:
            return not any(self.cues.exists(piece, word) for word in words)
        return False

    def _several(self, word: Word, people: list[Group]) -> None:
        """People joined before their word: "чоловік і двоє дітей загинули"."""
        apart = [g for g in people if not self.cues.is_marked(g, self.lexicon.subset)]
        parent: Mention | None = None
        for group in people:
            inside = group not in apart
            partitive = self.cues.is_marked(group, self.lexicon.partitive) and not apart[:-1]
            told = wholes.as_told(
                group, subset=inside and not partitive, partitive=inside and partitive
            )
            mention = self._emit(
                word, told, subset=inside and not partitive, part=len(apart) > 1 and not inside
            )
            if inside:
                mention.parent = parent
            else:
                parent = mention
        self.open = []

    def _people_alone(self, piece: Piece, counted: list[Group], following: Piece | None) -> None:
        if counted and len(counted) == len(piece.groups):
            return  # "двоє загиблих": told already
        for group in piece.groups:
            if self._names_kind(piece, group):
                self.mentions[-1].described = group
            elif (piece.aside or self.cues.is_of_them(group)) and (self.mentions or self._near()):
                self._subset(group, following)
            elif self.open:
                for word in self.open:
                    if self.cues.fits(word, group) or piece.joint == "list":
                        self._emit(word, group, subset=self.cues.among(word))
                self.listing, self.open = self.open, []
            elif self._continues(piece, group, following):
                self._list(group)
            else:
                self.waiting.append(group)
                self.acting = piece.verb

    def _names_kind(self, piece: Piece, group: Group) -> bool:
        """ "дев'ятеро з них – діти": what those of a part are."""
        last = self.mentions[-1] if self.mentions else None
        if last is None or last.group is None or not (last.subset and last.group.bare):
            return False
        near = piece.joint == "list" or group.first - last.group.last < _NEAR
        return near and group.quantity is None

    def _near(self) -> bool:
        """Whether the sentence right before tells of casualties."""
        return bool(self.before) and self.before[-1].sentence == self.number - 1

    def _subset(self, group: Group, following: Piece | None) -> None:
        """ "п'ятеро поранених, серед них двоє дітей"; the rest of the list waits for no verb."""
        if self.waiting:
            self.waiting.append(group)
            return
        if following is not None and following.is_predicate:
            self.waiting.append(group)
            return
        last = (self.mentions or self.before)[-1]
        parent = last.parent if last.subset else last
        first, end = (last.first, last.last) if self.mentions else (group.first, group.last)
        mention = self._mention(last.measure, last.form, first, end, group)
        mention.subset, mention.parent = True, parent
        self.mentions.append(mention)

    def _continues(self, piece: Piece, group: Group, following: Piece | None) -> bool:
        """Whether people go on with a list: "загинули жінка, двоє дітей і чоловік"."""
        if not self.listing or not self.mentions or piece.joint == "opens" or piece.verb:
            return False
        if following is not None and following.words and not following.groups:
            return False  # "двоє загинули, троє | дістали поранення"
        last = self.mentions[-1].group
        if last is None or last.kind == "zero" or (group.bare and not last.bare):
            return False
        if last.last <= self.listing[0].at and piece.joint != "list":
            return False  # "поліцейський загинув, його напарник …": people stand before their verb
        return any(self.cues.fits(word, group) for word in self.listing)

    def _list(self, group: Group) -> None:
        for word in self.listing:
            if not self.cues.fits(word, group):
                continue
            for mention in self.mentions:
                if mention.first == word.at and not mention.subset:
                    mention.part = True
            subset = bool(self.mentions) and self.mentions[-1].subset
            self._emit(word, group, subset=subset, part=not subset)

    # --- casualty nouns

    def _counted(self, group: Group) -> None:
        """ "двоє загиблих", "3 поранених військових": the noun says what befell them."""
        at = self.groups.victims[group.first]
        entry = self.groups.victim(at)
        assert entry is not None
        word = clauses.Word(at, entry, "victim")
        subset = self.cues.is_marked(group, self.lexicon.subset) and bool(self.mentions)
        mention = self._emit(word, replace(group, subset=subset), subset=subset)
        if subset:
            mention.parent = next((m for m in reversed(self.mentions[:-1]) if not m.subset), None)
        self.listing = []

    def _shares(self, piece: Piece, word: Word) -> bool:
        """ "десятки загиблих і поранених": one number for both."""
        last = self.mentions[-1] if self.mentions else None
        group = last.group if last is not None else None
        told = group is not None and group.quantity is not None and group.head == group.last - 1
        alone = word.role == "victim" and piece.joint == "and" and not piece.groups
        if not (told and alone and group is not None and group.last == word.at - 1):
            return False
        at = self.groups.victims.get(group.first)
        if last is None or at != last.first or "gent" not in self.doc.tag(word.at):
            return False
        self._emit(word, group).joint = last.joint = True
        return True

    def _settled(self, piece: Piece, word: Word) -> bool:
        """Whether a casualty noun needs no people of the piece: it tells of nobody, or of none."""
        if word.role != "victim":
            return False
        if self.cues.is_known(piece, word):
            return True
        if self.cues.is_none(piece, word):
            mention = self._emit(word, Group(word.at, word.at + 1, "zero"))
            lemmas = self.doc.lemma[slice(*piece.chain)]
            mention.none_reported = not self.lexicon.news.isdisjoint(lemmas)
            return True
        if self.cues.among(word) or self.cues.is_toll(piece, word):
            return False
        tags = self.doc.tag(word.at)
        return bool(tags) and "nomn" not in tags and not self.cues.precedes_number(piece, word)

    def _vague(self, word: Word) -> None:
        tags = self.doc.tag(word.at)
        if "sing" in tags and "plur" not in tags:
            self._emit(word, Group(word.at, word.at + 1, "one", head=word.at))
        else:
            self._emit(word, None)

    # --- what is shared

    def _told_before(self, word: Word) -> Group | None:
        """The people of the verb before: "дістав поранення і помер у лікарні"."""
        last = self.mentions[-1] if self.mentions else None
        if last is None or last.group is None or last.group.kind == "zero" or word.role == "fate":
            return None
        if word.role == "victim" or (last.first == word.at):
            return None
        if word.entry.claimed:
            return None  # "поранено 38, знищено два автомобілі"
        return last.group if word.entry.kind == "harm" or self.cues.fits(word, last.group) else None

    def _emit(
        self, word: Word, group: Group | None, *, subset: bool = False, part: bool = False
    ) -> Mention:
        form = _FORMS[word.entry.kind]
        mention = self._mention(word.entry.measure, form, word.at, word.at + 1, group)
        mention.inclusive = word.entry.inclusive
        mention.subset, mention.part = subset, part
        mention.negated = self.cues.is_negated(word) and not (group and group.kind == "zero")
        mention.also = self.cues.is_also(word)
        mention.update = self.cues.is_update(word, group)
        mention.group = self._further(mention, group)
        if mention.update and mention.group is not None:
            mention.group = wholes.exactly(self.doc, self.lexicon, mention.group)
        if mention.negated and mention.group is not None and self.cues.is_anyone(mention.group):
            mention.group, mention.negated = replace(mention.group, kind="zero"), False
        mention.earlier = mention.update and self.cues.is_earlier(group)
        mention.group = self.same.setdefault(mention.group, mention.group)
        self.mentions.append(mention)
        return mention

    def _mention(
        self, measure: str, form: str, first: int, last: int, group: Group | None
    ) -> Mention:
        return Mention(measure, group, first, last, self.number, form, vague=group is None)  # type: ignore[arg-type]

    def _further(self, mention: Mention, group: Group | None) -> Group | None:
        """ "ще двоє поранені" after the dead are others than they, and all of the hurt."""
        if group is None or not group.further:
            return group
        told = any(m.measure == mention.measure for m in (*self.before, *self.mentions))
        return group if told else replace(group, further=False)
