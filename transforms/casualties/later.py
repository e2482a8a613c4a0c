"""Who died after they were counted among the hurt: one more dead than a figure stated before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.casualties.one_by_one import words as told_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.casualties.resolve import Stated
    from transforms.model import Claim
    from transforms.text import Doc

#: They stand within so many words of those who died.
_NEAR = 3


def died(doc: Doc, told: Sequence[Stated]) -> list[Stated]:
    """The claims of deaths among the hurt: "one of the injured died", "one of them has since died".

    "One of the victims died" may tell again of the one dead, and "five were shot, one of them
    fatally" tells of all who were hit: neither is more than what was told before.
    """
    hit = {s.claim.claim_id for s in told if s.mention.inclusive}
    return [
        s
        for s in told
        if s.claim.measure == "killed"
        and s.whole is not None
        and s.whole.claim_id not in hit
        and _of_those_alive(doc, s, s.whole)
    ]


def _of_those_alive(doc: Doc, item: Stated, whole: Claim) -> bool:
    group = item.mention.group
    if group is None or not group.partitive or item.mention.subset:
        return False
    if whole.measure == "injured":
        return not told_by(doc.language).later.isdisjoint(_words_about(doc, item))
    return whole.measure != "killed"  # "34 were rescued; one of them died"


def _words_about(doc: Doc, item: Stated) -> list[str]:
    """The words from a group of people to what befell them, and those beside."""
    group, mention = item.mention.group, item.mention
    assert group is not None
    first, last = min(group.first, mention.first), max(group.last, mention.last)
    return doc.lemma[max(first - _NEAR, 0) : last + _NEAR]
