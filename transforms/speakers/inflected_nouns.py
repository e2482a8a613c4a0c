"""Phrases for a speaker in a language of cases: "голова Львівської ОВА Максим Козак"."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from seeds import read as seeds
from transforms.casualties.lexicon import by_first
from transforms.model import Certainty
from transforms.record import record
from transforms.speakers import nominative

if TYPE_CHECKING:
    from transforms.language import Language
    from transforms.text import Doc

#: A phrase for a speaker is at most so many words long.
LONGEST = 16
#: A name in quotes has so many tokens, with the marks.
_TITLE = 5
DASHES = frozenset(("–", "—", "-"))
_NOMINAL = frozenset(("NOUN", "ADJF", "PRTF", "UNKN"))
_BEFORE_HEAD = frozenset(("ADJF", "PRTF", "UNKN", "Abbr"))
_LISTS = (
    *("citing", "citing_prepositions", "pronouns", "he", "about", "inner", "sources"),
    *("between", "documents", "of"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of seeds/lexicons/<language>/speakers.toml, which says what each is."""

    verbs: dict[str, Certainty]
    impersonal: frozenset[str]
    within: frozenset[str]
    persons: frozenset[str]
    bodies: frozenset[str]
    offices: frozenset[str]  # persons and bodies
    documents: frozenset[str]
    citing: frozenset[str]
    citing_prepositions: frozenset[str]
    pronouns: frozenset[str]
    he: frozenset[str]
    about: frozenset[str]
    of: frozenset[str]
    inner: frozenset[str]
    sources: frozenset[str]
    between: frozenset[str]
    acting: dict[str, list[tuple[str, ...]]]  # "в. о.", by first token
    cues: frozenset[str]  # lemmas and marks beside which a speaker is looked for


@record
class Who:
    """A speaker: the phrase's tokens ``first:last``, the name or body, the office."""

    first: int
    last: int
    speaker: str
    role: str | None


@cache
def words(language: Language) -> Words:
    """The words of a language by which speakers are told."""
    seed = seeds.toml(f"{language.folder}/speakers.toml")
    persons = frozenset(seed["persons"]["words"].split())
    bodies = frozenset(seed["bodies"]["words"].split())
    kinds: tuple[Certainty, ...] = ("asserted", "alleged", "denied")
    verbs = {verb: kind for kind in kinds for verb in seed["verbs"][kind].split()}
    return Words(
        verbs=verbs,
        cues=DASHES.union(verbs, seed["words"]["citing"], ":"),
        impersonal=frozenset(seed["verbs"]["impersonal"].split()),
        within=frozenset(seed["words"]["in"]),
        persons=persons,
        bodies=bodies,
        offices=persons | bodies,
        acting=by_first(seed["words"].get("acting", ())),
        **{name: frozenset(seed["words"][name]) for name in _LISTS},
    )


@dataclass(slots=True)
class Memory:
    """Speakers so far, by whom "he" and a bare surname are understood."""

    last: Who | None = None
    by_surname: dict[str, Who] = field(default_factory=dict)

    def understood(self, who: Who) -> Who:
        """The speaker in full, where the text has named them before."""
        surname = who.speaker.rsplit(" ", 1)[-1]
        known = self.by_surname.get(surname)
        if known is not None and who.speaker == surname:
            who = Who(who.first, who.last, known.speaker, known.role or who.role)
        self.by_surname[surname] = self.last = who
        return who


def who(doc: Doc, first: int, end: int, case: str) -> Who | None:
    """The speaker whom the phrase names that begins at a token, if it names one.

    Args:
        doc: the text.
        first: the phrase's first token.
        end: the token that it does not go past.
        case: in which it must stand, as OpenCorpora names it.
    """
    acting = words(doc.language).acting.get(doc.lower[first]) if first < end else None
    if acting is not None and case == "nomn":
        return _acting(doc, first, end, acting)
    last = _end(doc, first, end)
    if last == first:
        return None
    office = _office(doc, first, last)
    name = _name(doc, first, last, office, case)
    if office is not None and (name is None or office < name):
        return _officer(doc, first, office, name, last, case)
    if name is None and _is_title(doc, first, last, case):
        title = _text(doc, first, last)
        return Who(first, last, title, title)
    if name != first:
        return None
    return _with_apposition(
        doc, Who(first, last, _written(doc, first, last, case, True), None), end
    )


def _is_title(doc: Doc, first: int, last: int, case: str) -> bool:
    """ "«Укрзалізниця»": an undertaking or outlet that goes by its name in quotes alone."""
    if doc.words[first] != "«" or last - first > _TITLE or doc.words[last - 1] != "»":
        return False
    tags = doc.tag(first + 1)
    return doc.words[first + 1][0].isupper() and (not tags or case in tags)


def _acting(doc: Doc, first: int, end: int, phrases: list[tuple[str, ...]]) -> Who | None:
    """ "в. о. начальника ОВА Роман Бушуев": the office in the genitive, the name not."""
    for phrase in phrases:
        begin = first + len(phrase)
        if begin >= end or tuple(doc.lower[first:begin]) != phrase:
            continue
        last = _end(doc, begin, end)
        office = _office(doc, begin, last)
        name = _name(doc, begin, last, office, "nomn")
        if office is not None and name is not None and office < name:
            return Who(first, last, _text(doc, name, last), _text(doc, first, name))
    return None


def _officer(
    doc: Doc, first: int, office: int, name: int | None, last: int, case: str
) -> Who | None:
    if not _stands_in(doc, office, case):
        return None
    if name is None or doc.lemma[office] not in words(doc.language).persons:
        phrase = _written(doc, first, last, case, False)
        return Who(first, last, phrase, phrase)
    role = _written(doc, first, name, case, False)
    return Who(first, last, _written(doc, name, last, case, True), role)


def _stands_in(doc: Doc, office: int, case: str) -> bool:
    """Whether a word may stand in a case; what a list has as it is written is no form of it."""
    tags, known = doc.tag(office), words(doc.language)
    listed = doc.lower[office] != doc.lemma[office] and doc.lower[office] in known.bodies
    return case in tags or "UNKN" in tags or not tags or listed


def _with_apposition(doc: Doc, found: Who, end: int) -> Who:
    """ "Роман Бушуев, губернатор": the office that follows a name."""
    at = found.last
    if at + 1 >= end or doc.words[at] != ",":
        return found
    begin = at + 1
    for phrase in words(doc.language).acting.get(doc.lower[begin], ()):
        if tuple(doc.lower[begin : begin + len(phrase)]) == phrase:
            begin += len(phrase)  # "т.в.о. начальника ОВА"
            break
    last = _end(doc, begin, end)
    office = _office(doc, begin, last)
    if office is None or doc.lemma[office] not in words(doc.language).persons:
        return found
    return Who(found.first, last, found.speaker, _text(doc, at + 1, last))


def _end(doc: Doc, first: int, end: int) -> int:
    """The token after the noun phrase that begins at a token."""
    at, high = first, min(end, first + LONGEST)
    while at < high:
        if doc.words[at] == "«":
            at = next((i + 1 for i in range(at, high) if doc.words[i] == "»"), high + 1)
        elif _goes_on(doc, at, first, high):
            at += 1
        else:
            break
    return min(at, high)


def _goes_on(doc: Doc, at: int, first: int, end: int) -> bool:
    word, tags, known = doc.words[at], doc.tag(at), words(doc.language)
    if word == "-":
        return at > first and doc.ends[at - 1] == doc.starts[at] == doc.ends[at] - 1
    if word == ".":
        return at > first and len(doc.words[at - 1]) == 1 and doc.words[at - 1].isupper()
    if not word[0].isalpha() or doc.lemma[at] in known.between - known.within:
        return False
    if doc.lower[at] in known.inner:
        return at > first and at + 1 < end and _complements(doc, first, at)
    if word[0].isupper():
        return True
    if at > first and _closes_name(doc, at - 1):
        return False
    return not tags or not _NOMINAL.isdisjoint(tags)


def _complements(doc: Doc, first: int, at: int) -> bool:
    """Whether a small word joins a complement to a body: "служба з надзвичайних ситуацій"."""
    known = words(doc.language)
    if (
        at + 1 == len(doc.words)
        or _closes_name(doc, at - 1)
        or not any(doc.lemma[i] in known.offices for i in range(first, at))
    ):
        return False
    other = doc.lemma[at + 1] in known.between or doc.lemma[at + 1] in known.citing
    return bool(_NOMINAL & doc.tag(at + 1)) and not other


def _closes_name(doc: Doc, at: int) -> bool:
    """Whether a token is the last of a person's name."""
    return at > 0 and doc.words[at][0].isupper() and "Name" in doc.tag(at - 1)


def _office(doc: Doc, first: int, last: int) -> int | None:
    """The token of the office or body that heads a phrase: only adjectives stand before it."""
    known = words(doc.language)
    for at in range(first, last):
        if not {doc.lemma[at], doc.lower[at]}.isdisjoint(known.offices):
            return at
        joined = at + 1 < last and doc.words[at + 1] == "-"
        if doc.words[at] in "-«»" or joined or doc.words[first] == "«":
            continue
        if _BEFORE_HEAD.isdisjoint(doc.tag(at)) and doc.tag(at):
            return None
    return None


def _name(doc: Doc, first: int, last: int, office: int | None, case: str) -> int | None:
    """The token at which a person's name begins that ends the phrase."""
    for at in range(first, last - 1):
        if _capital(doc, at) and "Name" in doc.tag(at) and _capital(doc, at + 1):
            return at
        if _initial(doc, at) and at + 2 < last and doc.words[at + 2][0].isupper():
            return at
    at, tags = last - 1, doc.tag(last - 1)
    if not _capital(doc, at) or (office is not None and at <= office):
        return None
    person = office is not None and doc.lemma[office] in words(doc.language).persons
    fits = case in tags and not {"Geox", "Orgn"} & tags
    return at if fits and (person or (at == first and "Surn" in tags)) else None


def _initial(doc: Doc, at: int) -> bool:
    """ "Е. Балицкий", "О.В. Савчук"."""
    return (
        len(doc.words[at]) == 1 and doc.words[at].isupper() and doc.words[at + 1 : at + 2] == ["."]
    )


def _capital(doc: Doc, at: int) -> bool:
    return doc.words[at][0].isupper() and not doc.words[at].isupper()


def _text(doc: Doc, first: int, last: int) -> str:
    return " ".join(doc.text[doc.starts[first] : doc.ends[last - 1]].split())


def _written(doc: Doc, first: int, last: int, case: str, name: bool) -> str:
    """A phrase in the nominative, spaced as the text has it."""
    if case == "nomn":
        return _text(doc, first, last)
    change = nominative.name if name else nominative.phrase
    changed = change(doc.language, doc.words[first:last], case)
    gaps = [doc.text[doc.ends[at - 1] : doc.starts[at]] for at in range(first + 1, last)]
    pieces = (word + gap for word, gap in zip(changed, (*gaps, ""), strict=True))
    return " ".join("".join(pieces).split())
