"""`tollbook explain`: every claim behind each number of an incident or event."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.console import counted, highlighted
from transforms.model import TOLL_MEASURES

if TYPE_CHECKING:
    from pathlib import Path

    from rich.text import Text

EXAMPLE = """Example: tollbook explain e:11e1de8f5eda7551:i1

Example: tollbook explain a48f0d79a452b2eb:i1

Example: tollbook explain a48f0d79a452b2eb:c84-killed
"""
_BOUNDS = ("low", "best", "high")
Row = dict[str, Any]


class UnknownIdError(Exception):
    """No incident, event or claim has the id that was asked for."""


def explain(
    what: Annotated[
        str, typer.Argument(metavar="ID", help="The id of an incident, an event or a claim.")
    ],
) -> None:
    """Show the sentences, speakers and sources behind each number."""
    from flows import settings as places
    from flows.console import out

    home = places.load().home
    claims = _claims(home, what)
    if not claims:
        raise UnknownIdError(
            f"{what}: no incident, event or claim that counts now has this id; "
            '`tollbook sql "SELECT event_id, incident_id FROM event_account"` lists them'
        )
    for line in _head(home, what):
        out().print(line)
    for measure, group in groupby(claims, key=lambda claim: claim["measure"]):
        out().print()
        out().print(_number(home, what, measure))
        for claim in group:
            out().print(_passage(claim))


def _rows(home: Path, query: str, what: str) -> list[Row]:
    from warehouse.query import records
    from warehouse.sql import quoted

    return records(home, query.replace("$id", quoted(what)))


def _claims(home: Path, what: str) -> list[Row]:
    query = (
        "SELECT * FROM mart.incident_claims WHERE $id IN (incident_id, event_id, claim_id) "
        f"ORDER BY list_position({list(TOLL_MEASURES)}, measure) NULLS LAST, measure, "
        "published_at NULLS LAST, article_id, span_start"
    )
    return _rows(home, query, what)


def _head(home: Path, what: str) -> list[str]:
    """What, where and when; for an event, how many accounts there are of it."""
    shown = "sub_event_type, place_name, admin1, country, date_start, date_end"
    found = _rows(home, f"SELECT {shown} FROM core.current_incident WHERE incident_id = $id", what)
    found += _rows(
        home, f"SELECT {shown}, n_articles FROM mart.event_toll WHERE event_id = $id", what
    )
    return [_headline(row) for row in found]


def _headline(row: Row) -> str:
    where = ", ".join(row[n] for n in ("place_name", "admin1", "country") if row[n])
    first, last = row["date_start"], row["date_end"]
    when = f"{first} to {last}" if first != last else str(first or "day unknown")
    articles = f"; articles: {row['n_articles']}" if row.get("n_articles") else ""
    kind = row["sub_event_type"] or "Kind unknown"
    return f"{kind}; {where or 'place unknown'}; {when}{articles}"


def _number(home: Path, what: str, measure: str) -> Text:
    """The measure, and the number that the claims below lead to."""
    from rich.text import Text

    found: list[Row] = []
    if measure in TOLL_MEASURES:
        shown = ", ".join(f"{measure}_{bound} AS {bound}" for bound in _BOUNDS)
        found = _rows(
            home,
            f"SELECT {shown} FROM core.current_incident WHERE incident_id = $id "
            f"UNION ALL SELECT {shown} FROM mart.event_toll WHERE event_id = $id",
            what,
        )
    title = Text(measure.replace("_", " "), style="bold underline")
    return title.append(f"  {_count(found[0])}" if found else "", style="bold")


def _count(row: Row) -> str:
    return counted(*(row[bound] for bound in _BOUNDS))


def _passage(claim: Row) -> Text:
    """One claim: who, where and when, and the sentence with the number set off."""
    from rich.text import Text

    speaker = claim["speaker"] or "the writer"
    if claim["speaker"] and claim["speaker_role"] not in (None, claim["speaker"]):
        speaker += f" ({claim['speaker_role']})"
    when = f"{claim['published_at']:%Y-%m-%d %H:%M} UTC" if claim["published_at"] else "undated"
    source = f"{claim['publisher'] or 'publisher unknown'}, {when}"
    nature = [claim["certainty"], claim["scope"], claim["relation"], claim["category"]]
    text = Text("\n  ").append(_count(claim), style="bold").append(f"  {speaker}; {source}\n  ")
    sentence = highlighted(claim["sentence"], [(claim["quote_start"], claim["quote_end"])])
    text.append_text(sentence).append(f"\n  {', '.join(nature)}; {claim['claim_id']}", "dim")
    return text.append(f"\n  {claim['url']}", "dim") if claim["url"] else text
