"""Every expectation there is. To add one: write its class in its table's module."""

from __future__ import annotations

import inspect
from functools import cache
from types import ModuleType

from expectations import articles, claims, events, incidents, places, trends
from expectations.base import Expectation, Table

TABLES: dict[str, Table] = {
    table.suite: table
    for table in (
        articles.TABLE,
        claims.TABLE,
        places.TABLE,
        places.DATES,
        incidents.TABLE,
        events.TABLE,
        trends.TABLE,
    )
}


@cache
def catalogue() -> tuple[Expectation, ...]:
    """All expectations, in the order of the tables and of their modules."""
    return tuple(
        made()
        for module in (articles, claims, places, incidents, events, trends)
        for made in vars(module).values()
        if _is_defined_in(made, module)
    )


def _is_defined_in(made: object, module: ModuleType) -> bool:
    return (
        inspect.isclass(made)
        and issubclass(made, Expectation)
        and made.__module__ == module.__name__
    )


def of_suite(suite: str) -> tuple[Expectation, ...]:
    """The expectations about one table.

    Raises:
        KeyError: there is no such suite.
    """
    return tuple(e for e in catalogue() if e.suite == TABLES[suite].suite)
