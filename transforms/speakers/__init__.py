"""Who says what: attributions with their speaker, office, certainty and reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.speakers import fixed, inflected
from transforms.speakers.hedges import hedges
from transforms.speakers.reach import certainty_at, covering

if TYPE_CHECKING:
    from transforms.model import Attribution
    from transforms.text import Doc

__all__ = ["certainty_at", "covering", "find", "hedges"]


def find(doc: Doc) -> list[Attribution]:
    """Every attribution of a text, in order."""
    if not doc.language.has("speakers.toml"):
        return []
    return fixed.find(doc) if doc.language.order == "fixed" else inflected.find(doc)
