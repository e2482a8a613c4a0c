"""One run of a source at a time, on whatever schedule or by hand, and one server of a data folder.

A lock lasts as long as the process that holds it.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from warehouse.errors import BusyError
from warehouse.lock import held

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flows.settings import Settings

#: Seconds; whoever only looks who holds a lock has it for less than this.
_GLANCE = 1.0


class SourceBusyError(Exception):
    """Another run is reading the source; the message names its process."""


@contextmanager
def reading(settings: Settings, names: Iterable[str]) -> Iterator[None]:
    """Be the only one who reads these sources.

    Raises:
        SourceBusyError: another run is reading one of them.
    """
    with ExitStack() as turns:
        for name in sorted(names):
            what = f"the source {name} is being read"
            try:
                turns.enter_context(held(settings.reading(name), what, _GLANCE))
            except BusyError as error:
                raise SourceBusyError(str(error)) from None
        yield


@contextmanager
def serving(settings: Settings, url: str) -> Iterator[None]:
    """Be the only server of a data folder; runs by hand find its address there.

    Raises:
        BusyError: there is another.
    """
    what = f"the data folder {settings.home} is being served"
    with held(settings.serving, what, _GLANCE, url=url):
        yield
