"""Names in Latin letters, by the national standards."""

import duckdb
import pytest

from warehouse import latin


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
