"""Nouns of casualty language: "three deaths", "the murder of two priests", "the toll rose to"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from transforms.casualties.mentions import Hit
from transforms.casualties.phrases import Group, Kind
from transforms.numbers import Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.casualties.arguments import Clause
    from transforms.casualties.reader import Reader
    from transforms.model import Qualifier

_TELLING = frozenset(
    """caused causing cause causes reported report suffered inflicted resulted resulting sustained
    inflicting suffering confirmed were are""".split()
)
_AS_REPORTED = frozenset(("reported", "confirmed", "known"))  # "no reported casualties"
_AVOIDED = frozenset(
    "avoid avoiding avoided minimise minimize prevent preventing without no risk".split()
)
_REPORTS = frozenset("report reports word information news details immediate".split())
#: "the sheriff's Homicide Bureau": who looks into a death, not who died.
_OFFICES = frozenset(
    """sheriff's coroner's police's prosecutor's attorney's county's city's examiner's
    today's""".split()
)
#: After "murder", what makes the owner before it somebody else than the dead.
_NOT_OF_OWNER = frozenset(
    """trial charge charges conviction convictions plea unit units detective detectives division
    bureau squad section rate rates total totals count counts spree""".split()
)
_RANGING = frozenset("range ranges ranged ranging vary varies varied varying".split())
#: "a non-fatal shooting".
_UN = frozenset(("non", "near"))
_MONTHS = frozenset(
    """january february march april may june july august september october november
    december""".split()
)
#: Words for when something happened, between a deed and whom it befell.
_TIMES = _MONTHS | frozenset(
    """on in at during the this last past few late early today yesterday tonight overnight
    morning afternoon evening night day days hours week weeks weekend month months year
    monday tuesday wednesday thursday friday saturday sunday""".split()
)
#: Casualties "are told of" by a word this near.
_NEAR = 8
_CHANGES = frozenset("reached reaches hits hit climbs climbed rises passed tops topped".split())
#: A toll's number stands within this many words of it.
_TOLL_REACH = 24


def counted(reader: Reader, hit: Hit) -> None:
    """ "three deaths", "no casualties", "casualties were reported"."""
    clause = reader.clause
    begin = _noun_begin(clause, hit.first)
    if clause.word(begin - 1) in _AS_REPORTED:
        begin -= 1
    if clause.word(hit.last) == "of" and event(reader, hit):
        return
    held = next((g for g in clause.groups if g.head == hit.first and g.quantity), None)
    left = held or clause.left_adjacent(begin)  # "58 hostages": the noun is in the group
    nought = left is not None and (
        left.kind == "zero" or (left.quantity is not None and left.quantity.best == 0)
    )
    if left is not None and left.kind == "number" and not left.partitive and not nought:
        reader.add(hit, [left], as_object=True)
    elif nought or clause.word(begin - 1) in reader.grammar.zero or _denied(reader, begin):
        _none(reader, hit, begin)
    elif _is_news(reader, begin, hit) and _told(reader, hit):
        reader.emit(hit, None, vague=True)


def is_owned(words: Sequence[str], begin: int, i: int) -> bool:
    """Whether the word before ``i`` may say whose death it was: "Smith's", "his", "nurses'"."""
    if i <= begin:
        return False
    word = words[i - 1]
    if word == "'":
        return words[i - 2].endswith("s")
    return (word.endswith("'s") and word not in _OFFICES) or word in ("his", "her")


def is_office(words: Sequence[str], i: int) -> bool:
    """Whether a death is of another: "Dunn's murder trial", "the city's homicide unit"."""
    return i < len(words) and words[i] in _NOT_OF_OWNER


def of_after(words: Sequence[str], i: int, end: int) -> int | None:
    """The token of "of" at ``i``, or behind a time: "the murder on 3 May of a judge"."""
    while i < end and (words[i] in _TIMES or words[i].isdecimal() or _of_day(words, i, end)):
        i += 1
    return i if i < end and words[i] == "of" else None


def _of_day(words: Sequence[str], i: int, end: int) -> bool:
    """ "on the evening of 3 May"."""
    return words[i] == "of" and i + 2 < end and words[i + 1].isdecimal() and words[i + 2] in _MONTHS


def deadly(reader: Reader, hit: Hit) -> None:
    """ "a deadly attack": somebody was killed; the words do not say how many."""
    clause = reader.clause
    if clause.word(hit.first - 1) != "-" or clause.word(hit.first - 2) not in _UN:
        reader.emit(hit, None, vague=True)


def multiple(reader: Reader, hit: Hit) -> None:
    """ "a double homicide": two dead; "a murder-suicide": two at least."""
    count = hit.trigger.count
    most = None if hit.trigger.least else count
    qualifier: Qualifier = "at_least" if hit.trigger.least else "exact"
    quantity = Quantity(hit.first, hit.last, count, most, most, qualifier, hit.first)
    reader.emit(hit, Group(hit.first, hit.last, "number", quantity, definite=True, bare=True))


def found_body(reader: Reader, hit: Hit) -> None:
    """ "a body was found", "the body found": one dead, of whom no more is told."""
    before = reader.clause.word(hit.first - 1)
    if before in reader.grammar.determiner and before not in reader.grammar.possessive:
        kind: Kind = "one" if before in reader.grammar.indefinite else "definite"
        body = Group(hit.first - 1, hit.last, kind, definite=kind == "definite")
        reader.emit(hit, body)


def event(reader: Reader, hit: Hit) -> bool:
    """ "the murder of two priests", "the mayor's murder"."""
    of = of_after(reader.words, hit.last, reader.sentence.last)
    if of is None:
        owner = reader.clause.owner(hit.first - 1)
        if owner is not None:
            reader.add(hit, [owner])
        return owner is not None
    objects = reader.clause.objects(of + 1)
    reader.add(hit, objects, as_object=True)
    return bool(objects)


def toll(reader: Reader, index: int, hit: Hit) -> None:
    """ "the death toll rose from 18 to 22", "bringing to 200 the number killed"."""
    by_word = {
        reader.clause.word(group.quantity.first - 1): group
        for group in reversed(_numbers_after(reader, index, hit))
        if group.quantity is not None
    }
    value = by_word.get("to") or next(
        (g for word, g in reversed(by_word.items()) if word not in ("by", "from")), None
    )
    value = value or _number_before(reader, hit)
    if value is None:
        return
    if "from" in by_word and not _RANGING.isdisjoint(reader.words[hit.last : value.first]):
        reader.emit(hit, _range(by_word["from"], value))
        return
    newest = reader.emit(hit, value, update="to" in by_word or _rises(reader, hit, value))
    earlier = by_word.get("from") or (by_word.get("at") if "to" in by_word else None)
    earlier = earlier or by_word.get("initial") or by_word.get("earlier")
    if earlier is not None and earlier is not value:
        reader.emit(hit, earlier, earlier=True, parent=newest)


def _range(low: Group, high: Group) -> Group:
    """ "the number killed ranges from 22 to 35"."""
    assert low.quantity is not None
    assert high.quantity is not None
    quantity = replace(high.quantity, low=low.quantity.low, best=None, qualifier="range")
    return replace(high, quantity=quantity)


def _rises(reader: Reader, hit: Hit, value: Group) -> bool:
    """Whether the verb between a toll and its number says that it changed."""
    return not _CHANGES.isdisjoint(reader.words[hit.last : max(value.first, hit.last)])


def _numbers_after(reader: Reader, index: int, hit: Hit) -> list[Group]:
    later = [h for h in reader.hits[index + 1 :] if h.trigger.form not in ("ing", "event_noun")]
    end = later[0].last if later else reader.sentence.last
    end = min(end, hit.last + _TOLL_REACH)
    return [g for g in reader.clause.groups if hit.last <= g.first < end and g.kind == "number"]


def _number_before(reader: Reader, hit: Hit) -> Group | None:
    """The number in "bringing to more than 200 the number killed"."""
    edge = hit.first
    while edge > reader.sentence.first and reader.words[edge - 1] in reader.grammar.determiner:
        edge -= 1
    left = reader.clause.left_adjacent(edge)
    if left is None or left.kind != "number" or reader.clause.word(left.first - 1) != "to":
        return None
    return left


def _none(reader: Reader, hit: Hit, begin: int) -> None:
    """ "no casualties" states 0; "no reports of casualties" states nothing."""
    before = max(begin - 6, reader.sentence.first)
    reported = not _REPORTS.isdisjoint(reader.words[before : hit.last])
    nobody = Group(begin - 1, hit.last, "zero")
    reader.emit(hit, nobody, none_reported=reported)
    if hit.trigger.inclusive:  # "no casualties": nobody hurt and nobody killed
        killed = Hit(replace(hit.trigger, measure="killed", inclusive=False), hit.first, hit.last)
        reader.emit(killed, nobody, none_reported=reported)


def _denied(reader: Reader, begin: int) -> bool:
    """Whether "no reports of" or "without" stands before the noun."""
    window = reader.words[max(begin - _NEAR, reader.sentence.first) : begin]
    return ("no" in window and not _REPORTS.isdisjoint(window)) or "without" in window[-3:]


def _is_news(reader: Reader, begin: int, hit: Hit) -> bool:
    """Whether the noun is a bare plural: "casualties"; not "his injuries", "the deaths"."""
    before = reader.clause.word(begin - 1)
    hurt = hit.trigger.measure == "injured" and not hit.trigger.inclusive
    if hurt and (before in reader.grammar.preposition or reader.suffered(hit)):
        return False  # "died from injuries", "suffered injuries"
    return reader.words[hit.last - 1].endswith("s") and before not in reader.grammar.determiner


def _told(reader: Reader, hit: Hit) -> bool:
    """Whether "casualties" are told of as a fact of an attack."""
    first = max(hit.first - _NEAR, reader.sentence.first)
    window = reader.words[first : min(hit.last + _NEAR, reader.sentence.last)]
    return not _TELLING.isdisjoint(window) and _AVOIDED.isdisjoint(window)


def _noun_begin(clause: Clause, i: int) -> int:
    """Steps back over the words that describe a counted noun: "civilian deaths"."""
    begin = i
    while begin > clause.sentence.first and i - begin < 4:
        word = clause.words[begin - 1]
        if word in clause.grammar.stop or word in clause.grammar.zero or word[0].isdigit():
            break
        if any(g.first < begin <= g.last for g in clause.groups):
            break
        begin -= 1
    return begin
