"""Claims of territorial control: who says that a place was taken. Never a fact of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.model import Claim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from transforms.model import Attribution, EventMention, PlaceMention
    from transforms.text import Doc

#: ACLED's sub-events in which a place changes hands.
SUB_EVENTS = frozenset(
    {
        "Government regains territory",
        "Non-state actor overtakes territory",
        "Non-violent transfer of territory",
    }
)


def claims(
    article_id: str,
    doc: Doc,
    events: Sequence[EventMention],
    places: Sequence[PlaceMention],
    speaker_of: Callable[[int, int], Attribution | None],
) -> Iterator[Claim]:
    """A claim for each sentence that says that a place was taken, with the words that say so."""
    told: set[int] = set()
    for event in events:
        sentence = doc.sentence_at(event.start)
        if event.sub_event_type not in SUB_EVENTS or sentence is None or sentence.start in told:
            continue
        inside = [p for p in places if sentence.start <= p.start and p.end <= sentence.end]
        if not inside:
            continue
        told.add(sentence.start)
        end = next((p.end for p in inside if p.start >= event.end), event.end)
        said = speaker_of(event.start, end)
        yield Claim(
            claim_id=f"{article_id}:c{event.start}-territorial_control",
            measure="territorial_control",
            low=None,
            best=None,
            high=None,
            qualifier="uncounted",
            scope="incident",
            relation="total",
            parent_claim_id=None,
            category="unknown",
            sex=None,
            age_group=None,
            speaker=said.speaker if said else None,
            speaker_role=said.role if said else None,
            certainty=said.certainty if said else "asserted",
            start=event.start,
            end=end,
            quote=doc.text[event.start : end],
        )
