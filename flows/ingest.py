"""The Prefect flow: fetch or read, extract, normalise, validate, load, publish, report.

Each task is one plain function of flows/steps.py; without Prefect they work the same. Import this
module only after ``settings.set_up_prefect``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.exceptions import TerminationSignal

from flows import artifacts, cluster, publishing, quality, steps
from flows import settings as places
from flows.batch import Batches
from flows.console import err
from flows.locks import reading
from flows.web import TURNS
from warehouse.errors import BusyError
from warehouse.load import Loaded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from prefect.client.schemas.objects import State, TaskRun
    from prefect.tasks import Task

    from flows.batch import Item
    from flows.gather import Fetched, Gathered
    from flows.sources.model import Source, Window

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
    failures: tuple[str, ...] = ()  # of sources that failed, each with its name
    warnings: tuple[str, ...] = ()  # of sources of which something should be known
    misses: Mapping[str, str] = field(default_factory=dict)  # corrections that did not fit, and why

    def plus(
        self, batch: Loaded, refused: tuple[str, ...] = (), misses: Mapping[str, str] | None = None
    ) -> Summary:
        """The same with one more batch."""
        return replace(
            self,
            articles_in=self.articles_in + batch.articles_in,
            loaded=self.loaded + batch.loaded,
            unchanged=self.unchanged + batch.unchanged,
            quarantined=self.quarantined + batch.quarantined,
            refused=(self.refused + refused)[:SHOWN],
            misses={**self.misses, **(misses or {})},
        )

    def told(self, gathered: Iterable[Gathered]) -> Summary:
        """The same with what sources have to say."""
        failures = [f"{g.source.name}: {g.message}" for g in gathered if g.status == "failed"]
        others = (g for g in gathered if g.status != "failed" and g.message)
        warnings = [f"{g.source.name}: {g.message}" for g in others]
        return replace(self, failures=tuple(failures), warnings=tuple(warnings))


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
find_outdated = _task(quality.find_outdated, "find what is outdated")
follow_decisions = _task(steps.follow_decisions, "follow decisions")
fetch_pages = _task(steps.fetch_pages, "fetch")
gather_source = _task(steps.gather_source, "gather a source")
book_responses = _task(steps.book_responses, "book responses")
book_sources = _task(steps.book_sources, "book sources")
read_kept = _task(steps.read_kept, "read what is kept")
read_batch = _task(steps.read_batch, "read")
pick_new = _task(steps.pick_new, "pick what is new")
extract = _task(steps.extract, "extract")
tabulate = _task(steps.tabulate, "normalise")
validate = _task(quality.validate, "validate")
load = _task(steps.load, "load")
settle = _task(steps.settle, "settle versions")
check_warehouse = _task(quality.check_warehouse, "check the warehouse")
close_run = _task(steps.close_run, "close the books")
publish = _task(publishing.publish, "publish")
publish_if_sound = _task(publishing.publish_if_sound, "publish if sound")
hold_back = _task(publishing.hold_back, "hold back")
show = _task(artifacts.show, "show what was found")


@flow(name="ingest", flow_run_name="{name}", validate_parameters=False, persist_result=False)
def ingest(name: str, sources: list[str], *, named: Sequence[Source] = (), **how: Any) -> Summary:
    """Take articles in by hand, as ``take_in`` does.

    Raises:
        SourceBusyError: another run is reading one of the sources.
    """
    with reading(places.load(), [source.name for source in named]):
        return take_in(name, sources, named=named, **how)


def take_in(
    name: str,
    sources: list[str],
    *,
    named: Sequence[Source] = (),
    window: Window | None = None,
    anew: Sequence[str] = (),
    again: bool = False,
    allow_private: bool = False,
    jobs: int = 0,
) -> Summary:
    """Take articles from files, addresses and sources into the warehouse, and publish it.

    A source that fails costs the others nothing; what it gave is loaded, and the run is failed.

    Args:
        name: What the run loads, for people.
        sources: Files, folders, globs and addresses.
        named: Sources by their files; their locks are held.
        window: Days of publication to take in from the named sources; None: what they have now.
        anew: Articles that the warehouse holds, by id, to be read again.
        again: Whether to read again what the warehouse holds already.
        allow_private: Whether addresses on private networks may be fetched.
        jobs: Processes to read in; 0 chooses by the number of articles.
    """
    settings = places.load()
    cluster.check(settings)
    run_id = open_run(settings, name)
    try:
        follow_decisions(settings, run_id)
        urls = [source for source in sources if steps.is_address(source)]
        gathered = _gather(
            settings, named, window, again=again, allow_private=allow_private, jobs=jobs
        )
        fetched: list[Fetched] = [*gathered]
        if urls:
            fetched.insert(0, fetch_pages(urls, settings.raw, allow_private=allow_private))
        if fetched:
            book_responses(settings, run_id, fetched)
        rest = [source for source in sources if source not in urls]
        files = steps.read_files(settings, rest, jobs)
        items = chain(files, *fetched)
        summary = _load(settings, run_id, items, anew, again=again, jobs=jobs).told(gathered)
        if gathered:
            book_sources(settings, run_id, gathered)
        check_warehouse(settings, run_id, summary.misses)
    except BaseException as error:
        _fail(settings, run_id, error)
        raise
    status = "failed" if summary.failures else "completed"
    close_run(settings, run_id, status, "; ".join(summary.failures) or None)
    publish(settings)
    show(settings, run_id)
    return summary


@flow(name="reextract", flow_run_name="reextract", persist_result=False)
def reextract(jobs: int = 0) -> Summary:
    """Build all that follows from what is kept, without the network, and publish it.

    Args:
        jobs: Processes to read in; 0 chooses by the number of articles.
    """
    settings = places.load()
    cluster.check(settings)
    run_id = open_run(settings, "reextract")
    try:
        rebuilt = read_kept(settings, jobs)
        summary = _load(settings, run_id, rebuilt, again=True, jobs=jobs)
        settle(settings, run_id, rebuilt.current)
        check_warehouse(settings, run_id, summary.misses)
    except BaseException as error:
        _fail(settings, run_id, error)
        raise
    close_run(settings, run_id, "completed")
    publish(settings)
    show(settings, run_id)
    return summary


def _gather(
    settings: places.Settings, named: Sequence[Source], window: Window | None, **how: Any
) -> list[Gathered]:
    """All sources at once: each waits for its own hosts most of the time."""
    TURNS.start()
    try:
        asked = [gather_source.submit(settings, source, window, **how) for source in named]
        return [future.result() for future in asked]
    except BaseException:
        TURNS.stop()  # else their threads would go on asking for as long as there is time
        raise


def _load(
    settings: places.Settings,
    run_id: str,
    items: Iterable[Item],
    anew: Sequence[str] = (),
    *,
    again: bool,
    jobs: int,
) -> Summary:
    """Take articles in, batch by batch."""
    batches = Batches(items, anew=find_outdated(settings, anew))
    summary = Summary(run_id)
    seen: dict[str, str] = {}
    while batch := read_batch(batches):
        afresh = again or batch.again
        pick_new(settings, batch, again=afresh)
        extract(settings, batch, jobs)
        tabulate(batch)
        validate(settings, run_id, batch)
        loaded = load(settings, run_id, batch, again=afresh)
        seen |= loaded.seen
        summary = summary.plus(loaded, batch.refusals(SHOWN), batch.misses)
    if seen:
        settle(settings, run_id, seen)
    return summary


def _fail(settings: places.Settings, run_id: str, error: BaseException) -> None:
    """Book a failure and publish it, with the batches that were committed before it.

    After a critical expectation the snapshot stays as it is: the last good one; only the report
    tells of the failure. What goes wrong here is only told, so that it does not hide ``error``.
    """
    try:
        stopped = isinstance(error, KeyboardInterrupt | TerminationSignal)
        message = "stopped by the user" if stopped else f"{type(error).__name__}: {error}"
        close_run(settings, run_id, "failed", message)
        if isinstance(error, quality.QualityError):
            hold_back(settings)
        else:
            publish_if_sound(settings)
        if not stopped:
            show(settings, run_id)
    except Exception as second:  # noqa: BLE001  the first error is the one to raise
        err().print(f"the failed run could not be published: {second}")
