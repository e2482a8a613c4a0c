"""Alerts: that a run failed or died, or that data break a critical rule, by a webhook or a command.

An alert never fails a run and takes no longer than it is given.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import threading
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import orjson

from seeds.read import toml_at

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from flows.settings import Settings

#: What there can be an alert of.
FAILED, CRASHED, CRITICAL, TRIAL = "failed", "crashed", "critical", "trial"
KINDS = (FAILED, CRASHED, CRITICAL)
#: Seconds that each way may take, unless alerts.toml says otherwise.
_SECONDS = 10.0
_LONGEST = 300.0
_KEYS = {"webhook", "command", "on", "seconds"}
_WEBHOOK, _COMMAND = "TOLLBOOK_ALERT_WEBHOOK", "TOLLBOOK_ALERT_COMMAND"


class AlertSettingsError(Exception):
    """The settings of alerts are not as they should be; the message names the key."""


class UnsentError(Exception):
    """An alert did not arrive; the message says why, without the webhook's address."""


@dataclass(frozen=True, slots=True)
class Alert:
    """What happened.

    Attributes:
        kind: ``failed``, ``crashed``, ``critical`` or ``trial``.
        what: The source or flow.
        message: What went wrong, in a line or a few.
        at: When, UTC, as ISO 8601.
    """

    kind: str
    what: str
    message: str
    at: str

    @property
    def text(self) -> str:
        """The alert as one sentence."""
        return f"Tollbook, {self.what}: {self.kind}: {self.message}"

    def body(self) -> bytes:
        """The alert as JSON; ``text`` is what chat services show."""
        return orjson.dumps({"text": self.text, **asdict(self)})


@dataclass(frozen=True, slots=True)
class Ways:
    """Where alerts go.

    Attributes:
        webhook: An address that the alert is posted to as JSON.
        command: A command that reads it from its standard input.
        on: The kinds that are sent.
        seconds: What each way may take.
    """

    webhook: str | None = None
    command: tuple[str, ...] = ()
    on: frozenset[str] = frozenset(KINDS)
    seconds: float = _SECONDS

    def each(self) -> dict[str, Callable[[Alert], None]]:
        """The ways that there are, by name."""
        ways: dict[str, Callable[[Alert], None]] = {}
        if self.webhook:
            ways[f"webhook at {urlsplit(self.webhook).hostname}"] = self._post
        if self.command:
            ways[f"command {self.command[0]}"] = self._call
        return ways

    def _post(self, alert: Alert) -> None:
        """Post it from a thread of its own: a server that drips its answer is left behind."""
        said: list[str] = []
        body = alert.body()
        asked = threading.Thread(target=self._ask, args=(body, said), daemon=True)
        asked.start()
        asked.join(self.seconds)
        if not said:
            raise UnsentError(f"no answer in {self.seconds:g} s")
        if not said[0].startswith("2"):
            raise UnsentError(f"answered {said[0]}")

    def _ask(self, body: bytes, said: list[str]) -> None:
        import requests

        head = {"Content-Type": "application/json"}
        with requests.Session() as session:
            session.trust_env = False  # no proxy, no password out of ~/.netrc
            try:
                answer = session.post(
                    str(self.webhook), body, headers=head, timeout=self.seconds,
                    allow_redirects=False, stream=True,
                )  # fmt: skip
                said.append(str(answer.status_code))
            except requests.RequestException as error:
                said.append(f"not at all ({type(error).__name__})")

    def _call(self, alert: Alert) -> None:
        try:
            done = subprocess.run(
                self.command, input=alert.body(), timeout=self.seconds, capture_output=True,
                check=False, start_new_session=True,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise UnsentError(f"did not end in {self.seconds:g} s") from None
        except OSError as error:
            raise UnsentError(str(error.strerror)) from None
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip()[-200:]
            raise UnsentError(f"exit code {done.returncode}" + (f": {said}" if said else ""))


def load(settings: Settings) -> Ways:
    """Where alerts go: ``alerts.toml`` of the data folder, and the environment before it.

    Raises:
        AlertSettingsError: a key is unknown or malformed.
        SeedError: the file is no TOML.
    """
    path = settings.alerts
    row = toml_at(path) if path.is_file() else {}
    row |= {"webhook": os.environ[_WEBHOOK]} if os.environ.get(_WEBHOOK) else {}
    row |= {"command": shlex.split(os.environ[_COMMAND])} if os.environ.get(_COMMAND) else {}
    return _checked(row, path)


def _checked(row: Mapping[str, Any], path: Path) -> Ways:
    for key in row:
        if key not in _KEYS or not _CHECKS[key](row[key]):
            known = key in _KEYS
            said = _EXPECTED[key] if known else f"no such key; there are {', '.join(sorted(_KEYS))}"
            raise AlertSettingsError(f"{path}: {key}: {said}")
    return Ways(
        row.get("webhook"),
        tuple(row.get("command", ())),
        frozenset(row.get("on", KINDS)),
        float(row.get("seconds", _SECONDS)),
    )


def _is_address(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(
            value.startswith(("http://", "https://")) and urlsplit(value).hostname
        )
    except ValueError:
        return False


def _is_command(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(w, str) for w in value)


def _is_seconds(value: object) -> bool:
    return type(value) in (int, float) and 0 < value <= _LONGEST  # type: ignore[operator]


_CHECKS: dict[str, Callable[[object], bool]] = {
    "webhook": _is_address,
    "command": _is_command,
    "on": lambda value: isinstance(value, list) and set(value) <= set(KINDS),
    "seconds": _is_seconds,
}
_EXPECTED = {
    "webhook": "expected an address of http or https",
    "command": "expected a list of words: the program and its arguments",
    "on": f"expected a list of some of {', '.join(KINDS)}",
    "seconds": f"expected a number of seconds up to {_LONGEST:g}",
}


def send(settings: Settings, kind: str, what: str, message: str) -> list[str]:
    """Send an alert every way there is; returns what failed of that. Never raises.

    Args:
        settings: Where alerts.toml is.
        kind: One of ``KINDS``, or ``trial``.
        what: The source or flow that it is about.
        message: What happened.
    """
    at = datetime.now(UTC).isoformat(timespec="seconds")
    alert = Alert(kind, what, message, at)
    failed = []
    try:
        ways = load(settings)
        asked = ways.each() if kind in {*ways.on, TRIAL} else {}
    except Exception as error:  # noqa: BLE001  an alert must never fail a run
        return [str(error)]
    for name, way in asked.items():
        try:
            way(alert)
        except Exception as error:  # noqa: BLE001  nor keep another way from being tried
            failed.append(f"{name}: {error}")
    return failed
