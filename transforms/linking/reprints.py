"""Which articles reprint another: a reprint is no second source."""

from __future__ import annotations

import re
from zlib import crc32

from pandas import DataFrame

#: So much of all shingles of two texts must be common.
_REPRINT_SHARE = 0.5
_SHINGLE_WORDS = 4
_SKETCH = 128
_WORD = re.compile(r"\w+")


def reprints(accounts: DataFrame) -> DataFrame:
    """Which accounts of an event stand in an article that reprints an earlier one.

    Args:
        accounts: ``event_id``, ``incident_id``, ``published_at`` and the article's ``text``.

    Returns:
        ``incident_id`` and ``reprint_of`` of the reprints only. An article is a reprint if half of
        all its and the original's runs of four words are common; the original is the earliest.
    """
    found: list[tuple[str, str]] = []
    order = accounts.sort_values(["event_id", "published_at", "incident_id"], na_position="last")
    for _, event in order.groupby("event_id", sort=False):
        originals: list[tuple[str, frozenset[int]]] = []
        for incident_id, text in zip(event["incident_id"], event["text"], strict=True):
            sketch = _sketch(text) if len(event) > 1 else frozenset()
            match = next((i for i, known in originals if _shared(known, sketch)), None)
            if match is None:
                originals.append((incident_id, sketch))
            else:
                found.append((incident_id, match))
    return DataFrame(found, columns=["incident_id", "reprint_of"], dtype="object")


def _sketch(text: str) -> frozenset[int]:
    """The least digests of the text's shingles: two texts' sketches overlap as they do."""
    words = _WORD.findall(text.lower())
    last = max(1, len(words) - _SHINGLE_WORDS + 1)
    shingles = {" ".join(words[i : i + _SHINGLE_WORDS]) for i in range(last)}
    return frozenset(sorted({crc32(s.encode()) for s in shingles})[:_SKETCH])


def _shared(one: frozenset[int], other: frozenset[int]) -> bool:
    union = sorted(one | other)[:_SKETCH]
    common = one & other
    return sum(digest in common for digest in union) >= _REPRINT_SHARE * len(union) > 0
