"""The flows that run on a schedule, under `tollbook serve` or a worker of a work pool.

Prefect loads this module in a process of its own for each run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from prefect import flow, runtime
from prefect.states import Cancelled

from flows import alerts, dead, ingest, publishing, sources, steps
from flows import settings as places
from flows.console import err, safe
from flows.locks import SourceBusyError, reading
from flows.schedules import READ, REPORT

if TYPE_CHECKING:
    from prefect.client.schemas.objects import FlowRun, State

    from flows.ingest import Summary

#: Broken rules that an alert names.
_NAMED = 3


class SourceFailedError(Exception):
    """A source failed; what it gave is loaded."""


class UnknownSourceError(Exception):
    """A schedule is for a source that there is no file of."""


def _alert(kind: str, what: str, message: str) -> None:
    for problem in alerts.send(places.load(), kind, what, message):
        err().print(safe(f"the alert was not sent: {problem}"))


def tell_failed(flow: object, flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001
    """Tell that a run failed; Prefect gives the arguments by name."""
    _alert(alerts.FAILED, flow_run.name, state.message or "no reason is known")


def tell_crashed(flow: object, flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001
    """Tell that a run's process died, and mark it in the ledger."""
    _alert(alerts.CRASHED, flow_run.name, state.message or "no reason is known")
    dead.in_ledger(places.load())


_HOW: dict[str, Any] = {
    "persist_result": False,
    "on_failure": [tell_failed],
    "on_crashed": [tell_crashed],
}


@flow(name=READ, flow_run_name="{name}", **_HOW)
def read_source(name: str) -> State[Any] | None:
    """Take in what a source has now. While another run reads it, this one is skipped.

    Args:
        name: The source.

    Raises:
        SourceFailedError: a list or page is missing, or it gave too few articles.
        UnknownSourceError: there is no such source any more.
    """
    settings = places.load()
    source = sources.load(settings.home).get(name)
    if source is None:
        raise UnknownSourceError(f"there is no source {name!r}")
    try:
        with reading(settings, [name]):
            _settle_dead()
            summary = ingest.take_in(name, [], named=[source])
    except SourceBusyError as error:
        err().print(safe(f"{name}: skipped: {error}"))
        return Cancelled(message=str(error), name="Skipped")
    _tell(name, summary)
    if summary.failures:
        raise SourceFailedError("; ".join(summary.failures))
    return None


@flow(name=REPORT, flow_run_name=REPORT, **_HOW)
def daily_report() -> None:
    """Publish the warehouse and its report as they stand, also on a day without news.

    While the warehouse breaks a critical rule the last good snapshot stays.
    """
    settings = places.load()
    dead.in_ledger(settings)
    publishing.publish_if_sound(settings)
    err().print(f"{REPORT}: {settings.report}")


def _settle_dead() -> None:
    """Earlier runs of this source that Prefect calls running: they would hold its lock."""
    if deployment := runtime.deployment.id:
        for name in dead.in_prefect(UUID(deployment), besides=UUID(runtime.flow_run.id)):
            _alert(alerts.CRASHED, name, dead.REASON)


def _tell(name: str, summary: Summary) -> None:
    err().print(
        f"{name}: {summary.articles_in:,} articles: {summary.loaded:,} loaded, "
        f"{summary.unchanged:,} unchanged, {summary.quarantined:,} quarantined."
    )
    if broken := steps.critical(places.load(), summary.run_id):
        more = f" and {len(broken) - _NAMED} more" if len(broken) > _NAMED else ""
        _alert(alerts.CRITICAL, name, "; ".join(broken[:_NAMED]) + more)
