"""Figures of different camps are of different people: soldiers and rebels are added, not compared.

An account is what one speaker says of all sides: "the army said that it had killed 80 rebels for
the loss of nine soldiers" is 89 dead, to be set against the rebels' own 132.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from transforms.casualties.figures import Statement
    from transforms.model import Category

#: Nobody is of two camps; a journalist or a nurse is a civilian too.
_CAMPS: dict[Category, str] = {
    "militant": "rebels",
    "military": "forces",
    "police": "forces",
    "civilian": "civilians",
    "medical": "civilians",
    "journalist": "civilians",
    "aid_worker": "civilians",
    "official": "civilians",
}
_NAMES = frozenset(_CAMPS.values())
#: The people of several camps together: a whole account.
ALL = "all"


def camp(category: Category) -> str | None:
    """The camp of a category of victims, None where it is not known."""
    return _CAMPS.get(category)


def apart(category: Category, name: str | None) -> bool:
    """Whether somebody of a category cannot be of a camp: a guard is not one of two rebels."""
    return name not in (None, ALL) and _CAMPS.get(category, name) != name


def added(
    found: Sequence[Statement],
    chosen: Callable[[list[Statement]], Statement | None],
    add: Callable[[list[Statement]], Statement],
) -> list[Statement]:
    """Statements with those of different camps by one speaker made one.

    Args:
        found: figures of one measure in one incident.
        chosen: picks the figure to believe among those of one camp.
        add: makes one statement of several.
    """
    camps = [s for s in found if s.camp in _NAMES and s.total and not s.update and s.count.best]
    plain = [s for s in found if s not in camps]
    if len({s.camp for s in camps}) < 2:
        return list(found)
    accounts = []
    for speaker in dict.fromkeys(s.speaker for s in camps):
        told = _of_each_camp([s for s in camps if s.speaker == speaker], chosen)
        known = {s.camp for s in told}
        others = [s for s in camps if s.speaker != speaker and s.camp not in known]
        accounts.append(add(told + _of_each_camp(others, chosen)))
    return plain + accounts


def _of_each_camp(
    found: list[Statement], chosen: Callable[[list[Statement]], Statement | None]
) -> list[Statement]:
    best = (chosen([s for s in found if s.camp == name]) for name in {s.camp: None for s in found})
    return [s for s in best if s is not None]
