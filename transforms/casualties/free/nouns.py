"""Casualty nouns: "двоє загиблих", "жертв немає", "є поранені"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from transforms.casualties.free import told
from transforms.casualties.free.clauses import Word
from transforms.casualties.phrases import Group

if TYPE_CHECKING:
    from transforms.casualties.free.clauses import Piece
    from transforms.casualties.free.frames import Reader


def read(reader: Reader, piece: Piece, groups: list[Group], words: list[Word]) -> list[Word]:
    """Puts down the people that a casualty noun counts, where no verb tells more of them.

    Returns:
        The words of the piece that still wait for people.
    """
    if any(word.role in ("verb", "pair") for word in words):
        return words
    for group in groups:
        if not _moves_on(reader, group):
            counted(reader, group)
    amid = groups == piece.groups and all(map(reader.cues.among, words))
    if not (groups and words and amid):
        return words
    for mention in reader.mentions[-len(groups) :]:
        mention.subset = True  # "серед травмованих троє важких"
    return []


def _moves_on(reader: Reader, group: Group) -> bool:
    """ "двадцять полонених, серед яких 4 жінки, вдалося визволити": told of by that verb."""
    entry = reader.groups.victim(reader.groups.victims[group.first])
    held = entry is not None and entry.measure in told.HELD
    later = (word for piece in reader.rest[1:] if not piece.groups for word in piece.words)
    if not held or not any(word.entry.measure == "rescued" for word in later):
        return False
    reader.waiting.append(group)
    return True


def counted(reader: Reader, group: Group) -> None:
    """ "двоє загиблих", "3 поранених військових": the noun says what befell them."""
    at = reader.groups.victims[group.first]
    entry = reader.groups.victim(at)
    assert entry is not None
    word = Word(at, entry, "victim")
    subset = reader.cues.is_marked(group, reader.lexicon.subset) and bool(reader.mentions)
    mention = reader.emit(word, replace(group, subset=subset), subset=subset)
    if subset:
        mention.parent = next((m for m in reversed(reader.mentions[:-1]) if not m.subset), None)
    reader.listing = []


def is_settled(reader: Reader, piece: Piece, word: Word) -> bool:
    """Whether a casualty noun waits for no people of its piece."""
    return _shares(reader, piece, word) or _says_all(reader, piece, word)


def _shares(reader: Reader, piece: Piece, word: Word) -> bool:
    """ "десятки загиблих і поранених": one number for both."""
    last = reader.mentions[-1] if reader.mentions else None
    group = last.group if last is not None else None
    counted = group is not None and group.quantity is not None and group.head == group.last - 1
    single = word.role == "victim" and piece.joint == "and" and not piece.groups
    if not (counted and single and group is not None and group.last == word.at - 1):
        return False
    at = reader.groups.victims.get(group.first)
    if last is None or at != last.first or not {"gent", "plur"} <= reader.doc.tag(word.at):
        return False
    reader.emit(word, group).joint = last.joint = True
    return True


def _says_all(reader: Reader, piece: Piece, word: Word) -> bool:
    """Whether a casualty noun needs no people of the piece: it tells of nobody, or of none."""
    if word.role not in ("victim", "loss"):
        return False
    if word.role == "victim" and reader.cues.is_known(piece, word):
        return True
    if reader.cues.is_none(piece, word):
        mention = reader.emit(word, Group(word.at, word.at + 1, "zero"))
        mention.none_reported = reader.cues.is_unreported(piece)
        return True
    if word.role == "loss" or reader.cues.among(word) or reader.cues.is_toll(piece, word):
        return False
    tags = reader.doc.tag(word.at)
    beside = reader.doc.lemma[piece.first : piece.last]
    if "ablt" in tags and not reader.lexicon.copulas.isdisjoint(beside):
        return not (piece.groups or reader.waiting)  # "вважаються зниклими", "жертвою стала жінка"
    if reader.cues.is_found(piece, word):
        return False
    if _is_participle(reader, piece, word):
        return not reader.waiting
    return bool(tags) and "nomn" not in tags and not reader.cues.precedes_number(piece, word)


def _is_participle(reader: Reader, piece: Piece, word: Word) -> bool:
    """ "п'ятеро бійців, *поранених* на полігоні, виписані": of whom stands before the comma."""
    opens = piece.joint == "comma" and word.at == piece.first and not piece.groups
    later = (w.entry.measure for part in reader.rest[1:] for w in part.words)
    full = not {"PRTF", "ADJF"}.isdisjoint(reader.doc.tag(word.at))
    told = reader.mentions[-1].group if reader.mentions else None
    waits = len(reader.waiting) == 1 and "killed" not in later
    return opens and full and (waits or (told is not None and not told.plural))


def vague(reader: Reader, word: Word) -> None:
    """ "є загиблий", "є постраждалі": one by the noun's number, or nobody knows how many."""
    tags = reader.doc.tag(word.at)
    one = "sing" in tags and "plur" not in tags
    reader.emit(word, Group(word.at, word.at + 1, "one", head=word.at) if one else None)
