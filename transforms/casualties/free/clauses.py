"""A sentence cut at its commas, dashes and conjunctions, each piece with its people and words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from transforms.casualties.free import told
from transforms.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from transforms.casualties.free.groups import Groups
    from transforms.casualties.free.lexicon import Entry, FreeLexicon
    from transforms.casualties.phrases import Group
    from transforms.text import Doc, Sentence

#: How a piece follows the one before it.
Joint = Literal["opens", "comma", "and", "list", "break"]
_MARKS: dict[str, Joint] = {
    ",": "comma",
    ":": "list",
    "—": "list",
    "–": "list",
    "(": "list",
    ")": "comma",
    ";": "break",
    "!": "break",
    "?": "break",
    ".": "break",
    "/": "and",
    "…": "break",
}


#: Parts of speech that make a predicate.
_VERBS = frozenset(("VERB", "PRTS"))
#: "врятувати життя чоловіка лікарям не вдалося": words on either side.
_FAILED = 5
#: "деблокували з-під завалів п'ятого поверху тіло": words on either side.
_BODY = 8
#: Kinds of words that after "from" say why something was.
_OF_CAUSE = frozenset(("pair", "fate"))


@record
class Word:
    """A casualty word at a token, outside the groups of people."""

    at: int
    entry: Entry
    role: str  # verb | victim | fate | pair | inside | loss
    by: int | None = None  # the word beside it that it needs: "*доставили* до лікарні"
    carried: bool = False  # whose object its people are


@dataclass(slots=True)
class Piece:
    """Tokens ``first:last`` between two joints."""

    first: int
    last: int
    joint: Joint
    groups: list[Group] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    aside: bool = False  # in brackets
    verb: bool = False  # it has a verb that is no casualty word
    chain: tuple[int, int] = (0, 0)  # the tokens of the pieces that "and" joins to this one

    @property
    def is_predicate(self) -> bool:
        """Whether it tells what befell people of before: "з них двоє, | на жаль, загинули"."""
        acts = any(w.role in ("verb", "pair", "inside") or w.entry.lone for w in self.words)
        return acts and not self.groups and self.joint in ("comma", "list")


def cut(
    doc: Doc, sentence: Sentence, lexicon: FreeLexicon, reader: Groups, groups: Sequence[Group]
) -> list[Piece]:
    """The pieces of a sentence; those with neither people nor a casualty word are left out."""
    spans = {g.first: g for g in groups}
    piece = Piece(sentence.first, sentence.first, "opens")
    pieces = [piece]
    i, last = sentence.first, sentence.last
    entries, conjunctions = lexicon.entries, lexicon.conjunctions
    while i < last:
        group = spans.get(i)
        if group is not None:
            piece.groups.append(group)
            i = piece.last = max(group.last, i + 1)
            continue
        word: str = doc.lower[i]
        joint: Joint | None = None
        if word in _MARKS or word in conjunctions or word == "-":
            joint = _joint(doc, i, lexicon)
        if joint is not None:
            aside = doc.lower[i] == "(" or (piece.aside and doc.lower[i] != ")")
            piece = Piece(i + 1, i + 1, _stronger(piece, joint, i), aside=aside)
            pieces.append(piece)
        elif doc.lemma[i] in entries:
            _take(piece, doc, i, lexicon, reader)
        else:
            piece.last = i + 1
            piece.verb = piece.verb or _is_verb(doc, i, lexicon)
        i += 1
    _chain(pieces)
    for before, piece in pairwise([Piece(0, 0, "break"), *pieces]):
        if piece.words and not (_says_enough(piece, before) or _is_taken_up(doc, lexicon, piece)):
            piece.words = [w for w in piece.words if w.role != "inside"]
    return [p for p in pieces if p.groups or p.words or p.joint == "break"]


def _says_enough(piece: Piece, before: Piece) -> bool:
    """ "двоє в реанімації", "третій — у реанімації": no other word tells what befell them."""
    apart = piece.joint in ("list", "comma") and bool(before.groups) and not before.verb
    others = [w for w in piece.words if w.role != "inside" and w.by is None]
    enough = all(w.entry.measure == "critically_injured" for w in piece.words if w.role == "pair")
    return (bool(piece.groups) or apart) and enough and not others and not piece.verb


def _is_taken_up(doc: Doc, lexicon: FreeLexicon, piece: Piece) -> bool:
    """ "вона в лікарні"."""
    if piece.verb or piece.groups or {w.role for w in piece.words} != {"inside"}:
        return False
    return told.taken_up(doc, lexicon, piece.first, piece.last) is not None


def _is_verb(doc: Doc, i: int, lexicon: FreeLexicon) -> bool:
    tags = doc.tag(i)
    if _VERBS.isdisjoint(tags) or "guess" in tags:
        return False
    return doc.lemma[i] not in lexicon.exist and doc.lemma[i] not in lexicon.light


def _chain(pieces: Sequence[Piece]) -> None:
    first = 0
    for number, piece in enumerate(pieces):
        if piece.joint != "and":
            first = number
        for joined in pieces[first : number + 1]:
            joined.chain = (pieces[first].first, piece.last)


def _stronger(before: Piece, joint: Joint, i: int) -> Joint:
    """ ", а також": of two joints in a row the first that says more."""
    empty = before.last == before.first and before.first == i and before.joint != "opens"
    if empty and joint == "list" and before.joint == "comma":
        return "break"  # "… поранення, – начальник ОВА": who says so
    if empty and joint == "and" and before.joint in ("comma", "list", "break"):
        return "and" if before.joint == "comma" else before.joint
    return joint


def _joint(doc: Doc, i: int, lexicon: FreeLexicon) -> Joint | None:
    word = doc.lower[i]
    if word in _MARKS:
        return None if word == "." and _is_inner(doc, i) else _MARKS[word]
    if word == "-" and doc.starts[i] > doc.ends[i - 1] and i:
        return "list"
    if doc.lemma[i] in lexicon.adversative:
        return "break"
    return "and" if word in lexicon.conjunctions else None


def _is_inner(doc: Doc, i: int) -> bool:
    """Whether a full stop is that of an abbreviation: "м. Харків", and no other sentence begins."""
    if i + 1 < len(doc.starts) and doc.words[i + 1][0].isupper() and _VERBS & doc.tag(i + 1):
        return False  # "1974 г. р. Повреждены две школы"
    return i + 1 < len(doc.starts) and not doc.text[doc.ends[i] : doc.starts[i + 1]].count("\n")


def _take(piece: Piece, doc: Doc, i: int, lexicon: FreeLexicon, reader: Groups) -> None:
    piece.last = i + 1
    entry = lexicon.entries[doc.lemma[i]]
    if entry.measure == "rescued" and _is_of_a_body(doc, i, lexicon):
        return
    if not _stands(doc, i, entry, lexicon):
        piece.verb = piece.verb or _is_verb(doc, i, lexicon)
        return
    if entry.measure == "rescued":
        entry = _lost(doc, i, entry, lexicon)
    by = _needed(doc, piece, i, entry) if entry.needs else None
    if entry.needs and by is None:
        if entry.fated:
            piece.words.append(Word(i, entry, "fate"))  # "поранення двох людей"
        elif entry.alone and doc.lower[i - 1] in lexicon.inside:
            piece.words.append(Word(i, entry, "inside"))
        return
    if entry.measure == "injured" and not entry.counted and _is_deadly(doc, i, lexicon):
        entry = replace(entry, measure="killed")
    victim = reader.victim(i) is not None
    if entry.lone and not victim:
        return
    role: str = "victim" if victim else entry.kind
    moved = entry.measure in told.AFTER or entry.measure in ("captured", "rescued")
    carried = moved and by is not None and doc.lemma[by] in lexicon.carry
    carried = carried and by is not None and "PRTS" not in doc.tag(by)
    role = "verb" if role in ("suffer", "harm") else role
    piece.words.append(Word(i, entry, role, by, carried))


def _stands(doc: Doc, i: int, entry: Entry, lexicon: FreeLexicon) -> bool:
    """Whether the words right beside one leave it a casualty word."""
    before = i - 1 if i else 0
    if entry.kind in _OF_CAUSE and not lexicon.cause.isdisjoint(doc.lower[max(i - 3, 0) : i]):
        return False  # "помер від поранень", "відмовився від госпіталізації"
    if entry.denied:
        impersonal = entry.kind != "fate" or "neut" in doc.tag(i)
        return impersonal and doc.lower[before] in lexicon.negation  # "не стало двох"
    if entry.beside and doc.lemma[before] not in entry.beside:
        return False
    if not entry.unless:
        return True
    first = max(i - entry.within, 0)
    return entry.unless.isdisjoint(_until_stop(doc.lemma[first : i + entry.within], i - first))


def _is_of_a_body(doc: Doc, i: int, lexicon: FreeLexicon) -> bool:
    """ "деблокували тіло": who is brought out is dead."""
    first, lemma = max(i - _BODY, 0), doc.lemma[i]
    around = list(_until_stop(doc.lemma[first : i + _BODY], i - first))
    if not lexicon.lifeless.isdisjoint(around):
        return True  # "дістали без ознак життя"
    entries = (lexicon.entries.get(word) for word in around)
    return any(e is not None and e.kind == "victim" and lemma in e.needs for e in entries)


def _lost(doc: Doc, i: int, entry: Entry, lexicon: FreeLexicon) -> Entry:
    """ "врятувати його не вдалося": whom they could not save is dead."""
    first = max(i - _FAILED, 0)
    around = set(_until_stop(doc.lemma[first : i + _FAILED], i - first))
    failed = not lexicon.failed.isdisjoint(around) and not lexicon.negation.isdisjoint(around)
    return replace(entry, measure="killed") if failed else entry


def _is_deadly(doc: Doc, i: int, lexicon: FreeLexicon) -> bool:
    """ "смертельні поранення", "травми, несумісні з життям"."""
    return not lexicon.deadly.isdisjoint(doc.lemma[max(i - 2, 0) : i + 3])


def _needed(doc: Doc, piece: Piece, i: int, entry: Entry) -> int | None:
    """The word that an entry needs, near it in the same piece or right after it."""
    first = max(piece.first, i - entry.within)
    around = doc.lemma[first : i + entry.within + 1]
    stands = enumerate(_until_stop(around, i - first), first)
    return next((k for k, word in stands if word in entry.needs), None)


def _until_stop(words: Sequence[str], at: int) -> Iterator[str]:
    """The words up to the end of the piece that holds the one at ``at``."""
    for number, word in enumerate(words):
        if number > at and word in (",", ";", ".", ":"):
            return
        yield word
