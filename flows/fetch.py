"""Fetching one address: bounded in time and size, kept away from private networks.

The bytes are kept under ``data/raw`` before anything is made of them.
"""

from __future__ import annotations

import gzip
import hashlib
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

import requests
from urllib3.exceptions import HTTPError

from flows import __version__
from flows.dial import Line, PrivateError

if TYPE_CHECKING:
    from pathlib import Path

#: Seconds for one page, connection, redirects and body together.
DEADLINE = 60.0
#: The longest page, in bytes after decompression.
MAX_BYTES = 10_000_000
MAX_HOPS = 8
RETRIES = 3
_CHUNK = 65_536
_LATE = "the page did not arrive in time"
_PASSING = frozenset({429, 500, 502, 503, 504})
_ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1"


class FetchError(Exception):
    """A page could not be had; the message names the address and why."""


class _PassingError(FetchError):
    """A failure that may pass: worth another try after ``wait`` seconds, if the server says so."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Page:
    """A fetched page: its bytes, and what the server says of it."""

    url: str  # after redirects
    body: bytes
    charset: str | None
    sha256: str
    fetched_at: datetime  # in UTC


def fetch(url: str, *, allow_private: bool = False, deadline: float = DEADLINE) -> Page:
    """Fetch a page, trying again after failures that may pass.

    Args:
        url: An http or https address.
        allow_private: Whether addresses of private networks and this machine may be asked.
        deadline: Seconds for each try.

    Raises:
        FetchError: it could not be had.
    """
    pause = 1.0
    for _ in range(RETRIES - 1):
        try:
            return _once(url, allow_private, time.monotonic() + deadline)
        except _PassingError as error:
            time.sleep(min(error.wait if error.wait is not None else pause, deadline))
            pause *= 3
    return _once(url, allow_private, time.monotonic() + deadline)


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: else the whole body of a redirect is read, however long, before it is returned."""

    def leads_to(self, response: requests.Response) -> str | None:
        """Where a redirect leads, as the server writes it."""
        return super().get_redirect_target(response)


def _once(url: str, allow_private: bool, until: float) -> Page:
    with _Session() as session, Line(until, allow_private=allow_private) as line:
        session.trust_env = False  # no proxy and no password picked up from the surroundings
        for scheme in ("http://", "https://"):
            session.mount(scheme, line.adapter())
        page = None
        try:
            page = _follow(session, url, until)
        except _PassingError:
            if not line.cut and time.monotonic() < until:
                raise
        if page is None or line.cut:  # a line that was cut looks like a page that ended
            raise _PassingError(f"{url}: {_LATE}")
        return page


def _follow(session: _Session, url: str, until: float) -> Page:
    at = url
    for _ in range(MAX_HOPS):
        with _get(session, at, until) as response:
            if response.is_redirect:
                at = _next(session, at, response)
            else:
                _check_status(at, response)
                return _page(at, response, _body(at, response, until))
    raise FetchError(f"{url}: more than {MAX_HOPS} redirects")


def _next(session: _Session, url: str, response: requests.Response) -> str:
    try:
        return urljoin(url, session.leads_to(response))
    except ValueError as error:
        location = response.headers["location"][:200]
        raise FetchError(f"{url}: leads to {location!r}, no address ({error})") from None


def _get(session: _Session, url: str, until: float) -> requests.Response:
    _check_address(url)
    left = max(until - time.monotonic(), 0.1)
    headers = {"User-Agent": user_agent(), "Accept": _ACCEPT}
    try:
        response = session.get(
            url, headers=headers, stream=True, allow_redirects=False, timeout=min(left, 20.0)
        )
    except PrivateError as error:
        raise FetchError(f"{url}: {error}") from None
    except (requests.ConnectionError, requests.Timeout) as error:
        raise _PassingError(f"{url}: {_plainly(error)}") from None
    except (requests.RequestException, ValueError) as error:
        raise FetchError(f"{url}: {_plainly(error)}") from None
    _check_clock(url, until)
    return response


def _check_clock(url: str, until: float) -> None:
    if time.monotonic() > until:
        raise _PassingError(f"{url}: {_LATE}")


def user_agent() -> str:
    """Who asks, as the server reads it."""
    return f"Tollbook/{__version__} (conflict news reader; python-requests)"


def _check_address(url: str) -> None:
    """Refuse what is not the web; whom the host's name stands for, the line checks."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise FetchError(f"{url}: no address ({error})") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError(f"{url}: only http and https addresses are fetched")


def _check_status(url: str, response: requests.Response) -> None:
    status = response.status_code
    message = f"{url}: the server answers {status} {response.reason}"
    if status in _PASSING:
        wait = response.headers.get("retry-after", "")
        raise _PassingError(message, float(wait) if wait.isdecimal() else None)
    if status != requests.codes.ok:
        raise FetchError(message)


def _body(url: str, response: requests.Response, until: float) -> bytes:
    """The decompressed body; the clock and the cap hold on a dripping server and a gzip bomb."""
    parts: list[bytes] = []
    size = 0
    try:
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            parts.append(chunk)
            size += len(chunk)
            if size > MAX_BYTES:
                raise FetchError(f"{url}: the page is longer than {MAX_BYTES:,} bytes")
            _check_clock(url, until)
    except (HTTPError, OSError) as error:
        raise _PassingError(f"{url}: {_plainly(error)}") from None
    _check_clock(url, until)
    return b"".join(parts)


def _page(url: str, response: requests.Response, body: bytes) -> Page:
    content_type = response.headers.get("content-type", "")
    stated = "charset" in content_type.lower()  # else requests would make one up
    return Page(
        url=url,
        body=body,
        charset=response.encoding if stated else None,
        sha256=hashlib.sha256(body).hexdigest(),
        fetched_at=datetime.now(UTC),
    )


def _plainly(error: Exception) -> str:
    """The innermost cause in words, without the names of the objects that wrap it."""
    while isinstance(inner := next(iter(error.args), None), Exception):
        error = inner
    cause = getattr(error, "reason", None) or next(iter(error.args), error)
    return str(cause).rpartition("): ")[2]


def keep(page: Page, folder: Path) -> Path:
    """Keep a page's bytes, compressed and named by their sha256; the same bytes are kept once."""
    path = folder / page.sha256[:2] / f"{page.sha256}.gz"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # A name of its own: two addresses with the same bytes may be kept at the same moment.
        part = path.with_suffix(f".{uuid4().hex}.part")
        part.write_bytes(gzip.compress(page.body, mtime=0))
        part.replace(path)
    return path
