"""What a host's robots.txt asks for (RFC 9309), and each host's turn to be asked."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Event, Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from protego import Protego

#: The name by which a robots.txt may address Tollbook.
AGENT = "Tollbook"
#: Bytes of a robots.txt that are read: RFC 9309 asks for at least as many.
_LIMIT = 512_000


@dataclass(frozen=True, slots=True)
class Rules:
    """A host's rules; without any it may be asked for everything.

    Attributes:
        closed: Why nothing may be asked, where that is so.
    """

    parsed: Protego | None = None
    closed: str | None = None

    def refusal(self, url: str) -> str | None:
        """Why an address must not be asked, or None if it may be."""
        if self.closed:
            return self.closed
        allowed = self.parsed is None or self.parsed.can_fetch(url, AGENT)
        return None if allowed else "its robots.txt does not allow it"

    @property
    def pause(self) -> float:
        """Seconds that the host wants between two requests."""
        if self.parsed is None:
            return 0.0
        rate = self.parsed.request_rate(AGENT)
        between = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(float(self.parsed.crawl_delay(AGENT) or 0.0), between)


def rules(status: int | None, body: bytes) -> Rules:
    """The rules by what the host answers for ``/robots.txt``.

    Where there is none (4xx) all is allowed; where it cannot be had nothing is.
    """
    from protego import Protego

    if status is None or status >= 500 or status == 429:
        said = f"answers {status}" if status else "cannot be had"
        return Rules(closed=f"its robots.txt {said}, so nothing may be asked of the host")
    if status >= 400:
        return Rules()
    return Rules(Protego.parse(body[:_LIMIT].decode("utf-8-sig", "replace")))


class Turns:
    """When each host may be asked again."""

    def __init__(self) -> None:
        self._next: dict[str, float] = {}
        self._lock = Lock()
        self._stopped = Event()

    def stop(self) -> None:
        """No turn comes any more: whoever waits is told at once, so that a run can be stopped."""
        self._stopped.set()

    def start(self) -> None:
        """Turns come again."""
        self._stopped.clear()

    def wait(self, host: str, pause: float, until: float) -> bool:
        """Wait for the host's turn, and put the next one ``pause`` seconds later.

        Returns:
            Whether the turn has come; not if it would after ``until`` of the monotonic clock, or
            if all was stopped, both of which are told at once.
        """
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next.get(host, now))
            if turn > until:
                return False
            self._next[host] = turn + pause
        if self._stopped.wait(turn - now):
            return False
        with self._lock:  # whoever overslept: the pause counts from when the host is asked
            self._next[host] = max(self._next[host], time.monotonic() + pause)
        return True
