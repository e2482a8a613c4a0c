"""What the report is made from: rows of the published snapshot, and the line that sums them up."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Row = Mapping[str, Any]
Rows = Sequence[Row]
_NOTHING = {
    "articles": 0,
    "publishers": 0,
    "claims": 0,
    "events": 0,
    "first_published_at": None,
    "last_published_at": None,
}
_STAYS = (
    "A critical expectation or a correction does not hold; all figures are those of the last good "
    "snapshot."
)
State = Literal["good", "look", "bad"]


@dataclass(frozen=True)
class ReportData:
    """The rows that ``warehouse.report_data.read`` gives, each field one of its queries.

    Attributes:
        run: The last runs, newest first.
        step: The steps of the last run.
        check: Every expectation's result in the last run that checked anything.
        work: The worklist, the weightiest first.
        held: What is in quarantine, by level and reason.
        event: Every event with its toll.
        claim: The sentence behind each number of an event.
        figure: The independent figures of events that several publishers report.
        agreement: How far apart those are, the furthest first.
        correction: What people have put right.
        source: Each source with its schedule, last run, counts and health, the worst first.
        total: One row of what the warehouse holds.
        held_back: Whether publishing is held back: the last runs are told of, all other figures
            are those of the last good snapshot.
    """

    run: Rows = ()
    step: Rows = ()
    check: Rows = ()
    work: Rows = ()
    held: Rows = ()
    event: Rows = ()
    claim: Rows = ()
    figure: Rows = ()
    agreement: Rows = ()
    correction: Rows = ()
    source: Rows = ()
    total: Rows = ()
    held_back: bool = False

    def checks(self, status: str) -> list[Row]:
        """The expectations with this status."""
        return [row for row in self.check if row["status"] == status]

    def sources(self, *states: str) -> list[Row]:
        """The sources in one of these states."""
        return [row for row in self.source if row["state"] in states]

    @property
    def totals(self) -> Row:
        """What the warehouse holds; nothing before anything is loaded."""
        return self.total[0] if self.total else _NOTHING


@dataclass(frozen=True)
class Status:
    """Today's status: a state, its word, and what it rests on."""

    state: State
    word: str
    because: str


def status(data: ReportData) -> Status:
    """Whether the last run can be trusted, in one line."""
    if not data.run:
        return Status("look", "Nothing is loaded yet", "No run is in the ledger.")
    run = data.run[0]
    because = f"{_counts(run)} {_expectations(data)}{_sources(data)}"
    if data.held_back:
        return Status("bad", "Publishing is held back", f"{_STAYS} {run['message'] or ''}".strip())
    if run["status"] in ("failed", "crashed"):
        why = run["message"] or "The ledger holds no message."
        return Status("bad", f"The last run {run['status']}", f"{_counts(run)} {why}")
    if not run["adds_up"]:
        return Status("bad", "The books do not add up", because)
    if data.checks("errored"):
        return Status("bad", "Some expectations could not be judged", because)
    if run["quarantined"] or any(c["severity"] == "critical" for c in data.checks("failed")):
        return Status("look", "The books are in order, and some rows are held back", because)
    warned = any(c["severity"] == "warning" for c in data.checks("failed"))
    if data.work or warned or data.sources("failed", "late"):
        return Status("look", "The books are in order, with points to look at", because)
    return Status("good", "The books are in order", because)


def _counts(run: Row) -> str:
    held = f"{run['quarantined']:,} held back" if run["quarantined"] else "none held back"
    return (
        f"The last run read {counted(run['articles_in'], 'article')}: {run['loaded']:,} loaded, "
        f"{run['unchanged']:,} unchanged, {held}."
    )


def _expectations(data: ReportData) -> str:
    if not data.check:
        return "It had nothing new to check."
    failed, errored = len(data.checks("failed")), len(data.checks("errored"))
    line = f"Of {counted(len(data.check), 'expectation')} {len(data.checks('passed'))} held"
    if failed:
        critical = sum(c["severity"] == "critical" for c in data.checks("failed"))
        line += f", {failed} did not ({critical or 'none'} of them critical)"
    if errored:
        line += f", {errored} could not be judged"
    return line + "."


def _sources(data: ReportData) -> str:
    """What is wrong with sources; nothing where all is well."""
    found = [(state, len(data.sources(state))) for state in ("failed", "late")]
    said = " and ".join(f"{n} {state}" for state, n in found if n)
    return f" Of {counted(len(data.source), 'source')}: {said}." if said else ""


def counted(number: int, thing: str) -> str:
    """A number with its noun: ``1 article``, ``2 articles``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def sample(check: Row) -> list[dict[str, Any]]:
    """The sample rows of an expectation's result."""
    rows: list[dict[str, Any]] = json.loads(check["sample"] or "[]")
    return rows
