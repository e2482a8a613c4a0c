"""What fields are called and how dates of publication are written: one reading for all commands."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.readers.model import article
from transforms import contract, fields
from transforms.fields import DateError, published


@pytest.mark.parametrize(
    ("written", "moment", "day"),
    [
        ("2025-07-01", "2025-07-01T00:00:00+00:00", "2025-07-01"),
        ("20250701", "2025-07-01T00:00:00+00:00", "2025-07-01"),
        ("2025-07-01T23:30:00-05:00", "2025-07-02T04:30:00+00:00", "2025-07-01"),
        ("2025-07-01 08:00", "2025-07-01T08:00:00+00:00", "2025-07-01"),
        ("Tue, 01 Jul 2025 08:00:00 +0300", "2025-07-01T05:00:00+00:00", "2025-07-01"),
        ("2024-02-29", "2024-02-29T00:00:00+00:00", "2024-02-29"),
    ],
)
def test_dates(written: str, moment: str, day: str) -> None:
    at, on = published(written)
    assert at is not None
    assert on is not None
    assert (at.isoformat(), on.isoformat()) == (moment, day)


@pytest.mark.parametrize(
    "written",
    [
        "2025-02-29",
        "2025-7-1",
        "yesterday",
        "07/01/2025",
        "0",
        "0001-01-01T00:00:00+05:00",
        "9999-12-31T23:00:00-05:00",
        "Mon, 01 Jan 2024 00:00:00 +99999999999999999999",
        "Mon, 99 Jan 2024 00:00:00 GMT",
    ],
)
def test_dates_that_do_not_exist(written: str) -> None:
    with pytest.raises(DateError, match="is no date that exists"):
        published(written)


@settings(deadline=None)
@given(st.text(max_size=40) | st.datetimes(timezones=st.timezones()).map(str))
def test_any_text_is_a_date_or_none(written: str) -> None:
    with suppress(DateError):
        at, on = published(written)
        assert (at is None) == (on is None) == (not written.strip())


@pytest.mark.parametrize("name", ["published_at", "date", "Pub-Date", "publication_date"])
@pytest.mark.parametrize(
    "written", ["2025-07-01T23:30:00-05:00", "Tue, 01 Jul 2025 08:00:00 +0300", "", None]
)
def test_run_and_extract_read_the_same_day(name: str, written: str | None) -> None:
    row = {"id": "1", "text": "Two died on Monday.", name: written}
    assert contract.article_from(row).published_at == article(row, "a.jsonl", 1).published_on


def test_run_and_extract_refuse_the_same_dates() -> None:
    with pytest.raises(contract.ContractError, match="is no date that exists"):
        contract.article_from({"id": "1", "text": "Two died.", "date": "03/04/2025"})


@pytest.mark.parametrize(
    ("header", "column"),
    [
        (["id", "text", "text"], "text"),
        (["text", "Published-At", "published at"], "published at"),
        (["text", "", ""], None),
        (["text", "note", "note", "body"], None),
    ],
)
def test_a_column_twice(header: list[str], column: str | None) -> None:
    assert fields.twice(header) == column
