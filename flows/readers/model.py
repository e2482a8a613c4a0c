"""What a reader yields: an article as it stands in its source, or the reason why there is none."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.readers.identity import article_id, digest
from seeds import read as seeds
from transforms.fields import DateError, candidates, published

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

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
    updated_at: datetime | None = None  # in UTC; of the last change, where it is stated
    source_name: str | None = None  # of the source that it was read for
    fetched_at: datetime | None = None  # of a fetched page, in UTC
    body_sha256: str | None = None  # of the fetched bytes, as they are kept

    @property
    def key(self) -> tuple[str, str]:
        """What tells this version of this article from all others."""
        return (self.article_id, self.version_id)

    @property
    def where(self) -> str:
        """File and line, as an editor understands them."""
        return where(self.source, self.line)


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that is no article; ``raw`` is its beginning, ``raw_sha256`` covers the whole.

    Both are None where there was nothing to keep: a file that is gone, a page that did not come.
    """

    source: str
    line: int | None
    reason: str
    raw: str | None
    raw_sha256: str | None

    @property
    def where(self) -> str:
        """File and line, as an editor understands them."""
        return where(self.source, self.line)


def where(source: str, line: int | None) -> str:
    """File and line, as an editor understands them."""
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


def rejected(source: str, line: int | None, reason: str, raw: bytes | None) -> Rejected:
    """A rejection with its evidence; bytes that are not UTF-8 are kept as ``\\xNN``.

    Args:
        source: Where the input is.
        line: Its line there.
        reason: What is wrong with it.
        raw: All of it; None where it could not be had.
    """
    if raw is None:
        return Rejected(source, line, reason, None, None)
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
        FieldError: no text, an empty one, a field that is not text, a date that does not exist or
            an address that cannot be.
    """
    known = _canonical(fields)
    text = known.get("text")
    if text is None:
        names = ", ".join(seeds.toml("columns.toml")["text"])
        raise FieldError(f"there is no text: expected a field named one of {names}")
    if not text.strip():
        raise FieldError("the text is empty")
    given = {name: (known.get(name) or "").strip() or None for name in _FIELDS}
    published_at, published_on = _dated("published_at", known)
    updated_at, _ = _dated("updated_at", known)
    stamp = known.get("published_at") or ""
    name = _name(given["url"], known.get("id"), source, line, text)
    return RawArticle(
        article_id=name,
        version_id=digest(name, text, stamp.strip(), *(given[field] or "" for field in _FIELDS)),
        text=text,
        source=source,
        line=line,
        published_at=published_at,
        published_on=published_on,
        updated_at=updated_at,
        url=given["url"],
        publisher=given["publisher"],
        title=given["title"],
        author=given["author"],
        language=given["language"],
    )


def read_one(
    make: Callable[[], RawArticle], source: str, line: int | None, raw: bytes
) -> RawArticle | Rejected:
    """What ``make`` makes of one input, or why there is no article in it.

    Whatever goes wrong with one input costs no other: files hold what nobody has thought of.
    """
    try:
        return make()
    except FieldError as error:
        reason = str(error) if line is not None else error.in_file
    except Exception as error:  # noqa: BLE001  one input must not end a run over thousands
        reason = f"cannot be read: {type(error).__name__}: {error}"
    return rejected(source, line, reason, raw)


class Rows:
    """The rows of one file by their article: of two with different texts the second is refused.

    An article that was rewritten comes in another file. Rows of one file that share an id or
    address and not the words are rather two articles under one name; neither may hide the other.
    """

    def __init__(self) -> None:
        self._first: dict[str, tuple[int, int | None]] = {}

    def add(self, article: RawArticle) -> RawArticle:
        """The article again.

        Raises:
            FieldError: an earlier row has its name and another text.
        """
        text = hash(article.text)
        first, line = self._first.setdefault(article.article_id, (text, article.line))
        if first != text:
            raise FieldError(
                f"line {article.line} has the id or address of line {line} with another text"
            )
        return article


def _name(url: str | None, row_id: str | None, source: str, line: int | None, text: str) -> str:
    try:
        return article_id(url, row_id, source, line, text)
    except ValueError as error:
        raise FieldError(f"url: {str(url)[:200]!r} cannot be an address ({error})") from None


def _dated(name: str, known: Mapping[str, str]) -> tuple[datetime | None, date | None]:
    try:
        return published(known.get(name), name)
    except DateError as error:
        raise FieldError(str(error)) from None


def _canonical(fields: Mapping[str, object]) -> dict[str, str]:
    """The fields under their one name; of several columns of one meaning the first that is set."""
    found: dict[str, str] = {}
    for name, values in candidates(fields).items():
        for value in values:
            if not found.get(name):
                found[name] = _written(name, value)
    return found


def _written(name: str, value: object) -> str:
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if (
        name == "author"
        and isinstance(value, list)
        and all(isinstance(part, str) for part in value)
    ):
        return _written(name, ", ".join(value))
    if not isinstance(value, str):
        raise FieldError(f"the field {name!r} is {type(value).__name__}, expected text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise FieldError(f"the field {name!r} has half a character at {error.start}") from None
    return value
