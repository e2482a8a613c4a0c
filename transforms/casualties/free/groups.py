"""Groups of people by lemma and case: "щонайменше двоє дітей", "45-летний мужчина"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from transforms import numbers
from transforms.casualties.free import beside
from transforms.casualties.lexicon import Person
from transforms.casualties.phrases import Group, Kind
from transforms.numbers import Quantity

if TYPE_CHECKING:
    from transforms.casualties.free.lexicon import Entry, FreeLexicon
    from transforms.morphology import Tags
    from transforms.text import Doc, Sentence

#: Words between a number and its noun: "двоє тяжко поранених мирних жителів".
_MODIFIERS = 5
#: Words that describe one who is told of without a number.
_DESCRIBED = 3
#: Parts of speech that stand before a noun and describe it (OpenCorpora).
_DESCRIBING = frozenset(("ADJF", "PRTF", "ADVB", "Anum", "Apro"))
#: People and those who describe them are of these parts of speech.
_OPENS = frozenset(("NOUN", "ADJF", "PRTF", "NUMR"))
_NOMINAL = frozenset(("NOUN", "ADJF", "PRTF"))
_ONE_BEING = frozenset(("NOUN", "anim", "nomn", "sing"))
_NAMES = frozenset(("Surn", "Name", "Patr"))
_NO_BEING = _NAMES | {"inan"}
_MARKS = frozenset(("-", "«", '"', "“"))
_YEARS = range(1900, 2100)
_SOMEONE = Person("unknown", plural=False, sex=None, age_group=None)


def _kills(entry: Entry) -> bool:
    return entry.measure == "killed" and not entry.needs


class Groups:
    """Reads the groups of people in one sentence of a document."""

    def __init__(self, doc: Doc, sentence: Sentence, lexicon: FreeLexicon, spelled: list[str]):
        self.doc = doc
        self.first, self.last = sentence.first, sentence.last
        self.lexicon = lexicon
        self.spelled = spelled
        #: by a group's first token, the casualty noun inside it: "двоє *загиблих*"
        self.victims: dict[int, int] = {}

    def read(self) -> list[Group]:
        """The groups in order; they do not overlap."""
        found: list[Group] = []
        done = begin = self.first
        for i in self._openings():
            if i < done:
                continue
            group, done = self._at(i, begin)
            if group is not None:
                found.append(group)
                begin = done
        return found

    def _openings(self) -> list[int]:
        """The tokens at which people may begin: nouns and numbers; no small words and marks."""
        tags, spelled, starts = self.doc.tags, self.spelled, self.lexicon.numbers.starts
        span = range(self.first, self.last)
        if not tags:
            return list(span)
        return [
            i
            for i in span
            if not _OPENS.isdisjoint(tags[i]) or spelled[i] in starts or spelled[i][0].isdecimal()
        ]

    def _at(self, i: int, begin: int) -> tuple[Group | None, int]:
        """The group at a token, if any, and the token to go on at."""
        if self._opens_number(i):
            aged = self._aged(i)
            if aged is not None:
                return None, aged
            quantity = numbers.quantity(self.spelled, i, self.last, self.lexicon.numbers, begin)
            if quantity is not None:
                return self._numbered(quantity)
        elif self.is_person(i) and not beside.describes_thing(self, i):
            return self._sized(*self._person(i))
        elif self._is_nth(i):
            return self._nth(i)
        elif self.doc.lemma[i] in self.lexicon.nth and i + 1 < self.last and self.victim(i + 1):
            return Group(i, i + 2, "one", head=i + 1, further=True), i + 2  # "третій поранений"
        elif self._is_ordinal(i):
            return Group(i, i + 1, "one", further=True, bare=True), i + 1
        elif _NAMES & self.doc.tag(i) and self.doc.words[i][0].isupper():
            return self._name(i)
        return None, i + 1

    def _opens_number(self, i: int) -> bool:
        return self.spelled[i] in self.lexicon.numbers.starts or self.spelled[i][0].isdecimal()

    def _aged(self, i: int) -> int | None:
        """The token after an age: "45-річний", "45-летняя", "17-ти річний"."""
        for k in range(i + 1, min(i + 4, self.last)):
            if self.doc.lemma[k] in self.lexicon.aged:
                return k + 1
        return None

    def _numbered(self, quantity: Quantity) -> tuple[Group | None, int]:
        k = quantity.last
        if k < self.last and self.doc.lower[k] == "." and self._is_scale(k - 1):
            k += 1  # "1,2 тыс. человек"
        if self._counts_no_people(quantity, k):
            return None, quantity.last
        of = k + 1 < self.last and self.doc.lower[k] in self.lexicon.sized
        of = of and "plur" in self.doc.tag(k + 1)  # "одну з жінок", "двое из раненых"
        end, head, victim = self._noun(k + of)
        if end is None:
            return None, quantity.last
        if head is not None and not self._governs(quantity.core, head):
            end, head, victim = k, None, None
        if of and head is None:
            of, end = False, k
        first = quantity.first
        if victim is not None:
            self.victims[first] = victim
        person = self._counted(head) if head is not None else None
        group = Group(
            first,
            end,
            "number",
            quantity,
            person,
            head,
            further=quantity.further,
            partitive=of,
            bare=head is None,
        )
        return self._inverted(group), max(end, quantity.last)

    def _governs(self, core: int, head: int) -> bool:
        """Whether a noun is what a number in the genitive counts: not in "стан двох | лікарі"."""
        number, noun = self.doc.tag(core), self.doc.tag(head)
        if "gent" not in number or "nomn" in number or not noun:
            return True
        if "loct" in noun and "nomn" not in noun:
            return True
        return "gent" in noun or "datv" in number & noun

    def _inverted(self, group: Group) -> Group:
        """ "человек пять": a noun before its number makes it one in about."""
        i, quantity = group.first - 1, group.quantity
        if quantity is None or not group.bare or i < self.first or quantity.qualifier != "exact":
            return group
        person = self.lexicon.people.get(self.doc.lemma[i])
        if person is None or not {"gent", "plur"} <= self.doc.tag(i):
            return group
        about = replace(quantity, first=i, low=None, high=None, qualifier="about")
        return replace(group, first=i, quantity=about, person=person, head=i, bare=False)

    def _is_scale(self, i: int) -> bool:
        return self.spelled[i] in self.lexicon.numbers.scales or self.doc.lower[i] in ("чол", "чел")

    def _counted(self, head: int) -> Person | None:
        if self.doc.lower[head] in self.lexicon.counted:
            return _SOMEONE
        return self.lexicon.people.get(self.doc.lemma[head])

    def _counts_no_people(self, quantity: Quantity, k: int) -> bool:
        lex, spelled = self.lexicon.numbers, self.spelled
        after = self.doc.lemma[k] if k < self.last else ""
        before = spelled[quantity.core - 1] if quantity.core > self.first else ""
        if after in lex.not_people_after or after in ("/", "°") or self._is_one_of_ages(k):
            return True
        if before in lex.not_people_before or (
            before in ("-", "/") and self._touches(quantity.core)
        ):
            return True
        if after == "-" and k + 1 < self.last and self.doc.ends[k - 1] == self.doc.starts[k]:
            return True  # "Х-101", "5-й"
        core = spelled[quantity.core]
        person = k < self.last and self.doc.lemma[k] in self.lexicon.people
        return core.isdecimal() and len(core) == 4 and int(core) in _YEARS and not person

    def _is_one_of_ages(self, k: int) -> bool:
        """The 14 of "двоє підлітків, 14 і 16 років"."""
        while k + 1 < self.last and (
            self.doc.lower[k] in self.lexicon.conjunctions or self.doc.lower[k] in ",-"
        ):
            if not self.doc.lower[k + 1].isdecimal():
                return False
            k += 2
        return k < self.last and self.doc.lemma[k] in self.lexicon.years

    def _touches(self, i: int) -> bool:
        return self.doc.ends[i - 1] == self.doc.starts[i]

    def _noun(self, k: int) -> tuple[int | None, int | None, int | None]:
        """The end of a noun phrase, its head and the casualty noun in it; no end: no people."""
        head = victim = None
        j = k
        while j < self.last and j - k < _MODIFIERS:
            lemma, tags = self.doc.lemma[j], self.doc.tag(j)
            entry = self.victim(j)
            if entry is not None:
                head = victim = j
            elif self.is_person(j) or self._is_being(j):
                head = j
                if not (_DESCRIBING & tags and self._goes_on(j + 1)):
                    break
            elif lemma in self.lexicon.adjectives:
                head = j
            elif head is not None or not (_DESCRIBING & tags or self._is_inner(j)):
                break
            j += 1
        alone = head == j - 1 and self.doc.lemma[head] in self.lexicon.adjectives
        if head is None or (alone and self._is_thing(j)):  # "46 украинских БПЛА"
            return (None, None, None) if self._is_thing(j) else (k, None, None)
        return head + 1, head, victim

    def _is_inner(self, j: int) -> bool:
        """A mark, or whose they are: "двоє її синів"."""
        return self.doc.lemma[j] in _MARKS or self.doc.lower[j] in self.lexicon.pronouns

    def _goes_on(self, j: int) -> bool:
        if j >= self.last or self.is_person(j):
            return j < self.last
        tags = self.doc.tag(j)
        return self.victim(j) is not None and (not tags or "gent" in tags)

    def _is_thing(self, j: int) -> bool:
        """Whether what is counted is no person: "5 будинків", "двох областей"."""
        if j >= self.last:
            return False
        tags = self.doc.tag(j)
        if not self.doc.tags and self._names_thing(j):
            return True
        if self.doc.lower[j] in self.lexicon.not_people or self.doc.words[j] in ("«", "“"):
            return True
        noun = "NOUN" in tags and not _NAMES & tags and not self.is_small(j)
        noun = noun and self.doc.lemma[j] not in self.lexicon.toll  # "до п'яти кількість"
        entry = self.lexicon.entries.get(self.doc.lemma[j])
        return noun and (entry is None or entry.dative)  # "обеих ног"

    def victim(self, j: int) -> Entry | None:
        """What a noun or participle for victims tells: "загиблих", "погибшими"."""
        entry = self.lexicon.entries.get(self.doc.lemma[j])
        if entry is None or entry.kind not in ("victim", "suffer", "harm"):
            return None
        if entry.lone:
            return entry if self._stands_alone(j) else None
        full = not {"PRTF", "ADJF"}.isdisjoint(self.doc.tag(j))
        return entry if entry.kind == "victim" or full else None

    def _stands_alone(self, j: int) -> bool:
        """ "двоє важких", no noun follows that they describe."""
        before = self.doc.tag(j - 1) if j > self.first else frozenset()
        after = self.doc.tag(j + 1) if j + 1 < self.last else frozenset()
        described = _NOMINAL & after and "guess" not in after
        return "plur" in self.doc.tag(j) and not described and "PREP" not in before

    def is_person(self, j: int) -> bool:
        """Whether a token is a noun for a person."""
        tags = self.doc.tag(j)
        if tags >= _ONE_BEING and self._told_of(j):
            return True
        lemma = self.doc.lemma[j]
        if lemma not in self.lexicon.people or (lemma in self.lexicon.parts and not self._leads(j)):
            return False
        return not tags or not _NOMINAL.isdisjoint(tags)

    def _leads(self, j: int) -> bool:
        """ "голова ОВА", but "поранення голови"."""
        after = self.doc.words[j + 1] if j + 1 < self.last else ""
        return self.doc.lower[j] == self.doc.lemma[j] or after.isupper()

    def _told_of(self, j: int) -> bool:
        """ "загинув тракторист": any being right beside a casualty word."""
        if _NO_BEING & self.doc.tag(j) or self.doc.lemma[j] in self.lexicon.not_people:
            return False  # "ранения лица"
        if self.is_small(j):
            return False
        at = j - 1
        if at > self.first and self.doc.lemma[at] in self.lexicon.aged:
            return True  # "45-річний електромонтер"
        if at > self.first and self.doc.lower[at] in self.lexicon.conjunctions:
            at -= 1  # "водій і кондукторка"
            if self.doc.lemma[at] in self.lexicon.people:
                return True
        beside = [self.doc.lemma[at]] if at >= self.first else []
        beside += [self.doc.lemma[j + 1]] if j + 1 < self.last else []
        return not self.lexicon.entries.keys().isdisjoint(beside) and self.victim(j) is None

    def _names_thing(self, j: int) -> bool:
        """Without grammemes any word after a number is a thing, but for those that are known."""
        word, lexicon = self.doc.lower[j], self.lexicon
        known = word in lexicon.entries or word in lexicon.exist or word in lexicon.light
        return word.isalpha() and not (known or self.is_small(j))

    def is_small(self, j: int) -> bool:
        """A preposition or a conjunction, which may have a namesake: "до" is a note, too."""
        word = self.doc.lower[j]
        return word in self.lexicon.prepositions or word in self.lexicon.conjunctions

    def _is_being(self, j: int) -> bool:
        """A noun for living beings that the lexicon does not list: "двоє вівчарів"."""
        tags = self.doc.tag(j)
        being = {"NOUN", "anim", "plur"} <= tags and "guess" not in tags and not self.is_small(j)
        return being and not _NAMES & tags and self.doc.lemma[j] not in self.lexicon.not_people

    def _person(self, i: int) -> tuple[Group | None, int]:
        """ "жінка", "45-річний чоловік", "двоє" left out; the head is the last of the phrase."""
        head = i
        tags: Tags = self.doc.tag(i)
        while head + 1 < self.last and _DESCRIBING & tags and self._goes_on(head + 1):
            if self.victim(head + 1) is not None:
                break
            head += 1
            tags = self.doc.tag(head)
        if beside.is_same(self, head, head + 1):
            head += 1
        first = i
        while first > self.first and i - first < _DESCRIBED and self.describes(first - 1):
            first -= 1
        if head + 2 < self.last and self.doc.lower[head + 1] == "-" and self.is_person(head + 2):
            head += 2  # "генерал-лейтенант"
        if beside.is_couple(self, head):
            two = Quantity(first, head + 1, 2, 2, 2, "exact", head)
            return Group(first, head + 1, "number", two, _SOMEONE, head), head + 1
        person = self.lexicon.people.get(self.doc.lemma[head], _SOMEONE)
        several = person.collective or ("plur" in tags and "sing" not in tags)
        last = self._named(head + 1)
        may_sign = last > head + 1 or person.category == "official"
        if may_sign and not several and beside.signs(self, first, last):
            return None, last
        kind: Kind = "plural" if several else "name" if last > head + 1 else "one"
        other = kind != "plural" and any(
            self.doc.lemma[j] in self.lexicon.ordinals for j in range(first, head)
        )
        return Group(first, last, kind, None, person, head, further=other), beside.owner(self, last)

    def _is_nth(self, i: int) -> bool:
        """ "це третя жертва атаки": so many died."""
        if self.doc.lemma[i] not in self.lexicon.nth or i + 1 >= self.last:
            return False
        entry = self.victim(i + 1)
        return entry is not None and _kills(entry)

    def _nth(self, i: int) -> tuple[Group, int]:
        size = self.lexicon.nth[self.doc.lemma[i]]
        self.victims[i] = i + 1
        quantity = Quantity(i, i + 2, size, size, size, "exact", i)
        return Group(i, i + 2, "number", quantity, None, i + 1), i + 2

    def _is_ordinal(self, i: int) -> bool:
        """ "другий помер у лікарні": no noun follows."""
        if self.doc.lemma[i] not in self.lexicon.ordinals or i + 1 >= self.last:
            return False
        small = self.is_small(i + 1)  # "третій у комі"
        return "nomn" in self.doc.tag(i) and (small or not {"NOUN", "ADJF"} & self.doc.tag(i + 1))

    def _sized(self, group: Group | None, last: int) -> tuple[Group | None, int]:
        """ "родина з чотирьох людей": as many as the number says."""
        if group is None or group.kind != "plural" or last + 1 >= self.last:
            return group, last
        if self.doc.lower[last] not in self.lexicon.sized or not self._opens_number(last + 1):
            return group, last
        size, end = self._at(last + 1, last + 1)
        if size is None or size.quantity is None:
            return group, last
        return replace(size, first=group.first, head=group.head, person=group.person), end

    def describes(self, j: int) -> bool:
        """Whether a word describes the person that follows."""
        described = bool(_DESCRIBING & self.doc.tag(j)) and "ADVB" not in self.doc.tag(j)
        described = described and self.doc.lemma[j] not in self.lexicon.relatives
        aged = self.doc.lemma[j] in self.lexicon.aged
        age = self.spelled[j].isdecimal() and self.doc.lower[j + 1 : j + 2] == ["-"]
        return (described and self.victim(j) is None) or aged or age or self._is_hyphen(j)

    def _is_hyphen(self, j: int) -> bool:
        after = self.doc.lemma[j + 1 : j + 2]
        return self.doc.lower[j] == "-" and not self.lexicon.aged.isdisjoint(after)

    def _named(self, last: int) -> int:
        """Takes in the name after a noun: "водій Іван Лис"."""
        while (
            last < self.last and self.doc.words[last][0].isupper() and _NAMES & self.doc.tag(last)
        ):
            last += 1
        return last

    def _name(self, i: int) -> tuple[Group | None, int]:
        last = max(self._named(i), i + 1)
        is_word = self.is_small(i) or self.doc.lemma[i] in self.lexicon.entries  # "Стан трьох …"
        if is_word or beside.signs(self, i, last):
            return None, last
        alone = last - i < 2 and ("Surn" not in self.doc.tag(i) or beside.names_place(self, i))
        if alone and self.doc.lemma[i - 1] not in self.lexicon.aged:
            return None, last
        return Group(i, last, "name"), last
