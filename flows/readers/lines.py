"""Lines of a file, each read in bounded memory."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from flows.readers.model import MAX_BYTES, MAX_EVIDENCE_BYTES, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file with its number, from 1."""

    number: int
    data: bytes


def lines(file: IO[bytes], source: str) -> Iterator[Line | Rejected]:
    """The lines of a file; one longer than ``MAX_BYTES`` is rejected and never held whole."""
    number = 0
    while data := file.readline(MAX_BYTES):
        number += 1
        if len(data) < MAX_BYTES or data.endswith(b"\n"):
            yield Line(number, data)
        else:
            yield _too_long(file, source, number, data)


def _too_long(file: IO[bytes], source: str, number: int, data: bytes) -> Rejected:
    """Read past the rest of an overlong line, keeping its beginning, length and sha256."""
    whole = hashlib.sha256(data)
    size = len(data)
    evidence = data[:MAX_EVIDENCE_BYTES].decode("utf-8", "backslashreplace")
    while not data.endswith(b"\n") and (data := file.readline(MAX_EVIDENCE_BYTES)):
        whole.update(data)
        size += len(data)
    reason = f"the line is {size:,} bytes long; the limit is {MAX_BYTES:,}"
    return Rejected(source, number, reason, evidence, whole.hexdigest())
