"""Finds armed actors, by name or kind, and who of them attacked whom.

Names follow ACLED's habit: "Military Forces of Russia", "Hamas", "Unidentified Armed Group".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from seeds.read import SeedError, rows, toml
from transforms import blame as blame_words
from transforms import free_actors
from transforms import language as languages
from transforms.model import ActorMention
from transforms.phrases import Phrases
from transforms.text import tokens

if TYPE_CHECKING:
    from transforms.blame import Blame
    from transforms.language import Language
    from transforms.text import Doc

NAMED = "actors.csv"
GENERIC = "actors.toml"
DEMONYMS = "demonyms.csv"

#: ACLED's ``inter`` code of state forces.
STATE = 1

#: What the clause tells of an actor; claimed, blamed, denied: who owns up to an attack, is accused
#: of it, says it was not theirs.
Role = Literal["attacker", "claimed", "blamed", "target", "denied", "unknown"]
#: How many tokens away from an actor its verb may stand.
_REACH = 5
_BY_REACH = 12
#: How many tokens after its verb "responsibility" or "involvement" may stand.
_OBJECT_REACH = 4
_SEIZE = frozenset(("control", "hostage", "hostages", "captive", "over"))
#: Verbs that tell an attacker only with one of these words after them.
_WITH = {"took": _SEIZE, "taken": _SEIZE}


@dataclass(frozen=True, slots=True)
class Term:
    """What a phrase of the lexicon stands for."""

    kind: Literal["actor", "weak", "country", "demonym"]
    name: str
    spellings: frozenset[tuple[str, ...]] = frozenset()  # as written, where capitals matter


@dataclass(frozen=True, slots=True)
class Syntax:
    """Words that tell an attacker from a target."""

    active: frozenset[str]
    acts: frozenset[str]
    nouns: frozenset[str]
    be: frozenset[str]
    between: frozenset[str]
    before: frozenset[str]
    strikes: frozenset[str]
    openers: frozenset[str]
    blame: Blame


@cache
def _syntax(language: Language) -> Syntax:
    seed = toml(f"{language.folder}/{GENERIC}")
    lists: dict[str, Any] = {name: frozenset(words) for name, words in seed["syntax"].items()}
    strikes, openers = frozenset(seed["strikes"]["words"]), frozenset(seed["strikes"]["openers"])
    told = blame_words.load(language)
    if told is None:
        raise SeedError(f"{language.folder}/{GENERIC} lacks [blame]")
    return Syntax(**lists, strikes=strikes, openers=openers, blame=told)


@cache
def _lexicon(language: Language) -> Phrases[Term]:
    seed = toml(f"{language.folder}/{GENERIC}")
    terms: dict[str, Term] = {}
    for row in rows(f"{language.folder}/{NAMED}"):
        for alias in row["aliases"].split("|"):
            _add(terms, alias, Term("actor", row["name"], _spelled(alias)))
    for row in seed["generic"]["rows"]:
        for word in row["words"]:
            _add(terms, word, Term("actor" if row["strong"] else "weak", row["name"]))
    for names in seed["countries"].values():
        for name in names:
            _add(terms, name, Term("country", names[0], _spelled(name)))
    for code, words in _demonyms(language):
        for word in words:
            _add(terms, word, Term("demonym", seed["countries"][code][0]))
    return Phrases(terms.items())


def _spelled(alias: str) -> frozenset[tuple[str, ...]]:
    return frozenset((tuple(tokens(alias)), tuple(tokens(f"{alias}'s"))))


def _add(terms: dict[str, Term], alias: str, term: Term) -> None:
    """Adds a phrase and its possessive; what stands first holds, but for further spellings."""
    for form in (alias, f"{alias}'s"):
        phrase = " ".join(tokens(form.lower()))
        known = terms.setdefault(phrase, term)
        if known.name == term.name and known is not term:
            terms[phrase] = replace(known, spellings=known.spellings | term.spellings)


def _demonyms(language: Language) -> list[tuple[str, list[str]]]:
    known = toml(f"{language.folder}/{GENERIC}")["countries"]
    told = rows(f"{language.folder}/{DEMONYMS}")
    found = [(row["country"], row["words"].split()) for row in told]
    return [(code, words) for code, words in found if code in known]


@cache
def _forces(language: Language) -> dict[tuple[str, ...], tuple[str, int]]:
    """Words after a country's adjective, with the kind of actor they make."""
    names = {
        "military": ("Military Forces of {}", 1),
        "police": ("Police Forces of {}", 1),
        "armed_group": ("Unidentified Armed Group ({})", 3),
    }
    forces = toml(f"{language.folder}/{GENERIC}")["forces"]
    return {tuple(words.split()): name for kind, name in names.items() for words in forces[kind]}


class Entry(NamedTuple):
    """An actor of the lexicon; ``country`` is the state that it serves or is of."""

    name: str
    inter: int  # ACLED's code: 1 state forces, 2 rebels, 3 and 4 militias, 8 external and other
    country: str | None  # ISO 3166-1 alpha-2
    generic: bool  # a word for a kind of people, no name


def inter(name: str) -> int | None:
    """ACLED's ``inter`` code of an actor's name; None for a name that is not in the lexicon."""
    entry = roster().get(name)
    return entry.inter if entry else None


@cache
def roster() -> dict[str, Entry]:
    """Every name that ``find`` can give an actor, with what is known of it."""
    language = languages.load(languages.DEFAULT)  # the names are English in every language
    seed = toml(f"{language.folder}/{GENERIC}")
    told = rows(f"{language.folder}/{NAMED}")
    named = (Entry(r["name"], int(r["inter"]), r["country"] or None, False) for r in told)
    kinds = (Entry(r["name"], r["inter"], None, True) for r in seed["generic"]["rows"])
    forces = (
        Entry(pattern.format(names[0]), code, country, code != STATE)
        for pattern, code in dict.fromkeys(_forces(language).values())
        for country, names in seed["countries"].items()
    )
    return {entry.name: entry for entry in (*forces, *kinds, *named)}


def find(doc: Doc) -> list[ActorMention]:
    """Every armed actor of a text, in order, with its part in the attack as the clause tells it.

    Bare words like "police" and names of states are actors only where they attack or are attacked.
    """
    if not doc.language.has(NAMED):
        return []
    if doc.language.order == "free":
        return free_actors.find(doc)
    found: list[ActorMention] = []
    for hit in _lexicon(doc.language).find(doc.lower):
        term, start = hit.value, doc.starts[hit.first]
        if found and start < found[-1].end:
            continue  # the "forces" of "Russian forces"
        if term.spellings and not _written(doc, hit.first, term.spellings):
            continue
        if not term.spellings and found and _belongs(doc, hit.first, found[-1]):
            continue  # the "militants" of "Taliban militants"
        read = _national if term.kind in ("demonym", "country") else _plain
        mention = read(doc, hit.first, hit.last, term)
        if mention is not None:
            found.append(mention)
    return found


def _belongs(doc: Doc, first: int, before: ActorMention) -> bool:
    return first > 0 and doc.ends[first - 1] == before.end


def _written(doc: Doc, first: int, spellings: frozenset[tuple[str, ...]]) -> bool:
    """Whether the text has capitals where the lexicon has them: "IS" is no "is"."""
    for words in spellings:
        if doc.caps:
            if len(words) > 1 or len(words[0]) > 2:
                return True
        elif all(map(_same_case, words, doc.words[first : first + len(words)])):
            return True
    return False


def _same_case(word: str, text: str) -> bool:
    if len(word) > 1 and word.isupper():
        return text.isupper()
    return text[0].isupper() or not word[0].isupper()


def _plain(doc: Doc, first: int, last: int, term: Term) -> ActorMention | None:
    role = _role(doc, first, last)
    if role == "unknown":
        if term.kind == "weak":
            return None
        if doc.lower[last : last + 1] and doc.lower[last] in _syntax(doc.language).nouns:
            role = "attacker"  # "a Hamas raid"
    return _mention(doc, first, last, term.name, role)


def _national(doc: Doc, first: int, last: int, term: Term) -> ActorMention | None:
    """ "Russian forces", "Russia's army", "a Russian strike", "Russia attacked"."""
    for length in (3, 2, 1):
        force = _forces(doc.language).get(tuple(doc.lower[last : last + length]))
        if force is not None:
            end = last + min(length, len(doc.lower) - last)
            return _mention(doc, first, end, force[0].format(term.name), _role(doc, first, end))
    name = f"Military Forces of {term.name}"
    if _strikes(doc, last) and (term.kind == "demonym" or doc.lower[last - 1].endswith("'s")):
        return _mention(doc, first, last, name, "attacker")
    if term.kind == "country" and (role := _role(doc, first, last)) not in ("target", "unknown"):
        return _mention(doc, first, last, name, role)
    return None


def _strikes(doc: Doc, at: int) -> bool:
    """Whether a word of attack follows a country's adjective: "Israeli air strike"."""
    words, following = _syntax(doc.language), doc.lower[at : at + 2]
    if not following or following[0] not in words.strikes:
        return False
    if following[0] not in words.openers:
        return True
    return following[-1] in words.strikes or following[-1] in ("bomber", "-")


def _mention(doc: Doc, first: int, last: int, name: str, role: Role) -> ActorMention:
    start, end = doc.starts[first], doc.ends[last - 1]
    return ActorMention(start, end, doc.text[start:end], name, role)


def _role(doc: Doc, first: int, last: int) -> Role:
    return _as_object(doc, first) or _as_subject(doc, last) or "unknown"


def _as_subject(doc: Doc, last: int) -> Role | None:
    """The part of an actor by what follows: "X attacked", "X were killed", "X attack"."""
    words, lower = _syntax(doc.language), doc.lower
    at, end = last, min(last + _REACH, len(lower))
    while at < end and lower[at] in words.between:
        at += 1
    if at >= len(lower):
        return None
    word = lower[at]
    if word in words.be:
        following = lower[at + 1 : at + 3]
        if not words.blame.blamed.isdisjoint(following):
            return "blamed"
        return "target" if not words.acts.isdisjoint(following) else None
    if word in words.blame.owns or word in words.blame.denies:
        role = _answers(doc, at)
        if role is not None:
            return role
    if word in _WITH:
        return "attacker" if not _WITH[word].isdisjoint(lower[at + 1 : at + 5]) else None
    return "attacker" if word in words.active else None


def _answers(doc: Doc, verb: int) -> Role | None:
    """ "X claimed responsibility", "X denied any involvement": what X says of its own part."""
    words = _syntax(doc.language).blame
    after = doc.lower[verb + 1 : verb + 1 + _OBJECT_REACH]
    if doc.lower[verb] in words.owns and not words.responsibility.isdisjoint(after):
        return "claimed"
    if doc.lower[verb] in words.denies and not words.disowned.isdisjoint(after):
        return "denied"
    return None


def _as_object(doc: Doc, first: int) -> Role | None:
    """The part of an actor by what stands before: "by X", "attacked X", "attack on X"."""
    words, lower = _syntax(doc.language), doc.lower
    at, start = first - 1, max(first - _REACH, 0)
    while at >= start and (lower[at] in words.before or lower[at].isdigit()):
        at -= 1
    if at < 0:
        return None
    word, earlier = lower[at], lower[max(at - _BY_REACH, 0) : at]
    if word in ("by", "from") and not words.blame.owned.isdisjoint(lower[max(at - 3, 0) : at]):
        return "claimed"  # "was claimed on Friday by X", "a claim of responsibility by X"
    if word == "by" and not words.acts.isdisjoint(earlier):
        return "attacker"
    if word in words.blame.on and not words.blame.blamed_on.isdisjoint(lower[max(at - 3, 0) : at]):
        return "blamed"
    if word in words.blame.blames:
        return "blamed"
    if word in ("on", "against", "at") and not words.nouns.isdisjoint(lower[max(at - 2, 0) : at]):
        return "target"
    if word in words.active and word not in ("carried", "exploded", "clashed"):
        passive = at and lower[at - 1] in words.be
        return None if passive else "target"
    return None
