"""Who says what: attributions with their speaker, office, certainty and reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.speakers import fixed, inflected
from transforms.speakers.hedges import hedges
from transforms.speakers.reach import certainty_at, covering

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transforms.model import Attribution, PlaceMention
    from transforms.text import Doc

__all__ = ["certainty_at", "covering", "find", "hedges"]


def find(doc: Doc, places: Iterable[PlaceMention] = ()) -> list[Attribution]:
    """Every attribution of a text, in order.

    Args:
        doc: the text.
        places: its toponyms: "Дружківка: двоє поранених" has no speaker.
    """
    if not doc.language.has("speakers.toml"):
        return []
    if doc.language.order == "fixed":
        return fixed.find(doc)
    return inflected.find(doc, frozenset(place.start for place in places))
