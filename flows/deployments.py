"""The deployments on the server of `tollbook serve`: made, tidied up, and caught up with."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from prefect import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Interval
from prefect.types import DateTime
from prefect.types.entrypoint import EntrypointType

from flows import dead, scheduled, steps
from flows.locks import SourceBusyError, reading
from flows.schedules import ENTRYPOINTS, READ, REPORT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from prefect import Flow
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.runner import Runner

    from flows.schedules import Deployed
    from flows.settings import Settings

_FLOWS: dict[str, Flow[..., Any]] = {READ: scheduled.read_source, REPORT: scheduled.daily_report}
_WAITING = [StateType.SCHEDULED, StateType.PENDING]


def deploy(runner: Runner, deployments: Iterable[Deployed]) -> dict[str, UUID]:
    """Make deployments that the runner serves; returns their ids by name.

    Deployments of before that are not among them are deleted, and runs that wait since then: they
    are due anew by ``catch_up``.
    """
    made = {one.name: runner.add_deployment(_deployment(one)) for one in deployments}
    ids = {name: UUID(str(made_id)) for name, made_id in made.items()}
    with get_client(sync_client=True) as client:
        for old in client.read_deployments():
            if old.id not in ids.values() and old.entrypoint in ENTRYPOINTS.values():
                client.delete_deployment(old.id)
        _drop_late(client, list(ids.values()))
    return ids


def _deployment(one: Deployed) -> Any:
    return RunnerDeployment.from_flow(
        _FLOWS[one.flow],
        name=one.name,
        parameters=dict(one.parameters),
        schedule=Interval(one.every, anchor_date=one.anchor, timezone="UTC"),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def _drop_late(client: SyncPrefectClient, ids: list[UUID]) -> None:
    """Drop what was due while nothing was served: one run makes up for many."""
    asked = FlowRunFilter(
        expected_start_time=FlowRunFilterExpectedStartTime(before_=DateTime.now("UTC")),
        deployment_id=FlowRunFilterDeploymentId(any_=ids),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_WAITING)),
    )
    while late := client.read_flow_runs(flow_run_filter=asked):
        for run in late:
            client.delete_flow_run(run.id)


def bury(settings: Settings, ids: Mapping[str, UUID]) -> list[str]:
    """Mark runs as crashed that an earlier server left behind; those that still live are let be."""
    found = []
    for name, deployment in ids.items():
        try:
            with reading(settings, [name]):
                found += dead.in_prefect(deployment)
        except SourceBusyError:
            continue
    return found


def overdue(settings: Settings, deployments: Iterable[Deployed]) -> list[str]:
    """The sources whose last completed run is more than their interval ago, or that had none."""
    now = datetime.now(UTC).replace(tzinfo=None)
    ended = steps.last_completed(settings)
    reads = (one for one in deployments if one.flow == READ)
    return [one.name for one in reads if now - ended.get(one.name, datetime.min) >= one.every]


def start(ids: Mapping[str, UUID], names: Collection[str]) -> None:
    """Have these run now, beside their schedules."""
    with get_client(sync_client=True) as client:
        for name in names:
            client.create_flow_run_from_deployment(ids[name], name=name)
