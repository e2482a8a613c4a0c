"""`tollbook serve` for real, on loopback: schedules fire, what dies is seen and made good."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.flows import server as loopback
from tests.flows.served import (
    ROOT,
    RUN,
    Api,
    Served,
    environment,
    folder_source,
    free_port,
    until,
    write_source,
)
from warehouse.query import run_sql

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.flows.server import Server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def web() -> Iterator[Server]:
    """Has a feed with one article; takes the alerts."""
    with loopback.running() as found:
        item = f"<item><title>Strike</title><link>{found.url('page')}</link></item>"
        body = f"<rss version='2.0'><channel><title>News</title>{item}</channel></rss>"
        found.put("feed", body.encode(), Content_Type="application/rss+xml")
        yield found


def _feed(home: Path, web: Server, *, delay: int) -> None:
    """The source `held`: with a pause of half an hour between requests its run does not end."""
    feed = (
        f'kind = "feed"\nurl = "{web.url("feed")}"\nprivate = true\ndelay = {delay}\n'
        'terms = "none"\nmin_articles = 1\nmax_articles = 9\n'
    )
    write_source(home, "held", feed, "every 1 week")


@pytest.fixture(scope="module")
def home(web: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sources: `quick`, each minute, and `held`, which takes for ever."""
    folder = tmp_path_factory.mktemp("served") / "data"
    folder_source(folder, "quick", "every 1 minute")
    _feed(folder, web, delay=2000)
    webhook = web.put("hook", b"ok")
    command = f'["sh", "-c", "cat >> {folder / "alerts.jsonl"}; echo >> {folder / "alerts.jsonl"}"]'
    text = f'webhook = "{webhook}"\ncommand = {command}\n'
    (folder / "alerts.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def served(home: Path) -> Iterator[Served]:
    found = Served(home, "quick", "held")
    try:
        found.await_start()
        yield found
    finally:
        found.kill()


def _alerts(home: Path, web: Server) -> list[tuple[str, str]]:
    """What was told, by both ways alike."""
    posted = [json.loads(body) for body in web.bodies]
    path = home / "alerts.jsonl"
    piped = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    until(lambda: len(path.read_text().splitlines()) >= len(posted), "the command") if posted else 0
    assert [json.loads(line) for line in piped][: len(posted)] == posted[: len(piped)]
    return [(alert["kind"], alert["what"]) for alert in posted]


def test_what_is_due_runs_at_once_and_a_schedule_fires(served: Served) -> None:
    def fired() -> bool:
        done = [run for run in served.api.runs("quick") if run["state_name"] == "Completed"]
        return {run["auto_scheduled"] for run in done} == {True, False}

    until(fired, "a scheduled run")
    found = run_sql(served.home, "SELECT source_name, status FROM mart.source_health").to_pylist()
    assert {"source_name": "quick", "status": "completed"} in found
    statuses = {status for status, _ in served.ledger("quick")}
    assert "failed" not in statuses
    assert served.api.runs("quick")[0]["name"] == "quick"


def _hold(served: Served) -> str:
    """Have a run of `held` under way; returns its id in Prefect."""
    if not served.reader("held"):
        served.api.start("held")
    until(lambda: [row for row in served.ledger("held") if row[0] == "running"], "a run of held")
    running = (run for run in served.api.runs("held") if run["state_name"] == "Running")
    return str(next(running)["id"])


def test_a_source_is_not_read_twice_at_a_time(served: Served) -> None:
    _hold(served)
    again = served.api.start("held")
    until(lambda: served.api.state(again) == "Skipped", "the second run")
    by_hand = subprocess.run(
        [sys.executable, "-c", RUN, "run", "held"],
        env=environment(served.home), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert by_hand.returncode == 1
    assert f"the source held is being read by process {served.reader('held')}" in by_hand.stderr
    assert len(served.ledger("held")) == 1


def test_a_killed_run_is_seen_and_made_good_by_the_next(
    served: Served, web: Server, home: Path
) -> None:
    _hold(served)
    reader = served.reader("held")
    assert reader
    os.kill(reader, signal.SIGKILL)
    until(lambda: "Crashed" in served.api.states("held"), "the state in Prefect")
    until(lambda: served.ledger("held")[-1][0] == "crashed", "the state in the ledger")
    assert _alerts(home, web)[0] == ("crashed", "held")
    _feed(home, web, delay=0)
    again = served.api.start("held")
    until(lambda: served.api.state(again) == "Completed", "the next run")
    assert [status for status, _ in served.ledger("held")] == ["crashed", "completed"]
    found = run_sql(home, "SELECT status, loaded FROM mart.source_health WHERE source_name='held'")
    assert found.to_pylist() == [{"status": "completed", "loaded": 1}]


def test_a_failed_run_is_told(served: Served, web: Server, home: Path) -> None:
    (home / "sources" / "quick.toml").rename(home / "quick.gone")
    again = served.api.start("quick")
    until(lambda: served.api.state(again) == "Failed", "the failure")
    until(lambda: ("failed", "quick") in _alerts(home, web), "the alert")
    (home / "quick.gone").rename(home / "sources" / "quick.toml")


def test_the_report_is_made(served: Served) -> None:
    served.settings.report.unlink()
    made = served.api.start("daily-report")
    until(lambda: served.api.state(made) == "Completed", "the report")
    assert served.settings.report.is_file()


def test_sigterm_stops_cleanly_and_a_new_start_goes_on(
    served: Served, web: Server, home: Path
) -> None:
    _feed(home, web, delay=2000)
    run = _hold(served)
    assert served.stop() == 0
    assert "Stopped." in served.said()
    assert "Traceback" not in served.said()
    assert served.reader("held") is None
    assert served.ledger("held")[-1] == ("failed", "stopped by the user")
    assert not served.api.is_up()
    before = len(web.bodies)
    after = Served(home, "held")
    try:
        after.await_start()
        assert after.api.state(run) == "Cancelled"
        left = _hold(after)
    finally:
        after.kill()
    assert len(web.bodies) == before  # who stops it knows
    _feed(home, web, delay=0)
    last = Served(home, "held")
    try:
        last.await_start()
        assert last.api.state(left) == "Crashed"
        last.api.start("held")
        until(lambda: last.ledger("held")[-1][0] == "completed", "the next run")
        assert last.ledger("held")[-2][0] == "crashed"
        assert last.stop() == 0
    finally:
        last.kill()


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[tuple[Path, Api]]:
    """A Prefect server, to which the flows of a source were deployed, and a worker."""
    from flows import schedules, sources

    home, port = tmp_path / "data", free_port()
    folder_source(home, "quick", "every 1 minute")
    page = tmp_path / "prefect.yaml"
    quick = sources.load(home)["quick"]
    page.write_text(schedules.render(schedules.deployed([quick])), encoding="utf-8")
    env = {
        **environment(home),
        "TOLLBOOK_CHECKOUT": str(ROOT),
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_API_URL": Api(port).url,
    }

    def start(*words: str) -> subprocess.Popen[bytes]:
        log = (tmp_path / "log").open("ab")
        prefect = [sys.executable, "-m", "prefect", "--no-prompt", *words]
        return subprocess.Popen(
            prefect, env=env, cwd=tmp_path, stdout=log, stderr=log, start_new_session=True
        )

    children = [start("server", "start", "--port", str(port))]
    try:
        until(Api(port).is_up, "the server")
        assert start("work-pool", "create", "--type", "process", "tollbook").wait(120) == 0
        assert start("deploy", "--all", "--prefect-file", str(page)).wait(240) == 0
        children.append(start("worker", "start", "--pool", "tollbook"))
        yield home, Api(port)
    finally:
        for child in children:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def test_prefect_yaml_deploys_the_same_flows_to_a_work_pool(pool: tuple[Path, Api]) -> None:
    home, api = pool
    until(lambda: "Completed" in api.states("quick"), "a scheduled run")
    done = next(run for run in api.runs("quick") if run["state_name"] == "Completed")
    assert done["auto_scheduled"]
    found = run_sql(home, "SELECT source_name, loaded FROM mart.source_health").to_pylist()
    assert found[0] == {"source_name": "quick", "loaded": found[0]["loaded"]}
    assert run_sql(home, "SELECT count(*) AS n FROM core.current_article").to_pylist() == [{"n": 1}]
