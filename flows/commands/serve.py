"""`tollbook serve`: the schedules of all sources, for good, on one machine."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from flows.schedules import Deployed
    from flows.settings import Settings
    from flows.sources import Source

EXAMPLE = """Example: tollbook serve

Example: tollbook serve kyiv-independent radio-dabanga --report-at 05:30

Example: TOLLBOOK_HOME=/var/lib/tollbook tollbook serve --port 4300 --limit 4
"""
_LOCAL = ("127.0.0.1", "localhost", "::1")
#: Where this machine reaches itself when it listens everywhere.
_WITHIN = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def serve(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE", help="Sources; without any: all with a schedule."),
    ] = None,
    host: Annotated[
        str, typer.Option(help="Address to listen at. Others than this machine's own are open.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen at.")] = 4200,
    limit: Annotated[int, typer.Option(min=1, help="Runs at a time; others wait.")] = 2,
    report_at: Annotated[
        datetime, typer.Option(formats=["%H:%M"], help="When the daily report is made, in UTC.")
    ] = datetime(1900, 1, 1, 6),
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show Prefect's log.")] = False,
) -> None:
    """Read the sources on their schedules until stopped.

    The report is made daily. Prefect's pages with all runs are at http://HOST:PORT.
    """
    from flows import alerts, locks, schedules
    from flows import settings as places
    from flows import sources as known

    settings = places.load()
    chosen = _chosen(names or [], known.load(settings.home))
    plan = schedules.deployed(chosen, report_at.time())
    alerts.load(settings)  # what is wrong there is said now, not when it is too late
    url = _url(host, port)
    with locks.serving(settings, f"{url}/api"):
        _serve(settings, plan, host, port, limit, url, verbose=verbose)


def _url(host: str, port: int) -> str:
    """Where runs on this machine reach the server."""
    near = _WITHIN.get(host, host)
    return f"http://[{near}]:{port}" if ":" in near else f"http://{near}:{port}"


def _chosen(names: list[str], known: dict[str, Source]) -> list[Source]:
    """The sources to serve.

    Raises:
        typer.BadParameter: there is no such source, or it has no schedule.
    """
    for name in names:
        if name not in known:
            scheduled = ", ".join(source.name for source in known.values() if source.every)
            raise typer.BadParameter(
                f"there is no source {name!r}; those with a schedule are {scheduled}",
                param_hint="SOURCE",
            )
        if known[name].every is None:
            raise typer.BadParameter(
                f"{name} has no schedule: add one to its file, as 'every 2 hours'",
                param_hint="SOURCE",
            )
    return [source for name, source in known.items() if not names or name in names]


def _serve(
    settings: Settings,
    plan: list[Deployed],
    host: str,
    port: int,
    limit: int,
    url: str,
    *,
    verbose: bool,
) -> None:
    """Start the parts one after the other, wait for a signal, stop them the other way round."""
    from flows import serve as machinery
    from flows.commands.run import start
    from flows.console import err

    machinery.check_port(host, port)
    machinery.set_up(settings, f"{url}/api", verbose=verbose)
    start(settings, verbose=verbose)
    stop = machinery.on_signals()
    with machinery.server(host, port) as server:
        from prefect.runner import Runner

        from flows import deployments

        runner = Runner(name="tollbook", limit=limit, pause_on_shutdown=False)
        ids = deployments.deploy(runner, plan)
        deployments.bury(settings, ids)
        with machinery.running(runner) as runs:
            due = deployments.overdue(settings, plan)
            deployments.start(ids, due)
            if host not in _LOCAL:
                err().print(f"Warning: whoever reaches {host}:{port} can start and stop runs.")
            err().print(f"Serving {len(plan) - 1} sources and the report; runs: {url}")
            machinery.wait([server, runs], stop)
            err().print("Stopping; runs close their books.")
    err().print("Stopped.")
