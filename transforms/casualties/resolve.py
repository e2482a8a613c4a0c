"""From what the text says to claims: the count, whose victims, in which scope and relation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from transforms.casualties import scope as scopes
from transforms.casualties import victims
from transforms.casualties.lexicon import Lexicon
from transforms.model import Claim, Count
from transforms.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from transforms.casualties.mentions import Mention
    from transforms.casualties.phrases import Group
    from transforms.model import (
        Attribution,
        Measure,
        PlaceMention,
        Qualifier,
        Relation,
    )
    from transforms.text import Doc

#: The plural of a noun means two at least.
_PLURAL_LOW = 2
#: Characters between those in hospital and those of them who are in critical condition.
_WARD = 60


@record
class Stated:
    """A claim with the mention that it came from, for the rules that need both."""

    claim: Claim
    mention: Mention
    sentence: int
    whole: Claim | None = None  # of whose people this claim's are a part


def resolve(
    article_id: str,
    doc: Doc,
    mentions: Sequence[Mention],
    places: Sequence[PlaceMention],
    speaker_of: Callable[[int, int], Attribution | None],
    lexicon: Lexicon,
) -> list[Stated]:
    """Claims in the order of the text; a mention that names no people yields none."""
    toponyms = {(place.start, place.end) for place in places if place.geoname_id is not None}
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    stated: dict[int, Stated] = {}
    for mention in mentions:
        if not _names_people(doc, mention, toponyms):
            continue
        parent = stated.get(id(mention.parent)) if mention.parent else None
        siblings = by_sentence[mention.sentence]
        claim = _claim(article_id, doc, mention, siblings, parent, speaker_of, lexicon)
        if claim.relation == "subset" and parent is not None:
            claim = replace(claim, category=victims.inside(claim.category, parent.claim.category))
        if claim.category == "unknown" and victims.elliptical(doc, mention, lexicon):
            kin = parent or stated.get(id(victims.before(mention, siblings)))
            claim = replace(claim, category=kin.claim.category if kin else "unknown")
        stated[id(mention)] = Stated(
            claim, mention, mention.sentence, parent.claim if parent else None
        )
    return _with_parents(_unique(stated.values()))


def _unique(stated: Iterable[Stated]) -> list[Stated]:
    """One claim a claim_id: the same people under the same measure by two triggers are one."""
    found: dict[str, Stated] = {}
    for item in stated:
        found.setdefault(item.claim.claim_id, item)
    return sorted(found.values(), key=lambda s: (s.claim.start, s.claim.end))


#: Whose part a measure's people may be: the critically hurt of those in hospital …
WHOLES: dict[Measure, tuple[Measure, ...]] = {
    "killed": ("killed", "injured", "rescued", "abducted"),
    "injured": ("injured",),
    "hospitalised": ("hospitalised", "injured"),
    "critically_injured": ("hospitalised", "injured"),
    "missing": ("missing",),
    "captured": ("captured",),
    "abducted": ("abducted",),
    "displaced": ("displaced",),
    "rescued": ("abducted", "missing", "captured"),
}


def _with_parents(stated: list[Stated]) -> list[Stated]:
    """Gives a part without a whole in its sentence the last whole told of before it."""
    found: list[Stated] = []
    for item in stated:
        claim, group = item.claim, item.mention.group
        lacks = claim.parent_claim_id is None and item.mention.antecedent is None
        if lacks and group is not None and (claim.relation == "subset" or group.partitive):
            whole = _whole_of(claim, found)
            if whole is not None:
                category = claim.category if claim.category != "unknown" else whole.category
                claim = replace(claim, parent_claim_id=whole.claim_id, category=category)
                item = replace(item, claim=claim, whole=whole)
        found.append(item)
    return found


def _whole_of(claim: Claim, before: list[Stated]) -> Claim | None:
    """The nearest figure before a claim of which it may be a part.

    A part of the dead is looked for among the dead first; a figure goes before a range.
    """
    wholes = [item.claim for item in reversed(before) if _may_hold(item, claim)]
    inside = claim.relation == "subset"
    return min(
        wholes,
        key=lambda whole: (
            inside and whole.measure != claim.measure,
            inside and whole.best is None,
        ),
        default=None,
    )


def _may_hold(item: Stated, claim: Claim) -> bool:
    whole = item.claim
    if whole.measure not in WHOLES[claim.measure]:
        return False
    if whole.relation == "subset" and not _is_ward(item, claim):
        return False
    several = whole.qualifier not in ("implied", "none", "none_reported") and whole.best != 1
    fits = claim.best is None or whole.best is None or claim.best <= whole.best
    return several and fits and not item.mention.earlier


def _is_ward(item: Stated, claim: Claim) -> bool:
    """ "31 of them are in hospital, nine in critical condition": nine of those in hospital."""
    near = 0 <= claim.start - item.claim.end <= _WARD
    critical = claim.measure == "critically_injured"
    return near and critical and item.claim.measure == "hospitalised"


def _names_people(doc: Doc, mention: Mention, toponyms: set[tuple[int, int]]) -> bool:
    group = mention.group
    if group is None:
        return True
    if group.kind == "pronoun":
        return doc.lower[group.first] not in ("they", "them")
    if group.kind == "name" and group.person is None:
        return (doc.starts[group.first], doc.ends[group.last - 1]) not in toponyms
    return True


def _claim(
    article_id: str,
    doc: Doc,
    mention: Mention,
    siblings: list[Mention],
    parent: Stated | None,
    speaker_of: Callable[[int, int], Attribution | None],
    lexicon: Lexicon,
) -> Claim:
    start, end = _span(doc, mention)
    count, qualifier = count_of(mention)
    said = speaker_of(start, end)
    traits = victims.of(doc, mention, lexicon)
    number_at = doc.starts[mention.group.first] if mention.group else start
    return Claim(
        claim_id=f"{article_id}:c{number_at}-{mention.measure}",
        measure=mention.measure,
        low=count.low,
        best=count.best,
        high=count.high,
        qualifier=qualifier,
        scope=scopes.of(doc, doc.sentences[mention.sentence], mention, siblings),
        relation=_relation(mention, siblings),
        parent_claim_id=parent.claim.claim_id if parent else None,
        category=traits.category,
        sex=traits.sex,
        age_group=traits.age_group,
        speaker=said.speaker if said else None,
        speaker_role=said.role if said else None,
        certainty=said.certainty if said else "asserted",
        start=start,
        end=end,
        quote=doc.text[start:end],
    )


def _span(doc: Doc, mention: Mention) -> tuple[int, int]:
    """From the first to the last of the group's and the trigger's words."""
    first, last = mention.first, mention.last
    if mention.group is not None:
        first, last = min(first, mention.group.first), max(last, mention.group.last)
    return doc.starts[first], doc.ends[last - 1]


def count_of(mention: Mention) -> tuple[Count, Qualifier]:
    """The count that a mention states, by DESIGN's conventions."""
    group = mention.group
    if group is None:
        return Count(low=1), "vague"
    if group.kind == "zero":
        return (Count(), "none_reported") if mention.none_reported else (Count(0, 0, 0), "none")
    quantity = group.quantity
    if quantity is None:
        return _implied(group)
    count = Count(quantity.low, quantity.best, quantity.high)
    if mention.joint:  # "20 killed or wounded": at most 20 of either
        most = count.high if count.high is not None else count.best
        if most is None:
            return count, quantity.qualifier  # "an unknown number were killed and injured"
        return Count(high=most), "at_most"
    return count, quantity.qualifier


def _implied(group: Group) -> tuple[Count, Qualifier]:
    if group.plural:
        return Count(low=_PLURAL_LOW), "vague"
    return Count(1, 1, 1), "implied"


def _relation(mention: Mention, siblings: Sequence[Mention]) -> Relation:
    if mention.update or mention.earlier:
        return "update"
    group = mention.group
    if mention.antecedent is not None:
        return "part" if mention.part else "total"
    if mention.subset or (group is not None and group.partitive and not _moves(mention)):
        return "subset"
    if group is not None and _explains(mention, group, siblings):
        return "subset"
    if group is not None and (_is_of_those(mention, group) or _is_degree(mention, group, siblings)):
        return "subset"
    if mention.part or (group is not None and group.partitive):
        return "part"
    if group is not None and group.further:
        # "killed three and wounded 20 others": others than the dead, all of the wounded
        before = [m for m in siblings if m.first < mention.first]
        same = [m for m in before if m.measure == mention.measure]
        return "part" if same or not before else "total"
    return "total"


def _explains(mention: Mention, group: Group, siblings: Sequence[Mention]) -> bool:
    """ "the toll rose to 22 after four of the hurt died": the new figure counts them."""
    return any(
        m.update
        and not m.earlier
        and m.group is not None
        and m.measure == mention.measure
        and m.group.last <= group.first
        for m in siblings
    )


def _is_of_those(mention: Mention, group: Group) -> bool:
    """ "seven of those killed were women": told of already under the same measure."""
    return group.partitive and mention.form == "past" and mention.first == group.last


def _is_degree(mention: Mention, group: Group, siblings: Sequence[Mention]) -> bool:
    """ "sixteen were hurt, six seriously": a number alone is of those told of before it."""
    if mention.measure not in ("critically_injured", "hospitalised") or not group.bare:
        return False
    if group.quantity is not None and group.quantity.further:
        return False  # "two were hurt, another three are in hospital"
    return any(
        m.first < mention.first
        and m.measure in ("injured", "hospitalised")
        and m.group is not group
        and m.measure != mention.measure
        for m in siblings
    )


def _moves(mention: Mention) -> bool:
    """ "one of them died": counted among the dead from then on, not a part of them."""
    return mention.measure == "killed"
