"""Runs whose process is gone are marked as crashed, in Prefect and in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prefect import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.states import Crashed

from flows.console import err
from warehouse import ledger
from warehouse.connect import writer

if TYPE_CHECKING:
    from uuid import UUID

    from flows.settings import Settings

REASON = "its process ended without a word"
#: States of a run that has a process. A run that only waits for one is not among them.
_AT_WORK = [StateType.RUNNING, StateType.CANCELLING]


def in_prefect(deployment: UUID, *, besides: UUID | None = None) -> list[str]:
    """Mark runs of a deployment as crashed; whoever holds the source's lock may call this.

    Args:
        deployment: Its id.
        besides: A run that lives: the caller's own.

    Returns:
        The names of those that were marked.
    """
    asked = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_AT_WORK)))
    owner = DeploymentFilter(id=DeploymentFilterId(any_=[deployment]))
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(flow_run_filter=asked, deployment_filter=owner)
        gone = [run for run in runs if run.id != besides]
        for run in gone:
            client.set_flow_run_state(run.id, Crashed(message=REASON), force=True)
    return [run.name for run in gone]


def in_ledger(settings: Settings) -> None:
    """Mark runs in the ledger; if that cannot be done now, the next run does it."""
    try:
        with writer(settings.home) as con:
            ledger.reconcile(con)
    except Exception as error:  # noqa: BLE001  it is tidied up only
        err().print(f"the ledger could not be tidied up: {error}")
