"""Finds the words that name an attack, a fight or another event, as ACLED sorts them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from seeds.read import rows
from transforms import morphology
from transforms.model import EventMention
from transforms.phrases import Phrases

if TYPE_CHECKING:
    from transforms.language import Language
    from transforms.text import Doc

SEED = "events.csv"
#: The sub-event of an attack of which no more is said.
_PLAIN = "Attack"
#: What drones drop.
_LOADS = frozenset(("grenade", "explosive device"))


@dataclass(frozen=True, slots=True)
class Term:
    """A row of the lexicon: what its phrase names, and the neighbours that make it another."""

    sub_event_type: str
    weapon: str | None
    unless_before: frozenset[str]
    unless_after: frozenset[str]


@cache
def _lexicon(language: Language) -> Phrases[Term] | None:
    if not language.has(SEED):
        return None
    told = rows(f"{language.folder}/{SEED}")
    return Phrases(((row["phrase"], _term(row)) for row in told), morphology.speller(language))


def _term(row: dict[str, str]) -> Term:
    return Term(
        row["sub_event_type"],
        row["weapon"] or None,
        frozenset(row["unless_before"].split("|")) - {""},
        frozenset(row["unless_after"].split("|")) - {""},
    )


def find(doc: Doc) -> list[EventMention]:
    """Every event word or phrase of a text, in order; an inflected language is read by lemmas."""
    lower, found = doc.lemma, []
    lexicon = _lexicon(doc.language)
    for hit in lexicon.find(lower) if lexicon else ():
        term = hit.value
        if (
            term.unless_after
            and lower[hit.last : hit.last + 1]
            and (lower[hit.last] in term.unless_after)
        ):
            continue
        if term.unless_before and hit.first and lower[hit.first - 1] in term.unless_before:
            continue
        start, end = doc.starts[hit.first], doc.ends[hit.last - 1]
        found.append(
            EventMention(start, end, doc.text[start:end], term.sub_event_type, term.weapon)
        )
    return _specific(doc, found) if doc.language.order == "free" else found


def _specific(doc: Doc, found: list[EventMention]) -> list[EventMention]:
    """Drops a plain "attack" or "strike" where its sentence says what kind it was.

    Their lexicons name weapons by single words, so that "attacked with drones" is two mentions;
    a grenade or bomb told of beside a drone is what it dropped.
    """
    dropping = {doc.sentence_number(e.start) for e in found if e.weapon == "drone"}
    found = [
        e for e in found if e.weapon not in _LOADS or doc.sentence_number(e.start) not in dropping
    ]
    plain = [e for e in found if e.sub_event_type == _PLAIN and e.weapon is None]
    told = {doc.sentence_number(e.start) for e in found if e not in plain}
    return [e for e in found if e not in plain or doc.sentence_number(e.start) not in told]
