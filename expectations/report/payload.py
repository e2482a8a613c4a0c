"""What the page's script draws, small enough to embed: JSON, deflated, in base64.

Base64 also keeps any text of an article from being read as markup.
"""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

from expectations.report.model import ReportData, Row, Rows
from seeds import read

#: The statement of a number: its columns in the order in which the script reads them.
_CLAIM = (
    "measure",
    "low",
    "best",
    "high",
    "qualifier",
    "relation",
    "category",
    "speaker",
    "speaker_role",
    "certainty",
    "speaker_latin",
    "language",
)
_ARTICLE = ("publisher", "title", "url", "published_at")
_FIGURE = ("measure", "low", "best", "high", "published_at", "publishers")
_AGREEMENT = ("event_id", "measure", "n_publishers", "least", "most", "spread")


def embedded(data: ReportData) -> str:
    """Everything that the script needs, as one string of base64."""
    text = json.dumps(_content(data), ensure_ascii=False, separators=(",", ":"), default=str)
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


def _content(data: ReportData) -> dict[str, Any]:
    articles: dict[Any, int] = {}
    claims: dict[str, list[Any]] = {}
    told: list[Any] = []
    for row in data.claim:
        if row["article_id"] not in articles:
            articles[row["article_id"]] = len(told)
            told.append([row[name] for name in _ARTICLE])
        claims.setdefault(row["event_id"], []).append(_claim(row, articles[row["article_id"]]))
    return {
        "measures": {row["code"]: row["plural"] for row in read.rows("codes/measures.csv")},
        "countries": _countries(),
        "articles": told,
        "events": [{k: v for k, v in row.items() if v is not None} for row in data.event],
        "claims": claims,
        "figures": _figures(data.figure),
        "agreement": [[row[name] for name in _AGREEMENT] for row in data.agreement],
    }


def _claim(row: Row, article: int) -> list[Any]:
    """A statement with its sentence in three: before the words that count people, they, after.

    Cut here, since the script would count UTF-16 units and the warehouse counts code points.
    """
    sentence, start, end = row["sentence"], row["quote_start"], row["quote_end"]
    cut = [sentence[:start], sentence[start:end], sentence[end:]]
    return [article, *(row[name] for name in _CLAIM), *cut]


def _figures(rows: Rows) -> dict[str, list[Any]]:
    figures: dict[str, list[Any]] = {}
    for row in rows:
        figures.setdefault(row["event_id"], []).append([row[name] for name in _FIGURE])
    return figures


def _countries() -> list[list[Any]]:
    """Code, name and outlines (each a flat list of longitudes and latitudes) of each country."""
    countries = read.json("geo/countries.json")["countries"]
    return [[c["code"], c["name"], c["rings"]] for c in countries]
