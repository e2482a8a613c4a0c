"""The column dictionary: what every table, view and column means, read from ``columns.toml``.

One quantity has one name and one entry. A column named ``<measure>_<bound>`` (``killed_low``) is
described by its measure and its bound, one named ``<measure>_<choice>`` (``killed_best_rule``) by
its measure and what was chosen.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from warehouse.errors import SchemaError

SCHEMAS = ("raw", "core", "mart", "quality")
_FILE = Path(__file__).with_name("columns.toml")


@dataclass(frozen=True, slots=True)
class Column:
    """A quantity: what it is, in which unit, whose convention that is, and what NULL tells."""

    description: str
    unit: str | None = None
    source: str | None = None
    null: str | None = None

    @property
    def text(self) -> str:
        """All of it as one line, as it stands in the database's comment."""
        unit = f" [{self.unit}]" if self.unit else ""
        source = f" ({self.source})" if self.source else ""
        null = f" NULL: {self.null}" if self.null else ""
        return self.description + unit + source + null


@dataclass(frozen=True, slots=True)
class Entry:
    """A table or view: what a row is, columns that mean something else there, how to ask it.

    ``kept``: the column that has the event of each row, in a view whose rows are kept.
    """

    description: str
    columns: dict[str, Column]
    example: str | None = None
    kept: str | None = None


@dataclass(frozen=True, slots=True)
class Dictionary:
    """All entries; ``objects`` are in the order in which they can be made."""

    columns: dict[str, Column]
    objects: dict[str, Entry]

    def column(self, name: str, column: str) -> Column:
        """The entry of a column of a table or view.

        Raises:
            SchemaError: the dictionary does not know it.
        """
        found = self.objects[name].columns.get(column) or self.columns.get(column)
        if found is None:
            raise SchemaError(f"{_FILE}: no entry for column {column} of {name}")
        return found


@cache
def load() -> Dictionary:
    """Read the dictionary.

    Raises:
        SchemaError: the file is not TOML, or an entry lacks its description.
    """
    try:
        data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
        return Dictionary(
            columns=_columns(data["columns"])
            | _tolls(data["measures"], data["bounds"], "people")
            | _tolls(data["measures"], data["choices"]),
            objects={
                name: Entry(
                    entry["description"],
                    _columns(entry.get("columns", {})),
                    entry.get("example"),
                    entry.get("kept"),
                )
                for name, entry in data["objects"].items()
            },
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise SchemaError(f"{_FILE}: {error}") from None


def _columns(data: dict[str, Any]) -> dict[str, Column]:
    return {
        name: Column(entry) if isinstance(entry, str) else Column(**entry)
        for name, entry in data.items()
    }


def _tolls(
    measures: dict[str, str], bounds: dict[str, str], unit: str | None = None
) -> dict[str, Column]:
    return {
        f"{measure}_{bound}": Column(f"People {people}: {words}.", unit)
        for measure, people in measures.items()
        for bound, words in bounds.items()
    }
