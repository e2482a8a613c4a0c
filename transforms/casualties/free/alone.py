"""People without a casualty word of their own: parts of those told of, a list that goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.casualties.free import wholes
from transforms.casualties.free.cues import CASES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.casualties.free.clauses import Piece, Word
    from transforms.casualties.free.frames import Reader
    from transforms.casualties.phrases import Group

#: "шестеро из них несовершеннолетние": from a number to what they are.
_NEAR = 4
_SEVERAL = 2
#: "з численними осколковими пораненнями": words from a person to the wound.
_WOUND = 5


def read(reader: Reader, piece: Piece, counted: Sequence[Group], following: Piece | None) -> None:
    """Puts the people of a piece down to the words before them, or lets them wait for one."""
    if counted and len(counted) == len(piece.groups):
        return  # "двоє загиблих": told already
    for group in piece.groups:
        if _names_kind(reader, piece, group):
            reader.mentions[-1].described = group
        elif _is_inside(reader, piece, group) or _is_kind_of(reader, piece, group, following):
            _subset(reader, group, following)
        elif _is_apposed(reader, piece, group) or _is_share(reader, piece, group):
            _share(reader, group)
        elif reader.open:
            _fill(reader, piece, group)
        elif _continues(reader, piece, group, following):
            _list(reader, group)
        else:
            reader.waiting.append(group)
            reader.acting = piece.verb


def _fill(reader: Reader, piece: Piece, group: Group) -> None:
    """ "загинули: жінка": the words before whose people were yet to come."""
    fitting = [w for w in reader.open if reader.cues.fits(w, group) or piece.joint == "list"]
    for word in fitting:
        reader.emit(word, group, subset=reader.cues.among(word))
    if not fitting:
        reader.waiting.append(group)  # "погибла волонтёр, водитель ранен"
    reader.listing, reader.open = reader.open, []


def _names_kind(reader: Reader, piece: Piece, group: Group) -> bool:
    """ "дев'ятеро з них – діти": what those of a part are."""
    last = reader.mentions[-1] if reader.mentions else None
    if last is None or last.group is None or not (last.subset and last.group.bare):
        return False
    near = piece.joint == "list" or group.first - last.group.last < _NEAR
    return near and group.quantity is None


def _is_inside(reader: Reader, piece: Piece, group: Group) -> bool:
    told = bool(reader.mentions) or _near(reader)
    if piece.verb and reader.cues.is_partitive(group):
        return False  # "один із них відмовився від госпіталізації"
    return told and (piece.aside or reader.cues.is_of_them(group))


def _is_kind_of(reader: Reader, piece: Piece, group: Group, following: Piece | None) -> bool:
    """ "постраждали восьмеро, троє – діти": a number alone, and what those are."""
    whole = next((m for m in reversed(reader.mentions) if not m.subset), None)
    if whole is None or following is None or following.joint != "list" or following.words:
        return False
    kinds = any(g.kind == "plural" and g.quantity is None for g in following.groups)
    last = group is piece.groups[-1] and group.bare and not piece.verb
    return kinds and last and 0 < wholes.count(group) < wholes.size(whole)


def _near(reader: Reader) -> bool:
    """Whether the sentence right before tells of casualties."""
    return bool(reader.before) and reader.before[-1].sentence == reader.number - 1


def _subset(reader: Reader, group: Group, following: Piece | None) -> None:
    """ "п'ятеро поранених, серед них двоє дітей"; the rest of the list waits for no verb."""
    if reader.waiting or (following is not None and following.is_predicate):
        reader.waiting.append(group)
        return
    last = (reader.mentions or reader.before)[-1]
    first, end = (last.first, last.last) if reader.mentions else (group.first, group.last)
    mention = reader.mention(last.measure, last.form, first, end, group)
    mention.subset, mention.parent = True, last.parent if last.subset else last
    if (
        last.subset
        and reader.cues.is_nested(group, last)
        and wholes.size(mention) < wholes.size(last)
    ):
        mention.parent = last
    reader.mentions.append(mention)


def _is_apposed(reader: Reader, piece: Piece, group: Group) -> bool:
    """ "двом постраждалим – чоловіку та жінці": in the same case, and together as many."""
    last = reader.mentions[-1] if reader.mentions else None
    whole = last.parent if last is not None and last.subset else last
    if whole is None or whole.group is None or piece.verb or group.quantity is not None:
        return False
    if wholes.size(whole) < _SEVERAL:
        return False
    told = [m for m in reader.mentions if m.parent is whole]
    if not (piece.joint == "list" and whole is last) and not (told and piece.joint == "and"):
        return False
    left = wholes.size(whole) - len(told)
    single = [one for part in reader.rest if not part.words for one in part.groups]
    same = reader.doc.tag(whole.group.last - 1) & reader.doc.tag(group.last - 1) & CASES
    return 1 <= left <= len([one for one in single if not one.plural]) and bool(same)


def _is_share(reader: Reader, piece: Piece, group: Group) -> bool:
    """ "поранено сімох: трьох у Лимані, двох у Дружківці": numbers alone, each with its place."""
    last = reader.mentions[-1] if reader.mentions else None
    if last is None or last.group is None or not (group.bare and last.group.quantity):
        return False
    opened = piece.joint == "list" and not last.subset and last.group.last <= group.first
    within = opened or (last.subset and last.group.bare and piece.joint in ("comma", "and"))
    beside = reader.doc.lower[group.last : group.last + 1]
    return within and not group.further and not reader.lexicon.prepositions.isdisjoint(beside)


def _share(reader: Reader, group: Group) -> None:
    last = reader.mentions[-1]
    mention = reader.mention(last.measure, last.form, last.first, last.last, group)
    mention.subset, mention.parent = True, last.parent if last.subset else last
    reader.mentions.append(mention)


def _continues(reader: Reader, piece: Piece, group: Group, following: Piece | None) -> bool:
    """Whether people go on with a list: "загинули жінка, двоє дітей і чоловік"."""
    if not reader.listing or not reader.mentions or piece.joint == "opens" or piece.verb:
        return False
    if reader.cues.is_relative(piece):
        return False  # "трьох волонтерів, які вивозили людей"
    if following is not None and following.words and not following.groups:
        return False  # "двоє загинули, троє | дістали поранення"
    if _waits(reader):
        return False
    last = reader.mentions[-1].group
    if last is None or last.kind == "zero" or (group.bare and not last.bare):
        return False
    if last.last <= reader.listing[0].at and piece.joint != "list":
        return False  # "поліцейський загинув, його напарник …": people stand before their verb
    return any(_joins(reader, word, group) for word in reader.listing)


def _waits(reader: Reader) -> bool:
    """ "загинув чоловік, ще 11 людей, серед яких дитина, поранено": their word is yet to come."""
    after = reader.rest[1:]
    inside = [p for p in after[:1] if p.groups and not p.words]
    marked = any(reader.cues.is_marked(g, reader.lexicon.subset) for p in inside for g in p.groups)
    return marked and len(after) > 1 and after[1].is_predicate


def _joins(reader: Reader, word: Word, group: Group) -> bool:
    """Whether a list goes on under a word; its verb may agree with the first alone."""
    if reader.cues.fits(word, group):
        return True
    subject = "nomn" in reader.doc.tag(group.head if group.head is not None else group.first)
    return reader.joint == "and" and word.role == "verb" and subject


def _list(reader: Reader, group: Group) -> None:
    last = reader.mentions[-1]
    if reader.joint == "list" and _is_family(last.group):
        reader.mentions.remove(last)  # "убив родину: чоловіка, дружину та сина"
    for word in reader.listing:
        if not _joins(reader, word, group):
            continue
        for mention in reader.mentions:
            if mention.first == word.at and not mention.subset:
                mention.part = True
        subset = bool(reader.mentions) and reader.mentions[-1].subset
        reader.emit(word, group, subset=subset, part=not subset)


def _is_family(group: Group | None) -> bool:
    person = group.person if group is not None and group.quantity is None else None
    return person is not None and person.collective


def wounded(reader: Reader, piece: Piece) -> None:
    """ "чоловіку з осколковими пораненнями надали допомогу": one of whom no other word tells."""
    for word in piece.words:
        if word.role != "fate" or word.entry.measure != "injured":
            continue
        beside = [g for g in piece.groups if _is_with(reader, g, word.at)]
        if beside and not any(m.group is not None for m in reader.mentions):
            reader.emit(word, beside[-1])


def _is_with(reader: Reader, group: Group, wound: int) -> bool:
    near = 0 < wound - group.last < _WOUND and "ablt" in reader.doc.tag(wound)
    told = group.quantity is not None or not group.plural
    return near and told and reader.doc.lower[group.last] in reader.lexicon.prepositions


def counted_on(reader: Reader, groups: Sequence[Group]) -> None:
    """ "Раніше йшлося про двох поранених. Наразі їх уже п'ятеро": no word but the number."""
    last = next(reversed(reader.mentions or reader.before), None)
    told = {m.group.first for m in reader.mentions if m.group is not None}
    groups = [g for g in groups if g.first not in told]
    if last is None or not last.earlier or len(groups) != 1 or not groups[0].bare:
        return
    group = groups[0]
    said = reader.doc.lower[max(group.first - 2, reader.sentence.first) : group.last]
    if not reader.lexicon.already.isdisjoint(said):
        mention = reader.mention(last.measure, last.form, group.first, group.last, group)
        reader.mentions.append(mention)
