"""Numbers: every one to a million, spelled and in digits; ranges, bounds and traps."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms import numbers, text

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def spell(number: int, *, joined: str = " and ", hyphen: str = "-") -> str:
    """A number from 0 to a million in words."""
    if number < 20:
        return _UNITS[number]
    if number < 100:
        tens, unit = divmod(number, 10)
        return _TENS[tens] + (hyphen + _UNITS[unit] if unit else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        tail = joined + spell(rest, joined=joined, hyphen=hyphen) if rest else ""
        return f"{_UNITS[hundreds]} hundred{tail}"
    if number < 1_000_000:
        thousands, rest = divmod(number, 1000)
        link = joined if rest < 100 else " "
        tail = link + spell(rest, joined=joined, hyphen=hyphen) if rest else ""
        return f"{spell(thousands, joined=joined, hyphen=hyphen)} thousand{tail}"
    return "one million"


def read(phrase: str, at: int = 0) -> numbers.Quantity | None:
    words = text.read(phrase).lower
    return numbers.quantity(words, at, len(words), numbers.lexicon("en"))


def bounds(phrase: str, at: int = 0) -> tuple[int | None, int | None, int | None] | None:
    found = read(phrase, at)
    return (found.low, found.best, found.high) if found else None


@settings(deadline=None, max_examples=600)
@given(
    number=st.integers(0, 1_000_000),
    joined=st.sampled_from([" and ", " "]),
    hyphen=st.sampled_from(["-", " "]),
)
def test_spelled_numbers_round_trip(number: int, joined: str, hyphen: str) -> None:
    phrase = spell(number, joined=joined, hyphen=hyphen) + " people"
    assert bounds(phrase) == (number, number, number)


@settings(deadline=None, max_examples=300)
@given(number=st.integers(0, 1_000_000), grouped=st.booleans())
def test_digits_round_trip(number: int, grouped: bool) -> None:
    phrase = f"{number:,} people" if grouped else f"{number} people"
    assert bounds(phrase) == (number, number, number)


@settings(deadline=None, max_examples=300)
@given(low=st.integers(1, 5000), more=st.integers(1, 300))
def test_ranges(low: int, more: int) -> None:
    high = min(low + more, 10 * low)
    if high > low:
        assert bounds(f"{low}-{high} people") == (low, None, high)
        assert bounds(f"between {low} and {high} people") == (low, None, high)


@pytest.mark.parametrize(
    ("phrase", "at", "expected"),
    [
        ("at least 3 people", 2, (3, 3, None)),
        ("more than 1,200 people", 2, (1200, 1200, None)),
        ("up to 40 people", 2, (None, None, 40)),
        ("as many as 40 people", 3, (None, None, 40)),
        ("about 50 people", 1, (None, 50, None)),
        ("nearly fifty people", 1, (None, 50, None)),
        ("50 or more people", 0, (50, 50, None)),
        ("dozens of people", 0, (24, None, 99)),
        ("tens of thousands of people", 0, (20000, None, 99999)),
        ("scores were hurt", 0, (40, None, 99)),
        ("two dozen men", 0, (24, 24, 24)),
        ("half a dozen men", 0, (6, 6, 6)),
        ("a couple of men", 0, (2, 2, 2)),
        ("a hundred men", 0, (100, 100, 100)),
        ("a hundred and six men", 0, (106, 106, 106)),
        ("3 million people", 0, (3_000_000, 3_000_000, 3_000_000)),
        ("another three men", 1, (3, 3, 3)),
        ("a dozen people", 0, (12, 12, 12)),
        ("several dozen people", 0, (36, None, 99)),
    ],
)
def test_phrases(phrase: str, at: int, expected: tuple[int | None, int | None, int | None]) -> None:
    assert bounds(phrase, at) == expected


@pytest.mark.parametrize("phrase", ["7.62 rifle", "men were there", "11:30 was the time", "a man"])
def test_no_number(phrase: str) -> None:
    assert read(phrase) is None


def test_from_to_is_no_range() -> None:
    words = text.read("rose from 18 to 22").lower
    found = numbers.quantity(words, 2, len(words), numbers.lexicon("en"))
    assert found is not None
    assert (found.low, found.best) == (18, 18)


@pytest.mark.parametrize(
    "phrase", ["9,999,999,999,999,999,999 men", "9" * 25 + " men", "99 million million men"]
)
def test_no_more_than_mankind(phrase: str) -> None:
    found = read(phrase)
    assert found is None or (found.best or 0) <= 10_000_000_000
