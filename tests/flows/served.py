"""`tollbook serve` as a process of its own, and Prefect's API as a test asks it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import requests

from flows.settings import Settings
from warehouse.connect import writer
from warehouse.lock import holder

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
#: Seconds that anything may take on a machine that has other things to do.
PATIENCE = 240.0
RUN = "from flows.cli import main; main()"
TEXT = "A drone strike on Kharkiv killed three people on Monday, the governor said.\n"


def until(done: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    """Wait until something is so; returns what it is."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if found := done():
            return found
        time.sleep(0.3)
    raise AssertionError(f"{what} did not come in {patience:g} s")


def free_port() -> int:
    """A port of loopback that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def folder_source(home: Path, name: str, schedule: str) -> str:
    """A source of one article; returns its file's text."""
    texts = home / "sources" / f"{name}-texts"
    texts.mkdir(parents=True)
    (texts / "a.txt").write_text(TEXT, encoding="utf-8")
    kind = f'kind = "folder"\npath = "{texts.name}"\n'
    return write_source(home, name, kind, schedule)


def write_source(home: Path, name: str, kind: str, schedule: str) -> str:
    """A source's file."""
    text = (
        f'name = "{name}"\n{kind}publisher = "P"\nlicence = "L"\nlanguage = "en"\n'
        f'schedule = "{schedule}"\n'
    )
    path = home / "sources" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return text


class Api:
    """Prefect's API at a port of loopback."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/api"

    def is_up(self) -> bool:
        """Whether it answers."""
        try:
            return requests.get(f"{self.url}/health", timeout=5).ok
        except requests.RequestException:
            return False

    def ask(self, path: str, **body: Any) -> Any:
        """The answer to a POST; asked again, as Prefect's own clients do, while it is busy."""

        def answered() -> requests.Response | None:
            answer = requests.post(f"{self.url}/{path}", json=body, timeout=60)
            return None if answer.status_code == 503 else answer

        answer = until(answered, f"an answer to {path}")
        answer.raise_for_status()
        return answer.json()

    def runs(self, deployment: str) -> list[dict[str, Any]]:
        """The runs of a deployment that are not merely planned, the oldest first."""
        found = self.ask(
            "flow_runs/filter",
            deployments={"name": {"any_": [deployment]}},
            flow_runs={"state": {"type": {"not_any_": ["SCHEDULED"]}}},
        )
        return sorted(found, key=lambda run: str(run["expected_start_time"]))

    def states(self, deployment: str) -> list[str]:
        """The names of their states."""
        return [run["state_name"] for run in self.runs(deployment)]

    def start(self, deployment: str) -> str:
        """Have a run started now; returns its id."""
        owner = self.ask("deployments/filter", deployments={"name": {"any_": [deployment]}})[0]
        made = self.ask(f"deployments/{owner['id']}/create_flow_run", state={"type": "SCHEDULED"})
        return str(made["id"])

    def state(self, run: str) -> str:
        """The name of a run's state."""
        answer = requests.get(f"{self.url}/flow_runs/{run}", timeout=60)
        return str(answer.json()["state_name"])


class Served:
    """`tollbook serve` on a data folder."""

    def __init__(self, home: Path, *names: str) -> None:
        self.home, self.settings = home, Settings(home)
        self.port = free_port()
        self.api = Api(self.port)
        self.log = home.parent / f"log-{self.port}"
        words = [sys.executable, "-c", RUN, "serve", *names, "--port", str(self.port)]
        with self.log.open("wb") as log:
            self.child = subprocess.Popen(
                words, env=environment(home), stdout=log, stderr=log, cwd=ROOT,
                start_new_session=True,
            )  # fmt: skip

    def said(self) -> str:
        """What it has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def await_start(self) -> None:
        """Wait until it serves."""
        until(lambda: "Serving" in self.said() or self.child.poll() is not None, "the start")
        assert self.child.poll() is None, self.said()

    def reader(self, source: str) -> int | None:
        """The process that reads a source."""
        found = holder(self.settings.reading(source))
        return found.get("pid") if found else None

    def stop(self) -> int:
        """Stop it as an init system does; returns its exit code."""
        self.child.send_signal(signal.SIGTERM)
        return self.child.wait(PATIENCE)

    def kill(self) -> None:
        """Kill it and all its runs: the power fails."""
        if self.child.poll() is None:
            os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()

    def ledger(self, name: str) -> list[tuple[str, str | None]]:
        """Status and message of the runs of a source, the oldest first."""
        query = "SELECT status, message FROM quality.run WHERE name = ? ORDER BY started_at"
        with writer(self.home) as con:
            return con.execute(query, [name]).fetchall()


def environment(home: Path) -> dict[str, str]:
    """That of a child: its own Prefect, which looks for work each second."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "TOLLBOOK_HOME": str(home),
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
