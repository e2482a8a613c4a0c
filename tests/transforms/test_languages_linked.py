"""One event told in three languages is one event: the same place, day and figures."""

from __future__ import annotations

from datetime import date

import pytest

from transforms import contract
from transforms.extract import extract
from transforms.linking import link
from transforms.model import Article
from transforms.scoring_links import accounts
from transforms.scoring_records import Row

STRIKE = {
    "en": "A Russian drone hit a minibus in Nikopol on Tuesday, killing three people and wounding "
    "eleven, the regional governor said.",
    "uk": "У вівторок російський дрон влучив у маршрутку в Нікополі: троє людей загинули, "
    "одинадцятеро дістали поранення, повідомив голова області.",
    "ru": "Во вторник беспилотник попал в маршрутку в Никополе, погибли три человека, "
    "одиннадцать получили ранения, сообщил глава области.",
}
OTHER = {
    "en": "Artillery shelling in Kherson on Tuesday killed one man, police said.",
    "uk": "У Херсоні внаслідок артобстрілу у вівторок загинув чоловік, повідомили в поліції.",
    "ru": "В Херсоне при артобстреле во вторник погиб мужчина, сообщили в полиции.",
}


def _accounts(told: dict[str, str]) -> list[tuple[Row, Row]]:
    rows: list[tuple[Row, Row]] = []
    for code, text in told.items():
        name = f"{code}-{len(text)}"
        article = Article(name, text, date(2025, 6, 4), language=code)
        gold = {"id": name, "text": text, "published_at": "2025-06-04"}
        rows.append((gold, contract.to_row(extract(article))))
    return rows


@pytest.mark.parametrize("told", [STRIKE, OTHER], ids=["strike", "shelling"])
def test_three_languages_give_one_place_day_and_toll(told: dict[str, str]) -> None:
    found = []
    for _, read in _accounts(told):
        (incident,) = read["incidents"]
        place = incident["place"]
        assert place is not None
        toll = (incident["killed"]["best"], incident["injured"]["best"])
        found.append((place["geoname_id"], incident["date_start"], toll))
    assert len(set(found)) == 1, found


def test_one_event_told_in_three_languages_is_linked_as_one() -> None:
    rows = accounts(_accounts(STRIKE) + _accounts(OTHER))
    links = link(rows).links.merge(rows[["incident_id", "article_id"]], on="incident_id")
    lengths = {len(text) for text in STRIKE.values()}
    of_strike = links["article_id"].str.rpartition("-")[2].astype(int).isin(lengths)
    assert links[of_strike]["event_id"].nunique() == 1
    assert links[~of_strike]["event_id"].nunique() == 1
    assert links["event_id"].nunique() == 2
