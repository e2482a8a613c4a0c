"""The grammar of English date expressions, in families that share the word that gives them away.

The structure is here; the words are in ``seeds/lexicons/en/dates.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import regex

from seeds.read import toml

if TYPE_CHECKING:
    from collections.abc import Iterable

SEED = "lexicons/en/dates.toml"
_YEARS = range(1900, 2100)

# Each rule by its name. Braces hold word lists; groups are what resolving reads.
_RULES = {
    "iso": r"""
        (?P<y>(?:19|20)\d\d)(?P<cut>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=cut)(?P<d>{day})(?!\w|[-/.]\d)""",
    "numeric": r"(?P<n1>\d\d?)(?P<cut>[-/.])(?P<n2>\d\d?)(?P=cut){year}",
    "day_of_month": r"""
        (?:(?:(?i:early|late)\s+(?:(?i:on)\s+)?)?
           (?P<weekday>{weekdays})\b\.?(?:['’]s)?(?:\s+{part})?,?\s+(?:(?i:the|on)\s+)?)?
        (?:
          {month}\s*(?P<day>{day}){ordinal}(?![-–]\d\d\d){no_more_digits}
          (?:{to}(?:(?P<month2>{months})\b\.?\s*)?(?P<day2>{day}){ordinal}{no_more_digits}
             (?!\s+(?i:{counted})\b))?
        | (?P<day>{day}){ordinal}(?:{to}(?P<day2>{day}){ordinal})?(?:\s+(?i:of))?[\s-]+{month}
        )
        (?:(?:,?\s+(?i:of\s+)?|[,-]){year}|{short_year})?""",
    "month_of_year": r"""
        (?:(?P<part>(?i:early|mid|late|the\s+end\s+of|the\s+beginning\s+of))
           (?:\s+(?i:in)\s+|\s+|-))?
        (?:
          {month},?\s+(?:(?i:of|last|this)\s+)?{year}
        | (?:(?P<which>(?i:last|this|next|this\s+past))\s+)?(?P<month>{full_months})\b
        )""",
    "fixed_day": r"(?P<holiday>{holidays})\b(?:,?\s+{year})?",
    "before_yesterday": r"(?i:the\s+day\s+before\s+yesterday)\b",
    "day_named": r"(?P<named>(?i:today|tonight|yesterday|tomorrow))\b(?:['’]s)?(?:\s+{part}\b)?",
    "night_of_weekday": r"""
        (?i:overnight|(?:on\s+)?the\s+night\s+of)\s+(?:(?i:on|from|into)\s+)?
        (?P<weekday>{full_weekdays})\b(?:\s+(?i:in)?to\s+(?:{full_weekdays})\b)?
      | (?P<weekday>{full_weekdays})\s+(?i:overnight|night\s+(?:in)?to\s+(?:{full_weekdays}))\b""",
    "day_of_week": r"""
        (?:(?i:early|late|mid)[\s-]+(?:(?i:on)\s+)?)?
        (?:(?P<which>(?i:last|next|this\s+(?:coming|past)|the\s+(?:following|previous)|this|past))\s+)?
        (?P<weekday>{full_weekdays})\b(?:['’]s)?(?:[\s-]+{part}\b)?
        (?:\s+(?i:of)\s+(?P<week>(?i:last|this|next))\s+(?i:week))?""",
    "part_of_day": r"(?P<which>(?i:this|last))\s+(?i:morning|afternoon|evening|night)\b",
    "night": r"(?i:overnight)\b(?!\s+(?i:curfew))",
    "before_dawn": r"(?i:before\s+dawn|pre-?\s?dawn|(?:in\s+)?the\s+(?:early|small)\s+hours)\b",
    "distance": r"""
        (?:(?P<n>\d{1,3}|(?i:{numbers}))|(?i:several|some|many|a\s+few|a\s+couple(?:\s+of)?))\s+
        (?P<unit>(?i:hour|night|day|week|month|year))(?i:s)?\s+
        (?:(?P<ago>(?i:ago))|(?i:earlier|before|later|after))\b""",
    "past": r"""
        (?:(?i:in|over|during|within|for)\s+)?(?:(?i:the)\s+)?(?i:past|last|previous)\s+
        (?P<n>\d{1,3}|(?i:{numbers}))\s+(?P<unit>(?i:hour|night|day|week|month|year))(?i:s)\b""",
    "unit_named": r"""
        (?:(?i:early|earlier|late|later)\s+)?
        (?P<which>(?i:last|this|next|past|the\s+past|the\s+previous))\s+
        (?P<unit>(?i:week|month|year))\b(?:['’]s)?(?!\s+(?i:of)\b)""",
    "weekend": r"""
        (?P<which>(?i:last|this|next|(?:over|at|on|during)\s+the|the\s+past))\s+(?i:weekend)\b""",
    "nth": r"(?i:on)\s+(?P<keep>(?i:the)\s+(?P<day>{day})(?i:st|nd|rd|th))(?=\s*(?:[.,;)\n]|$))",
    "season_of_year": r"(?P<season>(?i:{seasons}))\s+(?:(?i:of)\s+)?{year}",
    "decade": r"(?:(?i:{year_openers})[\s-]+(?i:the\s+)?)(?P<keep>(?P<year>(?:19|20)\d0)['’]?s)\b",
    "whole_year": r"""
        (?:(?:(?i:{year_openers})[\s-]+)(?P<keep>{year})|(?<=(?i:since)\s){year})
        (?!\s+(?i:{counted})\b)""",
}
#: Rules by the kind of word that gives an expression away, in the order in which they are tried.
_FAMILIES = {
    "month": ("day_of_month", "fixed_day", "month_of_year"),
    "weekday": ("night_of_weekday", "day_of_week"),
    "weekday_and_date": ("day_of_month", "night_of_weekday", "day_of_week"),
    "year": ("iso", "numeric", "season_of_year", "decade", "whole_year"),
    "unit": ("before_dawn", "part_of_day", "distance", "past", "unit_named"),
    "named": ("before_yesterday", "day_named", "night_of_weekday", "night", "before_dawn"),
    "weekend": ("weekend",),
    "holiday": ("fixed_day",),
    "nth": ("nth",),
}
_FROM_NOW = frozenset(("last", "this", "next", "past", "previous", "early", "small"))
_APART = frozenset(("ago", "earlier", "before", "later", "after"))
#: Families whose chief word never stands first.
_INNER = frozenset(("unit", "weekend", "nth"))
#: Words that stand inside expressions and never first.
NEVER_FIRST = frozenset((",", ".", "-", "–", "/", "'", "st", "nd", "rd", "th", "end", "small"))
_UNITS = ("hour", "night", "day", "week", "month", "year")


@dataclass(frozen=True, slots=True)
class Family:
    """Rules tried together; each ends with an empty group of its name, as ``names`` has them."""

    pattern: regex.Pattern[str]
    names: tuple[str, ...]
    opens: bool  # whether the word that gives it away may open the expression


def _alternation(words: Iterable[str]) -> str:
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(regex.escape(word, literal_spaces=False) for word in longest_first)


def _cased(words: Iterable[str]) -> str:
    """Names as written or in capitals: "may" is no month."""
    return _alternation(form for word in words for form in (word, word.upper()))


@cache
def _word_lists() -> dict[str, str]:
    seed = toml(SEED)
    months = [form for forms in seed["months"].values() for form in forms]
    full_months = _cased(forms[0] for forms in seed["months"].values())
    return {
        "day": r"(?:3[01]|[12]\d|0?[1-9])",
        "ordinal": r"(?i:st|nd|rd|th)?",
        "no_more_digits": r"(?!\w|[.:/]\d|,\d{3}\b)",
        "year": r"(?P<year>(?:19|20)\d\d)(?![\w-]|[.,:]\d)",
        # a year of two digits only where nothing can be counted by it: "30 OCT 89 (AFP)"
        "short_year": r"(?:-|\s+['’]?)(?P<short>\d\d)(?=\s*(?:[()\[\],.;]|--|—|–|$))",
        "part": r"(?i:morning|afternoon|evening|night|midday|noon|dawn|overnight)",
        "to": r"(?:\s*[-–—/]\s*|\s+(?i:to|and|through|until|or)\s+)",
        "month": rf"(?:(?P<month>{full_months})\b|(?P<month>{_cased(months)})\b\.?)",
        "months": _cased(months),
        "full_months": full_months,
        "weekdays": _cased(form for forms in seed["weekdays"].values() for form in forms),
        "full_weekdays": _cased(forms[0] for forms in seed["weekdays"].values()),
        "holidays": _cased(seed["holidays"]),
        "numbers": _alternation(seed["numbers"]),
        "seasons": _alternation(seed["seasons"]),
        "counted": _alternation(seed["words"]["counted"]),
        "year_openers": _alternation(seed["words"]["year_openers"]),
    }


@cache
def _family(name: str) -> Family:
    """One family; compiled when a text first needs it, since that costs as much as ten texts."""
    names = _FAMILIES[name]
    rules = "|".join(f"(?:{_RULES[rule]})(?P<{rule}>)" for rule in names)
    since = r"(?P<since>(?i:since)\s+(?:(?i:the)\s+)?)?"
    pattern = since + f"(?:{rules})"
    for word, alternatives in _word_lists().items():
        pattern = pattern.replace(f"{{{word}}}", alternatives)
    return Family(regex.compile(pattern, regex.VERBOSE), names, name not in _INNER)


@cache
def triggers() -> dict[str, str]:
    """Words, in lower case, without which there is no date expression, with their families."""
    seed = toml(SEED)
    words = {
        "nth": {"st", "nd", "rd", "th"},
        "year": {str(year) for year in _YEARS},
        "holiday": {name.lower().split()[0] for name in seed["holidays"]},
        "unit": {u + s for u in _UNITS for s in ("", "s", "'s")}
        | {"morning", "afternoon", "evening"},
        "weekend": {"weekend"},
        "named": {"today", "tonight", "yesterday", "tomorrow", "overnight", "dawn", "predawn"},
        "weekday": {forms[0].lower() for forms in seed["weekdays"].values()},
        "month": {form.lower() for forms in seed["months"].values() for form in forms},
    }
    for family in ("named", "weekday"):
        words[family] |= {f"{word}'s" for word in words[family]}
    return {word: family for family, group in words.items() for word in group}


def family_at(lower: list[str], index: int) -> Family | None:
    """The rules to try at a token: those of its word, but none where its neighbours rule it out."""
    word = lower[index]
    family = triggers()[word]
    if family == "unit" and not _counts(lower, index):
        return None
    if family == "weekday" and not _months().isdisjoint(lower[index + 1 : index + 6]):
        family = "weekday_and_date"
    return _family(family)


def _counts(lower: list[str], index: int) -> bool:
    """Whether a unit of time is counted from now: "last week", "two days ago"."""
    before = lower[index - 1] if index else ""
    if before in _FROM_NOW:
        return True
    if lower[index + 1 : index + 2] and lower[index + 1] in _APART:
        return True
    return index > 1 and lower[index - 2] in _FROM_NOW


@cache
def _months() -> frozenset[str]:
    return frozenset(form.lower() for forms in toml(SEED)["months"].values() for form in forms)


@cache
def left_words() -> frozenset[str]:
    """Words that may stand in an expression before the word that gives it away."""
    seed = toml(SEED)
    names = {
        form.lower() for part in ("weekdays", "months") for f in seed[part].values() for form in f
    }
    lists = {
        *seed["words"]["year_openers"],
        *seed["words"]["left"],
        *seed["numbers"],
        *seed["seasons"],
    }
    return frozenset(names | lists)
