"""The words by which one person is told from another, and who attacked from who was hit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from seeds import read as seeds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from transforms.language import Language

_LISTS = ("attackers", "several", "blew", "attacks", "as", "he", "him", "anyone", "titles")
_MORE = ("suffixes", "copulas", "later")


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of ``[told]`` in a language's people.toml, by lemma where it has a morphology."""

    attackers: frozenset[str]  # nouns for who attacked: they take up no victim
    several: frozenset[str]  # of more than one
    blew: frozenset[str]  # "a bomber blew himself up": verbs of a death by one's own bomb
    attacks: frozenset[str]  # right after a name these tell what its bearer did
    as_: frozenset[str]  # "identified the gunman as Ann Poe"
    he: frozenset[str]  # pronouns for a subject …
    him: frozenset[str]  # … and for an object
    anyone: frozenset[str]  # nouns with a category that tell no trade: they take up anyone
    titles: frozenset[str]  # before a name
    suffixes: frozenset[str]  # after a name
    copulas: frozenset[str]
    later: frozenset[str]  # who died is told to have been hurt before
    ordinals: Mapping[str, int]  # "a third person"
    sexes: Mapping[str, str]  # of pronouns: "men" or "women"


@cache
def words(language: Language) -> Words:
    """The words of a language.

    Raises:
        seeds.read.SeedError: its people.toml lacks them.
    """
    name = f"{language.folder}/people.toml"
    told = seeds.toml(name).get("told", {})
    missing = [key for key in (*_LISTS, *_MORE, "ordinals", "sexes") if key not in told]
    if missing:
        raise seeds.SeedError(f"{name}: [told] lacks {', '.join(missing)}")
    sets = {
        key if key != "as" else "as_": frozenset(told[key].split()) for key in (*_LISTS, *_MORE)
    }
    anyone = sets.pop("anyone") | sets["attackers"]
    return Words(**sets, anyone=anyone, ordinals=told["ordinals"], sexes=told["sexes"])
