"""The `tollbook` command. Commands import what they need when they run, so help is quick."""

from __future__ import annotations

import os
import sys
import traceback
from typing import TYPE_CHECKING, Annotated

import typer

from flows import __version__
from flows.commands import (
    alerts,
    compare,
    compile,
    evaluate,
    explain,
    export,
    extract,
    gazetteer,
    quarantine,
    reextract,
    report,
    review,
    run,
    serve,
    sources,
    sql,
)
from flows.console import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

_OURS = frozenset({"flows", "transforms", "expectations", "warehouse", "seeds"})

_EXAMPLE = """Example: tollbook run samples

Example: tollbook sql "FROM event_toll LIMIT 5"

Data lie in data/ of the working directory, or where the variable TOLLBOOK_HOME says.
"""

app = typer.Typer(
    name="tollbook",
    epilog=_EXAMPLE,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # its import would be more than half of the start of `--help`
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("run", epilog=run.EXAMPLE)(run.run)
app.command("serve", epilog=serve.EXAMPLE)(serve.serve)
app.command("alerts", epilog=alerts.EXAMPLE)(alerts.alerts)
app.command("reextract", epilog=reextract.EXAMPLE)(reextract.reextract)
app.command("extract", epilog=extract.EXAMPLE)(extract.extract)
app.command("sql", epilog=sql.EXAMPLE)(sql.sql)
app.command("tables", epilog=sql.TABLES_EXAMPLE)(sql.tables)
app.command("explain", epilog=explain.EXAMPLE)(explain.explain)
app.command("export", epilog=export.EXAMPLE)(export.export)
app.command("compare", epilog=compare.EXAMPLE)(compare.compare)
app.command("evaluate", epilog=evaluate.EXAMPLE)(evaluate.evaluate)
app.command("compile", epilog=compile.EXAMPLE)(compile.compile_reader)
app.command("report", epilog=report.EXAMPLE)(report.report)
app.command("runs", epilog=report.RUNS_EXAMPLE)(report.runs)
app.add_typer(sources.app, name="sources")
app.add_typer(quarantine.app, name="quarantine")
app.add_typer(review.app, name="review")
app.add_typer(gazetteer.app, name="gazetteer")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tollbook {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
    _debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error. May stand anywhere.")
    ] = False,
) -> None:
    """Reads conflict news and keeps the books on casualties."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line. Exit codes: 0 fine, 1 failed, 2 bad usage."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in words
    command = typer.main.get_command(app)
    try:
        command([word for word in words if word != "--debug"], prog_name="tollbook")
    except BrokenPipeError:  # the reader of a pipe has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:  # noqa: BLE001  the last stop: whatever it is, it is said in a line
        if debug:
            traceback.print_exception(error)
        typer.echo(f"tollbook: {safe(_message(error))}", err=True)
        # A connection that the traceback keeps would outlive DuckDB, which complains at length.
        traceback.clear_frames(error.__traceback__)
        sys.exit(1)


def _message(error: Exception) -> str:
    """One line: what went wrong, in the error's own words where they are meant to be read."""
    if type(error).__module__.partition(".")[0] in _OURS:
        return " ".join(str(error).split())
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    first = (str(error).splitlines() or [""])[0]
    return f"internal error, {type(error).__name__}: {first} (--debug shows where)"
