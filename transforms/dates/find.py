"""Finds date expressions: one anchored grammar, tried only where a word of time stands.

Finding says what the text says; what day that is, is decided in ``resolve``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from seeds.read import toml
from transforms.dates.grammar import NEVER_FIRST, SEED, Family, family_at, left_words, triggers
from transforms.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    import regex

    from transforms.text import Doc

#: How many tokens a date expression may begin before the word that gives it away.
_LEFT_TOKENS = 7
#: How many tokens before a date a word like "will" still governs it.
_FUTURE_TOKENS = 12
_CLAUSE_ENDS = frozenset('.;!?"”')


@record
class Expression:
    """A date expression as it stands in the text."""

    start: int
    end: int
    kind: str  # the name of the rule of the grammar
    fields: dict[str, str | None]  # its groups
    future: bool  # the clause speaks of what is to come


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(toml(SEED)["words"][name])


def find(doc: Doc) -> Iterator[Expression]:
    """Yields the date expressions of a text in order; none overlaps another."""
    by_word = triggers()
    done = 0  # no expression begins before this token
    for index in [i for i, word in enumerate(doc.lower) if word in by_word]:
        if index < done:
            continue
        family = family_at(doc.lower, index)
        expression = _at(doc, index, done, family) if family else None
        if expression is not None:
            yield expression
            done = doc.token_at(expression.end - 1) + 1


def _at(doc: Doc, trigger: int, done: int, family: Family) -> Expression | None:
    """The expression that holds the trigger, the longest to the left."""
    match, need = family.pattern.match, doc.starts[trigger]
    begin = leftmost(doc, trigger, done, left_words(), _LEFT_TOKENS)
    for first in range(begin, trigger + family.opens):
        if doc.lower[first] in NEVER_FIRST:
            continue
        found = match(doc.text, doc.starts[first])
        if found is not None and found.end() > need:
            made = _accepted(doc, first, found, family)
            if made is not None:
                return made
    return None


def leftmost(doc: Doc, trigger: int, done: int, left: frozenset[str], reach: int) -> int:
    """The first token that an expression may begin with: numbers and words that stand left of one.

    Args:
        doc: The text.
        trigger: The token that gives the expression away.
        done: No expression begins before this token.
        left: The words that may stand in it, left of the trigger.
        reach: It begins at most so many tokens before the trigger.
    """
    lower, first = doc.lower, trigger
    while first > done and trigger - first < reach:
        word = lower[first - 1]
        if word not in left and not word[0].isdigit():
            break
        first -= 1
    return first


def _accepted(doc: Doc, first: int, match: regex.Match[str], family: Family) -> Expression | None:
    """The expression of a match, unless the word before makes it something else."""
    kind = family.names[match.group(*family.names, "since").index("")]
    before = doc.lower[first - 1] if first else ""
    fields = match.groupdict()
    start, end = match.span()
    if kind == "day_of_month" and _counted(match, before):
        (start, end), kind = match.span("month"), "month_of_year"
    if kind == "month_of_year" and _bare_month(fields, before):
        return None
    if kind in ("day_of_week", "day_of_month") and before in _words("named_days"):
        return None  # "Bloody Sunday", "every Monday", "every 25 May"
    if fields.get("keep"):
        start = start if fields["since"] else match.start("keep")
        end = match.end("keep")
    return Expression(start, end, kind, fields, _future(doc.lower, first))


def _bare_month(fields: dict[str, str | None], before: str) -> bool:
    """A month alone that may be a name or a verb: "June said", "they May"."""
    if any(fields.get(name) for name in ("year", "which", "part", "since")):
        return False
    month = (fields["month"] or "").lower()
    return before not in _words("month_openers") and month in _words("doubtful_months")


def _counted(match: regex.Match[str], before: str) -> bool:
    """ "In May 30 people died": the number counts people, as days go with "on"."""
    if before != "in" or match.group("year", "weekday", "day2") != (None, None, None):
        return False
    return bool(match.start("month") < match.start("day"))


def _future(lower: list[str], first: int) -> bool:
    """Whether a word before the date puts it in the future: "will appear in court on Friday".

    The nearest verb decides: "will report on the raid that was made on Friday" is past.
    """
    if first and lower[first - 1] in ("is", "are"):
        return True  # "the funeral is Friday"
    future, past = _words("future"), _words("past")
    for index in range(first - 1, max(first - _FUTURE_TOKENS, 0) - 1, -1):
        word = lower[index]
        if word in future:
            return True
        if word in _CLAUSE_ENDS or word in past:
            return False
        if word.endswith("ed") and index and lower[index - 1] != "be":
            return False
    return False
