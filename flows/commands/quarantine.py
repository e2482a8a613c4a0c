"""`tollbook quarantine`: what was refused, and why; and trying it again."""

from __future__ import annotations

import hashlib
import sys
from typing import Annotated, Any

import typer

EXAMPLE = "Example: tollbook quarantine list --all"
SHOW_EXAMPLE = """Example: tollbook quarantine show ID

Example: tollbook quarantine show ID >refused.txt
"""
RELEASE_EXAMPLE = "Example: tollbook quarantine release ID"
app = typer.Typer(help="See what was refused, and why.", epilog=EXAMPLE, no_args_is_help=True)


class UnknownRowError(Exception):
    """Nothing in quarantine has the id that was asked for."""


class StillHeldError(Exception):
    """What was to be released is refused again; the message says why."""


@app.command("list", epilog=EXAMPLE)
def list_rows(
    every: Annotated[
        bool, typer.Option("--all", help="Also what has been released since.")
    ] = False,
) -> None:
    """List what is in quarantine: id, file and line, reason."""
    from flows import settings as places
    from flows.console import out, table
    from warehouse.query import run_sql

    query = (
        "SELECT quarantine_id, level, source || coalesce(':' || line, '') AS input, key, reason "
        "FROM quality.quarantine WHERE released_at IS NULL OR $all ORDER BY source, line, key"
    )
    found = run_sql(places.load().home, query.replace("$all", str(every)))
    if found.num_rows:
        rows = ([*row.values()] for row in found.to_pylist())
        columns = ("id", "level", "input", "key", "reason")
        out().print(table(columns, rows, whole=("id", "level")))
    else:
        out().print("The quarantine is empty.")


@app.command(epilog=SHOW_EXAMPLE)
def show(
    which: Annotated[
        str, typer.Argument(metavar="ID", help="The id, or its beginning, as list has it.")
    ],
) -> None:
    """Show one refused input.

    The reason goes to stderr, the raw content as it was to stdout.
    """
    from flows.console import err, safe

    row = _one(which)
    raw = row.pop("raw")
    for name, value in row.items():
        if value is not None:
            err().print(safe(f"{name:15} {value}"))
    err().print(_kept(raw, row["raw_sha256"]))
    _print_raw(raw or "")


@app.command(epilog=RELEASE_EXAMPLE)
def release(
    which: Annotated[
        str, typer.Argument(metavar="ID", help="The id, or its beginning, as list has it.")
    ],
) -> None:
    """Try one refused input again, once its cause is mended.

    It is loaded if it passes now.
    """
    from flows import settings as places
    from flows.commands.run import start
    from flows.console import out, safe

    settings = places.load()
    row = _one(which)
    name = str(row["quarantine_id"])
    start(settings, verbose=False)
    from flows.ingest import ingest

    ingest(f"release {name}", **_again(row))
    now = _one(name)
    if now["released_at"] is None:
        raise StillHeldError(f"{name} is refused again: {now['reason']}")
    out().print(safe(f"Released {name}: {now['key'] or now['source']}"), soft_wrap=True)


def _again(row: dict[str, Any]) -> dict[str, Any]:
    """How the flow reads an input again: a row by its article, an article by its source."""
    from pathlib import Path

    if row["level"] != "article":
        article, _, _ = str(row["key"]).rpartition(":")
        return {"sources": [], "anew": [article]}
    source = str(row["source"])
    if not source.startswith(("http://", "https://")) and not Path(source).is_file():
        raise UnknownRowError(f"{source} is not there any more: mend it and run it by its new name")
    return {"sources": [source]}


def _one(which: str) -> dict[str, Any]:
    """The row with this id, or the one whose id begins so."""
    from flows import settings as places
    from warehouse.query import records
    from warehouse.sql import quoted

    query = f"FROM quality.quarantine WHERE starts_with(quarantine_id, {quoted(which)})"
    found = records(places.load().home, query)
    if len(found) != 1:
        problem = "more than one id begins so" if found else "nothing in quarantine has this id"
        raise UnknownRowError(f"{which}: {problem}; see `tollbook quarantine list`")
    return found[0]


def _kept(raw: str | None, digest: str | None) -> str:
    """What of the input is below."""
    if raw is None:
        return "No content was kept: there was none that could be read."
    if not raw:
        return "The input is empty."
    if hashlib.sha256(raw.encode()).hexdigest() == digest:
        return ""
    return "Not byte for byte: at most 1 MB is kept, and bytes that are no text as \\xNN."


def _print_raw(raw: str) -> None:
    """The content, unwrapped: into a file or pipe byte for byte, on a terminal without orders."""
    from flows.console import safe

    if sys.stdout.isatty():
        sys.stdout.write(safe(raw).rstrip("\n") + "\n" * bool(raw))
    else:
        sys.stdout.buffer.write(raw.encode())
