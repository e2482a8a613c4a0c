"""Web archives (WARC, as Common Crawl's news come), read record by record."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from flows.addresses import normal
from flows.readers.model import MAX_BYTES, Rejected, rejected
from flows.readers.unread import Page
from transforms.fields import DateError, published

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 65_536
_HTML = ("text/html", "application/xhtml+xml")


def archive(file: IO[bytes], source: str) -> Iterator[Page | Rejected]:
    """The pages of an archive's responses; its other records are about the crawl itself.

    One record is held at a time. A damaged archive is read up to the damage, which is told.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number, end = 0, 0
    records = ArchiveIterator(file)
    while True:
        try:
            record = next(records, None)
            if record is None:
                _check_end(file, end)
                return
            number += 1
            if record.rec_type == "response":
                found = _response(record, source, number)
                _check_whole(record)
                yield found
            records.read_to_end(record)
            end = records.get_record_offset() + records.get_record_length()
        except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
            said = f"the archive is damaged after record {number}, the rest is not read: {error}"
            yield rejected(source, number, said, None)
            return


def _check_whole(record: Any) -> None:
    """Read a record to its end: a file that was cut off ends without a word.

    Raises:
        EOFError: there is less of it than it says.
    """
    while record.raw_stream.read(_CHUNK):
        pass
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise EOFError("its last record is cut off")


def _check_end(file: IO[bytes], end: int) -> None:
    """See that the last record ends where the file does.

    Raises:
        EOFError: a part of a record is left.
    """
    left = file.seek(0, 2) - end
    if left > 0:
        raise EOFError(f"{left:,} bytes are left, no whole record")


def _response(record: Any, source: str, number: int) -> Page | Rejected:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    http = record.http_headers
    status = http.get_statuscode() if http else ""
    kind = (http.get_header("content-type") or "") if http else ""
    if status != "200" or not kind.lower().startswith(_HTML):
        what = f"{url}: no page: status {status or 'unknown'}, {kind or 'kind unknown'}"
        return rejected(source, number, what, None)
    body = record.content_stream().read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        return rejected(source, number, f"{url}: the page is longer than {MAX_BYTES:,} bytes", body)
    return Page(body, source, number, normal(url), charset(kind), fetched_at=_moment(record))


def _moment(record: Any) -> Any:
    try:
        return published(record.rec_headers.get_header("WARC-Date"))[0]
    except DateError:
        return None


def charset(content_type: str) -> str | None:
    """The encoding that a Content-Type states."""
    _, _, rest = content_type.lower().partition("charset=")
    return rest.split(";")[0].strip(" \"'") or None
