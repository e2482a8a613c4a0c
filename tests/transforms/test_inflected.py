"""Dates, speakers and numbers in languages that inflect their words, by tables of cases."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms import case_tables
from tests.transforms.test_speakers import check_speaker
from transforms import dates, language, number_words, numbers, speakers, text
from transforms.extract import extract
from transforms.model import Article, DateMention, Incident

PUBLISHED = date(2025, 11, 12)
MONTHS = {
    "uk": """січня лютого березня квітня травня червня липня серпня вересня жовтня листопада
    грудня""".split(),
    "ru": """января февраля марта апреля мая июня июля августа сентября октября ноября
    декабря""".split(),
}


def read(row: dict[str, str], key: str = "text") -> text.Doc:
    return text.read(row[key], language.load(row["language"]))


def cases(name: str) -> list[object]:
    rows = case_tables.rows(name)
    return [pytest.param(row, id=f"{row['language']} {row['name']}") for row in rows]


def shown(mention: DateMention) -> str:
    span = f"{mention.date_start}..{mention.date_end} / {mention.date_prec}"
    return f"{mention.text} = {span}"


@pytest.mark.parametrize("case", cases("dates_inflected.csv"))
def test_date(case: dict[str, str]) -> None:
    found = dates.read(read(case), PUBLISHED)
    assert " | ".join(map(shown, found)) == case["expected"]


@settings(deadline=None, max_examples=100)
@given(day=st.dates(date(1971, 1, 1), date(2060, 12, 31)), code=st.sampled_from(["uk", "ru"]))
def test_a_full_date_is_that_day(day: date, code: str) -> None:
    year = {"uk": "року", "ru": "года"}[code]
    written = f"{day.day} {MONTHS[code][day.month - 1]} {day.year} {year}"
    (mention,) = dates.read(text.read(f"A, {written}.", language.load(code)), None)
    assert (mention.text, mention.date_start, mention.date_end) == (written, day, day)


@pytest.mark.parametrize("case", cases("speakers_inflected.csv"))
def test_speaker(case: dict[str, str]) -> None:
    check_speaker(case, read(case))


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            "повідомив мер Іван Савчук поліція у ДСНС , . : – « » за словами його що він 5".split()
        ),
        max_size=25,
    )
)
def test_attributions_stand_in_the_text(words: list[str]) -> None:
    written = " ".join(words)
    for said in speakers.find(text.read(written, language.load("uk"))):
        assert 0 <= said.start < said.end <= len(written)
        assert 0 <= said.scope_start <= said.scope_end <= len(written)
        assert said.speaker


def expected(row: dict[str, str]) -> tuple[str, tuple[int | None, ...], str]:
    bounds = tuple(int(row[bound]) if row[bound] else None for bound in ("low", "best", "high"))
    return row["language"], bounds, row["qualifier"]


@pytest.mark.parametrize(
    ("phrase", "expected"), case_tables.parameters("number_phrases.csv", "phrase", expected)
)
def test_number(phrase: str, expected: tuple[str, tuple[int | None, ...], str]) -> None:
    code, bounds, qualifier = expected
    lexicon = number_words.lexicon(code)
    words = number_words.spelling(text.read(phrase, language.load(code)), lexicon)
    found = (numbers.quantity(words, at, len(words), lexicon) for at in range(len(words)))
    first = next((one for one in found if one is not None), None)
    assert first is not None
    assert ((first.low, first.best, first.high), first.qualifier) == (bounds, qualifier)


@pytest.mark.parametrize("case", cases("incidents_inflected.csv"))
def test_incidents(case: dict[str, str]) -> None:
    read_of = extract(Article("a", case["text"], PUBLISHED, language=case["language"]))
    claims = {claim.claim_id: claim.quote for claim in read_of.claims}
    assert " | ".join(told(one, claims) for one in read_of.incidents) == case["expected"]


def told(incident: Incident, claims: dict[str, str]) -> str:
    place, day = incident.place, incident.date
    fields = (
        place.name if place else None,
        place.where_prec if place else None,
        day.date_start if day else None,
        incident.sub_event_type,
        incident.weapon,
    )
    where = ", ".join(str(field or "?") for field in fields)
    return f"{where} = {'; '.join(claims[claim] for claim in incident.claim_ids)}"
