"""Who fought whom in an incident: its actors in order, and what is told of their parts."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from transforms import where_when

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from transforms.model import ActorMention, ActorRole
    from transforms.text import Doc

#: Who attacked, as told, claimed or blamed, before who was attacked.
_ATTACKER, _TARGET, _UNKNOWN = range(3)
_RANK = {
    "attacker": _ATTACKER, "claimed": _ATTACKER, "blamed": _ATTACKER, "target": _TARGET,
    "denied": _UNKNOWN, "unknown": _UNKNOWN,
}  # fmt: skip


def actors(told: Sequence[int], actors_at: Mapping[int, Sequence[ActorMention]]) -> tuple[str, ...]:
    """Who attacked, then who was attacked, where the attack itself or its toll is told.

    A service of the attacker's country that the sentence after it names is counted in: "Ukraine
    struck ... A source in the security service of Ukraine said".

    Args:
        told: the numbers of those sentences, in order.
        actors_at: all armed actors, by sentence.
    """
    inside = [actor for number in told for actor in actors_at.get(number, ())]
    known = [a for a in inside if _RANK[a.role] < _UNKNOWN] or inside
    ranked = sorted(known, key=lambda a: _RANK[a.role])
    lands = {_land(a.name) for a in ranked if _RANK[a.role] == _ATTACKER}
    after = [a for a in actors_at.get(told[0] + 1, ()) if a.role == "unknown"]
    services = [a for a in after if _land(a.name) in lands]
    return tuple(dict.fromkeys(a.name for a in (*ranked, *services)))


def _land(name: str) -> str:
    """The country in an actor's name: "Military Forces of Ukraine"."""
    return name.rpartition(" of ")[2]


def parts(
    doc: Doc, incident_at: Mapping[int, int], told: Sequence[ActorRole]
) -> dict[int, tuple[ActorRole, ...]]:
    """What is told of actors' parts, by the incident that the article told of last.

    Args:
        doc: the text.
        incident_at: the incident of each sentence that tells of one.
        told: all that is told of actors' parts.
    """
    known = sorted(incident_at)
    found: dict[int, tuple[ActorRole, ...]] = {}
    for number, here in where_when.by_sentence(doc, told).items():
        if known:
            incident = incident_at[known[max(bisect_right(known, number) - 1, 0)]]
            found[incident] = (*found.get(incident, ()), *here)
    return found
