"""`tollbook gazetteer`: the list of places that names in the text are looked up in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EXAMPLE = "Example: tollbook gazetteer build --out seeds/gazetteer/gazetteer.bin"
IMPORT_EXAMPLE = "Example: tollbook gazetteer import UA.zip"
app = typer.Typer(
    help="Add places to the list, or build it.", epilog=IMPORT_EXAMPLE, no_args_is_help=True
)
_SHIPPED = Path(__file__).resolve().parents[2] / "seeds" / "gazetteer" / "gazetteer.bin"


@app.command("import", epilog=IMPORT_EXAMPLE)
def import_dump(
    dump: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, help="A dump as GeoNames gives it: UA.zip, UA.txt."
        ),
    ],
) -> None:
    """Add the places of a GeoNames dump to those that ship."""
    from flows import gazetteer, settings

    overlay = settings.load().gazetteer
    overlay.parent.mkdir(parents=True, exist_ok=True)
    typer.echo(str(gazetteer.import_dump(dump, overlay)))
    typer.echo(f"{overlay} is in use from now on; `tollbook run --again` reads old articles anew.")


@app.command(epilog=EXAMPLE)
def build(
    out: Annotated[Path, typer.Option(help="The file to write.", dir_okay=False)] = _SHIPPED,
) -> None:
    """Make the list that ships anew from open data.

    Needs the packages of the extra "dev".
    """
    from flows import gazetteer

    typer.echo(f"{gazetteer.build(out):,} places in {out}")
