"""Who says what: attributions with their speaker, office, certainty and reach."""

from __future__ import annotations

from transforms.speakers.find import find
from transforms.speakers.hedges import hedges
from transforms.speakers.reach import certainty_at, covering

__all__ = ["certainty_at", "covering", "find", "hedges"]
