"""Texts that are the same or nearly so: reprints, and wire stories with edits.

Two texts are compared by their runs of three words. MinHash keys name the candidates, so that the
cost grows with the number of texts and not with that of pairs; each is then measured exactly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

#: Keys of a text. Two texts of which a share s of the runs is common have one of them in common
#: with the probability 1 - (1 - s**_ROWS) ** BANDS: 0.94 at 0.35, 0.998 at 0.5, 0.0001 at 0.01.
BANDS = 64
_ROWS = 3
_SEED = 20261123
_RUN = 3
#: The share of all runs of two texts that is common to both, from which on they are duplicates,
_ALIKE = 0.4
#: or that share of the shorter one's runs, where it is no mere sentence: a text that was cut.
_CONTAINED = 0.75
_LEAST_RUNS = 60
#: Days for which a text is looked for from one time that it was told to the next: what is printed
#: again later tells of another occasion. The cost of a batch is then that of its time.
REPRINT_DAYS = 60
_WORD = re.compile(r"\w+")
_PRIMES = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_MOST_WORDS = 500_000


class _Words(dict[str, int]):
    """The digest of each word, remembered: news uses few words, many times."""

    def __missing__(self, word: str) -> int:
        found = self[word] = crc32(word.encode("utf-8", "surrogatepass"))
        return found


_words = _Words()


def runs(text: str) -> Hashes:
    """The digests of a text's runs of three words, each once and in order of size."""
    if len(_words) > _MOST_WORDS:
        _words.clear()
    words = [*map(_words.__getitem__, _WORD.findall(text.casefold()))]
    if not words:
        return np.empty(0, np.uint64)
    row = np.array([*words, *[0] * max(0, _RUN - len(words))], np.uint64)
    size = len(row) - _RUN + 1
    with np.errstate(over="ignore"):
        mixed = sum(row[at : at + size] * np.uint64(prime) for at, prime in enumerate(_PRIMES))
    found: Hashes = np.unique(np.asarray(mixed, np.uint64))
    return found ^ (found >> np.uint64(29))


def keys(texts: Sequence[Hashes]) -> NDArray[np.int64]:
    """The keys of some texts by their runs, a row of ``BANDS`` each; without runs they are its own.

    Args:
        texts: What ``runs`` gives.
    """
    from rensa import RMinHash

    offsets = np.cumsum([0, *map(len, texts)], dtype=np.uint64)
    flat = np.concatenate([*texts, np.empty(0, np.uint64)])
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(flat, offsets, BANDS * _ROWS, _SEED)
    least = np.array(matrix.to_rows(), np.uint64)
    bands = least.reshape(len(texts), BANDS, _ROWS)
    with np.errstate(over="ignore"):
        mixed = sum(bands[:, :, at] * np.uint64(prime) for at, prime in enumerate(_PRIMES))
    found: NDArray[np.int64] = np.asarray(mixed, np.uint64).view(np.int64)
    return found


def similarity(one: Hashes, other: Hashes) -> float:
    """How much of two texts is common, 0 to 1: of both, or of the shorter where it was cut."""
    if not len(one) or not len(other):
        return 0.0
    common = len(np.intersect1d(one, other, assume_unique=True))
    shorter = min(len(one), len(other))
    whole = common / (len(one) + len(other) - common)
    part = common / shorter
    return part if whole < _ALIKE and shorter >= _LEAST_RUNS and part >= _CONTAINED else whole


def alike(share: float) -> bool:
    """Whether texts of this similarity are duplicates."""
    return share >= _ALIKE


def originals(
    pairs: Iterable[tuple[str, str, float]], rank: Mapping[str, int]
) -> dict[str, tuple[str, float]]:
    """Each reprint's original and how alike they are.

    Taken by rank, the earliest first, an article is a reprint of the earliest original that it is
    alike, or of that of a reprint that it is alike; else it is an original itself.

    Args:
        pairs: Articles that are alike, with their similarity.
        rank: By what articles are ordered; earlier is less.
    """
    near: dict[str, dict[str, float]] = {}
    for one, other, share in pairs:
        near.setdefault(one, {})[other] = share
        near.setdefault(other, {})[one] = share
    found: dict[str, tuple[str, float]] = {}
    for name in sorted(near, key=rank.__getitem__):
        earlier = [other for other in near[name] if rank[other] < rank[name]]
        if earlier:
            first = min(earlier, key=rank.__getitem__)
            found[name] = (found.get(first, (first,))[0], near[name][first])
    return found
