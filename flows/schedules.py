"""What runs when: a deployment for each source with a schedule, and one for the daily report.

``python -m flows.schedules`` writes them to prefect.yaml, for a work pool; ``tollbook serve`` runs
them itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flows.sources import Source

PAGE = Path(__file__).resolve().parents[1] / "prefect.yaml"
READ, REPORT = "read-source", "daily-report"
#: Flow -> where Prefect finds it.
ENTRYPOINTS = {READ: "flows.scheduled.read_source", REPORT: "flows.scheduled.daily_report"}
POOL = "tollbook"
#: Schedules are counted from here, so that a restart does not put them off.
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
#: UTC; most outlets' day is read by then.
REPORT_AT = time(6)
_HEAD = f"""# Made by `python -m flows.schedules`; a test holds it to seeds/sources. On a work pool:
#   prefect work-pool create --type process {POOL}
#   prefect deploy --all && prefect worker start --pool {POOL}
# TOLLBOOK_CHECKOUT is the folder of this file, TOLLBOOK_HOME the data folder: docs/running.md.
name: tollbook
pull:
  - prefect.deployments.steps.set_working_directory:
      directory: "{{{{ $TOLLBOOK_CHECKOUT }}}}"
deployments:
"""


@dataclass(frozen=True, slots=True)
class Deployed:
    """A flow with its parameters and its schedule.

    Attributes:
        flow: ``read-source`` or ``daily-report``.
        name: Which of them.
        every: From one run to the next.
        anchor: When one run is due; the others are so many intervals before and after it.
        parameters: What the flow is called with.
    """

    flow: str
    name: str
    every: timedelta
    anchor: datetime
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def entrypoint(self) -> str:
        """Where Prefect finds the flow."""
        return ENTRYPOINTS[self.flow]


def deployed(sources: Iterable[Source], report_at: time = REPORT_AT) -> list[Deployed]:
    """The sources that have a schedule, each at its own time in the interval, and the report."""
    reads = [
        Deployed(READ, source.name, source.every, _anchor(source), {"name": source.name})
        for source in sources
        if source.every
    ]
    at = timedelta(hours=report_at.hour, minutes=report_at.minute)
    return [*reads, Deployed(REPORT, REPORT, _DAY, _EPOCH + at)]


def _anchor(source: Source) -> datetime:
    """A time of the source's own, so that those with one interval are not all due at once."""
    seconds = int((source.every or _DAY).total_seconds())
    return _EPOCH + timedelta(seconds=crc32(source.name.encode()) % seconds)


def render(deployments: Iterable[Deployed], pool: str = POOL) -> str:
    """prefect.yaml, for ``prefect deploy --all``."""
    return _HEAD + "".join(_entry(one, pool) for one in deployments)


def _entry(one: Deployed, pool: str) -> str:
    given = "".join(f'\n      {key}: "{value}"' for key, value in one.parameters.items())
    return (
        f'  - name: "{one.name}"\n    entrypoint: {one.entrypoint}\n'
        f"    parameters:{given or ' {}'}\n    work_pool:\n      name: {pool}\n"
        f"    schedules:\n      - interval: {int(one.every.total_seconds())}\n"
        f'        anchor_date: "{one.anchor.isoformat()}"\n        timezone: UTC\n'
    )


if __name__ == "__main__":
    from flows import settings, sources

    known = sources.load(settings.load().home)
    PAGE.write_text(render(deployed(known.values())), encoding="utf-8")
