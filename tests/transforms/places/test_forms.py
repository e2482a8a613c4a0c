"""Inflected names of places: tests/cases/place_forms.csv."""

from __future__ import annotations

import pytest

from transforms import language, places, text
from transforms.places import gazetteer
from tests.transforms import case_tables

ROWS = case_tables.rows("place_forms.csv")


def read(code: str, words: str) -> dict[str, int | None]:
    doc = text.read(words, language.load(code))
    return {mention.text: mention.geoname_id for mention in places.read(doc, gazetteer.load())}


@pytest.mark.parametrize("row", ROWS)
def test_inflected_name_is_found(row: dict[str, str]) -> None:
    assert read(row["language"], row["text"]).get(row["mention"]) == int(row["geoname_id"])
