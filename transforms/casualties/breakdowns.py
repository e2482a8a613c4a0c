"""How many of those told of were what: "including a child", "five of them were soldiers"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.casualties.mentions import Mention
    from transforms.casualties.phrases import Group
    from transforms.casualties.reader import Reader

#: "of the": words between a part and the whole.
_OF_THE = 2
_THEM = frozenset(("them", "whom"))
_DASHES = frozenset((",", "-", "–", "—"))


def add(reader: Reader) -> None:
    """Adds the parts that no casualty word of their own tells of, and describes the others."""
    _inside(reader)
    _predicates(reader)
    for mention in reader.mentions:
        _describe(reader, mention)


def add_after(reader: Reader, before: Sequence[Mention]) -> None:
    """ "Twenty people were killed. Five of them were soldiers": a sentence of a part alone.

    Args:
        reader: the sentence, in which no casualty word stands.
        before: the mentions of the sentence before it.
    """
    wholes = [m for m in before if m.group is not None and m.group.plural and not m.subset]
    if not wholes or len({m.measure for m in wholes}) > 1:
        return
    for group in reader.clause.groups[:1]:
        what = _predicate(reader, group)
        if group.first == reader.sentence.first and what is not None and _elliptical(group):
            part = replace(
                wholes[-1],
                group=group,
                first=group.last,
                last=group.last,
                sentence=reader.number,
                described=what,
                parent=wholes[-1],
                subset=True,
                part=False,
                update=False,
                joint=False,
            )
            reader.mentions.append(part)
            _predicates(reader)


def _elliptical(group: Group) -> bool:
    """Whether a number goes back to people told of before: "three were", "three of them were"."""
    return group.kind == "number" and (group.bare or group.partitive)


def _inside(reader: Reader) -> None:
    """ "killing nine people, including a child", "eleven killed: nine men and two women"."""
    for group in reader.clause.groups:
        counted = _of_those_counted(reader, group)
        whole = counted or reader.whole_before(group)
        if group.first in reader.taken or whole is None or whole.group is None:
            continue
        if group.kind == "plural" or _says_little(group):
            continue  # "most of them women" states no number
        apposed = group.partitive and reader.clause.word(group.first - 1) in _DASHES
        if apposed or counted or group.subset or _listed(reader, group) or _next(reader, group):
            _add_part(reader, group, whole)


def _next(reader: Reader, group: Group) -> bool:
    """ "two of them in Tulkarm and one near Nablus": the next of the same people."""
    last = reader.mentions[-1]
    beside = reader.clause.word(group.last) in ("in", "at", "near", "on", "from")
    joined = reader.clause.word(group.first - 1) in ("and", ",")
    partitive = last.subset and last.group is not None and last.group.partitive
    return group.bare and beside and joined and partitive


def _add_part(reader: Reader, group: Group, whole: Mention) -> Mention:
    reader.taken.add(group.first)
    part = replace(whole, group=group, subset=True, part=False, update=False, parent=whole)
    reader.mentions.append(part)
    return part


def _says_little(group: Group) -> bool:
    """ "many of them beyond recognition": neither a number nor who they are."""
    quantity = group.quantity
    return group.person is None and quantity is not None and quantity.qualifier == "vague"


def _of_those_counted(reader: Reader, group: Group) -> Mention | None:
    """ "nine of the 14 dead": the people counted right after "of"."""
    if not group.partitive or reader.clause.word(group.last) != "of":
        return None
    after = [m for m in reader.mentions if m.group and m.group.first >= group.last]
    first = after[0].group if after else None
    return after[0] if first is not None and first.first - group.last <= _OF_THE else None


def _listed(reader: Reader, group: Group) -> bool:
    """Whether a colon right after the verb opens a list of which this group is an item."""
    words, first = reader.words, reader.sentence.first
    if group.kind not in ("number", "name") or ":" not in words[first : group.first]:
        return False
    colon = max(i for i in range(first, group.first) if words[i] == ":")
    return any(hit.last == colon for hit in reader.hits) and not any(
        hit.first >= colon for hit in reader.hits
    )


def _predicates(reader: Reader) -> None:
    """ "ten of the dead were soldiers; five were porters": who the next of them were."""
    for group in reader.clause.groups:
        if group.first in reader.taken or not _elliptical(group):
            continue
        told = [m for m in reader.mentions if m.group and m.group.last <= group.first]
        if not told or _predicate(reader, group) is None:
            continue
        last = told[-1]
        part = _add_part(reader, group, last)
        part.first = part.last = group.last
        part.parent = last.parent if last.subset else last


def _predicate(reader: Reader, group: Group) -> Group | None:
    """The noun after "were" that says who some people are."""
    clause = reader.clause
    i = group.last
    while i < reader.sentence.last and clause.word(i) in reader.grammar.adverb:
        i += 1
    what = clause.objects(i + 1)[:1] if clause.is_be(i) else []
    return what[0] if what and what[0].person is not None and not what[0].partitive else None


def _describe(reader: Reader, mention: Mention) -> None:
    """Notes the words that say who a mention's people are, beside their own noun."""
    group = mention.group
    if group is None or not (group.partitive or group.bare):
        return
    mention.described = _predicate(reader, group) or _apposed(reader, group)
    if group.partitive and reader.words[group.last - 1] in _THEM:
        mention.antecedent = _antecedent(reader, group)


def _apposed(reader: Reader, group: Group) -> Group | None:
    """ "one of them, an infant, died"."""
    if not group.partitive or reader.clause.word(group.last) != ",":
        return None
    after = [g for g in reader.clause.groups if g.first == group.last + 1]
    closed = bool(after) and reader.clause.word(after[0].last) == ","
    return after[0] if closed and after[0].person is not None else None


def _antecedent(reader: Reader, group: Group) -> Group | None:
    """The people whom "them" takes up, if nothing has befallen them before in the sentence."""
    before = [g for g in reader.clause.groups if g.last <= group.first and g.plural and g.person]
    if not before or any(g.first in reader.taken for g in before):
        return None
    return before[-1]
