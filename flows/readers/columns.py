"""A source's own names of the fields: our name of each, and where it stands in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def at(value: Any, path: str) -> Any:
    """What is at a dotted path: names of objects and numbers of lists; None where nothing is."""
    if isinstance(value, dict) and path in value:
        return value[path]  # a name may hold a dot
    for step in filter(None, path.split(".")):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def picked(row: Any, columns: Mapping[str, str]) -> dict[str, Any]:
    """A row's fields under our names; what is not named is left out."""
    return {name: at(row, path) for name, path in columns.items()}
