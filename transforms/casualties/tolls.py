"""One incident's low, best and high of each measure, from its claims, with the rule that chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.casualties import accounts, attackers, figures, later, lexicon, ordinals, persons
from transforms.model import TOLL_MEASURES, Count
from transforms.record import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.casualties.figures import Statement
    from transforms.casualties.resolve import Stated
    from transforms.model import Measure
    from transforms.text import Doc


#: Two totals are rivals when one is less than the other divided by this.
_FAR_APART = 1.25
#: What a claim without a figure may still state.
_BOUNDED = frozenset(("vague", "at_most", "at_least", "about", "range"))
#: Camps of which no gunman is one.
_ATTACKED = frozenset(("forces", "civilians"))
#: "Two soldiers were also killed" adds to a figure so many sentences before it.
_BESIDES = 2


@record
class Toll:
    """A count and the rule that chose it, in words."""

    count: Count
    rule: str


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
    single = persons.all_killed(people)
    found = figures.by_account(figures.by_sentence(claims))
    numbered = figures.base(found)
    if numbered is None or (not figures.size(numbered) and any(s.claim.low for s in claims)):
        return _without_number(claims, single)
    rival = _rival(found, numbered, doc.language.code)
    if rival is not None:
        return Toll(_between(found, numbered.count, rival.count), "rival figures: no best")
    count = _widened(found, numbered.count)
    counted = numbered.sentence if numbered.update else -1  # an update counts who died before it
    died = [s for s in later.died(doc, told) if s.sentence >= counted]
    moved = sum(s.claim.best or 0 for s in died)
    if moved and all(s.sentence != numbered.sentence for s in died):
        return Toll(figures.plus(count, moved), "figure stated, with those who died later")
    more = _told_besides(doc, claims, found, numbered)
    if more:
        return Toll(figures.plus(count, more), "figure stated, with those told of besides")
    if numbered.count.best and ordinals.told(doc, claims, numbered.count.best + 1):
        return Toll(figures.plus(count, 1), "figure stated, with one who is counted on")
    victims = (numbered.active and numbered.camp is None) or numbered.camp in _ATTACKED
    own = attackers.own_dead(doc, claims) if victims else 0
    if own:
        return Toll(figures.plus(count, own), "figure stated, with the attackers' own dead")
    return Toll(count, figures.rule(numbered))


def _injured(
    doc: Doc,
    claims: list[Stated],
    told: list[Stated],
    people: list[persons.Person],
    tolls: dict[Measure, Toll],
) -> Toll | None:
    found = [s for s in figures.by_account(figures.by_sentence(claims)) if figures.numeric(s)]
    dead = _least(tolls["killed"].count) if "killed" in tolls else 0
    plain = figures.base([s for s in found if not s.inclusive])
    hit = figures.chosen([s for s in found if s.inclusive])
    rest = max(figures.size(hit) - dead, 0) if hit is not None else 0
    hospital = figures.chosen(
        [s for s in figures.by_sentence(_hurt(told), of_others=True) if figures.numeric(s)]
    )
    if plain is not None and (dead or figures.size(plain) >= rest):
        more = _told_besides(doc, told, found, plain)
        if more:
            return Toll(
                figures.plus(plain.count, more), "figure stated, with those told of besides"
            )
        return _less(_raised(plain, hospital), _gone(told, plain))
    if hit is not None:
        if dead and hit.count.best is not None:
            return Toll(Count(rest, rest, rest), "all who were hit, less the dead")
        return Toll(hit.count, figures.rule(hit))
    if hospital is not None:
        low = hospital.count.best if hospital.count.best is not None else hospital.count.low
        bounds = figures.vague([s for s in claims if s.claim.qualifier == "vague"])
        return Toll(
            Count(max(low or 0, bounds.low or 0) or None, None, bounds.high),
            "at least those in hospital",
        )
    claims = [s for s in claims if not _tells_of_dead(s, dead)]
    single = persons.hurt(people)
    unnumbered = "killed" in tolls and tolls["killed"].count.best is None
    if unnumbered and all(s.mention.inclusive for s in claims if persons.single(s)):
        single -= max(dead - persons.killed(people), 0)  # "a fatal shooting"
    return _without_number([c for c in claims if not _is_dead(c, people)], max(single, 0))


def _tells_of_dead(item: Stated, dead: int) -> bool:
    """ "the victims were shot", where two or more died: no word of others."""
    vague = item.claim.qualifier == "vague" and item.mention.inclusive
    people = item.mention.group is not None  # not "casualties were reported"
    return people and vague and 0 < (item.claim.low or 0) <= dead


def _least(count: Count) -> int:
    return count.best or count.low or 0


def _gone(told: list[Stated], figure: Statement) -> int:
    """Of the people in a figure of the hurt, those told dead later: "one of them died"."""
    dead = [item for item in told if item.claim.measure == "killed"]
    if any(item.sentence <= figure.sentence and not _is_of(item, figure) for item in dead):
        return 0  # told apart from the start: "one person dead and three injured"
    return sum(item.claim.best or 0 for item in dead if _is_of(item, figure))


def _is_of(item: Stated, figure: Statement) -> bool:
    """ "three were hurt, including a girl who died": one of those in the figure."""
    parent = item.mention.parent
    if parent is not None:
        return parent.measure == "injured" and item.sentence == figure.sentence
    whole = item.whole
    return whole is not None and whole.measure == "injured" and whole.best == figure.count.best


def _less(toll: Toll, gone: int) -> Toll:
    best = toll.count.best
    if not gone or best is None or best < gone:
        return toll
    return Toll(figures.plus(toll.count, -gone), "figure stated, less those who died later")


def _raised(plain: Statement, hospital: Statement | None) -> Toll:
    """A vague word ("dozens") with a figure of those in hospital: that is the lower bound."""
    count = plain.count
    low = hospital.count.low if hospital is not None else None
    if count.best is None and low is not None and low > (count.low or 0):
        high = count.high if count.high is None or count.high >= low else None
        return Toll(Count(low, None, high), "a vague word; at least those in hospital")
    return Toll(count, figures.rule(plain))


def _told_besides(doc: Doc, told: list[Stated], found: list[Statement], base: Statement) -> int:
    """People told of as more than a figure: "two soldiers were also killed", "the bomber died"."""
    if base.update:
        return 0
    reach = range(base.sentence, base.sentence + 1 + _BESIDES)
    others = (s for s in found if s.added and s is not base and s.sentence in reach)
    more = sum(s.count.best or 0 for s in others)
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
    return item.sentence in reach and figures.is_more(item)


def _plain(claims: list[Stated], people: list[persons.Person], measure: Measure) -> Toll | None:
    numbered = figures.chosen(
        [s for s in figures.by_sentence(claims, of_others=True) if figures.numeric(s)]
    )
    if numbered is not None:
        return Toll(numbered.count, figures.rule(numbered))
    return _without_number(claims, sum(measure in person.measures for person in people))


def _hurt(told: list[Stated]) -> list[Stated]:
    return [s for s in told if s.claim.measure in ("hospitalised", "critically_injured")]


def _is_dead(item: Stated, people: list[persons.Person]) -> bool:
    return item.claim.qualifier == "implied" and not persons.hurt(people)


def _rival(found: list[Statement], chosen: Statement, language: str) -> Statement | None:
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
            and not is_witness(other.speaker, language)
            and (chosen.narrow or not other.narrow)  # "three people"; "two men": some of them
        ):
            return other
    return None


def is_witness(speaker: str | None, language: str) -> bool:
    """Whether one person tells what they saw: a smaller count than others' is a part of it."""
    words = (speaker or "").lower().split()
    person = lexicon.load(language).people.get(words[-1]) if words else None
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


def _without_number(claims: list[Stated], single: int) -> Toll | None:
    """No figure: people told of one by one, a vague word, or a stated nought."""
    least = max((s.claim.low or 0 for s in claims if s.claim.qualifier == "at_least"), default=0)
    parts = sum(s.claim.best or 0 for s in claims if s.claim.relation == "subset")
    if parts > max(single, least):  # "the dead include two nurses": how many more is not told
        return Toll(Count(low=parts), "at least those told of as among them")
    if single >= least and single:
        return Toll(Count(single, single, single), "people told of one by one")
    known = [s for s in claims if s.claim.qualifier in _BOUNDED]
    if known:
        return Toll(figures.vague(known), "no figure: a vague word or a bound")
    if any(s.claim.qualifier == "none" for s in claims):
        return Toll(Count(0, 0, 0), "none stated")
    return None
