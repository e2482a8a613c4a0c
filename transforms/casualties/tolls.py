"""One incident's low, best and high of each measure, from its claims, with the rule that chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from transforms.casualties import accounts, attackers, later, lexicon, persons
from transforms.model import TOLL_MEASURES, Count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from transforms.casualties.resolve import Stated
    from transforms.model import Measure
    from transforms.text import Doc


#: Two totals are rivals when one is less than the other divided by this.
_FAR_APART = 1.25
#: What a claim without a figure may still state.
_BOUNDED = frozenset(("vague", "at_most", "at_least", "about", "range"))
#: "Two soldiers were also killed" adds to a figure so many sentences before it.
_BESIDES = 2


@dataclass(frozen=True, slots=True)
class Toll:
    """A count and the rule that chose it, in words."""

    count: Count
    rule: str


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
    active: bool  # "the gunman killed four": the attacker's victims, without himself


def of(doc: Doc, stated: Sequence[Stated]) -> dict[Measure, Toll]:
    """The tolls of one incident; a measure that no claim tells of is left out."""
    told = [s for s in stated if s.claim.scope == "incident" and not s.mention.earlier]
    people = persons.ledger(doc, [s for s in told if s.claim.measure in persons.VICTIMS])
    tolls: dict[Measure, Toll] = {}
    for measure in TOLL_MEASURES:
        claims = [s for s in told if s.claim.measure == measure]
        if measure == "killed":
            toll = _killed(doc, told, claims, people)
        elif measure == "injured":
            toll = _injured(doc, claims, told, people, tolls)
        else:
            # suspects are others than victims: "the man" who was arrested is not who died
            known = persons.ledger(doc, claims) if measure == "captured" else people
            toll = _plain(claims, known, measure)
        if toll is not None:
            tolls[measure] = Toll(_ordered(toll.count), toll.rule)
    return tolls


def _ordered(count: Count) -> Count:
    """Bounds from several claims in order: a high under what is stated is no bound of it."""
    low, best, high = count.low, count.best, count.high
    if low is not None and best is not None:
        low = min(low, best)
    floor = best if best is not None else low
    if high is not None and floor is not None and high < floor:
        high = None
    return Count(low, best, high)


def _killed(
    doc: Doc, told: list[Stated], claims: list[Stated], people: list[persons.Person]
) -> Toll | None:
    single = persons.killed(people)
    died = later.died(doc, told)
    moved = sum(s.claim.best or 0 for s in died)
    found = _by_account(statements(claims))
    numbered = _base(found)
    if numbered is None or (single and not _size(numbered)):
        return _without_number(claims, single)
    rival = _rival(found, numbered)
    if rival is not None:
        return Toll(_between(found, numbered.count, rival.count), "rival figures: no best")
    count = _widened(found, numbered.count)
    if moved and all(s.sentence != numbered.sentence for s in died):
        return Toll(_plus(count, moved), "figure stated, with those who died later")
    more = _told_besides(doc, claims, found, numbered)
    if more:
        return Toll(_plus(count, more), "figure stated, with those told of besides")
    if numbered.active and attackers.one_died(doc, claims):
        return Toll(_plus(count, 1), "figure stated, with the attacker's own death")
    return Toll(count, _rule(numbered))


def _injured(
    doc: Doc,
    claims: list[Stated],
    told: list[Stated],
    people: list[persons.Person],
    tolls: dict[Measure, Toll],
) -> Toll | None:
    single = persons.hurt(people)
    found = [s for s in _by_account(statements(claims)) if _numeric(s)]
    plain = _base([s for s in found if not s.inclusive])
    hospital = _chosen([s for s in statements(_hurt(told), of_others=True) if _numeric(s)])
    if plain is not None:
        more = _told_besides(doc, told, found, plain)
        if more:
            return Toll(_plus(plain.count, more), "figure stated, with those told of besides")
        return _raised(plain, hospital)
    total = _chosen([s for s in found if s.inclusive])
    dead = tolls["killed"].count.best if "killed" in tolls else 0
    if total is not None:
        if dead and total.count.best is not None:
            rest = max(total.count.best - dead, 0)
            return Toll(Count(rest, rest, rest), "all who were hit, less the dead")
        return Toll(total.count, _rule(total))
    if hospital is not None:
        low = hospital.count.best if hospital.count.best is not None else hospital.count.low
        vague = _vague([s for s in claims if s.claim.qualifier == "vague"])
        return Toll(
            Count(max(low or 0, vague.low or 0) or None, None, vague.high),
            "at least those in hospital",
        )
    return _without_number([c for c in claims if not _is_dead(c, people)], single)


def _raised(plain: Statement, hospital: Statement | None) -> Toll:
    """A vague word ("dozens") with a figure of those in hospital: that is the lower bound."""
    count = plain.count
    low = hospital.count.low if hospital is not None else None
    if count.best is None and low is not None and low > (count.low or 0):
        high = count.high if count.high is None or count.high >= low else None
        return Toll(Count(low, None, high), "a vague word; at least those in hospital")
    return Toll(count, _rule(plain))


def _base(found: list[Statement]) -> Statement | None:
    """The figure that others may be added to: not one that itself says "also" or "another"."""
    numeric = [s for s in found if _numeric(s)]
    return _chosen([s for s in numeric if not s.added]) or _chosen(numeric)


def _told_besides(doc: Doc, told: list[Stated], found: list[Statement], base: Statement) -> int:
    """People told of as more than a figure: "two soldiers were also killed", "the bomber died"."""
    if base.update:
        return 0
    reach = range(base.sentence + 1, base.sentence + 1 + _BESIDES)
    more = sum(s.count.best or 0 for s in found if s.added and s.sentence in reach)
    singles = [
        s
        for s in told
        if s.claim.measure == base.measure
        and persons.single(s)
        and s.claim.relation != "subset"
        and (_is_besides(s, base, reach) or accounts.apart(s.claim.category, base.camp))
    ]
    if base.measure == "killed":
        return more + persons.killed(persons.ledger(doc, singles))
    dead = [s for s in told if s.claim.measure == "killed"]  # who died is not hurt besides
    ledger = persons.ledger(doc, sorted((*singles, *dead), key=lambda s: s.claim.start))
    return more + persons.hurt(ledger)


def _is_besides(item: Stated, base: Statement, reach: range) -> bool:
    """Whether one person is told of as another than those counted."""
    if base.added:  # "two more were killed": than the one told of before
        return item.sentence < base.sentence
    return item.sentence in reach and is_more(item)


def is_more(item: Stated) -> bool:
    """ "three more died", "were also hurt"; "three others were hurt" is mostly: than the dead."""
    return item.mention.also or (_further(item) and item.claim.measure == "killed")


def _plain(claims: list[Stated], people: list[persons.Person], measure: Measure) -> Toll | None:
    numbered = _chosen([s for s in statements(claims, of_others=True) if _numeric(s)])
    if numbered is not None:
        return Toll(numbered.count, _rule(numbered))
    return _without_number(claims, sum(measure in person.measures for person in people))


def _hurt(told: list[Stated]) -> list[Stated]:
    return [s for s in told if s.claim.measure in ("hospitalised", "critically_injured")]


def _is_dead(item: Stated, people: list[persons.Person]) -> bool:
    return item.claim.qualifier == "implied" and not persons.hurt(people)


def statements(claims: Iterable[Stated], *, of_others: bool = False) -> list[Statement]:
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
                any(s.mention.inclusive and not _further(s) for s in items),
                any(s.mention.update for s in items),
                all(s.claim.certainty == "asserted" for s in items),
                _camp(items) == accounts.ALL
                or all(s.claim.relation in ("total", "update") for s in items),
                all(is_more(s) for s in items),
                items[0].claim.speaker,
                _camp(items),
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
        active=False,
    )


def _by_account(found: list[Statement]) -> list[Statement]:
    return accounts.added(found, _chosen, _added)


def _of_other(item: Stated) -> bool:
    parent = item.mention.parent
    return parent is None or parent.measure != item.claim.measure


def _further(item: Stated) -> bool:
    return item.mention.group is not None and item.mention.group.further


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


def _numeric(statement: Statement) -> bool:
    return statement.count.best is not None or (
        statement.count.low is not None and statement.count.high is not None
    )


def _size(statement: Statement) -> int:
    count = statement.count
    return next((v for v in (count.best, count.low, count.high) if v is not None), 0)


def _chosen(found: list[Statement]) -> Statement | None:
    """The latest update; else the largest figure asserted, the first of equals."""
    if not found:
        return None
    updates = [s for s in found if s.update]
    if updates:
        return updates[-1]
    return max(found, key=lambda s: (s.asserted, _size(s), -s.sentence))


def _rival(found: list[Statement], chosen: Statement) -> Statement | None:
    """Another speaker's total that is as firmly stated and far from the chosen one."""
    if chosen.update or chosen.speaker is None or not chosen.total:
        return None
    for other in found:
        apart = other.speaker not in (None, chosen.speaker) and other.total and other.asserted
        mine, theirs = chosen.count.best, other.count.best
        if (
            apart
            and mine
            and theirs
            and theirs * _FAR_APART < mine
            and not is_witness(other.speaker)
        ):
            return other
    return None


def is_witness(speaker: str | None) -> bool:
    """Whether one person tells what they saw: a smaller count than others' is a part of it."""
    words = (speaker or "").lower().split()
    person = lexicon.load("en").people.get(words[-1]) if words else None
    return person is not None and not person.plural and person.category in ("civilian", "unknown")


def _between(found: list[Statement], one: Count, other: Count) -> Count:
    """The range of two rival figures."""
    bounds = [b for count in (one, other) for b in (count.low, count.best, count.high)]
    known = [bound for bound in bounds if bound is not None]
    return _widened(found, Count(min(known), None, max(known)))


def _widened(found: list[Statement], count: Count) -> Count:
    """Takes in the bounds that others give: "as many as 60", "between 30 and 40", an allegation."""
    low, high = count.low, count.high
    for other in found:
        bounded = other.count.best is None or not other.asserted
        if not bounded or not other.total:
            continue
        least = other.count.low
        most = other.count.high if other.count.high is not None else other.count.best
        if least is not None and low is not None and other.count.best is None and least < low:
            low = least if least * _FAR_APART > low else low
        if most is not None and most > (high or count.best or 0):
            high = most
    return Count(low, count.best, high)


def _rule(statement: Statement) -> str:
    if statement.update:
        return "latest update in the text"
    return "parts of one sentence added" if statement.parts > 1 else "figure stated"


def _plus(count: Count, more: int) -> Count:
    return Count(*(None if v is None else v + more for v in (count.low, count.best, count.high)))


def _vague(claims: list[Stated]) -> Count:
    lows = [s.claim.low for s in claims if s.claim.low is not None]
    highs = [s.claim.high for s in claims if s.claim.high is not None]
    return Count(max(lows, default=None), None, max(highs, default=None))


def _without_number(claims: list[Stated], single: int) -> Toll | None:
    """No figure: people told of one by one, a vague word, or a stated nought."""
    least = max((s.claim.low or 0 for s in claims if s.claim.qualifier == "at_least"), default=0)
    if single >= least and single:
        return Toll(Count(single, single, single), "people told of one by one")
    known = [s for s in claims if s.claim.qualifier in _BOUNDED]
    if known:
        return Toll(_vague(known), "no figure: a vague word or a bound")
    if any(s.claim.qualifier == "none" for s in claims):
        return Toll(Count(0, 0, 0), "none stated")
    return None
