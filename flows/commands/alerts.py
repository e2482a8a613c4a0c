"""`tollbook alerts`: where alerts go, and whether they arrive."""

from __future__ import annotations

from typing import Annotated

import typer

EXAMPLE = """Example: tollbook alerts

Example: TOLLBOOK_ALERT_WEBHOOK=https://chat.example/hook tollbook alerts --test
"""


def alerts(
    test: Annotated[bool, typer.Option("--test", help="Send an alert every way there is.")] = False,
) -> None:
    """Say where alerts of `tollbook serve` go.

    Where is told by the keys of alerts.toml in the data folder.
    """
    from flows import alerts as ways
    from flows import settings as places
    from flows.console import near, safe

    settings = places.load()
    found = ways.load(settings)
    each = list(found.each())
    typer.echo(safe("\n".join(each) or f"No alerts are sent: {near(str(settings.alerts))} names "
                    "neither a webhook nor a command."))  # fmt: skip
    if not test:
        return
    failed = ways.send(settings, ways.TRIAL, "alerts", "this is a test")
    for line in failed:
        typer.echo(safe(f"NOT sent: {line}"), err=True)
    if failed or not each:
        raise typer.Exit(1)
    typer.echo("A test was sent.")
