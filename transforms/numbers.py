"""Numbers as news writes them: digits, words, ranges, bounds and vague phrases.

A number is read at a token; it never counts anything by itself. Words live in
``seeds/lexicons/<language>/numbers.toml``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.number_words import NumberLexicon, lexicon, spelling
from transforms.record import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.model import Qualifier

__all__ = ["NumberLexicon", "Quantity", "cardinal", "digits", "lexicon", "quantity", "spelling"]

_HUNDRED = 100
_THOUSAND = 1000
#: Digits of a group.
_GROUP = 3
#: A greater number counts no people.
_MANKIND = 10_000_000_000
#: "9,999,999,999" has so many characters; nothing longer counts people.
_LONGEST = 13
_DECIMAL = re.compile(r"\d{1,3}[.,]\d{1,2}")


@record
class Quantity:
    """A number and its bounds, over tokens ``first:last`` with the phrases that qualify it."""

    first: int
    last: int
    low: int | None
    best: int | None
    high: int | None
    qualifier: Qualifier
    #: first token of the number itself, after "at least", "some"
    core: int
    #: "another three", "a further two": counted beside an earlier number
    further: bool = False


def digits(word: str) -> int | None:
    """The value of a token in digits with thousands separators ("12,000"), else None."""
    if len(word) > _LONGEST:
        return None  # no number of people
    if word.isdecimal():
        return int(word)
    groups = word.replace(".", ",").split(",")
    if (
        len(groups) > 1
        and groups[0].isdecimal()
        and 1 <= len(groups[0]) <= 3
        and groups[0][0] != "0"
        and all(len(group) == 3 and group.isdecimal() for group in groups[1:])
    ):
        return int("".join(groups))
    return None


def cardinal(words: Sequence[str], i: int, end: int, lex: NumberLexicon) -> tuple[int, int] | None:
    """Value of the cardinal that begins at token ``i`` and the token after it, or None."""
    value = digits(words[i])
    if value is not None:
        value, last = _spaced(words, i, end, value) if lex.grammar.spaced else (value, i + 1)
        found: tuple[int, int] | None = _scaled(words, last, end, value, lex)
    else:
        found = _decimal(words, i, end, lex) or _spelled(words, i, end, lex)
    return found if found is not None and found[0] <= _MANKIND else None


def _spaced(words: Sequence[str], i: int, end: int, value: int) -> tuple[int, int]:
    """Takes in the groups of three digits after a space: "12 000"."""
    last = i + 1
    while (
        value < _MANKIND
        and 0 < len(words[i]) <= _GROUP
        and words[i] != "0"
        and last < end
        and len(words[last]) == _GROUP
        and words[last].isdecimal()
    ):
        value, last = value * _THOUSAND + int(words[last]), last + 1
    return value, last


def _decimal(words: Sequence[str], i: int, end: int, lex: NumberLexicon) -> tuple[int, int] | None:
    """ "1.2 million": a decimal counts people only with its scale."""
    scale = lex.scales.get(words[i + 1], 0) if i + 1 < end else 0
    if scale < _THOUSAND or not _DECIMAL.fullmatch(words[i]):
        return None
    return round(float(words[i].replace(",", ".")) * scale), i + 2


def _scaled(
    words: Sequence[str], i: int, end: int, value: int, lex: NumberLexicon
) -> tuple[int, int]:
    """Applies a scale or a dozen after digits: "2 million", "3 dozen"."""
    if i < end:
        scale = lex.scales.get(words[i]) or lex.multiples.get(words[i])
        if scale is not None:
            return value * scale, i + 1
    return value, i


def _spelled(words: Sequence[str], i: int, end: int, lex: NumberLexicon) -> tuple[int, int] | None:
    """ "two hundred and forty-one thousand": groups below a thousand, each with its scale."""
    total = group = 0
    last = 0  # value of the word before: "five six" is two numbers
    start = i
    while i < end:
        word = words[i]
        if word in lex.cardinals:
            value = lex.cardinals[word]
            if last and not _may_add(last, value):
                break
            group, last = group + value, max(value, 1)
        elif word in lex.scales and (i > start or lex.grammar.bare_scales):
            scale = lex.scales[word]
            if scale == _HUNDRED and not 0 < group < _HUNDRED:
                break
            if scale == _HUNDRED:
                group *= scale
            else:
                total, group = total + max(group, 1) * scale, 0
            last = scale
        elif i == start or not _links(words, i, end, last, lex):
            break
        i += 1
    return (total + group, i) if i > start else None


def _links(words: Sequence[str], i: int, end: int, last: int, lex: NumberLexicon) -> bool:
    """Whether "-" or "and" goes on with the number: "forty-one", "two hundred and six"."""
    following = lex.cardinals.get(words[i + 1]) if i + 1 < end else None
    if following is None:
        return False
    if words[i] == "-":
        return _may_add(last, following) and last < _HUNDRED
    return words[i] in lex.grammar.links and last >= _HUNDRED and following < last


def _may_add(last: int, value: int) -> bool:
    """Whether a smaller number word may follow a larger: "forty two", "hundred six"."""
    if last >= 100:
        return value < last
    return last >= 20 and value < 10


def quantity(
    words: Sequence[str], i: int, end: int, lex: NumberLexicon, begin: int = 0
) -> Quantity | None:
    """The quantity whose number begins at token ``i``, with the bounds around it.

    Args:
        words: lower-case tokens.
        i: token at which the number begins.
        end: first token not to be read.
        lex: the language's number words.
        begin: first token that a phrase before the number may use.
    """
    vague = _vague(words, i, end, lex)
    if vague is not None:
        return vague
    core = _collective(words, i, end, lex) or cardinal(words, i, end, lex)
    if core is None:
        return _between(words, i, end, lex, begin)
    value, last = core
    updated = i > begin and words[i - 1] in lex.grammar.from_  # "rose from 18 to 22" is no range
    ranged = None if updated else _range(words, last, end, value, lex)
    if ranged is not None:
        return Quantity(i, ranged[1], value, None, ranged[0], "range", i)
    return _bounded(words, i, last, end, value, lex, begin)


def _vague(words: Sequence[str], i: int, end: int, lex: NumberLexicon) -> Quantity | None:
    if i > 0 and words[i - 1] in lex.grammar.never_vague_after:
        return None  # "as many as 60"
    if lex.grammar.bare_scales and _is_bounded(words, i, lex):
        return None  # "более тысячи": more than one thousand, not than some
    for phrase, (low, high) in lex.vague.get(words[i], ()):
        last = i + len(phrase)
        if last <= end and tuple(words[i:last]) == phrase:
            best = low if low == high else None
            qualifier: Qualifier = "exact" if best is not None else "vague"
            return Quantity(i, last, low, best, high or None, qualifier, i)
    return None


def _is_bounded(words: Sequence[str], i: int, lex: NumberLexicon) -> bool:
    """Whether a phrase such as "more than", "about" stands before a word for a unit."""
    if words[i] not in lex.scales and words[i] not in lex.multiples:
        return False
    before = _phrase_before(words, i, 0, lex)
    return before is not None and before[1] != "exact"


def _collective(
    words: Sequence[str], i: int, end: int, lex: NumberLexicon
) -> tuple[int, int] | None:
    """ "a dozen", "half a dozen", "two dozen", "a couple", "a hundred"."""
    for phrase, value in lex.fixed.get(words[i], ()):
        if tuple(words[i : i + len(phrase)]) == phrase:
            return value, i + len(phrase)
    if words[i] in lex.alone:
        return lex.collectives[words[i]], i + 1  # "the pair"
    if i + 1 >= end:
        return None
    noun = words[i + 1]
    if words[i] in lex.grammar.articles:
        if noun in lex.collectives:
            return lex.collectives[noun], i + 2
        if noun in lex.scales:
            spelled = _spelled(["one", *words[i + 1 : end]], 0, end - i, lex)
            return (spelled[0], i + spelled[1]) if spelled else None
    if noun in lex.multiples and words[i] in lex.cardinals:
        return lex.cardinals[words[i]] * lex.multiples[noun], i + 2
    return None


def _between(
    words: Sequence[str], i: int, end: int, lex: NumberLexicon, begin: int
) -> Quantity | None:
    """ "between 30 and 40", "from 30 to 40"."""
    grammar = lex.grammar
    if words[i] not in grammar.between or i + 3 >= end:
        return None
    if words[i] in grammar.opening and i > begin and words[i - 1] not in grammar.anywhere:
        return None  # "rose from 30 to 40"
    first = cardinal(words, i + 1, end, lex)
    if first is None or first[1] + 1 >= end or words[first[1]] not in grammar.between_joins:
        return None
    second = cardinal(words, first[1] + 1, end, lex)
    if second is None or second[0] <= first[0]:
        return None
    return Quantity(i, second[1], first[0], None, second[0], "range", i + 1)


def _range(
    words: Sequence[str], i: int, end: int, low: int, lex: NumberLexicon
) -> tuple[int, int] | None:
    """The upper end after "20" in "20-25", "20 to 25", "20 or 25"."""
    if i + 1 >= end or words[i] not in lex.grammar.range:
        return None
    upper = cardinal(words, i + 1, end, lex)
    if upper is None or not low < upper[0] <= max(10 * low, 10):
        return None
    follows = words[upper[1]] if upper[1] < end else ""
    if follows == "-" or (words[i] == "-" and follows in lex.not_people_after):
        return None
    return upper


def _bounded(
    words: Sequence[str], i: int, last: int, end: int, value: int, lex: NumberLexicon, begin: int
) -> Quantity:
    """Adds the phrases around a number: "at least 3", "3 or more", "another 3"."""
    first, meaning, further = i, "exact", False
    while first > begin:
        hit = _phrase_before(words, first, begin, lex)
        if hit is None:
            break
        first, found = hit
        further = not lex.grammar.further.isdisjoint(words[first:i])
        meaning = found if meaning == "exact" else meaning
    for phrase, found in lex.after.get(words[last], ()) if last < end else ():
        if tuple(words[last : last + len(phrase)]) == phrase:
            last, meaning = last + len(phrase), found
            break
    return _with_bounds(first, last, i, value, meaning, further)


def _phrase_before(
    words: Sequence[str], first: int, begin: int, lex: NumberLexicon
) -> tuple[int, str] | None:
    for phrase, meaning in lex.before.get(words[first - 1], ()):
        start = first - len(phrase)
        if start < begin or tuple(words[start:first]) != phrase:
            continue
        within = words[max(start - lex.grammar.rise_within, 0) : start]
        if phrase[0] in lex.grammar.rise_to and not lex.grammar.rise.isdisjoint(within):
            return None  # "has gone up to 64"
        return start, meaning
    return None


def _with_bounds(
    first: int, last: int, core: int, value: int, meaning: str, further: bool
) -> Quantity:
    if meaning == "at_least":
        return Quantity(first, last, value, value, None, "at_least", core, further)
    if meaning == "at_most":
        return Quantity(first, last, None, None, value, "at_most", core, further)
    if meaning == "about":
        return Quantity(first, last, None, value, None, "about", core, further)
    return Quantity(first, last, value, value, value, "exact", core, further)
