import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms import dates
from transforms.model import DateMention
from transforms.text import read

CASES = Path(__file__).parents[1] / "cases" / "dates.csv"
DAYS = st.dates(min_value=date(1971, 1, 1), max_value=date(2060, 12, 31))


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def shown(mention: DateMention) -> str:
    first, last, prec = (
        "?" if value is None else str(value)
        for value in (mention.date_start, mention.date_end, mention.date_prec)
    )
    return f"{mention.text} = {first}..{last} / {prec}"


def found(text: str, published_at: date | None) -> list[DateMention]:
    return dates.read(read(text), published_at)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_case(case: dict[str, str]) -> None:
    published_at = date.fromisoformat(case["published_at"]) if case["published_at"] else None
    assert " | ".join(map(shown, found(case["text"], published_at))) == case["expected"]


@pytest.mark.parametrize("form", ["%d %B %Y", "%B %d, %Y", "%b. %d, %Y", "%Y-%m-%d", "%d %b %Y"])
@given(day=DAYS)
@settings(deadline=None)
def test_a_full_date_is_that_day_in_every_form(form: str, day: date) -> None:
    (mention,) = found(f"The column was seen on {day.strftime(form)} near the dam.", None)
    assert (mention.date_start, mention.date_end, mention.date_prec) == (day, day, 1)


@given(day=DAYS, back=st.integers(0, 6))
@settings(deadline=None)
def test_a_weekday_is_the_latest_one_up_to_the_article(day: date, back: int) -> None:
    meant = day - timedelta(days=back)
    (mention,) = found(f"The column was seen on {meant:%A} near the dam.", day)
    assert mention.date_start == mention.date_end == meant


@given(day=DAYS, back=st.integers(0, 364))
@settings(deadline=None)
def test_a_day_without_a_year_is_the_latest_one_up_to_the_article(day: date, back: int) -> None:
    meant = day - timedelta(days=back)
    (mention,) = found(f"The column was seen on {meant:%B %d} near the dam.", day)
    assert mention.date_start == mention.date_end == meant


@given(
    words=st.lists(
        st.sampled_from(
            "on in late last since the of May June 3 31 2014 89 Tuesday 's yesterday ago days two "
            "overnight - , . weekend night between and to week killed ( ) / 1st hours past".split()
        ),
        max_size=25,
    ),
    published_at=st.none() | DAYS,
)
@settings(deadline=None, max_examples=400)
def test_mentions_stand_in_the_text_in_order(words: list[str], published_at: date | None) -> None:
    text, after = " ".join(words), 0
    for mention in found(text, published_at):
        assert mention.text == text[mention.start : mention.end]
        assert after <= mention.start < mention.end
        after = mention.end
        if mention.date_start and mention.date_end:
            assert mention.date_start <= mention.date_end
            assert mention.date_prec in {1, 2, 3, 4, 5}
        else:
            assert mention.date_prec is None


def test_the_date_line_is_told_from_the_dates_of_events() -> None:
    doc = read("QUITO, 3 MAY 90 (RADIO) -- A POLICEMAN WAS SHOT ON 1 MAY.")
    mentions = dates.read(doc, None)
    assert dates.dateline(doc, mentions) == mentions[0]
    doc = read("A policeman was shot on 1 May.")
    assert dates.dateline(doc, dates.read(doc, date(1990, 5, 3))) is None
