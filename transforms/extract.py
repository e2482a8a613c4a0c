"""From an article to all that is read out of it; the one entry to the reading of text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from transforms import (
    actors,
    dates,
    events,
    incidents,
    language,
    places,
    responsibility,
    speakers,
    territory,
    text,
    where_when,
)
from transforms.casualties import dated, lexicon, relations
from transforms.casualties.find import find
from transforms.casualties.resolve import resolve
from transforms.model import Extraction
from transforms.places import gazetteer

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from transforms.model import Article, Claim

#: Years that news can be of.
_FIRST_YEAR, _LAST_YEAR = 1600, 2999


def extract(article: Article, overlay: Path | None = None) -> Extraction:
    """Reads one article. Pure: the same article gives the same extraction.

    Args:
        article: What to read.
        overlay: A gazetteer with imported places, to be used instead of the one that ships.
    """
    doc = text.read(article.text, language.of(article.language, article.text))
    words = lexicon.load(doc.language.code)
    toponyms, headline = places.read_both(doc, gazetteer.load(overlay), article.title, article.url)
    published_at = _day_of_news(article.published_at)
    days = dates.read(doc, published_at)
    speaker_of = partial(speakers.covering, speakers.find(doc, toponyms))
    attacks = events.find(doc)
    stated = dated.rescope(
        doc,
        resolve(article.id, doc, find(doc, words), toponyms, speaker_of, words),
        where_when.by_sentence(doc, where_when.without_dateline(doc, days)),
        where_when.by_sentence(doc, attacks),
        published_at,
    )
    armed = actors.find(doc)
    control = list(territory.claims(article.id, doc, attacks, toponyms, speaker_of))
    told = incidents.assemble(
        article.id,
        doc,
        stated,
        toponyms,
        where_when.not_after(days, published_at),
        attacks,
        armed,
        control,
        headline,
        responsibility.read(doc, armed, speaker_of),
    )
    said = relations.settled(stated, told, doc.language.code)
    return Extraction(
        article_id=article.id,
        language=article.language,
        incidents=tuple(told),
        claims=tuple(sorted((*said, *control), key=_place_in_text)),
        places=tuple(toponyms),
        dates=tuple(days),
    )


def _day_of_news(day: date | None) -> date | None:
    """The day that an article's dates count from; 0001-01-01 and the like stand for none."""
    return day if day is not None and _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _place_in_text(claim: Claim) -> tuple[int, int]:
    return claim.start, claim.end
