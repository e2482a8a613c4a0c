"""Armed actors in languages of free word order: who is in the nominative of an attack did it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from seeds import read as seeds
from transforms import morphology
from transforms.model import ActorMention
from transforms.phrases import Phrases

if TYPE_CHECKING:
    from transforms.actors import Role
    from transforms.language import Language
    from transforms.text import Doc

#: A verb of attack stands within so many words of who attacked.
_REACH = 6
#: "російської ракетної атаки": words from an adjective to what it describes.
_DESCRIBES = 2


@dataclass(frozen=True, slots=True)
class Term:
    """Whom a phrase names, and whether it does wherever it stands."""

    name: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The actors of one language and the words that tell what they did."""

    phrases: Phrases[Term]
    acts: frozenset[str]
    strikes: frozenset[str]
    targets: frozenset[str]


@cache
def _lexicon(language: Language) -> Lexicon:
    told = seeds.rows(f"{language.folder}/actors.csv")
    syntax = seeds.toml(f"{language.folder}/actors.toml")
    terms = [
        (phrase, Term(row["name"], row["sure"] == "yes"))
        for row in told
        for phrase in row["phrases"].split("|")
    ]
    return Lexicon(
        Phrases(terms, morphology.speller(language)),
        **{name: frozenset(syntax[name]) for name in ("acts", "strikes", "targets")},
    )


def find(doc: Doc) -> list[ActorMention]:
    """Every armed actor of a text, in order, with its part in the attack."""
    lexicon = _lexicon(doc.language)
    found: list[ActorMention] = []
    for hit in lexicon.phrases.find(doc.lemma):
        role = _role(doc, hit.first, hit.last, lexicon)
        if role == "unknown" and not hit.value.sure:
            continue
        start, end = doc.starts[hit.first], doc.ends[hit.last - 1]
        found.append(ActorMention(start, end, doc.text[start:end], hit.value.name, role))
    return found


def _role(doc: Doc, first: int, last: int, lexicon: Lexicon) -> Role:
    """Attacker: before a word of attack, or its subject; target: after "по", or its object."""
    tags = doc.tag(last - 1)
    if "ADJF" in tags and "NOUN" not in tags:
        after = doc.lemma[last : last + _DESCRIBES]
        return "attacker" if not lexicon.strikes.isdisjoint(after) else "unknown"
    if doc.lower[first - 1 : first] and doc.lower[first - 1] in lexicon.targets:
        return "target"
    undeclined = not tags or doc.words[last - 1].isupper()  # "ЗСУ"
    if undeclined or "nomn" in tags:
        return "attacker" if _acts(doc, first, last, lexicon) else "unknown"
    governed = first > 0 and doc.lemma[first - 1] in lexicon.strikes
    return "attacker" if governed else "unknown"  # "удару армії РФ"


def _acts(doc: Doc, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a verb of attack stands near in the same clause."""
    after = _until_comma(doc.lower[last : last + _REACH])
    before = _until_comma(doc.lower[max(first - _REACH, 0) : first][::-1])
    near = {*doc.lemma[last : last + after], *doc.lemma[first - before : first]}
    return not lexicon.acts.isdisjoint(near)


def _until_comma(words: list[str]) -> int:
    return next((i for i, word in enumerate(words) if word in (",", ".", ";", ":")), len(words))
