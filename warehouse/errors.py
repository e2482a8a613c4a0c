"""What can go wrong with the warehouse, each as an error whose message is fit to print."""

from __future__ import annotations


class WarehouseError(Exception):
    """The warehouse cannot do what was asked; the message says why and what to do."""


class BusyError(WarehouseError):
    """Another process is writing; the message names it."""


class NoSnapshotError(WarehouseError):
    """Nothing has been published yet."""


class SchemaError(WarehouseError):
    """The warehouse was made by a newer Tollbook, or a schema file is not as it should be."""


class LoadError(WarehouseError):
    """A batch is not as the tables need it; nothing of it was loaded."""


class LedgerError(WarehouseError):
    """The ledger does not add up, or names no such run."""


class QueryError(WarehouseError):
    """A query that cannot be answered; the message is one line."""
