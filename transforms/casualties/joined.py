"""Victims joined on behind a casualty word: "and then himself", "along with her two sons"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.casualties.phrases import Group

if TYPE_CHECKING:
    from transforms.casualties.mentions import Hit
    from transforms.casualties.reader import Reader

REFLEXIVE = frozenset(("himself", "herself", "themselves", "itself"))
_LINKS = frozenset(("and", "then", ",", "also", "finally", "later", "before", "killing"))
#: What joins more victims on: "along with her sons", "as were three children".
_JOINING = frozenset(
    (("along", "with"), ("together", "with"), ("as", "were"), ("as", "was"), ("as", "did"))
)
#: "was killed on Monday in Kut along with": words between the verb and what is joined on.
_REACH = 10


def read(reader: Reader, index: int) -> None:
    """Adds the people joined on behind one trigger to those under it."""
    hit = reader.hits[index]
    groups = [m.group for m in reader.mentions if m.first == hit.first and m.group is not None]
    if not groups:
        return
    end = max(hit.last, *(group.last for group in groups))
    more = [*_oneself(reader, hit, groups, end), *_alongside(reader, index, end)]
    known = [m for m in reader.mentions if m.first == hit.first and not m.subset]
    if not more or not known or any(m.negated or m.joint for m in known):
        return
    for mention in known:
        mention.part = True
    for group in more:
        reader.emit(hit, group, part=True)
        reader.clause.object_starts.add(group.first)


def _oneself(reader: Reader, hit: Hit, groups: list[Group], end: int) -> list[Group]:
    """ "killed four classmates and himself": the one who did it is a victim too."""
    i = end
    while reader.clause.word(i) in _LINKS:
        i += 1
    active = all(group.first >= hit.last for group in groups)
    killed = hit.trigger.measure == "killed"  # who "shot her and then himself" may live
    if i == end or not active or not killed or reader.clause.word(i) not in ("himself", "herself"):
        return []
    return [Group(i, i + 1, "one", bare=True)]


def _alongside(reader: Reader, index: int, end: int) -> list[Group]:
    """ "was killed along with her two sons", "were found dead, as were three children"."""
    following = reader.hits[index + 1].first if index + 1 < len(reader.hits) else end + _REACH
    for i in range(end, min(end + _REACH, following, reader.sentence.last - 2)):
        if reader.words[i] in (";", "who", "which"):
            return []
        if (reader.words[i], reader.words[i + 1]) in _JOINING:
            found = reader.clause.objects(i + 2)
            return [g for g in found if g.kind in ("number", "one", "name")]
    return []
