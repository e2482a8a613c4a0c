"""The slow work on the machines of a Dask cluster: ``TOLLBOOK_DASK`` is its scheduler's address.

A part goes out as a Parquet file and comes back as Parquet files, in a folder that all machines
reach (``TOLLBOOK_PARTS``, a path or an address such as s3://bucket/parts); only paths go through
the cluster. The work itself is that of flows/parts.py. docs/scaling.md
"""

from __future__ import annotations

from contextvars import Context
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows import __version__, parts
from flows.handover import Folder
from flows.parts import Findings, Item, cut
from flows.readers.unread import Page, read_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from flows.readers import RawArticle
    from flows.settings import Settings

#: Articles of one part, and pages: a second or two of work, to a tenth of one to hand it over.
ARTICLES = 1_000
_PAGES = 200
#: Parts of pages that are held at a time.
_WINDOW = 20
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class ClusterError(Exception):
    """The cluster cannot be used; the message says what to do."""


def check(settings: Settings) -> None:
    """See that the cluster that is wished for can be asked, before any work is done.

    Raises:
        ClusterError: prefect-dask is not installed.
    """
    if settings.cluster and not find_spec("prefect_dask"):
        raise ClusterError(
            f"TOLLBOOK_DASK is {settings.cluster}, but prefect-dask is not installed: "
            "pip install 'tollbook[dask]'"
        )


def pages(settings: Settings, items: Iterable[Item | Page]) -> Iterator[Item]:
    """The same in their order, with the pages among them read by the cluster."""
    rest = iter(items)
    while window := list(islice(rest, _WINDOW * _PAGES)):
        unread = [item for item in window if isinstance(item, Page)]
        read = _read(settings, unread) if unread else iter(())
        yield from (next(read) if isinstance(item, Page) else item for item in window)


def _read(settings: Settings, unread: Sequence[Page]) -> Iterator[Item]:
    with Folder.new(settings.parts) as folder:
        given = cut(unread, _PAGES)
        for name in _spread(settings, "pages", folder, given):
            yield from folder.records(name)


def findings(settings: Settings, given: Sequence[list[RawArticle]]) -> Iterator[Findings]:
    """What is in articles, by the cluster; part by part."""
    with Folder.new(settings.parts) as folder:
        for name in _spread(settings, "articles", folder, given):
            yield folder.findings(name)


def _spread(
    settings: Settings, what: str, folder: Folder, given: Iterable[Sequence[Any]]
) -> list[str]:
    """Hand parts out and wait for all of them; returns the names of what came back."""
    from prefect_dask.task_runners import DaskTaskRunner

    names = [folder.write_records(f"given-{at}", part) for at, part in enumerate(given)]
    runner: Any = DaskTaskRunner(address=settings.cluster)
    overlay = str(settings.overlay) if settings.overlay else None
    given_out = spread.with_options(task_runner=runner)
    api = _api(settings)

    def run() -> list[str]:
        with temporary_settings({PREFECT_API_URL: api}):
            return given_out(what, folder.place, names, overlay)

    try:
        # A flow by itself: below a task Prefect would send all that this task was given along.
        return Context().run(run)
    except OSError as error:
        said = f"the Dask scheduler at {settings.cluster} does not answer: {error}"
        raise ClusterError(said) from None


def _api(settings: Settings) -> str:
    """The Prefect server for the workers: one of this process only serves this machine.

    Raises:
        ClusterError: the workers are elsewhere and cannot reach it.
    """
    api = str(get_client(sync_client=True).api_url)
    here = urlsplit(settings.cluster or "").hostname in _LOOPBACK
    if urlsplit(api).hostname in _LOOPBACK and not here:
        raise ClusterError(
            f"the workers of {settings.cluster} cannot reach the Prefect server at {api}: "
            "set PREFECT_API_URL to one that they can"
        )
    return api


@flow(name="spread", flow_run_name="{what}", validate_parameters=False, persist_result=False)
def spread(what: str, place: str, names: list[str], overlay: str | None) -> list[str]:
    """Have each part worked on by some machine."""
    made = [work.submit(what, place, name, overlay, __version__) for name in names]
    return [future.result() for future in made]


@task(name="work on a part", cache_policy=NO_CACHE, persist_result=False, retries=2)
def work(what: str, place: str, name: str, overlay: str | None, version: str) -> str:
    """Read a part's file, do the work, write what came of it; returns its name.

    Raises:
        ClusterError: another Tollbook is installed here than there, or the folder is out of reach.
    """
    if version != __version__:
        raise ClusterError(f"a worker has Tollbook {__version__}, the run {version}")
    try:
        return _worked_on(what, Folder(place), name, Path(overlay) if overlay else None)
    except OSError as error:
        said = f"a worker cannot use the folder of parts {place} (TOLLBOOK_PARTS): {error}"
        raise ClusterError(said) from error


def _worked_on(what: str, folder: Folder, name: str, overlay: Path | None) -> str:
    given: list[Any] = folder.records(name)
    made = name.replace("given", "made")
    if what == "pages":
        return folder.write_records(made, [read_page(page) for page in given])
    return folder.write_findings(made, parts.extracted(given, overlay))
