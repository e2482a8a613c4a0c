"""Wholes and their parts among the figures of a sentence and of those before it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.casualties.free.lexicon import FreeLexicon
    from transforms.casualties.mentions import Mention
    from transforms.casualties.phrases import Group
    from transforms.text import Doc

#: A list has more members than that.
_SEVERAL = 2


def broken_down(mentions: Sequence[Mention]) -> None:
    """ "загинули троє: батько і двоє синів": the first number is the others' sum."""
    for at in {m.first for m in mentions if m.part}:
        whole, *rest = (m for m in mentions if m.first == at and not m.subset)
        if rest and size(whole) > 1 and size(whole) == sum(map(size, rest)):
            whole.part = False
            for mention in rest:
                mention.part, mention.subset, mention.parent = False, True, whole


def without_casualties(mentions: list[Mention]) -> None:
    """ "постраждали 48: троє загинули, 45 поранені": the first figure is of both."""
    hurt = [m for m in mentions if m.measure == "injured" and not m.subset]
    dead = [m for m in mentions if m.measure == "killed" and not m.subset]
    if len(hurt) == _SEVERAL and len(dead) == 1:
        both = size(hurt[1]) + size(dead[0])
        if hurt[0].first < dead[0].first and size(hurt[0]) == both > size(hurt[1]) > 0:
            mentions.remove(hurt[0])


def restated(mentions: Sequence[Mention], before: Sequence[Mention]) -> None:
    """ "Четверо поранені. Постраждали троє жінок і чоловік": the parts of a figure before."""
    rest = [m for m in mentions if not m.subset]
    if len(rest) < _SEVERAL:
        return
    for whole in before:
        near = whole.sentence == rest[0].sentence
        own = [m for m in rest if m.measure == whole.measure and (m.part or near)]
        own = [m for m in own if m.first > whole.first and not whole.part]
        if len(own) > 1 and size(whole) == sum(map(size, own)):
            for mention in own:
                mention.part, mention.subset, mention.parent = False, True, whole


def superseded(mentions: Sequence[Mention]) -> None:
    """ "зросла з 10 до 12": the earlier figure belongs to the later one of the same word."""
    for mention in mentions:
        if mention.earlier and mention.parent is None:
            later = [m for m in mentions if m.first == mention.first and not m.earlier]
            mention.parent = later[0] if later else None


def only_ones(mentions: Sequence[Mention]) -> None:
    """A figure that was told earlier is the figure where no later one is told."""
    later = {m.measure for m in mentions if not m.earlier}
    for mention in mentions:
        if mention.earlier and mention.measure not in later:
            mention.earlier = False


def exactly(doc: Doc, lexicon: FreeLexicon, group: Group) -> Group:
    """ "до п'яти зросла кількість": as many as that, which is no bound."""
    quantity = group.quantity
    if quantity is None or quantity.qualifier != "at_most":
        return group
    if doc.lower[quantity.first] not in lexicon.numbers.grammar.rise_to:
        return group
    value = quantity.high
    return replace(group, quantity=replace(quantity, low=value, best=value, qualifier="exact"))


def as_told(group: Group, *, subset: bool, partitive: bool) -> Group:
    """People as the words around them tell: a part of others, or some of them."""
    if (group.subset, group.partitive) == (subset, partitive):
        return group
    return replace(group, subset=subset, partitive=partitive)


def is_sum(groups: Sequence[Group]) -> bool:
    """Whether the first of several groups is as many as all the others together."""
    counts = [count(group) for group in groups]
    return len(counts) > _SEVERAL and 0 not in counts and counts[0] == sum(counts[1:])


def size(mention: Mention) -> int:
    """How many people a mention tells of; 0 where no number says it."""
    return 0 if mention.group is None else count(mention.group)


def count(group: Group) -> int:
    """How many people a group is; 0 where no number says it."""
    if group.kind == "zero":
        return 0
    if group.quantity is not None:
        return group.quantity.best or 0
    return 0 if group.plural else 1
