"""The form of extract's input: what is taken, what is refused and in which words."""

from __future__ import annotations

from datetime import date

import pytest

from transforms import contract


def test_article() -> None:
    row = {
        "id": "a",
        "text": "Two people were killed.",
        "published_at": "2025-07-02T23:30:00-05:00",
    }
    article = contract.article_from(row)
    assert article.published_at == date(2025, 7, 2)
    assert article.title is None


def test_a_number_may_be_an_id() -> None:
    assert contract.article_from({"id": 7, "text": "x"}).id == "7"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["x"], "expected an object"),
        ({"text": "x"}, "'id' is missing"),
        ({"id": "a"}, "'text' is missing"),
        ({"id": "a", "text": " \n"}, "the text is empty"),
        ({"id": "a", "text": 3}, "'text' is int"),
        ({"id": "a", "text": "x", "published_at": "2025-02-30"}, "is no date that exists"),
        ({"id": "a", "text": "x", "title": ["x"]}, "'title' is list"),
        ({"id": True, "text": "x"}, "'id' is bool"),
    ],
)
def test_refused(row: object, message: str) -> None:
    with pytest.raises(contract.ContractError, match=message):
        contract.article_from(row)


def test_error_row_has_the_form() -> None:
    row = contract.error_row(None, "line 3: not JSON")
    assert row["errors"] == ["line 3: not JSON"]
    assert row["claims"] == row["incidents"] == []
