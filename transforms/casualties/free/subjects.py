"""Who of a piece's people is a verb's subject, and who its object."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transforms.casualties.free.clauses import Piece, Word
    from transforms.casualties.free.cues import Cues
    from transforms.casualties.phrases import Group

_PAIR = 2
_CASES = frozenset(("nomn", "gent", "datv", "accs", "ablt", "loct"))


def together(cues: Cues, piece: Piece, word: Word, subject: list[Group]) -> list[Group]:
    """The subject, and who stands beside it: "загинули мати з донькою"."""
    if not subject or subject[0].plural or word.role != "verb":
        return subject
    end, several = subject[0].last, "plur" in cues.doc.tag(word.at)
    beside = [g for g in piece.groups if g.first == end + 1 and g.quantity is None]
    child = beside and beside[0].person and beside[0].person.age_group == "children"
    joined = bool(beside) and cues.doc.lower[end] in cues.lexicon.together
    return subject + beside if joined and (several or child) else subject


def gapped(cues: Cues, piece: Piece, word: Word) -> Word:
    """ "чоловік дістав контузію, жінка – опіки": the verb is told once."""
    wound = word.role == "fate" and word.entry.measure == "injured"
    again = wound and piece.joint == "list" and "accs" in cues.doc.tag(word.at)
    return replace(word, role="pair") if again else word


def objects(cues: Cues, piece: Piece, word: Word) -> list[Group]:
    """ "матір рятувальники витягли": of two nouns the one that is no subject."""
    active = word.entry.kind == "harm" and "VERB" in cues.doc.tag(word.at)
    if not active or len(piece.groups) != _PAIR:
        return []
    cases = [cues.doc.tag(g.head or g.first) & _CASES for g in piece.groups]
    return [
        group
        for group, own, other in zip(piece.groups, cases, reversed(cases), strict=True)
        if "accs" in own and other == {"nomn"}
    ]
