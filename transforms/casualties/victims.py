"""Whose victims they are, of which sex and age, by the nouns that name or describe them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from transforms.casualties import traits as told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.casualties.lexicon import Lexicon
    from transforms.casualties.mentions import Mention
    from transforms.casualties.phrases import Group
    from transforms.model import Category
    from transforms.text import Doc

#: A rank or a trade says little beside one of these: "a rebel commander", "a police driver".
_SIDES = frozenset({"militant", "police"})
_OF = frozenset(("of", "from"))
#: "members of the General A. B. Poe battalion": a body is named within so many words.
_BODY = 10
#: Where words are inflected a body stands right after its member, in the genitive.
_NEXT = 3
#: A noun of feminine gender alone; "inan": a word for things, too (OpenCorpora).
_WOMAN = frozenset(("NOUN", "anim", "femn"))
_EITHER = frozenset(("masc", "ms-f", "Ms-f", "inan", "guess"))
#: OHCHR counts those under 18 as children.
_OF_AGE = 18


@dataclass(frozen=True, slots=True)
class Traits:
    """What the words tell of some people."""

    category: Category = "unknown"
    sex: str | None = None
    age_group: str | None = None


def of(doc: Doc, mention: Mention, lexicon: Lexicon) -> Traits:
    """The traits of a mention's people, by its own noun, then by those that describe them."""
    traits = Traits()
    for group in (mention.group, mention.described, mention.antecedent):
        if group is not None and group.kind not in ("zero", "pronoun"):
            read = [_of_group(doc, group, lexicon), Traits(_of_body(doc, group, lexicon))]
            # where the body stands right behind its member, it says more than "employee"
            for one in reversed(read) if doc.language.order == "free" else read:
                traits = _filled(traits, one)
    return traits


def _of_body(doc: Doc, group: Group, lexicon: Lexicon) -> Category:
    """ "army members", "members of the Poe battalion": those of a body are of its side."""
    if group.head is None or doc.lemma[group.head] not in lexicon.members:
        return "unknown"
    words = doc.lower[group.first : group.head]
    if doc.language.order == "free":
        words = doc.lemma[group.head + 1 : group.head + 1 + _NEXT]  # "працівник ДСНС"
    elif doc.lower[group.head + 1] in _OF:
        for word in doc.lower[group.head + 2 : group.head + _BODY]:
            if word in lexicon.grammar.comma or word in lexicon.grammar.be:
                break
            words.append(word)
    return next((lexicon.bodies[word] for word in words if word in lexicon.bodies), "unknown")


def _filled(traits: Traits, other: Traits) -> Traits:
    return Traits(
        other.category if traits.category == "unknown" else traits.category,
        traits.sex or other.sex,
        traits.age_group or other.age_group,
    )


def _of_group(doc: Doc, group: Group, lexicon: Lexicon) -> Traits:
    """The last noun decides; those before it add: "teenage girl", "Taliban commander"."""
    traits = Traits()
    for i in range(group.last - 1, group.first - 1, -1):
        word = doc.lemma[i]
        if word in lexicon.rebels and traits.category == "military":
            traits = replace(traits, category="militant")
        person = lexicon.people.get(word)
        if word in lexicon.young and not group.plural:
            traits = replace(traits, age_group="children")
        if person is None:
            traits = _filled(traits, Traits(lexicon.adjectives.get(word, "unknown")))
            continue
        traits = _filled(traits, Traits(person.category, person.sex, person.age_group))
        if traits.category in ("military", "civilian") and person.category in _SIDES:
            traits = replace(traits, category=person.category)
    if traits.sex is None and not group.plural:
        traits = replace(traits, sex=_sex(doc, group, lexicon))
    years = None if group.plural else told.years(doc, group.first, group.last)
    if years is not None and traits.age_group is None:
        traits = replace(traits, age_group="children" if years < _OF_AGE else "adults")
    return traits


def _sex(doc: Doc, group: Group, lexicon: Lexicon) -> str | None:
    """What gender tells: "вона" is a woman, as is "ткаля", which no list has."""
    at = group.first if group.head is None else group.head
    tags = doc.tag(at)
    if "NPRO" in tags:
        return "women" if "femn" in tags else None
    woman = tags >= _WOMAN and _EITHER.isdisjoint(tags) and doc.lemma[at] not in lexicon.people
    return "women" if woman else None


def inside(part: Category, whole: Category) -> Category:
    """A part of rebels is of rebels: "20 militants, among them a commander and a foreigner"."""
    return whole if whole == "militant" else part


def elliptical(doc: Doc, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a group leaves its noun to the one before: "four are missing", "two others"."""
    group = mention.group
    if group is None or group.kind not in ("number", "one"):
        return False
    return group.head is None or doc.lemma[group.head] in lexicon.fellows


def before(mention: Mention, siblings: Sequence[Mention]) -> Mention | None:
    """The people told of right before a group in its sentence."""
    group = mention.group
    told = [
        m
        for m in siblings
        if m.group is not None
        and group is not None
        and m.group.last <= group.first
        and not m.subset  # "12 people, including three rebels, were killed and 30 hurt"
    ]
    return max(told, key=lambda m: m.group.first if m.group else 0, default=None)
