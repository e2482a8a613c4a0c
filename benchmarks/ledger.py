"""A large warehouse, loaded by the real loads; only its texts are not read one by one.

An article is a beginning that was really read (``accounts.toml``, 18,000 of them) and a rest of
words in which there is nothing to be read, so that what was read of the beginning is what the
reader finds in all of it: ``tests/test_benchmarks.py`` reads some and compares every row. An event
is told by one to nine articles, which share rare words; every tenth article is a reprint, every
fiftieth a new version of an earlier one. Days pass as the articles come, 400 a day, each town
coming up again after weeks. The same seed gives the same articles.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import accumulate, chain, zip_longest
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.texts import Writer, towns
from seeds import read as seeds
from transforms import actors, events, normalise, text
from transforms.extract import extract
from transforms.linking import keys
from transforms.model import Article
from warehouse.frames import Frames

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from transforms.model import Extraction

TEMPLATES = Path(__file__).with_name("accounts.toml")
SEED = 20240605
#: Towns, each with its own day of the week, and so many accounts of what happens there on it.
TOWNS, ACCOUNTS = 6_000, 3
#: Articles a day: a desk that reads the conflict news of the world.
DAILY = 400
BATCH = 10_000
_FIRST = date(2016, 1, 4)  # a Monday
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
#: Characters of a beginning, at least; passages of the rest, and the words of one.
_BEGINNING, _PASSAGES, _PASSAGE = 400, 10, 30
#: Words from which passages are cut.
_STREAM = 1_000_000
_REPRINTS, _VERSIONS, _MOST = 0.1, 0.02, 9
_OUTLETS = 60
_SYLLABLES = (
    "ba dor fel gru hin jas kel lom mer nup ost pril qua rez sul tor uv wex yam zil".split()
)
#: A town in all of whose beginnings something is wrong is left out.
_TRIES = 5
#: Two men to whom a word may do something.
_PROBE = "Two men _.\n\nTwo men were _.\n\nThe _ of two men.\n\nAn adult _.\n\nA _ adult was ill."
_CORE = ("claims", "incidents", "places", "dates")
_KEYS = {
    "claims": "claim_id",
    "incidents": "incident_id",
    "places": "mention_id",
    "dates": "mention_id",
}


class _Row(NamedTuple):
    """One article to be made: its number, and of which other it is a version (or of itself)."""

    number: int
    of: int
    account: int
    week: int
    event: int
    rest: int
    passages: int


class Ledger:
    """Makes batches of articles with what was read of them, one after the other."""

    def __init__(self, seed: int = SEED, places: int = TOWNS) -> None:
        self._random = Random(seed)
        self._accounts = _Accounts(self._random, places)
        self._words = _Words(Random(seed))
        self._upcoming = self._articles()
        self._number = 0

    def next(self, size: int = BATCH) -> Frames:
        """The next articles, ready to be loaded."""
        self._number += 1
        taken: dict[int, _Row] = {}
        while len(taken) < size:  # a batch has one version of an article
            row = next(self._upcoming)
            taken.setdefault(row.of, row)
        return self._frames(list(taken.values()))

    def _articles(self) -> Iterator[_Row]:
        random, number, week = self._random, 0, 0
        while True:
            told = [row for event in self._events(week) for row in event]
            for row in sorted(told, key=lambda row: self._accounts.published[row.account]):
                number += 1
                again = number > 3 * BATCH and random.random() < _VERSIONS
                of = number - random.randint(BATCH, 3 * BATCH) if again else number
                yield row._replace(number=number, of=of)
            week += 1

    def _events(self, week: int) -> Iterator[list[_Row]]:
        random, made = self._random, 0
        for town in random.sample(range(self._accounts.towns), self._accounts.towns):
            event = week * self._accounts.towns + town
            first = _Row(0, 0, 0, week, event, random.getrandbits(40), _PASSAGES)
            rows = [self._told(first, town)]
            while len(rows) < _MOST and random.random() < 0.6:
                rows.append(self._told(rows[0], town))
            yield rows
            made += len(rows)
            if made >= 7 * DAILY:
                return

    def _told(self, first: _Row, town: int) -> _Row:
        if first.account and self._random.random() < _REPRINTS:
            return first._replace(passages=_PASSAGES - 1)
        account = ACCOUNTS * town + self._random.randrange(ACCOUNTS)
        return first._replace(account=account, rest=self._random.getrandbits(40))

    def _frames(self, rows: Sequence[_Row]) -> Frames:
        ids = [f"made{row.of:09d}" for row in rows]
        names = [self._words.names(row.event) for row in rows]
        texts = [self._text(row, told) for row, told in zip(rows, names, strict=True)]
        versions = [hashlib.sha256(told.encode()).hexdigest() for told in texts]
        made = _Made(rows, pa.array(ids), pa.array(versions), names)
        return Frames(
            batch=self._number,
            articles_in=len(rows),
            articles=self._accounts.articles(made, texts),
            **{name: self._accounts.core(name, made) for name in _CORE},
        )

    def _text(self, row: _Row, names: Sequence[str]) -> str:
        told = " and ".join(name.capitalize() for name in names)
        rest = self._words.passages(row.rest, row.passages)
        return f"{self._accounts.texts[row.account]}\n\nThere were {told}.\n\n{rest}"


class _Made(NamedTuple):
    rows: Sequence[_Row]
    ids: pa.Array[Any]
    versions: pa.Array[Any]
    names: Sequence[Sequence[str]]


class _Accounts:
    """The beginnings, read by the real reader, as tables whose rows are copied for each article."""

    def __init__(self, random: Random, count: int) -> None:
        self.towns = count
        read = list(_beginnings(random, count))
        self.texts = [article.text for article, _ in read]
        self.published = [article.published_at or _FIRST for article, _ in read]
        reads = [("", found) for _, found in read]
        own = {name: k for a, found in read for name, k in keys.of(a.text, found).items()}
        frames = {
            "claims": normalise.claims(reads),
            "incidents": normalise.incidents(reads, own),
            "places": normalise.places(reads),
            "dates": normalise.dates(reads),
        }
        self._tables = {name: _Table(name, frame) for name, frame in frames.items()}

    def articles(self, made: _Made, texts: Sequence[str]) -> pa.Table:
        """The articles themselves."""
        days = [self.published[row.account] + timedelta(weeks=row.week) for row in made.rows]
        size, unknown = len(days), pa.nulls(len(days))
        published = [datetime(day.year, day.month, day.day) for day in days]
        fetched = [day.replace(hour=18) for day in published]
        return pa.table(
            {
                "article_id": made.ids,
                "version_id": made.versions,
                "url": [f"https://news.example/{name.as_py()}" for name in made.ids],
                "publisher": [
                    f"Outlet {int((row.rest % 997) ** 2 / 997**2 * _OUTLETS)}" for row in made.rows
                ],
                "title": [told.split("\n", 1)[0][:60] for told in texts],
                "author": unknown,
                "published_at": published,
                "language": ["en"] * size,
                "text": list(texts),
                "source": ["made.jsonl"] * size,
                "line": [row.number for row in made.rows],
                "fetched_at": fetched,
                "published_on": days,
                "body_sha256": unknown,
                "updated_at": unknown,
                "source_name": unknown,
            }
        )

    def core(self, name: str, made: _Made) -> pa.Table:
        """What was read of them."""
        return self._tables[name].copied(made)


class _Table:
    """The rows of all beginnings in one table, and where those of each stand."""

    def __init__(self, name: str, frame: Any) -> None:
        self._key = _KEYS[name]
        owner = frame["article_id"].astype("int64").to_numpy()
        order = np.argsort(owner, kind="stable")
        self._rows = pa.Table.from_pandas(frame.iloc[order], preserve_index=False)
        self._owner = owner[order]

    def copied(self, made: _Made) -> pa.Table:
        """The rows of some articles, under their ids and in their weeks."""
        accounts = np.array([row.account for row in made.rows])
        begin, end = (
            np.searchsorted(self._owner, accounts, side=side) for side in ("left", "right")
        )
        owner = np.repeat(np.arange(len(accounts)), end - begin)
        at = np.arange(len(owner)) - np.repeat(np.cumsum(end - begin) - (end - begin), end - begin)
        table = self._rows.take(pa.array(np.repeat(begin, end - begin) + at))
        columns: dict[str, Any] = {name: table[name] for name in table.column_names}
        columns |= {
            "article_id": made.ids.take(pa.array(owner)),
            "version_id": made.versions.take(pa.array(owner)),
        }
        for name in {self._key, "incident_id", "parent_claim_id"} & set(columns):
            columns[name] = _renamed(columns["article_id"], columns[name])
        days = pa.array(np.array([7 * row.week for row in made.rows], np.int32)[owner])
        for name in {"date_start", "date_end"} & set(columns):
            columns[name] = pc.add(columns[name].cast(pa.date32()).cast(pa.int32()), days).cast(
                pa.date32()
            )
        if "link_keys" in columns:
            own = columns["link_keys"].to_pylist()
            columns["link_keys"] = [
                sorted({*k, *made.names[int(o)]}) for k, o in zip(own, owner, strict=True)
            ]
        return pa.table(columns)


def _renamed(ids: Any, names: Any) -> Any:
    """``<article>:c1-2-killed`` with another article's id."""
    rest = pc.replace_substring_regex(names.cast(pa.string()), r"^\d+", "")
    return pc.binary_join_element_wise(ids, rest, "")


def _beginnings(random: Random, count: int) -> Iterator[tuple[Article, Extraction]]:
    """Articles of the first week, by the town and the account, and what is read of them."""
    writer, number = Writer(random, seeds.toml_at(TEMPLATES)), 0
    for town, region, country in _towns(random):
        day = random.randrange(7)
        writer.place = {"town": town, "region": region, "country": country, "TOWN": town.upper()}
        writer.place["day"] = _DAYS[day]
        days = [_FIRST + timedelta(days=day + random.randrange(3)) for _ in range(ACCOUNTS)]
        told = [_with_one_incident(writer, published) for published in days]
        if number == count:
            return
        if all(told):
            for at, article in enumerate(filter(None, told)):
                named = replace(article, id=str(ACCOUNTS * number + at))
                yield named, extract(named)
            number += 1


def _towns(random: Random) -> Iterator[tuple[str, str, str]]:
    """Towns of one word, by turns of each country."""
    by_country: dict[str, list[tuple[str, str, str]]] = {}
    for where in towns(random, 10 * TOWNS):
        if where[0].isalpha():
            by_country.setdefault(where[2], []).append(where)
    turns = chain.from_iterable(zip_longest(*by_country.values()))
    return iter(dict.fromkeys(where for where in turns if where))


def _with_one_incident(writer: Writer, published: date) -> Article | None:
    """Of several, each would have only the rare words near it; and no rare words of all accounts.

    The town's name is one: with another it would link what happens there in different months.
    """
    for _ in range(_TRIES):
        article = Article("0", _beginning(writer), published)
        own = keys.of(article.text, extract(article))
        if len(own) == 1 and all(len(found) <= 1 for found in own.values()):
            return article
    return None


def _beginning(writer: Writer) -> str:
    parts = [writer.filled(writer.lead)]
    while sum(map(len, parts)) < _BEGINNING:
        parts.append(writer.filled(writer.body))
    return "\n\n".join(parts)


class _Words:
    """The rest of articles: plain words as often as language has them; rare ones of events."""

    def __init__(self, random: Random) -> None:
        words = list(_harmless())
        random.shuffle(words)
        weights = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
        stream = random.choices(words, cum_weights=weights, k=_STREAM)
        self._stream = " ".join(stream)
        self._starts = [0, *accumulate(len(word) + 1 for word in stream)]

    def passages(self, seed: int, count: int) -> str:
        """So many passages; the same number begins with the same ones."""
        random = Random(seed)
        return "\n\n".join(
            self._passage(random.randrange(_STREAM - _PASSAGE)) for _ in range(count)
        )

    def _passage(self, at: int) -> str:
        return f"There {self._stream[self._starts[at] : self._starts[at + _PASSAGE] - 1]}."

    def names(self, event: int) -> list[str]:
        """Three words that only the articles of an event have, in lower case."""
        random = Random(f"event {event}")
        return ["".join(random.choices(_SYLLABLES, k=4)) for _ in range(3)]


def _harmless() -> Iterator[str]:
    """Plain words in which nothing is to be read."""
    for word in seeds.lines("lexicons/en/plain_words.txt"):
        probe = _PROBE.replace("_", word)
        found, doc = extract(Article("x", probe)), text.read(probe)
        read = (found.claims, found.places, found.dates, events.find(doc), actors.find(doc))
        if word.isalpha() and not any(read):
            yield word
