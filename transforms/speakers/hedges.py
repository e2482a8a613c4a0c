"""Finds what the writer leaves open: "reportedly", "believed to", "not independently verified"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from seeds.read import toml
from transforms.phrases import Phrases

if TYPE_CHECKING:
    from transforms.language import Language
    from transforms.text import Doc, Sentence

_BREAKS = frozenset((",", ";", ":", "—", "–"))
_AUXILIARIES = frozenset(("was", "were", "is", "are", "had", "has", "have", "been"))


@cache
def _lexicon(language: Language) -> Phrases[bool]:
    seed = _seed(language)
    return Phrases((phrase, True) for phrase in (*seed["words"], *seed["phrases"]))


@cache
def _carry_on(language: Language) -> frozenset[str]:
    return frozenset(_seed(language)["carry_on"])


def _seed(language: Language) -> dict[str, list[str]]:
    seed: dict[str, list[str]] = toml(f"{language.folder}/speakers.toml")["hedges"]
    return seed


def hedges(doc: Doc) -> list[tuple[int, int]]:
    """Character spans of the clauses that hold a word of doubt, in order."""
    found = []
    for hit in _lexicon(doc.language).find(doc.lower):
        sentence = doc.sentence_at(doc.starts[hit.first])
        if sentence is not None:
            first = _clause_start(doc, sentence, hit.first)
            found.append((doc.starts[first], doc.ends[_clause_end(doc, sentence, hit.last) - 1]))
    return found


def _clause_start(doc: Doc, sentence: Sentence, first: int) -> int:
    at = first
    while at > sentence.first and doc.lower[at - 1] not in _BREAKS:
        at -= 1
    # "Three people, among them a child, were reportedly killed": the subject stands before
    return sentence.first if doc.lower[at] in _AUXILIARIES else at


def _clause_end(doc: Doc, sentence: Sentence, last: int) -> int:
    at = last
    while at < sentence.last:
        word = doc.lower[at]
        follows = doc.lower[at + 1] if at + 1 < sentence.last else ""
        if word in _BREAKS and not (word == "," and follows in _carry_on(doc.language)):
            break
        at += 1
    return at
