"""A web page as it came, still to be read: the slow part, which other processes may do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from flows.readers import webpage
from flows.readers.model import RawArticle, Rejected


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of a page, and what is known of it besides.

    ``source`` to ``hints`` are as ``webpage.page`` takes them; the rest is the article's.
    """

    data: bytes
    source: str
    line: int | None = None
    url: str | None = None
    charset: str | None = None
    hints: Mapping[str, Any] = field(default_factory=dict)
    fetched_at: datetime | None = None
    body_sha256: str | None = None
    source_name: str | None = None

    def read(self) -> RawArticle | Rejected:
        """The article in it, or why there is none."""
        found = webpage.page(
            self.data, self.source, url=self.url, charset=self.charset, hints=self.hints
        )
        if isinstance(found, Rejected):
            return replace(found, line=self.line)
        return replace(
            found,
            line=self.line,
            fetched_at=self.fetched_at,
            body_sha256=self.body_sha256,
            source_name=self.source_name,
        )


def read_page(item: RawArticle | Rejected | Page) -> RawArticle | Rejected:
    """The article in a page; anything else as it is."""
    return item.read() if isinstance(item, Page) else item


def read_pages(
    items: Iterable[RawArticle | Rejected | Page],
) -> Iterator[RawArticle | Rejected]:
    """The same in their order, with the pages among them read."""
    return map(read_page, items)
