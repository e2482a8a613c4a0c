"""`tollbook compare`: the reader's own list of events beside the ledger."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from flows.event_files import EventFile

EXAMPLE = """Example: tollbook compare events.csv

Example: tollbook compare events.csv --csv > compared.csv
"""
#: Refused rows that are named; of more, the number.
_NAMED = 20
_SHOWN = ("status", "line", "date", "place", "their_killed", "killed_best", "difference", "reason")


def compare(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.csv", help="Events in the columns of UCDP or ACLED.")
    ],
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array.")] = False,
) -> None:
    """Compare the events of your own file with the ledger's.

    Shows which the ledger has, which are missing, and what differs.
    """
    if as_csv and as_json:
        raise typer.BadParameter("choose one of --csv and --json")
    from flows import event_files

    theirs = event_files.read(file)
    _name_refused(file, theirs)
    if not theirs.events:
        raise event_files.EventFileError(f"{file}: no row of it is an event")
    rows = _compared(theirs)
    if as_csv:
        _print_csv(rows)
    elif as_json:
        _print_json(rows)
    else:
        _show(rows, theirs.form)


def _name_refused(file: Path, theirs: EventFile) -> None:
    from flows.console import err, safe

    for line, reason in theirs.refused[:_NAMED]:
        err().print(safe(f"{file}:{line}: left out: {reason}"))
    if len(theirs.refused) > _NAMED:
        err().print(f"{len(theirs.refused) - _NAMED:,} more rows left out")


def _compared(theirs: EventFile) -> list[dict[str, Any]]:
    from pandas import DataFrame

    from flows import settings as places
    from transforms import comparing
    from warehouse.query import records

    # UCDP lists events with a death alone, so ours without one would be no news
    least = 1 if theirs.form == "UCDP" else 0
    query = (
        f"SELECT {', '.join(comparing.COLUMNS)} FROM mart.event_toll "
        f"WHERE coalesce(greatest(killed_low, killed_best, killed_high), 0) >= {least}"
    )
    ours = DataFrame(records(places.load().home, query), columns=comparing.COLUMNS)
    return comparing.compare(DataFrame(theirs.events).astype("object"), ours)


def _print_csv(rows: list[dict[str, Any]]) -> None:
    from transforms.exchange import delimited

    for line in delimited.lines(list(rows[0]), (list(row.values()) for row in rows)):
        sys.stdout.buffer.write(line.encode())
    sys.stdout.buffer.flush()


def _print_json(rows: list[dict[str, Any]]) -> None:
    import orjson

    typer.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())


def _show(rows: list[dict[str, Any]], form: str) -> None:
    from flows.console import out, table

    out().print(table(_SHOWN, [[row[name] for name in _SHOWN] for row in rows]))
    count = {status: sum(row["status"] == status for row in rows) for status in _statuses()}
    other = sum(1 for row in rows if row["difference"])
    out().print(
        f"{form}: {count['matched']:,} matched, {other:,} of them with another count; "
        f"{count['missing']:,} missing in the ledger; {count['extra']:,} in the ledger alone."
    )


def _statuses() -> tuple[str, ...]:
    from transforms.comparing import STATUSES

    return STATUSES
