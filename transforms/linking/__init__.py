"""Which accounts tell of the same event.

Accounts are compared in pairs that blocks bring together (pairs.py), each sign speaks for or
against by the points of seeds/linking.toml (evidence.py), and the likeliest are put together as
long as all of an event are alike on average (cluster.py). The result depends on the accounts and
the decisions of people alone, not on the order of arrival.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd
from pandas import DataFrame

from transforms.linking import accounts, evidence
from transforms.linking.cluster import Pair, clusters, components
from transforms.linking.pairs import (
    COMMON_WORDS,
    LONGEST_DAYS,
    NAMES_DAYS,
    NEAR_DAYS,
    NEAR_KM,
    WORDS_DAYS,
    by_region,
    candidates,
)

__all__ = [
    "COMMON_WORDS", "LONGEST_DAYS", "NAMES_DAYS", "NEAR_DAYS", "NEAR_KM", "WORDS_DAYS", "Linked",
    "Pair", "compare", "link",
]  # fmt: skip
COLUMNS = ["incident_id", "event_id", "score", "reason", "block_id"]
#: A pair less likely than this counts as one that was never scored.
_FLOOR = 0.05


class Linked(NamedTuple):
    """The event of each account, and every pair of them that was compared."""

    links: DataFrame
    pairs: DataFrame


def compare(incidents: DataFrame, *, regions: bool = False) -> DataFrame:
    """Every pair of accounts that was compared and is not out of the question.

    Args:
        incidents: as for ``link``.
        regions: whether an account without a nearer place is compared with all of its region.

    Returns:
        ``one`` and ``other`` (incident ids, in ascending order), ``score`` and ``reason``.
    """
    rows = accounts.prepared(incidents)
    return _compared(rows, by_region(rows) if regions else None)


def link(incidents: DataFrame, same: Iterable[Pair] = (), apart: Iterable[Pair] = ()) -> Linked:
    """Assign each incident to an event.

    Args:
        incidents: rows with the columns of ``core.incident`` and, if known, ``keys`` (rare words
            and names) and ``published``; one row an ``incident_id``.
        same: pairs that a person has decided to be of one event.
        apart: pairs that a person has decided to be of two.

    Returns:
        ``pairs`` is what ``compare`` gives. ``links`` has one row an incident: ``incident_id``,
        ``event_id``, ``score`` (0 to 1, likeness to its most alike fellow; NaN if it stands alone),
        ``reason``, and ``block_id``: incidents of different blocks never influence each other, so
        a block can be linked anew by itself.
    """
    rows = accounts.prepared(incidents)
    pairs = _compared(rows)
    joined, parted = _known(rows, same), _known(rows, apart)
    scores = dict(zip(zip(pairs["one"], pairs["other"], strict=True), pairs["score"], strict=True))
    article_of = dict(zip(rows["incident_id"], rows["article_id"], strict=True))
    events = clusters(article_of, scores, evidence.threshold(), joined, parted)
    blocks = components(article_of, [*scores, *joined, *parted])
    best = _best(pairs, events, joined)
    alone = accounts.why_alone(rows)
    links = [
        (i, f"e:{events[i]}", *best.get(i, (float("nan"), alone[i])), blocks[i])
        for i in rows["incident_id"]
    ]
    return Linked(DataFrame(links, columns=COLUMNS), pairs)


def _compared(rows: DataFrame, more: DataFrame | None = None) -> DataFrame:
    pairs = candidates(rows)
    if more is not None:
        pairs = pd.concat([pairs, more]).drop_duplicates(ignore_index=True)
    weighed = evidence.weigh(rows, pairs)
    found = weighed[weighed["score"] >= _FLOOR]
    ids = rows["incident_id"].to_numpy()
    reasons = [evidence.in_words(pair) for pair in found.to_dict("records")]
    return DataFrame(
        {
            "one": ids[found["a"]],
            "other": ids[found["b"]],
            "score": found["score"].to_numpy(),
            "reason": reasons,
        }
    )


def _known(rows: DataFrame, decided: Iterable[Pair]) -> list[Pair]:
    """The decisions on accounts that are here, in ascending order."""
    here = set(rows["incident_id"])
    ordered = {(min(pair), max(pair)) for pair in decided}
    return sorted(pair for pair in ordered if here.issuperset(pair))


def _best(
    likely: DataFrame, events: dict[str, str], joined: list[Pair]
) -> dict[str, tuple[float, str]]:
    """The best link of each account inside its event, in words."""
    found: dict[str, tuple[float, str]] = {}
    for one, other in joined:
        found.setdefault(one, (1.0, f"decided by a person: as {other}"))
        found.setdefault(other, (1.0, f"decided by a person: as {one}"))
    order = likely.sort_values(["score", "one", "other"], ascending=[False, True, True])
    for one, other, score, reason in order.itertuples(index=False):
        if events[one] == events[other]:
            found.setdefault(one, (score, f"{reason}: as {other}"))
            found.setdefault(other, (score, f"{reason}: as {one}"))
    return found
