"""Who owns up to an attack, is accused of it or denies it, where case tells who does what."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from transforms import blame, cases

if TYPE_CHECKING:
    from transforms.actors import Role
    from transforms.blame import Blame
    from transforms.text import Doc

#: "заперечує, що завдала удару": from the verb to what is denied, past a comma.
_DENIED_REACH = 7
_QUOTES = frozenset('«"“„')
_ENDS = frozenset((".", ";", ":", "!", "?", "—", "–"))


def words(doc: Doc) -> Blame | None:
    """The language's words of blame, if the text has any of them."""
    told = blame.load(doc.language)
    return told if told is not None and not told.cues.isdisjoint(doc.lemma) else None


def part(doc: Doc, first: int, last: int, told: Blame) -> Role | None:
    """What is told of an actor's part by these words; None: nothing is."""
    first = _with_members(doc, first, told)
    span = cases.clause(doc, first, last)
    if _is_blamed(doc, first, last, span, told):
        return "blamed"
    if _owns(doc, first, last, span, told):
        return "claimed"
    return "denied" if _denies(doc, first, last, span, told) else None


def _with_members(doc: Doc, first: int, told: Blame) -> int:
    """ "*боевиков* «Талибана»": whoever they are, they stand in the case that tells."""
    at = first - 1 - (first > 1 and doc.words[first - 1] in _QUOTES)
    return at if at >= 0 and doc.lemma[at] in told.members else first


def owning(doc: Doc, span: range, told: Blame) -> tuple[int, int] | None:
    """The verb and the noun of owning up to an attack: "*взяв* на себе *відповідальність*"."""
    verb = _one(doc, span, told.owns)
    noun = _one(doc, span, told.responsibility)
    if verb is None or noun is None or not told.is_of_attack(doc, verb, noun):
        return None
    return verb, noun


def is_negated(doc: Doc, verb: int, told: Blame) -> bool:
    """ "не взяв", "на себя не брал"."""
    return verb > 0 and doc.lemma[verb - 1] in told.negation


def _one(doc: Doc, span: range, known: frozenset[str]) -> int | None:
    return next((i for i in span if doc.lemma[i] in known), None)


def _owns(doc: Doc, first: int, last: int, span: range, told: Blame) -> bool:
    found = owning(doc, span, told)
    if found is None or is_negated(doc, found[0], told):
        return False
    return _speaks(doc, first, last, found[0], told)


def _speaks(doc: Doc, first: int, last: int, verb: int, told: Blame) -> bool:
    """Whether an actor is a verb's subject, or those meant by "у Кремлі заперечують"."""
    if cases.may_do(doc, first, last, verb):
        return True
    inside = first > 0 and doc.lower[first - 1] in told.inside and "plur" in doc.tag(verb)
    tags = doc.tag(cases.head(doc, first, last))
    return inside and (cases.is_undeclined(doc, first, last) or "loct" in tags)


def _denies(doc: Doc, first: int, last: int, span: range, told: Blame) -> bool:
    verb = _one(doc, span, told.denies)
    if verb is not None:
        after = _until_end(doc, verb + 1, _DENIED_REACH)
        what = [*(doc.lemma[i] for i in span if i < verb), *after]
        return not told.disowned.isdisjoint(what) and _speaks(doc, first, last, verb, told)
    if cases.is_governed(doc, first) or not _may_be_subject(doc, first, last):
        return False
    said = _until_end(doc, last, _DENIED_REACH)
    return not told.innocent.isdisjoint(said) or any(
        one in told.negation and other in told.disowned for one, other in pairwise(said)
    )


def _may_be_subject(doc: Doc, first: int, last: int) -> bool:
    return cases.is_undeclined(doc, first, last) or "nomn" in doc.tag(cases.head(doc, first, last))


def _until_end(doc: Doc, first: int, reach: int) -> list[str]:
    """The lemmas after a token in its sentence, past commas."""
    high = min(first + reach, len(doc.lower))
    end = next((i for i in range(first, high) if doc.lower[i] in _ENDS), high)
    return doc.lemma[first:end]


def _is_blamed(doc: Doc, first: int, last: int, span: range, told: Blame) -> bool:
    verb = _one(doc, span, told.blames)
    if verb is not None and not is_negated(doc, verb, told):
        if "PRTS" in doc.tag(verb):
            return cases.may_do(doc, first, last, verb)  # "обвинены боевики"
        if cases.may_undergo(doc, first, last, verb):
            return _is_object(doc, first, last, told)
    verb = _one(doc, span, told.blamed)
    if verb is not None:
        return cases.may_do(doc, first, last, verb)
    on = first > 0 and doc.lower[first - 1] in told.on
    laid = on and _one(doc, span, told.blamed_on) is not None
    return laid and _one(doc, span, told.responsibility) is not None


def _is_object(doc: Doc, first: int, last: int, told: Blame) -> bool:
    """Whether no other noun governs a name of one form: not in "обвинил в ударе по складу ВСУ"."""
    if not cases.is_undeclined(doc, first, last) or first == 0:
        return True
    return "NOUN" not in doc.tag(first - 1) or doc.lemma[first - 1] in told.attacks
