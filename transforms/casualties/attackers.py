"""Attackers' own deaths: "killed four people before turning the gun on himself" is five dead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.casualties import persons, traits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from transforms.casualties.resolve import Stated
    from transforms.text import Doc


def are_victims(items: Iterable[Stated]) -> bool:
    """Whether all are told of as whom somebody killed: "the gunman killed four"."""
    return all(_is_object(item) for item in items)


def _is_object(item: Stated) -> bool:
    group = item.mention.group
    active = item.mention.form in ("past", "ing", "present")
    return active and group is not None and group.first >= item.mention.last


def one_died(doc: Doc, claims: Sequence[Stated]) -> bool:
    """Whether one who attacked is told dead apart from the victims: "then shot himself dead"."""
    dead = [s for s in claims if s.mention.own or _head(doc, s) in traits.ATTACKERS]
    counted = any(s.claim.relation in ("subset", "part") for s in dead)
    return not counted and any(persons.single(s) for s in dead)


def _head(doc: Doc, item: Stated) -> str:
    group = item.mention.group
    return doc.lower[group.head] if group is not None and group.head is not None else ""
