"""The slow work on articles, done part by part: in this process, in several, or on a cluster."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from flows import pool
from flows.readers import Page, RawArticle, Rejected, webpage
from flows.readers.unread import read_page
from seeds.read import SeedError
from transforms import normalise
from transforms.extract import extract
from transforms.linking import keys
from transforms.model import Article, Extraction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import pandas as pd

    from flows.settings import Settings

Item = RawArticle | Rejected
#: What an article's findings are tables of.
TABLES = ("claims", "places", "dates", "incidents")
Thing = TypeVar("Thing")
#: Articles of one part: their tables are made at once, which is cheaper than one by one.
SIZE = 250
#: From this many articles, or pages, on, the second that processes take to start is worth it.
_WORTH_PROCESSES = 1_000
_WORTH_PAGES = 200


@dataclass(frozen=True, slots=True)
class Findings:
    """What was read out of a part's articles.

    Attributes:
        answers: Of each article in turn its language, and why it could not be read, or None.
        tables: Claims, places, dates and incidents, as ``normalise`` makes them.
    """

    answers: list[tuple[str | None, str | None]]
    tables: dict[str, pd.DataFrame]


def pages(settings: Settings, items: Iterable[Item | Page], jobs: int = 0) -> Iterator[Item]:
    """The same in their order, with the pages among them read.

    Args:
        settings: Whether there is a cluster to read them.
        items: Articles, rejected inputs and pages; may be endless.
        jobs: Processes to read in once there are many pages; 0: as many as there are cores.
    """
    if settings.cluster:
        from flows import cluster

        return cluster.pages(settings, items)
    return _pages(iter(items), jobs)


def _pages(items: Iterator[Item | Page], jobs: int) -> Iterator[Item]:
    few = 0
    while few < _WORTH_PAGES:
        item = next(items, None)
        if item is None:
            return
        few += isinstance(item, Page)
        yield read_page(item)
    yield from pool.work(read_page, items, jobs or os.cpu_count() or 1)


def findings(
    settings: Settings, articles: Iterable[RawArticle], jobs: int = 0
) -> Iterator[tuple[list[RawArticle], Findings]]:
    """What is in articles, part by part in their order.

    Args:
        settings: Whether there is a cluster to read them, and which places were imported.
        articles: What to read.
        jobs: Processes to read in; 0 chooses by the number of articles.
    """
    given = list(articles)
    if settings.cluster and given:
        from flows import cluster

        parts = cut(given, cluster.ARTICLES)
        return zip(parts, cluster.findings(settings, parts), strict=True)
    if not jobs:
        jobs = (os.cpu_count() or 1) if len(given) >= _WORTH_PROCESSES else 1
    parts = cut(given, SIZE)
    read = partial(extracted, overlay=settings.overlay)
    return zip(parts, pool.work(read, parts, min(jobs, len(parts)), chunk=1), strict=True)


def cut(things: Sequence[Thing], size: int) -> list[list[Thing]]:
    """Parts of a size, the last one smaller; one that is empty if there is nothing."""
    starts = range(0, max(len(things), 1), size)
    return [list(things[start : start + size]) for start in starts]


def extracted(articles: Sequence[RawArticle], overlay: Path | None) -> Findings:
    """What is in a part's articles.

    Raises:
        SeedError: a lexicon is broken.
    """
    answers = [_extracted(_article(one), overlay) for one in articles]
    pairs = list(zip(articles, answers, strict=True))
    found = [(article, answer) for article, answer in pairs if isinstance(answer, Extraction)]
    return Findings([_told(article, answer) for article, answer in pairs], _tables(found))


def _article(raw: RawArticle) -> Article:
    return Article(raw.article_id, raw.text, raw.published_on, raw.title, raw.url, raw.language)


def _extracted(article: Article, overlay: Path | None) -> Extraction | str:
    """What is in an article, or why it could not be read; its language, where none is stated."""
    if article.language is None:
        article = replace(article, language=webpage.language_of(article.text))
    try:
        return extract(article, overlay)
    except SeedError:  # no fault of the article's: with a broken lexicon none can be read
        raise
    except Exception as error:  # noqa: BLE001  one article must not end a run over thousands
        return f"cannot be read: {type(error).__name__}: {error}"


def _told(article: RawArticle, answer: Extraction | str) -> tuple[str | None, str | None]:
    if isinstance(answer, str):
        return article.language, answer
    return article.language or answer.language, None


def _tables(found: Sequence[tuple[RawArticle, Extraction]]) -> dict[str, pd.DataFrame]:
    reads = [(article.version_id, extraction) for article, extraction in found]
    link_keys = {
        incident_id: own
        for article, extraction in found
        for incident_id, own in keys.of(article.text, extraction).items()
    }
    return {
        "claims": normalise.claims(reads),
        "places": normalise.places(reads),
        "dates": normalise.dates(reads),
        "incidents": normalise.incidents(reads, link_keys),
    }
