"""How long it takes to link the reprints among 100,000 articles, a fifth of them reprints.

Writes JSON to standard output; ``python -m benchmarks.duplicates``.
"""

from __future__ import annotations

import json
import random
import re
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from benchmarks import texts
from benchmarks.extract import TEMPLATES
from warehouse import copies, schema
from warehouse.sql import value

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEED = 20240605
_MADE = 4_000  # articles from which sentences are drawn: few would make all articles alike
_SENTENCES = 16  # an article: 2 KB
_REPRINTS = 0.2
_REPLACED = 0.06  # the share of words that a reprint replaces
_BATCH = 20_000


def main() -> None:
    """Measure and report."""
    print(json.dumps(measure(100_000), indent=1))  # noqa: T201  its output


def measure(count: int) -> dict[str, Any]:
    """Seconds to link the reprints of so many articles, loaded in batches."""
    con = duckdb.connect()
    schema.ensure(con)
    told, seconds = list(_articles(count)), []
    for start in range(0, count, _BATCH):
        _load(con, told[start : start + _BATCH])
        began = time.perf_counter()
        copies.refresh(con)
        seconds.append(round(time.perf_counter() - began, 2))
    return {
        "articles": count,
        "reprints_made": sum(row["of"] is not None for row in told),
        "reprints_linked": value(con, "SELECT count(*) FROM core.article_copy"),
        "seconds_a_batch": seconds,
        "seconds": round(sum(seconds), 1),
    }


def _articles(count: int) -> Iterator[dict[str, Any]]:
    """Articles of sentences drawn by chance, and reprints of some with words replaced."""
    chance = random.Random(_SEED)
    made = texts.articles(_MADE, _SEED, TEMPLATES)
    sentences = [s for row in made for s in re.split(r"(?<=[.!?])\s+", row["text"])]
    words = [word for sentence in sentences for word in sentence.split()]
    kept: list[str] = []
    for number in range(count):
        of = chance.randrange(len(kept)) if kept and chance.random() < _REPRINTS else None
        if of is None:
            text = " ".join(chance.choices(sentences, k=_SENTENCES))
            kept.append(text)
        else:
            given = kept[of].split()
            text = " ".join(
                chance.choice(words) if chance.random() < _REPLACED else w for w in given
            )
        yield {"article_id": f"a{number:06}", "text": text, "of": of}


def _load(con: duckdb.DuckDBPyConnection, told: list[dict[str, Any]]) -> None:
    first = datetime(2026, 1, 1)
    at = [first + timedelta(minutes=int(row["article_id"][1:])) for row in told]
    columns = {name: [row[name] for row in told] for name in ("article_id", "text")}
    con.register("told", pa.table({**columns, "published_at": at}))
    con.execute(
        "INSERT INTO raw.article (article_id, version_id, text, published_at, source, fetched_at, "
        "run_id, is_current) SELECT article_id, 'v', text, published_at, 's', published_at, 'r', "
        "true FROM told"
    )
    con.execute("CREATE OR REPLACE TEMP TABLE changed_article AS SELECT article_id FROM told")
    con.unregister("told")


if __name__ == "__main__":
    main()
