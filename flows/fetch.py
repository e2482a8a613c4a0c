"""Fetching one address: bounded in time and size, kept away from private networks."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from flows import __version__
from flows.dial import Line, PrivateError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Seconds for one page, connection, redirects and body together.
DEADLINE = 60.0
#: The longest page, in bytes after decompression.
MAX_BYTES = 10_000_000
MAX_HOPS = 8
RETRIES = 3
#: Seconds that a server may ask to be left alone before the next try; beyond them it is left.
LONGEST_WAIT = 120.0
_CHUNK = 65_536
_LATE = "the page did not arrive in time"
#: Answers that a page is gone, or not for us.
GONE = frozenset({401, 402, 403, 404, 410, 451})
_PASSING = frozenset({429, 500, 502, 503, 504})
_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, text/plain;q=0.8, */*;q=0.1"


class FetchError(Exception):
    """A page could not be had; the message names the address and why.

    Attributes:
        status: HTTP status, where the server answered at all.
        headers: The answer's headers, names in lower case.
        lasting: Whether it will be the same tomorrow: the page is gone or is not for us.
    """

    def __init__(
        self, message: str, status: int | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers or {}
        self.lasting = status in GONE


class _PassingError(FetchError):
    """A failure that may pass: worth another try after ``wait`` seconds, if the server says so."""

    wait: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A fetched page: its bytes, and what the server says of it."""

    url: str  # after redirects
    body: bytes
    charset: str | None
    fetched_at: datetime  # in UTC
    status: int = 200  # or 304, where a condition was set: then there is no body
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case


def _go_on(_url: str) -> None:
    """Any address may be asked at once."""


@dataclass(frozen=True, slots=True)
class Ask:
    """How to ask.

    Attributes:
        allow_private: Whether addresses of private networks and this machine may be asked.
        deadline: Seconds for each try, redirects included.
        limit: The longest body, in bytes after decompression.
        headers: Headers beside the usual ones, such as conditions.
        gate: Called before each request, redirects and tries too, with its address: waits for the
            host's turn, or raises FetchError where the address is not to be asked.
    """

    allow_private: bool = False
    deadline: float = DEADLINE
    limit: int = MAX_BYTES
    headers: Mapping[str, str] = field(default_factory=dict)
    gate: Callable[[str], None] = _go_on


def fetch(url: str, ask: Ask | None = None) -> Page:
    """Fetch a page, trying again after failures that may pass.

    Args:
        url: An http or https address.
        ask: How to ask.

    Raises:
        FetchError: it could not be had.
    """
    ask = ask or Ask()
    pause = 1.0
    for _ in range(RETRIES - 1):
        try:
            return follow(url, ask)
        except _PassingError as error:
            wait = pause if error.wait is None else error.wait
            if wait > LONGEST_WAIT:
                said = f"{error}, and asks to be left alone for {wait:.0f} s"
                raise FetchError(said, error.status, error.headers) from None
            time.sleep(wait)
            pause *= 3
    return follow(url, ask)


def follow(url: str, ask: Ask) -> Page:
    """Ask once, and follow redirects; waiting for a host's turn does not count as time.

    Raises:
        FetchError: the page could not be had.
    """
    at, left = url, ask.deadline
    for _ in range(MAX_HOPS):
        _check_address(at)
        ask.gate(at)
        began = time.monotonic()
        got = _hop(at, ask, began + left)
        left -= time.monotonic() - began
        if isinstance(got, Page):
            return got
        at = got
    raise FetchError(f"{url}: more than {MAX_HOPS} redirects")


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: else the whole body of a redirect is read, however long, before it is returned."""

    def leads_to(self, response: requests.Response) -> str | None:
        """Where a redirect leads, as the server writes it."""
        return super().get_redirect_target(response)


def _hop(url: str, ask: Ask, until: float) -> Page | str:
    """The page at an address, or the address that it leads to."""
    with _Session() as session, Line(until, allow_private=ask.allow_private) as line:
        session.trust_env = False  # no proxy and no password picked up from the surroundings
        for scheme in ("http://", "https://"):
            session.mount(scheme, line.adapter())
        found = None
        try:
            found = _answer(session, url, ask, until)
        except _PassingError:
            if not line.cut and time.monotonic() < until:
                raise
        if found is None or line.cut:  # a line that was cut looks like a page that ended
            raise _PassingError(f"{url}: {_LATE}")
        return found


def _answer(session: _Session, url: str, ask: Ask, until: float) -> Page | str:
    with _get(session, url, ask, until) as response:
        if response.is_redirect:
            return _next(session, url, response)
        _check_status(url, response)
        whole = response.status_code != requests.codes.not_modified
        return _page(url, response, _body(url, response, ask.limit, until) if whole else b"")


def _next(session: _Session, url: str, response: requests.Response) -> str:
    try:
        return urljoin(url, session.leads_to(response))
    except ValueError as error:
        location = response.headers["location"][:200]
        raise FetchError(f"{url}: leads to {location!r}, no address ({error})") from None


def _get(session: _Session, url: str, ask: Ask, until: float) -> requests.Response:
    left = max(until - time.monotonic(), 0.1)
    headers = {"User-Agent": user_agent(), "Accept": _ACCEPT, **ask.headers}
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
    status, headers = response.status_code, _headers(response)
    message = f"{url}: the server answers {status} {response.reason}"
    if status in _PASSING:
        error = _PassingError(message, status, headers)
        error.wait = retry_after(headers.get("retry-after", ""))
        raise error
    if status not in (requests.codes.ok, requests.codes.not_modified):
        raise FetchError(message, status, headers)


def _headers(response: requests.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def retry_after(value: str) -> float | None:
    """The seconds that a server asks to be left alone: it gives them, or the moment (RFC 9110)."""
    if value.strip().isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    stated = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((stated - datetime.now(UTC)).total_seconds(), 0.0)


def _body(url: str, response: requests.Response, limit: int, until: float) -> bytes:
    """The decompressed body; the clock and the cap hold on a dripping server and a gzip bomb."""
    parts: list[bytes] = []
    size = 0
    try:
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            parts.append(chunk)
            size += len(chunk)
            if size > limit:
                raise FetchError(f"{url}: the page is longer than {limit:,} bytes", 200)
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
        fetched_at=datetime.now(UTC),
        status=response.status_code,
        headers=_headers(response),
    )


def _plainly(error: Exception) -> str:
    """The innermost cause in words, without the names of the objects that wrap it."""
    while isinstance(inner := next(iter(error.args), None), Exception):
        error = inner
    cause = getattr(error, "reason", None) or next(iter(error.args), error)
    return str(cause).rpartition("): ")[2]
