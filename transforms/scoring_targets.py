"""Scoring against victims as targets, one by one: the MUC-3/4 key templates.

The rule, the same for ``killed`` (effect DEATH) and ``injured`` (effect INJURY; the critically
injured are among them):

* A gold target and a claim may stand for each other when their numbers agree and a word of one of
  the target's mentions stands in the claim's quote, its sentence or the two sentences before it;
  for numbers from two up the number alone is enough. Each is used once, the nearest words first.
* A claim of several people ("A, B and C were shot") also answers all targets that its sentence
  names when their numbers add up to its own.
* Optional templates and targets, and targets whose effect is left open or given to a group as a
  whole ("36 people: death, injury"), are neither right nor wrong; nor is a claim that tells how
  many of such a group died or were hurt. A target without an effect is met only by a claim whose
  own words name it. Targets that came to no harm are no targets.
* A claim without a target is wrong, unless it says again what another target says, or is the sum
  of a template's targets, or tells how one was hurt whose death is read ("was shot and died"),
  or tells of one person without a name ("a student", "he") where a single person is found.
  The main figures moreover leave out what the MUC key was told not to code: texts marked
  irrelevant, soldiers and fighters, vague numbers, "casualties" that are dead and hurt at once,
  and events of another time or place. The figures that end in ``_strict`` leave nothing of that
  out.
* A subset may answer a target of its own ("ten dead, among them X": the key has the ten and X); it
  is not wrong where there is none.
* Cumulative, hypothetical and negated claims answer no target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transforms import text
from transforms.scoring_locations import locations
from transforms.scoring_records import (
    Outcome,
    Result,
    Row,
    Scores,
    paired,
    point,
    retrieval,
    share,
)

_EFFECTS = {"killed": "DEATH", "injured": "INJURY"}
_MEASURES = {
    "killed": frozenset({"killed"}),
    "injured": frozenset({"injured", "critically_injured"}),
}
_SCOPES = frozenset({"incident", "background"})
#: Victims that the MUC key leaves out where they fell in combat.
_COMBATANTS = frozenset({"military", "militant"})
_PRONOUNS = frozenset({"he", "she", "him", "her", "they", "them"})
_NAMELESS = frozenset({"a", "an", "one", "he", "she", "him", "her"})
_SENTENCES_BEFORE = 2
_SMALL_WORDS = frozenset(
    {
        "the",
        "and",
        "his",
        "her",
        "their",
        "its",
        "who",
        "that",
        "was",
        "were",
        "for",
        "from",
        "with",
    }
) | {"one", "two"}


@dataclass(frozen=True)
class Target:
    """One group of victims in a key: any of ``numbers``, or any number where that is empty."""

    numbers: frozenset[int]
    plural: bool
    words: frozenset[str]
    name: str
    optional: bool
    mixed: bool = False  # some of them died and some were hurt
    untold: bool = False  # the key does not say what befell them


@dataclass(frozen=True)
class Counted:
    """One claim that may answer a target, with the words around it, nearest first."""

    claim: Row
    number: int | None
    rings: tuple[frozenset[str], ...]

    @property
    def many(self) -> bool:
        """Whether it counts more than one person, in figures or vaguely."""
        return self.claim["qualifier"] == "vague" or self.number != 1


def templates(corpus: str, golds: Sequence[Row], predictions: Sequence[Row]) -> Scores:
    """Score killed and injured at target level, and where the incidents were."""
    pairs = paired(golds, predictions)
    results: list[Result] = []
    outcomes: list[Outcome] = []
    for measure in _EFFECTS:
        found = [o for gold, read in pairs for o in _document(corpus, measure, gold, read)]
        outcomes += found
        tp = sum(o.ok is True for o in found)
        fn = sum(o.ok is False and o.gold is not None for o in found)
        fp = sum(o.ok is False and o.gold is None for o in found)
        uncoded = sum(o.note.startswith("not coded") for o in found)
        results += retrieval(corpus, measure, tp, fp, fn)
        results += retrieval(corpus, measure, tp, fp + uncoded, fn, "_strict")
    places = locations(corpus, pairs)
    if places:
        results.append(share(corpus, "place", "city_or_department", (bool(o.ok) for o in places)))
        outcomes += places
    return Scores(tuple(results), tuple(outcomes))


def _document(corpus: str, measure: str, gold: Row, read: Row) -> Iterator[Outcome]:
    targets = _targets(gold, measure)
    claims = _claims(gold["text"], read, measure)
    matches = _matches(targets, claims)
    for index, target in enumerate(targets):
        claim = matches.get(index)
        quote = claims[claim].claim["quote"] if claim is not None else None
        ok = None if target.optional else claim is not None
        numbers = "/".join(map(str, sorted(target.numbers))) or ("plural" if target.plural else "?")
        yield Outcome(corpus, str(gold["id"]), measure, target.name, numbers, quote, ok)
    answered = [targets[index] for index in matches]
    dead = _dead(gold, read) if measure == "injured" else []
    for index in set(range(len(claims))) - set(matches.values()):
        found = claims[index]
        if found.claim["relation"] == "subset":
            continue
        note = _same(targets, answered, dead, found) or _uncoded(gold, found, measure)
        key = f"claim at {found.claim['start']}"
        yield Outcome(
            corpus,
            str(gold["id"]),
            measure,
            key,
            None,
            found.claim["quote"],
            None if note else False,
            note,
        )


def _dead(gold: Row, read: Row) -> list[Target]:
    """The targets whose death is read."""
    targets = _targets(gold, "killed")
    matches = _matches(targets, _claims(gold["text"], read, "killed"))
    return [targets[index] for index in matches]


def _targets(gold: Row, measure: str) -> list[Target]:
    """The document's targets of one effect, each once though several templates repeat it."""
    unique: dict[tuple[frozenset[str], frozenset[int]], Target] = {}
    for event in gold["events"]:
        for entry in event.get("hum_targets", ()):
            effects = _effects(entry)
            if effects and _EFFECTS[measure] not in effects:
                continue
            sure = effects == {_EFFECTS[measure]} and entry["mentions"] != ["-"]
            optional = not sure or event["optional"] or bool(entry.get("optional"))
            target = _target(entry, optional)
            known = unique.get((target.words, target.numbers))
            if known is None or known.optional:
                unique[target.words, target.numbers] = target
    return list(unique.values())


def _effects(entry: Row) -> frozenset[str]:
    """DEATH, INJURY and their denials; empty where the key says neither."""
    parts = (
        part.strip(" ()") for effect in entry.get("effect") or () for part in effect.split("/")
    )
    return frozenset(part for part in parts if "INJURY" in part or "DEATH" in part)


def _target(entry: Row, optional: bool) -> Target:
    number = str(entry.get("number") or "")
    numbers = {int(digits) for digits in re.findall(r"\d+", number)}
    words = frozenset().union(*(_words(mention) for mention in entry["mentions"]))
    effects = _effects(entry)
    return Target(
        frozenset(numbers),
        "PLURAL" in number,
        words,
        " / ".join(entry["mentions"]),
        optional,
        mixed=effects.issuperset(_EFFECTS.values()),
        untold=not effects,
    )


def _words(phrase: str) -> frozenset[str]:
    """The content words, without a plural ending, so that SOLDIERS meets SOLDIER."""
    found = re.findall(r"[^\W\d_]{3,}", phrase.lower())
    return frozenset(word.removesuffix("s") for word in found if word not in _SMALL_WORDS)


def _claims(article: str, read: Row, measure: str) -> list[Counted]:
    doc = text.read(article)
    counted = []
    for claim in read["claims"]:
        if (
            claim["measure"] in _MEASURES[measure]
            and claim["scope"] in _SCOPES
            and point(claim) != 0
            and claim["qualifier"] != "none_reported"
        ):
            counted.append(Counted(claim, point(claim), _rings(doc, claim)))
    return counted


def _rings(doc: text.Doc, claim: Row) -> tuple[frozenset[str], ...]:
    holding = doc.sentence_at(claim["start"])
    if holding is None:
        return (_words(claim["quote"]),)
    index = doc.sentences.index(holding)
    before = doc.sentences[max(0, index - _SENTENCES_BEFORE)].start
    return (
        _words(claim["quote"]),
        _words(doc.text[holding.start : holding.end]),
        _words(doc.text[before : holding.end]),
    )


def _matches(targets: Sequence[Target], claims: Sequence[Counted]) -> dict[int, int]:
    """Which target (index) is answered by which claim (index)."""
    candidates = []
    for t, target in enumerate(targets):
        for c, claim in enumerate(claims):
            ring = _ring(target, claim)
            if ring is not None and _agree(target, claim):
                candidates.append((target.optional, ring, t, c))
    matches: dict[int, int] = {}
    for _, _, t, c in sorted(candidates):
        if t not in matches and c not in matches.values():
            matches[t] = c
    for c in set(range(len(claims))) - set(matches.values()):
        matches.update(dict.fromkeys(_together(targets, matches, claims[c]), c))
    return matches


def _ring(target: Target, claim: Counted) -> int | None:
    """How near the claim names the target: 0 in its quote … None nowhere."""
    for distance, words in enumerate(claim.rings):
        if words & target.words and not (target.untold and distance):
            return distance
    by_number = claim.number in target.numbers and claim.number not in (None, 1)
    by_number = by_number and not target.untold
    return len(claim.rings) if by_number else None


def _agree(target: Target, claim: Counted) -> bool:
    if target.numbers:
        return claim.number in target.numbers or (target.plural and claim.many)
    return claim.many if target.plural else True


def _together(targets: Sequence[Target], matches: dict[int, int], claim: Counted) -> list[int]:
    """The targets that the claim's sentence names and that add up to its number."""
    words = frozenset().union(*claim.rings[:2])
    named = [t for t, target in enumerate(targets) if t not in matches and words & target.words]
    total = sum(max(targets[t].numbers, default=1) for t in named)
    return named if len(named) > 1 and total == claim.number else []


def _same(
    targets: Sequence[Target], answered: Sequence[Target], dead: Sequence[Target], claim: Counted
) -> str:
    """Whose people an unmatched claim tells of again; empty where it tells of others."""
    near = [target for target in targets if _ring(target, claim) is not None]
    if any(_agree(target, claim) for target in near):
        return "said again"
    if any(target.mixed and _is_within(target, claim) for target in near):
        return "of a group that died or was hurt"
    if any(_agree(target, claim) and _is_about(target, claim) for target in dead):
        return "of the dead"
    nameless = claim.number == 1 and not _NAMELESS.isdisjoint(claim.claim["quote"].lower().split())
    if nameless and any(target.numbers == {1} for target in answered):
        return "told without a name"
    return ""


def _uncoded(gold: Row, claim: Counted, measure: str) -> str:
    """Why the key leaves out what a claim tells; empty where it should not."""
    if claim.number in _sums(gold, measure):
        return "sum of targets"
    reasons = {
        "text irrelevant": not gold["relevant"],
        "combatants": claim.claim["category"] in _COMBATANTS,
        "vague number": claim.claim["qualifier"] == "vague",
        "dead and hurt at once": "casualt" in claim.claim["quote"].lower(),
        "another time or place": claim.claim["scope"] == "background",
    }
    found = [reason for reason, holds in reasons.items() if holds]
    return f"not coded: {', '.join(found)}" if found else ""


def _is_within(target: Target, claim: Counted) -> bool:
    """Whether a claim may count some of a group."""
    return claim.number is None or claim.number <= max(target.numbers, default=claim.number)


def _is_about(target: Target, claim: Counted) -> bool:
    """Whether a claim is of a target's people by its own words, or takes them up by a pronoun."""
    pronoun = not _PRONOUNS.isdisjoint(claim.claim["quote"].lower().split())
    return _ring(target, claim) == 0 or pronoun


def _sums(gold: Row, measure: str) -> set[int]:
    """The totals of the templates, stated or added up."""
    sums = set()
    for event in gold["events"]:
        sums |= {int(n) for n in re.findall(r"\d+", " ".join(event.get("hum_total", ())))}
        entries = event.get("hum_targets", ())
        parts = [_target(e, False) for e in entries if _EFFECTS[measure] in str(e.get("effect"))]
        if len(parts) > 1 and not any(part.plural for part in parts):
            sums.add(sum(max(part.numbers, default=1) for part in parts))
    return sums
