"""Names in Latin letters beside the original, by each language's own standard, as SQL.

The letters are those of ``seeds/lexicons/<code>/translit.csv``, which names the standard.
"""

from __future__ import annotations

from seeds import read
from warehouse.sql import quoted

_SEED = "translit.csv"


def expression(name: str, language: str) -> str:
    """The SQL of a name in Latin letters; NULL for a language that has no table or needs none.

    Args:
        name: the SQL of the name.
        language: the SQL of the code of the language that it is written in.
    """
    whens = (f"WHEN {quoted(code)} THEN {_spelled(name, code)}" for code in _codes())
    return f"CASE {language} {' '.join(whens)} END"


def _codes() -> list[str]:
    folders = read.folders("lexicons")
    return [c for c in folders if f"lexicons/{c}/{_SEED}" in read.files(f"lexicons/{c}", ".csv")]


def _spelled(name: str, code: str) -> str:
    """Replacements within each other: at the heads of words first, then the longer letters."""
    found = read.rows(f"lexicons/{code}/{_SEED}")
    sql = name
    for row in found:
        if row["initial"]:
            for letters, latin in _cases(row["letters"], row["initial"]):
                pattern, into = quoted(rf"(^|[^\p{{L}}'’ʼ]){letters}"), quoted(rf"\1{latin}")
                sql = f"regexp_replace({sql}, {pattern}, {into}, 'g')"
    for row in sorted(found, key=lambda row: -len(row["letters"])):
        for letters, latin in _cases(row["letters"], row["latin"]):
            sql = f"replace({sql}, {quoted(letters)}, {quoted(latin)})"
    return sql


def _cases(letters: str, latin: str) -> list[tuple[str, str]]:
    """Small letters, and a capital: "Щ" is "Shch"."""
    capital = (letters.capitalize(), latin.capitalize())
    return [(letters, latin)] if capital[0] == letters else [(letters, latin), capital]
