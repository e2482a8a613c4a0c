"""Tollbook's own gold: what the sample articles say, written by hand and reviewed.

``tests/gold/<name>.toml`` belongs to ``seeds/articles/<name>.md``. A count is a number, or a table
of the bounds that the text gives; a key that is left out has its plain value (see ``_PLAIN``), and
an incident's ``weapon`` or ``sub_event_type`` that is left out is not scored. ``quote_has`` is the
shortest phrase that names the number, ``nth`` says which, where the article holds it several times.
A speaker without a name ("police", "a surgeon") is their own ``speaker_role``. ``relation`` is what
the passage says: ``part`` where it joins groups or goes on counting ("two officers and five men",
"a further nine", "a third man", "one of them died later"), ``subset`` where it breaks one down.

Articles in other languages stand beside their gold: ``tests/gold/uk/<name>.md`` and ``.toml``.
There a speaker's name and office are in the nominative.

``python -m tests.own_gold`` writes the gold as JSON Lines, as `tollbook evaluate` reads it;
``python -m tests.own_gold uk`` that of a language.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from flows import readers
from transforms.model import TOLL_MEASURES

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = ROOT / "seeds" / "articles"
GOLD = ROOT / "tests" / "gold"
_PLAIN: dict[str, Any] = {
    "qualifier": "exact",
    "scope": "incident",
    "relation": "total",
    "category": "unknown",
    "sex": None,
    "age_group": None,
    "speaker": None,
    "speaker_role": None,
    "certainty": "asserted",
    "incident": None,
    "parent": None,
}


#: The languages of which there is gold beside that of the sample articles.
LANGUAGES = ("uk", "ru")


def names(language: str | None = None) -> list[str]:
    """The names of the sample articles, or of the articles in another language: "uk/<name>"."""
    if language is None:
        return sorted(path.stem for path in ARTICLES.glob("*.md"))
    return sorted(f"{language}/{path.stem}" for path in (GOLD / language).glob("*.md"))


def article(name: str) -> Path:
    """The file of an article."""
    return (GOLD if "/" in name else ARTICLES) / f"{name}.md"


#: The articles that tell of an event that others tell of too, first of all; the rest stand alone.
_EVENTS = {
    name: event
    for event, names in tomllib.loads((GOLD / "events.toml").read_text("utf-8")).items()
    for name in names["articles"]
}


def row(name: str) -> dict[str, Any]:
    """One article with its gold: a row that both `extract` and `evaluate` read."""
    (read,) = readers.read([str(article(name))])
    assert isinstance(read, readers.RawArticle), read
    gold = tomllib.loads((GOLD / f"{name}.toml").read_text(encoding="utf-8"))
    published = read.published_on or read.published_at
    return {
        "id": name,
        "text": read.text,
        "title": read.title,
        "url": read.url,
        "language": read.language,
        "published_at": published.isoformat() if published else None,
        "incident": _EVENTS.get(name, name),
        "incidents": [_incident(incident) for incident in gold["incidents"]],
        "claims": [_claim(read.text, claim) for claim in gold["claims"]],
    }


def _count(value: int | dict[str, int] | None) -> dict[str, int | None]:
    if isinstance(value, int):
        return {"low": value, "best": value, "high": value}
    return {bound: (value or {}).get(bound) for bound in ("low", "best", "high")}


def _incident(gold: dict[str, Any]) -> dict[str, Any]:
    days = {key: gold.get(key) for key in ("date_start", "date_end", "date_prec")}
    return {**gold, **days, **{measure: _count(gold.get(measure)) for measure in TOLL_MEASURES}}


def _claim(text: str, gold: dict[str, Any]) -> dict[str, Any]:
    start = -1
    for _ in range(gold.get("nth", 1)):
        start = text.index(gold["quote_has"], start + 1)
    end = start + len(gold["quote_has"])
    keys = {key: value for key, value in gold.items() if key not in ("count", "nth", "quote_has")}
    place = {"start": start, "end": end, "quote": text[start:end]}
    role = {"speaker_role": gold.get("speaker")}
    return {**_PLAIN, **role, **keys, **_count(gold["count"]), **place}


if __name__ == "__main__":
    for name in names(*sys.argv[1:2]):
        sys.stdout.write(json.dumps(row(name), ensure_ascii=False) + "\n")
