"""What a passage states of casualties, before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from transforms.record import record

if TYPE_CHECKING:
    from transforms.casualties.lexicon import Trigger
    from transforms.casualties.phrases import Group
    from transforms.model import Measure


@dataclass(slots=True)
class Mention:
    """One group of people under one measure. Token positions are those of the document."""

    measure: Measure
    group: Group | None
    first: int  # of the trigger
    last: int
    sentence: int
    form: str
    inclusive: bool = False
    subset: bool = False  # part of another mention's people, not to be added
    part: bool = False  # one of several groups that add up
    negated: bool = False
    joint: bool = False  # "killed or wounded 20": the number covers several measures
    vague: bool = False  # "casualties were reported": no number at all
    none_reported: bool = False
    earlier: bool = False  # the 18 in "rose from 18 to 22"
    update: bool = False
    also: bool = False  # "were also killed": more than those told of before
    own: bool = False  # "turned the gun on himself": by the dead one's own hand
    parent: Mention | None = None
    described: Group | None = None  # "ten of the dead were soldiers", "one of them, an infant"
    antecedent: Group | None = None  # the rebels of "pursued the rebels and killed two of them"


@record
class Hit:
    """A trigger of the lexicon over tokens ``first:last``."""

    trigger: Trigger
    first: int
    last: int
