"""From an article to all that is read out of it; the one entry to the reading of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms import incidents, text
from transforms.casualties import lexicon
from transforms.casualties.find import find
from transforms.casualties.resolve import resolve
from transforms.model import Extraction

if TYPE_CHECKING:
    from transforms.model import ActorMention, Article, Attribution, DateMention, EventMention, PlaceMention


def extract(article: Article) -> Extraction:
    """Reads one article. Pure: the same article gives the same extraction."""
    doc = text.read(article.text)
    words = lexicon.load("en")
    places: list[PlaceMention] = []
    dates: list[DateMention] = []
    attributions: list[Attribution] = []
    events: list[EventMention] = []
    actors: list[ActorMention] = []

    def speaker_of(start: int, end: int) -> Attribution | None:
        return None

    stated = resolve(article.id, doc, find(doc, words), places, speaker_of, words)
    found = incidents.assemble(article.id, doc, stated, places, dates, events, actors)
    return Extraction(
        article_id=article.id,
        language=article.language or "en",
        incidents=tuple(found),
        claims=tuple(s.claim for s in stated),
        places=tuple(places),
        dates=tuple(dates),
    )
