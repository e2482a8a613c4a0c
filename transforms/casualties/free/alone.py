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
_DASHES = (["–"], ["—"], ["-"])
#: "з численними осколковими пораненнями": words from a person to the wound.
_WOUND = 5


def read(reader: Reader, piece: Piece, counted: Sequence[Group], following: Piece | None) -> None:
    """Puts the people of a piece down to the words before them, or lets them wait for one."""
    if counted and len(counted) == len(piece.groups):
        return  # "двоє загиблих": told already
    for group in (one for one in piece.groups if one not in counted):
        if _has(reader, group) and any(is_wound(w) for p in reader.rest[:2] for w in p.words):
            continue  # "у жінки – поріз": see having
        if _names_kind(reader, piece, group):
            reader.mentions[-1].described = group
        elif _is_inside(reader, piece, group) or _is_kind_of(reader, piece, group, following):
            _subset(reader, group, following)
        elif _is_apposed(reader, piece, group) or _is_share(reader, piece, group):
            _share(reader, group)
        elif _is_same(reader, piece, group):
            reader.mentions[-1].described = group
        elif reader.open and not reader.cues.is_relative(piece) and not _acts(reader, piece, group):
            _fill(reader, piece, group)
        elif _continues(reader, piece, group, following):
            _list(reader, group)
        else:
            reader.waiting.append(group)
            reader.acting = piece.verb


def _acts(reader: Reader, piece: Piece, group: Group) -> bool:
    """ "убито пастора, троє колег уціліли": people with a verb of their own."""
    after = range(group.last, piece.last)
    verb = any("VERB" in reader.doc.tag(i) for i in after)
    return verb and piece.verb and piece.joint == "comma"


def _is_same(reader: Reader, piece: Piece, group: Group) -> bool:
    """ "загинув їхній батько, 34-річний чоловік": a verb of one person has only one."""
    last = reader.mentions[-1].group if reader.mentions else None
    if last is None or last.plural or group.plural or group.quantity is not None:
        return False
    verb = reader.doc.tag(reader.mentions[-1].first)
    single = "VERB" in verb and "sing" in verb and piece.joint == "comma" and not piece.verb
    goes_on = any(part.joint == "and" for part in reader.rest[1:])
    return single and not goes_on and group.first == piece.first and _is_told(reader, group)


def _is_told(reader: Reader, group: Group) -> bool:
    """Whether somebody is described: by age, or by name."""
    words = reader.doc.lemma[group.first : group.last]
    return group.kind == "name" or not reader.lexicon.aged.isdisjoint(words)


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
    told = reader.mentions or (reader.before if _near(reader) else [])
    whole = next((m for m in reversed(told) if not m.subset), None)
    if whole is None or following is None or following.joint != "list" or following.words:
        return False
    kinds = any(g.quantity is None and g.kind in ("plural", "one") for g in following.groups)
    last = group is piece.groups[-1] and group.bare and not piece.verb
    return kinds and last and 0 < wholes.count(group) < wholes.size(whole)


def _near(reader: Reader) -> bool:
    """Whether the sentence right before tells of casualties."""
    return bool(reader.before) and reader.before[-1].sentence == reader.number - 1


def _subset(reader: Reader, group: Group, following: Piece | None) -> None:
    """ "п'ятеро поранених, серед них двоє дітей"; the rest of the list waits for no verb."""
    ahead = following is not None and following.is_predicate
    if reader.waiting or (ahead and not (following and reader.cues.is_relative(following))):
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
    number = whole.group.quantity
    case = reader.doc.tag(whole.group.last - 1 if number is None else number.core)
    same = (case or CASES) & reader.doc.tag(group.last - 1) & CASES
    return 1 <= left <= len([one for one in single if not one.plural]) and bool(same)


def _is_share(reader: Reader, piece: Piece, group: Group) -> bool:
    """ "поранено сімох: трьох у Лимані, двох у Дружківці": numbers alone, each with its place."""
    last = reader.mentions[-1] if reader.mentions else None
    if last is None or last.group is None or not (group.bare and last.group.quantity):
        return False
    opened = piece.joint == "list" and not last.subset and last.group.last <= group.first
    within = opened or (last.subset and last.group.bare and piece.joint in ("comma", "and"))
    after = reader.doc.lower[group.last : group.last + 2]
    beside = after[1:] if after[:1] in _DASHES else after[:1]  # "четверо – у Сумах"
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
    if any("VERB" in reader.doc.tag(i) for i in range(piece.first, group.first)):
        return False  # "загинув водій, з ним були ще двоє"
    if reader.cues.is_relative(piece):
        return False  # "трьох волонтерів, які вивозили людей"
    if following is not None and following.is_predicate:
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
    """ "родину: чоловіка і дружину", "працівники – водій та медсестра": people told one by one."""
    return group is not None and group.quantity is None and group.kind == "plural"


def wounded(reader: Reader, piece: Piece) -> None:
    """ "чоловіку з осколковими пораненнями надали допомогу": one of whom no other word tells."""
    for word in piece.words:
        if not is_wound(word):
            continue
        beside = [g for g in piece.groups if _is_with(reader, g, word.at)]
        if not piece.groups and reader.waiting and reader.cues.is_with(word):
            reader.emit(word, reader.waiting.pop())  # "ще 23 – з травмами"
        if beside and not any(m.group is not None for m in reader.mentions):
            reader.emit(word, beside[-1])


def _is_with(reader: Reader, group: Group, wound: int) -> bool:
    near = 0 < wound - group.last < _WOUND and "ablt" in reader.doc.tag(wound)
    between = reader.doc.lower[group.last : wound]
    told = group.quantity is not None or not group.plural
    return near and told and not reader.lexicon.prepositions.isdisjoint(between)


def counted_on(reader: Reader, groups: Sequence[Group]) -> None:
    """ "Раніше йшлося про двох поранених. Наразі їх уже п'ятеро": no word but the number."""
    last = next(reversed(reader.mentions or reader.before), None)
    if last is None or not last.earlier:
        return
    told = {m.group.first for m in reader.mentions if m.group is not None}
    groups = [g for g in groups if g.first not in told]
    if len(groups) != 1 or not groups[0].bare:
        return
    group = groups[0]
    said = reader.doc.lower[max(group.first - 2, reader.sentence.first) : group.last]
    rise = reader.lexicon.numbers.grammar.rise
    grown = not rise.isdisjoint(reader.doc.lemma[reader.sentence.first : group.first])
    if grown or not reader.lexicon.already.isdisjoint(said):
        exact = wholes.exactly(reader.doc, reader.lexicon, group)
        mention = reader.mention(last.measure, last.form, group.first, group.last, exact)
        mention.update = grown
        reader.mentions.append(mention)


def shared_out(reader: Reader, pieces: Sequence[Piece]) -> None:
    """ "Поранено трьох. У Лимані – чоловік, у Торському – подружжя": together as many."""
    last = reader.before[-1] if reader.before and _near(reader) else None
    this = reader.doc.lower[reader.sentence.first] in reader.lexicon.this
    told = [p for p in pieces if (this or p.joint == "list") and not p.words]
    groups = [g for p in told for g in p.groups]
    if last is None or last.group is None or reader.mentions or len(groups) < _SEVERAL:
        return
    if last.subset or sum(map(wholes.count, groups)) != wholes.size(last):
        return
    for group in groups:
        mention = reader.mention(last.measure, last.form, group.first, group.last, group)
        mention.subset, mention.parent = True, last
        reader.mentions.append(mention)


def having(reader: Reader, pieces: Sequence[Piece]) -> None:
    """ "У жінки поранення плеча, у чоловіка – контузія": who has a wound."""
    for piece, before in zip(pieces, [None, *pieces], strict=False):
        listed = before.groups if before is not None and piece.joint == "list" else []
        told = {reader.doc.lemma[g.head or g.first] for g in _hurt(reader)}
        for wound in (w for w in piece.words if is_wound(w)):
            for group in piece.groups or listed:
                again = reader.doc.lemma[group.head or group.first] in told
                if not again and group.last <= wound.at and _has(reader, group):
                    reader.emit(wound, group)


def _hurt(reader: Reader) -> list[Group]:
    """Whom a sentence and those before it tell of as hurt."""
    mentions = (*reader.before, *reader.mentions)
    return [m.group for m in mentions if m.group is not None and m.measure != "killed"]


def is_wound(word: Word) -> bool:
    """Whether a word names a wound, with no verb that says who got it."""
    return word.role == "fate" and word.entry.measure == "injured"


def _has(reader: Reader, group: Group) -> bool:
    """ "у жінки", "у її сина": whose a wound is."""
    first, lower = group.first - 1, reader.doc.lower
    if first > reader.sentence.first and lower[first] in reader.lexicon.pronouns:
        first -= 1
    if first < reader.sentence.first or lower[first] not in reader.lexicon.having:
        return False
    return "gent" in reader.doc.tag(group.first if group.head is None else group.head)


def losses(reader: Reader, groups: Sequence[Group]) -> None:
    """ "Ворог втратив 200 бійців. Під Лиманом – понад 480 осіб": the verb is told once."""
    last = reader.before[-1] if reader.before and _near(reader) else None
    if last is None or reader.mentions or not reader.cues.is_loss(last):
        return
    numbered = [g for g in groups if g.quantity is not None and not g.bare]
    if len(numbered) == 1 == len(groups):
        reader.mentions.append(
            reader.mention(last.measure, last.form, last.first, last.last, numbered[0])
        )
