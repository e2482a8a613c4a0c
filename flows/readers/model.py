"""What a reader yields: an article as it stands in its source, or the reason why there is none."""

from __future__ import annotations

import codecs
import hashlib
import string
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING

from seeds import read as seeds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: The longest line, and the longest file that is one article, in bytes. The longest live blogs
#: stay under a tenth of it.
MAX_BYTES = 10_000_000
#: How much of a rejected input is kept as evidence, in bytes; its sha256 covers all of it.
MAX_EVIDENCE_BYTES = 1_000_000
_FIELDS = ("url", "publisher", "title", "author", "language")


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One version of an article, verbatim, with where it was read."""

    article_id: str
    version_id: str
    text: str
    source: str
    line: int | None
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    author: str | None = None
    published_at: datetime | None = None  # in UTC; midnight where only the day is given
    published_on: date | None = None  # the day as the source writes it, in its own zone
    language: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What tells this version of this article from all others."""
        return (self.article_id, self.version_id)

    @property
    def where(self) -> str:
        """File and line, as an editor understands them."""
        return _where(self.source, self.line)


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that is no article; ``raw`` is its beginning, ``raw_sha256`` covers the whole."""

    source: str
    line: int | None
    reason: str
    raw: str
    raw_sha256: str

    @property
    def where(self) -> str:
        """File and line, as an editor understands them."""
        return _where(self.source, self.line)


def _where(source: str, line: int | None) -> str:
    return f"{source}:{line}" if line is not None else source


class FieldError(ValueError):
    """The fields of an input make no article; the message says which field and why.

    Attributes:
        line: The line inside the input where it goes wrong, if it is one line's fault.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line

    @property
    def in_file(self) -> str:
        """The message with the line, where the input is a file."""
        return f"line {self.line}: {self}" if self.line is not None else str(self)


def rejected(source: str, line: int | None, reason: str, raw: bytes) -> Rejected:
    """A rejection with its evidence; bytes that are not UTF-8 are kept as ``\\xNN``."""
    kept = raw[:MAX_EVIDENCE_BYTES].decode("utf-8", "backslashreplace")
    return Rejected(source, line, reason, kept, hashlib.sha256(raw).hexdigest())


def decode(data: bytes) -> str:
    """The text of some bytes in UTF-8, or in UTF-16 where they begin with its mark.

    Raises:
        FieldError: they are not; it names the byte, its line and its place in the line.
    """
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if marked else "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise FieldError(
            f"not {encoding.upper()}: byte {column} of the line is 0x{data[error.start]:02x};"
            " convert it, as with iconv -f windows-1251 -t utf-8",
            line,
        ) from None


def article(fields: Mapping[str, object], source: str, line: int | None) -> RawArticle:
    """The article in one row's fields, whatever of its usual names each column goes by.

    Raises:
        FieldError: no text, an empty one, a field that is not text, or a date that does not exist.
    """
    known = _canonical(fields)
    text = known.get("text")
    if text is None:
        names = ", ".join(seeds.toml("columns.toml")["text"])
        raise FieldError(f"there is no text: expected a field named one of {names}")
    if not text.strip():
        raise FieldError("the text is empty")
    given = {name: (known.get(name) or "").strip() or None for name in _FIELDS}
    published_at, published_on = published(known.get("published_at"))
    stamp = known.get("published_at") or ""
    name = article_id(given["url"], known.get("id"), source, line, text)
    return RawArticle(
        article_id=name,
        version_id=digest(name, text, stamp.strip(), *(given[field] or "" for field in _FIELDS)),
        text=text,
        source=source,
        line=line,
        published_at=published_at,
        published_on=published_on,
        url=given["url"],
        publisher=given["publisher"],
        title=given["title"],
        author=given["author"],
        language=given["language"],
    )


def published(value: str | None) -> tuple[datetime | None, date | None]:
    """The moment in UTC, and the day as it is written: dates in the text count from that day.

    ISO 8601, and the form of RFC 2822 that feeds use. A day alone is its midnight, a time without
    a zone is read as UTC. ``03/04/2024`` may be either of two days, so it is refused.

    Raises:
        FieldError: there is no such date.
    """
    written = (value or "").strip()
    if not written:
        return None, None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        moment = _rfc2822(written)
    stated = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return stated.astimezone(UTC), moment.date()


def _rfc2822(written: str) -> datetime:
    try:
        return parsedate_to_datetime(written)
    except ValueError:
        raise FieldError(
            f"published_at: {written[:60]!r} is no date that exists (expected YYYY-MM-DD)"
        ) from None


def article_id(
    url: str | None, row_id: str | None, source: str, line: int | None, text: str
) -> str:
    """The article's stable name: by its address, else its file and id, else its text.

    A file that is one article (``line`` None) is known by its name. A row without an address or
    id is known by its text, so that rows added above it do not rename it.
    """
    if url:
        return digest("url", _address(url))[:16]
    if row_id:
        return digest("row", source, row_id)[:16]
    return digest("file", source)[:16] if line is None else digest("text", source, text)[:16]


def _address(url: str) -> str:
    from courlan import normalize_url

    plain = normalize_url(url).partition("#")[0]
    return plain.partition("://")[2].rstrip("/") or plain


def digest(*parts: str) -> str:
    """The sha256 of some texts, each with its length so that no two lists of texts collide."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        whole.update(b"%d:" % len(data) + data)
    return whole.hexdigest()


@cache
def _aliases() -> dict[str, list[str]]:
    columns: dict[str, list[str]] = seeds.toml("columns.toml")
    return {name: [_plain(alias) for alias in aliases] for name, aliases in columns.items()}


def _plain(column: str) -> str:
    return column.casefold().translate(_SEPARATORS)


_SEPARATORS = str.maketrans("", "", string.whitespace + "-_")


def has_text(columns: Iterable[str]) -> bool:
    """Whether one of a table's columns goes by a name of the text."""
    return not {_plain(column) for column in columns}.isdisjoint(_aliases()["text"])


def _canonical(fields: Mapping[str, object]) -> dict[str, str]:
    """The fields under their one name; of several columns of one meaning the first that is set."""
    plain = {_plain(column): value for column, value in fields.items() if value is not None}
    found: dict[str, str] = {}
    for name, aliases in _aliases().items():
        for alias in aliases:
            if alias in plain and not found.get(name):
                found[name] = _written(name, plain[alias])
    return found


def _written(name: str, value: object) -> str:
    if name == "id" and isinstance(value, int):
        return str(value)
    if (
        name == "author"
        and isinstance(value, list)
        and all(isinstance(part, str) for part in value)
    ):
        return ", ".join(value)
    if not isinstance(value, str):
        raise FieldError(f"the field {name!r} is {type(value).__name__}, expected text")
    return value
