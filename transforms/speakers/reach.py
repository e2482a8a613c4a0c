"""Which attribution a stretch of text belongs to, and how certain it is put."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.speakers.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transforms.model import Attribution, Certainty


def covering(attributions: Iterable[Attribution], start: int, end: int) -> Attribution | None:
    """The attribution of ``text[start:end]``: of those that reach over it the one that reaches
    least far, and of equal ones the nearest.
    """
    reaching = [a for a in attributions if a.scope_start <= start and end <= a.scope_end]
    return min(reaching, key=lambda a: _distance(a, start, end), default=None)


def _distance(attribution: Attribution, start: int, end: int) -> tuple[int, bool, int]:
    reach = attribution.scope_end - attribution.scope_start
    handed_on = attribution.verb not in lexicon().quoting  # "Reuters wrote, citing *the army*"
    return reach, handed_on, max(attribution.start - end, start - attribution.end, 0)


def certainty_at(
    attribution: Attribution | None, hedged: Iterable[tuple[int, int]], start: int, end: int
) -> Certainty:
    """How ``text[start:end]`` is put forward: a hedge ("reportedly") makes a fact an allegation."""
    stated: Certainty = attribution.certainty if attribution else "asserted"
    if stated == "asserted" and any(a < end and start < b for a, b in hedged):
        return "alleged"
    return stated
