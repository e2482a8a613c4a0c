"""A batch of articles on its way through the steps, and the books kept on it."""

from __future__ import annotations

import time
from collections import deque
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from flows.readers import RawArticle, Rejected
from flows.readers.model import rejected, where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

#: Articles that are held, checked and loaded together: 2.5 KB each, so some 300 MB at the most.
SIZE = 20_000
#: Versions of one article in one run: each but the first costs a batch.
MAX_VERSIONS = 20
_TOO_MANY = (
    f"more than {MAX_VERSIONS} versions of one article in one run: "
    "is its id or address the name of one article?"
)
Item = RawArticle | Rejected
Key = tuple[str, str]
Row = dict[str, Any]


class Batch:
    """Articles, what was read out of them, and the counts of every step.

    Not a dataclass: Prefect would look through all of its articles for unfinished tasks.

    Attributes:
        number: The batch's place in its run.
        articles_in: How many articles it was given, read or rejected.
        articles: Those that were read.
        new: Of these the ones that the warehouse does not hold, by article and version.
        read: The new ones that could be read, with their language.
        tables: What was read out of them, part by part.
        frames: The new rows to load, by the name of their frame.
        held: The rows of quality.quarantine.
        steps: The rows of quality.run_step. All count articles: in = out + quarantined.
        checks: The rows of quality.check_result.
        again: Whether what the warehouse holds of them is read anew.
        misses: Why corrections of them could not be applied, by file and line.
    """

    def __init__(self, number: int, items: Iterable[Item], seconds: float = 0.0) -> None:
        self.number = number
        self.articles: list[RawArticle] = []
        self.new: dict[Key, RawArticle] = {}
        self.read: list[RawArticle] = []
        self.tables: list[dict[str, pd.DataFrame]] = []
        self.frames: dict[str, pd.DataFrame] = {}
        self.held: list[Row] = []
        self.steps: list[Row] = []
        self.checks: pd.DataFrame | None = None
        self.again = False
        self.misses: dict[str, str] = {}
        for item in items:
            if isinstance(item, Rejected):
                self.held.append(_refusal(item))
            else:
                self.articles.append(item)
        self.articles_in = len(self.articles) + len(self.held)
        self.steps.append(_counts("read", self.articles_in, len(self.held), seconds))

    @contextmanager
    def step(self, name: str, articles: int) -> Iterator[None]:
        """Time a step; count the articles it is given and those it puts into quarantine."""
        began, before = time.perf_counter(), self.articles_held
        yield
        seconds = time.perf_counter() - began
        self.steps.append(_counts(name, articles, self.articles_held - before, seconds))

    @property
    def articles_held(self) -> int:
        """How many articles are in quarantine so far."""
        return sum(row["level"] == "article" for row in self.held)

    def refusals(self, most: int) -> tuple[str, ...]:
        """The first articles in quarantine: where each one stands, and what is wrong with it."""
        rows = islice((row for row in self.held if row["level"] == "article"), most)
        return tuple(f"{where(row['source'], row['line'])} {row['reason']}" for row in rows)

    def hold(self, article: RawArticle, reason: str) -> None:
        """Put an article into quarantine, with its text as the evidence."""
        self.held.append(held(article, reason))

    def parted(self) -> tuple[list[RawArticle], list[Row]]:
        """What goes with the frames: articles that are held already, and copies.

        A copy of a new article is loaded with it, or goes into quarantine with it.

        Returns:
            The articles to load beside ``frames["articles"]``, and rows to quarantine beside
            ``held``.
        """
        frame = self.frames["articles"]
        kept = set(zip(frame["article_id"], frame["version_id"], strict=True))
        beside: list[RawArticle] = []
        refused: list[Row] = []
        for article in self.articles:
            first = self.new.get(article.key)
            if first is None or (first is not article and article.key in kept):
                beside.append(article)
            elif first is not article:
                refused.append(held(article, f"the same article as {first.where}, which is held"))
        return beside, refused

    def load_step(self, refused: int) -> Row:
        """The counts of the step that ends the batch."""
        return _counts("load", self.articles_in - self.articles_held, refused, None)


def held(article: RawArticle, reason: str) -> Row:
    """The row of quality.quarantine for an article that was read."""
    return {
        "source": article.source,
        "line": article.line,
        "key": article.article_id,
        "level": "article",
        "reason": reason,
        "raw": article.text,
    }


def _refusal(item: Rejected) -> Row:
    return {
        "source": item.source,
        "line": item.line,
        "key": None,
        "level": "article",
        "reason": item.reason,
        "raw": item.raw,
        "raw_sha256": item.raw_sha256,
    }


def _counts(step: str, articles: int, held: int, seconds: float | None) -> Row:
    return {
        "step": step,
        "rows_in": articles,
        "rows_out": articles - held,
        "rows_quarantined": held,
        "seconds": None if seconds is None else round(seconds, 3),
    }


class Batches:
    """Cuts a stream of articles into batches; ``next()`` gives None at the end.

    The first batch is of ``anew``, if there are any: held articles that must be read again.

    Claims are named by their article, so of an article's versions a batch holds only one: a later
    one waits for the next batch. Few articles have more than a handful; beyond ``MAX_VERSIONS``
    they are rejected, or one name for all articles would make a batch of each.
    """

    def __init__(
        self, items: Iterable[Item], size: int | None = None, anew: Sequence[RawArticle] = ()
    ) -> None:
        self._items = iter(items)
        self._anew = anew
        self._size = size or SIZE
        self._waiting: deque[Item] = deque()
        self._versions: dict[str, set[str]] = {}  # of the articles that have more than one
        self._number = 0

    def next(self) -> Batch | None:
        """The next batch, or None if there are no more articles."""
        began = time.perf_counter()
        anew, self._anew = self._anew, ()
        taken = anew or self._take()
        if not taken:
            return None
        self._number += 1
        batch = Batch(self._number, taken, time.perf_counter() - began)
        batch.again = bool(anew)
        return batch

    def _take(self) -> list[Item]:
        taken: list[Item] = []
        later: list[Item] = []
        versions: dict[str, str] = {}
        for item in self._upcoming():
            if isinstance(item, Rejected) or _is_the_version(item, versions):
                taken.append(item)
            elif self._is_one_too_many(item, versions[item.article_id]):
                taken.append(rejected(item.source, item.line, _TOO_MANY, item.text.encode()))
            else:
                later.append(item)
            if len(taken) == self._size:
                break
        self._waiting.extendleft(reversed(later))
        return taken

    def _upcoming(self) -> Iterator[Item]:
        while self._waiting:
            yield self._waiting.popleft()
        # `yield from` would close a generator together with this one, which ends with each batch.
        for item in self._items:  # noqa: UP028
            yield item

    def _is_one_too_many(self, item: RawArticle, first: str) -> bool:
        known = self._versions.setdefault(item.article_id, {first})
        if len(known) < MAX_VERSIONS:
            known.add(item.version_id)
        return item.version_id not in known


def _is_the_version(item: RawArticle, versions: dict[str, str]) -> bool:
    return versions.setdefault(item.article_id, item.version_id) == item.version_id
