"""Alerts arrive by a webhook and by a command, take no longer than they may, and fail nothing."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from flows import alerts, settings
from flows.cli import app
from seeds.read import SeedError
from tests.flows.server import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.flows.server import Server


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found:
        yield found


def _write(home: Path, text: str) -> settings.Settings:
    home.mkdir(exist_ok=True)
    (home / "alerts.toml").write_text(text, encoding="utf-8")
    return settings.load()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('webhook = "ftp://a.example"', "webhook: expected an address of http or https"),
        ('webhook = "https://"', "webhook: expected an address of http or https"),
        ("webhook = 7", "webhook: expected an address of http or https"),
        ('command = "notify-send x"', "command: expected a list of words"),
        ("command = []", "command: expected a list of words"),
        ("command = [1]", "command: expected a list of words"),
        ('on = ["late"]', "on: expected a list of some of failed, crashed, critical"),
        ("seconds = 0", "seconds: expected a number of seconds up to 300"),
        ("seconds = true", "seconds: expected a number of seconds up to 300"),
        ("seconds = 301", "seconds: expected a number of seconds up to 300"),
        ('hook = "x"', "hook: no such key; there are command, on, seconds, webhook"),
    ],
)
def test_a_malformed_setting_is_named(text: str, said: str, home: Path) -> None:
    with pytest.raises(alerts.AlertSettingsError) as caught:
        alerts.load(_write(home, text))
    assert str(caught.value).startswith(f"{home / 'alerts.toml'}: {said}")


def test_what_is_no_toml_is_named_with_its_line(home: Path) -> None:
    with pytest.raises(SeedError, match="line 2"):
        alerts.load(_write(home, "seconds = 1\nnonsense\n"))


def test_the_environment_goes_before_the_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOLLBOOK_ALERT_WEBHOOK", "https://b.example/x")
    monkeypatch.setenv("TOLLBOOK_ALERT_COMMAND", "tell 'all of us'")
    found = alerts.load(_write(home, 'webhook = "https://a.example"\nseconds = 3'))
    assert (found.webhook, found.command, found.seconds) == (
        "https://b.example/x",
        ("tell", "all of us"),
        3.0,
    )


def test_without_settings_nothing_is_sent(home: Path) -> None:
    assert alerts.load(settings.load()) == alerts.Ways()
    assert alerts.send(settings.load(), alerts.FAILED, "mine", "no list") == []


def test_the_webhook_and_the_command_get_the_same(home: Path, server: Server) -> None:
    url = server.put("hook", b"ok")
    got = home / "got.json"
    command = f'["sh", "-c", "cat > {got}"]'
    mine = _write(home, f'webhook = "{url}"\ncommand = {command}\n')
    assert alerts.send(mine, alerts.FAILED, "mine", "no list «…»") == []
    posted = json.loads(server.bodies[0])
    assert posted == json.loads(got.read_bytes())
    assert posted["text"] == "Tollbook, mine: failed: no list «…»"
    assert (posted["kind"], posted["what"], posted["message"]) == ("failed", "mine", "no list «…»")
    assert posted["at"].endswith("+00:00")
    assert server.asked[0][1]["Content-Type"] == "application/json"


def test_only_what_is_asked_for_is_sent(home: Path, server: Server) -> None:
    mine = _write(home, f'webhook = "{server.put("hook", b"ok")}"\non = ["crashed"]\n')
    for kind in alerts.KINDS:
        assert alerts.send(mine, kind, "mine", "x") == []
    assert [json.loads(body)["kind"] for body in server.bodies] == ["crashed"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("missing", "answered 404"),
        ("moved", "answered 301"),  # not followed: the address that was given is the one
        ("drip-headers", "no answer in 0.5 s"),
        ("held", "no answer in 0.5 s"),
    ],
)
def test_a_webhook_that_fails_is_told_in_bounded_time(
    path: str, said: str, home: Path, server: Server
) -> None:
    got = home / "got"
    mine = _write(
        home,
        f'webhook = "{server.url(path)}?token=secret"\nseconds = 0.5\n'
        f'command = ["sh", "-c", "cat > {got}; sleep 0"]\n',
    )
    began = time.monotonic()
    failed = alerts.send(mine, alerts.CRASHED, "mine", "x")
    assert failed[0] == f"webhook at 127.0.0.1: {said}"
    assert "secret" not in str(failed)
    assert got.exists()  # one way that fails keeps no other from being tried
    assert time.monotonic() - began < 30


def test_a_webhook_where_nobody_listens(home: Path, server: Server) -> None:
    url = server.url("hook").replace("127.0.0.1", "localhost.invalid")
    failed = alerts.send(_write(home, f'webhook = "{url}"'), alerts.FAILED, "mine", "x")
    assert failed == ["webhook at localhost.invalid: answered not at all (ConnectionError)"]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ('["no-such-program"]', "No such file or directory"),
        ('["sh", "-c", "echo no bell >&2; exit 3"]', "exit code 3: no bell"),
        ('["false"]', "exit code 1"),
        ('["sleep", "60"]', "did not end in 0.5 s"),
    ],
)
def test_a_command_that_fails_is_told(command: str, said: str, home: Path) -> None:
    mine = _write(home, f"command = {command}\nseconds = 0.5\n")
    name = json.loads(command)[0]
    assert alerts.send(mine, alerts.FAILED, "mine", "x") == [f"command {name}: {said}"]


def test_settings_that_are_broken_fail_no_run(home: Path) -> None:
    failed = alerts.send(_write(home, "seconds = 0"), alerts.FAILED, "mine", "x")
    assert len(failed) == 1
    assert "seconds" in failed[0]


def test_the_command_line_tries_alerts(home: Path, server: Server) -> None:
    said = CliRunner().invoke(app, ["alerts"])
    assert (said.exit_code, said.stdout[:19]) == (0, "No alerts are sent:")
    assert CliRunner().invoke(app, ["alerts", "--test"]).exit_code == 1
    _write(home, f'webhook = "{server.put("hook", b"ok")}"\non = []\n')
    tried = CliRunner().invoke(app, ["alerts", "--test"])
    assert tried.exit_code == 0
    assert tried.stdout == "webhook at 127.0.0.1\nA test was sent.\n"
    assert json.loads(server.bodies[0])["kind"] == "trial"
    _write(home, f'webhook = "{server.url("missing")}"\n')
    failed = CliRunner().invoke(app, ["alerts", "--test"])
    assert failed.exit_code == 1
    assert "NOT sent: webhook at 127.0.0.1: answered 404" in failed.output
