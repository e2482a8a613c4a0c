"""Prefect flows, readers, fetching and the command line."""

__version__ = "0.1.0"
