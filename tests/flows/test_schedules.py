"""What runs when: each source at its own time, the same after a restart; prefect.yaml agrees."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
import yaml
from typer.testing import CliRunner

from flows import schedules, settings, sources
from flows.cli import app
from flows.locks import SourceBusyError, reading, serving
from warehouse.errors import BusyError
from warehouse.lock import holder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def _source(name: str, every: timedelta | None) -> sources.Source:
    return sources.Source(name, "feed", ("https://a.example",), "A", "free", "en", every=every)


def test_each_source_has_its_own_time_and_those_by_hand_have_none() -> None:
    hour = timedelta(hours=1)
    found = schedules.deployed(
        [_source("a", hour), _source("b", hour), _source("c", None)], time(5, 30)
    )
    assert [(one.flow, one.name, one.parameters) for one in found] == [
        ("read-source", "a", {"name": "a"}),
        ("read-source", "b", {"name": "b"}),
        ("daily-report", "daily-report", {}),
    ]
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert all(start <= one.anchor < start + hour for one in found[:2])
    assert found[0].anchor != found[1].anchor
    assert found[2].anchor == start.replace(hour=5, minute=30)
    assert found[2].every == timedelta(days=1)
    assert schedules.deployed([_source("a", hour)])[0] == found[0]  # the same after a restart


def test_prefect_yaml_holds_the_sources_that_ship(tmp_path: Path) -> None:
    known = sources.load(tmp_path)
    written = schedules.PAGE.read_text(encoding="utf-8")
    assert written == schedules.render(schedules.deployed(known.values()))
    made = yaml.safe_load(written)["deployments"]
    with_schedule = [name for name, source in known.items() if source.every]
    assert [one["name"] for one in made] == [*with_schedule, "daily-report"]
    assert made[0]["parameters"] == {"name": with_schedule[0]}
    every = known[with_schedule[0]].every
    assert every is not None
    assert made[0]["schedules"][0]["interval"] == every.total_seconds()


def test_a_source_whose_name_looks_like_a_number_stays_a_text() -> None:
    made = yaml.safe_load(schedules.render(schedules.deployed([_source("7", timedelta(days=1))])))
    assert made["deployments"][0]["parameters"] == {"name": "7"}
    assert made["deployments"][0]["name"] == "7"


HOLD = (
    "import sys, time; from flows import locks, settings\n"
    "with locks.reading(settings.load(), ['mine']): print('held', flush=True); time.sleep(300)"
)


@pytest.fixture
def other(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process, which reads the source `mine`."""
    child = subprocess.Popen([sys.executable, "-c", HOLD], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    yield child
    child.kill()
    child.wait()


def test_a_source_is_read_by_one_process_until_that_is_dead(
    other: subprocess.Popen[str], home: Path
) -> None:
    mine = settings.load()
    assert (holder(mine.reading("mine")) or {})["pid"] == other.pid
    with (
        pytest.raises(SourceBusyError, match=rf"mine is being read by process {other.pid} on"),
        reading(mine, ["mine"]),
    ):
        pytest.fail("it was had twice")
    with reading(mine, ["yours"]):
        assert (holder(mine.reading("yours")) or {})["pid"] == os.getpid()
    assert holder(mine.reading("yours")) is None
    other.kill()
    other.wait()
    with reading(mine, ["mine"]):
        pass


def test_a_data_folder_is_served_once_and_tells_its_address(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = settings.load()
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    with serving(mine, "http://127.0.0.1:9/api"):
        with pytest.raises(BusyError, match="is being served by"), serving(mine, "http://x"):
            pytest.fail("it was served twice")
        settings.set_up_prefect(mine)
        assert os.environ["PREFECT_API_URL"] == "http://127.0.0.1:9/api"
    monkeypatch.delenv("PREFECT_API_URL")
    settings.set_up_prefect(mine)
    assert "PREFECT_API_URL" not in os.environ


BY_HAND = (
    'name = "mine"\nkind = "folder"\npath = "texts"\npublisher = "P"\nlicence = "L"\n'
    'language = "en"\n'
)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["gone"], "there is no source 'gone'; those with a schedule are"),
        (["samples"], "samples has no schedule"),
        (["--report-at", "25:00"], "does not match the format"),
        (["--limit", "0"], "should be greater than or equal to 1"),
        (["--port", "70000"], "should be less than or equal to 65535"),
    ],
)
def test_bad_usage_is_told_before_anything_starts(words: list[str], said: str, home: Path) -> None:
    found = CliRunner().invoke(app, ["serve", *words])
    assert found.exit_code == 2
    assert said in " ".join(found.output.replace("│", " ").split())


def test_a_port_in_use_is_told_before_anything_starts(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        words = [sys.executable, "-c", "from flows.cli import main; main()"]
        words += ["serve", "--port", str(port)]
        found = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert found.returncode == 1
    wanted = f"tollbook: port {port} of 127.0.0.1: Address already in use; --port takes another\n"
    assert found.stderr == wanted


def test_alerts_that_are_malformed_are_told_before_anything_starts(home: Path) -> None:
    home.mkdir()
    (home / "alerts.toml").write_text("seconds = 0\n")
    found = CliRunner().invoke(app, ["serve"])
    assert "alerts.toml: seconds: expected" in str(found.exception)
