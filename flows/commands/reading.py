"""What was read out of one article, for people: the text with its quotes, and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.console import counted, highlighted, out, table
from transforms.model import TOLL_MEASURES, Count

if TYPE_CHECKING:
    from transforms.model import Article, Claim, Extraction, Incident


def show(article: Article, extraction: Extraction) -> None:
    """Print an article with its claims highlighted, its incidents and its claims."""
    spans = [(claim.start, claim.end) for claim in extraction.claims]
    out().print(highlighted(article.text, spans))
    if not extraction.claims:
        out().print("\nNo casualty claims.")
        return
    out().print()
    for incident in extraction.incidents:
        out().print(table(("incident", incident.incident_id), _incident(incident)))
    columns = ("measure", "count", "scope", "relation", "speaker", "words")
    out().print(table(columns, (_claim(claim) for claim in extraction.claims)))
    for error in extraction.errors:
        out().print(error)


def _incident(incident: Incident) -> list[tuple[str, object]]:
    place, day = incident.place, incident.date
    where = [place.name or place.text, place.admin1, place.country] if place else []
    rows: list[tuple[str, object]] = [
        ("where", ", ".join(part for part in where if part)),
        ("when", _days(day.date_start, day.date_end) if day else None),
        ("what", incident.sub_event_type),
        ("weapon", incident.weapon),
        ("actors", incident.actors),
    ]
    rows += [
        (measure.replace("_", " "), _count(incident.tolls[measure]))
        for measure in TOLL_MEASURES
        if incident.tolls.get(measure, Count()).known
    ]
    return [(name, value) for name, value in rows if value]


def _count(count: Count | Claim) -> str:
    return counted(count.low, count.best, count.high)


def _days(first: object, last: object) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _claim(claim: Claim) -> tuple[object, ...]:
    words = (claim.measure.replace("_", " "), _count(claim), claim.scope, claim.relation)
    return (*words, claim.speaker, claim.quote)
