"""The words of ``seeds/lexicons/en/speakers.toml`` as sets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from seeds.read import toml
from transforms.model import Certainty

SEED = "lexicons/en/speakers.toml"
QUOTES = frozenset('"“”')
CLOSING = frozenset('"”')


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Sets of lower-case words, and what each verb says of its speech."""

    verbs: dict[str, Certainty]
    participles: frozenset[str]
    that_only: frozenset[str]
    that_strict: frozenset[str]
    of_tolls: frozenset[str]
    that_next: frozenset[str]
    closing: frozenset[str]
    never_next: frozenset[str]
    plain: frozenset[str]
    quoting: frozenset[str]
    counts: frozenset[str]
    between: frozenset[str]
    after: frozenset[str]
    stops: frozenset[str]
    determiners: frozenset[str]
    contrasts: frozenset[str]
    no_speakers: frozenset[str]
    noun_verbs: frozenset[str]
    no_adverbs: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    persons: frozenset[str]  # pronouns of a named speaker
    groups: frozenset[str]  # pronouns of a body
    particles: frozenset[str]
    abbreviations: frozenset[str]
    roles: frozenset[str]
    titles: frozenset[str]
    bodies: frozenset[str]
    offices: frozenset[str]  # roles and bodies, with the possessive forms
    pronouns: frozenset[str]  # of a person or a body
    loose: frozenset[str]  # words that never end a noun phrase
    name_goes_on: frozenset[str]  # small words that do not end a name
    boundaries: frozenset[str]  # a noun phrase does not go past these
    triggers: frozenset[str]


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


_VERBS = (
    *("participles", "that_only", "that_strict", "that_next", "of_tolls", "closing"),
    *("never_next", "plain"),
)
_WORDS = (
    *(
        "quoting",
        "counts",
        "between",
        "after",
        "stops",
        "determiners",
        "contrasts",
        "groups",
        "particles",
    ),
    *("abbreviations", "no_speakers", "noun_verbs", "no_adverbs", "female", "male"),
)


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    seed = toml(SEED)
    verbs, words = seed["verbs"], seed["words"]
    sense: dict[str, Certainty] = {v: kind for kind in get_args(Certainty) for v in verbs[kind]}
    sets: dict[str, Any] = {name: frozenset(verbs[name]) for name in _VERBS}
    sets |= {name: frozenset(words[name]) for name in _WORDS}
    roles, bodies = frozenset(seed["persons"]["roles"]), frozenset(seed["bodies"]["words"])
    offices = roles | bodies | {_plural(word) for word in roles | bodies}
    return Lexicon(
        verbs=sense,
        persons=frozenset(words["named_persons"]),
        roles=roles,
        titles=frozenset(seed["persons"]["titles"]),
        bodies=bodies,
        offices=offices,
        pronouns=frozenset(words["named_persons"]) | sets["groups"],
        loose=sets["between"] | {"and", "-", "of", "for"},
        name_goes_on=offices | sets["particles"] | {"of", "for", "and"},
        boundaries=sets["stops"] | sets["participles"] | frozenset(sense) - sets["noun_verbs"],
        triggers=frozenset(sense)
        | sets["participles"]
        | sets["quoting"]
        | {"according", "count", ":"},
        **sets,
    )
