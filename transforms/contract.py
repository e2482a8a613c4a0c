"""The form that `tollbook extract` reads and writes; schemas/extract.schema.json describes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from transforms.fields import DateError, candidates, published
from transforms.model import TOLL_MEASURES, Article, Count

if TYPE_CHECKING:
    from datetime import date

    from transforms.model import (
        ActorRole,
        Claim,
        DateMention,
        Extraction,
        Incident,
        PlaceCandidate,
        PlaceMention,
    )

#: Version of the form. A new key raises the minor part; a changed or lost one the major part.
VERSION = "1.2"
_TEXT_FIELDS = ("id", "text", "title", "url", "language", "published_at")


class ContractError(ValueError):
    """An input object is not of the form; the message says which field and why."""


def article_from(row: object) -> Article:
    """The article in one input object.

    Raises:
        ContractError: not an object, no id or text, a field that is not text, or a
            date of publication that does not exist.
    """
    if not isinstance(row, dict):
        raise ContractError(f"expected an object with id and text, found {type(row).__name__}")
    for name in ("id", "text"):
        if row.get(name) is None:
            raise ContractError(f"the field {name!r} is missing")
    if isinstance(row["id"], int) and not isinstance(row["id"], bool):
        row = {**row, "id": str(row["id"])}
    row = {**row, "published_at": _stated(row)}
    for name in _TEXT_FIELDS:
        value = row.get(name)
        if value is not None and not isinstance(value, str):
            raise ContractError(f"the field {name!r} is {type(value).__name__}, expected text")
    if not row["text"].strip():
        raise ContractError("the text is empty")
    return Article(
        id=row["id"],
        text=row["text"],
        published_at=_day(row["published_at"]),
        title=row.get("title"),
        url=row.get("url"),
        language=row.get("language"),
    )


def _stated(row: dict[str, object]) -> object:
    """The date of publication under any of its usual names, as `tollbook run` reads them."""
    return next((value for value in candidates(row)["published_at"] if value != ""), None)


def _day(written: str | None) -> date | None:
    """The day of publication as it is written, in its own zone."""
    try:
        return published(written)[1]
    except DateError as error:
        raise ContractError(str(error)) from None


def to_row(extraction: Extraction) -> dict[str, Any]:
    """The output object of one extraction."""
    return {
        "id": extraction.article_id,
        "language": extraction.language,
        "incidents": [_incident(incident) for incident in extraction.incidents],
        "claims": [_claim(claim) for claim in extraction.claims],
        "places": [_place_mention(place) for place in extraction.places],
        "dates": [_date_mention(mention) for mention in extraction.dates],
        "errors": list(extraction.errors),
    }


def error_row(article_id: str | None, message: str) -> dict[str, Any]:
    """The output object for an input that could not be read."""
    return {
        "id": article_id,
        "language": None,
        "incidents": [],
        "claims": [],
        "places": [],
        "dates": [],
        "errors": [message],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _count(count: Count) -> dict[str, int | None]:
    return {"low": count.low, "best": count.best, "high": count.high}


def _incident(incident: Incident) -> dict[str, Any]:
    day = incident.date
    row: dict[str, Any] = {
        "incident_id": incident.incident_id,
        "date_start": _iso(day.date_start) if day else None,
        "date_end": _iso(day.date_end) if day else None,
        "date_prec": day.date_prec if day else None,
        "place": _place(incident.place) if incident.place else None,
        "sub_event_type": incident.sub_event_type,
        "weapon": incident.weapon,
        "actors": list(incident.actors),
    }
    for measure in TOLL_MEASURES:
        row[measure] = _count(incident.tolls.get(measure, Count()))
    roles = [actor_role(part) for part in incident.actor_roles]
    return {
        **row,
        "claim_ids": list(incident.claim_ids),
        "rules": dict(incident.rules),
        "actor_roles": roles,
    }


def actor_role(part: ActorRole) -> dict[str, Any]:
    """What is told of an actor's part in the attack."""
    names = ("start", "end", "text", "actor", "role", "speaker", "speaker_role")
    return {name: getattr(part, name) for name in names}


def _place(place: PlaceMention) -> dict[str, Any]:
    return {
        "geoname_id": place.geoname_id,
        "name": place.name or place.text,
        "country": place.country,
        "country_code": place.country_code,
        "admin1": place.admin1,
        "admin1_code": place.admin1_code,
        "lat": place.lat,
        "lon": place.lon,
        "where_prec": place.where_prec,
        "stated_region": place.stated_region,
        "region_contradicted": place.region_contradicted,
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "claim_id": claim.claim_id,
        "measure": claim.measure,
        "low": claim.low,
        "best": claim.best,
        "high": claim.high,
        "qualifier": claim.qualifier,
        "scope": claim.scope,
        "relation": claim.relation,
        "parent_claim_id": claim.parent_claim_id,
        "category": claim.category,
        "sex": claim.sex,
        "age_group": claim.age_group,
        "speaker": claim.speaker,
        "speaker_role": claim.speaker_role,
        "certainty": claim.certainty,
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
    }


def _place_mention(place: PlaceMention) -> dict[str, Any]:
    return {
        "start": place.start,
        "end": place.end,
        "text": place.text,
        "geoname_id": place.geoname_id,
        "name": place.name,
        "country": place.country,
        "country_code": place.country_code,
        "admin1": place.admin1,
        "lat": place.lat,
        "lon": place.lon,
        "feature": place.feature,
        "score": round(place.score, 3),
        "candidates": [_candidate(candidate) for candidate in place.candidates],
    }


def _candidate(candidate: PlaceCandidate) -> dict[str, Any]:
    return {
        "geoname_id": candidate.geoname_id,
        "name": candidate.name,
        "admin1": candidate.admin1,
        "country_code": candidate.country_code,
        "score": candidate.score,
    }


def _date_mention(mention: DateMention) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "date_start": _iso(mention.date_start),
        "date_end": _iso(mention.date_end),
        "date_prec": mention.date_prec,
    }
