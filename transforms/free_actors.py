"""Armed actors in languages of free word order: who is in the nominative of an attack did it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from seeds import read as seeds
from transforms import cases, free_blame, morphology
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
_STOPS = frozenset((",", ".", ";", ":"))


@dataclass(frozen=True, slots=True)
class Term:
    """Whom a phrase names, and when."""

    name: str
    sure: bool  # wherever it stands
    blame: bool  # only where it owns up to an attack, is accused of it or denies it


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The actors of one language and the words that tell what they did."""

    phrases: Phrases[Term]
    acts: frozenset[str]
    carries: frozenset[str]
    done: frozenset[str]
    strikes: frozenset[str]
    targets: frozenset[str]


@cache
def _lexicon(language: Language) -> Lexicon:
    told = seeds.rows(f"{language.folder}/actors.csv")
    syntax = seeds.toml(f"{language.folder}/actors.toml")
    terms = [
        (phrase, Term(row["name"], row["sure"] == "yes", row["sure"] == "blame"))
        for row in told
        for phrase in row["phrases"].split("|")
    ]
    names = ("acts", "carries", "strikes", "targets")
    lists = {name: frozenset(syntax[name]) for name in names}
    done = lists["acts"].union(syntax["participles"])
    return Lexicon(Phrases(terms, morphology.speller(language)), **lists, done=done)


def find(doc: Doc) -> list[ActorMention]:
    """Every armed actor of a text, in order, with its part in the attack."""
    lexicon = _lexicon(doc.language)
    blamed = free_blame.words(doc)
    found: list[ActorMention] = []
    for hit in lexicon.phrases.find(doc.lemma):
        first, last, term = hit.first, hit.last, hit.value
        told = free_blame.part(doc, first, last, blamed) if blamed is not None else None
        role = told or "unknown"
        if role == "unknown" and not term.blame:
            role = _role(doc, first, last, lexicon)
        if role == "attacker" and found and _is_another(doc, first, last, term, found[-1]):
            role = "unknown"
        if role == "unknown" and not term.sure:
            continue
        start, end = doc.starts[first], doc.ends[last - 1]
        found.append(ActorMention(start, end, doc.text[start:end], term.name, role))
    return found


def _role(doc: Doc, first: int, last: int, lexicon: Lexicon) -> Role:
    """Attacker: before a word of attack, or its subject; target: after "по", or its object."""
    tags = doc.tag(cases.head(doc, first, last))
    if "ADJF" in tags and "NOUN" not in tags:
        after = doc.lemma[last : last + _DESCRIBES]
        return "attacker" if not lexicon.strikes.isdisjoint(after) else "unknown"
    before = doc.lemma[first - 1] if first else ""
    if before in lexicon.targets:
        return "target"
    if cases.is_undeclined(doc, first, last) or "nomn" in tags:
        return "attacker" if _acts(doc, first, last, lexicon) else "unknown"
    if before in lexicon.strikes or _is_agent(doc, first, last, lexicon):
        return "attacker"  # "удару армії РФ", "обстріляне російськими військами"
    struck = before in lexicon.acts and "accs" in tags and "VERB" in doc.tag(first - 1)
    return "target" if struck else "unknown"


def _is_another(doc: Doc, first: int, last: int, term: Term, before: ActorMention) -> bool:
    """Whether somebody else did it in the clause of a name of one form: "удар по складу ВСУ"."""
    if not cases.is_undeclined(doc, first, last) or before.role != "attacker":
        return False
    start = doc.starts[cases.clause(doc, first, last).start]
    return before.start >= start and before.name != term.name


def _acts(doc: Doc, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a verb of attack stands near in the same clause."""
    after = _until_comma(doc.lower[last : last + _REACH])
    before = _until_comma(doc.lower[max(first - _REACH, 0) : first][::-1])
    near = {*doc.lemma[last : last + after], *doc.lemma[first - before : first]}
    if not lexicon.acts.isdisjoint(near):
        return True
    return not (lexicon.carries.isdisjoint(near) or lexicon.strikes.isdisjoint(near))


def _is_agent(doc: Doc, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a phrase in the instrumental is who did it: "обстріляно російськими військами"."""
    if "ablt" not in doc.tag(cases.head(doc, first, last)) or cases.is_governed(doc, first):
        return False
    span = range(max(first - _REACH, 0), min(last + _REACH, len(doc.lemma)))
    return any(doc.lemma[i] in lexicon.done and cases.PASSIVE & doc.tag(i) for i in span)


def _until_comma(words: list[str]) -> int:
    return next((i for i, word in enumerate(words) if word in _STOPS), len(words))
