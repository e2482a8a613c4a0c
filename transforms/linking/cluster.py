"""Accounts to events: the likeliest pairs first, as long as all of an event are alike on average.

Average linkage: two groups become one while the mean likeness over all pairs across them is at
least the threshold, pairs that were never scored counting 0. So a chain of daily attacks on one
town does not become one endless event. What a person has decided, and that two accounts of one
article are two events, is never broken.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Pair = tuple[str, str]


def clusters(
    article_of: Mapping[str, str],
    scores: Mapping[Pair, float],
    threshold: float,
    same: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> dict[str, str]:
    """Each account with the least id of its event.

    Args:
        article_of: the article of each account.
        scores: likeness, 0 to 1, of pairs in ascending order.
        threshold: the least mean likeness across two groups that become one.
        same: pairs that a person has decided to be of one event.
        apart: pairs that a person has decided to be of two.
    """
    groups = _Groups(article_of, scores, apart)
    for pair in sorted(same):
        groups.join(*pair, decided=True)
    heap: list[tuple[float, str, str]] = []
    for one, other in groups.sums:
        if (mean := groups.mean(one, other)) >= threshold:
            heap.append((-mean, one, other))
    heapq.heapify(heap)
    while heap:
        score, one, other = heapq.heappop(heap)
        if not groups.current(one, other, -score) or not groups.may_join(one, other):
            continue
        joined = groups.join(one, other)
        for near in groups.neighbours(joined):
            mean = groups.mean(joined, near)
            if mean >= threshold:
                heapq.heappush(heap, (-mean, *_pair(joined, near)))
    return {member: least for least, members in groups.members.items() for member in members}


class _Groups:
    """Groups of accounts, named by their least member, and the likeness summed across them."""

    def __init__(
        self, article_of: Mapping[str, str], scores: Mapping[Pair, float], apart: Iterable[Pair]
    ) -> None:
        self.members = {account: [account] for account in article_of}
        self.size = dict.fromkeys(article_of, 1)
        self.articles = {account: {article} for account, article in article_of.items()}
        self.of = {account: account for account in article_of}
        self.sums: dict[Pair, float] = dict(scores)
        self.near: dict[str, set[str]] = defaultdict(set)
        self.enemies: dict[str, set[str]] = defaultdict(set)
        for one, other in scores:
            self.near[one].add(other)
            self.near[other].add(one)
        for one, other in apart:
            self.enemies[one].add(other)
            self.enemies[other].add(one)

    def mean(self, one: str, other: str) -> float:
        """The mean likeness across two groups."""
        size = self.size[one] * self.size[other]
        return round(self.sums.get(_pair(one, other), 0.0) / size, 9)

    def current(self, one: str, other: str, mean: float) -> bool:
        """Whether both groups are there still and as like as they were."""
        there = one in self.members and other in self.members
        return there and abs(self.mean(one, other) - mean) < 1e-9

    def neighbours(self, group: str) -> list[str]:
        """The groups with which any pair was scored."""
        return sorted(self.near[group])

    def may_join(self, one: str, other: str) -> bool:
        """Whether no article would have two accounts in the event, and nobody forbids it."""
        if not self.articles[one].isdisjoint(self.articles[other]):
            return False
        return not any(self.of[foe] == other for m in self.members[one] for foe in self.enemies[m])

    def join(self, one: str, other: str, *, decided: bool = False) -> str:
        """Makes one group of two and returns its name.

        Accounts that a person has put together count as one, as like to others as its likest.
        """
        kept, gone = sorted((self.of[one], self.of[other]))
        if kept == gone:
            return kept
        both = max if decided else add
        self.size[kept] = both(self.size[kept], self.size.pop(gone))
        for near in self.near.pop(gone, set()):
            self.near[near].discard(gone)
            total = self.sums.pop(_pair(gone, near), 0.0)
            if near != kept:
                self.sums[_pair(kept, near)] = both(self.sums.get(_pair(kept, near), 0.0), total)
                self.near[kept].add(near)
                self.near[near].add(kept)
        for member in self.members[gone]:
            self.of[member] = kept
        self.members[kept] += self.members.pop(gone)
        self.articles[kept] |= self.articles.pop(gone)
        return kept


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def components(ids: Iterable[str], pairs: Iterable[Pair]) -> dict[str, str]:
    """Each account with the least id among all that a chain of scored pairs leads to."""
    parent = {i: i for i in ids}

    def root(i: str) -> str:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    return {i: root(i) for i in parent}
