"""The only module that opens a seed file. Standard library only."""

from __future__ import annotations

import csv
import json as _json
import mmap
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

SEEDS = Path(__file__).resolve().parent


class SeedError(ValueError):
    """A seed file is not as it should be; the message names the file and, if known, the line."""


@cache
def toml(name: str) -> dict[str, Any]:
    """A TOML seed, parsed: ``toml("lexicons/en/numbers.toml")``.

    Raises:
        SeedError: the file is missing or is not TOML.
    """
    return toml_at(SEEDS / name)


def toml_at(path: Path) -> dict[str, Any]:
    """A TOML file, parsed; also one that the user keeps beside the seeds that ship.

    Raises:
        SeedError: the file is missing, is not text in UTF-8 or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SeedError(f"{path}: there is no such seed file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SeedError(f"{path}: {error}") from None


def toml_lines(path: Path, name: str) -> list[int]:
    """The lines at which the tables ``[[name]]`` of a TOML file begin, from 1."""
    begins = re.compile(rf"\s*\[\[\s*{re.escape(name)}\s*\]\]")
    lines = path.read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if begins.match(line)]


def folders(name: str) -> list[str]:
    """The names of the folders within a seed folder, sorted."""
    return sorted(path.name for path in (SEEDS / name).iterdir() if path.is_dir())


def files(folder: str, ending: str) -> list[str]:
    """The seeds of a folder whose names end so, sorted, each as ``toml`` and ``rows`` take it."""
    return sorted(f"{folder}/{path.name}" for path in (SEEDS / folder).glob(f"*{ending}"))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """A CSV seed as one dict a row; lines that start with ``#`` are notes.

    Raises:
        SeedError: the file is missing, or a row has too many or too few fields.
    """
    path = SEEDS / name
    if not path.is_file():
        raise SeedError(f"{path}: there is no such seed file")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(line for line in file if not line.startswith("#"))
        read = []
        for row in reader:
            if None in row or None in row.values():
                raise SeedError(f"{path}:{reader.line_num}: expected {reader.fieldnames}")
            read.append(row)
    return tuple(read)


@cache
def json(name: str) -> Any:
    """A JSON seed, parsed.

    Raises:
        SeedError: the file is missing or is not JSON.
    """
    path = SEEDS / name
    try:
        return _json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SeedError(f"{path}: there is no such seed file") from None
    except ValueError as error:
        raise SeedError(f"{path}: {error}") from None


@cache
def lines(name: str) -> tuple[str, ...]:
    """A word list: one entry a line; empty lines and lines that start with ``#`` are notes.

    Raises:
        SeedError: the file is missing.
    """
    path = SEEDS / name
    try:
        read = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise SeedError(f"{path}: there is no such seed file") from None
    return tuple(line for line in read if line and not line.startswith("#"))


def mapped(name: str) -> mmap.mmap:
    """A binary seed as a read-only memory map.

    Raises:
        SeedError: the file is missing or empty.
    """
    path = SEEDS / name
    if not path.is_file() or path.stat().st_size == 0:
        raise SeedError(f"{path}: there is no such seed file")
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
