"""Texts that lie beside the checkout and are not part of the project."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_SHARED = Path(__file__).resolve().parents[2] / "shared"


def path(name: str) -> Path:
    """A file beside the checkout; the test is skipped where it is absent."""
    found = _SHARED / name
    if not found.exists():
        pytest.skip(f"{name} is not here: it lies beside the project's own checkout only")
    return found


def rows(name: str) -> Iterator[dict[str, Any]]:
    """The rows of a corpus, one a line."""
    with path(f"corpora/{name}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
