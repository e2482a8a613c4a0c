"""The Prefect flow: fetch or read, extract, normalise, validate, load, publish, report.

Each task is one plain function of flows/steps.py; without Prefect they work the same. Import this
module only after ``settings.set_up_prefect``.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows import settings as places
from flows import steps
from flows.batch import Batches
from flows.console import err
from warehouse.errors import BusyError
from warehouse.load import Loaded

if TYPE_CHECKING:
    from collections.abc import Callable

    from prefect.client.schemas.objects import State, TaskRun
    from prefect.tasks import Task

P = ParamSpec("P")
R = TypeVar("R")

#: Seconds. A batch of 20,000 articles takes a quarter of a minute; no step should take an hour.
_LIMIT = 3600
#: Refusals that a summary names; the quarantine has all.
SHOWN = 5
#: Seconds between tries while another process writes; each try itself waits for the lock.
_PAUSES = [5.0, 15.0, 45.0]


@dataclass(frozen=True)
class Summary:
    """What became of the articles of a run, over all its batches."""

    run_id: str
    articles_in: int = 0
    loaded: int = 0
    unchanged: int = 0
    quarantined: int = 0
    refused: tuple[str, ...] = ()  # the first few, each as file, line and reason

    def plus(self, batch: Loaded, refused: tuple[str, ...] = ()) -> Summary:
        """The same with one more batch."""
        return Summary(
            self.run_id,
            self.articles_in + batch.articles_in,
            self.loaded + batch.loaded,
            self.unchanged + batch.unchanged,
            self.quarantined + batch.quarantined,
            (self.refused + refused)[:SHOWN],
        )


def _is_busy(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    error = state.result(raise_on_failure=False)
    if isinstance(error, BusyError):
        err().print(f"{error}; trying again")
    return isinstance(error, BusyError)


def _task(function: Callable[P, R], name: str) -> Task[P, R]:
    """A task that does not look at its inputs, and tries again while the warehouse is busy."""
    made = task(
        name=name,
        cache_policy=NO_CACHE,
        persist_result=False,
        retries=len(_PAUSES),
        retry_delay_seconds=_PAUSES,
        retry_condition_fn=_is_busy,
        timeout_seconds=_LIMIT,
    )
    return made(function)


open_run = _task(steps.open_run, "open the books")
follow_decisions = _task(steps.follow_decisions, "follow decisions")
fetch_pages = _task(steps.fetch_pages, "fetch")
read_batch = _task(steps.read_batch, "read")
pick_new = _task(steps.pick_new, "pick what is new")
extract = _task(steps.extract, "extract")
tabulate = _task(steps.tabulate, "normalise")
validate = _task(steps.validate, "validate")
load = _task(steps.load, "load")
settle = _task(steps.settle, "settle versions")
close_run = _task(steps.close_run, "close the books")
publish = _task(steps.publish, "publish")


@flow(name="ingest", flow_run_name="{name}", validate_parameters=False, persist_result=False)
def ingest(
    name: str,
    sources: list[str],
    *,
    again: bool = False,
    allow_private: bool = False,
    jobs: int = 0,
) -> Summary:
    """Take articles from files and addresses into the warehouse, and publish it.

    Args:
        name: What the run loads, for people.
        sources: Files, folders, globs and addresses.
        again: Whether to read again what the warehouse holds already.
        allow_private: Whether addresses on private networks may be fetched.
        jobs: Processes to extract in; 0 chooses by the number of articles.
    """
    settings = places.load()
    run_id = open_run(settings, name)
    try:
        follow_decisions(settings, run_id)
        urls = [source for source in sources if steps.is_address(source)]
        pages = fetch_pages(urls, settings.raw, allow_private=allow_private) if urls else []
        files = steps.read_files(source for source in sources if source not in urls)
        batches = Batches(chain(pages, files))
        summary = Summary(run_id)
        seen: dict[str, str] = {}
        while batch := read_batch(batches):
            pick_new(settings, batch, again=again)
            extract(settings, batch, jobs)
            tabulate(batch)
            validate(batch)
            loaded = load(settings, run_id, batch, again=again)
            seen |= loaded.seen
            summary = summary.plus(loaded, batch.refusals(SHOWN))
        if seen:
            settle(settings, run_id, seen)
    except BaseException as error:
        _fail(settings, run_id, error)
        raise
    close_run(settings, run_id, "completed")
    publish(settings)
    return summary


def _fail(settings: places.Settings, run_id: str, error: BaseException) -> None:
    """Book a failure and publish it, with the batches that were committed before it.

    After a critical expectation the snapshot stays as it is: the last good one. What goes wrong
    here is only told, so that it does not hide ``error``.
    """
    try:
        stopped = isinstance(error, KeyboardInterrupt)
        message = "stopped by the user" if stopped else f"{type(error).__name__}: {error}"
        close_run(settings, run_id, "failed", message)
        if not isinstance(error, steps.QualityError):
            publish(settings)
    except Exception as second:  # noqa: BLE001  the first error is the one to raise
        err().print(f"the failed run could not be published: {second}")
