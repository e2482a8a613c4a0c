"""What the words around a casualty word say of its people: none, some of them, told before."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from transforms.casualties.free.clauses import Piece, Word
    from transforms.casualties.free.lexicon import FreeLexicon
    from transforms.casualties.mentions import Mention
    from transforms.casualties.phrases import Group
    from transforms.morphology import Tags
    from transforms.text import Doc, Sentence

#: "серед них", "из них" stand within so many words before their people.
_MARKED = 5
#: A victim in the genitive stands within so many words of "загибель", "гибель".
GOVERNED = 4
#: A woman is told of by a trade's masculine so near to her verb.
_BESIDE = 1
#: "зросла на чотирьох": the verb stands within so many words before the number.
_GROWN = 4
#: Forms of verbs that have an object and no subject: "поранено", "поранивши".
_IMPERSONAL = frozenset(("Impe", "GRND", "INFN"))
#: Pairs whose people are their subject unless somebody carries them: "перебуває у лікарні".
_OF_THEMSELVES = frozenset(("hospitalised", "critically_injured", "injured"))
CASES = frozenset(("nomn", "gent", "datv", "accs", "ablt", "loct"))
_GENDERS = frozenset(("masc", "femn", "neut"))
#: "жертв, на щастя, немає": words of an aside between commas.
_ASIDE = 4
#: "без жертв", "без загиблих і поранених": from the preposition to the noun.
_WITHOUT = 3


class Cues:
    """Asks the words of one sentence."""

    def __init__(self, doc: Doc, sentence: Sentence, lexicon: FreeLexicon) -> None:
        self.doc = doc
        self.sentence = sentence
        self.lexicon = lexicon
        self.soldiers = False  # whether the sentence counts any: "знищено 34 і поранено 51 бійця"
        self.denied = False  # a figure: "шестеро, а не четверо, як повідомляли раніше"

    def fits(self, word: Word, group: Group) -> bool:
        """Whether case, gender and number let a word tell of some people."""
        if word.entry.measure == "missing" and self._is_sought(group):
            return False
        if word.entry.counted and group.quantity is None:
            return False
        if group.quantity is not None:
            if word.role == "loss":
                verb = "VERB" in self.doc.tag(word.at)
                return not verb or (not group.bare and group.first > word.at)
            if word.entry.claimed or word.entry.named:
                people = self.soldiers or self.doc.lemma[group.last - 1] in self.lexicon.persons
                return not group.bare or people  # "знищено 12": drones, as a rule
            before = self.doc.lower[group.first - 1] if group.first > word.at else ""
            if word.role == "verb" and not self.counts(word, group):
                return False
            if word.role == "fate" and before in self.lexicon.prepositions - self.lexicon.having:
                return word.entry.measure == "missing"  # "сліди смерті на трьох тілах"
            return not (group.bare and word.role == "fate" and group.first < word.at)
        return self._in_case(word, group)

    def counts(self, word: Word, group: Group) -> bool:
        """Whether a verb of one person goes with a number: "загинула 61 людина", never 62."""
        tags = self.doc.tag(word.at)
        single = bool({"masc", "femn"} & tags) and "plur" not in tags and "neut" not in tags
        undergone = word.entry.kind == "suffer" or "PRTS" in tags
        quantity = group.quantity
        head = group.last if group.head is None else group.head
        if quantity is None or quantity.core > head or not single:
            return True  # "загинула родина з чотирьох людей"
        if not undergone:
            return True
        core = self.doc.tag(quantity.core)
        told = "NUMR" in core or self.doc.lower[quantity.core].isdecimal()
        return not told or (quantity.best or quantity.low or quantity.high or 1) % 10 == 1

    def goes_with(self, word: Word, group: Group) -> bool:
        """Whether people wait for a word; of "серед яких дитина" the case is another's."""
        return self.fits(word, group) or self.is_marked(group, self.lexicon.subset)

    def _in_case(self, word: Word, group: Group) -> bool:
        """Whether people without a number stand in the case that a word has them in."""
        tags = self.doc.tag(group.head if group.head is not None else group.first)
        if CASES.isdisjoint(tags):
            return True  # no grammemes, or a word whose case the dictionary lacks
        if word.entry.measure == "missing" and word.role != "verb" and group.kind == "plural":
            return False  # "під завалами залишаються люди"
        match word.role:
            case "fate":
                return "gent" in tags and (group.first > word.at or word.entry.denied)
            case "loss":
                return False
            case "pair" | "inside":
                return self._beside(word, tags)
        governed = group.first and self.doc.lower[group.first - 1] in self.lexicon.prepositions
        if governed or (word.entry.claimed and group.head is None):
            return False  # "від немовляти до літніх людей"
        return self._governs(word, group, tags)

    def _beside(self, word: Word, tags: Tags) -> bool:
        """Whether people are those of a noun and its verb: "жінка у важкому стані"."""
        measure, state = word.entry.measure, self.doc.tag(word.at)
        if word.entry.dative and "datv" in tags:
            return True
        if word.carried:
            return "accs" in tags and ("gent" in tags or "nomn" not in tags)
        if (
            word.role == "pair"
            and measure == "critically_injured"
            and state
            and "loct" not in state
        ):
            return "gent" in tags  # "стан жінки – важкий"
        if word.role == "pair" and measure not in _OF_THEMSELVES:
            return bool({"nomn", "accs"} & tags)
        return "nomn" in tags or ("accs" in tags and "gent" not in tags)

    def _is_sought(self, group: Group) -> bool:
        """ "шукають двох підозрюваних": by the police."""
        return group.person is not None and group.person.category == "militant"

    def rank(self, word: Word, group: Group) -> tuple[bool, int]:
        """An object in the accusative alone goes first; then the nearest."""
        head = group.head if group.head is not None else group.first
        doubtful = word.entry.kind == "harm" and "nomn" in self.doc.tag(head)
        if group.first > word.at:
            return doubtful, group.first - word.at
        return doubtful, word.at - group.last + 1

    def _governs(self, word: Word, group: Group, tags: Tags) -> bool:
        """Whether a verb or a victim noun has people in their case: its object, its subject."""
        verb = self.doc.tag(word.at)
        active = word.entry.kind == "harm" and "VERB" in verb
        if active or not _IMPERSONAL.isdisjoint(verb):
            return "accs" in tags and ("gent" in tags or "nomn" not in tags)
        if word.role == "victim" and 0 < group.first - word.at <= GOVERNED and "gent" in tags:
            return True  # "тіло жінки"
        person = self.lexicon.people.get(self.doc.lemma[group.head or group.first])
        office = person is not None and person.category == "official"  # "глава погиб"
        trade = "femn" in verb and person is not None and person.sex is None
        near = 0 < group.first - word.at <= _BESIDE or group.last == word.at
        trade = trade and near  # "погибла волонтёр", "врач погибла"
        return "nomn" in tags and (office or trade or _agrees(tags, verb))

    def is_none(self, piece: Piece, word: Word) -> bool:
        """ "жертв немає", "без постраждалих", "пострадавших не было"."""
        lexicon, tags = self.lexicon, self.doc.tag(word.at)
        span = slice(*self._span(piece, word))
        words = {*self.doc.lower[span], *self.doc.lemma[span]}
        negated = not lexicon.negation.isdisjoint(words)
        counted = any(group.quantity is not None for group in piece.groups)
        if counted or (tags and "gent" not in tags):
            return False
        before = self.doc.lower[max(word.at - _WITHOUT, piece.chain[0]) : word.at]
        if not lexicon.without.isdisjoint(before):
            return not (negated and not lexicon.avoided.isdisjoint(words))
        if not lexicon.none.isdisjoint(words):
            return not (negated and not lexicon.avoided.isdisjoint(words))
        return negated and (not tags or "plur" in tags)

    def _span(self, piece: Piece, word: Word) -> tuple[int, int]:
        """The clause of a word; past an aside where it opens its sentence: "жертв, на щастя, "."""
        first, last = piece.chain
        stop = self.doc.lower[last : last + 1] == [","] and word.at == self.sentence.first
        if stop and "," in self.doc.lower[last + 1 : last + 1 + _ASIDE]:
            return first, min(last + 2 + _ASIDE, self.sentence.last)
        return first, last

    def is_unreported(self, piece: Piece) -> bool:
        """ "інформації про постраждалих немає", "про загиблих не повідомлялося"."""
        lemmas = self.doc.lemma[slice(*piece.chain)]
        if not self.lexicon.news.isdisjoint(lemmas):
            return True
        denied = {word for no, word in pairwise(lemmas) if no in self.lexicon.negation}
        return not self.lexicon.reported.isdisjoint(denied)

    def is_known(self, piece: Piece, word: Word) -> bool:
        """ "усі загиблі – цивільні", "из пострадавших 47", "среди погибших нет детей"."""
        before = self.doc.lower[word.at - 1] if word.at > self.sentence.first else ""
        if before in self.lexicon.all or before in self.lexicon.sized:
            return True
        beside = bool(piece.groups) or before in self.lexicon.among
        return beside and self.is_none(piece, word) and self.among(word)

    def is_relative(self, piece: Piece) -> bool:
        """ "…, які евакуювали людей"."""
        first = piece.first
        if self.doc.lower[first] in self.lexicon.prepositions and first + 1 < piece.last:
            first += 1  # "…, в якій їхала родина"
        opening = {self.doc.lower[first], self.doc.lemma[first]}
        return piece.joint == "comma" and not opening.isdisjoint(self.lexicon.relatives)

    def nobody(self, piece: Piece) -> int | None:
        """The token of "ніхто" in "ніхто не постраждав"."""
        first, last = (piece.first, piece.last) if piece.groups else piece.chain
        return next((i for i in range(first, last) if self._is_nobody(i)), None)

    def _is_nobody(self, i: int) -> bool:
        nobody = self.lexicon.nobody
        return self.doc.lower[i] in nobody or self.doc.lemma[i] in nobody

    def is_anyone(self, group: Group) -> bool:
        """ "люди не постраждали": people of whom no number is told."""
        return group.kind == "plural" and not group.definite

    def among(self, word: Word) -> bool:
        """ "серед загиблих": the people beside the word are some of them."""
        if word.role != "victim":
            return False
        before = self.doc.lower[max(word.at - 2, self.sentence.first) : word.at]
        return not self.lexicon.among.isdisjoint(before)

    def is_toll(self, piece: Piece, word: Word) -> bool:
        """ "кількість загиблих"."""
        before = self.doc.lemma[max(piece.first - 4, self.sentence.first) : word.at]
        return not self.lexicon.toll.isdisjoint(before)

    def is_change(self, piece: Piece, word: Word, group: Group) -> bool:
        """ "число погибших выросло с 10 до 12": both figures are told."""
        return word.role == "victim" and self.is_toll(piece, word) and group.first > word.at

    def exists(self, piece: Piece, word: Word) -> bool:
        """ "є загиблі", "есть пострадавшие": somebody, not told how many."""
        tags = self.doc.tag(word.at)
        if word.role != "victim":
            return False
        if self.is_found(piece, word):
            return True
        if tags and "nomn" not in tags:
            return False
        lemmas = self.doc.lemma[piece.first : piece.last]
        alone = piece.last - piece.first == 1
        return alone or not self.lexicon.exist.isdisjoint(lemmas)

    def is_found(self, piece: Piece, word: Word) -> bool:
        """ "маємо першого загиблого": the object of a verb that says there is one."""
        verbs = self.lexicon.found & {*self.doc.lemma[piece.chain[0] : word.at]}
        return bool(verbs) and "accs" in self.doc.tag(word.at)

    def is_of_them(self, group: Group) -> bool:
        """ "серед них двоє дітей", "дев'ятеро з них – діти"."""
        return self.is_partitive(group) or self.is_marked(group, self.lexicon.subset)

    def is_nested(self, group: Group, last: Mention) -> bool:
        """ "з них 318 заручників, у тому числі 186 дітей": of those told of right before."""
        if last.group is None or not self.is_marked(group, self.lexicon.subset):
            return False
        between = range(last.group.last, group.first)
        tags = (self.doc.tag(i) for i in between)
        return (
            len(between) > 0
            and self.doc.lower[between[0]] == ","
            and all({"NPRO", "Apro"}.isdisjoint(one) for one in tags)
        )

    def is_partitive(self, group: Group) -> bool:
        """ "один із них": the phrase follows its number."""
        after = self.doc.lower[group.last : group.last + _MARKED]
        return bool(after) and any(
            tuple(after[: len(phrase)]) == phrase
            for phrase in self.lexicon.partitive.get(after[0], ())
        )

    def is_aside(self, group: Group) -> bool:
        """ "п'ятеро, серед них двоє дітей, загинули": between commas, beside the subject."""
        before = self.doc.lower[max(group.first - _MARKED, self.sentence.first) : group.first]
        closed = self.doc.lower[group.last : group.last + 1] == [","]
        return closed and not self.lexicon.among.isdisjoint(before)

    def is_marked(self, group: Group, phrases: Mapping[str, list[tuple[str, ...]]]) -> bool:
        """Whether one of the phrases stands right before some people."""
        lower = self.doc.lower
        for i in range(max(group.first - _MARKED, self.sentence.first), group.first):
            for phrase in phrases.get(lower[i], ()):
                last = i + len(phrase)
                if last <= group.first and tuple(lower[i:last]) == phrase:
                    return "," not in lower[last : group.first]  # "серед них дитина, ще двоє"
        return False

    def is_negated(self, word: Word) -> bool:
        """ "не загинув": the word right before."""
        before = self.doc.lemma[max(word.at - 1, self.sentence.first) : word.at]
        return word.role in ("verb", "pair", "victim") and not self.lexicon.negation.isdisjoint(
            before
        )

    def is_refuted(self, word: Word) -> bool:
        """ "інформація про двох поранених не підтвердилася"."""
        if self.lexicon.news.isdisjoint(self.doc.lemma[self.sentence.first : word.at]):
            return False
        after = self.doc.lemma[word.at : self.sentence.last]
        denied = {verb for no, verb in pairwise(after) if no in self.lexicon.negation}
        return not self.lexicon.refuted.isdisjoint(denied)

    def is_loss(self, mention: Mention) -> bool:
        """Whether a figure is of a side's losses."""
        entry = self.lexicon.entries.get(self.doc.lemma[mention.first])
        return entry is not None and entry.kind == "loss"

    def is_attribute(self, word: Word) -> bool:
        """ "*поранена* жінка померла": the same person, before she died."""
        full = not {"PRTF", "ADJF"}.isdisjoint(self.doc.tag(word.at))
        return full and word.entry.measure == "injured"

    def is_with(self, word: Word) -> bool:
        """ "з опіками": a wound that somebody has, told beside."""
        return word.role == "fate" and "ablt" in self.doc.tag(word.at)

    def is_also(self, word: Word) -> bool:
        """ "також загинув"."""
        before = self.doc.lemma[max(word.at - 3, self.sentence.first) : word.at + 3]
        return not self.lexicon.also.isdisjoint(before)

    def is_update(self, word: Word, group: Group | None) -> bool:
        """ "кількість загиблих зросла до 12", "раніше повідомляли про двох загиблих"."""
        if group is None or group.kind == "zero":
            return False
        if self._is_told_earlier():
            return True
        if group.quantity is None:
            return False  # "зросло до трьох – під уламками знайшли тіло жінки"
        if word.role != "victim":
            return False
        grammar = self.lexicon.numbers.grammar
        if group.first < word.at:  # "до п'яти зросла кількість загиблих"
            toll = self.doc.lemma[group.last : word.at]
            return not (
                grammar.rise.isdisjoint(self.doc.lemma[self.sentence.first : word.at])
                or self.lexicon.toll.isdisjoint(toll)
            )
        return not grammar.rise.isdisjoint(self.doc.lemma[self.sentence.first : group.first])

    def _is_told_earlier(self) -> bool:
        words = self.doc.lemma[self.sentence.first : self.sentence.last]
        told = not self.lexicon.reported.isdisjoint(words) and not self.denied
        return told and not self.lexicon.earlier.isdisjoint(words)

    def is_earlier(self, group: Group | None) -> bool:
        """The 10 of "с 10 до 12"."""
        assert group is not None
        if self._is_told_earlier():
            return True
        before = self.doc.lower[group.first - 1] if group.first else ""
        return before in self.lexicon.numbers.grammar.from_

    def counts_not(self, group: Group) -> bool:
        """Whether a number is no figure of people: denied, or what a figure has grown by."""
        if group.quantity is None:
            return False
        before = self.doc.lower[group.first - 1] if group.first > self.sentence.first else ""
        if before in self.lexicon.by:  # "зросла на чотирьох – до сімнадцяти"
            around = self.doc.lemma[max(group.first - _GROWN, self.sentence.first) : group.first]
            return not self.lexicon.numbers.grammar.rise.isdisjoint(around)
        return self.is_denied(group)

    def is_denied(self, group: Group) -> bool:
        """ "не троє, а четверо", "шестеро, а не четверо": that figure is wrong."""
        lower, first, last = self.doc.lower, group.first, group.last
        if group.quantity is not None and first and lower[first - 1] in self.lexicon.nobody:
            return True  # "ни один человек не пострадал"
        if group.quantity is None or lower[first - 1] not in self.lexicon.negation or not first:
            return False
        joined = {lower[first - 2], *lower[last : last + 2]} & self.lexicon.conjunctions
        self.denied = self.denied or bool(joined)
        return bool(joined)

    def is_corrected(self) -> bool:
        """ "згодом прокуратура уточнила": what is told takes the place of what was told before."""
        words = self.doc.lemma[self.sentence.first : self.sentence.last]
        return not self.lexicon.corrected.isdisjoint(words)

    def precedes_number(self, piece: Piece, word: Word) -> bool:
        """ "поранених 5", "погибших — трое": a number alone follows or stands in the next piece."""
        after = next((g for g in piece.groups if g.first >= word.at), None)
        if after is not None:
            return after.quantity is not None and after.first - word.at <= GOVERNED
        following = self.doc.lower[word.at + 1 : word.at + 5]
        more = {*following[1:], *self.doc.lemma[word.at + 2 : word.at + 5]}
        starts = self.lexicon.numbers.starts
        counts = any(one in starts or one[0].isdecimal() for one in more)
        return following[:1] in (["—"], ["–"], ["-"], [":"]) and counts


def _agrees(noun: Tags, verb: Tags) -> bool:
    """Whether a subject and a verb in the past agree in gender; in the plural there is none."""
    genders = _GENDERS & noun
    return "plur" in verb or not genders or not _GENDERS & verb or bool(genders & verb)


def is_of_soldiers(group: Group) -> bool:
    """Whether so many soldiers are counted."""
    person = group.person if group.quantity is not None else None
    return person is not None and person.category in ("military", "militant")
