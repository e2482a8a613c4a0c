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
    from pathlib import Path

    from transforms.model import Article, Claim


def extract(article: Article, overlay: Path | None = None) -> Extraction:
    """Reads one article. Pure: the same article gives the same extraction.

    Args:
        article: What to read.
        overlay: A gazetteer with imported places, to be used instead of the one that ships.
    """
    doc = text.read(article.text, language.of(article.language, article.text))
    words = lexicon.load(doc.language.code)
    toponyms, headline = places.read_both(doc, gazetteer.load(overlay), article.title, article.url)
    days = dates.read(doc, article.published_at)
    speaker_of = partial(speakers.covering, speakers.find(doc, toponyms))
    attacks = events.find(doc)
    stated = dated.rescope(
        doc,
        resolve(article.id, doc, find(doc, words), toponyms, speaker_of, words),
        where_when.by_sentence(doc, where_when.without_dateline(doc, days)),
        where_when.by_sentence(doc, attacks),
        article.published_at,
    )
    armed = actors.find(doc)
    control = list(territory.claims(article.id, doc, attacks, toponyms, speaker_of))
    told = incidents.assemble(
        article.id,
        doc,
        stated,
        toponyms,
        where_when.not_after(days, article.published_at),
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


def _place_in_text(claim: Claim) -> tuple[int, int]:
    return claim.start, claim.end
