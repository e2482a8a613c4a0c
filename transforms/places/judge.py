"""Tells a place's name from a person's, an organisation's or a street's by the words around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transforms.places.find import Finding, Found
    from transforms.places.lexicon import Lexicon
    from transforms.text import Doc

#: How much the words around a name say that it is a place's.
WEAK, PLAIN, STRONG = 0, 1, 2


#: A line of more characters is wrapped, not a heading or a byline.
_WRAPPED = 50
#: What stands between a date line and the news.
_DASHES = frozenset(("—", "–", "-"))


def judge(doc: Doc, found: Found, lexicon: Lexicon, finding: Finding, firsts: set[int]) -> bool:
    """Set what the words around say of a name.

    Returns:
        Whether it may be a place's.
    """
    if _acronym(doc, found, firsts):
        return False
    after = _after(doc, found, lexicon)
    if after is None:
        return False
    before = _before(doc, found, lexicon, finding, firsts)
    if before is None:
        return False
    if _speaks(doc, found, lexicon) and before < STRONG:
        before = WEAK
    found.cue = _together(before, after)
    return True


def opens_wire(doc: Doc, first: int, last: int) -> bool:
    """Whether a sentence's first name opens a date line: "LIMA, 5 SEP 89 (", "HILO (AP) —"."""
    if last >= len(doc.words) or not doc.words[first].isupper():
        return False
    if doc.words[last] == "," and last + 1 < len(doc.words):
        return doc.words[last + 1].isdecimal()
    if doc.caps:
        return False
    agency = "".join(doc.words[last + 1 : last + 2]) if doc.words[last] == "(" else ""
    return doc.words[last] in _DASHES or agency[:1].isupper()


def _together(before: int, after: int) -> int:
    """What both sides say: a doubt on one side weakens the other's word."""
    if WEAK in (before, after):
        return PLAIN if STRONG in (before, after) else WEAK
    return max(before, after)


def _acronym(doc: Doc, found: Found, firsts: set[int]) -> bool:
    """Whether the name is a short word in capitals where others are not: "the FAO".

    A date line opens with its city in capitals: "DOHA, Qatar", "GAZA (Reuters)".
    """
    word = doc.words[found.first]
    if doc.caps or not 1 < len(word) < 5 or not word.isupper() or found.last - found.first > 1:
        return False
    follow = doc.words[found.last] if found.last < len(doc.words) else ""
    return found.first not in firsts or follow not in {",", "(", "—", "–", "-", "/"}


def _adjacent(doc: Doc, left: int, right: int) -> bool:
    return doc.starts[right] - doc.ends[left] == 1 and goes_on(doc, right)


def goes_on(doc: Doc, token: int) -> bool:
    """Whether a word goes on after the one before it: after a space, or where a line is wrapped."""
    gap = doc.starts[token] - 1
    mark = doc.text[gap]
    return mark == " " or (mark == "\n" and gap - doc.text.rfind("\n", 0, gap) > _WRAPPED)


def _before(
    doc: Doc, found: Found, lexicon: Lexicon, finding: Finding, firsts: set[int]
) -> int | None:
    """What stands before: None if it makes the name another's."""
    token = found.first - 1
    if token < 0 or found.first in firsts:
        return PLAIN
    if finding.places and finding.places[-1].last == found.first:
        return PLAIN  # right after another place: "Kharkiv Ukraine"
    word, low = doc.words[token], doc.lower[token]
    if word == ".":
        return _after_stop(doc, token - 1, lexicon)
    if word == "-" and doc.ends[token] == doc.starts[found.first]:
        return _after_hyphen(doc, token, finding)
    if not _adjacent(doc, token, found.first):
        return PLAIN
    if word[0].isupper() and not doc.caps:
        return _after_capital(doc, token, lexicon, firsts, found)
    return _after_small(doc, token, low, lexicon, found)


def _after_hyphen(doc: Doc, token: int, finding: Finding) -> int:
    """ "Wal-Mart" is one name; "pro-Moscow" and "Moscow-Kyiv" are not."""
    if finding.places and finding.places[-1].last == token:
        return PLAIN
    before = doc.words[token - 1] if token else ""
    joined = len(before) > 1 and doc.starts[token] == doc.ends[token - 1]  # "D-Ohio": a party
    return WEAK if joined and before[0].isupper() else PLAIN


def _after_stop(doc: Doc, token: int, lexicon: Lexicon) -> int | None:
    """After "Gov." or "J.": a person."""
    low = doc.lower[token]
    if low in lexicon.title or (len(low) == 1 and doc.words[token].isupper()):
        return None
    return PLAIN


def _after_capital(
    doc: Doc, token: int, lexicon: Lexicon, firsts: set[int], found: Found
) -> int | None:
    low = doc.lower[token]
    if low in lexicon.title or low in lexicon.given:
        return None
    if low in lexicon.locative:
        return _after_small(doc, token, low, lexicon, found)
    if low in lexicon.prefix or low in lexicon.demonyms or low in lexicon.kinds:
        return PLAIN
    if token in firsts and low in lexicon.common:
        return PLAIN
    if low in lexicon.calendar:
        return PLAIN
    return None


def _after_small(doc: Doc, token: int, low: str, lexicon: Lexicon, found: Found) -> int | None:
    if low in {"the", "a", "an"} and token > 0:
        token, low = token - 1, doc.lower[token - 1]
        found.article = True
    if low in lexicon.kinds:
        found.kind = low
        return STRONG
    if low in lexicon.locative:
        found.near = low in lexicon.outskirts
        return PLAIN if low in lexicon.way else STRONG
    if low == "of" and token > 0:
        return _after_of(doc, token, lexicon, found)
    if low in lexicon.title:
        return None
    return PLAIN


def _after_of(doc: Doc, token: int, lexicon: Lexicon, found: Found) -> int | None:
    noun = doc.lower[token - 1]
    if not lexicon.kinds.isdisjoint((noun, noun.removesuffix("s"))) or noun in lexicon.outskirts:
        found.kind = noun
        found.near = noun in lexicon.outskirts
        return STRONG
    if noun == "," or noun in lexicon.title:
        return STRONG  # "Durr, of Trenton", "mayor of Ozark"
    if noun in lexicon.bodies and doc.words[token - 1][0].isupper():
        return None  # "University of Rochester"
    return PLAIN


def _after(doc: Doc, found: Found, lexicon: Lexicon) -> int | None:
    """What stands after: None if it makes the name part of another's."""
    token = found.last
    if token >= len(doc.words) or found.possessive:
        return PLAIN
    if not _adjacent(doc, found.last - 1, token):
        return _joined(doc, token, lexicon)
    word, low = doc.words[token], doc.lower[token]
    if low in lexicon.generic and (word == low or doc.caps):
        return _division(doc, found, lexicon, low)
    if low in lexicon.plural and (word == low or doc.caps):
        found.level = lexicon.generic[lexicon.plural[low]]
        return STRONG
    if not word[0].isupper() or doc.caps:
        if low in lexicon.quarter:
            found.kind = low
        return STRONG if low in lexicon.locals else PLAIN
    return _before_capital(doc, found, lexicon, low)


def _division(doc: Doc, found: Found, lexicon: Lexicon, low: str) -> int:
    """ "Kharkiv region": a division, and the word belongs to the name."""
    found.level = lexicon.generic[low]
    if low in lexicon.tail:
        found.end = doc.ends[found.last]
        found.last += 1
    return STRONG


def _joined(doc: Doc, token: int, lexicon: Lexicon) -> int | None:
    """After the name comes a mark: only a hyphen can make it part of another name."""
    if doc.words[token] == "$":
        return None  # US$
    if doc.words[token] != "-" or doc.starts[token] != doc.ends[token - 1]:
        return PLAIN
    follow = token + 1
    if follow < len(doc.words) and doc.starts[follow] == doc.ends[token]:
        word = doc.words[follow]
        if word[0].isupper() and doc.lower[follow] not in lexicon.demonyms and not doc.caps:
            return WEAK
    return PLAIN


def _before_capital(doc: Doc, found: Found, lexicon: Lexicon, low: str) -> int | None:
    run = _run(doc, found.last)
    if low in lexicon.generic:
        return _named_division(doc, found, lexicon, run)
    if run[0] in lexicon.rest:
        return None
    if run[1:2] != ["patrol"] and not lexicon.street.isdisjoint(run[:2]):
        return None
    if run[0] in lexicon.seat:
        return STRONG
    if run[0] in lexicon.office or run[0] in lexicon.calendar or run[0] in lexicon.title:
        return PLAIN
    if not lexicon.organisation.isdisjoint(run):
        return None
    if run[0] in lexicon.demonyms or run[0] in lexicon.prefix:
        return PLAIN
    return WEAK


def _named_division(doc: Doc, found: Found, lexicon: Lexicon, run: list[str]) -> int | None:
    """ "Ohio State", "Kharkiv Oblast", but "Ohio State University" and "Ohio Department of …"."""
    if run[0] == "state" and not lexicon.organisation.isdisjoint(run[1:]):
        return None
    follow = found.last + 1
    if run[0] == "department" and follow < len(doc.words) and doc.lower[follow] == "of":
        return PLAIN
    found.level = lexicon.generic[run[0]]
    found.end = doc.ends[found.last]
    found.last += 1
    return STRONG


def _run(doc: Doc, token: int) -> list[str]:
    """The capitalised words that follow each other from a token on, in small letters."""
    run = [doc.lower[token].removesuffix("'s")]
    while (
        token + 1 < len(doc.words)
        and len(run) < 5
        and doc.words[token + 1][0].isupper()
        and _adjacent(doc, token, token + 1)
    ):
        token += 1
        run.append(doc.lower[token].removesuffix("'s"))
    return run


def _speaks(doc: Doc, found: Found, lexicon: Lexicon) -> bool:
    """Whether the word after says that the name is a person's: "Jackson said"."""
    token = found.last
    return (
        token < len(doc.words)
        and doc.lower[token] in lexicon.speech
        and _adjacent(doc, token - 1, token)
    )
