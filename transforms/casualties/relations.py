"""Which claims of an incident tell of people whom a figure before them counts already."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from transforms.casualties import accounts, figures, persons, tolls
from transforms.casualties.resolve import WHOLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from transforms.casualties.resolve import Stated
    from transforms.model import Claim, Count, Incident, Measure

_COUNTED_ONE_BY_ONE = ("killed", "injured")
_OF_THE_HURT = ("hospitalised", "critically_injured")


def settled(stated: Sequence[Stated], incidents: Iterable[Incident], language: str) -> list[Claim]:
    """The claims, those that repeat a part of a figure as its subsets.

    Args:
        stated: all claims of an article, in the order of the text.
        incidents: the incidents that they were put to, with their tolls.
        language: the article's, by its code.
    """
    known = {item.claim.claim_id: item for item in stated}
    inside: dict[str, Claim] = {}
    for incident in incidents:
        own = [known[claim_id] for claim_id in incident.claim_ids if claim_id in known]
        for number, item in enumerate(own):
            whole = _whole(item, own[:number], incident.tolls, language)
            if whole is not None:
                inside[item.claim.claim_id] = whole
    return [_within(item.claim, inside.get(item.claim.claim_id)) for item in stated]


def _within(claim: Claim, whole: Claim | None) -> Claim:
    if whole is None:
        return claim
    return replace(claim, relation="subset", parent_claim_id=whole.claim_id)


def _whole(
    item: Stated, before: Sequence[Stated], found: dict[Measure, Count], language: str
) -> Claim | None:
    """The figure that counts a claim's people; None where they are people of their own."""
    claim = item.claim
    if claim.relation != "total" or figures.is_more(item):
        return None
    if claim.measure in _OF_THE_HURT and _bare(item):
        return _last(before, item, WHOLES[claim.measure])
    if claim.measure not in _COUNTED_ONE_BY_ONE:
        return None
    if not persons.single(item) and not tolls.is_witness(claim.speaker, language):
        return None
    whole = _last(before, item, (claim.measure,))
    toll = found.get(claim.measure)
    if whole is None or toll is None or (whole.best or 0) < (toll.best or 0):
        return None  # the toll counts the person besides the figure
    if accounts.camp(claim.category) == "rebels" != accounts.camp(whole.category):
        return None  # "a bomber blew himself up, killing five people"
    return whole if (claim.best or 0) < (whole.best or 0) else None


def _bare(item: Stated) -> bool:
    """ "several were in critical condition": a number that goes back to those told of before."""
    group = item.mention.group
    return group is not None and group.bare


def _last(before: Sequence[Stated], item: Stated, measures: Sequence[Measure]) -> Claim | None:
    """The last figure of several people in a sentence before the claim's."""
    figures = [
        s.claim
        for s in before
        if s.claim.measure in measures
        and s.sentence < item.sentence
        and (s.claim.best or s.claim.high or 0) > 1
        and s.claim.relation != "subset"
        and not s.mention.earlier
    ]
    return figures[-1] if figures else None
