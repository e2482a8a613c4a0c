"""What docs/running.md promises: a backup brings back everything, and deploy/ fits the project."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from configparser import ConfigParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flows import alerts, settings
from flows.commands.serve import _url
from warehouse.connect import database, snapshot, writer
from warehouse.digest import digest

if TYPE_CHECKING:
    from click import Command

ROOT = Path(__file__).resolve().parents[2]
DOCS = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")


def test_the_snapshot_is_a_whole_backup(books: Path, tmp_path: Path) -> None:
    restored = tmp_path / "data"
    (restored / "published").mkdir(parents=True)
    shutil.copyfile(snapshot(books), snapshot(restored))
    shutil.copyfile(snapshot(restored), database(restored))
    with writer(books) as con:
        before = digest(con)
    with writer(restored) as con:
        assert digest(con) == before
        assert con.execute("SELECT count(*) FROM core.current_article").fetchall() == [(2,)]


def test_the_example_of_alerts_is_read(home: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", DOCS, re.DOTALL)
    home.mkdir()
    (home / "alerts.toml").write_text(example, encoding="utf-8")
    found = alerts.load(settings.load())
    assert found.webhook
    assert found.command
    assert (found.on, found.seconds) == (alerts.Ways().on, alerts.Ways().seconds)


def _serve() -> Command:
    import typer

    from flows.cli import app

    group = typer.main.get_command(app)
    return group.commands["serve"]  # type: ignore[attr-defined,no-any-return]


def _options(words: list[str]) -> set[str]:
    return {word for word in words if word.startswith("--")}


def test_the_unit_starts_what_there_is() -> None:
    unit = ConfigParser(interpolation=None, strict=True)
    unit.optionxform = str  # type: ignore[method-assign,assignment]
    unit.read(ROOT / "deploy" / "tollbook.service", encoding="utf-8")
    service = unit["Service"]
    program, command, *words = shlex.split(service["ExecStart"])
    assert (Path(program).name, command) == ("tollbook", "serve")
    assert _options(words) <= {name for param in _serve().params for name in param.opts}
    home = service["Environment"].removeprefix("TOLLBOOK_HOME=")
    assert home == f"/var/lib/{service['StateDirectory']}"  # else ProtectSystem keeps it read-only
    assert service["KillMode"] == "mixed"  # runs are told by serve, not by systemd


def test_the_container_is_built_from_what_there_is() -> None:
    lines = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8").splitlines()
    copied = [line.split()[1] for line in lines if line.startswith("COPY ")]
    assert all((ROOT / path).exists() for path in copied)
    (command,) = (line.removeprefix("CMD ") for line in lines if line.startswith("CMD "))
    name, *words = tomllib.loads(f"words = {command}")["words"]
    assert name == "serve"
    assert _options(words) <= {name for param in _serve().params for name in param.opts}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (base,) = (line for line in lines if line.startswith("FROM "))
    assert project["requires-python"].removeprefix(">=") in base


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:4200"),
        ("0.0.0.0", "http://127.0.0.1:4200"),
        ("::", "http://[::1]:4200"),
        ("::1", "http://[::1]:4200"),
        ("news.example", "http://news.example:4200"),
    ],
)
def test_runs_reach_the_server_wherever_it_listens(host: str, url: str) -> None:
    assert _url(host, 4200) == url
