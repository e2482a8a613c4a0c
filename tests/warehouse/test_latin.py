"""Names in Latin letters, by the national standards."""

import duckdb
import pytest

from tests.warehouse.frames import article, batch, claim, incident, together
from warehouse import latin
from warehouse.ledger import start_run
from warehouse.load import load
from warehouse.sql import rows


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("uk", "Володимир Зеленський", "Volodymyr Zelenskyi"),
        ("uk", "Згурський", "Zghurskyi"),
        ("uk", "Розгон", "Rozghon"),
        ("uk", "Єлизавета Їжакевич", "Yelyzaveta Yizhakevych"),
        ("uk", "Юрій Знам'янський", "Yurii Znamianskyi"),
        ("uk", "Яготин, Костянтин", "Yahotyn, Kostiantyn"),
        ("uk", "Щербухи", "Shcherbukhy"),
        ("uk", "Ґалаґан", "Galagan"),
        ("uk", "ДСНС", "DSNS"),
        ("ru", "Вячеслав Гладков", "Viacheslav Gladkov"),
        ("ru", "Юрий Щёкин", "Iurii Shchekin"),
        ("ru", "Объедков", "Obieedkov"),
        ("ru", "Эльвира Цой", "Elvira Tsoi"),
        ("en", "Ann Poe", None),
        ("fr", "Chloé", None),
    ],
)
def test_names(code: str, name: str, expected: str | None) -> None:
    sql = f"SELECT {latin.expression('name', 'code')} FROM (SELECT ? AS name, ? AS code)"
    assert duckdb.execute(sql, [name, code]).fetchone() == (expected,)


def test_a_quote_keeps_its_language_and_its_speaker_has_latin_letters(
    con: duckdb.DuckDBPyConnection,
) -> None:
    told = article("a", "Троє людей загинули, повідомив Тарас Ткачук.", language="uk")
    stated = claim(told, "Троє людей", 3, speaker="Тарас Ткачук")
    account = incident(told, killed_low=3, killed_best=3, killed_high=3)
    frames = together({"articles": [told], "claims": [stated], "incidents": [account]})
    load(con, start_run(con, "test"), batch(0, **frames))
    query = "SELECT language, quote, speaker, speaker_latin FROM mart.incident_claims"
    assert rows(con, query) == [("uk", "Троє людей", "Тарас Ткачук", "Taras Tkachuk")]
    query = "SELECT languages, speakers FROM mart.event_export"
    assert rows(con, query) == [("uk", "Тарас Ткачук [Taras Tkachuk]")]
    ((sentence,),) = rows(con, "SELECT sentence FROM mart.event_sentence")
    assert sentence.endswith(", according to Тарас Ткачук [Taras Tkachuk].")
    assert rows(con, "SELECT speaker, speaker_latin FROM mart.toll_timeline") == [
        ("Тарас Ткачук", "Taras Tkachuk")
    ]
