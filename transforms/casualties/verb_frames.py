"""Verbs and states of casualty language: "were killed", "killing 5", "died", "5 dead"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.casualties import noun_frames
from transforms.casualties.joined import REFLEXIVE
from transforms.casualties.phrases import Group

if TYPE_CHECKING:
    from transforms.casualties.mentions import Hit
    from transforms.casualties.reader import Reader

#: "tents sheltering displaced people"
_HARBOURING = frozenset("sheltering housing hosting accommodating receiving helping".split())
#: A participle after "the man" is a passive only with one of these behind it.
_AFTER_PASSIVE = frozenset(
    """in by on at when during while monday tuesday wednesday thursday friday saturday sunday
    yesterday""".split()
)
#: "murder suspect": no one is murdered in these words.
_OF_A_CRIME = frozenset("suspect suspects victim victims defendant defendants witness".split())
#: "killed or wounded 20": fates between which a number may be split.
_FATES = frozenset({"killed", "injured", "critically_injured", "missing"})
#: "is in hospital after suffering a wound": the participle has the subject of the clause.
_AFTER = frozenset(("after", "while", "before"))
_LEAVE = frozenset(("left", "leaving", "leaves", "find", "found"))
_INVERTING = frozenset(("included", "include", "includes"))
#: "among those who had died": words from "among" to the verb.
_AMONG_REACH = 6
#: "not" stands within so many words before its verb.
_NEGATES = 4
#: An auxiliary serves a second participle within so many words.
_BACK = 14
#: "was shot at while driving": nobody follows.
_AIMED = frozenset(("", ".", ",", "by", "while", "and", "but"))
#: "Among the dead were …" stands at the head of its sentence.
_HEAD = 6


def past(reader: Reader, index: int, hit: Hit) -> None:
    """ "were killed", "killed three", "3 killed", "those killed"."""
    clause = reader.clause
    if _attributive(reader, hit) or _is_aimed(reader, hit):
        return
    aux = clause.auxiliary(hit.first)
    if aux is not None:
        _passive(reader, index, hit, aux)
        return
    if _is_toll(reader, hit):
        noun_frames.toll(reader, index, hit)
        return
    objects = clause.objects(hit.last)
    if objects and _describes(reader, hit, objects[0]):
        return
    if objects:
        reader.add(hit, objects, as_object=True)
    elif clause.word(hit.last) in REFLEXIVE:
        own = clause.subjects(hit.first)[:1] or clause.agent(hit.first)
        reader.add(hit, [*own, *_besides_oneself(reader, hit)])
    elif not (_among(reader, hit) or _shared(reader, index, hit) or _adjacent(reader, hit)):
        _inverted(reader, hit) or _continued(reader, index, hit)


def _besides_oneself(reader: Reader, hit: Hit) -> list[Group]:
    """ "killing himself and three others": those joined to the one who did it."""
    joined = reader.clause.word(hit.last + 1) in ("and", "plus")
    return reader.clause.objects(hit.last + 2) if joined else []


def _is_aimed(reader: Reader, hit: Hit) -> bool:
    """ "shot at two officers", "he was shot at": aimed at, which does not say hit."""
    if not hit.trigger.inclusive or reader.clause.word(hit.last) != "at":
        return False
    after = reader.clause.word(hit.last + 1)
    aimed = after in _AIMED or after in reader.grammar.pronoun
    return aimed or bool(reader.clause.objects(hit.last + 1))


def _is_toll(reader: Reader, hit: Hit) -> bool:
    """ "the number of journalists killed": the number stands elsewhere."""
    left = reader.clause.left_adjacent(hit.first)
    return (
        left is not None
        and left.kind == "plural"
        and reader.clause.word(left.first - 1) == "of"
        and reader.clause.word(left.first - 2) == "number"
    )


def _describes(reader: Reader, hit: Hit, group: Group) -> bool:
    """ "tents of displaced people": the participle describes the noun after it."""
    before = reader.clause.word(hit.first - 1)
    bare = group.kind == "plural" and group.first == hit.last
    return bare and (
        before in reader.grammar.preposition
        or before in reader.grammar.determiner
        or before in _HARBOURING
    )


def _attributive(reader: Reader, hit: Hit) -> bool:
    """ "nineteen wounded soldiers", "three of the dead": the word stands inside the group.

    Left for later: another verb of the sentence may tell of the same people.
    """
    for group in reader.clause.groups:
        if group.first <= hit.first < group.last:
            reader.attributive.append((hit, group))
            return True
    return False


def _continued(reader: Reader, index: int, hit: Hit) -> bool:
    """ "was chased through an orchard and shot dead": the auxiliary of the verb before."""
    if reader.clause.word(hit.first - 1) not in ("and", ","):
        return False
    first = max(hit.first - _BACK, reader.sentence.first)
    for i in range(hit.first - 2, first, -1):
        if reader.clause.is_be(i):
            _passive(reader, index, hit, i)
            return True
    return False


def _passive(reader: Reader, index: int, hit: Hit, aux: int) -> None:
    clause = reader.clause
    negated = any(clause.is_negative(i) for i in range(aux, hit.first))
    subjects = clause.subjects(aux) or _inverted_groups(reader, hit)
    if subjects or not _shared(reader, index, hit):
        reader.add(hit, subjects, negated=negated)


def active(reader: Reader, index: int, hit: Hit) -> None:
    """ "killing 10 people", "kills 5"."""
    if hit.trigger.inclusive and reader.clause.word(hit.first - 1) in reader.grammar.determiner:
        return  # "after the shooting Poe fled": a noun
    if _anyone(reader, hit):
        return
    objects = reader.clause.objects(hit.last)
    if objects and _is_compound(reader, hit, objects[0]):
        return
    if objects:
        reader.add(hit, objects, as_object=True)
    elif reader.clause.word(hit.last) in REFLEXIVE:
        own = reader.clause.agent(hit.first)
        reader.add(hit, [*own, *_besides_oneself(reader, hit)])
    else:
        _shared_object(reader, index, hit)


def _anyone(reader: Reader, hit: Hit) -> bool:
    """ "did not injure anyone", "without killing anybody": nobody."""
    clause = reader.clause
    if clause.word(hit.last) not in ("anyone", "anybody"):
        return False
    before = range(hit.first - 1, hit.first - _NEGATES, -1)
    if any(clause.is_negative(i) or clause.word(i) == "without" for i in before):
        reader.emit(hit, Group(hit.last, hit.last + 1, "zero"))
    return True


def _is_compound(reader: Reader, hit: Hit, group: Group) -> bool:
    """ "shooting victims", "shooting suspect": a noun made of two."""
    bare = group.kind in ("one", "plural")
    crime = reader.words[hit.first] == "murder" and reader.words[group.last - 1] in _OF_A_CRIME
    return (
        (hit.trigger.inclusive or crime)
        and bare
        and (reader.words[group.first] not in reader.grammar.determiner)
    )


def intransitive(reader: Reader, index: int, hit: Hit) -> None:
    """ "three died", "who later died"."""
    clause, grammar = reader.clause, reader.grammar
    if _among(reader, hit) or (hit.trigger.needs and clause.word(hit.last) in grammar.zero):
        return  # "suffered no wounds"
    begin = hit.first
    while begin > reader.sentence.first and (
        reader.words[begin - 1] in grammar.have
        or reader.words[begin - 1] in grammar.adverb
        or reader.words[begin - 1] in grammar.modal
        or clause.is_be(begin - 1)
    ):
        begin -= 1
    if clause.word(begin) == "both":
        begin += 1  # "both died": two people
    negated = any(clause.is_negative(i) for i in range(begin, hit.first))
    subjects = clause.subjects(begin) or reader.previous_victims(index)
    if not subjects and reader.words[hit.first].endswith("ing"):
        subjects = _of_participle(reader, hit)
    reader.add(hit, subjects, negated=negated)


def _of_participle(reader: Reader, hit: Hit) -> list[Group]:
    """ "found two men suffering from wounds", "is in hospital after suffering a wound"."""
    clause = reader.clause
    left = clause.left_adjacent(hit.first)
    if left is not None:
        return clause.coordinated(clause.groups.index(left))
    return clause.agent(hit.first) if clause.word(hit.first - 1) in _AFTER else []


def state(reader: Reader, index: int, hit: Hit) -> None:
    """ "5 dead", "10 in serious condition", "were pronounced dead"."""
    clause = reader.clause
    if _attributive(reader, hit):
        return
    left = clause.left_adjacent(hit.first) or clause.before_age(hit.first)
    if left is not None and (left.kind in ("number", "one", "zero") or _is_left(reader, left)):
        groups = [left] if left.subset else clause.coordinated(clause.groups.index(left))
        groups = clause.listed(left) if _is_left(reader, left) else groups
        reader.add(hit, groups, as_object=True)
        return
    if _inverted(reader, hit) or _among(reader, hit):
        return
    if clause.word(hit.first - 1) in ("and", "or") and _shared(reader, index, hit):
        return
    verb = clause.state_verb(hit)
    if verb is None:
        if clause.word(hit.first - 1) in ("and", ","):
            reader.add(hit, reader.previous_victims(index))
        return
    negated = any(clause.is_negative(i) for i in range(verb, hit.first))
    subjects = clause.subjects(verb) or reader.previous_victims(index)
    reader.add(hit, subjects, negated=negated)


def _is_left(reader: Reader, group: Group) -> bool:
    """ "left five soldiers, including the gunman, dead": the object of "left"."""
    first = reader.clause.listed(group)[0]
    return reader.clause.word(first.first - 1) in _LEAVE


def _among(reader: Reader, hit: Hit) -> bool:
    """ "two women were among the dead", "was also among those who died": a part of others."""
    clause = reader.clause
    i = hit.first - 1
    while hit.first - i < _AMONG_REACH and clause.word(i) != "among":
        i -= 1
    if clause.word(i) != "among" or clause.word(i + 1) not in ("the", "those"):
        return False
    i -= 1
    while clause.word(i) in reader.grammar.adverb:
        i -= 1
    subjects = clause.subjects(i) if clause.is_be(i) else []
    reader.add(hit, subjects, subset=True)
    return bool(subjects)


def _adjacent(reader: Reader, hit: Hit) -> bool:
    """ "3 killed, 20 hurt": a participle after its people, without an auxiliary."""
    clause = reader.clause
    left = clause.left_adjacent(hit.first)
    if (
        left is None
        and clause.word(hit.first - 1) == ","
        and clause.word(hit.last) in _AFTER_PASSIVE
    ):
        left = clause.left_adjacent(hit.first - 1)  # "their driver, wounded in the shoulder,"
        left = left if left is not None and not left.plural else None
    if left is None or left.kind == "pronoun" or clause.word(hit.last) in reader.grammar.determiner:
        return False
    if left.kind == "definite" and clause.word(hit.last) not in _AFTER_PASSIVE:
        return False
    reader.add(hit, clause.coordinated(clause.groups.index(left)), as_object=True)
    return True


def _inverted_groups(reader: Reader, hit: Hit) -> list[Group]:
    """ "Among the dead were …", "The wounded included …", "Killed were two officers"."""
    clause = reader.clause
    if hit.first - reader.sentence.first > _HEAD:
        return []
    if clause.is_be(hit.last) or clause.word(hit.last) in _INVERTING:
        return clause.objects(hit.last + 1)
    if hit.first == reader.sentence.first and clause.word(hit.last) in reader.grammar.preposition:
        # "Killed in the raid on Monday were two officers"
        be = next((i for i in range(hit.last, hit.last + _HEAD) if clause.is_be(i)), None)
        return clause.objects(be + 1) if be is not None else []
    return []


def _inverted(reader: Reader, hit: Hit) -> bool:
    groups = _inverted_groups(reader, hit)
    inside = hit.first > reader.sentence.first  # "Among the dead were"; not "Killed were"
    reader.add(hit, groups, as_object=True, subset=inside)
    return bool(groups)


def _shared(reader: Reader, index: int, hit: Hit) -> bool:
    """ "were killed or wounded", "killed and wounded five": one number for both verbs."""
    at = hit.first - 1
    while reader.clause.word(at) in reader.grammar.adverb:
        at -= 1
    joined = reader.clause.word(at) in ("and", "or", "/")
    if joined and index and reader.hits[index - 1].last == at:
        previous = reader.previous_victims(index)
        if previous:
            _share(reader, hit, previous)
            return True
    return _shared_object(reader, index, hit)


def _share(reader: Reader, hit: Hit, groups: list[Group]) -> None:
    """Puts the groups of the verb before under this one too."""
    earlier = [m for m in reader.mentions if m.group in groups]
    several = any(m.group is not None and m.group.plural for m in earlier)
    measures = {hit.trigger.measure, *(m.measure for m in earlier)}
    joint = several and "killed" in measures and measures <= _FATES
    if joint:
        reader.joint_hits.add(hit.first)
        for mention in earlier:
            mention.joint = True
    reader.add(hit, groups)


def _shared_object(reader: Reader, index: int, hit: Hit) -> bool:
    """ "killed and wounded five": the object stands after the second verb."""
    clause = reader.clause
    if clause.word(hit.last) not in ("and", "or") or index + 1 >= len(reader.hits):
        return False
    following = reader.hits[index + 1]
    transitive = following.trigger.form in ("past", "ing", "present")
    if following.first != hit.last + 1 or not transitive:
        return False
    if hit.trigger.inclusive and following.trigger.measure == "killed":
        return True  # "striking and killing two": the second verb says what befell them
    objects = clause.objects(following.last)
    if objects and hit.trigger.measure != following.trigger.measure:
        reader.joint_hits |= {hit.first, following.first}
    reader.add(hit, objects, as_object=True)
    return bool(objects)
