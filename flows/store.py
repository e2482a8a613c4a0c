"""The raw store: every response as it came, kept before anything is made of it.

Bodies lie compressed under ``bodies/`` by their sha256, the same bytes once. What was asked, when,
and what the server said lies under ``urls/``: a file for each address, a line for each response, so
that a run that was stopped finds what is there without a database.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import orjson

from flows.addresses import normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

#: What a response was asked for.
PAGE, LIST, ROWS, ROBOTS = "page", "list", "rows", "robots"


@dataclass(frozen=True, slots=True)
class Response:
    """One answer of a server, or the reason why there was none.

    Attributes:
        url: The address as it was asked for.
        final_url: The address that answered, after redirects.
        status: HTTP status; None where no answer came.
        headers: The answer's headers, names in lower case.
        fetched_at: When it came, in UTC.
        body_sha256: Its bytes in the store; of a 304 those that are still the same.
        charset: The encoding that the server states.
        purpose: ``page``, ``list`` of addresses, ``rows`` of an API, ``robots``.
        source: Name of the source that asked; None for an address given by itself.
        error: Why it is no good.
        hints: What the source's list says of the page, or how its rows are to be read.
    """

    url: str
    final_url: str
    status: int | None
    headers: Mapping[str, str]
    fetched_at: datetime
    body_sha256: str | None
    charset: str | None = None
    purpose: str = PAGE
    source: str | None = None
    error: str | None = None
    hints: Mapping[str, Any] = field(default_factory=dict)

    @property
    def response_id(self) -> str:
        """What tells this response from all others."""
        return hashlib.sha256(self.line()).hexdigest()[:16]

    def line(self) -> bytes:
        """The response as a line of its address's file."""
        return orjson.dumps(asdict(self), option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


class Store:
    """Responses in a folder. Threads and processes may use it at the same time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, body: bytes) -> str:
        """Keep some bytes, compressed and named by their sha256, which is returned."""
        digest = hashlib.sha256(body).hexdigest()
        path = self._body(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            # A name of its own: the same bytes may come from two addresses at the same moment.
            part = path.with_suffix(f".{uuid4().hex}.part")
            part.write_bytes(gzip.compress(body, mtime=0))
            part.replace(path)
        return digest

    def holds(self, digest: str) -> bool:
        """Whether some bytes were kept."""
        return self._body(digest).is_file()

    def is_sound(self, digest: str) -> bool:
        """Whether some bytes were kept and are still whole.

        A damaged file is put aside as ``.damaged``, so that the bytes can be kept anew.
        """
        if not self.holds(digest):
            return False
        try:
            self.body(digest)
        except OSError:
            self._body(digest).replace(self._body(digest).with_suffix(".damaged"))
            return False
        return True

    def body(self, digest: str) -> bytes:
        """Bytes that were kept.

        Raises:
            OSError: they are not there, or the file is damaged.
        """
        path = self._body(digest)
        try:
            body = gzip.decompress(path.read_bytes())
        except (EOFError, zlib.error) as error:  # cut short, or garbled
            raise OSError(f"{path}: the file is damaged: {error}") from None
        if hashlib.sha256(body).hexdigest() != digest:
            raise OSError(f"{path}: the bytes are not those that were kept")
        return body

    def note(self, response: Response) -> None:
        """Add a response to those of its address; its body must have been kept before."""
        path = self._url(response.url)
        path.parent.mkdir(parents=True, exist_ok=True)
        # One write to the end of the file; the line break before it parts it from a torn line.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            os.write(descriptor, b"\n" + response.line())
        finally:
            os.close(descriptor)

    def responses(self, url: str) -> list[Response]:
        """The responses of an address, in whatever form it is written, the oldest first."""
        return _read(self._url(url))

    def all(self) -> Iterator[Response]:
        """All responses by address and, of one address, by time."""
        for path in sorted((self._folder / "urls").glob("*/*.jsonl")):
            yield from _read(path)

    def _body(self, digest: str) -> Path:
        return self._folder / "bodies" / digest[:2] / f"{digest}.gz"

    def _url(self, url: str) -> Path:
        digest = hashlib.sha256(normal(url).encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / "urls" / digest[:2] / f"{digest}.jsonl"


def _read(path: Path) -> list[Response]:
    """The responses in a file; a line that a power cut tore is as if it had never come."""
    found = []
    for line in path.read_bytes().splitlines() if path.is_file() else ():
        try:
            row = orjson.loads(line)
            row["fetched_at"] = datetime.fromisoformat(row["fetched_at"])
            found.append(Response(**row))
        except (ValueError, TypeError, KeyError):
            continue
    return found
