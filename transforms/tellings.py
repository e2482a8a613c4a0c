"""What each sentence of an article tells of incidents: claims, attack words, places, days.

A sentence that puts its victims in several places is cut: "у Нікополі двоє поранених, у Марганці –
один". A line that is nothing but a place is the place of the sentence below it.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

from transforms import roles, scenes, where_when
from transforms.casualties import scope
from transforms.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from transforms.casualties.resolve import Stated
    from transforms.model import DateMention, EventMention, PlaceMention
    from transforms.scenes import Scenes
    from transforms.text import Doc

    Spanned = TypeVar("Spanned", DateMention, EventMention)

#: Told of the hurt where they are brought and of suspects where they are found.
AFTERWARDS = frozenset({"hospitalised", "critically_injured", "captured"})
_CLAUSE_ENDS = frozenset((",", ";"))


@record
class Told:
    """What one sentence tells, or the part of it that is told of one place."""

    number: int
    stated: tuple[Stated, ...]
    events: tuple[EventMention, ...]
    places: tuple[PlaceMention, ...]
    dates: tuple[DateMention, ...]
    elsewhere: bool
    opens: bool  # its place stands at the head of a paragraph: "In Kherson, …"
    cut: bool = False  # from what the sentence tells of another place before


def read(
    doc: Doc,
    scene: Scenes,
    stated: Sequence[Stated],
    places: Sequence[PlaceMention],
    dates: Sequence[DateMention],
    events: Sequence[EventMention],
) -> Iterator[Told]:
    """The sentences that tell of incidents, in the order of the text."""
    by_sentence: dict[int, list[Stated]] = {}
    for item in stated:
        if item.claim.scope == "incident":
            by_sentence.setdefault(item.sentence, []).append(item)
    place_at = where_when.by_sentence(doc, places)
    date_at = where_when.by_sentence(doc, dates)
    event_at = where_when.by_sentence(doc, events)
    for number in sorted({*by_sentence, *event_at}):
        if number not in by_sentence and scope.is_remembered(doc, doc.sentences[number]):
            continue
        own: Sequence[PlaceMention] = place_at.get(number, ())
        if not any(scenes.located(place) for place in own):
            own = _above(doc, number, place_at, date_at, {*by_sentence, *event_at}) or own
        told = Told(
            number,
            tuple(by_sentence.get(number, ())),
            tuple(event_at.get(number, ())),
            tuple(own),
            tuple(date_at.get(number, ())),
            where_when.tells_elsewhere(doc, number),
            where_when.opens_paragraph(doc, number, own),
        )
        yield from _cut(doc, scene, told)


def _above(
    doc: Doc,
    number: int,
    place_at: Mapping[int, Sequence[PlaceMention]],
    date_at: Mapping[int, Sequence[DateMention]],
    telling: set[int],
) -> Sequence[PlaceMention]:
    """The places of the sentence above that is nothing but a place, with its day: "Sumy. …"."""
    above = number - 1
    places = place_at.get(above, ())
    if not places or above in telling:
        return ()
    named: list[PlaceMention | DateMention] = [*places, *date_at.get(above, ())]
    return places if where_when.is_heading(doc, doc.sentences[above], named) else ()


def _cut(doc: Doc, scene: Scenes, told: Told) -> Iterator[Told]:
    """The parts of a sentence by the places where it puts its victims; itself if it has one."""
    several = len(told.stated) > 1 and len(told.places) > 1
    spots = _spots(scene, told.places) if several else []
    last = max((s.claim.end for s in told.stated), default=0)
    last = max(last, spots[-1].end) if spots else last
    clauses = _Clauses(doc, told.number, spots, last) if len(spots) > 1 else None
    owners = _owners(clauses, told.stated) if clauses else {}
    used = [spot for spot in spots if any(spot is owner for owner in owners.values())]
    if clauses is None or len(used) < 2:
        yield told
        return
    for order, spot in enumerate(used):
        yield Told(
            told.number,
            tuple(s for s in told.stated if owners[s.claim.claim_id] is spot),
            tuple(clauses.belonging(told.events, spot)),
            (spot,),
            tuple(clauses.belonging(told.dates, spot)),
            told.elsewhere and order == 0,
            told.opens and order == 0,
            cut=order > 0,
        )


def _spots(scene: Scenes, places: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The places of a sentence at which things happened, none of which holds another."""
    at = [p for p in places if scene.knows(p) and scene.part(p) == roles.SCENE]
    at = [p for p in at if scenes.located(p)]
    outer = {
        id(one if scenes.holds(one, other) else other)
        for one, other in combinations(at, 2)
        if scenes.holds(one, other) or scenes.holds(other, one) or scenes.same(one, other)
    }
    return [p for p in at if id(p) not in outer]


def _owners(clauses: _Clauses, stated: Sequence[Stated]) -> dict[str, PlaceMention]:
    """The place of each claim; none where a total is broken down by places.

    Only of the dead and hurt, and of those missing, does a place make another incident.
    """
    owners = {s.claim.claim_id: clauses.scene(s.claim.start, s.claim.end) for s in stated}
    told = [owners[s.claim.claim_id] for s in stated if s.claim.measure not in AFTERWARDS]
    for item in stated:
        if item.claim.measure in AFTERWARDS and told:
            owners[item.claim.claim_id] = told[0]
    for item in stated:
        whole = owners.get(item.claim.parent_claim_id or "")
        if whole is not None and whole is not owners[item.claim.claim_id]:
            if clauses.own(item.claim.start):
                return {}
            owners[item.claim.claim_id] = whole
    return owners


class _Clauses:
    """The clauses of a sentence, asked which of its places something in it is told of."""

    def __init__(self, doc: Doc, number: int, spots: list[PlaceMention], last: int) -> None:
        sentence = doc.sentences[number]
        marks = range(sentence.first, sentence.last)
        self.spots = spots
        self.last = last
        self.starts = [
            sentence.start,
            *(doc.ends[t] for t in marks if doc.words[t] in _CLAUSE_ENDS),
        ]

    def own(self, offset: int) -> list[PlaceMention]:
        """The places of the clause that holds a character."""
        clause = bisect_right(self.starts, offset)
        return [p for p in self.spots if bisect_right(self.starts, p.start) == clause]

    def scene(self, start: int, end: int) -> PlaceMention:
        """The place of what stands in ``text[start:end]``; one for places that are one scene."""
        spot = self.spot(start, end)
        return next(other for other in self.spots if other is spot or not scenes.apart(other, spot))

    def spot(self, start: int, end: int) -> PlaceMention:
        """The place of what stands in ``text[start:end]``.

        In a clause with places it is the last one before, else the one after; a clause without
        any goes on about the place before it.
        """
        own = self.own(start) or self.own(end - 1)
        before = [p for p in own or self.spots if p.start < start]
        return before[-1] if before else (own or self.spots)[0]

    def belonging(self, mentions: Sequence[Spanned], spot: PlaceMention) -> list[Spanned]:
        """What is told of a place, or else of all: before the first place or behind the last."""
        outside = [m for m in mentions if m.start < self.spots[0].start or m.start > self.last]
        own = [m for m in mentions if self.scene(m.start, m.end) is spot and m not in outside]
        return own or outside
