"""`tollbook gazetteer`: the list of places that names in the text are looked up in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Build the list of places, or add to it.", no_args_is_help=True)
EXAMPLE = "Example: tollbook gazetteer build --out seeds/gazetteer/gazetteer.bin"
IMPORT_EXAMPLE = "Example: tollbook gazetteer import UA.zip"
_FILE = Path(__file__).resolve().parents[2] / "seeds" / "gazetteer" / "gazetteer.bin"


@app.command(epilog=EXAMPLE)
def build(
    out: Annotated[Path, typer.Option(help="The file to write.", dir_okay=False)] = _FILE,
) -> None:
    """Make the list anew from open data; needs the packages of the extra "dev"."""
    from flows import gazetteer

    typer.echo(f"{gazetteer.build(out):,} places in {out}")
