"""Where Tollbook keeps its data, and how Prefect is set up: quiet, offline, at home in data/."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from warehouse.lock import holder


@dataclass(frozen=True, slots=True)
class Settings:
    """The data folder and what lies in it, and the cluster that does the slow work, if any.

    Attributes:
        home: The data folder.
        cluster: The address of a Dask scheduler, as tcp://host:8786.
        handed: Where its machines hand each other parts of the work; by default in the data folder.
    """

    home: Path
    cluster: str | None = None
    handed: str | None = None

    @property
    def parts(self) -> str:
        """The folder of the parts that machines hand each other: a path, or an address."""
        return self.handed or str(self.home / "parts")

    @property
    def raw(self) -> Path:
        """Fetched bytes, named by their sha256."""
        return self.home / "raw"

    @property
    def report(self) -> Path:
        """The quality report of the last published run."""
        return self.home / "published" / "report.html"

    @property
    def evaluation(self) -> Path:
        """The last scores of each gold file."""
        return self.home / "evaluation"

    @property
    def gazetteer(self) -> Path:
        """The places that the user has imported, with those that ship; often not there."""
        return self.home / "gazetteer.bin"

    @property
    def overlay(self) -> Path | None:
        """The same, or None where nothing was imported."""
        return self.gazetteer if self.gazetteer.is_file() else None

    @property
    def prefect(self) -> Path:
        """Prefect's own database and settings."""
        return self.home / "prefect"

    @property
    def serving(self) -> Path:
        """The lock of ``tollbook serve``, which tells the address of its server."""
        return self.home / "locks" / "serve"

    @property
    def alerts(self) -> Path:
        """Where alerts go; often not there."""
        return self.home / "alerts.toml"

    def reading(self, source: str) -> Path:
        """The lock of whoever reads a source."""
        return self.home / "locks" / f"source-{source}"


def load() -> Settings:
    """The settings of this process.

    ``TOLLBOOK_HOME`` is the data folder, else ``data`` in the working directory; ``TOLLBOOK_DASK``
    and ``TOLLBOOK_PARTS`` are for work on a cluster (docs/scaling.md).
    """
    handed = os.environ.get("TOLLBOOK_PARTS") or None
    if handed and "://" not in handed:
        handed = str(Path(handed).absolute())
    return Settings(
        Path(os.environ.get("TOLLBOOK_HOME") or "data").absolute(),
        os.environ.get("TOLLBOOK_DASK") or None,
        handed,
    )


def set_up_prefect(settings: Settings, *, verbose: bool = False) -> bool:
    """Set Prefect's environment; must come before Prefect is imported.

    What the user has set already stays, so a Prefect server of their own is honoured. Else it is
    that of ``tollbook serve``, while it runs, or one for this process only.

    Returns:
        Whether Prefect has yet to make its database, which takes up to half a minute.
    """
    settings.prefect.mkdir(parents=True, exist_ok=True)
    defaults = {
        "PREFECT_HOME": str(settings.prefect),
        # Prefect logs a failed run's traceback as an error; the command says it in one line.
        "PREFECT_LOGGING_LEVEL": "INFO" if verbose else "CRITICAL",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        # A new database takes 18 s to make on a slow machine; the default limit is 20 s.
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    if url := (holder(settings.serving) or {}).get("url"):
        defaults["PREFECT_API_URL"] = url
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
    return not any(Path(os.environ["PREFECT_HOME"]).glob("*.db"))
