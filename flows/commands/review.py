"""`tollbook review`: links between accounts that a person should decide."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from seeds.corrections import LinkDecision

EXAMPLE = "Example: tollbook review list"
SHOW_EXAMPLE = "Example: tollbook review show 11e1de8f5eda7551:i1 a48f0d79a452b2eb:i1"
SAME_EXAMPLE = """Example: tollbook review same 11e1de8f5eda7551:i1 a48f0d79a452b2eb:i1 --why once

In place of the two ids, the rank in `tollbook review list`.
"""
APART_EXAMPLE = SAME_EXAMPLE.replace("same", "apart").replace("--why once", "--why twice")
FORGET_EXAMPLE = "Example: tollbook review forget 11e1de8f5eda7551:i1 a48f0d79a452b2eb:i1"
app = typer.Typer(
    help="Decide whether doubtful accounts tell of one event.",
    epilog=EXAMPLE,
    no_args_is_help=True,
)
Row = dict[str, Any]
_Which = Annotated[
    list[str],
    typer.Argument(metavar="RANK | ONE OTHER", help="A number of the list, or two incident ids."),
]
_Why = Annotated[str, typer.Option("--why", help="The reason, for whoever reads it later.")]
_Who = Annotated[
    str | None, typer.Option("--who", help="Who decides; you, as this machine knows you.")
]


class ReviewError(Exception):
    """What was asked about is not there; the message says what to do."""


@app.command("list", epilog=EXAMPLE)
def list_links(
    limit: Annotated[int, typer.Option("--limit", min=1, help="Show so many.")] = 20,
) -> None:
    """List doubtful links, and lookalikes that were left apart.

    The most doubtful come first.
    """
    from flows.console import out, table

    rows = _query(f"FROM mart.link_review ORDER BY rank LIMIT {limit}")
    if not rows:
        out().print("No link is in doubt.")
        return
    shown = [[r["rank"], r["question"], r["score"], _titles(r), r["reason"]] for r in rows]
    out().print(table(("rank", "question", "score", "accounts", "signs"), shown, whole=("rank",)))


def _titles(row: Row) -> str:
    return " / ".join(str(row[f"{side}_title"] or row[side]) for side in ("one", "other"))


@app.command(epilog=SHOW_EXAMPLE)
def show(which: _Which) -> None:
    """Show two accounts one after the other.

    Where, when, how many, and in which words.
    """
    from flows.commands import explain
    from flows.console import out

    for incident in _pair(which):
        row = _account(incident)
        out().rule(f"{row['publisher'] or 'publisher unknown'}: {row['title'] or row['source']}")
        explain.explain(incident)


@app.command(epilog=SAME_EXAMPLE)
def same(which: _Which, why: _Why, who: _Who = None) -> None:
    """Decide that two accounts tell of one event.

    It holds from the next run on.
    """
    _decide(which, "same", why, who)


@app.command(epilog=APART_EXAMPLE)
def apart(which: _Which, why: _Why, who: _Who = None) -> None:
    """Decide that two accounts tell of two events.

    It holds from the next run on.
    """
    _decide(which, "apart", why, who)


@app.command(epilog=FORGET_EXAMPLE)
def forget(one: str, other: str) -> None:
    """Take a decision back; the rules decide again from the next run on."""
    from flows.console import out
    from seeds import corrections

    if not corrections.forget(one, other):
        raise ReviewError(f"nothing was decided on {one} and {other}")
    out().print(f"Taken back. `tollbook run` links {one} and {other} by the rules again.")


def _decide(which: list[str], decision: str, why: str, who: str | None) -> None:
    from flows.console import out
    from seeds import corrections

    if not why.strip():
        raise typer.BadParameter("say why, in a few words", param_hint="--why")
    one, other = _pair(which)
    path = corrections.decide(_decision(one, other, decision, why, who or getpass.getuser()))
    out().print(f"Noted in {path}. `tollbook run` links by it, until one of the texts changes.")


def _decision(one: str, other: str, decision: str, why: str, who: str) -> LinkDecision:
    from seeds.corrections import LinkDecision

    first, second = (_account(incident)["version_id"] for incident in (one, other))
    today = datetime.now(UTC).date().isoformat()
    return LinkDecision(one, other, decision, first, second, who, today, why)


def _pair(which: list[str]) -> tuple[str, str]:
    """The two incidents, the lesser id first."""
    if len(which) == 2 and which[0] != which[1]:
        one, other = sorted(which)
        return one, other
    if len(which) == 1 and which[0].isdecimal():
        rows = _query(f"SELECT one, other FROM mart.link_review WHERE rank = {which[0]}")
        if rows:
            return rows[0]["one"], rows[0]["other"]
        raise ReviewError(f"nothing has the rank {which[0]}: see `tollbook review list`")
    raise ReviewError("name one rank of `tollbook review list`, or two incident ids")


def _account(incident: str) -> Row:
    from warehouse.sql import quoted

    rows = _query(
        "SELECT i.version_id, a.publisher, a.title, a.source FROM core.current_incident AS i "
        f"JOIN core.current_article AS a USING (article_id) WHERE incident_id = {quoted(incident)}"
    )
    if not rows:
        raise ReviewError(f"{incident}: no incident that counts now has this id")
    return rows[0]


def _query(query: str) -> list[Row]:
    from flows import settings as places
    from warehouse.query import records

    return records(places.load().home, query)
