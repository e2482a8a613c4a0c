"""Sources by name: a file each in seeds/sources and in sources/ of the data folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.sources import check
from flows.sources.model import Paging, Source, SourceFileError, Window, interval
from seeds import read as seeds

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["DEFAULT", "Paging", "Source", "SourceFileError", "Window", "interval", "load"]

#: What is read where nothing is named.
DEFAULT = "samples"


def load(home: Path) -> dict[str, Source]:
    """The sources by name: those that ship, and those in ``sources/`` of the data folder.

    Raises:
        SourceFileError: a file is malformed, or has the name of another.
    """
    found: dict[str, Source] = {}
    for folder, base in ((seeds.SEEDS / "sources", seeds.SEEDS), (home / "sources",) * 2):
        for path in sorted(folder.glob("*.toml")):
            source = check.read(path, base)
            if source.name in found:
                raise SourceFileError(f"{path}: name: there is another source {source.name!r}")
            found[source.name] = source
    return found
