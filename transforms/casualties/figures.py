"""What each sentence states of one measure: its claims as one figure, and which figure holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from transforms.casualties import accounts, attackers, persons
from transforms.model import Count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transforms.casualties.resolve import Stated
    from transforms.model import Measure


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence says of one measure: one claim, or parts added up."""

    measure: Measure
    count: Count
    sentence: int
    parts: int
    inclusive: bool
    update: bool
    asserted: bool  # neither alleged nor denied
    total: bool  # not one of several groups told apart
    added: bool  # says that it is more than what was told before
    speaker: str | None
    camp: str | None  # of which camp all its people are
    narrow: bool  # "two women": a kind of people rather than all
    active: bool  # "the gunman killed four": the attacker's victims, without himself


def by_sentence(claims: Iterable[Stated], *, of_others: bool = False) -> list[Statement]:
    """Claims by sentence: parts of one whole are added, subsets left out.

    Args:
        claims: the claims of one measure.
        of_others: keep a subset of another measure's people ("35 hospitalised, 10 of them
            critically"): it is the whole of its own measure.
    """
    by_trigger: dict[tuple[int, int], list[Stated]] = {}
    for item in claims:
        inside = item.claim.relation == "subset" and not (of_others and _of_other(item))
        if not inside and item.claim.qualifier != "none_reported":
            by_trigger.setdefault((item.sentence, item.mention.first), []).append(item)
    found = []
    for (sentence, _), items in by_trigger.items():
        if len(items) == 1 and persons.single(items[0]):
            continue  # single people are counted by the ledger
        found.append(
            Statement(
                items[0].claim.measure,
                _sum([Count(s.claim.low, s.claim.best, s.claim.high) for s in items]),
                sentence,
                len(items),
                any(s.mention.inclusive and not further(s) for s in items),
                any(s.mention.update for s in items),
                all(s.claim.certainty == "asserted" for s in items),
                _camp(items) == accounts.ALL
                or all(s.claim.relation in ("total", "update") for s in items),
                all(is_more(s) for s in items),
                items[0].claim.speaker,
                _camp(items),
                all(s.claim.sex or s.claim.age_group for s in items),
                attackers.are_victims(items),
            )
        )
    return found


def _camp(items: list[Stated]) -> str | None:
    """The one camp of all these people, or that they are of several."""
    camps = {accounts.camp(s.claim.category) for s in items}
    if None in camps:
        return None
    return camps.pop() if len(camps) == 1 else accounts.ALL


def by_account(found: list[Statement]) -> list[Statement]:
    """Figures of different camps added, by the account of each speaker."""
    return accounts.added(found, chosen, _added)


def _added(found: list[Statement]) -> Statement:
    """Several statements of one speaker as one."""
    if len(found) == 1:
        return found[0]
    return Statement(
        found[0].measure,
        _sum([s.count for s in found]),
        found[0].sentence,
        sum(s.parts for s in found),
        any(s.inclusive for s in found),
        update=False,
        asserted=all(s.asserted for s in found),
        total=True,
        added=all(s.added for s in found),
        speaker=found[0].speaker,
        camp=accounts.ALL,
        narrow=False,
        active=False,
    )


def _of_other(item: Stated) -> bool:
    parent = item.mention.parent
    return parent is None or parent.measure != item.claim.measure


def further(item: Stated) -> bool:
    """Whether it is told of others: "two others", "another"."""
    return item.mention.group is not None and item.mention.group.further


def is_more(item: Stated) -> bool:
    """ "three more died", "were also hurt"; "three others were hurt" is mostly: than the dead."""
    group = item.mention.group
    definite = group is not None and group.definite  # "the other died": one of those counted
    return item.mention.also or (further(item) and not definite and item.claim.measure == "killed")


def _sum(counts: list[Count]) -> Count:
    if len(counts) == 1:
        return counts[0]
    lows = [c.low if c.low is not None else c.best for c in counts]
    bests = [c.best for c in counts]
    highs = [c.high for c in counts]
    return Count(
        sum(low for low in lows if low is not None)
        if any(low is not None for low in lows)
        else None,
        None if None in bests else sum(b for b in bests if b is not None),
        None if None in highs else sum(h for h in highs if h is not None),
    )


def numeric(statement: Statement) -> bool:
    """Whether it states a figure; a stated nought only holds where nothing else is told."""
    count = statement.count
    return bool(count.best) or (count.best is None and None not in (count.low, count.high))


def size(statement: Statement) -> int:
    """The figure by which statements are compared."""
    count = statement.count
    return next((v for v in (count.best, count.low, count.high) if v is not None), 0)


def chosen(found: list[Statement]) -> Statement | None:
    """The latest update; else the largest figure asserted, the first of equals."""
    if not found:
        return None
    updates = [s for s in found if s.update]
    if updates:
        return updates[-1]
    return max(found, key=lambda s: (s.asserted, size(s), -s.sentence))


def base(found: list[Statement]) -> Statement | None:
    """The figure that others may be added to: not one that itself says "also" or "another"."""
    counted = [s for s in found if numeric(s)]
    return chosen([s for s in counted if not s.added]) or chosen(counted)


def differ(told: Iterable[Stated], before: Iterable[Stated]) -> bool:
    """Whether a figure of several people is another than those before of its measure."""
    known = {
        (s.claim.measure, s.claim.best)
        for s in before
        if s.claim.best and s.mention.group is not None and s.claim.qualifier != "implied"
    }
    measures = {measure for measure, _ in known}
    return any(
        (s.claim.best or 0) > 1
        and s.claim.measure in measures
        and (s.claim.measure, s.claim.best) not in known
        for s in told
    )


def plus(count: Count, more: int) -> Count:
    """A count with so many more people."""
    return Count(*(None if v is None else v + more for v in (count.low, count.best, count.high)))


def vague(claims: list[Stated]) -> Count:
    """The bounds of claims without a number."""
    lows = [s.claim.low for s in claims if s.claim.low is not None]
    highs = [s.claim.high for s in claims if s.claim.high is not None]
    return Count(max(lows, default=None), None, max(highs, default=None))


def rule(statement: Statement) -> str:
    """The rule by which a figure was chosen, in words."""
    if statement.update:
        return "latest update in the text"
    return "parts of one sentence added" if statement.parts > 1 else "figure stated"
