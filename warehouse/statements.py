"""The statements of the schema's files: one object a file, named ``schema.object.sql``.

In a view, ``seed('codes/sub_events.csv')`` stands for the rows of that seed, ``roster()`` for the
actors of the lexicon, ``latin(name, language)`` for a name in Latin letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from seeds import read as seeds
from warehouse import latin
from warehouse.errors import SchemaError
from warehouse.sql import quoted

FOLDER = Path(__file__).resolve().parent
_SEED = re.compile(r"\bseed\('([\w./]+\.csv)'\)")
_ROSTER = re.compile(r"\broster\(\)")
_LATIN = re.compile(r"\blatin\(([\w.]+), ([\w.]+)\)")
_COMMENT = re.compile(r"^--.*\n", re.M)
_NAME = re.compile(r"\b(?:raw|core|mart|quality)\.\w+\b")
_FOLDERS = {"table": "ddl", "view": "views", "macro": "macros"}


def is_view(name: str) -> bool:
    """Whether an object of the dictionary is a view."""
    return (FOLDER / "views" / f"{name}.sql").is_file()


def is_macro(name: str) -> bool:
    """Whether an object of the dictionary is a table macro: a view that is asked with arguments."""
    return (FOLDER / "macros" / f"{name}.sql").is_file()


def is_table(name: str) -> bool:
    """Whether an object of the dictionary holds rows of its own."""
    return not is_view(name) and not is_macro(name)


def kind(name: str) -> str:
    """What an object of the dictionary is: table, view or macro."""
    return "view" if is_view(name) else "macro" if is_macro(name) else "table"


def read(name: str) -> str:
    """The SQL that makes an object: ``read("core.claim")``.

    Raises:
        SchemaError: no file makes it.
    """
    path = FOLDER / _FOLDERS[kind(name)] / f"{name}.sql"
    if not path.is_file():
        raise SchemaError(f"warehouse/columns.toml names {name}, which no .sql file makes")
    text = _SEED.sub(lambda found: _seed(found[1]), path.read_text(encoding="utf-8"))
    text = _LATIN.sub(lambda found: latin.expression(found[1], found[2]), text)
    return _ROSTER.sub(lambda _: _roster(), text)


def plain(name: str) -> str:
    """The same without comments."""
    return _COMMENT.sub("", read(name))


def asked(name: str) -> set[str]:
    """What a view or macro is made of."""
    return set(_NAME.findall(plain(name))) - {name}


def is_list(name: str) -> bool:
    """Whether a view is made of seeds alone: its rows are held as they are the same always."""
    return is_view(name) and not asked(name)


def _seed(name: str) -> str:
    """The rows of a CSV seed as SQL: the columns have the names of its header."""
    found = seeds.rows(name)
    return _values("seed", found[0], (row.values() for row in found))


def _roster() -> str:
    """The actors that a text can name, as SQL."""
    from transforms import actors  # with all the reading of texts, which a question does not need

    return _values(
        "roster",
        ("name", "inter", "country", "is_generic"),
        ((a.name, str(a.inter), a.country or "", a.generic) for a in actors.roster().values()),
    )


def _values(name: str, header: Iterable[str], found: Iterable[Iterable[str | bool]]) -> str:
    lines = (f"({', '.join(map(_literal, row))})" for row in found)
    return f"(VALUES {', '.join(lines)}) AS {name} ({', '.join(header)})"


def _literal(value: str | bool) -> str:
    return quoted(value) if isinstance(value, str) else str(value)
