"""Which incident a claim belongs to, where and when it happened, and what it cost.

An article is walked sentence by sentence. A sentence goes on about the incident before it unless
its words, its place or its day say that another begins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from transforms import roles, scenes, sides, tellings, territory, where_when
from transforms.casualties import accounts, figures, tolls
from transforms.model import Incident

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from transforms.casualties.resolve import Stated
    from transforms.model import (
        ActorMention,
        ActorRole,
        Claim,
        DateMention,
        EventMention,
        PlaceMention,
    )
    from transforms.tellings import Told
    from transforms.text import Doc

#: Sub-events that are an incident by themselves, when the text gives them a place and a day.
_ALONE = frozenset(
    {
        "Air/drone strike",
        "Shelling/artillery/missile attack",
        "Suicide bomb",
        "Remote explosive/landmine/IED",
        "Grenade",
        "Chemical weapon",
        "Armed clash",
        "Attack",
        "Abduction/forced disappearance",
        "Government regains territory",
        "Non-state actor overtakes territory",
        "Non-violent transfer of territory",
    }
)
#: Event words within so many characters of the first, or of a claim, weigh more.
_LEAD = 200
#: A toponym resolved with less than this begins no incident.
_SURE = 0.5


@dataclass(slots=True)
class Draft:
    """An incident while its sentences are gathered."""

    sentences: list[int]
    stated: list[Stated] = field(default_factory=list)
    events: list[EventMention] = field(default_factory=list)
    place: PlaceMention | None = None
    sure: bool = False  # the place is told as a scene
    date: DateMention | None = None
    opens: bool = False
    at: bool = False  # a sentence tells of an attack at the place

    @property
    def territory(self) -> bool:
        """Whether it is a claim of territorial control."""
        return bool(self.events) and self.events[0].sub_event_type in territory.SUB_EVENTS


def assemble(
    article_id: str,
    doc: Doc,
    stated: Sequence[Stated],
    places: Sequence[PlaceMention],
    dates: Sequence[DateMention],
    events: Sequence[EventMention],
    actors: Sequence[ActorMention],
    control: Sequence[Claim] = (),
    headline: Sequence[PlaceMention] = (),
    parts: Sequence[ActorRole] = (),
) -> list[Incident]:
    """The incidents of an article, in the order in which it tells of them.

    Args:
        article_id: what the incidents' ids begin with.
        doc: the text.
        stated: the article's claims; only those of scope "incident" are told of incidents.
        places: all toponyms.
        dates: all dates.
        events: all attack words.
        actors: all armed actors.
        control: claims of territorial control.
        headline: the places that the article's title names.
        parts: what is told of actors' parts in attacks.
    """
    evidence = where_when.Evidence(doc, places, dates, headline)
    drafts: list[Draft] = []
    current: Draft | None = None
    for told in tellings.read(doc, evidence.scenes, stated, places, dates, events):
        current = _assign(evidence, told, drafts, current)
    kept = [d for d in drafts if d.stated or _stands_alone(d)]
    for number, draft in enumerate(drafts):
        draft.events = draft.events or _told_above(draft, drafts[:number], evidence)
    lead = next((d for d in drafts if d.date is not None), None)
    actors_at = where_when.by_sentence(doc, actors)
    owner = {number: draft for draft in drafts for number in draft.sentences}
    parts_of = sides.parts(doc, {number: id(draft) for number, draft in owner.items()}, parts)
    return [
        _incident(
            f"{article_id}:i{number}",
            draft,
            evidence,
            actors_at,
            lead,
            control,
            parts_of.get(id(draft), ()),
            first=number == 1,
            only=len(kept) == 1,
        )
        for number, draft in enumerate(kept, 1)
    ]


def _assign(
    evidence: where_when.Evidence, told: Told, drafts: list[Draft], current: Draft | None
) -> Draft | None:
    """Puts a sentence to the incident that it tells of; returns the incident told of now."""
    place = evidence.scenes.of(told.places)
    if current is not None and place is not None and roles.names_hospital(evidence.doc, place):
        place = None  # "died at Mount Sinai Hospital": where the wounded are taken
    sure = place if place is not None and evidence.scenes.is_scene(place) else None
    day = where_when.day(evidence.doc, told.dates, telling=_of_territory(told))
    known = _same_place(drafts, sure)
    if current is None or _begins(evidence.doc, told, sure, day, current, known):
        current = known if known is not None and not told.elsewhere else None
        if current is None:
            current = Draft([], opens=told.opens)
            drafts.append(current)
    elif known is not None:
        current = known
    _extend(current, told, place, day, sure=sure is not None)
    if sure is not None and sure is current.place:
        current.at = current.at or _at(evidence.doc, told, sure)
    return current


def _same_place(drafts: list[Draft], place: PlaceMention | None) -> Draft | None:
    if place is None:
        return None
    for draft in reversed(drafts):
        if draft.place is not None and draft.sure and scenes.same(draft.place, place):
            return draft
    return None


def _begins(
    doc: Doc,
    told: Told,
    place: PlaceMention | None,
    day: DateMention | None,
    current: Draft,
    known: Draft | None,
) -> bool:
    """Whether a sentence begins another incident than the one told of before it."""
    if told.elsewhere and (told.stated or place is not None):
        return True
    if known is not None:
        return False
    changes = _of_territory(told) != current.territory
    if changes and not told.stated and place is not None:
        return True
    if where_when.is_long_before(day, current.date) and figures.differ(told.stated, current.stated):
        return True  # "on 9 May a blast at another party killed two"
    if place is None or current.place is None or not current.sure:
        return False
    if scenes.holds(current.place, place) or scenes.holds(place, current.place):
        return False
    leads = where_when.heads(doc, place)
    later = all(item.claim.measure in tellings.AFTERWARDS for item in told.stated)
    distant = scenes.apart if told.cut or (leads and not later) else scenes.far
    if not distant(current.place, place) or place.score < _SURE:
        return False
    if not told.stated:
        return _at(doc, told, place) or (day is not None and bool(_alone(told)))
    if later and not told.opens:
        return False  # the wounded are taken to hospitals elsewhere
    other_day = where_when.apart(day, current.date)
    return not all(
        _goes_on(item, current, other_day=other_day, place_leads=leads and not later)
        for item in told.stated
    )


def _at(doc: Doc, told: Told, place: PlaceMention) -> bool:
    """Whether a sentence tells of an attack at a place: after it, or with the place at its head.

    "The garrison in Djibo ran into an ambush" does not put the ambush there.
    """
    heads = where_when.heads(doc, place)
    return any(_is_told(e) and (heads or e.start < place.start) for e in _alone(told))


def _is_told(event: EventMention) -> bool:
    """Whether a word says that it happened ("attacked") or of what kind it was ("air strike")."""
    return event.sub_event_type != "Attack" or event.text.lower().endswith("ed")


def _goes_on(item: Stated, draft: Draft, *, other_day: bool, place_leads: bool) -> bool:
    """Whether a claim takes up people or a figure of the incident told of before."""
    group = item.mention.group
    if group is None:
        return False
    if group.kind in ("definite", "pronoun") or group.definite:
        return not other_day  # "raided a village on Thursday and shot dead the imam"
    if place_leads and item.claim.best == 1:
        return False  # "in B a guard was killed", after the woman who was killed in A
    return group.kind != "zero" and any(
        known.claim.measure == item.claim.measure
        and (known.claim.low, known.claim.best) == (item.claim.low, item.claim.best)
        for known in draft.stated
    )


def _of_territory(told: Told) -> bool:
    return bool(told.events) and told.events[0].sub_event_type in territory.SUB_EVENTS


def _alone(told: Told) -> list[EventMention]:
    return [event for event in told.events if event.sub_event_type in _ALONE]


def _extend(
    draft: Draft,
    told: Told,
    place: PlaceMention | None,
    day: DateMention | None,
    *,
    sure: bool,
) -> None:
    draft.sentences.append(told.number)
    draft.stated.extend(told.stated)
    draft.events.extend(told.events)
    if place is not None and (
        draft.place is None
        or (sure and not draft.sure)
        or (scenes.holds(draft.place, place) and draft.place.geoname_id != place.geoname_id)
    ):
        draft.place, draft.sure = place, sure
    if draft.date is None:
        draft.date = day


def _stands_alone(draft: Draft) -> bool:
    """An attack without a figure is an incident when it has a place and a day of its own."""
    return (
        draft.place is not None
        and (draft.date is not None or draft.opens or draft.at)
        and (draft.territory or scenes.is_fine(draft.place))
        and any(event.sub_event_type in _ALONE for event in draft.events)
    )


def _incident(
    incident_id: str,
    draft: Draft,
    evidence: where_when.Evidence,
    actors_at: Mapping[int, Sequence[ActorMention]],
    lead: Draft | None,
    control: Sequence[Claim],
    parts: tuple[ActorRole, ...],
    *,
    first: bool,
    only: bool,
) -> Incident:
    found = tolls.of(evidence.doc, draft.stated)
    place, place_rule = evidence.place(draft.sentences, draft.place, first=first, only=only)
    day, day_rule = evidence.date(draft.sentences, draft.date, first=first, only=only)
    if day is None and lead is not None and _shares_day(lead, draft, evidence):
        day, day_rule = lead.date, "the day of the incident that the article opens with"
    above = evidence.day_above(draft.sentences[0]) if day is None else None
    if above is not None:
        day, day_rule = above, "the day in the line above the list"
    rules: dict[str, str] = {measure: toll.rule for measure, toll in found.items()}
    event = _event(draft)
    kind = _sub_event_type(draft, event)
    return Incident(
        incident_id=incident_id,
        date=day,
        place=place,
        sub_event_type=kind,
        weapon=_weapon(draft, event.sub_event_type if event else None),
        actors=sides.actors(
            sorted({draft.sentences[0], *(s.sentence for s in draft.stated)}), actors_at
        ),
        tolls={measure: toll.count for measure, toll in found.items()},
        claim_ids=(
            *(s.claim.claim_id for s in draft.stated),
            *(c.claim_id for c in control if draft.territory and _tells(evidence.doc, draft, c)),
        ),
        rules={**rules, "place": place_rule, "date": day_rule},
        actor_roles=parts,
    )


def _told_above(
    draft: Draft, above: Sequence[Draft], evidence: where_when.Evidence
) -> list[EventMention]:
    """The attack of which several places are told first: "struck A and B. In B two were hurt"."""
    place = draft.place
    if place is None:
        return []
    for other in above:
        if other.events and any(
            named.geoname_id == place.geoname_id or scenes.holds(named, place)
            for named in evidence.places_in(other.sentences)
        ):
            return other.events
    return []


def _shares_day(lead: Draft, draft: Draft, evidence: where_when.Evidence) -> bool:
    """Whether the day that an article opens with is that of an incident told of without one."""
    if lead.place is None or draft.place is None or lead.place.admin1 == draft.place.admin1:
        return True
    return lead.date is not None and evidence.of_all(lead.date)


def _event(draft: Draft) -> EventMention | None:
    """The attack that the draft's event words tell of.

    Words vote for their sub-event: those of the sentence that opens the incident, and those beside
    a casualty claim, count more; a word that names no weapon and no kind ("attack") counts least.
    """
    votes: dict[str, float] = {}
    for event in draft.events:
        votes[event.sub_event_type] = votes.get(event.sub_event_type, 0) + _weight(draft, event)
    if not votes:
        return None
    winner = max(votes, key=lambda kind: votes[kind])
    return next(e for e in draft.events if e.sub_event_type == winner)


def _sub_event_type(draft: Draft, event: EventMention | None) -> str | None:
    """The event's type; by ACLED's rule an attack on people under arms is a clash."""
    if event is None or event.sub_event_type != "Attack":
        return event.sub_event_type if event else None
    camps = {accounts.camp(s.claim.category) for s in draft.stated} - {None}
    return "Armed clash" if camps and "civilians" not in camps else "Attack"


def _weight(draft: Draft, event: EventMention) -> float:
    weight = 1.0
    if event.start <= draft.events[0].end + _LEAD:
        weight += 1.0
    if any(abs(event.start - s.claim.start) < _LEAD for s in draft.stated):
        weight += 1.0
    if event.sub_event_type not in _ALONE:
        return weight * 0.4
    return weight * (0.4 if event.sub_event_type == "Attack" and event.weapon is None else 1.0)


def _weapon(draft: Draft, sub_event_type: str | None) -> str | None:
    """The weapon told most often, first among the words for the incident's own kind.

    Shelling is done with mortars and rockets too: a weapon that is named goes before "artillery".
    """
    own = [e.weapon for e in draft.events if e.weapon and e.sub_event_type == sub_event_type]
    weapons = own or [e.weapon for e in draft.events if e.weapon]
    return max(weapons, key=lambda w: (w != "artillery", weapons.count(w)), default=None)


def _tells(doc: Doc, draft: Draft, claim: Claim) -> bool:
    """Whether a claim stands in one of the draft's sentences."""
    spans = [doc.sentences[number] for number in draft.sentences]
    return any(span.start <= claim.start < span.end for span in spans)
