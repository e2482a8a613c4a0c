"""Which incident a claim belongs to, where and when it happened, and what it cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from transforms.casualties import tolls
from transforms.model import Incident

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.casualties.resolve import Stated
    from transforms.model import ActorMention, DateMention, EventMention, PlaceMention
    from transforms.text import Doc


@dataclass(slots=True)
class Draft:
    """An incident while its claims are gathered."""

    sentences: set[int]
    stated: list[Stated] = field(default_factory=list)


def assemble(
    article_id: str,
    doc: Doc,
    stated: Sequence[Stated],
    places: Sequence[PlaceMention],
    dates: Sequence[DateMention],
    events: Sequence[EventMention],
    actors: Sequence[ActorMention],
) -> list[Incident]:
    """The incidents of an article, in the order in which it tells of them."""
    told = [s for s in stated if s.claim.scope == "incident"]
    if not told:
        return []
    draft = Draft({s.sentence for s in told}, list(told))
    return [_incident(f"{article_id}:i1", doc, draft, places, dates, events, actors)]


def _incident(
    incident_id: str,
    doc: Doc,
    draft: Draft,
    places: Sequence[PlaceMention],
    dates: Sequence[DateMention],
    events: Sequence[EventMention],
    actors: Sequence[ActorMention],
) -> Incident:
    found = tolls.of(doc, draft.stated)
    rules = {measure: toll.rule for measure, toll in found.items()}
    return Incident(
        incident_id=incident_id,
        date=next((d for d in dates if d.date_start), None),
        place=next((p for p in places if p.geoname_id is not None), None),
        sub_event_type=events[0].sub_event_type if events else None,
        weapon=next((e.weapon for e in events if e.weapon), None),
        actors=tuple(dict.fromkeys(a.name for a in actors)),
        tolls={measure: toll.count for measure, toll in found.items()},
        claim_ids=tuple(s.claim.claim_id for s in draft.stated),
        rules=dict(rules),
    )
