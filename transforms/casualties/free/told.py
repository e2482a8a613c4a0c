"""People told of before and taken up again: "усіх госпіталізовано", "она в больнице"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from transforms.casualties.free import wholes
from transforms.casualties.phrases import Group
from transforms.numbers import Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.casualties.free.clauses import Piece, Word
    from transforms.casualties.free.frames import Reader
    from transforms.casualties.free.lexicon import FreeLexicon
    from transforms.casualties.mentions import Mention
    from transforms.text import Doc

#: What befalls those who are hurt already.
AFTER = frozenset(("hospitalised", "critically_injured"))
#: What befell people before they are told of by a pronoun, by what befalls them then.
_FIRST = {measure: frozenset(("injured",)) for measure in AFTER}
#: Who is set free or found was one of these.
HELD = frozenset(("missing", "abducted", "captured"))
_FIRST["rescued"] = HELD
_SEVERAL = 2
_FULL = frozenset(("PRTF", "ADJF"))
_NOUNS = frozenset(("NOUN", "ADJF", "PRTF"))


def taken_up(doc: Doc, lexicon: FreeLexicon, first: int, last: int, state: int = -1) -> int | None:
    """The token of "усі", "вони", "його", "пострадавшего" between two, if it is of nobody else.

    ``state`` is the token of a word that belongs to its person: "його *стан* важкий".
    """
    for i in range(first, last):
        word = doc.lower[i]
        known = word in lexicon.all or word in lexicon.pronouns
        if known and (i + 1 == state or not _owns(doc, lexicon, i)):
            return i
        if _is_hurt(doc, lexicon, i):
            return i
    return None


def _owns(doc: Doc, lexicon: FreeLexicon, i: int) -> bool:
    """ "його дружина", "усі служби": a noun follows that is no word for those who are hurt."""
    following = i + 1
    if following >= len(doc.lower) or _is_hurt(doc, lexicon, following):
        return False
    if doc.lower[following] in lexicon.prepositions:
        return False
    return not _NOUNS.isdisjoint(doc.tag(following))


def _is_hurt(doc: Doc, lexicon: FreeLexicon, i: int) -> bool:
    entry = lexicon.entries.get(doc.lemma[i])
    if entry is None or entry.measure != "injured":
        return False
    return entry.kind == "victim" or not _FULL.isdisjoint(doc.tag(i))


def people(
    doc: Doc,
    lexicon: FreeLexicon,
    piece: Piece,
    word: Word,
    before: Sequence[Mention],
) -> tuple[Group, Group | None] | None:
    """Whom a casualty word tells of by a pronoun, and the people of before who describe them.

    Args:
        doc: the text.
        lexicon: that of its language.
        piece: the part of the sentence with the word.
        word: the casualty word, which has no people of its own.
        before: what was told before, in the order of the text.
    """
    at = taken_up(doc, lexicon, piece.first, piece.last, word.at)
    if at is None or at == word.at or not _in_case(doc, word, at):
        return None
    if "sing" in doc.tag(at) and "plur" not in doc.tag(at):
        return _one(doc, word, at, before)
    if word.entry.measure not in _FIRST or word.entry.counted:
        return None
    quantity = _sum(at, _last_told(before, _FIRST[word.entry.measure]))
    return (Group(at, at + 1, "number", quantity), None) if quantity else None


def _in_case(doc: Doc, word: Word, at: int) -> bool:
    """ "він помер", "його доставили", "стан пораненого"."""
    tags, verb = doc.tag(at), doc.tag(word.at if word.by is None else word.by)
    if not tags or "PRCL" in tags:
        return True  # "все"
    if word.role == "pair" and word.entry.measure == "critically_injured":
        return bool({"nomn", "gent", "accs"} & tags)
    if word.role == "verb" and word.entry.kind == "suffer":
        return "nomn" in tags
    active = word.carried or (word.entry.kind == "harm" and bool({"VERB", "Impe"} & verb))
    return ("accs" if active and "PRTS" not in verb else "nomn") in tags


def _one(
    doc: Doc, word: Word, at: int, before: Sequence[Mention]
) -> tuple[Group, Group | None] | None:
    """One person, told of before as hurt or not at all; nobody dies twice."""
    if word.entry.measure not in AFTER and word.entry.kind != "suffer":
        return None
    single = [m for m in before if m.group is not None and not m.group.plural]
    if any(m.measure == "killed" for m in single):
        single = [m for m in single if m.measure != "killed"]
        if word.entry.measure == "killed" or not single:
            return None
    gender = doc.tag(at) & {"masc", "femn"}
    fitting = [m.group for m in single if m.group is not None and _agree(doc, m.group, gender)]
    if not fitting and word.entry.measure != "killed" and word.role != "inside":
        return None
    return Group(at, at + 1, "one"), fitting[-1] if fitting else None


def _agree(doc: Doc, group: Group, gender: frozenset[str]) -> bool:
    own = doc.tag(group.head if group.head is not None else group.first) & {"masc", "femn"}
    return not own or not gender or bool(own & gender)


def _last_told(before: Sequence[Mention], measures: frozenset[str]) -> list[Mention]:
    """The figures of the last sentence that tells how many were hurt; none if they are rivals."""
    hurt = [m for m in before if m.measure in measures and _tells_of_some(m)]
    last = [m for m in hurt if m.sentence == hurt[-1].sentence]
    parts = [m for m in last if m.part]
    return parts or (last if len(last) == 1 or _are_others(last) else [])


def _are_others(mentions: Sequence[Mention]) -> bool:
    """ "водій дістав травми, двоє пасажирів – опіки": of different kinds, no rival figures."""
    kinds = [m.group.person for m in mentions if m.group is not None and m.group.person]
    heads = {m.group.head for m in mentions if m.group is not None}
    return len(kinds) == len(mentions) == len(set(kinds)) == len(heads)


def _tells_of_some(mention: Mention) -> bool:
    is_new = not mention.subset and not mention.negated and not mention.earlier
    return is_new and mention.group is not None


def _sum(at: int, hurt: Sequence[Mention]) -> Quantity | None:
    """How many they are together; None where one of the figures is not exact."""
    sizes = [wholes.size(m) for m in hurt]
    bounded = any(
        m.group is None or (m.group.quantity and m.group.quantity.qualifier != "exact")
        for m in hurt
    )
    total = sum(sizes)
    if bounded or 0 in sizes or total < _SEVERAL:
        return None
    return Quantity(at, at + 1, total, total, total, "exact", at)


def counted(
    doc: Doc, word: Word, group: Group, before: Sequence[Mention]
) -> tuple[Group, Mention] | None:
    """ "поранено двох дітей. Дітей доставили …": the same noun, and as many; their figure."""
    if group.kind != "plural" or group.quantity is not None or word.entry.measure not in AFTER:
        return None
    for mention in reversed(before):
        known = mention.group
        if known is None or known.quantity is None or known.head is None or group.head is None:
            continue
        same = doc.lemma[known.head] == doc.lemma[group.head]
        if same and mention.measure == "injured" and known.quantity.qualifier == "exact":
            size = known.quantity.best
            quantity = Quantity(group.first, group.last, size, size, size, "exact", group.first)
            return replace(group, quantity=quantity), mention
    return None


def is_again(reader: Reader, mention: Mention) -> bool:
    """ "Двоє постраждалих: … В обох діагностували контузію": the same people once more."""
    group = mention.group
    if group is None or reader.doc.lower[group.first] not in reader.lexicon.all:
        return False
    others = [m for m in (*reader.before, *reader.mentions) if m.measure == mention.measure]
    return any(m is not mention and wholes.size(m) == wholes.size(mention) for m in others)
