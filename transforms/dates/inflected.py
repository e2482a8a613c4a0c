"""Finds date expressions in a language whose folder holds its own grammar of them.

``seeds/lexicons/uk/dates.toml`` shows its form: rules of the names that ``resolve`` knows, families
of them by the word that gives an expression away, and what the words in their groups mean in those
of the English rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import regex

from seeds import read as seeds
from transforms import morphology
from transforms.dates.find import Expression, leftmost

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from transforms.language import Language
    from transforms.text import Doc

#: How many tokens a date expression may begin before the word that gives it away.
_LEFT_TOKENS = 8
#: How many tokens before a date a verb still tells its tense.
_TENSE_TOKENS = 8
#: "09.11.2025", "2025-11-09".
_NUMERIC = regex.compile(r"\d{1,2}\.\d{1,2}\.(?:19|20)\d\d|(?:19|20)\d\d")
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
#: Kinds that tell a time of day only: the day is that of another date, if the text gives one.
_TIMES = frozenset(("night_time", "time_of_day"))
_DAYS = frozenset(("day_of_month", "day_of_week", "numeric", "night", "night_to_night"))
#: Rules under the name of a language's own that are resolved as another.
_AS = {
    "night_to_night": "day_of_month",
    "night_time": "night",
    "time_of_day": "day_named",
    "last_year": "unit_named",
}
#: What such a rule leaves unsaid.
_UNSAID = {"last_year": {"which": "last", "unit": "year"}}


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """The grammar of one language's date expressions."""

    families: Mapping[str, tuple[regex.Pattern[str], tuple[str, ...]]]
    triggers: Mapping[str, str]  # a word to its family
    left: frozenset[str]
    senses: Mapping[str, str]
    defaults: Mapping[str, Mapping[str, str]]


def find(doc: Doc) -> Iterator[Expression]:
    """Yields the date expressions of a text in order; none overlaps another."""
    found = list(_all(doc, grammar(doc.language)))
    dated = any(one.kind in _DAYS and not one.fields["since"] for one in found)
    for one in found:
        if not (dated and one.kind in _TIMES):
            yield Expression(
                one.start, one.end, _AS.get(one.kind, one.kind), one.fields, one.future
            )


def _all(doc: Doc, rules: Grammar) -> Iterator[Expression]:
    done, triggers = 0, rules.triggers
    hits = [i for i, word in enumerate(doc.lower) if word in triggers or word[0].isdigit()]
    for index in hits:
        word = doc.lower[index]
        family = triggers.get(word)
        if family is None and _NUMERIC.fullmatch(word):
            family = "number"
        if family is None or index < done:
            continue
        expression = _at(doc, index, done, rules, family)
        if expression is not None:
            yield expression
            done = doc.token_at(expression.end - 1) + 1


def _at(doc: Doc, trigger: int, done: int, rules: Grammar, family: str) -> Expression | None:
    """The expression that holds the trigger, the longest to the left."""
    pattern, names = rules.families[family]
    need = doc.starts[trigger]
    for first in range(leftmost(doc, trigger, done, rules.left, _LEFT_TOKENS), trigger + 1):
        if not doc.words[first][0].isalnum():
            continue
        match = pattern.match(doc.text, doc.starts[first])
        if match is not None and match.end() > need:
            of_event = not _of_document(doc, first, match)
            return _made(doc, first, match, names, rules) if of_event else None
    return None


def _of_document(doc: Doc, first: int, match: regex.Match[str]) -> bool:
    """ "у повідомленні від 12 червня": a document's own date, and no "since"."""
    return bool(match["since"]) and first > 0 and "NOUN" in doc.tag(first - 1)


def _made(
    doc: Doc, first: int, match: regex.Match[str], names: tuple[str, ...], rules: Grammar
) -> Expression:
    kind = next(name for name in names if match.group(f"is_{name}") is not None)
    said = {name: _sense(value, rules) for name, value in match.groupdict().items()}
    defaults = rules.defaults.get(kind, {})
    fields = said | {name: value for name, value in defaults.items() if not said.get(name)}
    fields |= _UNSAID.get(kind, {})
    if kind == "time_of_day":
        fields["named"] = "today"
    return Expression(match.start(), match.end(), kind, fields, _future(doc, first))


def _sense(value: str | None, rules: Grammar) -> str | None:
    if not value:
        return value
    plain = " ".join(morphology.plain(value).split())
    return rules.senses.get(plain, plain)


def _future(doc: Doc, first: int) -> bool:
    """Whether the nearest verb before a date puts it in the future."""
    for index in range(first - 1, max(first - _TENSE_TOKENS, 0) - 1, -1):
        tags = doc.tag(index)
        if "futr" in tags:
            return True
        if "past" in tags or doc.words[index] in ".!?":
            return False
    return False


@cache
def grammar(language: Language) -> Grammar:
    """The grammar of a language, compiled once."""
    seed = seeds.toml(f"{language.folder}/dates.toml")
    lists = _lists(seed)
    triggers = {word: name for name, one in seed["families"].items() for word in one["words"]}
    for family, table in (("month", "months"), ("weekday", "weekdays")):
        triggers |= {_plain(word): family for words in seed[table].values() for word in words}
    senses = {_plain(word): sense for sense, words in seed["senses"].items() for word in words}
    for table in ("months", "weekdays"):
        senses |= {_plain(w): name for name, words in seed[table].items() for w in words}
    senses |= {_plain(word): str(number) for word, number in seed["numbers"].items()}
    return Grammar(
        families={
            name: (_compiled(one["rules"], seed["rules"], lists), tuple(one["rules"]))
            for name, one in seed["families"].items()
        },
        triggers={_plain(word): family for word, family in triggers.items()},
        left=frozenset(_plain(word) for word in (*seed["words"]["left"], *seed["numbers"])),
        senses=senses,
        defaults=seed["defaults"],
    )


def _plain(word: str) -> str:
    return morphology.plain(word)


def _lists(seed: Mapping[str, Any]) -> dict[str, str]:
    """What stands for each name in braces."""
    spans = [word for unit in ("week", "month", "year") for word in seed["senses"][unit]]
    units = [*seed["senses"]["hour"], *seed["senses"]["day"], *spans]
    of_year = _alternation(seed["lists"]["of_year"])
    return {
        "day": _DAY,
        "months": _alternation(w for words in seed["months"].values() for w in words),
        "weekdays": _alternation(w for words in seed["weekdays"].values() for w in words),
        "numbers": _alternation(seed["numbers"]),
        "units": _alternation(units),
        "spans": _alternation(spans),
        "part": _alternation(seed["lists"]["part"]),
        "year": rf"(?P<year>(?:19|20)\d\d)(?!\d|[.,:]\d)(?:\s+{of_year})?",
        "since": _alternation(seed["lists"]["since"]),
    }


def _alternation(words: Iterable[str]) -> str:
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    written = (regex.escape(word, literal_spaces=False) for word in longest_first)
    spelled = "|".join(word.replace("'", "['’ʼ`]").replace("ё", "[её]") for word in written)
    return f"(?i:{spelled})"


def _compiled(
    names: list[str], rules: Mapping[str, str], lists: Mapping[str, str]
) -> regex.Pattern[str]:
    """A family's rules, each with an empty group of its name, after "since"."""
    tried = "|".join(f"(?:{rules[name]})(?P<is_{name}>)" for name in names)
    pattern = rf"(?:(?P<since>{{since}})\s+)?(?:{tried})"
    for word, alternatives in lists.items():
        pattern = pattern.replace(f"{{{word}}}", alternatives)
    return regex.compile(pattern, regex.VERBOSE)
