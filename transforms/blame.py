"""Words by which an attack is owned up to, disowned, or laid at somebody's door."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING

from seeds import read as seeds

if TYPE_CHECKING:
    from transforms.language import Language
    from transforms.text import Doc

_FILE = "actors.toml"
#: "Responsibility for Monday's deadly attack": words up to the attack.
_OF_REACH = 5


@dataclass(frozen=True, slots=True)
class Blame:
    """The words of ``[blame]`` in a language's actors.toml, by lemma where it has a morphology."""

    responsibility: frozenset[str]  # what is owned up to
    attacks: frozenset[str]  # what one is responsible for, that is no duty
    of: frozenset[str]  # between the two; what else is named after it is no attack
    owns: frozenset[str]  # before "responsibility": X owns up
    surely: frozenset[str]  # of those, the verbs that are said of attacks alone
    owned: frozenset[str]  # "claimed by X"
    claims: frozenset[str]  # nouns for owning up: "no claim of responsibility"
    nobody: frozenset[str]
    negation: frozenset[str]
    denies: frozenset[str]  # with a word of the next list: X disowns it
    disowned: frozenset[str]
    innocent: frozenset[str]  # words that disown by themselves
    blames: frozenset[str]  # with X as object
    blamed: frozenset[str]  # with X as subject: "X is accused"
    blamed_on: frozenset[str]  # with "on X"
    on: frozenset[str]
    inside: frozenset[str]  # "in Hamas they deny": X is who speaks
    members: frozenset[str]  # "fighters of X": they are X
    cues: frozenset[str]  # the verbs of all these: a text without one tells nothing of the kind

    def is_of_attack(self, doc: Doc, verb: int, noun: int) -> bool:
        """Whether responsibility is that for an attack: one may take it for much else."""
        after = doc.lemma[noun + 1 : noun + 1 + _OF_REACH]
        if not self.attacks.isdisjoint(after) or doc.lemma[verb] in self.surely:
            return True
        return bool(self.of) and self.of.isdisjoint(after[:1])


@cache
def load(language: Language) -> Blame | None:
    """The words of a language; None where it has none such."""
    if not language.has(_FILE):
        return None
    words = seeds.toml(f"{language.folder}/{_FILE}").get("blame")
    if words is None:
        return None
    lists = {field.name: frozenset(words[field.name]) for field in fields(Blame)[:-1]}
    verbs = ("owns", "denies", "innocent", "disowned", "blames", "blamed", "blamed_on")
    return Blame(**lists, cues=frozenset().union(*(lists[name] for name in verbs)))
