"""Small batches made by hand. All events are invented."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
from pandas import DataFrame

from warehouse.frames import Frames

MEASURES = ("killed", "injured", "hospitalised", "critically_injured", "missing", "captured")
FETCHED = datetime(2026, 5, 2, 8, 0)
PLACES: dict[str, dict[str, Any]] = {
    "Odesa": {"geoname_id": 698740, "lat": 46.477, "lon": 30.733, "admin1": "Odesa Oblast"},
    # 16 km from Odesa
    "Chornomorsk": {"geoname_id": 710554, "lat": 46.302, "lon": 30.655, "admin1": "Odesa Oblast"},
    "Kherson": {"geoname_id": 706448, "lat": 46.656, "lon": 32.618, "admin1": "Kherson Oblast"},
}


def article(name: str, text: str, **given: Any) -> dict[str, Any]:
    """A row of raw.article."""
    row = {
        "article_id": name,
        "url": f"https://{name}.example/1",
        "publisher": f"The {name.title()} Post",
        "title": f"From {name}",
        "author": None,
        "published_at": datetime(2026, 5, 1, 12, 0),
        "language": "en",
        "text": text,
        "source": f"articles/{name}.txt",
        "line": None,
        "fetched_at": FETCHED,
        "published_on": date(2026, 5, 1),
        "body_sha256": None,
        "updated_at": None,
        "source_name": None,
        **given,
    }
    return {"version_id": hashlib.sha256(str(row).encode()).hexdigest(), **row}


def incident(
    of: dict[str, Any], number: int = 1, place: str | None = "Odesa", **given: Any
) -> dict[str, Any]:
    """A row of core.incident."""
    where = {"geoname_id": None, "lat": None, "lon": None, "admin1": None}
    row: dict[str, Any] = {
        "incident_id": f"{of['article_id']}:i{number}",
        "article_id": of["article_id"],
        "version_id": of["version_id"],
        "date_start": date(2026, 4, 30),
        "date_end": date(2026, 4, 30),
        "date_prec": 1,
        "place_name": place,
        "country": "Ukraine" if place else None,
        "country_code": "UA" if place else None,
        "where_prec": 1 if place else None,
        "stated_region": None,
        "region_contradicted": False,
        "place_span_start": None,
        "place_span_end": None,
        "sub_event_type": "Air/drone strike",
        "weapon": "drone",
        "actors": ("Military Forces of Russia",),
        "rules": "{}",
        "link_keys": [],
        "corrections": None,
        "actor_roles": None,
        **(PLACES[place] if place else where),
    }
    for measure in MEASURES:
        row |= {f"{measure}_low": None, f"{measure}_best": None, f"{measure}_high": None}
    return row | given


def claim(of: dict[str, Any], quote: str, best: int | None, **given: Any) -> dict[str, Any]:
    """A row of core.claim for words that stand in the article."""
    start = of["text"].index(quote)
    end = start + len(quote)
    measure = given.get("measure", "killed")
    return {
        "claim_id": f"{of['article_id']}:c{start}-{end}-{measure}",
        "article_id": of["article_id"],
        "version_id": of["version_id"],
        "incident_id": f"{of['article_id']}:i1",
        "measure": measure,
        "low": best,
        "best": best,
        "high": best,
        "qualifier": "exact",
        "scope": "incident",
        "relation": "total",
        "parent_claim_id": None,
        "category": "civilian",
        "sex": None,
        "age_group": None,
        "speaker": None,
        "speaker_role": None,
        "certainty": "asserted",
        "span_start": start,
        "span_end": end,
        "quote": quote,
        "corrections": None,
        **given,
    }


def part(
    role: str, actor: str | None, speaker: str | None = None, quote: str = "They"
) -> dict[str, Any]:
    """What an account says of an actor's part, as core.incident.actor_roles has it."""
    return {
        "start": 0, "end": len(quote), "text": quote, "actor": actor, "role": role,
        "speaker": speaker, "speaker_role": None,
    }  # fmt: skip


def mention(of: dict[str, Any], words: str) -> dict[str, Any]:
    """What a place and a date mention have in common."""
    start = of["text"].index(words)
    return {
        "mention_id": f"{of['article_id']}:m{start}-{start + len(words)}",
        "article_id": of["article_id"],
        "version_id": of["version_id"],
        "span_start": start,
        "span_end": start + len(words),
        "mention_text": words,
    }


def place(of: dict[str, Any], words: str) -> dict[str, Any]:
    """A row of core.place_mention."""
    return {
        **mention(of, words),
        "name": words,
        "country": "Ukraine",
        "country_code": "UA",
        "admin1_code": "UA-51",
        "admin2": None,
        "feature": "PPL",
        "score": 0.9,
        "where_prec": 1,
        "stated_region": None,
        "region_contradicted": False,
        "candidates": None,
        **PLACES[words],
    }


def day(of: dict[str, Any], words: str, on: date) -> dict[str, Any]:
    """A row of core.date_mention."""
    return {**mention(of, words), "date_start": on, "date_end": on, "date_prec": 1}


def refusal(source: str, line: int | None = None, **given: Any) -> dict[str, Any]:
    """A row of quality.quarantine."""
    return {
        "source": source,
        "line": line,
        "key": None,
        "level": "article",
        "reason": "the text is empty",
        "raw": "{}",
        **given,
    }


def step(name: str, rows_in: int, refused: int = 0) -> dict[str, Any]:
    """A row of quality.run_step."""
    return {
        "step": name,
        "rows_in": rows_in,
        "rows_out": rows_in - refused,
        "rows_quarantined": refused,
        "seconds": 0.5,
    }


def check(name: str, status: str, checked: int, unexpected: int) -> dict[str, Any]:
    """A row of quality.check_result."""
    return {
        "suite": "claims",
        "expectation": name,
        "severity": "warning",
        "status": status,
        "checked": checked,
        "unexpected": unexpected,
        "sentence": "Best lies between low and high.",
        "sample": None,
    }


def batch(number: int = 0, articles_in: int | None = None, **frames: Any) -> Frames:
    """A batch from lists of rows; ``articles_in`` counts what is there unless it is given."""
    tables: dict[str, Any] = {
        name: _frame(rows) for name, rows in frames.items() if isinstance(rows, list)
    }
    flags = {name: flag for name, flag in frames.items() if not isinstance(flag, list)}
    refused = [row for row in frames.get("quarantine", []) if row["level"] == "article"]
    counted = len(frames.get("articles", [])) + len(refused)
    given = counted if articles_in is None else articles_in
    return Frames(batch=number, articles_in=given, **tables, **flags)


def _frame(rows: list[dict[str, Any]]) -> DataFrame:
    try:
        return DataFrame(rows)
    except UnicodeEncodeError:  # pandas' own strings cannot hold a lone surrogate
        return DataFrame(rows, dtype="object")


_OFFICIALS = {"speaker": "Officials", "speaker_role": "Officials"}


def report(name: str, killed: int, **given: Any) -> dict[str, Any]:
    """All rows of an article with one incident in Odesa and its toll."""
    hour = given.pop("hour", 12)
    where = given.pop("place", "Odesa")
    words = f"A drone struck a market in {where} on Thursday. Officials said {killed} people died. "
    own = given.pop("text", " ".join(f"{name}{number}" for number in range(40)) + ".")
    at = given.pop("published_at", datetime(2026, 5, 1) + timedelta(hours=hour))
    row = article(name, words + own, published_at=at)
    toll = {"killed_low": killed, "killed_best": killed, "killed_high": killed}
    return {
        "articles": [row],
        "incidents": [incident(row, place=where, **{**toll, **given})],
        "claims": [claim(row, f"{killed} people died", killed, **_OFFICIALS)],
        "places": [place(row, where)],
        "dates": [day(row, "Thursday", date(2026, 4, 30))],
    }


def together(*reports: dict[str, Any]) -> dict[str, Any]:
    """The rows of several reports."""
    return {name: [row for one in reports for row in one[name]] for name in reports[0]}


def many(number: int, size: int) -> Frames:
    """A larger batch with some refused articles and accounts that later batches join."""
    reports = []
    for index in range(size):
        one = report(
            f"paper{number}x{index}",
            killed=1 + index % 7,
            hour=number,
            place=list(PLACES)[index % 3],
            sub_event_type=("Air/drone strike", "Armed clash", None)[index % 5 % 3],
            date_start=date(2026, 4, 30) - timedelta(days=index % 11),
            date_end=date(2026, 4, 30) - timedelta(days=index % 11),
        )
        reports.append(one)
    refused = [refusal(f"batch{number}.jsonl", line) for line in range(1, 4)]
    return batch(
        number, **together(*reports), quarantine=refused, steps=[step("read", size + 3, 3)]
    )


def nothing() -> DataFrame:
    """No rows at all, with no columns either."""
    return pd.DataFrame()
