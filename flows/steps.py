"""The steps of a run as plain functions; flows/ingest.py makes Prefect tasks of them."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Any

import orjson
import pandas as pd

from flows import gather, kept, pages, parts, readers
from flows.console import progress
from flows.listing.model import Entry
from flows.quality import in_utc
from flows.readers import RawArticle
from flows.store import Store
from flows.web import Web
from seeds import corrections
from seeds.corrections import rows as values
from transforms import normalise
from transforms.corrections import apply as correct
from warehouse import decisions, ledger
from warehouse import sources as books
from warehouse.connect import snapshot, writer
from warehouse.frames import Frames
from warehouse.load import Loaded, known_versions
from warehouse.load import load as load_frames
from warehouse.load import settle as settle_versions
from warehouse.query import records
from warehouse.sql import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from flows.batch import Batch, Batches, Item
    from flows.gather import Fetched, Gathered
    from flows.settings import Settings
    from flows.sources.model import Source, Window
    from flows.store import Response

_ARTICLE = (
    "article_id", "version_id", "url", "publisher", "title", "author", "published_at",
    "published_on", "language", "text", "source", "line", "fetched_at", "body_sha256",
    "updated_at", "source_name",
)  # fmt: skip
#: Of an address that is named by itself: it is asked for anew each time.
_NEVER = timedelta()

_HELD = ["source", "line", "key", "level", "reason", "raw", "raw_sha256"]


def is_address(source: str) -> bool:
    """Whether a source is a web address and no file."""
    return source.startswith(("http://", "https://"))


def run_name(sources: list[str]) -> str:
    """What a run loads, in a few words."""
    shown = ", ".join(sources[:3])
    return shown if len(sources) <= 3 else f"{shown} and {len(sources) - 3} more"


def fetch_pages(
    urls: list[str], raw: Path, *, allow_private: bool = False, delay: float = 1.0
) -> Fetched:
    """Fetch addresses; a page's bytes are kept before anything is made of them."""
    web = Web(Store(raw), allow_private=allow_private, delay=delay)
    return gather.Fetched(pages.fetch_all(map(Entry, urls), web, _NEVER), web.responses)


def gather_source(
    settings: Settings,
    source: Source,
    window: Window | None = None,
    *,
    again: bool = False,
    allow_private: bool = False,
    jobs: int = 0,
) -> Gathered:
    """What a source has: its lists are read, the pages that they name fetched."""
    complete: frozenset[date] = frozenset()
    if window is not None and not again:
        with writer(settings.home) as con:
            complete = books.complete_days(con, source.name)
    return gather.gather(
        source,
        settings.raw,
        window,
        complete=complete,
        allow_private=allow_private,
        read=partial(parts.pages, settings, jobs=jobs),
    )


def book_responses(settings: Settings, run_id: str, fetched: Iterable[Fetched]) -> None:
    """Book what was asked of the web."""
    rows = [_response(response) for one in fetched for response in one.responses]
    if rows:
        with writer(settings.home) as con:
            books.book_responses(con, run_id, rows)


def _response(response: Response) -> dict[str, Any]:
    row = {field.name: getattr(response, field.name) for field in fields(response)}
    del row["hints"]
    headers = orjson.dumps(row["headers"], option=orjson.OPT_SORT_KEYS).decode()
    fetched_at = response.fetched_at.astimezone(UTC).replace(tzinfo=None)
    own = {"response_id": response.response_id, "source_name": row.pop("source")}
    return {**row, **own, "headers": headers, "fetched_at": fetched_at}


def book_sources(settings: Settings, run_id: str, gathered: Iterable[Gathered]) -> None:
    """Book what each source gave."""
    ended_at = datetime.now(UTC).replace(tzinfo=None)
    rows, days = [], []
    for got in gathered:
        name = got.source.name
        rows.append(
            {
                "source_name": name,
                "kind": got.source.kind,
                "status": got.status,
                "started_at": got.started_at.replace(tzinfo=None),
                "ended_at": ended_at,
                "since": got.window.since if got.window else None,
                "until": got.window.until if got.window else None,
                "listed": got.found.listed,
                "articles": got.read,
                "refused": got.refused,
                "message": got.message,
            }
        )
        days += [
            {"source_name": name, "day": day, "status": status}
            for day, status in got.found.days.items()
        ]
    with writer(settings.home) as con:
        books.book_sources(con, run_id, rows, days)


def read_files(settings: Settings, sources: Iterable[str], jobs: int = 0) -> Iterator[Item]:
    """The articles of files, counted on a terminal as they are read."""
    with progress("Reading") as advance:
        for item in parts.pages(settings, readers.inputs(sources), jobs):
            advance(1)
            yield item


def read_kept(settings: Settings, jobs: int = 0) -> Rebuilt:
    """All that was ever taken in: pages from their bytes, the rest from its verbatim text."""
    store = Store(settings.raw)
    digests = {response.body_sha256 or "" for response in store.all()}
    with writer(settings.home) as con:
        rows = books.held_articles(con, filter(store.is_sound, digests))
        current = books.current_versions(con)
    held = (RawArticle(**{**row, **in_utc(row)}) for row in rows)
    return Rebuilt(parts.pages(settings, chain(held, kept.everything(store)), jobs), current)


class Rebuilt:
    """Articles that are read again; the version that was current stays so.

    Not a dataclass: Prefect would look through all of its articles for unfinished tasks.
    """

    def __init__(self, items: Iterable[Item], current: dict[str, str]) -> None:
        self._items = items
        self._before = current
        self._seen: dict[str, set[str]] = {}
        self._last: dict[str, str] = {}

    def __iter__(self) -> Iterator[Item]:
        """The articles."""
        for item in self._items:
            if isinstance(item, RawArticle):
                self._seen.setdefault(item.article_id, set()).add(item.version_id)
                self._last[item.article_id] = item.version_id
            yield item

    @property
    def current(self) -> dict[str, str]:
        """Each article's version that counts: that of before, if it could be made again."""
        return {
            name: self._before[name] if self._before.get(name) in self._seen[name] else last
            for name, last in self._last.items()
        }


def read_batch(batches: Batches) -> Batch | None:
    """The next articles, or None if there are no more."""
    return batches.next()


def open_run(settings: Settings, name: str) -> str:
    """Open a run in the ledger; returns its id. Runs that died are marked as crashed."""
    with writer(settings.home) as con:
        return ledger.start_run(con, name)


def follow_decisions(settings: Settings, run_id: str) -> int:
    """Link by what people have decided since the last run; returns how many decisions changed."""
    with writer(settings.home) as con:
        return decisions.follow(con, run_id, corrections.links())


def close_run(settings: Settings, run_id: str, status: str, message: str | None = None) -> None:
    """Close a run in the ledger as ``completed`` or ``failed``."""
    with writer(settings.home) as con:
        ledger.finish_run(con, run_id, status, message)


def pick_new(settings: Settings, batch: Batch, *, again: bool = False) -> None:
    """Find the articles to read: versions that the warehouse does not hold, each once.

    Args:
        settings: Where the warehouse is.
        batch: Its ``new`` is set.
        again: Whether to read also what the warehouse holds.
    """
    known: set[tuple[str, str]] = set()
    if not again:
        with writer(settings.home) as con:
            known = known_versions(con, [article.article_id for article in batch.articles])
    batch.new = {}
    for article in batch.articles:
        if article.key not in known:
            batch.new.setdefault(article.key, article)


def extract(settings: Settings, batch: Batch, jobs: int = 0) -> None:
    """Read casualties, places and dates out of the new articles; in processes if they are many."""
    with batch.step("extract", len(batch.new)), progress("Extracting") as advance:
        for part, found in parts.findings(settings, batch.new.values(), jobs):
            advance(len(part))
            batch.tables.append(found.tables)
            for article, (language, refusal) in zip(part, found.answers, strict=True):
                if refusal:
                    batch.hold(article, refusal)
                else:
                    batch.read.append(replace(article, language=language))


def tabulate(batch: Batch) -> None:
    """Put together the tables of what was read, in the one form that they have in the warehouse.

    What people have put right is put right in them.
    """
    with batch.step("normalise", len(batch.read)):
        batch.frames = {
            "articles": _articles_frame(batch.read),
            **{
                name: pd.concat([tables[name] for tables in batch.tables], ignore_index=True)
                for name in parts.TABLES
            },
        }
        batch.tables.clear()  # else they were held twice
        batch.frames, batch.misses = correct(batch.frames, values.rows())


def _articles_frame(articles: Iterable[RawArticle]) -> pd.DataFrame:
    return normalise.articles(map(asdict, articles), _ARTICLE)


def load(settings: Settings, run_id: str, batch: Batch, *, again: bool = False) -> Loaded:
    """Load a batch in one transaction; loading it a second time changes nothing."""
    beside, refused = batch.parted()
    articles = [batch.frames["articles"], _articles_frame(beside)]
    whole = pd.concat([frame for frame in articles if len(frame)] or articles[:1])
    frames = Frames(
        batch=batch.number,
        articles_in=batch.articles_in,
        articles=whole.assign(fetched_at=whole["fetched_at"].fillna(datetime.now(UTC))),
        **{name: batch.frames[name] for name in parts.TABLES},
        quarantine=_quarantine_frame(batch.held + refused),
        checks=batch.checks,
        steps=pd.DataFrame([*batch.steps, batch.load_step(len(refused))]),
        rebuild=again,
    )
    with writer(settings.home) as con:
        return load_frames(con, run_id, frames)


def settle(settings: Settings, run_id: str, seen: Mapping[str, str]) -> None:
    """Make current again the versions that articles have gone back to, at the end of a run."""
    with writer(settings.home) as con:
        settle_versions(con, run_id, seen)


def _quarantine_frame(held: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Rows of quality.quarantine; where only the beginning is kept, the digest came with it."""
    rows = [{"raw_sha256": _digest(row["raw"]), **row} for row in held]
    return pd.DataFrame(rows, columns=_HELD)


def _digest(raw: str | None) -> str | None:
    return None if raw is None else sha256(raw.encode()).hexdigest()


def last_completed(settings: Settings) -> dict[str, datetime]:
    """When each source's last completed run ended, in UTC without a zone."""
    if not snapshot(settings.home).is_file():
        return {}
    query = "SELECT source_name, last_completed_at FROM mart.source_health"
    found = records(settings.home, query)
    return {row["source_name"]: row["last_completed_at"] or datetime.min for row in found}


def critical(settings: Settings, run_id: str) -> list[str]:
    """The critical rules that a published run broke, or that could not be judged, as sentences."""
    query = (
        "SELECT DISTINCT sentence, status, unexpected AS broken FROM quality.check_result "
        f"WHERE run_id = {quoted(run_id)} AND severity = 'critical' AND status <> 'passed' "
        "ORDER BY ALL"
    )
    return [
        row["sentence"]
        + (f" ({row['broken']:,} do not)" if row["broken"] else f" ({row['status']})")
        for row in records(settings.home, query)
    ]
